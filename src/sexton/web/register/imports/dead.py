"""``identified_dead``: forms of the grave, restored ones, and Cyrillic with how it is known.

A row names no record: it is tied to one by name, dates and site (``ties``), or to none.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sexton.messages import N_, Message
from sexton.records.tables import Row
from sexton.web.register import readings
from sexton.web.register.imports import sheets
from sexton.web.register.imports.facts import Cells, Values
from sexton.web.register.imports.items import CHANGED, CONFLICTING, NEW, SAME, WAITING, Item
from sexton.web.register.imports.known import Known
from sexton.web.register.imports.names import Names
from sexton.web.register.imports.tables import BOTH, OTHERWISE, three_ways
from sexton.web.register.imports.ties import Candidate, tie, words
from sexton.web.register.models import Claim, PersonName, Record, Site

DEAD = "identified_dead"
COLUMNS = ("form_latin", "identified_latin_fr", "identified_cyrillic")
NOBODY = N_(
    "%(file)s, row %(row)d, column cemetery: no record at this site has the name with dates that "
    "fit. The row is kept, and says nothing until one does."
)
SEVERAL = N_(
    "%(file)s, row %(row)d, column cemetery: several records fit (%(keys)s). The row is kept, and "
    "says nothing until one alone does."
)


@dataclass(slots=True)
class IdentifiedDead(Names):
    """What a file of identified dead would add; ``camps`` are citations of claims there are."""

    camps: set[str] = field(default_factory=set)

    def compare(self) -> Iterator[Item]:
        before = sheets.earlier_rows(DEAD)
        present = _present(cite(row.cells, column) for row in self.rows for column in COLUMNS)
        tied = {
            row.cells["id"]: present[name].record.key
            for row in self.rows
            for name in (cite(row.cells, column) for column in COLUMNS)
            if name in present
        }
        candidates = _Candidates(self.known, self.rows)
        self.camps = _camps_said(self.rows)
        for row in self.rows:
            yield self._item(row, before.get(row.cells["id"], {}), present, tied, candidates)

    def _item(
        self,
        row: Row,
        before: Cells,
        present: Mapping[str, PersonName],
        tied: Mapping[str, str],
        candidates: _Candidates,
    ) -> Item:
        key = row.cells["id"]
        if fault := self.too_long(row, COLUMNS):
            return Item(DEAD, key, CONFLICTING, fault)
        record = tied.get(key)
        if record is None:
            found = tie(row.cells, candidates.of(row.cells))
            if found.record is None:
                text = SEVERAL if found.several else NOBODY
                told = self.told(row, keys=", ".join(found.several))
                return Item(DEAD, key, WAITING, Message(text, told))
            record = found.record.key
            self._claim_camp(row.cells, found.record)
        said = names_of(row.cells, record, self._source(row.cells))
        earlier = names_of(before, record, self._source(before)) if before else ()
        return self._compare(key, said, {v["citation"]: v for v in earlier}, present)

    def _source(self, row: Cells) -> str:
        return self.cited.key_of(row.get("source", ""), any_words=True) or ""

    def _compare(
        self,
        key: str,
        said: Iterable[Values],
        before: Mapping[str, Values],
        present: Mapping[str, PersonName],
    ) -> Item:
        fresh: dict[str, Values] = {}
        edits: dict[int, Values] = {}
        conflicts: set[str] = set()
        for values in said:
            name = values["citation"]
            stored = present.get(name)
            if stored is None:
                fresh[name] = values
                continue
            compared = {k: v for k, v in values.items() if k not in ("record", "source")}
            now = {k: getattr(stored, k) for k in compared}
            changes, against = three_ways(compared, before.get(name), now)
            conflicts.update(against)
            if changes:
                edits[stored.pk] = changes
        if conflicts:
            return Item(DEAD, key, CONFLICTING, _fields(BOTH, conflicts))
        self.fresh.update(fresh)
        self.edits.update(edits)
        if edits:
            changed = {name for changes in edits.values() for name in changes}
            return Item(DEAD, key, CHANGED, _fields(OTHERWISE, changed))
        return Item(DEAD, key, NEW if fresh else SAME)

    def _claim_camp(self, row: Cells, record: Candidate) -> None:
        """A camp that the row states of a record whose own row states none."""
        camp, citation = row.get("captivity_or_place", ""), cite(row, "captivity_or_place")
        if not camp.startswith("Stalag") or record.fields.get("camp") or citation in self.camps:
            return
        reading = next(iter(readings.READERS["camp"](camp)))
        self.claims[citation] = {
            "record": record.key,
            "source": self._source(row),
            "property": "camp",
            "value": camp,
            "read": reading.read,
            "citation": citation,
            "read_by": readings.READER,
        }


def dead_key(row: Cells) -> str:
    return row.get("id", "")


def cite(row: Cells, column: str) -> str:
    return f"{DEAD} {row.get('id', '')} {column}"


def names_of(row: Cells, record: str, source: str) -> Iterator[Values]:
    """The names that a row of ``identified_dead`` gives to the man of ``record``."""
    kinds = (("on_stone", "", ""), ("restored", "fr", ""), ("restored", "ru", "basis"))
    for column, (kind, language, basis) in zip(COLUMNS, kinds, strict=True):
        if row.get(column):
            yield {
                "record": record,
                "written": row[column],
                "kind": kind,
                "basis": row.get("cyrillic_basis", "") if basis else "",
                "language": language,
                "source": source,
                "citation": cite(row, column),
            }


class _Candidates:
    """Records at the sites whose names hold the words of the rows' cemeteries."""

    def __init__(self, known: Known, rows: Sequence[Row]) -> None:
        self._of_site: dict[str, list[Candidate]] = {}
        self._places = {**_places(), **known.places}
        wanted = {site for row in rows for site in self._sites(row.cells)}
        records = Record.objects.filter(site__key__in=wanted, replaces=None)
        for key, fields in records.values_list("key", "fields").iterator():
            self._add(key, fields)
        for key, fields in known.people.items():
            self._add(key, fields)

    def of(self, row: Cells) -> Iterator[Candidate]:
        for site in self._sites(row):
            yield from self._of_site.get(site, ())

    def _sites(self, row: Cells) -> list[str]:
        wanted = words(row.get("cemetery", ""))
        return [site for site, place in self._places.items() if wanted and wanted <= place]

    def _add(self, key: str, fields: Cells) -> None:
        site = fields.get("burial_place", "")
        if site in self._places:
            found = self._of_site.setdefault(site, [])
            found.append(Candidate(key, fields, self._places[site]))


def _places() -> dict[str, frozenset[str]]:
    sites = Site.objects.values_list("key", "names", "municipality")
    return {key: place_words(key, names, commune) for key, names, commune in sites}


def place_words(key: str, names: Mapping[str, str], municipality: str) -> frozenset[str]:
    return words(" ".join((key, *names.values(), municipality)))


def _present(citations: Iterable[str]) -> dict[str, PersonName]:
    wanted = list(citations)
    found: dict[str, PersonName] = {}
    for start in range(0, len(wanted), 500):
        names = PersonName.objects.filter(
            citation__in=wanted[start : start + 500], record__isnull=False
        )
        found.update({name.citation: name for name in names.select_related("record")})
    return found


def _camps_said(rows: Sequence[Row]) -> set[str]:
    wanted = [cite(row.cells, "captivity_or_place") for row in rows]
    return {
        citation
        for start in range(0, len(wanted), 500)
        for citation in Claim.objects.filter(
            property="camp", citation__in=wanted[start : start + 500]
        ).values_list("citation", flat=True)
    }


def _fields(text: str, names: Iterable[str]) -> Message:
    return Message(text, {"fields": ", ".join(sorted(names))})

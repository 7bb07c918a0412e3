"""Records of a batch: compared with those that there are, and taken in with their claims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from sexton import records as lists
from sexton.messages import N_, Message
from sexton.web.register import bulk, clusters, conclusions, readings, rows
from sexton.web.register.history import Door
from sexton.web.register.imports.files import TakenFile
from sexton.web.register.imports.items import BREAKS, CHANGED, CONFLICTING, NEW, SAME, Item
from sexton.web.register.imports.tables import TOO_LONG, sources_for
from sexton.web.register.models import Claim, Membership, Person, Record, Sheet, Site
from sexton.web.register.models.records import written_name

LONGEST_KEY = 200
AT_ONCE = 2000
REWRITTEN = N_("The list writes this row otherwise than before; both writings are kept")
OTHER_SOURCE = N_("Another list has a row with this id; nothing says that they are one")
STANDS = N_("A decision stands on what this row said before: %(reason)s")
Progress = Callable[[str, int, int | None], None]

_RECORD = (
    "id", "key", "fields", "extra", "file", "row", "source_id", "site_id", "is_named", "sheet_id",
    "replaces_id",
)  # fmt: skip
_PERSON = ("id", "key", "name", "sort_name", "is_named", "record_count")
CLAIM = ("record_id", "property", "value", "read", "first_day", "last_day", "language",
          "qualifiers", "read_by")  # fmt: skip


class Known(NamedTuple):
    """A record that there is, as far as it is compared."""

    pk: int
    key: str
    fields: dict[str, str]
    extra: dict[str, str]
    file: str


@dataclass(slots=True)
class Coming:
    """A record to be added: as read, its key here, and the record that it replaces."""

    read: lists.Record
    key: str
    replaces: int | None = None


@dataclass(slots=True)
class People:
    """What a person list would add."""

    file: TakenFile
    coming: list[Coming] = field(default_factory=list)
    same: list[tuple[int, lists.Record]] = field(default_factory=list)

    @property
    def read(self) -> Sequence[lists.Record]:
        return self.file.people.records if self.file.people else ()

    def compare(self) -> Iterator[Item]:
        editions = _editions()
        source = iter(self.read)
        while run := list(islice(source, AT_ONCE)):
            known = _known([record.id for record in run])
            for record in run:
                yield self._item(record, known.get(record.id), editions)

    def _item(
        self, record: lists.Record, first: Known | None, editions: dict[int, list[Known]]
    ) -> Item:
        if len(record.id) > LONGEST_KEY:
            fault = Message(TOO_LONG, {"fields": "id", "limit": LONGEST_KEY})
            return Item("persons", record.id[:80], CONFLICTING, fault)
        if first is None:
            self.coming.append(Coming(record, record.id))
            return Item("persons", record.id, NEW)
        written = [first, *editions.get(first.pk, [])]
        if alike := next((known for known in written if _same(known, record)), None):
            self.same.append((alike.pk, record))
            return Item("persons", record.id, SAME)
        if not _one_list(first, record):
            return Item("persons", record.id, CONFLICTING, Message(OTHER_SOURCE))
        latest = written[-1]
        if reason := _decision_on(latest):
            return Item("persons", record.id, BREAKS, Message(STANDS, {"reason": reason}))
        self.coming.append(Coming(record, f"{record.id}~{len(written) + 1}", latest.pk))
        return Item("persons", record.id, CHANGED, Message(REWRITTEN))

    def apply(self, door: Door, sheet: Sheet, progress: Progress) -> None:
        """Add the records, what each says, and a person for each that is of nobody yet."""
        urls = {r.read.fields.get("source", "") for r in self.coming} - {""}
        sources = sources_for(door, {rows.source_key(url): url for url in sorted(urls)})
        writer = _Writer(door, sheet, {url: sources[rows.source_key(url)] for url in urls})
        source, done = iter(self.coming), 0
        while run := list(islice(source, AT_ONCE)):
            writer.write(run)
            done += len(run)
            progress("storing the records", done, len(self.coming))
        conclusions.refresh(door, writer.rewritten)
        self._read_those_unread(door)

    def _read_those_unread(self, door: Door) -> None:
        """Read the records of before claims were made, when their list comes again."""
        for start in range(0, len(self.same), AT_ONCE):
            run = dict(self.same[start : start + AT_ONCE])
            read = set(Claim.objects.filter(record__in=run).values_list("record_id", flat=True))
            unread = [(pk, record) for pk, record in run.items() if pk not in read]
            claims = (
                row for pk, read in unread for row in claims_of(pk, read, rows.is_named(read))
            )
            if unread:
                door.add_rows(Claim, CLAIM, claims)


class _Writer:
    """Writes records by the run, with ids that are reserved beforehand."""

    def __init__(self, door: Door, sheet: Sheet, sources: dict[str, int]) -> None:
        self.door, self.sheet, self.sources = door, sheet, sources
        self.sites = dict(Site.objects.values_list("key", "pk"))
        self.rewritten: set[int] = set()

    def write(self, run: Sequence[Coming]) -> None:
        ids = bulk.reserve(Record, len(run))
        named = [rows.is_named(coming.read) for coming in run]
        numbered = list(zip(ids, run, named, strict=True))
        self.door.add_rows(Record, _RECORD, map(self._record, numbered))
        self._write_persons(numbered)
        claims = (row for pk, one, named in numbered for row in claims_of(pk, one.read, named))
        self.door.add_rows(Claim, CLAIM, claims)

    def _record(self, numbered: tuple[int, Coming, bool]) -> tuple[object, ...]:
        pk, coming, named = numbered
        read = coming.read
        source = self.sources.get(read.fields.get("source", ""))
        site = self.sites.get(read.fields.get("burial_place", ""))
        fields, extra = bulk.as_json(dict(read.fields)), bulk.as_json(dict(read.extra))
        own = (source, site, named, self.sheet.pk, coming.replaces)
        return (pk, coming.key, fields, extra, read.file[:300], read.row, *own)

    def _write_persons(self, numbered: Sequence[tuple[int, Coming, bool]]) -> None:
        """A new record stands alone; another writing of one goes to the person of the first."""
        alone = [one for one in numbered if one[1].replaces is None]
        persons = bulk.reserve(Person, len(alone))
        taken = set(
            Person.objects.filter(key__in=[c.key for _, c, _ in alone]).values_list(
                "key", flat=True
            )
        )
        self.door.add_rows(
            Person,
            _PERSON,
            (_person(pk, *one, taken) for pk, one in zip(persons, alone, strict=True)),
        )
        of = {one[0]: pk for pk, one in zip(persons, alone, strict=True)} | self._of_first(numbered)
        members = ((record, person, 1.0) for record, person in of.items())
        self.door.add_rows(Membership, ("record_id", "person_id", "probability"), members)

    def _of_first(self, numbered: Sequence[tuple[int, Coming, bool]]) -> dict[int, int]:
        replaced = {coming.replaces: pk for pk, coming, _ in numbered if coming.replaces}
        found = Membership.objects.filter(record__in=list(replaced))
        pairs = {
            replaced[record]: person
            for record, person in found.values_list("record_id", "person_id")
        }
        self.rewritten.update(pairs.values())
        return pairs


def _person(
    pk: int, record_id: int, coming: Coming, named: bool, taken: set[str]
) -> tuple[object, ...]:
    fields = coming.read.fields
    key = f"{coming.key}~{record_id}"[:LONGEST_KEY] if coming.key in taken else coming.key
    return pk, key, written_name(fields), clusters.sort_name_of(fields), named, 1


def claims_of(pk: int, read: lists.Record, named: bool) -> Iterator[tuple[object, ...]]:
    """What the record with this id says, a row of ``CLAIM`` for each claim."""
    language = read.fields.get("language", "")[:40]
    for said in readings.said_by(read, named):
        reading = said.reading
        yield (
            pk,
            said.property,
            said.value,
            reading.read,
            reading.first_day and reading.first_day.isoformat(),
            reading.last_day and reading.last_day.isoformat(),
            language,
            bulk.as_json(dict(reading.qualifiers)),
            readings.READER,
        )


def _known(keys: Sequence[str]) -> dict[str, Known]:
    found: dict[str, Known] = {}
    for start in range(0, len(keys), 500):
        stored = Record.objects.filter(key__in=keys[start : start + 500])
        for row in stored.values_list("pk", "key", "fields", "extra", "file"):
            found[row[1]] = Known(*row)
    return found


def _editions() -> dict[int, list[Known]]:
    """The id of a record to the later writings of its row, in their order."""
    found: dict[int, list[Known]] = defaultdict(list)
    first: dict[int, int] = {}
    later = Record.objects.filter(replaces__isnull=False).order_by("pk")
    for replaced, *row in later.values_list("replaces", "pk", "key", "fields", "extra", "file"):
        first[row[0]] = first.get(replaced, replaced)
        found[first[row[0]]].append(Known(*row))
    return found


def _same(known: Known, record: lists.Record) -> bool:
    return known.fields == dict(record.fields) and known.extra == dict(record.extra)


def _one_list(known: Known, record: lists.Record) -> bool:
    """Whether two rows with one id are of one list: of one source, else of files of one name."""
    ours, theirs = known.fields.get("source", ""), record.fields.get("source", "")
    return ours == theirs if ours or theirs else known.file == record.file[:300]


def _decision_on(known: Known) -> str:
    """The reason of a decision on what the record claims ("" where there is none)."""
    decided = Claim.objects.filter(record=known.pk).exclude(state="asserted", preferred=False)
    return decided.values_list("reason", flat=True).first() or ""


def all_ids(files: Sequence[TakenFile]) -> set[str]:
    """The ids of all records that the files hold."""
    return {r.id for file in files if file.people for r in file.people.records}

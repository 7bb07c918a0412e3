"""Of which record a row of ``identified_dead`` speaks: by name, dates and site, or of none.

A row is tied where exactly one record fits: at a site whose names hold the words of the row's
cemetery, under a form of the name that both write, and with no date that contradicts. Of several
that fit, those of the page that the row cites come first; what is still open stays open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from sexton.dates import DateReading, read_date
from sexton.names import fold

Cells = Mapping[str, str]
_APART = re.compile(r"\s*[/;,()]\s*|\s+(?:ou|or)\s+|\s+[–—]\s+")
_WORD = re.compile(r"[^\W\d_]+")
_ADDRESS_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Candidate:
    """A record as far as rows are tied to it; ``place`` are the words of its site's names."""

    key: str
    fields: Cells
    place: frozenset[str]


@dataclass(frozen=True, slots=True)
class Tie:
    """The record that a row is tied to; else the keys of the several that fit, if any do."""

    record: Candidate | None
    several: tuple[str, ...] = ()


def tie(row: Cells, candidates: Iterable[Candidate]) -> Tie:
    """The record of which ``row`` speaks beyond doubt."""
    wanted = words(row.get("cemetery", ""))
    names = set(row_forms(row))
    fit = [
        candidate
        for candidate in candidates
        if wanted <= candidate.place and names & set(record_forms(candidate.fields))
        if _dates_agree(row, candidate.fields)
    ]
    cited = [candidate for candidate in fit if _cites(row, candidate.fields)]
    left = cited or fit
    if len(left) == 1:
        return Tie(left[0])
    return Tie(None, tuple(sorted(candidate.key for candidate in left)))


def words(text: str) -> frozenset[str]:
    """The words of a place's name, without marks above letters."""
    return frozenset(_WORD.findall(fold(text)))


def row_forms(row: Cells) -> Iterator[tuple[str, ...]]:
    """Forms that a page prints; one that was made from another proves nothing."""
    printed = row.get("cyrillic_basis", "") == "printed"
    for column in ("form_latin", "identified_latin_fr"):
        yield from _forms(row.get(column, ""))
    if printed:
        yield from _forms(row.get("identified_cyrillic", ""))


@lru_cache(1 << 12)
def _record_forms(texts: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(form for text in texts for form in _forms(text))


def record_forms(fields: Cells) -> tuple[tuple[str, ...], ...]:
    parts = " ".join(fields.get(part, "") for part in ("surname", "given", "patronymic"))
    return _record_forms((fields.get("name", ""), fields.get("other_names", ""), parts))


def _forms(text: str) -> Iterator[tuple[str, ...]]:
    """The forms that a cell writes, each as its words in no order; one word alone is no form.

    A word in brackets within a form can replace the one before it: “Pikterev (Pikhterev) Andreï”.
    """
    whole = re.sub(r"\([^()]*\)", " ", text)
    for part in (text, whole, *_APART.split(text)):
        found = tuple(sorted(_WORD.findall(fold(part))))
        if len(found) > 1 or (found and part == text):
            yield found


def _dates_agree(row: Cells, fields: Cells) -> bool:
    """Whether no date of the one contradicts that of the other."""
    pairs = (("birth", "birth_date"), ("death", "death_date"))
    return all(_agree(row.get(a, ""), fields.get(b, "")) for a, b in pairs)


def _agree(left: str, right: str) -> bool:
    one, other = _span(left), _span(right)
    if one is None or other is None:
        return True
    return one.first <= other.last and other.first <= one.last


@lru_cache(1 << 12)
def _span(written: str) -> DateReading | None:
    reading = read_date(written)
    return reading if reading and reading.first and reading.last else None


def _cites(row: Cells, fields: Cells) -> bool:
    """Whether a part of the row's source (parts are joined by +) names the record's page.

    It does where the page's address holds all its words: “revuemethode m042116”.
    """
    page = frozenset(_ADDRESS_WORD.findall(fields.get("source", "").casefold()))
    parts = row.get("source", "").casefold().partition("://")[2] or row.get("source", "").casefold()
    cited = (frozenset(_ADDRESS_WORD.findall(part)) for part in parts.split("+"))
    return any(part and part <= page for part in cited)

"""How many lie at a site, by each who counted them, beside what the register holds.

No number is added up from others or preferred: they stand side by side, with who said so and when.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import QuerySet

from sexton.web.register.burials.dead import Roll
from sexton.web.register.lives.accounts import Voice
from sexton.web.register.models import GraveCount, Site, Source, Statement
from sexton.web.register.prepared import Prepared

OF_PERSONS = "persons buried"  # the measure of statements that count whom the register counts


@dataclass(frozen=True, slots=True)
class Stated:
    """A number that somebody states: as written, of when, by whom.

    ``what`` is the measure in the words of the source, ``category`` a code instead. ``number`` is
    set where it counts persons and is one number; only then can it be set beside the register's.
    """

    voice: Voice
    written: str = ""
    unnamed: str = ""
    what: str = ""
    category: str = ""
    refers_to: str = ""
    stated_on: str = ""
    stated_by: str = ""
    known: int | None = None
    unknown: int | None = None
    number: int | None = None

    def beside(self, own: int) -> int | None:
        """How many more the register has than is stated; None where it cannot be told."""
        return None if self.number is None else own - self.number


@dataclass(frozen=True, slots=True)
class Rows:
    """How many rows of a source the register has for a site; of them unnamed."""

    source: Source | None
    rows: int
    unnamed: int


def stated(site: Site) -> list[Stated]:
    """All numbers that are stated of a site as a whole."""
    return [*_of_the_list(site), *_of_counts(site), *_of_statements(site)]


def of_grave(pk: int) -> list[Stated]:
    """What is counted in one grave."""
    counts = GraveCount.objects.filter(grave=pk).select_related("source", "record__source")
    return [_count(row) for row in counts]


def rows_by_source(found: Roll) -> list[Rows]:
    """Each source that lists dead of a site, the longest list first."""
    sources = Source.objects.in_bulk(found.rows.keys() - {None})
    rows = [Rows(sources.get(pk), *pair) for pk, pair in found.rows.items()]
    return sorted(rows, key=lambda row: (-row.rows, str(row.source)))


def _of_the_list(site: Site) -> Iterator[Stated]:
    """What the list of sites says, in its own words."""
    if site.persons_buried or site.persons_unknown:
        yield Stated(
            Voice(site.source),
            site.persons_buried,
            site.persons_unknown,
            number=_one_number(site.persons_buried),
        )


def _of_counts(site: Site) -> Iterator[Stated]:
    for row in _counts_at(site.pk):
        yield _count(row)


@Prepared
def _counts_at(site: int) -> QuerySet[GraveCount]:
    rows = GraveCount.objects.filter(site=site, grave=None).order_by("category", "pk")
    return rows.select_related("source", "record__source")


@Prepared
def _statements_at(site: int) -> QuerySet[Statement]:
    return Statement.objects.filter(site=site).select_related("source")


def _count(row: GraveCount) -> Stated:
    numbers = [number for number in (row.known, row.unknown) if number is not None]
    whole = row.category == "all" and len(numbers) == 2
    return Stated(
        Voice.of_row(row),
        row.written,
        category=row.category,
        refers_to=row.when,
        known=row.known,
        unknown=row.unknown,
        number=sum(numbers) if whole else None,
    )


def _of_statements(site: Site) -> Iterator[Stated]:
    for row in _statements_at(site.pk):
        yield Stated(
            Voice(row.source, citation="" if row.source else row.source_text),
            row.value,
            what=row.measure,
            refers_to=row.refers_to,
            stated_on=row.stated_on,
            stated_by=row.stated_by,
            number=_number_of(row),
        )


def _number_of(row: Statement) -> int | None:
    one = row.low is not None and row.low == row.high and row.low == int(row.low)
    return int(row.low or 0) if one and row.measure.strip().lower() == OF_PERSONS else None


def _one_number(written: str) -> int | None:
    text = written.strip()
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else None

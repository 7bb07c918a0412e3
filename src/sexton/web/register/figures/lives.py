"""Figures of lives: when they died, how old, as what, of which rank and nationality."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence

from sexton.web.register.figures import facts
from sexton.web.register.figures.facts import Span, Stated
from sexton.web.register.figures.model import (
    ACROSS,
    DISAGREE,
    LONGER,
    NOT_READ,
    NOT_STATED,
    Figure,
    Row,
    apart_of,
    rows_of,
)
from sexton.web.register.lives.accounts import normal
from sexton.web.register.lives.path import BESIDE
from sexton.web.register.models import Participant
from sexton.web.register.models.events import EVENT_KINDS

BAND = 5
OLDEST = 110
# Marks on a grave and remembrance are no part of a life.
AFTERWARDS = frozenset({"marking", "commemoration", "birth"})
NO_ROLE = frozenset({"", "unknown"})
TOGETHER = "+"


def deaths_by_month() -> Figure:
    """A death stands in a month if all its accounts lie in it; else apart."""
    months: Counter[str] = Counter()
    apart: Counter[str] = Counter()
    died = facts.deaths()
    spans = {person: facts.span_of(said) for person, said in died.items()}
    for span in spans.values():
        kind, key = _month(span)
        (months if kind == "month" else apart)[key] += 1
    everybody = len(facts.persons())
    apart[NOT_STATED] += everybody - len(spans)
    counts = {"stated": sum(months.values()), **apart}
    rows = rows_of(months, by_key=True)
    return Figure("deaths-by-month", rows, _apart(apart), of=everybody, counts=counts)


def _month(span: Span | None) -> tuple[str, str]:
    if span is None:
        return "apart", NOT_READ
    first, last = span.first.isoformat()[:7], span.last.isoformat()[:7]
    if first == last:
        return "month", first
    return "apart", LONGER if span.agree else DISAGREE


def ages() -> Figure:
    """Ages by bands of five years: those that are certain, and those that may lie in the band.

    Who was 24 or 25 may stand in two bands: he is no certain one of either.
    """
    born, died = facts.stated("birth_date"), facts.deaths()
    certain: Counter[int] = Counter()
    possible: Counter[int] = Counter()
    apart: Counter[str] = Counter()
    for person in facts.persons():
        kind, low, high = _age(born.get(person, ()), died.get(person, ()))
        if kind:
            apart[kind] += 1
        elif low // BAND == high // BAND:
            certain[low // BAND] += 1
        else:
            apart[ACROSS] += 1
            possible.update(range(low // BAND, high // BAND + 1))
    bands = sorted({*certain, *possible})
    whole = range(bands[0], bands[-1] + 1) if bands else ()
    rows = tuple(Row(f"{band * BAND:03}", (certain[band], possible[band])) for band in whole)
    counts = {"stated": certain.total() + apart[ACROSS], **apart}
    columns = ("certain", "possible")
    return Figure("ages", rows, _apart(apart), columns, len(facts.persons()), counts)


def _age(born: Sequence[Stated], died: Sequence[Stated]) -> tuple[str, int, int]:
    """Why there is no age, or "" with the youngest and the oldest that the sources allow."""
    start, end = facts.span_of(born), facts.span_of(died)
    if start is None or end is None:
        return NOT_STATED, 0, 0
    if not start.agree or not end.agree:
        return DISAGREE, 0, 0
    low = _years(start.last, end.first)
    high = _years(start.first, end.last)
    if low < 0 or high > OLDEST or high - low > 2 * BAND:
        return LONGER, 0, 0
    return "", low, high


def _years(born, died) -> int:
    return died.year - born.year - ((died.month, died.day) < (born.month, born.day))


def roles() -> Figure:
    """As what the sources state each: two things at once are a row of their own."""
    numbers: Counter[str] = Counter()
    for said in facts.stated("role").values():
        found = sorted({one.value for one in said} - NO_ROLE)
        numbers[TOGETHER.join(found) or NOT_STATED] += 1
    everybody = len(facts.persons())
    unknown = everybody - sum(n for key, n in numbers.items() if key != NOT_STATED)
    numbers.pop(NOT_STATED, None)
    apart = {NOT_STATED: unknown}
    counts = {"stated": everybody - unknown, **apart}
    return Figure("roles", rows_of(numbers), _apart(apart), of=everybody, counts=counts)


def circumstances() -> Figure:
    """Of how many an event is told, by its kind; one man may have been captured and have fled."""
    kinds = [kind for kind in EVENT_KINDS if kind not in AFTERWARDS]
    parts = Participant.objects.filter(event__kind__in=kinds).exclude(role__in=BESIDE)
    told: dict[str, set[int]] = defaultdict(set)
    for kind, person in parts.order_by().values_list("event__kind", "person_id").iterator():
        told[kind].add(person)
    somebody = set().union(*told.values())
    everybody = len(facts.persons())
    rows = tuple(Row(kind, (len(told[kind]),)) for kind in kinds if told[kind])
    apart = {NOT_STATED: everybody - len(somebody)}
    counts = {"stated": len(somebody), **apart}
    return Figure("circumstances", rows, _apart(apart), of=everybody, counts=counts)


def ranks() -> Figure:
    return _as_written("ranks", "rank")


def nationality() -> Figure:
    return _as_written("nationality", "nationality")


def _as_written(slug: str, name: str) -> Figure:
    """Persons by what is written of them; case and accents make no difference."""
    said = facts.stated(name)
    keys, writings = _sorted_writings(said)
    numbers = {_commonest(writings[key]): len(people) for key, people in keys.items()}
    several = sum(1 for found in said.values() if len({normal(one.value) for one in found}) > 1)
    everybody = len(facts.persons())
    apart = {NOT_STATED: everybody - len(said)}
    counts = {"stated": len(said), "several": several, **apart}
    return Figure(slug, rows_of(numbers), _apart(apart), of=everybody, counts=counts)


def _sorted_writings(
    said: Mapping[int, Sequence[Stated]],
) -> tuple[dict[str, set[int]], dict[str, Counter[str]]]:
    people: dict[str, set[int]] = defaultdict(set)
    writings: dict[str, Counter[str]] = defaultdict(Counter)
    for person, found in said.items():
        for one in found:
            people[normal(one.value)].add(person)
            writings[normal(one.value)][one.value] += 1
    return people, writings


def _commonest(writings: Counter[str]) -> str:
    return max(writings.items(), key=lambda item: (item[1], item[0]))[0]


def _apart(numbers: Mapping[str, int]) -> tuple[Row, ...]:
    return apart_of(numbers, (LONGER, ACROSS, DISAGREE, NOT_READ, NOT_STATED))


FIGURES: tuple[Callable[[], Figure], ...] = (
    deaths_by_month, ages, roles, circumstances, ranks, nationality,
)  # fmt: skip

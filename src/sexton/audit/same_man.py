"""Which records are one man: the links of `sexton.linkage.dedupe`, and a plain rule of our own.

The rule needs no training and no links. Within one source two rows are one man when they share the
day of death, their births do not exclude each other, and surnames sound alike. Rows of two sources
at one site are one man when surnames sound the same and dates lie within two years (sources
misprint years). Across sites a shared full date is needed. A contradicting given name or patronymic
always parts two men of one list, also against a link.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator
from itertools import combinations
from typing import Protocol

from sexton.audit.likeness import SAME_NAME, apart, part_likeness, parts_contradict, same_day
from sexton.audit.likeness import surname_likeness as surnames
from sexton.audit.material import Pair, Person
from sexton.names import fold
from sexton.places.folding import key, sounds

SAME_SURNAME = 0.85
SURNAME_ALONE = 0.95
RELATED_SURNAMES = 0.5
YEARS_MISPRINTED = 731
LIKELY = 0.5


class Link(Protocol):
    """A pair of records and how probably they are one man; a `sexton.linkage.PairLink` is one."""

    @property
    def a(self) -> str: ...
    @property
    def b(self) -> str: ...
    @property
    def probability(self) -> float: ...


def _near(a: Person, b: Person, days: int) -> bool:
    gaps = (apart(a.birth, b.birth), apart(a.death, b.death))
    return all(gap is None or gap <= days for gap in gaps)


def _in_one_source(a: Person, b: Person) -> bool:
    if not same_day(a.death, b.death) or apart(a.birth, b.birth) != 0:
        return False
    return surnames(a, b) >= SAME_NAME


def _at_one_site(a: Person, b: Person) -> bool:
    with_given = part_likeness(a.given, b.given) is not None
    least = SAME_SURNAME if with_given else SURNAME_ALONE
    return _near(a, b, YEARS_MISPRINTED) and surnames(a, b) >= least


def _across_sites(a: Person, b: Person) -> bool:
    shared = same_day(a.death, b.death) or same_day(a.birth, b.birth)
    return (
        shared and _near(a, b, 0) and bool(a.given and b.given) and surnames(a, b) >= SAME_SURNAME
    )


def is_same_man(a: Person, b: Person) -> bool:
    """Whether the plain rule takes two records for one man."""
    if not (a.named and b.named):
        return False
    if a.source == b.source:
        alike = _in_one_source(a, b)
    else:
        alike = _at_one_site(a, b) if a.site and a.site == b.site else _across_sites(a, b)
    return alike and not parts_contradict(a, b)


def _routes(person: Person) -> Iterator[Hashable]:
    """What two records must share to be compared at all.

    A site and how the surname begins (or its letters in any order), or a full day of birth or
    death and the first sound of the surname.
    """
    keys = {key(sound) for sound in sounds(person.surname)}
    if person.site:
        yield person.site, "".join(sorted(fold(person.surname)))
        yield from {(person.site, consonants[:2]) for consonants in keys}
    for label, date in (("birth", person.birth), ("death", person.death)):
        if date is not None and date.is_full:
            yield from {(label, date.first, consonants[:1]) for consonants in keys}


def _buckets(people: Iterable[Person]) -> Iterator[list[Person]]:
    """Groups in which alone a pair of the rule can lie."""
    groups: dict[Hashable, list[Person]] = {}
    for person in people:
        if person.named and person.surname:
            for route in _routes(person):
                groups.setdefault(route, []).append(person)
    yield from groups.values()


def _by_rule(people: Iterable[Person]) -> Iterator[Pair]:
    for bucket in _buckets(people):
        for a, b in combinations(bucket, 2):
            if is_same_man(a, b):
                yield a, b


def _doubtful(a: Person, b: Person) -> bool:
    """Whether a link is too weak to be reported as a fault of the list.

    Surnames that have nothing in common need a reviewer, not an audit. Within one source a value
    that leaked from row to row makes two men look like one; their given names and patronymics do
    not.
    """
    if a.surname and b.surname and surnames(a, b) < RELATED_SURNAMES:
        return True
    return a.source == b.source and parts_contradict(a, b)


def _by_links(people: Iterable[Person], links: Iterable[Link]) -> Iterator[Pair]:
    known = {person.id: person for person in people}
    for link in links:
        a, b = known.get(link.a), known.get(link.b)
        if a and b and link.probability >= LIKELY and not _doubtful(a, b):
            yield a, b


def same_man_pairs(
    people: tuple[Person, ...],
    links: Iterable[Link] | None,
    apart: Collection[frozenset[str]] = frozenset(),
) -> tuple[Pair, ...]:
    """Every pair of records of one man, each once, in the order of the list.

    Pairs of ids in ``apart`` were decided to be two men.
    """
    found: dict[tuple[int, int], Pair] = {}
    for a, b in (*_by_links(people, links or ()), *_by_rule(people)):
        if apart and frozenset((a.id, b.id)) in apart:
            continue
        first, second = sorted((a, b), key=lambda person: person.position)
        found[first.position, second.position] = (first, second)
    return tuple(pair for _, pair in sorted(found.items(), key=lambda item: item[0]))


def groups_of(pairs: Iterable[Pair]) -> tuple[tuple[Person, ...], ...]:
    """The records that pairs join, directly or through others, in the order of the list."""
    home: dict[int, list[Person]] = {}
    for a, b in pairs:
        left, right = home.setdefault(a.position, [a]), home.setdefault(b.position, [b])
        if left is not right:
            left += right
            home.update((person.position, left) for person in right)
    groups = {id(group): group for group in home.values()}
    ordered = [tuple(sorted(group, key=lambda p: p.position)) for group in groups.values()]
    return tuple(sorted(ordered, key=lambda group: group[0].position))

"""The filters that the search, the list of persons and the map share.

``Chosen.of(request.GET)`` is what a reader has chosen: several facets narrow, several values of one
facet widen. ``fitting(chosen)`` are the ids of the persons that fit, in the order of the list of
persons; ``facets(chosen, among=ids)`` the facets with honest counts: for each value how many of
those fit who fit all *other* facets. Who has several values counts under each of them, so counts
can add up to more than the number of persons; who has none counts as not stated.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

import numpy as np
from django.utils.translation import gettext_lazy as _

from sexton.web.register import labels
from sexton.web.research.facet_table import FACETS, Ints, Mask, Table, table
from sexton.web.research.stated import NOT_STATED
from sexton.web.research.value_words import Words

# Values of a facet that a page shows before the reader asks for all of them, and at most.
SHOWN, MOST_SHOWN = 10, 400
MOST_CHOSEN, LONGEST = 30, 200
WHOLE = "all"  # the parameter that names the facet of which all values are shown

TITLES: dict[str, labels.Label] = {
    "state": _("What is known"),
    "site": _("Site"),
    "commune": _("Commune"),
    "died": _("Year of death"),
    "origin": _("Place of birth"),
    "camp": _("Camp"),
    "mine": _("Mine"),
    "movement": _("Resistance movement"),
    "role": _("Role"),
    "records": _("Number of records"),
}
# Older addresses of the list of persons.
ALIASES: dict[tuple[str, str], tuple[tuple[str, str], ...]] = {
    ("name", "unnamed"): (("state", "unnamed"),),
    ("sources", "several"): (("records", "several"),),
    ("name", "named"): tuple(
        ("state", code) for code in labels.STANDINGS if code.startswith(("recorded", "restored"))
    ),
}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What a reader chose: facet to values. Nothing chosen is false."""

    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, query: Mapping[str, object]) -> Chosen:
        """From the parameters of an address (a ``QueryDict``, or any mapping); never raises.

        A value that nobody has stays chosen, and is seen and taken away like any other.
        """
        pairs = [(name, value) for name in query for value in _listed(query, name)]
        told = [own for pair in pairs for own in ALIASES.get(pair, (pair,))]
        found: dict[str, dict[str, None]] = {}
        for facet, value in [pair for pair in told if pair[0] in FACETS][:MOST_CHOSEN]:
            clean = value.replace("\x00", "").strip()[:LONGEST]
            if clean:
                found.setdefault(facet, {})[clean] = None
        return cls({facet: tuple(found[facet]) for facet in FACETS if facet in found})

    def __bool__(self) -> bool:
        return bool(self.values)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """Facet and value, one after the other."""
        return ((facet, value) for facet, values in self.values.items() for value in values)

    def query(self, **more: str) -> str:
        """As parameters of an address, those of ``more`` first ("" for nothing chosen)."""
        return urlencode([*((name, text) for name, text in more.items() if text), *self])

    def with_value(self, facet: str, value: str) -> Chosen:
        """All and one value more."""
        more = {**self.values, facet: (*self.values.get(facet, ()), value)}
        return Chosen({name: more[name] for name in FACETS if name in more})

    def without(self, facet: str, value: str) -> Chosen:
        """All but one value."""
        left = {
            name: tuple(one for one in own if (name, one) != (facet, value))
            for name, own in self.values.items()
        }
        return Chosen({name: own for name, own in left.items() if own})


@dataclass(frozen=True, slots=True)
class Value:
    """A value of a facet: how many have it, and the address that adds or takes it away."""

    facet: str
    value: str
    words: labels.Label
    count: int
    is_chosen: bool
    query: str


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet with the values that somebody has; ``hidden`` are not shown until asked for."""

    name: str
    title: labels.Label
    values: Sequence[Value]
    hidden: int
    all_query: str
    is_chosen: bool


def fitting(chosen: Chosen) -> list[int]:
    """The ids of all persons that fit, in the order of the list of persons."""
    known = table()
    mask = mask_of(known, chosen)
    persons = known.persons if mask is None else known.persons[mask]
    return persons.tolist()


def fits(chosen: Chosen, persons: Sequence[int]) -> list[int]:
    """Those of ``persons`` (ids) that fit, in the order given."""
    if not chosen:
        return list(persons)
    known = table()
    mask = mask_of(known, chosen)
    there = set(known.persons[mask & known.mask_of(persons)].tolist())
    return [person for person in persons if person in there]


def facets(chosen: Chosen, among: Iterable[int] | None = None, **more: str) -> list[Facet]:
    """The facets of everybody, or of the persons ``among`` (ids).

    ``more`` are the other parameters of the page's address (``q="Genk"``), which stand in all
    links; ``all="site"`` shows all values of that facet.
    """
    known = table()
    return facets_in(known, None if among is None else known.mask_of(among), chosen, **more)


def facets_in(known: Table, base: Mask | None, chosen: Chosen, **more: str) -> list[Facet]:
    """The facets of the persons in the mask ``base`` of a table."""
    whole = more.pop(WHOLE, "")
    masks = {facet: known.columns[facet].having(own) for facet, own in chosen.values.items()}
    found = []
    for name in FACETS:
        others = [mask for facet, mask in masks.items() if facet != name]
        counts = known.columns[name].counts(_all_of(base, others))
        there = _counted(known.columns[name].values, counts, chosen.values.get(name, ()))
        facet = _facet(known.words, name, there, chosen, name == whole, more)
        if any(value.value != NOT_STATED for value in facet.values) or facet.is_chosen:
            found.append(facet)
    return found


def mask_of(known: Table, chosen: Chosen) -> Mask | None:
    """Who fits, by place in a table; None for everybody."""
    return _all_of(None, [known.columns[f].having(own) for f, own in chosen.values.items()])


def shown_as_chosen(chosen: Chosen, **more: str) -> list[Value]:
    """Each chosen value with the address without it."""
    words = table().words
    return [_value(words, facet, value, 0, chosen, more) for facet, value in chosen]


def _listed(query: Mapping[str, object], name: str) -> list[str]:
    values = query.getlist(name) if hasattr(query, "getlist") else query[name]
    return [str(value) for value in ([values] if isinstance(values, str) else values)]


def _all_of(base: Mask | None, masks: Sequence[Mask]) -> Mask | None:
    """Who is in all of them; None for everybody."""
    found = base
    for mask in masks:
        found = mask if found is None else found & mask
    return found


def _counted(values: Sequence[str], counts: Ints, own: Sequence[str]) -> list[tuple[str, int]]:
    """The values that somebody has, and those that are chosen, each with its count."""
    there = {values[n]: int(counts[n]) for n in np.flatnonzero(counts).tolist()}
    return list({**dict.fromkeys(own, 0), **there}.items())


def _facet(
    words: Words,
    name: str,
    there: Sequence[tuple[str, int]],
    chosen: Chosen,
    whole: bool,
    more: Mapping[str, str],
) -> Facet:
    """The values in their order, "not stated" last; the chosen ones are always shown."""
    own = chosen.values.get(name, ())
    ordered = sorted(there, key=lambda pair: _rank(name, *pair))
    most = MOST_SHOWN if whole else SHOWN
    if len(ordered) <= most + 2:
        most = len(ordered)  # one or two hidden values would take as much room as their link
    first = {value for value, _ in ordered[:most]} | {NOT_STATED, *own}
    shown = [pair for pair in ordered if pair[0] in first]
    return Facet(
        name=name,
        title=TITLES[name],
        values=[_value(words, name, value, count, chosen, more) for value, count in shown],
        hidden=len(ordered) - len(shown),
        all_query=chosen.query(**more, **{WHOLE: name}),
        is_chosen=bool(own),
    )


def _value(
    words: Words, name: str, value: str, count: int, chosen: Chosen, more: Mapping[str, str]
) -> Value:
    is_chosen = value in chosen.values.get(name, ())
    other = chosen.without(name, value) if is_chosen else chosen.with_value(name, value)
    query = other.query(**more)
    return Value(name, value, words.of(name, value), count, is_chosen, query)


_LADDER = {code: place for place, code in enumerate(labels.STANDINGS)}


def _rank(name: str, value: str, count: int) -> tuple[object, ...]:
    """Years and states in their own order, other values by how many have them."""
    last = value == NOT_STATED
    if name == "state":
        return last, _LADDER.get(value, len(_LADDER)), value
    if name == "died":
        return last, not value.isdigit(), value
    return last, -count, value

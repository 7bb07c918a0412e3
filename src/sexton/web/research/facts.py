"""What records say besides names, in arrays that a search asks: days, places, numbers."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from sexton.names import fold
from sexton.places.folding import sounds
from sexton.places.splitting import split_place
from sexton.web.register.lives.path import BESIDE
from sexton.web.register.models import Claim, Membership, Participant, Site
from sexton.web.research.bearers import Bearers

# What a day can be of; the order is that of ``Days.kinds``.
DAY_KINDS = ("birth", "death", "event")
PLACE_KINDS = ("birth_place", "death_place", "event_place")
CLAIMED = ("birth_date", "death_date", "birth_place", "death_place", "prisoner_number")
SHORTEST_WORD, SHORTEST_BEGUN = 4, 3
_BETWEEN = re.compile(r"\s*[,;()/]\s*")
_WORD = re.compile(r"[^\W\d_]+")
Ints = NDArray[np.int32]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Days:
    """Spans of days that sources state: of whom, of what, the first and last day.

    ``months`` is the month of a span that lies in one month, ``days`` the day of the month of one
    day, else 0.
    """

    persons: Ints
    kinds: Ints
    firsts: Ints
    lasts: Ints
    months: Ints
    days: Ints
    stated: Mask

    @classmethod
    def of(cls, rows: Iterable[tuple[int, int, date, date]], size: int) -> Days:
        told = [
            (person, kind, first.toordinal(), last.toordinal(), *_in_year(first, last))
            for person, kind, first, last in rows
        ]
        table = np.array(told, np.int32).reshape(-1, 6)
        stated = np.zeros(size, np.bool_)
        stated[table[:, 0]] = True
        return cls(*(np.ascontiguousarray(table[:, n]) for n in range(6)), stated)


def _in_year(first: date, last: date) -> tuple[int, int]:
    same = (first.year, first.month) == (last.year, last.month)
    return first.month if same else 0, first.day if first == last else 0


@dataclass(frozen=True, slots=True)
class Places:
    """Names of places by how they sound, and of whom each is the place of birth, of death…"""

    numbers: Mapping[str, int]
    bearers: tuple[Bearers, ...]
    stated: Mask

    def heard(self, text: str) -> list[int]:
        """The names of the register that sound like ``text``."""
        return [self.numbers[sound] for sound in sounds(text) if sound in self.numbers]


@dataclass(frozen=True, slots=True)
class Facts:
    days: Days
    places: Places
    numbers: Mapping[str, list[int]]
    has_number: Mask


def facts_of(place_of: Mapping[int, int]) -> Facts:
    """The facts of everybody; ``place_of`` is person (id) to place."""
    size = len(place_of)
    person_of = dict(Membership.objects.order_by().values_list("record_id", "person_id"))
    days: list[tuple[int, int, date, date]] = []
    places = _Places(size)
    numbers: dict[str, set[int]] = defaultdict(set)
    claims = Claim.objects.filter(property__in=CLAIMED).exclude(state="disproven").order_by()
    columns = ("property", "value", "read", "record_id", "person_id", "first_day", "last_day")
    for kind, value, read, record, own, first, last in claims.values_list(*columns):
        person = place_of.get(person_of.get(record, own))
        if person is None:
            continue
        if kind == "prisoner_number":
            numbers[read or value].add(person)
        elif kind in PLACE_KINDS:
            places.add(value, PLACE_KINDS.index(kind), person)
        elif first and last:
            days.append((person, DAY_KINDS.index(kind.removesuffix("_date")), first, last))
    _add_events(days, places, place_of)
    has_number = np.zeros(size, np.bool_)
    has_number[[person for persons in numbers.values() for person in persons]] = True
    ordered = {digits: sorted(persons) for digits, persons in numbers.items()}
    return Facts(Days.of(days, size), places.done(), ordered, has_number)


def _add_events(days: list, places: _Places, place_of: Mapping[int, int]) -> None:
    """Days and places of what happened to persons."""
    parts = Participant.objects.exclude(role__in=BESIDE).order_by()
    columns = ("person_id", "event__kind", "event__first_day", "event__last_day", "event__place")
    for person, kind, first, last, place in parts.values_list(*columns):
        at = place_of.get(person)
        if at is None:
            continue
        if first and last:
            days.append((at, DAY_KINDS.index(kind if kind in DAY_KINDS else "event"), first, last))
        if place:
            places.add(place, PLACE_KINDS.index("event_place"), at)


class _Places:
    """Places as they are gathered: what each text names is worked out once."""

    def __init__(self, size: int) -> None:
        self.size = size
        self.numbers: dict[str, int] = {}
        self.pairs: list[list[tuple[int, int]]] = [[] for _ in PLACE_KINDS]
        self.of_text: dict[str, list[int]] = {}

    def add(self, text: str, kind: int, person: int) -> None:
        named = self.of_text.get(text)
        if named is None:
            found = dict.fromkeys(sound for name in names_in(text) for sound in sounds(name))
            named = [self.numbers.setdefault(sound, len(self.numbers)) for sound in found]
            self.of_text[text] = named
        self.pairs[kind] += [(number, person) for number in named]

    def done(self) -> Places:
        stated = np.zeros(self.size, np.bool_)
        for pairs in self.pairs:
            stated[[person for _, person in pairs]] = True
        bearers = tuple(Bearers.of(pairs, len(self.numbers)) for pairs in self.pairs)
        return Places(self.numbers, bearers, stated)


def names_in(text: str) -> Iterable[str]:
    """The names of places that a text gives: its parts, and the longer words of each."""
    found: dict[str, None] = {}
    for part in (*_BETWEEN.split(text), *(part.text for part in split_place(text))):
        found[part] = None
        words = _WORD.findall(part)
        if len(words) > 1:
            found.update(dict.fromkeys(word for word in words if len(word) >= SHORTEST_WORD))
    return found


class Catalogue:
    """Things that are found by the words of their names: sites, organisations."""

    def __init__(self, texts: Mapping[str, Iterable[str]]) -> None:
        """``texts`` is the key of each to what it is called."""
        self.keys = list(texts)
        words: dict[str, set[str]] = defaultdict(set)
        heard: dict[str, set[str]] = defaultdict(set)
        for key, called in texts.items():
            for text in called:
                own = _WORD.findall(fold(text))
                for word in own:
                    words[word].add(key)
                for sound in {sound for name in (text, *own) for sound in sounds(name)}:
                    heard[sound].add(key)
        self._words, self._heard = dict(words), dict(heard)
        self._ordered = sorted(words)

    def called(self, words: Iterable[str]) -> list[str]:
        """The keys of what answers to all the words, in their order.

        A word answers that begins so, or sounds so; a short one does not merely begin so.
        """
        found: set[str] | None = None
        for word in words:
            own = self._by_word(fold(word).strip("."))
            found = own if found is None else found & own
            if not found:
                return []
        return [key for key in self.keys if key in found] if found else []

    def sounding(self, text: str) -> list[str]:
        """The keys of what has a name, or a longer word of one, that sounds like ``text``."""
        found = set().union(*(self._heard.get(sound, ()) for sound in sounds(text)))
        return [key for key in self.keys if key in found] if found else []

    def _by_word(self, word: str) -> set[str]:
        found = set(self._words.get(word, ()))
        at = bisect_left(self._ordered, word) if len(word) >= SHORTEST_BEGUN else len(self._ordered)
        while at < len(self._ordered) and self._ordered[at].startswith(word):
            found |= self._words[self._ordered[at]]
            at += 1
        return found.union(*(self._heard.get(sound, ()) for sound in sounds(word)))


def texts_of_site(site: Site) -> list[str]:
    return [*site.names.values(), site.municipality, site.key.replace("-", " ")]

"""What the words of a query can mean: names, numbers, days, camps, places, in several readings.

A piece is a run of words. A word alone can be a name, a number, a year, a place; several together
a day ("27 avril 1944"), a camp ("VI K"), a place or movement of several words. Each reading lists
the persons that it fits, with its bits: how much rarer they are than anybody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from math import log2

import numpy as np
from numpy.typing import NDArray

from sexton.dates import DateReading, read_date
from sexton.dates.vocabulary import fold_word, months
from sexton.names import is_given_name
from sexton.names.patronymics import is_patronymic
from sexton.numbers import read_camp, read_numbers
from sexton.places import find_unit, load_gazetteer
from sexton.web.research.facts import DAY_KINDS, PLACE_KINDS
from sexton.web.research.forms import INITIAL, Near
from sexton.web.research.index import ORGANISED, Index

MOST_WORDS, LONGEST_PIECE = 8, 4
LEAST, MOST = 1.0, 14.0
NUMBER = 20.0
SURELY_A_NAME = 8.0
# A source that says less exactly than the reader asks ("1943" for 5 May 1943) leaves it open.
OPEN = 0.5
SWAPPED = 0.7  # the day and the month as the other order has them
PLACE_LIKENESS = 0.96
POOLS = {"date": "date"}
PREFERRED = {"site": 0.4, "death_place": 0.2, "death_date": 0.1, "birth_date": 0.1}
SHORTEST_PLACE = 3
_TOKEN = re.compile(r"[^\s,;()\[\]“”«»\"]+")
_DIGIT = re.compile(r"\d")
_LONG = re.compile(r"[^\W\d_]{4,}")
_CAMP_WORD = re.compile(
    r"(?:front|m-?)?stalag|stammlager|oflag|dulag|lager|kamp|camp|num[eé]ro|шталаг|сталаг|офлаг|дулаг"
    r"|лагер[ья]",
    re.IGNORECASE,
)
_CAMP_NUMBER = re.compile(r"\d{4,}")
Ints = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Answer:
    """Persons (by place) whom one reading of a piece fits. ``what`` and ``detail`` say why.

    A reader yields ``bits`` as the share of the piece's bits that this reading of it has.
    """

    what: str
    detail: str
    persons: Ints
    bits: float
    how: str = "same"


@dataclass(slots=True)
class Piece:
    """Words from ``first`` up to ``last``, with the names and the other things they can mean."""

    first: int
    last: int
    text: str
    names: dict[str, list[Near]] = field(default_factory=dict)
    others: list[Answer] = field(default_factory=list)
    period: DateReading | None = None
    is_part: bool = False  # of a longer piece that means something

    @property
    def words(self) -> int:
        return self.last - self.first

    @property
    def asks(self) -> str:
        """What the piece most likely asks about: a part of the name, a day, a place…"""
        name = max(((own[0].bits, kind) for kind, own in self.names.items()), default=None)
        other = max(((answer.bits, answer.what) for answer in self.others), default=None)
        if other is not None and (name is None or other[0] >= name[0]):
            return other[1]
        if is_patronymic(self.text):
            return "patronymic"
        return "given" if is_given_name(self.text) else "surname"


def words_of(query: str) -> list[str]:
    """The words of a query, each once."""
    words = _TOKEN.findall(query)
    return list({word.casefold(): word for word in reversed(words)}.values())[::-1][:MOST_WORDS]


def read(index: Index, words: list[str]) -> list[Piece]:
    """Each run of words that means something; single words always. The longer ones come first."""
    found: list[Piece] = []
    for length in range(min(LONGEST_PIECE, len(words)), 0, -1):
        for first in range(len(words) - length + 1):
            own = words[first : first + length]
            piece = Piece(first, first + length, " ".join(own))
            _read_day(index, piece)
            readers = (_numbers, _camps, _organisations, _sites, _places, _units)
            piece.others += [a for reader in readers for a in reader(index, piece.text, own)]
            _leave_to_longer(piece, found)
            piece.others = _pooled(index, piece.others)
            if length == 1:
                _read_names(index, piece)
                piece.others += _initials(index, piece) if len(words) > 1 else ()
            if piece.others or length == 1:
                found.append(piece)
    return found


def _leave_to_longer(piece: Piece, longer: Iterable[Piece]) -> None:
    """Of "mai 1943" neither word is a day or place of its own, of "Stalag 326" neither a camp."""
    said = {
        _family(answer.what)
        for other in longer
        if other.first <= piece.first and piece.last <= other.last
        for answer in other.others
    }
    left = [answer for answer in piece.others if _family(answer.what) not in said]
    piece.others = [] if "date" in said else left
    piece.is_part = bool(said)


def _family(what: str) -> str:
    return "date" if what.endswith("_date") else what


def _pooled(index: Index, answers: list[Answer]) -> list[Answer]:
    """The answers with their bits: a day or place tells as much as it is rare in any role.

    ``bits`` were shares of that before; a reader who writes "Genk" first means those who lie there.
    """
    of_pool: dict[str, list[Answer]] = {}
    for answer in answers:
        pool = "number" if answer.what == "number" else POOLS.get(_family(answer.what), "place")
        of_pool.setdefault(pool, []).append(answer)
    found = []
    for pool, own in of_pool.items():
        mask = np.zeros(index.size, np.bool_)
        for answer in own:
            mask[answer.persons] = True
        bits = NUMBER if pool == "number" else _bits(index, int(mask.sum()))
        for answer in own:
            worth = bits * answer.bits + PREFERRED.get(answer.what, 0.0)
            found.append(replace(answer, bits=worth))
    return found


def _bits(index: Index, persons: int) -> float:
    return min(max(log2(max(index.size, 1) / persons), LEAST), MOST) if persons else LEAST


def _read_names(index: Index, piece: Piece) -> None:
    """Names that the word can be; where it is a place, only what is surely a name as well."""
    if _DIGIT.search(piece.text):
        return
    near = {kind: forms.near(piece.text) for kind, forms in index.names.items()}
    best = max((own[0].bits for own in near.values() if own), default=0.0)
    if best >= SURELY_A_NAME or not (piece.others or piece.is_part):
        piece.names = {kind: own for kind, own in near.items() if own}


def _initials(index: Index, piece: Piece) -> Iterator[Answer]:
    """An initial that the reader writes beside a name."""
    letter = piece.text.strip(".")
    if len(letter) == 1 and letter.isalpha() and not piece.is_part:
        for kind in ("given", "patronymic"):
            forms = index.names[kind]
            persons = forms.bearers.any_of(forms.beginning_with(letter))
            # That of the given name is meant first.
            bits = INITIAL + 0.1 if kind == "given" else INITIAL
            yield Answer(kind, piece.text, persons, bits, "begins")


def _numbers(index: Index, text: str, words: list[str]) -> Iterator[Answer]:
    if len(words) > 1 or len(_DIGIT.findall(text)) < 3:
        return
    numbers = dict.fromkeys(number.digits for number in read_numbers(text))
    for digits in numbers:
        if persons := index.facts.numbers.get(digits):
            yield Answer("number", digits, np.array(persons, np.int32), 1.0)


def _camps(index: Index, text: str, words: list[str]) -> Iterator[Answer]:
    """Camps as clerks write them: "VI K", "Stalag 326", "IV H (304)"."""
    if not _DIGIT.search(text) and len(words) == 1 and len(text) < 3:
        return
    if _CAMP_NUMBER.search(text) or any(_LONG.search(_CAMP_WORD.sub("", word)) for word in words):
        return
    reading = read_camp(text)
    for match in reading.camps if reading else ():
        persons = _having(index, "camp", [match.camp_id])
        if len(persons):
            yield Answer("camp", match.camp_id, persons, match.probability)


def _organisations(index: Index, text: str, words: list[str]) -> Iterator[Answer]:
    """Camps, mines and movements by any word of their names; of several words all must be there."""
    facets: dict[str, list[str]] = {}
    if not _is_long_enough(words):
        return
    for key in index.organisations.called(words):
        facets.setdefault(ORGANISED.get(index.kinds[key], ""), []).append(key)
    for facet, keys in facets.items():
        persons = _having(index, facet, keys) if facet else ()
        if len(persons):
            yield Answer(facet, "|".join(keys), persons, 1.0)


def _is_long_enough(words: Iterable[str]) -> bool:
    """Short words alone ("de", "VI") stand in too many names."""
    return any(sum(map(str.isalnum, word)) >= SHORTEST_PLACE for word in words)


def _sites(index: Index, text: str, words: list[str]) -> Iterator[Answer]:
    keys = sites_called(index, text, words)
    persons = _having(index, "site", keys)
    if len(persons):
        yield Answer("site", "|".join(keys), persons, 1.0)


def sites_called(index: Index, text: str, words: list[str]) -> list[str]:
    """The sites that are called by all the words, in any language the gazetteer knows.

    Where none is, those of the province that is called so.
    """
    if not _is_long_enough(words):
        return []
    keys = index.sites.called(words)
    if not keys and not _DIGIT.search(text):
        names = dict.fromkeys(other_names(text, "belgium"))
        keys = list(dict.fromkeys(key for name in names for key in index.sites.called([name])))
    return keys or index.provinces.called(words)


def _places(index: Index, text: str, words: list[str]) -> Iterator[Answer]:
    """Places of birth, death and events that sound so, or that the gazetteer calls so too."""
    if len(text) < SHORTEST_PLACE or _DIGIT.search(text):
        return
    places = index.facts.places
    named = places.heard(text)
    for gazetteer in ("ussr", "belgium"):
        named += [n for name in other_names(text, gazetteer) for n in places.heard(name)]
    for kind, bearers in zip(PLACE_KINDS, places.bearers, strict=True):
        persons = bearers.any_of(sorted(set(named)))
        if len(persons):
            yield Answer(kind, text, persons, 1.0)


def other_names(text: str, gazetteer: str) -> Iterator[str]:
    """Names of the places that are surely called so: Сталинград for Волгоград, Liège for Luik."""
    for place, likeness in load_gazetteer(gazetteer).lookup(text)[:3]:
        if likeness >= PLACE_LIKENESS:
            yield from (name for name in (place.name, place.russian) if name)


def _units(index: Index, text: str, words: list[str]) -> Iterator[Answer]:
    """Provinces and republics of birth, as birth places name them."""
    if len(text) < SHORTEST_PLACE or _DIGIT.search(text):
        return
    for level in ("republic", "province"):
        unit, _ = find_unit(text, level)
        persons = _having(index, "origin", [unit]) if unit else ()
        if len(persons):
            yield Answer("origin", unit, persons, 1.0)


def _having(index: Index, facet: str, values: list[str]) -> Ints:
    column = index.table.columns[facet]
    if not any(value in column.numbers for value in values):
        return np.empty(0, np.int32)
    return np.flatnonzero(column.having(values)).astype(np.int32)


def _read_day(index: Index, piece: Piece) -> None:
    """Days: whole ones, months, years; a month of any year where the word is one."""
    month = months().get(fold_word(piece.text.rstrip(".")))
    if month is not None and not _DIGIT.search(piece.text):
        piece.others += _of_masks(index, piece.text, index.facts.days.months == month)
        return
    if not _DIGIT.search(piece.text):
        return
    reading = read_date(piece.text)
    if reading is None or not reading.spans or reading.quality == "garbled":
        piece.others += _day_of_any_year(index, piece.text)
        return
    if reading.first is None or not 1800 <= reading.first.year <= 2100:
        return
    piece.period = reading
    days = index.facts.days
    for number, span in enumerate(reading.spans):
        first, last = span.first.toordinal(), span.last.toordinal()
        within = (days.firsts >= first) & (days.lasts <= last)
        share = SWAPPED if number else 1.0
        piece.others += _of_masks(index, piece.text, within, share)
        around = (days.firsts <= last) & (days.lasts >= first) & ~within
        piece.others += _of_masks(index, piece.text, around, share * OPEN, "open")


def _day_of_any_year(index: Index, text: str) -> Iterator[Answer]:
    """``27 april``: a day without a year."""
    reading = read_date(f"{text} 1904")
    if reading is not None and reading.is_full and reading.quality == "exact":
        day = reading.first
        days = index.facts.days
        yield from _of_masks(index, text, (days.months == day.month) & (days.days == day.day))


def _of_masks(
    index: Index, text: str, mask: NDArray[np.bool_], share: float = 1.0, how: str = "same"
) -> Iterator[Answer]:
    """The persons of the days in ``mask``, those of a birth, of a death and of events apart."""
    days = index.facts.days
    for number, kind in enumerate(DAY_KINDS):
        persons = np.unique(days.persons[mask & (days.kinds == number)])
        if len(persons):
            yield Answer(f"{kind}_date", text, persons, share, how)

"""Which names go together: the peoples of the Soviet Union, as far as a spelling tells them.

The counts of names do not say who bears a name. A surname is given to a people by its ending or its
first letters, by hand-written rules (judged): -енко is Ukrainian, -ович Belarusian, -швили
Georgian; a Muslim root says a Muslim people, and only some roots say which. Within a people every
name is as common as its count says.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from sexton.simulate.names import NameCounts, Vocabulary, patronymics_of
from sexton.simulate.tables import read_table

PARTS = ("surname", "given", "patronymic")
MUSLIM = ("volga", "central_asian", "caucasian")
# Men of Christian peoples named outside the calendar, or by a name that the list lacks (judged).
OUTSIDE_CALENDAR = 0.03

Codes = NDArray[np.int32]

_MUSLIM_ROOT = re.compile(
    "абд|абул|агал|азиз|айд|акбар|алиев|алим|амир|анвар|асад|аслан|ахм[ае]|ахун|байр|бакир|батыр|"
    "бек|бикт|вали[еу]|вахит|габ[дбис]|гадж|газиз|гайн|гал[ие]|ганиев|гариф|гасан|гаф|гильм|гиз|"
    "гиляз|гумер|гусейн|давлет|джа|джум|жума|жусуп|закир|заки[еу]|зайнул|ибраг|идрис|ильяс|имам|"
    "ислам|исмаил|исхак|кабир|кадыр|камал|карим|касым|керим|кулиев|курбан|кутлу|лат[иы][пф]|магом|"
    "мамед|мамад|мамат|мансур|мардан|масал|махм|минн|мингал|мирз|муб|мукам|мулл|мурат|мурад|мустаф|"
    "мухам|мухт|набиев|нигмат|низам|нур|оруд|осман|рагим|раджаб|разак|рахим|рахм|ризв|рустам|садык|"
    "сабир|салах|салих|сафин|сафиул|сагит|саид|сайф|сейт|сулейм|султан|тагир|таиров|тахир|тимер|"
    "турсун|турд|тохт|умар|усман|фазл|файз|фарид|фарит|фатх|фатт|фахр|хаби|хайр|хаким|халик|халил|"
    "хам[ие]д|хами[тд]|хаса|хафиз|хиса|ходж|хус[ае]|шагал|шайх|шакир|шам[ис]|шар[аи][пф]|шах|шейх|"
    "шукур|эрг[аеи]|юлдаш|юнус|юсу[пф]|якуб|ярулл|яхъ"
)
_ONLY_VOLGA = re.compile(
    "гал[ие]|габд|гильм|гариф|гайн|минн|мингал|шайх|сафин|фатт|фахр|тимер|.*улл"
)
_ONLY_CENTRAL_ASIAN = re.compile(
    "турсун|турд|тохт|эрг|юлдаш|ходж|жум|джум|.+(?:бай|бек|кул|жан|берд)[а-я]*[оеи][вн]$"
)
_ONLY_CAUCASIAN = re.compile("мамед|гусейн|гасан|кулиев|магом|гадж|рагим|исмаил|.*оглы")
_UKRAINIAN = re.compile(
    ".*(?:нко|ченко|йко|чко|шко|жко|хно|чук|щук|юк|[бвгдклмнпрст]ук|няк|ляк|чак|шак|ило|айло|юра|уха)$"
)
_BELARUSIAN = re.compile(".*(?:ович|евич|[её]нок|ейко|нчик)$")
_GEORGIAN = re.compile(".*(?:швили|дзе|иани)$")
_ARMENIAN = re.compile(
    ".*(?:[аеио]сян|[аеоу]рян|[аиу]нян|[аи]кян|[аие]дян|[аи]бян|[ае]тян|алян|[аеи]мян|[аоу]зян|"
    "ртчян|чатрян|атурян|аджян|ачян)$"
)
_JEWISH = re.compile(
    ".*(?:штейн|[лрсц]ман|берг|блюм|баум|зон)$|абрамович$|рабинович$|каган|коган|левин$|рабин|гуревич$|хаимович$"
)

Rule = Callable[[str], bool]


@cache
def _listed(people: str) -> frozenset[str]:
    """Given names of a people, of "muslim" ones besides the roots, or of the church "calendar"."""
    if people == "calendar":
        return frozenset(row["name"].lower() for row in read_table("calendar_names"))
    rows = read_table("given_names_of_peoples")
    return frozenset(row["name"] for row in rows if row["people"] == people)


def _is_muslim(name: str) -> bool:
    return bool(_MUSLIM_ROOT.match(name)) or name in _listed("muslim")


def _of(only: re.Pattern[str], *others: re.Pattern[str]) -> Rule:
    """Muslim surnames of one people: its own roots, and those that no people has for its own."""

    def rule(name: str) -> bool:
        if only.match(name):
            return _is_muslim(name)
        return _is_muslim(name) and not any(other.match(name) for other in others)

    return rule


def _like(pattern: re.Pattern[str]) -> Rule:
    return lambda name: bool(pattern.match(name))


_OWN_SURNAMES: Mapping[str, Rule] = {
    "ukrainian": _like(_UKRAINIAN),
    "belarusian": _like(_BELARUSIAN),
    "volga": _of(_ONLY_VOLGA, _ONLY_CENTRAL_ASIAN, _ONLY_CAUCASIAN),
    "central_asian": _of(_ONLY_CENTRAL_ASIAN, _ONLY_VOLGA, _ONLY_CAUCASIAN),
    "caucasian": _of(_ONLY_CAUCASIAN, _ONLY_VOLGA, _ONLY_CENTRAL_ASIAN),
    "armenian": _like(_ARMENIAN),
    "georgian": _like(_GEORGIAN),
    "jewish": _like(_JEWISH),
}
# A Russian may bear these too: who is named Коваленко or Юркевич need not be from there.
_SHARED = frozenset(("ukrainian", "belarusian", "jewish"))


def _own_given(people: str) -> Rule:
    if people in MUSLIM:
        return _is_muslim
    names = _listed(people) or _listed("calendar")
    return names.__contains__


@dataclass(frozen=True, slots=True)
class Drawing:
    """Names of one people: their positions in the vocabulary, and their chances cumulated."""

    positions: Codes
    cumulated: NDArray[np.float64]

    def draw(self, uniform: NDArray[np.float64]) -> Codes:
        """One name (its position) for each number of 0..1."""
        slots = np.searchsorted(self.cumulated, uniform, side="right")
        return self.positions[np.minimum(slots, len(self.positions) - 1)]


@dataclass(frozen=True, slots=True)
class Cast:
    """All names of simulated persons by part, men's before women's, and how each people draws."""

    names: Mapping[str, tuple[str, ...]]
    shares: NDArray[np.float64]
    men: Mapping[str, tuple[Drawing, ...]]
    women: Mapping[str, Drawing]


def people_names() -> tuple[str, ...]:
    """The peoples in the order of ``tables/peoples.tsv``."""
    return tuple(row["people"] for row in read_table("peoples"))


def cast_of(counts: NameCounts) -> Cast:
    """The names of ``counts``, shared out among the peoples."""
    shares = np.array([float(row["share"]) for row in read_table("peoples")])
    women = {
        part: Drawing(
            np.arange(len(counts.women[part].names), dtype=np.int32)
            + np.int32(len(counts.men[part].names)),
            counts.women[part].cumulated,
        )
        for part in PARTS
    }
    return Cast(
        {part: counts.men[part].names + counts.women[part].names for part in PARTS},
        np.cumsum(shares / shares.sum()),
        {part: _drawings(part, counts.men) for part in PARTS},
        women,
    )


def _drawings(part: str, men: Mapping[str, Vocabulary]) -> tuple[Drawing, ...]:
    vocabulary = men[part]
    weights = np.diff(vocabulary.cumulated, prepend=0.0)
    names = [name.lower() for name in vocabulary.names]
    if part == "surname":
        return _surnames(names, weights)
    return tuple(_firsts(part, names, weights, people) for people in people_names())


def _surnames(names: Sequence[str], weights: NDArray[np.float64]) -> tuple[Drawing, ...]:
    own = {
        people: np.fromiter((rule(name) for name in names), bool, len(names))
        for people, rule in _OWN_SURNAMES.items()
    }
    foreign = np.zeros(len(names), bool)
    for people, mask in own.items():
        if people not in _SHARED:
            foreign |= mask
    general = np.where(foreign, 0.0, weights)
    drawings = []
    for row in read_table("peoples"):
        people = row["people"]
        mine = np.where(own[people], weights, 0.0) if people in own else general
        drawings.append(_mixed(mine, general, float(row["own"]), weights))
    return tuple(drawings)


def _firsts(part: str, names: Sequence[str], weights: NDArray[np.float64], people: str) -> Drawing:
    """Given names, or patronymics of fathers with such names."""
    rule = _own_given(people)
    if part == "patronymic":
        rule = _patronymic_rule(rule, people)
    mine = np.where(np.fromiter((rule(name) for name in names), bool, len(names)), weights, 0.0)
    return _mixed(mine, weights, 1 - OUTSIDE_CALENDAR, weights)


def _patronymic_rule(given: Rule, people: str) -> Rule:
    if people in MUSLIM:
        return given
    kinds = ("calendar", "jewish", "armenian", "georgian")
    fathers = frozenset().union(*(_listed(kind) for kind in kinds))
    allowed = {form for name in fathers if given(name) for form in _patronymics(name)}
    return allowed.__contains__


def _patronymics(given: str) -> set[str]:
    """What a father's name makes, also with the vowel that falls out: Павел, Павлович; Лев."""
    short = {"павел": "павлович", "лев": "львович", "пётр": "петрович", "илья": "ильич"}
    return {*patronymics_of(given), short.get(given, "")} - {""}


def _mixed(
    mine: NDArray[np.float64],
    general: NDArray[np.float64],
    own: float,
    every: NDArray[np.float64],
) -> Drawing:
    """``own`` of the chance to ``mine``, the rest to ``general``; an empty part gives it all up."""
    parts = [(part, share) for part, share in ((mine, own), (general, 1 - own)) if part.sum() > 0]
    shares = sum((part / part.sum() * share for part, share in parts), np.zeros(len(every)))
    if not parts or shares.sum() == 0:
        shares = every
    positions = np.flatnonzero(shares).astype(np.int32)
    chances = shares[positions]
    return Drawing(positions, np.cumsum(chances / chances.sum()))

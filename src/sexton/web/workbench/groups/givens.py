"""What is taken as given: decisions, judgements, and what somebody supposes in the address."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.http import QueryDict

from sexton.linkage.group import NOTHING, Edge, Given, Impossible, check
from sexton.linkage.group import Group as Odds
from sexton.web.cases.judging import opinions
from sexton.web.cases.ladder import DECIDED, INDEPENDENT, Opinion, independent
from sexton.web.cases.models import Case, Judgement
from sexton.web.cases.naming import of_record
from sexton.web.register.models import Membership
from sexton.web.workbench.groups.gathering import Gathered, decided_elsewhere

COUNTED = ("decided", "judged", "nothing")
MOST = 40  # pairs that can be supposed at once


@dataclass(frozen=True, slots=True)
class Pair:
    """A grave and a name of a group, by the ids of their rows."""

    body: int
    name: int

    def __str__(self) -> str:
        return f"{self.body}-{self.name}"

    @classmethod
    def of(cls, text: str) -> Pair | None:
        body, dash, name = text.partition("-")
        sound = dash and len(text) < 30 and body.isdecimal() and name.isdecimal()
        return cls(int(body), int(name)) if sound else None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an address asks for: pairs supposed as one man and as two, what counts as given
    (``COUNTED``), a pair to be shown, and whether all names are to stand in the matrix."""

    same: tuple[Pair, ...] = ()
    apart: tuple[Pair, ...] = ()
    counted: str = COUNTED[0]
    pair: Pair | None = None
    all: bool = False

    @classmethod
    def of(cls, asked: QueryDict) -> Wanted:
        """From the address; what is no pair is left out."""
        counted = asked.get("given", COUNTED[0])
        wanted = cls(
            _pairs(asked.getlist("same")),
            _pairs(asked.getlist("not")),
            counted if counted in COUNTED else COUNTED[0],
            Pair.of(asked.get("pair", "")),
            asked.get("all") == "1",
        )
        added = Pair.of(f"{asked.get('body', '')}-{asked.get('name', '')}")
        return wanted if added is None else wanted.supposing(added, asked.get("as") != "not")

    def supposing(self, pair: Pair, same: bool) -> Wanted:
        """The same, with one pair more (or the other way)."""
        less = self.without(pair)
        if same:
            return Wanted((*less.same, pair), less.apart, self.counted, self.pair, self.all)
        return Wanted(less.same, (*less.apart, pair), self.counted, self.pair, self.all)

    def without(self, pair: Pair) -> Wanted:
        """The same, with nothing supposed of a pair."""
        same, apart = (
            tuple(one for one in pairs if one != pair) for pairs in (self.same, self.apart)
        )
        return Wanted(same, apart, self.counted, self.pair, self.all)

    def showing(self, pair: Pair | None) -> Wanted:
        """The same, with another pair shown."""
        return Wanted(self.same, self.apart, self.counted, pair, self.all)

    def whole(self, all_names: bool) -> Wanted:
        """The same, with all names in the matrix or the likelier ones."""
        return Wanted(self.same, self.apart, self.counted, self.pair, all_names)

    @property
    def query(self) -> str:
        """The address's own part, beginning with "?"."""
        asked = QueryDict(mutable=True)
        asked.setlist("same", [str(pair) for pair in self.same])
        asked.setlist("not", [str(pair) for pair in self.apart])
        if self.counted != COUNTED[0]:
            asked["given"] = self.counted
        if self.pair is not None:
            asked["pair"] = str(self.pair)
        if self.all:
            asked["all"] = "1"
        return f"?{asked.urlencode()}"


def _pairs(texts: Iterable[str]) -> tuple[Pair, ...]:
    found = (Pair.of(text) for text in texts)
    return tuple(dict.fromkeys(pair for pair in found if pair is not None))[:MOST]


@dataclass(frozen=True, slots=True)
class Marks:
    """What people said of the pairs (grave, man) of a group: decided as one, judged as one by two
    reviewers who did not see the evidence, held to be two; and the men who lie elsewhere."""

    decided: frozenset[Edge] = frozenset()
    same: frozenset[Edge] = frozenset()
    different: frozenset[Edge] = frozenset()
    elsewhere: Mapping[int, Case] = field(default_factory=dict)


def marks_of(found: Gathered) -> Marks:
    """Decisions and judgements on the pairs of a group."""
    man = _called(found)
    grave = {body.case_id: at for at, body in enumerate(found.graves)}
    decided = {
        (at, man[body.case.candidate])
        for at, body in enumerate(found.graves)
        if body.case.state in DECIDED and body.case.candidate in man
    }
    of: dict[Edge, list[Judgement]] = defaultdict(list)
    told = Judgement.objects.filter(case__in=grave, candidate__in=man).order_by("pk")
    for one in told:
        of[grave[one.case_id], man[one.candidate]].append(one)
    held = {edge: opinions(judgements) for edge, judgements in of.items()}
    elsewhere = decided_elsewhere(found.group, man)
    return Marks(
        frozenset(decided),
        frozenset(edge for edge, said in held.items() if _is_one(said)),
        frozenset(edge for edge, said in held.items() if _are_two(said)),
        {man[name]: case for name, case in elsewhere.items()},
    )


def _called(found: Gathered) -> dict[str, int]:
    """The men by all their names as candidates: those of the group, and the other records of the
    persons whom these are held to speak of."""
    men = [int(man) for man in found.weights.bits.man]
    person = {row.person: man for row, man in zip(found.rows, men, strict=True) if row.person}
    records = Membership.objects.filter(person__in=person)
    others = records.values_list("record__key", "person_id")
    called = {of_record(key): person[pk] for key, pk in others}
    return called | {row.name: man for row, man in zip(found.rows, men, strict=True)}


def _is_one(said: list[Opinion]) -> bool:
    return len(independent(said)) >= INDEPENDENT and all(one.verdict == "same" for one in said)


def _are_two(said: list[Opinion]) -> bool:
    return all(one.verdict == "different" for one in said)


def given_by(marks: Marks, counted: str, odds: Odds) -> tuple[Given, list[Edge]]:
    """What counts as given of what people said; and those pairs that contradict others of them,
    which are left out."""
    if counted == "nothing":
        return NOTHING, []
    judged = marks.same - marks.decided if counted == "judged" else frozenset()
    same = [*sorted(marks.decided), *sorted(judged)]
    away = {(grave, man) for man in marks.elsewhere for grave in range(odds.odds.shape[0])}
    different = away | (marks.different if counted == "judged" else frozenset())
    return sound(Given(frozenset(), frozenset(different - set(same))), same, odds)


def sound(given: Given, same: Iterable[Edge], odds: Odds) -> tuple[Given, list[Edge]]:
    """``given`` with all of ``same`` that does not contradict it; and those that do."""
    refused: list[Edge] = []
    for edge in same:
        more = given.beside(Given(frozenset({edge})))
        try:
            check(odds, more)
        except Impossible:
            refused.append(edge)
        else:
            given = more
    return given, refused

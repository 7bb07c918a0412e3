"""A list is asked who some men may be: the engine of ``sexton link``, record by record.

What a record is told is not learnt from the others that are asked for with it: a case has the same
candidates whether it is asked for alone or in a run of thousands. (Names that were joined for one
record are known to the next: of 298 graves of the Belgian register three had other bits so.)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from sexton.evidence import PersonReading, Rules, Shares, compare_people, default_rules
from sexton.evidence.spellings import MODEL, Kind, Spellings
from sexton.linkage.model import LinkOptions, Progress
from sexton.linkage.nameless import is_nameless
from sexton.linkage.pools import Pool
from sexton.linkage.posterior import prior_bits
from sexton.linkage.ranking import Chances, Pairs
from sexton.linkage.sameness import Men
from sexton.linkage.unnamed import ask_unnamed
from sexton.linkage.weighing import Scorer, screened_pairs
from sexton.records import Record
from sexton.records.reading import read_person
from sexton.web.cases.naming import archive_of, of_archive, of_record
from sexton.web.cases.pools import beside_register, of_register
from sexton.web.cases.rules import in_use
from sexton.web.research.shelf import Opened, shelf

MOST = 10
"""Candidates that are kept for a case from one list."""
WORTH = 1e-3
"""Less probable than this nobody is a candidate; ``sexton link`` weighs no such pairs either."""
Without = Mapping[str, Collection[int]]


@dataclass(frozen=True)
class AskedList:
    """A list to look for candidates in. ``row`` gives the name of a candidate and what he says by
    his position."""

    name: str
    coverage: float
    pool: Pool
    shares: Shares
    row: Callable[[int], tuple[str, Record]]
    rules: Rules = field(default_factory=default_rules)

    @property
    def options(self) -> LinkOptions:
        """Each record by itself, by given rules: nothing is learnt from who is asked."""
        return LinkOptions(self.coverage, MOST, one_to_one=False, rules=self.rules)


@dataclass(frozen=True)
class Found:
    """Whom a list gave for a man: his candidates' rows by name, and what ``Inquiry`` keeps."""

    rows: dict[str, Record]
    size: int
    rest: float
    shift: float = 0.0
    spellings: list[tuple[Kind, str, str, float]] = field(default_factory=list)


def open_list(name: str, coverage: float) -> AskedList:
    """The register or an archive, by the name of a pool. Raises ``shelf.Trouble``."""
    archive = archive_of(name)
    if archive is None:
        register = of_register()

        def row(at: int) -> tuple[str, Record]:
            return of_record(register.records[at].id), register.records[at]

        return AskedList(name, coverage, register, register.counted.shares, row, in_use())
    return _archive(name, archive, coverage, shelf().open(archive))


def _archive(name: str, archive: str, coverage: float, opened: Opened) -> AskedList:
    pool = opened.search.pool.afresh()
    digests = {entry.folder: entry.digest for entry in opened.lists}

    def row(at: int) -> tuple[str, Record]:
        record = pool.record(at)
        return of_archive(archive, digests[pool.folder_of(at).name], record.row), record

    shares = beside_register(archive, opened)
    return AskedList(name, coverage, pool, shares, row, in_use())


def look_up(
    men: Sequence[Record],
    asked: AskedList,
    without: Without | None = None,
    progress: Progress | None = None,
) -> list[Found]:
    """Who of a list each of the men may be. ``without``: positions in the list that are not asked
    about, by the ids of the men."""
    people = [read_person(man) for man in men]
    left_out = without or {}
    # Whom no name leads to is not screened: the ways to nameless graves are others.
    named = {one.id: left_out[one.id] for one in people if one.id in left_out and one.name.forms}
    weighed = screened_pairs(
        people, asked.pool, asked.options, progress, without=named, shares=asked.shares
    )
    rights: dict[int, list[int]] = defaultdict(list)
    for left, right in weighed.pairs:
        rights[left].append(right)
    asked.pool.read(right for _, right in weighed.pairs)
    found = []
    for left, person in enumerate(people):
        none_of = left_out.get(person.id, ())
        if is_nameless(person):
            found.append(_of_nameless(person, weighed.scorer, asked, none_of))
        else:
            size, fewer = _fewer(asked, none_of)
            bits = {right: weighed.scorer.weight((left, right)) for right in rights[left]}
            rest = float(weighed.rest[left]) * 2.0**fewer + asked.options.missed_odds
            found.append(_best(left, _Weighed(size, bits, rest), weighed.scorer, asked))
    return found


@dataclass(frozen=True)
class _Weighed:
    """Who was weighed for a man, of ``size`` whom he is asked about: the bits of each, the odds of
    all others, and the bits that each has beyond his share of the coverage."""

    size: int
    bits: Mapping[int, float]
    rest: float
    shift: float = 0.0


def _best(left: int, weighed: _Weighed, scorer: Scorer, asked: AskedList) -> Found:
    """The best of those who were weighed; all others are a part of the rest."""
    prior = prior_bits(asked.coverage, weighed.size) + weighed.shift
    odds = {right: 2.0 ** min(bits + prior, 60.0) for right, bits in weighed.bits.items()}
    order = sorted(odds, key=lambda right: (-odds[right], right))
    whole = 1.0 + weighed.rest + sum(odds.values())
    kept = [right for right in order[:MOST] if odds[right] / whole >= WORTH]
    rest = weighed.rest + sum(odds[right] for right in order if right not in kept)
    rows = dict(asked.row(right) for right in kept)
    return Found(rows, weighed.size, rest, weighed.shift, _told(left, kept, scorer))


def _fewer(asked: AskedList, without: Collection[int]) -> tuple[int, float]:
    """How many are asked about, and the bits that this gives each of them: the engine took those
    who are not asked about for a part of the list."""
    size = len(asked.pool) - len(without)
    whole = prior_bits(asked.coverage, len(asked.pool))
    return size, prior_bits(asked.coverage, size) - whole


def _of_nameless(
    man: PersonReading, scorer: Scorer, asked: AskedList, without: Collection[int]
) -> Found:
    """Whom a grave that names nobody may mean: by day and place of death, and by a number.

    Those who are not asked about count as claimed by others.
    """
    out = np.array(sorted(without), np.int64)
    claimed = Pairs(np.zeros(len(out), np.int64), out, np.zeros(len(out)))
    chances = Chances(np.ones(len(out)), np.zeros(len(out), np.bool_), np.ones(1))
    alone = Scorer([man], scorer.pool, scorer.rules, scorer.shares, scorer.spellings)
    found = ask_unnamed([man], alone, claimed, chances, Men(), asked.options)
    size, fewer = _fewer(asked, without)
    if found is None:
        return Found({}, size, asked.options.missed_odds)
    asked.pool.read(right for _, right in found.pairs)
    weights = {edge: alone.weight(edge) for edge in found.pairs}
    terms = found.terms(weights, np.zeros(1), asked.options)
    shift = float(terms.shift[0])
    bits = {right: weight for (_, right), weight in weights.items() if right not in without}
    # Whom no way leads to is among those who are not there, in what the terms say.
    rest = float(terms.rest[0]) * 2.0**shift
    return _best(0, _Weighed(size, bits, rest, shift - fewer), alone, asked)


def _told(left: int, rights: Sequence[int], scorer: Scorer) -> list[tuple[Kind, str, str, float]]:
    """The bits of the names of the best pairs, where the list tells others than the model."""
    told = _Recorder(scorer.spellings)
    for right in rights:
        person = scorer.pool.person(right)
        compare_people(scorer.left[left], person, scorer.shares, scorer.rules, spellings=told)
    return [
        (*names, bits)
        for names, bits in told.known.items()
        if abs(bits - MODEL.bits(*names)) > 1e-9
    ]


class _Recorder:
    """Passes on what spellings say, and remembers it."""

    def __init__(self, spellings: Spellings) -> None:
        self._spellings = spellings
        self.known: dict[tuple[Kind, str, str], float] = {}

    def bits(self, kind: Kind, left: str, right: str) -> float:
        """Bits for ``left`` and ``right`` being one name of ``kind``."""
        found = self.known[kind, left, right] = self._spellings.bits(kind, left, right)
        return found

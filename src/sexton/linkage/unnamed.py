"""Asking an archive for the unnamed graves of a list, by what its named graves taught."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sexton.evidence import PersonReading, Rules, compare_people
from sexton.linkage.columns import BURIAL, DEATH_FIRST, DIED
from sexton.linkage.model import LinkOptions, Progress
from sexton.linkage.nameless import (
    Claimed,
    Example,
    Kept,
    Learned,
    Odds,
    Routes,
    first_alike,
    is_nameless,
    keep,
    learn,
    odds_of,
    relearned,
    stripped,
    unlearned,
)
from sexton.linkage.pools import Pool
from sexton.linkage.posterior import Edge, prior_bits
from sexton.linkage.ranking import Chances, Pairs
from sexton.linkage.rarities import ask_rarities
from sexton.linkage.sameness import Men, Same, alike_among, same_pairs
from sexton.linkage.sharing import ShareOut, alone
from sexton.linkage.weighing import Scorer

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

MOST = 50
"""Candidates weighed for an unnamed grave, at most."""
# A smaller part of all that may be the man is not worth weighing, beyond the first few.
_WORTH = 1e-3
_AT_LEAST = 10
# An answer of this probability is an example of a grave whose man was found.
_FOUND = 0.95
_MOST_EXAMPLES = 400
# Graves that a process takes at a time.
_SHARE = 50


class Terms(NamedTuple):
    """What probabilities of all left records of a list are reckoned with, one entry for each.

    ``shift``: bits that candidates have beyond their weight, because so many records of the archive
    cannot be the man. ``missed``: the chance that no route leads to a man who is there. ``rest``:
    odds against "none of these" of those who were looked at and not weighed, before ``shift``.
    """

    shift: Floats
    missed: Floats
    rest: Floats


@dataclass(frozen=True)
class Unnamed:
    """The unnamed graves, whom they may mean, and by which rules that is to be weighed. ``alike``
    has, for those that say the same as an earlier one, the first that does."""

    graves: list[int]
    pairs: list[Edge]
    scorer: Scorer
    pool: Pool
    learned: list[Learned]
    kept: list[Kept]
    alike: Mapping[int, int]

    @cached_property
    def graves_asked(self) -> frozenset[int]:
        """The positions of the graves."""
        return frozenset(self.graves)

    def terms(self, weights: Mapping[Edge, float], rest: Floats, options: LinkOptions) -> Terms:
        """What probabilities are reckoned with, once the pairs are weighed; ``rest`` is that of
        the named graves."""
        shift, rest = np.zeros(len(rest)), rest.copy()
        missed = np.full(len(rest), options.rules_used.value("routes", "missed"))
        prior = prior_bits(options.coverage, len(self.scorer.pool))
        # Weights go beyond the rough bits: what was learned of those holds for these in proportion.
        beyond = self._beyond(weights)
        for grave, learned, kept in zip(self.graves, self.learned, self.kept, strict=True):
            shift[grave] = learned.unit(kept.whole()) - prior - beyond
            rest[grave] = kept.rest * 2 ** (prior + beyond)
            # Who is there and not found is among those who are not there, in what was learned.
            missed[grave] = 0.0
        return Terms(shift, missed, rest)

    def _beyond(self, weights: Mapping[Edge, float]) -> float:
        found = []
        for grave, kept in zip(self.graves, self.kept, strict=True):
            best = kept.best
            exact = np.array([weights[grave, right] for right in best.right.tolist()])
            if best.free.any():
                found.append(np.log2((np.exp2(exact) * best.free).sum() / best.odds().sum()))
        return float(np.median(found)) if found else 0.0

    def groups(self) -> list[tuple[int, ...]]:
        """The candidates of each grave: who of them are one man is to be asked.

        Those who died on one day are candidates of all its graves: side by side, so that most pairs
        are looked at once.
        """
        found = {tuple(sorted(kept.best.right.tolist())) for kept in self.kept}
        return sorted(group for group in found if group)

    def same_among(self, groups: Sequence[tuple[int, ...]]) -> list[Same]:
        """Which candidates of some :meth:`groups` are documents of one man."""
        begin = self.pool.beginnings({position for group in groups for position in group})
        pairs = alike_among(groups, begin)
        alike = {position for pair in pairs for position in pair}
        self.pool.read(alike)
        person, size = self.pool.person, len(self.pool)
        ask_rarities(map(person, alike))
        return same_pairs(pairs, person, self.scorer.shares, self.scorer.rules, size)


def ask_unnamed(
    left: Sequence[PersonReading],
    scorer: Scorer,
    named: Pairs,
    chances: Chances,
    men: Men,
    options: LinkOptions,
    progress: Progress | None = None,
    share_out: ShareOut = alone,
) -> Unnamed | None:
    """Whom the unnamed graves of ``left`` may mean; None where there are none.

    ``named`` are the pairs of the named graves and ``chances`` their probabilities, ``scorer`` what
    weighed them. ``share_out`` says who does the work.
    """
    graves = [position for position, person in enumerate(left) if is_nameless(person)]
    if not graves:
        return None
    pool, shares = scorer.pool, scorer.shares
    examples = _examples(left, named, chances, men)
    rules = relearned(scorer.rules, _levels(examples, pool, scorer))
    lies = sorted({person.burial_place for person in left if person.burial_place})
    routes = Routes(pool.coded, lies, _claimed(named, chances), shares, rules)
    undated, dated = (_as_unnamed(examples, dated=dated) for dated in (False, True))
    alike = first_alike(left, graves)
    firsts = [grave for grave in graves if grave not in alike]
    asked: list[Example | PersonReading] = [*undated, *dated, *(left[grave] for grave in firsts)]
    odds, found = _answers(routes, asked, progress, share_out)
    learned = _learned(odds[: len(undated)], odds[len(undated) :], pool, options.coverage)
    of_class = {grave: learned[_has_day(left[grave])] for grave in graves}
    best = {
        grave: _worth(its, of_class[grave], options.top)
        for grave, its in zip(firsts, found, strict=True)
    }
    kept = [best[alike.get(grave, grave)] for grave in graves]
    born = any(left[grave].birth or left[grave].birth_place for grave in graves)
    read = pool.nameless(born=born)
    weigher = replace(scorer, pool=read, rules=rules, weights={}, _by_field={})
    pairs = [
        (grave, right)
        for grave, its in zip(graves, kept, strict=True)
        for right in sorted(its.best.right.tolist())
    ]
    return Unnamed(graves, pairs, weigher, pool, [*of_class.values()], kept, alike)


def _learned(
    undated: Sequence[Odds], dated: Sequence[Odds], pool: Pool, coverage: float
) -> tuple[Learned, Learned]:
    """What examples teach of graves that state no day of death, and of those that do."""
    without, having = (
        learn(odds, coverage) or unlearned(coverage, _fill(pool, is_dated), len(pool))
        for odds, is_dated in ((undated, False), (dated, True))
    )
    return without, having


def _answers(
    routes: Routes,
    asked: Sequence[Example | PersonReading],
    progress: Progress | None,
    share_out: ShareOut,
) -> tuple[list[Odds], list[Kept]]:
    """The odds of the examples, and whom the graves may mean, asked for side by side."""

    def work(some: Sequence[Example | PersonReading]) -> Iterator[Odds | Kept]:
        for one in some:
            if isinstance(one, Example):
                yield odds_of(routes, one)
            else:
                yield keep(routes.fitting(one), MOST)

    found: list[Odds | Kept] = []
    for answer in share_out(work, asked, _SHARE):
        if progress and len(found) % 100 == 0:
            progress("asking for unnamed graves", len(found), len(asked))
        found.append(answer)
    if progress:
        progress("asking for unnamed graves", len(asked), len(asked))
    odds = [answer for answer in found if isinstance(answer, Odds)]
    return odds, [answer for answer in found if isinstance(answer, Kept)]


def _worth(kept: Kept, learned: Learned, top: int) -> Kept:
    """Those who may be the man with a probability worth stating, and the first few."""
    whole = kept.whole()
    unit, odds = 2 ** learned.unit(whole), kept.best.odds()
    worth = unit * odds / (1.0 + unit * whole) >= _WORTH
    worth[: max(_AT_LEAST, top)] = True
    return Kept(kept.best.some(worth), kept.rest + float(odds[~worth].sum()))


def _claimed(named: Pairs, chances: Chances) -> Claimed:
    """How far graves with a name claim each person."""
    right, at = np.unique(named.right, return_inverse=True)
    share = np.zeros(len(right))
    np.add.at(share, at, chances.probability)
    return Claimed(right, share)


def _has_day(person: PersonReading) -> bool:
    return person.death is not None and person.death.is_full


def _fill(pool: Pool, dated: bool) -> float:
    """The share of the archive's records that state the day, or only where, of death."""
    tables = [coded.columns.persons for coded in pool.coded]
    stated = [
        (table[:, BURIAL] >= 0) | (table[:, DIED] >= 0) | ((table[:, DEATH_FIRST] > 0) & dated)
        for table in tables
    ]
    return sum(int(each.sum()) for each in stated) / max(1, len(pool))


def _examples(
    left: Sequence[PersonReading], named: Pairs, chances: Chances, men: Men
) -> list[Example]:
    """Named graves whose man was found, with all his records among their candidates."""
    found = np.flatnonzero(chances.is_fittest & (chances.probability >= _FOUND))
    found = found[:: max(1, len(found) // _MOST_EXAMPLES)]
    of_man = men.of_all(named.right)
    places = np.argsort(named.left, kind="stable")
    starts = np.searchsorted(named.left[places], np.arange(len(left) + 1))
    examples = []
    for pair in found.tolist():
        grave = int(named.left[pair])
        his = places[starts[grave] : starts[grave + 1]]
        his = his[of_man[his] == of_man[pair]]
        examples.append(Example(left[grave], tuple(named.right[his].tolist())))
    return examples


def _as_unnamed(examples: Sequence[Example], *, dated: bool) -> list[Example]:
    return [
        Example(stripped(example.grave, dated=dated), example.records)
        for example in examples
        if example.grave.burial_place and (_has_day(example.grave) or not dated)
    ]


def _levels(examples: Sequence[Example], pool: Pool, scorer: Scorer) -> list[str]:
    """How the examples agree with that record of the man which fits best."""
    found: list[str] = []
    # What is read of a name, or a birth, no stripped grave can be compared with.
    pool = pool.nameless(born=False)
    pool.read(record for one in examples for record in one.records)
    for grave, records in ((stripped(one.grave), one.records) for one in examples):
        fields = [_compared(grave, pool.person(record), scorer) for record in records]
        found += max(fields)[1] if fields else []
    return found


def _compared(
    grave: PersonReading, record: PersonReading, scorer: Scorer
) -> tuple[float, list[str]]:
    rules: Rules = scorer.rules
    evidence = compare_people(grave, record, scorer.shares, rules)
    return evidence.bits, [item.level for item in evidence.fields]

"""What was stated when pairs were judged, beside the verdicts: do the bits keep what they promise?

The bits are those of the evidence when the first reviewer judged. What they state as a probability
depends on the list and on the other candidates, which are taken as they are now.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sexton.linkage.reliability import Class, Told, classes, wilson
from sexton.web.cases.models import Candidate, Judgement
from sexton.web.cases.taught import shares_of

LIMITS = (0.0, 4.0, 8.0, 12.0, 16.0)
"""Bits at which one class ends and the next begins."""
ENOUGH = 10
"""Pairs in a class, without which nothing is said of it."""
_CERTAIN = 1e-12


@dataclass(frozen=True, slots=True)
class Judged:
    """A pair: what was stated of it, the bits, the share of reviewers who said "same"."""

    told: Told
    bits: float


@dataclass(frozen=True, slots=True)
class Step:
    """A class of pairs. ``wanting``: how many more are needed before something is said of it."""

    pairs: Class

    @property
    def wanting(self) -> int:
        return max(0, ENOUGH - self.pairs.pairs)

    @property
    def is_off(self) -> bool:
        """Whether what is stated lies outside the limits of what was judged."""
        return not self.pairs.least <= self.pairs.stated <= self.pairs.most


def judged_pairs(judgements: Sequence[Judgement], simulated: bool) -> list[Judged]:
    """The pairs that were judged blind with "same" or "different", of persons who lived or of
    simulated ones, as far as their candidates still stand."""
    first: dict[tuple[int, str], Judgement] = {}
    for one in judgements:
        if one.blind and one.bits is not None:
            first.setdefault((one.case_id, one.candidate), one)
    known = _candidates({case for case, _ in first})
    found = []
    for pair, share in shares_of(judgements).items():
        now = known.get(pair)
        if share is None or now is None or pair not in first or now.simulated != simulated:
            continue
        bits = first[pair].bits or 0.0
        stated = _stated(now, bits)
        found.append(Judged(Told(stated, share, str(pair[0])), bits))
    return found


def _candidates(cases: Collection[int]) -> dict[tuple[int, str], Candidate]:
    found: Iterable[Candidate] = Candidate.objects.filter(case__in=cases)
    found = found.only("case_id", "name", "probability", "weight", "simulated")
    return {(one.case_id, one.name): one for one in found}


def _stated(now: Candidate, bits: float) -> float:
    """His probability beside the others of today, with the bits of then."""
    p = min(max(now.probability, _CERTAIN), 1 - _CERTAIN)
    odds = p / (1 - p) * 2.0 ** min(max(bits - now.weight, -60.0), 60.0)
    return odds / (1 + odds)


def steps(pairs: Sequence[Judged]) -> list[Step]:
    """The pairs in classes of bits, the lowest first."""
    told = [one.told for one in pairs]
    return [Step(each) for each in classes(told, LIMITS, [one.bits for one in pairs])]


def overall(pairs: Sequence[Judged]) -> Class | None:
    """All pairs together; None without any."""
    if not pairs:
        return None
    same = sum(one.told.same for one in pairs)
    stated = sum(one.told.stated for one in pairs) / len(pairs)
    n = len(pairs)
    return Class(float("-inf"), float("inf"), n, stated, same / n, *wilson(same, n))

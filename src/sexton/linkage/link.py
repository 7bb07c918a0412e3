"""Linking two lists: for each record of the left one, who of the right one it may be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sexton.evidence import PersonReading
from sexton.linkage.model import (
    CERTAINTY_LIMIT,
    Candidate,
    LinkOptions,
    LinkResult,
    Progress,
)
from sexton.linkage.pools import ListPool
from sexton.linkage.posterior import independent, odds_of, one_to_one, prior_bits
from sexton.linkage.weighing import Scorer, screened_pairs, weigh_pairs


def link(
    left: Sequence[PersonReading],
    right: Sequence[PersonReading],
    options: LinkOptions | None = None,
    progress: Progress | None = None,
) -> LinkResult:
    """Ranked candidates for every left record, "none of these" always among them.

    A left record that nothing identifies gets one answer, "none of these" with probability 1:
    nothing can be said of it here. Probabilities of one left record add up to 1 over all its
    candidates, of which ``options.top`` are returned.
    """
    options = options or LinkOptions()
    pool = ListPool(right)
    weighed = screened_pairs(left, pool, options, progress)
    scorer = weigh_pairs(weighed, progress)
    odds = odds_of(scorer.weights, prior_bits(options.coverage, len(right)))
    # That someone else of the list is the man counts as "none of these".
    odds = {edge: value / (1 + weighed.rest[edge[0]]) for edge, value in odds.items()}
    probabilities = one_to_one(odds) if options.one_to_one else independent(odds)
    by_left: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for (position, other), probability in probabilities.items():
        by_left[position].append((probability, other))
    answers: list[Candidate] = []
    for position in range(len(left)):
        if progress:
            progress("writing the evidence", position, len(left))
        answers += _answers(position, by_left.get(position, []), scorer, options.top)
    if progress:
        progress("writing the evidence", len(left), len(left))
    unnamed = sum(person.unnamed for person in left)
    return LinkResult(tuple(answers), len(left), len(right), len(scorer.weights), unnamed)


def _answers(
    position: int, found: list[tuple[float, int]], scorer: Scorer, top: int
) -> list[Candidate]:
    """The candidates of one left record, best first, with "none of these" at its place."""
    none = 1 - CERTAINTY_LIMIT * sum(probability for probability, _ in found)
    best = sorted(found, key=lambda a: (-a[0], -scorer.weight((position, a[1])), a[1]))
    ranked: list[tuple[float, int | None]] = [(p * CERTAINTY_LIMIT, r) for p, r in best[:top]]
    ranked.insert(sum(p >= none for p, _ in ranked), (none, None))
    left_id = scorer.left[position].id
    answers = []
    for rank, (probability, r) in enumerate(ranked, 1):
        if r is None:
            answers.append(Candidate(left_id, None, rank, probability, 0.0))
            continue
        evidence = scorer.evidence((position, r), with_paths=True)
        other = scorer.pool.person(r).id
        answers.append(Candidate(left_id, other, rank, probability, evidence.bits, evidence.fields))
    return answers

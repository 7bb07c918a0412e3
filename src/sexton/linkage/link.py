"""Linking two lists: for each record of the left one, who of the right one it may be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from sexton.evidence import Evidence, PersonReading, Shares, compare_people
from sexton.linkage.blocking import candidate_pairs
from sexton.linkage.lists import code_list, count_shares
from sexton.linkage.model import (
    CERTAINTY_LIMIT,
    Candidate,
    LinkOptions,
    LinkResult,
    Progress,
)
from sexton.linkage.posterior import Edge, independent, odds_of, one_to_one, prior_bits
from sexton.linkage.spellings import JoinedSpellings


@dataclass(slots=True)
class Scorer:
    """Weighs pairs of two lists (or of one with itself) and remembers the weights."""

    left: Sequence[PersonReading]
    right: Sequence[PersonReading]
    options: LinkOptions
    shares: Shares
    spellings: JoinedSpellings
    weights: dict[Edge, float] = field(default_factory=dict)
    _by_field: dict[Edge, dict[str, float]] = field(default_factory=dict)

    def evidence(self, edge: Edge, *, with_paths: bool = False) -> Evidence:
        """The evidence of a pair of positions."""
        return compare_people(
            self.left[edge[0]],
            self.right[edge[1]],
            self.shares,
            self.options.rules_used,
            spellings=self.spellings,
            with_paths=with_paths,
        )

    def fields(self, edge: Edge) -> dict[str, float]:
        """The match weight of a pair by field; together they are its ``weight``. Kept, because
        clustering asks for a pair again whenever its group grows."""
        if edge not in self._by_field:
            by_field: dict[str, float] = defaultdict(float)
            for item in self.evidence(edge).fields:
                by_field[item.field] += item.bits
            self._by_field[edge] = by_field
        return self._by_field[edge]

    def weight(self, edge: Edge) -> float:
        """The match weight of a pair, in bits; weighed when it is first asked for."""
        if edge not in self.weights:
            self.weights[edge] = self.evidence(edge).bits
        return self.weights[edge]


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
    scorer = weigh_pairs(left, right, options, progress)
    odds = odds_of(scorer.weights, prior_bits(options.coverage, len(right)))
    probabilities = one_to_one(odds) if options.one_to_one else independent(odds)
    by_left: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for (position, other), probability in probabilities.items():
        by_left[position].append((probability, other))
    answers: list[Candidate] = []
    for position in range(len(left)):
        if progress:
            progress("writing the evidence", position, len(left))
        answers += _answers(position, by_left.get(position, []), scorer)
    if progress:
        progress("writing the evidence", len(left), len(left))
    unnamed = sum(person.unnamed for person in left)
    return LinkResult(tuple(answers), len(left), len(right), len(scorer.weights), unnamed)


def weigh_pairs(
    left: Sequence[PersonReading],
    right: Sequence[PersonReading],
    options: LinkOptions,
    progress: Progress | None = None,
    *,
    within: bool = False,
) -> Scorer:
    """Weigh the pairs that blocking finds; the scorer holds their weights and can weigh more."""
    coded = code_list(left)
    other = coded if within else code_list(right)
    pairs, spellings = candidate_pairs(
        coded, other, limit=options.max_candidates, within=within, progress=progress
    )
    shares = count_shares(left) if within else count_shares(left, right)
    scorer = Scorer(left, right, options, shares, spellings)
    for done, pair in enumerate(pairs):
        if progress and done % 500 == 0:
            progress("weighing the evidence", done, len(pairs))
        scorer.weight(pair)
    if progress:
        progress("weighing the evidence", len(pairs), len(pairs))
    return scorer


def _answers(position: int, found: list[tuple[float, int]], scorer: Scorer) -> list[Candidate]:
    """The candidates of one left record, best first, with "none of these" at its place."""
    none = 1 - CERTAINTY_LIMIT * sum(probability for probability, _ in found)
    best = sorted(found, key=lambda a: (-a[0], -scorer.weight((position, a[1])), a[1]))
    ranked: list[tuple[float, int | None]] = [
        (p * CERTAINTY_LIMIT, r) for p, r in best[: scorer.options.top]
    ]
    ranked.insert(sum(p >= none for p, _ in ranked), (none, None))
    left_id = scorer.left[position].id
    answers = []
    for rank, (probability, r) in enumerate(ranked, 1):
        if r is None:
            answers.append(Candidate(left_id, None, rank, probability, 0.0))
            continue
        evidence = scorer.evidence((position, r), with_paths=True)
        other = scorer.right[r].id
        answers.append(Candidate(left_id, other, rank, probability, evidence.bits, evidence.fields))
    return answers

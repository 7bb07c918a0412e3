"""Linking two lists: for each record of the left one, who of the right one it may be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from sexton.evidence import PersonReading
from sexton.linkage.model import Candidate, LinkOptions, LinkResult, Progress
from sexton.linkage.pools import ListPool
from sexton.linkage.ranking import Answer, Pairs, rank_answers
from sexton.linkage.sameness import men_of
from sexton.linkage.weighing import Scorer, screened_pairs, weigh_pairs
from sexton.names import PersonName


def link(
    left: Sequence[PersonReading],
    right: Sequence[PersonReading],
    options: LinkOptions | None = None,
    progress: Progress | None = None,
) -> LinkResult:
    """Ranked candidates for every left record, "none of these" always among them.

    A left record that nothing identifies gets one answer, "none of these" with probability 1:
    nothing can be said of it here. Probabilities of one left record add up to 1 over all the men
    that its candidates are documents of; ``options.top`` candidates are returned.
    """
    options = options or LinkOptions()
    pool = ListPool(right)
    weighed = screened_pairs(left, pool, options, progress)
    scorer = weigh_pairs(weighed, progress)
    by_left: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for (position, other), bits in scorer.weights.items():
        by_left[position].append((bits, other))
    men = men_of(pair for found in by_left.values() for pair in scorer.same_men(found))
    answers: list[Candidate] = []
    pairs = Pairs.of(scorer.weights)
    for answer in rank_answers(pairs, weighed.rest, len(pool), options, men):
        if progress and answer.rank == 1:
            progress("writing the evidence", answer.left, len(left))
        answers.append(_candidate(answer, scorer))
    if progress:
        progress("writing the evidence", len(left), len(left))
    unnamed = sum(person.unnamed for person in left)
    return LinkResult(tuple(answers), len(left), len(right), len(scorer.weights), unnamed)


def compile_screening() -> None:
    """Compile all that screening runs and keep it on disk: some seconds, once after an install."""
    nobody = PersonReading("nobody", PersonName("", ()))
    link([nobody], [nobody])


def _candidate(answer: Answer, scorer: Scorer) -> Candidate:
    """An answer with the ids of its persons and its evidence in words."""
    left_id = scorer.left[answer.left].id
    if answer.right is None:
        return Candidate(left_id, None, answer.rank, answer.probability, 0.0)
    evidence = scorer.evidence((answer.left, answer.right), with_paths=True)
    right_id = scorer.pool.person(answer.right).id
    return Candidate(
        left_id, right_id, answer.rank, answer.probability, evidence.bits, evidence.fields
    )

"""Linking two lists: for each record of the left one, who of the right one it may be."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from sexton.evidence import PersonReading
from sexton.linkage.grave_pools import GravePool
from sexton.linkage.judging import Weights, judge
from sexton.linkage.learning import as_lists_tell
from sexton.linkage.model import Candidate, LinkOptions, LinkResult, Pool, Progress
from sexton.linkage.pools import ListPool
from sexton.linkage.ranking import Answer
from sexton.linkage.unnamed import Unnamed
from sexton.linkage.weighing import Scorer, Weighed, screened_pairs, weigh_pairs
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
    that its candidates are documents of, or to its ``bodies`` where it is a common grave of several
    dead; ``options.top`` candidates are returned, and a pool for each unnamed or common grave.
    """
    options = options or LinkOptions()
    pool = ListPool(right)
    weighed = as_lists_tell(screened_pairs(left, pool, options, progress), options, progress)

    def weigh_unnamed(asked: Unnamed) -> Weights:
        more = replace(weighed, scorer=asked.scorer, pairs=asked.pairs)
        return Weights(weigh_pairs(more, progress).weights, asked.same_among(asked.groups()))

    named = _weighed(weighed, progress)
    judged = judge(weighed.scorer, named, weighed.rest, options, weigh_unnamed, progress)
    answers: list[Candidate] = []
    for answer in judged.answers(options.top).one_by_one():
        if progress and answer.rank == 1:
            progress("writing the evidence", answer.left, len(left))
        answers.append(_candidate(answer, judged.scorer(answer.left)))
    if progress:
        progress("writing the evidence", len(left), len(left))
    unnamed = sum(person.unnamed for person in left)
    pools = tuple(
        told_pool(found, left[found.left].id, [right[man].id for man in found.men])
        for found in judged.pools
    )
    count = len(judged.pairs.left)
    return LinkResult(tuple(answers), len(left), len(right), count, unnamed, pools)


def told_pool(found: GravePool, left_id: str, right_ids: Sequence[str]) -> Pool:
    """A pool with the ids of its persons."""
    return Pool(left_id, found.bodies, tuple(right_ids), found.together, found.none, found.is_open)


def _weighed(asked: Weighed, progress: Progress | None) -> Weights:
    scorer = weigh_pairs(asked, progress)
    by_left: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for position, other in asked.pairs:
        by_left[position].append((scorer.weights[position, other], other))
    same = [pair for found in by_left.values() for pair in scorer.same_men(found)]
    return Weights(scorer.weights, same)


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

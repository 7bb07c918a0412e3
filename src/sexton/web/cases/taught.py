"""What the judgements of the workbench teach: the pairs, the rules that come of them, the report.

Only first judgements count, made before the evidence could be seen. "Unsure" tells nothing of the
rules; neither do people who never lived. All that is left out is counted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field, replace

from sexton.evidence import Rules, default_rules
from sexton.linkage import judged as learning
from sexton.linkage.fitting import levels_of_fields
from sexton.linkage.judged import Lesson, Rival, Slate, Verdict
from sexton.linkage.model import Progress
from sexton.linkage.reliability import gain, scores
from sexton.records import Record
from sexton.web.cases.judging import judged_blind
from sexton.web.cases.models import Candidate, Inquiry, Judgement
from sexton.web.cases.naming import as_list_record
from sexton.web.cases.pools import pool_of
from sexton.web.cases.refreshing import failed_of, row_of, rows_of
from sexton.web.cases.weighing import Failed, Pool, Ranking, rank
from sexton.web.research.shelf import Trouble

LEAST_PAIRS = 30
"""Judged pairs, without which nothing is learnt: fewer would move nothing that could be told from
chance."""
LEAST_CASES = learning.FOLDS
HEAD = (
    "Rules of evidence that judgements taught: {pairs} pairs, first blind judgements up to number "
    "{upto}.\nNumbers that are not here are as in version {base}."
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A case with its candidates from one list, and which of them were judged: the share of its
    reviewers who said "same", by name. ``written`` is its row without clues."""

    case: str
    row: Record
    written: Record
    rows: dict[str, Record]
    pool: Pool
    failed: list[Failed]
    same: dict[str, float]


@dataclass(slots=True)
class Gathered:
    """The judged pairs. ``left_out`` counts pairs of which nothing is learnt, by why: ``unsure``,
    ``simulated``, ``gone`` (no candidate any more), ``silent`` (its list cannot be asked).

    Of ``twice`` pairs of verdicts on one candidate, "same" or "different", ``apart`` contradict
    each other."""

    asked: list[Asked] = field(default_factory=list)
    left_out: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    upto: int = 0
    twice: int = 0
    apart: int = 0

    @property
    def pairs(self) -> int:
        return sum(len(one.same) for one in self.asked)

    @property
    def cases(self) -> int:
        return len({one.case for one in self.asked})

    @property
    def slip(self) -> float:
        """How often a verdict is a slip."""
        return learning.slip_of(self.apart, self.twice)

    @property
    def is_enough(self) -> bool:
        """Whether anything can be learnt of them, and tested on cases that were left out."""
        return self.pairs >= LEAST_PAIRS and self.cases >= LEAST_CASES


def shares_of(judgements: Iterable[Judgement]) -> dict[tuple[int, str], float | None]:
    """For each case (id) and candidate the share of "same" among "same" and "different" of those
    who judged blind; None where all of them were unsure."""
    said: dict[tuple[int, str], list[str]] = defaultdict(list)
    for one in judgements:
        if one.blind:
            said[one.case_id, one.candidate].append(one.verdict)
    return {pair: _share(verdicts) for pair, verdicts in said.items()}


def _share(verdicts: Sequence[str]) -> float | None:
    sure = [verdict for verdict in verdicts if verdict != "unsure"]
    return sure.count("same") / len(sure) if sure else None


def _twice(judgements: Iterable[Judgement]) -> tuple[int, int]:
    """How many pairs of verdicts there are on one candidate, and how many contradict each other."""
    twice = apart = 0
    for told in judged_blind(judgements).values():
        same, different = (list(told.values()).count(v) for v in ("same", "different"))
        twice += (same + different) * (same + different - 1) // 2
        apart += same * different
    return twice, apart


def gather() -> Gathered:
    """The pairs that were judged blind, with all that is needed to weigh them again."""
    judgements = list(Judgement.objects.filter(blind=True).order_by("pk"))
    found = Gathered(upto=judgements[-1].pk if judgements else 0)
    found.twice, found.apart = _twice(judgements)
    shares = shares_of(judgements)
    known = {(one.case_id, one.name): one for one in _judged_candidates(shares)}
    by_list: dict[tuple[int, str], dict[str, float]] = defaultdict(dict)
    for pair, share in shares.items():
        candidate = known.get(pair)
        if share is None:
            found.left_out["unsure"] += 1
        elif candidate is None:
            found.left_out["gone"] += 1
        elif candidate.simulated:
            found.left_out["simulated"] += 1
        else:
            by_list[candidate.case_id, candidate.pool][candidate.name] = share
    for (case, pool), same in sorted(by_list.items()):
        _ask(found, case, pool, same)
    return found


def _judged_candidates(shares: Iterable[tuple[int, str]]) -> Iterable[Candidate]:
    names = {name for _, name in shares}
    cases = Judgement.objects.filter(blind=True).values("case")
    for one in Candidate.objects.filter(case__in=cases).defer("evidence", "fields").iterator(2_000):
        if one.name in names:
            yield one


def _ask(found: Gathered, case: int, pool: str, same: dict[str, float]) -> None:
    inquiry = Inquiry.objects.select_related("case__record").filter(case=case, pool=pool).first()
    try:
        if inquiry is None:
            raise Trouble("missing")
        asked = pool_of(inquiry, default_rules())
    except Trouble:
        found.left_out["silent"] += len(same)
        return
    own, written = row_of(inquiry.case), as_list_record(inquiry.case.record)
    rows, failed = rows_of(inquiry), failed_of(inquiry.case)
    found.asked.append(Asked(inquiry.case.key, own, written, rows, asked, failed, same))


def weigh(
    gathered: Gathered, rules: Rules, progress: Progress | None = None, stage: str = "weighing"
) -> list[Slate]:
    """All judged cases as ``rules`` weigh them."""
    slates = []
    for done, one in enumerate(gathered.asked):
        if progress:
            progress(stage, done, len(gathered.asked))
        slates.append(_slate(one, rules))
    return slates


def _slate(asked: Asked, rules: Rules) -> Slate:
    pool = replace(asked.pool, rules=rules)
    ranking = rank(asked.row, asked.rows, pool, asked.failed, with_paths=False)
    levels = _levels(asked, ranking, pool)
    # Documents of one man are one rival: the one that fits best.
    men = [one for one in ranking.candidates if one.is_fittest]
    place = {one.name: at for at, one in enumerate(men)}
    rivals = tuple(Rival(one.weight, one.prior + one.searched) for one in men)
    verdicts = [
        Verdict(place[one.man or one.name], asked.same[one.name], levels[one.name])
        for one in ranking.candidates
        if one.name in asked.same
    ]
    return Slate(asked.case, 2.0**ranking.none_bits, rivals, tuple(verdicts))


def _levels(asked: Asked, ranking: Ranking, pool: Pool) -> dict[str, tuple[str, ...]]:
    """What the fields took, of the row as it is written: whoever looks for a clue to a candidate
    finds what agrees with him, which tells nothing of how two records of one man differ."""
    if asked.row.fields != asked.written.fields:
        judged = {name: asked.rows[name] for name in asked.same}
        ranking = rank(asked.written, judged, pool, with_paths=False)
    return {one.name: levels_of_fields(one.fields) for one in ranking.candidates}


@dataclass(frozen=True, slots=True)
class Taught:
    """A lesson and what is told of it: the text of the rules file, and figures as JSON."""

    lesson: Lesson
    text: str
    figures: dict[str, object]


def teach(
    gathered: Gathered, present: Rules, name: str, progress: Progress | None = None
) -> Taught:
    """Learn from all that is gathered, and test it on cases that were left out of the learning.

    It begins at the rules that ship, never at ``present``: the same judgements would count twice.
    """
    base = default_rules()

    def again(rules: Rules) -> list[Slate]:
        return weigh(gathered, rules, progress, "learning from judgements")

    slates, slip = again(base), gathered.slip
    lesson = learning.learn(slates, again, base, name, slip)
    folds = learning.folds_of(slate.case for slate in slates)
    before = learning.stated(slates)
    after = learning.held_out(slates, again, base, folds, slip)
    figures: dict[str, object] = {
        "pairs": gathered.pairs,
        "cases": gathered.cases,
        "same": sum(share for one in gathered.asked for share in one.same.values()),
        "left_out": dict(gathered.left_out),
        **_calibration(lesson),
        "moved": [[one.name, one.before, one.after, one.pairs] for one in lesson.fitted.moved],
        "slip": slip,
        "before": asdict(scores(before, slip)),
        "after": asdict(scores(after, slip)),
        "gain": list(gain(before, after, slip)),
    }
    if present.version != base.version:
        figures["present"] = {
            "version": present.version, **asdict(scores(learning.stated(again(present)), slip)),
        }  # fmt: skip
    head = HEAD.format(pairs=gathered.pairs, upto=gathered.upto, base=base.version)
    return Taught(lesson, learning.as_text(lesson, base, head), figures)


def _calibration(lesson: Lesson) -> dict[str, object]:
    found = lesson.calibration
    return {
        "scale": found.scale,
        "scale_range": list(learning.scale_interval(found)),
        "shift": found.shift,
        "shift_range": list(learning.interval(found.shift, found.shift_spread)),
    }

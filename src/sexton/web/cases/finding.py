"""Finding candidates for cases, and writing down what that changed.

What people decided is left alone: state, decision and snapshot of a decided case stay as they are,
whatever the engine finds for it now.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.db import transaction
from django.db.models import Q

from sexton.linkage.dedupe import LIKELY_DOUBLE
from sexton.linkage.model import Progress
from sexton.records.simulated import is_simulated
from sexton.web.cases import refreshing
from sexton.web.cases.asked_lists import AskedList, Found, look_up, open_list
from sexton.web.cases.deciding import restored_among
from sexton.web.cases.ladder import DECIDED, FOUND, found_state
from sexton.web.cases.models import Candidate, Case, Inquiry, Outcome
from sexton.web.cases.naming import REGISTER, archive_of, record_key
from sexton.web.cases.pools import RegisterList
from sexton.web.jobs.models import Job
from sexton.web.register.history import change, runs
from sexton.web.register.models import Membership, RecordLink
from sexton.web.research.shelf import Trouble, troubles

COVERAGE = 0.8
"""The chance that a man is in an archive at all, where nobody says another, as ``sexton link`` has
it; of the register, that he stands there once more, as ``sexton dedupe`` has it, is smaller."""
LEAST = 0.01
"""From this probability on a candidate makes a case one with candidates."""
SETTLED = "the engine looked for candidates"


def usual_coverage(pool: str) -> float:
    """The coverage of a list, where nobody says another."""
    return COVERAGE if archive_of(pool) else LIKELY_DOUBLE


def find(
    cases: Sequence[Case],
    lists: Iterable[tuple[str, float]],
    by: str,
    job: Job | None = None,
    progress: Progress | None = None,
) -> list[Outcome]:
    """Ask lists (pool, coverage) for candidates of cases, and write them. A list that cannot be
    asked leaves what stands; its outcomes say what the trouble is."""
    outcomes = []
    for pool, coverage in lists:
        left = _not_yet(cases, pool, job)
        if left:
            outcomes += _find_in(left, pool, coverage, job, progress)
    settle(cases, by)
    return outcomes


def settle(cases: Sequence[Case], by: str) -> int:
    """Let the state of cases that nobody decided follow from whether they have candidates.

    One change for all of them. Returns how many changed.
    """
    with change(by, SETTLED) as door:
        ids = [case.pk for case in cases]
        open_cases = Case.objects.filter(pk__in=ids, state__in=FOUND).select_related("record")
        found = Candidate.objects.filter(case__in=ids, probability__gte=LEAST)
        having = set(found.values_list("case", flat=True))
        restored = restored_among([case.record for case in open_cases])
        states = {
            case.pk: found_state(
                case.record.is_named, case.record_id in restored, int(case.pk in having)
            )
            for case in open_cases
        }
        return door.edit_many(Case, {pk: {"state": state} for pk, state in states.items()})


def _not_yet(cases: Sequence[Case], pool: str, job: Job | None) -> list[Case]:
    """The cases for which this run has not asked the list: it may have been killed since."""
    if job is None:
        return list(cases)
    done = Outcome.objects.filter(job=job, pool=pool, case__in=cases)
    told = set(done.values_list("case", flat=True))
    return [case for case in cases if case.pk not in told]


def _find_in(
    cases: Sequence[Case], pool: str, coverage: float, job: Job | None, progress: Progress | None
) -> list[Outcome]:
    try:
        asked = open_list(pool, coverage)
        with troubles(archive_of(pool) or REGISTER):
            found = _look(cases, asked, progress)
    except Trouble as trouble:
        return [_in_vain(case, pool, trouble.kind, job) for case in cases]
    return [_written(case, asked, one, job) for case, one in zip(cases, found, strict=True)]


def _written(case: Case, asked: AskedList, found: Found, job: Job | None) -> Outcome:
    try:
        return _write(case, asked, found, job)
    except Trouble as trouble:  # the archive went away between its answer and now
        return _in_vain(case, asked.name, trouble.kind, job)


def _look(cases: Sequence[Case], asked: AskedList, progress: Progress | None) -> list[Found]:
    men = [refreshing.row_of(case) for case in cases]
    register = asked.pool if isinstance(asked.pool, RegisterList) else None
    without = left_out(cases, register.position) if register else {}
    return look_up(men, asked, without, progress)


def left_out(cases: Sequence[Case], position: Mapping[str, int]) -> dict[str, set[int]]:
    """Whom of the register a case is not asked about, by the keys of the cases' records.

    Himself, the records that are his already, those from which a decision parts him; and of a grave
    that names nobody the others of its own list, who have theirs. Whom a decision holds him to be
    stays, so that its evidence can be looked at anew.
    """
    records = [case.record_id for case in cases]
    person_of = dict(Membership.objects.filter(record__in=records).values_list("record", "person"))
    not_he = _apart(set(person_of.values()))
    for case in cases:
        if not case.record.is_named and case.record.source_id is not None:
            not_he[person_of.get(case.record_id)] |= _of_source(case.record.source_id)
    theirs = _records_of({*person_of.values(), *(one for some in not_he.values() for one in some)})
    found = {}
    for case in cases:
        person = person_of.get(case.record_id)
        keys = {case.record.key}.union(*(theirs[one] for one in (person, *not_he[person])))
        if case.state in DECIDED:
            keys.discard(record_key(case.candidate) or "")
        found[case.record.key] = {position[key] for key in keys if key in position}
    return found


def _of_source(source: int) -> set[int]:
    members = Membership.objects.filter(record__source=source)
    return set(members.values_list("person", flat=True))


def _records_of(persons: set[int]) -> dict[int | None, set[str]]:
    """The keys of the records of some persons."""
    found: dict[int | None, set[str]] = defaultdict(set)
    for some in runs(sorted(persons)):
        members = Membership.objects.filter(person__in=some)
        for person, key in members.values_list("person", "record__key"):
            found[person].add(key)
    return found


def _apart(persons: set[int]) -> defaultdict[int | None, set[int]]:
    """Those from whom decisions part some persons."""
    links = RecordLink.objects.filter(decided=True, verdict="different")
    ends = ("left__membership__person", "right__membership__person")
    touching = links.filter(Q(**{f"{ends[0]}__in": persons}) | Q(**{f"{ends[1]}__in": persons}))
    found: defaultdict[int | None, set[int]] = defaultdict(set)
    for one, other in touching.values_list(*ends):
        found[one].add(other)
        found[other].add(one)
    return found


@transaction.atomic
def _write(case: Case, asked: AskedList, found: Found, job: Job | None) -> Outcome:
    """Write the candidates that a list gave, weigh them, and tell what changed."""
    before = _stated(case, asked.name)
    inquiry, is_first = Inquiry.objects.update_or_create(
        case=case,
        pool=asked.name,
        defaults={
            "size": found.size, "coverage": asked.coverage, "rest": found.rest,
            "shift": found.shift, "spellings": found.spellings, "job": job,
        },
    )  # fmt: skip
    theirs = case.candidates.filter(pool=asked.name)
    theirs.exclude(name__in=[*found.rows, *_spoken_of(case)]).delete()
    for rank, (name, row) in enumerate(found.rows.items(), 1):
        values = {"pool": asked.name, "fields": row.fields, "simulated": is_simulated(row)}
        fresh = {**values, "rank": rank, "probability": 0.0}
        case.candidates.update_or_create(name=name, defaults=values, create_defaults=fresh)
    inquiry.case = case
    refreshing.write(inquiry, refreshing.ranking_of(inquiry))
    return _told(case, asked.name, before, _stated(case, asked.name), is_first, job)


def _spoken_of(case: Case) -> set[str]:
    """The candidates of whom somebody said something: they stay, whatever the engine finds."""
    judged = case.judgements.values_list("candidate", flat=True)
    sought = case.searches.values_list("candidate", flat=True)
    return {case.candidate, *judged, *sought}


def _stated(case: Case, pool: str) -> dict[str, float]:
    """The candidates from a list, the first one first, with their probabilities; "" is "none of
    these"."""
    rows = case.candidates.filter(pool=pool).order_by("rank").values_list("name", "probability")
    none = case.inquiries.filter(pool=pool).values_list("none", flat=True).first()
    return {**dict(rows), "": 1.0 if none is None else none}


def _told(
    case: Case,
    pool: str,
    before: Mapping[str, float],
    after: Mapping[str, float],
    is_first: bool,
    job: Job | None,
) -> Outcome:
    everybody = before.keys() | after.keys()
    moved = max(abs(after.get(name, 0.0) - before.get(name, 0.0)) for name in everybody)
    told = Outcome(
        job=job, case=case, pool=pool, is_first=is_first, moved=moved,
        new=len(after.keys() - before.keys()), gone=len(before.keys() - after.keys()),
        before=next(iter(before)), after=next(iter(after)),
    )  # fmt: skip
    if job is not None:
        told.save()
    return told


def _in_vain(case: Case, pool: str, trouble: str, job: Job | None) -> Outcome:
    case.inquiries.filter(pool=pool).update(trouble=trouble)
    told = Outcome(job=job, case=case, pool=pool, trouble=trouble)
    if job is not None:
        told.save()
    return told

"""The audit's findings with their state: stored, found again, judged.

A finding is computed; what somebody says of it is a verdict, which has a history and outlives it.
``store`` takes what an audit found: a finding found again keeps its state, one that is no longer
found is mended, one whose facts are others is open again and points to the earlier verdict.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from sexton.audit import Matter
from sexton.messages import N_, Message
from sexton.web.register import state
from sexton.web.register.history import change, one_at_a_time, runs
from sexton.web.register.models import Change, Finding, Record, Site, Verdict
from sexton.web.register.models.verdicts import VERDICTS
from sexton.web.register.prepared import Prepared, give_related

STATES = ("open", "accepted", "not_a_fault", "mended")
NO_SUCH = N_("There is no finding %(key)s.")
IS_MENDED = N_("Finding %(key)s is mended: the audit no longer finds it.")
NO_VERDICT = N_("Nobody has said anything of finding %(key)s.")
JUDGED = N_("%(who)s has judged finding %(key)s otherwise. Take that back first.")
ACCEPTED = "accepted as a fault"  # why, in the history, where nobody said more
AT_ONCE = 1000


class AuditFinding(Protocol):
    """A possible fault (``sexton.audit.Finding``); ids are those of records or sites."""

    kind: str
    severity: str
    ids: Sequence[str]
    message: Message


class CannotJudge(Exception):
    """There is no such finding, or nothing to be said of it; nothing was written."""

    def __init__(self, text: str, key: str, **params: str) -> None:
        self.message = Message(text, {"key": key, **params})
        super().__init__(str(self.message))


@dataclass(frozen=True, slots=True)
class Coming:
    """What an audit found, and its place in the report."""

    matter: Matter
    found: AuditFinding
    position: int

    def values(self) -> dict[str, Any]:
        return {
            "kind": self.found.kind,
            "severity": self.found.severity,
            "ids": list(self.found.ids),
            "facts": sorted(self.matter.facts),
            "message": self.found.message.as_dict(),
            "position": self.position,
            "gone": None,
        }


def in_state(name: str) -> QuerySet[Finding]:
    """The findings that are ``open``, ``accepted``, ``not_a_fault`` or ``mended``."""
    if name == "mended":
        return Finding.objects.filter(gone__isnull=False)
    found = Finding.objects.filter(gone=None)
    return found.filter(verdict=None) if name == "open" else found.filter(verdict__state=name)


def shown_beside() -> QuerySet[Finding]:
    """The findings that a page of a person or place shows: found, and not said to be no fault."""
    return Finding.objects.filter(gone=None).exclude(verdict__state="not_a_fault")


def with_verdicts(findings: QuerySet[Finding]) -> QuerySet[Finding]:
    """Findings with all that a page says of them, in three queries whatever their number."""
    return judged(findings).prefetch_related("records", "sites")


def judged(findings: QuerySet[Finding]) -> QuerySet[Finding]:
    """Findings with what was said of them."""
    return findings.select_related("verdict__change", "earlier__change")


def with_subjects(findings: list[Finding]) -> list[Finding]:
    """The findings with the records and sites they are about, in two queries for all of them."""
    ids = [finding.pk for finding in findings]
    for name, rows in (("records", _records_of(ids)), ("sites", _sites_of(ids))) if ids else ():
        of: dict[int, list[Any]] = defaultdict(list)
        for row in rows:
            of[row.finding_id].append(getattr(row, name[:-1]))
        for finding in findings:
            give_related(finding, name, of[finding.pk])
    return findings


@Prepared
def _records_of(findings: Sequence[int]) -> QuerySet[Any]:
    rows = Finding.records.through.objects.filter(finding__in=findings)
    return rows.select_related("record").order_by("record__key")


@Prepared
def _sites_of(findings: Sequence[int]) -> QuerySet[Any]:
    rows = Finding.sites.through.objects.filter(finding__in=findings)
    return rows.select_related("site").order_by("site__municipality", "site__key")


def states_of_all() -> Iterator[tuple[int, str, str, str]]:
    """Id, state, kind and severity of every finding, in the order of the report."""
    rows = Finding.objects.values_list("pk", "gone", "verdict__state", "kind", "severity")
    for pk, gone, said, kind, severity in rows:
        yield pk, "mended" if gone else said or "open", kind, severity


def counts() -> dict[str, int]:
    """State to number of findings."""
    told = Counter(state_ for _, state_, _, _ in states_of_all())
    return {name: told[name] for name in STATES}


def store(found: Sequence[AuditFinding]) -> dict[str, int]:
    """Take in what an audit found. Returns how many there are of each severity."""
    coming = _coming(found)
    with transaction.atomic():
        one_at_a_time()
        present = {row.key: row for row in Finding.objects.all()}
        written = _write(coming, present)
        written += _let_go(coming, present)
        written += _refer(coming)
        written += settle()
        if written:
            _remember()
    return dict(Counter(one.found.severity for one in coming.values()))


def judge(keys: Iterable[str], state_: str, by: str, reason: str = "") -> Change | None:
    """Say that findings (by key) are ``accepted`` or ``not_a_fault``, and why, in one change.

    None where just that stands already. Raises CannotJudge, also for a finding of which somebody
    has said something else: nobody's verdict is overwritten unseen; it is taken back first.
    """
    reason = reason.strip()
    if state_ not in VERDICTS or (state_ == "not_a_fault" and not reason):
        raise ValueError("a verdict is one of VERDICTS, and says why something is no fault")
    with change(by, reason or ACCEPTED) as door:
        for finding in _named(keys):
            if finding.verdict is None:
                door.add(_verdict(finding, state_, reason))
            elif (finding.verdict.state, finding.verdict.reason) != (state_, reason):
                raise CannotJudge(JUDGED, finding.key, who=finding.verdict.change.by)
        settle()
    return door.written


def reopen(keys: Iterable[str], by: str, reason: str) -> Change | None:
    """Take back what was said of findings: they are open again. Raises CannotJudge."""
    with change(by, reason) as door:
        for finding in _named(keys):
            said = _Said.now().covering(matter_of(finding))
            if not said:
                raise CannotJudge(NO_VERDICT, finding.key)
            for verdict in said:
                door.drop(verdict)
        settle()
    return door.written


def settle() -> int:
    """Note on each finding which verdict stands on it, else which one stood on it before.

    To be called whenever verdicts or findings have changed. Returns how many notes are others.
    """
    said = _Said.now()
    rows = list(Finding.objects.all())
    stands = {row.pk: said.on(matter_of(row)) for row in rows}
    used = {verdict.pk for verdict in stands.values() if verdict}
    changed = []
    for row in rows:
        verdict = stands[row.pk]
        earlier = None if verdict or row.gone else said.before(row, used)
        now = (verdict and verdict.pk, earlier and earlier.pk)
        if now != (row.verdict_id, row.earlier_id):
            row.verdict_id, row.earlier_id = now
            changed.append(row)
    Finding.objects.bulk_update(changed, ["verdict", "earlier"], batch_size=AT_ONCE)
    return len(changed)


def matter_of(row: Finding | Verdict) -> Matter:
    """What a stored finding or verdict is about."""
    subjects = row.ids if isinstance(row, Finding) else row.subjects
    return Matter(row.kind, frozenset(subjects), frozenset(row.facts))


class _Matters:
    """What several findings or verdicts are about, by kind and subject."""

    def __init__(self, matters: Iterable[Matter]) -> None:
        self._about: dict[tuple[str, str], list[Matter]] = defaultdict(list)
        for matter in matters:
            for subject in matter.subjects:
                self._about[matter.kind, subject].append(matter)

    def concerning(self, matter: Matter) -> set[Matter]:
        """Those that are about the same thing, whatever the facts."""
        about = (one for s in matter.subjects for one in self._about.get((matter.kind, s), ()))
        return {one for one in about if one.concerns(matter)}


class _Said:
    """All verdicts, to be asked by what they are about."""

    def __init__(self, verdicts: Iterable[Verdict]) -> None:
        self._verdict = {matter_of(verdict): verdict for verdict in verdicts}
        self._matters = _Matters(self._verdict)

    @classmethod
    def now(cls) -> _Said:
        return cls(Verdict.objects.select_related("change"))

    def covering(self, matter: Matter) -> list[Verdict]:
        """The verdicts on this, the latest first; one on just this stands before all others."""
        fitting = [one for one in self._matters.concerning(matter) if one.covers(matter)]
        fitting.sort(key=lambda one: (one == matter, self._age(one)), reverse=True)
        return [self._verdict[one] for one in fitting]

    def on(self, matter: Matter) -> Verdict | None:
        return next(iter(self.covering(matter)), None)

    def before(self, row: Finding, used: set[int]) -> Verdict | None:
        """The latest verdict on the same thing with other facts, that stands on nothing now.

        What was found already when it was given is no other form of what was judged.
        """
        about = self._matters.concerning(matter_of(row))
        said = (self._verdict[one] for one in about if self._verdict[one].pk not in used)
        left = [verdict for verdict in said if verdict.change.at < row.first_found]
        return max(left, key=lambda verdict: (verdict.change_id, verdict.pk), default=None)

    def _age(self, matter: Matter) -> tuple[int, int]:
        verdict = self._verdict[matter]
        return verdict.change_id, verdict.pk


def _verdict(finding: Finding, state_: str, reason: str) -> Verdict:
    return Verdict(
        key=finding.key,
        kind=finding.kind,
        subjects=sorted(set(finding.ids)),
        facts=finding.facts,
        message=finding.message,
        state=state_,
        reason=reason,
    )


def _named(keys: Iterable[str]) -> list[Finding]:
    found = []
    for key in dict.fromkeys(keys):
        row = Finding.objects.filter(key=key).select_related("verdict__change").first()
        if row is None:
            raise CannotJudge(NO_SUCH, key)
        if row.gone is not None:
            raise CannotJudge(IS_MENDED, key)
        found.append(row)
    return found


def _coming(found: Sequence[AuditFinding]) -> dict[str, Coming]:
    """Findings by key; one that says the same of the same a second time is left out."""
    coming: dict[str, Coming] = {}
    for position, one in enumerate(found):
        matter = Matter.of(one.kind, one.ids, one.message.params)
        coming.setdefault(matter.key, Coming(matter, one, position))
    return coming


def _write(coming: dict[str, Coming], present: dict[str, Finding]) -> int:
    """Add the findings that are new and edit those that are told otherwise."""
    now = timezone.now()
    fresh = [
        Finding(key=key, first_found=now, **one.values())
        for key, one in coming.items()
        if key not in present
    ]
    edited, names = [], set()
    for key in coming.keys() & present.keys():
        row = present[key]
        new = {n: v for n, v in coming[key].values().items() if getattr(row, n) != v}
        if new:
            names.update(new)
            row.__dict__.update(new)
            edited.append(row)
    Finding.objects.bulk_create(fresh, batch_size=AT_ONCE)
    if edited:
        Finding.objects.bulk_update(edited, sorted(names), batch_size=AT_ONCE)
    return len(fresh) + len(edited)


def _let_go(coming: dict[str, Coming], present: dict[str, Finding]) -> int:
    """Findings that are no longer found are mended, except those that others have replaced.

    Those of whose subjects nothing is in the register any more are dropped: nobody mended them.
    """
    fresh = _Matters(one.matter for key, one in coming.items() if key not in present)
    now = timezone.now()
    vanished = [row for key, row in present.items() if row.gone is None and key not in coming]
    replaced = {row.pk for row in vanished if fresh.concerning(matter_of(row))}
    mended = [row.pk for row in vanished if row.pk not in replaced]
    for run in runs(mended):
        Finding.objects.filter(pk__in=run).update(gone=now)
    without = Q(gone__isnull=False, records=None, sites=None)
    dropped, _ = Finding.objects.filter(without).delete()
    for run in runs(sorted(replaced)):
        Finding.objects.filter(pk__in=run).delete()
    return len(vanished) + dropped


def _refer(coming: dict[str, Coming]) -> int:
    """Make each finding refer to its records and sites. Returns how many references changed."""
    pks = dict(Finding.objects.filter(gone=None).values_list("key", "pk"))
    changed = 0
    for model, through in ((Record, Finding.records.through), (Site, Finding.sites.through)):
        column = f"{model._meta.model_name}_id"
        ids = _ids(model, {i for one in coming.values() for i in one.found.ids})
        wanted = {
            (pks[key], ids[i]) for key, one in coming.items() for i in one.found.ids if i in ids
        }
        there = set(
            through._default_manager.filter(finding__gone=None).values_list("finding_id", column)
        )
        for finding, subject in there - wanted:
            through._default_manager.filter(finding_id=finding, **{column: subject}).delete()
        through._default_manager.bulk_create(
            [through(finding_id=f, **{column: s}) for f, s in sorted(wanted - there)],
            batch_size=AT_ONCE,
        )
        changed += len(wanted ^ there)
    return changed


def _ids(model: type[Record] | type[Site], keys: set[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    ordered = sorted(keys)
    for start in range(0, len(ordered), AT_ONCE):
        run = ordered[start : start + AT_ONCE]
        found.update(model._default_manager.filter(key__in=run).values_list("key", "pk"))
    return found


def _remember() -> None:
    rows = Finding.objects.values_list("key", "message", "gone", "verdict_id", "earlier_id")
    state.remember("findings", state.digest_of(list(rows)), counts())

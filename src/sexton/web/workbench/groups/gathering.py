"""A group as it is weighed: its rows from the register, and its weights, kept while they hold."""

from __future__ import annotations

import threading
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sexton.evidence import Rules
from sexton.linkage.posterior import prior_bits
from sexton.records import Record
from sexton.web.cases.ladder import DECIDED
from sexton.web.cases.models import Candidate, Case
from sexton.web.cases.naming import archive_of, as_list_record, record_key
from sexton.web.cases.pools import counted
from sexton.web.cases.rules import in_use
from sexton.web.cases.weighing import Failed, with_clues
from sexton.web.register.models import Membership
from sexton.web.register.state import digest_of, version
from sexton.web.research.shelf import Trouble
from sexton.web.workbench.groups.weighing import (
    LIST,
    Asked,
    Bits,
    Body,
    Listed,
    Name,
    Weights,
    compare,
    odds,
    own_list,
)
from sexton.web.workbench.models import Group, GroupBody, GroupName

COVERAGE = 0.8
"""How probable a man is held to be in a list that was not asked for his grave."""
_KEPT = 8


@dataclass(frozen=True, slots=True)
class Gathered:
    """A group with its weights. ``graves`` and ``names`` stand as in these; names of a list that
    cannot be asked are left out: ``troubles`` says of each such list why, ``left_out`` how many
    they are. ``unasked``: graves for which no list was asked yet."""

    group: Group
    graves: Sequence[GroupBody]
    names: Sequence[GroupName]
    weights: Weights
    bodies: Sequence[Body]
    rows: Sequence[Name]
    lists: Mapping[str, Listed]
    rules: Rules
    troubles: Mapping[str, str] = field(default_factory=dict)
    left_out: int = 0
    unasked: int = 0


def gather(group: Group, rules: Rules | None = None) -> Gathered:
    """A group as it stands now. Raises ``weighing.TooMany``."""
    rules = rules or in_use()
    graves = list(_graves(group))
    named = list(group.names.all())
    lists, troubles = _lists(group, {one.pool for one in named})
    names = [one for one in named if one.pool not in troubles]
    rows = _rows(names, group.basis == LIST)
    if group.basis == LIST:
        lists = {LIST: own_list(rows)}
    bodies = _bodies(group, graves, {one.name for one in named})
    bits = kept.bits(bodies, rows, lists, rules)
    coverage = group.coverage if group.basis == LIST else COVERAGE
    weights = odds(bodies, rows, lists, bits, coverage)
    unasked = 0 if group.basis == LIST else sum(not body.asked for body in bodies)
    return Gathered(
        group, graves, names, weights, bodies, rows, lists, rules,
        troubles, len(named) - len(names), unasked,
    )  # fmt: skip


def decided_elsewhere(group: Group, names: Iterable[str]) -> dict[str, Case]:
    """Those of the candidates called so for whom a grave outside the group is decided."""
    own = group.bodies.values("case_id")
    taken = Case.objects.filter(state__in=DECIDED, candidate__in=list(names))
    cases = taken.exclude(pk__in=own).select_related("record")
    return {case.candidate: case for case in cases}


def _graves(group: Group) -> Sequence[GroupBody]:
    rows = group.bodies.select_related("case__record__site", "case__record__source")
    return rows.prefetch_related("case__clues", "case__searches", "case__inquiries")


def _lists(group: Group, pools: set[str]) -> tuple[dict[str, Listed], dict[str, str]]:
    """The lists that the names come from, and what the trouble is with others."""
    lists: dict[str, Listed] = {}
    troubles: dict[str, str] = {}
    for pool in sorted(pools) if group.basis != LIST else ():
        try:
            found = counted(pool)
        except Trouble as trouble:
            troubles[pool] = trouble.kind
        else:
            stamp = version() if archive_of(pool) is None else str(id(found.shares))
            lists[pool] = Listed(found.size, found.shares, stamp)
    return lists, troubles


def _rows(names: Sequence[GroupName], is_list: bool) -> list[Name]:
    keys = {one.name: key for one in names if (key := record_key(one.name))}
    members = Membership.objects.filter(record__key__in=keys.values())
    person = dict(members.values_list("record__key", "person_id"))
    return [
        Name(
            name=one.name,
            row=Record(one.name, one.fields, {}, one.pool, 0),
            pool=LIST if is_list else one.pool,
            person=person.get(keys.get(one.name, "")),
        )
        for one in names
    ]


def _bodies(group: Group, graves: Sequence[GroupBody], names: set[str]) -> list[Body]:
    priors: dict[tuple[int, str], float] = {}
    others: dict[int, float] = defaultdict(float)
    found = Candidate.objects.filter(case__in=[grave.case_id for grave in graves])
    for one in found.defer("evidence", "fields"):
        priors[one.case_id, one.pool] = one.prior
        if one.name not in names:
            others[one.case_id] += 2.0 ** min(one.total, 60.0)
    if group.basis == LIST:
        return [_body(grave, {}, 0.0) for grave in graves]
    return [
        _body(grave, _asked(grave.case, priors), others[grave.case_id]) for grave in graves
    ]  # fmt: skip


def _asked(case: Case, priors: Mapping[tuple[int, str], float]) -> dict[str, Asked]:
    return {
        one.pool: Asked(
            priors.get((case.pk, one.pool), prior_bits(one.coverage, one.size)), one.rest
        )
        for one in case.inquiries.all()
    }


def _body(grave: GroupBody, asked: Mapping[str, Asked], others: float) -> Body:
    case = grave.case
    clues = [(clue.field, clue.value) for clue in case.clues.all() if clue.stands]
    row = with_clues(as_list_record(case.record), clues)
    failed = [Failed(search.share, search.candidate) for search in case.searches.all()]
    return Body(row, grave.bodies, asked, failed, others)


class _Kept:
    """The bits of the groups that were looked at last: a what-if weighs nothing anew."""

    def __init__(self) -> None:
        # With the lists: as long as they are kept, no other list has their stamp.
        self._known: OrderedDict[str, tuple[Bits, Mapping[str, Listed]]] = OrderedDict()
        self._lock = threading.Lock()

    def bits(
        self,
        bodies: Sequence[Body],
        names: Sequence[Name],
        lists: Mapping[str, Listed],
        rules: Rules,
    ) -> Bits:
        """From before where nothing changed that they are made of. Raises ``TooMany``."""
        key = digest_of(
            [
                [[one.row.fields, one.row.extra] for one in bodies],
                [[one.name, one.row.fields, one.pool, one.person] for one in names],
                {pool: [one.size, one.stamp] for pool, one in lists.items()},
                rules.version,
            ]
        )
        with self._lock:
            known = self._known.get(key)
            if known is not None:
                self._known.move_to_end(key)
                return known[0]
        made = compare(bodies, names, lists, rules)
        with self._lock:
            self._known[key] = made, lists
            while len(self._known) > _KEPT:
                self._known.popitem(last=False)
        return made

    def forget(self) -> None:
        """Let all go."""
        with self._lock:
            self._known.clear()


kept = _Kept()

"""What the page of the next pair shows: two rows, the stone, and nothing that judges for one."""

from __future__ import annotations

from typing import Any

from sexton.records.simulated import is_simulated
from sexton.web.cases.models import Candidate, Judgement, Look
from sexton.web.cases.naming import as_list_record
from sexton.web.public.footnotes import Footnotes
from sexton.web.workbench.case_page import queue
from sexton.web.workbench.case_page.facing import side_by_side
from sexton.web.workbench.case_page.sides import candidate_side, own_side, site_names
from sexton.web.workbench.case_page.stones import stones_of


def of(candidate: Candidate, user: Any) -> dict[str, Any]:
    """A pair for who is to judge it; where he did already, or looked, that instead of the form."""
    case, me = candidate.case, user.get_username()
    sides = [own_side(case), candidate_side(candidate)]
    own = Judgement.objects.filter(case=case, candidate=candidate.name, reviewer=me).last()
    looked = Look.objects.filter(case=case, candidate=candidate.name, by=me).exists()
    return {
        "case": case,
        "record": case.record,
        "candidate": candidate,
        "own": own,
        "looked": looked,
        "others": queue.judged_by_others(case, candidate.name, me),
        "left": queue.waiting_for(user).count(),
        "sides": sides,
        "rows": side_by_side(sides),
        "sites": site_names(sides),
        "stones": stones_of(case.record, user),
        "foot": Footnotes(),
        "simulated": is_simulated(as_list_record(case.record)),
    }

"""Long work that the pages of the workbench ask for."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from sexton.web.cases import proposing
from sexton.web.jobs.kinds import kind
from sexton.web.jobs.task import Task

PROPOSE, WEIGH = "propose-rules", "weigh-again"


@kind(PROPOSE, _("Learning from judgements"), lane="rules")
def propose_rules(task: Task) -> dict[str, Any]:
    """A proposed version of the rules, with the report on what it would change."""
    return proposing.propose(task)


@kind(WEIGH, _("Weighing by the rules in use"), lane="cases")
def weigh_again(task: Task) -> dict[str, Any]:
    """The candidates of undecided cases, where they were weighed by other rules."""
    return proposing.weigh_by_rules_in_use(task)

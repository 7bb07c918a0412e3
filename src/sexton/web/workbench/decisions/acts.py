"""What somebody does to a case here, and what is made anew beside the register after it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sexton.messages import Message
from sexton.web.accounts.models import User
from sexton.web.accounts.rights import may
from sexton.web.cases import deciding, ladder
from sexton.web.cases.ladder import Refused, Step
from sexton.web.cases.models import Case
from sexton.web.jobs import desk
from sexton.web.jobs.models import OPEN, Job
from sexton.web.public.dumps import stored
from sexton.web.public.work import PUBLISH
from sexton.web.register import auditing
from sexton.web.register.merging import AgainstDecision
from sexton.web.register.state import digest_of

ASSIGNED = "who works on the case"


def take(case: Case, step: Step, candidate: str, user: Any) -> list[Message]:
    """Take a step; what stands in its way, if anything does: then nothing was done."""
    by = user.get_username()
    return _done(case, user, lambda: deciding.decide(case, step, by, candidate))


def hold(case: Case, reason: str, user: Any) -> list[Message]:
    """Put the case under embargo."""
    return _done(case, user, lambda: deciding.set_embargo(case, user.get_username(), reason))


def tell(case: Case, reason: str, user: Any) -> list[Message]:
    """Lift the embargo."""
    return _done(case, user, lambda: deciding.lift_embargo(case, user.get_username(), reason))


def assign(case: Case, to: str, user: Any) -> None:
    deciding.assign(case, to, user.get_username(), ASSIGNED)


def in_the_way(case: Case, step: Step, candidate: str) -> list[Message]:
    """What stands in the way of a step, with all that the form says."""
    return ladder.obstacles(deciding.standing(case, candidate or case.candidate), step)


def fingerprint(case: Case, *said: object) -> str:
    """Stands for what is to be done and for what it was seen upon: confirmed later, it is asked
    again where the case, its candidates or opinions have changed since."""
    weighed = case.candidates.order_by("pk").values_list("name", "weight", "probability")
    judged = case.judgements.order_by("pk").values_list("pk", "version")
    clues = case.clues.order_by("pk").values_list("pk", "version")
    return digest_of([case.version, list(weighed), list(judged), list(clues), said])[:16]


def workers(case: Case) -> list[tuple[str, str]]:
    """Who may work on the case: account name and shown name."""
    people = User.objects.filter(is_active=True).exclude(roles=None).order_by("username")
    return [(one.username, str(one)) for one in people if may(one, "work_cases", case)]


def behind() -> dict[str, bool]:
    """What is made beside the register and is behind it now, and whether it is being made."""
    found = stored.latest()
    files = found is None or not stored.is_current(found[1])
    return {
        "findings": not auditing.is_current(),
        "files": files,
        "making": Job.objects.filter(kind=PUBLISH, state__in=OPEN).exists(),
    }


def _done(case: Case, user: Any, act: Callable[[], object]) -> list[Message]:
    was_public = case.is_public
    try:
        act()
    except Refused as refused:
        case.refresh_from_db()
        return refused.obstacles
    except AgainstDecision as against:
        case.refresh_from_db()
        return [against.message]
    if was_public or case.is_public:
        desk.ask(PUBLISH, user.get_username())
    return []

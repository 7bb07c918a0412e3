"""Taking back one's last judgement: a slip of the hand, for as long as nobody has seen it."""

from __future__ import annotations

from sexton.messages import N_, Message
from sexton.web.cases.models import Decision, Judgement, Look
from sexton.web.register.history import change
from sexton.web.register.undo import CannotUndo, undo

TAKEN_BACK = "a slip: the judgement is taken back by who made it"
NONE = N_("There is no judgement of yours that could be taken back.")
SEEN = N_(
    "The evidence on this pair has been opened since. Your judgement stands; you can judge again, "
    "with a reason."
)
DECIDED = N_("A decision was taken on this case since. Your judgement stands; you can judge again, "
             "with a reason.")  # fmt: skip


class Stands(Exception):
    """The judgement was not taken back; ``message`` says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


def last_judgement(by: str) -> Judgement | None:
    """The last judgement of a reviewer, with its case."""
    told = Judgement.objects.filter(reviewer=by).select_related("case__record", "change")
    return told.order_by("-pk").first()


def obstacle(judgement: Judgement) -> Message | None:
    """Why a judgement cannot be taken back any more; None where it can.

    It has been seen where anybody, its own reviewer too, has opened the evidence: there opinions
    stand beside it, and whoever saw the evidence could not judge blind a second time.
    """
    pair = {"case": judgement.case_id, "candidate": judgement.candidate}
    if Look.objects.filter(**pair).exists():
        return Message(SEEN)
    if Decision.objects.filter(case=judgement.case_id, change__gt=judgement.change_id).exists():
        return Message(DECIDED)
    return None


def take_back(number: int, by: str) -> Judgement:
    """Take back the judgement with this id. Raises Stands where it is not the last, or was seen.

    What is returned is the judgement as it was.
    """
    with change(by, TAKEN_BACK):  # nobody opens the evidence, or judges, between asking and doing
        last = last_judgement(by)
        if last is None or last.pk != number:
            raise Stands(Message(NONE))
        if why := obstacle(last):
            raise Stands(why)
        try:
            undo(last.change, by, TAKEN_BACK)
        except CannotUndo as refused:
            raise Stands(refused.obstacles[0]) from refused
    return last

"""For what a case waits: a reviewer, a decision, an archive, a family. Pure.

Whom a reviewer may still judge must not tell him what others said. So a case waits for a second
reviewer where one has judged a candidate blind and held him to be the man, and as well where the
likeliest candidate of a list was judged by one, whatever he said: that a case waits tells nothing.
For the same reason "can be decided" is told only to those who decide.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta

from sexton.web.cases.ladder import ASIDE, DECIDED, INDEPENDENT, Opinion, independent
from sexton.web.workbench.lists.facts import Answered, Worked
from sexton.web.workbench.lists.readers import Reader

WAITING = ("me", "second", "decide", "disagree", "archive", "overdue", "family", "quiet")
QUIET = timedelta(days=90)
SETTLED = frozenset({*DECIDED, *ASIDE}) - {"disputed"}


def of_case(case: Worked, lists: Sequence[Answered], now: datetime) -> list[str]:
    """What a case waits for, whoever looks; ``now`` in the time zone of the register."""
    found = []
    if case.state not in SETTLED:
        first = {one.leading[0][0] for one in lists if one.leading}
        if any(_half_judged(told, name in first) for name, told in case.opinions.items()):
            found.append("second")
        if any(_agreed(told) for told in case.opinions.values()):
            found.append("decide")
        if now - case.last >= QUIET:
            found.append("quiet")
    if any(_disagree(told) for told in case.opinions.values()):
        found.append("disagree")
    if case.letters:
        found.append("archive")
    if _is_due(case.letters, now.date()):
        found.append("overdue")
    if case.embargo:
        found.append("family")
    return found


def for_reader(
    case: Worked, lists: Sequence[Answered], waiting: Iterable[str], reader: Reader
) -> Iterator[str]:
    """The same with what is the reader's own to do, without what he should not know."""
    if is_to_judge(case, lists, reader):
        yield "me"
    yield from (code for code in waiting if code != "decide" or reader.decides)


def is_to_judge(case: Worked, lists: Sequence[Answered], reader: Reader) -> bool:
    """Whether a case with candidates is open, is nobody else's, and he has judged none of them."""
    if case.state in SETTLED or case.assignee not in ("", reader.name):
        return False
    return any(one.given for one in lists) and not has_judged(case, reader.name)


def has_judged(case: Worked, name: str) -> bool:
    return any(one.reviewer == name for told in case.opinions.values() for one in told)


def _half_judged(told: Sequence[Opinion], is_first: bool) -> bool:
    blind = [one for one in told if one.blind]
    return len(blind) == INDEPENDENT - 1 and (is_first or blind[0].verdict == "same")


def _agreed(told: Sequence[Opinion]) -> bool:
    return len(independent(told)) >= INDEPENDENT and all(one.verdict == "same" for one in told)


def _disagree(told: Sequence[Opinion]) -> bool:
    return {"same", "different"} <= {one.verdict for one in told}


def _is_due(reminders: Iterable[date | None], today: date) -> bool:
    return any(day is not None and day <= today for day in reminders)

"""Where a case stands on the ladder: every step, what it asks for, and what is missing now."""

from __future__ import annotations

from dataclasses import dataclass, field

from sexton.messages import N_, Message
from sexton.web.cases import ladder
from sexton.web.cases.ladder import DECIDED, FOUND, FROM, STATES, Standing, Step
from sexton.web.cases.words import ASKS
from sexton.web.register.labels import Label

FOUND_NOT_DECIDED = N_("Nobody decides this step: it follows from what the register holds.")
HIDDEN = N_("What others judged is kept from you until you have judged this candidate yourself.")
# What would tell a reviewer how others judged.
_TELLS = frozenset({ladder.TOO_FEW, ladder.DISAGREE, ladder.UNSURE})
_GIVEN = "-"  # what the form asks for is not missing before it is filled in


@dataclass(frozen=True, slots=True)
class Rung:
    """A step of the ladder. ``missing`` is empty for one that can be taken, and for where the case
    stands; a step that cannot be taken from here is not ``reachable``."""

    step: str
    asks: Label
    here: bool
    reachable: bool
    missing: list[Message] = field(default_factory=list)

    @property
    def open(self) -> bool:
        """Whether it can be taken now, once the form says why."""
        return self.reachable and not self.missing


def rungs(standing: Standing, blind: bool = False) -> list[Rung]:
    """All steps in their order. To the ``blind`` it is not told what others judged."""
    return [_rung(step, standing, blind) for step in STATES]


def _rung(step: str, standing: Standing, blind: bool) -> Rung:
    here = step == standing.state
    reachable = step in FROM and standing.state in FROM[step]
    missing: list[Message] = []
    if reachable:
        wanted = Step(step, _GIVEN, body=_GIVEN, forensic=_GIVEN)
        missing = told(step, ladder.obstacles(standing, wanted), blind)
    elif step in FOUND and not here:
        missing = [Message(FOUND_NOT_DECIDED)]
    return Rung(step, ASKS[step], here, reachable, missing)


def told(step: str, obstacles: list[Message], blind: bool) -> list[Message]:
    """Obstacles as somebody may read them.

    To the blind a step that says who somebody is never stands open: that would tell him that others
    agree. So nobody decides it who has neither judged nor looked.
    """
    if not blind or step not in DECIDED:
        return obstacles
    return [*(one for one in obstacles if one.text not in _TELLS), Message(HIDDEN)]

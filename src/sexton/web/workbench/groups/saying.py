"""What a matrix says in sentences: what a supposition changes, pools, what holds together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sexton.linkage import group as joint
from sexton.linkage.grave_pools import GravePool
from sexton.web.workbench.groups.shown import Grave, Man, People
from sexton.web.workbench.groups.words import chance, expected

CHANGES_TOLD = 6
NAMES_TOLD = 12
STATEMENTS: dict[str, Promise] = {
    "order": _("These graves hold these men, in some order."),
    "among": _("Each of the dead of these graves is one of these men."),
    "men": _("Each of these men lies in one of these graves."),
    "man": _("This man lies in one of these graves."),
    "order in one": _("This grave holds these men."),
    "among in one": _("Each of the dead of this grave is one of these men."),
    "men in one": _("These men lie in this grave."),
}
IMPOSSIBLE: dict[str, Promise] = {
    joint.TAKEN: _("%(name)s lies in another grave, by what is given or supposed."),
    joint.FULL: _("%(grave)s holds nobody else, by what is given or supposed."),
    joint.APART: _("Of %(grave)s and %(name)s the contrary is given or supposed."),
}


@dataclass(frozen=True, slots=True)
class Changes:
    """What changes most, a sentence each; ``more`` others change by one in a hundred or more."""

    told: Sequence[str]
    more: int


@dataclass(frozen=True, slots=True)
class Pool:
    """The smallest set of names that holds nine tenths of a grave's dead (of the whole group for
    ``grave`` None). ``hidden`` are names of archives that the reader may not see; ``more`` others
    that are not written out."""

    grave: Grave | None
    men: Sequence[Man]
    more: int
    hidden: int
    together: str
    none: str
    is_open: bool

    @property
    def size(self) -> int:
        return len(self.men) + self.more + self.hidden


@dataclass(frozen=True, slots=True)
class Statement:
    """What holds of several graves and men at once."""

    text: Promise
    graves: Sequence[Grave]
    men: Sequence[Man]
    hidden: int
    chance: str


def changes_of(people: People, shifts: Sequence[joint.Shift], supposed: joint.Given) -> Changes:
    """The largest changes in sentences, without what is supposed itself; those of names that the
    reader may not see are counted."""
    filled = {grave for grave, _ in supposed.same if people.graves[grave].row.bodies == 1}
    pairs = supposed.same | supposed.different
    shifts = [
        one
        for one in shifts
        if (one.grave, one.man) not in pairs and not (one.man is None and one.grave in filled)
    ]
    seen = [one for one in shifts if one.man is None or people.men[one.man] is not None]
    told = [_change(people, one) for one in seen[:CHANGES_TOLD]]
    return Changes(told, len(shifts) - len(told))


def _change(people: People, one: joint.Shift) -> str:
    grave = people.graves[one.grave]
    man = people.men[one.man] if one.man is not None else None
    bodies = grave.row.bodies if man is None else 1
    before, after = _number(one.before, bodies), _number(one.after, bodies)
    params = {"grave": grave.label, "before": before, "after": after}
    if man is None:
        text = gettext("%(grave)s, none of these: from %(before)s to %(after)s.")
        return text % params
    params["name"] = man.label
    return gettext("%(grave)s and %(name)s: from %(before)s to %(after)s.") % params


def _number(value: float, bodies: int) -> str:
    """A probability; of several bodies how many they are."""
    return chance(value) if bodies == 1 else expected(value, bodies)


def why_not(people: People, refused: joint.Impossible) -> str:
    """Why a pair cannot be supposed."""
    grave, man = refused.edge
    known = people.men[man]
    named = {"grave": people.graves[grave].label, "name": known.label if known else ""}
    return str(IMPOSSIBLE[refused.why]) % named


def pools_of(people: People, odds: joint.Group, found: joint.Marginals) -> list[Pool]:
    """The pools of the graves, and last that of the whole group, where there are several."""
    pools = [_pool(people, people.graves[one.left], one) for one in joint.pools(odds, found)]
    if len(pools) > 1:
        pools.append(_pool(people, None, joint.pool_of_all(odds, found)))
    return pools


def _pool(people: People, grave: Grave | None, one: GravePool) -> Pool:
    men = [man for number in one.men if (man := people.men[number]) is not None]
    return Pool(
        grave, men[:NAMES_TOLD], max(0, len(men) - NAMES_TOLD), len(one.men) - len(men),
        _number(one.together, one.bodies), _number(one.none, one.bodies), one.is_open,
    )  # fmt: skip


def statements_of(people: People, odds: joint.Group, found: joint.Marginals) -> list[Statement]:
    """What holds of several graves at once."""
    return [_statement(people, one) for one in joint.statements(odds, found)]


def _statement(people: People, one: joint.Together) -> Statement:
    men = [man for number in one.men if (man := people.men[number]) is not None]
    kind = "order" if len(one.men) == one.bodies else "among"
    if len(one.men) < one.bodies:
        kind = "man" if len(one.men) == 1 else "men"
    if len(one.graves) == 1:
        kind = f"{kind} in one"
    graves = [people.graves[at] for at in one.graves]
    return Statement(STATEMENTS[kind], graves, men, len(one.men) - len(men), chance(one.least))

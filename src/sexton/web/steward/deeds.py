"""What can be done to many rows at once: planned for each row, shown, then done."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from sexton.web.accounts import roles
from sexton.web.accounts.models import RoleAssignment
from sexton.web.accounts.rights import may, may_drop, may_write
from sexton.web.register import decisions, merging
from sexton.web.register.conclusions import referring
from sexton.web.register.history import Door, kind_of, state_of
from sexton.web.register.models import Claim, Record, RecordLink, Versioned
from sexton.web.register.models.base import dated
from sexton.web.steward.shown import Differing, differences, label
from sexton.web.steward.words import Word, model_name

Rows = Sequence[Any]
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """What would become of a row; with a ``refusal`` nothing, and why."""

    row: Any
    differing: Sequence[Differing] = ()
    refusal: str = ""
    note: str = ""


class Deed(Protocol):
    """An action on many rows: its form's fields, its plan, its doing."""

    name: str
    title: Word

    def fields(self) -> dict[str, forms.Field]: ...
    def plan(self, user: Any, rows: Rows, values: Values) -> list[Line]: ...
    def do(self, door: Door, lines: Sequence[Line], values: Values) -> None: ...


def digest(lines: Sequence[Line]) -> str:
    """A fingerprint of a plan: what is done must be what was shown."""
    told = [
        (
            line.row.pk,
            getattr(line.row, "version", 0),
            line.refusal,
            line.note,
            *map(repr, line.differing),
        )
        for line in lines
    ]
    return hashlib.sha256(repr(told).encode()).hexdigest()


def _no_right(row: Any) -> str:
    return _("your role does not reach to this")


@dataclass(slots=True)
class SetValue:
    """Give many rows one value of one field."""

    model: type[Versioned]
    field: str
    made: forms.Field
    name: str = ""
    title: Word = ""

    def __post_init__(self) -> None:
        self.name = f"set_{self.field}"
        self.title = _("Set: %(field)s") % {"field": label(self.model, self.field)}

    def fields(self) -> dict[str, forms.Field]:
        return {"value": self.made}

    def plan(self, user: Any, rows: Rows, values: Values) -> list[Line]:
        return [self._line(user, row, values["value"]) for row in rows]

    def _line(self, user: Any, row: Any, value: Any) -> Line:
        if not may_write(user, row):
            return Line(row, refusal=_no_right(row))
        before = state_of(row)
        for name, new in self._values(value).items():
            setattr(row, name, new)
        after = state_of(row)
        if before == after:
            return Line(row, refusal=_("it is so already"))
        if not may_write(user, row):
            return Line(row, refusal=_no_right(row))
        try:
            row.full_clean()
        except ValidationError as error:
            return Line(row, refusal=" ".join(error.messages))
        return Line(row, differences(self.model, before, after))

    def _values(self, value: Any) -> dict[str, Any]:
        return {self.field: value} | (dated(value) if self.field == "when" else {})

    def do(self, door: Door, lines: Sequence[Line], values: Values) -> None:
        for line in lines:
            door.edit(line.row, **self._values(values["value"]))
        if self.model is RoleAssignment:
            roles.see_to_administrators()


class TakeOut:
    """Take rows out of the register; what they were stays in its memory."""

    name, title = "take_out", gettext_lazy("Take out")

    def __init__(self, model: type[Versioned]) -> None:
        self.model = model

    def fields(self) -> dict[str, forms.Field]:
        return {}

    def plan(self, user: Any, rows: Rows, values: Values) -> list[Line]:
        return [self._line(user, row) for row in rows]

    def _line(self, user: Any, row: Any) -> Line:
        if not may_drop(user, row):
            return Line(row, refusal=_no_right(row))
        if held := list(_referring(self.model, row)):
            return Line(row, refusal=_("others refer to it: %(what)s") % {"what": ", ".join(held)})
        return Line(row, differences(self.model, state_of(row), dict.fromkeys(state_of(row))))

    def do(self, door: Door, lines: Sequence[Line], values: Values) -> None:
        for line in lines:
            if isinstance(line.row, RoleAssignment):
                roles.take_within(door, line.row)
            else:
                door.drop(line.row)


def _referring(model: type[Versioned], row: Any) -> Any:
    for other, name in referring(model):
        if count := other._default_manager.filter(**{name: row}).count():
            yield f"{model_name(kind_of(other), several=True)} ({count})"


@dataclass(slots=True)
class Judge:
    """Say of claims that they are disputed, disproven, or again asserted."""

    state: str
    title: Word
    name: str = ""

    def __post_init__(self) -> None:
        self.name = f"judge_{self.state}"

    def fields(self) -> dict[str, forms.Field]:
        return {}

    def plan(self, user: Any, rows: Rows, values: Values) -> list[Line]:
        return [self._line(user, claim, values["why"]) for claim in rows]

    def _line(self, user: Any, claim: Claim, why: str) -> Line:
        if not may(user, "judge", claim):
            return Line(claim, refusal=_no_right(claim))
        if claim.state == self.state:
            return Line(claim, refusal=_("it is so already"))
        before = state_of(claim)
        after = {**before, "state": self.state, "reason": why}
        return Line(claim, differences(Claim, before, after))

    def do(self, door: Door, lines: Sequence[Line], values: Values) -> None:
        for line in lines:
            decisions.judge(door, line.row, self.state, values["why"])


class Prefer:
    """Show these claims first; those that were preferred to them stay, but no longer first."""

    name, title = "prefer", gettext_lazy("Show first")

    def fields(self) -> dict[str, forms.Field]:
        return {}

    def plan(self, user: Any, rows: Rows, values: Values) -> list[Line]:
        lines: list[Line] = []
        chosen: dict[int, Claim] = {}
        for claim in rows:
            lines.append(self._line(user, claim, values["why"], chosen))
        return lines

    def _line(self, user: Any, claim: Claim, why: str, chosen: dict[int, Claim]) -> Line:
        others = decisions.rivals(claim)
        if not all(may(user, "judge", one) for one in [claim, *others]):
            return Line(claim, refusal=_no_right(claim))
        if claim.preferred:
            return Line(claim, refusal=_("it is so already"))
        if any(other.pk in chosen for other in others):
            return Line(claim, refusal=_("another of the chosen is on the same property"))
        chosen[claim.pk] = claim
        before = state_of(claim)
        note = "; ".join(str(other) for other in others if other.preferred)
        told = _("no longer first: %(claims)s") % {"claims": note} if note else ""
        after = {**before, "preferred": True, "reason": why}
        return Line(claim, differences(Claim, before, after), note=told)

    def do(self, door: Door, lines: Sequence[Line], values: Values) -> None:
        for line in lines:
            decisions.prefer(door, line.row, values["why"])


@dataclass(slots=True)
class Decide:
    """Decide that the first of the records and each other are one man, or two."""

    verdict: str
    title: Word
    name: str = ""

    def __post_init__(self) -> None:
        self.name = f"decide_{self.verdict}"

    def fields(self) -> dict[str, forms.Field]:
        return {}

    def plan(self, user: Any, rows: Rows, values: Values) -> list[Line]:
        if len(rows) < 2:
            return [Line(row, refusal=_("choose two records or more")) for row in rows]
        if not may(user, "judge") or not all(may(user, "judge", row) for row in rows):
            return [Line(row, refusal=_no_right(row)) for row in rows]
        first, *others = rows
        note = _("the one with which the others are compared")
        return [Line(first, note=note), *(self._line(first, other) for other in others)]

    def _line(self, first: Record, other: Record) -> Line:
        told = merging.affected(first, other)
        count = len(told.persons)
        note = ngettext("%(count)d person", "%(count)d persons", count) % {"count": count}
        names = ", ".join(str(person) for person in told.persons)
        standing = "; ".join(
            f"{model_name(k, several=True)}: {n}" for k, n in told.standing.items()
        )
        said = f"{note} ({names})" + (f"; {standing}" if standing else "")
        if refused := merging.against(first, other) if self.verdict == "same" else None:
            return Line(other, refusal=str(refused))
        return Line(other, note=_("touches %(what)s") % {"what": said})

    def do(self, door: Door, lines: Sequence[Line], values: Values) -> None:
        first, *others = [line.row for line in lines]
        decide: Callable[..., Any] = (
            merging.accept_within if self.verdict == "same" else merging.refuse_within
        )
        for other in others:
            decide(door, first, other, values["why"])


class Withdraw:
    """Take decisions on records back; persons become what is decided otherwise."""

    name, title = "withdraw", gettext_lazy("Take the decision back")

    def fields(self) -> dict[str, forms.Field]:
        return {}

    def plan(self, user: Any, rows: Rows, values: Values) -> list[Line]:
        return [self._line(user, link) for link in rows]

    def _line(self, user: Any, link: RecordLink) -> Line:
        if not (may(user, "judge", link.left) and may(user, "judge", link.right)):
            return Line(link, refusal=_no_right(link))
        if not link.decided:
            return Line(link, refusal=_("a source says so; it is no decision"))
        note = _("touches %(what)s") % {
            "what": ", ".join(str(p) for p in merging.affected(link.left, link.right).persons)
        }
        return Line(link, note=note)

    def do(self, door: Door, lines: Sequence[Line], values: Values) -> None:
        for line in lines:
            merging.withdraw_within(door, line.row)

"""The history of a row and of a change, as the desk shows them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from sexton.web.accounts import policy
from sexton.web.accounts.models import RoleAssignment
from sexton.web.accounts.rights import is_visible, may
from sexton.web.cases.judging import sees_evidence
from sexton.web.cases.models import Judgement
from sexton.web.register.history import Values, kind_of, row_of, state_of, versioned
from sexton.web.register.models import Change, History, Image, Region, Versioned
from sexton.web.register.past import states_of
from sexton.web.steward.shown import Differing, differences
from sexton.web.steward.words import Word, model_name

SHOWN = 50


@dataclass(frozen=True, slots=True)
class Step:
    """One change of a row; ``hidden`` when what it was is private."""

    made: Change
    differing: list[Differing]
    hidden: bool
    first: bool


@dataclass(slots=True)
class Touched:
    """What a change did to the rows of one model; ``more`` rows are not listed."""

    title: Word
    added: list[tuple[str, list[Differing]]] = field(default_factory=list)
    edited: list[tuple[str, list[Differing]]] = field(default_factory=list)
    dropped: list[tuple[str, list[Differing]]] = field(default_factory=list)
    more: int = 0


def story(user: Any, row: Versioned) -> list[Step]:
    """The changes of a row, the newest first."""
    steps: list[Step] = []
    before: Values | None = None
    for made, data in states_of(row):
        hidden = is_hidden(user, type(row), row.pk, data, made)
        told = [] if hidden or _was_hidden(user, row, before) else _told(type(row), before, data)
        steps.append(Step(made, told, hidden, before is None))
        before = data
    return steps[::-1]


def _was_hidden(user: Any, row: Versioned, data: Values | None) -> bool:
    return data is not None and is_hidden(user, type(row), row.pk, data, None)


def _told(model: type[Versioned], before: Values | None, after: Values) -> list[Differing]:
    return [d for d in differences(model, before or {}, after) if d.old or d.new]


def is_hidden(
    user: Any, model: type[Versioned], pk: int, data: Values, made: Change | None
) -> bool:
    """Whether a state is private and ``user``, who did not make it, may not see what is."""
    row = row_of(model, pk, data)
    if isinstance(row, RoleAssignment):
        return not may(user, "give_roles")
    if isinstance(row, Region):
        image = Image.objects.filter(pk=row.image_id).first()
        return image is not None and not is_visible(user, image)
    if kind_of(model) in policy.OF_A_CASE:
        return not may(user, "work_cases", row) or _is_kept_back(user, row)
    until = getattr(row, "hidden_until", None)
    private = getattr(row, "private", False) or getattr(row, "use", "public") != "public"
    if not private and not (until and until > timezone.localdate()):
        return False
    mine = made is not None and made.by == user.get_username()
    return not mine and not may(user, "read_private", row)


def _is_kept_back(user: Any, row: Versioned) -> bool:
    """Whether it is what somebody judged of a candidate whom ``user`` has not judged yet."""
    if not isinstance(row, Judgement) or row.reviewer == user.get_username():
        return False
    return not sees_evidence(row.case_id, row.candidate, user.get_username())


def touched_by(user: Any, made: Change) -> Iterator[Touched]:
    """What a change did, model by model, as far as ``user`` may see it."""
    for model in versioned():
        found = Touched(model_name(kind_of(model), several=True))
        _edited(user, made, model, found)
        _added(user, made, model, found)
        if found.added or found.edited or found.dropped or found.more:
            yield found


def _edited(user: Any, made: Change, model: type[Versioned], found: Touched) -> None:
    ended = History.objects.filter(kind=kind_of(model), ended=made).exclude(began=made)
    found.more += max(0, ended.count() - SHOWN)
    for state in ended.order_by("pk")[:SHOWN]:
        after = _state_after(made, model, state.object_id)
        if is_hidden(user, model, state.object_id, after or state.data, made) or is_hidden(
            user, model, state.object_id, state.data, made
        ):
            found.more += 1
            continue
        name = str(row_of(model, state.object_id, state.data))
        if after is None:
            found.dropped.append((name, _told(model, None, state.data)))
        else:
            found.edited.append((name, _told(model, state.data, after)))


def _added(user: Any, made: Change, model: type[Versioned], found: Touched) -> None:
    kind = kind_of(model)
    ended = History.objects.filter(kind=kind, ended=made).values("object_id")
    present = model._default_manager.filter(change=made).exclude(pk__in=ended).order_by("pk")
    past = History.objects.filter(kind=kind, began=made).exclude(object_id__in=ended)
    found.more += max(0, present.count() - SHOWN) + max(0, past.count() - SHOWN)
    states = [(row.pk, state_of(row)) for row in present[:SHOWN]]
    states += past.order_by("pk").values_list("object_id", "data")[:SHOWN]
    for pk, data in states:
        if is_hidden(user, model, pk, data, made):
            found.more += 1
        else:
            found.added.append((str(row_of(model, pk, data)), _told(model, None, data)))


def _state_after(made: Change, model: type[Versioned], pk: int) -> Values | None:
    """The state in which a change left a row; None where it took it out."""
    row = model._default_manager.filter(pk=pk, change=made).first()
    if row is not None:
        return state_of(row)
    past = History.objects.filter(kind=kind_of(model), object_id=pk, began=made)
    return past.values_list("data", flat=True).last()


def rows_touched(made: Change) -> Iterator[Versioned]:
    """Every row that a change added, changed or took out, as it was before and after."""
    for model in versioned():
        yield from model._default_manager.filter(change=made)
        states = History.objects.filter(kind=kind_of(model))
        for state in [*states.filter(ended=made), *states.filter(began=made)]:
            row = row_of(model, state.object_id, state.data)
            row.change_id = state.began_id
            yield row

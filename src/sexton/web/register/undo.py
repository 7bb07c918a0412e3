"""Taking a change back: a new change brings the old states back, unless later ones build on it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import IntegrityError
from django.db.models import Field, QuerySet

from sexton.messages import N_, Message
from sexton.web.register import conclusions, findings
from sexton.web.register.history import (
    AT_MOST,
    Door,
    change,
    kind_of,
    pieces,
    runs,
    state_of,
    versioned,
)
from sexton.web.register.models import (
    Change,
    History,
    Membership,
    Person,
    Record,
    Verdict,
    Versioned,
)

Progress = Callable[[str, int, int | None], None]
TAKING_BACK = "taking the change back"
SHOWN = 100
# What the engine concludes from records goes with the records, whatever it concluded since.
CONCLUDED = (Person, Membership)
ALTERED = N_("%(kind)s %(id)d was changed later, by %(who)s: %(why)s")
REFERS = N_("%(kind)s %(id)d, by %(who)s (%(why)s), refers to what would be taken out")
LACKING = N_("%(kind)s %(id)d referred to something that has been taken out since")
TAKEN = N_("Something that came later has taken the place of what would come back")


class CannotUndo(Exception):
    """Later changes build on this one; ``obstacles`` says which, a sentence for each."""

    def __init__(self, obstacles: list[Message]) -> None:
        super().__init__("; ".join(str(obstacle) for obstacle in obstacles[:5]))
        self.obstacles = obstacles


@dataclass(slots=True)
class Effect:
    """What a change did to one model.

    ``added``: ids of rows that were not there before and are as it left them; ``ended``: states
    that it ended; ``later``: states that it made and others ended (and nobody brought back).
    """

    made: Change
    model: type[Versioned]
    added: list[int] = field(default_factory=list)
    ended: list[History] = field(default_factory=list)
    later: list[History] = field(default_factory=list)

    @property
    def rows(self) -> QuerySet[Any]:
        return self.model._default_manager


def undo(made: Change, by: str, reason: str, progress: Progress | None = None) -> Change | None:
    """Bring back what was before ``made``. None where nothing is left of it to be taken back.

    Raises CannotUndo, with the list, and writes nothing, where later changes build on it.
    """
    try:
        with change(by, reason, undoes=made) as door:
            _take_back(door, made, progress or _silent)
            if door.written:
                _note_batch(made)
    except IntegrityError as error:
        raise CannotUndo([Message(TAKEN)]) from error
    return door.written


def effect_of(made: Change, model: type[Versioned]) -> Effect:
    """What ``made`` did to the rows of ``model``."""
    states = History.objects.filter(kind=kind_of(model)).order_by("pk")
    effect = Effect(made, model, ended=list(states.filter(ended=made).exclude(began=made)))
    before = {state.object_id for state in effect.ended}
    left = set(model._default_manager.filter(change=made).values_list("pk", flat=True))
    for state in states.filter(began=made).exclude(ended=made).select_related("ended"):
        if _is_again(model, state):
            left.add(state.object_id)
        else:
            effect.later.append(state)
    effect.added = sorted(left - before)
    return effect


def _is_again(model: type[Versioned], state: History) -> bool:
    """Whether the row is again what ``state`` says, because what came later was taken back.

    To whom it belongs does not matter where it was taken from a record: it goes with that.
    """
    row = model._default_manager.filter(pk=state.object_id).first()
    if row is None:
        return False
    now = state_of(row)
    if _goes_with_record(model, state.data):
        now["person_id"] = state.data["person_id"]
    return now == state.data


def _goes_with_record(model: type[Versioned], data: Mapping[str, Any]) -> bool:
    follows = model in set(conclusions.taken_from_records())
    return follows and data.get("record_id") is not None and data.get("person_id") is not None


def _silent(what: str, done: int, total: int | None) -> None:
    """No progress is shown."""


def _take_back(door: Door, made: Change, progress: Progress) -> None:
    effects = {model: effect_of(made, model) for model in versioned()}
    persons = _take_back_memberships(door, effects)
    obstacles = [o for effect in effects.values() for o in _obstacles(effect, effects)]
    if obstacles:
        raise CannotUndo(obstacles[:SHOWN])
    done, total = 0, sum(len(e.added) + len(e.ended) for e in effects.values())
    for effect, ids in _to_drop(effects):
        door.drop_ids(effect.model, ids)
        progress(TAKING_BACK, done := done + len(ids), total)
    for effect in effects.values():
        for start in range(0, len(effect.ended), SHOWN):
            states = effect.ended[start : start + SHOWN]
            door.restore(effect.model, states)
            progress(TAKING_BACK, done := done + len(states), total)
    conclusions.follow(door)
    persons.update(effects[Person].added)
    empty = conclusions.refresh(door, persons)
    _drop_persons(door, empty)
    if effects[Verdict].added or effects[Verdict].ended:
        findings.settle()
    progress(TAKING_BACK, total, total)


def _to_drop(effects: dict[type[Versioned], Effect]) -> Iterator[tuple[Effect, list[int]]]:
    """What the change added, in such an order that nothing refers to what has gone before.

    Persons go last: not before something else is known to stand on one.
    """
    for effect in reversed(effects.values()):
        if effect.model is not Person:
            for start in range(0, len(effect.added), AT_MOST):
                yield effect, effect.added[start : start + AT_MOST]


def _take_back_memberships(door: Door, effects: dict[type[Versioned], Effect]) -> set[int]:
    """Drop who the records that go belonged to. Returns the persons that lose one."""
    persons: set[int] = set()
    for some in pieces(effects[Record].added, "record"):
        gone = Membership.objects.filter(some)
        persons.update(gone.values_list("person_id", flat=True))
        door.drop_all(gone)
    return persons


def _obstacles(effect: Effect, effects: dict[type[Versioned], Effect]) -> Iterator[Message]:
    before = {state.object_id for state in effect.ended}
    for state in effect.later:
        if effect.model not in CONCLUDED or state.object_id in before:
            yield _said(ALTERED, effect.model, state.object_id, state.ended)
    if effect.model is not Person:
        yield from _referring(effect.model, effect.added, effects)
    yield from _lacking(effect, effects)


def _referring(
    model: type[Versioned], ids: list[int], effects: dict[type[Versioned], Effect]
) -> Iterator[Message]:
    """Rows that refer to some of ``ids`` and neither go nor become what they were."""
    for other, name in conclusions.referring(model):
        theirs = effects[other]
        going = set(theirs.added) | {state.object_id for state in theirs.ended}
        for some in pieces(ids, name):
            rows = theirs.rows.filter(some).select_related("change")
            for row in rows.exclude(change=theirs.made):
                if row.pk not in going:
                    yield _said(REFERS, other, row.pk, row.change)


def _lacking(effect: Effect, effects: dict[type[Versioned], Effect]) -> Iterator[Message]:
    """States that would come back, but refer to rows that are there no more."""
    for column in effect.model._meta.concrete_fields:
        target = column.related_model
        if isinstance(target, type) and target in effects:
            yield from _lacking_in(effect, column, effects[target])


def _lacking_in(effect: Effect, column: Field[Any, Any], target: Effect) -> Iterator[Message]:
    coming = {state.object_id for state in target.ended}
    ended = [
        state
        for state in effect.ended
        if not (column.name == "person" and _goes_with_record(effect.model, state.data))
    ]
    wanted = {state.data.get(column.attname) for state in ended} - {None} - coming
    there: set[int] = set()
    for run in runs(sorted(wanted)):
        there.update(target.rows.filter(pk__in=run).values_list("pk", flat=True))
    for state in ended:
        if state.data.get(column.attname) in wanted - there:
            params = {"kind": kind_of(effect.model), "id": state.object_id}
            yield Message(LACKING, params)


def _drop_persons(door: Door, empty: list[int]) -> None:
    """Drop persons of whom no record speaks. Raises CannotUndo where something stands on one."""
    conclusions.drop_unheld(door, empty)
    left = Person.objects.filter(pk__in=empty[:SHOWN])
    held = [
        _said(REFERS, model, row.pk, row.change)
        for model, name in conclusions.referring(Person)
        for row in model._default_manager.filter(**{f"{name}__in": left}).select_related("change")
    ]
    if held:
        raise CannotUndo(held[:SHOWN])


def _note_batch(made: Change) -> None:
    """A batch whose change is taken back is undone; applied again when that is taken back."""
    state, batch = ("undone", made.batch)
    if batch is None and made.undoes is not None:
        state, batch = ("applied", made.undoes.batch)
    if batch is not None:
        type(batch).objects.filter(pk=batch.pk).update(state=state)


def _said(text: str, model: type[Versioned], pk: int, later: Change) -> Message:
    return Message(text, {"kind": kind_of(model), "id": pk, "who": later.by, "why": later.reason})

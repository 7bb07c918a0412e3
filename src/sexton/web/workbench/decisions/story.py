"""Every step of a case in one story: what was done, by whom, when and why; what was taken back.

It is read off the history of the rows that a case is made of, so nothing can be left out of it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sexton.web.cases.deciding import OPENED
from sexton.web.cases.models import (
    Case,
    Clue,
    Decision,
    Judgement,
    Letter,
    NegativeSearch,
    PlateProof,
)
from sexton.web.cases.words import STATES, VERDICTS
from sexton.web.register import labels
from sexton.web.register.history import Values, kind_of, state_of
from sexton.web.register.models import Change, History, Versioned
from sexton.web.workbench.decisions.seen import Man, is_blind, man, may_see

OF_A_CASE: tuple[type[Versioned], ...] = (
    Judgement, Clue, NegativeSearch, Letter, Decision, PlateProof,
)  # fmt: skip
KEPT_BACK = gettext_lazy("You have not judged this candidate yet.")
AN_ARCHIVE = gettext_lazy("It is about a record of an archive, which you may not search.")
State = tuple[Change, Values | None]


@dataclass(frozen=True, slots=True)
class Entry:
    """A step: ``what`` happened and what was said; ``why`` is "" where it says no more than that.
    ``kept_back`` says why the rest is not told to this reader."""

    change: Change
    kind: str
    what: str
    why: str = ""
    details: list[tuple[str, str]] = field(default_factory=list)
    man: Man | None = None
    kept_back: str | Promise = ""

    @property
    def takes_back(self) -> bool:
        """Whether it is the undoing of an earlier step."""
        return self.change.undoes_id is not None


def entries(case: Case, user: Any) -> list[Entry]:
    """The whole story, from the opening of the case on, as far as ``user`` may know it."""
    found = list(_of_case(case))
    for model in OF_A_CASE:
        for states in _rows(case, model):
            found += _of_row(kind_of(model), states)
    found.sort(key=lambda entry: entry.change.pk)
    named = {one.name: man(one.name, one.fields, one.simulated) for one in case.candidates.all()}
    told = (_for(case, user, entry) for entry in found)
    return [replace(entry, man=named.get(entry.man.name, entry.man)) if entry.man else entry
            for entry in told]  # fmt: skip


def _for(case: Case, user: Any, entry: Entry) -> Entry:
    """What a reader may know of an entry: a judgement not before he judged himself."""
    name = entry.man.name if entry.man else ""
    if name and not may_see(user, name):
        return Entry(entry.change, entry.kind, _TITLES[entry.kind](), kept_back=AN_ARCHIVE)
    own = entry.change.by == user.get_username()
    if entry.kind == "judgement" and not own and is_blind(case, name, user):
        return Entry(
            entry.change, entry.kind, _("A candidate was judged."), "", [], entry.man, KEPT_BACK
        )
    if entry.kind == "decision" and not own and is_blind(case, name, user):
        return Entry(entry.change, entry.kind, entry.what, "", [], entry.man, KEPT_BACK)
    return entry


def _of_case(case: Case) -> Iterator[Entry]:
    """The opening of the case, embargo, and who works on it; its steps are told by decisions."""
    before: Values | None = None
    for change, now in _states(Case, case.pk):
        if now is None:
            continue
        if before is None:
            why = "" if change.reason == OPENED else change.reason
            yield Entry(change, "case", _("The case was opened."), why)
        else:
            yield from _of_case_changed(change, before, now)
        before = now


def _of_case_changed(change: Change, before: Values, now: Values) -> Iterator[Entry]:
    if before["embargo"] != now["embargo"]:
        set_ = _("An embargo was set: no page for the public tells of a decision.")
        what = set_ if now["embargo"] else _("The embargo was lifted.")
        yield Entry(change, "case", what, change.reason)
    if before["assignee"] != now["assignee"]:
        who = now["assignee"]
        said = _("%(who)s works on the case.") % {"who": who}
        yield Entry(change, "case", said if who else _("Nobody is named to work on the case."))
    if before["state"] != now["state"] and not _decides(change):
        step = (
            _("The case is again: %(state)s")
            if change.undoes_id
            else _("The case is now: %(state)s")
        )
        yield Entry(change, "case", step % {"state": STATES[now["state"]]}, change.reason)


def _decides(change: Change) -> bool:
    """Whether a decision was made in this change: it tells of the step itself."""
    past = History.objects.filter(kind=kind_of(Decision), began=change)
    return Decision.objects.filter(change=change).exists() or past.exists()


def _rows(case: Case, model: type[Versioned]) -> Iterator[list[State]]:
    """All states of each row of a case, also of rows that were taken back."""
    past = History.objects.filter(kind=kind_of(model), data__case_id=case.pk)
    ids = set(past.values_list("object_id", flat=True))
    ids.update(model._default_manager.filter(case=case).values_list("pk", flat=True))
    for pk in sorted(ids):
        yield list(_states(model, pk))


def _states(model: type[Versioned], pk: int) -> Iterator[State]:
    """The states of a row, the oldest first, each with the change that made it; None where it was
    taken out."""
    past = History.objects.filter(kind=kind_of(model), object_id=pk).order_by("version")
    row = model._default_manager.filter(pk=pk).select_related("change").first()
    ended: Change | None = None
    for state in past.select_related("began", "ended"):
        if ended is not None and ended != state.began:
            yield ended, None
        yield state.began, state.data
        ended = state.ended
    if row is not None:
        if ended is not None and ended != row.change:
            yield ended, None
        yield row.change, state_of(row)
    elif ended is not None:
        yield ended, None


def _of_row(kind: str, states: list[State]) -> Iterator[Entry]:
    before: Values | None = None
    for change, now in states:
        told = now if now is not None else before
        if told is None:
            continue
        who = man(told["candidate"]) if told.get("candidate") else None
        if now is None:
            what = _("Taken back: %(what)s") % {"what": _TITLES[kind]()}
            yield Entry(change, kind, what, change.reason, man=who)
        else:
            what, details = _SAID[kind](now, before)
            why = str(now.get("reason") or "")
            yield Entry(change, kind, what, why or _said_why(change, kind), details, who)
        before = now if now is not None else None


def _said_why(change: Change, kind: str) -> str:
    """Why, where somebody said it: what programs write as a reason says nothing new."""
    return change.reason if change.undoes_id or kind in {"clue", "negativesearch"} else ""


def _judgement(now: Values, before: Values | None) -> tuple[str, list[tuple[str, str]]]:
    blind = _("without seeing the evidence") if now["blind"] else _("with the evidence in view")
    said = {"who": now["reviewer"], "verdict": VERDICTS[now["verdict"]], "how": blind}
    return _("%(who)s judged: %(verdict)s, %(how)s.") % said, []


def _clue(now: Values, before: Values | None) -> tuple[str, list[tuple[str, str]]]:
    details = [
        (str(labels.label(now["field"], "field")), now["value"]),
        (_("Where it is written"), now["citation"]),
    ]
    if not now["stands"]:
        return _("A clue was dropped."), _some(details)
    return (_("A clue was added.") if before is None else _("A clue was changed.")), _some(details)


def _search(now: Values, before: Values | None) -> tuple[str, list[tuple[str, str]]]:
    details = [(_("Where"), now["where"]), (_("What was asked"), now["asked"])]
    return _("He was looked for, and not found."), _some(details)


def _letter(now: Values, before: Values | None) -> tuple[str, list[tuple[str, str]]]:
    answered = bool(now["answer"]) and not (before and before["answer"])
    details = [(_("To"), now["addressee"])]
    if answered:
        return _("A letter was answered."), _some([*details, (_("Answer"), now["answer"])])
    sent = bool(now["sent_on"]) and not (before and before["sent_on"])
    if sent:
        return _("A letter was sent."), _some([*details, (_("Question"), now["question"])])
    return (_("A letter was drafted.") if before is None else _("A letter was changed.")), details


def _decision(now: Values, before: Values | None) -> tuple[str, list[tuple[str, str]]]:
    details = [(_("Competent body"), now["body"]), (_("Forensic finding"), now["forensic"])]
    said = {"before": STATES[now["before"]], "step": STATES[now["step"]]}
    return _("Decided: from “%(before)s” to “%(step)s”.") % said, _some(details)


def _proof(now: Values, before: Values | None) -> tuple[str, list[tuple[str, str]]]:
    lines = now["lines"]
    shown = [lines.get("cyrillic", ""), lines.get("latin", "")]
    said = _("%(who)s confirmed the text of a plate.") % {"who": now["reader"]}
    return said, _some([(_("Text"), " / ".join(one for one in shown if one))])


def _some(details: list[tuple[str, str]]) -> list[tuple[str, str]]:
    return [(name, text) for name, text in details if text]


_SAID: dict[str, Callable[[Values, Values | None], tuple[str, list[tuple[str, str]]]]] = {
    kind_of(Judgement): _judgement,
    kind_of(Clue): _clue,
    kind_of(NegativeSearch): _search,
    kind_of(Letter): _letter,
    kind_of(Decision): _decision,
    kind_of(PlateProof): _proof,
}
_TITLES: dict[str, Callable[[], str]] = {
    kind_of(Judgement): lambda: _("a judgement"),
    kind_of(Clue): lambda: _("a clue"),
    kind_of(NegativeSearch): lambda: _("a search without result"),
    kind_of(Letter): lambda: _("a letter"),
    kind_of(Decision): lambda: _("a decision"),
    kind_of(PlateProof): lambda: _("a confirmed text"),
}

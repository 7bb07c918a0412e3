"""The words of the work lists: what facets, their values, orders and columns are called."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _

from sexton.messages import Message, translate
from sexton.web.cases import words
from sexton.web.cases.ladder import STATES
from sexton.web.cases.promise import GRADES
from sexton.web.register import labels
from sexton.web.register.labels import Label
from sexton.web.workbench.lists.cases import ME, NAMED, NOBODY
from sexton.web.workbench.lists.waiting import WAITING

TITLES: dict[str, Label] = {
    "outlook": _("How near to being solved"),
    "waiting": _("Waits for"),
    "assignee": _("Who works on it"),
    "state": _("State"),
    "candidates": _("Candidates"),
    "site": _("Site"),
    "commune": _("Commune"),
    "province": _("Province"),
    "about": _("What there is of it"),
    "opened": _("Time in the list"),
    "grave": _("Grave"),
}
OUTLOOKS: dict[str, Label] = {
    "near": _("near a decision"),
    "good": _("good prospects"),
    "open": _("an open question"),
    "poor": _("little to go on"),
    "decided": _("settled"),
}
WAITS: dict[str, Label] = {
    "me": _("my judgement"),
    "second": _("a second reviewer"),
    "decide": _("a decision: two agree"),
    "disagree": _("reviewers who disagree"),
    "archive": _("an archive’s answer"),
    "overdue": _("a reminder to an archive"),
    "family": _("the family (embargo)"),
    "quiet": _("somebody: nothing for three months"),
}
VALUES: dict[str, Mapping[str, Label]] = {
    "outlook": OUTLOOKS,
    "waiting": WAITS,
    "state": words.STATES,
    "assignee": {ME: _("I myself"), NOBODY: _("nobody yet")},
    "candidates": {
        "register": _("in the register"),
        "archive": _("in archives"),
        "simulated": _("simulated ones"),
        "none": _("none"),
    },
    "about": {
        "unnamed": _("no name"),
        "photograph": _("a photograph"),
        "finding": _("findings of the audit"),
        "simulated": _("simulated"),
    },
    "opened": {
        "month": _("less than a month"),
        "half": _("one to six months"),
        "year": _("six months to a year"),
        "older": _("more than a year"),
    },
    "grave": {"yes": _("at a site of the register"), "no": _("named by a source only")},
}
SORTS: dict[str, Label] = {
    "outlook": _("near to being solved first"),
    "opened": _("longest in the list first"),
    "quiet": _("longest without anything happening first"),
    "site": _("by site"),
    "name": _("by name"),
    "assignee": _("by who works on it"),
}
# Facets whose values stand in an order of their own; the others by how many have them.
_ORDERED = {
    "outlook": GRADES,
    "waiting": WAITING,
    "state": STATES,
    "assignee": (ME, NOBODY),
    "candidates": ("register", "archive", "simulated", "none"),
    "opened": ("month", "half", "year", "older"),
    "grave": ("yes", "no"),
}


def labeller(sites: Mapping[str, Any]) -> Callable[[str, str], Any]:
    """What a value of a facet is called; ``sites`` are by key."""

    def label(facet: str, value: str) -> Any:
        if facet == "site" and value in sites:
            return sites[value].name_in(get_language() or "en")
        if facet == "province":
            return labels.label(value, "province")
        if facet == "assignee" and value.startswith(NAMED):
            return value.removeprefix(NAMED)
        return VALUES.get(facet, {}).get(value, value)

    return label


def rank(facet: str, value: str) -> int:
    """The place of a value in its facet; 0 where the number of rows says it."""
    order = _ORDERED.get(facet, ())
    return order.index(value) if value in order else len(order)


def done(deed: str, n: int, who: str = "") -> str:
    """What was done to ``n`` rows: ``opened``, ``given`` (to whom) or ``freed``."""
    if deed == "opened":
        text = ngettext("%(n)d case is opened.", "%(n)d cases are opened.", n)
    elif deed == "freed":
        text = ngettext("%(n)d case is nobody’s now.", "%(n)d cases are nobody’s now.", n)
    else:
        text = ngettext("%(n)d case is given to %(who)s.", "%(n)d cases are given to %(who)s.", n)
    return text % {"n": n, "who": who}


def reason(message: Message) -> str:
    """A reason of ``cases.promise``, its field in words."""
    params = dict(message.params)
    if "field" in params:
        params["field"] = str(labels.label(str(params["field"]), "field"))
    return translate(Message(message.text, params), get_language() or "en")

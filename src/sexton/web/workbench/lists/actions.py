"""What is asked of the rows of a work list: opening cases, giving them away, undoing that."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sexton.messages import translate
from sexton.web.cases.models import Case
from sexton.web.register.models import Change
from sexton.web.register.undo import CannotUndo, undo
from sexton.web.workbench.access import at_work
from sexton.web.workbench.lists import cases, deeds, without, words
from sexton.web.workbench.lists.asked import CASES, WITHOUT, Asked, Kind
from sexton.web.workbench.lists.listing import Listing
from sexton.web.workbench.lists.readers import reader_of
from sexton.web.workbench.lists.views import EVERYTHING, UNDO

MOST_IN_AN_ADDRESS = 150
NOBODY = ""
TAKEN_BACK = "taken back by who did it"


@at_work()
@require_POST
def open_chosen(request: HttpRequest) -> HttpResponse:
    """Open a case for the records ``record`` (keys), or for all that the filter finds."""
    known, found = without.listing(reader_of(request.user))
    keys = [row.key for row in known.said]
    chosen = [known.ids[n] for n in _chosen(request, WITHOUT, found, "record", keys)]
    if not _is_possible(request, len(chosen), deeds.AT_MOST):
        return _back(request, "cases-without", WITHOUT)
    done = deeds.open_for(chosen, request.user.get_username())
    _say(request, done, "opened")
    opened = Case.objects.filter(record__in=chosen).first() if len(chosen) == 1 else None
    if opened is not None and (address := _address("case", opened.key)):
        return redirect(address)
    return _back(request, "cases-without", WITHOUT)


@at_work()
@require_POST
def change_chosen(request: HttpRequest) -> HttpResponse:
    """Give the cases ``case`` (keys), or all that the filter finds, to somebody (``do=give``), or
    go on to the page on which candidates are looked for (``do=run``)."""
    known, _promises, found = cases.listing(reader_of(request.user))
    keys = [case.key for case in known.cases]
    chosen = [known.cases[n] for n in _chosen(request, CASES, found, "case", keys)]
    is_run = request.POST.get("do") == "run"
    if not _is_possible(request, len(chosen), MOST_IN_AN_ADDRESS if is_run else deeds.AT_MOST):
        return _back(request, "cases", CASES)
    if is_run:
        return _to_runs(request, [case.key for case in chosen])
    return _give(request, [case.pk for case in chosen])


@at_work()
@require_POST
def take_back(request: HttpRequest) -> HttpResponse:
    """Undo what the reader did last to many rows of a list."""
    mine = request.session.pop(UNDO, None)
    made = Change.objects.filter(pk=mine["change"]).first() if mine else None
    if made is None or made.by != request.user.get_username():
        messages.error(request, _("There is nothing to be taken back."))
        return redirect("cases")
    try:
        undo(made, made.by, TAKEN_BACK)
    except CannotUndo as error:
        why = [translate(text, get_language() or "en") for text in error.obstacles[:3]]
        told = _("It cannot be taken back: something was built on it since.")
        messages.error(request, " ".join([told, *why]))
    else:
        messages.success(request, _("It is taken back."))
    return redirect(f"{reverse('cases')}?{EVERYTHING}=1")


def _give(request: HttpRequest, chosen: Sequence[int]) -> HttpResponse:
    name = request.POST.get("to", NOBODY)
    to = deeds.workers().get(name)
    if name and to is None:
        messages.error(request, _("Nobody of this name works on cases. Nothing was changed."))
        return _back(request, "cases", CASES)
    done = deeds.give(chosen, to, request.user.get_username())
    _say(request, done, "given" if to else "freed", name)
    if done.refused:
        text = ngettext(
            "%(n)d stays as it is: %(who)s has no role for its site.",
            "%(n)d stay as they are: %(who)s has no role for their sites.",
            done.refused,
        )
        messages.warning(request, text % {"n": done.refused, "who": name})
    return _back(request, "cases", CASES)


def _to_runs(request: HttpRequest, keys: Sequence[str]) -> HttpResponse:
    address = _address("runs")
    if not address:
        messages.error(request, _("The engine cannot be asked from here."))
        return _back(request, "cases", CASES)
    return redirect(f"{address}?{urlencode([('case', key) for key in keys])}")


def _chosen(
    request: HttpRequest, kind: Kind, found: Listing, name: str, keys: Sequence[str]
) -> list[int]:
    """The numbers of the rows that are ticked, or of all that the filter finds."""
    if request.POST.get("across"):
        return found.fitting(Asked.read(kind, request.POST.get("query", "")))
    ticked = set(request.POST.getlist(name))
    return [n for n in found.all() if keys[n] in ticked]


def _is_possible(request: HttpRequest, n: int, most: int) -> bool:
    """Whether so many rows can be changed at once; else it is said why not."""
    if not n:
        messages.error(request, _("No row is chosen: tick some, or take all that the list finds."))
    elif n > most:
        text = _("%(n)d rows are chosen, and at most %(most)d are done at once. Choose fewer.")
        messages.error(request, text % {"n": n, "most": most})
    return 0 < n <= most


def _say(request: HttpRequest, done: deeds.Done, deed: str, who: str = "") -> None:
    """Say what was done, and remember it, so that it can be taken back."""
    if done.change is None:
        messages.info(request, _("Nothing had to be changed."))
    else:
        messages.success(request, words.done(deed, done.changed, who))
        request.session[UNDO] = {"change": done.change.pk, "done": [deed, done.changed, who]}


def _back(request: HttpRequest, name: str, kind: Kind) -> HttpResponse:
    """To the list as it was, also where its reader has a default and had asked for everything."""
    query = Asked.read(kind, request.POST.get("query", "")).query()
    return redirect(f"{reverse(name)}?{query or f'{EVERYTHING}=1'}")


def _address(name: str, *arguments: str) -> str | None:
    """The address of another part of the workbench; None where there is none here."""
    try:
        return reverse(name, args=arguments)
    except NoReverseMatch:
        return None

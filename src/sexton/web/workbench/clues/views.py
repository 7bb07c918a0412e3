"""The page of clues and searches: what was found out, what one more would change, writing it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sexton.messages import translate
from sexton.web.cases import finding_out
from sexton.web.cases.asking import asked_of, tried
from sexton.web.cases.judging import look
from sexton.web.cases.models import Case, Clue, NegativeSearch
from sexton.web.cases.naming import archive_of
from sexton.web.cases.refreshing import row_of
from sexton.web.register.history import Conflict
from sexton.web.workbench import frame
from sexton.web.workbench.access import on_case
from sexton.web.workbench.clues import shown
from sexton.web.workbench.clues.forms import ClueForm, DropForm, RowForm, SearchForm
from sexton.web.workbench.clues.words import pool_name

HERE = "case-clues"
REFUSED, CONFLICT = 400, 409
SEARCHED = "a search without result"

Rows = type[Clue] | type[NegativeSearch]


@on_case()
@require_http_methods(["GET", "HEAD", "POST"])
def case_clues(request: HttpRequest, case: Case) -> HttpResponse:
    """Clues and searches; ``deed`` says what a POST does: see ``_DEEDS``."""
    if request.method != "POST":
        return _page(request, case)
    deed = _DEEDS.get(request.POST.get("deed", ""))
    return deed(request, case) if deed else _page(request, case, status=REFUSED)


def _page(
    request: HttpRequest, case: Case, status: int = 200, **told: Any
) -> HttpResponse:  # fmt: skip
    candidates = shown.choices(case, request.user)
    context = {
        "clue_form": ClueForm(prefix="clue", initial=_asked_clue(request)),
        "search_form": SearchForm(
            prefix="search", initial={"asked": tried_of(case)}, candidates=candidates
        ),
        "unseen": len(shown.unseen_in(case, request.user)),
        "sources": shown.sources(),
        "inquiries": case.inquiries.exists(),
        **shown.found_out(case, candidates),
    }
    template = "workbench/case_clues.html"
    return frame.show(request, case, template, HERE, context | told, status)


def _asked_clue(request: HttpRequest) -> dict[str, str]:
    """What a link to this page proposes for a clue (``?field=…&value=…&citation=…``)."""
    return {name: request.GET.get(name, "")[:500] for name in ("field", "value", "citation")}


def tried_of(case: Case) -> str:
    """What a search for the man of a case tries, line by line."""
    return "\n".join(tried(asked_of(row_of(case))))


def _clue(request: HttpRequest, case: Case) -> HttpResponse:
    """Show what a clue would change, or write it."""
    form = ClueForm(request.POST, prefix="clue")
    if not form.is_valid():
        return _page(request, case, REFUSED, clue_form=form)
    if "preview" in request.POST:
        would = finding_out.with_clue(case, form.told)
        return _previewed(request, case, would, "clue", clue_form=form)
    by = request.user.get_username()
    finding_out.add_clue(case, form.told, by, form.cleaned_data["why"])
    _say_weighed(request, case, _("The clue is written down."))
    return redirect(HERE, key=case.key)


def _search(request: HttpRequest, case: Case) -> HttpResponse:
    """Show what a search without result would change, or write it."""
    candidates = shown.choices(case, request.user)
    form = SearchForm(request.POST, prefix="search", candidates=candidates)
    if not form.is_valid():
        return _page(request, case, REFUSED, search_form=form)
    if "preview" in request.POST:
        would = finding_out.with_search(case, form.sought)
        return _previewed(request, case, would, "search", search_form=form)
    finding_out.add_search(case, form.sought, request.user.get_username(), SEARCHED)
    _say_weighed(request, case, _("The search is written down."))
    return redirect(HERE, key=case.key)


def _previewed(
    request: HttpRequest, case: Case, would: finding_out.Known, of: str, **told: Any
) -> HttpResponse:
    """The page with what each list would say; whoever wants to see all of it has looked."""
    if "all" in request.POST:
        for name in shown.unseen_in(case, request.user):
            look(case, name, request.user.get_username())
    found = shown.previews(case, finding_out.outlook(case, would), request.user)
    return _page(request, case, previews=found, of=of, **told)


def _drop(request: HttpRequest, case: Case) -> HttpResponse:
    """A clue or a search stands no more."""
    form, row = DropForm(request.POST), _row(request, case)
    if "preview" in request.POST:
        would = finding_out.without(case, row)
        why = request.POST.get("why", "")
        return _previewed(request, case, would, "drop", drop=row, drop_at=_anchor(row), why=why)
    if not form.is_valid():
        return _page(request, case, REFUSED, drop_form=form, drop=row)
    said, by = form.cleaned_data, request.user.get_username()
    done = _("It stands no more.")
    return _written(
        request, case, lambda: finding_out.drop(row, by, said["why"], said["seen"]), done
    )


def _take_up(request: HttpRequest, case: Case) -> HttpResponse:
    """A clue or a search stands again."""
    form, row = RowForm(request.POST), _row(request, case)
    if not form.is_valid():
        return _page(request, case, REFUSED)
    seen, by = form.cleaned_data["seen"], request.user.get_username()
    done = _("It stands again.")
    return _written(request, case, lambda: finding_out.take_up(row, by, seen=seen), done)


def _anchor(row: Clue | NegativeSearch) -> str:
    return f"{'search' if isinstance(row, NegativeSearch) else 'clue'}-{row.pk}"


def _row(request: HttpRequest, case: Case) -> Clue | NegativeSearch:
    model: Rows = NegativeSearch if request.POST.get("kind") == "search" else Clue
    number = request.POST.get("row", "")
    return get_object_or_404(model, case=case, pk=number if number.isdecimal() else 0)


def _written(
    request: HttpRequest, case: Case, write: Callable[[], None], done: str
) -> HttpResponse:
    try:
        write()
    except Conflict as conflict:
        told = translate(conflict.message, request.LANGUAGE_CODE)  # type: ignore[attr-defined]
        messages.error(request, told)
        return _page(request, case, CONFLICT)
    _say_weighed(request, case, done)
    return redirect(HERE, key=case.key)


def _say_weighed(request: HttpRequest, case: Case, done: str) -> None:
    """Say that it is done, and which lists could not be weighed again."""
    inquiries = list(case.inquiries.all())
    if any(not one.trouble for one in inquiries):
        done += " " + _("All candidates are weighed anew.")
    messages.success(request, done)
    for one in inquiries:
        if one.trouble:
            text = _("%(list)s cannot be asked now: what stands there was weighed before this.")
            messages.warning(request, text % {"list": pool_name(archive_of(one.pool))})


_DEEDS: dict[str, Callable[[HttpRequest, Case], HttpResponse]] = {
    "clue": _clue,
    "search": _search,
    "drop": _drop,
    "take-up": _take_up,
}

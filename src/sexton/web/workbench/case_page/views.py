"""Pages and actions of one case: who he may be, and each candidate beside him."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import get_language, gettext, ngettext
from django.views.decorators.http import require_POST, require_safe

from sexton.messages import translate
from sexton.web.cases import judging
from sexton.web.cases.judging import CannotJudge
from sexton.web.cases.models import Case
from sexton.web.workbench.access import on_case
from sexton.web.workbench.case_page import readings_kept, shown
from sexton.web.workbench.case_page.candidates import Found, Shown, found_for
from sexton.web.workbench.case_page.forms import AgainForm, ReadingForm
from sexton.web.workbench.frame import show

ASSESS = "assess"
WRONG = 400


@on_case()
@require_safe
def case(request: HttpRequest, case: Case) -> HttpResponse:
    """The record, the stone, what the name may be, and the candidates of each list."""
    return _case(request, case, ReadingForm())


def _case(request: HttpRequest, case: Case, form: ReadingForm, status: int = 200) -> HttpResponse:
    context = shown.whole_case(case, request.user, _text(request.GET, "ask"))
    return show(request, case, "workbench/case.html", "case", context | {"form": form}, status)


@on_case()
@require_POST
def add_reading(request: HttpRequest, case: Case) -> HttpResponse:
    """Take in how somebody reads the name, and weigh the candidates with it."""
    form = ReadingForm(request.POST)
    if not form.is_valid():
        return _case(request, case, form, WRONG)
    if readings_kept.is_kept(case, form.spellings):
        messages.info(request, gettext("This reading is written down already."))
        return redirect("case", case.key)
    by, reading = request.user.get_username(), form.cleaned_data["reading"]
    asked = readings_kept.keep_reading(case, reading, form.spellings, by)
    said = ngettext(
        "Your reading is written down as a clue, with %(n)d spelling. The candidates are weighed "
        "with it.",
        "Your reading is written down as a clue, with %(n)d spellings. The candidates are weighed "
        "with them.",
        len(form.spellings),
    )
    messages.success(request, said % {"n": len(form.spellings)})
    if any(inquiry.trouble for inquiry in asked):
        messages.warning(
            request, gettext("A list could not be asked: its candidates stand as they were before.")
        )
    return redirect("case", case.key)


@on_case(ASSESS)
def judge(request: HttpRequest, case: Case) -> HttpResponse:
    """A candidate beside the man of the case (GET), and what somebody holds of the two (POST)."""
    given = request.POST if request.method == "POST" else request.GET
    found = found_for(case, request.user)
    one = found.of(_text(given, "candidate"))
    if one is None:
        return _gone(request, case)
    if request.method != "POST":
        return _pair(request, case, one, found, AgainForm())
    if one.own or one.is_open:
        return _judge_again(request, case, one, found)
    return _judge_blind(request, case, one)


def _pair(
    request: HttpRequest, case: Case, one: Shown, found: Found, form: AgainForm, status: int = 200
) -> HttpResponse:
    context = shown.pair(case, one, found, request.user, _text(request.GET, "beside"))
    context |= {"form": form, "sent": "sent" in request.GET}
    return show(request, case, "workbench/pair.html", "case", context, status)


def _judge_blind(request: HttpRequest, case: Case, one: Shown) -> HttpResponse:
    me, name = request.user.get_username(), one.candidate.name
    try:
        judging.judge(case, name, me, _text(request.POST, "verdict"))
    except CannotJudge as refused:
        messages.error(request, translate(refused.message, get_language() or "en"))
        return redirect(pair_address(case, name))
    judging.look(case, name, me)
    messages.success(
        request, gettext("Your judgement is written down. The evidence is open to you now.")
    )
    return redirect(pair_address(case, name))


def _judge_again(request: HttpRequest, case: Case, one: Shown, found: Found) -> HttpResponse:
    if "reason" not in request.POST:
        # The form of a page that was open before: sent twice, or after another of his own pages.
        messages.info(
            request, gettext("You had judged this candidate, or seen the evidence, before.")
        )
        return redirect(pair_address(case, one.candidate.name))
    form = AgainForm(request.POST)
    if not form.is_valid():
        return _pair(request, case, one, found, form, WRONG)
    told, me = form.cleaned_data, request.user.get_username()
    judging.judge(case, one.candidate.name, me, told["verdict"], told["reason"])
    judging.look(case, one.candidate.name, me)
    messages.success(request, gettext("Your judgement is written down, beside the earlier ones."))
    return redirect(pair_address(case, one.candidate.name))


@on_case(ASSESS)
@require_POST
def open_evidence(request: HttpRequest, case: Case) -> HttpResponse:
    """Show somebody the evidence on a candidate, or on a whole list; that he saw it is kept."""
    found, me = found_for(case, request.user), request.user.get_username()
    if pool := _text(request.POST, "list"):
        told = next((one for one in found.lists if one.inquiry.pool == pool), None)
        if told is None:
            raise Http404
        for one in told.candidates:
            judging.look(case, one.candidate.name, me)
        return redirect(f"{reverse('case', args=[case.key])}#candidates")
    wanted = found.of(_text(request.POST, "candidate"))
    if wanted is None:
        return _gone(request, case)
    judging.look(case, wanted.candidate.name, me)
    return redirect(f"{pair_address(case, wanted.candidate.name)}#evidence")


def _gone(request: HttpRequest, case: Case) -> HttpResponse:
    messages.warning(
        request,
        gettext("There is no such candidate any more; the lists were asked anew meanwhile."),
    )
    return redirect("case", case.key)


def pair_address(case: Case, candidate: str) -> str:
    """The page of a case and one candidate."""
    return f"{reverse('case-judge', args=[case.key])}?{urlencode({'candidate': candidate})}"


def _text(given: QueryDict, name: str) -> str:
    return given.get(name, "").replace("\x00", "")[:400]

"""The pages of what judgements teach, and what can be done there."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from sexton.messages import translate
from sexton.web.accounts.rights import may_everywhere
from sexton.web.cases import rules
from sexton.web.cases.judging import look_at_all, not_blind_for
from sexton.web.cases.models import Judgement, RulesVersion
from sexton.web.cases.naming import archive_row
from sexton.web.jobs import desk
from sexton.web.research.archives import may_search
from sexton.web.workbench.access import at_work, cases_for
from sexton.web.workbench.learning import files, page, report
from sexton.web.workbench.learning.forms import ReasonForm
from sexton.web.workbench.work import PROPOSE, WEIGH

SET_RULES = "set_rules"
LISTED = 50


@at_work()
@require_safe
def learning(request: HttpRequest) -> HttpResponse:
    """What was judged, how far colleagues agree, and the versions of the rules."""
    return _learning(request, ReasonForm())


def _learning(request: HttpRequest, form: ReasonForm, status: int = 200) -> HttpResponse:
    judgements = page.judgements_on(cases_for(request.user))
    simulated = request.GET.get("who") == "simulated"
    context = {
        **page.shown(judgements, _name(request), simulated, may_search(request.user)),
        **page.teaching(Judgement.objects.filter(blind=True)),
        "states": report.STATES,
        "may_set": may_everywhere(request.user, SET_RULES),
        "form": form,
    }
    return render(request, "workbench/learning.html", context, status=status)


@at_work(SET_RULES)
@require_POST
def propose(request: HttpRequest) -> HttpResponse:
    """Ask for a version of the rules that judgements teach."""
    _everywhere(request)
    desk.ask(PROPOSE, _name(request))
    messages.success(request, _("It is asked for. What comes of it will be shown here."))
    return redirect("learning")


@at_work(SET_RULES)
@require_POST
def stop(request: HttpRequest) -> HttpResponse:
    """Stop the learning that waits or runs."""
    _everywhere(request)
    for job in desk.Job.objects.filter(kind=PROPOSE, state__in=desk.OPEN):
        desk.ask_to_stop(job)
    messages.success(request, _("It is being stopped; no rules were changed."))
    return redirect("learning")


@at_work(SET_RULES)
@require_POST
def weigh(request: HttpRequest) -> HttpResponse:
    """Weigh again what was weighed by other rules than those in use."""
    _everywhere(request)
    desk.ask(WEIGH, _name(request))
    messages.success(request, _("The undecided cases are being weighed again."))
    return redirect("learning")


@at_work(SET_RULES)
@require_POST
def back(request: HttpRequest) -> HttpResponse:
    """Weigh by the rules that ship with Sexton again."""
    _everywhere(request)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return _learning(request, form, 400)
    try:
        rules.go_back(_name(request), form.cleaned_data["reason"])
    except rules.CannotUse as refused:
        form.add_error(None, _told(refused))
        return _learning(request, form, 400)
    desk.ask(WEIGH, _name(request))
    messages.success(request, _("The rules that ship with Sexton are in use again."))
    return redirect("learning")


@at_work()
@require_safe
def version(request: HttpRequest, name: str) -> HttpResponse:
    """A version of the rules with its report."""
    return _version(request, get_object_or_404(RulesVersion, name=name), ReasonForm())


def _version(
    request: HttpRequest, shown: RulesVersion, form: ReasonForm, status: int = 200
) -> HttpResponse:
    rows = shown.rankings.filter(case__in=cases_for(request.user)).select_related("case__record")
    archives = may_search(request.user)
    listed = Paginator(report.in_order(rows), LISTED).get_page(request.GET.get("page"))
    told = report.told(list(listed), not_blind_for(_name(request)), archives)
    context: dict[str, Any] = {
        "shown": shown,
        "state": report.STATES[shown.state],
        "lesson": shown.lesson,
        "learnt": report.learnt(shown.lesson),
        "tested": report.tested(shown.lesson),
        "scores": report.scores(shown.lesson),
        "left_out": report.left_out(shown.lesson["left_out"]),
        "page": listed,
        "told": told,
        "hidden": sum(one.hidden for one in told),
        "may_set": may_everywhere(request.user, SET_RULES),
        "fits": shown.base == rules.default_rules().version,
        "form": form,
    }
    return render(request, "workbench/rules_version.html", context, status=status)


@at_work(SET_RULES)
@require_POST
def decide(request: HttpRequest, name: str) -> HttpResponse:
    """Use a version of the rules, or put it aside."""
    _everywhere(request)
    shown, form = get_object_or_404(RulesVersion, name=name), ReasonForm(request.POST)
    deed = {"adopt": rules.adopt, "drop": rules.drop}.get(request.POST.get("deed", ""))
    if deed is None or not form.is_valid():
        return _version(request, shown, form, 400)
    try:
        deed(shown, _name(request), form.cleaned_data["reason"])
    except rules.CannotUse as refused:
        form.add_error(None, _told(refused))
        return _version(request, shown, form, 400)
    if deed is rules.adopt:
        desk.ask(WEIGH, _name(request))
        messages.success(request, _("These rules are in use. Undecided cases are weighed again."))
    else:
        messages.success(request, _("The version is put aside; it is still listed."))
    return redirect("learning")


@at_work()
@require_POST
def reveal(request: HttpRequest, name: str) -> HttpResponse:
    """Show who comes first in every case, and write down that it was seen."""
    shown = get_object_or_404(RulesVersion, name=name)
    rows = shown.rankings.filter(case__in=cases_for(request.user))
    if not may_search(request.user):
        rows = rows.filter(pool="register")
    pairs = rows.values_list("case", "before", "after")
    look_at_all(
        ((case, one) for case, *both in pairs for one in both), _name(request)
    )  # fmt: skip
    return redirect("learning-version", shown.name)


@at_work()
@require_safe
def rules_file(request: HttpRequest, name: str) -> HttpResponse:
    """A version as a file for ``sexton link --rules``."""
    shown = get_object_or_404(RulesVersion, name=name)
    return _download(shown.text, "application/toml", f"{shown.name}.toml")


@at_work()
def judgements_file(request: HttpRequest) -> HttpResponse:
    """The judgements as CSV: of what the reader can judge no more blind; by POST all of them,
    after which he can judge none of these blind."""
    if request.method not in {"GET", "HEAD", "POST"}:
        return HttpResponse(status=405)
    rows = Judgement.objects.filter(case__in=cases_for(request.user)).order_by("pk")
    found = list(rows.select_related("case__record", "change"))
    if not may_search(request.user):
        found = [one for one in found if archive_row(one.candidate) is None]
    if request.method == "POST":
        look_at_all(((one.case_id, one.candidate) for one in found), _name(request))
    else:
        seen = not_blind_for(_name(request))
        found = [one for one in found if (one.case_id, one.candidate) in seen]
    return _download(files.as_csv(found), "text/csv; charset=utf-8", files.NAME)


@at_work()
@require_safe
def codebook(request: HttpRequest) -> HttpResponse:
    """What the columns of the judgements mean, for programs."""
    response = JsonResponse(files.codebook(), json_dumps_params={"ensure_ascii": False})
    response["Content-Type"] = "application/csvm+json"
    return response


def _download(text: str, content: str, name: str) -> HttpResponse:
    response = HttpResponse(text, content_type=content)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _everywhere(request: HttpRequest) -> None:
    """Rules weigh every case: who may set them for one site alone may not."""
    if not may_everywhere(request.user, SET_RULES):
        raise PermissionDenied


def _name(request: HttpRequest) -> str:
    return request.user.get_username()


def _told(refused: rules.CannotUse) -> str:
    return translate(refused.message, get_language() or "en")

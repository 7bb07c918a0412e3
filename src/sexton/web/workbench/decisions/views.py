"""The pages of decisions: where a case stands, the next step, embargo, who works on it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from sexton.messages import Message
from sexton.web.accounts.rights import may_everywhere
from sexton.web.cases import deciding, judging
from sexton.web.cases.ladder import FROM, Step
from sexton.web.cases.models import Case
from sexton.web.workbench.access import on_case
from sexton.web.workbench.decisions import acts, forms, made, rungs, seen, story
from sexton.web.workbench.decisions.touching import touched
from sexton.web.workbench.frame import show

REFUSED = 400
HERE = "case-decisions"
DONE: dict[str, Promise] = {
    "step": _("The step is taken. It stands in the history, and can be taken back."),
    "contest": _(
        "The decision is contested. No page for the public tells of it until it is settled."
    ),
    "hold": _("The case is under embargo."),
    "tell": _("The embargo is lifted."),
    "assign": _("It is noted who works on the case."),
}


@on_case()
@require_safe
def decisions(request: HttpRequest, case: Case) -> HttpResponse:
    """Where the case stands, and what was decided."""
    return _page(request, case)


@on_case("decide_cases")
@require_POST
def decide(request: HttpRequest, case: Case) -> HttpResponse:
    """A step: first what it touches and what stands in its way, then, confirmed, the step."""
    form = _step_form(case, request.user, request.POST)
    if not form.is_valid():
        return _page(request, case, step_form=form, status=REFUSED)
    said = form.cleaned_data
    step = Step(said["to"], said["reason"], said["body"], said["forensic"])
    candidate = said["candidate"]
    blind = seen.is_blind(case, candidate or case.candidate, request.user)
    obstacles = rungs.told(step.to, acts.in_the_way(case, step, candidate), blind)
    sure = acts.fingerprint(case, candidate, *said.values())
    if request.POST.get("sure") == sure and not obstacles:
        obstacles = acts.take(case, step, candidate, request.user)
        if not obstacles:
            return _back(request, case, "step")
    preview = {
        "title": _("Before the step is taken"),
        "action": "case-decide",
        "step": step,
        "man": _man_of(case, candidate or case.candidate, request.user),
        "touched": touched(case, step.to, candidate or case.candidate),
        "hidden": {"to": step.to, "candidate": candidate, "reason": step.reason,
                   "body": step.body, "forensic": step.forensic, "sure": sure},
    }  # fmt: skip
    return _preview(request, case, preview, obstacles)


@on_case()
@require_POST
def contest(request: HttpRequest, case: Case) -> HttpResponse:
    """Contest the decision that stands: from then on the public is not told of it."""
    form = forms.ContestForm(request.POST)
    if not form.is_valid():
        return _page(request, case, contest_form=form, status=REFUSED)
    step = Step("disputed", form.cleaned_data["reason"])
    if obstacles := acts.take(case, step, "", request.user):
        return _page(request, case, obstacles=obstacles, status=REFUSED)
    return _back(request, case, "contest")


@on_case("decide_cases")
@require_POST
def embargo(request: HttpRequest, case: Case) -> HttpResponse:
    """Keep a decision from the public, or let it be told; first what that touches."""
    form = forms.EmbargoForm(request.POST)
    if not form.is_valid():
        return _page(request, case, embargo_form=form, status=REFUSED)
    deed, reason = form.cleaned_data["deed"], form.cleaned_data["reason"]
    sure = acts.fingerprint(case, deed, reason)
    obstacles: list[Message] = []
    if request.POST.get("sure") == sure:
        act = acts.hold if deed == "hold" else acts.tell
        obstacles = act(case, reason, request.user)
        if not obstacles:
            return _back(request, case, deed)
    preview = {
        "title": _("Before the embargo is set") if deed == "hold" else _("Before it is told"),
        "action": "case-embargo",
        "reason": reason,
        "man": _man_of(case, case.candidate, request.user),
        "touched": touched(case, case.state, case.candidate, embargo=deed == "hold"),
        "hidden": {"deed": deed, "reason": reason, "sure": sure},
    }
    return _preview(request, case, preview, obstacles)


@on_case()
@require_POST
def assign(request: HttpRequest, case: Case) -> HttpResponse:
    """Who works on the case."""
    form = forms.AssignForm(request.POST, acts.workers(case))
    if "to" not in request.POST or not form.is_valid():
        return _page(request, case, assign_form=form, status=REFUSED)
    acts.assign(case, form.cleaned_data["to"], request.user)
    return _back(request, case, "assign")


@on_case("assess")
@require_POST
def reveal(request: HttpRequest, case: Case) -> HttpResponse:
    """Show what others judged of a candidate; whoever sees it judges him no more blind."""
    candidate = request.POST.get("candidate", "")
    if not case.candidates.filter(name=candidate).exists():
        return _page(request, case, status=REFUSED)
    if not seen.may_see(request.user, candidate):
        raise PermissionDenied
    judging.look(case, candidate, request.user.get_username())
    answer = redirect(HERE, case.key)
    answer["Location"] += f"?candidate={candidate}"
    return answer


@on_case()
@require_safe
def history(request: HttpRequest, case: Case) -> HttpResponse:
    """Every step of the case in one story."""
    context = {"title": _("History of the case"), "entries": story.entries(case, request.user)}
    return show(request, case, "workbench/decisions/history.html", "case-history", context)


def _page(request: HttpRequest, case: Case, status: int = 200, **given: Any) -> HttpResponse:
    user = request.user
    men = seen.offered(case, user)
    chosen = _chosen(request, case, [one.name for one in men])
    blind = seen.is_blind(case, chosen, user)
    standing = deciding.standing(case, chosen)
    context = {
        "title": _("Decisions on a case"),
        "men": men,
        "unseen": case.candidates.exclude(name="").count() - len(men),
        "chosen": next((one for one in men if one.name == chosen), None),
        "blind": blind,
        "opinions": [] if blind else standing.opinions,
        "rungs": rungs.rungs(standing, blind),
        "made": made.decisions(case, user),
        "step_form": _step_form(case, user, None, chosen),
        "contest_form": forms.ContestForm(),
        "embargo_form": forms.EmbargoForm(initial={"deed": "tell" if case.embargo else "hold"}),
        "assign_form": forms.AssignForm(None, acts.workers(case), initial={"to": case.assignee}),
        "can_contest": case.state in FROM["withdrawn"]
        and case.candidate
        and case.state != "disputed",
        "on_desk": may_everywhere(user, "work_cases"),
        "behind": acts.behind(),
        "obstacles": [],
    } | given
    return show(request, case, "workbench/decisions/decisions.html", HERE, context, status)


def _preview(
    request: HttpRequest, case: Case, preview: dict[str, Any], obstacles: list[Message]
) -> HttpResponse:
    context = preview | {"obstacles": obstacles}
    status = REFUSED if obstacles else 200
    return show(request, case, "workbench/decisions/preview.html", HERE, context, status)


def _chosen(request: HttpRequest, case: Case, names: list[str]) -> str:
    """The candidate whom the page is about: who is asked for, is decided, or is likeliest."""
    wanted = request.GET.get("candidate") or request.POST.get("candidate") or case.candidate
    return wanted if wanted in names else (names[0] if names else "")


def _step_form(case: Case, user: Any, data: Any, chosen: str = "") -> forms.StepForm:
    steps = [step for step, come_from in FROM.items() if case.state in come_from]
    # A contest is no step of who decides: it has a form of its own.
    steps = [step for step in steps if step != "disputed"]
    men = seen.offered(case, user)
    return forms.StepForm(data, steps, men, initial={"candidate": chosen})


def _man_of(case: Case, candidate: str, user: Any) -> seen.Man | None:
    return next((one for one in seen.offered(case, user) if one.name == candidate), None)


def _back(request: HttpRequest, case: Case, deed: str) -> HttpResponse:
    messages.success(request, DONE[deed])
    return redirect(HERE, case.key)

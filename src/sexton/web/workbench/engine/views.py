"""Running the engine: choose cases and lists, start, watch, stop, see what changed."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from sexton.web.accounts.rights import may
from sexton.web.cases import work
from sexton.web.cases.models import Case
from sexton.web.jobs import desk
from sexton.web.jobs.models import Job
from sexton.web.workbench.access import at_work, on_case
from sexton.web.workbench.engine import looking, told
from sexton.web.workbench.engine.forms import MOST_KEYS, RunForm
from sexton.web.workbench.engine.lists import Named, hidden_from, lists_for

SHOWN = 20


@at_work()
def runs(request: HttpRequest) -> HttpResponse:
    """Choose cases and lists; the runs there were, and what else is behind the register."""
    lists = lists_for(request.user)
    if request.method == "POST":
        form = RunForm(request.user, lists, request.POST)
        if form.is_valid():
            by, params = request.user.get_username(), form.wanted.as_params()
            return redirect("run", pk=desk.ask(work.KIND, by, params).pk)
    else:
        keys = [key[:80] for key in request.GET.getlist("case")[:MOST_KEYS]]
        form = RunForm(request.user, lists, initial={"keys": " ".join(keys)})
    page = Paginator(told.runs(), SHOWN).get_page(request.GET.get("page"))
    context = {
        "title": _("Looking for candidates"),
        "form": form,
        "hidden": hidden_from(request.user),
        "only_register": len(lists) == 1,
        "page": page,
        "runs": [told.Run.of(job) for job in page],
        "is_open": any(job.is_open for job in page),
        "without": work.burials_without_case().count(),
        "computed": told.computed(),
        "may_edit": may(request.user, "edit"),
    }
    return render(request, "workbench/runs.html", context)


@at_work()
@require_safe
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """One run: how far it is, what it changed, what went wrong."""
    job = get_object_or_404(told.runs(), pk=pk)
    outcomes = told.outcomes_for(request.user, job)
    page = Paginator(told.changed(outcomes), SHOWN).get_page(request.GET.get("page"))
    lists = {pool: Named.of(pool) for pool in {one.pool for one in page}}
    context = {
        "title": _("Run %(number)d") % {"number": job.pk},
        "run": told.Run.of(job),
        "job": job,
        "counted": told.counted(outcomes),
        "unasked": told.unasked(outcomes),
        "page": page,
        "changed": [(one, lists[one.pool]) for one in page],
        "may_steer": told.may_steer(request.user, job),
        "hidden": hidden_from(request.user),
    }
    return render(request, "workbench/run.html", context)


@at_work()
@require_POST
def stop(request: HttpRequest, pk: int) -> HttpResponse:
    """Stop a run; what it has found stays."""
    job = _steered(request, pk)
    desk.ask_to_stop(job)
    return redirect("run", pk=job.pk)


@at_work()
@require_POST
def go_on(request: HttpRequest, pk: int) -> HttpResponse:
    """Take up a run that was stopped or failed; one that is done is run anew."""
    job = _steered(request, pk)
    return redirect("run", pk=desk.again(job, request.user.get_username()).pk)


@at_work("edit")
@require_POST
def refresh(request: HttpRequest) -> HttpResponse:
    """Ask that search keys and findings be brought up to the register."""
    desk.ask(told.REFRESH, request.user.get_username())
    messages.success(request, _("It was asked for; a worker does it in the background."))
    return redirect("runs")


@on_case()
@require_POST
def look(request: HttpRequest, case: Case) -> HttpResponse:
    """Let the engine look for candidates of one case now; in large archives by a run."""
    wanted = looking.lists_of(case, request.user, request.POST.getlist("list"))
    by = request.user.get_username()
    if looking.takes_long(wanted):
        params = work.Wanted(wanted, (case.key,), decided=True).as_params()
        return redirect("run", pk=desk.ask(work.KIND, by, params).pk)
    seen = looking.look(case, wanted, by)
    for text in seen.troubles:
        messages.warning(request, text)
    text = ngettext(
        "%(n)d list was asked. Candidates: %(new)d new, %(gone)d gone.",
        "%(n)d lists were asked. Candidates: %(new)d new, %(gone)d gone.",
        seen.asked,
    )
    if seen.asked:
        told_numbers = {"n": seen.asked, "new": seen.new, "gone": seen.gone}
        messages.success(request, text % told_numbers)
    return redirect(looking.page_of(case))


def _steered(request: HttpRequest, pk: int) -> Job:
    job = get_object_or_404(told.runs(), pk=pk)
    if not told.may_steer(request.user, job):
        raise PermissionDenied
    return job

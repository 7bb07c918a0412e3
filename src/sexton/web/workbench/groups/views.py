"""Pages of groups: the list, one group with its graves and names, making and changing it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import Count, Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext, ngettext
from django.views.decorators.http import require_http_methods, require_POST

from sexton.messages import Message, translate
from sexton.web.accounts.rights import may
from sexton.web.register.history import Conflict
from sexton.web.research.archives import may_search
from sexton.web.workbench.access import WORK, at_work
from sexton.web.workbench.groups import keeping, proposing, restoring
from sexton.web.workbench.groups.forms import FactsForm, GravesForm, NamesForm, NewForm, ReasonForm
from sexton.web.workbench.groups.looking import closed_to
from sexton.web.workbench.groups.members import members_of
from sexton.web.workbench.groups.story import story_of
from sexton.web.workbench.models import Group

REFUSED, GONE = 400, 404
PROPOSED = 40
MADE_BY_HAND, FROM_PROPOSAL = "a group was made by hand", "a group that the register suggests"
CHANGED = "a group was changed"


@at_work()
@require_http_methods(["GET", "HEAD"])
def groups(request: HttpRequest) -> HttpResponse:
    """All groups that the reader may work on, what the register suggests, what was dropped."""
    rows = keeping.groups_for(request.user).select_related("site", "event")
    counted = rows.annotate(
        graves=Count("bodies", distinct=True), held=Sum("bodies__bodies", default=0)
    )
    found = list(counted)
    named = dict(rows.annotate(n=Count("names")).values_list("pk", "n"))
    suggested = proposing.proposals(request.user)
    context = {
        "title": gettext("Groups"),
        "groups": [(group, named.get(group.pk, 0)) for group in found],
        "suggested": suggested[:PROPOSED],
        "more": max(0, len(suggested) - PROPOSED),
        "dropped": restoring.dropped(request.user),
    }
    return render(request, "workbench/groups.html", context)


@at_work()
@require_http_methods(["GET", "HEAD", "POST"])
def group_new(request: HttpRequest) -> HttpResponse:
    """A group by hand."""
    form = NewForm(request.POST if request.method == "POST" else None, request.user)
    if form.is_bound and form.is_valid():
        told = form.cleaned_data
        site = told["site"]
        if site is not None and not may(request.user, WORK, site):
            form.add_error("site", gettext("You may not work on the cases of this site."))
        else:
            values = form.values()
            plan = keeping.Plan(
                values.pop("title"), values.pop("kind"), told["graves"], site=site, values=values
            )
            if (made := _make(request, plan, MADE_BY_HAND, form)) is not None:
                return redirect("group", group=made.key)
    context = {"form": form, "title": gettext("Make a group")}
    return render(request, "workbench/group_new.html", context, status=_status(form))


@at_work()
@require_POST
def group_propose(request: HttpRequest) -> HttpResponse:
    """Make a group that the register suggests."""
    key = request.POST.get("proposal", "")
    allowed = {one.proposal.key for one in proposing.proposals(request.user)}
    plan = proposing.plan_of(key) if key in allowed else None
    if plan is None:
        messages.error(request, gettext("The register does not suggest this group any more."))
        return redirect("groups")
    made = _make(request, plan, FROM_PROPOSAL, None)
    return redirect("groups") if made is None else redirect("group", group=made.key)


@at_work()
@require_http_methods(["GET", "HEAD"])
def group(request: HttpRequest, group: str) -> HttpResponse:
    """One group: its graves and names, without what the evidence says of them."""
    return _page(request, group_of(request, group))


@at_work()
@require_http_methods(["GET", "HEAD", "POST"])
def group_edit(request: HttpRequest, group: str) -> HttpResponse:
    """What a group is."""
    found = group_of(request, group)
    opened = {
        "title": found.title, "kind": found.kind, "basis": found.basis, "remarks": found.remarks,
        "coverage": round(found.coverage * 100), "seen": found.version,
    }  # fmt: skip
    form = FactsForm(request.POST if request.method == "POST" else None, initial=opened)
    if form.is_bound and form.is_valid():
        seen = form.cleaned_data["seen"] or found.version
        try:
            keeping.edit(found, _by(request), CHANGED, seen, form.values())
        except Conflict as conflict:
            form.add_error(None, _told(conflict.message))
        else:
            messages.success(request, gettext("Saved."))
            return redirect("group", group=found.key)
    context = {"form": form, "group": found, "title": found.title}
    return render(request, "workbench/group_edit.html", context, status=_status(form))


@at_work()
@require_POST
def group_graves(request: HttpRequest, group: str) -> HttpResponse:
    """Add graves by hand."""
    found = group_of(request, group)
    form = GravesForm(request.POST, request.user, prefix="graves")
    if form.is_valid():
        try:
            n = keeping.add_graves(found, form.cleaned_data["graves"], _by(request))
        except keeping.Refused as refused:
            form.add_error("graves", _told(refused.message))
        else:
            text = ngettext("%(n)d grave is new.", "%(n)d graves are new.", n)
            messages.success(request, text % {"n": n})
            return redirect("group", group=found.key)
    return _page(request, found, graves_form=form)


@at_work()
@require_POST
def group_names(request: HttpRequest, group: str) -> HttpResponse:
    """Add names: by hand, or the candidates of the group's cases (``deed=found``)."""
    found = group_of(request, group)
    if request.POST.get("deed") == "found":
        return _take_candidates(request, found)
    form = NamesForm(request.POST, request.user, prefix="names")
    if form.is_valid():
        try:
            n = keeping.add_names(found, form.cleaned_data["names"], _by(request))
        except keeping.Refused as refused:
            form.add_error("names", _told(refused.message))
        else:
            _say_new_names(request, n)
            return redirect("group", group=found.key)
    return _page(request, found, names_form=form)


@at_work()
@require_POST
def group_take_out(request: HttpRequest, group: str) -> HttpResponse:
    """Take the ticked graves and names out."""
    found = group_of(request, group)
    chosen = [
        [int(pk) for pk in request.POST.getlist(kind) if pk.isdecimal() and len(pk) < 15]
        for kind in ("grave", "name")
    ]
    try:
        n = keeping.take_out(found, *chosen, _by(request))
    except keeping.Refused as refused:
        messages.error(request, _told(refused.message))
    else:
        if n:
            text = ngettext("%(n)d row was taken out.", "%(n)d rows were taken out.", n)
            messages.success(request, text % {"n": n})
        else:
            messages.error(request, gettext("Nothing was ticked, so nothing was taken out."))
    return redirect("group", group=found.key)


@at_work()
@require_http_methods(["GET", "HEAD", "POST"])
def group_drop(request: HttpRequest, group: str) -> HttpResponse:
    """Drop a group."""
    found = group_of(request, group)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        keeping.drop(found, _by(request), form.cleaned_data["reason"])
        told = gettext("The group was dropped. It stands below under “Dropped”.")
        messages.success(request, told)
        return redirect("groups")
    context = {"form": form, "group": found, "title": found.title}
    return render(request, "workbench/group_drop.html", context, status=_status(form))


@at_work()
@require_POST
def group_restore(request: HttpRequest) -> HttpResponse:
    """Bring a group back that was dropped."""
    told = restoring.restore(request.user, request.POST.get("change", ""))
    (messages.success if told.done else messages.error)(request, _told(told.message))
    return redirect("groups")


def group_of(request: HttpRequest, key: str) -> Group:
    """The group of an address, if the reader may work on all of it. Raises Http404."""
    rows = keeping.groups_for(request.user).select_related("site", "event")
    found = rows.filter(key=key).first()
    if found is None:
        raise Http404
    return found


def _page(
    request: HttpRequest,
    found: Group,
    graves_form: GravesForm | None = None,
    names_form: NamesForm | None = None,
) -> HttpResponse:
    archives = may_search(request.user)
    members = members_of(found, archives)
    context = {
        "title": found.title,
        "group": found,
        "members": members,
        "candidates": len(keeping.found_names(found)),
        "closed": closed_to(found, _by(request), archives),
        "graves_form": graves_form or GravesForm(None, request.user, prefix="graves"),
        "names_form": names_form or NamesForm(None, request.user, prefix="names"),
        "history": story_of(found),
    }
    wrong = graves_form is not None or names_form is not None
    return render(request, "workbench/group.html", context, status=REFUSED if wrong else 200)


def _take_candidates(request: HttpRequest, found: Group) -> HttpResponse:
    candidates = keeping.found_names(found)
    room = max(0, keeping.MOST_NAMES - found.names.count())
    _say_new_names(request, keeping.add_names(found, candidates[:room], _by(request)))
    if len(candidates) > room:
        told = {"most": keeping.MOST_NAMES, "n": len(candidates) - room}
        text = gettext(
            "A group holds %(most)d names at most: the likeliest were taken, %(n)d others not."
        )
        messages.warning(request, text % told)
    return redirect("group", group=found.key)


def _make(
    request: HttpRequest, plan: keeping.Plan, reason: str, form: NewForm | None
) -> Group | None:
    try:
        return keeping.make(plan, _by(request), reason)
    except keeping.Refused as refused:
        if form is None:
            messages.error(request, _told(refused.message))
        else:
            form.add_error("graves", _told(refused.message))
        return None


def _say_new_names(request: HttpRequest, n: int) -> None:
    text = ngettext("%(n)d name is new.", "%(n)d names are new.", n)
    messages.success(request, text % {"n": n})


def _by(request: HttpRequest) -> str:
    return str(request.user.get_username())


def _told(message: Message) -> str:
    return translate(message, get_language() or "en")


def _status(form: Any) -> int:
    return REFUSED if form.errors else 200

"""The pages of an action on many rows: ask, show what it would do, do it as one change."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sexton.web.accounts.roles import LastAdministrator
from sexton.web.register.history import change
from sexton.web.register.merging import AgainstDecision
from sexton.web.steward.deeds import Deed, Line, digest
from sexton.web.steward.forms import reason_field

MOST_ROWS = 500
SELECTED = admin.helpers.ACTION_CHECKBOX_NAME


class Stale(Exception):
    """The rows are no longer what the preview showed."""


def run(model_admin: Any, request: HttpRequest, rows: QuerySet[Any], deed: Deed) -> HttpResponse:
    """The page that the request asks for: the question, the preview, or what was done."""
    rows = rows.order_by("pk")
    if (count := rows.count()) > MOST_ROWS:
        text = _("%(count)d rows are too many for one change; choose %(most)d at most.")
        messages.error(request, text % {"count": count, "most": MOST_ROWS})
        return redirect(request.get_full_path())
    step = request.POST.get("step", "ask")
    form = _form(deed, request.POST if step in {"preview", "apply"} else None)
    lines: list[Line] = []
    if form.is_bound and form.is_valid():
        try:
            if step == "apply":
                return _apply(request, rows, deed, form.cleaned_data)
            lines = deed.plan(request.user, list(rows), form.cleaned_data)
        except Stale:
            messages.warning(request, _("The rows were changed meanwhile; nothing was done yet."))
            lines = deed.plan(request.user, list(rows), form.cleaned_data)
        except (AgainstDecision, LastAdministrator) as refused:
            form.add_error(None, _(refused.message.text) % refused.message.params)
    return _page(model_admin, request, rows, deed, form, lines)


def _form(deed: Deed, data: Any) -> forms.Form:
    fields = {**deed.fields(), "why": reason_field()}
    return type("DeedForm", (forms.Form,), fields)(data)


def _apply(
    request: HttpRequest, rows: QuerySet[Any], deed: Deed, values: dict[str, Any]
) -> HttpResponse:
    """Do what was shown. Raises Stale, and does nothing, where the plan is another by now."""
    who = request.user.get_username()
    with transaction.atomic(), change(who, values["why"]) as door:
        lines = deed.plan(request.user, list(rows), values)
        if digest(lines) != request.POST.get("digest"):
            raise Stale
        going = [line for line in lines if not line.refusal]
        deed.do(door, going, values)
    if door.written is None:
        messages.info(request, _("Nothing was changed."))
        return redirect(request.get_full_path())
    text = ngettext(
        "Done, as one change of %(count)d row.",
        "Done, as one change of %(count)d rows.",
        len(going),
    )
    messages.success(request, text % {"count": len(going)})
    return redirect(reverse("admin:register_change_change", args=[door.written.pk]))


def _page(
    model_admin: Any,
    request: HttpRequest,
    rows: QuerySet[Any],
    deed: Deed,
    form: forms.Form,
    lines: list[Line],
) -> HttpResponse:
    context = {
        **model_admin.admin_site.each_context(request),
        "title": deed.title,
        "opts": model_admin.opts,
        "form": form,
        "lines": lines,
        "going": sum(not line.refusal for line in lines),
        "refused": sum(bool(line.refusal) for line in lines),
        "digest": digest(lines) if lines else "",
        "deed": deed,
        "count": rows.count(),
        "chosen": request.POST.getlist(SELECTED),
        "across": request.POST.get("select_across") == "1",
        "selected_name": SELECTED,
    }
    request.current_app = model_admin.admin_site.name
    return render(request, "steward/bulk.html", context)

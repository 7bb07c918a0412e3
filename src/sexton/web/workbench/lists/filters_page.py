"""The page of one's saved filters: saving, renaming, sharing, deleting."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sexton.messages import translate
from sexton.web.register.history import Conflict
from sexton.web.workbench.access import at_work
from sexton.web.workbench.lists import saved
from sexton.web.workbench.lists.asked import KINDS, Asked
from sexton.web.workbench.models import SavedFilter

REFUSED = 400
ADDRESSES = {"cases": "cases", "without": "cases-without"}


class FilterForm(forms.Form):
    """The name of a filter, and for whom it is."""

    name = forms.CharField(max_length=80, label=gettext_lazy("Name of the filter"))
    shared = forms.BooleanField(
        required=False, label=gettext_lazy("offer it to everybody at the workbench")
    )
    is_default = forms.BooleanField(
        required=False, label=gettext_lazy("show it to me first, whenever I open the list")
    )

    def clean_name(self) -> str:
        return " ".join(self.cleaned_data["name"].split())


@at_work()
@require_http_methods(["GET", "HEAD", "POST"])
def filters(request: HttpRequest) -> HttpResponse:
    """One's filters. POST: ``deed`` is ``save`` (with ``work_list`` and ``query``), ``change`` or
    ``delete`` (with ``filter``, its number)."""
    deed = request.POST.get("deed", "") if request.method == "POST" else ""
    if deed == "save":
        return _save(request)
    if deed in ("change", "delete"):
        own = SavedFilter.objects.filter(owner=request.user.get_username())
        number = request.POST.get("filter", "")
        row = get_object_or_404(own, pk=number if number.isdecimal() else 0)
        return _delete(request, row) if deed == "delete" else _change(request, row)
    return _page(request, status=REFUSED if request.method == "POST" else 200)


def _save(request: HttpRequest) -> HttpResponse:
    kind = KINDS.get(request.POST.get("work_list", ""), KINDS["cases"])
    asked = Asked.read(kind, request.POST.get("query", ""))
    form = FilterForm(request.POST)
    if form.is_valid():
        try:
            row = saved.save(asked, request.user.get_username(), **form.cleaned_data)
        except saved.CannotSave as error:
            form.add_error("name", _told(error))
        else:
            messages.success(request, _("The filter “%(name)s” is saved.") % {"name": row.name})
            return redirect(_address(row))
    return _page(request, REFUSED, new=form, kind=kind.name, query=asked.query())


def _change(request: HttpRequest, row: SavedFilter) -> HttpResponse:
    form = FilterForm(request.POST, prefix=str(row.pk))
    if form.is_valid():
        try:
            saved.edit(row, **form.cleaned_data)
        except (saved.CannotSave, Conflict) as error:
            form.add_error("name", _told(error))
        else:
            messages.success(request, _("The filter “%(name)s” is saved.") % {"name": row.name})
            return redirect("filters")
    return _page(request, REFUSED, changed=(row.pk, form))


def _delete(request: HttpRequest, row: SavedFilter) -> HttpResponse:
    try:
        saved.delete(row)
    except Conflict as error:
        messages.error(request, _told(error))
    else:
        messages.success(request, _("The filter “%(name)s” is deleted.") % {"name": row.name})
    return redirect("filters")


def _told(error: saved.CannotSave | Conflict) -> str:
    return translate(error.message, get_language() or "en")


def _page(
    request: HttpRequest,
    status: int = 200,
    changed: tuple[int, FilterForm] | None = None,
    **new: Any,
) -> HttpResponse:
    name = request.user.get_username()
    rows = list(saved.offered(name))
    forms_of = {row.pk: _form(row) for row in rows if row.owner == name}
    if changed:
        forms_of[changed[0]] = changed[1]
    context = {
        "title": _("Saved filters"),
        "own": [(row, _address(row), forms_of[row.pk]) for row in rows if row.owner == name],
        "others": [(row, _address(row)) for row in rows if row.owner != name],
        **new,
    }
    return render(request, "workbench/filters.html", context, status=status)


def _form(row: SavedFilter) -> FilterForm:
    values = {"name": row.name, "shared": row.shared, "is_default": row.is_default}
    return FilterForm(initial=values, prefix=str(row.pk))


def _address(row: SavedFilter) -> str:
    return f"{reverse(ADDRESSES[row.work_list])}?{saved.query_of(row)}"

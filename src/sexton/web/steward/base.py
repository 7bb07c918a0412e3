"""What all lists and forms of the desk have in common."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ORDER_VAR, ChangeList
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from sexton.web.accounts import roles
from sexton.web.accounts.models import RoleAssignment
from sexton.web.accounts.rights import may, may_drop, may_write, may_write_kind, visible
from sexton.web.register.history import Conflict, change, kind_of
from sexton.web.register.models import History, Versioned
from sexton.web.steward import bulk, codes, deeds, words
from sexton.web.steward.fields import KeyField, LinesField, OfferInput
from sexton.web.steward.forms import DoorForm
from sexton.web.steward.searching import search
from sexton.web.steward.shown import called, label, shown
from sexton.web.steward.story import story

SELECTED = admin.helpers.ACTION_CHECKBOX_NAME
DERIVED = ("when_edtf", "first_day", "last_day")


class DeskList(ChangeList):
    """A list whose title is in the desk's words."""

    def __init__(self, request: HttpRequest, model: Any, *args: Any) -> None:
        super().__init__(request, model, *args)
        self.opts = self.model_admin.opts
        self.title = self.opts.verbose_name_plural


class DeskAdmin(admin.ModelAdmin):
    """A list and its rows to look at. ``persons``, ``sites``, ``texts``: see ``searching``."""

    change_list_template = "steward/list.html"
    change_form_template = "steward/form.html"
    object_history_template = "steward/story.html"
    list_per_page = 50
    empty_value_display = ""
    view_on_site = False  # the form links the public page itself
    show_full_result_count = False
    actions_selection_counter = False
    search_fields: Sequence[str] = ("pk",)
    actions: Any = None
    persons = sites = ""
    texts: Sequence[str] = ()
    related_paths: Sequence[str] = ()

    def __init__(self, model: Any, admin_site: Any) -> None:
        super().__init__(model, admin_site)
        self.opts = words.Worded(model._meta)

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return DeskList

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return visible(request.user, super().get_queryset(request))

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        query = " ".join(search_term.replace("\x00", "").split())[:200]
        if not query:
            return queryset, False
        found = search(
            queryset,
            query,
            persons=self.persons,
            sites=self.sites,
            texts=self.texts,
            rank=ORDER_VAR not in request.GET,
        )
        return found, False

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest | None = None) -> bool:
        path = lookup.removesuffix("__exact").removesuffix("__id")
        return path in self.related_paths or super().lookup_allowed(lookup, value, request)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return may(request.user, "enter_desk")

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> None:
        """The register has a history of its own."""

    log_change = log_addition

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Sequence[str]:
        """The fields of the model in its order; what is derived is shown, once there is a row."""
        names = [f.name for f in self.model._meta.concrete_fields if f.editable and f.name != "id"]
        return [name for name in names if obj is not None or name not in DERIVED]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Sequence[str]:
        return [*self.readonly_fields, *(n for n in self.get_fields(request, obj) if n in DERIVED)]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        row = kwargs.get("obj")
        fixed = set(self.get_readonly_fields(request, row))
        if row is not None and not self.has_change_permission(request, row):
            fixed = set(self.get_fields(request, row))
        context |= {
            "lines": [
                self._line(name, row, None if name in fixed else context["adminform"].form)
                for name in self.get_fields(request, row)
            ],
            "about": self.about(request, row) if row is not None else [],
            "page": getattr(row, "get_absolute_url", lambda: "")() if row is not None else "",
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def _line(self, name: str, row: Any, form: forms.Form | None) -> dict[str, Any]:
        """A field of a form, or (without one) what it says; and where a reference leads."""
        bound = form[name] if form is not None and name in form.fields else None
        said: dict[str, Any] = {"label": label(self.model, name), "field": bound, "name": name}
        field = self.model._meta.get_field(name)
        if row is not None:
            said["text"] = shown(self.model, name, getattr(row, field.attname))
        target = self.admin_site._registry.get(field.related_model)
        if said.get("text") and target is not None:
            said["link"] = target.address("change", getattr(row, field.attname))
        return said

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """All states of a row: who, when, why, what was and what became of it."""
        row = self.get_object(request, unquote(object_id))
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not isinstance(row, Versioned):
            return redirect(self.address("change", row.pk))
        context = {
            **self.admin_site.each_context(request),
            "title": _("History: %(row)s") % {"row": called(row)},
            "opts": self.opts,
            "original": row,
            "steps": story(request.user, row),
        }
        request.current_app = self.admin_site.name
        return render(request, "steward/story.html", context)

    def address(self, view: str, pk: int) -> str:
        name = f"admin:{self.opts.app_label}_{self.opts.model_name}_{view}"
        return reverse(name, args=[pk], current_app=self.admin_site.name)

    def about(self, request: HttpRequest, row: Any) -> list[dict[str, Any]]:
        """What refers to a row: a link to the list of it, how many, whether one may add to it."""
        found = []
        for relation in self.model._meta.related_objects:
            other = self.admin_site._registry.get(relation.related_model)
            if other is None or relation.many_to_many or not other.has_view_permission(request):
                continue
            name = relation.field.name
            count = other.get_queryset(request).filter(**{name: row}).count()
            add = isinstance(other, RegisterAdmin) and other.has_add_permission(request)
            if count or add:
                found.append(_about(other, name, row, count, add))
        return found


def _about(other: DeskAdmin, name: str, row: Any, count: int, add: bool) -> dict[str, Any]:
    address = f"admin:{other.opts.app_label}_{other.opts.model_name}"
    return {
        "name": other.opts.verbose_name_plural,
        "as": label(other.model, name),
        "count": count,
        "list": f"{reverse(f'{address}_changelist')}?{name}__id__exact={row.pk}",
        "add": f"{reverse(f'{address}_add')}?{name}={row.pk}" if add else "",
    }


class RegisterAdmin(DeskAdmin):
    """Rows with a history: every saving is a change with a reason, every older state is kept.

    ``set_together`` are the fields that can be given one value for many rows at once.
    """

    form = DoorForm
    set_together: Sequence[str] = ()

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # ``get_queryset`` has left out what may not be seen before any row comes here.
        return super().has_view_permission(request, obj)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return may_write_kind(request.user, self.model)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is None:
            return may_write_kind(request.user, self.model)
        return may_write(request.user, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is not None and may_drop(request.user, obj)

    def get_form(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> type[DoorForm]:  # type: ignore[override]
        made = super().get_form(request, obj, **kwargs)
        made.user = request.user
        return made  # type: ignore[return-value]

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """What an address may fill in: the row to which something is added."""
        names = {f.name for f in self.model._meta.concrete_fields if f.related_model}
        given = super().get_changeform_initial_data(request)
        return {
            n: int(v)
            for n, v in given.items()
            if n in names and str(v).isascii() and str(v).isdigit()
        }

    def formfield_for_dbfield(
        self, db_field: Any, request: HttpRequest | None, **kwargs: Any
    ) -> forms.Field | None:
        kwargs["label"] = label(self.model, db_field.name)
        if db_field.related_model is not None:
            rows = visible(request.user, db_field.related_model._default_manager.all())  # type: ignore[union-attr]
            return KeyField(rows, required=not db_field.blank, label=kwargs["label"])
        if isinstance(db_field, models.JSONField):
            return LinesField(required=not db_field.blank, label=kwargs["label"])
        if isinstance(db_field, models.DateField):
            kwargs["widget"] = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        if isinstance(db_field, models.TextField):
            kwargs["widget"] = forms.Textarea(attrs={"rows": 3})
        known = codes.CODES.get((kind_of(self.model), db_field.name), {})
        if known and not db_field.choices:
            kwargs["widget"] = OfferInput(known.items())
        made = db_field.formfield(**kwargs)
        if made is not None and hasattr(made, "choices"):
            made.choices = [(code, known.get(code, text)) for code, text in made.choices]
        return made  # type: ignore[no-any-return]

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        posted = request.method == "POST" and object_id is not None
        if posted and (gone := self._gone(request, unquote(str(object_id)))):
            return gone
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Conflict:
            # Somebody saved between our look and our saving: look again, and tell.
            return super().changeform_view(request, object_id, form_url, extra_context)

    def _gone(self, request: HttpRequest, pk: str) -> HttpResponse | None:
        """A page that keeps what was typed, where the row was taken out meanwhile."""
        if not pk.isdecimal() or self.model._default_manager.filter(pk=pk).exists():
            return None
        past = History.objects.filter(kind=kind_of(self.model), object_id=pk)
        last = past.select_related("ended").last()
        if last is None or not self.has_change_permission(request):
            return None
        typed = [
            (label(self.model, name), value)
            for name in self.get_fields(request)
            if (value := request.POST.get(name))
        ]
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "last": last.ended,
            "typed": [*typed, (_("Reason for this change"), request.POST.get("why", ""))],
        }
        return render(request, "steward/gone.html", context, status=409)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        write(request.user, obj, form, add=not change)

    def construct_change_message(self, *args: Any, **kwargs: Any) -> str:
        return ""

    def response_add(
        self, request: HttpRequest, obj: Any, post_url_continue: Any = None
    ) -> HttpResponse:
        messages.success(request, _("“%(row)s” is added.") % {"row": obj})
        return redirect(self.address("change", obj.pk))

    def response_change(self, request: HttpRequest, obj: Any) -> HttpResponse:
        if str(obj.version) == request.POST.get("seen"):
            messages.info(request, _("Nothing was changed."))
        else:
            messages.success(request, _("“%(row)s” is saved.") % {"row": called(obj)})
        return redirect(self.address("history", obj.pk))

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: Any = None
    ) -> HttpResponse:
        """Taking one row out is the bulk action on one row: preview, reason, one change."""
        row = self.get_object(request, unquote(object_id))
        if row is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        if not self.has_delete_permission(request, row):
            raise PermissionDenied
        rows = self.get_queryset(request).filter(pk=row.pk)
        return bulk.run(self, request, rows, deeds.TakeOut(self.model))

    def deeds(self, request: HttpRequest) -> Iterable[deeds.Deed]:
        """What can be done to many rows at once."""
        if may_write_kind(request.user, self.model):
            for name in self.set_together:
                field = self.formfield_for_dbfield(self.model._meta.get_field(name), request)
                if field is not None:
                    yield deeds.SetValue(self.model, name, field)
            yield deeds.TakeOut(self.model)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return {deed.name: (action_of(deed), deed.name, deed.title) for deed in self.deeds(request)}

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The list; “all that the list finds” needs no row to be chosen besides."""
        if request.POST.get("select_across") == "1" and SELECTED not in request.POST:
            posted: QueryDict = request.POST.copy()
            posted.setlist(SELECTED, ["0"])
            request.POST = posted  # type: ignore[assignment]
        return super().changelist_view(request, extra_context)


def write(user: Any, row: Versioned, form: DoorForm, *, add: bool) -> None:
    """Save what a form says, through the door. Raises Conflict, LastAdministrator."""
    who, why = user.get_username(), form.cleaned_data["why"]
    with change(who, why) as door:
        if add:
            door.add(row)
            return
        values: Mapping[str, Any] = form.written
        stored = type(row)._default_manager.get(pk=row.pk)
        door.edit(stored, seen=form.cleaned_data["seen"], **values)
        row.__dict__.update(stored.__dict__)
        if isinstance(row, RoleAssignment):
            roles.see_to_administrators()


def action_of(deed: deeds.Deed) -> Any:
    def act(model_admin: RegisterAdmin, request: HttpRequest, rows: QuerySet[Any]) -> HttpResponse:
        return bulk.run(model_admin, request, rows, deed)

    return act

"""The lists of the desk: for each model its columns, its filters, and by what it is found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sexton.messages import Message, translate
from sexton.names import fold
from sexton.web.accounts.rights import may
from sexton.web.public.photographs import picture_of
from sexton.web.register.models import Finding, Membership, Person
from sexton.web.steward import deeds
from sexton.web.steward.base import DeskAdmin, RegisterAdmin
from sexton.web.steward.columns import by, col, filled, title, yes_no
from sexton.web.steward.forms import ClaimForm
from sexton.web.steward.photographs import OF_THE_FILE, PhotographForm

SOURCED = ("source", "record")


class PersonAdmin(RegisterAdmin):
    """Persons follow from records and decisions; by hand only those of whom no record speaks."""

    list_display = (col("name"), col("key"), yes_no("is_named"), col("record_count"))
    list_filter = (by("is_named"), by("record_count"))
    persons = "pk"
    texts: Sequence[str] = ("key",)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Sequence[str]:
        return ("key", "name", "sort_name", "is_named", "record_count")

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Sequence[str]:
        follows = obj is not None and obj.memberships.exists()
        return ("key", "name", "sort_name", "is_named", "record_count") if follows else (
            "record_count",)  # fmt: skip

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        by_hand = obj is None or not obj.memberships.exists()
        return by_hand and super().has_change_permission(request, obj)

    def save_model(self, request: HttpRequest, obj: Person, form: Any, change: bool) -> None:
        if not change:
            obj.record_count, obj.sort_name = 0, obj.sort_name or fold(obj.name)
        super().save_model(request, obj, form, change)

    def about(self, request: HttpRequest, row: Person) -> list[dict[str, Any]]:
        """His records and their claims besides what refers to him."""
        count = Membership.objects.filter(person=row).count()
        told = super().about(request, row)
        if not count:
            return told
        return [
            _list(self, "record", f"membership__person__id__exact={row.pk}", count),
            _list(self, "claim", f"record__membership__person__id__exact={row.pk}", None),
            *told,
        ]


def _list(model_admin: DeskAdmin, kind: str, query: str, count: int | None) -> dict[str, Any]:
    from django.urls import reverse

    from sexton.web.steward.words import model_name

    address = f"{reverse(f'admin:register_{kind}_changelist')}?{query}"
    name = model_name(kind, several=True)
    return {"name": name, "as": "", "count": count, "list": address, "add": ""}


class RecordAdmin(DeskAdmin):
    """Verbatim: looked at, never changed; decided whether two speak of one man."""

    list_display = (col("name", sort=False), col("key"), col("site"), col("source"))
    list_filter = (by("is_named"), by("source"), by("site__province"))
    list_select_related = ("site", "source")
    persons, sites = "membership__person", "site"
    texts: Sequence[str] = ("key",)
    related_paths = ("membership__person",)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Sequence[str]:
        return ("key", "fields", "extra", "source", "site", "file", "row", "replaces", "is_named")

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        if not may(request.user, "judge"):
            return {}
        one, two = _("One man: decide so"), _("Two men: decide so")
        return _as_actions(deeds.Decide("same", one), deeds.Decide("different", two))


class LinkAdmin(DeskAdmin):
    """What sources and reviewers say of two records; a decision can be taken back."""

    list_display = (col("left"), col("right"), col("verdict"), yes_no("decided"), col("reason"))
    list_filter = (by("verdict"), by("decided"))
    list_select_related = ("left", "right")
    persons = "left__membership__person"
    texts: Sequence[str] = ("reason", "left__key", "right__key")

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return _as_actions(deeds.Withdraw()) if may(request.user, "judge") else {}


class ClaimAdmin(RegisterAdmin):
    """What sources say; the verdict on it is an action of its own."""

    form = ClaimForm
    list_display = (
        col("property"), col("value"), col("read"), col("record"), col("source"), col("state"),
        yes_no("preferred"),
    )  # fmt: skip
    list_filter = (by("property"), by("state"), by("preferred"))
    list_select_related = ("record", "source")
    persons, sites = "record__membership__person", "site"
    related_paths = ("record__membership__person",)
    set_together = ("citation", "language")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Sequence[str]:
        return [n for n in super().get_fields(request, obj) if n not in {"read_by"}]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Sequence[str]:
        """What a record writes stays as written; the verdict has actions of its own."""
        verdict = ["state", "preferred", "reason", "first_day", "last_day"]
        said = ["record", "source", "property", "value", "person", "site", "grave",
                "organisation", "event", "qualifiers"]  # fmt: skip
        return [*verdict, *(said if obj is not None and obj.record_id else [])]

    def deeds(self, request: HttpRequest) -> Iterable[deeds.Deed]:
        if may(request.user, "judge"):
            yield deeds.Prefer()
            yield deeds.Judge("disputed", _("Say: disputed"))
            yield deeds.Judge("disproven", _("Say: disproven"))
            yield deeds.Judge("asserted", _("Say: asserted again"))
        yield from super().deeds(request)


class SiteAdmin(RegisterAdmin):
    list_display = (
        title, col("municipality"), col("province"), col("kind"), col("coord_precision"),
    )  # fmt: skip
    list_filter = (by("province"), by("kind"), filled("latitude"), filled("source"))
    sites = "pk"
    texts: Sequence[str] = ("key", "names", "municipality", "facts", "heritage_status")
    set_together = ("province", "kind", "municipality", "coord_source", "coord_precision",
                    "heritage_status", "source", "owner", "caretaker")  # fmt: skip


class SiteNameAdmin(RegisterAdmin):
    list_display = (col("name"), col("site"), col("kind"), col("language"))
    list_filter = (by("kind"), by("language"))
    list_select_related = ("site",)
    sites = "site"
    texts: Sequence[str] = ("name",)
    set_together = ("kind", "language", "source")


class GraveAdmin(RegisterAdmin):
    list_display = (col("key"), col("site"), col("kind"), col("plot"), col("row"), col("number"))
    list_filter = (by("kind"), by("site__province"), filled("latitude"))
    list_select_related = ("site",)
    sites = "site"
    texts: Sequence[str] = ("key", "plot", "row", "number", "remarks")
    set_together = ("kind", "plot", "row", "coord_source", "coord_precision", "source")


class GraveCountAdmin(RegisterAdmin):
    list_display = (col("site"), col("category"), col("known"), col("unknown"), col("when"),
                    col("source"))  # fmt: skip
    list_filter = (by("category"), by("site__province"))
    list_select_related = ("site", "source")
    sites = "site"
    texts: Sequence[str] = ("written",)
    set_together = ("category", "source", "when")


class MarkerAdmin(RegisterAdmin):
    list_display = (col("kind"), col("site"), col("material"), col("when"))
    list_filter = (by("kind"), by("site__province"))
    list_select_related = ("site",)
    sites = "site"
    texts: Sequence[str] = ("material", "remarks")
    set_together = ("kind", "material", "when", "source")


class MarkingAdmin(RegisterAdmin):
    list_display = (col("marker"), col("grave"), col("person"))
    list_select_related = ("marker", "grave", "person")
    persons, sites = "person", "marker__site"


class MemorialAdmin(RegisterAdmin):
    list_display = (title, col("site"), col("kind"), col("when"))
    list_filter = (by("kind"), by("site__province"))
    list_select_related = ("site",)
    sites = "site"
    texts: Sequence[str] = ("key", "names", "remembers", "remarks")
    set_together = ("kind", "when", "source")


class InscriptionAdmin(RegisterAdmin):
    list_display = (col("text"), col("language"), col("when"), col("read_by"))
    list_filter = (by("language"), filled("photo"))
    sites = "marker__site"
    texts: Sequence[str] = ("text",)
    set_together = ("language", "read_by", "source")


class EventAdmin(RegisterAdmin):
    list_display = (col("kind"), title, col("when"), col("place"), col("site"))
    list_filter = (by("kind"), filled("source"))
    list_select_related = ("site",)
    persons, sites = "participants__person", "site"
    texts: Sequence[str] = ("key", "title", "place", "remarks")
    set_together = ("kind", "when", "place", "organisation", "source")


class ParticipantAdmin(RegisterAdmin):
    list_display = (col("person"), col("event"), col("role"))
    list_filter = (by("role"), by("event__kind"))
    list_select_related = ("person", "event")
    persons = "person"
    set_together = ("role", "event", "source")


class OrganisationAdmin(RegisterAdmin):
    list_display = (col("name"), col("kind"), col("place"), col("parent"), col("when"))
    list_filter = (by("kind"), filled("source"), filled("latitude"))
    list_select_related = ("parent",)
    texts: Sequence[str] = ("key", "name", "place", "remarks", "other_names__name")
    set_together = ("kind", "parent", "place", "source")


class OrganisationNameAdmin(RegisterAdmin):
    list_display = (col("name"), col("organisation"), col("kind"), col("language"))
    list_filter = (by("kind"),)
    list_select_related = ("organisation",)
    texts: Sequence[str] = ("name", "organisation__name")
    set_together = ("kind", "language", "source")


class AffiliationAdmin(RegisterAdmin):
    list_display = (col("person"), col("organisation"), col("number"), col("role"), col("when"))
    list_filter = (by("organisation__kind"),)
    list_select_related = ("person", "organisation")
    persons = "person"
    texts: Sequence[str] = ("number", "role", "organisation__name")
    set_together = ("organisation", "role", "when", "source")


class PersonNameAdmin(RegisterAdmin):
    list_display = (col("written"), col("person"), col("kind"), col("language"), col("source"))
    list_filter = (by("kind"), by("language"))
    list_select_related = ("person", "source")
    persons = "person"
    texts: Sequence[str] = ("written",)
    set_together = ("kind", "language", "source")


class RelationAdmin(RegisterAdmin):
    list_display = (col("person"), col("kind"), col("other"), col("named"), yes_no("private"))
    list_filter = (by("kind"), by("private"))
    list_select_related = ("person", "other")
    persons = "person"
    texts: Sequence[str] = ("named",)
    set_together = ("kind", "private", "source")


class SourceAdmin(RegisterAdmin):
    list_display = (title, col("kind"), col("holder"), col("reference"), col("read"))
    list_filter = (by("kind"), by("read"), by("language"), filled("licence"))
    texts: Sequence[str] = ("key", "title", "url", "holder", "reference", "publisher", "holds")
    set_together = ("kind", "parent", "holder", "licence", "language", "publisher", "read")


class StatementAdmin(RegisterAdmin):
    list_display = (col("subject"), col("measure"), col("value"), col("stated_by"),
                    col("stated_on"))  # fmt: skip
    list_filter = (by("subject"), filled("source"))
    sites = "site"
    texts: Sequence[str] = ("subject", "measure", "value", "stated_by", "source_text")
    set_together = ("source", "site")


class DocumentAdmin(RegisterAdmin):
    list_display = (col("title"), col("kind"), col("when"), col("source"), col("use"),
                    col("hidden_until"))  # fmt: skip
    list_filter = (by("use"), by("kind"), by("language"))
    list_select_related = ("source",)
    texts: Sequence[str] = ("key", "title", "text", "rights_holder")
    set_together = ("use", "hidden_until", "rights_holder", "licence", "language", "source")


class ImageAdmin(RegisterAdmin):
    """Photographs and scans: the file comes in by the form, what is kept of it is derived."""

    form = PhotographForm
    list_display = (title, col("site"), col("memorial"), col("use"), col("hidden_until"))
    list_filter = (by("use"), by("shows_living"), filled("licence"), by("site__province"))
    list_select_related = ("site", "memorial", "document")
    sites = "site"
    persons = "person"
    texts: Sequence[str] = ("caption", "file", "rights_holder")
    set_together = ("use", "hidden_until", "rights_holder", "licence", "site", "source")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Sequence[str]:
        names = super().get_fields(request, obj)
        kept = [name for name in names if name not in OF_THE_FILE]
        return [*kept, *OF_THE_FILE] if obj is not None else kept

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Sequence[str]:
        return [*super().get_readonly_fields(request, obj), *(OF_THE_FILE if obj else ())]

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        """The file first; and the photograph itself, for those who may see it."""
        row = kwargs.get("obj")
        form = context["adminform"].form
        context["upload"] = form["upload"] if "upload" in form.fields else None
        context["shown"] = picture_of(row) if row is not None and row.digest else None
        return super().render_change_form(request, context, *args, **kwargs)


class RegionAdmin(RegisterAdmin):
    list_display = (col("text"), col("image"))
    sites = "image__site"
    texts: Sequence[str] = ("text",)


class FindingAdmin(DeskAdmin):
    """What the audit found; it is computed, so there is nothing to change."""

    list_display = ("told", col("kind"), col("severity"))
    list_filter = (by("severity"), by("kind"))
    persons, sites = "records__membership__person", "sites"
    texts: Sequence[str] = ("ids",)

    def told(self, finding: Finding) -> str:
        return translate(Message(**finding.message), get_language() or "en")

    told.short_description = _("What was found")  # type: ignore[attr-defined]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Sequence[str]:
        return ("kind", "severity", "ids", "message")


def _as_actions(*chosen: deeds.Deed) -> dict[str, Any]:
    from sexton.web.steward.base import action_of

    return {deed.name: (action_of(deed), deed.name, deed.title) for deed in chosen}

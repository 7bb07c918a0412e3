"""The desk's words: what models, fields and codes are called, in words that can be translated.

They stand here and not in the models, which know no words (see ``register.labels``).
"""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sexton.web.register import labels, model_names
from sexton.web.register.history import kind_of

Word = str | Promise

# Model: one, several. In the order and groups of the desk's first page.
GROUPS: tuple[tuple[Word, tuple[str, ...]], ...] = (
    (_("The dead"), ("person", "personname", "relation", "record", "recordlink", "claim")),
    (_("Places"), ("site", "sitename", "grave", "gravecount", "marker", "marking", "memorial",
                   "inscription")),
    (_("What happened"), ("event", "participant", "organisation", "organisationname",
                          "affiliation")),
    (_("Sources and papers"), ("source", "statement", "document", "image", "region")),
    (_("From readers"), ("contribution",)),
    (_("Faults and history"), ("finding", "change")),
    (_("Accounts"), ("user", "roleassignment")),
)  # fmt: skip
MODELS: dict[str, tuple[Word, Word]] = {
    **model_names.MODELS,
    "contribution": (_("Letter of a reader"), _("Letters of readers")),
    "roleassignment": (_("Role"), _("Roles")),
    "user": (_("Account"), _("Accounts")),
}
FIELDS: dict[str, Word] = {
    "address": _("Address as written"),
    "alt": _("What is to be seen on it, by language"),
    "at": _("When"),
    "batch": _("Batch"),
    "by": _("Who"),
    "caption": _("Caption"),
    "caretaker": _("Kept by"),
    "category": _("Of whom"),
    "certainty": _("Certainty, as stated"),
    "citation": _("Page or place in the source"),
    "coord_precision": _("How exact the coordinates are"),
    "coord_source": _("Where the coordinates are from"),
    "decided": _("Decided by a reviewer"),
    "digest": _("Digest of the file"),
    "document": _("Document"),
    "erected_year": _("Erected"),
    "event": _("Event"),
    "extra": _("Further columns"),
    "facts": _("Notes"),
    "fields": _("As written"),
    "file": _("File"),
    "first_day": _("First day it can mean"),
    "follows": _("Follows"),
    "grave": _("Grave"),
    "group": _("Group"),
    "height": _("Height"),
    "heritage_status": _("Protection as heritage"),
    "hidden_until": _("Not shown before"),
    "holder": _("Holder"),
    "holds": _("What it holds"),
    "image": _("Image"),
    "inscription_language": _("Language of the inscription"),
    "is_active": _("Open"),
    "is_named": _("Has a name"),
    "key": _("Key"),
    "kind": _("Kind"),
    "known": _("Known by name"),
    "last_day": _("Last day it can mean"),
    "latitude": _("Latitude"),
    "left": _("Left edge (share)"),
    "licence": _("Licence"),
    "longitude": _("Longitude"),
    "low": _("At least"),
    "high": _("At most"),
    "marker": _("Grave marker"),
    "material": _("Material"),
    "measure": _("What is counted"),
    "memorial": _("Memorial"),
    "message": _("What was found"),
    "municipality": _("Municipality"),
    "name": _("Name"),
    "named": _("Named as"),
    "names": _("Names by language"),
    "number": _("Number"),
    "organisation": _("Organisation"),
    "other": _("The other person"),
    "owner": _("Owner"),
    "page": _("Page"),
    "parent": _("Part of"),
    "person": _("Person"),
    "persons_buried": _("Persons buried, as stated"),
    "persons_unknown": _("Of them unnamed, as stated"),
    "photo": _("Photograph (number of the image)"),
    "place": _("Place"),
    "plot": _("Plot"),
    "preferred": _("Shown first"),
    "private": _("Private: names the living"),
    "property": _("Property"),
    "province": _("Province"),
    "publisher": _("Publisher"),
    "qualifiers": _("Qualified by"),
    "read": _("As read here"),
    "read_by": _("Read by"),
    "read_on": _("Day of reading"),
    "reading": _("As read"),
    "reason": _("Reason"),
    "record": _("Record"),
    "record_count": _("Records"),
    "reference": _("Reference"),
    "refers_to": _("Refers to"),
    "region": _("Part of an image"),
    "relation": _("Relation"),
    "remembers": _("Whom it remembers"),
    "replaces": _("Replaces"),
    "right": _("The other record"),
    "rights_holder": _("Rights holder"),
    "role": _("Role"),
    "roles": _("Roles"),
    "row": _("Row"),
    "severity": _("Severity"),
    "sheet": _("File taken in"),
    "shows_living": _("Living persons can be recognised on it"),
    "site": _("Site"),
    "sites": _("Sites"),
    "sort_name": _("Sorted as"),
    "source": _("Source"),
    "source_text": _("Source as written"),
    "state": _("State"),
    "stated_by": _("Stated by"),
    "stated_on": _("Stated on"),
    "subject": _("About"),
    "subject_kind": _("About what"),
    "subject_name": _("What it is about"),
    "text": _("Text"),
    "title": _("Title"),
    "top": _("Upper edge (share)"),
    "translations": _("Translations by language"),
    "undoes": _("Takes back"),
    "unknown": _("Unknown by name"),
    "until": _("Until (last day)"),
    "url": _("Web address"),
    "use": _("May be shown"),
    "user": _("Account"),
    "username": _("Account name"),
    "value": _("Value as written"),
    "verdict": _("Verdict"),
    "when": _("When, as written"),
    "when_edtf": _("When, as EDTF"),
    "width": _("Width"),
    "within": _("Within the grave"),
    "written": _("As written"),
}
# Where a field means something else in one model.
SPECIAL: dict[tuple[str, str], Word] = {
    ("recordlink", "left"): _("One record"),
    ("image", "when"): _("Taken when, as written"),
    ("image", "record"): _("Record that it shows"),
    ("source", "read"): _("Read whole or in part"),
}


def model_name(kind: str, several: bool = False) -> Word:
    """What a model is called, one or several of it."""
    pair = MODELS.get(kind)
    return pair[several] if pair else kind


def field_name(kind: str, name: str) -> Word:
    """What a field is called."""
    found = SPECIAL.get((kind, name)) or FIELDS.get(name) or labels.FIELDS.get(name)
    return found or name.replace("_", " ")


class Worded:
    """A model's options as Django's admin asks for them, but with the desk's words."""

    def __init__(self, options: Any) -> None:
        self._options = options
        self.verbose_name = model_name(kind_of(options.model))
        self.verbose_name_plural = model_name(kind_of(options.model), several=True)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._options, name)

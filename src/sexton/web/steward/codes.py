"""What the codes of the register's fields mean, for the desk's forms, columns and filters."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from sexton.web.contributions.words import STATES as LETTER_STATES
from sexton.web.register import labels
from sexton.web.steward.words import Word

_PRECISION: dict[str, Word] = {
    "grave": _("to the grave"), "plot": _("to the plot"), "site": _("to the site"),
    "village": _("to the village"), "municipality": _("to the municipality"),
}  # fmt: skip
_USE: dict[str, Word] = {
    "public": _("to everybody"), "on_request": _("on request"), "private": _("not"),
}  # fmt: skip
_SOURCE: dict[str, Word] = {
    "holder": _("Holder of archives"), "fonds": _("Fonds"), "series": _("Series"),
    "file": _("File of an archive"), "card_index": _("Card index"), "list": _("List"),
    "book": _("Book"), "web_page": _("Web page"), "letter": _("Letter"),
    "interview": _("Interview"), "stone": _("Stone"), "map": _("Map"),
}  # fmt: skip
_ORGANISATION: dict[str, Word] = {
    "camp": _("Camp"), "mine": _("Mine"), "work_detachment": _("Work detachment"),
    "hospital": _("Hospital"), "resistance_movement": _("Resistance movement"),
    "military_unit": _("Military unit"), "commune": _("Commune"), "parish": _("Parish"),
    "school": _("School"), "association": _("Association"), "archive": _("Archive"),
    "embassy": _("Embassy"), "other": _("Other"),
}  # fmt: skip
_EVENT: dict[str, Word] = {
    "birth": _("Birth"), "draft": _("Draft"), "capture": _("Capture"),
    "registration": _("Registration"), "transfer": _("Transfer"), "work": _("Work"),
    "escape": _("Escape"), "joining": _("Joining"), "wound": _("Wound"), "illness": _("Illness"),
    "combat": _("Combat"), "execution": _("Execution"), "death": _("Death"),
    "burial": _("Burial"), "exhumation": _("Exhumation"), "reburial": _("Reburial"),
    "marking": _("Marking of the grave"), "commemoration": _("Commemoration"),
}  # fmt: skip
_NAME_OF: dict[str, Word] = {
    "official": _("official"), "former": _("former"), "local": _("local"),
    "in_source": _("in a source"), "number": _("number"), "garbled": _("garbled"),
}  # fmt: skip
CODES: dict[tuple[str, str], dict[str, Word]] = {
    ("source", "kind"): _SOURCE,
    ("source", "read"): labels.READ,
    ("organisation", "kind"): _ORGANISATION,
    ("organisationname", "kind"): _NAME_OF,
    ("sitename", "kind"): _NAME_OF,
    ("site", "kind"): labels.SITE_KINDS,
    ("site", "province"): labels.PROVINCES,
    ("site", "coord_precision"): _PRECISION,
    ("grave", "coord_precision"): _PRECISION,
    ("grave", "kind"): {
        "single": _("Single grave"), "common": _("Common grave"), "cenotaph": _("Cenotaph"),
        "slot": _("Place in a common grave"),
    },
    ("gravecount", "category"): labels.CATEGORIES,
    ("recordlink", "verdict"): {"same": _("one man"), "different": _("two men")},
    ("personname", "kind"): {
        "birth": _("at birth"), "restored": _("restored"), "on_stone": _("on a stone"),
        "in_source": _("in a source"), "alias": _("alias"), "partisan": _("partisan name"),
        "married": _("by marriage"),
    },
    ("relation", "kind"): {
        "mother": _("Mother"), "father": _("Father"), "parent": _("Parent"), "wife": _("Wife"),
        "husband": _("Husband"), "sibling": _("Brother or sister"), "child": _("Child"),
        "kin": _("Relative"), "comrade": _("Comrade"), "next_of_kin": _("Next of kin"),
    },
    ("event", "kind"): _EVENT,
    ("participant", "role"): {
        "subject": _("Of whom it tells"), "fell": _("Fell"), "buried": _("Was buried"),
        "captured": _("Was captured"), "wounded": _("Was wounded"), "witness": _("Witness"),
        "perpetrator": _("Perpetrator"), "commemorated": _("Is commemorated"),
        "organiser": _("Organiser"),
    },
    ("document", "use"): _USE,
    ("image", "use"): _USE,
    ("marker", "kind"): {
        "cross": _("Cross"), "stone": _("Stone"), "plate": _("Plate"), "plaque": _("Plaque"),
        "obelisk": _("Obelisk"), "none": _("None"), "other": _("Other"),
    },
    ("memorial", "kind"): labels.MEMORIAL_KINDS,
    ("claim", "state"): {
        "asserted": _("asserted"), "disputed": _("disputed"), "disproven": _("disproven"),
    },
    ("claim", "property"): labels.FIELDS,
    ("contribution", "state"): LETTER_STATES,
    ("contribution", "language"): labels.LANGUAGES,
    ("contribution", "subject_kind"): {
        "person": _("Person"), "site": _("Site"), "organisation": _("Organisation"),
        "record": _("Record"), "source": _("Source"),
    },
    ("roleassignment", "role"): labels.ACCOUNT_ROLES,
    ("finding", "kind"): labels.FINDING_KINDS,
    ("finding", "severity"): labels.SEVERITIES,
}  # fmt: skip


def code_word(kind: str, field: str, code: str) -> Word:
    """What a code means; one that is not known is shown as it is."""
    return CODES.get((kind, field), {}).get(code) or code.replace("_", " ")

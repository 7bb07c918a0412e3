"""What the kinds of rows are called, one and several, in words that can be translated.

They stand here and not in the models, which know no words (see ``labels``).
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Word = str | Promise

MODELS: dict[str, tuple[Word, Word]] = {
    "affiliation": (_("Membership of an organisation"), _("Memberships of organisations")),
    "change": (_("Change"), _("Changes")),
    "claim": (_("Claim"), _("Claims")),
    "document": (_("Document"), _("Documents")),
    "event": (_("Event"), _("Events")),
    "finding": (_("Finding of the audit"), _("Findings of the audit")),
    "grave": (_("Grave"), _("Graves")),
    "gravecount": (_("Count of the dead"), _("Counts of the dead")),
    "image": (_("Image"), _("Images")),
    "inscription": (_("Inscription"), _("Inscriptions")),
    "marker": (_("Grave marker"), _("Grave markers")),
    "marking": (_("Whom a marker stands for"), _("Whom markers stand for")),
    "membership": (_("Record of a person"), _("Records of a person")),
    "memorial": (_("Memorial"), _("Memorials")),
    "organisation": (_("Organisation"), _("Organisations")),
    "organisationname": (_("Other name of an organisation"), _("Other names of organisations")),
    "participant": (_("Part in an event"), _("Parts in events")),
    "person": (_("Person"), _("Persons")),
    "personname": (_("Name of a person"), _("Names of persons")),
    "record": (_("Record"), _("Records")),
    "recordlink": (_("Link between records"), _("Links between records")),
    "region": (_("Part of an image"), _("Parts of images")),
    "relation": (_("Relation"), _("Relations")),
    "sheet": (_("File taken in"), _("Files taken in")),
    "sheetrow": (_("Row of a file"), _("Rows of files")),
    "site": (_("Site"), _("Sites")),
    "sitename": (_("Other name of a site"), _("Other names of sites")),
    "source": (_("Source"), _("Sources")),
    "statement": (_("Statement"), _("Statements")),
    "verdict": (_("Verdict on a finding"), _("Verdicts on findings")),
}

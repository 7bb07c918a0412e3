"""What the kinds of rows are called, one and several, in words that can be translated.

They stand here and not in the models, which know no words (see ``labels``).
"""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Word = str | Promise

MODELS: dict[str, tuple[Word, Word]] = {
    "affiliation": (_("Membership of an organisation"), _("Memberships of organisations")),
    "case": (_("Case"), _("Cases")),
    "change": (_("Change"), _("Changes")),
    "claim": (_("Claim"), _("Claims")),
    "clue": (_("Clue"), _("Clues")),
    "decision": (_("Decision on a case"), _("Decisions on cases")),
    "document": (_("Document"), _("Documents")),
    "event": (_("Event"), _("Events")),
    "finding": (_("Finding of the audit"), _("Findings of the audit")),
    "grave": (_("Grave"), _("Graves")),
    "gravecount": (_("Count of the dead"), _("Counts of the dead")),
    "group": (_("Group of graves"), _("Groups of graves")),
    "groupbody": (_("Grave of a group"), _("Graves of groups")),
    "groupname": (_("Name of a group"), _("Names of groups")),
    "image": (_("Image"), _("Images")),
    "inscription": (_("Inscription"), _("Inscriptions")),
    "judgement": (_("Judgement on a candidate"), _("Judgements on candidates")),
    "letter": (_("Letter to an archive"), _("Letters to archives")),
    "marker": (_("Grave marker"), _("Grave markers")),
    "marking": (_("Whom a marker stands for"), _("Whom markers stand for")),
    "membership": (_("Record of a person"), _("Records of a person")),
    "memorial": (_("Memorial"), _("Memorials")),
    "negativesearch": (_("Search without result"), _("Searches without result")),
    "organisation": (_("Organisation"), _("Organisations")),
    "organisationname": (_("Other name of an organisation"), _("Other names of organisations")),
    "participant": (_("Part in an event"), _("Parts in events")),
    "person": (_("Person"), _("Persons")),
    "personname": (_("Name of a person"), _("Names of persons")),
    "plateproof": (_("Proof of a plate"), _("Proofs of plates")),
    "record": (_("Record"), _("Records")),
    "recordlink": (_("Link between records"), _("Links between records")),
    "region": (_("Part of an image"), _("Parts of images")),
    "relation": (_("Relation"), _("Relations")),
    "rulesversion": (_("Version of the rules of evidence"), _("Versions of the rules of evidence")),
    "savedfilter": (_("Saved filter"), _("Saved filters")),
    "sheet": (_("File taken in"), _("Files taken in")),
    "sheetrow": (_("Row of a file"), _("Rows of files")),
    "site": (_("Site"), _("Sites")),
    "sitename": (_("Other name of a site"), _("Other names of sites")),
    "source": (_("Source"), _("Sources")),
    "statement": (_("Statement"), _("Statements")),
    "verdict": (_("Verdict on a finding"), _("Verdicts on findings")),
}

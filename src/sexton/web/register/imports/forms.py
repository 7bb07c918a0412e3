"""The tables of facts beside persons: what columns each has, and how a file is known for one.

Each row says on what it rests: ``source`` (an address or title of the list of sources),
``rests_on`` (which cell of which table), ``quote`` (its words), ``language``, and ``concluded``
(what goes beyond the words). A table of persons' facts has the source of the entry that it names.
"""

from __future__ import annotations

from sexton.records.tables import Form
from sexton.web.register.models import events, markers, organisations, people

EVIDENCE = ("rests_on", "quote", "language", "concluded")
SOURCED = ("source", *EVIDENCE)
POSITION = ("latitude", "longitude", "coord_source")
CARE = ("owner", "caretaker")
LANGUAGES = ("en", "fr", "nl", "de", "ru")

FORMS: dict[str, Form] = {
    "identified_dead": Form(
        ("id", "cemetery", "province", "form_latin", "identified_latin_fr", "identified_cyrillic",
         "cyrillic_basis", "birth", "birthplace_text", "death", "captivity_or_place", "note",
         "source"),
        ("id", "cemetery"),
        {"cyrillic_basis": people.BASES},
    ),
    "name_pairs": Form(
        ("entry_id", "form_1", "form_2", "source_lang", "basis", "relation", "source_url"),
        ("entry_id", "form_1", "form_2"),
    ),
    "organisations": Form(
        ("organisation_id", "kind", "name", "parent_id", "place", *POSITION, "when", *SOURCED),
        ("organisation_id", "kind", "name", "source"),
        {"kind": organisations.ORGANISATION_KINDS},
    ),
    "organisation_names": Form(
        ("organisation_id", "name", "column", "kind", "when", *SOURCED),
        ("organisation_id", "name", "kind", "source"),
        {
            "kind": organisations.ORGANISATION_NAME_KINDS,
            "column": organisations.NAMING_COLUMNS,
        },
    ),
    "statement_subjects": Form(
        ("subject", "measure", "organisation_id", *EVIDENCE),
        ("subject", "measure", "organisation_id"),
    ),
    "site_care": Form(
        ("site_id", "organisation_id", "relation", "when", *SOURCED),
        ("site_id", "organisation_id", "relation", "source"),
        {"relation": CARE},
    ),
    "memorials": Form(
        ("memorial_id", "site_id", "kind", *(f"name_{code}" for code in LANGUAGES), "place",
         "when", "remembers", *SOURCED),
        ("memorial_id", "kind", "source"),
        {"kind": markers.MEMORIAL_KINDS},
    ),
    "affiliations": Form(
        ("entry_id", "organisation_id", "role", "number", "when", *EVIDENCE),
        ("entry_id", "organisation_id"),
    ),
    "events": Form(
        ("event_id", "kind", "title", "when", "place", "site_id", "organisation_id",
         "follows_id", *SOURCED),
        ("event_id", "kind", "source"),
        {"kind": events.EVENT_KINDS},
    ),
    "participants": Form(
        ("event_id", "entry_id", "role", *EVIDENCE),
        ("event_id", "entry_id", "role"),
        {"role": events.ROLES},
    ),
}  # fmt: skip

# The columns by which a file is known to be of a table, the most telling tables first.
SIGNS: dict[str, tuple[str, ...]] = {
    "identified_dead": ("form_latin", "identified_cyrillic", "cyrillic_basis"),
    "name_pairs": ("form_1", "form_2", "relation"),
    "statement_subjects": ("subject", "measure", "organisation_id"),
    "site_care": ("site_id", "organisation_id", "relation"),
    "memorials": ("memorial_id", "remembers"),
    "affiliations": ("entry_id", "organisation_id", "number"),
    "participants": ("event_id", "entry_id", "role"),
    "events": ("event_id", "kind", "follows_id"),
    "organisation_names": ("organisation_id", "name", "column"),
    "organisations": ("organisation_id", "kind", "parent_id"),
}

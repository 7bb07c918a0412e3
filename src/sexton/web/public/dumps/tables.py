"""The tables of the dump: what each holds, and what its columns mean.

No relation, no paper that is not public, no account and no column that says how to reach somebody
is in any of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sexton.records import COLUMNS
from sexton.web.public.dumps.columns import (
    CHANGED,
    CITATION,
    CONCLUDED,
    DATED,
    FIRST_DAY,
    KEY,
    LANGUAGE,
    LAST_DAY,
    OBJECT,
    PRECISION,
    REMARKS,
    SOURCE,
    SOURCED,
    SPOT,
    TEXT,
    WHOLE,
    Column,
    by_language,
    number,
    refers,
    text,
    yes_no,
)
from sexton.web.register import labels, models
from sexton.web.register.contact import CONTACT


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the rows that it is made of, in their order, and its columns."""

    name: str
    holds: Promise
    rows: Callable[[], QuerySet[Any]]
    columns: tuple[Column, ...]

    def cells(self) -> Iterator[list[Any]]:
        """The rows, each as the values of its columns."""
        ways = list(dict.fromkeys(column.way for column in self.columns))
        place = {way: position for position, way in enumerate(ways)}
        plan = [(place[column.way], column.make) for column in self.columns]
        for row in self.rows().values_list(*ways).iterator(chunk_size=5000):
            yield [make(row[at]) if make else row[at] for at, make in plan]


def _all(model: type[models.Versioned], *order: str) -> Callable[[], QuerySet[Any]]:
    return lambda: model._default_manager.order_by(*(order or ("key",)))


def _claims() -> QuerySet[models.Claim]:
    return models.Claim.objects.exclude(property__in=CONTACT).order_by("pk")


def _field(name: str) -> Callable[[dict[str, str]], str]:
    return lambda fields: fields.get(name, "")


def _further(extra: dict[str, Any]) -> dict[str, Any]:
    return {name: told for name, told in sorted(extra.items()) if name not in CONTACT}


# A record's cells stand as written; the words for them are those of its page.
_AS_WRITTEN = tuple(
    Column(name, TEXT, labels.FIELDS[name], "fields", _field(name))
    for name in COLUMNS
    if name not in {"id", "source", "burial_place"}
)

TABLES: tuple[Table, ...] = (
    Table(
        "persons",
        _("Persons: conclusions of the engine, each from the records held to speak of one man"),
        _all(models.Person),
        (
            text("key", _("Key of the person; it leads on when records are grouped anew")),
            text("name", _("The fullest name that a record writes; empty for the unnamed")),
            yes_no("is_named", _("Whether any source gives a name")),
            number("record_count", _("How many records are held to speak of this person"), WHOLE),
            CHANGED,
        ),
    ),
    Table(
        "records",
        _("Records: what one source says of one person, word for word; never changed"),
        _all(models.Record),
        (
            text("key", KEY),
            refers("person", "persons", _("Key of the person of whom it is held to speak"),
                   "membership__person__key"),
            Column("probability", "number", _("How probable the engine holds that it does"),
                   "membership__probability"),
            SOURCE,
            refers("site", "sites", _("Key of the site at which the source puts the dead")),
            yes_no("is_named", _("Whether the source gives a name")),
            refers("replaces", "records", _("Key of an earlier writing of the same row")),
            text("file", _("The file that was taken in")),
            number("row", _("Row of the file"), WHOLE),
            *_AS_WRITTEN,
            Column("further_columns", OBJECT, _("Further columns of the list, as written"), "extra",
                   _further),
        ),
    ),
    Table(
        "names",
        _("Names: forms that lists give for a person, each with how it is known"),
        _all(models.PersonName, "person__key", "pk"),
        (
            refers("person", "persons", _("Key of the person")),
            text("written", _("The form of the name")),
            text("surname", labels.FIELDS["surname"]),
            text("given", labels.FIELDS["given"]),
            text("patronymic", labels.FIELDS["patronymic"]),
            LANGUAGE,
            text("kind", _("birth, restored, on_stone, in_source, alias, partisan or married")),
            text("basis", _("How the form is known: printed, reconstructed, or a conjecture")),
            *DATED,
            *SOURCED,
        ),
    ),
    Table(
        "claims",
        _("Claims: each single thing that a record or source says, as written and as read"),
        _claims,
        (
            Column("number", WHOLE, _("Number of the claim, the same as long as it stands"), "pk"),
            refers("record", "records", _("Key of the record that says so, of whomever it speaks")),
            refers("source", "sources", _("Key of the source, where no record says so")),
            refers("person", "persons", _("Key of the person, where no record says so")),
            refers("site", "sites", _("Key of the site concerned")),
            refers("grave", "graves", _("Key of the grave concerned")),
            refers("organisation", "organisations", _("Key of the organisation concerned")),
            refers("event", "events", _("Key of the event concerned")),
            text("property", _("What is said: a column of the person list, such as birth_date")),
            text("value", _("What is said, as the source writes it")),
            text("read", _("As read here: dates as EDTF, names without accents and capitals")),
            FIRST_DAY,
            LAST_DAY,
            LANGUAGE,
            CITATION,
            text("read_by", _("Version of the reader that made the reading")),
            text("state", _("asserted, disputed or disproven")),
            yes_no("preferred", _("Whether a decision puts it before other claims")),
            text("reason", _("Why it was decided so")),
        ),
    ),
    Table(
        "sites",
        _("Sites: where the dead lie or are remembered; numbers stand as they are stated"),
        _all(models.Site),
        (
            text("key", KEY),
            text("kind", _("grave, cemetery_plot, mass_grave or memorial")),
            by_language("names", _("Names by language")),
            text("municipality", _("Municipality")),
            text("province", _("Province, in the country's own language")),
            *SPOT,
            PRECISION,
            text("persons_buried", _("How many are buried there, as stated")),
            text("persons_unknown", _("How many of them are unknown, as stated")),
            text("inscription_language", _("Language of the inscription, as stated")),
            text("erected_year", _("When it was erected, as stated")),
            text("facts", _("Notes of those who read the sources, in English")),
            text("heritage_status", _("Protection as heritage, as stated")),
            refers("owner", "organisations", _("Key of the owner")),
            refers("caretaker", "organisations", _("Key of who looks after it")),
            SOURCE,
            CHANGED,
        ),
    ),
    Table(
        "graves",
        _("Graves: a slot for one body, a common grave, or a cenotaph without a body"),
        _all(models.Grave),
        (
            text("key", KEY),
            refers("site", "sites", _("Key of the site")),
            text("kind", _("single, common, cenotaph or slot")),
            text("plot", _("Plot")),
            text("row", _("Row of graves")),
            text("number", _("Number of the grave")),
            refers("within", "graves", _("Key of the common grave in which it is")),
            *SPOT,
            PRECISION,
            REMARKS,
            *SOURCED,
        ),
    ),
    Table(
        "memorials",
        _("Memorials: monuments, plaques and crosses that remember the dead"),
        _all(models.Memorial),
        (
            text("key", KEY),
            refers("site", "sites", _("Key of the site, where a source says at which it is")),
            text("kind", _("monument, plaque, stele, wall_of_names, street or other")),
            text("place", _("Where it is, by its source")),
            by_language("names", _("Names by language")),
            text("remembers", _("Whom it remembers, by its source")),
            REMARKS,
            *DATED,
            *SOURCED,
        ),
    ),
    Table(
        "organisations",
        _("Organisations: camps, mines, hospitals, resistance movements, units, bodies that care"),
        _all(models.Organisation),
        (
            text("key", KEY),
            text("kind", _("camp, mine, work_detachment, hospital, resistance_movement …")),
            text("name", _("Name")),
            refers("parent", "organisations", _("Key of the organisation of which it is a part")),
            text("place", _("Where it was, by its source")),
            *SPOT,
            *DATED,
            REMARKS,
            *SOURCED,
        ),
    ),
    Table(
        "organisation_names",
        _("Names of organisations: former ones, numbers, and spellings that sources print"),
        _all(models.OrganisationName, "organisation__key", "pk"),
        (
            refers("organisation", "organisations", _("Key of the organisation")),
            text("name", _("Name")),
            LANGUAGE,
            text("kind", _("official, former, number, garbled or in_source")),
            CONCLUDED,
            *DATED,
            *SOURCED,
        ),
    ),
    Table(
        "affiliations",
        _("Affiliations: that a person belonged to an organisation"),
        _all(models.Affiliation, "person__key", "organisation__key", "pk"),
        (
            refers("person", "persons", _("Key of the person")),
            refers("organisation", "organisations", _("Key of the organisation")),
            text("role", _("As what, as the source writes it")),
            text("number", _("Number there, as the source writes it")),
            CONCLUDED,
            *DATED,
            *SOURCED,
        ),
    ),
    Table(
        "events",
        _("Events: what happened, such as an escape, an execution, a burial, a reburial"),
        _all(models.Event),
        (
            text("key", KEY),
            text("kind", _("What happened: capture, escape, combat, execution, death, burial …")),
            text("title", _("What happened, in the words of the register")),
            text("place", _("Where, as the source writes it")),
            refers("site", "sites", _("Key of the site")),
            refers("grave", "graves", _("Key of the grave")),
            refers("organisation", "organisations", _("Key of the organisation")),
            refers("follows", "events", _("Key of the event that it ended: a reburial its burial")),
            REMARKS,
            *DATED,
            *SOURCED,
        ),
    ),
    Table(
        "participants",
        _("Participants: whose event it was, or who had a part in it"),
        _all(models.Participant, "event__key", "person__key", "pk"),
        (
            refers("event", "events", _("Key of the event")),
            refers("person", "persons", _("Key of the person")),
            text("role", _("Part in the event: subject, fell, buried, captured, witness …")),
            CONCLUDED,
            *SOURCED,
        ),
    ),
    Table(
        "sources",
        _("Sources: archive units, lists, books, web pages, letters, stones that say something"),
        _all(models.Source),
        (
            text("key", KEY),
            text("kind", _("holder, fonds, series, file, list, book, web_page, letter …")),
            refers("parent", "sources", _("Key of the source of which it is a part")),
            text("title", _("Title")),
            text("holder", _("Who holds it")),
            text("reference", _("Reference or shelf mark")),
            text("url", _("Address on the web")),
            LANGUAGE,
            text("publisher", _("Publisher")),
            text("licence", _("Licence, as stated; empty where none is")),
            text("holds", _("What it holds, in English")),
            text("read", _("Whether it was read whole or in part")),
            text("read_on", _("When it was read")),
        ),
    ),
    Table(
        "statements",
        _("Statements: dated numbers about many, with who stated them"),
        _all(models.Statement),
        (
            text("key", KEY),
            text("subject", _("What the number is about, in English")),
            text("measure", _("What is counted, in English")),
            text("value", _("The number as stated")),
            number("low", _("At least")),
            number("high", _("At most")),
            text("refers_to", _("Of when the number is (EDTF)")),
            text("stated_on", _("On which day it was stated (EDTF)")),
            text("stated_by", _("Who stated it")),
            text("citation", _("Where it was stated, in words"), "source_text"),
            refers("site", "sites", _("Key of the site concerned")),
            refers("organisation", "organisations", _("Key of the organisation concerned")),
            SOURCE,
        ),
    ),
)  # fmt: skip

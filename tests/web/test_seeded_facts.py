"""What the Belgian pack states of camps, mines, movements, memorials: each row with its source.

``rests_on`` names the cell that a row rests on; the quote must stand in it to the letter.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from functools import cache

import pytest
from django.utils.html import escape

from sexton.web.register import models
from sexton.web.register.imports import specs
from sexton.web.register.imports.forms import FORMS, SIGNS

from .conftest import PACK, ROOT

pytestmark = pytest.mark.django_db
OURS = ("organisations", "organisation_names", "statement_subjects", "site_care", "memorials",
        "affiliations", "events", "participants")  # fmt: skip
CAMPS = ROOT / "src" / "sexton" / "numbers" / "tables" / "camps.tsv"
EIGHT = {"Brussels", "Liège", "Namur", "Leuven", "Genk", "Nidrum", "Montignies-sur-Sambre",
         "Cointe"}  # fmt: skip
MINES = {"beringen": "28", "zolder": "5", "houthalen": "4", "waterschei": "26",
         "winterslag": "7", "zwartberg": "35", "eisden": "29"}  # fmt: skip


@cache
def rows_of(table: str) -> list[dict[str, str]]:
    with (PACK / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def camps() -> dict[str, dict[str, str]]:
    lines = [line for line in CAMPS.read_text(encoding="utf-8").splitlines() if line[:1] != "#"]
    return {row["camp_id"]: row for row in csv.DictReader(lines, delimiter="\t")}


def cell_of(place: str, source: str) -> str:
    """The text of the cell that ``place`` names: “sites genk facts”."""
    table, _, rest = place.partition(" ")
    if table == "sources":
        return next(r for r in rows_of(table) if source in (r["url"], r["title"]))[rest]
    if table == "statements":
        subject, _, measure = rest.partition(": ")
        measure, column = _measure(measure)
        found = [r for r in rows_of(table) if (r["subject"], r["measure"]) == (subject, measure)]
        return found[0][column]
    key, _, column = rest.rpartition(" ")
    if table == "camps.tsv":
        return camps()[key][column]
    name = {"entries": "entry_id", "sites": "site_id", "identified_dead": "id"}[table]
    return next(r for r in rows_of(table) if r[name] == key)[column]


def _measure(text: str) -> tuple[str, str]:
    if text.endswith(" measure"):
        return text.removesuffix(" measure"), "measure"
    return text, "value_as_written"


def quotes() -> Iterator[tuple[str, str, str, str]]:
    for table in OURS:
        for number, row in enumerate(rows_of(table), start=2):
            places, words = row["rests_on"].split(" | "), row["quote"].split(" | ")
            assert len(places) == len(words), (table, number)
            for place, quote in zip(places, words, strict=True):
                yield f"{table} {number}", place, quote, row.get("source", "")


def test_every_quote_stands_in_the_cell_that_it_is_of() -> None:
    told = list(quotes())
    assert len(told) > 300
    for row, place, quote, source in told:
        assert quote, row
        if place != "notes":
            assert quote in cell_of(place, source), row


def test_what_rests_on_the_notes_alone_cites_a_source_that_they_name() -> None:
    told = {(row, source) for row, place, _, source in quotes() if place == "notes"}
    assert len(told) == 1
    titles = {row["title"] for row in rows_of("sources")}
    assert {source for _, source in told} <= titles


def test_every_table_has_the_columns_of_its_form() -> None:
    for table in OURS:
        assert set(rows_of(table)[0]) <= set(FORMS[table].columns), table
        assert set(SIGNS[table]) <= set(FORMS[table].columns), table


def test_every_row_of_ours_is_in_the_register_with_its_source() -> None:
    for table, spec in specs.SPECS.items():
        present = spec.present(rows_of(table))
        for row in rows_of(table):
            assert present[spec.key_of(row)].source_id, (table, row)
            assert present[spec.key_of(row)].citation, (table, row)


def test_the_eight_memorial_places() -> None:
    found = {m.place: m for m in models.Memorial.objects.select_related("site", "source")}
    assert set(found) >= EIGHT
    assert {place for place in EIGHT if found[place].site is None} == {"Liège"}
    assert "no source in hand states" in found["Liège"].remarks
    named = models.Memorial.objects.filter(citation__contains="places with memorials")
    assert set(named.values_list("place", flat=True)) == EIGHT


def test_mines_with_their_dead() -> None:
    told = models.Statement.objects.filter(organisation__kind="mine")
    assert dict(told.values_list("subject", "value")) == MINES
    assert not told.exclude(site=None).exists()
    assert not told.filter(source=None).exists()


def test_every_statement_leads_to_its_source() -> None:
    assert not models.Statement.objects.filter(source=None).exists()


def test_every_spelling_of_a_camp_states_its_camp() -> None:
    stated = models.Affiliation.objects.filter(organisation__kind="camp")
    pairs = dict(stated.values_list("citation", "organisation__key"))
    assert pairs["camp: “IV H (304)”"] == pairs["camp: “IVН”"] == "stalag-304"
    assert pairs["camp: “VI K 326”"] == pairs["camp: “IV K (326)”"] == "stalag-326"
    garbled = models.Affiliation.objects.filter(citation="camp: “IV B (304)”")
    assert garbled.count() == 11
    assert all("no source read so far decides" in one.concluded for one in garbled)
    numbered = stated.exclude(number="").get()
    assert (numbered.record.key, numbered.number) == ("fr-methode-115", "108258")


def test_every_camp_unit_and_group_that_a_record_writes_is_of_an_organisation() -> None:
    for column in ("camp", "unit", "resistance_group"):
        claims = models.Claim.objects.filter(property=column).exclude(record=None)
        for record, value in claims.values_list("record", "value"):
            assert models.Affiliation.objects.filter(record=record).exists(), (column, value)


def test_two_spellings_of_one_movement_are_one_and_it_is_said_why() -> None:
    brigade = models.Organisation.objects.get(key="brigade-za-rodinu")
    names = {name.name: name for name in brigade.other_names.all()}
    assert "бригада «За Родину»" in names
    assert "held for one brigade" in names["Brigade Pour la Patrie"].concluded


def test_names_of_the_identified_dead() -> None:
    names = models.PersonName.objects.filter(citation__startswith="identified_dead")
    bases = {basis: names.filter(basis=basis).count() for basis in models.people.BASES}
    assert bases == {"printed": 4, "reconstructed": 102, "conjecture": 17}
    tied = {citation.split()[1] for citation in names.values_list("citation", flat=True)}
    assert {row["id"] for row in rows_of("identified_dead")} - tied == {"BE097", "BE201"}
    tretyakov = models.PersonName.objects.get(written="Третьяков Иван Иванович")
    assert (tretyakov.record.key, tretyakov.basis) == ("fr-methode-100", "reconstructed")


def test_a_conjecture_is_nobodys_name() -> None:
    guesses = models.PersonName.objects.filter(basis="conjecture")
    assert guesses.count() == 17
    for guess in guesses.select_related("person"):
        assert guess.person.name != guess.written
        assert not models.NameKey.objects.filter(written=guess.written).exists()
        assert not models.Claim.objects.filter(value=guess.written).exists()


def test_what_was_taken_from_a_record_is_of_its_person() -> None:
    for model in (models.PersonName, models.Affiliation, models.Participant):
        for row in model.objects.exclude(record=None).select_related("record__membership"):
            assert row.person_id == row.record.membership.person_id, (model, row.pk)


def test_the_page_marks_a_conjecture_and_its_source(client) -> None:
    name = models.PersonName.objects.select_related("person").get(written="Осадчук Иван")
    page = client.get(name.person.get_absolute_url()).content.decode()
    row = page.partition('<h2 id="names">')[2].partition("Осадчук Иван")[2]
    row = row.partition("</li>")[0]
    assert "a conjecture, not known" in row
    assert name.source.get_absolute_url() in row
    assert "Осадчук" not in page.partition('<h2 id="names">')[0]


def test_a_page_of_one_to_whom_no_list_gives_a_name_has_what_records_write(client) -> None:
    nobody = models.Person.objects.filter(names=None, is_named=True).first()
    page = client.get(nobody.get_absolute_url()).content.decode()
    forms = page.partition('<h2 id="names">')[2].partition("</section>")[0]
    assert escape(nobody.name) in forms
    assert "Restored form" not in forms
    unnamed = models.Person.objects.filter(names=None, is_named=False).first()
    page = client.get(unnamed.get_absolute_url()).content.decode()
    assert '<h2 id="names">' not in page

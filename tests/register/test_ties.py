"""Which record a row of identified dead is tied to: one that fits beyond doubt, or none."""

from __future__ import annotations

from pathlib import Path

import pytest

from sexton.web.register import imports, models
from sexton.web.register.imports.ties import Candidate, tie, words
from sexton.web.register.past import register_now

from .conftest import take_in, write_csv
from .test_batches import MAN, SITE, preview, verdicts

ROW = {"id": "BE1", "cemetery": "Genk", "province": "Limburg", "form_latin": "Ivan PETROFF",
       "identified_latin_fr": "Petrov (Petroff) Ivan Ilitch", "identified_cyrillic": "Петров Иван",
       "cyrillic_basis": "conjecture", "birth": "1912-03-12", "birthplace_text": "",
       "death": "1943", "captivity_or_place": "Stalag VI K", "note": "",
       "source": "archive.example/1"}  # fmt: skip
HIS = {"name": "Ivan PETROFF (Petrov Ivan Ilitch)", "birth_date": "12 mars 1912",
       "death_date": "3.5.1943", "source": "https://archive.example/1"}  # fmt: skip


def candidate(key: str = "p1", place: str = "Genk city cemetery", **fields: str) -> Candidate:
    return Candidate(key, {**HIS, **fields}, words(place))


def test_name_dates_and_site_tie_a_row() -> None:
    assert tie(ROW, [candidate()]).record.key == "p1"
    assert tie({**ROW, "cemetery": "Namur-Belgrade"}, [candidate(place="namur-belgrade")]).record


@pytest.mark.parametrize(
    "otherwise",
    [
        candidate(place="Zolder"),
        candidate(name="Pavel Petrov"),
        candidate(birth_date="13 mars 1912"),
        candidate(death_date="1944"),
        candidate(name="Петров Иван"),
    ],
    ids=["site", "name", "birth", "death", "a form that is only conjectured"],
)
def test_what_contradicts_ties_nothing(otherwise: Candidate) -> None:
    assert tie(ROW, [otherwise]) == tie(ROW, [])
    assert tie(ROW, [otherwise]).several == ()


def test_a_printed_form_ties() -> None:
    row = {**ROW, "cyrillic_basis": "printed"}
    assert tie(row, [candidate(name="Иван Петров")]).record


def test_several_that_fit_tie_nothing_unless_one_is_of_the_cited_page() -> None:
    other = candidate("p2", source="https://archive.example/2")
    assert tie(ROW, [candidate(), other]).record.key == "p1"
    both = [candidate(), candidate("p2")]
    assert tie(ROW, both).several == ("p1", "p2")
    cited = {**ROW, "source": "elsewhere.example/zolder + archive 2"}
    assert tie(cited, [candidate(), other]).record.key == "p2"


@pytest.mark.django_db
def test_a_tied_row_names_the_man_and_a_conjecture_is_marked(tmp_path: Path) -> None:
    his = {**MAN, **HIS, "burial_place": "genk", "camp": ""}
    write_csv(tmp_path / "sites.csv", [SITE])
    write_csv(tmp_path / "entries.csv", [his])
    write_csv(tmp_path / "identified_dead.csv", [ROW, {**ROW, "id": "BE2", "birth": "1899"}])
    before = register_now().dump()
    batch, found = take_in(tmp_path)
    assert verdicts(found)["identified_dead"] == {"new": 1, "waiting": 1}
    assert "row 3, column cemetery: no record at this site has the name" in str(
        found.items[-1].message
    )
    names = {name.kind + name.language: name for name in models.PersonName.objects.all()}
    assert names["on_stone"].written == "Ivan PETROFF"
    assert names["restoredru"].is_conjecture
    assert not names["restoredfr"].is_conjecture
    assert names["restoredru"].source.url == "https://archive.example/1"
    assert models.Person.objects.get().name == HIS["name"]
    camp = models.Claim.objects.get(property="camp")
    assert (camp.value, camp.citation) == ("Stalag VI K", "identified_dead BE1 captivity_or_place")
    imports.undo_batch(batch.pk, "x", "y")
    assert register_now().dump() == before


@pytest.mark.django_db
def test_a_row_that_waited_is_tied_when_the_record_comes_and_stays_tied(tmp_path: Path) -> None:
    dead = write_csv(tmp_path / "dead.csv", [ROW])
    take_in(write_csv(tmp_path / "sites.csv", [SITE]))
    _, found = take_in(dead)
    assert verdicts(found) == {"identified_dead": {"waiting": 1}}
    his = {**MAN, **HIS, "burial_place": "genk"}
    take_in(write_csv(tmp_path / "a.csv", [his]))
    assert models.PersonName.objects.count() == 3
    take_in(write_csv(tmp_path / "b.csv", [{**his, "id": "p2"}]))
    later = write_csv(tmp_path / "later.csv", [{**ROW, "identified_cyrillic": "Петров Иван И."}])
    assert verdicts(preview(later)) == {"identified_dead": {"changed": 1}}
    take_in(later)
    name = models.PersonName.objects.get(language="ru")
    assert (name.written, name.record.key) == ("Петров Иван И.", "p1")

"""What was read of places of birth when an archive was built is what its persons are read with."""

from __future__ import annotations

import pytest

from sexton.linkage.archive import Archive
from sexton.places import load_gazetteer
from sexton.records import read_person_list
from sexton.records.reading import read_people

WRITTEN = ("Prov. de Kursk, Streletsk", "", "г. Тула", " ", "Tsaritsyne", "Cranston, RI, USA")
COLUMNS = ["id", "surname", "given", "birth_place", "birth_date"]


def rows(places):
    return [
        {"id": f"r{number}", "surname": "Климов", "given": "Пётр", "birth_place": place}
        for number, place in enumerate(places)
    ]


@pytest.mark.parametrize(
    "places", [WRITTEN * 3, [f"Prov. de Kursk, S{chr(97 + n % 26) * n}" for n in range(1, 1200)]]
)
def test_persons_are_read_with_what_was_read_of_their_places(places, tmp_path, write_csv):
    """As texts by number, and as texts by row where most differ."""
    source = write_csv(tmp_path / "cards.csv", rows(places), COLUMNS)
    archive = Archive(tmp_path / "cards")
    archive.add(source)
    gazetteer = load_gazetteer("ussr")
    gazetteer.readings.clear()
    pool = archive.pool()
    pool.read(range(len(pool)))
    read = [pool.person(position) for position in range(len(pool))]
    gazetteer.readings.clear()
    assert read == read_people(read_person_list(source).records)


def test_a_list_without_places_has_none(tmp_path, write_csv):
    source = write_csv(
        tmp_path / "cards.csv", [{"id": "a", "surname": "Климов"}], ["id", "surname"]
    )
    archive = Archive(tmp_path / "cards")
    archive.add(source)
    pool = archive.pool()
    pool.read([0])
    assert pool.person(0).birth_place is None

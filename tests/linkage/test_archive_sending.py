"""Readings that go from process to process arrive as they were."""

from __future__ import annotations

import pickle

from sexton.linkage.archive.sending import send_as_arguments
from sexton.records import Record
from sexton.records.reading import read_person

SAID = {
    "name": "Кулков (Куликов) Иван Петрович",
    "surname": "Кулков",
    "given": "Иван",
    "birth_date": "03.04.1915",
    "death_date": "31.2.1943",
    "birth_place": "Prov. de Kursk, Streletsk",
    "prisoner_number": "1O8258 / 4711",
    "camp": "Stalag VI K (326)",
}


def test_a_reading_is_made_again_of_its_arguments():
    person = read_person(Record("a", SAID, {"bodies": "3"}, "", 1))
    send_as_arguments()
    assert repr(pickle.loads(pickle.dumps(person))) == repr(person)

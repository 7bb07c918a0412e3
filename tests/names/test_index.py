"""The vocabulary index: what a written name may stand for, as the channel model scores it."""

import numpy as np
import pytest

from sexton.names import NameIndex, load_model
from sexton.names.index import BEAM_BITS
from sexton.names.tables import read_table

COMMON = [row["name"] for row in read_table("popular_surname.tsv")][:2500]
QUERIES = ["Iwanow", "Schewtschenko", "Kouznetsof", "Popow", "Wasiljew", "Morosow"]


@pytest.fixture(scope="module")
def index() -> NameIndex:
    return NameIndex(COMMON)


def test_finds_what_comparing_with_every_name_would_find(index):
    model = load_model("surname")
    found = wanted = 0
    for query in [*QUERIES, "Ivonof", "Sawtschenk", "Кузницов"]:
        every = np.array([model.bits(query, name) for name in COMMON[:300]])
        best = {COMMON[i] for i in np.argsort(-every)[:5] if every[i] > every.max() - BEAM_BITS + 1}
        found += len(best & {match.name for match in NameIndex(COMMON[:300]).search(query, 10)})
        wanted += len(best)
    assert wanted > 5
    assert found == wanted


@pytest.mark.parametrize("query", [*QUERIES, "Кузнецов", "Кузницов"])
def test_the_bits_are_those_of_the_model(index, query):
    matches = index.search(query, 5)
    assert matches
    for match in matches:
        assert match.bits == pytest.approx(load_model("surname").bits(query, match.name), abs=1e-4)
        assert COMMON[match.position] == match.name
    assert [m.bits for m in matches] == sorted((m.bits for m in matches), reverse=True)


def test_names_of_both_alphabets_stand_in_one_index():
    names = ["Шатунов", "Schatunow", "Chatounov", "Петров", "", "17", "Petrow"]
    index = NameIndex(names)
    assert len(index) == 7
    for query in ("Shatunov", "Шатунов"):
        assert {m.position for m in index.search(query, 3)} == {0, 1, 2}
        for match in index.search(query):
            expected = load_model("surname").bits(query, match.name)
            assert match.bits == pytest.approx(expected, abs=1e-4)


def test_names_spelt_alike_are_all_found_the_most_frequent_first():
    index = NameIndex(["Иванов", "ИВАНОВ", "Петров"], counts=[1, 5, 9])
    assert [m.position for m in index.search("Ivanov", 2)] == [1, 0]


def test_many_queries_at_once(index):
    queries, names, bits = index.search_many(["Iwanow", "", "Popow"], top=3)
    assert list(np.unique(queries)) == [0, 2]
    first = [COMMON[n] for n in names[queries == 0]]
    assert first == [m.name for m in index.search("Iwanow", 3)]
    assert bits.dtype == np.float64
    assert [len(column) for column in index.search_many([])] == [0, 0, 0]


def test_nothing_is_found_for_nothing(index):
    assert index.search("") == index.search("123") == index.search("Iwanow", top=0) == []
    assert NameIndex([]).search("Iwanow") == []


def test_weak_matches_are_left_out(index):
    assert all(m.bits >= 5 for m in index.search("Iwanow", 50, min_bits=5))


def test_wrong_arguments_are_refused():
    with pytest.raises(ValueError, match="2 names but 1 counts"):
        NameIndex(["Иванов", "Петров"], counts=[1])
    with pytest.raises(ValueError, match="no kind of name"):
        NameIndex(["Иванов"], kind="nickname")


def test_another_beam_shares_the_index_and_finds_what_it_lets_in() -> None:
    names = [*(f"Шатун{ending}" for ending in ("ов", "ова", "енко", "ин", "ский")), "Климов"] * 20
    wide = NameIndex([f"{name}{number}" for number, name in enumerate(names)], beam_bits=40.0)
    narrow = wide.with_beam(4.0)
    assert len(narrow) == len(wide)
    few, many = (index.search("Schatunov", top=200) for index in (narrow, wide))
    assert few[0] == many[0]
    assert {match.position for match in few} <= {match.position for match in many}


def test_a_ruined_spelling_is_searched_less_far_below_and_a_sound_one_as_far(index) -> None:
    careful = index.with_beam(None, sound_bits=8.0)
    sound, ruined = "Iwanow", "Qxwznrgk"
    assert careful.search(sound, 50) == index.search(sound, 50)
    few, many = (one.search(ruined, 50) for one in (careful, index))
    assert 0 < len(few) < len(many)
    assert few[0] == many[0]
    assert {match.position for match in few} <= {match.position for match in many}

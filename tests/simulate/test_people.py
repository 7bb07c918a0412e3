from collections import Counter
from dataclasses import replace
from itertools import islice

import pytest

from sexton.dates import read_date
from sexton.places import load_gazetteer, read_place
from sexton.records import COLUMNS as CONTRACT
from sexton.simulate import COLUMNS, PLAIN, load_name_counts, simulate_people
from sexton.simulate.people import birth_year_shares


@pytest.fixture()
def names(counts_folder):
    return load_name_counts(counts_folder)


@pytest.fixture()
def people(names):
    return list(simulate_people(5_000, seed=7, names=names))


def test_every_row_says_that_it_is_simulated(people):
    for person in people:
        assert person["id"].startswith("sim-")
        assert "simulated" in person["source"]
        assert "simulated" in person["remarks"]


def test_columns_are_those_of_the_person_list(people):
    assert set(COLUMNS) <= set(CONTRACT)
    assert all(set(person) == set(COLUMNS) for person in people)
    assert len({person["id"] for person in people}) == 5_000


def test_the_same_seed_makes_the_same_people(names, people):
    assert list(simulate_people(5_000, seed=7, names=names)) == people
    assert next(simulate_people(5_000, seed=8, names=names)) != people[0]


def test_archives_of_many_blocks_begin_alike(names):
    longer = islice(simulate_people(140_000, seed=7, names=names), 65_536)
    shorter = islice(simulate_people(70_000, seed=7, names=names), 65_536)
    assert list(longer) == list(shorter)


def test_births_follow_the_table_of_ages(people):
    years = Counter(person["birth_date"][:4] for person in people if person["birth_date"])
    assert min(years) >= "1893"
    assert max(years) <= "1926"
    stated = sum(years.values())
    shares = birth_year_shares()
    conscripts = sum(share for year, share in shares.items() if 1917 <= year <= 1921)
    found = sum(n for year, n in years.items() if "1917" <= year <= "1921")
    assert found / stated == pytest.approx(conscripts, abs=0.03)


def test_fields_are_filled_as_often_as_the_shares_say(people):
    fill = PLAIN.loss_report
    full = sum(len(person["birth_date"]) == 10 for person in people)
    placed = sum(bool(person["birth_place"]) for person in people)
    assert full / 5_000 == pytest.approx(fill.full_birth_date, abs=0.03)
    assert placed / 5_000 == pytest.approx(fill.birth_place, abs=0.03)
    assert all(bool(p["camp"]) == bool(p["prisoner_number"]) for p in people)


def test_deaths_fall_into_the_war(people):
    deaths = [person["death_date"] for person in people if person["death_date"]]
    assert "1941-06-22" <= min(deaths) < max(deaths) <= "1945-05-09"


def test_written_values_can_be_read_again(people):
    ussr = load_gazetteer()
    for person in people[:300]:
        if person["birth_date"]:
            assert read_date(person["birth_date"]).quality in {"exact", "partial"}
        if person["birth_place"]:
            assert read_place(person["birth_place"], ussr).parts, person["birth_place"]


def test_women_bear_womens_forms(names):
    people = list(simulate_people(500, seed=2, shares=replace(PLAIN, women=0.5), names=names))
    women = [person for person in people if person["sex"] == "f"]
    assert 150 < len(women) < 350
    assert all(p["patronymic"] in {"Ивановна", ""} for p in women)
    assert all(p["surname"] != "Иванов" for p in women)


def test_progress_counts_up_to_the_whole(names):
    seen = []
    list(simulate_people(100_000, names=names, progress=lambda *step: seen.append(step)))
    assert [done for _, done, _ in seen] == [65_536, 100_000]

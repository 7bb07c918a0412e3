"""What a case is told of a list is what ``sexton link`` would say of it."""

from __future__ import annotations

import math

import pytest

from sexton.evidence import default_rules
from sexton.linkage import LinkOptions, link
from sexton.linkage.pools import ListPool
from sexton.records import Record
from sexton.records.reading import read_people, read_person
from sexton.simulate import simulate_people
from sexton.web.cases.asked_lists import MOST, AskedList, Found, look_up
from sexton.web.cases.pools import ToldSpellings
from sexton.web.cases.weighing import Pool, Ranking, rank


def record(id_: str, **fields: str) -> Record:
    return Record(id_, fields, {}, "a list", 1)


GRAVES = [
    record("g-1", name="SCHATUNOV Afanas", death_date="1943-05-02"),
    record("g-2", name="Kisilov Tikon", birth_date="1911", prisoner_number="55021"),
    record("g-3", name="Nobody Ofthese"),
    record("g-4", name="TERESCHTSCHENKO Iwan", birth_date="1915-03-04"),
]
MEN = [
    record("m-1", name="Шатунов Афанасий", birth_date="1903", death_date="1943-05-02"),
    record("m-2", name="Шатунов Афанасий Петрович", birth_date="1903", camp="VI K"),
    record("m-3", name="Кизилов Тихон", birth_date="1911", prisoner_number="55021"),
    record("m-4", name="Терещенко Иван", birth_date="1915-03-04"),
    record("m-5", name="Терещенко Иван", birth_date="1921-01-30"),
]


def simulated() -> list[Record]:
    rows = [dict(row) for row in simulate_people(300, 5)]
    return [
        Record(row.pop("id"), {k: v for k, v in row.items() if v}, {}, "simulated", 1)
        for row in rows
    ]


@pytest.fixture(scope="module")
def rows() -> list[Record]:
    return [*MEN, *simulated()]


def asked_of(rows: list[Record], left: list[Record] | None = None) -> AskedList:
    pool = ListPool(read_people(rows))
    shares = pool.shares(read_people(left or GRAVES))
    return AskedList("archive:made", 0.8, pool, shares, lambda at: (rows[at].id, rows[at]))


def ranked(man: Record, found: Found, asked: AskedList) -> Ranking:
    """As it is shown: weighed from the rows that were kept."""
    told = ToldSpellings(found.spellings)
    pool = Pool(found.size, asked.shares, 0.8, None, found.rest, found.shift, None, told)
    return rank(man, found.rows, pool)


def test_candidates_and_probabilities_are_those_of_a_link(rows: list[Record]) -> None:
    asked = asked_of(rows)
    options = LinkOptions(0.8, MOST, one_to_one=False, rules=default_rules())
    said = link(read_people(GRAVES), read_people(rows), options).candidates
    for grave, found in zip(GRAVES, look_up(GRAVES, asked), strict=True):
        ranking = ranked(grave, found, asked)
        there = {c.right_id: c for c in said if c.left_id == grave.id}
        # A link limits what it states to 999 in a thousand; what is shown adds up instead.
        assert ranking.none == pytest.approx(there[None].probability, abs=1.5e-3)
        for one in ranking.candidates:
            assert one.weight == pytest.approx(there[one.name].weight, abs=1e-9)
            assert one.probability == pytest.approx(there[one.name].probability, abs=1.5e-3)
        missing = there.keys() - {one.name for one in ranking.candidates} - {None}
        assert all(there[name].probability < 1e-3 for name in missing)
    first = ranked(GRAVES[0], look_up(GRAVES[:1], asked)[0], asked).candidates
    assert [one.name for one in first[:2]] == ["m-1", "m-2"]
    assert first[1].man == "m-1" and first[0].probability > 0.5 < first[1].probability


def test_a_case_alone_is_told_what_it_is_told_among_many(rows: list[Record]) -> None:
    asked = asked_of(rows)
    together = look_up(GRAVES, asked)
    for grave, found in zip(GRAVES, together, strict=True):
        [alone] = look_up([grave], asked)
        assert list(alone.rows) == list(found.rows)
        assert alone.rest == pytest.approx(found.rest)


def test_whom_nobody_asks_about_takes_no_probability(rows: list[Record]) -> None:
    asked = asked_of(rows)
    [found] = look_up(GRAVES[3:], asked)
    assert next(iter(found.rows)) == "m-4"
    [without] = look_up(GRAVES[3:], asked, {"g-4": {3}})
    assert "m-4" not in without.rows and next(iter(without.rows)) == "m-5"
    assert without.size == found.size - 1 and without.rest < 1
    assert ranked(GRAVES[3], without, asked).none > ranked(GRAVES[3], found, asked).none


def test_what_the_list_says_of_spellings_is_kept(rows: list[Record]) -> None:
    """The bits of names that screening joined are those that are shown, also later on."""
    asked = asked_of(rows)
    for grave, found in zip(GRAVES, look_up(GRAVES, asked), strict=True):
        people = {name: read_person(row) for name, row in found.rows.items()}
        assert all(math.isfinite(bits) for *_, bits in found.spellings)
        assert len(people) == len(found.rows) <= MOST
        assert ranked(grave, found, asked).candidates == ranked(grave, found, asked).candidates


def test_a_grave_that_names_nobody_is_asked_by_its_day_and_number() -> None:
    grave = record("g-9", death_date="1943-05-02", prisoner_number="108258")
    men = [
        record("n-1", name="Шатунов Афанасий", death_date="1943-05-02", prisoner_number="108258"),
        record("n-2", name="Кизилов Тихон", death_date="1943-05-02"),
        *simulated()[:200],
    ]
    asked = asked_of(men, [grave])
    [found] = look_up([grave], asked)
    ranking = ranked(grave, found, asked)
    assert ranking.candidates[0].name == "n-1" and ranking.candidates[0].probability > 0.5
    whole = ranking.none + sum(one.probability for one in ranking.candidates if one.is_fittest)
    assert whole == pytest.approx(1)
    [less] = look_up([grave], asked, {"g-9": {0}})
    assert "n-1" not in less.rows


def test_a_row_that_says_nothing_finds_nobody() -> None:
    asked = asked_of(MEN, [record("g-0")])
    [found] = look_up([record("g-0")], asked)
    assert found.rows == {} and ranked(record("g-0"), found, asked).none == 1.0

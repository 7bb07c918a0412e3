"""What is shown adds up; a clue changes its own field and nothing else; a failed search weighs."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sexton.evidence import Shares
from sexton.records import Record
from sexton.web.cases.weighing import Failed, Pool, most_telling, rank, with_clues

POOL = Pool(size=100_000, shares=Shares())


def row(id_: str, **fields: str) -> Record:
    return Record(id_, fields, {}, "a list", 1)


STONE = row("g", name="SCHATUNOV Afanas", death_date="1943")
CANDIDATES = {
    "a": row(
        "a", name="Шатунов Афанасий", birth_date="1903", prisoner_number="108258", camp="VI K"
    ),
    "b": row("b", name="Шатунов Афанасий", birth_date="1911", prisoner_number="55021", camp="VI A"),
    "c": row("c", name="Чатунов Пётр", birth_date="1903"),
}


def totals(ranking) -> dict[str, float]:
    return {one.name: one.total for one in ranking.candidates}


def test_the_parts_add_up_and_the_chances_to_one() -> None:
    found = rank(STONE, CANDIDATES, POOL, [Failed(0.5), Failed(0.25, "b")])
    for one in found.candidates:
        bits = sum(item.bits for item in one.fields)
        assert one.total == pytest.approx(one.prior + bits + one.searched)
        assert 0 < one.probability < 1
    assert sum(one.probability for one in found.candidates) + found.none == pytest.approx(1)
    assert [one.total for one in found.candidates] == sorted(totals(found).values(), reverse=True)


@given(
    st.sampled_from(["prisoner_number", "birth_date", "camp", "rank"]),
    st.sampled_from(["108258", "1903", "VI K", "sergeant", "1919", "Stalag 326"]),
)
@settings(max_examples=30, deadline=None)
def test_a_clue_changes_the_total_by_what_its_fields_change(field: str, value: str) -> None:
    before = rank(STONE, CANDIDATES, POOL)
    after = rank(with_clues(STONE, [(field, value)]), CANDIDATES, POOL)
    for name, total in totals(after).items():
        old = next(one for one in before.candidates if one.name == name)
        new = next(one for one in after.candidates if one.name == name)
        changed = {item.field: item.bits for item in new.fields}
        for item in old.fields:
            changed[item.field] = changed.get(item.field, 0.0) - item.bits
        assert total == pytest.approx(totals(before)[name] + sum(changed.values()))


def test_a_clue_that_decides_puts_him_first() -> None:
    found = rank(with_clues(STONE, [("prisoner_number", "55021")]), CANDIDATES, POOL)
    assert found.candidates[0].name == "b" and found.candidates[0].probability > 0.9


def test_names_are_added_and_other_values_replaced_and_the_row_stays() -> None:
    changed = with_clues(STONE, [("name", "Chatounov"), ("death_date", "2.1943"), ("name", "X")])
    assert changed.fields["name"] == "SCHATUNOV Afanas"
    assert changed.fields["other_names"] == "Chatounov; X"
    assert changed.fields["death_date"] == "2.1943" and STONE.fields["death_date"] == "1943"


def test_where_he_was_not_found_weighs_against_being_elsewhere() -> None:
    """He was looked for in other lists in vain: those whom the pool holds become likelier."""
    before = rank(STONE, CANDIDATES, POOL)
    after = rank(STONE, CANDIDATES, POOL, [Failed(0.9)])
    assert after.none < before.none
    assert totals(after) == totals(before)


def test_a_candidate_who_should_have_been_there_and_was_not_becomes_unlikelier() -> None:
    before = rank(STONE, CANDIDATES, POOL)
    after = rank(STONE, CANDIDATES, POOL, [Failed(0.75, "a")])
    assert totals(after)["a"] == pytest.approx(totals(before)["a"] - 2.0)
    assert totals(after)["b"] == totals(before)["b"]


def test_what_would_tell_most_is_what_tells_the_likeliest_apart() -> None:
    questions = most_telling(STONE, CANDIDATES, POOL)
    assert questions[0].field == "prisoner_number" and questions[0].decides
    assert {question.field for question in questions} >= {"prisoner_number", "birth_date"}
    assert all(question.gain > 0 for question in questions)
    known = with_clues(STONE, [("prisoner_number", "108258")])
    assert "prisoner_number" not in {q.field for q in most_telling(known, CANDIDATES, POOL)}


def test_without_candidates_it_is_none_of_these() -> None:
    found = rank(STONE, {}, POOL)
    assert found.none == 1.0 and found.surprise == 0.0
    assert most_telling(STONE, {}, POOL) == []

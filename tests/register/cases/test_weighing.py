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


WORDS = st.sampled_from(["Шатунов Афанасий", "Чатунов Пётр", "Иванов Иван", "Schatunow Afanasij"])
ROWS = st.lists(
    st.builds(
        lambda name, year, number: {
            k: v
            for k, v in (("name", name), ("birth_date", year), ("prisoner_number", number))
            if v
        },
        WORDS,
        st.sampled_from(["1903", "1911", ""]),
        st.sampled_from(["108258", "55021", ""]),
    ),
    min_size=1,
    max_size=6,
)


@given(ROWS, st.lists(st.integers(0, 3), min_size=6, max_size=6), st.booleans(), st.booleans())
@settings(max_examples=60, deadline=None)
def test_documents_of_one_man_share_and_the_whole_is_one(
    rows: list[dict[str, str]], men: list[int], told: bool, in_vain: bool
) -> None:
    """Whether the list knows whose documents they are, or their contents tell."""
    people = {f"c{n}": row(f"c{n}", **fields) for n, fields in enumerate(rows)}
    known = {name: f"man {man}" for name, man in zip(people, men, strict=False)} if told else None
    pool = Pool(1000, Shares(), rest=0.3, men=known)
    ranking = rank(STONE, people, pool, [Failed(0.5, "c0")] if in_vain else [])
    fittest = [one for one in ranking.candidates if one.is_fittest]
    assert sum(one.probability for one in fittest) + ranking.none == pytest.approx(1)
    best = {one.name: one for one in fittest}
    for one in ranking.candidates:
        bits = sum(item.bits for item in one.fields)
        assert one.total == pytest.approx(one.prior + bits + one.searched)
        assert one.probability <= best[one.man].probability
        assert one.total <= best[one.man].total
        if known:
            assert known[one.name] == known[one.man]
            assert one.probability == best[one.man].probability
    odds = {one.name: one.probability / ranking.none for one in fittest}
    for one in fittest:
        none = 1 + pool.rest
        assert odds[one.name] == pytest.approx(2.0**one.total / none)


def test_a_second_document_of_a_man_takes_nothing_from_him() -> None:
    once = rank(STONE, {"a": CANDIDATES["a"]}, POOL).candidates[0]
    copies = {"a": CANDIDATES["a"], "copy": CANDIDATES["a"]}
    told = Pool(POOL.size, POOL.shares, men={"a": "he", "copy": "he"})
    for pool in (POOL, told):
        both = {one.name: one for one in rank(STONE, copies, pool).candidates}
        assert both["a"].probability == pytest.approx(once.probability)
    rivals = Pool(POOL.size, POOL.shares, men={"a": "he", "copy": "another"})
    assert rank(STONE, copies, rivals).candidates[0].probability < once.probability

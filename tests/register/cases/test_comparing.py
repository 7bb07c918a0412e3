"""Two rankings beside each other: each total changes by what is shown to have changed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sexton.evidence import Shares
from sexton.records import Record
from sexton.web.cases.comparing import moves
from sexton.web.cases.weighing import Failed, Pool, rank, with_clues

POOL = Pool(size=100_000, shares=Shares())


def row(id_: str, **fields: str) -> Record:
    return Record(id_, fields, {}, "a list", 1)


STONE = row("g", name="SCHATUNOV Afanas", death_date="1943", camp="VI K")
CANDIDATES = {
    "a": row(
        "a", name="Шатунов Афанасий", birth_date="1903", prisoner_number="108258", camp="VI K"
    ),
    "b": row("b", name="Шатунов Афанасий", birth_date="1911", prisoner_number="55021", camp="VI A"),
    "c": row("c", name="Чатунов Пётр", birth_date="1903"),
}
CLUES = st.tuples(
    st.sampled_from(["prisoner_number", "birth_date", "camp", "rank", "name"]),
    st.sampled_from(["108258", "1903", "VI K", "sergeant", "VI A", "Schatunow", "55021"]),
)
SEARCHES = st.builds(
    Failed, st.floats(0.0, 0.99), st.sampled_from(["", "a", "b", "nobody"])
)  # fmt: skip


@given(st.lists(CLUES, max_size=2), st.lists(SEARCHES, max_size=2))
@settings(max_examples=40, deadline=None)
def test_a_total_changes_by_the_bits_that_are_shown(clues, failed) -> None:
    before = rank(STONE, CANDIDATES, POOL)
    after = rank(with_clues(STONE, clues), CANDIDATES, POOL, failed)
    found = moves(before, after)
    assert [one.place_after for one in found] == [1, 2, 3]
    assert {one.name for one in found} == set(CANDIDATES)
    for one in found:
        assert before.candidates[one.place_before - 1].name == one.name
        assert one.bits == pytest.approx(sum(f.bits for f in one.fields) + one.searched)
        assert all(f.bits != 0 for f in one.fields)


def test_a_clue_moves_its_own_field_and_says_where_it_was_not_compared() -> None:
    before = rank(STONE, CANDIDATES, POOL)
    after = rank(with_clues(STONE, [("prisoner_number", "55021")]), CANDIDATES, POOL)
    first, *others = moves(before, after)
    assert (first.name, first.place_before, first.place_after) == ("b", 2, 1)
    [field] = first.fields
    assert (field.field, field.before) == ("prisoner_number", None) and field.bits > 5
    assert {f.field for one in others for f in one.fields} == {"prisoner_number"}


def test_nothing_new_moves_nobody() -> None:
    ranking = rank(STONE, CANDIDATES, POOL)
    assert all(not one.fields and one.bits == 0 for one in moves(ranking, ranking))

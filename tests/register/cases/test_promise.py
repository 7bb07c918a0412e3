"""The measure by which the work list is sorted, and its reasons."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sexton.web.cases.promise import (
    GRADES,
    ONE,
    TELLING,
    Answers,
    Known,
    grade_of,
    promise,
    telling,
)

chance = st.floats(0, 1)
answers = st.builds(
    lambda parts, scale, fields: Answers(
        sorted((p / max(sum(parts), 1e-9) * scale for p in parts), reverse=True), fields
    ),
    st.lists(chance, min_size=1, max_size=3),
    chance,
    st.lists(st.sampled_from(TELLING), unique=True),
)


@given(st.lists(answers, max_size=3), st.integers(0, 5), st.booleans())
def test_every_case_has_a_place_and_a_reason(lists, searches, named) -> None:
    told = promise(Known(lists, named=named, searches=searches, asked=bool(lists)))
    assert 0.0 <= told.score <= 1.0 + 1e-9
    assert told.grade in GRADES
    assert told.reasons


@given(answers, st.integers(0, 5))
def test_a_search_in_vain_never_brings_a_case_forward(one, searches) -> None:
    before = promise(Known([one], searches=searches))
    after = promise(Known([one], searches=searches + 1))
    assert after.score <= before.score + 1e-12


@given(answers, answers)
def test_another_list_never_puts_a_case_back(one, other) -> None:
    assert max(one.best, other.best) <= promise(Known([one, other])).score + 1e-12


@given(answers)
def test_nothing_follows_from_a_candidate_whom_the_reader_has_not_judged(one) -> None:
    plain = promise(Known([Answers([0.5])]), veiled=True)
    assert promise(Known([one]), veiled=True) == plain
    assert plain.reasons[0].text == ONE


def test_openness_is_the_entropy_of_the_answers() -> None:
    assert Answers([1.0]).openness == 0.0
    assert Answers([0.5, 0.25]).openness == 1.5
    assert Answers().openness == 0.0


def test_a_document_that_tells_them_apart_brings_a_case_forward() -> None:
    even = [0.3, 0.3, 0.3]
    told = promise(Known([Answers(even, ["prisoner_number"])]))
    assert told.score > promise(Known([Answers(even)])).score
    assert told.grade == "good"
    assert told.reasons[-1].params == {"field": "prisoner_number"}


def test_grades_follow_the_measure() -> None:
    assert [grade_of(score) for score in (0.95, 0.5, 0.1, 0.01)] == ["near", "good", "open", "poor"]


def test_what_is_settled_stands_last() -> None:
    settled = promise(Known([Answers([0.99])], decided=True))
    assert settled.score < promise(Known(named=False)).score
    assert settled.grade == "decided"


def test_without_candidates_it_counts_what_an_archive_can_be_asked_by() -> None:
    number = promise(Known(stated=["prisoner_number"]))
    name, nothing = promise(Known()), promise(Known(named=False))
    assert number.score > name.score > nothing.score
    asked = promise(Known(stated=["prisoner_number"], asked=True))
    assert asked.score < number.score
    assert {told.grade for told in (number, name, nothing)} <= {"open", "poor"}


def test_only_what_differs_and_is_not_known_yet_tells_candidates_apart() -> None:
    first = {"prisoner_number": "108258", "birth_date": "1903", "birth_place": "Курск"}
    second = {"prisoner_number": "55021", "birth_date": "1911", "birth_place": "курск"}
    both = [(0.5, first), (0.4, second)]
    assert telling([], both) == ["prisoner_number", "birth_date"]
    assert telling(["prisoner_number"], both) == ["birth_date"]
    assert telling([], [(0.9, first), (0.001, second)]) == []

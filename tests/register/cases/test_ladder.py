"""The ladder by itself: no step is taken without what it asks for."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sexton.web.cases import ladder
from sexton.web.cases.ladder import (
    DECIDED,
    FROM,
    STATES,
    VERDICTS,
    Opinion,
    Refused,
    Standing,
    Step,
    check,
    found_state,
    obstacles,
)

TWO = (Opinion("ann", "same", True), Opinion("bob", "same", True))
READY = Standing("candidates", "record:a", TWO, documents=1, searches=1)


def texts(standing: Standing, step: Step) -> list[str]:
    return [obstacle.text for obstacle in obstacles(standing, step)]


def test_two_who_judged_blind_make_it_probable() -> None:
    check(READY, Step("probable", "born and buried alike"))


@pytest.mark.parametrize(
    "opinions",
    [
        (),
        TWO[:1],
        (TWO[0], Opinion("bob", "same", False)),
        (TWO[0], Opinion("ann", "same", True)),
        (*TWO, Opinion("cem", "unsure", True)),
        (*TWO, Opinion("cem", "different", False)),
    ],
)
def test_fewer_or_divided_reviewers_do_not(opinions: tuple[Opinion, ...]) -> None:
    standing = Standing("candidates", "record:a", opinions)
    with pytest.raises(Refused) as refused:
        check(standing, Step("probable", "it seems so"))
    assert refused.value.obstacles and str(refused.value)


def test_a_contradiction_blocks_every_identification() -> None:
    standing = Standing("probable", "record:a", TWO, ["birth_date: 1903 / 1919"], 1)
    for to in ("established", "confirmed"):
        step = Step(to, "documents", body="the commune of Genk", forensic="a report")
        assert texts(standing, step) == [ladder.CONTRADICTION]


def test_what_each_step_asks_for() -> None:
    probable = Standing("probable", "record:a", TWO)
    assert texts(probable, Step("established", "r")) == [ladder.NO_BODY, ladder.NO_DOCUMENT]
    assert texts(probable, Step("confirmed", "r", body="a court")) == [ladder.NO_FORENSIC]
    assert texts(Standing("unnamed"), Step("closed", "r")) == [ladder.NO_SEARCH]
    assert texts(Standing("unnamed"), Step("withdrawn", "r")) == [ladder.NOT_FROM]
    assert texts(READY, Step("probable", "  ")) == [ladder.NO_REASON]
    assert texts(READY, Step("sainted", "r")) == [ladder.UNKNOWN_STEP]


def test_nobody_is_two_men() -> None:
    standing = Standing("probable", "record:b", TWO, documents=1, decided_for="record:a")
    assert ladder.ANOTHER in texts(standing, Step("established", "r", body="a court"))


@pytest.mark.parametrize(
    ("named", "restored", "candidates", "state"),
    [
        (False, False, 0, "unnamed"),
        (True, False, 0, "name_recorded"),
        (True, True, 0, "name_restored"),
        (False, False, 3, "candidates"),
    ],
)
def test_what_nobody_decided(named: bool, restored: bool, candidates: int, state: str) -> None:
    assert found_state(named, restored, candidates) == state


OPINIONS = st.lists(
    st.builds(Opinion, st.sampled_from("abcd"), st.sampled_from(VERDICTS), st.booleans()),
    max_size=5,
    unique_by=lambda one: one.reviewer,
)


@given(
    st.sampled_from(STATES), OPINIONS, st.lists(st.just("x"), max_size=1), st.integers(0, 1),
    st.sampled_from(sorted(FROM)), st.sampled_from(["", "why"]), st.sampled_from(["", "a court"]),
)  # fmt: skip
def test_no_identification_without_its_grounds(
    state: str, opinions: list[Opinion], against: list[str], documents: int, to: str, why: str,
    body: str,
) -> None:  # fmt: skip
    standing = Standing(state, "record:a", opinions, against, documents)
    if obstacles(standing, Step(to, why, body)):
        return
    assert why and state in FROM[to]
    if to in DECIDED:
        assert not against and all(one.verdict != "different" for one in opinions)
    if to == "probable":
        assert len({o.reviewer for o in opinions if o.blind and o.verdict == "same"}) >= 2
    if to == "established":
        assert body and documents
    assert to != "confirmed", "no forensic finding was named"

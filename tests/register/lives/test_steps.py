"""The order of a life, and accounts that agree or stand side by side: laws, without a database."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sexton.dates import edtf_span
from sexton.web.register.lives.accounts import Aspect, Voice, said_text, said_when
from sexton.web.register.lives.steps import LASTING, NATURAL, RANK, Step, in_order
from sexton.web.register.models import Source

DAYS = st.dates(date(1900, 1, 1), date(1950, 12, 31))
SHAPES = ("%Y-%m-%d", "%Y-%m", "%Y", "%Y~", "")
EDTF = st.builds(lambda day, shape: day.strftime(shape), DAYS, st.sampled_from(SHAPES))
KINDS = st.sampled_from(NATURAL)


def when(edtf: str):
    span = edtf_span(edtf)
    return said_when(edtf, edtf, *((span.first, span.last) if span else (None, None)))


def source(pk: int) -> Voice:
    return Voice(source=Source(pk=pk, key=str(pk)))


def step(kind: str, *edtf: str) -> Step:
    made = Step(kind)
    for pk, text in enumerate(edtf, 1):
        made.hear("when", when(text) if text else None, source(pk))
    return made


STEPS = st.lists(st.builds(step, KINDS, EDTF), max_size=9)


@given(STEPS, st.randoms())
def test_the_order_is_that_of_the_days_and_never_of_the_rows(steps, chance) -> None:
    ordered = in_order(steps)
    assert sorted(map(id, ordered)) == sorted(map(id, steps))
    for position, later in enumerate(ordered):
        for earlier in ordered[:position]:
            assert not later.window[1] < earlier.window[0]
    shuffled = list(steps)
    chance.shuffle(shuffled)
    told = [[(s.kind, s.window) for s in order] for order in (ordered, in_order(shuffled))]
    assert told[0] == told[1]


@given(st.lists(KINDS, max_size=9))
def test_steps_without_days_stand_as_lives_go(kinds) -> None:
    ranks = [RANK[s.kind] for s in in_order(step(kind) for kind in kinds)]
    assert ranks == sorted(ranks)


@pytest.mark.parametrize("kind", NATURAL)
def test_an_undated_step_keeps_its_place_among_dated_ones(kind) -> None:
    """Whatever is dated in the order of a life leaves the natural place of the rest alone."""
    dated = [step(name, f"{1900 + RANK[name]}-01-01") for name in NATURAL if name != kind]
    kinds = [s.kind for s in in_order([*dated, step(kind)])]
    assert kinds == list(NATURAL)


def test_a_vague_death_does_not_stand_before_an_escape() -> None:
    steps = [step("death", "1944"), step("escape", "1944-05"), step("birth", "1912")]
    assert [s.kind for s in in_order(steps)] == ["birth", "escape", "death"]


def test_a_misprinted_birth_leads_nobody_astray_while_another_source_stands() -> None:
    steps = [step("death", "1943-05-09"), step("birth", "1998-01-30", "1918")]
    assert [s.kind for s in in_order(steps)] == ["birth", "death"]


def test_a_time_that_lasts_stands_where_it_began() -> None:
    steps = [step("captivity", "1943-02/1944"), step("work", "1942-09/1943-05")]
    assert [s.kind for s in in_order(steps)] == ["work", "captivity"]
    assert "work" in LASTING


@pytest.mark.parametrize(
    ("edtf", "agreement"),
    [
        (("1912",), "one"),
        (("1912", "1912-02-18"), "less_exact"),
        (("1911-11-17", "1912-02-18"), "differ"),
        (("1944-03", "1944-04", "1944"), "differ"),
        (("1943~", "1944"), "less_exact"),
    ],
)
def test_dates_agree_only_if_they_can_be_one_day(edtf, agreement) -> None:
    assert step("death", *edtf).aspects["when"].agreement == agreement


@given(st.lists(st.tuples(EDTF.filter(bool), st.integers(1, 6)), min_size=1))
def test_no_account_is_lost_and_each_source_counts_once(told) -> None:
    aspect = Aspect("when")
    for edtf, pk in told:
        aspect.hear(when(edtf), source(pk))
    heard = {(a.said.edtf, v.source.pk) for a in aspect.alternatives for v in a.voices}
    assert heard == set(told)
    assert sum(len(a.voices) for a in aspect.alternatives) == len(heard)
    numbers = [len(a.voices) for a in aspect.alternatives]
    assert numbers == sorted(numbers, reverse=True)


def test_a_verdict_decides_what_is_shown_first_and_nothing_is_hidden() -> None:
    aspect = Aspect("when")
    for pk in (1, 2):
        aspect.hear(when("1944-03"), Voice(Source(pk=pk), state="disproven", reason="the stone"))
    aspect.hear(when("1944-04-02"), source(3))
    aspect.hear(when("1944-04-02"), source(4))
    aspect.hear(when("1944-04-01"), Voice(Source(pk=5), preferred=True, reason="the register"))
    told = [(a.said.edtf, a.preferred, a.disproven) for a in aspect.alternatives]
    assert told == [
        ("1944-04-01", True, False),
        ("1944-04-02", False, False),
        ("1944-03", False, True),
    ]
    assert aspect.alternatives[2].reasons == ["the stone"]
    assert aspect.agreement == "differ"


def test_what_is_disproven_moves_nothing_in_time() -> None:
    made = step("death", "1944-04-01")
    made.hear("when", when("1921"), Voice(Source(pk=9), state="disproven", reason="a misprint"))
    assert made.window == (date(1944, 4, 1), date(1944, 4, 1))
    assert made.aspects["when"].agreement == "one"


def test_texts_that_differ_in_signs_alone_are_one_account() -> None:
    aspect = Aspect("unit")
    for pk, text in enumerate(("89e Division d’infanterie", "89e division d'Infanterie"), 1):
        aspect.hear(said_text(text), source(pk))
    aspect.hear(said_text("99e division d’infanterie"), source(3))
    assert [len(a.voices) for a in aspect.alternatives] == [2, 1]
    assert aspect.agreement == "written"

"""Who stands in which row, who stands apart, and that nobody is left out."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sexton.web.register import models
from sexton.web.register.figures import facts, lives
from sexton.web.register.figures.facts import Stated, span_of
from sexton.web.register.figures.model import ACROSS, DISAGREE, LONGER, NOT_READ, NOT_STATED
from sexton.web.register.history import change
from sexton.web.register.models import dated

from ..conftest import person, take_in, write_csv

pytestmark = pytest.mark.django_db
COLUMNS = ("id", "surname", "birth_date", "death_date", "role", "rank", "nationality", "source")


@pytest.fixture(autouse=True)
def afresh() -> None:
    facts.forget()


def listed(tmp_path, *rows: dict[str, str]) -> None:
    whole = [{**dict.fromkeys(COLUMNS, ""), **row, "source": "https://a.example"} for row in rows]
    take_in(write_csv(tmp_path / f"{rows[0]['id']}.csv", whole))


def second_opinion(key: str, name: str, value: str) -> models.Claim:
    """Another source says otherwise of the person of a record."""
    member = models.Membership.objects.get(record__key=key)
    with change("a steward", "another book") as door:
        book = models.Source.objects.filter(key="book").first()
        book = book or door.add(models.Source(key="book", title="A book"))
        days = dated(value) if name.endswith("date") else {}
        claim = models.Claim(
            person=member.person, source=book, property=name, value=value,
            first_day=days.get("first_day"), last_day=days.get("last_day"),
        )  # fmt: skip
        return door.add(claim)


def told(figure) -> tuple[dict[str, tuple[int, ...]], dict[str, int]]:
    rows = {row.key: row.values for row in figure.rows}
    return rows, {row.key: row.total for row in figure.apart}


def test_a_death_stands_in_its_month_or_apart(tmp_path) -> None:
    listed(
        tmp_path,
        {"id": "a", "surname": "A", "death_date": "3.5.1943"},
        {"id": "b", "surname": "B", "death_date": "May 1943"},
        {"id": "c", "surname": "C", "death_date": "1943"},
        {"id": "d", "surname": "D"},
        {"id": "e", "surname": "E", "death_date": "7.6.1943"},
        {"id": "f", "surname": "F", "death_date": "1944"},
        {"id": "g", "surname": "G", "death_date": "in the autumn of his life"},
    )
    second_opinion("e", "death_date", "8.7.1944")
    second_opinion("f", "death_date", "2.2.1944")
    rows, apart = told(lives.deaths_by_month())
    assert rows == {"1943-05": (2,), "1944-02": (1,)}
    assert apart == {LONGER: 1, DISAGREE: 1, NOT_READ: 1, NOT_STATED: 1}


def test_two_days_of_one_month_are_of_that_month(tmp_path) -> None:
    listed(tmp_path, {"id": "a", "surname": "A", "death_date": "3.5.1943"})
    second_opinion("a", "death_date", "4.5.1943")
    assert told(lives.deaths_by_month()) == ({"1943-05": (1,)}, {})


def test_a_disproven_date_counts_for_nothing_and_a_preferred_one_alone(tmp_path) -> None:
    listed(
        tmp_path,
        {"id": "a", "surname": "A", "death_date": "3.5.1943"},
        {"id": "b", "surname": "B", "death_date": "3.5.1943"},
    )
    wrong, right = (second_opinion(key, "death_date", "1.1.1945") for key in "ab")
    with change("a reviewer", "the stone") as door:
        door.edit(wrong, state="disproven", reason="a slip")
        door.edit(right, preferred=True, reason="the register office")
    assert told(lives.deaths_by_month()) == ({"1943-05": (1,), "1945-01": (1,)}, {})


def test_an_event_of_a_death_is_a_date_of_death(db: None) -> None:
    with change("a steward", "a report") as door:
        event = door.add(models.Event(key="end", kind="death", **dated("9 May 1945")))
        door.add(models.Participant(event=event, person=person(door, "dead")))
        door.add(models.Participant(event=event, person=person(door, "by"), role="witness"))
    assert told(lives.deaths_by_month()) == ({"1945-05": (1,)}, {NOT_STATED: 1})


def test_years_alone_leave_an_age_of_two_years(tmp_path) -> None:
    listed(
        tmp_path,
        {"id": "a", "surname": "A", "birth_date": "1912", "death_date": "1943"},  # 30 or 31
        {"id": "b", "surname": "B", "birth_date": "1918", "death_date": "1943"},  # 24 or 25
        {"id": "c", "surname": "C", "birth_date": "4.5.1918", "death_date": "3.5.1943"},  # 24
        {"id": "d", "surname": "D", "birth_date": "1918"},
        {"id": "e", "surname": "E", "birth_date": "1950", "death_date": "1943"},
        {"id": "f", "surname": "F", "birth_date": "1900/1920", "death_date": "1943"},
    )
    rows, apart = told(lives.ages())
    assert rows == {"020": (1, 1), "025": (0, 1), "030": (1, 0)}
    assert apart == {ACROSS: 1, NOT_STATED: 1, LONGER: 2}


def test_who_is_called_two_things_stands_in_a_row_of_his_own(tmp_path) -> None:
    listed(
        tmp_path,
        {"id": "a", "surname": "A", "role": "pow"},
        {"id": "b", "surname": "B", "role": "unknown"},
        {"id": "c", "surname": "C", "role": "pow"},
        {"id": "d", "surname": "D"},
    )
    second_opinion("c", "role", "partisan")
    rows, apart = told(lives.roles())
    assert rows == {"pow": (1,), "partisan+pow": (1,)}
    assert apart == {NOT_STATED: 2}


def test_ranks_and_nationality_stand_as_written(tmp_path) -> None:
    listed(
        tmp_path,
        {"id": "a", "surname": "A", "rank": "Sergent", "nationality": "Ukrainian"},
        {"id": "b", "surname": "B", "rank": "sergent"},
        {"id": "c", "surname": "C", "rank": "сержант"},
        {"id": "d", "surname": "D"},
    )
    second_opinion("c", "rank", "Sergent")
    ranks = lives.ranks()
    assert told(ranks) == ({"Sergent": (3,), "сержант": (1,)}, {NOT_STATED: 1})
    assert ranks.counts["several"] == 1
    assert told(lives.nationality()) == ({"Ukrainian": (1,)}, {NOT_STATED: 3})


def test_a_witness_has_no_event_of_his_own(db: None) -> None:
    with change("a steward", "a report") as door:
        fight = door.add(models.Event(key="fight", kind="combat"))
        stone = door.add(models.Event(key="stone", kind="marking"))
        man = person(door, "man")
        door.add(models.Participant(event=fight, person=man, role="fell"))
        door.add(models.Participant(event=fight, person=person(door, "seer"), role="witness"))
        door.add(models.Participant(event=stone, person=man, role="commemorated"))
    assert told(lives.circumstances()) == ({"combat": (1,)}, {NOT_STATED: 1})


days = st.dates(date(1890, 1, 1), date(1950, 1, 1))


@given(st.lists(st.tuples(days, days), min_size=1, max_size=4))
def test_a_span_holds_what_all_accounts_share_or_all_that_they_name(pairs) -> None:
    spans = [tuple(sorted(pair)) for pair in pairs]
    span = span_of([Stated("", "", first, last) for first, last in spans])
    assert span is not None
    assert span.first <= span.last
    for first, last in spans:
        if span.agree:
            assert first <= span.first
            assert span.last <= last
        else:
            assert span.first <= first
            assert last <= span.last


def test_no_days_make_no_span() -> None:
    assert span_of([]) is None
    assert span_of([Stated("sometime", "", None, None)]) is None

"""Where a person stands on the ladder, in codes that have words."""

from __future__ import annotations

import pytest

from sexton.web.register import labels, merging
from sexton.web.register.history import change
from sexton.web.register.models import Claim, Membership, Person, PersonName, Record, RecordLink
from sexton.web.register.queries import with_records
from sexton.web.register.standing import (
    CODES,
    Known,
    judged,
    standing_of,
    standings,
    standings_of,
)

PAIR = {1, 2}


def codes(**known: object) -> tuple[str, ...]:
    return judged(Known(**known)).codes


def test_every_code_has_words_and_every_word_a_code() -> None:
    assert set(CODES) == set(labels.STANDINGS)
    assert next(iter(labels.STANDINGS)) == "unnamed"


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({"is_named": False, "bases": {"printed"}}, ("unnamed",)),
        ({"sources": {1}}, ("recorded_once",)),
        ({"sources": {None}}, ("recorded_once",)),
        ({"sources": {1, 2}}, ("recorded",)),
        ({"bases": {""}}, ("restored",)),
        ({"bases": {"", "conjecture"}}, ("restored_conjecture",)),
        ({"bases": {"conjecture", "reconstructed"}}, ("restored_reconstructed",)),
        ({"bases": {"printed", "conjecture"}}, ("restored_printed",)),
    ],
)
def test_the_name(known: dict[str, object], expected: tuple[str, ...]) -> None:
    assert codes(**known) == expected


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({"records": {1}}, ()),
        ({"records": PAIR}, ("proposed",)),
        ({"records": PAIR, "said": {(1, 2)}}, ("said_same",)),
        ({"records": PAIR, "said": {(1, 2)}, "decided": {(2, 1)}}, ("confirmed",)),
        ({"records": {1, 2, 3}, "said": {(1, 2)}}, ("proposed",)),
        ({"records": {1, 2, 3}, "decided": {(1, 2)}}, ("confirmed_part",)),
        ({"records": {1, 2, 3}, "decided": {(1, 2), (3, 2)}}, ("confirmed",)),
        ({"records": PAIR, "disputed": True}, ("proposed", "disputed")),
    ],
)
def test_the_records(known: dict[str, object], expected: tuple[str, ...]) -> None:
    assert codes(**known)[1:] == expected


@pytest.fixture
def one(db: None) -> Person:
    """A person of two records."""
    with change("a test", "a person") as door:
        records = [Record(key=f"r{n}", fields={"name": "Ivan Petrov"}) for n in (1, 2)]
        door.add_many(records)
        person = Person(key="r1", name="Ivan Petrov", record_count=2)
        door.add_many([person])
        door.add_many([Membership(record=r, person=person, probability=0.99) for r in records])
    return person


def records_of(person: Person) -> list[Record]:
    return [member.record for member in person.memberships.order_by("record__key")]


def add(*rows: object) -> None:
    with change("a test", "it is added") as door:
        door.add_many(list(rows))


def test_what_the_engine_joins_is_a_proposal_until_somebody_decides(one: Person) -> None:
    assert standing_of(one).codes == ("recorded_once", "proposed")
    left, right = records_of(one)
    add(RecordLink(left=left, right=right, verdict="same"))
    assert standing_of(one).codes == ("recorded_once", "said_same")
    merging.accept(left, right, by="a reviewer", reason="the same day and village")
    assert standing_of(one).codes == ("recorded_once", "confirmed")


def test_a_conjecture_is_called_one(one: Person) -> None:
    add(PersonName(person=one, written="Иван Петров", kind="restored", basis="conjecture"))
    assert standing_of(one).codes[0] == "restored_conjecture"
    assert "conjecture" in str(standing_of(one).words[0])


def test_a_disputed_claim_and_a_link_that_parts_make_a_dispute(one: Person) -> None:
    left = records_of(one)[0]
    add(Claim(record=left, property="birth_date", value="1912", state="disputed", reason="why"))
    assert standing_of(one).codes[-1] == "disputed"
    other = Person.objects.exclude(pk=one.pk).first()
    assert other is None or "disputed" not in standing_of(other).codes


def test_two_records_that_a_source_parts(one: Person) -> None:
    left, right = records_of(one)
    add(RecordLink(left=left, right=right, verdict="different"))
    assert standing_of(one).codes == ("recorded_once", "proposed", "disputed")


def test_one_by_one_many_at_once_and_from_what_is_read_are_the_same(one: Person) -> None:
    add(PersonName(person=one, written="Иван Петров", kind="restored", basis="printed"))
    add(Claim(person=one, source=None, record=records_of(one)[0], property="x", value="y"))
    everybody = standings()
    assert everybody[one.pk] == standing_of(one) == standings([one.pk])[one.pk]
    read = list(with_records(Person.objects.all()))
    assert standings_of(read, PersonName.objects.all()) == everybody


def test_nobody_asked_for_is_nobody_told(one: Person) -> None:
    assert standings([]) == {}

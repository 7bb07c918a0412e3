"""Joining and parting persons by decisions: reversible, with all that stands on them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sexton.web.register import merging, models, services
from sexton.web.register.history import change
from sexton.web.register.past import register_now
from sexton.web.register.undo import undo

from .conftest import take_in, write_csv
from .test_batches import MAN, _One

pytestmark = pytest.mark.django_db
KEYS = ("a", "b", "c", "d")


@pytest.fixture
def records(tmp_path: Path, db: None) -> dict[str, models.Record]:
    take_in(write_csv(tmp_path / "men.csv", [{**MAN, "id": key} for key in KEYS]))
    return {record.key: record for record in models.Record.objects.all()}


def persons() -> dict[str, list[str]]:
    """Whose records are whose, by the persons' keys."""
    found: dict[str, list[str]] = {}
    pairs = models.Membership.objects.values_list("person__key", "record__key")
    for person, record in sorted(pairs):
        found.setdefault(person, []).append(record)
    return found


def link(a: str, b: str) -> models.RecordLink:
    return models.RecordLink.objects.get(left__key=a, right__key=b, decided=True)


def test_accepting_joins_and_withdrawing_parts(records) -> None:
    with change("a clerk", "a letter") as door:
        for key in ("a", "b"):
            person = models.Person.objects.get(key=key)
            name = models.PersonName(person=person, written=key, record=records[key])
            door.add(name)
        door.add(models.Relation(person=person, kind="wife", named="Anna"))
    told = merging.affected(records["a"], records["b"])
    assert told.standing == {"personname": 2, "relation": 1}
    assert len(told.pages) == 4
    merging.accept(records["b"], records["a"], "a reviewer", "one number")
    assert persons() == {"a": ["a", "b"], "c": ["c"], "d": ["d"]}
    joined = models.Person.objects.get(key="a")
    assert (joined.record_count, joined.names.count(), joined.relations.count()) == (2, 2, 1)
    merging.withdraw(link("b", "a"), "a reviewer", "another number after all")
    assert persons() == {key: [key] for key in KEYS}
    assert [n.written for n in models.Person.objects.get(key="b").names.all()] == ["b"]
    assert models.Person.objects.get(key="a").relations.count() == 1


def test_undoing_a_decision_gives_the_very_same_register(records) -> None:
    before = register_now().dump()
    made = merging.accept(records["a"], records["b"], "a reviewer", "one number")
    undo(made, "a reviewer", "a slip")
    assert register_now().dump() == before


def test_two_whom_a_decision_parts_are_not_joined(records) -> None:
    merging.refuse(records["a"], records["c"], "a reviewer", "brothers")
    merging.accept(records["a"], records["b"], "a reviewer", "one number")
    with pytest.raises(merging.AgainstDecision, match="brothers"):
        merging.accept(records["b"], records["c"], "another", "alike")
    assert persons()["a"] == ["a", "b"]
    merging.withdraw(link("a", "c"), "a reviewer", "no proof")
    merging.accept(records["b"], records["c"], "another", "alike")
    assert persons()["a"] == ["a", "b", "c"]


def test_refusing_parts_whom_the_engine_joined_and_withdrawing_joins_again(records) -> None:
    engine = _One(("a", "b", "c"))
    engine.links = [_Likely("a", "b"), _Likely("b", "c")]
    services.store_clusters(engine)
    assert persons()["a"] == ["a", "b", "c"]
    merging.refuse(records["a"], records["b"], "a reviewer", "two villages")
    assert persons() == {"a": ["a"], "b": ["b", "c"], "d": ["d"]}
    services.store_clusters(engine)
    assert persons() == {"a": ["a"], "b": ["b", "c"], "d": ["d"]}
    merging.withdraw(link("a", "b"), "a reviewer", "one village")
    assert persons() == {"a": ["a", "b", "c"], "d": ["d"]}


def test_the_engine_goes_by_decisions(records) -> None:
    merging.accept(records["a"], records["d"], "a reviewer", "one number")
    merging.refuse(records["a"], records["b"], "a reviewer", "brothers")
    engine = _One(("a", "b", "c"))
    engine.links = [_Likely("a", "b"), _Likely("a", "c")]
    services.store_clusters(engine)
    assert persons() == {"a": ["a", "c", "d"], "b": ["b"]}


class _Likely:
    probability, weight, evidence = 0.9, 12.0, ()

    def __init__(self, a: str, b: str) -> None:
        self.a, self.b = a, b


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(
        st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS)).filter(lambda p: p[0] < p[1]),
        unique=True,
        max_size=4,
    )
)
def test_whatever_is_joined_can_be_parted_again(records, pairs) -> None:
    before = persons()
    for a, b in pairs:
        merging.accept(records[a], records[b], "a reviewer", "alike")
    for a, b in pairs:
        merging.withdraw(link(a, b), "a reviewer", "not alike")
    assert persons() == before
    people = models.Person.objects.values_list("record_count", flat=True)
    assert list(people) == [1] * len(KEYS)

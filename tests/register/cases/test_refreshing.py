"""What a clue and a search in vain change, as it is written to the candidates of a case."""

from __future__ import annotations

import pytest

from sexton.web.cases.models import Case, Clue, NegativeSearch
from sexton.web.cases.refreshing import weigh_again
from sexton.web.register.history import change

from ..workbench.conftest import case  # noqa: F401

pytestmark = pytest.mark.django_db


def bits(case: Case) -> dict[str, dict[str, float]]:  # noqa: F811
    return {
        one.name: {item["field"]: item["bits"] for item in one.evidence}
        for one in case.candidates.all()
    }


def test_what_is_shown_adds_up(case: Case) -> None:  # noqa: F811
    for one in case.candidates.all():
        assert one.weight == pytest.approx(sum(item["bits"] for item in one.evidence))
        assert one.total == pytest.approx(one.prior + one.weight + one.searched)
    inquiry = case.inquiries.get()
    whole = sum(one.probability for one in case.candidates.all()) + inquiry.none
    assert whole == pytest.approx(1) and 0 < inquiry.none < 1
    first = case.candidates.first()
    assert (first.name, first.rank) == ("record:card-1", 1)


def test_a_clue_changes_its_field_alone(case: Case) -> None:  # noqa: F811
    before = bits(case)
    with change("ann", "a letter") as door:
        door.add(Clue(case=case, field="prisoner_number", value="108258", citation="a letter"))
    weigh_again(case)
    after = bits(case)
    for name in before:
        changed = {
            field
            for field in before[name].keys() | after[name].keys()
            if before[name].get(field) != after[name].get(field)
        }
        assert changed == {"prisoner_number"}
    assert after["record:card-1"]["prisoner_number"] > 0 > after["record:card-2"]["prisoner_number"]


def test_a_search_in_vain_weighs(case: Case) -> None:  # noqa: F811
    before = {one.name: one.total for one in case.candidates.all()}
    with change("ann", "a search") as door:
        door.add(
            NegativeSearch(
                case=case, where="death list of Stalag 326", asked="Шатунов", share=0.75,
                candidate="record:card-2", citation="the list",
            )
        )  # fmt: skip
    weigh_again(case)
    after = {one.name: one for one in case.candidates.all()}
    assert after["record:card-2"].searched == pytest.approx(-2.0)
    assert after["record:card-2"].total == pytest.approx(before["record:card-2"] - 2)
    assert after["record:card-1"].total == pytest.approx(before["record:card-1"])


def test_a_list_that_cannot_be_asked_leaves_what_stands(case: Case) -> None:  # noqa: F811
    case.inquiries.update(pool="archive:gone")
    case.candidates.update(pool="archive:gone")
    before = bits(case)
    [inquiry] = weigh_again(case)
    assert inquiry.trouble == "missing" and bits(case) == before

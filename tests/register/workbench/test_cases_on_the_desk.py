"""What the stewards' desk tells of cases: nothing to who does not work on them."""

from __future__ import annotations

import pytest
from django.urls import reverse

from sexton.web.cases import deciding
from sexton.web.cases.judging import judge
from sexton.web.cases.ladder import Step
from sexton.web.cases.models import Case, Judgement
from sexton.web.register.models import Site

pytestmark = pytest.mark.django_db
CARD = "record:card-1"
WHY = "he is Шатунов, as the card says"


@pytest.fixture
def decided(case: Case) -> Case:
    for reviewer in ("ann", "bob"):
        judge(case, CARD, reviewer, "same")
    deciding.set_embargo(case, "ann", "his family")
    deciding.decide(case, Step("probable", WHY), "ann", CARD)
    return case


def look(client, change) -> str:
    where = reverse("admin:register_change_change", args=[change.pk])
    return client.get(where, follow=True).content.decode()


@pytest.mark.parametrize("role", ["contributor", "caretaker"])
def test_who_does_not_work_on_cases_sees_none_of_their_changes(
    decided: Case, signed_in, role: str
) -> None:
    site = Site.objects.get(key="genk") if role == "caretaker" else None
    client = signed_in(role, site=site)
    made = decided.decisions.get().change
    told = [look(client, made), client.get(reverse("admin:index")).content.decode()]
    told.append(client.get(reverse("admin:register_change_changelist")).content.decode())
    assert not any("Шатунов" in text or "his family" in text for text in told)
    assert "a visit" in told[1]  # other changes are told


def test_who_works_on_cases_sees_them(decided: Case, signed_in) -> None:
    made = decided.decisions.get().change
    assert WHY in look(signed_in("reviewer", "dan"), made)


def test_a_judgement_is_hidden_from_who_has_not_judged(decided: Case, signed_in) -> None:
    made = Judgement.objects.get(reviewer="bob").change
    dan = signed_in("reviewer", "dan")
    assert "bob on" not in look(dan, made)
    judge(decided, CARD, "dan", "same")
    assert "bob on" in look(dan, made)

"""A case from its opening to a decision that is told, kept back, contested and withdrawn."""

from __future__ import annotations

import pytest

from sexton.web.cases import deciding, judging
from sexton.web.cases.judging import CannotJudge, agreement, judge, look
from sexton.web.cases.ladder import Refused, Step
from sexton.web.cases.models import Candidate, Case, Clue, Decision, Judgement
from sexton.web.register import models
from sexton.web.register.history import change
from sexton.web.register.undo import undo

from ..conftest import take_in, write_csv

pytestmark = pytest.mark.django_db
WHY = "the same camp number and the same day"
EVIDENCE = [{"field": "name", "bits": 9.5, "left": "SCHATUNOV", "right": "Шатунов"}]


@pytest.fixture
def case(tmp_path) -> Case:
    rows = [
        {"id": "grave-1", "name": "SCHATUNOV", "source": "a stone"},
        {"id": "card-1", "name": "Шатунов Афанасий", "source": "a card"},
        {"id": "card-2", "name": "Чатунов Пётр", "source": "a card"},
    ]
    take_in(write_csv(tmp_path / "list.csv", rows))
    made = deciding.open_case(models.Record.objects.get(key="grave-1"), "ann")
    for rank, name in enumerate(("record:card-1", "record:card-2", ""), 1):
        Candidate.objects.create(
            case=made, name=name, rank=rank, probability=0.9 / rank, weight=9.5,
            evidence=EVIDENCE, rules="3",
        )  # fmt: skip
    return made


def person_of(key: str) -> models.Person:
    return models.Membership.objects.get(record__key=key).person


def joined() -> bool:
    return person_of("grave-1") == person_of("card-1")


def judged(case: Case) -> None:
    for reviewer in ("ann", "bob"):
        judge(case, "record:card-1", reviewer, "same")


def test_a_case_is_opened_once(case: Case) -> None:
    assert case.state == "name_recorded"
    assert deciding.open_case(case.record, "bob") == case
    assert Case.objects.count() == 1


def test_a_decision_joins_the_records_and_its_withdrawal_parts_them(case: Case) -> None:
    assert not joined()
    judged(case)
    decision = deciding.decide(case, Step("probable", WHY), "ann", "record:card-1")
    assert joined() and case.is_public
    assert decision.snapshot["evidence"] == EVIDENCE and decision.rules == "3"
    assert decision.snapshot["opinions"] == [["ann", "same", True], ["bob", "same", True]]
    deciding.decide(case, Step("withdrawn", "the number was misread"), "bob")
    assert not joined() and case.state == "withdrawn" and case.candidate == ""
    assert [d.step for d in Decision.objects.filter(case=case)] == ["probable", "withdrawn"]


def test_one_reviewer_is_not_enough(case: Case) -> None:
    judge(case, "record:card-1", "ann", "same")
    with pytest.raises(Refused):
        deciding.decide(case, Step("probable", WHY), "ann", "record:card-1")
    case.refresh_from_db()
    assert case.state == "name_recorded" and not joined() and not Decision.objects.exists()


def test_under_embargo_nothing_of_it_is_told(case: Case) -> None:
    deciding.set_embargo(case, "ann", "the family is being looked for")
    judged(case)
    deciding.decide(case, Step("probable", WHY), "ann", "record:card-1")
    assert case.state == "probable" and not case.is_public and not joined()
    assert not models.RecordLink.objects.filter(decided=True).exists()
    deciding.lift_embargo(case, "ann", "the granddaughter was told")
    assert joined()
    deciding.set_embargo(case, "ann", "she asks for time")
    assert not joined()


def test_a_contested_decision_is_taken_from_the_page_until_it_is_settled(case: Case) -> None:
    judged(case)
    deciding.decide(case, Step("probable", WHY), "ann", "record:card-1")
    deciding.decide(case, Step("disputed", "his son has another birth date"), "cem")
    assert not joined() and case.candidate == "record:card-1"
    deciding.decide(case, Step("probable", "the date was his brother's"), "bob")
    assert joined()


def test_established_needs_a_document_and_who_decides(case: Case) -> None:
    judged(case)
    deciding.decide(case, Step("probable", WHY), "ann", "record:card-1")
    with pytest.raises(Refused) as refused:
        deciding.decide(case, Step("established", WHY), "ann")
    assert len(refused.value.obstacles) == 2
    with change("ann", "a letter came") as door:
        door.add(
            Clue(case=case, field="birth_date", value="1903", citation="letter of the commune")
        )
    deciding.decide(case, Step("established", WHY, body="the commune of Genk"), "ann")
    assert case.state == "established" and joined()


def test_strong_evidence_against_stands_in_the_way(case: Case) -> None:
    against = {"field": "birth_date", "bits": -6.0, "left": "1903", "right": "1919"}
    Candidate.objects.filter(name="record:card-1").update(evidence=[*EVIDENCE, against])
    judged(case)
    with pytest.raises(Refused) as refused:
        deciding.decide(case, Step("probable", WHY), "ann", "record:card-1")
    assert "birth_date: 1903 / 1919" in str(refused.value)


def test_a_decision_can_be_undone_like_every_change(case: Case) -> None:
    judged(case)
    decision = deciding.decide(case, Step("probable", WHY), "ann", "record:card-1")
    undo(decision.change, "bob", "decided by mistake")
    case.refresh_from_db()
    assert case.state == "name_recorded" and not joined()


def test_who_has_seen_the_evidence_judges_no_more_blind(case: Case) -> None:
    assert judge(case, "record:card-1", "ann", "unsure").blind
    look(case, "record:card-2", "bob")
    with pytest.raises(CannotJudge):
        judge(case, "record:card-2", "bob", "same")
    assert not judge(case, "record:card-2", "bob", "same", "the number decides it").blind
    with pytest.raises(CannotJudge):
        judge(case, "record:card-1", "ann", "same")
    judge(case, "record:card-1", "ann", "same", "now I have read the card")
    [now] = judging.opinions_on(case, "record:card-1")
    assert (now.verdict, now.blind) == ("same", True)
    with pytest.raises(CannotJudge):
        judge(case, "record:card-1", "cem", "maybe")


def test_agreement_of_reviewers(case: Case) -> None:
    assert agreement(Judgement.objects.all()) is None
    for name, verdicts in {"record:card-1": "ss", "record:card-2": "ds", "record:x": "dd"}.items():
        for reviewer, verdict in zip(("ann", "bob"), verdicts, strict=True):
            judge(case, name, reviewer, {"s": "same", "d": "different"}[verdict])
    found = agreement(Judgement.objects.all())
    assert found.subjects == 3 and found.observed == pytest.approx(2 / 3)
    assert found.expected == pytest.approx(0.5) and found.kappa == pytest.approx(1 / 3)

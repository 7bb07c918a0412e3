"""The pages of a plate: nothing before a decision, two readers, a sheet to print."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from sexton.web.cases import deciding, proofs
from sexton.web.cases.judging import judge
from sexton.web.cases.ladder import Step
from sexton.web.cases.models import Case, PlateProof

pytestmark = pytest.mark.django_db
CARD = "record:card-1"


@pytest.fixture
def decided(case: Case) -> Case:
    for reviewer in ("ann", "bob"):
        judge(case, CARD, reviewer, "same")
    deciding.decide(case, Step("probable", "the day agrees"), "ann", CARD)
    return case


def address(case: Case, name: str = "case-plate") -> str:
    return reverse(name, args=[case.key])


def text_of(client: Client, case: Case) -> dict[str, str]:
    """What the form of the page holds."""
    told = client.get(address(case) + "?convention=fr").content.decode()
    return dict(re.findall(r'name="(\w+)" value="([^"]*)" maxlength', told)) | {"convention": "fr"}


@pytest.mark.parametrize("state", ["undecided", "embargo", "contested", "withdrawn"])
def test_there_is_no_plate_of_what_is_not_public(case: Case, signed_in, state: str) -> None:
    for reviewer in ("ann", "bob"):
        judge(case, CARD, reviewer, "same")
    if state != "undecided":
        deciding.decide(case, Step("probable", "the day agrees"), "ann", CARD)
    if state == "embargo":
        deciding.set_embargo(case, "ann", "his family")
    if state in {"contested", "withdrawn"}:
        step = "disputed" if state == "contested" else state
        deciding.decide(case, Step(step, "misread"), "bob")
    client = signed_in("reviewer", "bob")
    told = client.get(address(case)).content.decode()
    assert "Шатунов" not in told and "There is a plate only for a man" in told
    posted = client.post(address(case), {"deed": "confirm", "latin": "Chatounov"})
    assert posted.status_code == 400 and not PlateProof.objects.exists()
    assert client.get(address(case, "case-plate-print")).status_code == 302


def test_the_text_is_composed_and_two_confirm_it(decided: Case, signed_in) -> None:
    ann, bob = signed_in("researcher", "ann"), signed_in("reviewer", "bob")
    said = text_of(ann, decided)
    assert (said["cyrillic"], said["latin"]) == ("Шатунов Афанасий", "Chatounov Afanassi")
    assert said["years"] == "1903 – 1943"
    assert ann.post(address(decided), said | {"deed": "confirm"}).status_code == 302
    told = ann.get(address(decided)).content.decode()
    assert "Somebody else has to read it too." in told and "it can be cut" not in told
    again = ann.post(address(decided), said | {"deed": "confirm"})
    assert (
        again.status_code == 400
        and "You have confirmed this text already" in again.content.decode()
    )
    assert "Not to be cut yet" in ann.get(address(decided, "case-plate-print")).content.decode()
    assert bob.post(address(decided), said | {"deed": "confirm"}).status_code == 302
    sheet = bob.get(address(decided, "case-plate-print")).content.decode()
    assert "Two have read it: it can be cut." in sheet and "cyrillic capital letter sha" in sheet
    assert "ann" not in sheet.split("<main")[1]  # it goes to others than colleagues
    assert [one.readers for one in proofs.texts(decided)] == [["ann", "bob"]]
    history = bob.get(reverse("case-history", args=[decided.key])).content.decode()
    assert "ann confirmed the text of a plate." in history


def test_a_text_that_was_changed_is_another(decided: Case, signed_in) -> None:
    ann, bob = signed_in("researcher", "ann"), signed_in("reviewer", "bob")
    said = text_of(ann, decided)
    ann.post(address(decided), said | {"deed": "confirm"})
    bob.post(address(decided), said | {"deed": "confirm", "cyrillic": "Шатунов"})
    assert [one.is_read for one in proofs.texts(decided)] == [False, False]


def test_a_look_at_a_text_says_what_is_wrong_and_saves_nothing(decided: Case, signed_in) -> None:
    ann = signed_in("researcher", "ann")
    answer = ann.post(address(decided), {"deed": "check", "cyrillic": "Шaтунов", "latin": "X\x00y"})
    told = answer.content.decode()
    assert answer.status_code == 200 and "latin small letter a" in told and "Шaтунов" in told
    assert not PlateProof.objects.exists()
    assert ann.post(address(decided), {"deed": "confirm"}).status_code == 400


def test_a_later_decision_is_proofread_anew(decided: Case, signed_in) -> None:
    ann = signed_in("researcher", "ann")
    ann.post(address(decided), text_of(ann, decided) | {"deed": "confirm"})
    deciding.decide(decided, Step("withdrawn", "misread"), "ann")
    deciding.decide(decided, Step("probable", "read again"), "ann", CARD)
    assert proofs.texts(decided) == []
    assert PlateProof.objects.count() == 1

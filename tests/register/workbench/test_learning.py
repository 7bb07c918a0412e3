"""The page of what judgements teach: figures, what stays hidden, files, and rules that change."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.urls import reverse

from sexton.evidence import default_rules
from sexton.web.cases import rules
from sexton.web.cases.judging import judge, look, sees_evidence
from sexton.web.cases.models import Candidate, Case, Judgement, Look, RulesVersion
from sexton.web.jobs import desk
from sexton.web.jobs.models import Job
from sexton.web.jobs.run import do
from sexton.web.register.models import Change, Site
from sexton.web.workbench.learning import agreeing, calibrating, files, report
from sexton.web.workbench.learning.page import shown
from sexton.web.workbench.work import PROPOSE, WEIGH

from ..judged import judge_all, proposed, twenty_graves

pytestmark = pytest.mark.django_db
WHY = {"reason": "two hundred judgements say so"}


@pytest.fixture
def cases(tmp_path) -> list[Case]:
    return twenty_graves(tmp_path)


def text_of(answer) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_an_empty_page_says_what_is_missing(case: Case, signed_in) -> None:
    text = text_of(signed_in("researcher").get(reverse("learning")))
    assert "Nothing was judged yet" in text and "30 more pairs have to be judged first" in text
    assert f"the rules that ship with Sexton, version {default_rules().version}" in text


def test_who_judged_how_much(cases: list[Case], signed_in) -> None:
    judge_all(cases, 3)
    judge(cases[0], "record:right-0", "bob", "unsure")
    judge(cases[0], "record:right-0", "bob", "same", "the card decides it")
    ann, bob = agreeing.colleagues(Judgement.objects.all())
    assert (ann.name, ann.blind, ann.verdicts["different"], ann.later) == ("ann", 6, 3, 0)
    assert (bob.blind, bob.verdicts["unsure"], bob.later) == (1, 1, 1)
    text = text_of(signed_in("researcher").get(reverse("learning")))
    assert "6 candidates were judged blind" in text and "bob" in text
    assert "9 more are needed before an agreement can be stated" in text


def test_agreement_has_limits_and_words(cases: list[Case]) -> None:
    judge_all(cases)
    for n, one in enumerate(cases):
        judge(one, f"record:right-{n}", "bob", "same" if n % 10 else "different")
        judge(one, f"record:wrong-{n}", "bob", "different")
    told = shown(list(Judgement.objects.all()), "ann", False)["agreed"]
    assert told["subjects"] == 40 and told["observed"] == "95%"
    assert told["low"] < told["kappa"] < told["high"]
    assert str(told["words"]) == "They agree nearly always."
    found = agreeing.agreed({(0, str(n)): {"a": "same", "b": "same"} for n in range(20)})
    assert found is None  # one verdict on everything: chance explains it


def test_others_verdicts_stay_hidden_from_who_can_still_judge_blind(
    cases: list[Case],
    signed_in,
) -> None:
    judge(cases[0], "record:right-0", "ann", "same")
    judge(cases[0], "record:right-0", "bob", "different")
    judge(cases[1], "record:right-1", "ann", "same")
    judge(cases[1], "record:right-1", "bob", "different")
    look(cases[1], "record:right-1", "cem")
    client = signed_in("researcher", "cem")
    text = text_of(client.get(reverse("learning")))
    assert "record:right-1 : ann one man , bob two men" in text
    assert "record:right-0" not in text and "One more is not shown" in text


def test_bits_are_told_beside_verdicts_where_there_are_enough(cases: list[Case]) -> None:
    judge_all(cases)
    pairs = calibrating.judged_pairs(list(Judgement.objects.all()), simulated=False)
    assert len(pairs) == 40
    for pair, one in zip(pairs, Judgement.objects.all(), strict=True):
        now = Candidate.objects.get(case=one.case, name=one.candidate)
        assert pair.bits == now.weight and pair.told.stated == pytest.approx(now.probability)
    context = shown(list(Judgement.objects.all()), "ann", False)
    assert sum(line["n"] for line in context["steps"]) == 40
    assert all(("stated" in line) == (line["n"] >= 10) for line in context["steps"])
    assert "<svg" in context["plot"] and "NaN" not in context["plot"]
    assert shown(list(Judgement.objects.all()), "ann", True)["pairs"] == 0


def test_what_was_stated_then_moves_with_the_bits_of_then(cases: list[Case]) -> None:
    judge(cases[0], "record:right-0", "ann", "same")
    now = Candidate.objects.get(name="record:right-0")
    Candidate.objects.filter(pk=now.pk).update(weight=now.weight - 1)
    [pair] = calibrating.judged_pairs(list(Judgement.objects.all()), simulated=False)
    odds = 2 * now.probability / (1 - now.probability)
    assert pair.told.stated == pytest.approx(odds / (1 + odds))


def test_simulated_persons_are_told_apart(cases: list[Case], signed_in) -> None:
    judge_all(cases)
    Candidate.objects.update(simulated=True)
    client = signed_in("researcher")
    assert "No such pair was judged blind" in text_of(client.get(reverse("learning")))
    text = text_of(client.get(reverse("learning") + "?who=simulated"))
    assert "Simulated. These candidates never lived" in text and "Stated, on average" in text


def test_the_file_has_pseudonyms_and_only_what_is_not_blind_any_more(
    cases: list[Case],
    signed_in,
) -> None:
    judge_all(cases, 3)
    judge(cases[0], "record:right-0", "a-researcher", "same")
    client = signed_in("researcher")
    address = reverse("learning-judgements")
    some = list(csv.DictReader(io.StringIO(client.get(address).content.decode())))
    assert {row["right_id"] for row in some} == {"right-0"} and len(some) == 2
    answer = client.post(address)
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert len(rows) == 7 and list(rows[0]) == [name for name, _type, _words in files.COLUMNS]
    assert "ann" not in answer.content.decode() and "a-researcher" not in answer.content.decode()
    assert len({row["reviewer"] for row in rows}) == 2
    assert rows[0]["left_id"] == "grave-0" and rows[0]["verdict"] == "same"
    assert float(rows[0]["bits"]) == Candidate.objects.get(name="record:right-0").weight
    assert sees_evidence(cases[1], "record:right-1", "a-researcher")
    assert not judge(cases[1], "record:right-1", "a-researcher", "same", "after the file").blind


def test_candidates_of_archives_are_for_who_may_see_them(cases: list[Case], signed_in) -> None:
    judge(cases[0], "archive:cards:ab12:7", "ann", "same")
    near = signed_in("reviewer", "near", site=Site.objects.create(
        key="genk", kind="cemetery_plot", change=Change.objects.first()))  # fmt: skip
    assert b"ab12" not in near.post(reverse("learning-judgements")).content
    assert b"ab12" in signed_in("researcher").post(reverse("learning-judgements")).content


def test_the_codebook_explains_every_column(signed_in) -> None:
    book = signed_in("researcher").get(reverse("learning-codebook")).json()
    columns = book["tableSchema"]["columns"]
    assert [one["name"] for one in columns] == [name for name, _type, _words in files.COLUMNS]
    for one in columns:
        said = {each["@language"]: each["@value"] for each in one["dc:description"]}
        assert len(set(said.values())) == len(said) == 5, one["name"]


def run_jobs() -> None:
    while job := desk.claim("a worker"):
        do(job)


def test_from_judgements_to_rules_in_use_and_back(cases: list[Case], signed_in) -> None:
    judge_all(cases)
    client = signed_in("editor", "eve")
    client.post(reverse("learning-propose"))
    assert "A version is being learnt" in text_of(client.get(reverse("learning")))
    run_jobs()
    version = RulesVersion.objects.get()
    page = reverse("learning-version", args=[version.name])
    text = text_of(client.get(page))
    assert "From 40 pairs that were judged blind" in text
    assert "0 lists have another first candidate" in text
    assert "not shown, so that you can judge blind" in text and "Шатунов" not in text
    decide = reverse("learning-decide", args=[version.name])
    refused = client.post(decide, {"deed": "adopt", "reason": ""})
    assert refused.status_code == 400 and rules.in_use() is default_rules()
    assert client.post(decide, {"deed": "adopt"} | WHY).status_code == 302
    version.refresh_from_db()
    assert version.change.by == "eve" and rules.in_use().version == version.name
    assert Job.objects.filter(kind=WEIGH).count() == 1
    text = text_of(client.get(reverse("learning")))
    assert f"In use: {version.name}, by eve" in text
    run_jobs()
    again = client.post(decide, {"deed": "adopt"} | WHY)
    assert again.status_code == 400 and "in use already" in text_of(again)
    assert client.post(reverse("learning-back"), WHY).status_code == 302
    assert rules.in_use() is default_rules()
    twice = client.post(reverse("learning-back"), WHY)
    assert twice.status_code == 400 and "in use already" in text_of(twice)


def test_a_version_can_be_put_aside_and_taken_along(cases: list[Case], signed_in) -> None:
    version = proposed(cases)
    client = signed_in("editor")
    decide = reverse("learning-decide", args=[version.name])
    client.post(decide, {"deed": "drop"} | WHY)
    assert "Put aside" in text_of(client.get(reverse("learning")))
    assert client.post(decide, {"deed": "burn"} | WHY).status_code == 400
    file = client.get(reverse("learning-rules-file", args=[version.name]))
    assert file.content.decode() == version.text and "attachment" in file["Content-Disposition"]


def test_who_comes_first_is_shown_to_who_wants_to_see_it(cases: list[Case], signed_in) -> None:
    version = proposed(cases)
    client = signed_in("researcher", "cem")
    page = reverse("learning-version", args=[version.name])
    assert "Schatunow Iwan probably" not in text_of(client.get(page))
    changes = Change.objects.count()
    client.post(reverse("learning-reveal", args=[version.name]))
    text = text_of(client.get(page))
    assert "not shown, so that you can judge blind" not in text and "Petrow Afanas" in text
    assert Look.objects.filter(by="cem").exists() and Change.objects.count() == changes


def test_an_editor_of_one_site_does_not_set_rules_for_all(cases: list[Case], signed_in) -> None:
    version = proposed(cases)
    site = Site.objects.create(key="genk", kind="cemetery_plot", change=Change.objects.first())
    client = signed_in("editor", "near", site=site)
    for name in ("propose", "stop", "weigh", "back"):
        assert client.post(reverse(f"learning-{name}"), WHY).status_code == 403
    decide = reverse("learning-decide", args=[version.name])
    assert client.post(decide, {"deed": "adopt"} | WHY).status_code == 403
    assert "Use these rules" not in text_of(
        client.get(reverse("learning-version", args=[version.name]))
    )
    assert "No undecided case that you may see" in text_of(
        client.get(reverse("learning-version", args=[version.name]))
    )


def test_learning_can_be_stopped(cases: list[Case], signed_in) -> None:
    judge_all(cases)
    client = signed_in("editor")
    client.post(reverse("learning-propose"))
    client.post(reverse("learning-stop"))
    assert Job.objects.get(kind=PROPOSE).state == "stopped" and not RulesVersion.objects.exists()


@pytest.mark.parametrize(("share", "said"), [(0.0, "under 1%"), (0.5, "50%"), (0.9999, "over 99%")])
def test_no_share_is_told_as_nothing_or_all(share: float, said: str) -> None:
    assert report.percent(share) == said


LESSON = {
    "scale": 0.8, "scale_range": [0.7, 0.9], "shift": 0.2, "shift_range": [-0.5, 0.9],
    "moved": [], "slip": 0.02, "gain": [0.01, 0.05],
}  # fmt: skip


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({}, "too sure of itself"),
        ({"scale_range": [1.1, 1.3]}, "too cautious"),
        ({"scale_range": [0.7, 1.1]}, "cannot be told: a bit"),
        ({"shift_range": [0.1, 2.0]}, "more often than stated"),
        ({"shift_range": [-2.0, -0.1]}, "less often than stated"),
        ({"moved": [["birth.same_day", 0.8, 0.9, 40]]}, "1 number of single fields"),
    ],
)
def test_what_was_learnt_is_said_as_far_as_it_can_be_told(change, said) -> None:
    assert any(said in sentence for sentence in report.learnt(LESSON | change))


@pytest.mark.parametrize(
    ("gain", "said"),
    [([0.01, 0.05], "better"), ([-0.05, -0.01], "worse"), ([-0.1, 0.1], "no difference")],
)
def test_the_test_is_told_as_it_came_out(gain, said) -> None:
    assert said in report.tested(LESSON | {"gain": gain})

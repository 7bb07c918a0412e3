"""Judging pair after pair: what comes next, what is not told; nothing is lost or doubled."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from sexton.web.accounts.models import User
from sexton.web.cases import deciding, judging
from sexton.web.cases.ladder import Step
from sexton.web.cases.models import Candidate, Case, Judgement
from sexton.web.register import models
from sexton.web.register.history import change
from sexton.web.workbench.case_page import queue, taking_back

from ..conftest import take_in, write_csv

pytestmark = pytest.mark.django_db
FIRST, SECOND = "record:card-1", "record:card-2"
MANY = 200


def here() -> str:
    return reverse("judging")


def now(client: Client) -> tuple[str, str]:
    """The pair that comes next, by the address to which the page leads."""
    answer = client.get(here())
    if answer.status_code == 200:
        return "", ""
    asked = parse_qs(urlsplit(answer["Location"]).query)
    return asked["case"][0], asked["candidate"][0]


def say(client: Client, pair: tuple[str, str], verdict: str = "same", **told: str):
    given = {"case": pair[0], "candidate": pair[1], "verdict": verdict, "others": "0", **told}
    return client.post(here(), given, follow=True)


def test_the_most_uncertain_pair_comes_first_and_nothing_is_told(case: Case, signed_in) -> None:
    case.candidates.filter(name=FIRST).update(probability=0.97)
    case.candidates.filter(name=SECOND).update(probability=0.45)
    client = signed_in("reviewer", "ann")
    assert now(client) == (case.key, SECOND)
    html = client.get(here(), follow=True).content.decode()
    assert "Чатунов Пётр" in html and "2 pairs wait" in html
    for word in ("waterfall", "bits", "likely", "probable", "0.45", "None of these"):
        assert word not in html.replace("Probably", "")


def test_what_waits_for_a_second_reviewer_comes_before(case: Case, signed_in) -> None:
    case.candidates.filter(name=FIRST).update(probability=0.97)
    case.candidates.filter(name=SECOND).update(probability=0.45)
    judging.judge(case, FIRST, "bob", "same")
    client = signed_in("reviewer", "ann")
    assert now(client) == (case.key, FIRST)
    html = client.get(here(), follow=True).content.decode()
    assert "1 other reviewer has judged this pair" in html and "bob" not in html
    judging.judge(case, FIRST, "cleo", "same")
    assert now(client) == (case.key, SECOND)


def test_each_answer_leads_to_the_next_pair_until_none_is_left(case: Case, signed_in) -> None:
    client = signed_in("reviewer", "ann")
    first = now(client)
    answer = say(client, first, "unsure")
    assert "Written down: not sure." in answer.content.decode()
    second = now(client)
    assert second not in (first, ("", ""))
    answer = say(client, second, "different")
    assert "No pair waits for your judgement" in answer.content.decode()
    assert Judgement.objects.filter(blind=True).count() == 2
    assert not case.looks.exists()


def test_next_passes_a_pair_over_until_it_is_asked_for_again(case: Case, signed_in) -> None:
    client = signed_in("reviewer", "ann")
    first = now(client)
    say(client, first, "", do="next")
    second = now(client)
    assert second != first
    answer = say(client, second, "", do="next")
    assert "You went past 2 pairs" in answer.content.decode()
    client.post(here(), {"do": "again"})
    assert now(client) == first and not Judgement.objects.exists()


def test_a_double_click_counts_once(case: Case, signed_in) -> None:
    client = signed_in("reviewer", "ann")
    first = now(client)
    say(client, first)
    assert "it counts once" in say(client, first).content.decode()
    assert Judgement.objects.count() == 1


def test_back_and_another_answer_changes_nothing(case: Case, signed_in) -> None:
    client = signed_in("reviewer", "ann")
    first = now(client)
    say(client, first)
    back = client.get(here(), {"case": first[0], "candidate": first[1]}).content.decode()
    assert "You have judged this pair:" in back and 'value="same"' not in back
    answer = say(client, first, "different").content.decode()
    assert "Nothing was changed" in answer
    assert [one.verdict for one in Judgement.objects.all()] == ["same"]


def test_no_choice_writes_nothing(case: Case, signed_in) -> None:
    client = signed_in("reviewer", "ann")
    first = now(client)
    for verdict in ("", "maybe"):
        assert "choose one of the three" in say(client, first, verdict).content.decode()
    assert now(client) == first and not Judgement.objects.exists()


def test_an_expired_session_says_that_the_answer_was_lost(case: Case, signed_in) -> None:
    client = signed_in("reviewer", "ann")
    first = now(client)
    page = client.get(here(), {"case": first[0], "candidate": first[1]})
    action = page.content.decode().split('<form method="post" action="')[1].split('"')[0]
    address = here() + action.replace("&amp;", "&")
    client.logout()
    answer = client.post(address, {"case": first[0], "candidate": first[1], "verdict": "same"})
    assert answer.status_code == 302 and not Judgement.objects.exists()
    onward = parse_qs(urlsplit(answer["Location"]).query)["next"][0]
    client.force_login(User.objects.get(username="ann"))
    html = client.get(onward).content.decode()
    assert "you had been signed out" in html and 'value="same"' in html


def test_what_others_did_meanwhile_is_told(case: Case, signed_in) -> None:
    client = signed_in("reviewer", "ann")
    first = now(client)
    judging.judge(case, first[1], "bob", "same")
    answer = say(client, first).content.decode()
    assert "somebody else judged this pair too" in answer and "bob" not in answer


def test_a_decision_meanwhile_is_told_and_the_judgement_kept(case: Case, signed_in) -> None:
    client = signed_in("reviewer", "ann")
    first = now(client)
    deciding.decide(case, Step("rejected", "no such man"), "an editor")
    answer = say(client, first).content.decode()
    assert "A decision was taken on this case meanwhile" in answer
    assert Judgement.objects.count() == 1 and now(client) == ("", "")


def test_a_candidate_that_is_gone_leads_on(case: Case, signed_in) -> None:
    client = signed_in("reviewer", "ann")
    first = now(client)
    case.candidates.filter(name=first[1]).delete()
    assert "nothing was written" in say(client, first).content.decode()
    asked = client.get(here(), {"case": first[0], "candidate": first[1]}, follow=True)
    assert "not there any more" in asked.content.decode() and not Judgement.objects.exists()


def test_the_last_judgement_is_taken_back_and_given_anew(case: Case, signed_in) -> None:
    client = signed_in("reviewer", "ann")
    first = now(client)
    html = say(client, first).content.decode()
    assert "Take it back" in html
    told = Judgement.objects.get()
    address = reverse("judging-take-back")
    html = client.post(address, {"judgement": told.pk}, follow=True).content.decode()
    assert "Taken back" in html and not Judgement.objects.exists()
    say(client, first, "different")
    assert Judgement.objects.get().blind


def test_what_somebody_may_have_seen_is_not_taken_back(case: Case, signed_in) -> None:
    client = signed_in("reviewer", "ann")
    first = now(client)
    say(client, first)
    told = Judgement.objects.get()
    judging.look(case, first[1], "bob")
    answer = client.post(reverse("judging-take-back"), {"judgement": told.pk}, follow=True)
    assert "Your judgement stands" in answer.content.decode() and Judgement.objects.count() == 1
    assert "Take it back" not in answer.content.decode()


def test_a_decision_upon_it_keeps_a_judgement(case: Case) -> None:
    judging.judge(case, FIRST, "ann", "same")
    deciding.decide(case, Step("rejected", "no such man"), "an editor")
    with pytest.raises(taking_back.Stands):
        taking_back.take_back(Judgement.objects.get().pk, "ann")


def test_nobody_takes_back_what_is_not_his_last(case: Case, signed_in) -> None:
    mine = judging.judge(case, FIRST, "ann", "same")
    theirs = judging.judge(case, SECOND, "bob", "same")
    judging.judge(case, SECOND, "ann", "same")
    client = signed_in("reviewer", "ann")
    for pk in (mine.pk, theirs.pk, 0):
        client.post(reverse("judging-take-back"), {"judgement": pk})
    assert Judgement.objects.count() == 3


def test_pairs_of_other_sites_and_archives_do_not_come(case: Case, signed_in) -> None:
    with change("a steward", "a visit") as door:
        other = door.add(models.Site(key="chimay", kind="cemetery_plot", municipality="Chimay"))
    assert now(signed_in("reviewer", "far", site=other)) == ("", "")
    case.candidates.update(pool="archive:stalags")
    near = signed_in("reviewer", "near", site=models.Site.objects.get(key="genk"))
    assert now(near) == ("", "")
    assert now(signed_in("reviewer", "all"))[0] == case.key


def test_the_page_asks_the_database_a_bounded_number_of_times(
    case: Case, signed_in, queries
) -> None:
    client = signed_in("reviewer", "ann")
    first = now(client)
    address = {"case": first[0], "candidate": first[1]}
    client.get(here(), address)
    with queries() as asked:
        client.get(here(), address)
    assert len(asked) <= 25, "\n".join(one["sql"] for one in asked)
    with queries() as asked:
        client.post(here(), {**address, "verdict": "same", "others": "0"})
    # Each rule of a table that is checked before writing is a query of its own.
    assert len(asked) <= 35, "\n".join(one["sql"] for one in asked)


@pytest.fixture
def many(case: Case, tmp_path) -> list[str]:
    """Keys of cases with one candidate each."""
    rows = [{"id": f"many-{n}", "name": f"IWANOW {n}", "burial_place": "genk", "source": "stone"}
            for n in range(MANY)]  # fmt: skip
    take_in(write_csv(tmp_path / "many.csv", rows))
    keys = []
    for number, record in enumerate(models.Record.objects.filter(key__startswith="many-")):
        made = deciding.open_case(record, "a steward")
        Candidate.objects.create(case=made, name=FIRST, rank=1, probability=number / MANY,
                                 fields={"name": "Иванов"})  # fmt: skip
        keys.append(made.key)
    return keys


@pytest.mark.heavy
def test_two_hundred_cases_are_judged_in_a_row(many: list[str], signed_in) -> None:
    client = signed_in("reviewer", "ann")
    answer = client.get(here(), follow=True)
    seen = []
    while answer.redirect_chain and "candidate" in answer.redirect_chain[-1][0]:
        asked = parse_qs(urlsplit(answer.redirect_chain[-1][0]).query)
        seen.append((asked["case"][0], asked["candidate"][0]))
        verdict = ("same", "different", "unsure")[len(seen) % 3]
        answer = say(client, seen[-1], verdict)
        assert answer.status_code == 200
    assert len(seen) == len(set(seen)) == MANY + 2 and {key for key, _ in seen} >= set(many)
    assert Judgement.objects.filter(reviewer="ann", blind=True).count() == MANY + 2
    assert "No pair waits" in answer.content.decode()
    assert not queue.waiting_for(User.objects.get(username="ann")).exists()

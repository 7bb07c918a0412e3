"""The page of a case and of a pair: blind at first, then all of the evidence."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from sexton.web.cases import judging
from sexton.web.cases.models import Candidate, Case, Clue, Inquiry, Judgement, Look
from sexton.web.register import models
from sexton.web.register.history import change
from sexton.web.research.words import OTHERWISE, STEPS
from sexton.web.workbench.case_page.candidates import found_for

pytestmark = pytest.mark.django_db
FIRST, SECOND = "record:card-1", "record:card-2"
MOST_QUERIES = 25


def page(client: Client, case: Case, **asked: str) -> str:
    answer = client.get(reverse("case", args=[case.key]), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def pair(client: Client, case: Case, name: str = FIRST, **asked: str) -> str:
    answer = client.get(reverse("case-judge", args=[case.key]), {"candidate": name, **asked})
    assert answer.status_code == 200
    return answer.content.decode()


def say(client: Client, case: Case, name: str = FIRST, verdict: str = "same", **told: str) -> str:
    address = reverse("case-judge", args=[case.key])
    given = {"candidate": name, "verdict": verdict, **told}
    return client.post(address, given, follow=True).content.decode()


def tells_evidence(html: str) -> bool:
    scale = [str(words) for _, words in STEPS] + [str(OTHERWISE)]
    return "waterfall" in html or "None of these" in html or any(one in html for one in scale)


def test_the_record_is_shown_word_for_word(case: Case, signed_in) -> None:
    html = page(signed_in("researcher"), case)
    assert "SCHATUNOV Afanas" in html and "1943-05-02" in html
    assert "No photograph of his grave" in html


def test_before_judging_nothing_computed_is_shown(case: Case, signed_in) -> None:
    judging.judge(case, FIRST, "bob", "different")
    client = signed_in("researcher", "ann")
    for html in (page(client, case), pair(client, case), pair(client, case, SECOND)):
        assert not tells_evidence(html)
        assert "bob" not in html and "bits" not in html
    assert "Шатунов Афанасий" in pair(client, case)


def test_the_order_says_nothing_until_the_list_is_open(case: Case, signed_in) -> None:
    client = signed_in("researcher", "ann")

    def order() -> list[str]:
        return re.findall(r'<span class="id">(card-\d)</span>', page(client, case))

    before = order()
    ranks = {one.name: one.rank for one in case.candidates.all()}
    case.candidates.filter(name=FIRST).update(rank=9)
    assert order() == before
    for name in (FIRST, SECOND):
        judging.look(case, name, "ann")
    case.candidates.filter(name=FIRST).update(rank=ranks[FIRST])
    assert order() == ["card-1", "card-2"]


def test_a_blind_judgement_opens_the_evidence(case: Case, signed_in) -> None:
    client = signed_in("reviewer", "ann")
    html = say(client, case)
    assert "Your judgement is written down" in html and "waterfall" in html
    told = Judgement.objects.get()
    assert (told.reviewer, told.verdict, told.blind) == ("ann", "same", True)
    assert "That he is the man:" in html
    # Of the other candidate, and of the list as a whole, nothing is told yet.
    whole = page(client, case)
    assert "None of these" not in whole and "1 candidate of this list is still closed" in whole


def test_the_bits_shown_add_up_to_the_total_shown(case: Case, signed_in) -> None:
    client = signed_in("reviewer", "ann")
    html = say(client, case)
    table = html[html.index('<table class="waterfall"') :]
    cells = re.findall(r'<td class="number">([+−±][\d.]+)</td>', table[: table.index("</table>")])
    bits = [float(cell.replace("−", "-").replace("±", "")) for cell in cells]
    assert len(bits) > 3 and sum(bits[:-1]) == pytest.approx(bits[-1])
    assert bits[-1] == pytest.approx(case.candidates.get(name=FIRST).total, abs=0.051)


def test_looking_without_judging_costs_independence(case: Case, signed_in) -> None:
    client = signed_in("reviewer", "ann")
    assert "will not count towards the two" in pair(client, case)
    address = reverse("case-show", args=[case.key])
    html = client.post(address, {"candidate": FIRST}, follow=True).content.decode()
    assert "waterfall" in html and Look.objects.get().by == "ann"
    html = say(client, case, reason="the tag number")
    assert "beside the earlier ones" in html
    assert not Judgement.objects.get().blind


def test_who_judges_again_gives_a_reason(case: Case, signed_in) -> None:
    client = signed_in("reviewer", "ann")
    say(client, case)
    address = reverse("case-judge", args=[case.key])
    wrong = client.post(address, {"candidate": FIRST, "verdict": "different", "reason": " "})
    assert wrong.status_code == 400
    assert "Who judges with the evidence in view" in wrong.content.decode()
    assert Judgement.objects.count() == 1
    html = say(client, case, verdict="different", reason="the birth year")
    assert "beside the earlier ones" in html and Judgement.objects.count() == 2


def test_a_judgement_sent_twice_counts_once(case: Case, signed_in) -> None:
    client = signed_in("reviewer", "ann")
    say(client, case)
    assert "before" in say(client, case) and Judgement.objects.count() == 1


def test_opinions_of_others_appear_after_ones_own(case: Case, signed_in) -> None:
    judging.judge(case, FIRST, "bob", "different")
    client = signed_in("reviewer", "ann")
    client.post(reverse("case-show", args=[case.key]), {"candidate": FIRST})
    looked = pair(client, case)
    assert "waterfall" in looked and "bob" not in looked and "after your own judgement" in looked
    html = say(client, case, reason="the day of death")
    assert "bob" in html and "The reviewers disagree" in html


def test_what_was_judged_elsewhere_opens_when_asked(case: Case, signed_in) -> None:
    client = signed_in("reviewer", "ann")
    judging.judge(case, FIRST, "ann", "same")
    closed = pair(client, case)
    assert not tells_evidence(closed) and "can no longer be taken back" in closed
    html = client.post(
        reverse("case-show", args=[case.key]), {"candidate": FIRST}, follow=True
    ).content.decode()
    assert "waterfall" in html and Judgement.objects.get().blind


def test_an_open_list_tells_none_of_these_and_what_is_lacking(case: Case, signed_in) -> None:
    client = signed_in("reviewer", "ann")
    html = client.post(
        reverse("case-show", args=[case.key]), {"list": "register"}, follow=True
    ).content.decode()
    assert "None of these:" in html and "80 in 100" in html and "What would one further" in html
    asked = page(client, case, ask="register")
    part = asked[asked.index('id="asked"') :]
    assert "Prisoner number" in part and "a document that gives it" in part
    assert set(Look.objects.values_list("candidate", flat=True)) == {FIRST, SECOND}


def test_what_is_lacking_is_not_told_of_a_closed_list(case: Case, signed_in) -> None:
    assert 'id="asked"' not in page(signed_in("reviewer", "ann"), case, ask="register")


def test_a_list_that_cannot_be_asked_says_so(case: Case, signed_in) -> None:
    case.inquiries.update(pool="archive:gone")
    case.candidates.update(pool="archive:gone")
    client = signed_in("reviewer", "ann")
    client.post(reverse("case-show", args=[case.key]), {"list": "archive:gone"})
    assert "There is no such archive here any more." in page(client, case, ask="archive:gone")


def test_archives_are_for_who_may_search_them(case: Case, signed_in) -> None:
    name = "archive:stalags:abc:7"
    Inquiry.objects.create(case=case, pool="archive:stalags", size=10, coverage=0.5)
    Candidate.objects.create(
        case=case, name=name, pool="archive:stalags", rank=1, probability=0.5,
        fields={"name": "Тайный Иван", "source": "simulated cards"}, simulated=True,
    )  # fmt: skip
    local = signed_in("reviewer", "near", site=models.Site.objects.get(key="genk"))
    html = page(local, case)
    assert "Тайный" not in html and "stalags" not in html
    assert "1 candidate stands in an archive that you may not search" in html
    gone = local.get(reverse("case-judge", args=[case.key]), {"candidate": name}, follow=True)
    assert "There is no such candidate any more" in gone.content.decode()
    everywhere = signed_in("reviewer", "far")
    html = page(everywhere, case)
    assert "Тайный" in html and "stalags" in html and "simulated" in html
    assert "The candidate never lived." in pair(everywhere, case, name)


def test_two_candidates_stand_side_by_side(case: Case, signed_in) -> None:
    client = signed_in("researcher", "ann")
    html = pair(client, case, FIRST, beside=SECOND)
    head = html[html.index('<table class="facing"') : html.index("</thead>")]
    assert head.index("card-1") < head.index("card-2") and not tells_evidence(html)
    assert "Birth" in html and 'class="of-C' in html
    assert "card-2" not in pair(client, case)[: html.index("</table>")]


def test_what_agrees_is_not_marked_before_judging(case: Case, signed_in) -> None:
    html = pair(signed_in("researcher", "ann"), case)
    rows = html[html.index('<table class="facing"') :]
    rows = rows[rows.index("<tbody>") : rows.index("</tbody>")]
    assert set(re.findall(r'class="([^"]+)"', rows)) <= {"written", "missing", "name", "cut"}


def test_a_reading_with_open_letters_becomes_a_clue_and_weighs(case: Case, signed_in) -> None:
    before = {one.name: one.weight for one in case.candidates.all()}
    client = signed_in("researcher", "ann")
    address = reverse("case-reading", args=[case.key])
    answer = client.post(address, {"reading": "Tcha[t|l]unov Petr"}, follow=True)
    assert "with 2 spellings" in answer.content.decode()
    clue = Clue.objects.get()
    assert (clue.field, clue.value) == ("other_names", "Tchatunov Petr; Tchalunov Petr")
    assert "ann" in clue.citation and "Tcha[t|l]unov Petr" in clue.citation
    after = {one.name: one.weight for one in case.candidates.all()}
    assert after[SECOND] > before[SECOND]
    assert "Tchatunov Petr" in page(client, case)
    again = client.post(address, {"reading": "Tcha[t|l]unov Petr"}, follow=True)
    assert "written down already" in again.content.decode() and Clue.objects.count() == 1


@pytest.mark.parametrize("reading", ["", "Scha[tunov", "[a|b][a|b][a|b][a|b][a|b]", "A; B"])
def test_a_reading_that_cannot_be_used_stays_in_the_field(
    reading: str, case: Case, signed_in
) -> None:
    client = signed_in("researcher", "ann")
    answer = client.post(reverse("case-reading", args=[case.key]), {"reading": reading})
    assert answer.status_code == 400 and not Clue.objects.exists()
    html = answer.content.decode()
    assert 'class="errors"' in html
    assert not reading or f'value="{reading}"' in html


def test_the_name_is_read_back_into_cyrillic_letter_by_letter(case: Case, signed_in) -> None:
    html = page(signed_in("researcher", "ann"), case)
    part = html[html.index('id="readings"') : html.index('id="candidates"')]
    assert "Шатунов" in part and "sch = ш" in part.lower()
    assert "Letter by letter" in part and "a stroke worn away" in part


def test_the_stone_stands_beside_the_record(case: Case, signed_in) -> None:
    person = models.Membership.objects.get(record=case.record).person
    with change("a steward", "a visit") as door:
        stone = door.add(models.Marker(site=case.record.site, kind="stone"))
        door.add(models.Marking(marker=stone, person=person))
        door.add(models.Inscription(marker=stone, text="SCHATUNOV\nAFANAS", language="fr",
                                    reading="SCHATUNOV AFANAS[IJ]", read_by="ann"))  # fmt: skip
        image = models.Image(
            marker=stone, file="a.jpg", digest="ab" * 32, width=800, height=600, use="private",
            caption="the stone from the west",
        )  # fmt: skip
        door.add(image)
        door.add(models.Region(image=image, left=0.25, top=0.5, width=0.5, height=0.25,
                               text="SCHATUNOV"))  # fmt: skip
    html = page(signed_in("researcher", "ann"), case)
    assert "AFANAS[IJ]" in html and "the stone from the west" in html
    assert 'viewBox="200.0 300.0 400.0 150.0"' in html and "Read there:" in html


@pytest.mark.parametrize("opened", [False, True])
def test_the_pages_ask_the_database_a_bounded_number_of_times(
    opened: bool, case: Case, signed_in, queries
) -> None:
    client = signed_in("reviewer", "ann")
    for number in range(30):
        Candidate.objects.create(
            case=case, name=f"record:x-{number}", rank=3 + number, probability=0.0,
            fields={"name": f"Иванов {number}"},
        )  # fmt: skip
    if opened:
        for name in case.candidates.values_list("name", flat=True):
            judging.look(case, name, "ann")
    for ask in (lambda: page(client, case), lambda: pair(client, case, beside=SECOND)):
        ask()
        with queries() as asked:
            ask()
        assert len(asked) <= MOST_QUERIES, "\n".join(one["sql"] for one in asked)


def test_a_case_without_lists_says_so(case: Case, signed_in) -> None:
    case.candidates.all().delete()
    client = signed_in("researcher", "ann")
    assert "Nobody in this list resembles him enough." in page(client, case)
    case.inquiries.all().delete()
    assert "No list has been asked" in page(client, case)
    assert (
        found_for(case, client.get(reverse("case", args=[case.key])).wsgi_request.user).lists == []
    )

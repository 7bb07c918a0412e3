"""The work lists: which rows, counted how, in which order, for whom."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sexton.web.accounts.models import User
from sexton.web.cases import deciding
from sexton.web.cases.judging import judge
from sexton.web.cases.models import Candidate, Case, Inquiry, Letter
from sexton.web.register.history import change
from sexton.web.register.models import Change, Record, Site
from sexton.web.workbench.lists import cases, without
from sexton.web.workbench.lists.asked import CASES, WITHOUT, Asked
from sexton.web.workbench.lists.readers import Reader, reader_of

pytestmark = pytest.mark.django_db


def reader(name: str = "ann", *, archives: bool = True, decides: bool = True) -> Reader:
    return Reader(name, archives, decides, None, None, frozenset())


def keys(asked: str = "", who: Reader | None = None) -> list[str]:
    """The records of the cases that a query finds, in its order."""
    known, _promises, found = cases.listing(who or reader())
    return [known.said[n].key for n in found.fitting(Asked.read(CASES, asked))]


def count(facet: str, value: str, who: Reader | None = None, asked: str = "") -> int:
    """The count that stands beside a value of a facet; 0 where it is not offered."""
    _known, _promises, found = cases.listing(who or reader())
    told = found.facets(
        Asked.read(CASES, asked),
        dict.fromkeys(CASES.facets, ""),
        lambda _facet, code: code,
        lambda _facet, _code: 0,
        facet,
    )
    values = [value for one in told if one.name == facet for value in one.values]
    return next((one.count for one in values if one.value == value), 0)


@pytest.fixture
def other(case: Case) -> Case:
    """A second case, of a card that lies at no site, without candidates."""
    return deciding.open_case(Record.objects.get(key="card-2"), "a steward")


def in_archive(case: Case, *, simulated: bool = True) -> None:
    Inquiry.objects.create(case=case, pool="archive:cards", size=10, coverage=0.8)
    Candidate.objects.create(
        case=case, name="archive:cards:0:1", pool="archive:cards", rank=1, probability=0.9,
        simulated=simulated, fields={"name": "Шатунов"},
    )  # fmt: skip


def test_a_case_stands_in_the_list_with_all_that_is_known(case: Case) -> None:
    assert keys() == ["grave-1"]
    assert count("site", "genk") == count("commune", "Genk") == 1
    assert count("state", case.state) == 1
    assert count("candidates", "register") == 1
    assert count("candidates", "archive") == count("candidates", "simulated") == 0
    assert count("assignee", "nobody") == 1
    assert count("opened", "month") == 1


def test_counts_are_of_what_the_list_would_hold(case: Case, other: Case) -> None:
    assert count("candidates", "none") == 1
    assert count("candidates", "none", asked="site=genk") == 0
    assert count("candidates", "register", asked="site=genk") == 1
    # A facet does not narrow its own values.
    assert count("candidates", "none", asked="candidates=register") == 1
    for facet in ("state", "candidates", "assignee", "outlook", "opened"):
        _known, _promises, found = cases.listing(reader())
        column = found.columns[facet]
        for value in column.values[1:]:
            assert count(facet, value) == len(keys(f"{facet}={value}")), (facet, value)


def test_several_filters_narrow_and_several_values_widen(case: Case, other: Case) -> None:
    assert len(keys("candidates=none&candidates=register")) == 2
    assert keys("candidates=none&site=genk") == []
    assert keys("q=schatunov") == ["grave-1"]
    assert keys("q=чатунов пётр") == ["card-2"]
    assert keys("q=card-2") == ["card-2"]
    assert keys("q=nobody") == []


def test_a_value_that_nobody_has_finds_nothing_and_can_be_taken_away(case: Case) -> None:
    assert keys("site=nowhere") == []
    assert count("site", "nowhere", asked="site=nowhere") == 0
    assert Asked.read(CASES, "site=nowhere").turned("site", "nowhere") == Asked(CASES)


def test_what_has_candidates_stands_before_what_has_none(case: Case, other: Case) -> None:
    assert keys() == ["grave-1", "card-2"]
    assert keys("sort=name") == ["grave-1", "card-2"]
    assert keys("sort=site") == ["grave-1", "card-2"]
    assert keys("sort=opened") == ["grave-1", "card-2"]
    judge(case, "record:card-1", "ann", "same")
    assert keys("sort=quiet") == ["card-2", "grave-1"]


def test_a_second_reviewer_is_awaited_whatever_the_first_said_of_the_likeliest(case: Case) -> None:
    second, first = (case.candidates.get(rank=rank).name for rank in (2, 1))
    judge(case, second, "ann", "different")
    assert count("waiting", "second") == 0
    judge(case, first, "ann", "different")
    assert count("waiting", "second") == 1


def test_one_blind_same_waits_for_a_second_and_two_for_a_decision(case: Case) -> None:
    judge(case, "record:card-2", "ann", "same")
    assert count("waiting", "second") == 1
    assert count("waiting", "decide") == 0
    judge(case, "record:card-2", "bob", "same")
    assert count("waiting", "second") == 0
    assert count("waiting", "decide") == 1
    assert count("waiting", "decide", reader(decides=False)) == 0
    judge(case, "record:card-2", "cid", "different")
    assert count("waiting", "decide") == 0
    assert count("waiting", "disagree") == 1


def test_what_is_mine_to_judge(case: Case, other: Case) -> None:
    assert keys("waiting=me") == ["grave-1"]
    judge(case, "record:card-1", "ann", "unsure")
    assert keys("waiting=me") == []
    assert keys("waiting=me", reader("bob")) == ["grave-1"]
    with change("a steward", "a test") as door:
        door.edit(Case.objects.get(pk=case.pk), assignee="cid")
    assert keys("waiting=me", reader("bob")) == []
    assert keys("assignee=me", reader("cid")) == ["grave-1"]
    assert keys("assignee=me") == []
    assert keys("assignee=by:cid") == ["grave-1"]


def test_letters_and_embargo(case: Case) -> None:
    day = timezone.localdate()
    letter = {"addressee": "An archive", "language": "de", "question": "Who was he?"}
    with change("ann", "a test") as door:
        written = door.add(Letter(case=case, **letter, remind_on=day))
    assert count("waiting", "archive") == count("waiting", "overdue") == 0
    with change("ann", "a test") as door:
        door.edit(written, sent_on=date(2026, 1, 1))
    assert count("waiting", "archive") == count("waiting", "overdue") == 1
    with change("ann", "a test") as door:
        door.edit(written, remind_on=day + timedelta(days=1))
    assert (count("waiting", "archive"), count("waiting", "overdue")) == (1, 0)
    with change("ann", "a test") as door:
        door.edit(written, answered_on=day, answer="He is not known.")
    assert count("waiting", "archive") == 0
    deciding.set_embargo(case, "ann", "until the family is told")
    assert count("waiting", "family") == 1


def test_archives_count_for_who_may_search_them(case: Case) -> None:
    in_archive(case)
    assert count("candidates", "archive") == count("candidates", "simulated") == 1
    without_them = reader(archives=False)
    assert count("candidates", "archive", without_them) == 0
    assert count("candidates", "simulated", without_them) == 0
    known, _promises, _found = cases.listing(without_them)
    assert known.hidden == [1]
    assert cases.listing(reader())[0].hidden == [0]


def test_nothing_follows_from_the_only_candidate_before_he_is_judged(case: Case) -> None:
    Candidate.objects.filter(name="record:card-2").delete()
    case.inquiries.get().save()
    told = []
    for chance in (0.99, 0.001):
        Candidate.objects.update(probability=chance)
        case.inquiries.get().save()
        told.append(cases.listing(reader())[1][0])
    assert told[0] == told[1]
    judge(case, "record:card-1", "ann", "different")
    assert cases.listing(reader())[1][0] != told[0]
    assert cases.listing(reader("bob"))[1][0] == told[0]


def test_records_without_a_case(case: Case) -> None:
    def found(asked: str = "") -> list[str]:
        known, listed = without.listing(reader())
        return [known.said[n].key for n in listed.fitting(Asked.read(WITHOUT, asked))]

    assert found() == ["card-1", "card-2"]  # the number of the first can be asked for
    assert found("q=пётр") == ["card-2"]
    deciding.open_case(Record.objects.get(key="card-1"), "ann")
    assert found() == ["card-2"]


def test_who_works_for_a_site_sees_its_cases_alone(case: Case, other: Case, signed_in) -> None:
    with change("a steward", "a visit") as door:
        far = door.add(Site(key="chimay", kind="cemetery_plot", municipality="Chimay"))
    near = signed_in("reviewer", "near", site=Site.objects.get(key="genk"))
    strange = signed_in("reviewer", "strange", site=far)
    assert "SCHATUNOV" in near.get(reverse("cases")).content.decode()
    assert "grave-1" in near.get(reverse("cases-file")).content.decode()
    for name in ("cases", "cases-without"):
        page = strange.get(reverse(name)).content.decode()
        assert "SCHATUNOV" not in page and "Чатунов" not in page
    assert "grave-1" not in strange.get(reverse("cases-file")).content.decode()
    who = reader_of(User.objects.get(username="near"))
    assert keys("", who) == ["grave-1"]
    assert count("candidates", "none", who) == 0  # the other case is not counted either


def test_the_page_marks_what_is_simulated_and_shows_no_score(case: Case, signed_in) -> None:
    in_archive(case)
    page = signed_in("researcher").get(reverse("cases")).content.decode()
    assert "1 of them is simulated" in page
    assert "%" not in page.split("<main")[1]
    for one in Candidate.objects.all():
        assert f"{one.probability:.2f}" not in page


def test_few_questions_are_asked_however_many_cases(case: Case, signed_in, queries) -> None:
    client: Client = signed_in("reviewer", "ann")
    address = reverse("cases")
    client.get(address)
    with queries() as asked:
        client.get(address)
    few = len(asked)
    assert few <= 15
    for key in ("card-1", "card-2"):
        deciding.open_case(Record.objects.get(key=key), "ann")
    client.get(address)
    with queries() as asked:
        assert "3 cases" in client.get(address).content.decode()
    assert len(asked) == few


def test_the_file_holds_what_the_list_holds(case: Case, other: Case, signed_in) -> None:
    client = signed_in("reviewer", "ann")
    told = client.get(reverse("cases-file"), {"site": "genk"}).content.decode()
    rows = [line for line in told.splitlines() if not line.startswith("#")]
    assert rows[0].startswith("case,record,name,state,site")
    assert len(rows) == 2 and "grave-1,SCHATUNOV Afanas" in rows[1]
    told = client.get(reverse("cases-without-file")).content.decode()
    assert "card-1" in told and "grave-1" not in told


def test_giving_cases_and_taking_that_back(case: Case, other: Case, signed_in) -> None:
    client = signed_in("reviewer", "ann")
    signed_in("reviewer", "near", site=Site.objects.get(key="genk"))
    sent = {"case": [case.key, other.key], "do": "give", "to": "near", "query": "sort=name"}
    answer = client.post(reverse("cases-change"), sent, follow=True)
    assert answer.redirect_chain[-1][0].endswith("?sort=name")
    page = answer.content.decode()
    assert "1 case is given to near." in page
    assert "1 stays as it is: near has no role for its site." in page
    assert {c.key: c.assignee for c in Case.objects.all()} == {case.key: "near", other.key: ""}
    page = client.post(reverse("cases-back"), follow=True).content.decode()
    assert "It is taken back." in page
    assert set(Case.objects.values_list("assignee", flat=True)) == {""}
    page = client.post(reverse("cases-back"), follow=True).content.decode()
    assert "nothing to be taken back" in page


def test_nothing_can_be_taken_back_that_somebody_built_on(case: Case, signed_in) -> None:
    client = signed_in("reviewer", "ann")
    client.post(reverse("cases-change"), {"case": case.key, "do": "give", "to": "ann"})
    deciding.set_embargo(Case.objects.get(pk=case.pk), "bob", "the family")
    page = client.post(reverse("cases-back"), follow=True).content.decode()
    assert "something was built on it since" in page
    assert Case.objects.get(pk=case.pk).assignee == "ann"


def test_nobody_gets_cases_who_does_not_work_on_any(case: Case, signed_in) -> None:
    client = signed_in("reviewer", "ann")
    signed_in("contributor", "cid")
    before = Change.objects.count()
    for to in ("cid", "no such person"):
        sent = {"case": case.key, "do": "give", "to": to}
        page = client.post(reverse("cases-change"), sent, follow=True).content.decode()
        assert "Nobody of this name works on cases." in page
    assert Change.objects.count() == before


def test_cases_are_opened_for_ticked_records_and_for_all(case: Case, signed_in) -> None:
    client = signed_in("researcher", "ann")
    address = reverse("case-open")
    page = client.post(address, {}, follow=True).content.decode()
    assert "No row is chosen" in page
    page = client.post(address, {"record": "card-1"}, follow=True).content.decode()
    assert "1 case is opened." in page
    assert Case.objects.get(record__key="card-1").state == "name_recorded"
    page = client.post(address, {"across": "1", "query": ""}, follow=True).content.decode()
    assert "1 case is opened." in page
    assert Case.objects.count() == 3
    page = client.post(address, {"record": "card-1"}, follow=True).content.decode()
    assert "No row is chosen" in page  # it has one already
    client.post(reverse("cases-back"))
    assert Case.objects.count() == 2


def test_who_works_for_another_site_changes_nothing(case: Case, signed_in) -> None:
    with change("a steward", "a visit") as door:
        far = door.add(Site(key="chimay", kind="cemetery_plot", municipality="Chimay"))
    strange = signed_in("reviewer", "strange", site=far)
    before = Change.objects.count()
    sent = {"case": case.key, "do": "give", "to": "strange"}
    assert strange.post(reverse("cases-change"), sent).status_code == 302
    everything = {"across": "1", "do": "give", "to": "strange", "query": ""}
    assert strange.post(reverse("cases-change"), everything).status_code == 302
    strange.post(reverse("case-open"), {"record": "card-1"})
    assert Change.objects.count() == before

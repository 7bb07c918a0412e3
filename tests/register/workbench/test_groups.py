"""Groups: made, changed, dropped, brought back; who may see them; their matrix in the browser."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.http import QueryDict
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from sexton.linkage import group as joint
from sexton.web.accounts.models import User
from sexton.web.cases import judging
from sexton.web.cases.models import Candidate, Case, Clue, Inquiry, Look
from sexton.web.cases.refreshing import weigh_again
from sexton.web.register import models
from sexton.web.register.history import change
from sexton.web.workbench.groups import gathering, keeping, weighing
from sexton.web.workbench.groups.givens import COUNTED, Pair, Wanted
from sexton.web.workbench.groups.keeping import MOST_GRAVES, MOST_NAMES, Named, Plan, Refused
from sexton.web.workbench.groups.story import story_of
from sexton.web.workbench.models import Group

from ..conftest import take_in, write_csv

pytestmark = pytest.mark.django_db
GRAVES = [
    {"id": f"unnamed-{n}", "name": "onbekend", "death_date": "1943-05-02", "burial_place": "genk",
     "source": "plan"}
    for n in (1, 2)
]  # fmt: skip
SIMULATED = {
    "id": "sim-7", "name": "Пихтерев Иван", "death_date": "1943-05-02", "source": "simulated",
}  # fmt: skip
ROW = "archive:stalags:0123456789abcdef:7"


@pytest.fixture
def group(case: Case, tmp_path) -> Group:
    """Three graves of one day at Genk, one of them with a name; its candidates are the names."""
    columns = dict.fromkeys(["id", "name", "death_date", "burial_place", "source"], "")
    take_in(write_csv(tmp_path / "more.csv", [columns | row for row in (*GRAVES, SIMULATED)]))
    records = models.Record.objects.filter(key__in=["grave-1", "unnamed-1", "unnamed-2"])
    site = models.Site.objects.get(key="genk")
    plan = Plan("Genk, 2 May 1943", "day", dict.fromkeys(records, 1), site=site)
    made = keeping.make(plan, "ann", "they died on one day")
    keeping.add_names(made, keeping.found_names(made), "ann")
    return made


def matrix_of(group: Group) -> str:
    return reverse("group-matrix", args=[group.key])


def pair_of(group: Group, grave: str, name: str) -> str:
    body = group.bodies.get(case__record__key=grave)
    return f"{body.pk}-{group.names.get(name=name).pk}"


def opened(signed_in: Callable[..., Client], group: Group, role: str = "reviewer") -> Client:
    client = signed_in(role, "bob")
    assert client.post(matrix_of(group)).status_code == 302
    return client


def cells(page: str, grave: str) -> list[str]:
    """The probabilities in the row of a grave, as they are shown."""
    body = page[page.index('class="scroll matrix"') :]
    row = next(row for row in re.findall(r"<tr>.*?</tr>", body, re.S) if grave in row)
    return re.findall(r'class="chance">([^<]+)<', row)


def test_a_group_has_a_history_and_opens_cases(group: Group) -> None:
    assert (group.change.by, group.change.reason) == ("ann", "they died on one day")
    assert Case.objects.filter(in_groups__group=group).count() == 3
    assert {one.name for one in group.names.all()} == {"record:card-1", "record:card-2"}
    assert keeping.found_names(group) == []


def test_what_the_register_suggests_can_be_made(case: Case, tmp_path, signed_in) -> None:
    columns = dict.fromkeys(["id", "name", "death_date", "burial_place", "source"], "")
    take_in(write_csv(tmp_path / "more.csv", [columns | row for row in GRAVES]))
    client = signed_in("researcher", "ann")
    page = client.get(reverse("groups")).content.decode()
    told = re.findall(r'name="proposal" value="(\w+)"><span><strong>([^<]+)', page)
    assert ("genk: the dead of 2 May 1943" in [title for _, title in told]) and len(told) == 2
    key = next(key for key, title in told if "the dead of" in title)
    made = client.post(reverse("group-propose"), {"proposal": key})
    group = Group.objects.get()
    assert made["Location"] == reverse("group", args=[group.key])
    assert (group.kind, group.site.key, group.bodies.count()) == ("day", "genk", 3)
    again = client.post(reverse("group-propose"), {"proposal": key}, follow=True)
    assert "does not suggest this group any more" in again.content.decode()
    assert Group.objects.count() == 1


def test_a_group_by_hand(case: Case, signed_in) -> None:
    client = signed_in("researcher", "ann")
    asked = {
        "title": "Two cards", "kind": "plot", "basis": "list", "coverage": "60",
        "graves": f"grave-1; 2\nhttp://testserver{reverse('record', args=['card-2'])}\n",
        "site": "genk",
    }  # fmt: skip
    wrong = client.post(reverse("group-new"), asked | {"graves": "grave-1; many\nnobody"})
    page = wrong.content.decode()
    assert wrong.status_code == 400 and not Group.objects.exists()
    assert "Line 1, “grave-1; many”" in page and "Line 2, “nobody”: There is no such rec" in page
    client.post(reverse("group-new"), asked)
    group = Group.objects.get()
    assert (group.basis, group.coverage, group.site.key) == ("list", 0.6, "genk")
    held = dict(group.bodies.values_list("case__record__key", "bodies"))
    assert held == {"grave-1": 2, "card-2": 1}


def test_names_by_hand_are_records_or_rows_of_archives(group: Group, signed_in) -> None:
    client = signed_in("researcher", "ann")
    where = reverse("group-names", args=[group.key])
    told = client.post(where, {"names-names": f"sim-7\n{ROW}\nnobody"})
    page = told.content.decode()
    assert told.status_code == 400 and "Line 3" in page and "no such archive here" in page
    assert group.names.count() == 2
    client.post(where, {"names-names": "/fr/records/sim-7/"})
    assert group.names.get(name="record:sim-7").simulated
    assert "simulated" in client.get(reverse("group", args=[group.key])).content.decode()


def test_what_is_ticked_is_taken_out_but_not_the_last_grave(group: Group, signed_in) -> None:
    client = signed_in("researcher", "ann")
    where = reverse("group-take-out", args=[group.key])
    client.post(where, {"name": group.names.first().pk})
    assert group.names.count() == 1
    every = [body.pk for body in group.bodies.all()]
    told = client.post(where, {"grave": every}, follow=True).content.decode()
    assert "holds one grave at least" in told and group.bodies.count() == 3
    client.post(where, {"grave": every[:2]})
    assert group.bodies.count() == 1
    assert "Nothing was ticked" in client.post(where, follow=True).content.decode()


def test_two_editors_of_a_group(group: Group, signed_in) -> None:
    client = signed_in("researcher", "ann")
    where = reverse("group-edit", args=[group.key])
    asked = {"title": "Genk", "kind": "day", "basis": "list", "coverage": "70", "seen": "1"}
    assert client.post(where, asked).status_code == 302
    late = client.post(where, asked | {"title": "Late"})
    assert late.status_code == 400 and "changed this at" in late.content.decode()
    group.refresh_from_db()
    assert (group.title, group.basis, group.coverage) == ("Genk", "list", 0.7)


def test_a_dropped_group_can_be_brought_back(group: Group, signed_in) -> None:
    client = signed_in("researcher", "ann")
    where = reverse("group-drop", args=[group.key])
    assert client.post(where, {"reason": ""}).status_code == 400
    page = client.post(where, {"reason": "a mistake"}, follow=True).content.decode()
    assert not Group.objects.exists() and Case.objects.count() == 3
    assert "a mistake" in page
    number = re.search(r'name="change" value="(\d+)"', page)[1]
    client.post(reverse("group-restore"), {"change": number})
    back = Group.objects.get()
    assert (back.key, back.bodies.count(), back.names.count()) == (group.key, 3, 2)
    told = client.post(reverse("group-restore"), {"change": number}, follow=True)
    assert "it is there again" in told.content.decode()


def test_a_group_tells_its_history(group: Group, signed_in) -> None:
    client = signed_in("researcher", "eve")
    client.post(reverse("group-take-out", args=[group.key]), {"name": group.names.first().pk})
    told = story_of(group)
    assert [(one.change.by, one.graves, one.names) for one in told] == [
        ("eve", 0, 1), ("ann", 0, 2), ("ann", 3, 0)
    ]  # fmt: skip
    page = client.get(reverse("group", args=[group.key])).content.decode()
    assert "they died on one day" in page and "taken out of a group" in page


def test_who_reviews_another_site_sees_none_of_it(group: Group, signed_in) -> None:
    with change("a steward", "a visit") as door:
        other = door.add(models.Site(key="chimay", kind="cemetery_plot", municipality="Chimay"))
    far = signed_in("reviewer", "far", site=other)
    near = signed_in("reviewer", "near", site=models.Site.objects.get(key="genk"))
    assert group.title not in far.get(reverse("groups")).content.decode()
    assert group.title in near.get(reverse("groups")).content.decode()
    for name in ("group", "group-edit", "group-drop", "group-matrix"):
        where = reverse(name, args=[group.key])
        assert far.get(where).status_code == 404, name
        assert near.get(where).status_code == 200, name
    for name in ("group-graves", "group-names", "group-take-out", "group-matrix"):
        assert far.post(reverse(name, args=[group.key])).status_code == 404, name


def test_nobody_is_a_grave_and_a_name(group: Group, signed_in) -> None:
    client = signed_in("researcher", "ann")
    told = client.post(reverse("group-names", args=[group.key]), {"names-names": "grave-1"})
    assert told.status_code == 400 and "grave-1 is a grave of this group" in told.content.decode()
    told = client.post(reverse("group-graves", args=[group.key]), {"graves-graves": "card-1"})
    assert told.status_code == 400 and "card-1 is a grave of this group" in told.content.decode()
    assert (group.names.count(), group.bodies.count()) == (2, 3)


def test_a_group_is_bounded(group: Group) -> None:
    names = [Named(f"record:{n}", "register", {"name": f"N{n}"}, False) for n in range(MOST_NAMES)]
    with pytest.raises(Refused, match=f"{MOST_NAMES} names at most, this would be 302"):
        keeping.add_names(group, names, "ann")
    assert group.names.count() == 2
    with change("ann", "a list") as door:
        keys = [f"r{n}" for n in range(MOST_GRAVES)]
        door.add_many([models.Record(key=key, is_named=False) for key in keys])
    records = models.Record.objects.filter(key__in=keys)
    with pytest.raises(Refused, match=f"{MOST_GRAVES} graves at most, this would be 63"):
        keeping.add_graves(group, dict.fromkeys(records, 1), "ann")
    assert Case.objects.count() == 3


def test_the_matrix_warns_before_it_opens(group: Group, case: Case, signed_in) -> None:
    client = signed_in("reviewer", "bob")
    judging.judge(case, "record:card-1", "bob", "same")
    page = client.get(matrix_of(group)).content.decode()
    assert "Of 5 pairs of a grave and a name" in page and "chance" not in page
    assert not Look.objects.exists()
    assert client.get(matrix_of(group) + "?same=1-1&pair=1-1").content.decode().count("%") == 0
    client.post(matrix_of(group))
    assert Look.objects.filter(by="bob").count() == 5
    assert "record:card-2" in Look.objects.filter(case=case).values_list("candidate", flat=True)
    assert 'class="scroll matrix"' in client.get(matrix_of(group)).content.decode()
    later = judging.judge(case, "record:card-2", "bob", "different", "the matrix says so")
    assert not later.blind


def test_the_group_page_tells_nothing_of_the_evidence(group: Group, signed_in) -> None:
    page = signed_in("reviewer", "bob").get(reverse("group", args=[group.key])).content.decode()
    assert "Шатунов" in page and "%" not in re.sub(r"<head>.*</head>", "", page, flags=re.S)
    assert page.index("Чатунов") > page.index("Шатунов") or page.index("Ч") < page.index("Ш")


def test_rows_add_up_and_no_probability_is_whole(group: Group) -> None:
    found = gathering.gather(group)
    odds = found.weights.group
    assert odds.odds.shape == (3, 2) and found.unasked == 2
    named = [grave.case.record.key for grave in found.graves].index("grave-1")
    first = [name.name for name in found.names].index("record:card-1")
    assert odds.odds[named].argmax() == found.weights.bits.man[first]


def test_a_what_if_changes_the_others_and_writes_nothing(group: Group, signed_in) -> None:
    client = opened(signed_in, group)
    before = models.Change.objects.count()
    plain = client.get(matrix_of(group)).content.decode()
    pair = pair_of(group, "unnamed-1", "record:card-1")
    page = client.get(f"{matrix_of(group)}?same={pair}").content.decode()
    assert "What changes most" in page and "supposed: one man" in page
    assert cells(plain, "grave-1") != cells(page, "grave-1")
    assert cells(page, "unnamed-1")[0] == "over 99 %"
    assert models.Change.objects.count() == before
    assert "Supposed:" not in client.get(matrix_of(group)).content.decode()
    apart = client.get(f"{matrix_of(group)}?not={pair}").content.decode()
    assert cells(apart, "unnamed-1")[0] == "under 1 %" and "supposed: two men" in apart


def test_the_form_of_a_what_if_leads_to_its_address(group: Group, signed_in) -> None:
    client = opened(signed_in, group)
    body, name = pair_of(group, "unnamed-1", "record:card-1").split("-")
    told = client.get(matrix_of(group), {"body": body, "name": name, "as": "not"})
    assert told["Location"] == f"{matrix_of(group)}?not={body}-{name}"


def test_what_contradicts_is_refused_in_words(group: Group, signed_in) -> None:
    client = opened(signed_in, group)
    one, other = (pair_of(group, f"unnamed-{n}", "record:card-1") for n in (1, 2))
    told = client.get(f"{matrix_of(group)}?same={one}&same={other}&not=77-88&same=x")
    page = told.content.decode()
    assert told.status_code == 400
    assert "lies in another grave, by what is given or supposed" in page
    assert "A pair of the address is not of this group" in page


def test_a_pair_is_shown_with_its_evidence(group: Group, signed_in) -> None:
    client = opened(signed_in, group)
    pair = pair_of(group, "grave-1", "record:card-1")
    page = client.get(f"{matrix_of(group)}?pair={pair}").content.decode()
    assert "Suppose that they are two" in page and "What it says" in page
    assert f"?same={pair}&amp;pair={pair}#suppose" in page


def test_decisions_and_judgements_count_as_given(group: Group, signed_in) -> None:
    client = opened(signed_in, group)
    case = Case.objects.get(record__key="unnamed-1")

    def beside(query: str = "") -> str:
        """How probable the other unnamed grave is his."""
        return cells(client.get(matrix_of(group) + query).content.decode(), "unnamed-2")[1]

    free = beside()
    assert free not in {"under 1 %", "over 99 %"}
    for who in ("ann", "eve"):
        judging.judge(case, "record:card-2", who, "same")
    assert "judged: one man" in client.get(matrix_of(group)).content.decode()
    assert (beside(), beside("?given=judged")) == (free, "under 1 %")
    with change("ann", "decided") as door:
        door.edit(case, state="probable", candidate="record:card-2")
    assert (beside(), beside("?given=nothing")) == ("under 1 %", free)


def test_two_who_disagree_give_nothing(group: Group, signed_in) -> None:
    client = opened(signed_in, group)
    case = Case.objects.get(record__key="unnamed-1")
    judging.judge(case, "record:card-2", "ann", "different")
    apart = client.get(f"{matrix_of(group)}?given=judged").content.decode()
    assert cells(apart, "unnamed-1")[1] == "under 1 %" and "judged: two men" in apart
    judging.judge(case, "record:card-2", "eve", "same")
    again = client.get(f"{matrix_of(group)}?given=judged").content.decode()
    assert cells(again, "unnamed-1")[1] != "under 1 %" and "judged: two men" not in again


def test_a_decision_for_another_record_of_a_man_is_his(group: Group, signed_in) -> None:
    """The decision names a record that is no name of the group, but is held to be of one."""
    with change("ann", "decided") as door:
        record = door.add(models.Record(key="card-3", fields={"name": "Чатунов П."}))
        card = models.Membership.objects.get(record__key="card-2")
        door.add(models.Membership(record=record, person=card.person, probability=1.0))
        case = Case.objects.get(record__key="unnamed-1")
        door.edit(case, state="probable", candidate="record:card-3")
    page = opened(signed_in, group).get(matrix_of(group)).content.decode()
    assert "decided" in page and cells(page, "unnamed-2")[1] == "under 1 %"


def test_what_is_decided_cannot_be_supposed_away(group: Group, signed_in) -> None:
    with change("ann", "decided") as door:
        case = Case.objects.get(record__key="unnamed-1")
        door.edit(case, state="probable", candidate="record:card-2")
    where = f"{matrix_of(group)}?not={pair_of(group, 'unnamed-1', 'record:card-2')}"
    client = opened(signed_in, group)
    told = client.get(where)
    assert told.status_code == 400 and "the contrary is given" in told.content.decode()
    assert client.get(f"{where}&given=nothing").status_code == 200


@given(
    st.lists(st.builds(Pair, st.integers(0, 99), st.integers(0, 99)), unique=True, max_size=6),
    st.integers(0, 6), st.sampled_from(COUNTED), st.booleans(),
)  # fmt: skip
def test_an_address_says_all_that_is_asked(pairs, split, counted, whole) -> None:
    wanted = Wanted(
        tuple(pairs[:split]), tuple(pairs[split:]), counted, pairs[0] if pairs else None, whole
    )
    assert Wanted.of(QueryDict(wanted.query[1:])) == wanted
    for pair in pairs:
        back = wanted.supposing(pair, True).without(pair)
        assert pair not in {*back.same, *back.apart} and back.counted == counted


def test_a_man_decided_for_another_grave_is_told_and_taken(group: Group, signed_in) -> None:
    other = keeping.deciding.open_case(models.Record.objects.get(key="card-2"), "ann")
    with change("ann", "decided") as door:
        door.edit(other, state="probable", candidate="record:card-1")
    page = opened(signed_in, group).get(matrix_of(group)).content.decode()
    assert "is held to be the man of another grave" in page
    assert cells(page, "grave-1")[0] == "under 1 %" or cells(page, "grave-1")[1] == "under 1 %"


def test_names_of_archives_are_hidden_from_who_may_not_search_them(
    group: Group, signed_in, monkeypatch
) -> None:
    keeping.add_names(
        group,
        [Named(ROW, "archive:stalags", {"name": "Sumkow Iwan", "death_date": "1943-05-02"}, True)],
        "ann",
    )
    listed = gathering.counted("register")
    monkeypatch.setattr(gathering, "counted", lambda pool: listed)
    site = models.Site.objects.get(key="genk")
    local = signed_in("reviewer", "local", site=site)
    page = local.get(reverse("group", args=[group.key])).content.decode()
    assert "Sumkow" not in page and "1 name of an archive is not shown" in page
    local.post(matrix_of(group))
    shown = local.get(matrix_of(group)).content.decode()
    assert "Sumkow" not in shown and "not shown to you" in shown
    assert not Look.objects.filter(candidate=ROW).exists()
    hidden = pair_of(group, "unnamed-1", ROW)
    told = local.get(f"{matrix_of(group)}?same={hidden}&pair={hidden}")
    assert told.status_code == 400 and "Sumkow" not in told.content.decode()
    everywhere = opened(signed_in, group).get(matrix_of(group)).content.decode()
    assert "Sumkow" in everywhere and "simulated" in everywhere


def test_an_archive_that_cannot_be_asked_is_told(group: Group, signed_in) -> None:
    keeping.add_names(group, [Named(ROW, "archive:stalags", {"name": "Sumkow"}, False)], "ann")
    page = opened(signed_in, group).get(matrix_of(group)).content.decode()
    assert "archive:stalags cannot be asked." in page and cells(page, "grave-1")


def test_a_what_if_weighs_no_pair_anew(group: Group, monkeypatch) -> None:
    asked: list[int] = []
    compare = gathering.compare

    def counting(*args: object):
        asked.append(1)
        return compare(*args)

    monkeypatch.setattr(gathering, "compare", counting)
    gathering.kept.forget()
    first = gathering.gather(group)
    assert first.weights.bits.weighed == 4  # the two graves without a name say the same
    gathering.gather(group)
    assert len(asked) == 1
    with change("ann", "a letter") as door:
        clue = {"field": "birth_date", "value": "1903", "citation": "a letter"}
        door.add(Clue(case=first.graves[0].case, **clue))
    assert gathering.gather(group).weights.bits is not first.weights.bits and len(asked) == 2


def test_what_is_too_large_is_refused_in_words(group: Group, signed_in, monkeypatch) -> None:
    monkeypatch.setattr(weighing, "MOST_PAIRS", 1)
    gathering.kept.forget()
    told = opened(signed_in, group).get(matrix_of(group))
    assert told.status_code == 422
    assert "It has 2 pairs with a name on both sides" in told.content.decode()


def test_the_matrix_asks_few_questions(group: Group, signed_in, queries) -> None:
    client = opened(signed_in, group)
    client.get(matrix_of(group))
    with queries() as asked:
        client.get(matrix_of(group))
    assert len(asked) <= 26


def test_the_bits_are_those_of_the_case(group: Group, case: Case) -> None:
    weigh_again(case)  # the register has grown since
    found = gathering.gather(group)
    at = [grave.case_id for grave in found.graves].index(case.pk)
    for number, row in enumerate(found.names):
        own = Candidate.objects.get(case=case, name=row.name)
        assert found.weights.bits.weights[at, number] == pytest.approx(own.weight)
        assert found.weights.priors[at, number] == pytest.approx(own.prior)
    alone = joint.marginals(
        joint.Group(found.weights.group.odds[[at]], found.weights.group.bodies[[at]])
    )
    inquiry = Inquiry.objects.get(case=case)
    assert alone.none[0] == pytest.approx(inquiry.none, abs=1.5e-3)


def test_the_page_of_a_case_leads_to_its_groups(group: Group, case: Case, signed_in) -> None:
    near = {"case": case, "record": case.record, "request": RequestFactory().get("/")}
    for role, sees in (("reviewer", True), ("reader", False)):
        user = signed_in(role).session["_auth_user_id"]
        near["request"].user = User.objects.get(pk=user)
        page = render_to_string("workbench/case_base.html", near)
        assert (reverse("group", args=[group.key]) in page) is sees


def test_candidates_that_are_no_names_count_as_none(group: Group, case: Case) -> None:
    whole = gathering.gather(group)
    at = [grave.case_id for grave in whole.graves].index(case.pk)
    keeping.take_out(group, [], [group.names.get(name="record:card-1").pk], "ann")
    less = gathering.gather(group)
    best = Candidate.objects.get(case=case, name="record:card-1")
    assert less.bodies[at].others == pytest.approx(2.0**best.total)
    assert whole.bodies[at].others == 0.0
    assert Inquiry.objects.filter(case=case).count() == 1

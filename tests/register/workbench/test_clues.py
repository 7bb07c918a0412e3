"""Clues and searches in vain: what they would change, how they are written, dropped, taken up."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from sexton.web.cases import finding_out, judging
from sexton.web.cases.models import Case, Inquiry, Look
from sexton.web.register.history import change
from sexton.web.register.models import Change, Source

pytestmark = pytest.mark.django_db
CLUE = {
    "deed": "clue", "clue-field": "prisoner_number", "clue-value": "55021",
    "clue-citation": "Arolsen, card 7", "clue-why": "the only card of that name",
}  # fmt: skip
SEARCH = {
    "deed": "search", "search-where": "death list of Stalag 326, 1943",
    "search-asked": "Шатунов; Schatunow", "search-share": "nearly_all",
    "search-searched_on": "2026-03-01", "search-citation": "GARF",
}  # fmt: skip


@pytest.fixture
def ann(signed_in) -> Client:
    return signed_in("researcher", "ann")


def where(case: Case) -> str:
    return reverse("case-clues", args=[case.key])


def text(answer) -> str:
    return answer.content.decode()


def test_an_empty_page_says_so(case: Case, ann: Client) -> None:
    page = text(ann.get(where(case)))
    assert "Nothing was found out yet" in page and "No search in vain" in page
    assert "Шатунов" in page, "the forms of the name that a search would try are filled in"


def test_a_clue_is_written_with_who_and_why_and_weighs(case: Case, ann: Client) -> None:
    assert case.candidates.first().name == "record:card-1"
    answer = ann.post(where(case), CLUE, follow=True)
    assert answer.redirect_chain and "All candidates are weighed anew." in text(answer)
    [clue] = case.clues.all()
    assert (clue.value, clue.change.by, clue.change.reason) == ("55021", "ann", CLUE["clue-why"])
    assert case.candidates.first().name == "record:card-2"
    assert "Arolsen, card 7" in text(answer) and "Added by ann" in text(answer)


def test_a_preview_writes_nothing_and_changes_by_the_bits_of_its_field(
    case: Case, ann: Client
) -> None:
    judging.judge(case, "record:card-2", "ann", "unsure")
    judging.judge(case, "record:card-1", "ann", "unsure")
    before = {one.name: one.total for one in case.candidates.all()}
    changes = Change.objects.count()
    answer = ann.post(where(case), CLUE | {"preview": "1"})
    assert Change.objects.count() == changes and not case.clues.exists()
    [preview] = answer.context["previews"]
    moved = {line.moved.name: line.moved for line in preview.lines}
    assert [line.moved.name for line in preview.lines] == ["record:card-2", "record:card-1"]
    assert 'value="55021"' in text(answer), "the form still holds what was filled in"
    ann.post(where(case), CLUE)
    for one in case.candidates.all():
        [field] = moved[one.name].fields
        assert field.field == "prisoner_number"
        assert one.total - before[one.name] == pytest.approx(field.bits)


def test_a_preview_does_not_cost_anybody_his_blind_judgement(case: Case, ann: Client) -> None:
    answer = ann.post(where(case), CLUE | {"preview": "1"})
    [preview] = answer.context["previews"]
    assert not preview.lines and preview.unseen == 2
    assert "are not shown, so that you can still judge them blind" in text(answer)
    assert judging.judge(case, "record:card-1", "ann", "same").blind
    whole = ann.post(where(case), CLUE | {"preview": "1", "all": "on"})
    assert len(whole.context["previews"][0].lines) == 2
    assert Look.objects.filter(case=case, by="ann").values_list("candidate", flat=True)[0]
    assert not judging.judge(case, "record:card-2", "ann", "same", "after a look").blind


def test_a_date_is_told_as_it_is_read(case: Case, ann: Client) -> None:
    said = {"clue-field": "birth_date", "clue-value": "May 1903", "preview": "1"}
    assert "1903-05" in text(ann.post(where(case), CLUE | said))


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("birth_date", "when the lilac bloomed", "cannot be read as a date"),
        ("prisoner_number", "none", "No number is read in this"),
        ("camp", "some camp", "No camp is read in this"),
    ],
)
def test_what_cannot_be_read_is_told_and_can_be_kept(
    case: Case, ann: Client, field: str, value: str, told: str
) -> None:
    said = CLUE | {"clue-field": field, "clue-value": value}
    answer = ann.post(where(case), said)
    assert answer.status_code == 400 and told in text(answer) and not case.clues.exists()
    assert value in text(answer)
    assert ann.post(where(case), said | {"clue-as_written": "on"}).status_code == 302
    assert case.clues.get().value == value


def test_a_clue_without_a_source_or_a_reason_is_refused(case: Case, ann: Client) -> None:
    answer = ann.post(where(case), CLUE | {"clue-citation": "", "clue-why": ""})
    assert answer.status_code == 400 and not case.clues.exists()
    errors = answer.context["clue_form"].errors
    assert set(errors) == {"why"}, "the source is asked for when the rest is right"
    answer = ann.post(where(case), CLUE | {"clue-citation": ""})
    assert set(answer.context["clue_form"].errors) == {"citation"}


def test_a_source_of_the_register_is_named_by_its_key(case: Case, ann: Client) -> None:
    with change("a steward", "a book") as door:
        source = door.add(Source(key="abc", kind="book", title="A book of the dead"))
    said = CLUE | {"clue-citation": "", "clue-source": "no such source"}
    assert "has no such source" in text(ann.post(where(case), said))
    ann.post(where(case), said | {"clue-source": "abc"})
    ann.post(where(case), said | {"clue-source": "A book of the dead", "clue-value": "1"})
    assert [clue.source for clue in case.clues.all()] == [source, source]


def test_a_clue_is_dropped_for_a_reason_and_taken_up_again(case: Case, ann: Client) -> None:
    ann.post(where(case), CLUE)
    clue = case.clues.get()
    row = {"kind": "clue", "row": clue.pk, "seen": clue.version}
    refused = ann.post(where(case), row | {"deed": "drop", "why": ""})
    assert refused.status_code == 400 and case.clues.get().stands
    page = text(ann.post(where(case), row | {"deed": "drop", "why": "another man"}, follow=True))
    assert "another man" in page and "Dropped by ann" in page and CLUE["clue-why"] in page
    clue.refresh_from_db()
    assert not clue.stands and case.candidates.first().name == "record:card-1"
    late = ann.post(where(case), row | {"deed": "take-up"})
    assert late.status_code == 409 and not case.clues.get().stands
    ann.post(where(case), row | {"deed": "take-up", "seen": clue.version})
    assert case.clues.get().stands and case.candidates.first().name == "record:card-2"


def test_what_dropping_changes_is_seen_before(case: Case, ann: Client) -> None:
    for name in ("record:card-1", "record:card-2"):
        judging.judge(case, name, "ann", "unsure")
    before = {one.name: one.total for one in case.candidates.all()}
    ann.post(where(case), CLUE)
    ann.post(where(case), SEARCH)
    with_both = {one.name: one.total for one in case.candidates.all()}
    none = case.inquiries.get().none_bits
    for kind, row in (("clue", case.clues.get()), ("search", case.searches.get())):
        asked = {"deed": "drop", "kind": kind, "row": row.pk, "seen": row.version, "why": "hm"}
        answer = ann.post(where(case), asked | {"preview": "1"})
        [preview] = answer.context["previews"]
        assert ">hm</textarea>" in text(answer)
        for line in preview.lines:
            lost = before[line.moved.name] - with_both[line.moved.name] if kind == "clue" else 0
            assert line.moved.bits == pytest.approx(lost)
    assert case.clues.get().stands and case.searches.get().stands
    assert case.inquiries.get().none_bits == none
    [found] = finding_out.outlook(case, finding_out.without(case, case.searches.get()))
    assert found.after.none > found.before.none


def test_a_search_in_vain_is_written_and_weighs_until_it_is_withdrawn(
    case: Case, ann: Client
) -> None:
    none = case.inquiries.get().none
    ann.post(where(case), SEARCH)
    [search] = case.searches.all()
    assert (search.share, str(search.searched_on)) == (0.9, "2026-03-01")
    assert case.inquiries.get().none < none
    row = {"kind": "search", "row": search.pk, "seen": search.version}
    ann.post(where(case), row | {"deed": "drop", "why": "the list was another one"})
    assert case.inquiries.get().none == pytest.approx(none)
    page = text(ann.get(where(case)))
    assert "the list was another one" in page and "stands no more" in page


def test_a_search_for_one_candidate_changes_him_alone(case: Case, ann: Client) -> None:
    for name in ("record:card-1", "record:card-2"):
        judging.judge(case, name, "ann", "unsure")
    said = SEARCH | {"search-candidate": "record:card-1", "search-share": "own"}
    answer = ann.post(where(case), said | {"preview": "1", "search-own_share": "75"})
    moved = {line.moved.name: line.moved for line in answer.context["previews"][0].lines}
    assert moved["record:card-1"].searched == pytest.approx(-2)
    assert moved["record:card-2"].bits == 0
    assert not case.searches.exists()
    refused = ann.post(where(case), said)
    assert set(refused.context["search_form"].errors) == {"own_share"}


@pytest.mark.parametrize(
    "wrong",
    [{"search-share": ""}, {"search-candidate": "record:nobody"}, {"search-asked": ""},
     {"search-searched_on": "2999-01-01"}, {"search-where": "a\x07"}],
)  # fmt: skip
def test_a_search_that_is_not_told_whole_is_refused(case: Case, ann: Client, wrong) -> None:
    answer = ann.post(where(case), SEARCH | wrong)
    assert answer.status_code == 400 and not case.searches.exists()
    [name] = wrong
    assert set(answer.context["search_form"].errors) == {name.removeprefix("search-")}


def test_candidates_of_an_archive_are_for_who_may_search_it(case: Case, signed_in) -> None:
    case.inquiries.update(pool="archive:cards")
    case.candidates.update(pool="archive:cards")
    near = signed_in("reviewer", "near", site=case.record.site)
    answer = near.post(where(case), CLUE | {"preview": "1", "all": "on"})
    [preview] = answer.context["previews"]
    assert preview.private == 2 and not preview.lines
    assert "Шатунов Афанасий (" not in text(answer) and not Look.objects.exists()


def test_an_archive_that_cannot_be_asked_is_told(case: Case, ann: Client) -> None:
    Inquiry.objects.create(case=case, pool="archive:gone", size=10, coverage=0.8)
    page = text(ann.post(where(case), CLUE, follow=True))
    assert "All candidates are weighed anew." in page
    assert "Archive gone cannot be asked now" in page
    preview = ann.post(where(case), CLUE | {"preview": "1"})
    assert "no such archive here any more" in text(preview)


def test_a_case_without_lists_says_that_nothing_changes(case: Case, ann: Client) -> None:
    case.candidates.all().delete()
    case.inquiries.all().delete()
    page = text(ann.post(where(case), CLUE | {"preview": "1"}))
    assert "so nothing changes" in page


def test_what_is_no_deed_does_nothing(case: Case, ann: Client) -> None:
    changes = Change.objects.count()
    assert ann.post(where(case), {"deed": "burn"}).status_code == 400
    row = {"deed": "drop", "kind": "clue", "row": "7", "seen": "1", "why": "x"}
    assert ann.post(where(case), row).status_code == 404
    assert Change.objects.count() == changes


def test_the_page_asks_few_questions(case: Case, ann: Client, django_assert_max_num_queries):
    for value in ("55021", "55022", "55023"):
        ann.post(where(case), CLUE | {"clue-value": value})
        ann.post(where(case), SEARCH)
    with django_assert_max_num_queries(20):
        ann.get(where(case))

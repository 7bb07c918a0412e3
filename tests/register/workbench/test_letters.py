"""Letters to archives: made in their language, kept, sent, reminded of, answered."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from sexton.records import Record
from sexton.web.cases import deciding, letters
from sexton.web.cases.asking import asked_of, tried
from sexton.web.cases.letter_text import LANGUAGES, About, Brief, about, compose
from sexton.web.cases.models import Case, Letter
from sexton.web.register.history import change
from sexton.web.register.models import Organisation
from sexton.web.register.models import Record as RegisterRecord

from ..conftest import take_in, write_csv

pytestmark = pytest.mark.django_db
ASKED = {
    "addressee": "Arolsen Archives", "language": "de", "asker": "Ann Peeters", "basis": "",
    "address": "Kerkstraat 1\nGenk", "papers": ["cards", "death"], "remark": "", "deed": "compose",
}  # fmt: skip


@pytest.fixture
def ann(signed_in) -> Client:
    return signed_in("researcher", "ann")


@pytest.fixture
def letter(case: Case, ann: Client) -> Letter:
    ann.post(listed(case), ASKED | {"deed": "write", "question": "Wer war Schatunow?"})
    return case.letters.get()


def listed(case: Case) -> str:
    return reverse("case-letters", args=[case.key])


def page_of(letter: Letter, part: str = "") -> str:
    return reverse(f"case-letter{part}", args=[letter.case.key, letter.pk])


def text(answer) -> str:
    return answer.content.decode()


def sent(letter: Letter, ann: Client, on: date, remind: date | None = None) -> None:
    dates = {"sent_on": on.isoformat(), "remind_on": remind.isoformat() if remind else ""}
    answer = ann.post(page_of(letter), {"deed": "send", "seen": letter.version, **dates})
    assert answer.status_code == 302
    letter.refresh_from_db()


def test_every_language_has_a_letter_of_its_own(case: Case) -> None:
    found = {code: compose(about(case), Brief("Ann"), code) for code in LANGUAGES}
    assert len(set(found.values())) == len(LANGUAGES)
    for told in found.values():
        for form in ("SCHATUNOV Afanas", "Шатунов", "Chatounov", "Sjatoenov", case.key, "Ann"):
            assert form in told
    english = found["en"].splitlines()
    for code in set(LANGUAGES) - {"en"}:
        alike = [line for line in found[code].splitlines() if line and line in english]
        assert all(case.key in line or line in {"Ann"} for line in alike if " " in line), code


def test_a_law_is_named_only_where_somebody_names_it(case: Case) -> None:
    assert "rests on" not in compose(about(case), Brief("Ann"), "en")
    told = compose(about(case), Brief("Ann", basis="Archives Act, art. 3"), "en")
    assert "Our request rests on: Archives Act, art. 3" in told


def test_only_the_papers_that_are_asked_for_are_named(case: Case) -> None:
    told = compose(about(case), Brief("Ann", papers=("hospital",)), "en")
    assert "papers of hospitals" in told and "personal card" not in told
    assert "look for:" not in compose(about(case), Brief("Ann", papers=()), "en")


def test_numbers_camps_and_dates_stand_in_their_forms() -> None:
    row = Record(
        "g",
        {"name": "SCHATUNOV Afanas", "prisoner_number": "108258", "camp": "VI K",
         "birth_date": "1903-05"},
        {}, "", 1,
    )  # fmt: skip
    told = compose(About(asked_of(row), "case-g"), Brief("Ann"), "fr")
    for form in ("VI K 108258", "326/108258", "108258/VI K", "Stalag 326", "mai 1903"):
        assert form in told
    assert any("VI K 108258" in line for line in tried(asked_of(row)))


def test_a_grave_without_a_name_is_asked_for_by_what_is_known() -> None:
    asked = asked_of(Record("g", {"name": "Inconnu", "death_date": "1943-05-02"}, {}, "", 1))
    assert not asked.is_named and tried(asked) == []
    told = compose(About(asked, "case-g"), Brief("Ann"), "en")
    assert "2 May 1943" in told and "may have been written in many ways" not in told


def test_a_letter_is_made_looked_through_and_kept(case: Case, ann: Client) -> None:
    assert "No archive was written to yet." in text(ann.get(listed(case)))
    made = ann.post(listed(case), ASKED)
    question = made.context["question_form"]["question"].value()
    assert "Sehr geehrte Damen und Herren" in question and not case.letters.exists()
    assert "Dear Sir or Madam" in made.context["own"]
    kept = ann.post(
        listed(case), ASKED | {"deed": "write", "question": question + "Danke."}, follow=True
    )
    [letter] = case.letters.all()
    assert letter.question.endswith("Danke.") and letter.language == "de"
    assert "Not sent yet" in text(kept) and "Dear Sir or Madam" in text(kept)


def test_what_is_missing_is_told_and_nothing_is_lost(case: Case, ann: Client) -> None:
    answer = ann.post(listed(case), ASKED | {"asker": "", "language": "xx"})
    assert answer.status_code == 400
    assert set(answer.context["compose_form"].errors) == {"asker", "language"}
    assert "Arolsen Archives" in text(answer) and "Kerkstraat 1" in text(answer)
    empty = ann.post(listed(case), ASKED | {"deed": "write", "question": " "})
    assert empty.status_code == 400 and not case.letters.exists()


def test_no_archive_is_asked_about_somebody_who_never_lived(ann: Client, db, tmp_path) -> None:
    take_in(write_csv(tmp_path / "list.csv", [{"id": "sim-1", "name": "Иванов Иван"}]))
    case = deciding.open_case(RegisterRecord.objects.get(key="sim-1"), "ann")
    assert "who never lived" in text(ann.get(listed(case)))
    ann.post(listed(case), ASKED | {"deed": "write", "question": "?"})
    assert not case.letters.exists()


def test_an_organisation_of_the_register_is_known_by_its_name(case: Case, ann: Client) -> None:
    with change("a steward", "an archive") as door:
        archive = door.add(Organisation(key="arolsen", kind="archive", name="Arolsen Archives"))
    assert '<option value="Arolsen Archives">' in text(ann.get(listed(case)))
    ann.post(listed(case), ASKED | {"deed": "write", "question": "?"})
    assert case.letters.get().to == archive


def test_a_draft_is_changed_and_two_do_not_overwrite_each_other(letter, ann: Client) -> None:
    said = {"deed": "edit", "seen": letter.version, "addressee": "GARF", "question": "Кто он?"}
    assert ann.post(page_of(letter), said).status_code == 302
    late = ann.post(page_of(letter), said | {"question": "Later"})
    assert late.status_code == 409 and "after you had opened it" in text(late)
    letter.refresh_from_db()
    assert (letter.addressee, letter.question) == ("GARF", "Кто он?")


def test_a_draft_is_taken_out_for_a_reason_a_sent_letter_is_not(letter, ann: Client) -> None:
    asked = {"deed": "discard", "seen": letter.version, "why": ""}
    assert ann.post(page_of(letter), asked).status_code == 400
    sent(letter, ann, date(2026, 3, 1))
    later = {"seen": letter.version, "why": "x"}
    assert ann.post(page_of(letter), asked | later).status_code == 400
    edit = {"deed": "edit", "seen": letter.version, "addressee": "x", "question": "y"}
    assert ann.post(page_of(letter), edit).status_code == 400
    letter.refresh_from_db()
    assert letter.question == "Wer war Schatunow?"


def test_a_draft_that_is_taken_out_is_gone(letter: Letter, ann: Client) -> None:
    asked = {"deed": "discard", "seen": letter.version, "why": "another archive"}
    assert ann.post(page_of(letter), asked).status_code == 302
    assert not Letter.objects.exists() and ann.get(page_of(letter)).status_code == 404


def test_a_reminder_comes_after_the_letter(letter: Letter, ann: Client) -> None:
    dates = {"sent_on": "2026-03-01", "remind_on": "2026-02-01"}
    answer = ann.post(page_of(letter), {"deed": "send", "seen": letter.version, **dates})
    assert answer.status_code == 400 and "comes after the letter" in text(answer)


def test_reminders_that_are_due_stand_first(letter: Letter, case: Case, ann: Client) -> None:
    today = timezone.localdate()
    sent(letter, ann, today - timedelta(days=60), today)
    for name in ("GARF", "Bundesarchiv"):
        ann.post(listed(case), ASKED | {"deed": "write", "addressee": name, "question": name})
    other = Letter.objects.get(addressee="GARF")
    sent(other, ann, today, today + timedelta(days=9))
    answer = ann.get(reverse("letters"))
    told = [(one.addressee, stand[0]) for one, stand in answer.context["letters"]]
    assert told == [("Arolsen Archives", "due"), ("GARF", "sent"), ("Bundesarchiv", "draft")]
    assert [count for *_, count in answer.context["counts"]] == [1, 1, 1, 0]
    due = ann.get(reverse("letters"), {"state": "due", "q": "arolsen", "language": "de"})
    assert [one.addressee for one, _ in due.context["letters"]] == ["Arolsen Archives"]
    assert "No letter fits." in text(ann.get(reverse("letters"), {"language": "ru"}))


def test_letters_of_other_sites_are_not_shown(letter: Letter, case: Case, signed_in) -> None:
    with change("a steward", "a visit") as door:
        site = type(case.record.site)(key="chimay", kind="cemetery_plot", municipality="Chimay")
        other = door.add(site)
    page = text(signed_in("reviewer", "far", site=other).get(reverse("letters")))
    assert "Arolsen" not in page and "No archive was written to yet." in page


def answered(letter: Letter, **said: object) -> dict[str, object]:
    return {
        "deed": "answer", "seen": letter.version, "answered_on": "2026-04-01",
        "answer": "Card 7: 55021", **said,
    }  # fmt: skip


def test_an_answer_leads_to_a_clue_in_one_step(letter: Letter, case: Case, ann: Client) -> None:
    sent(letter, ann, date(2026, 3, 1))
    page = ann.get(page_of(letter))
    citation = page.context["clue_form"]["citation"].value()
    assert "Arolsen Archives" in citation
    clue = {
        "leads": "clue", "clue-field": "prisoner_number", "clue-value": "55021",
        "clue-citation": citation, "clue-why": "the card of that name",
    }  # fmt: skip
    assert ann.post(page_of(letter), answered(letter, **clue)).status_code == 302
    letter.refresh_from_db()
    found = case.clues.get()
    assert letter.answer == "Card 7: 55021" and found.citation == citation
    assert found.change == letter.change, "one change of the register"
    assert case.candidates.first().name == "record:card-2"


def test_an_answer_leads_to_a_search_in_one_step(letter: Letter, case: Case, ann: Client) -> None:
    sent(letter, ann, date(2026, 3, 1))
    search = {
        "leads": "search", "search-where": "Arolsen Archives", "search-asked": "Schatunow",
        "search-share": "half", "search-citation": "their letter",
    }  # fmt: skip
    none = case.inquiries.get().none
    assert ann.post(page_of(letter), answered(letter, **search)).status_code == 302
    assert case.searches.get().share == 0.5 and case.inquiries.get().none < none


def test_what_is_wrong_in_an_answer_is_told_at_once_and_nothing_is_kept(
    letter: Letter, case: Case, ann: Client
) -> None:
    sent(letter, ann, date(2026, 3, 1))
    said = answered(letter, leads="clue", answer="", **{"clue-field": "camp"})
    answer = ann.post(page_of(letter), said)
    assert answer.status_code == 400
    assert set(answer.context["answer_form"].errors) == {"answer"}
    assert set(answer.context["clue_form"].errors) >= {"value", "why"}
    letter.refresh_from_db()
    assert not letter.answered_on and not case.clues.exists()


def test_a_letter_goes_on_paper_and_into_a_file(letter: Letter, ann: Client) -> None:
    paper = text(ann.get(page_of(letter, "-paper")))
    assert "Wer war Schatunow?" in paper and 'lang="de"' in paper
    plain = ann.get(page_of(letter, "-text"))
    assert plain["Content-Type"] == "text/plain; charset=utf-8"
    assert plain.content.decode() == "Wer war Schatunow?"
    assert "attachment" in plain["Content-Disposition"]


def test_states_follow_from_the_dates() -> None:
    day = date(2026, 5, 1)
    assert letters.state_of(Letter(), day) == "draft"
    assert letters.state_of(Letter(sent_on=day), day) == "sent"
    assert letters.state_of(Letter(sent_on=day, remind_on=day), day) == "due"
    assert letters.state_of(Letter(sent_on=day, remind_on=day, answered_on=day), day) == "answered"


def test_the_pages_ask_few_questions(letter, case, ann, django_assert_max_num_queries) -> None:
    for count in range(5):
        ann.post(listed(case), ASKED | {"deed": "write", "question": str(count)})
    with django_assert_max_num_queries(20):
        ann.get(listed(case))
    with django_assert_max_num_queries(20):
        ann.get(page_of(letter))
    with django_assert_max_num_queries(14):
        ann.get(reverse("letters"))

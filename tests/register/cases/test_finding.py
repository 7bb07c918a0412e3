"""The engine asks the register and archives for the men of cases; what people decided stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from sexton.linkage.archive import Archive
from sexton.records import COLUMNS
from sexton.simulate import simulate_people
from sexton.web.cases import deciding, finding, judging
from sexton.web.cases.ladder import Step
from sexton.web.cases.models import Candidate, Case, Clue, Inquiry
from sexton.web.cases.refreshing import weigh_again
from sexton.web.jobs import desk
from sexton.web.register import merging, models
from sexton.web.register.history import change

from ..conftest import take_in, write_csv
from ..workbench.conftest import CARDS, STONE, case  # noqa: F401

pytestmark = pytest.mark.django_db
REGISTER, ARCHIVE = ("register", 0.4), ("archive:cards", 0.8)


@pytest.fixture
def cards(tmp_path: Path, settings) -> Path:
    """An archive with the card of the man of ``grave-1``, twice, among simulated persons."""
    settings.HOME = tmp_path / "home"
    rows = [{column: row.get(column, "") for column in COLUMNS} for row in simulate_people(60, 8)]
    for number in ("k-1", "k-2"):
        rows.append(dict.fromkeys(COLUMNS, "") | CARDS[0] | {"id": number})
    Archive.named(settings.HOME, "cards").add(write_csv(tmp_path / "cards.csv", rows))
    return settings.HOME


def stated(case: Case, pool: str = "register") -> dict[str, float]:  # noqa: F811
    rows = case.candidates.filter(pool=pool).order_by("rank")
    return dict(rows.values_list("name", "probability"))


def adds_up(case: Case) -> None:  # noqa: F811
    for inquiry in case.inquiries.all():
        theirs = case.candidates.filter(pool=inquiry.pool)
        whole = inquiry.none + sum(one.probability for one in theirs if one.is_fittest)
        assert whole == pytest.approx(1)
        for one in theirs:
            bits = sum(item["bits"] for item in one.evidence)
            assert one.weight == pytest.approx(bits)


def test_the_register_is_asked_and_the_case_has_candidates(case: Case) -> None:  # noqa: F811
    case.candidates.all().delete()
    case.inquiries.all().delete()
    [told] = finding.find([case], [REGISTER], "ann")
    case.refresh_from_db()
    assert case.state == "candidates" and case.change.by == "ann"
    assert (told.is_first, told.before, told.after) == (True, "", "record:card-1")
    assert next(iter(stated(case))) == "record:card-1" and "record:grave-1" not in stated(case)
    assert case.inquiries.get().size == 2
    adds_up(case)
    before = stated(case)
    [again] = finding.find([case], [REGISTER], "ann")
    assert (again.is_first, again.new, again.gone, again.moved) == (False, 0, 0, 0.0)
    weigh_again(case)
    assert stated(case) == before


def test_who_is_joined_or_parted_is_not_asked_about(case: Case) -> None:  # noqa: F811
    record = {key: models.Record.objects.get(key=key) for key in ("grave-1", "card-1", "card-2")}
    merging.refuse(record["grave-1"], record["card-1"], "bob", "another father")
    [told] = finding.find([case], [REGISTER], "ann")
    assert "record:card-1" not in stated(case) and told.gone >= 1
    assert case.inquiries.get().size == 1
    merging.accept(record["card-2"], record["card-1"], "bob", "one card is a copy")
    finding.find([case], [REGISTER], "ann")
    assert stated(case) == {} and case.inquiries.get().none == 1.0


def test_records_of_one_person_share_his_probability(case: Case, tmp_path) -> None:  # noqa: F811
    finding.find([case], [REGISTER], "ann")
    once = stated(case)["record:card-1"]
    copy = dict.fromkeys([*STONE, *CARDS[0]], "") | CARDS[0] | {"id": "card-3", "source": "lists"}
    take_in(write_csv(tmp_path / "more.csv", [copy]))
    pair = [models.Record.objects.get(key=key) for key in ("card-1", "card-3")]
    finding.find([case], [REGISTER], "ann")
    rivals = stated(case)["record:card-1"]
    merging.accept(*pair, "bob", "one man")
    finding.find([case], [REGISTER], "ann")
    shared = stated(case)
    assert shared["record:card-1"] == shared["record:card-3"] > rivals
    assert shared["record:card-1"] == pytest.approx(once, abs=0.05)
    adds_up(case)


def test_an_archive_is_asked_and_both_documents_are_shown(case: Case, cards) -> None:  # noqa: F811
    [told] = finding.find([case], [ARCHIVE], "ann")
    found = list(case.candidates.filter(pool="archive:cards").order_by("rank"))
    assert [one.fields["name"] for one in found[:2]] == [CARDS[0]["name"]] * 2
    assert found[0].probability > 0.5 < found[1].probability and found[1].man == found[0].name
    assert [one.simulated for one in found[:2]] == [False, False]
    assert all(one.simulated for one in found[2:])
    assert told.new == len(found) and not told.trouble
    inquiry = case.inquiries.get(pool="archive:cards")
    assert (inquiry.size, inquiry.coverage) == (62, 0.8) and inquiry.rest > 0
    adds_up(case)


def test_a_clue_is_a_part_of_what_is_asked(case: Case) -> None:  # noqa: F811
    finding.find([case], [REGISTER], "ann")
    before = stated(case)
    with change("ann", "a letter") as door:
        door.add(Clue(case=case, field="prisoner_number", value="55021", citation="a letter"))
    [told] = finding.find([case], [REGISTER], "ann")
    assert stated(case)["record:card-2"] > before.get("record:card-2", 0.0)
    assert told.moved == pytest.approx(
        max(
            abs(stated(case).get(name, 0.0) - before.get(name, 0.0)) for name in before
        ),
        abs=0.2,
    )  # fmt: skip


def test_an_archive_that_is_gone_leaves_what_stands(case: Case, cards) -> None:  # noqa: F811
    finding.find([case], [ARCHIVE], "ann")
    before = stated(case, "archive:cards")
    (cards / "archives" / "cards").rename(cards / "elsewhere")
    [told] = finding.find([case], [ARCHIVE, REGISTER], "ann")[:1]
    assert told.trouble == "missing" and stated(case, "archive:cards") == before
    assert case.inquiries.get(pool="archive:cards").trouble == "missing"
    [unheard] = finding.find([case], [("archive:never", 0.8)], "ann")
    assert unheard.trouble == "missing" and not case.inquiries.filter(pool="archive:never").exists()


def test_what_was_decided_stays_and_so_do_those_who_were_judged(case: Case) -> None:  # noqa: F811
    for who in ("ann", "bob"):
        judging.judge(case, "record:card-1", who, "same")
        judging.judge(case, "record:card-2", who, "different")
    deciding.decide(case, Step("probable", "two cards agree"), "carol", "record:card-1")
    case.refresh_from_db()
    snapshot = case.decisions.get().snapshot
    changes = models.Change.objects.count()
    finding.find([case], [REGISTER], "ann")
    case.refresh_from_db()
    assert (case.state, case.candidate) == ("probable", "record:card-1")
    assert case.decisions.get().snapshot == snapshot
    assert models.Change.objects.count() == changes
    assert {"record:card-1", "record:card-2"} <= set(stated(case))
    adds_up(case)


def test_a_state_goes_back_when_nobody_is_found_any_more(case: Case) -> None:  # noqa: F811
    finding.find([case], [REGISTER], "ann")
    case.refresh_from_db()
    assert case.state == "candidates"
    records = models.Record.objects
    for key in ("card-1", "card-2"):
        merging.refuse(records.get(key="grave-1"), records.get(key=key), "bob", "not he")
    finding.find([case], [REGISTER], "ann")
    case.refresh_from_db()
    assert case.state == "name_recorded" and not Candidate.objects.filter(case=case).exists()


def test_a_run_that_is_taken_up_again_asks_nobody_twice(case: Case) -> None:  # noqa: F811
    desk.ask("find-candidates", "ann", {"any": "thing"})
    job = desk.claim("worker")
    Inquiry.objects.all().delete()
    Candidate.objects.all().delete()
    [told] = finding.find([case], [REGISTER], "ann", job)
    assert told.new > 0 and finding.find([case], [REGISTER], "ann", job) == []
    assert job.outcomes.get().new == told.new


def test_a_nameless_grave_is_not_asked_about_its_neighbours(case: Case, tmp_path) -> None:  # noqa: F811
    base = dict.fromkeys([*STONE, *CARDS[0]], "")
    unnamed = {
        "id": "grave-2",
        "death_date": "1943-05-02",
        "burial_place": "genk",
        "source": "stone",
    }
    take_in(write_csv(tmp_path / "more.csv", [base | unnamed]))
    nameless = deciding.open_case(models.Record.objects.get(key="grave-2"), "ann")
    assert nameless.state == "unnamed"
    finding.find([nameless], [REGISTER], "ann")
    found = stated(nameless)
    same_list = nameless.record.source is not None and "record:grave-1" in found
    assert not same_list and "record:card-1" in found
    adds_up(nameless)


def test_the_cases_of_many_graves_are_opened_at_once(case: Case) -> None:  # noqa: F811
    records = list(models.Record.objects.order_by("key"))
    made = deciding.open_cases(records, "ann")
    assert {one.record.key for one in made} == {"card-1", "card-2"}
    assert len({one.change_id for one in made}) == 1
    assert deciding.open_cases(records, "ann") == []

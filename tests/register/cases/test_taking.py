"""A man of an archive stands in the register while a public decision names him, and no longer."""

from __future__ import annotations

import random
import shutil
from contextlib import suppress

import pytest

from sexton.records.simulated import is_simulated
from sexton.web.cases import deciding, taking
from sexton.web.cases.ladder import Refused, Step
from sexton.web.cases.models import Candidate, Case, Clue, Decision
from sexton.web.cases.naming import as_list_record, of_archive
from sexton.web.register import merging, models, services
from sexton.web.register.history import change
from sexton.web.register.past import register_now
from sexton.web.register.undo import CannotUndo, undo

from ..conftest import take_in, write_csv
from .conftest import CARD, judged

pytestmark = pytest.mark.django_db
WHY = "the same number and the same day"
OF_THE_REGISTER = ("record", "recordlink", "person", "membership", "claim", "source")


def decided(case: Case, to: str = "probable", **values: str) -> Decision:
    candidate = case.candidates.get().name
    return deciding.decide(case, Step(to, WHY, **values), "ann", candidate)


def register() -> dict[str, object]:
    """What the register holds of the dead, beside what numbers its rows have."""
    dump = register_now().dump()
    return {kind: sorted(map(str, dump[kind].values())) for kind in OF_THE_REGISTER}


def test_his_row_is_taken_in_word_for_word(from_archive: Case) -> None:
    decided(from_archive)
    taken = taking.there(from_archive.candidate)
    told = {column: cell for column, cell in CARD.items() if column not in {"id", "shelf mark"}}
    assert taken.fields == told and taken.extra == {"shelf mark": "box 12"}
    assert (taken.file, taken.row) == ("cards.csv", 1)
    assert (taken.source.title, taken.source.holder, taken.source.kind) == (
        "cards.csv", "cards", "list",
    )  # fmt: skip
    person = models.Person.objects.get()
    assert person.key == "grave-1" and person.record_count == 2
    assert {m.record.key for m in person.memberships.all()} == {"grave-1", taken.key}
    link = models.RecordLink.objects.get(decided=True)
    assert (link.verdict, link.reason) == ("same", WHY)


def test_he_has_claims_and_keys_like_a_row_that_was_imported(from_archive: Case, tmp_path) -> None:
    decided(from_archive)
    taken = taking.there(from_archive.candidate)
    columns = {column: cell for column, cell in CARD.items() if column != "shelf mark"}
    take_in(write_csv(tmp_path / "cards.csv", [columns]))
    services.refresh()
    imported = models.Record.objects.get(key=CARD["id"])

    def claims(record: models.Record) -> list[tuple[object, ...]]:
        said = models.Claim.objects.filter(record=record).order_by("pk")
        return list(said.values_list("property", "value", "read", "first_day", "qualifiers"))

    def keys(record: models.Record) -> list[tuple[str, ...]]:
        return sorted(record.name_keys.values_list("kind", "written", "folded"))

    assert claims(taken) == claims(imported) and claims(taken)
    assert keys(taken) == keys(imported) and keys(taken)


def test_he_is_found_as_soon_as_it_is_decided(from_archive: Case) -> None:
    services.refresh()
    decided(from_archive)
    assert models.NameKey.objects.filter(folded="запоручский").exists()


def test_under_embargo_he_is_not_in_the_register(from_archive: Case) -> None:
    deciding.set_embargo(from_archive, "ann", "the family is being looked for")
    before = register()
    decided(from_archive)
    assert register() == before
    deciding.lift_embargo(from_archive, "ann", "the granddaughter was told")
    assert taking.there(from_archive.candidate) is not None
    deciding.set_embargo(from_archive, "ann", "she asks for time")
    assert register() == before


@pytest.mark.parametrize("step", ["disputed", "withdrawn"])
def test_he_leaves_when_the_decision_no_longer_stands(from_archive: Case, step: str) -> None:
    before = register()
    decided(from_archive)
    assert register() != before
    deciding.decide(from_archive, Step(step, "the number was misread"), "bob")
    assert register() == before
    assert models.History.objects.filter(kind="record", data__file="cards.csv").exists()


def test_a_further_step_leaves_him_where_he_is(from_archive: Case) -> None:
    decided(from_archive)
    taken = taking.there(from_archive.candidate)
    with change("ann", "a letter") as door:
        door.add(Clue(case=from_archive, field="camp", value="VI K", citation="a letter"))
    step = Step("established", "the commune's letter", body="the commune of Genk")
    deciding.decide(from_archive, step, "bob")
    assert taking.there(from_archive.candidate).pk == taken.pk
    assert models.RecordLink.objects.get(decided=True).reason == "the commune's letter"


def test_what_was_noted_from_his_row_goes_with_it(from_archive: Case) -> None:
    before = register()
    decided(from_archive)
    taken = taking.there(from_archive.candidate)
    person = models.Person.objects.get()
    with change("a steward", "read from the card") as door:
        event = door.add(models.Event(key="e-1", kind="capture", record=taken))
        door.add(models.Participant(event=event, person=person, role="subject"))
        door.add(models.PersonName(person=person, written="Запоручский", record=taken))
        clue = door.add(Clue(case=from_archive, field="camp", value="VI K", record=taken))
    deciding.decide(from_archive, Step("withdrawn", "misread"), "bob")
    assert register() == before
    assert not models.PersonName.objects.exists() and not models.Event.objects.exists()
    clue.refresh_from_db()
    assert clue.record is None and clue.citation == "cards.csv, 1"


def test_a_finding_about_him_goes_with_him(from_archive: Case) -> None:
    decided(from_archive)
    taken = taking.there(from_archive.candidate)
    finding = models.Finding.objects.create(
        key="f", kind="odd", severity="note", ids=[taken.key], first_found=taken.change.at,
        message={"text": "Запоручский is odd", "params": {}},
    )  # fmt: skip
    finding.records.add(taken)
    deciding.set_embargo(from_archive, "ann", "his family is asked")
    assert not models.Finding.objects.exists()


def test_two_graves_of_one_man_share_his_record(from_archive: Case, tmp_path) -> None:
    name = from_archive.candidates.get().name
    take_in(write_csv(tmp_path / "b.csv", [{"id": "cross-2", "name": "Sch.", "source": "b"}]))
    cross = deciding.open_case(models.Record.objects.get(key="cross-2"), "ann")
    judged(cross, name, CARD)
    decided(from_archive)
    decided(cross)
    assert models.Person.objects.get().record_count == 3
    deciding.decide(from_archive, Step("withdrawn", "he was moved"), "bob")
    taken = taking.there(name)
    assert taken is not None and models.Person.objects.count() == 2
    assert {m.record.key for m in taken.membership.person.memberships.all()} == {
        "cross-2", taken.key,
    }  # fmt: skip
    deciding.decide(cross, Step("withdrawn", "neither"), "bob")
    assert taking.there(name) is None


def test_a_simulated_man_says_so_in_the_register_too(simulated: Case) -> None:
    decided(simulated)
    taken = taking.there(simulated.candidate)
    assert is_simulated(as_list_record(taken))
    deciding.decide(simulated, Step("withdrawn", "only a trial"), "bob")
    assert taking.there(simulated.candidates.get().name) is None


def test_where_the_archive_is_gone_nothing_is_decided(
    from_archive: Case, settings, tmp_path
) -> None:
    settings.HOME = tmp_path / "elsewhere"
    with pytest.raises(Refused) as refused:
        decided(from_archive)
    assert "cards" in str(refused.value)
    from_archive.refresh_from_db()
    assert from_archive.state == "name_recorded" and not Decision.objects.exists()
    assert models.Record.objects.count() == 1


def test_a_decision_can_be_withdrawn_without_the_archive(
    from_archive: Case, settings, tmp_path
) -> None:
    before = register()
    decided(from_archive)
    settings.HOME = tmp_path / "elsewhere"
    deciding.decide(from_archive, Step("withdrawn", "misread"), "bob")
    assert register() == before


@pytest.mark.parametrize("name", ["archive:cards", "archive:cards:none:1", "archive:cards:{}:99"])
def test_a_row_that_is_not_there_is_refused(grave: Case, archive: str, name: str) -> None:
    name = name.format(archive)
    judged(grave, name, CARD)
    with pytest.raises(Refused):
        decided(grave)
    assert Candidate.objects.exists() and not Decision.objects.exists()


def test_his_record_cannot_leave_with_a_case_of_its_own(from_archive: Case) -> None:
    decided(from_archive)
    taken = taking.there(from_archive.candidate)
    own = deciding.open_case(taken, "cem")
    with pytest.raises(Refused) as refused:
        deciding.set_embargo(from_archive, "ann", "his family is asked")
    assert own.key in str(refused.value)


def test_the_decision_is_undone_like_every_change(from_archive: Case) -> None:
    before = register()
    decision = decided(from_archive)
    back = undo(decision.change, "bob", "decided by mistake")
    assert register() == before
    undo(back, "bob", "it was none")
    taken = taking.there(from_archive.candidates.get().name)
    assert taken is not None and models.Person.objects.get().record_count == 2


def test_his_person_keeps_a_key_that_leads_somewhere(from_archive: Case) -> None:
    """Even where the engine has named the person by the record that now leaves."""
    decided(from_archive)
    taken = taking.there(from_archive.candidate)
    with change("the engine", "concluded again") as door:
        door.edit(models.Person.objects.get(), key=taken.key)
    deciding.decide(from_archive, Step("withdrawn", "misread"), "bob")
    assert models.Person.objects.get().key == "grave-1"


def test_a_decision_that_they_are_two_is_not_overruled(from_archive: Case, tmp_path) -> None:
    name = from_archive.candidates.get().name
    take_in(write_csv(tmp_path / "b.csv", [{"id": "cross-2", "name": "Sch.", "source": "b"}]))
    cross = deciding.open_case(models.Record.objects.get(key="cross-2"), "ann")
    judged(cross, name, CARD)
    decided(from_archive)
    merging.refuse(from_archive.record, cross.record, "cem", "two stones, two days")
    with pytest.raises(merging.AgainstDecision):
        decided(cross)
    cross.refresh_from_db()
    assert cross.state == "name_recorded"


def test_archives_are_left_as_they_are(from_archive: Case, built) -> None:
    before = {p: p.stat().st_mtime_ns for p in (built / "archives").rglob("*.npy")}
    decided(from_archive)
    assert before == {p: p.stat().st_mtime_ns for p in (built / "archives").rglob("*.npy")}


def test_a_candidate_is_named_by_list_and_row(archive: str) -> None:
    assert taking.there(of_archive("cards", archive, 1)) is None


def test_the_home_of_the_archives_is_not_needed_to_read_the_register(
    from_archive: Case, tmp_path, settings
) -> None:
    decided(from_archive)
    settings.HOME = tmp_path
    shutil.rmtree(tmp_path / "archives", ignore_errors=True)
    assert taking.there(from_archive.candidate).name == CARD["name"]


def test_the_public_sees_that_a_man_never_lived(simulated: Case, client) -> None:
    decided(simulated)
    services.refresh()
    taken = taking.there(simulated.candidate)
    assert "This person never lived" in client.get(f"/records/{taken.key}/").content.decode()
    assert "no such man lived" in client.get("/persons/grave-1/").content.decode()
    badge = '<span class="badge warning">simulated</span>'
    for address in ("/persons/", "/search/?q=SCHATUNOV", "/sites/genk/", "/sites/genk/register/"):
        assert badge in client.get(address).content.decode(), address
    deciding.decide(simulated, Step("withdrawn", "only a trial"), "bob")
    for address in ("/persons/", "/persons/grave-1/", "/sites/genk/"):
        told = client.get(address).content.decode()
        assert badge not in told and "no such man lived" not in told, address


@pytest.mark.parametrize("seed", range(2))
def test_whatever_is_done_he_is_there_if_and_only_if_the_public_may_know(
    from_archive: Case, seed: int
) -> None:
    """Any order of steps, embargoes and undoings; what may not be done changes nothing."""
    before, chance = register(), random.Random(seed)
    name = from_archive.candidates.get().name
    for number in range(12):
        act = chance.choice(["probable", "disputed", "withdrawn", "hold", "tell", "undo", "undo"])
        with suppress(Refused, CannotUndo):
            _do(from_archive, act, name, f"act {number}")
        from_archive.refresh_from_db()
        assert (taking.there(name) is not None) == from_archive.is_public, (number, act)
        if not from_archive.is_public:
            assert register() == before, (number, act)


def _do(case: Case, act: str, name: str, why: str) -> None:
    if act == "hold":
        deciding.set_embargo(case, "ann", why)
    elif act == "tell":
        deciding.lift_embargo(case, "ann", why)
    elif act == "undo":
        if last := models.Change.objects.filter(reason__startswith="act").last():
            undo(last, "bob", why)
    else:
        deciding.decide(case, Step(act, why), "ann", name if act == "probable" else "")

"""Findings keep their state: found again they are the same, judged once they do not ask again."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sexton.audit import Finding
from sexton.messages import Message
from sexton.web.register import auditing, findings, imports, merging, models, services
from sexton.web.register.history import change
from sexton.web.register.past import register_now
from sexton.web.register.undo import undo

from .conftest import take_in, write_csv

pytestmark = pytest.mark.django_db
MAN = {"id": "p1", "surname": "Petrov", "given": "Ivan", "birth_date": "12.03.1998",
       "death_date": "1.4.1943", "source": "https://archive.example/1"}  # fmt: skip


def count(rows: int, site: str = "genk") -> Finding:
    params = {"site": site, "rows": rows, "stated": "70"}
    text = "%(site)s: %(rows)d rows, but the site states “%(stated)s” buried."
    return Finding("count_against_rows", "warning", (site,), Message(text, params))


def misprint(written: str) -> Finding:
    params = {"written": written, "name": "Petrov"}
    return Finding("misprinted_date", "note", ("p1",), Message("%(written)s", params))


def told() -> list[tuple[str, str, str]]:
    """State, sentence and earlier verdict of each finding."""
    rows = models.Finding.objects.select_related("verdict", "earlier")
    return [
        (f.state, str(Message(**f.message)), f.earlier.reason if f.earlier else "") for f in rows
    ]


def key_of(finding: Finding) -> str:
    params = finding.message.params
    return findings.Matter.of(finding.kind, finding.ids, params).key


def no_fault(finding: Finding, reason: str = "the embassy counts markers") -> models.Change:
    return findings.judge([key_of(finding)], "not_a_fault", "a reviewer", reason)


@pytest.fixture
def genk(site) -> None:
    with change("a steward", "a list") as door:
        door.add(models.Record(key="p1", fields={"surname": "Petrov"}))
    services.store_findings([count(69), misprint("15 eptembre")])


def test_a_verdict_says_who_when_and_why_and_survives_the_next_run(genk) -> None:
    made = no_fault(count(69))
    services.store_findings([misprint("15 eptembre"), count(69)])
    verdict = models.Finding.objects.get(kind="count_against_rows").verdict
    assert (verdict.state, verdict.reason, verdict.change) == (
        "not_a_fault",
        "the embassy counts markers",
        made,
    )
    assert made.by == "a reviewer"
    assert findings.counts() == {"open": 1, "accepted": 0, "not_a_fault": 1, "mended": 0}


def test_other_words_for_the_same_facts_are_the_same_finding(genk) -> None:
    no_fault(count(69))
    reworded = Message(
        "At %(site)s lie %(rows)d; “%(stated)s” are stated", count(69).message.params
    )
    services.store_findings([Finding("count_against_rows", "note", ("genk",), reworded)])
    stored = models.Finding.objects.get(gone=None)
    assert (stored.state, stored.severity) == ("not_a_fault", "note")
    assert Message(**stored.message) == reworded


def test_other_facts_are_open_again_and_point_to_the_earlier_verdict(genk) -> None:
    no_fault(count(69))
    services.store_findings([count(68), misprint("15 eptembre")])
    assert [row[::2] for row in told()] == [("open", "the embassy counts markers"), ("open", "")]
    earlier = models.Finding.objects.get(kind="count_against_rows").earlier
    assert "69 rows" in str(Message(**earlier.message))
    services.store_findings([count(69), misprint("15 eptembre")])
    assert told()[0][0] == "not_a_fault"


def test_a_verdict_that_stands_on_one_finding_is_not_the_earlier_one_of_another(genk) -> None:
    no_fault(misprint("15 eptembre"))
    services.store_findings([count(69), misprint("15 eptembre"), misprint("32 mai")])
    assert {row[0] for row in told()} == {"open", "not_a_fault"}
    assert {row[2] for row in told()} == {""}
    services.store_findings([misprint("32 mai")])
    assert ("open", "32 mai", "") in told()


def test_what_is_no_longer_found_is_mended_and_found_again_it_is_as_it_was(genk) -> None:
    findings.judge([key_of(count(69))], "accepted", "a reviewer", "a row is missing")
    services.store_findings([misprint("15 eptembre")])
    assert findings.counts() == {"open": 1, "accepted": 0, "not_a_fault": 0, "mended": 1}
    with pytest.raises(findings.CannotJudge, match="is mended"):
        no_fault(count(69))
    services.store_findings([count(69)])
    assert told()[0][0] == "accepted"


def test_no_fault_needs_a_reason_and_a_finding(genk) -> None:
    for state_, reason in (("not_a_fault", "  "), ("perhaps", "y"), ("open", "y")):
        with pytest.raises(ValueError, match="verdict"):
            findings.judge([key_of(count(69))], state_, "x", reason)
    with pytest.raises(findings.CannotJudge, match="no finding nothing"):
        findings.judge(["nothing"], "accepted", "x", "y")
    with pytest.raises(findings.CannotJudge, match="Nobody"):
        findings.reopen([key_of(count(69))], "x", "y")
    assert not models.Verdict.objects.exists()


def test_of_several_all_are_judged_or_none(genk) -> None:
    with pytest.raises(findings.CannotJudge):
        findings.judge([key_of(count(69)), "nothing"], "accepted", "x", "y")
    assert findings.counts()["open"] == 2


def test_nobodys_verdict_is_overwritten_unseen(genk) -> None:
    no_fault(count(69))
    assert no_fault(count(69)) is None
    with pytest.raises(findings.CannotJudge, match="a reviewer has judged finding"):
        findings.judge([key_of(misprint("15 eptembre")), key_of(count(69))], "accepted", "x", "y")
    assert findings.counts() == {"open": 1, "accepted": 0, "not_a_fault": 1, "mended": 0}


def test_what_is_accepted_needs_no_more_words(genk) -> None:
    made = findings.judge([key_of(count(69))], "accepted", "a reviewer")
    assert (models.Verdict.objects.get().reason, made.reason) == ("", "accepted as a fault")


def test_a_verdict_is_taken_back_and_brought_back(genk) -> None:
    first = no_fault(count(69))
    back = undo(first, "a reviewer", "no")
    assert told()[0][0] == "open"
    undo(back, "a reviewer", "yes")
    assert told()[0][0] == "not_a_fault"
    taken_back = findings.reopen([key_of(count(69))], "a third", "counted anew")
    assert told()[0][0] == "open"
    undo(taken_back, "a third", "a slip")
    assert told()[0][0] == "not_a_fault"
    findings.reopen([key_of(count(69))], "a third", "counted anew")
    findings.judge([key_of(count(69))], "accepted", "another", "the list says 70")
    assert told()[0][0] == "accepted"


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("found"), st.sets(st.integers(67, 70), max_size=1)),
        st.tuples(st.sampled_from(["accepted", "not_a_fault", "reopen"]), st.just(None)),
    ),
    max_size=7,
)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(STEPS)
def test_running_twice_changes_nothing_and_undo_gives_back(site, steps) -> None:
    """Whatever was found and said: the same findings again change nothing, and undo gives back."""
    latest: list[Finding] = []
    services.store_findings(latest)
    for what, rows in steps:
        if what == "found":
            latest = [count(number) for number in sorted(rows)]
            services.store_findings(latest)
        elif latest:
            _say_and_take_back(what, key_of(latest[0]))
        before = _stored()
        services.store_findings(latest)
        assert _stored() == before


def _say_and_take_back(what: str, key: str) -> None:
    before, dumped = _stored(), register_now().dump()
    try:
        if what == "reopen":
            made = findings.reopen([key], "x", "y")
        else:
            made = findings.judge([key], what, "x", "y")
    except findings.CannotJudge:
        return
    after = _stored()
    if made is not None:
        back = undo(made, "x", "not so")
        assert (_stored(), register_now().dump()) == (before, dumped)
        undo(back, "x", "so after all")
    assert _stored() == after


def _stored() -> list[tuple[object, ...]]:
    rows = models.Finding.objects.order_by("key")
    return list(rows.values_list("key", "message", "position", "gone", "verdict", "earlier"))


def test_the_register_is_audited_only_when_something_changed_that_it_looks_at(
    tmp_path: Path,
) -> None:
    batch, _ = take_in(write_csv(tmp_path / "a.csv", [MAN]))
    assert not auditing.is_current()
    assert services.refresh() == {"indexed": 1, "audited": 1}
    assert [f.kind for f in models.Finding.objects.all()] == ["born_after_death"]
    assert [r.key for r in models.Finding.objects.get().records.all()] == ["p1"]
    assert services.refresh() == {"indexed": 0, "audited": 0}
    with change("an editor", "a letter") as door:
        door.add(models.PersonName(person=models.Person.objects.get(), written="Пётр"))
    name = door.written
    assert services.refresh() == {"indexed": 0, "audited": 0}
    undo(name, "an editor", "not his")
    imports.undo_batch(batch.pk, "an archivist", "the wrong list")
    assert services.refresh() == {"indexed": 0, "audited": 1}
    assert not models.Finding.objects.exists()


def test_a_verdict_outlives_a_batch_that_is_taken_back(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a.csv", [MAN])
    batch, _ = take_in(path)
    services.refresh()
    key = models.Finding.objects.get().key
    findings.judge([key], "accepted", "a reviewer", "the card says 1898")
    imports.undo_batch(batch.pk, "an archivist", "the wrong list")
    services.refresh()
    take_in(path)
    services.refresh()
    assert models.Finding.objects.get().state == "accepted"


def test_a_decision_that_two_are_two_men_is_not_asked_again(tmp_path: Path) -> None:
    second = {**MAN, "id": "p2", "surname": "Petroff"}
    take_in(write_csv(tmp_path / "a.csv", [MAN, second]))
    services.refresh()
    assert models.Finding.objects.filter(kind="one_man_twice", gone=None).exists()
    records = {record.key: record for record in models.Record.objects.all()}
    merging.refuse(records["p1"], records["p2"], "a reviewer", "two villages")
    services.refresh()
    assert not models.Finding.objects.filter(kind="one_man_twice", gone=None).exists()


def test_of_a_row_written_twice_the_later_writing_is_audited(tmp_path: Path) -> None:
    take_in(write_csv(tmp_path / "a.csv", [MAN]))
    services.refresh()
    take_in(write_csv(tmp_path / "b.csv", [{**MAN, "birth_date": "12.03.1898"}]))
    services.refresh()
    assert [row[0] for row in told()] == ["mended"]

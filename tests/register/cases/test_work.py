"""A run over many cases: batch by batch, with checkpoints; what was decided is left out."""

from __future__ import annotations

import pytest

from sexton.web.cases import deciding, work
from sexton.web.cases.models import Candidate, Case, Inquiry, Outcome
from sexton.web.cases.work import Wanted
from sexton.web.jobs import desk
from sexton.web.jobs.models import DONE, STOPPED, Job
from sexton.web.jobs.run import do
from sexton.web.register import models

from ..conftest import take_in, write_csv
from ..workbench.conftest import CARDS, STONE, case  # noqa: F401

pytestmark = pytest.mark.django_db
REGISTER = (("register", 0.4),)


@pytest.fixture
def graves(case: Case, tmp_path) -> list[models.Record]:  # noqa: F811
    """Six graves more of the site, for which there is no case."""
    base = dict.fromkeys([*STONE, *CARDS[0]], "") | {"burial_place": "genk", "source": "plan"}
    rows = [base | {"id": f"plan-{n}", "name": name} for n, name in enumerate(
        ("CHATUNOV A.", "Iwanow Pjotr", "Petroff", "Sidorov Ivan", "Kouznetsov", "Schatunoff Peter")
    )]  # fmt: skip
    take_in(write_csv(tmp_path / "plan.csv", rows))
    return list(models.Record.objects.filter(key__startswith="plan-").order_by("pk"))


def run(wanted: Wanted, by: str = "ann") -> Job:
    job = desk.ask(work.KIND, by, wanted.as_params())
    assert do(desk.claim("a worker")) == 0
    job.refresh_from_db()
    return job


def test_what_is_wanted_goes_into_a_job_and_comes_back() -> None:
    wanted = Wanted((("register", 0.4), ("archive:a", 0.8)), ("b", "a"), ("genk",), True, True)
    again = Wanted.of(wanted.as_params())
    assert set(again.lists) == set(wanted.lists) and again.keys == ("a", "b")
    assert again.decided and again.opening and Wanted.of(again.as_params()) == again


def test_cases_are_opened_and_looked_up(case: Case, graves) -> None:  # noqa: F811
    assert work.burials_without_case().count() == len(graves)
    job = run(Wanted(REGISTER, sites=("genk",), opening=True))
    assert job.state == DONE and job.error == ""
    assert job.result["opened"] == len(graves) and job.result["cases"] == len(graves) + 1
    assert Case.objects.filter(record__in=graves).count() == len(graves)
    assert Inquiry.objects.filter(job=job).count() == len(graves) + 1
    found = Case.objects.get(record__key="plan-0")
    assert found.state == "candidates" and found.candidates.filter(name="record:card-1").exists()
    assert work.burials_without_case().count() == 0
    assert (job.done, job.total) == (len(graves) + 1, len(graves) + 1)


def test_a_second_run_tells_what_changed(case: Case, graves, tmp_path) -> None:  # noqa: F811
    run(Wanted(REGISTER, opening=True))
    same = run(Wanted(REGISTER, opening=False))
    assert {(o.new, o.gone, o.is_first) for o in same.outcomes.all()} == {(0, 0, False)}
    card = dict.fromkeys([*STONE, *CARDS[0]], "") | {
        "id": "card-9", "name": "Кузнецов Пётр", "source": "cards",
    }  # fmt: skip
    take_in(write_csv(tmp_path / "more.csv", [card]))
    third = run(Wanted(REGISTER, opening=False))
    told = third.outcomes.get(case__record__key="plan-4")
    assert told.new >= 1 and not told.is_first and told.moved > 0
    assert third.result["new"] >= 1


def test_only_the_cases_that_were_chosen(case: Case, graves) -> None:  # noqa: F811
    deciding.open_cases(graves, "ann")
    key = Case.objects.get(record__key="plan-1").key
    assert run(Wanted(REGISTER, keys=(key,))).outcomes.get().case.key == key
    assert run(Wanted(REGISTER, sites=("elsewhere",))).result["cases"] == 0


@pytest.mark.parametrize("state", ["rejected", "closed"])
def test_what_was_decided_is_left_out_unless_asked_for(case: Case, state: str) -> None:  # noqa: F811
    from sexton.web.register.history import change

    with change("bob", "nothing fits") as door:
        door.edit(case, state=state)
    assert run(Wanted(REGISTER)).result["cases"] == 0
    assert run(Wanted(REGISTER, decided=True)).result["cases"] == 1
    case.refresh_from_db()
    assert case.state == state


def test_it_goes_on_from_its_checkpoint(case: Case, graves, monkeypatch) -> None:  # noqa: F811
    """Stopped after the second batch; asked for again it looks up the rest, and nobody twice."""
    deciding.open_cases(graves, "ann")
    monkeypatch.setattr(work, "AT_ONCE", 2)
    plain, calls = work.finding.find, []

    def find(cases, lists, by, job, progress):
        calls.append([one.pk for one in cases])
        told = plain(cases, lists, by, job, progress)
        if len(calls) == 2:
            desk.ask_to_stop(job)
        return told

    monkeypatch.setattr(work.finding, "find", find)
    job = run(Wanted(REGISTER))
    assert job.state == STOPPED and len(calls) == 2 and job.outcomes.count() == 4
    again = desk.again(job, "bob")
    assert do(desk.claim("another")) == 0
    again.refresh_from_db()
    assert again.state == DONE and again.outcomes.count() == 3
    everybody = [pk for batch in calls for pk in batch]
    assert len(everybody) == len(set(everybody)) == 7
    assert (again.done, again.total) == (7, 7)


def test_a_list_that_is_gone_does_not_end_the_run(case: Case, settings, tmp_path) -> None:  # noqa: F811
    settings.HOME = tmp_path / "nothing"
    job = run(Wanted((("archive:gone", 0.8), *REGISTER)))
    assert job.state == DONE and job.result["troubled"] == 1
    troubles = set(Outcome.objects.filter(job=job).values_list("pool", "trouble"))
    assert troubles == {("archive:gone", "missing"), ("register", "")}
    assert Candidate.objects.filter(case=case, pool="register").exists()

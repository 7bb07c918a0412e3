"""Twenty graves with two candidates each, and what is judged of them."""

from __future__ import annotations

from pathlib import Path

from sexton.web.cases import deciding
from sexton.web.cases.judging import judge
from sexton.web.cases.models import Candidate, Case, Inquiry, RulesVersion
from sexton.web.cases.refreshing import weigh_again
from sexton.web.jobs import desk
from sexton.web.jobs.models import DONE
from sexton.web.jobs.run import do
from sexton.web.register import models
from sexton.web.workbench.work import PROPOSE

from .conftest import take_in, write_csv

NAMES = ("Schatunow Iwan", "Petrow Afanas", "Kusnezow Pawel", "Sidorow Nikolai")


def row(key: str, number: int, **cells: str) -> dict[str, str]:
    shared = {"id": key, "name": NAMES[number % 4], "birth_date": "", "burial_place": ""}
    return shared | {"death_date": f"1943-05-{1 + number % 28:02}", "source": "stone"} | cells


def twenty_graves(folder: Path) -> list[Case]:
    """The cases of twenty graves: one candidate died on the day, one on another."""
    rows = []
    for n in range(20):
        rows += [
            row(f"grave-{n}", n),
            row(f"right-{n}", n, source="cards", birth_date="1911"),
            row(f"wrong-{n}", n + 1, source="cards", birth_date="1913"),
        ]
    take_in(write_csv(folder / "list.csv", rows))
    made = []
    for n in range(20):
        case = deciding.open_case(models.Record.objects.get(key=f"grave-{n}"), "ann")
        Inquiry.objects.create(case=case, pool="register", size=60, coverage=0.8)
        for key in (f"right-{n}", f"wrong-{n}"):
            fields = models.Record.objects.get(key=key).fields
            Candidate.objects.create(
                case=case, name=f"record:{key}", rank=1, probability=0.0, fields=fields
            )
        weigh_again(case)
        made.append(case)
    return made


def judge_all(cases: list[Case], of: int = 20) -> None:
    for n, case in enumerate(cases[:of]):
        judge(case, f"record:right-{n}", "ann", "same")
        judge(case, f"record:wrong-{n}", "ann", "different")


def run(kind: str) -> dict[str, object]:
    job = desk.ask(kind, "ann")
    taken = desk.claim("a worker")
    assert taken.pk == job.pk
    do(taken)
    job.refresh_from_db()
    assert job.state == DONE, job.error
    return job.result


def proposed(cases: list[Case]) -> RulesVersion:
    judge_all(cases)
    return RulesVersion.objects.get(name=run(PROPOSE)["version"])

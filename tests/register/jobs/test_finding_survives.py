"""A run of the engine whose workers are killed finds what an undisturbed one finds."""

from __future__ import annotations

import json
import random
import time

import pytest

from .test_workers import Register, pytestmark, register, until  # noqa: F401

CASES = 60
FILL = f"""
import csv, os, pathlib
from sexton.simulate import simulate_people
from sexton.web.cases import deciding
from sexton.web.register import imports, models
columns = ["id", "name", "surname", "given", "patronymic", "birth_date", "death_date", "source"]
rows = [{{c: row.get(c, "") for c in columns}} for row in simulate_people({CASES}, 8)]
stones = [
    row | {{"id": "stone-" + row["id"], "birth_date": "", "source": "simulated stones"}}
    for row in rows
]
path = pathlib.Path(os.environ["SEXTON_HOME"]) / "list.csv"
with path.open("w", encoding="utf-8", newline="") as file:
    writer = csv.DictWriter(file, columns)
    writer.writeheader()
    writer.writerows(rows + stones)
imports.apply(imports.read_files(path), "an archivist", "a test")
deciding.open_cases(list(models.Record.objects.filter(key__startswith="stone-")), "ann")
"""
ASK = """
from sexton.web.cases.work import KIND, Wanted
desk.ask(KIND, "ann", Wanted((("register", 0.4),)).as_params())
"""
FOUND = """
import json
from sexton.web.cases.models import Candidate, Case, Outcome
from sexton.web.register.models import Change
print(json.dumps({
    "candidates": list(Candidate.objects.order_by("case", "name").values_list(
        "case__key", "name", "rank", "probability", "weight")),
    "states": list(Case.objects.order_by("pk").values_list("key", "state")),
    "outcomes": Outcome.objects.count(), "new": sum(o.new for o in Outcome.objects.all()),
    "changes": Change.objects.filter(reason="the engine looked for candidates").count(),
}))
"""


def found(register: Register) -> dict[str, object]:  # noqa: F811
    return json.loads(register._say(FOUND))


def test_killed_at_random_it_finds_the_same(register: Register) -> None:  # noqa: F811
    register._say(FILL)
    register._say(ASK)
    chance = random.Random(5)
    killed = 0
    while killed < 2:
        worker = register.worker()
        until(lambda least=killed * 15 + 1: found(register)["outcomes"] >= least, 600)
        time.sleep(chance.uniform(0.0, 0.4))
        worker.kill()
        worker.communicate()
        killed += 1
        time.sleep(2.2)
    assert register.worker().wait(timeout=180) == 0
    told = found(register)
    [job] = register.jobs()
    assert job["state"] == "done" and job["attempt"] <= 3
    assert told["outcomes"] == CASES and job["result"]["cases"] == CASES
    assert told["new"] == len(told["candidates"]) > CASES / 2
    register._say(ASK)
    assert register.worker().wait(timeout=180) == 0
    again = found(register)
    assert again["states"] == told["states"] and again["changes"] == told["changes"]
    assert len(again["candidates"]) == len(told["candidates"])
    for one, other in zip(told["candidates"], again["candidates"], strict=True):
        assert one[:3] == other[:3] and one[3:] == pytest.approx(other[3:])

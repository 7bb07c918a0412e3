"""``python -m benchmarks.workbench.speed FOLDER…``: how fast the pages of the workbench are.

Each FOLDER is a ``SEXTON_HOME`` that ``benchmarks.workbench.make`` filled. Pages are asked for
through the whole application as a reviewer does, without a network between. Told are milliseconds
of processor time (of all threads), so that other work on the machine counts little, and the
questions to the database. "At rest": nothing has changed since the page was asked for before, as
when a reader turns pages or filters; "after a judgement": somebody judged since, so that what is
known of the cases is read anew. Writes speed.md beside this file.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
TIMES = 7
WHO = "benchmark-reviewer"
LISTS = {
    "list of cases": "/workbench/?everything=1",
    "list of cases, filtered, by site": "/workbench/?candidates=archive&waiting=second&sort=site",
    "list of cases, words": "/workbench/?q=iv",
    "list of cases as CSV": "/workbench/cases.csv",
    "records without a case": "/workbench/without/?everything=1",
}
# Pages of a case, by the names of their addresses.
OF_A_CASE = {"page of a case": "case", "clues of a case": "case-clues"}


def reviewer() -> Any:
    """A browser in which a reviewer is signed in."""
    from django.conf import settings
    from django.test import Client

    from sexton.web.accounts import roles
    from sexton.web.accounts.models import User

    settings.ALLOWED_HOSTS = ["testserver"]
    user = User.objects.filter(username=WHO).first()
    if user is None:
        user = User.objects.create_user(WHO)
        roles.give(user, "reviewer", by="benchmark", reason="to measure")
    client = Client(HTTP_ACCEPT_ENCODING="gzip")
    client.force_login(user)
    return client


def pages() -> Iterator[tuple[str, str]]:
    """What is measured, and its address; a part that is not there is left out."""
    from django.urls import NoReverseMatch, reverse

    from sexton.web.cases.models import Case

    yield from LISTS.items()
    key = Case.objects.order_by("pk").values_list("key", flat=True)[0]
    for title, name in OF_A_CASE.items():
        try:
            yield title, reverse(name, args=[key])
        except NoReverseMatch:
            continue


def clue(client: Any, **also: str) -> float:
    """Milliseconds that a clue takes: to see what it changes, or to be written and weighed."""
    from django.urls import reverse

    from sexton.web.cases.models import Case

    case = Case.objects.order_by("pk").first()
    assert case is not None
    told = {
        "deed": "clue", "clue-field": "birth_date", "clue-value": "1911",
        "clue-citation": "a benchmark", "clue-why": "to measure", **also,
    }  # fmt: skip
    started = time.process_time()
    answer = client.post(reverse("case-clues", args=[case.key]), told)
    if answer.status_code != (200 if also else 302):
        raise RuntimeError(f"a clue: {answer.status_code}")
    return (time.process_time() - started) * 1000


def clues(client: Any) -> dict[str, dict[str, float]]:
    """What a clue takes: the first asking of a process opens the lists and the models of names."""
    found = {}
    for title, also in (("what a clue would change", {"preview": "1"}), ("a clue written", {})):
        times = [clue(client, **also) for _ in range(TIMES)]
        found[title] = {"first": times[0], "ms": statistics.median(times), "worst": max(times[1:])}
    return found


def somebody_judges() -> None:
    from sexton.web.cases.judging import judge
    from sexton.web.cases.models import Case

    case = Case.objects.order_by("pk").first()
    assert case is not None
    judge(case, f"record:of-{time.time_ns()}", "somebody", "unsure")


def asked(client: Any, address: str, before: Callable[[], None]) -> dict[str, float]:
    """Milliseconds (median, worst) and questions of a page, after ``before``."""
    from django.db import connection, reset_queries

    times: list[float] = []
    questions = 0
    for _ in range(TIMES):
        before()
        reset_queries()
        connection.force_debug_cursor = True
        started = time.process_time()
        answer = client.get(address)
        times.append((time.process_time() - started) * 1000)
        questions = len(connection.queries)
        connection.force_debug_cursor = False
        if answer.status_code != 200:
            raise RuntimeError(f"{address}: {answer.status_code}")
    return {"ms": statistics.median(times), "worst": max(times), "questions": questions}


def measure() -> dict[str, Any]:
    """All pages of the register in ``SEXTON_HOME``."""
    from sexton.web.setup import prepare

    prepare()
    from sexton.web.cases.models import Candidate, Case

    client = reviewer()
    found = {}
    for title, address in pages():
        client.get(address)
        rest = asked(client, address, lambda: None)
        found[title] = {"rest": rest, "after": asked(client, address, somebody_judges)}
    told = {"pages": found, "clues": clues(client)}
    return {"cases": Case.objects.count(), "of": Candidate.objects.count(), **told}


def _of_folder(folder: Path) -> dict[str, Any]:
    environment = {**os.environ, "SEXTON_HOME": str(folder)}
    command = [sys.executable, "-m", "benchmarks.workbench.speed", "--measure"]
    told = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(told.stdout.splitlines()[-1])
    return found


def report(measured: list[dict[str, Any]]) -> str:
    parts = [
        "# The pages of the workbench: speed",
        "",
        "`python -m benchmarks.workbench.make FOLDER`, then `benchmarks.workbench.speed FOLDER`: "
        "milliseconds of processor\ntime, SQLite, the whole application; "
        f"{TIMES} times each. Of candidates from archives all are simulated.",
    ]
    for one in measured:
        parts += [
            "",
            f"## {one['cases']:,} cases, {one['of']:,} candidates",
            "",
            "| page | at rest: median | worst | questions | after a judgement: median | worst "
            "| questions |",
            "|---|---:|---:|---:|---:|---:|---:|",
        ]
        for title, told in one["pages"].items():
            cells = [
                f"{told[when][what]:.0f}"
                for when in ("rest", "after")
                for what in ("ms", "worst", "questions")
            ]
            parts.append(f"| {title} | {' | '.join(cells)} |")
        parts += ["", "| | first | median | worst of the others |", "|---|---:|---:|---:|"]
        for title, told in one["clues"].items():
            cells = [f"{told[what]:.0f}" for what in ("first", "ms", "worst")]
            parts.append(f"| {title} | {' | '.join(cells)} |")
    return "\n".join([*parts, ""])


def main(arguments: list[str]) -> None:
    if arguments == ["--measure"]:
        print(json.dumps(measure()))
        return
    text = report([_of_folder(Path(folder).absolute()) for folder in arguments])
    (HERE / "speed.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main(sys.argv[1:])

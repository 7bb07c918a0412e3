"""``python -m benchmarks.site.archives HOME ARCHIVE``: how fast a researcher searches an archive.

HOME is a ``SEXTON_HOME`` with a register (``sexton demo --no-serve``) and an archive (``sexton
archive add``). The whole page of search is asked for through Django, signed in as a researcher
whose account is made for it and closed again, for names and years of the register's own
records. Prints milliseconds at 50 and 95 of 100 pages, by the clock and by the processor time of
the thread, which other work on the machine disturbs less; all pages once before.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

MOST = 120
Times = list[tuple[float, float]]


def queries() -> list[str]:
    """Name and year of birth, as the register's records write them."""
    from sexton.web.register.models import Record

    found = []
    for record in Record.objects.filter(is_named=True).order_by("key"):
        name = record.fields.get("surname") or record.fields.get("name", "")
        year = record.fields.get("birth_date", "")[:4]
        found.append(" ".join(filter(None, (name, record.fields.get("given", ""), year))))
    return list(dict.fromkeys(found))[:MOST]


def timed(ask: Callable[[str], object], asked: list[str]) -> Times:
    """Seconds by the clock and of the processor, query by query."""
    times = []
    for query in asked:
        clock, processor = time.perf_counter(), time.thread_time()
        ask(query)
        times.append((time.perf_counter() - clock, time.thread_time() - processor))
    return times


def tell(what: str, times: Times) -> None:
    for place, kind in enumerate(("clock", "processor")):
        ordered = sorted(each[place] * 1000 for each in times)
        half, most = ordered[len(ordered) // 2], ordered[int(len(ordered) * 0.95)]
        print(f"{what}, {kind}: median {half:.0f} ms, p95 {most:.0f} ms ({len(times)} queries)")


def main(home: Path, name: str) -> None:
    os.environ["SEXTON_HOME"] = str(home)
    from sexton.web.setup import prepare

    prepare()
    from django.conf import settings
    from django.test import Client

    from sexton.web.accounts import roles
    from sexton.web.accounts.models import User
    from sexton.web.research import archives
    from sexton.web.research.shelf import shelf

    settings.ALLOWED_HOSTS.append("testserver")
    user = User.objects.create_user(f"benchmark-{os.getpid()}")
    try:
        roles.give(user, "researcher", by="a benchmark", reason="a benchmark")
        client = Client()
        client.force_login(user)
        asked = queries()
        started = time.perf_counter()
        opened = shelf().open(name)
        print(
            f"{len(opened.search.pool):,} records, opened in {time.perf_counter() - started:.1f} s"
        )

        def page(query: str) -> None:
            answer = client.get("/search/", {"q": query, "archive": name})
            if answer.status_code != 200 or b'id="archives"' not in answer.content:
                raise SystemExit(f"{query}: {answer.status_code}")

        timed(page, asked)
        tell("the page", timed(page, asked))
        ask = opened.search
        tell(
            "the archive alone",
            timed(lambda q: ask.answer(q, archives.SHOWN, archives.WEIGHED), asked),
        )
        print(f"load of the machine: {os.getloadavg()[0]:.1f}")
    finally:
        roles.close(user, by="a benchmark", reason="it is done")


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), sys.argv[2])

"""``python -m benchmarks.site.search_speed HOME [--write]``: how fast search pages come.

HOME is made by ``benchmarks.site.make``. The pages of five hundred different searches are asked
from the site itself (without a network), one after the other, in one thread: names as somebody
bears them, in other spellings, with a given name, a year, a place, days, camps, and with a filter.
Prints milliseconds, of the processor and on the clock, and what making the index takes.
"""

from __future__ import annotations

import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

PAGES = 500
SEED = 11
RESULTS = Path(__file__).with_name("search_speed.md")


def queries(number: int) -> Iterator[tuple[str, str]]:
    """Kind and parameters of searches, drawn from what the register holds."""
    from benchmarks.site.conventions import CONVENTIONS
    from benchmarks.site.spellings import russian
    from sexton.web.register.models import Record

    chance = random.Random(SEED)
    ids = list(Record.objects.filter(is_named=True).order_by("pk").values_list("pk", flat=True))
    records = Record.objects.in_bulk(chance.sample(ids, min(number, len(ids))))
    ways = list(CONVENTIONS.values())
    for record in records.values():
        cells = record.fields
        surname, given = cells.get("surname", ""), cells.get("given", "")
        year = cells.get("birth_date", "")[-4:]
        spelt = chance.choice(ways)(russian(surname)).title()
        yield chance.choice(
            [
                ("surname", surname),
                ("another spelling", spelt),
                ("name", f"{given} {surname}"),
                ("name, another spelling", f"{spelt} {given}"),
                ("name and year", f"{surname} {year}"),
                ("place and month", f"{chance.choice(PLACES)} {chance.choice(MONTHS)} 1943"),
                ("day", f"{chance.randint(1, 28)}.{chance.randint(1, 12)}.1943"),
                ("camp", chance.choice(["Stalag 326", "VI K", "IV H (304)", "Stalag IV B"])),
                ("with a filter", f"{surname}&state=recorded_once&died=1943"),
            ]
        )


PLACES = ("Genk", "Luik", "Koersel", "Генк", "Katowice", "Anderlues", "Riga")
MONTHS = ("mai", "мая", "mei", "August", "septembre")


def main(home: str, write: bool) -> None:
    os.environ["SEXTON_HOME"] = home
    from sexton.web.setup import prepare

    prepare()
    from django.conf import settings
    from django.test import Client

    from sexton.web.register.models import Person
    from sexton.web.research import facet_table, index

    made = {"filters": timed(facet_table.table), "search index": timed(index.current)}
    settings.KEPT_PAGES_BYTES = 0  # a page that was made before would be no measure
    client = Client(SERVER_NAME="localhost")
    asked = list(queries(PAGES))
    for _, query in asked[:10]:
        client.get(f"/search/?q={query}")
    clock: dict[str, list[float]] = {}
    processor: list[float] = []
    sizes: list[int] = []
    for kind, query in asked[10:]:
        started, cpu = time.perf_counter(), time.process_time()
        answer = client.get(f"/search/?q={query}")
        assert answer.status_code == 200, query
        clock.setdefault(kind, []).append((time.perf_counter() - started) * 1000)
        processor.append((time.process_time() - cpu) * 1000)
        sizes.append(len(answer.content))
    text = report(Person.objects.count(), made, clock, processor, max(sizes))
    print(text)
    if write:
        RESULTS.write_text(text, encoding="utf-8")


def timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def report(
    persons: int,
    made: dict[str, float],
    clock: dict[str, list[float]],
    processor: list[float],
    largest: int,
) -> str:
    everything = [value for values in clock.values() for value in values]
    lines = [
        "# Search pages",
        "",
        f"`python -m benchmarks.site.search_speed`: {len(everything)} different searches in a "
        f"register of {persons:,} persons, one after the other in one thread, nothing left out. "
        f"{os.cpu_count()} cores, on which {os.getloadavg()[1]:.1f} programs wanted to run.",
        "",
        "| search for | pages | ms, median | ms, p95 |",
        "|---|---:|---:|---:|",
        *(_row(kind, values) for kind, values in sorted(clock.items())),
        _row("all, on the clock", everything),
        _row("all, of the processor", processor),
        "",
        f"Largest page: {largest / 1000:.0f} kB. "
        + ", ".join(f"making the {name}: {value:.1f} s" for name, value in made.items())
        + ".",
        "",
    ]
    return "\n".join(lines)


def _row(name: str, values: list[float]) -> str:
    ordered = sorted(values)
    p95 = ordered[min(int(len(ordered) * 0.95), len(ordered) - 1)]
    return f"| {name} | {len(values)} | {statistics.median(values):.1f} | {p95:.1f} |"


if __name__ == "__main__":
    main(sys.argv[1], "--write" in sys.argv[2:])

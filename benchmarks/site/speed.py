"""``python -m benchmarks.site.speed FOLDER``: how fast the pages of a large register are.

FOLDER is what ``benchmarks.site.make`` made. Pages are asked for through the whole WSGI
application (middleware, templates, compression), as an anonymous reader does, without a network
between. First each kind on one core: milliseconds at 50 and 95 of 100 pages, every page another
one. Then two processes, a core each, with a mix of pages: pages a second, every page asked for the
first time; every page once more; and as readers ask, some pages often and most seldom (Zipf's law
with an exponent of .8: Breslau et al. 1999, "Web caching and Zipf-like distributions"). Writes
speed.md beside this file.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import time
from io import BytesIO
from pathlib import Path

HERE = Path(__file__).resolve().parent
PAGES = 300
MIX = {"person": 60, "search": 15, "site": 15, "record": 10}
SECONDS = 15.0
READ, EXPONENT = 50_000, 0.8
CORES = 2


def ask(path: str) -> int:
    """The size of the answer in bytes, as it would go over the line. Fails on an error."""
    from sexton.web.wsgi import application

    address, _, query = path.partition("?")
    environment = {
        "REQUEST_METHOD": "GET", "PATH_INFO": address, "QUERY_STRING": query, "SCRIPT_NAME": "",
        "SERVER_NAME": "localhost", "SERVER_PORT": "80", "HTTP_HOST": "localhost",
        "SERVER_PROTOCOL": "HTTP/1.1", "HTTP_ACCEPT": "text/html", "HTTP_ACCEPT_ENCODING": "gzip",
        "wsgi.input": BytesIO(), "wsgi.errors": sys.stderr, "wsgi.url_scheme": "http",
        "wsgi.version": (1, 0), "wsgi.multithread": False, "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }  # fmt: skip
    told: list[str] = []
    answer = application(environment, lambda status, headers, error=None: told.append(status))
    size = sum(len(part) for part in answer)
    if hasattr(answer, "close"):
        answer.close()
    if not told[0].startswith("200"):
        raise RuntimeError(f"{path}: {told[0]}")
    return size


class Addresses:
    """Addresses of random pages, no two the same."""

    def __init__(self, seed: int) -> None:
        from sexton.web.register.models import NameKey, Person, Record, Site

        self.chance = random.Random(seed)
        keys = {
            "person": Person.objects.values_list("key", flat=True),
            "site": Site.objects.values_list("key", flat=True),
            "record": Record.objects.values_list("key", flat=True),
            "search": NameKey.objects.filter(kind="surname").values_list("written", flat=True),
        }
        self.left = {kind: self._mixed(set(found)) for kind, found in keys.items()}

    def _mixed(self, found: set[str]) -> list[str]:
        listed = sorted(found)
        self.chance.shuffle(listed)
        return listed

    def of(self, kind: str) -> str:
        from urllib.parse import quote

        key = self.left[kind].pop()
        if kind == "search":
            year = self.chance.choice(["", "", f" {self.chance.randrange(1895, 1925)}"])
            return f"/search/?q={quote(key + year)}"
        return f"/{kind}s/{quote(key)}/"

    def any(self) -> str:
        """A page of the mix; of a kind that has run out, a person."""
        kind = self.chance.choices(list(MIX), list(MIX.values()))[0]
        return self.of(kind if self.left[kind] else "person")


def _begin() -> None:
    """What a process builds once, as ``sexton serve`` does before it answers."""
    from sexton.web.research.beginning import begin

    begin()


def each_kind() -> dict[str, dict[str, float]]:
    addresses = Addresses(3)
    started = time.perf_counter()
    _begin()
    first = time.perf_counter() - started
    found: dict[str, dict[str, float]] = {"start": {"s": first}}
    for kind in MIX:
        asked = [addresses.of(kind) for _ in range(min(PAGES, len(addresses.left[kind])))]
        ask(asked.pop())
        times, sizes = [], []
        for path in asked:
            started = time.perf_counter()
            sizes.append(ask(path))
            times.append((time.perf_counter() - started) * 1000)
        times.sort()
        found[kind] = {
            "n": len(times),
            "median": statistics.median(times),
            "p95": times[int(len(times) * 0.95)],
            "kB": max(sizes) / 1000,
        }
    return found


def mixed(seed: int) -> dict[str, float]:
    """Pages a second of this process: each for the first time, then those once more."""
    addresses = Addresses(seed)
    _begin()
    for kind in MIX:
        ask(addresses.of(kind))
    print("ready", flush=True)
    sys.stdin.readline()
    asked: list[str] = []
    started = time.perf_counter()
    while time.perf_counter() - started < SECONDS:
        asked.append(addresses.any())
        ask(asked[-1])
    new = len(asked) / (time.perf_counter() - started)
    again = asked[-500:]
    started = time.perf_counter()
    for path in again:
        ask(path)
    kept = len(again) / (time.perf_counter() - started)
    return {"new": new, "kept": kept, "readers": _as_readers_ask(addresses, seed)}


def _as_readers_ask(addresses: Addresses, seed: int) -> float:
    """Pages a second, of the second half of the time: by then what is asked for often is kept."""
    ranked = [addresses.any() for _ in range(READ)]
    weights = [rank**-EXPONENT for rank in range(1, READ + 1)]
    chance = random.Random(seed)
    drawn = chance.choices(ranked, weights, k=200_000)
    started, done = time.perf_counter(), 0
    for path in drawn:
        ask(path)
        passed = time.perf_counter() - started
        if passed > SECONDS:
            break
        done += passed > SECONDS / 2
    return done / (SECONDS / 2)


def _process(folder: Path, part: str, core: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "benchmarks.site.speed", str(folder), part, str(core)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def _answer(process: subprocess.Popen[str]) -> dict[str, object]:
    out, _ = process.communicate()
    if process.returncode:
        raise SystemExit(f"a process ended with {process.returncode}")
    found: dict[str, object] = json.loads(out.splitlines()[-1])
    return found


def measure(folder: Path) -> dict[str, object]:
    kinds = _answer(_process(folder, "kinds", 0))
    running = [_process(folder, "mix", core) for core in range(CORES)]
    for process in running:
        assert process.stdout is not None and process.stdin is not None
        process.stdout.readline()
    for process in running:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    rates = [_answer(process) for process in running]
    return {"kinds": kinds, "mix": {name: sum(r[name] for r in rates) for name in rates[0]}}


def report(folder: Path, found: dict[str, dict[str, dict[str, float]]]) -> str:
    kinds, mix = found["kinds"], found["mix"]
    made = (folder / "made.txt").read_text(encoding="utf-8").strip()
    shares = ", ".join(f"{kind} {share} %" for kind, share in MIX.items())
    rows = [
        f"| {kind} | {told['n']:.0f} | {told['median']:.1f} | {told['p95']:.1f} "
        f"| {told['kB']:.0f} |"
        for kind, told in kinds.items()
        if kind in MIX
    ]
    table = "\n".join(rows)
    return f"""# The pages of a large register: speed

`python -m benchmarks.site.speed`: {made} to make; simulated men, and the Belgian register. Whole
WSGI application, compressed, SQLite.

One core, every page another one:

| page | pages | ms, median | ms, 95 of 100 | largest, kB as sent |
|---|---:|---:|---:|---:|
{table}

What a process builds before it answers, indexes of search and suggestions:
{kinds["start"]["s"]:.1f} s.

Two processes, a core each ({shares}), pages a second:

| every page asked for the first time | as readers ask | every page once more |
|---:|---:|---:|
| {mix["new"]:.0f} | {mix["readers"]:.0f} | {mix["kept"]:.0f} |

As readers ask: {READ:,} pages, some often and most seldom (Zipf's law, exponent {EXPONENT}).
"""


def main(arguments: list[str]) -> None:
    folder = Path(arguments[0]).absolute()
    os.environ["SEXTON_HOME"] = str(folder)
    if len(arguments) == 1:
        text = report(folder, measure(folder))
        (HERE / "speed.md").write_text(text, encoding="utf-8")
        print(text)
        return
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {int(arguments[2])})
    from sexton.web.setup import prepare

    prepare()
    print(json.dumps(each_kind() if arguments[1] == "kinds" else mixed(11 + int(arguments[2]))))


if __name__ == "__main__":
    main(sys.argv[1:])

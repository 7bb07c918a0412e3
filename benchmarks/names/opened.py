"""``python -m benchmarks.names.opened FOLDER WARM TOP``: a saved index in a bare process.

Loads nothing but what a program needs that looks names up, so that its memory is that of such a
program. Queries come as JSON on the standard input, figures go as JSON to the standard output.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import perf_counter

from sexton.names import NameIndex


def memory_mb(field: str = "VmRSS") -> float:
    """Memory of this process now: ``VmRSS`` all, ``RssAnon`` its own, ``RssFile`` mapped files."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    line = next(line for line in status.splitlines() if line.startswith(f"{field}:"))
    return int(line.split()[1]) / 1024


def milliseconds(index: NameIndex, texts: list[str], warm: int, top: int) -> list[float]:
    """The time of each query but the first ``warm``."""
    found = []
    for number, text in enumerate(texts):
        began = perf_counter()
        index.search(text, top)
        if number >= warm:
            found.append(1000 * (perf_counter() - began))
    return found


def main() -> None:
    """Open, search, report."""
    folder, warm, top = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    texts = json.load(sys.stdin)
    began = perf_counter()
    index = NameIndex.open(folder)
    opened = 1000 * (perf_counter() - began)
    times = milliseconds(index, texts, warm, top)
    memory = {field: memory_mb(field) for field in ("VmRSS", "RssAnon", "RssFile")}
    json.dump({"opened": opened, "times": times, **memory}, sys.stdout)


if __name__ == "__main__":
    main()

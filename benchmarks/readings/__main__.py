"""``python -m benchmarks.readings``: what one reading costs, and the evidence of one pair.

The persons are simulated. "New" means cells not met before; single names, provinces and days recur,
as they do in an archive. The bits of spellings come from a stand-in for the vocabulary join.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from time import process_time
from types import FrameType
from typing import NamedTuple

from benchmarks.readings import work

COUNT = 2_000
"""Persons in a part."""


class Cost(NamedTuple):
    """What one call costs: processor time, and calls of Python and C functions."""

    microseconds: float
    calls: float


def measured(rounds: Iterable[Sequence[Callable[[], object]]]) -> Cost:
    """The least mean time over the rounds, each a batch of calls; function calls of the last."""
    times, calls = [], 0.0
    *timed, counted = rounds
    gc.collect()
    gc.freeze()  # what the batches are made of is no work of the garbage collector
    for batch in timed:
        began = process_time()
        for call in batch:
            call()
        times.append((process_time() - began) / len(batch) * 1e6)
    calls = _calls(counted) / len(counted)
    return Cost(min(times), calls)


def _calls(batch: Sequence[Callable[[], object]]) -> int:
    """How many functions the batch calls, beside its own calls."""
    found = 0

    def count(frame: FrameType, event: str, argument: object) -> None:
        nonlocal found
        found += event in ("call", "c_call")

    sys.setprofile(count)
    for call in batch:
        call()
    sys.setprofile(None)
    return found - 2 * len(batch)


def _new(make: Callable[[int], Sequence[Callable[[], object]]]) -> Cost:
    """The cost where every round has cells of its own; the first round only reads the tables."""
    rounds = [make(part) for part in range(work.MOST_PARTS)]
    for call in rounds[0]:
        call()
    return measured(rounds[1:])


def _again(make: Callable[[int], Sequence[Callable[[], object]]]) -> Cost:
    """The cost where all has been seen before."""
    batch = make(0)
    for call in batch:
        call()
    return measured([batch] * work.MOST_PARTS)


def main() -> None:
    """Measure everything and print a table."""
    print("| what | µs | function calls |\n|---|---:|---:|")
    for name, make in work.NEW.items():
        _print(f"{name}, new", _new(partial(make, COUNT)))
    for name, make in work.SEEN.items():
        _print(f"{name}, seen before", _again(partial(make, COUNT)))


def _print(name: str, cost: Cost) -> None:
    print(f"| {name} | {cost.microseconds:.1f} | {cost.calls:.0f} |", flush=True)


if __name__ == "__main__":
    main()

"""What changed from one version of the trained tables to another, as a page to read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import numpy as np

from sexton.names.calibration import curve_of, pair_bits, pair_name
from sexton.names.calibration_training import sample_of
from sexton.names.reliability import (
    FLOOR_BITS,
    Sample,
    bits_of,
    calibration_error,
    curve,
    pairwise,
    posterior,
)
from sexton.names.training_pairs import is_development
from sexton.names.trial import beside

# Written names of the development items that versions are compared on.
ASSESSED = 600
AGAINST = 1e4
# Channel bits of a name that was not found among the candidates.
NOT_FOUND_BITS = -30.0
# How many of the largest changes are shown of each table.
SHOWN = 10


class Change(NamedTuple):
    """One number of a table that changed; 0 stands for a row that is not there."""

    table: str
    row: str
    column: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Assessment:
    """How tables do on the development items: surnames, Latin forms against Cyrillic names."""

    names: int
    first: float
    within_ten: float
    likelihood: float
    error: float
    pair_error: float


def assess(data: Path) -> Assessment | None:
    """Assess the tables that this process reads; None when no development item is there."""
    sample = sample_of(data, "surname", "latin", "cyrillic", is_development, ASSESSED)
    if sample is None:
        return None
    alphabets = pair_name("latin", "cyrillic")
    bits = bits_of(sample, curve_of("surname", alphabets))
    first = posterior(sample, bits, heights=curve_of("surname", alphabets, "candidate"))
    weights, floor = (
        pair_bits("surname", "latin", "cyrillic", values) for values in (bits, np.array(FLOOR_BITS))
    )
    pairs = pairwise(sample, weights, AGAINST, floor)
    ranks = _ranks(sample, bits)
    found = sample.answer >= 0
    channel = np.where(found, sample.channel[np.maximum(sample.answer, 0)], NOT_FOUND_BITS)
    return Assessment(
        names=len(ranks),
        first=float((ranks < 1).mean()),
        within_ten=float((ranks < 10).mean()),
        likelihood=float(channel.mean()),
        error=calibration_error(curve(first)),
        pair_error=calibration_error(curve(pairs, 0.01)),
    )


def _ranks(sample: Sample, bits: np.ndarray) -> np.ndarray:
    """How many candidates stand above the answer, by written name."""
    own = np.where(sample.answer >= 0, bits[np.maximum(sample.answer, 0)], -np.inf)
    return np.bincount(sample.query, bits > own[sample.query], len(sample.weight))


def _numbers(text: str) -> dict[str, dict[str, float]]:
    """The numbers of a table: row (its other cells) -> column -> number."""
    lines = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    if not lines:
        return {}
    head, *rows = lines
    found: dict[str, dict[str, float]] = {}
    for cells in rows:
        numbers = {
            name: float(cell) for name, cell in zip(head, cells, strict=True) if _is_number(cell)
        }
        # The point at which a curve stands is its name, not its value.
        corner = numbers.pop("at", None)
        words = [cell for cell in cells if not _is_number(cell)]
        key = " ".join([*words, *([] if corner is None else [f"{corner:g}"])])
        found[key] = numbers
    return found


def _is_number(cell: str) -> bool:
    return cell.lstrip("-")[:1].isdigit()


def changes_of(table: str, before: str, after: str) -> list[Change]:
    """All numbers that differ between two texts of one table, the largest change first."""
    old, new = _numbers(before), _numbers(after)
    found = [
        Change(table, row, column, old.get(row, {}).get(column, 0.0), value)
        for row, numbers in new.items()
        for column, value in numbers.items()
    ]
    found += [
        Change(table, row, column, value, 0.0)
        for row, numbers in old.items()
        if row not in new
        for column, value in numbers.items()
    ]
    changed = [change for change in found if change.before != change.after]
    return sorted(changed, key=lambda c: (-abs(c.after - c.before), c.row, c.column))


def _rows(text: str) -> set[str]:
    return {line for line in text.splitlines() if not line.startswith("#")}


def _count_table(old: Mapping[str, str], new: Mapping[str, str]) -> list[str]:
    lines = ["| table | rows | new or changed | gone or changed |", "| --- | --- | --- | --- |"]
    for name in sorted({*old, *new} - {"VERSION"}):
        before, after = _rows(old.get(name, "")), _rows(new.get(name, ""))
        gone = len(before - after)
        lines.append(f"| {name} | {len(after):,} | {len(after - before):,} | {gone:,} |")
    return lines


def _change_table(old: Mapping[str, str], new: Mapping[str, str]) -> list[str]:
    lines = ["| table | row | column | before | after |", "| --- | --- | --- | --- | --- |"]
    for name in sorted({*old, *new} - {"VERSION"}):
        for change in changes_of(name, old.get(name, ""), new.get(name, ""))[:SHOWN]:
            cells = (name, change.row, change.column, f"{change.before:g}", f"{change.after:g}")
            lines.append("| " + " | ".join(cells) + " |")
    return lines


_MEASURES = (
    ("first", "right name first"),
    ("within_ten", "within ten"),
    ("likelihood", "mean bits of the true spelling, given the name"),
    ("error", "calibration error among candidates"),
    ("pair_error", "calibration error of pairs at 1 : 10,000, stated 0.01 or more"),
)


def _measure_table(before: Assessment | None, after: Assessment | None) -> list[str]:
    if before is None or after is None:
        return ["No development item in the data: nothing measured."]
    lines = [f"n = {after.names} Latin forms of surnames.", ""]
    lines += ["| measure | before | after |", "| --- | --- | --- |"]
    for name, text in _MEASURES:
        lines.append(f"| {text} | {getattr(before, name):.4f} | {getattr(after, name):.4f} |")
    return lines


def report(old: Mapping[str, str], new: Mapping[str, str], data: Path) -> str:
    """The page: versions, counts, the largest changes, and what the development items say.

    ``old`` and ``new`` are texts by file name. Both are tried in processes of their own.
    """
    names = " to ".join(tables.get("VERSION", "none").strip() for tables in (old, new))
    parts = [
        [f"# Name tables: {names}", ""],
        _count_table(old, new),
        ["", f"## Largest changes (up to {SHOWN} of each table)", ""],
        _change_table(old, new),
        ["", "## Development items (never trained on, not those held out)", ""],
        _measure_table(beside(old, assess, data), beside(new, assess, data)),
    ]
    return "\n".join(line for part in parts for line in part) + "\n"

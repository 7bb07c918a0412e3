"""Make the packaged tables from the files of the repository, the same to the last digit each time.

Three stages: the learnt spellings (by expectation maximisation, from name pairs); the letters and
the common names (from counts of names, spelt in Latin by the learnt table); the calibration of the
finished model (from name pairs again).
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np

from sexton.names.backgrounds_training import (
    common_names,
    damped,
    letter_counts,
    romanised,
)
from sexton.names.calibration import TABLE as CALIBRATION
from sexton.names.calibration_training import COLUMNS, curve_rows, curves
from sexton.names.channel import KINDS
from sexton.names.composition import CONVENTIONS, Spellings, clean_spellings
from sexton.names.expectation import Floats, Lattice, build_lattice, chunk_text, maximise
from sexton.names.letters import END, START
from sexton.names.tables import read_text, version_of
from sexton.names.training_pairs import TrainingPair, is_training, read_counts, read_pairs
from sexton.names.trial import beside

Progress = Callable[[str, int, int | None], None]
Expected = tuple[dict[str, dict[str, float]], dict[str, float]]

POOLED_ROUNDS, CONVENTION_ROUNDS = 6, 4
# The spellings of all conventions together count as so many sightings for each.
PRIOR_COUNTS = 1.0
# A two-letter group is kept when it is seen so often and tells so many bits more than its letters.
LEAST_GROUP_PAIRS = 150
LEAST_GROUP_SEEN = 60
LEAST_GROUP_GAIN = 0.3
LEAST_SHARE = 0.003

HEADS = {
    "spellings.tsv": "P(latin | chunk) by convention, learnt from Wikidata name pairs (CC0)",
    "popular": "The commonest names and their shares, counted in russiannames 2.0.0 (BSD-3-Clause)",
    CALIBRATION: "Bits that a spelling, a pair, a candidate is worth by what the model says (at)",
    "letters": "Letter groups per million names (damped), from russiannames 2.0.0 (BSD-3-Clause)",
}


def _nothing(what: str, done: int, of: int | None) -> None:
    """Progress that nobody watches."""


def _learn(pairs: Sequence[TrainingPair], groups: set[str]) -> list[Expected]:
    """For each convention: probabilities by group, and how often each group was used."""
    lattice = build_lattice(
        [pair.cyrillic for pair in pairs], [pair.latin for pair in pairs], groups
    )
    weights = np.array([pair.weights for pair in pairs])
    start, _ = maximise(lattice, weights.max(axis=1), lattice.start(), POOLED_ROUNDS)
    return [
        _collect(lattice, *maximise(lattice, column, start, CONVENTION_ROUNDS, PRIOR_COUNTS))
        for column in weights.T.copy()
    ]


def _collect(lattice: Lattice, probability: Floats, counts: Floats) -> Expected:
    shares: dict[str, dict[str, float]] = defaultdict(dict)
    seen: dict[str, float] = defaultdict(float)
    for at in np.flatnonzero(counts > 0.2):
        chunk = chunk_text(int(lattice.chunk[at]))
        seen[chunk] += float(counts[at])
        if probability[at] > 5e-4:
            shares[chunk][lattice.latin[at]] = float(probability[at])
    return shares, seen


def _gain(
    group: Mapping[str, float], first: Mapping[str, float], last: Mapping[str, float]
) -> float:
    """Bits that a group tells more about its spelling than its two letters do."""
    apart: Counter[str] = Counter()
    for a, p in first.items():
        for b, q in last.items():
            apart[a + b] += p * q  # type: ignore[assignment]
    return math.fsum(p * math.log2(p / max(apart[latin], 1e-4)) for latin, p in group.items())


def _telling_groups(letters: Sequence[Expected], groups: Sequence[Expected]) -> set[str]:
    gain: dict[str, float] = defaultdict(float)
    seen: dict[str, float] = defaultdict(float)
    for (alone, _), (together, counts) in zip(letters, groups, strict=True):
        for chunk, shares in together.items():
            if len(chunk) == 2:
                gain[chunk] += counts[chunk] * _gain(shares, alone[chunk[0]], alone[chunk[1]])
                seen[chunk] += counts[chunk]
    return {
        chunk
        for chunk, count in seen.items()
        if count > LEAST_GROUP_SEEN and gain[chunk] > LEAST_GROUP_GAIN * count
    }


def _frequent_groups(pairs: Iterable[TrainingPair]) -> set[str]:
    counts = Counter(
        pair.cyrillic[i : i + 2] for pair in pairs for i in range(len(pair.cyrillic) - 1)
    )
    return {group for group, count in counts.items() if count >= LEAST_GROUP_PAIRS}


def learn_spellings(pairs: Sequence[TrainingPair], progress: Progress = _nothing) -> Spellings:
    """Learn ``P(Latin group | Cyrillic group)`` of each convention from name pairs."""
    progress("single letters", 0, 3)
    letters = _learn(pairs, set())
    progress("pairs of letters", 1, 3)
    groups = _telling_groups(letters, _learn(pairs, _frequent_groups(pairs)))
    progress("chosen groups", 2, 3)
    learnt = [shares for shares, _ in _learn(pairs, groups)]
    spellings: Spellings = {}
    for chunk in sorted({chunk for shares in learnt for chunk in shares} - {START, END}):
        for latin in sorted({latin for shares in learnt for latin in shares.get(chunk, {})}):
            vector = np.array([shares.get(chunk, {}).get(latin, 0.0) for shares in learnt])
            if vector.max() >= LEAST_SHARE:
                spellings.setdefault(chunk, {})[latin] = vector.round(4)
    return spellings


def training_pairs(data: Path) -> list[TrainingPair]:
    """The pairs that follow a convention and are neither held out nor kept for development."""
    pairs = read_pairs(data / "cyrillic_latin_pairs.tsv.xz")
    return [pair for pair in pairs if sum(pair.weights) and is_training(pair.wikidata)]


def _table(head: str, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    remark = f"# {HEADS[head]}; made by `sexton names train`."
    return "\n".join([remark, "\t".join(columns), *("\t".join(row) for row in rows)]) + "\n"


def _spelling_table(spellings: Spellings) -> str:
    rows = (
        [chunk, latin, *(f"{share:g}" for share in vector)]
        for chunk, group in sorted(spellings.items())
        for latin, vector in sorted(group.items())
    )
    return _table("spellings.tsv", ("chunk", "latin", *CONVENTIONS), rows)


def _background_tables(kind: str, counts: Mapping[str, int], clean: Spellings) -> dict[str, str]:
    popular = ([name, f"{share:.3g}"] for name, share in common_names(counts, kind).items())
    words = {"cyrillic": damped(counts), "latin": romanised(counts, clean)}
    tables = {f"popular_{kind}.tsv": _table("popular", ("name", "share"), popular)}
    for alphabet, weighted in words.items():
        rows = ([group, f"{count:.0f}"] for group, count in letter_counts(weighted).items())
        tables[f"letters_{kind}_{alphabet}.tsv"] = _table("letters", ("letters", "count"), rows)
    return tables


def _calibration_rows(data: Path) -> list[list[str]]:
    """The curves of the tables that this process reads."""
    return curve_rows(list(curves(data, is_training)))


def _calibration_table(data: Path, tables: Mapping[str, str]) -> str:
    """Calibrate the model that ``tables`` make, in a process that reads them."""
    flat = {**tables, CALIBRATION: _table(CALIBRATION, COLUMNS, ())}
    return _table(CALIBRATION, COLUMNS, beside(flat, _calibration_rows, data))


def train(data: Path, progress: Progress = _nothing) -> dict[str, str]:
    """Make all tables from the folder ``data``: file name -> text.

    Raises FileNotFoundError when a file is missing. Takes two to four minutes.
    """
    spellings = learn_spellings(training_pairs(data), progress)
    tables = {"spellings.tsv": _spelling_table(spellings)}
    clean = clean_spellings(spellings)
    for done, kind in enumerate(KINDS):
        progress(f"letters of {kind} names", done, len(KINDS))
        counts = read_counts(data / f"{kind}_counts.tsv.xz")
        tables |= _background_tables(kind, counts, clean)
    progress("calibration", 0, 1)
    tables[CALIBRATION] = _calibration_table(data, tables)
    return tables | {"VERSION": version_of(tables) + "\n"}


_BACKGROUNDS = ("popular_{}.tsv", "letters_{}_latin.tsv", "letters_{}_cyrillic.tsv")


def packaged() -> dict[str, str]:
    """The packaged tables that training makes: file name -> text."""
    backgrounds = [name.format(kind) for kind in KINDS for name in _BACKGROUNDS]
    return {n: read_text(n) for n in ("spellings.tsv", CALIBRATION, *backgrounds, "VERSION")}


def changes(tables: Mapping[str, str], folder: Path) -> dict[str, tuple[int, int]]:
    """For each table, how many lines are new and how many are gone against those in ``folder``."""
    found = {}
    for name, text in tables.items():
        path = folder / name
        present = set(path.read_text("utf-8").splitlines()) if path.exists() else set()
        lines = set(text.splitlines())
        found[name] = (len(lines - present), len(present - lines))
    return found

"""Time, memory and what the search misses, on vocabularies of 160,000 and of a million surnames.

Each measurement runs in a process of its own, so that its memory is its own.
"""

from __future__ import annotations

import json
import math
import subprocess
import sys
import tempfile
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any

import numpy as np

from benchmarks.names import queries, wikidata_sets
from benchmarks.names.many_names import many_surnames
from benchmarks.names.measures import wilson
from benchmarks.names.opened import memory_mb, milliseconds
from benchmarks.names.report import markdown_table, share_text
from benchmarks.names.vocabulary import SIZE, load_vocabulary
from sexton.names import NameIndex

MILLION = 1_000_000
_SEED = 1947
_WARM, _EXHAUSTIVE, _TYPED = 50, 60, 400
_TOPS = (10, 100)
_TYPED_TOP = 20
_TIES = 1e-6

Figures = dict[str, str]


def mix() -> list[str]:
    """The spellings of the real sets of surnames, graves and Wikidata, shuffled."""
    made = (queries.all_forms, queries.other_spellings)
    made += (wikidata_sets.surnames_by_rule, wikidata_sets.surnames_undetermined)
    texts = sorted({query.text for make in made for query in make()})
    Random(_SEED).shuffle(texts)
    return texts


def _rate(index: NameIndex, texts: list[str], top: int, workers: int) -> str:
    began = perf_counter()
    index.search_many(texts, top, workers=workers)
    return f"{len(texts) / (perf_counter() - began):,.0f} queries a second"


def batches(few: int | None) -> Figures:
    """Queries a second on the vocabulary of the recall figures."""
    texts = mix()[:few]
    names, counts = load_vocabulary((), SIZE)
    before, began = memory_mb(), perf_counter()
    index = NameIndex(names, counts, "surname")
    figures = {"index built in": f"{perf_counter() - began:.1f} s"}
    index.search_many(texts[:_WARM], _TOPS[-1])
    figures["resident memory added by the index"] = f"{memory_mb() - before:.0f} MB"
    figures["queries"] = f"{len(texts):,}"
    for top in _TOPS:
        for workers, what in ((1, "one core"), (2, "two workers")):
            index.search_many(texts[:_WARM], top, workers=workers)
            figures[f"top {top}, {what}"] = _rate(index, texts, top, workers)
    return figures


def missed(few: int | None) -> Figures:
    """How much of what scoring every name finds the search finds as well."""
    texts = mix()[: few or _EXHAUSTIVE]
    register = queries.all_forms()
    names, counts = load_vocabulary((query.truth for query in register), SIZE)
    index = NameIndex(names, counts, "surname")
    everything = NameIndex(names, counts, "surname", beam_bits=math.inf)
    figures = {"queries": str(len(texts))}
    began = perf_counter()
    pairs = [(_bits(index, text), _bits(everything, text)) for text in texts]
    seconds = perf_counter() - began
    for top in (1, *_TOPS):
        shares = [_found_share(found, all_of, top) for found, all_of in pairs]
        kept = sum(hits for hits, _ in shares)
        figures[f"of the true top {top}"] = share_text(wilson(kept, sum(n for _, n in shares)))
    for which, searched in (("search", index), ("every name scored", everything)):
        figures[f"truth of grave and register forms, {which}"] = _truths_found(
            searched, register[:few]
        )
    figures["both searches took"] = f"{1000 * seconds / len(texts):.0f} ms a query"
    return figures


def _truths_found(index: NameIndex, asked: list[queries.Query]) -> str:
    """Recall at 1 / 10 / 100."""
    found = [[m.name for m in index.search(query.text, _TOPS[-1])] for query in asked]
    shares = [
        sum(query.truth in names[:top] for query, names in zip(asked, found, strict=True))
        for top in (1, *_TOPS)
    ]
    return " / ".join(f"{share / len(asked):.3f}" for share in shares) + f" (n = {len(asked)})"


def _bits(index: NameIndex, text: str) -> np.ndarray:
    return np.array([match.bits for match in index.search(text, _TOPS[-1])])


def _found_share(found: np.ndarray, everything: np.ndarray, top: int) -> tuple[int, int]:
    """How many places of the true top have a name as good in the top that was found."""
    true, got = everything[:top], found[:top]
    shared = min(len(true), len(got))
    return int((got[:shared] >= true[:shared] - _TIES).sum()), len(true)


def typed(few: int | None) -> Figures:
    """Looking up while typing: the best twenty among a million distinct names."""
    texts = mix()[: _WARM + _TYPED]
    names, counts, real = many_surnames(MILLION if few is None else MILLION // 10)
    figures = {"distinct names": f"{len(names):,}, {real:,} real, the others SIMULATED"}
    before, began = memory_mb(), perf_counter()
    index = NameIndex(names, counts, "surname")
    figures["index built in"] = f"{perf_counter() - began:.1f} s"
    figures |= _typing(milliseconds(index, texts, _WARM, _TYPED_TOP))
    figures["resident memory added by building"] = f"{memory_mb() - before:.0f} MB"
    return figures | _saved(index, texts)


def _typing(times: list[float]) -> Figures:
    half, most = np.percentile(times, [50, 95])
    return {f"top {_TYPED_TOP}, half within / 95 % within": f"{half:.1f} ms / {most:.1f} ms"}


def _saved(index: NameIndex, texts: list[str]) -> Figures:
    with tempfile.TemporaryDirectory() as above:
        folder = f"{above}/index"
        began = perf_counter()
        index.save(folder)
        figures = {"saved in": f"{perf_counter() - began:.1f} s"}
        size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
        figures["on disk"] = f"{size / 2**20:.0f} MB"
        command = [sys.executable, "-m", "benchmarks.names.opened", folder]
        done = subprocess.run(
            [*command, str(_WARM), str(_TYPED_TOP)],
            input=json.dumps(texts),
            capture_output=True,
            text=True,
            check=True,
        )
    return figures | _opened(json.loads(done.stdout))


def _opened(told: dict[str, Any]) -> Figures:
    """The figures of a bare process that opened the saved index."""
    figures = {"opened in": f"{told['opened']:.0f} ms"}
    figures |= {f"opened: {what}": value for what, value in _typing(told["times"]).items()}
    figures["opened: resident memory of the whole process"] = (
        f"{told['VmRSS']:.0f} MB ({told['RssAnon']:.0f} MB its own, {told['RssFile']:.0f} MB of "
        "mapped files, which other processes share)"
    )
    return figures


_PARTS: dict[str, Callable[[int | None], Figures]] = {
    f"{SIZE:,} surnames, the settings of the recall figures": batches,
    "What the search finds of what scoring every name finds": missed,
    "A million distinct names, looked up while typing": typed,
}


def _in_process(part: Callable[[Any], Figures], argument: int | str | None) -> Figures:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(part, argument).result()


def speed_section(quick: bool, say: Callable[[str], None]) -> list[str]:
    """The section of the page, measured."""
    lines = [
        "## Speed and memory",
        "",
        "The queries are those of the real sets above, shuffled; the first fifty are searched "
        "beforehand and not counted where one query is timed.",
        "",
    ]
    for title, part in _PARTS.items():
        figures = _in_process(part, 200 if quick else None)
        say(f"{title}: {figures}")
        lines += [f"### {title}", "", *markdown_table(("what", "figure"), figures.items())]
    return lines

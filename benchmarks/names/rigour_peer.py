"""The name comparison of OpenSanctions: rigour, as nomenklatura's ``logic-v2`` uses it.

For names of one part that matcher gives 1.0 when both are written alike, 0.9 when both stand for
one name item of Wikidata (``pair_symbols``), else what ``compare_parts`` says of the letters. It is
meant for candidates that a search engine found; here it gets the best candidates there are: the
nearest by Levenshtein on the best of four romanisations, and all names of the same item. Equal
scores keep the order of Levenshtein.

Rigour carries the Wikidata items from which the test pairs come: with items it has seen the answers
of those sets. "letters only" leaves the items out.
"""

from __future__ import annotations

from collections import defaultdict
from importlib.util import find_spec
from time import perf_counter

import numpy as np

from benchmarks.names.matrix_peers import shortlists
from benchmarks.names.measures import NOT_FOUND, Run
from benchmarks.names.tasks import Task

METHOD = "rigour (nomenklatura logic-v2)"
LETTERS = "rigour, letters only"
METHODS = (METHOD,)
MISSING = (
    "rigour is not installed: `pip install 'rigour>=2.6'` (it wants PyICU, which pip builds with a "
    "C++ compiler and the headers of ICU; Debian: libicu-dev, pkg-config)"
)
_SHORTLIST = 200
_ITEM_SCORE = 0.9
# The matcher's own budget for misspellings, and a wider one.
_TOLERANCES = (1.0, 2.0)


def is_installed() -> bool:
    """Whether rigour can be loaded."""
    return find_spec("rigour") is not None and find_spec("icu") is not None


def _analysed(name: str, kind: str):
    from rigour.names import NamePartTag, NameTypeTag, analyze_names

    tags = {NamePartTag.FAMILY if kind == "surname" else NamePartTag.GIVEN: [name]}
    return next(iter(analyze_names(NameTypeTag.PER, [name], tags)), None)


class _Vocabulary:
    """Analysed names as they are needed, and the names of each Wikidata item."""

    def __init__(self, names: list[str], kind: str) -> None:
        self.kind = kind
        self.names = [_analysed(name, kind) for name in names]
        self.of_item: dict[str, list[int]] = defaultdict(list)
        for position, name in enumerate(self.names):
            for item in _items(name):
                self.of_item[item].append(position)


def _items(name) -> set[str]:
    """Name items that the name stands for; its initial is no item."""
    symbols = name.symbols if name else ()
    return {str(symbol) for symbol in symbols if symbol.category.value == "NAME"}


def prepare() -> None:
    """Load the tables of rigour (some ten seconds), before processes are forked."""
    if is_installed():
        _analysed("иванов", "surname")


def _letters(query, name, config) -> float:
    from rigour.names import compare_parts

    if query is None or name is None:
        return 0.0
    if query.comparable == name.comparable:
        return 1.0
    alignments = compare_parts(query.parts, name.parts, config=config)
    return max((alignment.score for alignment in alignments), default=0.0)


def _rank(scores: list[tuple[float, int]], truth: int) -> int:
    """Rank of the truth in (score, name) pairs that stand in the order of Levenshtein."""
    ordered = sorted(scores, key=lambda pair: -pair[0])
    places = [position for _, position in ordered]
    return places.index(truth) if truth in places else NOT_FOUND


def rigour_runs(task: Task, method: str = METHOD) -> list[Run]:
    """Runs with and without items, for several budgets of misspelling."""
    if not is_installed():
        return []
    from rigour.names import CompareConfig

    nearest = shortlists(task, _SHORTLIST)
    vocabulary = _Vocabulary(task.names, task.kind)
    runs = []
    for tolerance in _TOLERANCES:
        config = CompareConfig(budget_tolerance=tolerance)
        began = perf_counter()
        both = [
            _two_ranks(query.text, row, truth, vocabulary, config)
            for query, row, truth in zip(task.queries, nearest.tolist(), task.truths, strict=True)
        ]
        ms = 1000 * (perf_counter() - began) / len(both)
        with_items, letters = np.array(both).T
        variant = f"its own; budget of misspelling x {tolerance:g}"
        note = f"of the {_SHORTLIST} nearest by Levenshtein"
        runs.append(Run(METHOD, variant, with_items, ms, f"{note} and those of its item"))
        runs.append(Run(LETTERS, variant, letters, ms, note))
    return runs


def _two_ranks(
    text: str, near: list[int], truth: int, vocabulary: _Vocabulary, config
) -> tuple[int, int]:
    """The rank of the truth with the items of Wikidata, and by letters only."""
    query = _analysed(text, vocabulary.kind)
    same = {p for item in _items(query) for p in vocabulary.of_item.get(item, ())}
    letters = [(_letters(query, vocabulary.names[p], config), p) for p in near]
    more = [(_letters(query, vocabulary.names[p], config), p) for p in same - set(near)]
    with_items = [
        (max(score, _ITEM_SCORE if p in same else 0.0), p) for score, p in (*letters, *more)
    ]
    return _rank(with_items, truth), _rank(letters, truth)

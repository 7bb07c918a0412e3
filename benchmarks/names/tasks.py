"""What is looked for among what: a vocabulary of one kind of name, with its test sets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import NamedTuple

import numpy as np

from benchmarks.names import garbles, queries, wikidata_sets
from benchmarks.names.queries import Query
from benchmarks.names.romanise import CONVENTIONS, romanised, without_accents
from benchmarks.names.vocabulary import SIZE, load_vocabulary

Sets = dict[str, list[Query]]
GRAVES = "Grave forms"
OTHERS = "All spellings but those of the French register"
REGISTER = "Grave forms and the French register"
BY_RULE = "Wikidata, held out by item: the form follows a convention, or nearly"
UNDETERMINED = "Wikidata, held out by item: the form follows no convention (und)"
SIMULATED = "SIMULATED: "


class Form(NamedTuple):
    """The vocabulary and the queries in the letters in which a peer compares them."""

    names: list[str]
    queries: list[str]


@dataclass(frozen=True)
class Task:
    """One vocabulary (names by falling commonness) and the queries asked of it."""

    title: str
    kind: str
    sets: Sets
    names: list[str]
    counts: list[int] | None
    family: str  # latin-cyrillic, cyrillic-cyrillic, latin-latin

    @cached_property
    def queries(self) -> list[Query]:
        """The queries of all sets, each once."""
        return list(dict.fromkeys(query for members in self.sets.values() for query in members))

    @cached_property
    def truths(self) -> np.ndarray:
        """Where the truth of each query stands among the names."""
        place = {name: position for position, name in enumerate(self.names)}
        return np.array([place[query.truth] for query in self.queries])

    @property
    def real_positions(self) -> np.ndarray:
        """Where the queries stand that somebody wrote."""
        real = {
            q for title in self.sets if not title.startswith(SIMULATED) for q in self.sets[title]
        }
        return np.array([at for at, query in enumerate(self.queries) if query in real])

    @cached_property
    def forms(self) -> dict[str, Form]:
        """What peers compare: by convention, letters folded as suits each."""
        texts = [query.text.lower() for query in self.queries]
        plain = list(map(without_accents, texts))
        if self.family == "latin-latin":
            bare = list(map(without_accents, self.names))
            return {"as written": Form(self.names, texts), "without accents": Form(bare, plain)}
        found = {}
        for convention in CONVENTIONS:
            latin = texts if convention == "scholarly" else plain
            if self.family == "cyrillic-cyrillic":
                latin = romanised(texts, convention)
            found[convention] = Form(romanised(self.names, convention), latin)
        if self.family == "cyrillic-cyrillic":
            found["Cyrillic as it is"] = Form(self.names, texts)
        return found

    def positions(self, title: str) -> np.ndarray:
        """Where the queries of one set stand among all."""
        place = {query: position for position, query in enumerate(self.queries)}
        return np.array([place[query] for query in self.sets[title]])


def _task(title: str, kind: str, sets: Sets, family: str, size: int) -> Task:
    truths = [query.truth for members in sets.values() for query in members]
    names, counts = load_vocabulary(truths, size, kind)
    return Task(title, kind, sets, names, counts, family)


def surnames(size: int, quick: bool) -> Task:
    """Latin spellings of Cyrillic surnames: graves, Wikidata, simulated garbles."""
    few = 20 if quick else garbles.PER_CHANNEL
    sets = {
        GRAVES: queries.grave_forms(),
        OTHERS: queries.other_spellings(),
        REGISTER: queries.all_forms(),
        BY_RULE: wikidata_sets.surnames_by_rule(),
        UNDETERMINED: wikidata_sets.surnames_undetermined(),
    }
    if quick:
        sets = {title: members[:100] for title, members in sets.items()}
    sets |= {SIMULATED + name: garbles.simulated(name, few) for name in garbles.CHANNELS}
    return _task("Surnames", "surname", sets, "latin-cyrillic", size)


def western(size: int, quick: bool) -> Task:
    """Ukrainian and Belarusian forms of surnames, looked for by their Russian form."""
    title = "Wikidata: Ukrainian or Belarusian form, Russian surname"
    return _western("Two Cyrillic alphabets", "surname", title, size, quick)


def _western(title: str, kind: str, of: str, size: int, quick: bool) -> Task:
    """The vocabulary lacks names with western letters: else the query itself would be found."""
    members = wikidata_sets.western_cyrillic(kind[0])[: 50 if quick else None]
    task = _task(title, kind, {of: members}, "cyrillic-cyrillic", size)
    kept = [at for at, name in enumerate(task.names) if not wikidata_sets.is_western(name)]
    counts = task.counts or []
    return replace(task, names=[task.names[at] for at in kept], counts=[counts[at] for at in kept])


def given_names(size: int, quick: bool) -> Task:
    """Latin spellings of given names."""
    cut = slice(50 if quick else None)
    sets = {
        "Given names, Wikidata, held out: by rule or nearly": wikidata_sets.given_by_rule()[cut],
        "Given names, Wikidata, held out: und": wikidata_sets.given_undetermined()[cut],
    }
    return _task("Given names", "given", sets, "latin-cyrillic", size)


def western_given(size: int, quick: bool) -> Task:
    """Ukrainian and Belarusian forms of given names, looked for by their Russian form."""
    title = "Wikidata: Ukrainian or Belarusian form, Russian given name"
    return _western("Given names in two Cyrillic alphabets", "given", title, size, quick)


def patronymics(size: int, quick: bool) -> Task:
    """Latin spellings of patronymics."""
    members = wikidata_sets.patronymics()[: 50 if quick else None]
    sets = {"Patronymics, Wikidata, held out by item": members}
    return _task("Patronymics", "patronymic", sets, "latin-cyrillic", size)


def two_latin_forms(size: int, quick: bool) -> Task:
    """A Latin spelling of a surname, looked for by another Latin spelling of it."""
    members, names = wikidata_sets.latin_forms()
    members = members[: 50 if quick else None]
    sets = {"Two Latin forms of one surname, Wikidata, held out by item": members}
    return Task("Two Latin forms", "surname", sets, names, None, "latin-latin")


TASKS: dict[str, Callable[[int, bool], Task]] = {
    "surnames": surnames,
    "western": western,
    "given": given_names,
    "western-given": western_given,
    "patronymics": patronymics,
    "latin": two_latin_forms,
}


def load_task(key: str, quick: bool = False, size: int = SIZE) -> Task:
    """One task by its key in ``TASKS``."""
    return partial(TASKS[key], size, quick)()

"""Searching an archive as a person would: a few words, of which some may be numbers or years."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np

from sexton.evidence import PersonReading, Rules, compare_people, default_rules
from sexton.linkage.archive.pool import ArchivePool
from sexton.linkage.coding import Categories
from sexton.linkage.model import Candidate, LinkOptions
from sexton.linkage.posterior import prior_bits
from sexton.linkage.ranking import Pairs, chances_of
from sexton.linkage.sameness import Men, men_of, same_men
from sexton.linkage.screening.screen import Scratches, screen
from sexton.linkage.screening.spelt import Search
from sexton.linkage.searching import ENOUGH_BITS, read_query
from sexton.linkage.spellings import JoinedSpellings
from sexton.linkage.weighing import part_of_rest
from sexton.records import Record
from sexton.records.reading import read_person

# Who types waits: the search for spellings is narrower than that of a link, and less deep.
_SEARCH = Search({"surname": 100, "given": 50, "patronymic": 50}, -18.0, {}, 10.0)
# Weighed beyond those that are shown, since screening weighs roughly.
_MORE = 8
# The columns that say something beside a query, which has a name, a birth and a number at most.
_NAMES = frozenset(("name", "surname", "given", "patronymic", "other_names"))
_COMPARED = _NAMES | {"birth_date", "death_date", "prisoner_number"}
# The chance that who is asked for stands in the archive at all: whoever asks does not know.
_EVEN = 0.5
_PRIOR = LinkOptions(coverage=_EVEN, one_to_one=False)


class Hit(NamedTuple):
    """A record that was found: the evidence for it, what it says, and the folder of its list, of
    which it is number ``record.row``."""

    candidate: Candidate
    record: Record
    folder: Path


class Answer(NamedTuple):
    """The records that fit best, each with its probability, and that of "none of these"."""

    hits: list[Hit]
    none: float


class _Weighed(NamedTuple):
    """What was weighed, best first, with the positions; and the odds of all that was not."""

    positions: list[int]
    hits: list[Hit]
    rest: float


class ArchiveSearch:
    """Searches one archive again and again; threads may share one."""

    def __init__(self, pool: ArchivePool, rules: Rules | None = None) -> None:
        """Counts once what is common in the archive: its ``shares``."""
        self.pool = pool
        self._rules = rules or default_rules()
        self.shares = pool.shares([])
        # No query names a place: what they are numbered by need not be gone through each time.
        self._lists = [replace(coded, categories=Categories()) for coded in pool.coded]
        self._scratches = [Scratches(coded) for coded in self._lists]

    def search(self, text: str, top: int = 20, enough: float = ENOUGH_BITS) -> list[Hit]:
        """The records that ``text`` fits best, with the evidence; empty when none fits.

        Years and dates are of birth, other numbers of a prisoner. The probability is not stated
        (0), for a query is no grave and has no prior.
        """
        return self._weighed(read_query(text), top, enough).hits

    def answer(self, text: str, top: int = 20, weighed: int = 20) -> Answer:
        """:meth:`search` with probabilities, as if it were even whether he who is asked for stands
        in the archive at all. ``weighed`` records are weighed, ``top`` of them told.

        Documents of one man share his probability.
        """
        found = self._weighed(read_query(text), max(top, weighed), ENOUGH_BITS)
        count = len(found.hits)
        if not count:
            return Answer([], 1.0)
        bits = np.array([hit.candidate.weight for hit in found.hits])
        pairs = Pairs(np.zeros(count, np.int64), np.array(found.positions), bits)
        options = replace(_PRIOR, rules=self._rules)
        chances = chances_of(pairs, [found.rest], len(self.pool), options, self._men(found))
        told = zip(found.hits, chances.probability.tolist(), strict=True)
        hits = [
            hit._replace(candidate=replace(hit.candidate, probability=chance))
            for hit, chance in told
        ]
        return Answer(hits[:top], float(chances.none[0]))

    def _men(self, found: _Weighed) -> Men:
        """Which of the best are documents of one man."""
        records = {at: hit.record for at, hit in zip(found.positions, found.hits, strict=True)}
        bits = [
            (hit.candidate.weight, at) for at, hit in zip(found.positions, found.hits, strict=True)
        ]
        same = same_men(
            bits,
            lambda at: read_person(records[at]),
            self.shares,
            self._rules,
            len(self.pool),
        )
        return men_of(same)

    def _weighed(self, query: PersonReading, top: int, enough: float) -> _Weighed:
        found = screen(
            [query],
            self._lists,
            self.shares,
            self._rules,
            prior_bits(_EVEN, len(self.pool)),
            top + _MORE,
            search=_SEARCH,
            scratches=self._scratches,
        )
        # Names that were not joined count as unlike: to compare each of them takes too long.
        spellings = JoinedSpellings([found._replace(deep=True)], self._lists)
        weighed = []
        for position, record in self.pool.records(found.right.tolist()).items():
            person = read_person(_compared(record))
            evidence = compare_people(query, person, self.shares, self._rules, spellings=spellings)
            if evidence.bits >= enough:
                weighed.append((-evidence.bits, position, evidence, record))
        best = sorted(weighed, key=lambda item: item[:2])[:top]
        hits = []
        for rank, (minus, position, evidence, record) in enumerate(best, 1):
            told = Candidate(query.id, record.id, rank, 0.0, -minus, evidence.fields)
            hits.append(Hit(told, record, self.pool.folder_of(position)))
        rest = float(found.rest[0]) * part_of_rest(self._lists, self._rules)
        return _Weighed([item[1] for item in best], hits, rest)


def _compared(record: Record) -> Record:
    """The record without what a query says nothing of: reading that takes longest."""
    fields = {name: cell for name, cell in record.fields.items() if name in _COMPARED}
    return replace(record, fields=fields)

"""Searching an archive as a person would: a few words, of which some may be numbers or years."""

from __future__ import annotations

from dataclasses import replace
from math import log2
from typing import NamedTuple

from sexton.evidence import Rules, compare_people, default_rules
from sexton.linkage.archive.pool import ArchivePool
from sexton.linkage.coding import Categories
from sexton.linkage.model import Candidate
from sexton.linkage.screening.screen import Scratches, screen
from sexton.linkage.screening.spelt import Search
from sexton.linkage.searching import ENOUGH_BITS, read_query
from sexton.linkage.spellings import JoinedSpellings
from sexton.records import Record
from sexton.records.reading import read_person

# Who types waits: the search for spellings is narrower than that of a link, and less deep.
_SEARCH = Search({"surname": 100, "given": 50, "patronymic": 50}, -18.0, 10.0)
# Weighed beyond those that are shown, since screening weighs roughly.
_MORE = 8
# The columns that say something beside a query, which has a name, a birth and a number at most.
_NAMES = frozenset(("name", "surname", "given", "patronymic", "other_names"))
_COMPARED = _NAMES | {"birth_date", "death_date", "prisoner_number"}


class Hit(NamedTuple):
    """A record that was found: the evidence for it, and what it says."""

    candidate: Candidate
    record: Record


class ArchiveSearch:
    """Searches one archive again and again; threads may share one."""

    def __init__(self, pool: ArchivePool, rules: Rules | None = None) -> None:
        """Counts once what is common in the archive."""
        self.pool = pool
        self._rules = rules or default_rules()
        self._shares = pool.shares([])
        # No query names a place: what they are numbered by need not be gone through each time.
        self._lists = [replace(coded, categories=Categories()) for coded in pool.coded]
        self._scratches = [Scratches(coded) for coded in self._lists]

    def search(self, text: str, top: int = 20, enough: float = ENOUGH_BITS) -> list[Hit]:
        """The records that ``text`` fits best, with the evidence; empty when none fits.

        Years and dates are of birth, other numbers of a prisoner. The probability is not stated
        (0), for a query is no grave and has no prior.
        """
        query = read_query(text)
        prior = -log2(max(1, len(self.pool)))
        found = screen(
            [query],
            self._lists,
            self._shares,
            self._rules,
            prior,
            top + _MORE,
            search=_SEARCH,
            scratches=self._scratches,
        )
        # Names that were not joined count as unlike: to compare each of them takes too long.
        spellings = JoinedSpellings([found._replace(deep=True)], self._lists)
        weighed = []
        for position, record in self.pool.records(found.right.tolist()).items():
            person = read_person(_compared(record))
            evidence = compare_people(query, person, self._shares, self._rules, spellings=spellings)
            if evidence.bits >= enough:
                weighed.append((-evidence.bits, position, evidence, record))
        best = sorted(weighed, key=lambda item: item[:2])[:top]
        hits = []
        for rank, (minus, _, evidence, record) in enumerate(best, 1):
            told = Candidate(query.id, record.id, rank, 0.0, -minus, evidence.fields)
            hits.append(Hit(told, record))
        return hits


def _compared(record: Record) -> Record:
    """The record without what a query says nothing of: reading that takes longest."""
    fields = {name: cell for name, cell in record.fields.items() if name in _COMPARED}
    return replace(record, fields=fields)

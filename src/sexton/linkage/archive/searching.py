"""Searching an archive as a person would: a few words, of which some may be numbers or years."""

from __future__ import annotations

from dataclasses import replace
from math import log2
from typing import NamedTuple

from sexton.evidence import Rules, compare_people, default_rules
from sexton.linkage.archive.pool import ArchivePool
from sexton.linkage.coding import CodedList
from sexton.linkage.model import Candidate
from sexton.linkage.screening.screen import Scratches, screen
from sexton.linkage.searching import ENOUGH_BITS, read_query
from sexton.linkage.spellings import JoinedSpellings
from sexton.linkage.vocabularies import Vocabularies
from sexton.records import Record

# Who types waits: of names this far (bits) under the best spelling none is looked for.
_BEAM_BITS = 10.0
# Weighed beyond those that are shown, since screening weighs roughly.
_MORE = 8


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
        self._lists = [_narrowed(coded) for coded in pool.coded]
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
            scratches=self._scratches,
        )
        spellings = JoinedSpellings(found, self._lists)
        weighed = []
        for position in found.right.tolist():
            person = self.pool.person(position)
            evidence = compare_people(query, person, self._shares, self._rules, spellings=spellings)
            if evidence.bits >= enough:
                weighed.append((-evidence.bits, position, evidence))
        best = sorted(weighed, key=lambda item: item[:2])[:top]
        hits = []
        for rank, (minus, position, evidence) in enumerate(best, 1):
            record = self.pool.record(position)
            told = Candidate(query.id, record.id, rank, 0.0, -minus, evidence.fields)
            hits.append(Hit(told, record))
        return hits


def _narrowed(coded: CodedList) -> CodedList:
    """The list with a narrower search of its names."""
    names = (
        replace(vocabulary, index=vocabulary.index.with_beam(_BEAM_BITS))
        for vocabulary in coded.vocabularies
    )
    return replace(coded, vocabularies=Vocabularies(*names))

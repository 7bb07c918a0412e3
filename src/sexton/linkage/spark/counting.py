"""What the parts of an archive have counted, put together."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import fields

import pyarrow as pa

from sexton.linkage.shares import Counts, Within
from sexton.linkage.spark.parts import INITIAL, WITHIN
from sexton.linkage.vocabularies import KINDS, NameNumbers, Vocabularies, make_vocabulary

Tallies = Mapping[str, Mapping[str, int]]
"""What is counted, each text of it, and how often."""


def by_what(table: pa.Table) -> Tallies:
    """The counts of a table with the columns ``what``, ``text`` and ``number``."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    columns = (table.column(name).to_pylist() for name in ("what", "text", "number"))
    for what, text, number in zip(*columns, strict=True):
        found[what][text] = number
    return found


def counts_of_all(tallies: Tallies) -> Counts:
    """How many records have each place of burial, camp, place of birth and day of death."""
    return Counts(*(Counter(tallies.get(field.name, {})) for field in fields(Counts)))


def within_all(tallies: Tallies) -> Within:
    """Days and places of death among those of one source who are buried in one place."""
    within: Within = defaultdict(Counter)
    for what, values in tallies.items():
        if what.startswith(WITHIN):
            for key, count in values.items():
                group, text = json.loads(key)
                within[what.removeprefix(WITHIN), group][text] += count
    return within


def vocabularies_of_all(tallies: Tallies) -> Vocabularies:
    """The names of all parts, indexed, in the order of the alphabet: however the rows are shared
    out, a name has the same number."""
    found = []
    for kind in KINDS:
        counts = tallies.get(kind, {})
        numbers = NameNumbers()
        for name in sorted(counts):
            numbers.number(name)
        numbers.counts = [counts[name] for name in numbers.names]
        found.append(make_vocabulary(kind, numbers, sorted(tallies.get(INITIAL + kind, {}))))
    return Vocabularies(*found)

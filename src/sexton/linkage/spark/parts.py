"""What a worker makes of its share of the records: the columns that screening reads, and counts.

All of it follows from the rows alone, so that a task that is done again gives the same.
"""

from __future__ import annotations

import json
import os
import pickle
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sexton.linkage.archive.cells import Cells, CellWriter
from sexton.linkage.archive.facts import code_facts
from sexton.linkage.archive.names import code_names
from sexton.linkage.archive.pool import add_buried, counts_of_list
from sexton.linkage.coding import Categories, CodedList
from sexton.linkage.columns import sort_columns
from sexton.linkage.cores import one_core
from sexton.linkage.shares import Counts, Within
from sexton.linkage.spark.source import FILE, ROW
from sexton.linkage.vocabularies import KINDS, NameCoder, Vocabularies, Vocabulary
from sexton.names import NameIndex

CODED = "what string, text string, number long, data binary"
"""The columns of what :func:`code_rows` gives: counts, ``number`` of ``text``; and pieces of a
part, ``data`` numbered by ``number``, where ``what`` is ``PIECE``."""

PIECE = "piece"
RECORDS = "records"
INITIAL = "initial of "
ABSENT = "\0"
"""Stands, as if it were an initial, for the given names and patronymics that no record of a part
bears: a route that takes a dozen names takes the same dozen of every part."""
WITHIN = "within "

# Bytes of a part that go into one row.
_PIECE = 4 << 20

Batches = Iterable[pa.RecordBatch]
Tally = Counter[tuple[str, str]]


class Part(NamedTuple):
    """The share of an archive that one task holds: columns whose ``record`` is a place in
    ``positions``, the positions of its records among all."""

    coded: CodedList
    positions: NDArray[np.int64]


def code_rows(
    batches: Batches, files: Mapping[str, int], places: frozenset[str]
) -> Iterator[pa.RecordBatch]:
    """Code the rows of one task; the part in pieces, and the counts of what it holds.

    ``files`` tells the position of the first row of each file. Days and places of death are
    counted among those who are buried in ``places``.
    """
    tables = list(batches)
    if not sum(batch.num_rows for batch in tables):
        return
    positions, columns = _in_order(pa.Table.from_batches(tables), files)
    with TemporaryDirectory(prefix="sexton-", dir=_scratch()) as folder:
        writer = CellWriter(Path(folder))
        writer.add(columns)
        cells = Cells(Path(folder), writer.close(), writer.rows)
        with one_core():
            coded, stated = _code(cells)
        tally = _tally(coded, stated, cells, places)
    yield from _pieces(Part(coded, positions))
    yield _batch(
        [what for what, _ in tally],
        [text for _, text in tally],
        [*tally.values()],
        [None] * len(tally),
    )


def coder(
    files: Mapping[str, int], places: frozenset[str]
) -> Callable[[Batches], Iterator[pa.RecordBatch]]:
    """:func:`code_rows` as Spark calls it."""
    return partial(code_rows, files=files, places=places)


def read_parts(batches: Batches) -> Iterator[Part]:
    """The parts of which the pieces stand one behind the other."""
    pieces: list[bytes] = []
    for batch in batches:
        numbers = batch.column("number").to_pylist()
        for number, data in zip(numbers, batch.column("data"), strict=True):
            if number == 0 and pieces:
                yield pickle.loads(b"".join(pieces))
                pieces = []
            pieces.append(data.as_py())
    if pieces:
        yield pickle.loads(b"".join(pieces))


def _scratch() -> str | None:
    """Where Spark keeps what it takes away when it ends; else where temporary files go."""
    return next(iter(os.environ.get("SPARK_LOCAL_DIRS", "").split(",")), "") or None


def _in_order(
    table: pa.Table, files: Mapping[str, int]
) -> tuple[NDArray[np.int64], dict[str, pa.Array]]:
    """Positions and the columns of texts, in the order of positions."""
    table = table.combine_chunks()
    file = table.column(FILE).combine_chunks().dictionary_encode()
    before = np.array([files[text] for text in file.dictionary.to_pylist()], dtype=np.int64)
    positions = table.column(ROW).to_numpy() + before[file.indices.to_numpy()]
    if (np.diff(positions) < 0).any():
        order = np.argsort(positions)
        positions, table = positions[order], table.take(pa.array(order)).combine_chunks()
    names = [name for name in table.column_names if name not in (FILE, ROW)]
    return positions, {name: table.column(name).combine_chunks() for name in names}


def _code(cells: Cells) -> tuple[CodedList, dict[str, int]]:
    """The columns of a list, as an archive on the disk has them, and what its rows state."""
    categories, names = Categories(), NameCoder()
    facts = code_facts(cells, categories, None)
    rows, _ = code_names(cells, names, None)
    vocabularies = Vocabularies(
        *(
            Vocabulary(
                kind,
                names.names[kind].names,
                np.array(names.names[kind].counts, dtype=np.int64),
                # What a name may be is looked for among the names of all parts together.
                NameIndex([], kind=kind),
                (*names.initials[kind], *([ABSENT] if kind != "surname" else [])),
            )
            for kind in KINDS
        )
    )
    columns = sort_columns(
        facts.persons, rows, facts.numbers, vocabularies.surname.size, vocabularies.given.size
    )
    return CodedList(columns, vocabularies, categories), facts.stated


def _tally(coded: CodedList, stated: dict[str, int], cells: Cells, places: frozenset[str]) -> Tally:
    """All that must be known of the whole archive before its parts can be screened."""
    tally: Tally = Counter({(RECORDS, ""): cells.rows})
    for vocabulary in coded.vocabularies:
        kind = vocabulary.kind
        for name, count in zip(vocabulary.names, vocabulary.counts.tolist(), strict=True):
            tally[kind, name] = count
        for letter in vocabulary.initials:
            if letter != ABSENT:
                tally[INITIAL + kind, letter] = 0
    counts = counts_of_list(coded, stated)
    for what, values in counts_by_name(counts).items():
        tally.update({(what, text): count for text, count in values.items()})
    within: Within = defaultdict(Counter)
    add_buried(within, set(places), cells, coded)
    for (what, group), values in within.items():
        for text, count in values.items():
            tally[WITHIN + what, json.dumps([group, text])] = count
    return tally


def counts_by_name(counts: Counts) -> dict[str, Counter[str]]:
    """The counters by what they count."""
    return {field.name: getattr(counts, field.name) for field in fields(counts)}


def _pieces(part: Part) -> Iterator[pa.RecordBatch]:
    data = pickle.dumps(part, protocol=5)
    for number, at in enumerate(range(0, len(data), _PIECE)):
        yield _batch([PIECE], [""], [number], [data[at : at + _PIECE]])


def _batch(
    what: list[str], text: list[str], number: list[int], data: list[bytes | None]
) -> pa.RecordBatch:
    return pa.RecordBatch.from_pydict(
        {
            "what": pa.array(what, pa.string()),
            "text": pa.array(text, pa.string()),
            "number": pa.array(number, pa.int64()),
            "data": pa.array(data, pa.binary()),
        }
    )

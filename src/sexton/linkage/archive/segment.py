"""One list of an archive: built once, step by step, then mapped from its folder.

A step that is done is marked; a build that was interrupted goes on with the next.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sexton.linkage.archive.arrays import (
    ArchiveError,
    DamagedArchive,
    map_array,
    map_arrays,
    map_texts,
    sync_folder,
    write_array,
    write_arrays,
    write_json,
    write_texts,
)
from sexton.linkage.archive.batches import NotPlain, read_batches
from sexton.linkage.archive.cells import Cells, CellWriter
from sexton.linkage.archive.facts import code_facts
from sexton.linkage.archive.names import code_names
from sexton.linkage.archive.places import KeptPlaces, write_places
from sexton.linkage.coding import Categories, CodedList, Ids
from sexton.linkage.columns import (
    Columns,
    Lookup,
    Lookups,
    NameRows,
    Numbers,
    Persons,
    sort_columns,
)
from sexton.linkage.model import Progress
from sexton.linkage.vocabularies import KINDS, NameCoder, Vocabularies, Vocabulary, make_vocabulary
from sexton.messages import Message
from sexton.names import NameIndex
from sexton.records import Mapping, Problem

_LOOKUPS = Lookups._fields
_CATEGORIES = ("place", "unit", "burial", "camp", "died")
_PROBLEMS = "problems.json"

SOURCE = "source.json"
"""Which file a list is made of, for lists that are not finished."""

STEPS = {"cells": 1, "facts": 4, "names": 2, "columns": 3}
"""What is built, in this order, and the version of its files. The cells are the records word for
word: all else can be made of them again, so their version is to change last of all."""


class Builder:
    """Builds the folder of one list."""

    def __init__(
        self, folder: Path, source: Path, mapping: Mapping | None, progress: Progress | None
    ) -> None:
        """``folder`` may hold what an interrupted build of the same file has left."""
        self._folder, self._source = folder, source
        self._mapping, self._progress = mapping, progress
        self.problems: list[Problem] = []

    def build(self) -> None:
        """Do what is not done yet.

        Raises UnreadableFile, ArchiveError when no row can be read, DamagedArchive when what an
        interrupted build has left is broken.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        if not (self._folder / SOURCE).exists():
            write_json(self._folder / SOURCE, {"file": self._source.name})
        self._once("cells", self._write_cells)
        self.problems = _read_problems(self._folder / "cells" / _PROBLEMS)
        if not self.records:
            first = f" The first: {self.problems[0]}" if self.problems else ""
            raise ArchiveError(f"{self._source.name}: no row of it can be read.{first}")
        for name, step in (
            ("facts", self._write_facts),
            ("names", self._write_names),
            ("columns", self._write_columns),
        ):
            self._once(name, step)

    def rebuild(self) -> None:
        """Make anew of the cells what an earlier version has made of them.

        Raises DamagedArchive when the cells are broken or of another version themselves.
        """
        if _version(self._folder / "cells") != STEPS["cells"]:
            raise DamagedArchive.at(self._folder / "cells")
        self.build()

    def discard(self) -> None:
        """Take away all that was built."""
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def records(self) -> int:
        """How many records were built."""
        return open_cells(self._folder).rows

    def _once(self, name: str, step: Callable[[Path], dict[str, Any]]) -> None:
        folder = self._folder / name
        if _version(folder) == STEPS[name]:
            return
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        told = step(folder)
        # What is marked as done must be there after the power has failed, too.
        sync_folder(folder)
        write_json(folder / "done.json", {"version": STEPS[name], **told})

    def _write_cells(self, folder: Path) -> dict[str, Any]:
        for careful in (False, True):
            shutil.rmtree(folder)
            folder.mkdir()
            self.problems.clear()
            writer = CellWriter(folder)
            try:
                for batch in read_batches(self._source, self._mapping, careful, self._progress):
                    if isinstance(batch, Problem):
                        self.problems.append(batch)
                    else:
                        writer.add(batch)
            except NotPlain:
                continue
            write_json(folder / _PROBLEMS, [asdict(problem) for problem in self.problems])
            return {"rows": writer.rows, "columns": writer.close(), "problems": len(self.problems)}
        raise AssertionError("a careful reading is never not plain")

    def _write_facts(self, folder: Path) -> dict[str, Any]:
        categories = Categories()
        facts = code_facts(open_cells(self._folder), categories, self._progress)
        write_arrays(folder, "persons", facts.persons)
        write_arrays(folder, "numbers", facts.numbers)
        write_places(folder, facts.places)
        for name in _CATEGORIES:
            write_texts(folder, name, getattr(categories, name).texts)
        return {"stated": facts.stated}

    def _write_names(self, folder: Path) -> dict[str, Any]:
        coder = NameCoder()
        rows, odd = code_names(open_cells(self._folder), coder, self._progress)
        write_arrays(folder, "rows", rows)
        write_array(folder / "odd.npy", odd)
        for kind in KINDS:
            vocabulary = make_vocabulary(kind, coder.names[kind], [*coder.initials[kind]])
            vocabulary.index.save(folder / kind)
            write_texts(folder, f"{kind}-initials", vocabulary.initials)
            write_array(folder / f"{kind}-counts.npy", vocabulary.counts)
        return {}

    def _write_columns(self, folder: Path) -> dict[str, Any]:
        facts, names = self._folder / "facts", self._folder / "names"
        if self._progress:
            self._progress("sorting persons", 0, 1)
        sizes = [len(open_vocabulary(names, kind).counts) for kind in KINDS]
        initials = len(map_texts(names, "given-initials"))
        columns = sort_columns(
            map_arrays(facts, "persons", Persons),
            map_arrays(names, "rows", NameRows),
            map_arrays(facts, "numbers", Numbers),
            sizes[0],
            sizes[1] + initials,
        )
        write_arrays(folder, "columns", columns)
        if self._progress:
            self._progress("sorting persons", 1, 1)
        return {}


def _version(step: Path) -> int | None:
    """The version of a step that is done; None while it is not. Raises DamagedArchive."""
    done = step / "done.json"
    if not done.exists():
        return None
    head = _read_json(done)
    if not isinstance(head, dict):
        raise DamagedArchive.at(done)
    # The first version was not written down.
    version = head.get("version", 1)
    return version if isinstance(version, int) else 0


def _read_problems(path: Path) -> list[Problem]:
    problems = _read_json(path)
    try:
        return [
            Problem(
                problem["file"],
                problem["row"],
                problem["column"],
                Message(**problem["reason"]),
                Message(**problem["remedy"]),
            )
            for problem in problems
        ]
    except (TypeError, KeyError) as error:
        raise DamagedArchive.at(path) from error


def _read_json(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise DamagedArchive.at(path) from error


def open_cells(folder: Path) -> Cells:
    """The cells of a segment as they were written. Raises DamagedArchive."""
    path = folder / "cells" / "done.json"
    head = _read_json(path)
    try:
        return Cells(folder / "cells", head["columns"], head["rows"])
    except (TypeError, KeyError) as error:
        raise DamagedArchive.at(path) from error


def open_places(folder: Path, cells: Cells) -> KeptPlaces:
    """What was read of the places of birth in a segment. Raises DamagedArchive."""
    return KeptPlaces(folder / "facts", cells)


def count_stated(folder: Path) -> dict[str, int]:
    """How many records state a place of birth (``birth_place``) and a ``camp``, known or not."""
    path = folder / "facts" / "done.json"
    try:
        return {name: int(count) for name, count in _read_json(path)["stated"].items()}
    except (TypeError, KeyError, AttributeError) as error:
        raise DamagedArchive.at(path) from error


def open_vocabulary(folder: Path, kind: str) -> Vocabulary:
    """One vocabulary of a segment. Raises DamagedArchive."""
    try:
        index = NameIndex.open(folder / kind)
    except (OSError, ValueError, EOFError, KeyError) as error:
        raise DamagedArchive.at(folder / kind) from error
    counts = map_array(folder / f"{kind}-counts.npy")
    return Vocabulary(
        index.kind, index.names, counts, index, tuple(map_texts(folder, f"{kind}-initials"))
    )


def open_segment(folder: Path) -> CodedList:
    """A built list, mapped into memory. Raises DamagedArchive."""
    vocabularies = Vocabularies(*(open_vocabulary(folder / "names", kind) for kind in KINDS))
    at = folder / "columns"
    lookups = Lookups(*(map_arrays(at, f"columns-lookups-{name}", Lookup) for name in _LOOKUPS))
    columns = Columns(
        map_array(at / "columns-persons.npy"),
        map_array(at / "columns-rows.npy"),
        map_array(at / "columns-starts.npy"),
        map_array(at / "columns-record.npy"),
        lookups,
    )
    categories = Categories(*(Ids(list(map_texts(folder / "facts", n))) for n in _CATEGORIES))
    return CodedList(columns, vocabularies, categories)

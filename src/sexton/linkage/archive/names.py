"""The names of a list's distinct cells as numbers of vocabularies; odd rows are read one by one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sexton.linkage.archive.cells import EMPTY, OF_PARTS, Cells
from sexton.linkage.archive.parallel import for_all
from sexton.linkage.coding import archive_forms, count_bearers
from sexton.linkage.columns import NameRows
from sexton.linkage.model import Progress
from sexton.linkage.screening.forms import Form, surname_forms
from sexton.linkage.vocabularies import KINDS, NameCoder
from sexton.names import fold, is_unnamed
from sexton.names.channel import Kind
from sexton.names.splitting import cut_name
from sexton.records import Record
from sexton.records.reading import read_person

_CYRILLIC = re.compile(r"[а-яёіїєґўѐ-џ]+(?:-[а-яёіїєґўѐ-џ]+)*", re.I)
_LATIN = re.compile(r"[a-zà-ÿā-ž]+(?:-[a-zà-ÿā-ž]+)*", re.I)
_SCRIPTS = (_CYRILLIC, _LATIN)
# The columns that a name is read of.
_NAMED = frozenset((*KINDS, "id", "name", "other_names"))

Int32 = NDArray[np.int32]


class PlainName(NamedTuple):
    """One word that is a name and nothing else: its folded form, its script, its other forms."""

    folded: str
    script: int
    others: tuple[str, ...]


ODD = PlainName("", -1, ())


def plain_name(cell: str, kind: Kind) -> PlainName:
    """A cell that is one plain word; ``ODD`` for all others, which are read with their row."""
    script = next((n for n, letters in enumerate(_SCRIPTS) if letters.fullmatch(cell)), -1)
    if script < 0 or is_unnamed(cell):
        return ODD
    cut = cut_name(cell)
    if cut.asides or cut.initials or cut.rank or [word.text for word in cut.words] != [cell]:
        return ODD
    folded = fold(cell)
    forms = surname_forms(Form(folded, "", "", 0.0)) if kind == "surname" else ()
    return PlainName(folded, script, tuple(form.surname for form in forms))


def _plain_surnames(cells: Sequence[str]) -> list[PlainName]:
    return [plain_name(cell, "surname") for cell in cells]


def _plain_given(cells: Sequence[str]) -> list[PlainName]:
    return [plain_name(cell, "given") for cell in cells]


_READ = {"surname": _plain_surnames, "given": _plain_given, "patronymic": _plain_given}


class _Part(NamedTuple):
    """One part of the names: for each distinct cell, and (last) for an empty one."""

    codes: Int32
    numbers: Int32
    scripts: NDArray[np.int8]
    others: list[tuple[str, ...]]


def _part(cells: Cells, kind: Kind, coder: NameCoder, progress: Progress | None) -> _Part:
    column = cells.coded(kind)
    plain = for_all(_READ[kind], list(column.texts), f"reading names: {kind}", progress)
    numbers = [coder.number(kind, name.folded) if name.folded else -1 for name in plain]
    return _Part(
        column.codes,
        np.array([*numbers, -1], dtype=np.int32),
        np.array([*(name.script for name in plain), _NO_SCRIPT], dtype=np.int8),
        [name.others for name in plain],
    )


_NO_SCRIPT = 9


def code_names(cells: Cells, coder: NameCoder, progress: Progress | None) -> tuple[NameRows, Int32]:
    """The name rows of a list, unsorted, and the rows that were read one by one.

    First rows come first, in the order of the list, as ``sort_columns`` wants them.
    """
    parts = {kind: _part(cells, kind, coder, progress) for kind in KINDS}
    odd = _odd_rows(cells, parts)
    first = NameRows(
        np.arange(cells.rows, dtype=np.int32),
        *(part.numbers[part.codes] for part in parts.values()),
    )
    more = [_other_surnames(first, parts["surname"], odd, coder)]
    more.append(_odd_names(cells, odd, first, coder, progress))
    rows = NameRows(*(np.concatenate(columns) for columns in zip(first, *more, strict=True)))
    count_bearers(rows, cells.rows, coder)
    return rows, odd


def _odd_rows(cells: Cells, parts: dict[Kind, _Part]) -> Int32:
    """Rows whose cells are more than one plain word each, or that have other name cells."""
    scripts = [part.scripts[part.codes] for part in parts.values()]
    odd = np.zeros(cells.rows, dtype=np.bool_)
    for script in scripts:
        odd |= script < 0
    for a, b in ((0, 1), (0, 2), (1, 2)):
        odd |= (scripts[a] + scripts[b]) == 1
    name, others = cells.coded("name"), cells.coded("other_names")
    odd |= (name.codes != EMPTY) & (name.codes != OF_PARTS)
    odd |= others.codes != EMPTY
    return np.flatnonzero(odd).astype(np.int32)


def _other_surnames(first: NameRows, part: _Part, odd: Int32, coder: NameCoder) -> NameRows:
    """Further rows for the halves of double surnames, men's forms of women's and the like; odd rows
    bring their own."""
    rows: list[NDArray[np.int32]] = []
    numbers: list[Int32] = []
    by_place: dict[int, list[int]] = {}
    for cell, others in enumerate(part.others):
        for place, other in enumerate(others):
            by_place.setdefault(place, [-1] * len(part.others))[cell] = coder.number(
                "surname", other
            )
    for table in by_place.values():
        other_numbers = np.array([*table, -1], dtype=np.int32)[part.codes]
        other_numbers[odd] = -1
        have = np.flatnonzero(other_numbers >= 0).astype(np.int32)
        rows.append(have)
        numbers.append(other_numbers[have])
    row = np.concatenate(rows) if rows else np.zeros(0, dtype=np.int32)
    surname = np.concatenate(numbers) if numbers else np.zeros(0, dtype=np.int32)
    return NameRows(row, surname, first.given[row], first.patronymic[row])


def _odd_names(
    cells: Cells, odd: Int32, first: NameRows, coder: NameCoder, progress: Progress | None
) -> NameRows:
    """Set the first rows of odd names; their further forms are given back."""
    forms = for_all(_Reader(cells), [str(row) for row in odd.tolist()], "reading names", progress)
    more: list[tuple[int, int, int, int]] = []
    for row, read in zip(odd.tolist(), forms, strict=True):
        numbers = [coder.parts(*form[:3]) for form in read] or [(-1, -1, -1)]
        first.surname[row], first.given[row], first.patronymic[row] = numbers[0]
        more += [(row, *rest) for rest in numbers[1:]]
    table = np.array(more, dtype=np.int32).reshape(-1, 4)
    person, surname, given, patronymic = (
        np.ascontiguousarray(table[:, column]) for column in range(4)
    )
    first.given[:] = coder.settled("given", first.given)
    first.patronymic[:] = coder.settled("patronymic", first.patronymic)
    return NameRows(
        person, surname, coder.settled("given", given), coder.settled("patronymic", patronymic)
    )


class _Reader:
    """Reads rows given by their numbers as texts; goes to another process as it is."""

    def __init__(self, cells: Cells) -> None:
        self._cells = cells

    def __call__(self, rows: Sequence[str]) -> list[list[Form]]:
        found = []
        for row in map(int, rows):
            fields = self._cells.fields(row, _NAMED)
            record = Record(fields.pop("id", str(row)), fields, {}, "", row)
            found.append(archive_forms(read_person(record)))
        return found

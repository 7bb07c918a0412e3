"""What the page of a matrix shows: columns, rows, cells, sums, and what is decided of a pair."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from sexton.linkage.group import Edge, Given, Marginals
from sexton.records.simulated import is_simulated
from sexton.web.cases.models import Case
from sexton.web.cases.naming import archive_row, as_list_record, record_key
from sexton.web.public.templatetags.sexton import day
from sexton.web.register.models.records import written_name
from sexton.web.workbench.groups.gathering import Gathered
from sexton.web.workbench.groups.givens import Marks, Pair, Wanted
from sexton.web.workbench.groups.words import expected, percent, step
from sexton.web.workbench.models import GroupBody, GroupName

WORTH = 0.01
"""A name that reaches this nowhere is summed up with others like it."""
MOST_COLUMNS = 40
MARKS: dict[str, Promise] = {
    "same": _("supposed: one man"),
    "apart": _("supposed: two men"),
    "decided": _("decided"),
    "judged": _("judged: one man"),
    "different": _("judged: two men"),
}


@dataclass(frozen=True, slots=True)
class Cell:
    """A probability: in hundredths, in words, as a shade; ``mark`` is a key of ``MARKS``."""

    text: str
    words: str | Promise
    shade: int
    href: str = ""
    mark: str = ""
    chosen: bool = False

    @property
    def mark_words(self) -> Promise | str:
        return MARKS[self.mark] if self.mark else ""


@dataclass(frozen=True, slots=True)
class Grave:
    """A grave of the group as it is called here."""

    row: GroupBody
    place: int
    name: str
    simulated: bool
    href: str

    @property
    def label(self) -> str:
        name = self.name or gettext("Unnamed")
        return f"{name} ({self.row.case.record.key})"


@dataclass(frozen=True, slots=True)
class Man:
    """A man of the group: the name by which he is called here, how many documents he has, where
    his page is. ``elsewhere`` is the case of another grave for which he is decided."""

    number: int
    row: GroupName
    documents: int
    simulated: bool
    href: str
    is_archive: bool
    elsewhere: Case | None = None

    @property
    def name(self) -> str:
        return name_of(self.row)

    @property
    def language(self) -> str:
        return str(self.row.fields.get("language", ""))

    @property
    def label(self) -> str:
        born = day(self.row.fields.get("birth_date", ""))
        return f"{self.name} ({born})" if born else self.name


@dataclass(frozen=True, slots=True)
class Row:
    """A grave with its cells. ``others``: the names that are not shown one by one; ``hidden``
    those of archives that the reader may not see; ``together`` all of them."""

    grave: Grave
    cells: Sequence[Cell]
    others: Cell
    hidden: Cell
    together: Cell
    none: Cell


@dataclass(frozen=True, slots=True)
class Column:
    """A man with the sums of his column."""

    man: Man
    lies_here: Cell
    absent: Cell


@dataclass(frozen=True, slots=True)
class Matrix:
    """The table. ``others`` and ``hidden`` are how many names these columns stand for."""

    columns: Sequence[Column]
    rows: Sequence[Row]
    others: int
    hidden: int


@dataclass(slots=True)
class People:
    """The graves and men of a group as a reader may see them; ``men[m]`` is None for one who
    stands in archives alone, for whom they are closed."""

    graves: list[Grave]
    men: list[Man | None] = field(default_factory=list)

    @property
    def seen(self) -> list[Man]:
        return [man for man in self.men if man is not None]

    @property
    def hidden(self) -> int:
        return len(self.men) - len(self.seen)

    def edge(self, pair: Pair, names: Sequence[GroupName], man: Any) -> Edge | None:
        """Where a pair of the address stands in the matrix; None where it is not of the group, or
        not for this reader."""
        grave = next((one.place for one in self.graves if one.row.pk == pair.body), None)
        at = next((at for at, name in enumerate(names) if name.pk == pair.name), None)
        if grave is None or at is None or self.men[int(man[at])] is None:
            return None
        return grave, int(man[at])

    def pair(self, edge: Edge) -> Pair | None:
        """A pair of the matrix as it stands in an address."""
        man = self.men[edge[1]]
        return None if man is None else Pair(self.graves[edge[0]].row.pk, man.row.pk)


def name_of(row: GroupName) -> str:
    """What somebody is called: as his record writes it."""
    return written_name(row.fields) or gettext("Unnamed")


def address_of(row: GroupName) -> str:
    """The page of a name's record."""
    key, found = record_key(row.name), archive_row(row.name)
    if key is not None:
        return reverse("record", args=[key])
    return reverse("archive-record", args=list(found)) if found is not None else ""


def people_of(found: Gathered, marks: Marks, archives: bool) -> People:
    """The graves and men of a group; without the ``archives`` those who stand only there are not
    told."""
    people = People([_grave(at, row) for at, row in enumerate(found.graves)])
    man = found.weights.bits.man
    for number in range(found.weights.men):
        his = [found.names[at] for at in np.flatnonzero(man == number).tolist()]
        open_ones = [row for row in his if archives or archive_row(row.name) is None]
        people.men.append(_man(number, open_ones, len(his), marks) if open_ones else None)
    return people


def _grave(at: int, row: GroupBody) -> Grave:
    record = row.case.record
    try:
        href = reverse("case", args=[row.case.key])
    except NoReverseMatch:
        href = record.get_absolute_url()
    name = record.name if record.is_named else ""
    return Grave(row, at, name, is_simulated(as_list_record(record)), href)


def _man(number: int, rows: Sequence[GroupName], documents: int, marks: Marks) -> Man:
    row = rows[0]
    return Man(
        number, row, documents, any(one.simulated for one in rows), address_of(row),
        archive_row(row.name) is not None, marks.elsewhere.get(number),
    )  # fmt: skip


def matrix_of(
    people: People, told: Marginals, supposed: Given, marks: Marks, wanted: Wanted
) -> Matrix:
    """The table of what is told."""
    chosen = _chosen(people, told, supposed, wanted)
    held = [grave.row.bodies for grave in people.graves]
    shown = [man.number for man in chosen]
    rest = [man.number for man in people.seen if man.number not in set(shown)]
    hidden = [number for number, man in enumerate(people.men) if man is None]
    rows = []
    for at, grave in enumerate(people.graves):
        mine = told.probability[at]
        cells = [_cell(people, (at, m), float(mine[m]), supposed, marks, wanted) for m in shown]
        sums = [_plain(float(mine[some].sum()), held[at]) for some in (rest, hidden)]
        together = _plain(float(mine.sum()), held[at])
        none = _plain(float(told.none[at]), held[at])
        rows.append(Row(grave, cells, *sums, together, none))
    columns = [
        Column(man, _plain(1.0 - float(told.absent[man.number])), _plain(told.absent[man.number]))
        for man in chosen
    ]
    return Matrix(columns, rows, len(rest), len(hidden))


def _chosen(people: People, told: Marginals, supposed: Given, wanted: Wanted) -> list[Man]:
    """Whose columns are shown: the likeliest, and of whom something is supposed."""
    asked = {man for _, man in (*supposed.same, *supposed.different)}
    most = told.probability.max(axis=0, initial=0.0)
    whole = told.probability.sum(axis=0)
    order = sorted(people.seen, key=lambda man: (-whole[man.number], man.number))
    if wanted.all:
        return order
    worth = [man for man in order if most[man.number] >= WORTH or man.number in asked]
    first = worth[:MOST_COLUMNS]
    return [*first, *(man for man in worth[MOST_COLUMNS:] if man.number in asked)]


def _plain(value: float, bodies: int = 1) -> Cell:
    shade, words = step(value / bodies)
    return Cell(expected(value, bodies), words if bodies == 1 else "", shade)


def _cell(
    people: People, edge: Edge, value: float, supposed: Given, marks: Marks, wanted: Wanted
) -> Cell:
    pair = people.pair(edge)
    shade, words = step(value)
    href = f"{wanted.showing(pair).query}#pair" if pair is not None else ""
    mark = _mark(edge, supposed, marks)
    return Cell(percent(value), words, shade, href, mark, pair == wanted.pair)


def _mark(edge: Edge, supposed: Given, marks: Marks) -> str:
    told = (
        ("same", supposed.same), ("apart", supposed.different), ("decided", marks.decided),
        ("judged", marks.same), ("different", marks.different),
    )  # fmt: skip
    return next((mark for mark, edges in told if edge in edges), "")

"""All the forms of a name that one record gives: its cells of parts, its name cell, other names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from sexton.names.folding import fold, fold_lookalikes, is_plain, unify_signs
from sexton.names.layouts import Word
from sexton.names.parsing import read_name, read_other_name, read_with_others
from sexton.names.readings import Form, NameReading, PersonName
from sexton.names.splitting import cut_name, is_one_name
from sexton.names.words import is_unnamed


def read_person_name(
    name: str = "",
    surname: str = "",
    given: str = "",
    patronymic: str = "",
    other_names: str = "",
) -> PersonName:
    """Gather every form of a person's name from the cells of a record, empty where it has none.

    Cells of parts win over the whole name, from which they take what they lack (a patronymic, a
    rank) where the two agree; brackets and ``other_names`` (split on ``;``) add further forms.

    >>> name = read_person_name(surname="Koulkov", given="Ivan", other_names="Kulikov")
    >>> [(form.surname, form.given) for form in name.forms]
    [('Koulkov', 'Ivan'), ('Kulikov', 'Ivan')]
    """
    written = name or " ".join(filter(None, (surname, given, patronymic)))
    forms = _read_cells(written, surname, given, patronymic)
    if name:
        forms = _with_whole(name, forms)
    for text in filter(None, map(str.strip, other_names.split(";"))):
        forms += read_other_name(text, forms[0]) if forms else read_name(text)
    return PersonName(written, tuple(_distinct(forms)) if len(forms) > 1 else tuple(forms))


def _with_whole(name: str, cells: list[NameReading]) -> list[NameReading]:
    """The readings of the cells with what the whole name adds to them."""
    whole, others = read_with_others(name)
    if cells:
        cells[0] = _completed(cells[0], whole)
        whole = [reading for reading in whole if reading.form != "written"]
    added = [*whole, *(reading for reads in others for reading in reads)]
    return [*cells, *(reading.of(name) for reading in added)]


class _Cell(NamedTuple):
    """What the cell of a part holds: its words and how many, its initials, other forms."""

    words: str
    size: int
    initials: tuple[str, ...]
    others: tuple[str, ...]


@lru_cache(maxsize=1 << 17)
def _read_cell(cell: str) -> _Cell:
    """The single names of an archive recur: most cells of a new person have been read before."""
    unnamed = is_unnamed(cell)
    if not unnamed and is_one_name(cell):
        return _Cell(cell, 1, (), ())
    cut = cut_name("" if unnamed else cell)
    asides = [cut_name(aside.text).words for aside in cut.asides if not aside.nickname]
    others = tuple([_text(words) for words in asides if words])
    return _Cell(_text(cut.words), len(cut.words), tuple(cut.initials), others)


def _text(words: Iterable[Word]) -> str:
    return " ".join([word.text for word in words])


def _read_cells(written: str, surname: str, given: str, patronymic: str) -> list[NameReading]:
    """The reading that the cells of parts give, then those with a part as in brackets."""
    if not (surname or given or patronymic):
        return []
    if surname and not given.strip() and not patronymic.strip() and _read_cell(surname).size > 1:
        return [reading.of(written) for reading in read_name(surname)]
    # An "А." that is Cyrillic beside a Latin surname shows only when the cells are seen together.
    texts = [surname, given, patronymic]
    if not is_plain(" ".join(filter(None, texts))):
        texts = fold_lookalikes("\n".join(map(unify_signs, texts))).split("\n")
    cells = [_read_cell(text) for text in texts]
    parts = [cell.words for cell in cells]
    initials = " ".join([initial for cell in cells for initial in cell.initials]) or None
    if not any(parts) and not initials:
        return []
    found = [_with_parts(written, parts, initials, "written")]
    for slot, cell in enumerate(cells):
        for other in cell.others:
            others = [*parts[:slot], other, *parts[slot + 1 :]]
            found.append(_with_parts(written, others, initials, "alternative"))
    return found


def _with_parts(written: str, parts: list[str], initials: str | None, form: Form) -> NameReading:
    surname, given, patronymic = parts
    return NameReading(
        written, surname or None, given or None, patronymic or None, initials, form=form
    )


def _completed(cells: NameReading, whole: Iterable[NameReading]) -> NameReading:
    """Add to the cells what the likeliest reading of the whole name that agrees with them has."""
    for reading in whole:
        if reading.form == "written" and _agree(cells, reading):
            return replace(
                cells,
                surname=cells.surname or reading.surname,
                given=cells.given or reading.given,
                patronymic=cells.patronymic or reading.patronymic,
                initials=cells.initials or (None if cells.given else reading.initials),
                rank=reading.rank,
                nickname=reading.nickname,
            )
    return cells


def _agree(a: NameReading, b: NameReading) -> bool:
    """True when no part that both give differs."""
    pairs = ((a.surname, b.surname), (a.given, b.given), (a.patronymic, b.patronymic))
    return all(x is None or y is None or fold(x) == fold(y) for x, y in pairs)


def _distinct(forms: Iterable[NameReading]) -> Iterator[NameReading]:
    seen = set()
    for form in forms:
        key = tuple(fold(part or "") for part in form.parts)
        if key not in seen:
            seen.add(key)
            yield form

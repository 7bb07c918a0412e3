"""The names that are asked for: every form of a list's names, with halves and places swapped."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from math import log2
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from sexton.evidence import PersonReading
from sexton.names import fold
from sexton.names.channel import Kind
from sexton.names.given_names import is_given_name
from sexton.names.readings import NameReading
from sexton.names.variants import FormChances, other_forms
from sexton.names.whole import MAX_FORMS

# Given name and surname change places, a patronymic stands for the surname (rules-v4.toml).
SWAPPED_BITS = log2(0.03)
# How surnames end that stand where a given name belongs, in the spellings of several clerks.
_SURNAMES = re.compile(
    r"(?:[oe](?:v|w|f|ff|wf)|[iy]n|ine|enko|uk|ouk|oek|[sc]k[iy]j?|dze|dse|yan|jan|ian"
    r"|[оеё]в|[иы]н|енко|ук|юк|[сц]кий|дзе|швили|ян)$"
)
# A record is asked for in no more ways than these, the likeliest first.
_MOST_WAYS = 8

Int32 = NDArray[np.int32]


class Form(NamedTuple):
    """One way to read a record's name: folded parts ("" where there is none), initials "и.", and
    log2 of its probability."""

    surname: str
    given: str
    patronymic: str
    bits: float


class Forms(NamedTuple):
    """The forms of all records as numbers of queries: those of record ``i`` are
    ``starts[i]:starts[i + 1]``; -1 where a form lacks a part."""

    starts: NDArray[np.int64]
    surname: Int32
    given: Int32
    patronymic: Int32
    bits: NDArray[np.float64]


def _initials(form: NameReading) -> tuple[str, str]:
    """The initials of given name and patronymic, where the names themselves are not there."""
    letters = [fold(part)[:1] for part in (form.initials or "").replace(".", " ").split()]
    if form.given:
        return "", letters[0] + "." if letters and not form.patronymic else ""
    given = letters[0] + "." if letters else ""
    return given, letters[1] + "." if len(letters) > 1 and not form.patronymic else ""


def plain_form(reading: NameReading) -> Form:
    """A reading as it stands."""
    given, patronymic = _initials(reading)
    return Form(
        fold(reading.surname or ""),
        fold(reading.given or "") or given,
        fold(reading.patronymic or "") or patronymic,
        log2(max(reading.probability, 1e-6)),
    )


def surname_forms(form: Form) -> Iterator[Form]:
    """The form with its surname shortened, halved or a man's instead of a woman's."""
    for variant in other_forms("surname", form.surname, FormChances()) if form.surname else ():
        if fold(variant.text) != form.surname:
            yield form._replace(
                surname=fold(variant.text), bits=form.bits + log2(max(variant.chance, 1e-6))
            )


def is_like_surname(given: str) -> bool:
    """Whether what stands as a given name is none and ends as surnames do."""
    return not is_given_name(given) and bool(_SURNAMES.search(given))


def _swapped(form: Form) -> Iterator[Form]:
    """Given name and surname in each other's place, where one of them looks like the other."""
    if not form.surname or not form.given or form.given.endswith("."):
        return
    if is_given_name(form.surname) or is_like_surname(form.given):
        yield form._replace(surname=form.given, given=form.surname, bits=form.bits + SWAPPED_BITS)


def forms_of(person: PersonReading) -> list[Form]:
    """All ways to ask for a record, the likeliest first; none for one without a name."""
    found: list[Form] = []
    for reading in person.name.forms[:MAX_FORMS]:
        form = plain_form(reading)
        if form.surname or form.given or form.patronymic:
            found += [form, *surname_forms(form), *_swapped(form)]
    best: dict[tuple[str, str, str], Form] = {}
    for form in found:
        known = best.setdefault(form[:3], form)
        if form.bits > known.bits:
            best[form[:3]] = form
    ways = sorted(best.values(), key=lambda form: -form.bits)
    # Two words are asked for one by one: together they are like no name, which takes long to see.
    words = [form for form in ways if " " not in form.surname]
    return (words or ways)[:_MOST_WAYS]


class Queries:
    """The distinct names that are asked for, by kind, numbered."""

    def __init__(self) -> None:
        """Nothing asked yet."""
        self.names: dict[Kind, dict[str, int]] = {"surname": {}, "given": {}, "patronymic": {}}

    def number(self, kind: Kind, name: str) -> int:
        """The number of a name that is asked for; -1 for none."""
        if not name:
            return -1
        known = self.names[kind]
        return known.setdefault(name, len(known))


def number_forms(people: Sequence[PersonReading], queries: Queries) -> Forms:
    """The forms of all records; their names are added to ``queries``."""
    starts = np.zeros(len(people) + 1, dtype=np.int64)
    rows: list[tuple[int, int, int, float]] = []
    for position, person in enumerate(people, 1):
        for form in forms_of(person):
            numbers = (
                queries.number("surname", form.surname),
                queries.number("given", form.given),
                queries.number("patronymic", form.patronymic),
            )
            rows.append((*numbers, form.bits))
        starts[position] = len(rows)
    columns = list(zip(*rows, strict=True)) or [(), (), (), ()]
    surname, given, patronymic = (np.array(column, dtype=np.int32) for column in columns[:3])
    return Forms(starts, surname, given, patronymic, np.array(columns[3], dtype=np.float64))

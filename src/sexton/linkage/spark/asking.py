"""What every part of an archive is asked, and what it answers: its likeliest persons."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import NamedTuple, Protocol

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sexton.evidence import PersonReading, Rules, Shares
from sexton.linkage.coding import CodedList
from sexton.linkage.cores import one_core
from sexton.linkage.screening.forms import Forms
from sexton.linkage.screening.join import Joined
from sexton.linkage.screening.screen import Scratches, screen_list
from sexton.linkage.spark.parts import ABSENT, Part, read_parts
from sexton.linkage.vocabularies import KINDS, Vocabulary
from sexton.names.channel import Kind

FOUND = (
    "who int, position long, bits double, surname string, given string, patronymic string, "
    "odds double, looked long"
)
"""The columns of what :func:`screen_rows` gives: for the record ``who`` the person at a
``position``, with the names by which he was found ("" for none); and one row for each record, of
position -1, with the odds of all who were looked at and are not among them."""

NOBODY = -1


class NamesJoined(NamedTuple):
    """A vocabulary join by the names themselves: ``joined.names`` are places in ``texts``."""

    texts: list[str]
    joined: Joined

    @classmethod
    def of(cls, joined: Joined, vocabulary: Vocabulary) -> NamesJoined:
        """With the names that some query joins, no others."""
        numbers, places = np.unique(joined.names, return_inverse=True)
        texts = [text_of(number, vocabulary) for number in numbers.tolist()]
        return cls(texts, joined._replace(names=places.astype(np.int32)))

    def beside(self, vocabulary: Vocabulary) -> Joined:
        """The join with the names of one part, in the same order."""
        behind = len(vocabulary.names)
        known = {name: number for number, name in enumerate(vocabulary.names)}
        known |= {letter: behind + place for place, letter in enumerate(vocabulary.initials)}
        absent = known.get(ABSENT, -1)
        numbers = np.array([known.get(text, absent) for text in self.texts], dtype=np.int32)
        names = numbers[self.joined.names] if len(numbers) else self.joined.names
        there = names >= 0
        before = np.concatenate([[0], np.cumsum(there)])
        return Joined(
            before[self.joined.starts].astype(np.int64),
            names[there],
            self.joined.bits[there],
            self.joined.part[there],
            self.joined.missing,
        )


def text_of(number: int, vocabulary: Vocabulary) -> str:
    """The name, or the initial, of a number; "" for -1."""
    if number < 0:
        return ""
    behind = number - len(vocabulary.names)
    return vocabulary.initials[behind] if behind >= 0 else vocabulary.names[number]


class Question(NamedTuple):
    """What is asked of every part."""

    people: Sequence[PersonReading]
    forms: Forms
    names: dict[Kind, NamesJoined]
    shares: Shares
    rules: Rules
    prior: float
    most: int


class Shared(Protocol):
    """A value that Spark has brought to every worker."""

    @property
    def value(self) -> Question:
        """The value."""


def asker(question: Shared) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    """:func:`screen_rows` as Spark calls it."""
    return partial(screen_rows, question=question)


def screen_rows(batches: Iterable[pa.RecordBatch], question: Shared) -> Iterator[pa.RecordBatch]:
    """The likeliest persons of the parts whose pieces the batches hold."""
    for part in read_parts(batches):
        with one_core():
            yield _screen_part(part, question.value)


def _screen_part(part: Part, question: Question) -> pa.RecordBatch:
    coded = part.coded
    joined = {kind: question.names[kind].beside(coded.vocabularies.of(kind)) for kind in KINDS}
    found = screen_list(
        question.people,
        question.forms,
        joined,
        coded,
        Scratches(coded),
        question.shares,
        question.rules,
        question.prior,
        question.most,
        None,
    )
    people = len(question.people)
    # How many rows were looked at stands once, with the first record.
    looked = np.zeros(people, dtype=np.int64)
    looked[:1] = found.looked
    return pa.RecordBatch.from_pydict(
        {
            "who": _column(found.left, np.arange(people), pa.int32()),
            "position": _column(part.positions[found.right], np.full(people, NOBODY), pa.int64()),
            "bits": _column(found.bits, np.full(people, -np.inf), pa.float64()),
            **_names(found.names, coded, people),
            "odds": _column(np.zeros(len(found.left)), found.rest, pa.float64()),
            "looked": _column(np.zeros(len(found.left), dtype=np.int64), looked, pa.int64()),
        }
    )


def _column(found: NDArray[np.generic], rest: NDArray[np.generic], kind: pa.DataType) -> pa.Array:
    return pa.array(np.concatenate([found, rest])).cast(kind)


def _names(numbers: NDArray[np.int32], coded: CodedList, people: int) -> dict[str, pa.Array]:
    """The names by which persons were found, as texts."""
    return {
        kind: pa.array(
            [text_of(n, coded.vocabularies.of(kind)) for n in column.tolist()] + [""] * people,
            pa.string(),
        )
        for kind, column in zip(KINDS, numbers.T, strict=True)
    }

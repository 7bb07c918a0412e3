"""Doubtful letters: what a letter may have been, and readings that leave letters open.

A letter that is read on a stone or a card may have been another before it was misread, or before
a stroke of it wore away. ``doubtful_letters`` says of each letter what it can have been and by
which reviewed table; ``spelled_out`` turns a reading such as ``Scha[t|l]unov`` into its spellings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import product
from typing import NamedTuple

from sexton.messages import N_, Message
from sexton.names.folding import fold, script
from sexton.names.letters import END, START
from sexton.names.tables import read_table
from sexton.names.whys import reason_of

__all__ = ["MOST_SPELLINGS", "DoubtfulLetter", "MayBe", "UnclearReading", "doubtful_letters",
           "spelled_out"]  # fmt: skip

MOST_SPELLINGS = 24
"""How many spellings one reading may stand for: more would match anybody."""
MOST_SINGLE, MOST_GROUPS = 5, 2
LONGEST_GROUP = 3

UNBALANCED = N_("A bracket is opened or closed without its other half: “%(text)s”.")
EMPTY = N_("Between the brackets at “%(text)s” there is no letter.")
TOO_MANY = N_("This reading stands for %(n)d spellings; at most %(most)d can be compared.")
NOTHING = N_("There is no letter in this reading.")

# Remarks of reading.tsv and cyrillic_variants.tsv that are about sounds and spelling, not about
# shapes; of the second, those about shapes are named, since most of it is grammar.
_NOT_SHAPES = ("letter", "last letter", "double letter", "silent", "one sound", "one letter for")
_SHAPES = ("cursive", "strokes", "tail lost", "breve lost")


class MayBe(NamedTuple):
    """What letters may have been: ``meant`` where ``seen`` is read, why, by which table.

    ``reason`` is ``worn`` (a stroke is gone), ``capitals``, ``kurrent``, ``minims`` (rows of equal
    strokes) or ``read`` (alike in handwriting in another way).
    """

    seen: str
    meant: str
    reason: str
    table: str


class DoubtfulLetter(NamedTuple):
    """Letters of a word, as they are read there, and what they may have been, likeliest first."""

    seen: str
    may_be: tuple[MayBe, ...]


class UnclearReading(ValueError):
    """A reading that cannot be spelled out; ``message`` says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


def doubtful_letters(word: str) -> tuple[DoubtfulLetter, ...]:
    """Of each letter of a word, in its order, what it may have been.

    Letters of which no table knows anything have none; groups that may have been one letter
    ("rn": "m") stand with their first letter. Signs and blanks are left out.

    >>> [one.meant for one in doubtful_letters("Ft")[1].may_be][:2]
    ['l', 'f']
    """
    cyrillic = script(word) == "cyrillic"
    found = []
    for at, letter in enumerate(word):
        if letter.isalpha():
            first = at == 0 or not word[at - 1].isalpha()
            told = _told(word, at, first, cyrillic)
            found.append(DoubtfulLetter(letter, tuple(told)))
    return tuple(found)


def _told(word: str, at: int, first: bool, cyrillic: bool) -> Iterator[MayBe]:
    """What the letter may have been, then what groups that begin with it may have been."""
    named: set[str] = set()
    for most, sizes in ((MOST_SINGLE, (1,)), (MOST_GROUPS, range(2, LONGEST_GROUP + 1))):
        groups = (word[at : at + size] for size in sizes if at + size <= len(word))
        told = 0
        for one in _of_groups(groups, first, cyrillic, word.isupper()):
            if told < most and fold(one.meant) not in named:
                named.add(fold(one.meant))
                told += 1
                yield one


def _of_groups(
    groups: Iterable[str], first: bool, cyrillic: bool, capitals: bool
) -> Iterator[MayBe]:
    for group in groups:
        if group.isalpha():
            yield from _of_group(group, first, cyrillic, capitals)


def _of_group(seen: str, first: bool, cyrillic: bool, capitals: bool) -> Iterator[MayBe]:
    plain = fold(seen)
    if len(seen) == 1 and seen.isupper():
        for cut in _worn().get(seen, ()):
            yield MayBe(seen, cut, "worn", "worn.tsv")
    table = "cyrillic_variants.tsv" if cyrillic else "reading.tsv"
    rules = _cyrillic() if cyrillic else _latin()
    for edge in (START, "") if first else ("",):
        for meant, reason in rules.get(edge + plain, ()):
            yield MayBe(seen, _in_case(meant.strip(START), seen, capitals), reason, table)


def _in_case(text: str, like: str, capitals: bool) -> str:
    """A text in capitals in a word of capitals; else with a capital where one begins ``like``."""
    if capitals:
        return text.upper()
    return text.capitalize() if like[:1].isupper() else text


@cache
def _worn() -> Mapping[str, tuple[str, ...]]:
    """Capital as it is seen -> the capitals that may have been cut."""
    found: dict[str, list[str]] = {}
    for row in read_table("worn.tsv"):
        found.setdefault(row["seen"], []).append(row["cut"])
    return {seen: tuple(cuts) for seen, cuts in found.items()}


@cache
def _latin() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Latin group as it is read -> what may have been written, and why; the likeliest first."""
    rows = [row for row in read_table("reading.tsv") if not row["why"].startswith(_NOT_SHAPES)]
    return _by_seen(
        (row["read"], row["written"], reason_of(row["why"], "read"), float(row["probability"]))
        for row in rows
        if END not in row["read"] + row["written"]
    )


@cache
def _cyrillic() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """The same of Cyrillic letters: the table holds in both directions."""
    rows = [row for row in read_table("cyrillic_variants.tsv") if row["why"].startswith(_SHAPES)]
    pairs = [(row["chunk"], row["variant"], row) for row in rows]
    pairs += [(variant, chunk, row) for chunk, variant, row in pairs]
    return _by_seen(
        (seen, meant, reason_of(row["why"], "read"), float(row["probability"]))
        for seen, meant, row in pairs
    )


def _by_seen(
    rules: Iterable[tuple[str, str, str, float]],
) -> Mapping[str, tuple[tuple[str, str], ...]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for seen, meant, reason, _ in sorted(rules, key=lambda rule: -rule[3]):
        found.setdefault(seen, []).append((meant, reason))
    return {seen: tuple(some) for seen, some in found.items()}


def spelled_out(reading: str) -> tuple[str, ...]:
    """The spellings that a reading stands for, in its order, each once.

    ``[t|l]`` is one of these; an alternative may be empty, as in ``Scha[t|]unov``; ``[t]`` is a
    letter put back. Raises UnclearReading for brackets without their other half or without
    letters, for a reading without letters, and for one of more than ``MOST_SPELLINGS`` spellings.

    >>> spelled_out("Scha[t|l]unov")
    ('Schatunov', 'Schalunov')
    """
    choices = _choices(reading.strip())
    number = 1
    for options in choices:
        number *= len(options)
    if number > MOST_SPELLINGS:
        raise UnclearReading(Message(TOO_MANY, {"n": number, "most": MOST_SPELLINGS}))
    spellings = tuple(dict.fromkeys("".join(parts).strip() for parts in product(*choices)))
    if not all(any(char.isalpha() for char in spelling) for spelling in spellings):
        raise UnclearReading(Message(NOTHING))
    return spellings


def _choices(reading: str) -> list[tuple[str, ...]]:
    """The parts of a reading, each with what may stand there."""
    choices: list[tuple[str, ...]] = []
    rest = reading
    while rest:
        before, opened, after = rest.partition("[")
        if "]" in before or "|" in before:
            raise UnclearReading(Message(UNBALANCED, {"text": before}))
        choices.append((before,))
        if not opened:
            break
        inside, closed, rest = after.partition("]")
        if not closed or "[" in inside:
            raise UnclearReading(Message(UNBALANCED, {"text": f"[{after}"}))
        options = tuple(option.strip() for option in inside.split("|"))
        if not any(options):
            raise UnclearReading(Message(EMPTY, {"text": f"{before}[{inside}]"}))
        choices.append(options)
    return choices

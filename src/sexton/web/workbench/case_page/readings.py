"""What a name on a stone may have been: Cyrillic names behind it, and what each letter may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sexton.evidence.spellings import spelling_path
from sexton.messages import Message
from sexton.names import load_model, read_person_name, script
from sexton.names.channel import KINDS, Kind
from sexton.names.doubtful import DoubtfulLetter, doubtful_letters
from sexton.names.explanation import explain_comparison
from sexton.names.restoring import restore
from sexton.web.public.person.forms import OF_WEIGHT
from sexton.web.register.models import Record

# Why letters are taken for each other, in the order in which it is told.
REASONS: dict[str, Promise] = {
    "worn": _("a stroke worn away or never cut"),
    "capitals": _("alike as capitals"),
    "minims": _("rows of equal strokes in handwriting"),
    "kurrent": _("alike in old German handwriting"),
    "read": _("alike in handwriting"),
}
FORMS, READINGS = 2, 3
WORDS, LONGEST = 6, 40


@dataclass(frozen=True, slots=True)
class CyrillicReading:
    """A Cyrillic name, the way from the written one to it letter by letter, and why."""

    text: str
    convention: str
    path: str
    why: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class PartRead:
    """A part of the name as written, with the Cyrillic names that it may stand for."""

    kind: str
    written: str
    readings: Sequence[CyrillicReading]


@dataclass(frozen=True, slots=True)
class LetterRead:
    """A letter with what it may have been, the letters by reason."""

    seen: str
    why: Sequence[tuple[Promise, str]]


@dataclass(frozen=True, slots=True)
class WordOfLetters:
    """A word of the name, letter by letter."""

    text: str
    letters: Sequence[LetterRead]


def cyrillic_readings(record: Record) -> list[PartRead]:
    """The parts of a record's name in Latin letters, by its likeliest readings."""
    if not record.is_named:
        return []
    cells = [record.fields.get(name, "") for name in ("name", *KINDS, "other_names")]
    parts: dict[tuple[str, str], PartRead] = {}
    for form in read_person_name(*cells).forms[:FORMS]:
        for kind in KINDS:
            written = getattr(form, kind) or ""
            if written and script(written) == "latin" and (kind, written) not in parts:
                parts[kind, written] = PartRead(kind, written, _readings(written, kind))
    return list(parts.values())


@lru_cache(1 << 10)
def _readings(written: str, kind: Kind) -> tuple[CyrillicReading, ...]:
    return tuple(
        _reading(written, kind, one.text, one.convention)
        for one in restore(written, kind, READINGS)
    )


def _reading(written: str, kind: Kind, text: str, convention: str) -> CyrillicReading:
    shown = text.title()
    comparison = load_model(kind).compare(written, shown)
    why = tuple(
        message for message in explain_comparison(comparison, kind) if message.text not in OF_WEIGHT
    )
    return CyrillicReading(shown, convention, spelling_path(kind, written, shown), why)


def letters_of(record: Record) -> list[WordOfLetters]:
    """The words of the written name, each letter with what it may have been."""
    words = record.name.split() if record.is_named else []
    return [
        WordOfLetters(word, [_letter(one) for one in doubtful_letters(word)])
        for word in words[:WORDS]
        if any(char.isalpha() for char in word) and len(word) <= LONGEST
    ]


def _letter(letter: DoubtfulLetter) -> LetterRead:
    why = []
    for reason, words in REASONS.items():
        told = [one for one in letter.may_be if one.reason == reason]
        # Of a group ("rn" for "m") both sides are named, of a letter the other one alone.
        names = [m.meant if m.seen == letter.seen else f"{m.seen} = {m.meant}" for m in told]
        if names:
            why.append((words, ", ".join(names)))
    return LetterRead(letter.seen, why)

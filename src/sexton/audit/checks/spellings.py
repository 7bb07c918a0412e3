"""What stands on the plate against the register, and letters of the wrong alphabet."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sexton.audit.likeness import SAME_NAME, apart, same_letters
from sexton.audit.material import Material, Person
from sexton.audit.model import Finding, Severity
from sexton.dates import DateReading, read_date, read_life_range
from sexton.messages import N_, Message, Value
from sexton.names import fold, lookalikes, typed_in_lookalikes
from sexton.places import name_likeness

CUT = N_("“%(form)s” for %(name)s is cut short: %(cut)s is %(whole)s without its end.")
GLUED = N_("“%(form)s” for %(name)s is two words written as one.")
MOVED = N_("%(cut)s and %(whole)s, both for %(name)s, are the same letters in another order.")
GARBLED = N_("“%(form)s” and %(surname)s (%(name)s) differ by more than a convention of spelling.")
PLATE_DATE = N_(
    "For %(name)s the remarks quote a plate with %(plate)s; the register says %(death)s."
)
LOOKALIKE = N_("“%(text)s” (%(name)s) mixes two alphabets: %(letters)s.")
TYPED = N_("“%(form)s” for %(name)s is the Cyrillic %(meant)s typed in Latin capitals.")

GARBLED_BELOW, SOME_LIKENESS = 0.83, 0.6
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_CAMEL = re.compile(r"[^\W\d_][a-zà-ÿа-яё]+[A-ZÀ-ÞА-ЯЁ][a-zà-ÿа-яё]{2,}")
_QUOTED = re.compile(
    r"(?:plate|stone|gravestone|tombstone|cross|stele|slab|epitaph|inscription|marker|plaque"
    r"|grave text)"
    r"[^.;]{0,40}?\b(?:reads?|says|prints?|spells|text)\b(?P<text>[^;]*)",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{4}|[0-9]{1,2}(?:er)? [^\W\d_]{3,9} [0-9]{4}"
    r"|[^\W\d_]{3,9} [0-9]{1,2}, [0-9]{4}"
)
_LIFE = re.compile(r"[0-9]{4}\s?[-–/]\s?[0-9]{4}")
_LETTER_COLUMNS = (
    "name",
    "surname",
    "given",
    "patronymic",
    "other_names",
    "camp",
    "prisoner_number",
)

Case = tuple[Person, dict[str, Value]]


def _forms(person: Person) -> list[str]:
    """The other forms of a name that a record gives, verbatim."""
    other = [form.strip() for form in person.cell("other_names").split(";")]
    return [form for form in other if form]


def _is_cut(short: str, whole: str) -> bool:
    a, b = fold(short), fold(whole)
    return 4 <= len(a) < len(b) <= len(a) + 3 and b.startswith(a)


def _cut_pair(person: Person, form: str) -> tuple[str, str] | None:
    """The cut and the whole surname, when ``form`` has one of them and the record the other."""
    words = _WORD.findall(form)
    surname = person.surname
    if not surname or any(fold(word) == fold(surname) for word in words):
        return None
    for word in words:
        if word != person.given and _is_cut(word, surname):
            return word, surname
    return None


def _together(cases: Iterable[Case], kind: str, severity: Severity, text: str) -> Iterator[Finding]:
    """One finding for each form of a name at a site, with all records that give it."""
    merged: dict[tuple[str, str], tuple[list[str], dict[str, Value]]] = {}
    for person, params in cases:
        key = (person.site or person.id, fold(str(params["form"])))
        merged.setdefault(key, ([], params))[0].append(person.id)
    for ids, params in merged.values():
        yield Finding(kind, severity, tuple(ids), Message(text, params))


def _cut_names(people: Iterable[Person]) -> Iterator[Case]:
    for person in people:
        for form in _forms(person):
            pair = _cut_pair(person, form)
            if pair:
                params = {"form": form, "name": person.name}
                yield person, {**params, "cut": pair[0], "whole": pair[1]}


def cut_name(material: Material) -> Iterator[Finding]:
    """A form of the name, on a plate as a rule, lacks the end of the surname in the register."""
    yield from _together(_cut_names(material.people), "cut_name", "warning", CUT)


def _glued_words(person: Person, form: str) -> bool:
    both = person.given + person.surname
    words = [word for word in _WORD.findall(form) if _CAMEL.fullmatch(word)]
    return any(name_likeness(word, both) >= SAME_NAME for word in words)


def _glued_names(people: Iterable[Person]) -> Iterator[Case]:
    for person in people:
        for form in (person.name, *_forms(person)):
            if _glued_words(person, form):
                yield person, {"form": form, "name": person.name}


def glued_name(material: Material) -> Iterator[Finding]:
    """Given name and surname are written as one word: a space was lost in copying."""
    yield from _together(_glued_names(material.people), "glued_name", "note", GLUED)


def moved_letters(material: Material) -> Iterator[Finding]:
    """Two records of one man have a surname of the same letters in another order."""
    for group in material.groups:
        first = group[0]
        for person in group[1:]:
            if same_letters(person.surname, first.surname):
                params = {"cut": person.surname, "whole": first.surname, "name": first.name}
                ids = (person.id, first.id)
                yield Finding("moved_letters", "warning", ids, Message(MOVED, params))


def _surname_words(person: Person, form: str) -> list[str]:
    """The words of ``form`` that can be the surname.

    A form of several words must share the given name, otherwise it is a nickname or an alias; a
    word nearer to the given name than to the surname is a form of that.
    """
    words = [word for word in re.findall(r"[^\W\d_][\w’']+", form) if len(word) > 3]
    given = [word for word in words if name_likeness(word, person.given) >= SAME_NAME]
    if len(words) > 1 and not given:
        return []
    return [
        word
        for word in words
        if name_likeness(word, person.given) < name_likeness(word, person.surname)
    ]


def _closest(person: Person, form: str) -> float:
    """How near a word of ``form`` comes to the surname or a part of it; 1 if none can be one."""
    surnames = (person.surname, *person.surname.split("-"))
    words = _surname_words(person, form)
    return max((name_likeness(w, surname) for w in words for surname in surnames), default=1.0)


def _is_garbled(person: Person, form: str) -> bool:
    if not person.surname or typed_in_lookalikes(form) or _glued_words(person, form):
        return False
    return SOME_LIKENESS <= _closest(person, form) < GARBLED_BELOW


def _garbled_names(people: Iterable[Person]) -> Iterator[Case]:
    for person in people:
        forms = [form for form in _forms(person) if _is_garbled(person, form)]
        if forms:
            yield person, {"form": forms[0], "name": person.name, "surname": person.surname}


def garbled_name(material: Material) -> Iterator[Finding]:
    """The form on the grave and the restored name differ by more than a convention of spelling.

    Letters were misheard, misread or lost; who looks the man up must know both forms.
    """
    yield from _together(_garbled_names(material.people), "garbled_name", "note", GARBLED)


def _plate_deaths(remarks: str) -> Iterator[DateReading]:
    """The death dates of the plate texts that remarks quote."""
    for quote in _QUOTED.finditer(remarks):
        text = quote["text"]
        life = read_life_range(text) if _LIFE.search(text) else None
        readings = [read_date(match[0]) for match in _DATE.finditer(text)]
        yield from (reading for reading in readings if reading and reading.first)
        if life and life.death:
            yield life.death


def plate_date(material: Material) -> Iterator[Finding]:
    """The plate on the grave gives another death date than the register."""
    for person in material.people:
        for plate in _plate_deaths(person.cell("remarks")):
            if apart(plate, person.death):
                params = {"plate": plate.written, "death": person.cell("death_date")}
                message = Message(PLATE_DATE, {"name": person.name, **params})
                yield Finding("plate_date", "warning", (person.id,), message)
                break


def _foreign_letters(person: Person) -> dict[str, str]:
    """The cells with letters of another alphabet than their word, and these letters."""
    found = {}
    for column in _LETTER_COLUMNS:
        cell = person.cell(column)
        letters = () if cell.isascii() else lookalikes(cell)
        if letters:
            described = ", ".join(f"{hit.char} (U+{ord(hit.char):04X})" for hit in letters)
            found[cell] = described
    return found


def lookalike_letters(material: Material) -> Iterator[Finding]:
    """A letter of another alphabet stands in a word because it looks the same (Cyrillic А for A).

    A reader sees nothing; a search for the word finds nothing.
    """
    for person in material.people:
        cells = _foreign_letters(person)
        if cells:
            text, letters = next(iter(cells.items()))
            params = {"text": text, "name": person.name, "letters": letters}
            yield Finding("lookalike_letters", "warning", (person.id,), Message(LOOKALIKE, params))


def cyrillic_in_latin_capitals(material: Material) -> Iterator[Finding]:
    """A Cyrillic word was typed in Latin capitals that look like it (MAPKOB for МАРКОВ)."""
    for person in material.people:
        for form in (person.surname, *_forms(person)):
            meant = typed_in_lookalikes(form)
            if meant and person.surname != form and name_likeness(meant, person.surname) >= 0.9:
                params = {"form": form, "name": person.name, "meant": meant}
                message = Message(TYPED, params)
                yield Finding("cyrillic_in_latin_capitals", "note", (person.id,), message)

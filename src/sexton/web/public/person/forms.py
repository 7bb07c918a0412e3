"""The forms of a man's name: who writes each, of what kind it is, how one became the other."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from sexton.evidence.spellings import spelling_path
from sexton.messages import Message
from sexton.names import PartComparison, compare_names, fold, load_model, script
from sexton.names.explanation import explain_comparison
from sexton.names.wording import COMMON, RARE
from sexton.web.register.lives.accounts import Voice
from sexton.web.register.models import PersonName, Record

# Stone, source, restored: as the name went.
ORDER = ("on_stone", "in_source", "birth", "restored")
WRITTEN = ("on_stone", "in_source")
# How common a name is weighs in a comparison; it does not say how one spelling became another.
OF_WEIGHT = frozenset({RARE, COMMON})
MOST_PATHS = 6


@dataclass(slots=True)
class Use:
    """One kind of a form, known in one way, with who writes it so."""

    kind: str
    basis: str
    voices: list[Voice] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)

    @property
    def is_conjecture(self) -> bool:
        return self.basis == "conjecture"


@dataclass(slots=True)
class Form:
    """A name letter by letter as it is written, and what it is to those who write it."""

    text: str
    language: str
    uses: list[Use] = field(default_factory=list)

    def hear(self, kind: str, basis: str, voice: Voice, when: str = "") -> None:
        """Count a voice once for each kind of form."""
        use = next((use for use in self.uses if (use.kind, use.basis) == (kind, basis)), None)
        if use is None:
            use = Use(kind, basis)
            self.uses.append(use)
        if voice.key not in {heard.key for heard in use.voices}:
            use.voices.append(voice)
        if when and when not in use.dates:
            use.dates.append(when)

    def drop_vague(self) -> None:
        """Leave out what the same voices say more exactly: how a restored form is known."""
        for use in [use for use in self.uses if not use.basis]:
            exact = [one for one in self.uses if one.kind == use.kind and one.basis]
            heard = {voice.key for one in exact for voice in one.voices}
            if {voice.key for voice in use.voices} <= heard:
                self.uses.remove(use)

    @property
    def is_conjecture(self) -> bool:
        """Whether nobody holds more of it than that it may be so."""
        return all(use.is_conjecture for use in self.uses)

    @property
    def is_written(self) -> bool:
        """Whether a stone or a source writes it."""
        return any(use.kind in WRITTEN for use in self.uses)

    @property
    def is_on_stone(self) -> bool:
        return any(use.kind == "on_stone" for use in self.uses)

    @property
    def is_cyrillic(self) -> bool:
        return script(self.text) == "cyrillic"

    @property
    def voices(self) -> list[Voice]:
        return [voice for use in self.uses for voice in use.voices]


def forms_of(names: Iterable[PersonName], records: Iterable[Record]) -> list[Form]:
    """Each way of writing the name once: stone, source, restored; conjectures last."""
    found: dict[str, Form] = {}

    def form(text: str, language: str) -> Form:
        one = found.setdefault(text, Form(text, language))
        one.language = one.language or language
        return one

    listed = list(names)
    told = {name.record_id for name in listed if name.kind in WRITTEN}
    for name in listed:
        one = form(name.written, name.language)
        one.hear(name.kind, name.basis, _voice(name), name.when)
    for record in records:
        # Lists of spellings part a cell that holds two; a record without such a list is heard.
        if record.is_named and record.name and record.pk not in told:
            voice = Voice(record.source, record)
            form(record.name, record.fields.get("language", "")).hear("in_source", "", voice)
    for one in found.values():
        one.drop_vague()
    return sorted(found.values(), key=_rank)


def _voice(name: PersonName) -> Voice:
    """Who writes a form. Where a record does, the record is cited, not the list of forms."""
    voice = Voice.of_row(name)
    return Voice(voice.source, voice.record) if voice.record else voice


def _rank(form: Form) -> tuple[bool, int, int, str]:
    places = [ORDER.index(use.kind) for use in form.uses if use.kind in ORDER]
    return form.is_conjecture, min(places, default=len(ORDER)), -len(form.voices), form.text


@dataclass(frozen=True, slots=True)
class Part:
    """How one part of the name became another: letter by letter, and why in sentences."""

    left: str
    right: str
    path: str
    why: tuple[Message, ...]


@dataclass(frozen=True, slots=True)
class Change:
    """A written form, the form that was restored from it, and how each part of it changed."""

    written: str
    restored: str
    is_conjecture: bool
    parts: tuple[Part, ...]


def changes_of(names: Iterable[PersonName]) -> list[Change]:
    """How restored forms came from what the same record, or the stone, writes."""
    listed = list(names)
    found: dict[tuple[str, str], Change] = {}
    for restored in (name for name in listed if name.kind == "restored"):
        for name in _written_beside(restored, listed):
            pair = name.written, restored.written
            parts = how_changed(*pair)
            if parts and pair not in found:
                found[pair] = Change(*pair, restored.is_conjecture, parts)
    # The real name in its own letters says most.
    ranked = sorted(found.values(), key=lambda one: script(one.restored) != "cyrillic")
    return ranked[:MOST_PATHS]


def _written_beside(restored: PersonName, names: Iterable[PersonName]) -> list[PersonName]:
    own = [name for name in names if name.record_id == restored.record_id]
    stone = [name for name in own if name.kind == "on_stone"]
    return stone or [name for name in own if name.kind == "in_source"]


@lru_cache(1 << 12)
def how_changed(written: str, restored: str) -> tuple[Part, ...]:
    """Each part of a name that is not written alike, with the way from one to the other."""
    parts = compare_names(written, restored).parts
    return tuple(_part(part) for part in parts if fold(part.left) != fold(part.right))


def _part(part: PartComparison) -> Part:
    if part.way != "spelling":
        return Part(part.left, part.right, "", (part.message,))
    comparison = load_model(part.kind).compare(part.left, part.right)
    why = explain_comparison(comparison, part.kind)
    ruined = comparison.note == "ruined"
    path = "" if ruined else spelling_path(part.kind, part.left, part.right)
    return Part(part.left, part.right, path, tuple(m for m in why if m.text not in OF_WEIGHT))

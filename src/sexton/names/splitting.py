"""Cutting a written name into the words of the name, initials, rank, by-name and other forms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from sexton.names.folding import fold_lookalikes, is_plain, unify_signs
from sexton.names.given_names import is_given_name
from sexton.names.layouts import Word
from sexton.names.words import begins_phrase, phrase_length

Kind = Literal["word", "comma", "break", "bracket", "quote"]

# No name is longer; what follows is a sentence or a damaged file.
_MAX_LENGTH = 300
_PIECE = re.compile(r'"(?P<quote>[^"]*)"?|(?P<break>[;/|]|\s-+\s*)|(?P<comma>,)|[^\s,;/|"]+')
_INITIALS = re.compile(r"(?:[^\W\d_]{1,2}\.-?)+(?:[^\W\d_]\.?)?$|[^\W\d_]$")
_MISSING_BLANK = re.compile(r"(?<=[^\W\d_A-ZА-ЯЁ]{2})(?=[A-ZА-ЯЁ][^\W\d_A-ZА-ЯЁ]{2})")
# "Ivanov/Petrov Ivan": two forms of one word, while "Ivanov / Petrov" are two whole forms.
_EITHER = re.compile(r"(?<=[^\W\d_]{3})/([^\W\d_]{3,})(?![\w/])")
_OPENING, _CLOSING = "([", ")]"


@dataclass(slots=True)
class Aside:
    """Another form that the text gives: its text, and how many words stood before it."""

    text: str
    after: int
    nickname: bool = False


@dataclass(slots=True)
class NameText:
    """A written name cut up: ``comma`` counts the words before the first comma, 0 for none."""

    words: list[Word] = field(default_factory=list)
    initials: list[str] = field(default_factory=list)
    rank: list[str] = field(default_factory=list)
    asides: list[Aside] = field(default_factory=list)
    comma: int = 0


def _brackets(text: str) -> Iterator[tuple[bool, str]]:
    """Yield the stretches of ``text`` with whether they stand in (outermost) brackets."""
    if not any(char in text for char in _OPENING):
        yield False, text
        return
    depth, start = 0, 0
    for position, char in enumerate(text):
        if char in _OPENING:
            if depth == 0:
                yield False, text[start:position]
                start = position + 1
            depth += 1
        elif char in _CLOSING and depth > 0:
            depth -= 1
            if depth == 0:
                yield True, text[start:position]
                start = position + 1
    yield depth > 0, text[start:]


def _pieces(text: str) -> Iterator[tuple[Kind, str]]:
    for inside, stretch in _brackets(text):
        if inside:
            yield "bracket", stretch
            continue
        for match in _PIECE.finditer(stretch):
            kind: Kind = match.lastgroup or "word"  # type: ignore[assignment]
            yield kind, match.group("quote") if kind == "quote" else match.group().strip()


def _rejoin(pieces: list[tuple[Kind, str]]) -> str:
    shapes = {"bracket": "({})", "quote": '"{}"', "break": " ; ", "comma": ","}
    return " ".join(shapes.get(kind, "{}").format(text) for kind, text in pieces).strip(" ;,")


class _Cutter:
    """Walks once over the pieces of a written name and puts each where it belongs."""

    def __init__(self, pieces: list[tuple[Kind, str]]) -> None:
        self.pieces = pieces
        self.at = 0
        self.name = NameText()

    def cut(self) -> NameText:
        while self.at < len(self.pieces):
            kind, text = self.pieces[self.at]
            if kind == "word":
                self._take_word()
            else:
                self.at += 1
                self._take_other(kind, text)
        if self.name.comma == len(self.name.words):
            self.name.comma = 0
        return self.name

    def _take_other(self, kind: Kind, text: str) -> None:
        if kind == "bracket":
            self._aside(text)
        elif kind == "quote":
            self._aside(text, nickname=True)
        elif kind == "comma":
            self.name.comma = self.name.comma or len(self.name.words)
        else:
            self._aside(self._rest())

    def _take_word(self) -> None:
        run = self._run()
        if not begins_phrase(run[0]):
            self._take_plain(run[0])
        elif length := phrase_length(run, 0, "rank"):
            self.name.rank.append(" ".join(run[:length]).rstrip(".,"))
            self.at += length
        elif length := phrase_length(run, 0, "title"):
            self.at += length
        elif length := phrase_length(run, 0, "nickname"):
            self.at += length
            self._aside(self._until_comma(), nickname=True)
        elif length := phrase_length(run, 0, "alternative"):
            self.at += length
            self._aside(self._rest())
        elif self.name.words and phrase_length(run, 0, "remark"):
            self.at = len(self.pieces)
        elif _INITIALS.match(run[0]) or not self._take_particle(run):
            self._take_plain(run[0])

    def _take_plain(self, text: str) -> None:
        """Take an initial or a word of the name; what has digits or no letter is neither."""
        self.at += 1
        if _INITIALS.match(text):
            self.name.initials.append(text)
        elif text.isalpha() or (any(map(str.isalpha, text)) and not any(map(str.isdigit, text))):
            self.name.words.append(Word(text.strip(".:;!?*'+_=-")))

    def _take_particle(self, run: list[str]) -> bool:
        """Take a particle with the word that it belongs to; False when the run begins with none."""
        text, words = run[0], self.name.words
        taken = 1
        if words and phrase_length(run, 0, "father_after"):
            words[-1] = Word(f"{words[-1].text} {text}", father=True)
        elif words and phrase_length(run, 0, "surname_suffix"):
            words[-1] = Word(f"{words[-1].text} {text}")
        elif len(run) > 1 and (length := phrase_length(run, 0, "father_before")):
            words.append(Word(" ".join(run[: length + 1]), father=True))
            taken += length
        elif length := self._particle(run):
            words.append(Word(" ".join(run[: length + 1])))
            taken += length
        else:
            return False
        self.at += taken
        return True

    def _particle(self, run: list[str]) -> int:
        """How many words are a particle of the next; none where that would use up all the name.

        Ван Иван is a man called Ван: the particle would leave nothing but a given name.
        """
        length = phrase_length(run, 0, "surname_particle")
        if len(run) <= length:
            return 0
        alone = not self.name.words and len(run) == length + 1
        return 0 if alone and is_given_name(run[length]) else length

    def _run(self) -> list[str]:
        """The words from here to the next comma, bracket or break."""
        run = []
        for kind, text in self.pieces[self.at :]:
            if kind != "word":
                break
            run.append(text)
        return run

    def _rest(self) -> str:
        rest = _rejoin(self.pieces[self.at :])
        self.at = len(self.pieces)
        return rest

    def _until_comma(self) -> str:
        run = self._run()
        self.at += len(run)
        if not run and self.at < len(self.pieces) and self.pieces[self.at][0] == "quote":
            self.at += 1
            return self.pieces[self.at - 1][1]
        return " ".join(run)

    def _aside(self, text: str, nickname: bool = False) -> None:
        is_remark = phrase_length(text.split(), 0, "remark") > 0
        if any(char.isalpha() for char in text) and not is_remark:
            self.name.asides.append(Aside(text.strip(), len(self.name.words), nickname))


def is_one_name(text: str) -> bool:
    """Whether there is nothing to cut: a plain word which says nothing but a name."""
    return (
        1 < len(text) <= _MAX_LENGTH
        and text.isalpha()
        and is_plain(text)
        and not begins_phrase(text)
    )


def cut_name(text: str) -> NameText:
    """Cut ``text`` up; look-alike letters are put right, case and accents stay."""
    clean = fold_lookalikes(unify_signs(text[:_MAX_LENGTH]))
    if "/" in clean:
        clean = _EITHER.sub(r" (\1)", clean)
    return _Cutter(list(_pieces(clean))).cut()


def with_blank(text: str) -> str | None:
    """Put back a blank that got lost between two words ("TjedorFourman"); None where none did."""
    spaced = _MISSING_BLANK.sub(" ", text)
    return spaced if spaced != text else None

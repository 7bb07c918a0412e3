"""The text of a plate or stone for a man whose identity is decided, and help in proofreading it.

Pure: it knows no database. What is cut in stone is taken from what sources write, never guessed: a
line for which there is no source stays empty, and a proof names every letter and every difference.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields

from sexton.dates import read_date
from sexton.messages import N_, Message
from sexton.names import lookalikes, script
from sexton.web.cases.ranks import rank_in
from sexton.web.cases.romanising import romanise

NAME_PARTS = ("surname", "given", "patronymic")
DATES = ("birth_date", "death_date")

MIXED = N_("The letter %(at)d of “%(text)s” is the %(is)s, where the %(meant)s is meant.")
WRONG_SCRIPT = N_("“%(text)s” is not written in %(script)s letters throughout.")
NO_RULE = N_("For the letter “%(letter)s” the spelling of this language has no rule.")
NOT_IN_SOURCES = N_("No source writes “%(text)s” in these letters.")
STONE_DIFFERS = N_("%(where)s writes the name “%(text)s”.")
DATES_DIFFER = N_("Sources differ on the year: %(years)s.")
NO_NAME = N_("No source writes his name in Cyrillic letters.")
UNREAD = N_("No source gives this year exactly.")


@dataclass(frozen=True, slots=True)
class Voice:
    """What one source says of the man: what it is called, and its cells by column."""

    title: str
    cells: Mapping[str, str]

    @property
    def name(self) -> str:
        """The name as it writes it, the surname first where it writes parts."""
        parts = " ".join(self.cells[part] for part in NAME_PARTS if self.cells.get(part))
        return parts or self.cells.get("name", "")


@dataclass(frozen=True, slots=True)
class Plate:
    """The lines of a plate; what no source gives is empty."""

    cyrillic: str = ""
    latin: str = ""
    years: str = ""
    rank_cyrillic: str = ""
    rank_latin: str = ""
    origin_cyrillic: str = ""
    origin_latin: str = ""

    def lines(self) -> dict[str, str]:
        return asdict(self)

    @classmethod
    def of(cls, lines: Mapping[str, str]) -> Plate:
        """The plate of lines that somebody wrote; blanks are unified, nothing else."""
        return cls(**{name: " ".join(lines.get(name, "").split()) for name in LINES})

    @property
    def in_cyrillic(self) -> list[str]:
        """What is cut in Cyrillic letters, line by line."""
        return [one for one in (self.rank_cyrillic, self.cyrillic, self.origin_cyrillic) if one]

    @property
    def in_latin(self) -> list[str]:
        return [one for one in (self.rank_latin, self.latin, self.origin_latin) if one]


LINES = tuple(column.name for column in fields(Plate))
SCRIPTS = {
    name: "latin" if name.endswith("latin") else "cyrillic" for name in LINES if name != "years"
}


@dataclass(frozen=True, slots=True)
class Letter:
    """A sign of a line, and what it is called in Unicode; ``odd`` where it is of another script."""

    sign: str
    called: str
    odd: bool


@dataclass(frozen=True, slots=True)
class Proof:
    """What a reader of a plate should look at: the letters of each line, and what is remarkable."""

    letters: dict[str, list[Letter]]
    remarks: dict[str, list[Message]]

    @property
    def is_clean(self) -> bool:
        return not any(self.remarks.values())


def compose(voices: Sequence[Voice], convention: str) -> Plate:
    """The plate that sources give, the first of them before the others.

    The Latin name is the Cyrillic one as the commune's language writes it; where no source writes
    it in Cyrillic, it is what the first source writes.
    """
    cyrillic = _first(voice.name for voice in voices if script(voice.name) == "cyrillic")
    written = _first(voice.name for voice in voices if script(voice.name) == "latin")
    origin = _first(voice.cells.get("birth_place", "") for voice in voices)
    is_cyrillic = script(origin) == "cyrillic"
    rank = _first(voice.cells.get("rank", "") for voice in voices)
    return Plate(
        cyrillic=cyrillic,
        latin=romanise(cyrillic, convention) if cyrillic else written,
        years=_years(voices),
        rank_cyrillic=rank_in(rank, "ru"),
        rank_latin=rank_in(rank, convention),
        origin_cyrillic=origin if is_cyrillic else "",
        origin_latin=romanise(origin, convention) if is_cyrillic else origin,
    )


def proof(plate: Plate, voices: Sequence[Voice], convention: str) -> Proof:
    """Look at a plate letter by letter, and beside every source."""
    lines = plate.lines()
    remarks = {name: list(_remarks(name, lines[name], voices)) for name in LINES}
    if not plate.cyrillic:
        remarks["cyrillic"].append(Message(NO_NAME))
    rule = romanise(plate.cyrillic, convention)
    remarks["latin"] += [
        Message(NO_RULE, {"letter": sign})
        for sign in dict.fromkeys(rule)
        if _script(sign) == "cyrillic"
    ]
    remarks["years"] += _of_years(voices)
    letters = {name: [_letter(name, sign) for sign in lines[name]] for name in LINES}
    return Proof(letters, remarks)


def _first(texts: Iterable[str]) -> str:
    return next((text for text in texts if text), "")


def _years(voices: Sequence[Voice]) -> str:
    told = [_first(_year(voice.cells.get(date, "")) for voice in voices) for date in DATES]
    return " – ".join(year or "?" for year in told) if any(told) else ""


def _year(written: str) -> str:
    """The year of a date, where it can be no other ("" else)."""
    reading = read_date(written)
    years = reading.years if reading else None
    return str(years[0]) if years and years[0] == years[1] else ""


def _remarks(name: str, text: str, voices: Sequence[Voice]) -> Iterable[Message]:
    for found in lookalikes(text):
        yield Message(
            MIXED,
            {
                "at": found.position + 1,
                "text": text,
                "is": _called(found.char),
                "meant": _called(found.intended),
            },
        )
    wanted = SCRIPTS.get(name)
    if wanted and text and script(text) not in {wanted, "none"}:
        yield Message(WRONG_SCRIPT, {"text": text, "script": wanted.capitalize()})
    if name in {"cyrillic", "latin"} and text:
        yield from _of_name(text, SCRIPTS[name], voices)


def _of_name(text: str, wanted: str, voices: Sequence[Voice]) -> Iterable[Message]:
    """Whether a source writes the name so, and which write it otherwise."""
    written = [voice for voice in voices if voice.name and script(voice.name) == wanted]
    if not any(_words(voice.name) == _words(text) for voice in written):
        yield Message(NOT_IN_SOURCES, {"text": text})
    for voice in written:
        if _words(voice.name) != _words(text):
            yield Message(STONE_DIFFERS, {"where": voice.title, "text": voice.name})


def _words(text: str) -> list[str]:
    """The words of a name in any order, as they are compared: letters, not their case."""
    return sorted(unicodedata.normalize("NFC", text).casefold().replace(",", " ").split())


def _of_years(voices: Sequence[Voice]) -> Iterable[Message]:
    for date in DATES:
        told = [(voice.title, _year(voice.cells.get(date, ""))) for voice in voices]
        years = dict.fromkeys(year for _, year in told if year)
        if len(years) > 1:
            shown = "; ".join(f"{year} ({title})" for title, year in told if year)
            yield Message(DATES_DIFFER, {"years": shown})
        if not years:
            yield Message(UNREAD)


def _letter(name: str, sign: str) -> Letter:
    wanted = SCRIPTS.get(name, "")
    found = _script(sign)
    return Letter(sign, _called(sign), bool(found and wanted and found != wanted))


def _script(sign: str) -> str:
    found = script(sign)
    return "" if found == "none" else found


def _called(sign: str) -> str:
    return unicodedata.name(sign, "?").lower() if sign != " " else "space"

"""Russian names in the genitive ("grave of …": Владимира Талды), brought back to the nominative."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from sexton.names.folding import fold, script
from sexton.names.readings import NameReading
from sexton.names.tables import read_table

_FLEETING = {"павел": "павла", "пётр": "петра", "петр": "петра", "лев": "льва"}
_SOFTENING = "гкхжшчщ"
_MAN, _WOMAN = "m", "f"

# (ending in the genitive, ending in the nominative), the first that fits is taken.
_SURNAME_ENDINGS = {
    _MAN: (
        (r"(?<=[оеёиы][вн])а$", ""),
        (r"(?<=[сц]к)ого$", "ий"),
        (r"(?<=[гкхжшчщ])ого$", "ий"),
        (r"ого$", "ый"),
        (r"его$", "ий"),
        (r"ы$", "а"),
        (r"(?<=[гкхжшчщ])и$", "а"),
        (r"и$", "я"),
        (r"(?<=[аеёиоуыэюя])я$", "й"),
        (r"я$", "ь"),
        (r"(?<=[бвгдзклмнпрстфхцчшщ])а$", ""),
    ),
    _WOMAN: (
        (r"(?<=[оеёиы][вн])ой$", "а"),
        (r"(?<=[сц]к)ой$", "ая"),
        (r"ой$", "ая"),
        (r"ы$", "а"),
        (r"(?<=[гкхжшчщ])и$", "а"),
        (r"и$", "я"),
    ),
}
_PATRONYMIC_ENDINGS = (
    (re.compile(r"(?<=ич)а$", re.I), ""),
    (re.compile(r"(?<=[вч]н)ы$", re.I), "а"),
)


def _genitive(name: str) -> str:
    """The genitive of a given name in small letters."""
    if name in _FLEETING:
        return _FLEETING[name]
    if name[-1] in "йь":
        return name[:-1] + "я"
    if name[-1] == "а":
        return name[:-1] + ("и" if name[-2:-1] in _SOFTENING else "ы")
    return name[:-1] + "и" if name[-1] == "я" else name + "а"


@cache
def _genitives() -> dict[str, tuple[str, str]]:
    """Genitive of every canonical given name in small letters: (nominative, sex)."""
    names = {row["canonical"]: row["sex"] for row in read_table("given_names.tsv")}
    return {_genitive(name.lower()): (name, sex) for name, sex in names.items()}


def nominative_given(text: str) -> str | None:
    """The given name whose genitive ``text`` is (Владимира: Владимир), or None."""
    found = _genitives().get(fold(text))
    return found[0] if found else None


def nominative_patronymic(text: str) -> str | None:
    """The patronymic whose genitive ``text`` is (Ивановича: Иванович), or None."""
    for ending, nominative in _PATRONYMIC_ENDINGS:
        if ending.search(text):
            return ending.sub(nominative, text)
    return None


def _nominative_surname(text: str, sex: str) -> str:
    for ending, nominative in _SURNAME_ENDINGS[sex]:
        if re.search(ending, text, re.I):
            nominative = nominative.upper() if text.isupper() else nominative
            return re.sub(ending, nominative, text, flags=re.I)
    return text


def in_nominative(reading: NameReading) -> NameReading | None:
    """The same reading with every part brought back from the genitive.

    None unless the given name is the genitive of a known one: a surname alone (Иванова) may
    as well be a woman's.
    """
    found = _genitives().get(fold(reading.given or ""))
    if found is None or script(reading.given or "") != "cyrillic":
        return None
    given, sex = found
    patronymic = reading.patronymic
    return replace(
        reading,
        given=given,
        surname=reading.surname and _nominative_surname(reading.surname, sex),
        patronymic=patronymic and (nominative_patronymic(patronymic) or patronymic),
        form="restored",
    )

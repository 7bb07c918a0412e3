"""Ranks of the Red Army, in Russian and as the languages of communes call them.

Personal ranks as they were from 1935 (the order of 22 September of the Central Executive Committee
and the Council of People's Commissars) with those of 1939 and 1940, and the words of before and
after for a private. A rank that is not among them stands on a plate as its source writes it, in the
line of its own script. Pure.
"""

from __future__ import annotations

from sexton.names import fold, script

_ROWS = """
красноармеец; рядовой; боец; солдат|soldat|soldaat|Soldat|private
краснофлотец; матрос|matelot|matroos|Matrose|seaman
ефрейтор|caporal|korporaal|Gefreiter|lance corporal
младший сержант; мл. сержант|sergent|sergeant|Unteroffizier|junior sergeant
сержант|sergent|sergeant|Sergeant|sergeant
старший сержант; ст. сержант|sergent-chef|eerste sergeant|Obersergeant|senior sergeant
старшина|adjudant|adjudant|Hauptfeldwebel|sergeant major
младший лейтенант; мл. лейтенант|sous-lieutenant|onderluitenant|Unterleutnant|junior lieutenant
лейтенант|lieutenant|luitenant|Leutnant|lieutenant
старший лейтенант; ст. лейтенант|lieutenant|eerste luitenant|Oberleutnant|senior lieutenant
капитан|capitaine|kapitein|Hauptmann|captain
майор|major|majoor|Major|major
подполковник|lieutenant-colonel|luitenant-kolonel|Oberstleutnant|lieutenant colonel
полковник|colonel|kolonel|Oberst|colonel
политрук|politrouk|politroek|Politruk|political instructor
"""
_LANGUAGES = ("ru", "fr", "nl", "de", "en")
_RANKS = [[cell.split("; ") for cell in row.split("|")] for row in _ROWS.strip().splitlines()]
_KNOWN = {fold(word): row for row in reversed(_RANKS) for cell in row for word in cell}


def rank_in(written: str, language: str) -> str:
    """A rank as a language calls it ("" where there is none to tell).

    >>> rank_in("красноармеец", "nl"), rank_in("soldat", "ru"), rank_in("военврач", "ru")
    ('soldaat', 'красноармеец', 'военврач')
    """
    row = _KNOWN.get(fold(written))
    if row is None:
        own = "ru" if script(written) == "cyrillic" else ""
        return written if (language == "ru") == (own == "ru") else ""
    known = row[_LANGUAGES.index(language)]
    if language == "ru" and fold(written) in {fold(word) for word in known}:
        return written
    return known[0]

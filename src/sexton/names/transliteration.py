"""Cyrillic letters in Latin ones by ISO 9:1995: one sign for each letter, and back again.

It is a rule and no reading: nothing is said of how the name was spoken, or how a clerk wrote it.
"""

from __future__ import annotations

__all__ = ["RULE", "transliterate"]

RULE = "ISO 9:1995"
_LETTERS = (
    "а=a б=b в=v г=g ґ=g̀ д=d е=e ё=ë є=ê ж=ž з=z и=i і=ì ї=ï й=j к=k л=l м=m н=n о=o п=p р=r "
    "с=s т=t у=u ў=ŭ ф=f х=h ц=c ч=č ш=š щ=ŝ ъ=ʺ ы=y ь=ʹ э=è ю=û я=â"
)
_SMALL = dict(pair.split("=") for pair in _LETTERS.split(" "))
_TABLE = str.maketrans(_SMALL | {a.upper(): b.capitalize() for a, b in _SMALL.items()})


def transliterate(text: str) -> str:
    """A text in Cyrillic letters in those of ISO 9; any other letter stays as it is.

    >>> transliterate("Шатунов Афанасий")
    'Šatunov Afanasij'
    """
    return text.translate(_TABLE)

"""How a Russian name is spelt by convention, and how a Latin spelling is read back.

Written from the published conventions, apart from the tables of ``sexton.names``, which they serve
to test: the French spelling of newspapers and civil registers, the German one of Duden, the Dutch
one of Onze Taal, the Polish one of PWN, BGN/PCGN (1947) and ALA-LC (1997, without ligatures and
marks), ISO 9:1995. The endings -off and -eff are those of French registers of the time.
"""

from __future__ import annotations

import random
from collections.abc import Callable

VOWELS = frozenset("аеёиоуыэюя")
SOFT = frozenset("ьъ")
LETTERS = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"


def _table(values: str) -> dict[str, str]:
    """Letter to spelling, from spellings in the order of the alphabet ("-" for none)."""
    return dict(zip(LETTERS, ("" if v == "-" else v for v in values.split()), strict=True))


FRENCH = _table("a b v g d e io j z i ï k l m n o p r s t ou f kh ts tch ch chtch - y - e iou ia")
GERMAN = _table(
    "a b w g d e jo sch s i j k l m n o p r s t u f ch z tsch sch schtsch - y - e ju ja"
)
DUTCH = _table("a b v g d e jo zj z i j k l m n o p r s t oe f ch ts tsj sj sjtsj - y - e joe ja")
POLISH = _table("a b w g d ie io ż z i j k ł m n o p r s t u f ch c cz sz szcz - y - e iu ia")
BGN = _table("a b v g d e e zh z i y k l m n o p r s t u f kh ts ch sh shch - y - e yu ya")
ALA = _table("a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch - y - e iu ia")
ISO9 = _table("a b v g d e ë ž z i j k l m n o p r s t u f h c č š ŝ - y - è û â")


def french(word: str) -> str:
    text = _spelt(word, FRENCH, {"е": "ie"})
    for hard in "ei":
        text = text.replace(f"g{hard}", f"gu{hard}")
    return text.replace("iï", "i") + ("e" if word.endswith(("ин", "ын")) else "")


def french_old(word: str) -> str:
    """As above, with the -off and -eff of the time."""
    text = french(word)
    return text[:-1] + "ff" if text.endswith(("ov", "ev")) else text


def german(word: str) -> str:
    text = _spelt(word, GERMAN, {"е": "je"})
    return text.replace("ij", "i") if text.endswith("ij") else text


def dutch(word: str) -> str:
    text = _spelt(word, DUTCH, {"е": "je"})
    return text[:-2] + "i" if text.endswith("ij") else text


def polish(word: str) -> str:
    text = _spelt(word, POLISH, {"е": "je", "ё": "jo", "ю": "ju", "я": "ja"})
    for written, spelt in (
        ("łi", "li"),
        ("cie", "ce"),
        ("żie", "że"),
        ("szie", "sze"),
        ("czie", "cze"),
    ):
        text = text.replace(written, spelt)
    return text


def bgn(word: str) -> str:
    text = _spelt(word, BGN, {"е": "ye", "ё": "ye"})
    return text[:-2] + "y" if text.endswith(("iy", "yy")) else text


def ala(word: str) -> str:
    return _spelt(word, ALA, {})


def iso9(word: str) -> str:
    return _spelt(word, ISO9, {})


def _spelt(word: str, table: dict[str, str], begins: dict[str, str]) -> str:
    """Letter by letter; ``begins`` is for a letter at the start, behind a vowel or a sign."""
    found = []
    for place, letter in enumerate(word):
        before = word[place - 1] if place else ""
        fresh = not before or before in VOWELS or before in SOFT
        found.append(begins[letter] if fresh and letter in begins else table.get(letter, letter))
    return "".join(found)


CONVENTIONS: dict[str, Callable[[str], str]] = {
    "French": french,
    "French -off": french_old,
    "German": german,
    "Dutch": dutch,
    "Polish": polish,
    "English (BGN/PCGN)": bgn,
    "ALA-LC": ala,
    "ISO 9": iso9,
    "Cyrillic": lambda word: word,
}

# Latin spellings read back, longest first, by the convention that the letters look like.
_COMMON = (
    ("b", "б"), ("d", "д"), ("f", "ф"), ("k", "к"), ("l", "л"), ("m", "м"), ("n", "н"), ("p", "п"),
    ("r", "р"), ("t", "т"), ("a", "а"), ("o", "о"), ("e", "е"), ("i", "и"), ("u", "у"), ("v", "в"),
    ("x", "кс"), ("c", "к"), ("h", "г"), ("q", "к"), ("y", "и"), ("w", "в"), ("z", "з"), ("s", "с"),
    ("j", "ж"), ("g", "г"),
)  # fmt: skip
_BACK: dict[str, tuple[tuple[str, str], ...]] = {
    "German": (
        ("schtsch", "щ"), ("tsch", "ч"), ("sch", "ш"), ("ch", "х"), ("ja", "я"), ("ju", "ю"),
        ("jo", "ё"), ("je", "е"), ("tz", "ц"), ("ff", "в"), ("z", "ц"), ("j", "й"),
    ),
    "Dutch": (
        ("sjtsj", "щ"), ("tsj", "ч"), ("sj", "ш"), ("zj", "ж"), ("ch", "х"), ("joe", "ю"),
        ("oe", "у"), ("ja", "я"), ("je", "е"), ("ts", "ц"), ("ij", "ий"), ("ief", "иев"),
        ("j", "й"),
    ),
    "French": (
        ("chtch", "щ"), ("tch", "ч"), ("ch", "ш"), ("sh", "ш"), ("kh", "х"), ("iou", "ю"),
        ("you", "ю"), ("ou", "у"), ("ia", "я"), ("ya", "я"), ("ie", "е"), ("ye", "е"), ("gu", "г"),
        ("ts", "ц"), ("off", "ов"), ("eff", "ев"), ("ï", "й"), ("ss", "с"), ("ine", "ин"),
    ),
    "English": (
        ("shch", "щ"), ("ch", "ч"), ("sh", "ш"), ("zh", "ж"), ("kh", "х"), ("ts", "ц"), ("yu", "ю"),
        ("ya", "я"), ("ye", "е"), ("off", "ов"), ("iy", "ий"), ("j", "й"),
    ),
}  # fmt: skip
_SIGNS = (
    ("Dutch", ("tsj", "sj", "zj", "oe")),
    ("German", ("sch", "tsch", "w", "ja", "ju")),
    ("French", ("ou", "tch", "ch", "ï", "off", "eff", "gu", "ine")),
)


def convention_of(latin: str) -> str:
    """The convention whose letters a Latin spelling has; English where it has none's."""
    return next((name for name, signs in _SIGNS if any(s in latin for s in signs)), "English")


def read_back(latin: str) -> str:
    """A Russian name that may stand behind a Latin spelling."""
    rules = (*_BACK[convention_of(latin)], *_COMMON)
    found, place = [], 0
    while place < len(latin):
        rule = next((r for r in rules if latin.startswith(r[0], place)), None)
        found.append(rule[1] if rule else latin[place])
        place += len(rule[0]) if rule else 1
    return "".join(found)


def slipped(word: str, chance: random.Random) -> str:
    """One letter lost or doubled, not the first: what a hand does that types from a stone."""
    if len(word) < 4:
        return word
    at = chance.randrange(1, len(word))
    return word[:at] + word[at + 1 :] if chance.random() < 0.5 else word[:at] + word[at] + word[at:]

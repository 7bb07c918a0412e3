"""Writing a Russian name as a clerk of one country would: where simulated spellings start.

The rules are those of each country's press and registry practice about 1940 as generally known,
written down for simulations alone: they measure `sexton.names`, so its tables are not read. A
letter may have several spellings, of which one is drawn; the first is twice as likely as each of
the others.
"""

from __future__ import annotations

from random import Random
from typing import TypeVar

_PLAIN = dict(zip("абгдеиклмнопрт", "abgdeiklmnoprt", strict=True))
_PLAIN |= {"ъ": "", "ь": "", "э": "e", "ы": "y"}
_Rules = dict[str, tuple[str, ...]]
_Drawn = TypeVar("_Drawn", str, tuple[str, str])

# Card files of the camps: Duden transliteration; s for both з and с, -w at the end.
_GERMAN: _Rules = {
    "в": ("w",), "ж": ("sh", "sch"), "з": ("s",), "й": ("j", "i"), "с": ("s",), "у": ("u",),
    "ф": ("f",), "х": ("ch",), "ц": ("z",), "ч": ("tsch",), "ш": ("sch",), "щ": ("schtsch",),
    "ю": ("ju",), "я": ("ja",),
}  # fmt: skip
# Belgian and French registers: ou, ch, tch, j; -off and -eff at the end (below).
_FRENCH: _Rules = {
    "в": ("v",), "ж": ("j",), "з": ("z",), "й": ("i", "ï"), "с": ("s",), "у": ("ou",),
    "ф": ("f",), "х": ("kh",), "ц": ("ts",), "ч": ("tch",), "ш": ("ch",), "щ": ("chtch",),
    "ю": ("iou", "you"), "я": ("ia", "ya"),
}  # fmt: skip
# Flemish registers: oe, sj, tsj, zj, ch.
_DUTCH: _Rules = {
    "в": ("v", "w"), "ж": ("zj",), "з": ("z",), "й": ("j",), "с": ("s",), "у": ("oe",),
    "ф": ("f",), "х": ("ch",), "ц": ("ts",), "ч": ("tsj",), "ш": ("sj",), "щ": ("sjtsj",),
    "ю": ("joe",), "я": ("ja",),
}  # fmt: skip
_POLISH: _Rules = {
    "в": ("w",), "ж": ("ż", "z"), "з": ("z",), "й": ("j",), "с": ("s",), "у": ("u",), "ф": ("f",),
    "х": ("ch",), "ц": ("c",), "ч": ("cz",), "ш": ("sz",), "щ": ("szcz",), "ю": ("iu", "ju"),
    "я": ("ia", "ja"),
}  # fmt: skip
_ENGLISH: _Rules = {
    "в": ("v",), "ж": ("zh",), "з": ("z",), "й": ("y",), "с": ("s",), "у": ("u",), "ф": ("f",),
    "х": ("kh",), "ц": ("ts",), "ч": ("ch",), "ш": ("sh",), "щ": ("shch",), "ю": ("yu",),
    "я": ("ya",),
}  # fmt: skip
# ISO 9 of the libraries.
_SCHOLARLY: _Rules = {
    "в": ("v",), "ж": ("ž",), "з": ("z",), "й": ("j",), "с": ("s",), "у": ("u",), "ф": ("f",),
    "х": ("h", "ch"), "ц": ("c",), "ч": ("č",), "ш": ("š",), "щ": ("šč",), "ю": ("ju",),
    "я": ("ja",),
}  # fmt: skip
RULES = {
    "German": _GERMAN,
    "French": _FRENCH,
    "Dutch": _DUTCH,
    "Polish": _POLISH,
    "English": _ENGLISH,
    "scholarly": _SCHOLARLY,
}
# Whose hand a garbled form went through: camps wrote German, Belgian registers and stones French or
# Dutch (judged from where the records were made, not counted).
HANDS = {"German": 0.45, "French": 0.40, "Dutch": 0.15}
# How -ов and -ев end in each practice; first spelling twice as likely.
_ENDINGS: dict[str, tuple[tuple[str, str], ...]] = {
    "German": (("ow", "ew"),),
    "French": (("ov", "ev"), ("off", "eff")),
    "Dutch": (("ov", "ev"), ("of", "ef"), ("ow", "ew")),
}
_IOTATED = {"German": "je", "Dutch": "je", "Polish": "je", "English": "ye", "French": "ie"}
_VOWELS = "аеёиоуыэюяьъ"


def write(name: str, country: str, random: Random) -> str:
    """Write ``name`` (small Russian letters) by the rules of ``country``."""
    endings = _ENDINGS.get(country)
    stem, end = name, ""
    if endings and name.endswith(("ов", "ев")):
        hard, soft = _drawn(endings, random)
        stem, end = name[:-2], hard if name.endswith("ов") else soft
    letters = [_letter(stem, at, country, random) for at in range(len(stem))]
    return "".join(letters) + end


def _letter(name: str, at: int, country: str, random: Random) -> str:
    letter = name[at]
    if letter in "её" and (at == 0 or name[at - 1] in _VOWELS) and country in _IOTATED:
        # Half of the clerks write the glide of е after a vowel or at the beginning.
        return _IOTATED[country] if random.random() < 0.5 else "e"
    if letter == "ё":
        return "e"
    if country == "French" and letter == "с":
        return "ss" if _between_vowels(name, at) and random.random() < 0.5 else "s"
    return _drawn(RULES[country].get(letter) or (_PLAIN.get(letter, letter),), random)


def _between_vowels(name: str, at: int) -> bool:
    return 0 < at < len(name) - 1 and name[at - 1] in _VOWELS and name[at + 1] in _VOWELS


def _drawn(choices: tuple[_Drawn, ...], random: Random) -> _Drawn:
    return random.choices(choices, [2, *[1] * (len(choices) - 1)])[0]


def drawn_hand(random: Random) -> str:
    """A country, as often as ``HANDS`` says."""
    return random.choices(list(HANDS), list(HANDS.values()))[0]

"""How a place name sounds, whichever clerk wrote it in whichever spelling.

One capital letter stands for each group of sounds that clerks take for one another: X for ш щ ч ж
(fr ch tch j, de sch tsch, nl sj tsj, pl sz cz, en sh ch zh), S for з с ц, V for в ф, H for г х,
A for а о я, I for и ы е э ё, U for у ю. It serves to find candidates and to score two spellings,
and loses distinctions on purpose. A letter that two conventions read in two ways (ch is ш, ч or х;
j is ж or й) gives a second sound.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from operator import itemgetter

_CYRILLIC = str.maketrans(
    dict(
        zip(
            "абвгґдеёзиклмнопрстуфхцыэіїєўқғҳңөүұһәӣӯєљњ",
            "ABVHHDIISIKLMNAPRSTUVHSIIIIIVKHHNAUUHAIUILN",
            strict=True,
        )
    )
    | dict.fromkeys("жчшщҷџ", "X")
    | {"й": "", "ь": "", "ъ": "", "ю": "U", "я": "A", "ј": ""}
)
_HUSHING = re.compile(
    r"schtsch|chtch|shch|stch|stsch|szcz|sjtsj|tsch|tsj|tch|sch|ch|sh|sz|cz|zh|zj|sj|[šžčćśż]"
)
# A j before a vowel is й here, and ж in the second sound.
_J_BESIDE_VOWEL = re.compile(r"j(?=[aeiouy])|(?<=[aeiouy])j$")
_BREATHED = re.compile(r"[gk]h|gu(?=[ei])")
_HISSING = re.compile(r"ts|tz|dz|c(?=[eiy])")
_U_SOUND = re.compile(r"[iy](?:ou|u|oe)|ou|oe")
_YO = re.compile(r"[iy]o(?=.)")
_SOFT = re.compile(r"[iy](?=[ae])")
_LETTERS = str.maketrans(
    dict(zip("abcdefghiklmnopqrstuvwyzjß", "ABKDIVHHIKLMNAPKRSTUVVISXS", strict=True))
)
_MARKS_KEPT = str.maketrans({"š": "X", "ž": "X", "č": "X", "ć": "X", "ś": "X", "ż": "X", "ł": "l"})
_DOUBLED = re.compile(r"(.)\1+")
_first_of = itemgetter(1)
# A word without such a letter is Cyrillic: the rules of Latin spelling have nothing to do there.
_LATIN_LETTER = re.compile("[a-z\u00c0-\u024f]")
_ACCENTED = re.compile("[\u0080-\u03ff]")


class _Sounds(dict[int, str]):
    """The sound of each sign, by its number; "" for one without."""

    def __missing__(self, sign: int) -> str:
        sound = self[sign] = chr(sign) if "A" <= chr(sign) <= "X" else ""
        return sound


_SOUNDS = _Sounds(_CYRILLIC | _LETTERS)


def _plain(text: str) -> str:
    """Lower case without spaces, signs and accents (Cyrillic й and ё, and Slavic š ž č, stay)."""
    lowered = unicodedata.normalize("NFC", text).lower()
    if not _ACCENTED.search(lowered):
        return lowered if lowered.isalpha() else "".join(filter(str.isalpha, lowered))
    marked = lowered.translate(_MARKS_KEPT)
    return "".join([_bare(char) for char in marked if char.isalpha()])


@lru_cache(maxsize=4096)
def _bare(char: str) -> str:
    return char if char >= "\u0400" else unicodedata.normalize("NFD", char)[0]


def _sound_of(plain: str) -> str:
    if _LATIN_LETTER.search(plain):
        plain = _latin(plain)
    sounded = plain.translate(_SOUNDS).replace("TS", "S")
    return _DOUBLED.sub(_first_of, sounded)


def _latin(plain: str) -> str:
    """The groups of Latin letters that are one sound as capitals, which no later rule touches.

    A search for what seldom stands there costs more than to ask for one of its letters first.
    """
    plain = _HUSHING.sub("X", plain)
    if "j" in plain:
        plain = _J_BESIDE_VOWEL.sub("", plain).replace("j", "X")
    plain = plain.replace("ck", "K")
    if "h" in plain or "gu" in plain:
        plain = _BREATHED.sub("H", plain).replace("ph", "V")
    plain = _HISSING.sub("S", plain).replace("x", "KS")
    if "u" in plain or "oe" in plain:
        plain = _U_SOUND.sub("U", plain)
    if "i" in plain or "y" in plain:
        plain = _SOFT.sub("", _YO.sub("I", plain))
    return plain


@lru_cache(maxsize=200_000)
def sounds(text: str) -> tuple[str, ...]:
    """The sounds ``text`` may have: one, or two where ch or j is read in two ways; () for none."""
    plain = _plain(text)
    found = [_sound_of(plain)]
    if "ch" in plain:
        found.append(_sound_of(re.sub(r"(?<![stz])ch(?!tch)", "h", plain)))
    if "j" in plain:
        found.append(_sound_of(plain.replace("j", "X")))
    return tuple(dict.fromkeys(sound for sound in found if sound))


def key(sound: str) -> str:
    """The consonants of a sound, with A for a vowel at the beginning: the index of a gazetteer."""
    if not sound:
        return ""
    first = "A" if sound[0] in "AIU" else ""
    return first + _consonants(sound)


def _consonants(sound: str) -> str:
    return sound.replace("A", "").replace("I", "").replace("U", "")


@lru_cache(maxsize=200_000)
def stem(sound: str) -> str:
    """The sound without its ending, so that a town and its adjective agree (Щёлково, Щёлковский).

    The suffix -sk- goes only when three consonants remain: Курск and Омск keep theirs.
    """
    open_ended = sound.rstrip("AIU")
    bare = open_ended.removesuffix("SK")
    if len(_consonants(bare)) >= 3:
        return bare
    return open_ended or sound

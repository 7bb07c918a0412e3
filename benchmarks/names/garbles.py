"""Simulated misspellings: each channel of the domain notes by rules of its own.

Real surnames are drawn as often as they are borne (russiannames 2.0.0), written by a clerk
(``clerks``), and spoilt once in the way of one channel. The rules are hand-written from the
description of the channels and general knowledge of the languages and hands concerned; Sexton's
tables are not read and no pair of the real graves was copied. Every form is SIMULATED.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from itertools import accumulate
from random import Random

from benchmarks.names.clerks import RULES, drawn_hand, write
from benchmarks.names.queries import Query
from benchmarks.names.vocabulary import read_counts

SEED = 1945
PER_CHANNEL = 100
LEAST_LETTERS, LEAST_COUNT = 5, 3
_RUSSIAN = re.compile("[а-я]+")
_VOWELS = "аеиоуыэюяйьъ"
# Letters that clerks double, for the sound of the vowel before or from habit.
_DOUBLED = "fklmnprstoe"

Rules = tuple[tuple[str, str], ...]

# What a western ear takes for what (general phonetics of Russian beside German, French, Dutch).
HEARD: Rules = (
    ("о", "а"),  # unstressed о is said as а
    ("а", "о"),  # and clerks who knew put back an о that was none
    ("е", "и"),  # unstressed е is said near и
    ("и", "е"),
    ("я", "е"),
    ("ы", "и"),  # no such vowel in the west
    ("г", "х"),  # southern Russian and Ukrainian г is a breathed sound
    ("х", "к"),  # no such sound in French
    ("х", "г"),
    ("ф", "хв"),  # Ukrainian country speech has хв for ф
    ("б", "п"),  # voiced and voiceless: Saxon and Flemish ears keep them badly apart
    ("п", "б"),
    ("д", "т"),
    ("т", "д"),
    ("з", "с"),
    ("ж", "ш"),
    ("в", "ф"),
    ("к", "г"),
    ("щ", "ш"),  # no such sound in the west
    ("ч", "ш"),
    ("ц", "с"),
)
# Letters and groups of Latin handwriting of the time (Sütterlin, French ronde, hasty copies) that
# readers confuse: strokes miscounted, loops taken for stems, open and closed bows.
MISREAD: Rules = (
    ("u", "n"), ("n", "u"), ("m", "ni"), ("w", "n"), ("w", "m"), ("r", "v"), ("v", "r"),
    ("e", "c"), ("c", "e"), ("a", "o"), ("o", "a"), ("a", "u"), ("l", "b"), ("b", "l"),
    ("h", "k"), ("k", "h"), ("t", "l"), ("l", "t"), ("f", "s"), ("s", "f"), ("g", "y"),
    ("i", "e"), ("r", "n"), ("n", "r"), ("rn", "m"), ("in", "m"), ("ri", "n"), ("z", "r"),
    ("d", "cl"), ("ch", "dr"), ("tsch", "lsch"), ("p", "j"), ("ou", "on"),
)  # fmt: skip
# Capitals at the head of a name: the flourishes of one are the body of the other.
MISREAD_CAPITALS: Rules = (
    ("s", "l"), ("l", "s"), ("t", "f"), ("f", "t"), ("b", "r"), ("r", "k"), ("k", "r"),
    ("m", "w"), ("w", "m"), ("n", "m"), ("g", "s"), ("p", "d"), ("j", "i"), ("h", "k"),
    ("s", "g"), ("o", "a"), ("d", "o"), ("v", "n"), ("z", "l"),
)  # fmt: skip
# How a reader says the first clerk's letters who takes them for those of his own country, and
# writes what he said: only what differs between the countries.
_READ_AGAIN: dict[str, Rules] = {
    "German": (("sch", "ch"), ("tsch", "tch"), ("w", "v"), ("z", "ts"), ("ch", "k"), ("j", "i")),
    "French": (("ou", "u"), ("ch", "sch"), ("tch", "tsch"), ("v", "w"), ("z", "s"), ("kh", "k")),
    "Dutch": (("oe", "u"), ("sj", "sch"), ("tsj", "tsch"), ("v", "w"), ("zj", "sj"), ("z", "s")),
}
_LOOKALIKES = dict(zip("авекмнорстух", "ABEKMHOPCTYX", strict=True))


def _replaced(name: str, rules: Rules, random: Random) -> str:
    """One place of ``name``, drawn among all where a rule of ``rules`` holds, is put otherwise."""
    places = [(match.start(), old, new) for old, new in rules for match in re.finditer(old, name)]
    if not places:
        return name
    at, old, new = random.choice(places)
    return name[:at] + new + name[at + len(old) :]


def heard(name: str, random: Random) -> str:
    """One or two sounds heard as others, then written."""
    said = _replaced(name, HEARD, random)
    if random.random() < 0.5:
        said = _replaced(said, HEARD, random)
    return write(said, drawn_hand(random), random)


def misread(name: str, random: Random) -> str:
    """One or two letters of the handwriting read as others."""
    written = _replaced(write(name, drawn_hand(random), random), MISREAD, random)
    return _replaced(written, MISREAD, random) if random.random() < 0.5 else written


def misread_capital(name: str, random: Random) -> str:
    """The first letter read as another."""
    written = write(name, drawn_hand(random), random)
    new = [other for old, other in MISREAD_CAPITALS if old == written[0]]
    return (random.choice(new) if new else written[0]) + written[1:]


def lost_letter(name: str, random: Random) -> str:
    """One letter left out by a copyist, not the first."""
    written = write(name, drawn_hand(random), random)
    at = random.randrange(1, len(written))
    return written[:at] + written[at + 1 :]


def doubled_or_added_letter(name: str, random: Random) -> str:
    """A vowel put between two consonants that are hard to say, or one letter doubled."""
    hard = [i for i in range(1, len(name)) if not set(name[i - 1 : i + 1]) & set(_VOWELS)]
    if hard and random.random() < 0.5:
        at = random.choice(hard)
        return write(name[:at] + random.choice("аеои") + name[at:], drawn_hand(random), random)
    written = write(name, drawn_hand(random), random)
    at = random.choice([i for i, letter in enumerate(written) if letter in _DOUBLED] or [0])
    return written[:at] + written[at] + written[at:]


def moved_letter(name: str, random: Random) -> str:
    """Two neighbours changed places."""
    written = write(name, drawn_hand(random), random)
    places = [i for i in range(1, len(written) - 1) if written[i] != written[i + 1]]
    at = random.choice(places)
    return written[:at] + written[at + 1] + written[at] + written[at + 2 :]


def lost_syllable(name: str, random: Random) -> str:
    """A syllable within or at the end left out (consonants and the vowel after them)."""
    syllables = re.findall("[^аеиоуыэюя]*[аеиоуыэюя][йьъ]?|[^аеиоуыэюя]+$", name)
    if len(syllables) < 3:
        return lost_letter(name, random)
    del syllables[random.randrange(1, len(syllables) - 1)]
    return write("".join(syllables), drawn_hand(random), random)


def look_alikes(name: str, random: Random) -> str:
    """A Cyrillic stone or list, keyed with the Latin capitals that look the same.

    Few names have only such letters: here they are drawn alike, however common.
    """
    return "".join(_LOOKALIKES[letter] for letter in name)


def second_spelling(name: str, random: Random) -> str:
    """A misheard form, written in one country, read and written again in another."""
    country = drawn_hand(random)
    written = write(_replaced(name, HEARD, random), country, random)
    again = _replaced(written, _READ_AGAIN[country], random)
    return _replaced(again, _READ_AGAIN[country], random)


def other_ending(name: str, random: Random) -> str:
    """The other sex's form, or an adjective's ending as the clerk's language has it."""
    for old, new in (("ская", "ский"), ("цкая", "цкий"), ("ова", "ов"), ("ева", "ев")):
        if name.endswith(old):
            return write(name[: -len(old)] + new, drawn_hand(random), random)
    if name.endswith(("ский", "цкий")):
        ends = ("y", "i", "ij", "oi", "a", "aja")
        return write(name[:-2], drawn_hand(random), random) + random.choice(ends)
    if name.endswith(("ов", "ев")):
        return write(name, drawn_hand(random), random) + "a"
    if name.endswith("ин"):
        return write(name, drawn_hand(random), random) + random.choice(("a", "e"))
    # A name that is not Russian, or has no ending, is fitted to the commonest one.
    return write(name.rstrip(_VOWELS) + "ов", drawn_hand(random), random)


def two_channels(name: str, random: Random) -> str:
    """Misheard, and then misread or with a letter lost."""
    written = write(_replaced(name, HEARD, random), drawn_hand(random), random)
    return _worse(written, random)


def wrecked(name: str, random: Random) -> str:
    """Misheard twice and spoilt twice on paper."""
    said = _replaced(_replaced(name, HEARD, random), HEARD, random)
    return _worse(_worse(write(said, drawn_hand(random), random), random), random)


def _worse(written: str, random: Random) -> str:
    if random.random() < 0.6:
        return _replaced(written, MISREAD, random)
    at = random.randrange(1, len(written))
    return written[:at] + written[at + 1 :]


def _in_hand_of(country: str) -> Callable[[str, Random], str]:
    return lambda name, random: write(name, country, random)


CHANNELS: dict[str, Callable[[str, Random], str]] = {
    **{f"written by {country} rules": _in_hand_of(country) for country in RULES},
    "misheard": heard,
    "handwriting misread": misread,
    "capital misread": misread_capital,
    "letter lost": lost_letter,
    "letter doubled or added": doubled_or_added_letter,
    "neighbours changed places": moved_letter,
    "syllable lost": lost_syllable,
    "look-alike Latin capitals": look_alikes,
    "second spelling of a misspelling": second_spelling,
    "other sex's or adjective ending": other_ending,
    "misheard, then spoilt on paper": two_channels,
    "wrecked: four faults": wrecked,
}


@cache
def _drawing() -> tuple[list[str], list[int]]:
    counts = read_counts("surname")
    names = [
        name
        for name, count in counts.items()
        if count >= LEAST_COUNT and len(name) >= LEAST_LETTERS and _RUSSIAN.fullmatch(name)
    ]
    return names, list(accumulate(counts[name] for name in names))


def simulated(channel: str, size: int = PER_CHANNEL) -> list[Query]:
    """``size`` distinct simulated spellings of one channel, the same for the same seed."""
    random = Random(f"{SEED} {channel}")
    names, cumulated = _drawing()
    if channel == "look-alike Latin capitals":
        names = [name for name in names if set(name) <= set(_LOOKALIKES)]
        cumulated = list(range(1, len(names) + 1))
    spoil, found = CHANNELS[channel], dict[Query, None]()
    while len(found) < size:
        name = random.choices(names, cum_weights=cumulated)[0]
        found[Query(spoil(name, random), name)] = None
    return list(found)

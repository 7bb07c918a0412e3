"""Misspellings of Russian names: each channel of the domain notes by rules of its own.

A name (small Russian letters) is written by a clerk (`sexton.simulate.clerks`) and spoilt once in
the way of one channel: in the manner of the country ``hand``, or of a drawn one. The rules are
hand-written from the description of the channels and general knowledge of the languages and hands
concerned. They measure `sexton.names`: its tables are not read, and no pair of the real graves was
copied. Every form is SIMULATED.
"""

from __future__ import annotations

import re
from random import Random

from sexton.simulate.clerks import drawn_hand, write

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
LOOKALIKES = dict(zip("авекмнорстух", "ABEKMHOPCTYX", strict=True))


def _replaced(name: str, rules: Rules, random: Random) -> str:
    """One place of ``name``, drawn among all where a rule of ``rules`` holds, is put otherwise."""
    places = [(match.start(), old, new) for old, new in rules for match in re.finditer(old, name)]
    if not places:
        return name
    at, old, new = random.choice(places)
    return name[:at] + new + name[at + len(old) :]


def heard(name: str, random: Random, hand: str = "") -> str:
    """One or two sounds heard as others, then written."""
    said = _replaced(name, HEARD, random)
    if random.random() < 0.5:
        said = _replaced(said, HEARD, random)
    return write(said, hand or drawn_hand(random), random)


def misread(name: str, random: Random, hand: str = "") -> str:
    """One or two letters of the handwriting read as others."""
    written = _replaced(write(name, hand or drawn_hand(random), random), MISREAD, random)
    return _replaced(written, MISREAD, random) if random.random() < 0.5 else written


def misread_capital(name: str, random: Random, hand: str = "") -> str:
    """The first letter read as another."""
    written = write(name, hand or drawn_hand(random), random)
    new = [other for old, other in MISREAD_CAPITALS if old == written[0]]
    return (random.choice(new) if new else written[0]) + written[1:]


def lost_letter(name: str, random: Random, hand: str = "") -> str:
    """One letter left out by a copyist, not the first."""
    written = write(name, hand or drawn_hand(random), random)
    return _without_one(written, random)


def doubled_or_added_letter(name: str, random: Random, hand: str = "") -> str:
    """A vowel put between two consonants that are hard to say, or one letter doubled."""
    hard = [i for i in range(1, len(name)) if not set(name[i - 1 : i + 1]) & set(_VOWELS)]
    if hard and random.random() < 0.5:
        at = random.choice(hard)
        return write(
            name[:at] + random.choice("аеои") + name[at:], hand or drawn_hand(random), random
        )
    written = write(name, hand or drawn_hand(random), random)
    at = random.choice([i for i, letter in enumerate(written) if letter in _DOUBLED] or [0])
    # Of a hard sign alone no clerk writes anything.
    return written[:at] + written[at : at + 1] + written[at:]


def moved_letter(name: str, random: Random, hand: str = "") -> str:
    """Two neighbours changed places."""
    written = write(name, hand or drawn_hand(random), random)
    places = [i for i in range(1, len(written) - 1) if written[i] != written[i + 1]]
    if not places:
        return written
    at = random.choice(places)
    return written[:at] + written[at + 1] + written[at] + written[at + 2 :]


def lost_syllable(name: str, random: Random, hand: str = "") -> str:
    """A syllable within or at the end left out (consonants and the vowel after them)."""
    syllables = re.findall("[^аеиоуыэюя]*[аеиоуыэюя][йьъ]?|[^аеиоуыэюя]+$", name)
    if len(syllables) < 3:
        return lost_letter(name, random, hand)
    del syllables[random.randrange(1, len(syllables) - 1)]
    return write("".join(syllables), hand or drawn_hand(random), random)


def look_alikes(name: str, random: Random) -> str:
    """A Cyrillic stone or list, keyed with the Latin capitals that look the same.

    Few names have only such letters: here they are drawn alike, however common.
    """
    return "".join(LOOKALIKES[letter] for letter in name)


def second_spelling(name: str, random: Random, hand: str = "") -> str:
    """A misheard form, written in one country, read and written again in another."""
    country = hand or drawn_hand(random)
    written = write(_replaced(name, HEARD, random), country, random)
    readings = _READ_AGAIN.get(country, ())
    return _replaced(_replaced(written, readings, random), readings, random)


def other_ending(name: str, random: Random, hand: str = "") -> str:
    """The other sex's form, or an adjective's ending as the clerk's language has it."""
    for old, new in (("ская", "ский"), ("цкая", "цкий"), ("ова", "ов"), ("ева", "ев")):
        if name.endswith(old):
            return write(name[: -len(old)] + new, hand or drawn_hand(random), random)
    if name.endswith(("ский", "цкий")):
        ends = ("y", "i", "ij", "oi", "a", "aja")
        return write(name[:-2], hand or drawn_hand(random), random) + random.choice(ends)
    if name.endswith(("ов", "ев")):
        return write(name, hand or drawn_hand(random), random) + "a"
    if name.endswith("ин"):
        return write(name, hand or drawn_hand(random), random) + random.choice(("a", "e"))
    # A name that is not Russian, or has no ending, is fitted to the commonest one.
    return write(name.rstrip(_VOWELS) + "ов", hand or drawn_hand(random), random)


def two_channels(name: str, random: Random, hand: str = "") -> str:
    """Misheard, and then misread or with a letter lost."""
    written = write(_replaced(name, HEARD, random), hand or drawn_hand(random), random)
    return _worse(written, random)


def wrecked(name: str, random: Random, hand: str = "") -> str:
    """Misheard twice and spoilt twice on paper."""
    said = _replaced(_replaced(name, HEARD, random), HEARD, random)
    return _worse(_worse(write(said, hand or drawn_hand(random), random), random), random)


def _worse(written: str, random: Random) -> str:
    if random.random() < 0.6:
        return _replaced(written, MISREAD, random)
    return _without_one(written, random)


def _without_one(written: str, random: Random) -> str:
    """One letter less, not the first; a single letter stays."""
    if len(written) < 2:
        return written
    at = random.randrange(1, len(written))
    return written[:at] + written[at + 1 :]

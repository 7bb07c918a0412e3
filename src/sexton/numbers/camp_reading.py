"""``read_camp``: a camp as clerks garble it, matched to the table of camps.

A camp in Germany has a Roman numeral for its military district and a letter (VI K), many for Soviet
prisoners also an army number (326). Where the two disagree both camps are kept: three figures
that fit a known camp are seldom there by chance, a letter is easily misread. The probabilities
are this project's judgement, stated here, not estimates from data.
"""

from __future__ import annotations

import re
from functools import lru_cache

from sexton.messages import N_, Message
from sexton.numbers.camps import Camp, camp_by_number, camp_by_numeral
from sexton.numbers.values import CampMatch, CampReading

# Military districts of the German army in 1939-1945 (Wehrkreise).
DISTRICTS = frozenset(
    "I II III IV V VI VII VIII IX X XI XII XIII XVII XVIII XX XXI".split(" ")  # noqa: SIM905
)
_ARABIC = {str(n): r for n, r in enumerate(("I", "II", "III", "IV", "V", "VI", "VII"), start=1)}
_SWAPPED = {"IV": "VI", "VI": "IV", "IX": "XI", "XI": "IX"}

AGREE = 0.98
PLAIN = 0.95
NUMBER_AGAINST_KNOWN = 0.7
NUMBER_AGAINST_UNKNOWN = 0.95
SWAPPED_NUMERAL = 0.5

_KIND_WORDS = re.compile(
    r"(?P<oflag>OFLAG|ОФЛАГ)|M?-?STALAG|STAMMLAGER|DULAG|FRONTSTALAG|KRIEGSGEFANGENENLAGER|LAGER|KAMP"
    r"|CAMP|ШТАЛАГ|СТАЛАГ|ДУЛАГ|ЛАГЕРЬ|ЛАГЕРЯ|№|NUM[EÉ]RO|\bN[°º]|\bN[RO]\b\.?|\bНР\b\.?"
)
_LOOKALIKES = str.maketrans("АВСЕНІКМОРТХ", "ABCEHIKMOPTX")
_PLACE_WORD = re.compile(r"\b(?![IVX]+[A-Z]?\b)[^\W\d_]{4,}\b")
_BOTH = re.compile(
    r"(?P<front>[0-9]{2,3})?(?P<district>[IVX]+|[1-7])(?P<letter>[A-HJKZ])(?P<back>[0-9]*)"
)
_NUMBER = re.compile(r"[0-9]{2,3}")
_LONGEST = 80

NUMERAL_AND_NUMBER = N_("Numeral and number agree.")
NUMERAL_ONLY = N_("The numeral %(numeral)s is that of %(camp)s.")
NUMBER_ONLY = N_("The number %(number)s is that of %(camp)s.")
NUMBER_DISAGREES = N_(
    "The number %(number)s is that of %(camp)s, though the numeral says %(numeral)s."
)
NUMERAL_DISAGREES = N_(
    "The numeral %(numeral)s is that of %(camp)s, though the number says %(number)s."
)
NUMERAL_SWAPPED = N_("%(numeral)s can be a swapped writing of the numeral of %(camp)s.")
WELL_FORMED = N_("%(numeral)s is a well-formed camp name that the table of camps does not hold.")


def _compact(written: str) -> tuple[str, bool]:
    """The cell without words, signs and blanks, in Latin capitals; and whether it says Oflag."""
    text = written.upper()
    match = _KIND_WORDS.search(text)
    officers = bool(match and match["oflag"])
    text = _PLACE_WORD.sub(" ", _KIND_WORDS.sub(" ", text).translate(_LOOKALIKES))
    return re.sub(r"[\s().,;:°º/\\\-–\[\]]+", "", text), officers


def _match(camp: Camp, probability: float, text: str, numeral: str, number: str) -> CampMatch:
    why = Message(text, {"camp": camp.name, "numeral": numeral, "number": number})
    return CampMatch(camp.camp_id, camp.name, probability, why)


def _unknown(numeral: str, officers: bool, probability: float) -> CampMatch:
    kind = "Oflag" if officers else "Stalag"
    camp_id = f"{kind} {numeral}".lower().replace(" ", "-")
    return CampMatch(
        camp_id, f"{kind} {numeral}", probability, Message(WELL_FORMED, {"numeral": numeral})
    )


def _by_numeral_alone(numeral: str, officers: bool) -> list[CampMatch]:
    camp = None if officers else camp_by_numeral(numeral)
    if camp:
        return [_match(camp, PLAIN, NUMERAL_ONLY, numeral, "")]
    district, _, letter = numeral.partition(" ")
    other = None if officers else camp_by_numeral(f"{_SWAPPED.get(district, '')} {letter}")
    if not other:
        return [_unknown(numeral, officers, PLAIN)]
    return [
        _match(other, SWAPPED_NUMERAL, NUMERAL_SWAPPED, numeral, ""),
        _unknown(numeral, officers, round(PLAIN - SWAPPED_NUMERAL, 2)),
    ]


def _by_both(numeral: str, number: str, officers: bool) -> list[CampMatch]:
    numbered = None if officers else camp_by_number(number)
    if numbered is None:
        return _by_numeral_alone(numeral, officers)
    if numbered.numeral == numeral:
        return [_match(numbered, AGREE, NUMERAL_AND_NUMBER, numeral, number)]
    named = camp_by_numeral(numeral)
    share = NUMBER_AGAINST_KNOWN if named else NUMBER_AGAINST_UNKNOWN
    first = _match(numbered, share, NUMBER_DISAGREES, numeral, number)
    if named:
        return [first, _match(named, round(1 - share, 2), NUMERAL_DISAGREES, numeral, number)]
    return [first, _unknown(numeral, officers, round(1 - share, 2))]


def _camps(text: str, officers: bool) -> list[CampMatch]:
    if _NUMBER.fullmatch(text):
        camp = None if officers else camp_by_number(text)
        return [_match(camp, PLAIN, NUMBER_ONLY, "", text)] if camp else []
    match = _BOTH.fullmatch(text)
    if not match:
        return []
    district = _ARABIC.get(match["district"], match["district"])
    if district not in DISTRICTS:
        return []
    return _by_both(f"{district} {match['letter']}", match["front"] or match["back"], officers)


@lru_cache(maxsize=1 << 14)
def read_camp(written: str) -> CampReading | None:
    """The camps that a cell can mean, best first; None for an empty cell. Never raises.

    Spaces, brackets, case, Cyrillic look-alike letters and words for "camp" do not matter. A
    numeral and letter that the table does not hold stay a well-formed unknown camp.
    """
    if not written.strip():
        return None
    if len(written) > _LONGEST:
        return CampReading(written, ())
    return CampReading(written, tuple(_camps(*_compact(written))))

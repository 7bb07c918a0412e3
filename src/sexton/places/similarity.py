"""Whether two written places can be one, and at which level.

Missing is not contradicting: a list that says "Ukraine" agrees with one that says "Kharkov", and
two villages that no gazetteer knows are compared by their spelling alone.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from sexton.places.folding import sounds, stem
from sexton.places.geo import distance_km
from sexton.places.model import PlaceAgreement, PlaceMatch, PlaceReading
from sexton.places.modifiers import without_modifier
from sexton.places.units import all_units, find_unit

# From this likeness two spellings are one name, below the other they are two (domain.md's pairs:
# Podporochki/Podporoshki 1.0, Abalicha/Obalikha 0.8, Podporochki/Karmolino 0.3).
SAME_NAME, OTHER_NAME = 0.8, 0.6
# From this likeness on hardly anything but the same name is written.
ONE_NAME = 0.9
# What remains of the likeness of two names where one is Upper and the other Lower, and where one of
# the records leaves that out.
OTHER_MODIFIER, MODIFIER_LEFT_OUT = 0.85, 0.9
# From this likeness on two names sound the same, but for their endings.
SAME_SOUND = 0.98
LONGEST_ABBREVIATION = 3
# A match counts as found when at least so probable.
FOUND = 0.5
# Settlements found farther apart than this are two, even in one province.
FAR_KM = 50.0
NO_TEXT = -1.0


class Verdict(NamedTuple):
    """A :class:`~sexton.places.model.PlaceAgreement` without its distance."""

    kind: str
    text_score: float | None
    level: str


class _Summary(NamedTuple):
    """What of a reading is compared."""

    settlements: tuple[str, ...]
    districts: tuple[str, ...]
    units: tuple[str, ...]
    states_units: bool
    place: PlaceMatch | None
    elsewhere: bool

    def is_only_chief_town(self) -> bool:
        """Whether nothing is named but the chief town of its province."""
        if len(self.settlements) != 1 or self.districts:
            return False
        return find_unit(self.settlements[0], "province")[0] in self.units


def _is_elsewhere(reading: PlaceReading) -> bool:
    """Whether the gazetteer knows nothing of what is written: a place of other lands."""
    known = any(part.unit or part.kind != "unknown" for part in reading.parts)
    return not known and not any(match.probability >= FOUND for match in reading.matches)


@lru_cache(maxsize=200_000)
def text_key(reading: PlaceReading) -> str:
    """How the text of a place sounds of which the gazetteer knows nothing; "" for other places.

    No id of a gazetteer begins with "~", as the key does.
    """
    if not _is_elsewhere(reading):
        return ""
    heard = [sounds(part.text)[0] for part in reading.parts if sounds(part.text)]
    return "~" + "/".join(heard) if heard else ""


@lru_cache(maxsize=200_000)
def _summary(reading: PlaceReading) -> _Summary:
    settlements = _texts(reading, ("village", "town", "unknown"))
    districts = _texts(reading, ("district", "council"))
    place = next(
        (m for m in reading.matches if m.probability >= FOUND and m.level == "village"), None
    )
    written = _written_units(reading)
    units = written or _found_units(reading)
    return _Summary(settlements, districts, units, bool(written), place, _is_elsewhere(reading))


def _texts(reading: PlaceReading, kinds: tuple[str, ...]) -> tuple[str, ...]:
    return tuple([part.text for part in reading.parts if part.kind in kinds])


def _written_units(reading: PlaceReading) -> tuple[str, ...]:
    """The provinces a reading names; for one that names only a republic, what was found in it."""
    for kind in ("province", "republic", "country"):
        units = [part.unit for part in reading.parts if part.unit and part.kind == kind]
        if units:
            return (*(_found_units(reading) if kind != "province" else ()), *units)
    return ()


def _found_units(reading: PlaceReading) -> tuple[str, ...]:
    """The province in which the best settlement or district lies, when it is probable enough."""
    by_unit: dict[str, float] = {}
    for match in reading.matches:
        if match.level in ("village", "district"):
            by_unit[match.unit] = by_unit.get(match.unit, 0.0) + match.probability
    known = all_units()
    return tuple([unit for unit, share in by_unit.items() if share >= FOUND and unit in known])


@lru_cache(maxsize=500_000)
def name_likeness(a: str, b: str) -> float:
    """How alike two names of places sound, 0..1, with their endings or without (Щёлково,
    Щёлковский); -1 when one has no letter that sounds.

    Words that many names have (Верхняя, Малая) do not make two names alike.
    """
    if a == b:
        return 1.0
    if not sounds(a) or not sounds(b):
        return NO_TEXT
    (one, left), (other, right) = without_modifier(a), without_modifier(b)
    if one and other:
        return _sound_likeness(left, right) * (1.0 if one == other else OTHER_MODIFIER)
    if one or other:
        return max(_sound_likeness(a, b), _sound_likeness(left, right) * MODIFIER_LEFT_OUT)
    return _sound_likeness(a, b)


def _sound_likeness(a: str, b: str) -> float:
    best = 0.0
    for left in sounds(a):
        for right in sounds(b):
            best = max(best, fuzz.ratio(left, right), fuzz.ratio(stem(left), stem(right)) - 2)
    return best / 100


def _best_likeness(left: tuple[str, ...], right: tuple[str, ...]) -> float:
    if len(left) == len(right) == 1:
        return name_likeness(left[0], right[0])
    return max([name_likeness(a, b) for a in left for b in right], default=NO_TEXT)


def _ancestors(unit: str) -> tuple[str, ...]:
    """The unit and what it belongs to, the Soviet Union left out."""
    chain = []
    while unit and unit != "SU" and unit in all_units():
        chain.append(unit)
        unit = all_units()[unit].parent
    return tuple(chain)


def _overlap(a: str, b: str) -> str:
    """The unit in which two units agree: the one, its republic, or a region across; "" if none."""
    for one, other in ((a, b), (b, a)):
        if one in _ancestors(other):
            return one
    left, right = all_units()[a], all_units()[b]
    covered = any(left.covers(code) for code in right.codes) or any(
        right.covers(code) for code in left.codes
    )
    if not covered:
        return ""
    return b if right.level == "republic" else a


@lru_cache(maxsize=1 << 17)
def _units_agree(left: tuple[str, ...], right: tuple[str, ...]) -> tuple[bool | None, str]:
    """Whether the units agree (None when one side has none) and at which level."""
    known_left = [unit for unit in left if unit != "SU"]
    known_right = [unit for unit in right if unit != "SU"]
    if not known_left or not known_right:
        return None, ""
    shared = {_overlap(a, b) for a in known_left for b in known_right} - {""}
    if shared:
        levels = {all_units()[unit].level for unit in shared}
        return True, "province" if "province" in levels else "republic"
    tops = {_ancestors(a)[-1] for a in known_left} & {_ancestors(b)[-1] for b in known_right}
    return False, "province" if tops else "republic"


def place_similarity(a: PlaceReading, b: PlaceReading) -> PlaceAgreement:
    """Whether two readings agree, differ or cannot be compared, and at which level.

    Agreement is at the narrowest level that both state and that fits: the village when the names
    sound alike or lie at one spot (Stalingrad, Tsaritsyn), else district, province, republic.
    Two settlements of one province with unlike names agree at the province, with a low
    ``text_score``, unless both are found on the map and lie over 50 km apart: then they differ
    at the village. Symmetric in its arguments.
    """
    found = place_verdict(a, b)
    apart = None if _summary(a).elsewhere and _summary(b).elsewhere else _distance(a, b)
    return PlaceAgreement(found.kind, found.text_score, apart, found.level)


def place_verdict(a: PlaceReading, b: PlaceReading) -> Verdict:
    """:func:`place_similarity` without the distance, which takes as long as the rest."""
    left, right = _summary(a), _summary(b)
    if left.elsewhere and right.elsewhere:
        return _elsewhere(left.settlements, right.settlements)
    text = _best_likeness(*_beside_land(left.settlements, right.settlements))
    same_unit, level = _units_agree(left.units, right.units)
    if same_unit is False and text >= ONE_NAME and not (left.states_units and right.states_units):
        # Which village of the name is meant, the gazetteer only guessed.
        same_unit = None
    kind, where = _verdict(left, right, text, same_unit, level)
    return Verdict(kind, _score(text), where)


def _score(text: float) -> float | None:
    return None if text == NO_TEXT else round(text, 3)


def _verdict(
    left: _Summary, right: _Summary, text: float, same_unit: bool | None, level: str
) -> tuple[str, str]:
    if same_unit is not False and text >= SAME_NAME:
        return "agree", "village"
    if left.place and right.place:
        apart = _kilometres(left.place, right.place)
        if apart <= left.place.radius_km + right.place.radius_km + 3:
            return "agree", "village"
        chief = same_unit and (left.is_only_chief_town() or right.is_only_chief_town())
        if apart > FAR_KM and not chief:
            return "differ", level if same_unit is False else "village"
    if same_unit is not False and _districts_agree(left, right):
        return "agree", "district"
    if same_unit is not None:
        return ("agree" if same_unit else "differ"), level
    return _by_text_alone(text)


def _elsewhere(left: tuple[str, ...], right: tuple[str, ...]) -> Verdict:
    """Two places of which the gazetteer knows nothing, without what both begin or end with (their
    land); one name in two lands proves nothing, two that are merely alike there are two. Where
    nothing is left of one, it says no more than the other; what that is worth, only its share in
    the lists tells."""
    left, right = _unframed(left, right)
    if not left or not right:
        return Verdict("agree", 1.0, "village")
    text = max([_elsewhere_likeness(a, b) for a in left for b in right])
    kind, where = _elsewhere_verdict(text, _of_two_lands(left, right))
    return Verdict(kind, _score(text), where)


def _elsewhere_likeness(a: str, b: str) -> float:
    """As :func:`name_likeness`; short ones are abbreviations, which say nothing by their sounds:
    MD is not nearly MI."""
    if min(len(a), len(b)) > LONGEST_ABBREVIATION:
        return name_likeness(a, b)
    return 1.0 if a.casefold() == b.casefold() else 0.0


def _elsewhere_verdict(text: float, two_lands: bool) -> tuple[str, str]:
    if two_lands:
        return ("unknown", "") if text >= SAME_SOUND else ("differ", "village")
    return ("agree", "village") if text >= SAME_NAME else _by_text_alone(text)


def _of_two_lands(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    """Whether both places say where they lie and that is not one: there is a Springfield in
    Illinois and one in Massachusetts. What begins alike may be a land and its abbreviation."""
    if len(left) < 2 or len(right) < 2:
        return False
    a, b = left[-1].casefold(), right[-1].casefold()
    return a[:1] != b[:1] and name_likeness(a, b) < OTHER_NAME


def _unframed(
    left: tuple[str, ...], right: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The parts without those that both end with, then without those that both begin with."""
    for last in (-1, 0):
        while left and right and left[last].casefold() == right[last].casefold():
            left, right = (left[:-1], right[:-1]) if last else (left[1:], right[1:])
    return left, right


def _beside_land(
    left: tuple[str, ...], right: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The names without the land that both state: Bangor, USA is not Oil City, USA."""
    own = _unframed(left, right)
    return own if all(own) else (left, right)


def _by_text_alone(text: float) -> tuple[str, str]:
    """Names that neither sound alike nor quite unlike prove nothing."""
    return ("differ", "village") if NO_TEXT < text < OTHER_NAME else ("unknown", "")


def _districts_agree(left: _Summary, right: _Summary) -> bool:
    """The district is one, or one list names as the place what is the other's district."""
    return (
        _best_likeness(left.districts, right.districts + right.settlements) >= SAME_NAME
        or _best_likeness(left.settlements, right.districts) >= SAME_NAME
    )


def _kilometres(a: PlaceMatch, b: PlaceMatch) -> float:
    return round(distance_km(a, b), 1)


def _distance(a: PlaceReading, b: PlaceReading) -> float | None:
    if not a.matches or not b.matches:
        return None
    return _kilometres(a.matches[0], b.matches[0])

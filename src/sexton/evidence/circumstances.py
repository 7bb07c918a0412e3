"""What places of birth and death, prisoner numbers and camps say."""

from __future__ import annotations

from collections.abc import Sequence
from math import log2

from sexton.evidence.model import FieldEvidence, Shares
from sexton.evidence.rules import Rules
from sexton.messages import N_, Message
from sexton.numbers import CampReading, NumberReading, number_agreement
from sexton.places import PlaceReading, text_key
from sexton.places.similarity import ONE_NAME, SAME_NAME, place_verdict

# Below this likeness of their villages' names, places that share a province hardly agree.
UNLIKE = 0.6
WIDE = ("province", "republic")
# A match of the gazetteer that is likelier than not is counted as the place meant.
SURE_ENOUGH = 0.5

_PLACE = {
    "birth_place": {
        "village": N_("The birthplaces agree: %(left)s and %(right)s."),
        "district": N_("The birthplaces agree in the district: %(left)s and %(right)s."),
        "province": N_("The birthplaces agree in the province: %(left)s and %(right)s."),
        "republic": N_("The birthplaces agree in the republic: %(left)s and %(right)s."),
        "differs": N_("The birthplaces differ: %(left)s and %(right)s."),
    },
    "death_place": {
        "village": N_("The places of death agree: %(left)s and %(right)s."),
        "district": N_("The places of death agree in the district: %(left)s and %(right)s."),
        "province": N_("The places of death agree in the province: %(left)s and %(right)s."),
        "republic": N_("The places of death agree in the republic: %(left)s and %(right)s."),
        "differs": N_("The places of death differ: %(left)s and %(right)s."),
    },
}


def compare_places(
    field: str, left: PlaceReading, right: PlaceReading, beside: float, rules: Rules
) -> FieldEvidence | None:
    """Evidence of two places; None where they cannot be compared (a missing place says nothing).

    ``beside`` is the chance that another man has the place too, where it was counted (else 0): many
    were born in Moscow.
    """
    agreement = place_verdict(left, right)
    if agreement.kind == "unknown":
        return None
    level = agreement.level if agreement.kind == "agree" else "differs"
    unlike = agreement.text_score is not None and agreement.text_score < UNLIKE
    level_used = "other_village" if level in WIDE and unlike else level
    if level == "village" and agreement.text_score is not None:
        level_used = _village_level(agreement.text_score)
    share = max(beside, rules.value("places", f"{level_used}_share"))
    bits = rules.weight("places", level_used, share)
    message = Message(_PLACE[field][level], {"left": left.written, "right": right.written})
    copied = left.written == right.written
    return FieldEvidence(
        field, bits, message, left.written, right.written, copied, f"places.{level_used}"
    )


def _village_level(likeness: float) -> str:
    """Whether the names of two villages that agree are one, or only alike; villages whose names are
    unlike agree by their place on the map."""
    return "village_alike" if SAME_NAME <= likeness < ONE_NAME else "village"


def place_key(place: PlaceReading) -> str:
    """What a place is counted by: the one of the gazetteer that is most probably meant; a place of
    another part of the world by how its text sounds; "" where nothing tells which it is."""
    best = place.matches[0] if place.matches else None
    if best and best.probability >= SURE_ENOUGH:
        return best.place_id
    return text_key(place)


_NUMBER = {
    "exact": ("same", N_("The same prisoner number: %(left)s.")),
    "one_digit": ("one_digit_off", N_("The numbers differ in one digit: %(left)s and %(right)s.")),
    "transposed": ("one_digit_off", N_("Two digits changed places: %(left)s and %(right)s.")),
}


def compare_numbers(
    left: Sequence[NumberReading], right: Sequence[NumberReading], rules: Rules
) -> FieldEvidence:
    """Evidence of prisoner numbers: the best pair; a man may carry several numbers."""
    pairs = [(number_agreement(a.digits, b.digits).kind, a, b) for a in left for b in right]
    shares = {"same": "same_share", "one_digit_off": "one_digit_share"}
    for kind in ("exact", "one_digit", "transposed"):
        for found, a, b in pairs:
            if found == kind:
                level, text = _NUMBER[kind]
                u = rules.value("number", shares[level])
                message = Message(text, {"left": a.written, "right": b.written})
                bits = log2(rules.value("number", level) / u)
                return FieldEvidence(
                    "prisoner_number", bits, message, a.written, b.written, level=f"number.{level}"
                )
    a, b = left[0], right[0]
    text = N_("Two prisoner numbers: %(left)s and %(right)s. A man could have several.")
    message = Message(text, {"left": a.written, "right": b.written})
    bits = log2(rules.value("number", "differs"))
    return FieldEvidence(
        "prisoner_number", bits, message, a.written, b.written, level="number.differs"
    )


def camp_key(camp: CampReading | None) -> str:
    """The likeliest camp of a reading, as a key for counting; "" when none is known."""
    if camp is None or not camp.camps:
        return ""
    if len(camp.camps) == 1:
        return camp.camps[0].camp_id
    return max(camp.camps, key=lambda match: match.probability).camp_id


def compare_camps(
    left: CampReading, right: CampReading, shares: Shares, rules: Rules
) -> FieldEvidence | None:
    """Evidence of two camps: the sum over the camps that both can be."""
    if not left.camps or not right.camps:
        return None
    by_id = {match.camp_id: match.probability for match in right.camps}
    odds = sum(
        match.probability * by_id[match.camp_id] / shares.share("camp", match.camp_id, 0.1)
        for match in left.camps
        if match.camp_id in by_id
    )
    same, differs = rules.value("camp", "same"), rules.value("camp", "differs")
    bits = log2(same * odds + differs)
    text = (
        N_("The camps agree: %(left)s and %(right)s.")
        if odds
        else N_("Two camps: %(left)s and %(right)s. Men were moved.")
    )
    message = Message(text, {"left": left.written, "right": right.written})
    level = "camp.same" if odds else "camp.differs"
    return FieldEvidence("camp", bits, message, left.written, right.written, level=level)

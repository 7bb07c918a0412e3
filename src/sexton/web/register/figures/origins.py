"""Where places of birth lie: the republic and the region that a text names, or its town does.

A text is read once for all: readings are kept in the folder of the register, for the gazetteer
takes some milliseconds for each. What is not read yet is counted as such.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable

from sexton import __version__
from sexton.places import PlaceReading, all_units, load_gazetteer, read_place
from sexton.web.register.figures import shelf
from sexton.web.register.models import Claim

SHELF = "origins"
NAMED, FOUND, NOTHING = "named", "found", ""
# A town stands for its republic or region only if hardly another place of that name can be meant.
LEAST = 0.8
AT_ONCE = 1_000
Origin = tuple[str, str, str]


def read(texts: Collection[str], *, learn: bool = True) -> dict[str, Origin]:
    """Text to (republic, region, how it is known).

    While somebody waits no more than ``AT_ONCE`` new ones are read, if ``learn``; the others are
    left out.
    """
    held = _held()
    missing = sorted(text for text in texts if text not in held)
    if missing and learn:
        _learn(held, missing[:AT_ONCE])
    return {text: (*held[text],) for text in texts if text in held}


def catch_up(progress: Callable[[str, int, int | None], None] | None = None) -> int:
    """Read every place of birth that is not read yet; how many there were."""
    held = _held()
    texts = Claim.objects.filter(property="birth_place").order_by().values_list("value", flat=True)
    missing = sorted(text for text in set(texts) if text not in held)
    for start in range(0, len(missing), AT_ONCE):
        _learn(held, missing[start : start + AT_ONCE])
        if progress is not None:
            progress("reading places of birth", start, len(missing))
    return len(missing)


def _held() -> dict[str, list[str]]:
    return dict(shelf.load(SHELF, __version__) or {})


def _learn(held: dict[str, list[str]], texts: Iterable[str]) -> None:
    held |= {text: list(origin_of(text)) for text in texts}
    shelf.store(SHELF, __version__, held)


def origin_of(text: str) -> Origin:
    """The republic and the region of a written place: "" where it is not known."""
    reading = read_place(text, load_gazetteer("ussr"))
    if reading is None:
        return "", "", NOTHING
    named = _named(reading)
    if named[0] is None:
        return "", "", NOTHING
    found = _found(reading)
    republic, region = named[0] or found[0], named[1] or found[1]
    if region and _republic(region) not in ("", republic):
        region = ""
    return republic, region, NAMED if named[0] else FOUND if republic else NOTHING


def _named(reading: PlaceReading) -> tuple[str | None, str]:
    """The units that the text names itself; None where it names two that exclude each other."""
    units = {part.unit for part in reading.parts if part.unit}
    regions = {unit for unit in units if _is_region(unit)}
    republics = {_republic(unit) for unit in units} - {""}
    if len(republics) > 1 or len(regions) > 1:
        return None, ""
    return next(iter(republics), ""), next(iter(regions), "")


def _found(reading: PlaceReading) -> tuple[str, str]:
    """The units in which the gazetteer finds its places, if nearly all of them lie in one."""
    republics: dict[str, float] = defaultdict(float)
    regions: dict[str, float] = Counter()
    for match in reading.matches:
        republics[_republic(match.unit)] += match.probability
        if _is_region(match.unit):
            regions[match.unit] += match.probability
    return _certain(republics.items()), _certain(regions.items())


def _certain(weights: Iterable[tuple[str, float]]) -> str:
    best = max(weights, key=lambda item: item[1], default=("", 0.0))
    return best[0] if best[1] >= LEAST else ""


def _is_region(unit: str) -> bool:
    found = all_units().get(unit)
    return found is not None and found.kind == "province"


def _republic(unit: str) -> str:
    """The republic or country in which a unit lies; "" for the union as a whole and for none."""
    found = all_units().get(unit)
    while found is not None and found.kind not in ("republic", "country"):
        found = all_units().get(found.parent)
    return "" if found is None or found.unit_id == "SU" else found.unit_id

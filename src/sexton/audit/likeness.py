"""How alike two records are: names by their sound in any script, dates by their spans."""

from __future__ import annotations

from sexton.audit.material import Person
from sexton.dates import DateReading, days_apart
from sexton.names import fold, given_names_equivalent
from sexton.places import name_likeness

SAME_NAME = 0.8
MOVED_LETTERS = 0.9
LONG_WORD = 5
INITIAL = 2


def _initial(a: str, b: str) -> bool:
    return min(len(a.rstrip(".")), len(b.rstrip("."))) <= INITIAL


def part_likeness(a: str, b: str) -> float | None:
    """Likeness 0..1 of two given names or patronymics; None when one is missing or an initial."""
    if not a or not b or _initial(a, b):
        return None
    return name_likeness(a, b)


def same_letters(a: str, b: str) -> bool:
    """Whether two words of five letters or more differ in the order of their letters only."""
    left, right = fold(a), fold(b)
    return len(left) >= LONG_WORD and left != right and sorted(left) == sorted(right)


def surname_likeness(a: Person, b: Person) -> float:
    """Likeness 0..1 of the two surnames; 0 when one is missing."""
    if not a.surname or not b.surname:
        return 0.0
    if same_letters(a.surname, b.surname):
        return MOVED_LETTERS
    return name_likeness(a.surname, b.surname)


def parts_contradict(a: Person, b: Person) -> bool:
    """Whether given names or patronymics are both known and different (Jean and Ivan are not)."""
    given, patronymic = part_likeness(a.given, b.given), part_likeness(a.patronymic, b.patronymic)
    if patronymic is not None and patronymic < SAME_NAME:
        return True
    if given is None or given >= SAME_NAME:
        return False
    return given_names_equivalent(a.given, b.given) is None


def apart(a: DateReading | None, b: DateReading | None) -> int | None:
    """Fewest days between two dates in any of their readings; None when one is not known."""
    if a is None or b is None:
        return None
    gaps = [days_apart(left, right) for left in a.spans for right in b.spans]
    return min((gap for gap in gaps if gap is not None), default=None)


def same_day(a: DateReading | None, b: DateReading | None) -> bool:
    """Whether both are the same single day as they stand, no order swapped."""
    return a is not None and b is not None and a.is_full and b.is_full and a.first == b.first

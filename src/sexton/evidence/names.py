"""What two written names say: surname, given name and patronymic, in every form the records give.

A record may give several forms of a name (on the stone, restored, in brackets) and a form may be
read in several ways. The weight is the mean of the odds over all pairs of forms: whoever wrote the
other record had one of them before him (log2 of the mean of 2^bits).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from math import log2
from typing import cast

from sexton.evidence.model import FieldEvidence
from sexton.evidence.rules import Rules
from sexton.evidence.spellings import Kind, Spellings, given_bits, spelling_bits, spelling_path
from sexton.messages import N_, Message
from sexton.names import NameReading, PersonName
from sexton.names.initials import same_initial

MAX_FORMS = 6


@dataclass(frozen=True, slots=True)
class _Part:
    """One comparison of two name parts: bits, what was compared, and in which way."""

    field: Kind
    bits: float
    left: str
    right: str
    way: str  # spelling | equivalent | initial | swapped | patronymic


def _or_another(bits: float, other: float) -> float:
    """The weight when, with probability ``other``, the record bears another name altogether."""
    return log2((1 - other) * 2.0**bits + other)


class _Comparer:
    """Compares two forms of a name with one set of rules and one source of bits."""

    def __init__(self, rules: Rules, spellings: Spellings) -> None:
        self.rules = rules
        self.spellings = spellings

    def compare(self, left: NameReading, right: NameReading) -> list[_Part]:
        """The best way to compare two forms: part by part, or with parts that changed places."""
        straight = self._straight(left, right)
        if _total(straight) > 0 or not straight:
            return straight
        ways = (straight, self._swapped(left, right), self._patronymic_as_surname(left, right))
        return max((way for way in ways if way), key=_total)

    def _straight(self, left: NameReading, right: NameReading) -> list[_Part]:
        parts = [
            self._plain("surname", left.surname, right.surname),
            self._given(left, right),
            self._plain("patronymic", left.patronymic, right.patronymic),
        ]
        return [part for part in parts if part]

    def _other(self, field: Kind) -> float:
        return self.rules.value("names", f"{field}_other")

    def _plain(self, field: Kind, left: str | None, right: str | None) -> _Part | None:
        if not left or not right:
            return None
        bits = spelling_bits(self.spellings, field, left, right)
        return _Part(field, _or_another(bits, self._other(field)), left, right, "spelling")

    def _given(self, left: NameReading, right: NameReading) -> _Part | None:
        if left.given and right.given:
            bits, way = given_bits(self.spellings, left.given, right.given)
            weighed = _or_another(bits, self._other("given"))
            return _Part("given", weighed, left.given, right.given, way)
        a, b = left.given or left.initials, right.given or right.initials
        return self._initial(a, b) if a and b else None

    def _initial(self, left: str, right: str) -> _Part:
        agrees = self.rules.value("names", "initial_agrees")
        share = self.rules.value("names", "initial_share")
        if same_initial(left, right):
            return _Part("given", log2(agrees / share), left, right, "initial")
        return _Part("given", log2((1 - agrees) / (1 - share)), left, right, "initial")

    def _swapped(self, left: NameReading, right: NameReading) -> list[_Part]:
        """Given name and surname changed places in one of the two records."""
        if not (left.surname and left.given and right.surname and right.given):
            return []
        cost = log2(self.rules.value("names", "fields_swapped"))
        one = spelling_bits(self.spellings, "given", left.surname, right.given)
        two = spelling_bits(self.spellings, "surname", left.given, right.surname)
        parts = [
            _Part("given", one + cost, left.surname, right.given, "swapped"),
            _Part("surname", two, left.given, right.surname, "swapped"),
            self._plain("patronymic", left.patronymic, right.patronymic),
        ]
        return [part for part in parts if part]

    def _patronymic_as_surname(self, left: NameReading, right: NameReading) -> list[_Part]:
        """A patronymic was written where the surname belongs (Berdyevitch for Бердыев)."""
        cost = log2(self.rules.value("names", "fields_swapped"))
        places: tuple[tuple[Kind, str | None, str | None], ...] = (
            ("patronymic", left.surname, right.patronymic),
            ("surname", left.patronymic, right.surname),
        )
        parts = [
            _Part("surname", spelling_bits(self.spellings, kind, a, b) + cost, a, b, "patronymic")
            for kind, a, b in places
            if a and b
        ]
        if not parts:
            return []
        best = max(parts, key=lambda part: part.bits)
        given = self._given(left, right)
        return [best, given] if given else [best]


def _total(parts: Iterable[_Part]) -> float:
    return sum(part.bits for part in parts)


_AGREE = {
    "surname": N_("The surnames %(left)s and %(right)s can be one name."),
    "given": N_("The given names %(left)s and %(right)s can be one name."),
    "patronymic": N_("The patronymics %(left)s and %(right)s can be one name."),
}
_AGREE_BY_PATH = {
    "surname": N_("The surnames %(left)s and %(right)s can be one name: %(path)s."),
    "given": N_("The given names %(left)s and %(right)s can be one name: %(path)s."),
    "patronymic": N_("The patronymics %(left)s and %(right)s can be one name: %(path)s."),
}
_DIFFER = {
    "surname": N_("The surnames %(left)s and %(right)s are hardly one name."),
    "given": N_("The given names %(left)s and %(right)s are hardly one name."),
    "patronymic": N_("The patronymics %(left)s and %(right)s are hardly one name."),
}
_WAYS = {
    "equivalent": N_("%(left)s and %(right)s are forms of one given name."),
    "swapped": N_("%(left)s and %(right)s agree if surname and given name changed places."),
    "patronymic": N_("%(left)s and %(right)s agree if a patronymic stands for the surname."),
}
_INITIAL = {
    True: N_("The initial fits: %(left)s and %(right)s."),
    False: N_("The initial does not fit: %(left)s and %(right)s."),
}


def _sentence(part: _Part) -> str:
    if part.way == "initial":
        return _INITIAL[part.bits > 0]
    if part.way in _WAYS:
        return _WAYS[part.way]
    return (_AGREE if part.bits > 0 else _DIFFER)[part.field]


def _evidence(part: _Part, surplus: float) -> FieldEvidence:
    message = Message(_sentence(part), {"left": part.left, "right": part.right})
    return FieldEvidence(part.field, part.bits + surplus, message, part.left, part.right)


def _completed(name: PersonName) -> list[NameReading]:
    """The forms, each with the parts that it lacks taken from the first: "Jovi" is Jovi Ataev."""
    forms = name.forms[:MAX_FORMS]
    return [_complete(form, forms[0]) for form in forms]


def _complete(form: NameReading, first: NameReading) -> NameReading:
    has_given = form.given or form.initials
    return replace(
        form,
        surname=form.surname or first.surname,
        given=form.given if has_given else first.given,
        initials=form.initials if has_given else first.initials,
        patronymic=form.patronymic or first.patronymic,
    )


def compare_names(
    left: PersonName, right: PersonName, rules: Rules, spellings: Spellings
) -> list[FieldEvidence]:
    """Evidence of the name's parts; empty when one of the records has no name.

    The best pair of forms gives the parts that are shown; that several forms were tried is
    charged to the first of them, so that the parts add up to the log of the mean odds.
    """
    comparer = _Comparer(rules, spellings)
    pairs = [
        (x.probability * y.probability, comparer.compare(x, y))
        for x in _completed(left)
        for y in _completed(right)
    ]
    pairs = [(chance, parts) for chance, parts in pairs if parts]
    if not pairs:
        return []
    best = max((parts for _, parts in pairs), key=_total)
    odds = sum(chance * 2.0 ** _total(parts) for chance, parts in pairs)
    surplus = log2(odds / sum(chance for chance, _ in pairs)) - _total(best)
    return [_evidence(part, surplus if i == 0 else 0.0) for i, part in enumerate(best)]


def with_path(item: FieldEvidence) -> FieldEvidence:
    """The same evidence with the spelling's path in its sentence (slower; for what is shown)."""
    if item.message.text != _AGREE.get(item.field):
        return item
    path = spelling_path(cast(Kind, item.field), item.left, item.right)
    params = {"left": item.left, "right": item.right, "path": path}
    return replace(item, message=Message(_AGREE_BY_PATH[item.field], params))

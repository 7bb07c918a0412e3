"""Reading a written name: its parts and their order, rank, by-names, other forms in one cell.

    Vasily GERASIMENKO (Gerassimenko Vassili Semenovitch)      F. Evelob, sergeant
    Kouchnirenko Anatole dit Andréï                            Петров, Иван Сидорович

A written name has several readings with probabilities, not one guessed. The verbatim text stays in
``written`` of every reading; in the parts look-alike letters are put right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from rapidfuzz.fuzz import ratio

from sexton.names.cases import in_nominative
from sexton.names.folding import fold, typed_in_lookalikes
from sexton.names.given_names import canonical_given
from sexton.names.layouts import MAX_WORDS, Word, arrange, ends_as_surname
from sexton.names.patronymics import is_patronymic
from sexton.names.readings import Form, NameReading
from sexton.names.splitting import Aside, NameText, cut_name, with_blank
from sexton.names.words import is_unnamed

# The name itself against all other forms that stand beside it in one cell.
_MAIN_SHARE = 0.6
# How sure it is that a letter-for-letter restored form was meant.
_BLANK_WAS_LOST = 0.8
_GENITIVE = 0.8
_CYRILLIC_TYPED = 0.6
_CYRILLIC_TYPED_ODD = 0.15
_READINGS_KEPT = 4
_LEAST_PROBABILITY = 0.01
# A bracket within a bracket, with "ou" in it, is the deepest that a list writes.
_MAX_DEPTH = 3
# A single word in brackets belongs to the part before it unless another is this much more like it.
_ANCHOR_BONUS = 25.0
_BYNAME = re.compile(r"^(?:le|la|les|l'|de|het|der|die|das)\s|-(?:le|la|der|de|het)-", re.I)


def read_name(text: str) -> tuple[NameReading, ...]:
    """Read one written name; readings with probabilities that sum to 1 at most, best first.

    Readings of what stands in brackets or after "ou", "dit" come after those of the name itself.
    A text that names nobody ("Ici repose un soldat russe") has no reading; nothing raises.

    >>> best = read_name("Gerassimenko Vassili Semenovitch")[0]
    >>> best.surname, best.given, best.patronymic
    ('Gerassimenko', 'Vassili', 'Semenovitch')
    >>> [(reading.surname, reading.form) for reading in read_name("Alaverdyev / Oliverdyev")]
    [('Alaverdyev', 'written'), ('Oliverdyev', 'alternative')]
    """
    main, others = read_with_others(text)
    return tuple(reading.of(text) for reading in _shared(main, others))


def read_with_others(text: str) -> tuple[list[NameReading], list[list[NameReading]]]:
    """Read the name in ``text``, and each other form in it; every list sums to 1 at most."""
    return ([], []) if not text or is_unnamed(text) else _read(text, depth=0)


def _read(text: str, depth: int) -> tuple[list[NameReading], list[list[NameReading]]]:
    name = cut_name(text)
    main = _main_readings(name)
    if not main:
        return [], []
    others = [reads for reads in _aside_readings(name, main[0], depth) if reads]
    return [_with_nickname(reading, name.asides) for reading in main], others


def _shared(main: list[NameReading], others: list[list[NameReading]]) -> list[NameReading]:
    """One list of the readings of a name and of its other forms, sharing the probability."""
    if not others:
        return main
    rest = 1 - _MAIN_SHARE
    return [
        *(reading.weighed(_MAIN_SHARE) for reading in main),
        *(reading.weighed(rest) for reading in _equally(others)),
    ]


def _with_nickname(reading: NameReading, asides: Iterable[Aside]) -> NameReading:
    nickname = next((_unquoted(aside.text) for aside in asides if aside.nickname), None)
    return replace(reading, nickname=nickname)


def _unquoted(text: str) -> str:
    return text.strip(" \"',;.")


# The name itself


def _main_readings(name: NameText) -> list[NameReading]:
    """The readings of the name without its asides, with restored forms, likeliest first."""
    if not name.words and not name.initials:
        return []
    readings = [extra for reading in _arranged(name) for extra in _with_nominative(reading)]
    readings = _mixed(readings, *_typed_on_latin_keys(name))
    readings = _mixed(readings, *_with_blanks(name))
    readings.sort(key=lambda reading: -reading.probability)
    return [r for r in readings if r.probability >= _LEAST_PROBABILITY][:_READINGS_KEPT]


def _arranged(name: NameText) -> Iterator[NameReading]:
    words = name.words[:MAX_WORDS]
    initials = " ".join(name.initials) or None
    rank = ", ".join(name.rank) or None
    if not words:
        yield NameReading("", initials=initials, rank=rank)
        return
    for roles, probability in arrange(words, name.comma, bool(initials)):
        if probability < _LEAST_PROBABILITY:
            # Nor is any of the less likely ones kept.
            return
        yield NameReading(
            "",
            surname=_part(words, roles, "S"),
            given=_part(words, roles, "G"),
            patronymic=_part(words, roles, "P"),
            initials=initials,
            rank=rank,
            probability=probability,
        )


def _part(words: list[Word], roles: str, role: str) -> str | None:
    return " ".join(w.text for w, r in zip(words, roles, strict=True) if r == role) or None


def _with_nominative(reading: NameReading) -> Iterator[NameReading]:
    restored = in_nominative(reading)
    if restored is None:
        yield reading
        return
    # A name that is also a nominative (Александра) is more likely that.
    share = 1 - _GENITIVE if canonical_given(reading.given or "") else _GENITIVE
    yield reading.weighed(1 - share)
    yield restored.weighed(share)


def _mixed(readings: list[NameReading], other: NameText | None, share: float) -> list[NameReading]:
    """Let the readings of a restored text have ``share`` of the probability."""
    if other is None:
        return readings
    restored = [replace(r, form="restored").weighed(share) for r in _arranged(other)]
    return [reading.weighed(1 - share) for reading in readings] + restored


def _typed_on_latin_keys(name: NameText) -> tuple[NameText | None, float]:
    """The name with its Latin capitals read as Cyrillic ones, when every word allows it."""
    texts = [typed_in_lookalikes(word.text) for word in name.words]
    if not texts or None in texts:
        return None, 0.0
    ends_as_cyrillic = any(text and text.endswith(("ОВ", "ЕВ", "ОВА", "ЕВА")) for text in texts)
    restored = cut_name(" ".join(text for text in texts if text))
    restored.rank, restored.comma = name.rank, name.comma
    restored.initials += name.initials
    return restored, _CYRILLIC_TYPED if ends_as_cyrillic else _CYRILLIC_TYPED_ODD


def _with_blanks(name: NameText) -> tuple[NameText | None, float]:
    """The name with lost blanks put back between its words."""
    spaced = [with_blank(word.text) for word in name.words]
    if not any(spaced):
        return None, 0.0
    text = " ".join(new or word.text for new, word in zip(spaced, name.words, strict=True))
    restored = cut_name(text)
    restored.rank, restored.initials = name.rank, name.initials
    return restored, _BLANK_WAS_LOST


# What stands beside it


def _aside_readings(name: NameText, main: NameReading, depth: int) -> Iterator[list[NameReading]]:
    if depth >= _MAX_DEPTH:
        return
    for aside in name.asides:
        anchor = name.words[aside.after - 1].text if 0 < aside.after <= len(name.words) else None
        for text in _items(aside):
            yield _read_other(text, main, anchor, aside.nickname, depth + 1)


def _items(aside: Aside) -> list[str]:
    """Several single words between commas are several forms; "Иванов, Пётр И." is one."""
    items = [item.strip() for item in aside.text.split(",") if item.strip()]
    if aside.nickname or any(" " in item for item in items):
        return [aside.text]
    return items


def _read_other(
    text: str, main: NameReading, anchor: str | None, nickname: bool, depth: int
) -> list[NameReading]:
    """Read another form of ``main``: a by-name, one part of it spelt otherwise, or a whole name."""
    if is_unnamed(text):
        return []
    name = cut_name(text)
    if nickname and len(name.words) > 1 and any(ends_as_surname(w.text) for w in name.words):
        return [replace(reading, form="nickname") for reading in _main_readings(name)]
    if nickname or _BYNAME.search(text):
        return [_byname(_unquoted(text), main)]
    if len(name.words) > 1 or name.initials:
        return [_as_alternative(reading) for reading in _shared(*_read(text, depth))]
    readings = _one_word(name, main, anchor) if name.words else []
    nested = [] if depth >= _MAX_DEPTH else name.asides
    others = [_read_other(a.text, main, anchor, a.nickname, depth + 1) for a in nested]
    return _equally([reads for reads in (readings, *others) if reads])


def _equally(groups: list[list[NameReading]]) -> list[NameReading]:
    return [reading.weighed(1 / len(groups)) for group in groups for reading in group]


def _one_word(name: NameText, main: NameReading, anchor: str | None) -> list[NameReading]:
    """One part of ``main`` spelt otherwise, or what the word is when letters are put back."""
    restored = [reading for reading in _main_readings(name) if reading.form == "restored"]
    left = 1 - sum(reading.probability for reading in restored)
    return [*restored, _spelt_otherwise(name.words[0].text, main, anchor).weighed(left)]


def _as_alternative(reading: NameReading) -> NameReading:
    form: Form = "alternative" if reading.form == "written" else reading.form
    return replace(reading, form=form)


def _byname(text: str, main: NameReading) -> NameReading:
    """A by-name: a given name stands beside the surname, a surname beside the given name."""
    if canonical_given(text):
        return NameReading(
            "", surname=main.surname, given=text, nickname=text, form="nickname", rank=main.rank
        )
    surname = text if " " not in text and ends_as_surname(text) else None
    return NameReading(
        "",
        surname=surname,
        given=main.given if surname else None,
        nickname=text,
        form="nickname",
        rank=main.rank,
    )


def _spelt_otherwise(word: str, main: NameReading, anchor: str | None) -> NameReading:
    """The reading ``main`` with the part that ``word`` is another spelling of replaced by it."""
    parts = {"surname": main.surname, "given": main.given}
    if is_patronymic(word):
        parts["patronymic"] = main.patronymic
    best = max(
        (part for part, value in parts.items() if value),
        key=lambda part: _likeness(word, parts[part] or "", anchor),
        default="surname",
    )
    other = replace(main, form="alternative", probability=1.0)
    if best == "given" or (canonical_given(word) and (main.given or not main.surname)):
        return replace(other, given=word)
    if best == "patronymic":
        return replace(other, patronymic=word)
    return replace(other, surname=word)


def _likeness(word: str, part: str, anchor: str | None) -> float:
    bonus = _ANCHOR_BONUS if anchor is not None and anchor in part else 0.0
    return ratio(fold(word), fold(part)) + bonus


def read_other_name(text: str, main: NameReading) -> tuple[NameReading, ...]:
    """Read ``text`` as another form of the person that ``main`` names.

    One word is another spelling of the part of ``main`` it is most like; "dit Sacha" and
    "le skieur" are by-names; anything else is read as a whole name.
    """
    aside = next((a for a in cut_name(text).asides if a.nickname), None)
    if aside is not None and not cut_name(text).words:
        text, nickname = aside.text, True
    else:
        nickname = False
    return tuple(r.of(text) for r in _read_other(text, main, None, nickname, depth=1))

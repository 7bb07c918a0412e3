"""What is asked for when a man is looked for by hand: every form of his name, number and camp.

Pure: it knows no database. What a search in vain tried and what a letter to an archive tells are
made from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sexton.names import NameReading, read_person_name
from sexton.names.channel import Kind
from sexton.names.writings import Writings, once, writings
from sexton.numbers.writings import camp_writings, number_writings
from sexton.records import Record

NAMES: tuple[Kind, ...] = ("surname", "given", "patronymic")
LIKELY = 0.2  # a reading of a name that is less probable is not asked for
MOST_NAMES = 3  # different names of one kind that a man is asked for by
MOST_FORMS = 8  # forms of each of them in either alphabet
TOLD = (
    "sex", "birth_date", "birth_place", "death_date", "death_place", "rank", "unit", "nationality",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Asked:
    """A man as he is asked for.

    ``names`` maps a kind of name to its writings, ``numbers`` and ``camps`` are forms, as written
    first; ``facts`` are what else is known of him (field, as written).
    """

    written: str
    names: dict[Kind, tuple[Writings, ...]]
    numbers: tuple[str, ...]
    camps: tuple[str, ...]
    facts: tuple[tuple[str, str], ...]

    def forms(self, kind: Kind) -> tuple[str, ...]:
        """All forms of his surname, given name or patronymic; none is told twice."""
        return once(form for one in self.names.get(kind, ()) for form in one.all)

    @property
    def is_named(self) -> bool:
        return any(self.names.values())


def asked_of(row: Record) -> Asked:
    """How a man is asked for, by his row (with the clues that stand, see ``refreshing.row_of``)."""
    get = row.fields.get
    cells = (get(column, "") for column in ("name", *NAMES, "other_names"))
    forms = [one for one in read_person_name(*cells).forms if one.probability >= LIKELY]
    return Asked(
        written=" ".join(get("name", "").split()) or " ".join(filter(None, map(get, NAMES))),
        names={kind: _writings(forms, kind) for kind in NAMES},
        numbers=number_writings(get("prisoner_number", ""), get("camp", "")),
        camps=camp_writings(get("camp", "")),
        facts=tuple((field, get(field, "")) for field in TOLD if get(field)),
    )


def tried(asked: Asked) -> list[str]:
    """What somebody who looks him up tries, a line for each kind of name and the number."""
    lines = ["; ".join(asked.forms(kind)) for kind in NAMES]
    return [line for line in (*lines, "; ".join(asked.numbers)) if line]


def _writings(forms: Iterable[NameReading], kind: Kind) -> tuple[Writings, ...]:
    told = once(filter(None, _parts(forms, kind)))[:MOST_NAMES]
    return tuple(writings(text, kind, MOST_FORMS) for text in told)


def _parts(forms: Iterable[NameReading], kind: Kind) -> Iterator[str | None]:
    for form in forms:
        yield getattr(form, kind)
        if kind == "given" and not form.given:
            yield form.initials

"""``python -m benchmarks.site.spellings HOME [--write]``: every real form in five other spellings.

HOME is a folder with a register (``SEXTON_HOME``). Each form of each named person, as records write
it and as lists restore it, is spelt anew by five of nine conventions (``conventions``: written
apart from the tables that the search uses), one in six with a letter lost or doubled besides, more
where the conventions write a name in fewer ways; and typed, the surname alone and with the given
name. Found is a man who stands on the first page.
"""

from __future__ import annotations

import os
import random
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.site.conventions import CONVENTIONS, read_back, slipped

SPELLINGS = 5
SLIPS = 1 / 6
RESULTS = Path(__file__).with_name("spellings.md")
BAR = 0.98


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a person's name (id), of a record or a list, with its parts."""

    person: int
    written: str
    surname: str
    given: str
    kind: str


@dataclass(frozen=True, slots=True)
class Trial:
    """A form typed: by which convention, whether with the given name, and at which place found."""

    form: Form
    convention: str
    query: str
    with_given: bool
    rank: int | None


def forms() -> Iterator[Form]:
    """The distinct forms with a surname: of named records, and those that lists give."""
    from sexton.web.register.models import Membership, PersonName

    seen: set[tuple[int, str, str]] = set()
    members = Membership.objects.filter(record__is_named=True).select_related("record")
    told = [(m.person_id, _cells(m.record.fields), "record") for m in members.order_by("pk")]
    names = PersonName.objects.order_by("pk")
    told += [(n.person_id, (n.written, n.surname, n.given, n.patronymic), n.kind) for n in names]
    for person, cells, kind in told:
        for surname, given in _parts(cells)[:1]:
            if (person, surname, given) not in seen:
                seen.add((person, surname, given))
                yield Form(person, cells[0], surname, given, kind)


def _cells(fields: dict[str, str]) -> tuple[str, ...]:
    return tuple(fields.get(column, "") for column in ("name", "surname", "given", "patronymic"))


def _parts(cells: tuple[str, ...]) -> list[tuple[str, str]]:
    """Surname and given name of each reading that has a surname of three letters."""
    from sexton.names import read_person_name

    found = read_person_name(*cells).forms
    return [(f.surname, f.given or "") for f in found if f.surname and len(f.surname) > 2]


def spelt_anew(form: Form) -> list[tuple[str, str, str]]:
    """Five other spellings: convention, surname, given name; drawn by the form itself."""
    chance = random.Random(f"{form.person} {form.surname} {form.given}")
    surname, given = russian(form.surname), russian(form.given)
    fresh: dict[str, tuple[str, str, str]] = {}
    for name, spell in CONVENTIONS.items():
        told = (name, spell(surname).title(), spell(given).title() if given else "")
        if _plain(told[1]) != _plain(form.surname):
            fresh.setdefault(_plain(told[1]), told)
    drawn = chance.sample(list(fresh.values()), min(SPELLINGS, len(fresh)))
    slips = SLIPS * len(drawn) / SPELLINGS
    told = [_slip(one, chance) if chance.random() < slips else one for one in drawn]
    # Conventions agree on some names ("Panin"): the rest are slips of what they write.
    told += [_slip(one, chance) for one in drawn * SPELLINGS]
    return list({_plain(one[1]): one for one in told}.values())[:SPELLINGS]


def _slip(spelling: tuple[str, str, str], chance: random.Random) -> tuple[str, str, str]:
    name, surname, given = spelling
    return f"{name}, a slip", slipped(surname, chance), given


def russian(text: str) -> str:
    """The name in Russian letters: as it is, or read back from its Latin spelling."""
    lowered = unicodedata.normalize("NFC", text).lower()
    if any("а" <= letter <= "я" for letter in lowered):
        return lowered
    return read_back("".join(c for c in lowered if c.isalpha() or c in "-' "))


def _plain(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text.lower()) if c.isalpha())


def trials(chosen: list[Form]) -> Iterator[Trial]:
    """Each form typed in each spelling, alone and with its given name."""
    from sexton.web.research.search import PAGE, find

    for form in chosen:
        for convention, surname, given in spelt_anew(form):
            for query in [surname, f"{given} {surname}"] if given else [surname]:
                result = find(query)
                ids = result.ids()[:PAGE]
                place = ids.index(form.person) + 1 if form.person in ids else None
                yield Trial(form, convention, query, query != surname, place)


def report(done: list[Trial], persons: int) -> str:
    found = [trial for trial in done if trial.rank]
    first = sum(trial.rank == 1 for trial in found)
    lines = [
        "# Any spelling finds the man",
        "",
        f"`python -m benchmarks.site.spellings`: {len({t.form for t in done}):,} forms of "
        f"{len({t.form.person for t in done}):,} named persons in a register of {persons:,}, "
        f"typed {len(done):,} times. Found: on the first page of results. "
        f"The bar is {BAR:.0%}.",
        "",
        "| typed | times | on the first page | in the first place |",
        "|---|---:|---:|---:|",
        _row("all", done),
        _row("the surname alone", [t for t in done if not t.with_given]),
        _row("with the given name", [t for t in done if t.with_given]),
        *(_row(f"form: {k}", [t for t in done if t.form.kind == k]) for k in _kinds(done)),
        *(_row(name, [t for t in done if t.convention == name]) for name in _conventions(done)),
        "",
        f"In the first place {first / len(done):.1%}. Not found on the first page:",
        "",
        "| form | typed | by |",
        "|---|---|---|",
        *(f"| {t.form.written} | {t.query} | {t.convention} |" for t in done if not t.rank),
        "",
    ]
    return "\n".join(lines)


def _row(name: str, some: list[Trial]) -> str:
    page = sum(trial.rank is not None for trial in some) / len(some)
    first = sum(trial.rank == 1 for trial in some) / len(some)
    return f"| {name} | {len(some):,} | {page:.2%} | {first:.2%} |"


def _kinds(done: list[Trial]) -> list[str]:
    return [kind for kind, _ in Counter(trial.form.kind for trial in done).most_common()]


def _conventions(done: list[Trial]) -> list[str]:
    return sorted({trial.convention for trial in done})


def main(home: str, write: bool) -> None:
    os.environ["SEXTON_HOME"] = home
    from sexton.web.setup import prepare

    prepare()
    from sexton.web.register.models import Person

    real = [form for form in forms() if "sim" not in _key(form.person)]
    text = report(list(trials(real)), Person.objects.count())
    print(text)
    if write:
        RESULTS.write_text(text, encoding="utf-8")


def _key(person: int) -> str:
    from sexton.web.register.models import Person

    return Person.objects.values_list("key", flat=True).get(pk=person)[:3]


if __name__ == "__main__":
    main(sys.argv[1], "--write" in sys.argv[2:])

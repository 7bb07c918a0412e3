"""Faults between the rows of a list: one man twice, one man's dates in another man's row."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from sexton.audit.material import Material, Person
from sexton.audit.model import Finding
from sexton.messages import N_, Message

TWICE = N_("%(a)s and %(b)s in one list are probably one man.")
TWO_SITES = N_("%(name)s is recorded at several sites: %(sites)s.")
COPIED = N_("%(a)s and %(b)s have the same birth date (%(birth)s) and death date (%(death)s).")


def one_man_twice(material: Material) -> Iterator[Finding]:
    """One man stands twice in one list, usually under two spellings of his name.

    Then the dead are counted wrongly, and each row lacks what the other one knows.
    """
    for a, b in material.pairs:
        if a.source == b.source and a.site == b.site:
            message = Message(TWICE, {"a": a.name, "b": b.name})
            yield Finding("one_man_twice", "warning", (a.id, b.id), message)


def one_man_at_two_sites(material: Material) -> Iterator[Finding]:
    """One man is recorded at more than one site: a grave here, a cross or monument there.

    He lies in one of them at most; the others commemorate him and must not be counted as burials.
    """
    for group in material.groups:
        sites = list(dict.fromkeys(person.site for person in group if person.site))
        if len(sites) > 1:
            message = Message(TWO_SITES, {"name": group[0].name, "sites": ", ".join(sites)})
            ids = tuple(person.id for person in group if person.site)
            yield Finding("one_man_at_two_sites", "note", ids, message)


def _twins(people: tuple[Person, ...]) -> Iterator[tuple[Person, Person]]:
    """Pairs in one source that share the full day of birth and the full day of death."""
    same: dict[tuple[object, ...], list[Person]] = {}
    for person in people:
        birth, death = person.birth, person.death
        if person.named and birth and death and birth.is_full and death.is_full:
            same.setdefault((person.source, birth.first, death.first), []).append(person)
    for group in same.values():
        yield from combinations(group, 2)


def same_dates_two_names(material: Material) -> Iterator[Finding]:
    """Two men of one list have the same days of birth and of death, though their names differ.

    By chance this hardly happens; as a rule one man's dates were copied into the other's row.
    """
    one_man = {(a.position, b.position) for a, b in material.pairs}
    for a, b in _twins(material.people):
        if (a.position, b.position) not in one_man:
            dates = {"birth": a.cell("birth_date"), "death": a.cell("death_date")}
            message = Message(COPIED, {"a": a.name, "b": b.name, **dates})
            yield Finding("same_dates_two_names", "error", (a.id, b.id), message)

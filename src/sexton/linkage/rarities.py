"""How rare surnames are, asked of many people at once: what was asked is kept."""

from __future__ import annotations

from collections.abc import Iterable

from sexton.evidence import PersonReading
from sexton.names.background import rarity_bits_many


def ask_rarities(people: Iterable[PersonReading]) -> None:
    """Ask how rare the surnames of some people are, before their names are compared: one by one it
    takes four times as long. Given names and patronymics recur, and are soon known."""
    forms = (form for person in people for form in person.name.forms)
    rarity_bits_many("surname", [form.surname for form in forms if form.surname])

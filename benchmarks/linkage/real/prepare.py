"""Rows for the peers: names in plain Latin letters, split into parts, years apart.

The names of the graves are split into surname, given name and patronymic by `sexton.names`, so
that the peers do not suffer from the order of the words.
"""

from __future__ import annotations

from benchmarks.linkage.real.material import Row
from benchmarks.linkage.romanise import plain
from sexton.names import read_person_name


def prepared(row: Row) -> dict[str, str | None]:
    """A row as Splink and the distance baseline read it; an empty value is None."""
    surname, given, patronymic = _parts(row)
    birth = row.get("birth_date", "")
    values = {
        "unique_id": row["id"],
        "surname": plain(surname),
        "given": plain(given),
        "patronymic": plain(patronymic),
        "birth_date": birth if len(birth) == 10 else "",
        "birth_year": birth[:4],
        "death_date": row.get("death_date", ""),
        "birth_place": plain(row.get("birth_place", "")),
    }
    return {name: value or None for name, value in values.items()}


def _parts(row: Row) -> tuple[str, str, str]:
    if row.get("surname"):
        return row["surname"], row.get("given", ""), row.get("patronymic", "")
    forms = read_person_name(row["name"], "", "", "", "").forms
    if not forms:
        return row["name"], "", ""
    best = forms[0]
    return best.surname or "", best.given or "", best.patronymic or ""

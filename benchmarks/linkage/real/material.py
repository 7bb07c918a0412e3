"""The graves, and the archive in which their men are hidden.

Real: the forms on the graves, the birth and death dates and birth places of data/belgium, and the
names in Cyrillic that researchers found behind them (printed, or reconstructed from the French
form; the conjectures are left out). Simulated: the 100,000 other men of the archive. In between:
the true man's row of the archive is ours, made of his name in Cyrillic, the same dates, and his
birth place in the archive's words where `sexton.places` reads the grave's text with confidence,
else none. Dates that never contradict make it easy for every method, so the setting ``odds``
spoils the dates and places of the true men's rows by the rates of `Odds`.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from benchmarks.linkage.real.odds import spoilt
from sexton.places import all_units, load_gazetteer, read_place
from sexton.simulate import russian_settlement, simulate_people

ROOT = Path(__file__).parents[3]
HAYSTACK = 100_000
SEED = 20
# A reading of a place is used for the archive's row from this probability on.
CONFIDENT = 0.5
BASES = ("printed", "reconstructed")

Row = dict[str, str]


@dataclass(frozen=True)
class Setting:
    """What the graves and the archive tell in one run."""

    key: str
    title: str
    note: str


SETTINGS = (
    Setting("all", "all fields", "name as on the grave, birth and death dates, birth place"),
    Setting(
        "names", "surname and given name alone", "no patronymic, no date, no place on either side"
    ),
    Setting(
        "odds",
        "all fields, archive at odds with the grave",
        "as all fields, but the true man's row is spoilt: dates missing, shortened to the year, "
        "swapped or slipped, places missing or only the province, at rates that are judged",
    ),
    Setting("years", "year of birth only", "name, year of birth and birth place; no date of death"),
)


@dataclass(frozen=True)
class Material:
    """The rows of both lists of one setting; ``truth`` maps a grave's id to its man's."""

    graves: list[Row]
    archive: list[Row]
    truth: dict[str, str]
    real_form: frozenset[str]


def read_graves() -> list[Row]:
    """The rows of identified_dead.csv whose Cyrillic name is no conjecture."""
    path = ROOT / "data" / "belgium" / "identified_dead.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["cyrillic_basis"] in BASES]


def grave_row(row: Row) -> Row:
    """The left list's row: the form on the grave, or the French form where none is known."""
    return {
        "id": f"grave-{row['id']}",
        "name": row["form_latin"] or row["identified_latin_fr"],
        "birth_date": row["birth"],
        "birth_place": row["birthplace_text"],
        "death_date": row["death"],
    }


def archive_row(row: Row) -> Row:
    """The true man's row: his name in Cyrillic, surname first."""
    surname, given, patronymic = [*row["identified_cyrillic"].split(), "", ""][:3]
    return {
        "id": f"true-{row['id']}",
        "name": row["identified_cyrillic"],
        "surname": surname,
        "given": given,
        "patronymic": patronymic,
        "birth_date": row["birth"],
        "birth_place": place_in_russian(row["birthplace_text"]),
        "death_date": row["death"],
    }


def place_in_russian(written: str) -> str:
    """The place as the archive would write it: province and settlement, or what of it is sure."""
    ussr = load_gazetteer("ussr")
    reading = read_place(written, ussr)
    if reading is None or not reading.matches or reading.matches[0].probability < CONFIDENT:
        return ""
    best = reading.matches[0]
    province = all_units()[best.unit].name if best.unit in all_units() else ""
    if best.level != "village":
        return province
    place = next(place for place in ussr.places if place.place_id == best.place_id)
    return ", ".join(part for part in (province, russian_settlement(place)) if part)


def simulated_people() -> list[Row]:
    """The other men of the archive."""
    return list(simulate_people(HAYSTACK, SEED))


def build(setting: Setting, people: list[Row], with_true_men: bool = True) -> Material:
    """Both lists of a setting; without the true men for the share of "none of these"."""
    rows = read_graves()
    graves = [grave_row(row) for row in rows]
    archive = list(people)
    if with_true_men:
        planted = [archive_row(row) for row in rows]
        if setting.key == "odds":
            planted = spoilt(planted)
        step = HAYSTACK // len(planted)
        for position, man in enumerate(planted):
            archive.insert(position * (step + 1), man)
    keep = _KEEP[setting.key]
    return Material(
        [keep(row, True) for row in graves],
        [keep(row, False) for row in archive],
        {f"grave-{row['id']}": f"true-{row['id']}" for row in rows},
        frozenset(f"grave-{row['id']}" for row in rows if row["form_latin"]),
    )


_FIELDS = (
    "id",
    "name",
    "surname",
    "given",
    "patronymic",
    "birth_date",
    "birth_place",
    "death_date",
)


def _all(row: Row, _: bool) -> Row:
    return {field: row.get(field, "") for field in _FIELDS}


def _names(row: Row, is_grave: bool) -> Row:
    if is_grave:
        return {"id": row["id"], "name": without_patronymic(row["name"])}
    name = f"{row['surname']} {row['given']}".strip()
    return {"id": row["id"], "name": name, "surname": row["surname"], "given": row["given"]}


def _years(row: Row, is_grave: bool) -> Row:
    kept = _all(row, is_grave)
    return kept | {"birth_date": kept["birth_date"][:4], "death_date": ""}


_KEEP = {"all": _all, "odds": _all, "names": _names, "years": _years}


def without_patronymic(name: str) -> str:
    """A name in Latin letters without its patronymic: of three words the one in -itch, -ich."""
    words = name.split()
    if len(words) < 3:
        return name
    kept = [word for word in words if not word.lower().endswith(("itch", "ich", "itsch"))]
    return " ".join(kept) if len(kept) >= 2 else name

"""A simulated list of persons, ten cells a row that make a claim each. Nobody in it ever lived."""

from __future__ import annotations

import csv
import random
from pathlib import Path

COLUMNS = (
    "id", "surname", "given", "patronymic", "birth_date", "birth_place", "death_date",
    "death_place", "prisoner_number", "camp", "rank", "source",
)  # fmt: skip
CLAIMS_A_ROW = 10
SYLLABLES = ("ба", "ве", "гри", "до", "жу", "зо", "ко", "ла", "ми", "но", "пет", "ро", "са", "ти")
GIVEN = ("Иван", "Пётр", "Николай", "Василий", "Михаил", "Фёдор", "Алексей", "Григорий")
CAMPS = ("Stalag VI K (326)", "Stalag VI A", "Stalag IV H (304)", "VI K")
RANKS = ("рядовой", "сержант", "лейтенант")


def write_list(path: Path, rows: int, seed: int = 5) -> Path:
    """A list of ``rows`` simulated persons; the same seed gives the same file."""
    chance = random.Random(seed)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for number in range(rows):
            writer.writerow(_row(chance, number))
    return path


def _row(chance: random.Random, number: int) -> list[str]:
    surname = "".join(chance.choices(SYLLABLES, k=chance.randint(2, 3))).title() + "нов"
    return [
        f"s{number}",
        surname,
        chance.choice(GIVEN),
        chance.choice(GIVEN) + "ович",
        f"{chance.randint(1, 28):02}.{chance.randint(1, 12):02}.{chance.randint(1890, 1925)}",
        "".join(chance.choices(SYLLABLES, k=3)) + "вка",
        f"{chance.randint(1, 28):02}.{chance.randint(1, 12):02}.{chance.randint(1942, 1945)}",
        "".join(chance.choices(SYLLABLES, k=2)) + "бург",
        str(chance.randint(1000, 99999)),
        chance.choice(CAMPS),
        chance.choice(RANKS),
        f"https://archive.example/{number % 50}",
    ]

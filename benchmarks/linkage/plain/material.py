"""Lists without Cyrillic, and who is who in them."""

from __future__ import annotations

import csv
import io
import lzma
import re
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

from benchmarks.linkage.real.odds import spoilt

DATA = Path(__file__).parents[3] / "data" / "linkage"
SEED = 11
GRAVES, IN_ARCHIVE = 3_000, 0.85

Row = dict[str, str]
Pair = tuple[str, str]


@dataclass(frozen=True)
class PlainList:
    """One list to be deduplicated, or two to be linked.

    The rows have an ``id``, the columns of the source and, under the names of the person list, what
    Sexton reads. ``person`` maps an id to whom the row speaks of.
    """

    key: str
    title: str
    note: str
    left: list[Row]
    right: list[Row] | None
    person: dict[str, str]

    @property
    def true_pairs(self) -> int:
        """The pairs of rows that are one person."""
        if self.right is None:
            return sum(n * (n - 1) // 2 for n in Counter(self.person.values()).values())
        rows = Counter(self.person[row["id"]] for row in self.right)
        return sum(rows[self.person[row["id"]]] for row in self.left)

    def is_true(self, pair: Pair) -> bool:
        """Whether two rows speak of one person."""
        return self.person[pair[0]] == self.person[pair[1]]


def _read(name: str) -> list[Row]:
    text = lzma.decompress((DATA / f"{name}.csv.xz").read_bytes()).decode("utf-8")
    return list(csv.DictReader(io.StringIO(text), skipinitialspace=True))


def _febrl(name: str) -> list[Row]:
    """Rows of Febrl; the social security number takes the column of the prisoner number."""
    rows = []
    for row in _read(name):
        born = row["date_of_birth"]
        rows.append(
            row
            | {
                "id": row["rec_id"],
                "surname": row["surname"],
                "given": row["given_name"],
                "birth_date": f"{born[:4]}-{born[4:6]}-{born[6:]}" if len(born) == 8 else born,
                "prisoner_number": row["soc_sec_id"],
            }
        )
    return rows


def _febrl_person(rows: list[Row]) -> dict[str, str]:
    found = {row["id"]: re.match(r"rec-(\d+)-", row["id"]) for row in rows}
    return {name: match[1] for name, match in found.items() if match}


def febrl_dedupe(number: int) -> PlainList:
    """FEBRL 1 or 3."""
    rows = _febrl(f"febrl{number}")
    title = f"FEBRL {number}, duplicates"
    note = f"{len(rows):,} rows, simulated"
    return PlainList(f"febrl{number}", title, note, rows, None, _febrl_person(rows))


def febrl_link() -> PlainList:
    """FEBRL 4: two lists of the same persons."""
    left, right = _febrl("febrl4a"), _febrl("febrl4b")
    person = _febrl_person(left + right)
    note = "5,000 × 5,000 rows, simulated"
    return PlainList("febrl4", "FEBRL 4, two lists", note, left, right, person)


def players() -> PlainList:
    """Historical persons: by the familiar name and spoilt dates, in a list of all given names.

    Both forms of the name are real. Dates and places of the left rows are spoilt at the judged
    rates of `Odds`, the place of death is left out; 15 % of the left rows have no row in the
    right list.
    """
    random = Random(SEED)
    rows = _read("players_born_before_1900")
    random.shuffle(rows)
    asked = rows[:GRAVES]
    missing = {row["player_id"] for row in asked[: round(GRAVES * (1 - IN_ARCHIVE))]}
    left = spoilt([_player(row, "familiar", "left") for row in asked])
    right = [_player(row, "given", "right") for row in rows if row["player_id"] not in missing]
    right.sort(key=lambda row: row["id"])
    random.shuffle(left)
    person = {row["id"]: row["id"].partition("-")[2] for row in left + right}
    note = f"{len(left):,} × {len(right):,} rows; names real, dates and places of one list spoilt"
    return PlainList(
        "players", "Baseball players born before 1900, two lists", note, left, right, person
    )


def _player(row: Row, name: str, side: str) -> Row:
    return {
        "id": f"{side}-{row['player_id']}",
        "surname": row["surname"],
        "given": row[name],
        "birth_date": row["birth_date"],
        "birth_place": row["birth_place"],
        "death_date": row["death_date"],
    }


def lists(quick: bool = False) -> list[PlainList]:
    """All lists, or the smallest."""
    if quick:
        return [febrl_dedupe(1)]
    return [febrl_dedupe(1), febrl_dedupe(3), febrl_link(), players()]


def few_rows() -> PlainList:
    """A list that is no measure of anything."""
    whole = febrl_dedupe(1)
    return replace(whole, left=whole.left[:60])

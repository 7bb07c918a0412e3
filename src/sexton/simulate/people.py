"""Persons of a simulated archive: nobody in it has lived, and every row says so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

import numpy as np

from sexton.numbers.camps import camps
from sexton.simulate.names import NameCounts, load_name_counts
from sexton.simulate.places import birth_places

COLUMNS = (
    "id",
    "name",
    "surname",
    "given",
    "patronymic",
    "sex",
    "birth_date",
    "birth_place",
    "death_date",
    "prisoner_number",
    "camp",
    "rank",
    "source",
    "language",
    "remarks",
)
BATCH = 10_000
SOURCE = "simulated"
REMARK = "simulated person; no such man lived"
_WAR = (date(1941, 6, 22), date(1945, 5, 9))
_RANKS = ("красноармеец", "мл. сержант", "сержант", "ст. сержант", "лейтенант")
_RANK_SHARES = (0.80, 0.07, 0.06, 0.02, 0.05)

Progress = Callable[[str, int, int | None], None]
Person = dict[str, str]


@dataclass(frozen=True, slots=True)
class Shares:
    """How often a field is filled. Judged, not measured: loss reports often give the year alone."""

    full_birth_date: float = 0.80
    birth_year_only: float = 0.16
    patronymic: float = 0.90
    birth_place: float = 0.85
    only_province: float = 0.25
    death_date: float = 0.60
    prisoner: float = 0.35
    women: float = 0.0


def simulate_people(
    count: int,
    seed: int = 1,
    shares: Shares | None = None,
    names: NameCounts | None = None,
    progress: Progress | None = None,
) -> Iterator[Person]:
    """``count`` persons, one by one, as rows of a person list; the same for the same seed.

    Birth years follow ``tables/birth_years.tsv``, names their counts, places the gazetteer. Raises
    MissingNames when the counts of names are not there.
    """
    shares, names = shares or Shares(), names or load_name_counts()
    random = np.random.default_rng(seed)
    done = 0
    while done < count:
        size = min(BATCH, count - done)
        for offset, person in enumerate(_batch(random, BATCH, shares, names)):
            if offset == size:
                break
            yield {"id": f"sim-{seed}-{done + offset + 1:08d}", **person}
        done += size
        if progress:
            progress("simulating persons", done, count)


def _batch(
    random: np.random.Generator, size: int, shares: Shares, names: NameCounts
) -> Iterator[Person]:
    """Whole batches are drawn, so that a longer archive begins with the shorter one."""
    is_woman = random.random(size) < shares.women
    people = zip(
        _names(random, is_woman, names),
        _given(random, size, shares.patronymic),
        _birth_dates(random, size, shares),
        _optional(
            random, birth_places().draw(random, size, shares.only_province), shares.birth_place
        ),
        _optional(random, _death_dates(random, size), shares.death_date),
        _prisoners(random, size, shares.prisoner),
        random.choice(_RANKS, size, p=_RANK_SHARES),
        is_woman,
        strict=True,
    )
    for (surname, given, patronymic), stated, born, place, died, (
        number,
        camp,
    ), rank, woman in people:
        patronymic = patronymic if stated else ""
        yield {
            "name": " ".join(part for part in (surname, given, patronymic) if part),
            "surname": surname,
            "given": given,
            "patronymic": patronymic,
            "sex": "f" if woman else "m",
            "birth_date": born,
            "birth_place": place,
            "death_date": died,
            "prisoner_number": number,
            "camp": camp,
            "rank": str(rank),
            "source": SOURCE,
            "language": "ru",
            "remarks": REMARK,
        }


def _names(
    random: np.random.Generator, is_woman: np.ndarray, names: NameCounts
) -> list[tuple[str, str, str]]:
    size = len(is_woman)
    drawn = {
        sex: list(zip(*(part.draw(random, size) for part in parts), strict=True))
        for sex, parts in (("m", names.men.values()), ("f", names.women.values()))
    }
    return [drawn["f" if woman else "m"][slot] for slot, woman in enumerate(is_woman)]


def _given(random: np.random.Generator, size: int, share: float) -> list[bool]:
    return [bool(stated) for stated in random.random(size) < share]


def _optional(random: np.random.Generator, values: list[str], share: float) -> list[str]:
    stated = random.random(len(values)) < share
    return [value if yes else "" for value, yes in zip(values, stated, strict=True)]


@cache
def birth_year_shares() -> dict[int, float]:
    """The chance of each year of birth; the years of one group share its chance evenly."""
    text = (files("sexton.simulate") / "tables" / "birth_years.tsv").read_text("utf-8")
    rows = [line.split("\t") for line in text.splitlines() if line and line[0].isdigit()]
    shares: dict[int, float] = {}
    for first, last, share in rows:
        years = range(int(first), int(last) + 1)
        shares.update({year: float(share) / len(years) for year in years})
    whole = sum(shares.values())
    return {year: share / whole for year, share in shares.items()}


def _birth_dates(random: np.random.Generator, size: int, shares: Shares) -> list[str]:
    by_year = birth_year_shares()
    years = random.choice(list(by_year), size, p=list(by_year.values()))
    days = random.integers(0, 365, size)
    stated = random.random(size)
    return [
        _birth(int(year), int(day), float(kind), shares)
        for year, day, kind in zip(years, days, stated, strict=True)
    ]


def _birth(year: int, day: int, kind: float, shares: Shares) -> str:
    if kind < shares.full_birth_date:
        return (date(year, 1, 1) + timedelta(days=day)).isoformat()
    if kind < shares.full_birth_date + shares.birth_year_only:
        return str(year)
    return ""


def _death_dates(random: np.random.Generator, size: int) -> list[str]:
    span = (_WAR[1] - _WAR[0]).days + 1
    return [
        (_WAR[0] + timedelta(days=int(day))).isoformat() for day in random.integers(0, span, size)
    ]


def _prisoners(random: np.random.Generator, size: int, share: float) -> list[tuple[str, str]]:
    """A number and the camp that gave it, for a share of the men; the camps of `sexton.numbers`."""
    known = [camp.name for camp in camps()]
    numbers = random.integers(1, 150_000, size)
    which = random.integers(0, len(known), size)
    stated = random.random(size) < share
    return [
        (str(number), known[int(camp)]) if yes else ("", "")
        for number, camp, yes in zip(numbers, which, stated, strict=True)
    ]

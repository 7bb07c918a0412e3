"""People, the archive that names some of them, and the graves where some of them lie.

Everything is simulated and says so. Each column of people is an array of numbers; texts come only
when a list is written, so that ten million take a minute.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from random import Random

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.linkage.foreign.clerks import Clerk
from benchmarks.linkage.foreign.settings import Setting
from benchmarks.linkage.foreign.tables import (
    CAMPS,
    birthplaces,
    burial_sites,
    given_names,
    surnames,
)

Columns = dict[str, np.ndarray]
SOURCE = "simulated {} (second simulation of benchmarks/linkage/foreign)"
CHUNK = 1_000_000
# For each man in a grave of the list, half a man who died in Belgium too and lies elsewhere.
OTHERS_IN_BELGIUM = 0.5
ORIGIN = date(1880, 1, 1)
# Age pyramid of the Red Army: relative numbers by year of birth, straight between those named.
_PYRAMID = {
    1885: 0, 1893: 1, 1900: 5, 1905: 14, 1910: 20, 1914: 21, 1919: 24, 1922: 22, 1924: 9, 1927: 0,
}  # fmt: skip
# Deaths in captivity by month: the winter of 1941 and what came after; those in Belgium from 1942.
_DEATHS = {
    "1941-07": 2, "1941-10": 12, "1942-01": 20, "1942-05": 7, "1942-12": 4, "1943-06": 3,
    "1944-06": 4, "1945-04": 6, "1945-06": 0,
}  # fmt: skip
_DEATHS_BELGIUM = {
    "1942-08": 0, "1942-12": 6, "1943-06": 5, "1944-03": 6, "1944-09": 8, "1945-05": 1,
    "1945-07": 0,
}  # fmt: skip
_MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
}
_PROVINCE_WORDS = {
    "fr": "rég. de {}", "nl": "gebied {}", "de": "Gebiet {}", "pl": "obw. {}", "en": "{} region",
}  # fmt: skip
_LANGUAGES = ["fr", "fr", "nl", "nl", "de", "de", "de", "pl", "en"]
_FILES = ("archive.parquet", "archive-truth.parquet", "graves.csv", "graves-truth.csv")
_COLUMNS = (
    "id surname given patronymic birth_date birth_place death_date death_place burial_place "
    "prisoner_number camp source"
)


@dataclass(frozen=True)
class Made:
    """The files of one simulation."""

    archive: Path
    truth: Path
    graves: Path
    graves_truth: Path


def _days(dice: np.random.Generator, curve: dict[float, float], count: int) -> np.ndarray:
    """Days since ORIGIN, from a curve of years and heights, straight between them."""
    years = np.linspace(min(curve), max(curve), 4000)
    heights = np.interp(years, list(curve), list(curve.values()))
    drawn = np.interp(dice.random(count), np.cumsum(heights) / heights.sum(), years)
    return ((drawn - ORIGIN.year) * 365.25).astype(int)


def _curve(by_month: dict[str, int]) -> dict[float, float]:
    return {int(key[:4]) + (int(key[5:]) - 1) / 12: float(v) for key, v in by_month.items()}


def people(
    dice: np.random.Generator, count: int, in_belgium: bool, setting: Setting, first: int
) -> Columns:
    """Men who died in captivity, numbered from ``first``."""
    places, (given, _) = birthplaces(), given_names()
    deaths = _curve(_DEATHS_BELGIUM if in_belgium else _DEATHS)
    odds = np.array([10, 8, 6] + [1] * (len(CAMPS) - 3) if in_belgium else [1.0] * len(CAMPS))
    camp = dice.choice(len(CAMPS), count, p=odds / odds.sum())
    highest = np.array([top for _, _, top in CAMPS])[camp]
    men = {
        "man": np.arange(first, first + count),
        "surname": surnames().draw(dice, count),
        "given": given.draw(dice, count),
        "father": given.draw(dice, count),
        "birth": _days(dice, _PYRAMID, count),
        "home": np.searchsorted(np.cumsum(places.chances), dice.random(count)),
        "death": _days(dice, deaths, count),
        "camp": camp,
        "number": (dice.random(count) * highest).astype(int) + 1,
        "place": dice.choice(len(places.names), count),
        "site": np.full(count, -1),
    }
    sizes = np.array([size for _, _, size in burial_sites()])
    if in_belgium:
        men["site"] = dice.choice(len(sizes), count, p=sizes / sizes.sum())
        men["death"] = _die_together(dice, men, setting.same_day)
    _relate(dice, men, setting)
    return men


def _die_together(dice: np.random.Generator, men: Columns, chance: float) -> np.ndarray:
    """Days of death, where some died on the day of another who lies at their site."""
    deaths, last = men["death"].copy(), {}
    together = dice.random(len(deaths)) < chance
    for at, site in enumerate(men["site"]):
        deaths[at] = last.get(site, deaths[at]) if together[at] else deaths[at]
        last[site] = deaths[at]
    return deaths


def _relate(dice: np.random.Generator, men: Columns, setting: Setting) -> None:
    """Brothers share surname, father and village, men of a clan surname and village."""
    count = len(men["man"])
    for chance, shared in (
        (setting.clan, ("surname", "home")),
        (setting.brother, ("surname", "home", "father")),
    ):
        chosen = np.flatnonzero(dice.random(count) < chance)
        others = dice.integers(0, count, len(chosen))
        for column in shared:
            men[column][chosen] = men[column][others]


def records(dice: np.random.Generator, men: Columns, setting: Setting) -> pa.Table:
    """What the archive's documents say of these men, Cyrillic."""
    count = len(men["man"])
    places, (given, fathers) = birthplaces(), given_names()
    slip = lambda: dice.random(count) < setting.archive_slip  # noqa: E731
    surname = np.where(slip(), surnames().draw(dice, count), men["surname"])
    birth = men["birth"] + np.where(slip(), dice.choice([-365, 365, -30, 31, 3653], count), 0)
    missing = dice.random(count) < setting.missing_as_death
    death = np.where(missing, _days(dice, _curve(_DEATHS), count), men["death"])
    death = np.where(missing & (death > men["death"]), men["death"], death)
    day, stated = dice.random(count) < setting.archive_birth_day, setting.archive_birth_year
    days = _dates()
    born = np.where(day, days[birth], np.array([text[:4] for text in days], object)[birth])
    homes = [f"{name}, {where}" for name, where in zip(places.names, places.provinces, strict=True)]
    number = dice.random(count) < setting.archive_number
    said = {
        "surname": np.array([word.capitalize() for word in surnames().texts], object)[surname],
        "given": np.array([word.capitalize() for word in given.texts], object)[men["given"]],
        "patronymic": _some(
            dice, setting.has_father,
            np.array([word.capitalize() for word in fathers], object)[men["father"]],
        ),
        "birth_date": _some(dice, stated, born),
        "birth_place": _some(
            dice, setting.archive_birthplace, np.array(homes, object)[men["home"]]
        ),
        "death_date": _some(dice, setting.archive_death_day, days[death]),
        "death_place": _some(dice, setting.archive_death_place, _death_places(dice, men)),
        "burial_place": np.where(
            men["site"] < 0, "",
            _some(dice, setting.archive_burial * 2, _site_names(1)[men["site"]]),
        ),
        "prisoner_number": np.where(number, men["number"].astype(str).astype(object), ""),
        "camp": np.where(number, np.array([camp for _, camp, _ in CAMPS], object)[men["camp"]], ""),
    }  # fmt: skip
    table = {name: pa.array(values, pa.string()) for name, values in said.items()}
    return pa.table(table | {"man": pa.array(men["man"])})


def _some(dice: np.random.Generator, chance: float, texts: np.ndarray) -> np.ndarray:
    return np.where(dice.random(len(texts)) < chance, texts, "")


def _dates() -> np.ndarray:
    return np.array([str(ORIGIN + timedelta(days)) for days in range(26_000)], object)


def _site_names(language: int) -> np.ndarray:
    return np.array([site[language] for site in burial_sites()], object)


def _death_places(dice: np.random.Generator, men: Columns) -> np.ndarray:
    """The camp, or where he died: in Belgium a third each of site, country and camp."""
    count = len(men["man"])
    camps = np.array([camp for _, camp, _ in CAMPS], object)[men["camp"]]
    places = np.where(
        men["site"] < 0,
        birthplaces().names[men["place"]],
        np.where(dice.random(count) < 0.5, _site_names(1)[men["site"]], "Бельгия"),
    )
    return np.where(dice.random(count) < 1 / 3, camps, places)


def make(folder: Path, size: int, graves: int, setting: Setting, seed: int) -> Made:
    """Write archive and graves, with the truth about both."""
    folder.mkdir(parents=True, exist_ok=True)
    made = Made(*(folder / name for name in _FILES))
    dice = np.random.default_rng(seed)
    dead = people(dice, int(graves * (1 + OTHERS_IN_BELGIUM)), True, setting, 0)
    recorded = np.flatnonzero(dice.random(len(dead["man"])) < setting.in_archive)
    of_men: dict[int, list[str]] = {}
    with _Writer(made, of_men, graves) as writer:
        first = {name: values[recorded] for name, values in dead.items()}
        left, begin = size - len(recorded), len(dead["man"])
        while left > 0 or first:
            count = max(0, min(left, CHUNK - len(first.get("man", ()))))
            men = people(dice, count, False, setting, begin)
            men = {
                name: np.concatenate([first.get(name, values[:0]), values])
                for name, values in men.items()
            }
            left, begin, first = left - count, begin + count, {}
            writer.write(dice, men, setting)
    in_graves = {name: values[:graves] for name, values in dead.items()}
    _write_graves(made, in_graves, of_men, setting, Random(seed))
    return made


class _Writer:
    """The archive chunk by chunk, its truth, and which records the men in the graves have."""

    def __init__(self, made: Made, of_men: dict[int, list[str]], graves: int) -> None:
        self.made, self.of_men, self.graves, self.count = made, of_men, graves, 0
        self.files: dict[Path, pq.ParquetWriter] = {}

    def __enter__(self) -> _Writer:
        return self

    def __exit__(self, *_: object) -> None:
        for file in self.files.values():
            file.close()

    def write(self, dice: np.random.Generator, men: Columns, setting: Setting) -> None:
        """The documents of these men in any order; some have a second one."""
        table = records(dice, men, setting)
        twice = np.flatnonzero(dice.random(len(men["man"])) < setting.second_document)
        if len(twice):
            again = {name: values[twice] for name, values in men.items()}
            table = pa.concat_tables([table, records(dice, again, setting)])
        table = table.take(dice.permutation(len(table)))
        ids = [f"S{self.count + at:08d}" for at in range(len(table))]
        self.count += len(ids)
        mans = table["man"].to_pylist()
        for man, name in zip(mans, ids, strict=True):
            if man < self.graves:
                self.of_men.setdefault(man, []).append(name)
        told = table.drop_columns(["man"]).add_column(0, "id", pa.array(ids))
        truth = pa.table({"record_id": ids, "man_id": [str(man) for man in mans]})
        for path, part, what in (
            (self.made.archive, told, "archive"),
            (self.made.truth, truth, "truth"),
        ):
            source = pa.array([SOURCE.format(what)] * len(ids))
            self._put(path, part.append_column("source", source))

    def _put(self, path: Path, table: pa.Table) -> None:
        if path not in self.files:
            self.files[path] = pq.ParquetWriter(path, table.schema)
        self.files[path].write_table(table)


def _write_graves(
    made: Made, men: Columns, of_men: dict[int, list[str]], setting: Setting, dice: Random
) -> None:
    languages = [dice.choice(_LANGUAGES) for _ in burial_sites()]
    rows, truths = [], []
    for at in range(len(men["man"])):
        man = {name: int(values[at]) for name, values in men.items()}
        unnamed = dice.random() < setting.unnamed
        row = _unnamed(man, dice) if unnamed else _grave(man, languages[man["site"]], setting, dice)
        site = burial_sites()[man["site"]][0]
        about = {"id": f"G{at:06d}", "burial_place": site, "source": SOURCE.format("graves")}
        rows.append(about | row)
        truths.append(
            {
                "grave_id": f"G{at:06d}", "man_id": str(man["man"]),
                "record_ids": ";".join(of_men.get(man["man"], [])), "unnamed": str(int(unnamed)),
                "source": SOURCE.format("truth"),
            }
        )  # fmt: skip
    for path, names, lines in (
        (made.graves, _COLUMNS.split(), rows),
        (made.graves_truth, list(truths[0]), truths),
    ):
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, names, restval="")
            writer.writeheader()
            writer.writerows(lines)


def _unnamed(man: dict[str, int], dice: Random) -> dict[str, str]:
    day = ORIGIN + timedelta(man["death"])
    return {"death_date": str(day) if dice.random() < 0.9 else f"{day:%Y-%m}"}


def _grave(man: dict[str, int], language: str, setting: Setting, dice: Random) -> dict[str, str]:
    clerk = Clerk(language, setting, dice)
    (given, fathers), places, happens = given_names(), birthplaces(), clerk.happens
    row = {"surname": clerk.write(surnames().texts[man["surname"]])}
    if happens(setting.another_name):
        row["surname"] = clerk.write(str(dice.choice(surnames().texts)))
    if happens(setting.has_given):
        row["given"] = clerk.given(given.texts[man["given"]])
    if happens(setting.has_patronymic):
        row["patronymic"] = clerk.write(fathers[man["father"]])
    if happens(setting.swapped_fields):
        one, other = dice.choice((("surname", "given"), ("given", "patronymic")))
        row[one], row[other] = row.get(other, ""), row.get(one, "")
    row["birth_date"] = _birth(man, clerk)
    row["death_date"] = _death(man, clerk)
    if happens(setting.grave_birthplace):
        home = str(places.names[man["home"]]).lower()
        province = str(places.provinces[man["home"]]).split()[0].lower()
        # Adjective of the province to its town, roughly: Курская, Kursk.
        province = clerk.write(province.removesuffix("ая").removesuffix("ий").removesuffix("ой"))
        where, village = _PROVINCE_WORDS[language].format(province), clerk.write(home)
        row["birth_place"] = dice.choice([village, f"{village}, {where}", where])
    if happens(setting.grave_death_place):
        row["death_place"] = burial_sites()[man["site"]][0]
    if happens(setting.grave_number):
        row["prisoner_number"] = _slipped(str(man["number"]), dice, 0.05)
    if happens(setting.grave_camp):
        camp = CAMPS[man["camp"]][0]
        row["camp"] = dice.choice([camp, camp.removeprefix("Stalag ")])
    return row


def _birth(man: dict[str, int], clerk: Clerk) -> str:
    setting, dice = clerk.setting, clerk.dice
    born = ORIGIN + timedelta(man["birth"])
    if clerk.happens(setting.birth_slip):
        kind = dice.choice(("swap", "year", "day", "ten", "digit"))
        if kind == "swap" and born.day <= 12:
            born = date(born.year, born.day, born.month)
        elif kind == "day":
            born += timedelta(dice.choice((-1, 1, 10, -10)))
        else:
            years = {"ten": (-10, 10), "digit": (-7, 3, 5, -5)}.get(kind, (-1, 1, 2))
            born = date(born.year + dice.choice(years), born.month, min(born.day, 28))
    chosen = dice.random() - setting.birth_day
    if chosen < 0:
        return _written(born, clerk)
    if chosen < setting.birth_year:
        return str(born.year)
    if chosen < setting.birth_year + setting.age:
        age = (ORIGIN + timedelta(man["death"]) - born).days // 365
        words = {"fr": "ans", "nl": "jaar", "de": "Jahre", "pl": "lat"}
        return f"{age} {words.get(clerk.language, 'years')}"
    return ""


def _death(man: dict[str, int], clerk: Clerk) -> str:
    setting, dice = clerk.setting, clerk.dice
    died = ORIGIN + timedelta(man["death"])
    if clerk.happens(setting.death_slip):
        died += timedelta(dice.choice((1, 1, 1, 2, 3, -1, 30, 31, 365, -365)))
    chosen = dice.random() - setting.death_day
    if chosen < 0:
        return _written(died, clerk)
    return dice.choice((f"{died:%Y-%m}", f"{died:%Y}")) if chosen < setting.death_month else ""


def _written(day: date, clerk: Clerk) -> str:
    kind = clerk.dice.randrange(4)
    if kind == 0 and clerk.language in _MONTHS:
        dot = "." if clerk.language == "de" else ""
        return f"{day.day}{dot} {_MONTHS[clerk.language].split()[day.month - 1]} {day.year}"
    if kind == 1:
        return str(day)
    return f"{day:%d.%m.%Y}" if kind == 2 else f"{day.day}/{day.month}/{day.year}"


def _slipped(number: str, dice: Random, chance: float) -> str:
    if dice.random() >= chance:
        return number
    at = dice.randrange(len(number))
    return number[:at] + dice.choice("0123456789") + number[at + 1 :]

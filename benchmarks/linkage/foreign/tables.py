"""Names by how many bear them, places of birth and burial, camps: what people are drawn from."""

from __future__ import annotations

import csv
import io
import lzma
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

ROOT = Path(__file__).parents[3]
_NAMES, _PLACES = ROOT / "data" / "names", ROOT / "src" / "sexton" / "places" / "tables"
# Camp as the papers write it, in Cyrillic, highest number; the first three held the men of Belgium.
CAMPS = [
    ("Stalag VI K (326)", "шталаг 326 (VI К)", 180_000),
    ("Stalag IV B", "шталаг IV B", 260_000),
    ("Stalag IV H (304)", "шталаг IV H (304)", 150_000),
    ("Stalag VI A", "шталаг VI A", 60_000),
    ("Stalag VI C", "шталаг VI C", 50_000),
    ("Stalag 352", "шталаг 352", 110_000),
    ("Stalag X D (310)", "шталаг X D (310)", 120_000),
    ("Stalag XI D (321)", "шталаг XI D (321)", 60_000),
    ("Stalag VIII E (308)", "шталаг VIII E (308)", 130_000),
    ("Stalag VIII F (318)", "шталаг VIII F (318)", 150_000),
    ("Stalag II B", "шталаг II B", 110_000),
    ("Stalag I B", "шталаг I B", 100_000),
    ("Stalag III C", "шталаг III C", 60_000),
    ("Stalag XIII D", "шталаг XIII D", 70_000),
    ("Stalag XVII B", "шталаг XVII B", 120_000),
    ("Stalag XX B", "шталаг XX B", 50_000),
]
_STEMS = (
    "Иван Петр Михайл Никол Алексе Покров Троиц Красн Бел Черн Зелен Камен Берез Дубр Ольх Сосн "
    "Александр Павл Семен Васильев Андре Григорь Богород Успен Высок Глин Песчан Лип Верб Калин "
    "Медвед Волк Лис Сокол Ворон Журавл Гус Рыб Мельн Кузнец Поп Казач Татар Хутор Озер Реч Луг"
)
_FIRST = ["", "", "", "", "Старая ", "Новая ", "Верхняя ", "Нижняя ", "Большая ", "Малая "]
_ENDINGS = "овка евка овское ово ино ки ница щина ец ичи ное янка уха еевка"


@dataclass(frozen=True)
class Drawn:
    """Texts, and how likely each is."""

    texts: np.ndarray
    chances: np.ndarray

    @classmethod
    def of(cls, counts: dict[str, float]) -> Drawn:
        weights = np.array(list(counts.values()), float)
        return cls(np.array(list(counts), object), weights / weights.sum())

    def draw(self, dice: np.random.Generator, count: int) -> np.ndarray:
        """Positions in the texts."""
        return np.searchsorted(np.cumsum(self.chances), dice.random(count)).clip(
            0, len(self.texts) - 1
        )


def _counts(kind: str) -> dict[str, int]:
    with lzma.open(_NAMES / f"{kind}_counts.tsv.xz", "rt", encoding="utf-8") as lines:
        rows = csv.reader(lines, delimiter="\t")
        next(rows)
        return {name: int(count) for name, count in rows if name.replace("-", "").isalpha()}


@cache
def surnames() -> Drawn:
    """Men's surnames; a woman's form counts for the man's, where one is known."""
    counts = _counts("surname")
    men: dict[str, float] = {}
    for name, count in counts.items():
        forms = [name]
        if name.endswith(("ова", "ева", "ёва", "ина", "ына")):
            forms = [name[:-1]]
        elif name.endswith("ая"):
            forms = [name[:-2] + end for end in ("ий", "ый", "ой")]
        man = next((form for form in forms if form in counts), None)
        if man:
            men[man] = men.get(man, 0) + count
    return Drawn.of(men)


_ODD_FATHERS = {"михаил": "михайлович", "яков": "яковлевич", "лев": "львович"}


def _patronymics_of(name: str) -> list[str]:
    if name in _ODD_FATHERS:
        return [_ODD_FATHERS[name]]
    if name.endswith("ий"):
        return [name[:-2] + "ьевич", name[:-2] + "иевич"]
    if name.endswith(("й", "ь")):
        return [name[:-1] + "евич"]
    if name.endswith(("а", "я")):
        return [name[:-1] + "ич"]
    return [name + "ович", name + "евич", name[:-2] + name[-1:] + "ович"]


@cache
def given_names() -> tuple[Drawn, np.ndarray]:
    """Given names and the patronymic of each.

    How many bear a name is counted in the patronymics: the fathers of the living are nearer to the
    soldiers of 1941 than the living, whose given names the other table counts.
    """
    given, patronymics = _counts("given"), _counts("patronymic")
    sons: dict[str, str] = {}
    for name, count in given.items():
        found = max(_patronymics_of(name), key=lambda word: patronymics.get(word, 0))
        if count >= 5 and patronymics.get(found, 0) >= 5:
            sons.setdefault(found, name)  # The table begins with the commonest.
    counts = {name: float(patronymics[father]) for father, name in sons.items()}
    return Drawn.of(counts), np.array(list(sons), object)


def _table(name: str) -> list[dict[str, str]]:
    file = _PLACES / name
    text = lzma.decompress(file.read_bytes()).decode() if name.endswith("xz") else file.read_text()
    return list(csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE))


@dataclass(frozen=True)
class Birthplaces:
    """Towns of the gazetteer and villages that none knows: name, province, and their chances."""

    names: np.ndarray
    provinces: np.ndarray
    chances: np.ndarray


@cache
def birthplaces(villages: int = 60_000) -> Birthplaces:
    """A third were born in a place of the gazetteer, the others in an invented village."""
    provinces = {
        code: row["name_1941"]
        for row in _table("units.tsv")
        if row["kind"] == "province"
        for code in row["codes"].split()
    }
    towns = [
        (row["russian"], provinces[code], int(row["population"] or 0))
        for row in _table("ussr.tsv.xz")
        if row["russian"] and (code := f"{row['country']}.{row['admin1']}") in provinces
    ]
    dice = np.random.default_rng(1941)
    weights = np.array([(people + 500) ** 0.5 for _, _, people in towns])
    homes = dice.choice(len(towns), villages, p=weights / weights.sum())
    words = [
        dice.choice(_FIRST, villages), dice.choice(_STEMS.split(), villages),
        dice.choice(_ENDINGS.split(), villages),
    ]  # fmt: skip
    made = ["".join(parts) for parts in zip(*words, strict=True)]
    return Birthplaces(
        np.array([name for name, _, _ in towns] + made, object),
        np.array([home for _, home, _ in towns] + [towns[at][1] for at in homes], object),
        np.concatenate([weights / weights.sum() / 3, np.full(villages, 2 / 3 / villages)]),
    )


@cache
def burial_sites(count: int = 55) -> list[tuple[str, str, float]]:
    """Belgian places with a Cyrillic name, and how large the cemetery is against the others."""
    rows = _table("belgium.tsv.xz")
    known = {row["place_id"]: row["names"].split("|") for row in _table("belgium_names.tsv.xz")}
    named = []
    for row in sorted(rows, key=lambda row: -int(row["population"] or 0)):
        cyrillic = [name for name in known[row["place_id"]] if "а" <= name[-1].lower() <= "я"]
        if cyrillic:
            named.append((row["name"], cyrillic[0]))
    chosen = np.random.default_rng(1945).permutation(min(len(named), 400))[:count]
    return [(*named[at], 1 / (rank + 2)) for rank, at in enumerate(chosen)]

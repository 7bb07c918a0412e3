"""Pairs of an archive that are worth weighing, found from its columns."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sexton.evidence import default_rules
from sexton.linkage.archive import Archive
from sexton.linkage.archive.alike import Alike, Screen, all_alike
from sexton.linkage.archive.within import LEAST
from sexton.linkage.posterior import prior_bits

COLUMNS = ("surname", "given", "patronymic", "birth_date", "birth_place", "death_date")
PLACE = "Харьковская обл., Змиевский р-н, с. Водяное"
# Invented. Many Petrovs, many who were born on one day or died on one, whose names are all others.
MANY = 200
GIVEN = ("Иван", "Степан", "Павел", "Фёдор", "Николай")
PATRONYMICS = ("Ильич", "Кузьмич", "Лукич", "Савельевич", "Фомич")
ROWS = [
    *(("Петров", GIVEN[n % 5], PATRONYMICS[n // 5 % 5], f"{1880 + n % 40}", "", "")
      for n in range(MANY)),
    *((f"Бел{chr(1072 + n % 30)}{chr(1072 + n // 30)}нос", GIVEN[n % 5], "", "12.08.1914", "",
       "03.03.1943") for n in range(MANY)),
]  # fmt: skip
PAIRS = {
    "same name, all there": [
        ("Петров", "Тарас", "Мокеевич", "05.02.1911", "", ""),
        ("Петров", "Тарас", "Мокеевич", "05.02.1911", "", ""),
    ],
    "rare surname": [
        ("Жмырко", "Архип", "", "1907", "", ""), ("Жмырко", "Архип", "", "1907", "", ""),
    ],
    "a letter": [
        ("Шатуненков", "Афанасий", "Ильич", "1904", "", ""),
        ("Шатуненко", "Афанасий", "Ильич", "1904", "", ""),
    ],
    "another surname, born on a day of many": [
        ("Крутилин", "Тарас", "Мокеевич", "12.08.1914", PLACE, ""),
        ("Яблонский", "Тарас", "Мокеевич", "12.08.1914", PLACE, ""),
    ],
    "exchanged names": [
        ("Ермолай", "Гвоздецкий", "", "17.06.1909", "", ""),
        ("Гвоздецкий", "Ермолай", "", "17.06.1909", "", ""),
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def pool(tmp_path_factory):
    folder = tmp_path_factory.mktemp("alike")
    rows = [*ROWS, *(row for pair in PAIRS.values() for row in pair)]
    cells = {name: [row[n] for row in rows] for n, name in enumerate(COLUMNS)}
    cells["id"] = [f"r{n}" for n in range(len(rows))]
    pq.write_table(pa.table(cells), folder / "list.parquet")
    archive = Archive(folder / "archive")
    archive.add(folder / "list.parquet")
    return archive.pool()


def found(pool, size=10_000):
    least = LEAST - prior_bits(0.4, len(pool))
    screen = Screen(pool, pool.own_shares(), default_rules(), least, size, None)
    alike = all_alike([screen.alike(batch) for batch in screen.batches])
    one, other = screen.positions(alike.a), screen.positions(alike.b)
    return alike, {frozenset(pair) for pair in zip(one.tolist(), other.tolist(), strict=True)}


def test_who_agrees_in_several_things_is_found(pool):
    alike, pairs = found(pool)
    for number, what in enumerate(PAIRS):
        first = len(ROWS) + 2 * number
        assert frozenset((first, first + 1)) in pairs, what
    assert len(pairs) == len(alike.a)
    assert (alike.a < alike.b).all()


def test_what_was_passed_over_is_told(pool):
    alike, _ = found(pool)
    looked, passed_over, crowded_out = alike.counts.tolist()
    # Nine in ten of two hundred who died on one day share neither given name nor patronymic.
    assert passed_over >= MANY * MANY / 2
    assert looked < len(pool) ** 2
    # Beside so few, each Petrov is like more of the others than there is room for.
    assert crowded_out > 0


def test_batches_change_no_pair(pool):
    _, whole = found(pool)
    _, parts = found(pool, 37)
    assert parts == whole


def test_pairs_are_kept_in_files(pool, tmp_path):
    alike, _ = found(pool)
    alike.save(tmp_path / "pairs.npz")
    read = Alike.load(tmp_path / "pairs.npz")
    assert all(np.array_equal(one, other) for one, other in zip(alike, read, strict=True))

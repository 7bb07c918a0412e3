"""An archive's persons asked for from its columns: as if they had been read."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sexton.evidence import default_rules
from sexton.linkage.archive import Archive
from sexton.linkage.archive.own import OwnPersons
from sexton.linkage.screening.asking import ask
from sexton.linkage.screening.forms import SWAPPED_BITS, Queries, number_forms

# Invented, beside simulated ones: names in each other's place, initials, a whole name in one cell,
# two numbers, two alphabets.
ODD = [
    {"surname": "Иван", "given": "Шатунов", "birth_date": "12.08.1904"},
    {"surname": "Петров", "given": "Сидоренко", "prisoner_number": "108258 / 4711"},
    {"surname": "Петров-Водкин", "given": "К.", "camp": "Stalag VI K", "birth_date": "1904"},
    {"name": "Schatunow Afanas", "death_date": "03.03.1943", "burial_place": "Zolder"},
]


@pytest.fixture(scope="module")
def pool(archive_table, tmp_path_factory):
    folder = tmp_path_factory.mktemp("own")
    table = pa.table(archive_table.slice(0, 150))
    columns = {*table.column_names, *(name for row in ODD for name in row)}
    rows = [*table.to_pylist(), *({"id": f"odd{n}"} | row for n, row in enumerate(ODD))]
    cells = {name: [row.get(name) or "" for row in rows] for name in sorted(columns)}
    pq.write_table(pa.table(cells), folder / "list.parquet")
    archive = Archive(folder / "archive")
    archive.add(folder / "list.parquet")
    return archive.pool()


@pytest.fixture(scope="module")
def own(pool):
    return OwnPersons(pool.coded[0], pool.own_shares(), default_rules())


def people_of(pool, own, begin, end):
    return [pool.person(position) for position in own.records[begin:end].tolist()]


def ways(forms, queries, person):
    """The names by which a person is asked for, as texts, those with exchanged parts marked."""
    texts = {kind: [*known] for kind, known in queries.names.items()}
    return {
        (
            *(
                texts[kind][number] if number >= 0 else ""
                for kind, number in zip(
                    texts, (forms.surname[f], forms.given[f], forms.patronymic[f]), strict=True
                )
            ),
            forms.bits[f] <= SWAPPED_BITS,
        )
        for f in range(forms.starts[person], forms.starts[person + 1])
    }


def test_all_are_asked_for_by_the_names_that_are_read_of_them(pool, own):
    queries, as_read = Queries(), Queries()
    forms = own.forms(20, len(own), queries)
    read = number_forms(people_of(pool, own, 20, len(own)), as_read)
    assert len(forms.starts) == len(read.starts) == len(own) - 19
    exchanged = 0
    for person in range(len(own) - 20):
        asked = {way[:3] for way in ways(forms, queries, person)}
        known = {way[:3] for way in ways(read, as_read, person)}
        exchanged += any(way[3] for way in ways(forms, queries, person))
        # Double surnames are asked for by their halves and, here, as they stand.
        assert known <= asked
        assert all(" " in way[0] or "-" in way[0] for way in asked - known)
    assert exchanged >= 2


def test_what_they_state_is_what_is_read_of_them(pool, own):
    coded, shares, rules = pool.coded[0], pool.own_shares(), default_rules()
    asked = own.asked(20, len(own), coded)
    read = ask(people_of(pool, own, 20, len(own)), coded.categories, shares, rules)
    # But for where one lies, which is not compared with deaths here.
    columns = [n for n in range(12) if n != 9]
    assert np.array_equal(asked.facts[:, columns], read.facts[:, columns])
    assert np.array_equal(asked.place_bits, read.place_bits)
    assert np.array_equal(asked.camp_bits, read.camp_bits)
    assert np.array_equal(asked.number_starts, read.number_starts)
    assert np.array_equal(asked.numbers, read.numbers)


def test_another_list_has_numbers_of_its_own(pool, own, tmp_path):
    archive = Archive(tmp_path / "archive")
    pq.write_table(
        pa.table({"id": ["a", "b"], "camp": ["VI A", "VI K"], "surname": ["Петров", "Иванов"]}),
        tmp_path / "other.parquet",
    )
    archive.add(tmp_path / "other.parquet")
    other = archive.pool().coded[0]
    read = people_of(pool, own, 0, len(own))
    known = ask(read, other.categories, pool.own_shares(), default_rules())
    found = own.asked(0, len(own), other).facts
    columns = [n for n in range(12) if n != 9]
    assert np.array_equal(found[:, columns], known.facts[:, columns])

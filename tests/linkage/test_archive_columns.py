"""A list held in memory and the same list on the disk: the same columns, the same answers."""

from __future__ import annotations

import json

import numpy as np
import pyarrow.parquet as pq
import pytest

from sexton.linkage import LinkOptions, count_shares, link
from sexton.linkage.archive import Archive, link_archive
from sexton.linkage.coding import code_people
from sexton.linkage.columns import GIVEN, PATRONYMIC, PERSON, SURNAME, Columns
from sexton.linkage.pools import ListPool
from sexton.linkage.vocabularies import KINDS
from sexton.records import load_mapping, pack_path, read_person_list
from sexton.records.reading import read_people


def text_of(numbers, vocabulary):
    names = [*vocabulary.names, *vocabulary.initials, ""]
    return [names[number] for number in numbers.tolist()]


def texts(ids, numbers):
    return [ids.texts[number] if number >= 0 else "" for number in numbers.tolist()]


def content(coded):
    """Everything that columns say, in words: by position in the list, whatever the numbering."""
    columns, codes = coded.columns, coded.categories
    facts = columns.persons
    who = columns.record[columns.rows[:, PERSON]].tolist()
    names = [
        text_of(columns.rows[:, column], coded.vocabularies.of(kind))
        for kind, column in zip(KINDS, (SURNAME, GIVEN, PATRONYMIC), strict=True)
    ]
    rows = sorted(zip(who, *names, strict=True))
    said = zip(
        columns.record.tolist(),
        *(facts[:, column].tolist() for column in range(4)),
        texts(codes.place, facts[:, 4]),
        texts(codes.unit, facts[:, 5]),
        texts(codes.burial, facts[:, 6]),
        texts(codes.camp, facts[:, 7]),
        facts[:, 8].tolist(),
        strict=True,
    )
    lookups = {
        name: sorted((who[row], names[0][row], names[1][row], names[2][row])
                     for row in lookup.rows.tolist())
        for name, lookup in columns.lookups._asdict().items()
    }  # fmt: skip
    days = {
        name: columns.lookups._asdict()[name].keys.tolist() for name in ("birth", "death", "number")
    }
    return {"rows": rows, "persons": sorted(said), "lookups": lookups, "days": days}


def bearers(coded):
    return {
        kind: {
            name: count
            for name, count in zip(
                coded.vocabularies.of(kind).names,
                coded.vocabularies.of(kind).counts.tolist(),
                strict=True,
            )
            if count
        }
        for kind in KINDS
    }


def is_sorted(columns: Columns, surnames: int):
    """Whether the order is that which screening relies on."""
    rows, birth = columns.rows, columns.persons[:, 0]
    surname = np.where(rows[:, SURNAME] < 0, surnames, rows[:, SURNAME])
    keys = surname.astype(np.int64) << 32 | birth[rows[:, PERSON]]
    runs = [(columns.starts[s], columns.starts[s + 1]) for s in range(surnames)]
    return (
        (np.diff(keys) >= 0).all()
        and all((rows[a:b, SURNAME] == s).all() for s, (a, b) in enumerate(runs))
        and (rows[columns.starts[surnames] :, SURNAME] == -1).all()
        and sorted(columns.record.tolist()) == list(range(len(columns.persons)))
        and all((np.diff(lookup.keys) >= 0).all() for lookup in columns.lookups)
    )


ODD = [
    {"surname": "Шаров", "given": "И.", "patronymic": "П."},
    {"name": "Ivan Petrovitch SCHATUNOFF"},
    {"name": "Chatunov Ivan (Шатунов Иван)", "birth_date": "1903"},
    {"surname": "Римский-Корсаков", "given": "Николай", "patronymic": "Андреевич"},
    {"surname": "Иванова", "given": "Мария", "sex": "f"},
    {"surname": "Иванова", "given": "Мария", "patronymic": "Ивановна", "other_names": "Петрова"},
    {"surname": "Kotov", "given": "Иван"},
    {"surname": "inconnu"},
    {"name": "неизвестный солдат", "burial_place": "Genk"},
    {"surname": "Гусев", "birth_date": "32 Jahre", "death_date": "3.4.1944"},
    {"surname": "Гусев", "birth_date": "1910-1944"},
    {"name": "Гусев Пётр 1911-1943"},
    {"surname": "Гусев", "birth_date": "unbekannt", "death_date": "0.0.1943"},
    {"surname": "Гусев", "given": "Пётр", "birth_date": "12.1908", "death_date": "31.12.1942"},
    {"surname": "Гусев", "prisoner_number": "12345 / VI A; 777123", "camp": "Stalag VI A"},
    {"surname": "Гусев", "prisoner_number": "12", "camp": "irgendwo"},
    {"surname": "Гусев", "birth_place": "Смоленская обл., д. Нигде", "burial_place": " Genk "},
    {"surname": "Гусев", "birth_place": "Nirgendwo", "burial_place": "Zolder"},
    {"name": "-", "prisoner_number": "55555"},
    {"patronymic": "Иванович", "birth_date": "1900"},
    {},
]


def odd_rows():
    return [{"id": f"odd-{n}", **row} for n, row in enumerate(ODD * 2)]


@pytest.fixture(scope="module")
def lists(tmp_path_factory, archive_table, write_csv):
    """Lists as files, with how they are mapped."""
    folder = tmp_path_factory.mktemp("lists")
    pq.write_table(archive_table, folder / "simulated.parquet")
    columns = ["id", *sorted({name for row in ODD for name in row})]
    odd = write_csv(folder / "odd.csv", odd_rows(), columns)
    dead = pack_path("belgium") / "identified_dead.csv"
    return {
        "simulated": (folder / "simulated.parquet", None),
        "odd": (odd, None),
        "belgium": (pack_path("belgium") / "entries.csv", "belgium"),
        "dead": (dead, "belgium-identified-dead"),
    }


@pytest.fixture(scope="module")
def pair(lists, tmp_path_factory):
    """The readings of a list, and an archive of it."""
    made = {}

    def find(name):
        if name not in made:
            path, mapping = lists[name]
            profile = load_mapping(mapping) if mapping else None
            archive = Archive(tmp_path_factory.mktemp(name) / "archive")
            archive.add(path, profile)
            made[name] = read_people(read_person_list(path, profile).records), archive.pool()
        return made[name]

    return find


LISTS = ["simulated", "odd", "belgium", "dead"]


@pytest.mark.parametrize("name", LISTS)
def test_the_columns_of_a_built_list_are_those_of_its_readings(pair, name):
    people, pool = pair(name)
    [built], coded = pool.coded, code_people(people)
    expected, found = content(coded), content(built)
    for part in expected:
        assert found[part] == expected[part], part
    assert bearers(built) == bearers(coded)
    for each in (built, coded):
        assert is_sorted(each.columns, each.vocabularies.surname.size)


@pytest.mark.parametrize("name", LISTS)
def test_values_are_as_common_in_a_built_list_as_in_its_readings(pair, name, grave_people):
    people, pool = pair(name)
    for left in (grave_people, people[: len(people) // 2]):
        expected, found = count_shares(left, people), pool.shares(left)
        for kind, shares in expected.everywhere.items():
            assert found.everywhere[kind] == pytest.approx(shares), kind
        places = {person.burial_place for person in left} - {""}
        # Of places where none of the left list lies nothing is asked.
        needed = {g: dict(n) for g, n in expected.within.items() if g[1].split("\n")[1] in places}
        assert {group: dict(counts) for group, counts in found.within.items()} == needed
        own = ListPool(people).shares(left)
        assert found.everywhere["stated"] == pytest.approx(own.everywhere["stated"])


@pytest.mark.parametrize(
    ("left", "right"), [("graves", "simulated"), ("graves", "odd"), ("dead", "belgium"),
                        ("odd", "odd"), ("belgium", "dead")],
)  # fmt: skip
def test_lists_are_linked_alike_in_memory_and_on_the_disk(pair, left, right, grave_people, by_left):
    # A list of its own: one that is linked with itself is counted once.
    graves = grave_people if left == "graves" else [*pair(left)[0]]
    people, pool = pair(right)
    options = LinkOptions(top=8)
    in_memory, on_disk = link(graves, people, options), link_archive(graves, pool, options)
    expected, found = by_left(in_memory.candidates), by_left(on_disk.rows)
    assert found.keys() == expected.keys()
    for grave, answers in expected.items():
        assert found[grave].keys() == answers.keys()
        for right_id, told in answers.items():
            weight, probability = found[grave][right_id]
            assert weight == pytest.approx(told[0], abs=1e-9)
            # Who is looked at under two names counts once or twice among the rest.
            assert probability == pytest.approx(told[1], abs=1e-5)
    assert (on_disk.left, on_disk.right, on_disk.pairs) == (
        in_memory.left,
        in_memory.right,
        in_memory.pairs,
    )


def test_evidence_on_the_disk_adds_up_to_the_weight(pair, grave_people):
    rows = [row for row in link_archive(grave_people, pair("simulated")[1]).rows if row.right_id]
    assert len(rows) > 300
    for row in rows:
        parts = [field["bits"] for field in json.loads(row.evidence)]
        assert row.weight == pytest.approx(sum(parts), abs=1e-9)

"""Several lists in one archive are linked as one list that has all their rows."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sexton.linkage import LinkOptions, vocabularies
from sexton.linkage.archive import Archive, link_archive
from sexton.linkage.screening import join

TOP = 12


@pytest.fixture(scope="module")
def archives(tmp_path_factory, archive_table):
    """The same rows as one list, and as three of unequal length."""
    folder = tmp_path_factory.mktemp("lists")
    whole, parts = Archive(folder / "whole"), Archive(folder / "parts")
    rows = len(archive_table)
    cuts = {"whole": (0, rows), "a": (0, 2_100), "b": (2_100, 2_200), "c": (2_200, rows)}
    for name, (first, last) in cuts.items():
        path = folder / f"{name}.parquet"
        pq.write_table(pa.table(archive_table.slice(first, last - first)), path)
        (whole if name == "whole" else parts).add(path)
    assert len(parts.lists()) == 3
    return whole.pool(), parts.pool()


def test_positions_go_on_from_list_to_list(archives, archive_table):
    whole, parts = archives
    ids = archive_table["id"].to_pylist()
    assert len(whole) == len(parts) == len(ids)
    for place in (0, 2_099, 2_100, 2_199, 2_200, len(ids) - 1):
        assert whole.id_of(place) == parts.id_of(place) == ids[place]
        assert whole.record(place).fields == parts.record(place).fields
        assert whole.person(place) == parts.person(place)
    places = np.array([2_200, 0, 2_199, 0])
    assert whole.ids_of(places) == parts.ids_of(places) == [ids[place] for place in places]
    assert parts.ids_of(places[:0]) == []


def test_values_are_as_common_in_both(archives, grave_people):
    one, several = (pool.shares(grave_people) for pool in archives)
    for kind, shares in one.everywhere.items():
        assert several.everywhere[kind] == pytest.approx(shares)
    assert several.within == one.within


@pytest.mark.parametrize("population", [False, True])
def test_the_same_men_come_first_with_the_same_weights(
    archives, grave_people, by_left, monkeypatch, population
):
    """To the last bit where all are searched at once; else nearly."""
    if population:
        # From so many records on an archive tells itself how common its names are; the others
        # that are imagined beside them are as few as beside a million.
        monkeypatch.setattr(vocabularies, "POPULATION", 500)
        monkeypatch.setattr(join, "IMAGINED", 300.0)
    options = LinkOptions(top=TOP)
    one, several = (by_left(link_archive(grave_people, pool, options).rows) for pool in archives)
    assert one.keys() == several.keys()
    first = [max(answers, key=lambda r: answers[r][1]) for answers in one.values()]
    other = [max(answers, key=lambda r: answers[r][1]) for answers in several.values()]
    assert np.mean([a == b for a, b in zip(first, other, strict=True)]) >= 0.98
    shared = [
        (one[grave][right], several[grave][right])
        for grave in one
        for right in one[grave].keys() & several[grave].keys()
        if right
    ]
    assert len(shared) > 200
    differences = np.array([abs(a[0] - b[0]) for a, b in shared])
    # Whom the shorter search finds in the one may be left to the longer in the other.
    assert np.quantile(differences, 0.99 if population else 1.0) < (0.3 if population else 1e-9)
    probabilities = np.array([abs(a[1] - b[1]) for a, b in shared])
    assert probabilities.max() < 0.05


def test_what_is_added_later_is_found_with_what_was_there(tmp_path, write_csv):
    from sexton.records import Record
    from sexton.records.reading import read_person

    archive = Archive(tmp_path / "archive")
    row = {"surname": "Шатунов", "given": "Афанасий", "birth_date": "1903"}
    archive.add(write_csv(tmp_path / "a.csv", [{"id": "a", "name": "Климов Пётр"}]))
    grave = read_person(Record("g", {"name": "Schatunow Afanas", "birth_date": "1903"}, {}, "", 1))

    def best():
        rows = list(link_archive([grave], archive.pool()).rows)
        return next((row.right_id for row in rows if row.right_id and row.weight > 10), None)

    assert best() is None
    entry = archive.add(write_csv(tmp_path / "b.csv", [{"id": "b", **row}])).entry
    assert best() == "b"
    archive.remove(entry)
    assert best() is None

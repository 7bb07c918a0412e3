"""Searching an archive by a few words: the same men that weighing every record finds."""

from __future__ import annotations

import csv
from concurrent.futures import ThreadPoolExecutor

import pytest

from sexton.linkage.archive import Archive, ArchiveSearch
from sexton.records import read_person_list
from sexton.records.reading import read_people
from sexton.simulate import COLUMNS, simulate_people

QUERIES = ("Iwanow Iwan", "Kusnezoff 1912", "Петров Николай 1915", "Schewtschenko", "Popov Vassili")


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    folder = tmp_path_factory.mktemp("search")
    path = folder / "people.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(simulate_people(1500, seed=8))
    kept = Archive(folder / "kept")
    kept.add(path)
    return kept.pool(), read_people(read_person_list(path).records)


def test_a_man_is_found_by_his_name_and_year(archive):
    pool, people = archive
    search = ArchiveSearch(pool)
    asked = [person for person in people if person.birth and person.birth.first][:60]
    for person in asked:
        form = person.name.forms[0]
        hits = search.search(f"{form.surname} {form.given} {person.birth.first.year}", top=5)
        assert person.id in {hit.candidate.right_id for hit in hits}


def test_what_is_found_comes_with_its_record_and_its_evidence(archive):
    for hit in ArchiveSearch(archive[0]).search("Kusnezoff", top=5):
        assert hit.record.id == hit.candidate.right_id
        assert hit.record.fields["surname"] == "Кузнецов"
        parts = sum(item.bits for item in hit.candidate.evidence)
        assert hit.candidate.weight == pytest.approx(parts, abs=1e-9)


@pytest.mark.parametrize("text", ["", "  ", "1912", "?!", "Xqwzv Pflümmbaum 99999999999999999999"])
def test_what_names_nobody_is_answered(archive, text):
    hits = ArchiveSearch(archive[0]).search(text, top=3)
    assert len(hits) <= 3


def test_threads_share_a_search(archive):
    search = ArchiveSearch(archive[0])
    alone = [search.search(text) for text in QUERIES]
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(search.search, QUERIES * 4))
    assert together == alone * 4

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


def test_an_answer_says_how_probable_each_is_and_that_it_is_none(archive):
    pool, people = archive
    search = ArchiveSearch(pool)
    full = next(p for p in people if p.birth and p.birth.is_full and p.name.forms[0].patronymic)
    form = full.name.forms[0]
    born = full.birth.first.isoformat()
    answer = search.answer(f"{form.surname} {form.given} {form.patronymic} {born}", top=5)
    first = answer.hits[0].candidate
    assert first.right_id == full.id and first.probability > 0.9
    assert answer.none < 0.1
    vague = search.answer("Иванов", top=5)
    assert len(vague.hits) > 2 and vague.none > 0.01
    assert sum(hit.candidate.probability for hit in vague.hits) + vague.none < 1.01
    assert [h.candidate.right_id for h in vague.hits] == [
        h.candidate.right_id for h in search.search("Иванов", top=5)
    ]
    nobody = search.answer("?!")
    assert (nobody.hits, nobody.none) == ([], 1.0)


def test_documents_of_one_man_share_his_probability(tmp_path):
    card = {"id": "a", "name": "Шатунов Афанасий Петрович", "birth_date": "1903-05-02"}
    rows = [card, {**card, "id": "b", "camp": "Stalag VI K"}]
    rows += [{"id": f"x{n}", "name": f"Попов Иван {n}", "birth_date": "1911"} for n in range(50)]
    path = tmp_path / "twice.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, ("id", "name", "birth_date", "camp"))
        writer.writeheader()
        writer.writerows(rows)
    kept = Archive(tmp_path / "kept")
    kept.add(path)
    answer = ArchiveSearch(kept.pool()).answer("Schatunow Afanassi Petrowitsch 1903-05-02")
    assert {hit.record.id for hit in answer.hits} == {"a", "b"}
    assert all(hit.candidate.probability > 0.8 for hit in answer.hits)


def test_a_record_is_found_again_by_its_list_and_number(archive):
    pool, _ = archive
    hit = ArchiveSearch(pool).search("Kusnezoff", top=1)[0]
    assert pool.row_of(hit.folder.name, hit.record.row) == hit.record
    assert pool.row_of(hit.folder.name, 0) is None
    assert pool.row_of(hit.folder.name, len(pool) + 1) is None
    assert pool.row_of("no such list", 1) is None
    assert all(text.startswith("simulated: ") for text in pool.texts_of("source", 3))
    assert pool.texts_of("no such column", 3) == []

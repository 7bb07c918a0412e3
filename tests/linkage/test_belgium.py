"""The links of the Belgian register: judged against pairs that people found beyond doubt."""

from __future__ import annotations

import csv
from itertools import combinations

import pytest

from sexton.linkage import dedupe
from sexton.records import load_mapping, pack_path, read_person_list
from sexton.records.reading import read_people

# Read by hand, row by row: pairs that the engine may well find and that are two men.
TWO_MEN = [
    ("fr-methode-168", "fr-methode-201"),  # the two Tabakovs of Genk
    ("fr-methode-175", "fr-methode-177"),  # Avgust and Vassilenko, dates copied
    ("fr-methode-248", "fr-methode-249"),  # Bondarev and Gubiachkine, birthplace leaked
    ("fr-methode-255", "fr-methode-256"),  # two Sergejs of Ukraine at Kortemark
    ("fr-methode-161", "fr-methode-b-021"),  # two Ivan Aleksandrovitches
    ("fr-methode-144", "fr-methode-145"),
    ("fr-emb-kortemark-005", "fr-emb-kortemark-006"),
    ("en-emb-maurage-002", "en-emb-maurage-004"),
    ("fr-methode-b-018", "fr-methode-b-023"),  # Stepanov and Dotsenko, side by side
]


@pytest.fixture(scope="module")
def register():
    pack = pack_path("belgium")
    people = read_people(read_person_list(pack / "entries.csv", load_mapping("belgium")).records)
    with (pack / "person_links.csv").open(encoding="utf-8", newline="") as file:
        links = list(csv.DictReader(file))
    return people, links, dedupe(people)


def cluster_of(result):
    return {member.id: member.cluster_id for member in result.members}


def test_every_row_is_in_one_cluster(register):
    people, _, result = register
    assert [member.id for member in result.members] == [person.id for person in people]
    assert all(0 < member.probability < 1 for member in result.members)


def test_the_certain_links_are_found(register):
    _, links, result = register
    cluster = cluster_of(result)
    certain = [link for link in links if link["certainty"] == "certain"]
    found = sum(cluster[x["entry_id_a"]] == cluster[x["entry_id_b"]] for x in certain)
    assert found / len(certain) >= 0.95


@pytest.mark.parametrize(("a", "b"), TWO_MEN)
def test_two_men_stay_two(register, a, b):
    cluster = cluster_of(register[2])
    assert cluster[a] != cluster[b]


def test_unnamed_dead_are_not_merged(register):
    people, _, result = register
    cluster = cluster_of(result)
    unnamed = [person.id for person in people if person.unnamed and person.birth is None]
    assert len(unnamed) > 50
    assert all(cluster[a] != cluster[b] for a, b in combinations(unnamed, 2))


def test_links_hold_when_rows_are_left_out(register):
    """Every third row taken away: what remains is linked as before, as far as links remain."""
    people, links, _ = register
    kept = [person for i, person in enumerate(people) if i % 3]
    cluster = cluster_of(dedupe(kept))
    certain = [
        (x["entry_id_a"], x["entry_id_b"])
        for x in links
        if x["certainty"] == "certain" and x["entry_id_a"] in cluster and x["entry_id_b"] in cluster
    ]
    assert len(certain) >= 10
    assert sum(cluster[a] == cluster[b] for a, b in certain) / len(certain) >= 0.95
    assert all(cluster[a] != cluster[b] for a, b in TWO_MEN if a in cluster and b in cluster)


def test_the_evidence_of_a_link_adds_up_and_is_no_certainty(register):
    for link in register[2].links:
        assert link.weight == pytest.approx(sum(item.bits for item in link.evidence), abs=1e-9)
        assert link.probability < 1

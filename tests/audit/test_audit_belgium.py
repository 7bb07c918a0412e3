"""The audit of the Belgian register: every known fault is found, and who is two men stays two."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

import pytest

from sexton.audit import Finding, audit, kinds
from sexton.records import load_mapping, read_person_list

BELGIUM = Path(__file__).parents[2] / "data" / "belgium"


@pytest.fixture(scope="module")
def findings() -> list[Finding]:
    records = read_person_list(BELGIUM / "entries.csv", load_mapping("belgium")).records
    with (BELGIUM / "sites.csv").open(encoding="utf-8", newline="") as file:
        return audit(records, list(csv.DictReader(file)))


KNOWN = [
    # Faults of the published lists, by the values themselves.
    ("one_man_twice", {"fr-methode-179", "fr-methode-203"}),  # Gavelko, Khavelko
    ("one_man_twice", {"fr-methode-138", "fr-methode-195"}),  # Agafonov, Ogaronov
    ("same_dates_two_names", {"fr-methode-175", "fr-methode-177"}),  # Avgust, Vassilenko
    ("leaked_birth_place", {"fr-methode-248", "fr-methode-249"}),  # Bondarev to Gubiachkine
    ("leaked_birth_place", {"fr-methode-170", "fr-methode-171"}),  # Tkatchev to Uvaliev
    ("leaked_birth_place", {"fr-methode-218", "fr-methode-219"}),  # Perez to Pekchev
    ("birth_place_contradicts_itself", {"fr-methode-218"}),  # Perez: Poltava and Stalingrad
    ("born_after_death", {"fr-methode-153"}),  # Daniline, born 1998
    ("unlikely_age", {"fr-methode-196"}),  # Panasyak, 15 years
    ("misprinted_date", {"fr-rebmem-awenne-001"}),  # 15 eptembre
    ("deaths_disagree", {"fr-methode-121", "fr-rbth-kondratiev-001"}),  # 1944 and 1943
    ("deaths_disagree", {"fr-methode-122", "fr-methode-b-006"}),  # Talda: September, November
    ("deaths_disagree", {"fr-methode-b-001", "fr-museeres-kulkov-001"}),
    ("births_disagree", {"fr-methode-b-017", "en-emb-sprimont-001"}),  # Dotsenko
    ("cut_name", {"fr-methode-082", "fr-emb-jumet-001"}),  # Plotniko
    ("plate_date", {"fr-methode-260"}),  # Kukobko
    ("glued_name", {"fr-methode-259"}),  # TjedorFourman
    ("moved_letters", {"fr-sputnik-donetsko-001"}),  # Donetsko
    ("cyrillic_in_latin_capitals", {"fr-methode-137"}),  # MAPKOB
    ("lookalike_letters", {"fr-methode-139"}),  # IVН
    ("lookalike_letters", {"ru-funeralportal-danilin-001"}),  # IVВ
    ("lookalike_letters", {"fr-methode-068"}),  # PERCHEVITS А.
    ("camp_against_number", {"fr-methode-138", "fr-methode-149"}),  # IV B (304)
    ("camp_against_number", {"fr-methode-165", "fr-methode-166"}),  # IV K (326)
    ("camp_not_known", {"fr-methode-120"}),  # Stalag G.C.
    ("one_man_at_two_sites", {"fr-methode-062", "fr-methode-b-023", "en-emb-sprimont-001"}),
    ("text_says_other_province", {"balen-olmen"}),
    ("text_says_other_province", {"linden"}),
    ("count_against_rows", {"genk"}),
    ("count_against_rows", {"liege-citadelle"}),
    ("count_against_rows", {"maurage"}),
    ("sources_disagree_on_count", {"nidrum"}),
    ("sources_disagree_on_count", {"genk"}),
    ("unnamed_against_rows", {"han-sur-lesse-cemetery"}),
]


@pytest.mark.parametrize(("kind", "ids"), KNOWN)
def test_a_known_fault_is_found(findings: list[Finding], kind: str, ids: set[str]) -> None:
    assert any(found.kind == kind and ids <= set(found.ids) for found in findings)


@pytest.mark.parametrize(
    "pair",
    [
        {"fr-methode-168", "fr-methode-201"},  # the two Tabakovs of Genk
        {"fr-methode-175", "fr-methode-177"},  # Avgust is not Vassilenko
        {"fr-methode-210", "fr-methode-211"},
    ],
)
def test_two_men_are_not_made_one(findings: list[Finding], pair: set[str]) -> None:
    one_man = ("one_man_twice", "one_man_at_two_sites", "births_disagree", "deaths_disagree")
    assert not [found for found in findings if found.kind in one_man and pair <= set(found.ids)]


def test_no_site_of_the_register_lies_in_a_wrong_province(findings: list[Finding]) -> None:
    wrong = {"wrong_province", "coordinates_in_other_province", "coordinates_far_from_commune"}
    assert not [found for found in findings if found.kind in wrong]


def test_the_number_of_findings_stays_what_was_read_and_judged(findings: list[Finding]) -> None:
    counts = Counter(found.kind for found in findings)
    assert len(findings) <= 60
    assert counts["one_man_twice"] == 2 and counts["leaked_birth_place"] == 3
    assert counts["lookalike_letters"] == 7 and counts["unlikely_age"] == 1
    assert set(counts) <= set(kinds())


def test_every_finding_is_a_full_sentence_and_the_worst_stand_first(
    findings: list[Finding],
) -> None:
    severities = [found.severity for found in findings]
    assert severities == sorted(severities, key=["error", "warning", "note"].index)
    for found in findings:
        text = str(found.message)
        assert text.endswith(".") and "%(" not in text
        assert found.as_dict()["message"] == text and found.ids

"""Linking graves to an archive: the right man, "none of these", and one man for one grave."""

from __future__ import annotations

from collections import defaultdict

import pytest

from sexton.linkage import LinkOptions, link
from sexton.records import Record
from sexton.records.reading import read_people


def people(*rows):
    return read_people([Record(r.pop("id"), r, {}, "test", i) for i, r in enumerate(rows, 1)])


def archive():
    rows = [
        {"id": "r1", "name": "Третьяков Иван Иванович", "birth_date": "19.11.1911"},
        {
            "id": "r2",
            "name": "Шатунов Афанасий Фёдорович",
            "birth_date": "1903",
            "prisoner_number": "52011",
        },
        {"id": "r3", "name": "Шаров Александр Петрович", "birth_date": "1920"},
        {"id": "r4", "name": "Клименко Тихон Иванович", "birth_date": "28.06.1906"},
        {"id": "r5", "name": "Клименко Трофим Иванович", "birth_date": "1915"},
        {
            "id": "r6",
            "name": "Фалеев Емельян Дмитриевич",
            "birth_date": "1903",
            "prisoner_number": "108258",
        },
        {"id": "r7", "name": "Гужва Лаврентий Филиппович", "birth_date": "12.08.1904"},
    ]
    return people(*rows)


def ranked(result):
    answers = defaultdict(list)
    for candidate in result.candidates:
        answers[candidate.left_id].append(candidate)
    return answers


def test_clerks_spellings_lead_to_the_men():
    graves = people(
        {"id": "g1", "name": "Ivan TACTIONOFF", "birth_date": "19 novembre 1911"},
        {"id": "g2", "name": "Afanas SCHATUNOV", "birth_date": "1903"},
        {"id": "g3", "name": "Tikon KLIMENKO", "birth_date": "28 juin 1906"},
        {"id": "g4", "name": "Laurent GUSCHVA", "birth_date": "12 août 1904"},
    )
    answers = ranked(link(graves, archive()))
    assert [answers[g][0].right_id for g in ("g1", "g2", "g3", "g4")] == ["r1", "r2", "r4", "r7"]


def test_a_number_finds_the_man_whose_name_is_ruined():
    graves = people({"id": "g", "name": "Xwzq PFLÜMM", "prisoner_number": "108258"})
    assert "r6" in {c.right_id for c in ranked(link(graves, archive()))["g"]}


def test_none_of_these_is_always_an_answer_and_all_add_up_to_one():
    graves = people(
        {"id": "g1", "name": "Afanas SCHATUNOV", "birth_date": "1903"},
        {"id": "g2", "name": "Rudi Busch", "birth_date": "1898"},
        {"id": "g3", "name": "inconnu"},
    )
    result = link(graves, archive(), LinkOptions(top=50))
    for answers in ranked(result).values():
        assert [c.rank for c in answers] == list(range(1, len(answers) + 1))
        assert sum(c.right_id is None for c in answers) == 1
        assert sum(c.probability for c in answers) == pytest.approx(1)
        assert max(c.probability for c in answers if c.right_id) < 1 if len(answers) > 1 else True
    assert ranked(result)["g2"][0].right_id is None
    assert len(ranked(result)["g3"]) == 1
    assert result.unnamed == 1


def test_less_coverage_leaves_more_to_none_of_these():
    graves = people({"id": "g", "name": "A. CHAROV"})

    def none(coverage):
        answers = ranked(link(graves, archive(), LinkOptions(coverage=coverage)))["g"]
        return next(c.probability for c in answers if c.right_id is None)

    assert none(0.1) > none(0.5) > none(0.95)


def test_one_man_is_not_given_to_two_graves():
    rows = [{"id": f"g{i}", "name": "Afanas SCHATUNOV", "birth_date": "1903"} for i in (1, 2)]
    graves = people(*rows)

    def claimed(one_to_one):
        result = link(graves, archive(), LinkOptions(one_to_one=one_to_one))
        return sum(c.probability for c in result.candidates if c.right_id == "r2")

    assert claimed(True) <= 1 + 1e-6
    assert claimed(False) > 1.5


def test_empty_lists_are_answered():
    assert link([], archive()).candidates == ()
    graves = people({"id": "g", "name": "Afanas SCHATUNOV"})
    alone = link(graves, []).candidates
    assert [(c.right_id, c.probability) for c in alone] == [(None, 1.0)]


def test_the_weight_is_the_sum_of_the_evidence():
    graves = people({"id": "g", "name": "Afanas SCHATUNOV", "birth_date": "1903"})
    for candidate in link(graves, archive()).candidates:
        parts = sum(item.bits for item in candidate.evidence)
        assert candidate.weight == pytest.approx(parts, abs=1e-9)


@pytest.mark.parametrize("options", [{"coverage": 0}, {"coverage": 1}, {"top": 0}])
def test_impossible_options_are_refused(options):
    with pytest.raises(ValueError, match="must"):
        LinkOptions(**options)

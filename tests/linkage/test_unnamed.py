"""Unnamed and common graves: who is found for them, how probably, and the pools they make."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sexton.evidence import default_rules
from sexton.linkage import LinkOptions, link
from sexton.linkage.grave_pools import ENOUGH, pools_of
from sexton.linkage.nameless import (
    Example,
    Routes,
    learn,
    odds_of,
    relearned,
    stripped,
    unlearned,
)
from sexton.linkage.pools import ListPool
from sexton.linkage.ranking import Pairs, chances_of
from sexton.linkage.unnamed import Claimed
from sexton.linkage.whereabouts import ELSEWHERE, NOWHERE, THERE, PlacesAlike
from sexton.records import Record
from sexton.records.reading import read_person

# No such men lived.
NAMES = [
    "Петров Иван", "Сидоров Пётр", "Кузнецов Семён", "Шатунов Глеб", "Рыбаков Фёдор",
    "Агафонов Лев", "Третьяков Яков", "Хавелко Антон", "Гневшев Илья", "Ходяков Марк",
]  # fmt: skip
DAY = "03.03.1943"


def person(name, cells, extra=None):
    return read_person(Record(name, cells, extra or {}, "test", 1))


def man(number, **cells):
    return person(f"r{number}", {"name": NAMES[number], **cells})


def grave(name, extra=None, **cells):
    return person(name, {"name": "inconnu", **cells}, extra)


def shot(count, **cells):
    """So many men of one plot, and others who died elsewhere at another time."""
    together = [man(n, burial_place="Zolder", death_date=DAY, **cells) for n in range(count)]
    others = [
        person(
            f"o{n}",
            {"name": NAMES[n % 10], "burial_place": "Genk", "death_date": f"{n + 1}.07.1944"},
        )
        for n in range(20)
    ]
    return [*together, *others]


def answers(graves, people, **options):
    result = link(graves, people, LinkOptions(**options))
    found = {}
    for answer in result.candidates:
        found.setdefault(answer.left_id, {})[answer.right_id] = answer
    return found, {pool.left_id: pool for pool in result.pools}


def test_an_unnamed_grave_may_be_any_of_those_who_died_there_that_day():
    found, pools = answers([grave("g", burial_place="Zolder", death_date=DAY)], shot(6))
    chances = {right: answer.probability for right, answer in found["g"].items()}
    six = [chances[f"r{n}"] for n in range(6)]
    assert max(six) == pytest.approx(min(six))
    assert 0.6 < sum(six) < 0.95
    assert set(pools["g"].right_ids) == {f"r{n}" for n in range(6)}
    assert pools["g"].together == pytest.approx(sum(six), abs=1e-6)


def test_named_graves_take_their_men_out_of_the_pool():
    graves = [person(f"n{n}", {"name": NAMES[n], "burial_place": "Zolder", "death_date": DAY})
              for n in range(4)]  # fmt: skip
    graves += [grave(f"g{n}", burial_place="Zolder", death_date=DAY) for n in range(2)]
    found, pools = answers(graves, shot(6))
    for name in ("g0", "g1"):
        assert set(pools[name].right_ids) == {"r4", "r5"}
        assert found[name]["r4"].probability > 0.2
        assert found[name].get("r0") is None or found[name]["r0"].probability < 0.02
    claims = sum(found[name]["r4"].probability for name in ("g0", "g1"))
    assert claims <= 1 + 1e-9


@pytest.mark.parametrize(
    ("cells", "right"),
    [
        ({"prisoner_number": "108258"}, "r2"),
        ({"prisoner_number": "108259"}, "r2"),
        ({"death_date": "12.11.1943"}, "r3"),
        ({"death_date": "14.11.1943"}, "r3"),
        ({"burial_place": "Eisden"}, "r4"),
        ({"burial_place": "Dortmund"}, "r5"),
        ({"burial_place": "plot-7"}, "r6"),
    ],
)
def test_a_way_leads_from(cells, right):
    """A number, also with a wrong digit; a day, also some days late; a place of burial, a place of
    death, an identifier."""
    people = shot(2)
    people += [
        man(2, prisoner_number="108258"),
        man(3, death_date="12.11.1943"),
        man(4, burial_place="Eisden"),
        man(5, death_place="Германия, Дортмунд"),
        man(6, burial_place="plot-7"),
        *(man(n, death_place="Минск") for n in (7, 8, 9)),
    ]
    found, _ = answers([grave("g", **cells)], people)
    best = max((a for a in found["g"].values() if a.right_id), key=lambda a: a.probability)
    assert best.right_id == right
    assert sum(item.bits for item in best.evidence) == pytest.approx(best.weight, abs=1e-9)


def test_a_grave_that_says_nothing_has_no_candidates():
    found, pools = answers([grave("g", rank="soldat")], shot(3))
    assert list(found["g"]) == [None]
    assert pools == {}


def test_a_common_grave_holds_several():
    common = grave("c", {"bodies": "4"}, burial_place="Zolder", death_date=DAY)
    found, pools = answers([common], shot(6))
    told = pools["c"]
    assert told.bodies == 4
    assert 2.5 < told.together <= 4
    total = sum(answer.probability for answer in found["c"].values())
    assert total == pytest.approx(4, abs=1e-6)
    assert all(answer.probability <= 1 for right, answer in found["c"].items() if right)


def test_documents_of_one_man_are_one_man_of_the_pool():
    card = {"name": "Петров Иван Ильич", "birth_date": "01.02.1911", "death_date": DAY}
    people = [*shot(3), person("d1", card), person("d2", {**card, "source": "hospital list"})]
    _, pools = answers([grave("g", burial_place="Zolder", death_date=DAY)], people)
    assert len({"d1", "d2"} & set(pools["g"].right_ids)) <= 1


@given(bits=st.lists(st.floats(-8, 14), min_size=1, max_size=12), bodies=st.integers(1, 3))
@settings(max_examples=60, deadline=None)
def test_a_pool_is_the_fewest_answers_that_are_enough(bits, bodies):
    size = len(bits)
    pairs = Pairs(np.zeros(size, dtype=np.int64), np.arange(size), np.array(bits))
    chances = chances_of(pairs, [0.0], 500, LinkOptions(), bodies=[bodies])
    [pool] = pools_of([(0, bodies)], pairs, chances)
    chosen = [chances.probability[man] for man in pool.men]
    reached = sum(chosen) + pool.is_open * pool.none
    assert pool.together == pytest.approx(sum(chosen))
    assert reached >= ENOUGH * bodies - 1e-6
    least = min([*chosen, *([pool.none] if pool.is_open else [])])
    assert reached - least < ENOUGH * bodies
    outside = [p for man, p in enumerate(chances.probability) if man not in pool.men]
    assert max(outside, default=0.0) <= min(chosen, default=1.0) + 1e-12


def test_what_examples_teach():
    """Of men who died together one cannot be told from the others; numbers of a run of men alone
    are learned as they are."""
    rules = default_rules()
    taught = relearned(rules, ["death.days_late"] * 60 + ["death.same_day"] * 40)
    assert taught.value("death", "days_late") > 0.4
    assert taught.value("death", "same_day") < 0.6
    people = shot(10)
    pool = ListPool(people)
    examples = [Example(stripped(people[n]), (n,)) for n in range(10)]
    nobody = Claimed(np.zeros(0, dtype=np.int64), np.zeros(0))
    routes = Routes(pool.coded, ["Genk", "Zolder"], nobody, pool.shares([]), rules)
    odds = [odds_of(routes, example) for example in examples]
    assert learn(odds, 0.8) is None
    learned = learn(odds * 3, 0.8)
    found = routes.fitting(examples[0].grave)
    odds = 2 ** (learned.unit(float(found.odds().sum())) + found.bits)
    stated = odds[np.isin(found.right, range(10))].sum() / (1 + odds.sum())
    assert stated == pytest.approx(0.8, abs=0.08)
    assert 2 ** unlearned(0.5, 1.0, 100).offset == pytest.approx(0.01)


def test_places_are_alike_pair_by_pair_and_not_by_way_of_a_third():
    # Olen sounds like Zolen and Zolen like Zolder, but Olen not like Zolder.
    places = PlacesAlike.of(["Zolder", "Zolen", "Olen"], ["Золдер", "", "шталаг VI K"])
    assert places.table("Zolder").tolist() == [THERE, NOWHERE, NOWHERE, NOWHERE]
    assert places.table("Zolen").tolist() == [THERE, NOWHERE, NOWHERE, NOWHERE]
    assert places.table("Olen").tolist() == [ELSEWHERE, NOWHERE, NOWHERE, NOWHERE]


def test_what_names_no_settlement_may_be_the_identifier_of_a_cemetery():
    texts = ["camp 7", "camp 8"]
    assert PlacesAlike.of(["camp 7"], texts).table("camp 7").tolist() == [NOWHERE] * 3
    buried = PlacesAlike.of(["camp 7"], texts, as_written=True)
    assert buried.table("camp 7").tolist()[:2] == [THERE, ELSEWHERE]

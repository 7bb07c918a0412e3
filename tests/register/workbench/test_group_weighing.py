"""The odds of a group: priors, lists by themselves, documents of one man, common graves."""

from __future__ import annotations

import numpy as np
import pytest

from sexton.evidence import default_rules
from sexton.linkage.group import marginals, statements
from sexton.linkage.posterior import prior_bits
from sexton.linkage.shares import count_shares
from sexton.records import Record
from sexton.records.reading import read_person
from sexton.web.cases.weighing import Failed
from sexton.web.workbench.groups import weighing
from sexton.web.workbench.groups.weighing import (
    LIST,
    Asked,
    Body,
    Listed,
    Name,
    TooMany,
    compare,
    odds,
    own_list,
)

RULES = default_rules()


def row(key: str, **fields: str) -> Record:
    return Record(key, fields, {}, "a list", 0)


def name(key: str, pool: str = "register", person: int | None = None, **fields: str) -> Name:
    return Name(f"record:{key}", row(key, **fields), pool, person)


UNKNOWN = [row(f"grave-{n}", name="inconnu", death_date="1943-05-02") for n in range(3)]
SHOT = [
    name(f"man-{n}", name=written, death_date="1943-05-02")
    for n, written in enumerate(("Иванов Пётр", "Сидоров Яков", "Шатунов Афанасий", "Гужва Фёдор"))
]
REGISTER = Listed(500, count_shares([read_person(one.row) for one in SHOT]).of_one_list())


def weighed(bodies, names, lists, coverage=0.8):
    return odds(bodies, names, lists, compare(bodies, names, lists, RULES), coverage)


def test_graves_that_say_the_same_are_weighed_once() -> None:
    bodies = [Body(one) for one in UNKNOWN]
    bits = compare(bodies, SHOT, {"register": REGISTER}, RULES)
    assert bits.weighed == len(SHOT)
    assert (bits.weights == bits.weights[0]).all()


def test_in_a_list_by_itself_what_all_share_says_nothing() -> None:
    """Three unknown among the four who were shot that day: each is as likely as the others, and
    "none of these" is what the coverage leaves."""
    names = [Name(one.name, one.row, LIST) for one in SHOT]
    weights = weighed([Body(UNKNOWN[0])], names, {LIST: own_list(names)}, coverage=0.9)
    found = marginals(weights.group)
    assert found.none[0] == pytest.approx(0.1, abs=0.02)
    assert found.probability[0] == pytest.approx([0.225] * 4, abs=0.01)


def test_a_full_list_holds_the_dead_of_a_common_grave() -> None:
    names = [Name(one.name, one.row, LIST) for one in SHOT]
    bodies = [Body(UNKNOWN[0], bodies=4)]
    weights = weighed(bodies, names, {LIST: own_list(names)}, coverage=0.999)
    (told,) = statements(weights.group, marginals(weights.group))
    assert told.men == (0, 1, 2, 3) and told.bodies == 4 and told.least > 0.9


def test_the_prior_is_that_of_the_list_as_it_was_asked() -> None:
    asked = {"register": Asked(prior=-3.0, rest=0.5)}
    bodies = [Body(UNKNOWN[0], asked=asked), Body(UNKNOWN[1])]
    weights = weighed(bodies, SHOT, {"register": REGISTER})
    assert weights.priors[0] == pytest.approx(-3.0)
    assert weights.priors[1] == pytest.approx(prior_bits(0.8, 500))
    ratio = weights.group.odds[0] * 1.5 / weights.group.odds[1]
    assert np.log2(ratio) == pytest.approx(-3.0 - prior_bits(0.8, 500))


def test_searches_in_vain_and_others_weigh() -> None:
    plain = weighed([Body(UNKNOWN[0])], SHOT, {"register": REGISTER}).group.odds[0]
    failed = (Failed(0.75, SHOT[1].name), Failed(0.5))
    body = Body(UNKNOWN[0], failed=failed, others=1.5)
    found = weighed([body], SHOT, {"register": REGISTER}).group.odds[0]
    assert found / plain == pytest.approx([0.5, 0.125, 0.5, 0.5])


def test_documents_of_one_man_share_him() -> None:
    more = [
        *SHOT, name("card", name="Шатунов Афанасий", death_date="1943-05-02", birth_date="1903"),
        name("list", person=7, name="Гужва"), name("plan", person=7, name="Гушва Ф."),
    ]  # fmt: skip
    weights = weighed([Body(UNKNOWN[0])], more, {"register": REGISTER})
    man = weights.bits.man.tolist()
    assert man[5] == man[6] and weights.men == len(set(man)) < len(more)
    assert weights.best[0, man[5]] in {at for at, own in enumerate(man) if own == man[5]}
    assert set(weighing.documents(weights.bits.man)[man[5]]) >= {5, 6}


def test_no_names_make_no_columns() -> None:
    weights = weighed([Body(UNKNOWN[0])], [], {"register": REGISTER})
    assert weights.group.odds.shape == (1, 0) and marginals(weights.group).none.tolist() == [1.0]


def test_pairs_of_names_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(weighing, "MOST_PAIRS", 7)
    named = [Body(one.row) for one in SHOT[:2]]
    with pytest.raises(TooMany) as refused:
        compare(named, SHOT, {"register": REGISTER}, RULES)
    assert refused.value.pairs == 8
    assert compare([Body(one) for one in UNKNOWN], SHOT, {"register": REGISTER}, RULES).weighed

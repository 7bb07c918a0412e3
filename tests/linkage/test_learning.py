"""What two lists tell of how one man's records differ is learnt before they are linked."""

from __future__ import annotations

from random import Random

import pytest

from sexton.dates import read_date
from sexton.evidence import PersonReading, default_rules
from sexton.linkage import LinkOptions, link
from sexton.linkage.fitting import value_of
from sexton.linkage.learning import as_lists_tell
from sexton.linkage.pools import ListPool
from sexton.linkage.weighing import screened_pairs
from sexton.names import read_person_name

SYLLABLES = ("ber", "ton", "wal", "kel", "mor", "fin", "har", "low", "ster", "gan", "dun", "ray")
GIVEN = ("John", "William", "Edward", "Henry", "Frank", "Walter", "Oscar", "Martin", "Ralph")


def made_up(number):
    """Two lists of one office: names written alike, two births in ten a day off (simulated)."""
    random = Random(7)
    left, right = [], []
    for each in range(number):
        surname = "".join(random.sample(SYLLABLES, 3)).capitalize()
        name = read_person_name(surname=surname, given=random.choice(GIVEN))
        month, day = random.randint(1, 12), random.randint(2, 27)
        year = random.randint(1850, 1899)
        born = f"{year}-{month:02}-{day:02}"
        off = f"{year}-{month:02}-{day - 1:02}" if random.random() < 0.2 else born
        left.append(PersonReading(f"l{each}", name, birth=read_date(off)))
        right.append(PersonReading(f"r{each}", name, birth=read_date(born)))
    return left, right


@pytest.fixture(scope="module")
def lists():
    return made_up(250)


def learnt(left, right, options):
    return as_lists_tell(screened_pairs(left, ListPool(right), options), options).scorer.rules


def test_lists_tell_how_they_spell_and_how_dates_slip(lists):
    rules, packaged = learnt(*lists, LinkOptions()), default_rules()
    assert value_of(rules, "written.surname_alike") > 0.9
    assert value_of(rules, "written.surname_spelt") < 0.1
    assert value_of(rules, "birth.one_part_off") == pytest.approx(0.18, abs=0.05)
    assert value_of(rules, "number.same") == value_of(packaged, "number.same")


def test_few_pairs_and_rules_of_ones_own_teach_nothing(lists):
    left, right = lists
    assert learnt(left[:10], right[:10], LinkOptions()).tables == default_rules().tables
    own = default_rules()
    assert learnt(left, right, LinkOptions(rules=own)) is own


def test_what_was_learnt_is_what_the_answers_weigh_by(lists):
    left, right = lists
    right = [*right, PersonReading("x", read_person_name(surname="Bertonwall", given="John"))]
    asked = PersonReading("l-x", read_person_name(surname="Bertonwal", given="John"))
    told = link([*left, asked], right, LinkOptions(top=1)).candidates
    ruled = link([*left, asked], right, LinkOptions(top=1, rules=default_rules())).candidates
    weights = [
        {c.left_id: c.weight for c in found if c.right_id == "x"}.get("l-x", 0.0)
        for found in (told, ruled)
    ]
    assert weights[0] < weights[1]
    for candidate in told:
        total = sum(item.bits for item in candidate.evidence)
        assert candidate.weight == pytest.approx(total, abs=1e-9)

"""How common names are, told by the lists themselves."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sexton.linkage import link
from sexton.linkage.screening.commonness import (
    MOST_IMAGINED,
    OwnLetters,
    discount,
    imagined_population,
    mixing_share,
)
from sexton.linkage.screening.join import join_names
from sexton.linkage.vocabularies import NameNumbers, make_vocabulary
from sexton.records import Record
from sexton.records.reading import read_people

# Invented: English words that no Soviet list has.
WORDS = [f"{a}{b}" for a in ("wood", "black", "hill", "white", "brook", "ash", "clay", "thorn")
         for b in ("worth", "well", "bury", "ham", "wick", "shaw", "ley", "ford")]  # fmt: skip


def people(rows):
    return read_people([Record(f"r{n}", row, {}, "invented", n) for n, row in enumerate(rows, 1)])


def surname_bits(left, right, pair):
    """What the surnames of one pair say."""
    found = link(left, right).candidates
    told = [c for c in found if (c.left_id, c.right_id) == pair]
    return next((item.bits for c in told for item in c.evidence if item.field == "surname"), None)


@pytest.fixture(scope="module")
def villagers():
    """Of 400 men a quarter are called Blackwell."""
    return people(
        {"surname": "Blackwell" if n % 4 == 0 else WORDS[n % len(WORDS)].title(),
         "birth_date": str(1880 + n % 40)}
        for n in range(400)
    )  # fmt: skip


def test_a_name_says_as_much_as_the_list_has_few_of_it(villagers):
    common = people([{"surname": "Blackwell", "birth_date": "1880"}])
    rare = people([{"surname": "Thornley", "birth_date": "1919"}])
    by_name = {p.name.forms[0].surname: p.id for p in villagers}
    blackwell = next(p.id for p in villagers if p.birth.written == "1880")
    said = surname_bits(common, villagers, ("r1", blackwell))
    assert 1 < said < 6
    assert surname_bits(rare, villagers, ("r1", by_name["Thornley"])) > said + 1


def test_unlike_foreign_names_do_not_agree(villagers):
    """The packaged model knows neither, and would hold any two such names for one."""
    asked = people([{"surname": "Hope", "birth_date": "1880"}])
    found = link(asked, villagers).candidates
    said = [item.bits for c in found for item in c.evidence if item.field == "surname"]
    assert all(bits < 1 for bits in said)


def test_the_order_of_the_names_plays_no_part():
    one, other = (OwnLetters.of("surname", names) for names in (WORDS, WORDS[::-1]))
    assert one.gains(WORDS).tolist() == other.gains(WORDS).tolist()


def test_letters_of_the_list_are_likelier_than_the_packaged_ones_say():
    gains = OwnLetters.of("surname", WORDS).gains(["thornwick", "blackham", "whitebury"])
    assert (gains > 0).all()
    assert gains.mean() > 3


def test_soviet_names_gain_little():
    names = ["petrow", "iwanow", "sidorenko", "kowaltschuk", "schatunow", "gawrilenko", "melnik"]
    assert np.abs(OwnLetters.of("surname", names).gains(names)).max() < 3


@given(st.lists(st.floats(-30, 30), min_size=1, max_size=50))
def test_a_mixing_share_is_a_share_and_follows_the_advantage(advantage):
    share = mixing_share(np.array(advantage))
    assert 0 < share < 1
    assert mixing_share(np.array(advantage) + 1) >= share - 1e-9


def test_names_that_repeat_themselves_against_all_expectation_leave_few_imagined_men():
    letters = np.full(20, -20.0)
    repeated = imagined_population(np.full(20, 30.0), letters)
    single = imagined_population(np.ones(20), letters)
    assert repeated < 100
    assert single == MOST_IMAGINED


def test_in_a_long_archive_a_name_agrees_with_itself_whatever_slips_stand_beside_it():
    """Hardly a man is called as a slip has it, so that nobody owes his right spelling to one."""
    counted = {"николай": 9_000, "иван": 20_000, "дмитрий": 40_000}
    slips = ("ныколай", "ниоклай", "николайй", "нииколай", "николйа")
    names = NameNumbers()
    names.names = [*counted, *slips]
    names.counts = [*counted.values(), *(5 for _ in slips)]
    vocabulary = make_vocabulary("given", names)
    (joined,) = join_names(["николай"], [vocabulary], other=0.03, within=True)
    said = {
        vocabulary.names[name]: bits
        for name, bits in zip(joined.names.tolist(), joined.bits.tolist(), strict=True)
    }
    assert 2.5 < said["николай"] < 5
    assert said["николай"] > max(said[slip] for slip in slips)


def test_a_name_that_one_man_bears_will_be_met_again_as_the_list_tells():
    assert discount(np.array([1.0, 1, 1, 2, 7])) == pytest.approx(3 / 5)
    assert discount(np.array([1.0, 1])) == 1
    assert discount(np.array([3.0, 4])) == 1


def test_a_rare_surname_says_less_where_rare_ones_come_again():
    asked = people([{"surname": "Thornley", "birth_date": "1880"}])

    def said(men):
        others = [{"surname": name.title(), "birth_date": str(1860 + n)} for n, name in men]
        rows = [{"surname": "Thornley", "birth_date": "1880"}, *others]
        return surname_bits(asked, people(rows), ("r1", "r1"))

    names = [name for name in WORDS if name != "thornley"]
    assert said([*enumerate(names[:40])]) > said([*enumerate(names[:20] * 2)]) + 1

"""Documents of one man share his probability; those of two men divide it."""

from __future__ import annotations

from collections import defaultdict

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sexton.evidence import Shares, default_rules
from sexton.linkage import LinkOptions, link
from sexton.linkage.pools import ListPool
from sexton.linkage.sameness import Same, alike_among, men_of, same_men, same_pairs
from sexton.records import Record
from sexton.records.reading import read_person

# Nobody of that name lived; several documents of him, each saying a little else.
CARD = {
    "surname": "Гусев",
    "given": "Николай",
    "patronymic": "Фёдорович",
    "birth_date": "12.08.1904",
    "birth_place": "Смоленская обл.",
}
SIZE = 10_000


def person(**cells):
    return read_person(Record(cells.pop("id", "r"), cells, {}, "test", 1))


def joined(*rows, bits=None):
    """The pairs of records that are held to be one man's."""
    people = [person(**row) for row in rows]
    candidates = [(value, n) for n, value in enumerate(bits or [30.0] * len(rows))]
    found = same_men(candidates, people.__getitem__, Shares(), default_rules(), SIZE)
    return {tuple(sorted(pair[:2])) for pair in found if pair.joins}


OTHER_DOCUMENTS = [
    {},
    {"source": "loss report", "prisoner_number": "108258"},
    {"surname": "Гусевь"},
    {"birth_date": "08.12.1904"},
    {"birth_date": "1904", "birth_place": "Смоленск"},
    {"given": "Никалай", "patronymic": "Федорович"},
    {"surname": "Gusew", "given": "Nikolai", "patronymic": "Fedorowitsch"},
]


@pytest.mark.parametrize("other", OTHER_DOCUMENTS)
def test_documents_of_one_man_are_known_as_such(other):
    assert joined(CARD, CARD | other) == {(0, 1)}


@pytest.mark.parametrize(
    "other",
    [
        {"given": "Трофим"},
        {"birth_date": "12.08.1915"},
        {"birth_date": "03.02.1904", "birth_place": "Тифлис", "patronymic": "Иванович"},
        {"surname": "Клименко"},
        {"surname": "Klimenko", "given": "Trofim", "patronymic": "Iwanowitsch"},
        {"surname": "", "given": "", "patronymic": ""},
        {"birth_date": "1904", "birth_place": "Армения", "patronymic": "Петрович"},
    ],
)
def test_men_who_contradict_each_other_are_two(other):
    assert joined(CARD, CARD | other) == set()


def test_a_common_name_alone_makes_nobody_one_man():
    common = {"surname": "Иванов", "given": "Иван"}
    assert joined(common, common) == set()


def test_only_those_who_fit_about_as_well_are_looked_at():
    assert joined(CARD, CARD, CARD, bits=[30.0, 29.0, 5.0]) == {(0, 1)}
    assert joined(CARD) == set()
    assert same_men([], None, Shares(), default_rules(), SIZE) == []


PAIRS = st.lists(
    st.builds(
        Same,
        st.integers(0, 9),
        st.integers(10, 19),
        st.floats(0.5, 1.0, exclude_min=True),
    ),
    max_size=12,
)


@given(PAIRS)
def test_men_are_what_pairs_connect(pairs):
    men = men_of(pairs)
    for a, b, _ in pairs:
        assert men.of(a) == men.of(b)
    by_man = defaultdict(set)
    for position in range(20):
        by_man[men.of(position)].add(position)
    for man, documents in by_man.items():
        assert man == min(documents)
        reached, todo = {man}, [man]
        while todo:
            here = todo.pop()
            beside = {b if a == here else a for a, b, _ in pairs if here in (a, b)}
            todo += beside - reached
            reached |= beside
        assert reached == documents
    assert all(0.5 < certainty <= 1 for certainty in men.certainty.values())
    assert men_of(reversed(pairs)) == men


def test_a_chain_that_ends_in_a_contradiction_is_cut_at_its_weakest_link():
    chain = [Same(0, 1, 0.9), Same(1, 2, 0.7), Same(0, 2, 0.0)]
    men = men_of(chain)
    assert men.of(0) == men.of(1) == 0
    assert men.of(2) == 2
    assert men_of([*chain[:2], Same(0, 2, 0.3)]).of(2) == 0


def test_of_a_large_group_those_are_joined_whose_names_begin_alike():
    people = [person(**row) for row in (CARD, CARD | {"given": "Трофим"}, CARD)]
    groups = [[0, 1, 2], [0, 2]]
    begin = ListPool(people).beginnings(range(len(people)))
    pairs = alike_among(groups, begin)
    assert pairs == [(0, 2)]
    found = same_pairs(pairs, people.__getitem__, Shares(), default_rules(), SIZE)
    assert [pair[:2] for pair in found if pair.joins] == [(0, 2)]


GRAVE = {"surname": "Gusew", "given": "Nikolai", "birth_date": "1904"}


def answers(*rows, grave=GRAVE, **options):
    people = [person(id=f"r{n}", **row) for n, row in enumerate(rows)]
    # Others, so that the archive is larger than his documents.
    people += [person(id=f"o{n}", surname="Климов", birth_date=str(1890 + n)) for n in range(30)]
    found = link([person(id="g", **grave)], people, LinkOptions(**options)).candidates
    return {answer.right_id: answer.probability for answer in found}


@pytest.mark.parametrize("one_to_one", [True, False])
def test_documents_of_one_man_share_his_probability(one_to_one):
    alone = answers(CARD, one_to_one=one_to_one)
    three = answers(CARD, CARD, CARD | {"source": "b"}, one_to_one=one_to_one)
    # Each document states what he has; together they are he, and none has less for the others.
    for name in ("r0", "r1", "r2"):
        assert three[name] == pytest.approx(alone["r0"], abs=0.03)
    assert three[None] == pytest.approx(alone[None], abs=0.03)
    assert alone["r0"] > 0.9


def test_men_who_contradict_each_other_divide_the_probability():
    other = {"given": "Трофим", "patronymic": "Иванович"}
    divided = answers(CARD, CARD | other, grave={"surname": "Gusew", "birth_date": "1904"})
    assert divided["r0"] == pytest.approx(divided["r1"], abs=0.05)
    assert divided["r0"] + divided["r1"] + divided[None] == pytest.approx(1)


def test_two_graves_cannot_have_two_documents_of_one_man():
    people = [person(id=f"r{n}", **CARD) for n in range(2)]
    graves = [person(id=f"g{n}", **GRAVE) for n in range(2)]
    claims = defaultdict(float)
    for answer in link(graves, people).candidates:
        if answer.right_id:
            claims[answer.right_id] += answer.probability
    assert claims["r0"] <= 1
    apart = link(graves, people, LinkOptions(one_to_one=False)).candidates
    assert sum(a.probability for a in apart if a.right_id == "r0") > 1

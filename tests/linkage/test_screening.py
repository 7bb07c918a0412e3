"""Screening: each way to a man finds him alone; the best of the shortlist is the best of all."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from sexton.evidence import compare_people, default_rules
from sexton.linkage import LinkOptions, link
from sexton.linkage.pools import ListPool
from sexton.linkage.screening.screen import screen
from sexton.records import Record
from sexton.records.reading import read_person

MOST = 20
PRIOR = -8.0

# No such man lived. What each grave below says of him is ruined but for one way to him.
MAN = {
    "id": "man",
    "surname": "Шатунов",
    "given": "Афанасий",
    "patronymic": "Фёдорович",
    "birth_date": "12.08.1904",
    "death_date": "03.03.1943",
    "prisoner_number": "108258",
    "burial_place": "Zolder",
}
# Names under which nobody of the archive is.
RUINED = {"surname": "Xwzqpf", "given": "Bjk"}


def person(**cells):
    return read_person(Record(cells.pop("id", "grave"), cells, {}, "test", 1))


@pytest.fixture(scope="module")
def others(archive_people):
    """Simulated records of whom none is near the man by day or number."""
    return [
        other
        for other in archive_people[:400]
        if not (other.birth and other.birth.first and other.birth.first.year == 1904)
        and not any(number.digits.startswith("108") for number in other.numbers)
    ]


@pytest.fixture(scope="module")
def find(others):
    """Finds a grave among the others and one man; the rough bits by id."""
    pools = {}

    def found(grave, **man):
        key = tuple(man.items())
        if key not in pools:
            pools[key] = ListPool([*others, person(**(MAN | man))])
        pool = pools[key]
        shares = pool.shares([grave])
        screened = screen([grave], pool.coded, shares, default_rules(), PRIOR, len(pool))
        ids = [pool.person(place).id for place in screened.right.tolist()]
        return dict(zip(ids, screened.bits.tolist(), strict=True))

    return found


WAYS = {
    "number": {"prisoner_number": "108258"},
    "number with a digit wrong": {"prisoner_number": "108256"},
    "number with its first digit wrong": {"prisoner_number": "708258"},
    "number with two digits exchanged": {"prisoner_number": "108528"},
    "one of two numbers": {"prisoner_number": "4711 / 108258"},
    "day of birth": {"birth_date": "12.08.1904"},
    "day of birth, day and month exchanged": {"birth_date": "08.12.1904"},
    "given name, patronymic and year": {
        "given": "Afanassi", "patronymic": "Fedorowitsch", "birth_date": "1904"},
    "given name, patronymic and a year beside": {
        "given": "Afanas", "patronymic": "Fjodorowicz", "birth_date": "15.07.1905"},
    "day of death and given name": {"given": "Afanassi", "death_date": "03.03.1943"},
    "day of death and surname": {
        "surname": "Schatunow", "death_date": "03.03.1943", "birth_date": "5.5.1922"},
    "place of burial": {"burial_place": "Zolder"},
    "surname": {"surname": "Schatunow"},
    "surname badly heard": {"surname": "Chatounnef"},
    "surname in the place of the given name": {"surname": "Afanas", "given": "Schatunow"},
    "whole name in one cell": {"surname": "", "given": "", "name": "Schatunow Afanas"},
    "another form in brackets": {"surname": "", "given": "", "name": "Xwzqpf (Schatunow) Bjk"},
    "initials": {"surname": "Schatunow", "given": "A. F."},
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_each_way_finds_a_man_whose_other_fields_are_ruined(find, way):
    assert "man" in find(person(**(RUINED | WAYS[way])))


@pytest.mark.parametrize(
    "cells",
    [
        {},
        {"prisoner_number": "108999"},
        {"prisoner_number": "10825"},
        {"birth_date": "13.08.1904"},
        {"birth_date": "1904"},
        {"given": "Afanassi", "birth_date": "1904"},
        {"given": "Afanassi", "patronymic": "Fedorowitsch", "birth_date": "1907"},
        {"death_date": "03.03.1943"},
        {"burial_place": "Genk"},
    ],
)
def test_what_no_way_leads_to_is_not_looked_at(find, cells):
    """Without these the ways above would prove nothing."""
    assert "man" not in find(person(**(RUINED | cells)))


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("Шатунов-Римский", "Schatunow"),
        ("Шатунов-Римский", "Rimski"),
        ("Шатунов", "Schatunow-Rimski"),
        ("Шатунова", "Schatunow"),
        ("Шатунов", "Schatunowa"),
        ("Тер-Шатунян", "Schatunjan"),
    ],
)
def test_halves_of_surnames_and_womens_forms_lead_to_the_man(find, written, asked):
    assert "man" in find(person(surname=asked, given="Bjk"), surname=written)


def test_initials_in_the_archive_agree_and_disagree(find):
    initials = {"given": "А.", "patronymic": "Ф."}
    alike = find(person(surname="Schatunow", given="Afanas", patronymic="Fedorowitsch"), **initials)
    other = find(person(surname="Schatunow", given="Boris", patronymic="Petrowitsch"), **initials)
    assert alike["man"] > other["man"] + 6


@given(number=st.integers(100, 10**9), place=st.integers(0, 8), digit=st.integers(0, 9))
@settings(max_examples=60, deadline=None)
def test_any_number_with_one_digit_wrong_or_two_exchanged_is_found(number, place, digit):
    written = str(number)
    place %= len(written)
    wrong = f"{written[:place]}{digit}{written[place + 1 :]}"
    assume(wrong[0] != "0")
    exchanged = f"{written[:place]}{written[place : place + 2][::-1]}{written[place + 2 :]}"
    pool = ListPool([person(id="man", name="Iwan", prisoner_number=written)])
    read = [text for text in (wrong, exchanged) if text[0] != "0"]
    graves = [person(**RUINED, prisoner_number=text) for text in read]
    screened = screen(graves, pool.coded, pool.shares(graves), default_rules(), PRIOR, MOST)
    assert screened.left.tolist() == list(range(len(graves)))


@pytest.fixture(scope="module")
def weighed(graves, grave_people, archive_people):
    """Forty graves and some records, every pair of them weighed."""
    theirs = {name for grave in graves[:60] for name in grave.record_ids}
    records = [p for n, p in enumerate(archive_people) if p.id in theirs or n % 25 == 0]
    named = [grave for grave in grave_people[:60] if not grave.unnamed][:40]
    shares = ListPool(records).shares(named)
    bits = [[compare_people(grave, r, shares).bits for r in records] for grave in named]
    return named, records, np.array(bits)


def test_the_best_of_the_shortlist_is_the_best_of_all_pairs(weighed):
    """Where the pair weighs anything. A man is missed when no way leads to him, and such are those
    whose surname is ruined and of whom little else is told."""
    named, records, bits = weighed
    result = link(named, records, LinkOptions(top=20, one_to_one=False))
    found = {grave.id: {} for grave in named}
    for candidate in result.candidates:
        if candidate.right_id:
            found[candidate.left_id][candidate.right_id] = candidate.weight
    best = [records[place].id for place in bits.argmax(axis=1)]
    telling = bits.max(axis=1) > 8
    alike = [
        max(found[grave.id], key=found[grave.id].get, default="") == name
        for grave, name in zip(named, best, strict=True)
    ]
    assert telling.sum() >= 25
    assert np.mean(alike) >= 0.7
    assert np.mean(np.array(alike)[telling]) >= 0.95


def test_weights_are_those_of_all_pairs(weighed):
    """As the model alone weighs, or some bits less: how common names are in the list itself is
    counted too, and the join leaves out pairs of names that are quite unlike."""
    named, records, bits = weighed
    place = {record.id: n for n, record in enumerate(records)}
    row = {grave.id: n for n, grave in enumerate(named)}
    candidates = link(named, records, LinkOptions(top=20)).candidates
    differences = np.array(
        [
            c.weight - bits[row[c.left_id], place[c.right_id]]
            for c in candidates
            if c.right_id and c.weight > 0
        ]
    )
    assert len(differences) > 30
    assert differences.min() > -7 and differences.max() < 2
    assert np.median(np.abs(differences)) < 0.7


def test_rough_bits_are_near_the_weight_for_those_who_matter(weighed):
    """The shortlist is chosen by them, so the order counts more than the bits themselves."""
    named, records, bits = weighed
    pool = ListPool(records)
    screened = screen(named, pool.coded, pool.shares(named), default_rules(), PRIOR, MOST)
    exact = bits[screened.left, screened.right]
    error = (screened.bits - exact)[exact > 8]
    assert len(error) >= 25
    # Rough bits do not know that brothers share name, father and village: in a short list up to 13.
    assert np.median(np.abs(error)) < 6
    assert error.min() > -12
    ranks = [np.argsort(np.argsort(bits)) for bits in (screened.bits, exact)]
    assert np.corrcoef(*ranks)[0, 1] > 0.95


def test_the_rest_and_the_shortlist_are_all_who_were_looked_at(weighed):
    """However short the list is, the odds of all add up to the same."""
    named, records, _ = weighed
    pool = ListPool(records)
    shares, rules = pool.shares(named), default_rules()

    def odds(most):
        screened = screen(named, pool.coded, shares, rules, PRIOR, most)
        kept = np.bincount(screened.left, np.exp2(screened.bits + PRIOR), minlength=len(named))
        return kept + screened.rest

    whole = odds(len(records))
    looked_at = whole > 0
    assert looked_at.sum() >= 25
    for most in (1, 3, 10):
        share = odds(most)[looked_at] / whole[looked_at]
        # In the rest a person may be counted by more than the best of his forms.
        assert share.min() > 1 - 1e-6
        assert np.median(share) == pytest.approx(1, abs=1e-3)


def test_several_lists_are_screened_as_one(weighed):
    named, records, _ = weighed
    whole = ListPool(records)
    parts = [ListPool(records[:70]), ListPool(records[70:])]
    coded = [part.coded[0] for part in parts]
    shares, rules = whole.shares(named), default_rules()
    one = screen(named, whole.coded, shares, rules, PRIOR, MOST)
    two = screen(named, coded, shares, rules, PRIOR, MOST)
    of_one, of_two = rough(one), rough(two)
    strong = {pair for pair, bits in of_one.items() if bits > 0}
    assert len(strong) > 30
    assert strong <= of_two.keys()
    differences = [abs(of_one[pair] - of_two[pair]) for pair in strong]
    # A province that one of the lists lacks is not held against its men (2.6 bits).
    assert max(differences) < 2.7
    assert np.mean(np.array(differences) < 1e-4) > 0.7


def rough(screened):
    """The rough bits by pair."""
    pairs = zip(screened.left.tolist(), screened.right.tolist(), strict=True)
    return dict(zip(pairs, screened.bits.tolist(), strict=True))


def test_nobody_and_nothing_are_screened(others):
    pool, rules = ListPool(others), default_rules()
    for people, archive in (([], pool), ([person(name="Iwan")], ListPool([])), ([person()], pool)):
        screened = screen(people, archive.coded, archive.shares(people), rules, PRIOR, MOST)
        assert len(screened.left) == 0
        assert screened.rest.tolist() == [0.0] * len(people)


def test_men_who_are_alike_share_the_probability_evenly():
    births = [f"{1860 + 3 * n}" for n in range(16)]
    people = [person(id=born, surname="Шатунов", birth_date=born) for born in births]
    answers = link([person(surname="Schatunow")], people, LinkOptions(top=16)).candidates
    assert sum(answer.probability for answer in answers) == pytest.approx(1)
    shares = {round(answer.probability, 9) for answer in answers if answer.right_id}
    assert len(shares) == 1
    assert max(shares) < 1 / 16


def test_one_of_several_given_names_leads_to_the_man_in_any_form():
    men = [
        person(id=given, surname="Hall", given=given)
        for given in ("Marcus", "Robert Russell", "Herbert Silas", "George")
    ]
    pool = ListPool(men)
    for asked, meant in (("Russ", "Robert Russell"), ("Silas", "Herbert Silas")):
        grave = person(surname="Hall", given=asked)
        shares = pool.shares([grave])
        found = screen([grave], pool.coded, shares, default_rules(), PRIOR, len(pool))
        ids = [pool.person(place).id for place in found.right.tolist()]
        bits = dict(zip(ids, found.bits.tolist(), strict=True))
        assert bits[meant] > bits["George"] + 3

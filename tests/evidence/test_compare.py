"""What records say for and against being one man: the sign of the bits, and parts that add up."""

from __future__ import annotations

from dataclasses import fields, replace
from itertools import combinations
from math import log2

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sexton.dates import read_date
from sexton.evidence import (
    PersonReading,
    Shares,
    burial_group,
    compare_people,
    default_rules,
    key_beside,
    place_key,
)
from sexton.names import read_person_name
from sexton.numbers import read_camp, read_numbers
from sexton.places import load_gazetteer, read_place

GAZETTEER = load_gazetteer("ussr")


def person(id_="a", name="", born="", died="", birth_place="", number="", camp="", **other):
    return PersonReading(
        id=id_,
        name=read_person_name(name, "", "", "", ""),
        birth=read_date(born),
        death=read_date(died),
        birth_place=read_place(birth_place, GAZETTEER) if birth_place else None,
        numbers=read_numbers(number),
        camp=read_camp(camp),
        **other,
    )


def bits(left, right, field, **options):
    found = [item for item in compare_people(left, right, **options).fields if item.field == field]
    return sum(item.bits for item in found) if found else None


def test_a_clerks_spelling_speaks_for_the_man_and_another_name_against():
    stone = person(name="Afanas SCHATUNOV")
    assert bits(stone, person(name="Шатунов Афанасий Фёдорович"), "surname") > 5
    assert bits(stone, person(name="Шатунов Афанасий Фёдорович"), "given") > 2
    assert bits(stone, person(name="Климов Пётр Иванович"), "surname") < -3
    assert bits(stone, person(name="Климов Пётр Иванович"), "given") < -1


def test_lists_can_tell_that_a_year_slips_by_few_years_and_not_by_many():
    one = person(born="1860")
    near, far = (compare_people(one, person(born=year)).fields[0] for year in ("1862", "1884"))
    assert near.bits == pytest.approx(far.bits, abs=0.05)
    assert (near.level, far.level) == ("birth.differs_coarse", "birth.years_apart_coarse")


def test_what_is_missing_says_nothing():
    assert bits(person(name="Ivan SELIVANOV"), person(name="SELIVANOV"), "given") is None
    assert (
        bits(person(name="Ivan SELIVANOV"), person(name="Селиванов Иван Яковлевич"), "patronymic")
        is None
    )
    assert compare_people(person(), person(born="1912")).fields == ()


def test_an_initial_speaks_softly():
    full = person(name="Иван Риупраков")
    assert 0 < bits(person(name="RIUPRAKOV I."), full, "given") < 4
    assert bits(person(name="RIUPRAKOV S."), full, "given") < -2


def test_a_given_name_put_into_the_local_language():
    assert bits(person(name="Jean BOROVKA"), person(name="Боровка Иван"), "given") > 1


def test_surname_and_given_name_changed_places():
    left = PersonReading("a", read_person_name("", "Ivan", "Gavrilenko", "", ""))
    right = PersonReading("b", read_person_name("", "Гавриленко", "Иван", "", ""))
    evidence = compare_people(left, right)
    assert evidence.bits > 4
    assert "changed places" in str(evidence.fields[0].message)


@pytest.mark.parametrize(
    ("left", "right", "low", "high"),
    [
        ("30.12.1906", "1906-12-30", 12, 15),
        ("1903", "12.08.1903", 3, 6),
        ("03.02.1910", "02.03.1910", 4, 10),  # day and month changed places
        ("17.11.1911", "17.11.1912", 1, 6),
        ("1911", "18.02.1912", -1, 1),  # a year apart, as ages often are
        ("17.11.1911", "18.02.1912", -6, -2),
        ("17.11.1911", "18.02.1911", -2, 0),
        ("17.11.1911", "18.02.1894", -6, -2),  # many years apart
        ("1912", "1893", -6, -2),
    ],
)
def test_birth_dates(left, right, low, high):
    assert low < bits(person(born=left), person(born=right), "birth_date") < high


def test_a_year_in_which_many_were_born_says_less():
    def born(year, shares):
        one = person(born=year)
        return next(
            f.bits for f in compare_people(one, one, shares).fields if f.field == "birth_date"
        )

    counted = Shares({"birth_year": {"1918": 600.0, "1893": 10.0, "all": 10_000.0}})
    assert born("1918", counted) < born("1918", Shares()) < born("1893", counted)
    # Of a day as of its year; and a handful of births tells next to nothing.
    assert born("1918-02-03", counted) < born("1918-02-03", Shares())
    few = Shares({"birth_year": {"1918": 2.0, "all": 2.0}})
    assert born("1918", few) == pytest.approx(born("1918", Shares()), abs=0.8)


@pytest.mark.parametrize(
    ("left", "right", "low", "high"),
    [
        ("25.05.1943", "25 mai 1943", 8, 11),
        ("3.9.1944", "4.9.1944", 2, 5),
        ("4.9.1944", "4.9.1943", 0.5, 4),
        ("août 1944", "7.8.1944", 3, 7),
        ("25.05.1943", "11.01.1945", -5, -2),
        ("25.05.1943", "11.01.1957", -9, -5),
    ],
)
def test_death_dates(left, right, low, high):
    assert low < bits(person(died=left), person(died=right), "death_date") < high


def test_many_who_died_on_one_day_at_one_place_make_the_day_worth_little():
    """All five at Leuven died on 25 September 1944: the day does not tell them apart."""
    left = person("a", died="25.09.1944", burial_place="leuven", source="p")
    right = person("b", died="25.09.1944", burial_place="leuven", source="q")
    group = burial_group(left)
    shares = Shares(within={("death", group): {"1944-09-25": 5}})
    alone = bits(left, right, "death_date")
    among_five = bits(left, right, "death_date", shares=shares)
    assert among_five < 1.5 < alone


def test_prisoner_numbers():
    left = person(number="108258", camp="VI K 326")
    assert bits(left, person(number="108258"), "prisoner_number") > 12
    assert 3 < bits(left, person(number="108268"), "prisoner_number") < 12
    assert bits(left, person(number="52011"), "prisoner_number") < -1


def test_a_garbled_camp_still_agrees():
    assert bits(person(camp="IV K (326)"), person(camp="VI K (326)"), "camp") > 0
    assert bits(person(camp="352"), person(camp="VI K (326)"), "camp") < 0


def test_places_of_birth_agree_by_level():
    village = bits(
        person(birth_place="Podporochki, Prov. de Léningrad"),
        person(birth_place="Podporoshki, Leningrad region"),
        "birth_place",
    )
    province = bits(
        person(birth_place="Prov. de Kharkov, Prosiany"),
        person(birth_place="Харьковская область"),
        "birth_place",
    )
    other = bits(person(birth_place="Moscou"), person(birth_place="Tachkent"), "birth_place")
    assert village > province > 0 > other


def test_rank_unit_and_sex():
    assert bits(person(rank="Sergent"), person(rank="sergent"), "rank") > 0
    assert bits(person(unit="270 division"), person(unit="division 270"), "unit") > 0
    assert bits(person(sex="m"), person(sex="f"), "sex") < -3
    assert bits(person(rank="Sergent"), person(rank="médecin"), "rank") is None


def test_two_rows_of_one_list_are_two_men_unless_much_speaks_for_one():
    left, right = (
        person("a", name="Ivan Kolessa", source="p"),
        person("b", name="Ivan Kolessa", source="p"),
    )
    assert bits(left, right, "source") < -5
    assert bits(left, replace(right, source="q"), "source") is None


def test_a_copyists_slip_does_not_make_two_men_one():
    """Avgust and Vassilenko stand with the same dates and birthplace in one list of Genk."""
    same = {
        "born": "16 janvier 1916",
        "died": "2 mai 1943",
        "birth_place": "Krivoï Rog",
        "source": "p",
    }
    left = person("a", name="Vassili AVGUST", **same)
    right = person("b", name="Ivan VASSILENKO", **same)
    assert compare_people(left, right).bits < 4
    copied = [i.bits for i in compare_people(left, right).fields if i.copied and i.bits > 0]
    assert sum(copied) == pytest.approx(8, abs=0.2)


def test_a_common_surname_says_no_more_than_that_it_is_common():
    """Gregori is an odd spelling of Григорьев, and yet there are many Григорьевs."""
    common = bits(person(name="GREGORIEF Ivan"), person(name="Григорьев Иван"), "surname")
    rare = bits(person(name="GUSCHVA Ivan"), person(name="Гужва Иван"), "surname")
    assert common < 12 < rare


def test_a_place_where_many_were_born_says_less():
    left, right = person(birth_place="Moscou"), person(birth_place="Москва")
    key = place_key(left.birth_place)
    shares = Shares(everywhere={"birth_place": {key: 0.05}})
    assert key
    assert bits(left, right, "birth_place", shares=shares) < 4 < bits(left, right, "birth_place")


NAMES = st.sampled_from(
    [
        "Ivan TACTIONOFF",
        "Третьяков Иван Иванович",
        "А. ALPENKO",
        "Commandant Dotsenko",
        "",
        "Markov",
    ]
)
DATES = st.sampled_from(["", "1903", "19.11.1911", "vers 1910", "???", "4.9.1944"])


@given(st.tuples(NAMES, DATES, DATES), st.tuples(NAMES, DATES, DATES))
@settings(max_examples=120, deadline=None)
def test_the_parts_add_up_and_sides_do_not_matter(one, two):
    left, right = person("a", *one), person("b", *two)
    there, back = compare_people(left, right), compare_people(right, left)
    assert there.bits == pytest.approx(sum(item.bits for item in there.fields), abs=1e-9)
    assert there.bits == pytest.approx(back.bits, abs=1e-6)


def test_paths_change_the_sentence_and_not_the_bits():
    left, right = person(name="Afanas SCHATUNOV"), person(name="Шатунов Афанасий")
    plain, told = compare_people(left, right), compare_people(left, right, with_paths=True)
    assert told.bits == plain.bits
    assert "=" in str(told.fields[0].message)
    assert "=" not in str(plain.fields[0].message)


def test_weights_come_from_the_rules():
    rules = default_rules()
    assert rules.weight("unit", "same") == pytest.approx(4.907, abs=0.01)
    assert rules.version == "4"


def test_brothers_share_name_father_and_village():
    """What brothers share says no more than that no brother stands in the lists."""
    one = person(name="Guschva Ivan Petrovitsch", birth_place="Карсун")
    other = person(name="Guschva Stepan Petrovitsch", birth_place="Карсун")
    alone, among = (compare_people(one, other, Shares(records=n)) for n in (0, 10_000))
    family = ("surname", "patronymic", "birth_place")
    shared = sum(item.bits for item in among.fields if item.field in family)
    assert shared <= log2(10_000 / default_rules().value("dependence", "kin"))
    assert among.bits < alone.bits
    assert [i.bits for i in among.fields if i.field == "given"] == [
        i.bits for i in alone.fields if i.field == "given"
    ]


STATED = person(
    id_="stated",
    name="Шатунов Афанасий Фёдорович",
    born="12.3.1915",
    died="4.5.1943",
    birth_place="с. Донское Липецкой обл.",
    number="12345",
    camp="Stalag VI A",
    death_place=read_place("Eisden", load_gazetteer("belgium")),
    sex="m",
    burial_place="Leopoldsburg",
    rank="soldat",
    unit="9. kompanie",
    nationality="russe",
    source="list 1",
    role="prisonnier",
    relatives="Анна Шатунова",
    bodies=1,
)
OTHER = person(
    id_="other",
    name="Климов Пётр Иванович",
    born="1.1.1920",
    died="7.8.1944",
    birth_place="Москва",
    number="777",
    camp="Stalag VI D",
    death_place=read_place("Liège", load_gazetteer("belgium")),
    sex="f",
    burial_place="Lommel",
    rank="lieutenant",
    unit="partisans",
    nationality="ukrainien",
    source="list 2",
    role="",
    relatives="Мария Климова",
    unnamed=True,
    bodies=3,
)
NAMES = [field.name for field in fields(PersonReading)]
NOTHING = person(id_="left")


def test_records_of_one_key_have_one_evidence():
    shares = Shares(everywhere={"captive": {"yes": 0.5}}, records=1000)
    alike = 0
    for names in [(), *combinations(NAMES[1:], 1), *combinations(NAMES[1:], 2)]:
        left = replace(NOTHING, **{name: getattr(STATED, name) for name in names})
        key = key_beside(left)
        said = compare_people(left, STATED, shares)
        for changed in NAMES:
            right = replace(STATED, **{changed: getattr(OTHER, changed)})
            if key(right) == key(STATED):
                alike += 1
                assert compare_people(left, right, shares) == said, (names, changed)
    # Most of what is stated has nothing to stand beside.
    assert alike > 1000


def test_what_a_key_hangs_on_is_stated_by_both_records():
    grave = replace(NOTHING, burial_place="Lommel", role="prisonnier")
    key = key_beside(grave)
    assert key(STATED) == key(replace(STATED, name=OTHER.name, birth=None, rank=""))
    assert key(STATED) != key(replace(STATED, death=OTHER.death))
    assert key(STATED) != key(replace(STATED, numbers=(), camp=None))

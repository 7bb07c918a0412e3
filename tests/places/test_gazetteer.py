import lzma
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sexton.places import Extent, all_units, distance_km, find_unit, load_gazetteer
from sexton.places.__main__ import TABLES, rebuild
from sexton.places.borders import FAR_OUTSIDE, NEAR, NEAR_OUTSIDE, border_of
from sexton.places.gazetteer import GAZETTEERS, packed_rows
from sexton.places.index import sounds_of_places
from sexton.places.units import read_table


@pytest.mark.parametrize("name", GAZETTEERS)
def test_the_packaged_sounds_are_those_of_the_names(name):
    rows, names = packed_rows(name), packed_rows(f"{name}_names")
    chosen = set(random.Random(1).sample([row["place_id"] for row in rows], 300))
    rows = [row for row in rows if row["place_id"] in chosen]
    heard = sounds_of_places(rows, [row for row in names if row["place_id"] in chosen])
    assert heard == {row["place_id"]: row["sounds"] for row in rows}


def test_an_unknown_gazetteer_is_named_in_the_error():
    with pytest.raises(ValueError, match=r"no gazetteer 'mars'.*ussr"):
        load_gazetteer("mars")


def test_every_place_lies_on_the_globe():
    for name in GAZETTEERS:
        for place in load_gazetteer(name).places:
            assert -90 <= place.lat <= 90
            assert -180 <= place.lon <= 180
            assert 2 <= place.radius_km < 30


def test_every_place_of_the_ussr_lies_in_a_unit():
    ussr = load_gazetteer("ussr")
    assert {ussr.unit_of(place) for place in ussr.places} <= set(all_units())


def test_every_unit_has_a_source_a_parent_and_codes_of_the_gazetteer():
    codes = set(load_gazetteer("ussr").by_code)
    for row in read_table("units.tsv"):
        assert row["source"], row
        assert row["parent"] in {"", *all_units()}, row
        for code in row["codes"].split():
            assert code.endswith(".*") or code in codes, row


def test_every_name_of_1941_has_a_source_and_a_place():
    ids = {place.place_id for place in load_gazetteer("ussr").places}
    for row in read_table("names_of_1941.tsv"):
        assert row["source"], row
        assert row["place_id"] in ids, row


def test_extent_of_a_province_holds_its_chief_town():
    ussr = load_gazetteer("ussr")
    kursk = ussr.extent("RU.41")
    town = ussr.lookup("Курск")[0][0]
    assert distance_km(kursk, town) < kursk.radius_km
    assert ussr.extent("PL") is None
    assert ussr.extent("BE.Limburg").radius_km == 45


def test_distance_of_paris_and_moscow():
    class At:
        def __init__(self, lat, lon):
            self.lat, self.lon = lat, lon

    # Published great-circle distance of the two cities: 2,487 km.
    assert distance_km(At(48.8566, 2.3522), At(55.7558, 37.6173)) == pytest.approx(2487, abs=5)


@pytest.mark.parametrize(
    ("text", "level", "fuzzy", "unit"),
    [
        ("Kharkov", "province", False, "UA.07"),
        ("Горьковская", "province", False, "RU.51"),
        ("Voronzej", "province", True, "RU.86"),
        ("Voronzej", "province", False, ""),
        ("Ukraine", "republic", False, "UA"),
        ("", "republic", True, ""),
        ("Abalicha", "province", True, ""),
    ],
)
def test_units_by_name(text, level, fuzzy, unit):
    assert find_unit(text, level, fuzzy)[0] == unit


def test_rebuilding_gives_the_packaged_table(tmp_path):
    rebuild("belgium", tmp_path)
    packed = lzma.decompress((tmp_path / "belgium.tsv.xz").read_bytes()).decode()
    assert packed == lzma.decompress((TABLES / "belgium.tsv.xz").read_bytes()).decode()


DEGREES = st.tuples(st.floats(-90, 90), st.floats(-180, 180))


@given(DEGREES, DEGREES, st.floats(1, 8000))
def test_what_is_near_is_what_the_distance_says(one, two, radius_km):
    """Most places are left out by their latitude or longitude, before distances are measured."""
    middle, place = Extent(*one, radius_km), Extent(*two, 0)
    near = distance_km(middle, place) < NEAR * radius_km
    border = border_of(frozenset(), middle)
    assert border.weight(place) == (NEAR_OUTSIDE if near else FAR_OUTSIDE)


def test_nothing_is_near_what_lies_nobody_knows_where():
    assert border_of(frozenset(), None).weight(Extent(50, 30, 0)) == FAR_OUTSIDE

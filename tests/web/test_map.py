"""The map page, its data, and where things are: by the register's coordinates, or by name."""

from __future__ import annotations

import hashlib
import json
import re
from html import unescape
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.http import QueryDict
from django.test import Client

from sexton.web import home
from sexton.web.public import drawings, geometry, located, spots
from sexton.web.register import models
from sexton.web.register.history import change
from sexton.web.research.filters import Chosen, fitting

from .conftest import ROOT, tool
from .test_public_pages import text_of

STATIC = ROOT / "src" / "sexton" / "web" / "static"
MAPS = geometry.FOLDER
LEAFLET = {
    "leaflet.js": "db49d009c841f5ca34a888c96511ae936fd9f5533e90d8b2c4d57596f4e5641a",
    "leaflet.css": "a7837102824184820dfa198d1ebcd109ff6d0ff9a2672a074b9a1b4d147d04c6",
    "LICENSE": "53e8dc25862014e4324741ca18fbe3611e11d42ef69f59f86ea8c5389647d4cb",
}


def features(client: Client, query: str = "", language: str = "") -> dict[str, dict]:
    response = client.get(f"{language}/map/data.json{query}")
    assert response.status_code == 200
    return {one["id"]: one for one in json.loads(response.content)["features"]}


# --- outlines


def test_the_outlines_are_small_and_have_their_credits() -> None:
    for name in ("land.json", "belgium.json"):
        assert (MAPS / name).stat().st_size < 60_000
    assert "Natural Earth" in geometry.land()["credit"]
    readme = (MAPS / "README.md").read_text(encoding="utf-8")
    assert "world-atlas" in readme
    assert "thin_land.py" in readme


def test_every_town_for_orientation_has_a_name_and_lies_on_land() -> None:
    assert set(geometry.land()["towns"]) == set(geometry.TOWNS)
    for latitude, longitude in geometry.land()["towns"].values():
        assert _on_land(latitude, longitude)


@pytest.mark.parametrize(
    ("place", "is_land"),
    [
        ((50.85, 4.35), True),  # Brussels
        ((62.03, 129.73), True),  # Yakutsk
        ((66.0, 178.0), True),  # Chukotka, up to the edge of the file
        ((54.0, 3.5), False),  # the North Sea
        ((43.0, 34.0), False),  # the Black Sea
        ((42.0, 50.5), False),  # the Caspian Sea
        ((74.5, 30.0), False),  # the Barents Sea: no line runs across from the date line
    ],
)
def test_land_is_where_land_is(place: tuple[float, float], is_land: bool) -> None:
    assert _on_land(*place) is is_land


def _on_land(latitude: float, longitude: float) -> bool:
    grid = geometry.land()
    x = (longitude - grid["west"]) * grid["per_degree"]
    y = (grid["north"] - latitude) * grid["per_degree"]
    inside = False
    for ring in geometry._land_rings():
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                inside = not inside
    return inside


def test_the_outline_of_land_is_made_again_by_its_tool(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tool on a square island and one that crosses the 180th degree."""
    monkeypatch.syspath_prepend(ROOT / "tools")
    thin_land = tool("thin_land")
    across = [(170.0, 60.0), (-170.0, 60.0), (-170.0, 70.0), (170.0, 70.0), (170.0, 60.0)]
    assert [lon for lon, _ in thin_land.unbroken(across)] == [170, 190, 190, 170, 170]
    clipped = thin_land.clip(thin_land.unbroken(across), thin_land.WINDOW)
    assert max(lon for lon, _ in clipped) == 180
    atlas = {
        "transform": {"scale": [1.0, 1.0], "translate": [10.0, 50.0]},
        "arcs": [[[0, 0], [5, 0], [0, 5], [-5, 0], [0, -5]]],
        "objects": {"land": {"geometries": [{"type": "Polygon", "arcs": [[0]]}]}},
    }
    (ring,) = thin_land.thinned_land(atlas)
    corners = geometry._walked(ring)
    assert set(corners) == {(1100, 1250), (1350, 1250), (1350, 1000), (1100, 1000)}


def test_leaflet_is_the_published_one_with_its_licence() -> None:
    for name, digest in LEAFLET.items():
        data = (STATIC / "vendor" / "leaflet" / name).read_bytes()
        assert hashlib.sha256(data).hexdigest() == digest
        assert digest in (STATIC / "vendor" / "leaflet" / "README.md").read_text(encoding="utf-8")


def test_a_sheet_holds_its_places_and_is_true_at_its_middle() -> None:
    sheet = geometry.sheet_around([(50.6, 5.6), (48.7, 44.5)])
    for latitude, longitude in ((50.6, 5.6), (48.7, 44.5)):
        x, y = sheet.place(latitude, longitude)
        assert 0 < x < geometry.WIDTH
        assert 0 < y < sheet.height
    assert geometry.FLATTEST - 0.01 <= sheet.height / geometry.WIDTH <= geometry.TALLEST + 0.01
    near = geometry.sheet_around([(50.6, 5.6)], least_km=60)
    assert near.units(60) == pytest.approx(geometry.WIDTH / (1 + 2 * geometry.MARGIN), rel=0.02)


# --- where things are


def test_a_place_is_only_where_one_place_of_that_name_is() -> None:
    assert located.settlement("Zolder").name == "Zolder"
    assert located.settlement("Minsk").precision == "named"
    for unsure in ("Limburg", "Heusden", "Engreux", "Camp de Stal", "Abalicha", "", "???"):
        assert located.settlement(unsure) is None, unsure


def test_a_name_that_only_sounds_like_a_belgian_place_is_another() -> None:
    for written in ("Cologne", "Mülheim", "Petingen", "near Mochamps"):
        assert located.of_text(written) is None, written


def test_of_a_place_and_its_surroundings_the_known_one_counts() -> None:
    assert located.of_text("Stal (Koersel)").name == "Koersel"
    assert located.of_text("Kortemark, Proven") is None  # two, and nothing says which


def test_a_birth_place_may_be_known_by_its_province_alone() -> None:
    found = located.birth("Prov. de Smolensk, Korobino")
    assert found.precision == "region"
    assert 50 < found.radius_km <= located.WIDEST_KM
    assert located.birth("Ukraine") is None  # too wide to be a place
    assert located.birth("Kovali") is None  # several villages


def test_a_site_says_how_exactly_it_is_known(db: None) -> None:
    site = models.Site.objects.get(key="genk")
    assert located.of_site(site).precision == "municipality"
    assert located.of_site(models.Site(latitude=1.0, longitude=2.0)).precision == "given"
    assert located.of_site(models.Site()) is None


# --- the page and its data

pytest_db = pytest.mark.django_db


@pytest_db
def test_every_site_with_coordinates_is_on_the_map_and_the_others_are_named(client: Client) -> None:
    found = features(client)
    text = unescape(text_of(client, "/map/"))
    lost = text.split('<details class="lost">')[1]
    for site in models.Site.objects.all():
        if site.latitude is None:
            assert f"site-{site.key}" not in found
            assert f'href="/sites/{site.key}/"' in lost
        else:
            longitude, latitude = found[f"site-{site.key}"]["geometry"]["coordinates"]
            assert (latitude, longitude) == pytest.approx((site.latitude, site.longitude), abs=1e-4)


@pytest_db
def test_the_numbers_are_those_of_the_list_that_they_lead_to(client: Client) -> None:
    found = features(client)
    for site in models.Site.objects.exclude(latitude=None):
        persons = set(
            models.Membership.objects.filter(record__site=site).values_list("person_id", flat=True)
        )
        assert found[f"site-{site.key}"]["properties"]["persons"] >= len(persons)
    genk = found["site-genk"]["properties"]
    assert genk["list"] == "/persons/?site=genk"
    assert genk["persons"] == len(
        set(models.Membership.objects.filter(record__site__key="genk").values_list("person_id"))
    )


@pytest_db
def test_who_died_at_a_place_is_counted_once_however_many_records_say_so(client: Client) -> None:
    zolder = features(client)["place-zolder"]["properties"]
    claims = models.Claim.objects.filter(property="death_place", value__icontains="Zolder")
    assert claims.count() > zolder["persons"] == 1
    assert zolder["url"] == zolder["list"] == "/places/zolder/"
    assert "nobody has checked" in zolder["precision"]
    assert zolder["radius"] > 0


@pytest_db
def test_the_filters_are_those_of_the_search(client: Client) -> None:
    everything, camp = features(client), features(client, "?camp=stalag-304")
    assert set(camp) < set(everything)
    assert all(one["properties"]["persons"] for one in camp.values())
    counted = camp["site-genk"]["properties"]["persons"]
    chosen = Chosen.of({"camp": "stalag-304", "site": "genk"})
    assert counted == len(fitting(chosen)) > 0
    listed = urlsplit(camp["site-genk"]["properties"]["list"])
    assert (listed.path, Chosen.of(QueryDict(listed.query))) == ("/persons/", chosen)
    text = text_of(client, "/map/?camp=stalag-304")
    assert re.search(r'<option value="stalag-304" selected>', text)
    assert 'href="/map/">take away' in text


@pytest_db
def test_layers_can_be_chosen_and_stay_in_every_address(client: Client) -> None:
    found = features(client, "?layer=mines&layer=memorials")
    assert {one["properties"]["layer"] for one in found.values()} == {"mines", "memorials"}
    text = text_of(client, "/map/?layer=mines&layer=memorials&box=all")
    assert "data.json?layer=memorials&amp;layer=mines" in text
    assert set(features(client, "?layer=nothing-like-it")) == set(features(client))


@pytest_db
def test_a_marker_of_several_places_leads_nearer_until_they_part(client: Client) -> None:
    text = text_of(client, "/map/")
    several = re.findall(r'<a href="(/map/\?box=[^"]+)" aria-label="(\d+) places', text)
    assert several
    nearer = text_of(client, unescape(several[0][0]))
    assert "Back to the first view" in nearer
    parted = re.findall(r'aria-label="(\d+) places', nearer)
    assert max([int(number) for number in parted], default=1) < int(several[0][1])


@pytest_db
@pytest.mark.parametrize(
    "box", ["", "1,2", "nan,1,2,3", "9,9,1,1", "inf,0,1,1", "-999,0,1,1", "all", "%22%3E%3Cb%3E"]
)
def test_any_part_that_is_asked_for_is_answered(client: Client, box: str) -> None:
    text = text_of(client, f"/map/?box={box}&page=99&layer=%22%3E&camp=%22%3E%3Cscript%3E")
    assert "<script>" not in text.split("</head>")[1]


@pytest_db
def test_places_beyond_the_drawn_part_are_counted(client: Client) -> None:
    first = text_of(client, "/map/")
    assert re.search(r"\d+ places lie outside this part", first)
    assert "lie outside" not in text_of(client, "/map/?box=all")


@pytest_db
def test_the_data_are_in_the_language_of_the_page(client: Client) -> None:
    russian = features(client, language="/ru")["site-genk"]["properties"]
    assert russian["name"] == "г. Генк (Genk)"
    assert russian["url"] == "/ru/sites/genk/"
    assert "могила" in russian["precision"]
    data = json.loads(client.get("/ru/map/data.json").content)
    assert "Москва" in [name for name, *_ in data["towns"]]


@pytest_db
def test_the_data_know_a_change_of_the_register(client: Client) -> None:
    before = features(client)
    with change("a test", "a site more") as door:
        door.add(models.Site(key="new-one", names={"en": "New"}, latitude=50.5, longitude=4.5))
    after = features(client)
    assert set(after) - set(before) == {"site-new-one"}


@pytest_db
def test_an_empty_register_has_an_empty_map(client: Client, empty_register: None) -> None:
    assert "sexton demo" in text_of(client, "/map/")
    assert features(client) == {}


@pytest_db
def test_filters_that_nobody_fits_say_so(client: Client) -> None:
    text = text_of(client, "/map/?site=nowhere-at-all")
    assert "No place fits these filters" in text
    assert "<svg" not in text
    assert features(client, "?site=nowhere-at-all") == {}


@pytest_db
def test_few_queries_answer_the_map_whatever_the_register_holds(
    client: Client, django_assert_max_num_queries
) -> None:
    client.get("/map/")
    client.get("/map/data.json?camp=stalag-304")
    with django_assert_max_num_queries(12):
        client.get("/map/?camp=stalag-304")
    with django_assert_max_num_queries(6):
        client.get("/map/data.json?camp=stalag-304")


@pytest_db
def test_memorials_at_graves_stand_on_the_map_beside_them(client: Client) -> None:
    found = features(client)
    at_graves = models.Memorial.objects.exclude(site=None).exclude(site__kind="memorial")
    for memorial in at_graves.exclude(site__latitude=None):
        assert found[f"memorial-{memorial.key}"]["properties"]["layer"] == "memorials"
    assert spots.LAYERS.keys() >= {one["properties"]["layer"] for one in found.values()}


@pytest_db
def test_organisations_can_be_drawn_on_a_small_map() -> None:
    mine = models.Organisation.objects.get(key="mine-zolder")
    nowhere = models.Organisation.objects.get(key="stalag-gc")
    drawing = drawings.draw_organisations([mine, nowhere])
    assert [(pin.name, pin.layer) for pin in drawing.pins] == [(mine.name, "mines")]
    assert located.CREDIT in drawing.credits
    assert drawings.draw_organisations([nowhere]) is None


# --- a basemap of one's own


def test_without_a_basemap_no_address_of_another_host_is_allowed() -> None:
    assert home.basemap({}) == home.Basemap()
    assert settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"] == ["'self'"]


def test_a_basemap_opens_the_policy_for_its_origin_alone() -> None:
    told = {"SEXTON_BASEMAP_URL": "https://tiles.example:8443/osm/{z}/{x}/{y}.png"}
    assert home.basemap(told).origins == ("https://tiles.example:8443",)
    assert home.basemap({"SEXTON_BASEMAP_URL": "/tiles/{z}/{x}/{y}.png"}).origins == ()


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)//{z}{x}{y}",
        "https://tiles.example/map.png",
        "https://a.example; script-src */{z}/{x}/{y}",
        "tiles/{z}/{x}/{y}.png",
    ],
)
def test_a_basemap_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="SEXTON_BASEMAP_URL"):
        home.basemap({"SEXTON_BASEMAP_URL": url})


@pytest_db
def test_the_page_names_the_basemap_and_whose_it_is(client: Client, settings) -> None:
    settings.SEXTON_BASEMAP = home.Basemap("https://tiles.example/{z}/{x}/{y}.png", "© <Makers>")
    text = text_of(client, "/map/")
    assert 'data-tiles="https://tiles.example/{z}/{x}/{y}.png"' in text
    assert text.count("© &lt;Makers&gt;") == 2


def test_the_settings_of_the_basemap_are_documented() -> None:
    text = (Path(ROOT) / "docs" / "explanation" / "map.md").read_text(encoding="utf-8")
    assert "SEXTON_BASEMAP_URL" in text
    assert "SEXTON_BASEMAP_CREDIT" in text

"""The map in a real browser: with scripts, without, by keyboard alone, under the policy."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest

from .test_browser import barriers, browser  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.heavy]


@pytest.fixture
def view(browser) -> Iterator:  # noqa: F811
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, reduced_motion="reduce", locale="en"
    )
    yield context.new_page()
    context.close()


def opened(view, address: str):
    """The map page, once its markers are there."""
    view.goto(address)
    view.locator(".place-mark").first.wait_for()
    return view


def label_in_focus(view) -> str:
    return view.evaluate(
        "document.activeElement.getAttribute('aria-label') || document.activeElement.textContent"
    )


def wait_until(view, condition: str) -> None:
    """Wait for a condition; ``wait_for_function`` asks again by a script that the site forbids."""
    for _ in range(200):
        if view.evaluate(condition):
            return
        view.wait_for_timeout(50)
    raise AssertionError(f"never came true: {condition}")


def test_the_map_asks_nobody_else_and_breaks_no_rule_of_the_policy(view, site_url: str) -> None:
    asked: list[str] = []
    told: list[str] = []
    view.on("request", lambda request: asked.append(request.url))
    view.on("console", lambda message: told.append(message.text))
    view.on("pageerror", lambda error: told.append(str(error)))
    opened(view, site_url + "/map/")
    view.get_by_role("button", name="Nearer").click()
    view.get_by_role("button", name=re.compile("^Show on the map: Genk")).first.click()
    view.locator(".leaflet-popup").wait_for()
    assert all(url.startswith(site_url) for url in asked)
    assert any("land.json" in url for url in asked)
    assert told == []
    assert view.locator(".leaflet-control-attribution").count() == 0


def test_a_place_chosen_in_the_list_is_shown_on_the_map_and_the_other_way(view, site_url) -> None:
    opened(view, site_url + "/map/")
    view.get_by_role("button", name=re.compile("^Show on the map: Chimay")).first.click()
    window = view.locator(".leaflet-popup")
    window.get_by_role("link", name="Chimay cemetery").wait_for()
    assert "Chimay cemetery" in view.locator("li[aria-current]").inner_text()
    view.keyboard.press("Escape")
    assert view.locator("li[aria-current]").count() == 0
    assert label_in_focus(view).startswith("Show on the map: Chimay")
    single = view.get_by_role("button", name=re.compile(r"^Kortemark"))
    opened(view, site_url + "/map/?commune=Kortemark")
    single.first.focus()
    view.keyboard.press("Enter")
    view.locator("li[aria-current]").wait_for()
    assert "Kortemark" in view.locator("li[aria-current]").inner_text()


def test_the_keyboard_alone_parts_a_marker_of_several_and_leaves_the_map(view, site_url) -> None:
    opened(view, site_url + "/map/")
    before = view.locator(".place-mark").count()
    several = view.get_by_role("button", name=re.compile(r"^Places: \d+$")).first
    several.focus()
    view.keyboard.press("Enter")
    wait_until(view, f"document.querySelectorAll('.place-mark').length !== {before}")
    assert "place-mark" in view.evaluate("document.activeElement.className")
    for _ in range(250):
        view.keyboard.press("Tab")
        if view.evaluate("!!document.activeElement.closest('.atlas-list')"):
            break
    else:
        pytest.fail("the keyboard does not come out of the map")


def test_arrows_and_signs_move_the_map_and_the_wheel_moves_the_page(view, site_url) -> None:
    opened(view, site_url + "/map/")
    pane = "document.querySelector('.leaflet-map-pane').style.transform"
    canvas = view.locator("#atlas")
    before = view.evaluate(pane)
    canvas.hover(position={"x": 300, "y": 300})
    view.mouse.wheel(0, 200)
    wait_until(view, "scrollY > 0")
    assert view.evaluate(pane) == before
    canvas.focus()
    view.keyboard.press("ArrowRight")
    wait_until(view, f"{pane} !== {json.dumps(before)}")


def test_a_name_with_markup_is_text_on_the_map(view, site_url: str) -> None:
    nasty = "<img src=x onerror=alert(1)>"

    def answer(route) -> None:
        data = json.loads(route.fetch().text())
        for one in data["features"]:
            one["properties"]["name"] = nasty
        route.fulfill(json=data)

    view.route("**/map/data.json*", answer)
    opened(view, site_url + "/map/?commune=Kortemark")
    view.locator(".place-mark").first.click()
    view.locator(".leaflet-popup").get_by_text(nasty).first.wait_for()
    assert view.locator("#atlas img").count() == 0


def test_where_the_data_do_not_come_the_drawing_stays(view, site_url: str) -> None:
    view.route("**/map/data.json*", lambda route: route.abort())
    view.goto(site_url + "/map/")
    view.get_by_text("The map could not be loaded").wait_for()
    assert view.locator("svg.sheet-map").is_visible()
    assert not view.locator("#atlas").is_visible()


def test_the_map_is_read_and_filtered_without_scripts(browser, site_url: str) -> None:  # noqa: F811
    context = browser.new_context(
        viewport={"width": 1280, "height": 900}, java_script_enabled=False
    )
    view = context.new_page()
    view.goto(site_url + "/map/")
    assert view.locator("svg.sheet-map").is_visible()
    assert not view.locator("#atlas").is_visible()
    view.get_by_text("Only places of certain persons").click()
    view.get_by_label("Camp", exact=True).select_option("stalag-304")
    view.get_by_label("Places of death and of events").uncheck()
    view.get_by_role("button", name="Show", exact=True).click()
    assert "camp=stalag-304" in view.url
    assert "layer=places" not in view.url
    view.locator("svg.sheet-map").get_by_role("link", name=re.compile("^Genk")).first.click()
    assert "Genk" in view.get_by_role("heading", level=1).inner_text()
    context.close()


def test_the_printed_map_is_the_drawing(view, site_url: str) -> None:
    opened(view, site_url + "/map/")
    view.emulate_media(media="print")
    assert view.locator("svg.sheet-map").is_visible()
    assert not view.locator("#atlas").is_visible()
    assert view.locator("#atlas-list li").first.is_visible()


@pytest.mark.parametrize(
    ("scheme", "width", "language"), [("light", 1280, "/ru"), ("dark", 320, "")]
)
def test_the_map_that_can_be_moved_has_no_barriers(
    browser,  # noqa: F811
    site_url: str,
    scheme: str,
    width: int,
    language: str,
) -> None:
    context = browser.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True,
        reduced_motion="reduce",
    )  # fmt: skip
    view = opened(context.new_page(), site_url + language + "/map/?commune=Genk")
    view.locator("#atlas-list .show").first.click()
    view.locator(".leaflet-popup").wait_for()
    assert barriers(view) == []
    assert view.evaluate("document.documentElement.scrollWidth") <= width
    # The drawing that readers without scripts see; axe, itself a script, needs them.
    view.route("**/map/data.json*", lambda route: route.abort())
    view.goto(site_url + language + "/map/")
    view.locator("svg.sheet-map").wait_for()
    assert barriers(view) == []
    context.close()

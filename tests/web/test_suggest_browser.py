"""The search box with scripts: a combobox for keys, touch and ears; without them a box."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from .test_browser import barriers, browser  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.heavy]
TYPED = "Scha"


@pytest.fixture
def page(browser, site_url: str) -> Iterator:  # noqa: F811
    context = browser.new_context(viewport={"width": 390, "height": 800}, bypass_csp=False)
    view = context.new_page()
    view.goto(site_url + "/search/")
    yield view
    context.close()


def open_list(page, typed: str = TYPED):
    box = page.get_by_role("combobox", name="Find a person or a place").last
    box.press_sequentially(typed)
    page.get_by_role("listbox", name="Suggestions").wait_for()
    return box


def test_keys_choose_and_open_a_suggestion(page) -> None:
    box = open_list(page)
    assert box.get_attribute("aria-expanded") == "true"
    assert re.search(r"\d suggestions", page.get_by_role("status").last.inner_text())
    assert page.get_by_role("group", name="Persons").is_visible()
    page.keyboard.press("ArrowUp")
    last = page.get_by_role("option").last
    assert last.get_attribute("aria-selected") == "true", "up from the box goes to the end"
    page.keyboard.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") is None, "and back into the box"
    page.keyboard.press("ArrowDown")
    first = page.get_by_role("option").first
    assert box.get_attribute("aria-activedescendant") == first.get_attribute("id")
    label = first.locator(".name").inner_text()
    page.keyboard.press("Enter")
    page.wait_for_url("**/persons/**")
    assert page.get_by_role("heading", level=1).inner_text().startswith(label[:8])


def test_enter_without_a_choice_searches(page) -> None:
    open_list(page)
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=Scha")


def test_escape_and_leaving_close_the_list(page) -> None:
    box = open_list(page)
    page.keyboard.press("Escape")
    assert box.get_attribute("aria-expanded") == "false"
    assert box.input_value() == TYPED
    page.keyboard.press("ArrowDown")
    page.get_by_role("listbox").wait_for()
    page.keyboard.press("Tab")
    assert box.get_attribute("aria-expanded") == "false"


def test_a_press_opens_a_suggestion(page) -> None:
    open_list(page, "Genk")
    page.get_by_role("group", name="Communes").get_by_role("option").first.click()
    page.wait_for_url("**/places/genk/")


def test_the_last_thing_typed_counts(page, site_url: str) -> None:
    """An answer that comes late does not replace that to what was typed after it."""
    open_list(page, "Genk")
    page.route("**/suggest/?q=Zwar", lambda route: None)
    box = page.get_by_role("combobox").last
    box.fill("Zwar")
    page.wait_for_timeout(250)
    box.fill("Zwart")
    page.get_by_role("option", name=re.compile("Zwartberg mine")).wait_for()


def test_a_server_that_does_not_answer_leaves_the_box(page) -> None:
    page.route("**/suggest/**", lambda route: route.fulfill(status=500))
    box = page.get_by_role("combobox").last
    box.press_sequentially(TYPED)
    page.wait_for_timeout(300)
    assert box.get_attribute("aria-expanded") == "false"
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=Scha")


def test_an_open_list_has_no_barriers(browser, site_url: str) -> None:  # noqa: F811
    told = []
    for scheme, width in (("light", 1280), ("dark", 320)):
        context = browser.new_context(
            viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True
        )
        view = context.new_page()
        view.goto(site_url + "/search/")
        open_list(view)
        view.keyboard.press("ArrowDown")
        assert view.evaluate("document.documentElement.scrollWidth") <= width
        told += barriers(view)
        context.close()
    assert told == []


def test_without_scripts_it_is_a_box(browser, site_url: str) -> None:  # noqa: F811
    context = browser.new_context(java_script_enabled=False)
    view = context.new_page()
    view.goto(site_url + "/search/")
    assert view.get_by_role("searchbox").count() == 1
    assert view.get_by_role("combobox").count() == 0
    context.close()

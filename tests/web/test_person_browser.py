"""The page of a person in a real browser: by keyboard, without scripts, with them, on paper."""

from __future__ import annotations

import re

import pytest

from .test_browser import browser, page  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.heavy]
SCHATUNOV = "/persons/fr-methode-093/"


def test_all_of_it_can_be_read_without_scripts(page, site_url: str) -> None:  # noqa: F811
    page.goto(site_url + SCHATUNOV)
    for name in ("The grave", "Forms of the name", "Who says so", "Cite, share, print"):
        heading = page.get_by_role("heading", name=name)
        heading.scroll_into_view_if_needed()
        assert heading.is_visible()
    address = page.get_by_label("Address of this page")
    assert address.input_value() == site_url + SCHATUNOV
    assert address.get_attribute("readonly") is not None
    for name in ("Copy", "Share…", "Print"):
        assert not page.get_by_role("button", name=name).is_visible()


def test_the_contents_lead_to_each_part_by_keyboard(page, site_url: str) -> None:  # noqa: F811
    page.goto(site_url + SCHATUNOV)
    contents = page.get_by_role("navigation", name="On this page")
    contents.get_by_role("link", name="The grave").focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#grave")
    page.keyboard.press("Tab")
    focused = page.evaluate(
        "document.activeElement.closest('section').getAttribute('aria-labelledby')"
    )
    assert focused == "grave"


def test_a_number_leads_to_the_record_that_says_so(page, site_url: str) -> None:  # noqa: F811
    page.goto(site_url + SCHATUNOV)
    page.get_by_role("link", name=re.compile(r"^Source \d+$")).first.click()
    assert page.url == site_url + "/records/fr-methode-093/"
    last = page.get_by_role("heading", name="Cite, share, print")
    last.scroll_into_view_if_needed()
    assert last.is_visible()


def test_the_address_is_copied_where_scripts_run(browser, site_url: str) -> None:  # noqa: F811
    context = browser.new_context(permissions=["clipboard-read", "clipboard-write"])
    view = context.new_page()
    refused: list[str] = []
    view.on("console", lambda message: refused.append(message.text))
    view.goto(site_url + SCHATUNOV)
    view.get_by_role("button", name="Copy").click()
    view.get_by_text("Copied.").wait_for()
    assert view.evaluate("navigator.clipboard.readText()") == site_url + SCHATUNOV
    assert refused == []
    context.close()


def test_it_is_shared_where_the_device_can_share(browser, site_url: str) -> None:  # noqa: F811
    context = browser.new_context()
    view = context.new_page()
    view.add_init_script(
        "navigator.share = (what) => { window.shared = what; return Promise.resolve(); }"
    )
    view.goto(site_url + "/ru" + SCHATUNOV)
    view.get_by_role("button", name="Поделиться").click()
    shared = view.evaluate("window.shared")
    assert shared == {
        "title": "Шатунов Афанасий Фёдорович",
        "url": site_url + "/ru" + SCHATUNOV,
    }
    context.close()


def test_on_paper_it_is_two_sheets_with_address_and_code(browser, site_url: str) -> None:  # noqa: F811
    context = browser.new_context(color_scheme="dark")
    view = context.new_page()
    view.goto(site_url + SCHATUNOV)
    view.emulate_media(media="print")
    assert view.get_by_role("img", name="QR code").is_visible()
    assert view.get_by_text(site_url + SCHATUNOV).first.is_visible()
    for name in ("What the source says", "Address of this page"):
        assert not view.get_by_text(name).first.is_visible()
    paper = view.evaluate("getComputedStyle(document.body).backgroundColor")
    assert paper == "rgb(255, 255, 255)"
    sheets = re.findall(rb"/Type\s*/Page\b", view.pdf(format="A4"))
    assert 1 <= len(sheets) <= 2
    context.close()

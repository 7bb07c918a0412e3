"""The pages in a real browser without scripts: readable, reachable, free of known barriers."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.django_db]

PAGES = {
    "home": "/",
    "map": "/map/",
    "part of the map": "/map/?camp=stalag-304&layer=graves&box=4.5,50.5,6,51.2",
    "sites": "/sites/",
    "province": "/sites/?province=Li%C3%A8ge",
    "site": "/sites/chimay/",
    "large site": "/sites/genk/?of=restored",
    "graves": "/sites/lux-bous/graves/",
    "grave": "/graves/lux-bous/1/",
    "memorials": "/memorials/",
    "memorial": "/memorials/serna/",
    "register": "/sites/genk/register/",
    "persons": "/persons/",
    "person": "/persons/en-emb-zolder-001/",
    "disputed person": "/persons/fr-methode-062/",
    "person with a journey": "/persons/fr-methode-162/",
    "organisation": "/organisations/stalag-304/",
    "day": "/days/1943-02-09/",
    "no day": "/days/?day=nobody+knows",
    "place": "/places/zolder/",
    "record": "/records/fr-methode-210/",
    "sources": "/sources/",
    "source": "",
    "statements": "/statements/",
    "numbers": "/numbers/",
    "months": "/numbers/deaths-by-month/",
    "ages": "/numbers/ages/",
    "named by site": "/numbers/sites/",
    "mines": "/numbers/mines/",
    "regions": "/numbers/regions/",
    "growth": "/numbers/growth/",
    "mine": "/organisations/mine-winterslag/",
    "month": "/days/1944-04/",
    "days": "/days/",
    "findings": "/findings/",
    "settled": "/findings/?state=accepted",
    "about": "/about/",
    "parts": "/parts/",
    "data": "/data/",
    "found": "/search/?q=%D0%A8%D0%B0%D1%82%D1%83%D0%BD%D0%BE%D0%B2",
    "many found": "/search/?q=Genk+mai+1943&site=genk&page=1",
    "nearly found": "/search/?q=Jevemoff",
    "persons filtered": "/persons/?site=genk&died=1943&all=origin",
    "not found": "/search/?q=Qwrtzp",
    "letter": "/contribute/?about=site:genk",
    "missing": "/persons/nobody/",
}
# Both ends of the width, both colour schemes, both alphabets: one of the eight each day, all in CI.
EVERY_DAY = {("dark", 320, "/ru")}
WHOLE = 30_000  # a window so high that nothing of a page waits to be laid out
SETTINGS = [
    pytest.param(*setting, marks=[] if setting in EVERY_DAY else [pytest.mark.heavy])
    for setting in product(("light", "dark"), (1280, 320), ("", "/ru"))
]
# What comes near the window is laid out with the next frame.
TWO_FRAMES = "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
HEAVIEST = 150_000  # bytes on the way, without pictures and what the map loads
OTHERS = ("/fr", "/nl", "/de")
ON_A_MAP = {name for name, address in PAGES.items() if address.startswith("/map/")}
COUNTED = {"Document", "Stylesheet", "Font", "Script"}
FOCUSABLE = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def _chromium() -> str:
    named = os.environ.get("CHROMIUM", "")
    found = next(filter(None, map(shutil.which, (named, "chromium", "chromium-browser"))), None)
    if found is None:
        pytest.fail("Chromium is not installed; CHROMIUM may name it")
    return found


@pytest.fixture(scope="module")
def browser() -> Iterator:
    # Playwright runs an event loop in this thread, which Django takes for asynchronous code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=_chromium(), args=FLAGS)
        yield running
        running.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def page(browser) -> Iterator:
    context = browser.new_context(viewport={"width": 320, "height": 640}, java_script_enabled=False)
    yield context.new_page()
    context.close()


def address_of(name: str) -> str:
    from sexton.web.register.models import Source

    if name == "source":
        source = Source.objects.get(url="https://revuemethode.github.io/m042103.html")
        return source.get_absolute_url()
    return PAGES[name]


def barriers(view) -> list[str]:
    """What axe has to say of a page; its context lets scripts in (``bypass_csp``)."""
    from axe_playwright_python.sync_playwright import Axe

    view.evaluate(TWO_FRAMES)
    found = Axe().run(view, options={"runOnly": {"type": "tag", "values": AXE_TAGS}})
    return [
        f"{violation['id']}: {[node['html'][:120] for node in violation['nodes'][:3]]}"
        for violation in found.response["violations"]
    ]


def page_for_axe(browser, scheme: str, width: int):
    """A page in a context of its own, into which axe may come and in which nothing moves."""
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme=scheme,
        bypass_csp=True,
        reduced_motion="reduce",
    )
    return context.new_page()


def barriers_of(view, name: str) -> list[str]:
    """The barriers of a page, and whether it is wider than its window; told with a name."""
    told = barriers(view)
    wide = view.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    if wide[0] > wide[1]:
        told.append(f"{wide[0]} wide")
    return [f"{name}: {one}" for one in told]


@pytest.mark.parametrize(("scheme", "width", "language"), SETTINGS)
def test_pages_have_no_barriers(
    browser, site_url: str, scheme: str, width: int, language: str
) -> None:
    """Axe finds nothing to say."""
    # Axe itself is a script; the site's policy would keep it out.
    context = browser.new_context(
        viewport={"width": width, "height": WHOLE}, color_scheme=scheme, bypass_csp=True
    )
    view = context.new_page()
    told = []
    for name in PAGES:
        view.goto(site_url + language + address_of(name))
        told += [f"{name}: {one}" for one in barriers(view)]
    context.close()
    assert not told, "\n".join(told)


@pytest.mark.parametrize(
    "language", ["", "/ru", *(pytest.param(code, marks=pytest.mark.heavy) for code in OTHERS)]
)
def test_no_page_is_wider_than_a_small_phone(browser, site_url: str, language: str) -> None:
    context = browser.new_context(viewport={"width": 320, "height": WHOLE})
    view = context.new_page()
    widths = {}
    for name in PAGES:
        view.goto(site_url + language + address_of(name))
        widths[name] = view.evaluate("document.documentElement.scrollWidth")
    context.close()
    assert {name: width for name, width in widths.items() if width > 320} == {}


@pytest.mark.heavy
def test_no_page_is_heavier_than_an_old_phone_bears(browser, site_url: str) -> None:
    """In Russian, which loads the letters of both alphabets, with nothing kept by the browser."""
    weights = {}
    for name in PAGES:
        context = browser.new_context(viewport={"width": 390, "height": 800})
        view = context.new_page()
        session = context.new_cdp_session(view)
        kinds: dict[str, str] = {}
        sizes: dict[str, float] = {}
        session.on(
            "Network.responseReceived", lambda e, k=kinds: k.update({e["requestId"]: e["type"]})
        )
        session.on(
            "Network.loadingFinished",
            lambda e, s=sizes: s.update({e["requestId"]: e["encodedDataLength"]}),
        )
        session.send("Network.enable")
        view.goto(site_url + "/ru" + address_of(name), wait_until="networkidle")
        weights[name] = sum(size for at, size in sizes.items() if kinds.get(at) in COUNTED)
        context.close()
    assert all(weights.values()), weights
    too_heavy = {name for name, size in weights.items() if size > HEAVIEST}
    assert too_heavy - ON_A_MAP == set(), weights


@pytest.mark.heavy
@pytest.mark.parametrize("width", [320, 1280])
def test_the_keyboard_alone_reaches_everything(browser, site_url: str, width: int) -> None:
    """Every link and control that can be seen gets the focus, in turn, and shows it."""
    context = browser.new_context(viewport={"width": width, "height": 800})
    view = context.new_page()
    told = []
    for name in PAGES:
        view.goto(site_url + address_of(name), wait_until="networkidle")
        wanted = view.evaluate(
            """(focusable) => [...document.querySelectorAll(focusable)]
            .filter((one) => one.checkVisibility({visibilityProperty: true}) && one.tabIndex >= 0
                && !one.disabled)
            .map((one, place) => {
                one.dataset.place = place;
                return one.outerHTML.slice(0, 90);
            })""",
            FOCUSABLE,
        )
        told += [f"{name}: {wanted[place]}" for place in _not_reached(view, len(wanted))]
    context.close()
    assert told == []


def _not_reached(view, number: int) -> set[int]:
    """The places of what the focus does not come to, or comes to without showing it."""
    left = set(range(number))
    for _ in range(number + 5):
        view.keyboard.press("Tab")
        place = view.evaluate(
            """() => {
                const at = document.activeElement;
                const style = getComputedStyle(at);
                const inner = [...at.querySelectorAll("circle, path, rect")].map(getComputedStyle);
                const shown = [style, ...inner].some((one) => one.outlineStyle !== "none"
                    || parseFloat(one.strokeWidth) > 2);
                return shown ? at.dataset.place : undefined;
            }"""
        )
        if place is not None:
            left.discard(int(place))
        if not left:
            break
    return left


def test_a_person_is_found_and_read_without_scripts(page, site_url: str) -> None:
    page.goto(site_url)
    page.get_by_label("Find a person or a place").fill("Шатунов")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="SCHATUNOV").first.click()
    assert page.get_by_role("heading", level=1).inner_text().startswith("Afanas SCHATUNOV")
    page.get_by_role("link", name="Record").first.click()
    page.get_by_text("As read here").first.wait_for()


def test_the_map_leads_to_a_site(page, site_url: str) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(site_url + "/sites/")
    page.get_by_role("link", name=re.compile(r"Genk city cemetery.*: \d+ persons")).click()
    assert "Genk" in page.get_by_role("heading", level=1).inner_text()


def test_the_keyboard_skips_to_the_content(page, site_url: str) -> None:
    page.goto(site_url)
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    assert skip.bounding_box()["x"] >= 0
    page.keyboard.press("Enter")
    assert page.url.endswith("#content")


def test_the_language_can_be_changed_on_the_same_page(page, site_url: str) -> None:
    page.goto(site_url + "/sites/genk/")
    page.get_by_role("link", name="Русский").click()
    assert page.url == site_url + "/ru/sites/genk/"
    assert page.get_by_role("heading", level=1).inner_text() == "г. Генк (Genk)"


def test_nothing_is_loaded_from_elsewhere(page, site_url: str) -> None:
    asked: list[str] = []
    refused: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: refused.append(message.text))
    page.goto(site_url + "/sites/")
    assert all(url.startswith(site_url) for url in asked)
    assert refused == []


def test_linked_data_is_read_and_no_policy_refuses_it(browser, site_url: str) -> None:
    context = browser.new_context()
    view = context.new_page()
    refused: list[str] = []
    view.on("console", lambda message: refused.append(message.text))
    view.goto(site_url + "/persons/en-emb-zolder-001/")
    block = "document.querySelector('script[type=\"application/ld+json\"]').textContent"
    types = view.evaluate(f"JSON.parse({block})['@graph'].map(node => node['@type']).flat()")
    context.close()
    assert refused == []
    assert {"Person", "crm:E21_Person", "crm:E13_Attribute_Assignment"} <= set(types)


def test_a_page_can_be_printed(browser, site_url: str, tmp_path: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    view = context.new_page()
    view.goto(site_url + "/persons/en-emb-zolder-001/")
    view.emulate_media(media="print")
    assert not view.get_by_role("navigation", name="Main").is_visible()
    assert view.get_by_role("heading", level=1).is_visible()
    assert len(view.pdf()) > 10_000
    context.close()

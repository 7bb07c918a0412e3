"""Judging in a real browser: by keyboard, without scripts, and free of known barriers."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from .test_browser import SETTINGS, barriers_of, browser  # noqa: F401
from .test_desk_browser import follow, served_copy

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.heavy]
PASSWORD = "nine grey stones at Zwartberg"
NAME = "browser-reviewer"
SERVE = f"""
from sexton.web.setup import prepare
prepare()
import waitress
from sexton.web.accounts import roles
from sexton.web.accounts.models import User
from sexton.web.cases import deciding
from sexton.web.cases.models import Candidate, Inquiry
from sexton.web.cases.refreshing import weigh_again
from sexton.web.register import models
from sexton.web.wsgi import application
user = User.objects.create_user("{NAME}", password="{PASSWORD}")
roles.give(user, "reviewer", by="a test", reason="a browser's test")
named = list(models.Record.objects.filter(is_named=True, key__startswith="fr-methode-")[90:102])
for record in named[:6]:
    case = deciding.open_case(record, "a test")
    Inquiry.objects.create(case=case, pool="register", size=300, coverage=0.8)
    for rank, other in enumerate(named[6:9], 1):
        Candidate.objects.create(
            case=case, name="record:" + other.key, rank=rank, probability=0.0, fields=other.fields)
    weigh_again(case)
server = waitress.create_server(application, host="127.0.0.1", port=0, threads=4)
print(server.effective_port, flush=True)
server.run()
"""


@pytest.fixture(scope="module")
def bench(django_db_setup: None, django_db_blocker, tmp_path_factory) -> Iterator[tuple[str, Path]]:
    """The address of a site with a reviewer and cases, and the folder of its register."""
    home = tmp_path_factory.mktemp("bench")
    with served_copy(SERVE, home, django_db_blocker.unblock) as url:
        yield url, home / "register.sqlite3"


def judged(register: Path) -> list[str]:
    """The verdicts in the register, in their order."""
    with closing(sqlite3.connect(register)) as rows:
        return [row[0] for row in rows.execute("SELECT verdict FROM cases_judgement ORDER BY id")]


def signed_in(browser, url: str, language: str = "", **options):  # noqa: F811
    context = browser.new_context(reduced_motion="reduce", bypass_csp=True, **options)
    view = context.new_page()
    view.goto(f"{url}{language}/account/sign-in/?next={language}/workbench/judge/")
    view.locator("input[name=username]").fill(NAME)
    view.locator("input[name=password]").fill(PASSWORD)
    follow(view, view.locator("main button[type=submit]"))
    return context, view


def press(view, key: str) -> None:
    """A key that leads to another page."""
    with view.expect_navigation():
        view.keyboard.press(key)


def test_pairs_are_judged_by_keyboard_one_after_the_other(browser, bench) -> None:  # noqa: F811
    url, register = bench
    context, view = signed_in(browser, url)
    before = len(judged(register))
    first = view.url
    press(view, "n")
    assert view.url != first
    for key in ("s", "d", "u"):
        press(view, key)
    assert judged(register)[before:] == ["same", "different", "unsure"]
    assert "not sure" in view.locator("main [role=status]").first.inner_text()
    view.keyboard.press("?")
    assert view.locator("details.keys").get_attribute("open") is not None
    view.keyboard.press("?")
    assert view.locator("details.keys").get_attribute("open") is None
    view.locator("#quick").focus()
    view.keyboard.type("sdu")
    view.locator("h1").click()
    view.keyboard.press("Control+u")
    assert len(judged(register)) == before + 3
    follow(view, view.locator(".take-back button"))
    assert judged(register)[before:] == ["same", "different"]
    context.close()


def test_keys_can_be_switched_off_and_stay_off(browser, bench) -> None:  # noqa: F811
    url, register = bench
    context, view = signed_in(browser, url)
    before = len(judged(register))
    view.locator("details.keys summary").click()
    view.locator("[data-keys-on]").uncheck()
    view.locator("h1").click()
    view.keyboard.press("s")
    view.reload()
    view.keyboard.press("s")
    assert len(judged(register)) == before
    assert not view.locator("button[data-key=s] kbd").is_visible()
    context.close()


def test_a_russian_keyboard_has_the_keys_at_the_same_places(browser, bench) -> None:  # noqa: F811
    url, register = bench
    context, view = signed_in(browser, url, "/ru")
    before = len(judged(register))
    told = json.dumps({"key": "в", "code": "KeyD", "bubbles": True, "cancelable": True})
    with view.expect_navigation():
        view.evaluate(f"document.body.dispatchEvent(new KeyboardEvent('keydown', {told}))")
    assert judged(register)[before:] == ["different"]
    context.close()


def test_without_scripts_buttons_do_it_and_back_tells_what_was_judged(browser, bench) -> None:  # noqa: F811
    url, register = bench
    context, view = signed_in(browser, url, java_script_enabled=False)
    before = len(judged(register))
    assert not view.locator("details.keys").is_visible()
    follow(view, view.get_by_role("button", name="Two men"))
    view.go_back()
    view.reload()
    assert "You have judged this pair:" in view.locator("main").inner_text()
    assert judged(register)[before:] == ["different"]
    context.close()


@pytest.mark.parametrize(("scheme", "width", "language"), SETTINGS)
def test_case_and_judging_have_no_barriers(
    browser,  # noqa: F811
    bench,
    scheme: str,
    width: int,
    language: str,
) -> None:
    """Axe finds nothing to say, and no page is wider than the window."""
    url, _ = bench
    options = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
    context, view = signed_in(browser, url, language, **options)
    told: list[str] = []

    def look(name: str) -> None:
        for closed in view.locator("main details").all():
            closed.evaluate("one => { one.open = true; }")
        told.extend(barriers_of(view, name))

    look("judging")
    follow(view, view.locator("main p.where a"))
    look("case")
    follow(view, view.locator(".candidates a.button").first)
    look("pair")
    follow(view, view.locator("button[name=verdict]").first)
    look("evidence")
    view.locator("#beside").select_option(index=1)
    follow(view, view.locator("form.filters button"))
    look("two candidates")
    context.close()
    assert not told, "\n".join(told)

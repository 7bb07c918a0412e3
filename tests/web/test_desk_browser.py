"""The stewards' desk in a real browser without scripts: sign in, edit, look back, take back."""

from __future__ import annotations

import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from django.db import connection

from .test_browser import SETTINGS, barriers_of, browser, page_for_axe  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
PASSWORD = "nine grey stones at Zwartberg"
NAME = "browser-editor"
# What he saves would stay in the tests' register: he works on a copy, in a server of its own.
SERVE = f"""
from sexton.web.setup import prepare
prepare()
import waitress
from sexton.web.accounts import roles
from sexton.web.accounts.models import User
from sexton.web.research.search import find
from sexton.web.wsgi import application
find("Иванов Iwanow")  # so that the first search is as fast as the next
user = User.objects.create_user("{NAME}", password="{PASSWORD}")
roles.give(user, "editor", by="a test", reason="a browser's test")
server = waitress.create_server(application, host="127.0.0.1", port=0, threads=4)
print(server.effective_port, flush=True)
server.run()
"""


@contextmanager
def served_copy(script: str, home: Path, unblock) -> Iterator[str]:
    """The address of what ``script`` serves on a copy of the tests' register, in ``home``."""
    with unblock():
        source = sqlite3.connect(connection.settings_dict["NAME"])
    with closing(source), closing(sqlite3.connect(home / "register.sqlite3")) as copy:
        source.backup(copy)
    served = subprocess.Popen(
        [sys.executable, "-c", script],
        env={**os.environ, "SEXTON_HOME": str(home)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert served.stdout is not None
    yield f"http://127.0.0.1:{int(served.stdout.readline())}"
    served.terminate()
    served.wait(10)


@pytest.fixture(scope="module")
def desk_url(django_db_setup: None, django_db_blocker, tmp_path_factory) -> Iterator[str]:
    """The address of a site with an editor, on a copy of the tests' register."""
    home = tmp_path_factory.mktemp("desk")
    with served_copy(SERVE, home, django_db_blocker.unblock) as url:
        yield url


@pytest.fixture
def page(browser) -> Iterator:  # noqa: F811
    # A page that still scrolls smoothly has no place at which to click.
    context = browser.new_context(
        viewport={"width": 320, "height": 640}, java_script_enabled=False, reduced_motion="reduce"
    )
    yield context.new_page()
    context.close()


def follow(view, target) -> None:
    """Click, and wait for the page that this leads to: what is asked next is asked of that page."""
    with view.expect_navigation():
        target.click()


def sign_in(view, url: str, language: str = "") -> None:
    view.goto(f"{url}{language}/account/sign-in/?next={language}/steward/")
    view.locator("input[name=username]").fill(NAME)
    view.locator("input[name=password]").fill(PASSWORD)
    follow(view, view.locator("main button[type=submit]"))


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("", ("Sites", "Municipality", "Reason for this change", "Save", "Take back", "is saved")),
        ("/ru", ("Места", "Муниципалитет", "Причина этого изменения", "Сохранить", "Отменить",
                 "сохранено")),
    ],
)  # fmt: skip
def test_a_site_is_edited_seen_in_its_history_and_taken_back(
    page, desk_url: str, language: str, words: tuple[str, ...]
) -> None:
    sites, municipality, reason, save, take_back, saved = words
    sign_in(page, desk_url, language)
    follow(page, page.locator("main").get_by_role("link", name=sites, exact=True))
    page.locator("main input[name=q]").fill("Генк")
    follow(page, page.locator("main form[role=search] button"))
    follow(page, page.locator("tbody a", has_text=re.compile("enk|Генк")).first)
    field = page.get_by_label(municipality)
    before = field.input_value()
    field.fill("Zwartberg")
    page.get_by_label(reason).fill("a walk with a map")
    follow(page, page.get_by_role("button", name=save))
    assert saved in page.get_by_role("status").inner_text()
    steps = page.locator("ol.steps > li")
    assert "a walk with a map" in steps.first.inner_text()
    assert "Zwartberg" in steps.first.inner_text() and before in steps.first.inner_text()
    follow(page, steps.first.get_by_role("link"))
    page.get_by_label(reason).fill("the wrong map")
    follow(page, page.get_by_role("button", name=take_back))
    assert "the wrong map" in page.locator("main").inner_text()
    page.go_back()
    follow(page, page.locator("main nav a").last)
    assert "the wrong map" in page.locator("main").inner_text()


@pytest.mark.parametrize(("scheme", "width", "language"), SETTINGS)
def test_the_desk_has_no_barriers(
    browser,  # noqa: F811
    desk_url: str,
    scheme: str,
    width: int,
    language: str,
) -> None:
    """Axe finds nothing to say, and no page is wider than the window."""
    view = page_for_axe(browser, scheme, width)
    told: list[str] = []

    def look(name: str) -> None:
        told.extend(barriers_of(view, name))

    view.goto(f"{desk_url}{language}/account/sign-in/")
    look("sign in")
    sign_in(view, desk_url, language)
    look("desk")
    for name in ("account/", "account/password/", "steward/site/?by_province=Limburg",
                 "steward/person/?q=Шатунов", "steward/claim/", "steward/finding/",
                 "steward/grave/add/", "steward/change/"):  # fmt: skip
        view.goto(f"{desk_url}{language}/{name}")
        look(name)
    view.goto(f"{desk_url}{language}/steward/site/?q=Genk")
    follow(view, view.locator("tbody th a").first)
    look("site")
    follow(view, view.locator("main button[name=_save]"))
    look("site with an error")
    follow(view, view.locator("ul.tools a").nth(1))
    look("history")
    view.goto(f"{desk_url}{language}/steward/site/?q=Genk")
    view.locator("select[name=action]").select_option("set_province")
    view.locator("tbody input[type=checkbox]").first.check()
    follow(view, view.locator("main button[name=index]"))
    view.locator("main [name=value]").fill("Namur")
    view.locator("main [name=why]").fill("a map")
    follow(view, view.locator("main button[value=preview]"))
    assert view.locator("main button[value=apply]").count() == 1
    look("preview")
    view.context.close()
    assert not told, "\n".join(told)

"""Clues and letters in a real browser: without scripts from the first clue to an answer; axe."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing

import pytest
from django.db import connection

from .test_browser import SETTINGS, barriers_of, browser, page_for_axe  # noqa: F401
from .test_desk_browser import follow

pytestmark = [pytest.mark.browser, pytest.mark.heavy, pytest.mark.django_db]
PASSWORD = "nine grey stones at Zwartberg"
NAME = "browser-researcher"
# He works on a copy of the tests' register, in a server of its own, as the desk's editor does.
SERVE = f"""
from sexton.web.setup import prepare
prepare()
import waitress
from sexton.web.accounts import roles
from sexton.web.accounts.models import User
from sexton.web.cases import deciding, judging
from sexton.web.cases.models import Candidate, Inquiry
from sexton.web.cases.refreshing import weigh_again
from sexton.web.register.models import Record
from sexton.web.wsgi import application
user = User.objects.create_user("{NAME}", password="{PASSWORD}")
roles.give(user, "researcher", by="a test", reason="a browser's test")
named = Record.objects.filter(is_named=True).order_by("key")
record = next(r for r in named if r.site_id and "prisoner_number" in r.fields)
case = deciding.open_case(record, "a test")
Inquiry.objects.create(case=case, pool="register", size=named.count(), coverage=0.8)
for rank, other in enumerate(named.exclude(pk=record.pk)[:4], 1):
    name = "record:" + other.key
    Candidate.objects.create(case=case, name=name, rank=rank, probability=0, fields=other.fields)
weigh_again(case)
for one in case.candidates.all()[:2]:
    judging.judge(case, one.name, "{NAME}", "unsure")
server = waitress.create_server(application, host="127.0.0.1", port=0, threads=4)
print(server.effective_port, case.key, flush=True)
server.run()
"""


@pytest.fixture(scope="module")
def case_url(django_db_setup: None, django_db_blocker, tmp_path_factory) -> Iterator:
    """Makes the address of a part of a case: ``case_url("clues", "/ru")``."""
    home = tmp_path_factory.mktemp("clues")
    with django_db_blocker.unblock():
        source = sqlite3.connect(connection.settings_dict["NAME"])
    with closing(source), closing(sqlite3.connect(home / "register.sqlite3")) as copy:
        source.backup(copy)
    served = subprocess.Popen(
        [sys.executable, "-c", SERVE],
        env={**os.environ, "SEXTON_HOME": str(home)},
        stdout=subprocess.PIPE,
        text=True,
    )
    assert served.stdout is not None
    port, key = served.stdout.readline().split()
    site = f"http://127.0.0.1:{port}"
    yield lambda part, language="": f"{site}{language}/workbench/case/{key}/{part}/"
    served.terminate()
    served.wait(10)


def sign_in(view, address: str) -> None:
    view.goto(address)
    view.locator("input[name=username]").fill(NAME)
    view.locator("input[name=password]").fill(PASSWORD)
    follow(view, view.locator("main button[type=submit]"))


def fill_clue(view, value: str) -> None:
    if not view.locator("[name=clue-value]").is_visible():
        view.locator("#clues ~ details > summary").click()
    view.locator("[name=clue-field]").select_option("prisoner_number")
    view.locator("[name=clue-value]").fill(value)
    view.locator("[name=clue-citation]").fill("a card")
    view.locator("[name=clue-why]").fill("the only one of that name")


def make_letter(view, address: str) -> None:
    view.goto(address)
    view.locator("[name=addressee]").fill("Arolsen Archives")
    view.locator("[name=language]").select_option("de")
    follow(view, view.locator("button[value=compose]"))


@pytest.mark.parametrize("language", ["", "/ru"])
def test_from_a_clue_to_an_answer_without_scripts(browser, case_url, language: str) -> None:  # noqa: F811
    context = browser.new_context(
        viewport={"width": 320, "height": 640}, java_script_enabled=False, reduced_motion="reduce"
    )
    view = context.new_page()
    sign_in(view, case_url("clues", language))
    value = f"5502{len(language)}"
    fill_clue(view, value)
    follow(view, view.locator("form:has([name=clue-value]) [name=preview]"))
    assert view.locator("#changes").is_visible() and view.locator(".moves-of tbody tr").count() == 2
    assert not view.locator(".found-out", has_text=value).count()
    follow(view, view.locator("form:has([name=clue-value]) button:not([name])"))
    assert view.locator(".found-out", has_text=value).count() == 1
    make_letter(view, case_url("letters", language))
    assert "Sehr geehrte Damen und Herren" in view.locator("[name=question]").input_value()
    follow(view, view.locator("button[value=write]"))
    follow(view, view.locator("form:has([value=send]) button"))
    view.locator("[name=answer]").fill("Wir haben ihn nicht.")
    view.locator("[name=leads][value=search]").check()
    assert not view.locator("[name=clue-value]").is_visible()
    view.locator("[name=search-share]").select_option("half")
    follow(view, view.locator("form.answer-form button"))
    assert "Wir haben ihn nicht." in view.locator("main").inner_text()
    view.goto(case_url("clues", language))
    assert view.locator(".found-out", has_text="Arolsen Archives").count() >= 1
    context.close()


@pytest.mark.parametrize(("scheme", "width", "language"), SETTINGS)
def test_clues_and_letters_have_no_barriers(
    browser,  # noqa: F811
    case_url,
    scheme: str,
    width: int,
    language: str,
) -> None:
    """Axe finds nothing to say, and no page is wider than the window."""
    view = page_for_axe(browser, scheme, width)
    told: list[str] = []

    def look(name: str) -> None:
        told.extend(barriers_of(view, name))

    sign_in(view, case_url("clues", language))
    view.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    look("clues")
    fill_clue(view, "55021")
    follow(view, view.locator("form:has([name=clue-value]) [name=preview]"))
    look("preview")
    follow(view, view.locator("form:has([name=clue-value]) button:not([name])"))
    look("a clue")
    make_letter(view, case_url("letters", language))
    look("compose")
    follow(view, view.locator("button[value=write]"))
    look("draft")
    follow(view, view.locator("form:has([value=send]) button"))
    view.locator("[name=leads][value=clue]").check()
    look("sent")
    follow(view, view.locator("form.answer-form button"))
    look("refused")
    view.goto(view.url + "paper/")
    look("paper")
    view.goto(case_url("letters", language))
    look("letters of a case")
    view.goto(case_url("letters", language).split("/case/")[0] + "/letters/")
    look("letters")
    view.context.close()
    assert not told, "\n".join(told)

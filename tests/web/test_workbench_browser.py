"""From a grave without a name to an identification that is told and taken back, by two reviewers.

In a real browser, with no script, on a copy of the Belgian register. What is decided here is a
test's doing: it says nothing of the men.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from .test_browser import browser  # noqa: F401
from .test_desk_browser import follow, served_copy

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
PASSWORD = "nine grey stones at Zwartberg"
GRAVE, MAN = "fr-methode-b-005", "fr-couvin-presgaux-001"
SERVE = f"""
from sexton.web.setup import prepare
prepare()
import waitress
from sexton.web.accounts import roles
from sexton.web.accounts.models import User
from sexton.web.wsgi import application
for name in ("ann", "bob"):
    user = User.objects.create_user(name, password="{PASSWORD}")
    roles.give(user, "reviewer", by="a test", reason="a browser's test")
server = waitress.create_server(application, host="127.0.0.1", port=0, threads=4)
print(server.effective_port, flush=True)
server.run()
"""


@pytest.fixture
def site(django_db_setup: None, django_db_blocker, tmp_path) -> Iterator[str]:
    """The address of a site with two reviewers; each test decides on a copy of its own."""
    with served_copy(SERVE, tmp_path, django_db_blocker.unblock) as url:
        yield url


class Reviewer:
    """Somebody at the workbench, in a browser of his own."""

    def __init__(self, browser, site: str, language: str, name: str) -> None:  # noqa: F811
        self.site, self.language = site, language
        context = browser.new_context(
            viewport={"width": 390, "height": 800}, java_script_enabled=False,
            reduced_motion="reduce",
        )  # fmt: skip
        self.view = context.new_page()
        self.view.goto(f"{site}{language}/account/sign-in/?next={language}/workbench/")
        self.fill(username=name, password=PASSWORD)
        self.press("main form button[type=submit]")

    def fill(self, **values: str) -> None:
        for name, value in values.items():
            self.view.locator(f"main [name={name}]").first.fill(value)

    def press(self, target: str) -> None:
        follow(self.view, self.view.locator(target).first)

    @property
    def text(self) -> str:
        return self.view.locator("main").inner_text()

    def open_case(self) -> None:
        """From the list of records without a case, by a word of what the stone says."""
        self.press("main a[href$='/workbench/without/']")
        self.fill(q="soldat russe")
        self.press("main form[method=get] button")
        self.view.locator(f"main input[name=record][value='{GRAVE}']").check()
        self.press("main form[action$='/workbench/open/'] button[type=submit]")

    def go_to_case(self) -> None:
        self.view.goto(f"{self.site}{self.language}/workbench/")
        self.press("main a[href*='/workbench/case/']")

    def judge_the_same(self) -> None:
        self.go_to_case()
        assert not re.search(r"\d bit|\d бит", self.text)
        self.press(f"main a.button[href*='candidate=record%3A{MAN}']")
        self.press("main button[name=verdict][value=same]")

    def decide(self, to: str, reason: str) -> None:
        """Take a step on the ladder, by what the page of decisions offers."""
        self.go_to_case()
        self.press("main a[href$='/decisions/']")
        form = "main form[action*='/decide/']"
        self.view.locator(f"{form} select[name=to]").select_option(to)
        self.view.locator(f"{form} select[name=candidate]").select_option(f"record:{MAN}")
        self.view.locator(f"{form} [name=reason]").fill(reason)
        self.press(f"{form} button[type=submit]")
        assert reason in self.text
        if self.view.locator(f"{form} button[type=submit]").count():
            self.press(f"{form} button[type=submit]")


@pytest.mark.parametrize("language", ["", "/ru"])
def test_an_identification_is_decided_told_and_withdrawn(browser, site, language) -> None:  # noqa: F811
    stranger = browser.new_context().new_page()

    def told() -> bool:
        """Whether the public page of the man tells of the grave."""
        stranger.goto(f"{site}{language}/persons/{MAN}/")
        return f"/records/{GRAVE}/" in stranger.content()

    ann, bob = (Reviewer(browser, site, language, name) for name in ("ann", "bob"))
    ann.open_case()
    ann.go_to_case()
    ann.press("main form[action$='/look/'] button")
    ann.judge_the_same()
    assert "ann" in ann.text
    ann.decide("probable", "the same day and the same place")
    assert not told(), "one reviewer is not enough"
    bob.judge_the_same()
    assert "ann" in bob.text and "bob" in bob.text
    bob.decide("probable", "the same day and the same place")
    assert told()
    ann.decide("withdrawn", "a test takes back what a test decided")
    assert not told()
    ann.press("main a[href$='/history/']")
    story = ann.view.locator("ol.story").inner_text()
    assert "the same day and the same place" in story
    assert "a test takes back what a test decided" in story
    assert story.count("bob") >= 2 and story.count("ann") >= 3

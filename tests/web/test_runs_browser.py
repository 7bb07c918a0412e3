"""A run of the engine in a real browser: it is started, and the page looks again by itself."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest

from .test_browser import barriers, browser  # noqa: F401
from .test_desk_browser import SERVE, served_copy, sign_in

pytestmark = [pytest.mark.browser, pytest.mark.django_db, pytest.mark.heavy]
WORK = """
from sexton.web.setup import prepare
prepare()
from sexton.web.jobs.worker import Worker
Worker(pause=0.2).run()
"""


@pytest.fixture(scope="module")
def site(django_db_setup: None, django_db_blocker, tmp_path_factory) -> Iterator[tuple[str, dict]]:
    """The address of a site with an editor, on a copy of the tests' register; its environment."""
    home = tmp_path_factory.mktemp("runs")
    with served_copy(SERVE, home, django_db_blocker.unblock) as url:
        yield url, {**os.environ, "SEXTON_HOME": str(home)}


@pytest.mark.parametrize("scripts", [True, False])
def test_a_run_is_started_and_watched(browser, site, scripts: bool) -> None:  # noqa: F811
    url, environment = site
    context = browser.new_context(
        viewport={"width": 390, "height": 800}, java_script_enabled=scripts
    )
    page = context.new_page()
    sign_in(page, url)
    page.goto(f"{url}/workbench/runs/")
    page.get_by_label("Open a case first for every burial there that has none").check()
    page.get_by_role("button", name="Start").click()
    page.wait_for_url("**/runs/*/")
    assert page.locator("main [role=status]").inner_text() in {"Waiting", "Running"}
    worker = subprocess.Popen([sys.executable, "-c", WORK], env=environment)
    try:
        for _ in range(120):
            if page.locator("main [role=status]").inner_text() == "Done":
                break
            page.wait_for_timeout(1000)
            if not scripts:
                page.get_by_role("link", name="Look again").click()
        assert page.locator("main [role=status]").inner_text() == "Done"
    finally:
        worker.terminate()
        worker.wait(10)
    assert page.get_by_text("cases were looked up").is_visible()
    if scripts:
        assert barriers(page) == []
    context.close()

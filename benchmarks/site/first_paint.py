"""``python -m benchmarks.site.first_paint [URL]``: first paint on a throttled phone.

Chromium at 390 x 800 with a processor four times slower and a line of 1.6 Mbit/s and 150 ms there
and back (the "slow 4G" of its own tools), nothing kept from before. Without URL the Belgian
register of SEXTON_HOME is served for the measurement. Writes first_paint.md beside this file.
"""

from __future__ import annotations

import os
import shutil
import statistics
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

HERE = Path(__file__).resolve().parent
RUNS = 5
SLOWER = 4
NETWORK = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6e6 / 8,
    "uploadThroughput": 750e3 / 8,
}
PAGES = {
    "first page": "/ru/",
    "search": "/ru/search/?q=%D0%A8%D0%B0%D1%82%D1%83%D0%BD%D0%BE%D0%B2",
    "person": "/ru/persons/en-emb-zolder-001/",
    "person with 14 records": "/ru/persons/en-emb-citadelle-001/",
    "site with the most dead": "/ru/sites/genk/",
    "map": "/ru/map/",
    "numbers": "/ru/numbers/",
    "organisation": "/ru/organisations/stalag-304/",
}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PAINT = "performance.getEntriesByName('first-contentful-paint')[0]?.startTime"


@contextmanager
def served() -> Iterator[str]:
    """The register of SEXTON_HOME, on a free port of this machine."""
    import waitress

    from sexton.web.setup import prepare

    prepare()
    from sexton.web.wsgi import application

    server = waitress.create_server(application, host="127.0.0.1", port=0, threads=8)
    threading.Thread(target=server.run, daemon=True).start()
    yield f"http://127.0.0.1:{server.effective_port}"
    server.close()


def paint(browser: object, address: str) -> float:
    """Milliseconds from asking for the page to its first text or picture."""
    context = browser.new_context(viewport={"width": 390, "height": 800})  # type: ignore[attr-defined]
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", NETWORK)
    session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(address, wait_until="load")
    while (found := page.evaluate(PAINT)) is None:  # the site's policy forbids waiting by script
        page.wait_for_timeout(20)
    context.close()
    return float(found)


def measure(root: str) -> dict[str, list[float]]:
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
        for path in PAGES.values():
            paint(browser, root + path)  # what the process builds once is not what is measured
        found = {
            name: [paint(browser, root + path) for _ in range(RUNS)] for name, path in PAGES.items()
        }
        browser.close()
    return found


def report(found: dict[str, list[float]]) -> str:
    rows = [
        f"| {name} | {statistics.median(times):.0f} | {max(times):.0f} |"
        for name, times in found.items()
    ]
    table = "\n".join(rows)
    return f"""# First paint on a throttled phone

`python -m benchmarks.site.first_paint`: Chromium, 390 x 800, processor {SLOWER} times slower,
1.6 Mbit/s, 150 ms there and back, nothing kept by the browser; {RUNS} runs of each, in Russian.

| page | ms, median | ms, slowest |
|---|---:|---:|
{table}
"""


def main() -> None:
    if len(sys.argv) > 1:
        text = report(measure(sys.argv[1]))
    else:
        os.environ.setdefault("SEXTON_ALLOWED_HOSTS", "127.0.0.1")
        with served() as root:
            text = report(measure(root))
    (HERE / "first_paint.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()

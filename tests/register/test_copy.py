"""A copy of a small register: links, bytes, what is not in it, what it leaves alone, its search."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import unquote, urlsplit

import pytest
from click.testing import CliRunner
from django.db import transaction
from django.utils import timezone

from sexton.cli import main
from sexton.web.copies import folders, spelling
from sexton.web.copies.making import EmptyRegister, make_copy
from sexton.web.register.models import Organisation, Person, PersonName, Record, Relation

from .small_pack import PACK, small_pack

FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"]
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
pytestmark = pytest.mark.django_db
LIVING = "https://graves.example/"
SECRET = "Geheimova of Privatstrasse 7"
SCHATUNOV = "persons/fr-methode-093/index.html"


@pytest.fixture(autouse=True)
def _django_db_marker() -> None:
    """One transaction for all tests of the module (``register``) stands for one of each."""


def test_an_empty_register_is_no_copy(db: None, tmp_path: Path) -> None:
    with pytest.raises(EmptyRegister):
        make_copy(tmp_path / "site", ["en"])
    assert not (tmp_path / "site").exists()


@pytest.fixture(scope="module")
def register(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[None]:
    """A few rows of the Belgian pack, until the tests of this module are over."""
    from sexton.web.register import services
    from sexton.web.register.history import change

    with django_db_blocker.unblock(), transaction.atomic():
        services.load_pack(small_pack(tmp_path_factory.mktemp("pack")))
        keys = Record.objects.order_by("key").values_list("key", flat=True)
        members = [SimpleNamespace(id=key, cluster_id=key, probability=0.97) for key in keys]
        services.store_clusters(SimpleNamespace(members=members, links=[]))
        with change("a test", "what is private, and a guess") as door:
            man = Person.objects.get(key="fr-methode-093")
            door.add(Relation(person=man, kind="kin", named=SECRET, address=SECRET, private=True))
            guess = {"written": "Qonjecturov", "surname": "Qonjecturov", "basis": "conjecture"}
            door.add(PersonName(person=man, **guess))
            door.add(Organisation(key="beverlo", kind="camp", name="Kamp van Beverlo"))
        services.refresh()
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def made(register: None, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("copy") / "site"
    outcome = make_copy(folder, ["en", "ru"], living=LIVING)
    assert outcome.dead == []
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


class Links(HTMLParser):
    """What a page links to and loads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found += [v for n, v in attributes if n in ("href", "src", "action") and v]


def test_every_link_of_every_file_leads_to_a_file(made: Path) -> None:
    pages = 0
    for path in made.rglob("*.html"):
        for link in Links(path.read_text(encoding="utf-8")).found:
            parts = urlsplit(link)
            if parts.scheme:
                assert parts.scheme in ("http", "https", "geo"), (path, link)
                continue
            assert not link.startswith("/"), (path, link)
            pages += 1
            there = path.parent / unquote(parts.path) if parts.path else path
            assert there.is_file(), (path, link)
    assert pages > 1000
    for path in made.rglob("*.css"):
        for link in re.findall(r"url\(\"?([^\")]+)", path.read_text(encoding="utf-8")):
            assert (path.parent / link).is_file() or "vendor" in path.parts, link


def test_it_has_every_page_of_the_inventory(made: Path) -> None:
    from sexton.web.copies.addresses import file_of
    from sexton.web.public import inventory

    assert all((made / file_of(page.address)).is_file() for page in inventory.pages())
    assert (made / "ru" / SCHATUNOV).is_file()


def test_nothing_private_and_nothing_of_a_server_is_in_it(made: Path) -> None:
    for name, content in contents(made).items():
        text = content.decode(errors="ignore")
        for word in ("Geheimova", "Privatstrasse", "csrf", "copy.invalid", "sign-in", "steward/"):
            assert word not in text, (name, word)
    assert "Qonjecturov" not in "".join(
        path.read_text(encoding="utf-8") for path in (made / "search/data").iterdir()
    )


def test_the_head_of_a_page_tells_the_living_site_and_the_files_beside_it(made: Path) -> None:
    text = (made / "ru" / SCHATUNOV).read_text(encoding="utf-8")
    assert f'<link rel="canonical" href="{LIVING}ru/persons/fr-methode-093/">' in text
    links = re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', text)
    other = "../../../" + SCHATUNOV
    assert links == [("en", other), ("ru", "index.html"), ("x-default", other)]
    assert f'"@id":"{LIVING}persons/fr-methode-093/' in text
    assert 'href="https://graves.example/ru/contribute/?about=' in text
    assert "changes.atom" not in text and "application/json" not in text


def test_what_is_cited_is_of_the_living_site_and_of_the_day_of_the_register(made: Path) -> None:
    from sexton.web.register import queries

    day = timezone.localdate(queries.changed_at()).isoformat()
    cited = (made / "persons/fr-methode-093/citation.bib").read_text(encoding="utf-8")
    assert f"url = {{{LIVING}persons/fr-methode-093/}}" in cited
    assert f"urldate = {{{day}}}" in cited
    assert (made / "persons/fr-methode-093/qr.svg").is_file()


def test_a_copy_of_an_unknown_site_cites_no_address(register: None, tmp_path: Path) -> None:
    from sexton.web.copies.pages import WORK, Copyist, Plan
    from sexton.web.register import queries

    (tmp_path / WORK).mkdir()
    copyist = Copyist(Plan(tmp_path, ("ru",), "", "", queries.changed_at()))
    for name in ("index.html", "citation.bib", "citation.ris"):
        address = "/ru/persons/fr-methode-093/" + name.removeprefix("index.html")
        made = copyist.make(address, f"ru/persons/fr-methode-093/{name}")
        assert not made.why, (name, made.why)
        assert not any("qr.svg" in link or "contribute" in link for link, _ in made.links)
        text = (tmp_path / f"ru/persons/fr-methode-093/{name}").read_text(encoding="utf-8")
        assert "copy.invalid" not in text
        assert "url =" not in text and "UR  -" not in text and "ld+json" not in text
    assert copyist.make("/ru/persons/fr-methode-093/qr.svg", "qr.svg").why == "404"


def test_data_of_the_map_lead_to_files_and_are_there_as_a_script(made: Path) -> None:
    for folder in ("map", "ru/map"):
        text = (made / folder / "data.json").read_text(encoding="utf-8")
        links = [
            place["properties"][name]
            for place in json.loads(text)["features"]
            for name in ("url", "list")
        ]
        assert links and all((made / folder / link).is_file() for link in links)
        beside = (made / folder / "data.json.js").read_text(encoding="utf-8")
        handed_over = beside.removeprefix("sextonData(").removesuffix(");\n")
        assert json.loads(handed_over.replace("<\\/", "</")) == text


def test_the_register_as_files_is_in_it_whole(made: Path) -> None:
    sums = next((made / "data").glob("sha256sums~*")).read_text(encoding="utf-8").splitlines()
    told = {name: digest for digest, name in (line.split("  ", 1) for line in sums)}
    assert "persons.csv" in told
    for name, digest in told.items():
        assert hashlib.sha256((made / "data" / name).read_bytes()).hexdigest() == digest, name


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/map/data.json?site=zolder", "map/data~site-zolder.json"),
        ("/map/?site=zolder", "map/~site-zolder.html"),
        ("/photographs/ab12.webp", "photographs/ab12.webp"),
        ("/data/persons.csv", "data/persons.csv"),
        ("/map/?box=1,2,3,4", ""),
        ("/persons/fr-methode-093/changes.atom", ""),
        ("/contribute/", ""),
        ("/persons/", ""),  # English is not among the languages
    ],
)
def test_addresses_and_their_files(address: str, file: str) -> None:
    from sexton.web.copies.addresses import file_of, target

    of_all = address.startswith(("/photographs", "/data")) or not file
    asked = address if of_all else f"/ru{address}"
    found = target(asked, "/", frozenset({"ru"})).address
    assert (file_of(found) if found else "") == (file if of_all or not file else f"ru/{file}")


def test_no_page_asks_a_clock_that_a_copy_cannot_hold() -> None:
    web = Path(spelling.__file__).parents[1]
    rooms = [web / name for name in ("public", "register/lives", "research", "templates")]
    clock = re.compile(r"date\.today\(|datetime\.now\(|time\.time\(|{% now ")
    found = [
        path.name
        for room in rooms
        for path in room.rglob("*.*")
        if path.suffix in (".py", ".html") and clock.search(path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_forms_but_the_search_give_way_to_a_sentence(made: Path) -> None:
    days = (made / "ru/days/index.html").read_text(encoding="utf-8")
    assert re.findall(r"<form[^>]*action=\"([^\"]*)\"", days) == ["../search/index.html"]
    assert days.count("Здесь на самом сайте стоит форма") == 1
    assert LIVING in days


def test_the_policy_is_in_every_page(made: Path) -> None:
    pages = list(made.rglob("*.html"))
    assert len(pages) > 50
    assert all("Content-Security-Policy" in path.read_text(encoding="utf-8") for path in pages)


def test_a_day_of_which_nothing_is_told_is_not_in_it(made: Path) -> None:
    assert (made / "days/1943-05-07/index.html").is_file()
    assert not (made / "days/1943-05-08/index.html").exists()


def test_the_sums_are_those_of_the_files(made: Path) -> None:
    lines = (made / folders.SUMS).read_text(encoding="utf-8").splitlines()
    told = {name: digest for digest, name in (line.split("  ", 1) for line in lines)}
    found = contents(made)
    manifest = json.loads(found.pop(folders.MANIFEST))
    sums = hashlib.sha256(found.pop(folders.SUMS)).hexdigest()
    assert told == {name: hashlib.sha256(data).hexdigest() for name, data in found.items()}
    assert (manifest["files"], manifest["sha256_of_SHA256SUMS"]) == (len(told), sums)


@pytest.fixture(scope="module")
def second(made: Path, tmp_path_factory) -> SimpleNamespace:
    """A second run over the copy, with a file of somebody else and a damaged one, in English."""
    folder = tmp_path_factory.mktemp("second") / "site"
    shutil.copytree(made, folder)
    (folder / "mine.txt").write_text("a file of somebody else")
    (folder / "about" / "index.html").write_text("damaged")
    before = {path: path.stat().st_mtime_ns for path in folder.rglob("*.html")}
    outcome = make_copy(folder, ["en"], living=LIVING)
    return SimpleNamespace(folder=folder, before=before, outcome=outcome)


def test_a_copy_that_broke_off_goes_on_and_gives_the_same_bytes(
    second: SimpleNamespace, tmp_path: Path
) -> None:
    class Killed(BaseException):
        pass

    def break_off(what: str, done: int, total: int | None) -> None:
        if done > 40:
            raise Killed

    again = tmp_path / "site"
    with pytest.raises(Killed):
        make_copy(again, ["en"], living=LIVING, progress=break_off)
    assert (again / ".sexton-copy").is_dir()
    seen = []
    make_copy(again, ["en"], living=LIVING, progress=lambda *told: seen.append(told[1]))
    assert seen[0] > 40
    theirs = contents(second.folder)
    del theirs["mine.txt"]
    assert contents(again) == theirs


def test_a_second_run_writes_only_what_differs_and_takes_away_what_is_gone(
    second: SimpleNamespace,
) -> None:
    folder, before = second.folder, second.before
    assert second.outcome.removed > 50
    assert not (folder / "ru").exists()
    assert (folder / "mine.txt").read_text() == "a file of somebody else"
    assert "damaged" not in (folder / "about/index.html").read_text(encoding="utf-8")
    same = [path for path, at in before.items() if path.exists() and path.stat().st_mtime_ns == at]
    assert folder / "404.html" not in same
    # Without Russian the links to the other language go; what has none stays as it was.
    assert all("static" not in str(path) for path in before if path.exists() and path not in same)


def test_a_folder_of_somebody_else_is_refused_and_left_alone(
    register: None, tmp_path: Path
) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(folders.Refused, match="is not empty"):
        make_copy(tmp_path, ["en"])
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_file_in_the_way_is_not_written_over(made: Path, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    shutil.copytree(made, folder)
    (folder / "fr").mkdir()
    (folder / "fr" / "index.html").write_text("mine")
    with pytest.raises(folders.Refused, match="in the way"):
        make_copy(folder, ["en", "fr"], living=LIVING)
    assert (folder / "fr" / "index.html").read_text() == "mine"


def test_a_list_of_sums_cannot_have_other_files_removed(made: Path, tmp_path: Path) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    for name in (folders.SUMS, folders.MANIFEST):
        shutil.copy(made / name, folder)
    outside = tmp_path / "outside.txt"
    outside.write_text("keep")
    with (folder / folders.SUMS).open("a") as sums:
        sums.write(f"{'0' * 64}  ../outside.txt\n{'0' * 64}  {outside}\n")
    with folders.opened(folder) as ledger:
        gone = ledger.gone()
        folders.remove(folder, gone)
    assert "about/index.html" in gone
    assert outside.read_text() == "keep"


def test_the_zip_is_the_same_each_time(made: Path, tmp_path: Path) -> None:
    sizes = [folders.write_zip(made, tmp_path / name) for name in ("a.zip", "b.zip")]
    assert sizes[0] == sizes[1]
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        names = {name.removeprefix("site/") for name in archive.namelist()}
    assert names == set(contents(made))


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--languages", "en,xx"], "xx is none of"),
        (["--living", "graves.example"], "is no address of a site"),
        (["--url", "ftp://graves.example/"], "is no address of a site"),
        (["--register"], "Say which"),
    ],
)
def test_bad_input_says_so_before_any_work(options: list[str], told: str, tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["export", "--site", str(tmp_path / "site"), *options])
    assert result.exit_code == 2
    assert told in result.output
    assert not (tmp_path / "site").exists()


VECTORS = [
    ("Schatunov", "schatunov", ["STNF"]),
    ("ЧАТУНОВ", "чатунов", ["STNF"]),
    ("Chatounoff", "chatounoff", ["STNF", "KTNF"]),
    ("Żukow", "zukow", ["SKF"]),
    ("Tretiakoff", "tretiakoff", ["TRTKF"]),
    ("Третьяков", "третьяков", ["TRTKF"]),
    ("Щёголев", "щеголев", ["SKLF", "SLF"]),
    ("Pawłowitsch", "pawlowitsch", ["PFLFS"]),
    ("Смирнoв", "смирнов", ["SMRNF"]),  # the o is Latin
    ("O’Neill – 12", "o'neill - 12", None),
]


@pytest.mark.parametrize(("text", "folded", "keys"), VECTORS)
def test_spellings_by_their_sounds(text: str, folded: str, keys: list[str] | None) -> None:
    assert spelling.fold(text) == folded
    if keys is not None:
        assert list(spelling.keys(folded)) == keys


@pytest.fixture(scope="module")
def chromium() -> Iterator:
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(
            executable_path=shutil.which(os.environ.get("CHROMIUM", "chromium")), args=FLAGS
        )
        yield running
        running.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def view(chromium) -> Iterator:
    context = chromium.new_context(viewport={"width": 390, "height": 800})
    page = context.new_page()
    told: list[str] = []
    page.on("pageerror", lambda error: told.append(str(error)))
    page.on("console", lambda message: told.append(message.text))
    yield page
    context.close()
    assert told == []


@pytest.mark.browser
@pytest.mark.parametrize("query", ["Schatunov", "Чатунов 1903", "Шатунов", "Szatunow Afanasi"])
def test_any_spelling_finds_the_man_from_disk(view, made: Path, query: str) -> None:
    view.goto((made / "index.html").as_uri())
    view.fill("#q", query)
    view.press("#q", "Enter")
    first = view.locator("#copy-answer .hits > li").first
    assert "SCHATUNOV" in first.inner_text()
    assert "surname" in first.locator(".why").inner_text().lower()
    first.locator("a").first.click()
    assert view.url == (made / SCHATUNOV).as_uri()


@pytest.mark.browser
def test_the_other_language_answers_the_same_question(view, made: Path) -> None:
    view.goto((made / "search/index.html").as_uri() + "?q=Chatounoff")
    view.locator("#copy-answer .hits").wait_for()
    view.click("nav.languages a[hreflang=ru]")
    assert "/ru/search/index.html?q=Chatounoff" in view.url
    answer = view.locator("#copy-answer .hits").inner_text()  # waits for it
    assert "«Chatounoff» может быть фамилией" in answer


@pytest.mark.browser
def test_what_is_not_there_leads_on_and_a_site_is_found(view, made: Path) -> None:
    view.goto((made / "search/index.html").as_uri() + "?q=Qwrtzp")
    assert "Nothing in this copy fits" in view.locator("#copy-answer .notice").inner_text()
    view.goto((made / "search/index.html").as_uri() + "?q=zolder")
    view.locator("#copy-answer ul.names a").first.click()
    assert view.url == (made / "sites/zolder/index.html").as_uri()


@pytest.mark.browser
def test_an_organisation_is_found_and_the_map_is_drawn_from_disk(view, made: Path) -> None:
    view.goto((made / "search/index.html").as_uri() + "?q=beverlo")
    view.locator("#copy-answer ul.names a").first.click()
    assert "/organisations/" in view.url
    view.goto((made / "map/index.html").as_uri())
    view.locator("#atlas .place-mark").first.wait_for()
    view.locator("#atlas-list button.show").first.click()
    view.locator(".told-place a").first.click()
    assert Path(unquote(urlsplit(view.url).path)).is_file()
    assert view.locator("h1").is_visible()


@pytest.mark.browser
def test_without_scripts_the_alphabet_leads_to_the_man(chromium, made: Path) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((made / "index.html").as_uri())
    page.fill("#q", "Schatunov")
    page.press("#q", "Enter")
    assert page.locator("noscript, .notice").first.is_visible()
    page.locator("main").get_by_role("link", name="S", exact=True).click()
    page.locator("main").get_by_role("link", name="SCHATUNOV").click()
    assert page.url == (made / SCHATUNOV).as_uri()
    context.close()


@pytest.mark.browser
def test_browser_and_python_read_spellings_alike(view, made: Path) -> None:
    import csv

    with (PACK / "name_pairs.csv").open(encoding="utf-8", newline="") as file:
        cells = {cell for row in csv.reader(file) for cell in row if len(cell) < 60}
    texts = [text for text, _, _ in VECTORS] + sorted(cells)
    view.goto((made / "search/index.html").as_uri() + "?q=x")
    view.locator("#copy-answer > *").first.wait_for()
    told = view.evaluate(
        """(texts) => texts.map((text) => {
            const folded = sextonCopy.fold(text);
            return [folded, folded.split(" ").map((word) => sextonCopy.keys(word))];
        })""",
        texts,
    )
    for text, (folded, keys) in zip(texts, told, strict=True):
        assert spelling.fold(text) == folded, text
        assert [list(spelling.keys(word)) for word in folded.split(" ")] == keys, text


@pytest.mark.browser
@pytest.mark.parametrize(("scheme", "width", "folder"), [("light", 1280, ""), ("dark", 320, "ru/")])
def test_pages_of_a_copy_have_no_barriers(
    chromium, made: Path, scheme: str, width: int, folder: str
) -> None:
    from axe_playwright_python.sync_playwright import Axe

    context = chromium.new_context(
        viewport={"width": width, "height": 800}, color_scheme=scheme, bypass_csp=True
    )
    page = context.new_page()
    found = []
    for name in ("search/index.html", "names/index.html", "names/s/index.html"):
        page.goto((made / folder / name).as_uri() + "?q=Schatunov")
        options = {"runOnly": {"type": "tag", "values": AXE_TAGS}}
        if name.startswith("search"):
            page.locator("#copy-answer .hits").wait_for()
        found += [(name, v["id"]) for v in Axe().run(page, options=options).response["violations"]]
        assert page.evaluate("document.documentElement.scrollWidth") <= width, name
    context.close()
    assert found == []

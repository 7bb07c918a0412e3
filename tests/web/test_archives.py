"""Archives beside the register: who sees them, what is told, and what goes wrong without harm."""

from __future__ import annotations

import csv
import gc
import re
import shutil
import weakref
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import reverse

from sexton.linkage.archive import Archive
from sexton.linkage.archive.store import VERSION
from sexton.simulate import COLUMNS, simulate_people
from sexton.web.accounts import policy, roles
from sexton.web.accounts.models import User
from sexton.web.register.models import Site
from sexton.web.research import archives, shelf

pytestmark = pytest.mark.django_db
MAY = {"researcher", "reviewer", "editor", "administrator"}
REAL = {
    "id": "card-7",
    "name": "Шатунов Афанасий Петрович",
    "birth_date": "1903",
    "camp": "Stalag VI K",
    "prisoner_number": "108258",
    "source": "a <b>card</b> file",
    "shelf mark": "box 12",
}


def write(path: Path, rows: list[dict[str, str]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(dict.fromkeys(key for row in rows for key in row)))
        writer.writeheader()
        writer.writerows(rows)
    return path


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with two archives: one of simulated persons, one of a card that says it is real."""
    home = tmp_path_factory.mktemp("home")
    made = [{column: row.get(column, "") for column in COLUMNS} for row in simulate_people(400, 8)]
    made.append(dict.fromkeys(COLUMNS, "") | {"id": "sim-8-999", "name": "Шатунов Степан"})
    Archive.named(home, "made").add(write(home / "made.csv", made))
    Archive.named(home, "cards").add(write(home / "cards.csv", [REAL]))
    return home


@pytest.fixture
def home(built: Path, tmp_path: Path, settings) -> Path:
    """A copy of it that a test may break."""
    settings.HOME = tmp_path / "home"
    shutil.copytree(built, settings.HOME)
    return settings.HOME


def signed_in(role: str, site: Site | None = None) -> Client:
    user = User.objects.create_user(f"{role}{'-of-one' if site else ''}")
    if role != "reader":
        roles.give(user, role, site=site, by="a test", reason="a test")
    client = Client()
    client.force_login(user)
    return client


def asked(client: Client, query: str = "Schatunov 1903", **more: str) -> str:
    response = client.get("/search/", {"q": query, **more})
    assert response.status_code == 200
    return response.content.decode()


def address(home: Path, name: str = "cards", row: int = 1) -> str:
    digest = Archive.named(home, name).lists()[0].digest
    return reverse("archive-record", args=[name, digest, row])


@pytest.mark.parametrize("role", policy.ROLES)
def test_who_sees_archives(home: Path, role: str) -> None:
    site = Site.objects.get(key="genk") if role in policy.SITE_NEEDED else None
    client = signed_in(role, site)
    assert ("In the archives" in asked(client)) == (role in MAY)
    assert client.get(address(home)).status_code == (200 if role in MAY else 403)


@pytest.mark.parametrize("role", ["reviewer", "editor"])
def test_a_role_for_one_site_opens_no_archive(home: Path, role: str) -> None:
    client = signed_in(role, Site.objects.get(key="genk"))
    assert "In the archives" not in asked(client)
    assert client.get(address(home)).status_code == 403


def test_an_anonymous_reader_learns_nothing_of_them(home: Path, client: Client) -> None:
    assert "archive" not in asked(client).lower()
    assert asked(client, archive="cards").count("cards") == asked(client, archive="x").count("=x")
    for there in (address(home), reverse("archive-record", args=["none", "abc", 1])):
        response = client.get(there)
        assert response.status_code == 302
        assert response.url.startswith("/account/sign-in/")
    assert archives.may_search(AnonymousUser()) is False


def test_a_researcher_sees_candidates_with_evidence_and_words(home: Path) -> None:
    client = signed_in("researcher")
    page = asked(client, "Schatunov Afanasi 1903 108258", archive="cards")
    assert "Шатунов Афанасий Петрович" in page
    assert "The surnames Schatunov and Шатунов can be one name." in page
    assert "very probable" in page and "None of these:" in page
    assert "a &lt;b&gt;card&lt;/b&gt; file" in page
    assert re.search(r"[\d.]\s?%", re.sub(r'href="[^"]*"', "", page)) is None
    assert address(home) in page


def test_pages_with_archives_are_kept_by_nobody(home: Path) -> None:
    response = signed_in("researcher").get("/search/", {"q": "Popov"})
    assert "no-store" in response["Cache-Control"] and "private" in response["Cache-Control"]
    assert "no-store" in signed_in("reviewer").get(address(home))["Cache-Control"]


def test_a_record_is_shown_word_for_word(home: Path) -> None:
    page = signed_in("researcher").get(address(home)).content.decode()
    for text in ("card-7", "108258", "shelf mark", "box 12", "cards.csv", "a &lt;b&gt;card"):
        assert text in page
    assert "Simulated" not in page


def test_what_is_simulated_says_so(home: Path) -> None:
    client = signed_in("researcher")
    page = asked(client, "Иванов Иван", archive="made")
    assert "Persons of this archive never lived" in page
    assert page.count('class="badge warning">simulated<') == page.count("/archives/made/")
    assert "This person never lived." in client.get(address(home, "made")).content.decode()


def test_all_archives_are_asked_and_one_can_be_chosen(home: Path) -> None:
    client = signed_in("researcher")
    both = asked(client)
    assert 'id="archive-2"' in both and "All archives" in both
    one = asked(client, archive="cards")
    assert 'id="archive-2"' not in one
    assert 'id="archive-2"' in asked(client, archive="no such"), "a name that is gone asks all"


def test_no_more_than_some_are_asked_at_once(home: Path, monkeypatch) -> None:
    monkeypatch.setattr(archives, "AT_ONCE", 1)
    page = asked(signed_in("researcher"))
    assert "The first ones" in page and 'id="archive-2"' not in page
    assert "archive=made" in page, "the others can be chosen"


def test_nothing_found_is_said(home: Path) -> None:
    page = asked(signed_in("researcher"), "Qwrtzp", archive="cards")
    assert "No record of this archive fits what you wrote." in page


def test_without_archives_it_says_how_to_add_one(tmp_path: Path, settings) -> None:
    settings.HOME = tmp_path
    assert "sexton archive add" in asked(signed_in("researcher"))


@pytest.mark.parametrize(
    ("name", "break_it", "told"),
    [
        ("head", lambda f: (f / "archive.json").write_text("{"), "damaged"),
        ("no head", lambda f: (f / "archive.json").unlink(), "interrupted"),
        ("no list", lambda f: shutil.rmtree(next(f.glob("list-*"))), "damaged"),
        ("cut file", lambda f: _cut(f), "damaged"),
        ("no lists", lambda f: _rewrite(f, '"lists": [', '"lists": [], "old": ['), "no list"),
        ("old", lambda f: _rewrite(f, f'"version": {VERSION}', '"version": 1'), "rebuilt"),
    ],
)
def test_a_broken_archive_harms_nothing_else(home: Path, name: str, break_it, told: str) -> None:
    break_it(home / "archives" / "cards")
    client = signed_in("researcher")
    page = asked(client)
    assert "This archive cannot be searched now." in page and told in page
    assert "SCHATUNOV" in page, "what the register answers comes all the same"
    assert "/archives/made/" in page, "and so does what the other archive answers"
    there = reverse("archive-record", args=["cards", "abc", 1])
    assert client.get(there).status_code == 404


def _cut(folder: Path) -> None:
    for path in folder.glob("list-*/**/*.npy"):
        path.write_bytes(path.read_bytes()[:40])


def _rewrite(folder: Path, old: str, new: str) -> None:
    text = (folder / "archive.json").read_text("utf-8")
    assert old in text
    (folder / "archive.json").write_text(text.replace(old, new), encoding="utf-8")


def test_an_archive_that_breaks_in_a_search_harms_nothing_else(home: Path, monkeypatch) -> None:
    def broken(*_: object) -> None:
        raise IndexError("a number beyond the texts")

    monkeypatch.setattr("sexton.linkage.archive.ArchiveSearch.answer", broken)
    page = asked(signed_in("researcher"))
    assert "Files of it are damaged" in page and "SCHATUNOV" in page


@pytest.mark.parametrize(
    "path",
    ["nothing/abc/1/", "cards/abc/1/", "cards/{digest}/0/", "cards/{digest}/2/", "..%2Fx/abc/1/"],
)
def test_records_that_are_not_there(home: Path, path: str) -> None:
    digest = Archive.named(home, "cards").lists()[0].digest
    client = signed_in("researcher")
    assert client.get("/archives/" + path.format(digest=digest)).status_code == 404


def test_threads_share_an_archive_until_it_changes(home: Path, tmp_path: Path) -> None:
    first = shelf.shelf().open("cards")
    assert shelf.shelf().open("cards") is first
    gone = weakref.ref(first.search)
    more = {**REAL, "id": "card-8", "name": "Попов Иван"}
    Archive.named(home, "cards").add(write(tmp_path / "more.csv", [more]))
    again = shelf.shelf().open("cards")
    assert again is not first and len(again.search.pool) == 2
    del first
    gc.collect()
    assert gone() is None, "its files are let go"


def test_what_is_removed_is_let_go(home: Path) -> None:
    gone = weakref.ref(shelf.shelf().open("cards").search)
    shutil.rmtree(home / "archives" / "cards")
    assert shelf.shelf().names() == ["made"]
    gc.collect()
    assert gone() is None
    with pytest.raises(shelf.Trouble, match="missing"):
        shelf.shelf().open("cards")


def test_a_folder_that_cannot_be_read_harms_nothing_else(home: Path) -> None:
    shutil.rmtree(home / "archives")
    (home / "archives").write_text("no folder", encoding="utf-8")
    page = asked(signed_in("researcher"))
    assert "sexton archive add" in page and "SCHATUNOV" in page

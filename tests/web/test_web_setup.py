"""Settings, the folder of a register, the catalogues, and that the project checks itself clean."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from sexton.messages import LANGUAGES, Message, translate
from sexton.web import home

from .conftest import tool


def test_the_secret_key_is_made_once_for_the_owner_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SEXTON_SECRET_KEY", raising=False)
    folder = tmp_path / "new" / "register"
    key = home.secret_key(folder)
    assert len(key) >= 50
    assert home.secret_key(folder) == key
    assert stat.S_IMODE((folder / "secret-key").stat().st_mode) == 0o600
    assert home.secret_key(tmp_path / "other") != key


def test_a_secret_key_may_come_from_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEXTON_SECRET_KEY", "given")
    assert home.secret_key(tmp_path) == "given"
    assert list(tmp_path.iterdir()) == []


def test_the_folder_of_the_register_can_be_chosen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SEXTON_HOME", str(tmp_path))
    assert home.home() == tmp_path
    monkeypatch.delenv("SEXTON_HOME")
    assert home.home().name == "sexton-data"


def test_sqlite_is_used_unless_a_server_is_named(tmp_path: Path) -> None:
    assert home.database(tmp_path, "")["NAME"] == tmp_path / "register.sqlite3"
    served = home.database(tmp_path, "postgres://ann:p%40ss@db.local:6432/graves")
    assert served["ENGINE"].endswith("postgresql")
    assert (served["USER"], served["PASSWORD"], served["NAME"]) == ("ann", "p@ss", "graves")
    assert (served["HOST"], served["PORT"]) == ("db.local", "6432")
    with pytest.raises(ValueError, match="mysql"):
        home.database(tmp_path, "mysql://x/y")


@pytest.mark.django_db
def test_writers_of_sqlite_wait_for_each_other() -> None:
    from django.db import connection

    with connection.cursor() as cursor:
        assert cursor.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert cursor.execute("PRAGMA busy_timeout").fetchone() == (20_000,)
    assert connection.settings_dict["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


@pytest.mark.django_db
def test_the_models_and_their_migrations_agree() -> None:
    call_command("makemigrations", "--check", "--dry-run", stdout=StringIO())


def test_django_finds_nothing_to_complain_about() -> None:
    call_command("check", fail_level="WARNING", stdout=StringIO())


def test_the_settings_are_fit_for_a_public_server(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "SEXTON_HTTPS": "1",
        "SEXTON_HOME": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "sexton.web.settings",
    }
    command = [sys.executable, "-m", "django", "check", "--deploy", "--fail-level", "WARNING"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_importing_the_settings_writes_nothing(tmp_path: Path) -> None:
    code = "import sexton.web.settings as s; print(s.DEBUG)"
    environment = {**os.environ, "SEXTON_HOME": str(tmp_path / "none")}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
    assert not (tmp_path / "none").exists()


def test_prepare_makes_a_register_from_nothing(tmp_path: Path) -> None:
    code = (
        "from sexton.web.setup import prepare; prepare(); prepare();"
        "from sexton.web.register.models import Record; print(Record.objects.count())"
    )
    environment = {**os.environ, "SEXTON_HOME": str(tmp_path / "register")}
    environment.pop("DATABASE_URL", None)
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )
    assert done.stdout.strip() == "0", done.stderr
    assert (tmp_path / "register" / "register.sqlite3").exists()


def test_static_files_have_an_address_that_changes_with_them() -> None:
    from django.templatetags.static import static

    address = static("sexton/site.css")
    assert address.startswith("/static/sexton/site.css?v=")
    assert static("sexton/none.css") == "/static/sexton/none.css"


@pytest.mark.django_db
def test_static_files_are_served_without_being_collected(client) -> None:
    response = client.get("/static/sexton/site.css")
    assert response.status_code == 200
    assert "max-age=31536000" in response.headers["Cache-Control"]
    assert b"--paper" in b"".join(response.streaming_content)


@pytest.fixture(scope="module")
def messages():
    return tool("messages")


@pytest.fixture(scope="module")
def template(messages):
    return messages.template_catalog()


def test_every_sentence_is_seen_by_who_translates(messages) -> None:
    assert messages.unseen() == []


@pytest.mark.parametrize("language", [code for code in LANGUAGES if code != "en"])
def test_every_sentence_is_translated(messages, template, language: str) -> None:
    assert messages.problems(language, template) == []


def test_the_sentences_of_all_packages_are_collected(template) -> None:
    places = {place for message in template for place, _ in message.locations}
    for package in ("audit", "evidence", "records", "web/templates", "web/register"):
        assert any(f"/{package}/" in f"/{place}" for place in places), package


def test_a_lost_gap_or_a_fuzzy_mark_is_a_fault(messages) -> None:
    from babel.messages.catalog import Message as Entry

    def faults(entry: Entry) -> list[str]:
        return list(messages.faults(entry, 3))

    assert faults(Entry("%(n)s men", "hommes")) == ["gaps [] instead of ['%(n)s']"]
    assert faults(Entry("men", "hommes", flags=["fuzzy"])) == ["marked fuzzy"]
    assert faults(Entry("men", "")) == ["not translated"]
    assert faults(Entry(("%(n)s man", "%(n)s men"), ("%(n)s а", "%(n)s б"))) == ["not translated"]
    assert faults(Entry("%(n)s men", "%(n)s hommes")) == []


def test_sentences_of_other_packages_use_the_same_catalogue(catalogues: None) -> None:
    from sexton import messages as sentences

    sentences._catalogue.cache_clear()
    assert translate(Message("Grave"), "ru") == "Могила"
    assert translate(Message("Grave"), "en") == "Grave"


@pytest.mark.django_db
def test_texts_of_the_site_come_compressed_and_whole(client: Client) -> None:
    import gzip

    plain = client.get("/static/sexton/site.css")
    packed = client.get("/static/sexton/site.css", headers={"Accept-Encoding": "gzip"})
    whole = b"".join(plain)
    assert packed.headers["Content-Encoding"] == "gzip" and "Content-Encoding" not in plain.headers
    assert gzip.decompress(packed.content) == whole
    assert len(packed.content) < len(whole) / 3
    assert (
        "Accept-Encoding" in plain.headers["Vary"] and "Accept-Encoding" in packed.headers["Vary"]
    )
    assert int(packed.headers["Content-Length"]) == len(packed.content)


@pytest.mark.django_db
def test_fonts_are_not_compressed_once_more(client: Client) -> None:
    font = "/static/sexton/fonts/source-serif-4-latin-400.woff2"
    answer = client.get(font, headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200 and "Content-Encoding" not in answer.headers

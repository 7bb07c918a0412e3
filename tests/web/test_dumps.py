"""The register as files: whole, the same each time, described column by column, without secrets."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from django.conf import settings as configured
from django.db import models as django_models
from django.test import Client
from django.utils import translation

from sexton.cli import main
from sexton.web.public.dumps import codebook, stored, writing
from sexton.web.public.dumps.tables import TABLES
from sexton.web.register import models
from sexton.web.register.history import change

pytestmark = pytest.mark.django_db

LANGUAGES = ("fr", "nl", "de", "ru")


@pytest.fixture
def dumps(tmp_path: Path, settings) -> Path:
    """An own folder for the files that are served."""
    settings.DUMPS = tmp_path / "dumps"
    return settings.DUMPS


@pytest.fixture(scope="module")
def written(django_db_setup: None, django_db_blocker, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("dump")
    with django_db_blocker.unblock():
        writing.write_dump(folder)
    return folder


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def lines(folder: Path, table: str) -> list[dict[str, object]]:
    text = (folder / f"{table}.jsonl").read_text("utf-8")
    return [json.loads(line) for line in text.splitlines()]


def test_every_row_is_in_both_forms(written: Path) -> None:
    counts = {
        "persons": models.Person, "records": models.Record, "names": models.PersonName,
        "claims": models.Claim, "sites": models.Site, "graves": models.Grave,
        "memorials": models.Memorial, "organisations": models.Organisation,
        "organisation_names": models.OrganisationName, "affiliations": models.Affiliation,
        "events": models.Event, "participants": models.Participant, "sources": models.Source,
        "statements": models.Statement,
    }  # fmt: skip
    assert set(counts) == {table.name for table in TABLES}
    for name, model in counts.items():
        assert len(rows(written, name)) == len(lines(written, name)) == model.objects.count(), name


def test_a_cell_is_empty_where_json_says_null_and_else_the_same(written: Path) -> None:
    for table in TABLES:
        objects = {column.name for column in table.columns if column.type == "json"}
        for row, line in zip(rows(written, table.name), lines(written, table.name), strict=True):
            assert list(row) == list(line)
            for name, value in line.items():
                if value is None:
                    assert row[name] == ""
                elif name in objects:
                    assert json.loads(row[name]) == value
                elif isinstance(value, bool):
                    assert row[name] == str(value).lower()
                else:
                    assert row[name] == str(value)


def test_texts_stand_as_the_source_writes_them(written: Path) -> None:
    row = next(row for row in rows(written, "records") if row["key"] == "fr-methode-210")
    record = models.Record.objects.get(key="fr-methode-210")
    assert row["death_date"] == record.fields["death_date"] == "27 avril 1944"
    assert row["person"] == record.membership.person.key
    claim = next(
        claim for claim in lines(written, "claims")
        if claim["record"] == "fr-methode-210" and claim["property"] == "death_date"
    )  # fmt: skip
    assert (claim["value"], claim["read"]) == ("27 avril 1944", "1944-04-27")
    assert claim["first_day"] == claim["last_day"] == "1944-04-27"


def test_what_a_cell_refers_to_is_there(written: Path) -> None:
    keys = {
        table.name: {row["key"] for row in rows(written, table.name)}
        for table in TABLES
        if any(column.name == "key" for column in table.columns)
    }
    for table in TABLES:
        for column in table.columns:
            if column.refers_to:
                named = {row[column.name] for row in rows(written, table.name)} - {""}
                assert named <= keys[column.refers_to], (table.name, column.name)


def test_the_same_register_gives_the_same_bytes(written: Path, tmp_path: Path) -> None:
    for language in ("en", "ru"):
        with translation.override(language):
            writing.write_dump(tmp_path / language)
        for path in written.iterdir():
            assert (tmp_path / language / path.name).read_bytes() == path.read_bytes(), path.name


def test_checksums_and_sizes_are_those_of_the_files(written: Path) -> None:
    manifest = json.loads((written / writing.MANIFEST).read_text("utf-8"))
    sums = (written / writing.SUMS).read_text("utf-8").splitlines()
    assert len(sums) == len(manifest["files"]) == 2 * len(TABLES) + 1
    for file, line in zip(manifest["files"], sums, strict=True):
        data = (written / file["name"]).read_bytes()
        assert file["bytes"] == len(data)
        assert line == f"{hashlib.sha256(data).hexdigest()}  {file['name']}"


def test_every_column_is_described_in_every_language() -> None:
    described = [(table.name, table.holds) for table in TABLES]
    described += [(f"{t.name}.{c.name}", c.meaning) for t in TABLES for c in t.columns]
    for where, words in described:
        with translation.override("en"):
            english = str(words)
        assert len(english) > 2, where
        for language in LANGUAGES:
            with translation.override(language):
                told = str(words)
            # A list of codes and a word that two languages share may be the same.
            assert told, (where, language)
    whole = [words for _, words in described]
    for language in LANGUAGES:
        with translation.override(language):
            same = [str(w) for w in whole if str(w) == _english(w)]
        assert len(same) < len(whole) / 4, (language, same)


def _english(words: object) -> str:
    with translation.override("en"):
        return str(words)


def test_the_codebook_describes_the_files(written: Path) -> None:
    """As CSV on the Web asks it: the header of each file, keys, references, natural language."""
    metadata = json.loads((written / writing.METADATA).read_text("utf-8"))
    assert metadata["@context"][0] == "http://www.w3.org/ns/csvw"
    urls = {table["url"] for table in metadata["tables"]}
    assert urls == {path.name for path in written.glob("*.csv")}
    for table in metadata["tables"]:
        with (written / table["url"]).open(encoding="utf-8", newline="") as file:
            header = next(csv.reader(file))
        schema = table["tableSchema"]
        assert [column["name"] for column in schema["columns"]] == header
        for column in schema["columns"]:
            assert {one["@language"] for one in column["dc:description"]} == {"en", *LANGUAGES}
        for key in schema["foreignKeys"]:
            assert key["reference"]["resource"] in urls
            assert key["columnReference"] in header
        if "primaryKey" in schema:
            values = [row[schema["primaryKey"]] for row in rows(written, table["url"][:-4])]
            assert len(set(values)) == len(values)


def test_the_codebook_is_of_the_languages_of_the_site() -> None:
    told = codebook.in_all_languages(TABLES[0].holds)
    assert [one["@language"] for one in told] == [code for code, _ in configured.LANGUAGES]


def _secrets() -> None:
    person = models.Person.objects.get(key="en-emb-zolder-001")
    with change("SECRET steward", "SECRET reason") as door:
        living = {"named": "SECRET", "address": "SECRET"}
        door.add(models.Relation(person=person, private=True, **living))
        door.add(models.Relation(person=person, **living))
        door.add(models.Document(key="d", title="SECRET", text="SECRET"))
        record = models.Record(key="kin", fields={"surname": "A"}, extra={"phone": "SECRET"})
        door.add_many([record])
        door.add_many([models.Claim(record=record, property="email", value="SECRET")])


def test_nothing_private_is_in_any_file(tmp_path: Path) -> None:
    _secrets()
    writing.write_dump(tmp_path)
    for path in tmp_path.iterdir():
        assert "SECRET" not in path.read_text("utf-8"), path.name


def test_no_table_takes_from_what_is_private() -> None:
    """A column that reaches a relation, a paper, an account or who made a change is refused."""
    private = {"relation", "document", "image", "region", "user", "history"}
    for table in TABLES:
        for column in table.columns:
            model = table.rows().model
            for step in column.way.split("__"):
                field = model._meta.pk if step == "pk" else model._meta.get_field(step)
                assert field.name not in {"by", "address"}, (table.name, column.name)
                if isinstance(field, (django_models.ForeignKey, django_models.OneToOneRel)):
                    model = field.related_model
                    assert model._meta.model_name not in private, (table.name, column.name)


def test_a_register_that_changes_meanwhile_is_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    versions: Iterator[str] = iter(["a", "b", "b", "b"])
    monkeypatch.setattr(writing, "version", lambda: next(versions))
    assert writing.write_dump(tmp_path)["version"] == "b"
    count = iter(range(100))
    monkeypatch.setattr(writing, "version", lambda: str(next(count)))
    with pytest.raises(writing.RegisterChanging):
        writing.write_dump(tmp_path)


def test_it_is_made_once_for_each_state_of_the_register(dumps: Path) -> None:
    assert stored.latest() is None
    assert stored.catch_up() is True
    assert stored.catch_up() is False
    first = stored.latest()
    assert stored.is_current(first[1])
    with change("a test", "one more") as door:
        door.add(models.Source(key="one", title="One"))
    assert not stored.is_current(stored.latest()[1])
    assert stored.catch_up() is True
    assert stored.latest()[1]["version"] != first[1]["version"]
    assert first[0].exists()  # somebody may still be fetching it
    with change("a test", "and one more") as door:
        door.add(models.Source(key="two", title="Two"))
    stored.catch_up()
    assert len(list(dumps.iterdir())) == stored.KEPT


def test_what_fails_half_way_leaves_nothing(dumps: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError("No space left on device")

    monkeypatch.setattr(writing, "_describe", full)
    with pytest.raises(OSError, match="No space"):
        stored.catch_up()
    assert list(dumps.iterdir()) == []
    assert stored.latest() is None


@pytest.mark.parametrize("language", ["en", *LANGUAGES])
def test_the_page_offers_the_files_and_explains_them(
    client: Client, dumps: Path, language: str
) -> None:
    address = "/data/" if language == "en" else f"/{language}/data/"
    before = client.get(address).content.decode()
    assert "<code>sexton refresh</code>" in before
    assert "/data/persons.csv" not in before
    stored.catch_up()
    text = client.get(address).content.decode()
    assert "sexton refresh" not in text
    with translation.override(language):
        for table in TABLES:
            for ending in ("csv", "jsonl"):
                assert f'href="/data/{table.name}.{ending}"' in text
            assert str(TABLES[0].holds) in text
    assert len(text.encode()) < 150_000


def test_the_page_says_when_the_register_is_ahead(client: Client, dumps: Path) -> None:
    stored.catch_up()
    assert "changed since" not in client.get("/data/").content.decode()
    with change("a test", "one more") as door:
        door.add(models.Source(key="one", title="One"))
    assert "changed since" in client.get("/data/").content.decode()


def test_files_are_fetched_and_not_sent_twice(client: Client, dumps: Path) -> None:
    stored.catch_up()
    folder, manifest = stored.latest()
    for file in manifest["files"]:
        response = client.get(f"/data/{file['name']}")
        assert b"".join(response.streaming_content) == (folder / file["name"]).read_bytes()
        assert response.headers["Content-Type"] == file["media_type"]
        assert file["sha256"] in response.headers["ETag"]
    response = client.get("/data/persons.csv")
    assert 'rel="describedby"' in response.headers["Link"]
    assert b"".join(response.streaming_content)
    again = client.get("/data/persons.csv", headers={"if-none-match": response.headers["ETag"]})
    assert again.status_code == 304
    assert client.post("/data/persons.csv").status_code == 405


def test_nothing_else_is_fetched(client: Client, dumps: Path) -> None:
    assert client.get("/data/persons.csv").status_code == 404
    stored.catch_up()
    for name in ("nothing.csv", "..%2F..%2Fregister.sqlite3", "dump.json%00", "secret-key"):
        assert client.get(f"/data/{name}").status_code == 404, name


def test_the_command_writes_the_dump(tmp_path: Path) -> None:
    done = CliRunner().invoke(main, ["export", "--dump", "-o", str(tmp_path / "d"), "--json"])
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert {Path(one["file"]).name for one in told} >= {"persons.csv", "claims.jsonl"}
    assert (tmp_path / "d" / writing.METADATA).exists()


@pytest.mark.parametrize("options", [[], ["--register", "--dump"]])
def test_the_command_asks_for_one_of_the_two(tmp_path: Path, options: list[str]) -> None:
    done = CliRunner().invoke(main, ["export", *options, "-o", str(tmp_path)])
    assert done.exit_code == 2
    assert "--register" in done.output and "--dump" in done.output


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    done = CliRunner().invoke(main, ["export", "--dump", "-o", str(tmp_path / "file" / "x")])
    assert done.exit_code == 2
    assert "file" in done.output


def test_refresh_makes_the_files(dumps: Path) -> None:
    first = CliRunner().invoke(main, ["refresh", "--json"])
    assert json.loads(first.stdout)["dumped"] == 1
    assert json.loads(CliRunner().invoke(main, ["refresh", "--json"]).stdout)["dumped"] == 0


def test_an_import_stands_where_the_files_cannot_be_made(
    dumps: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sexton.cli import downloads

    dumps.parent.joinpath("dumps").write_text("in the way")
    output = io.StringIO()
    monkeypatch.setattr(downloads.click, "echo", lambda text, err: print(text, file=output))
    assert downloads.catch_up(None) is False
    assert "sexton refresh" in output.getvalue()


def test_an_empty_register_has_empty_tables(
    client: Client, dumps: Path, empty_register: None
) -> None:
    stored.catch_up()
    folder, _manifest = stored.latest()
    assert all(rows(folder, table.name) == [] for table in TABLES)
    assert client.get("/data/").status_code == 200

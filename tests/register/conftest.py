"""An empty register, in a file of SQLite or on the PostgreSQL of ``DATABASE_URL``."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sexton.web.register import imports, models
from sexton.web.register.history import change


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None, tmp_path_factory: pytest.TempPathFactory
) -> None:
    from django.conf import settings

    settings.HOME = tmp_path_factory.mktemp(
        "home"
    )  # what is computed lies there, not in a real one
    default = settings.DATABASES["default"]
    if "sqlite" in default["ENGINE"]:
        folder = tmp_path_factory.mktemp("register")
        default.setdefault("TEST", {})["NAME"] = str(folder / "test.sqlite3")


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    from django.utils import translation

    with translation.override("en"):
        yield


def write_csv(path: Path, rows: Sequence[Mapping[str, str]]) -> Path:
    """A table with the columns of its first row."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
    return path


def take_in(path: Path, **options: object) -> tuple[models.Batch | None, imports.Preview]:
    return imports.apply(imports.read_files(path), "an archivist", "a test", **options)


def person(door, key: str) -> models.Person:
    """A person of whom no record speaks: a conclusion that somebody entered."""
    return door.add(models.Person(key=key, name=key, sort_name=key.lower(), record_count=0))


@pytest.fixture
def site(db: None) -> models.Site:
    with change("a steward", "a visit") as door:
        return door.add(models.Site(key="genk", kind="cemetery_plot", municipality="Genk"))


@pytest.fixture
def source(db: None) -> models.Source:
    with change("a steward", "a letter") as door:
        return door.add(models.Source(key="letter", kind="letter", title="A letter"))


@pytest.fixture
def queries() -> Callable[[], CaptureQueriesContext]:
    return lambda: CaptureQueriesContext(connection)

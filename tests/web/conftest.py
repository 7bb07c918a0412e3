"""A register made from the Belgian pack itself, in a file of SQLite, once for all tests."""

from __future__ import annotations

import csv
import importlib.util
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import pytest

from sexton.messages import Message
from sexton.records import pack_path

ROOT = Path(__file__).resolve().parents[2]
PACK = pack_path("belgium")
# The benchmarks are no part of the package: they are found beside it, in the checkout.
sys.path.append(str(ROOT))


def tool(name: str):
    """A script of ``tools/``, as a module."""
    spec = importlib.util.spec_from_file_location(f"tools_{name}", ROOT / "tools" / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@dataclass(frozen=True)
class Field:
    field: str
    bits: float
    message: Message
    left: str
    right: str


@dataclass(frozen=True)
class Link:
    a: str
    b: str
    probability: float
    weight: float
    evidence: tuple[Field, ...]


@dataclass(frozen=True)
class Member:
    id: str
    cluster_id: str
    probability: float


@dataclass(frozen=True)
class Clusters:
    members: tuple[Member, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True)
class Finding:
    kind: str
    severity: str
    ids: tuple[str, ...]
    message: Message


def clusters_of_the_pack() -> Clusters:
    """The pack's own certain pairs, in the shape of what the engine gives."""
    with (PACK / "entries.csv").open(encoding="utf-8") as file:
        cluster = {row["entry_id"]: row["entry_id"] for row in csv.DictReader(file)}
    links = []
    with (PACK / "person_links.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["certainty"] == "certain":
                a, b = row["entry_id_a"], row["entry_id_b"]
                old, new = cluster[b], cluster[a]
                cluster = {k: new if v == old else v for k, v in cluster.items()}
                why = Message("%(source)s", {"source": row["why"]})
                links.append(Link(a, b, 0.995, 12.5, (Field("name", 12.5, why, "А & Б", "<b>"),)))
    members = tuple(Member(key, value, 0.97) for key, value in sorted(cluster.items()))
    return Clusters(members, tuple(links))


FINDINGS = (
    Finding(
        "one_man_twice",
        "warning",
        ("fr-methode-001", "fr-methode-002"),
        Message("%(first)s and %(second)s", {"first": "Konovalov", "second": "<i>"}),
    ),
    Finding("wrong_province", "error", ("engreux",), Message("%(site)s", {"site": "engreux"})),
    Finding("count_against_rows", "warning", ("genk",), Message("%(rows)d", {"rows": 71})),
    Finding(
        "plate_date", "note", ("fr-methode-260",), Message("%(plate)s", {"plate": "7.12.1944"})
    ),
)
MENDED = Finding("cut_name", "note", ("fr-methode-082",), Message("%(form)s", {"form": "Plotniko"}))


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


@pytest.fixture(scope="session")
def catalogues() -> None:
    tool("build_catalogs").compile_catalogs(ROOT)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker, catalogues: None) -> None:
    """The register that every test sees; a test's own changes are rolled back."""
    from sexton.web.register import services

    with django_db_blocker.unblock():
        services.load_pack(PACK)
        services.store_clusters(clusters_of_the_pack())
        _find_and_judge()
        _set_a_stone()
        services.rebuild_search()


def _find_and_judge() -> None:
    """Two open findings, one accepted, one no fault, one mended."""
    from sexton.web.register import findings, services

    services.store_findings((*FINDINGS, MENDED))
    of = {finding.kind: finding.key for finding in findings.in_state("open")}
    findings.judge([of["count_against_rows"]], "accepted", "a reviewer", "a row is <missing>")
    findings.judge([of["plate_date"]], "not_a_fault", "a reviewer", "the plate was set in 1950")
    services.store_findings(FINDINGS)


def _set_a_stone() -> None:
    """The pack describes no grave: one of the tests' own, with a stone that has words on it."""
    from sexton.web.register import models
    from sexton.web.register.history import change

    with change("a test", "a grave to look at") as door:
        site = models.Site.objects.get(key="lux-bous")
        grave = door.add(models.Grave(site=site, key="lux-bous/1", kind="common", number="1"))
        stone = door.add(models.Marker(site=site, kind="stone", **models.dated("1950")))
        door.add(models.Marking(marker=stone, grave=grave))
        words = {"text": "ZWEI UNBEKANNTE", "language": "de", "translations": {"en": "Two unknown"}}
        door.add(models.Inscription(marker=stone, **words))
        door.add(models.GraveCount(site=site, grave=grave, known=0, unknown=2))


@pytest.fixture
def empty_register(db: None) -> None:
    """The same database with nothing in it: taken out through the door, as everything is."""
    from sexton.web.register import models
    from sexton.web.register.history import change

    models.Finding.objects.all().delete()
    models.State.objects.all().delete()
    with change("a test", "an empty register is needed") as door:
        for model in reversed(models.VERSIONED):
            door.drop_all(model.objects.all())
    models.Batch.objects.update(state="undone")


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: pytest's output is for failures."""


@pytest.fixture(scope="session")
def site_url(django_db_setup: None, django_db_blocker) -> Iterator[str]:
    """The address of the site, served from a thread on the tests' own register."""
    from sexton.web.wsgi import application

    with django_db_blocker.unblock():
        server: WSGIServer = make_server("127.0.0.1", 0, application, handler_class=_Quiet)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join(5)
        server.server_close()


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Each test begins in English; a request in Russian leaves its language in the thread."""
    from django.utils import translation

    with translation.override("en"):
        yield

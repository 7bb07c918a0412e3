"""A grave without a sure name, and an archive beside the register in which its man may stand."""

from __future__ import annotations

from pathlib import Path

import pytest

from sexton.linkage.archive import Archive
from sexton.web.cases import deciding
from sexton.web.cases.judging import judge
from sexton.web.cases.models import Candidate, Case
from sexton.web.cases.naming import of_archive
from sexton.web.register import models
from sexton.web.register.history import change

from ..conftest import take_in, write_csv

STONE = {
    "id": "grave-1", "name": "SCHATUNOV", "death_date": "1943-05-02", "burial_place": "genk",
    "source": "a stone",
}  # fmt: skip
CARD = {
    "id": "no-7-of-the-box", "name": "Запоручский Афанасий", "birth_date": "1903",
    "prisoner_number": "108258", "camp": "VI K", "source": "a card", "shelf mark": "box 12",
}  # fmt: skip
MADE = CARD | {"id": "sim-4", "name": "Выдуманский Пётр", "source": "a list"}


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with an archive of two rows, the second of a man who never lived."""
    home = tmp_path_factory.mktemp("archives")
    Archive.named(home, "cards").add(write_csv(home / "cards.csv", [CARD, MADE]))
    return home


@pytest.fixture
def archive(built: Path, settings) -> str:
    """The digest of the archive's list."""
    settings.HOME = built
    return Archive.named(built, "cards").lists()[0].digest


@pytest.fixture
def grave(db: None, tmp_path: Path) -> Case:
    """The case of a grave at a site."""
    with change("a steward", "a visit") as door:
        door.add(models.Site(key="genk", kind="cemetery_plot", municipality="Genk"))
    take_in(write_csv(tmp_path / "stones.csv", [STONE]))
    return deciding.open_case(models.Record.objects.get(key="grave-1"), "ann")


@pytest.fixture
def from_archive(grave: Case, archive: str) -> Case:
    """The case, whose candidate of the archive two reviewers judged to be the man."""
    return judged(grave, of_archive("cards", archive, 1), CARD)


@pytest.fixture
def simulated(grave: Case, archive: str) -> Case:
    """The case, judged to be a man who never lived."""
    return judged(grave, of_archive("cards", archive, 2), MADE)


def judged(case: Case, name: str, row: dict[str, str]) -> Case:
    fields = {column: cell for column, cell in row.items() if column not in {"id", "shelf mark"}}
    Candidate.objects.create(
        case=case, name=name, pool="archive:cards", rank=1, probability=0.9, weight=9.5,
        fields=fields, rules="3", simulated=row is MADE,
    )  # fmt: skip
    for reviewer in ("ann", "bob"):
        judge(case, name, reviewer, "same")
    return case

"""No path tells the public whom an undecided, contested, withdrawn or embargoed case is about."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from sexton.web.cases import deciding
from sexton.web.cases.ladder import Step
from sexton.web.cases.models import Candidate, Case, Clue, NegativeSearch
from sexton.web.cases.naming import of_archive, of_record
from sexton.web.public.dumps import stored
from sexton.web.register import models, services
from sexton.web.register.history import change
from sexton.web.register.undo import undo

from ..conftest import take_in, write_csv
from . import paths
from .conftest import CARD, judged

pytestmark = pytest.mark.django_db
# What only who works on the case may know: his name in both scripts, what is of him alone, who
# judged, and why.
SECRETS = (
    "запоруч", "zaporuč", "zaporutsch", "108258", "no-7-of-the-box", "box 12", "the-judge",
    "a-second-judge", "a secret reason", "cards.csv", "archive:cards",
)  # fmt: skip
WHY = "a secret reason: he is Запоручский"


def told(said: dict[str, str]) -> dict[str, set[str]]:
    """Address to the secrets that it tells, of those that tell one."""
    found = {
        at: {secret for secret in SECRETS if _tells(text, secret)} for at, text in said.items()
    }
    return {at: secrets for at, secrets in found.items() if secrets}


def _tells(text: str, secret: str) -> bool:
    """A number can stand in a checksum by chance."""
    if not secret.isdigit():
        return secret in text
    return re.search(rf"(?<![0-9a-f]){secret}(?![0-9a-f])", text) is not None


@pytest.fixture(autouse=True)
def downloads(settings, tmp_path: Path) -> None:
    settings.DUMPS = tmp_path / "dumps"


@pytest.fixture(params=["archive", pytest.param("register", marks=pytest.mark.slow)])
def case(request: pytest.FixtureRequest, grave: Case, archive: str, tmp_path: Path) -> Case:
    """The case of a grave; the man stands in an archive, or in a record of the register."""
    name = of_archive("cards", archive, 1)
    if request.param == "register":
        # His record is public: what is not is that he lies in this grave.
        row = {**CARD, "id": "card-1"}
        take_in(write_csv(tmp_path / "other.csv", [row]))
        name = of_record("card-1")
    with change("the-judge", WHY) as door:
        door.add(Clue(case=grave, field="other_names", value="Запоручский", citation="a letter"))
        door.add(NegativeSearch(case=grave, where="a list", asked="Запоручский"))
    services.refresh()
    stored.catch_up()
    return judged(grave, name, CARD)


def decide(case: Case, to: str = "probable") -> None:
    name = Candidate.objects.get(case=case).name
    by = "the-judge" if to == "probable" else "a-second-judge"
    deciding.decide(case, Step(to, WHY), by, name if to == "probable" else "")


def undecided(case: Case, public: Callable[[], None]) -> None:
    """Judged, with a clue, and nothing decided."""


def rejected(case: Case, public: Callable[[], None]) -> None:
    decide(case, "rejected")


def decided_under_embargo(case: Case, public: Callable[[], None]) -> None:
    deciding.set_embargo(case, "the-judge", WHY)
    decide(case)


def put_under_embargo(case: Case, public: Callable[[], None]) -> None:
    decide(case)
    public()
    deciding.set_embargo(case, "the-judge", WHY)


def contested(case: Case, public: Callable[[], None]) -> None:
    decide(case)
    public()
    decide(case, "disputed")


def withdrawn(case: Case, public: Callable[[], None]) -> None:
    decide(case)
    public()
    decide(case, "withdrawn")


def undone(case: Case, public: Callable[[], None]) -> None:
    decide(case)
    public()
    undo(case.decisions.get().change, "the-judge", WHY)


STATES = (
    undecided, rejected, decided_under_embargo, put_under_embargo, contested, withdrawn, undone,
)  # fmt: skip

# Those after which all files are written: they take the longest, and read the same register.
WRITTEN = (undecided, put_under_embargo)
EVERY_DAY = (undecided, put_under_embargo, withdrawn)


def test_every_address_of_the_public_site_is_asked() -> None:
    assert paths.names() <= paths.covered()


@pytest.mark.parametrize(
    "state",
    [one if one in EVERY_DAY else pytest.param(one, marks=pytest.mark.heavy) for one in STATES],
    ids=lambda state: state.__name__,
)
def test_no_path_tells_him(case: Case, state, client: Client, tmp_path: Path) -> None:
    before = told(paths.said(client))
    beside = told(paths.written(tmp_path / "before")) if state in WRITTEN else None

    def public() -> None:
        """While the decision stands everything that is kept or made beside is made of it."""
        services.refresh()
        stored.catch_up()
        assert told(paths.said(client)) != before

    state(case, public)
    at_once = told(paths.said(client) | _former(client))
    assert at_once.items() <= before.items(), {
        k: at_once[k] for k in at_once if before.get(k) != at_once[k]
    }  # files for download may be missing
    services.refresh()
    stored.catch_up()
    assert told(paths.said(client) | _former(client)) == before
    if state in WRITTEN:
        assert told(paths.written(tmp_path / "now")) == beside


def test_what_is_public_is_told_on_every_kind_of_path(case: Case, client: Client, tmp_path) -> None:
    """So that the test above can fail: a decision that stands is told wherever one may look."""
    before = told(paths.said(client))
    decide(case)
    at_once = told(paths.said(client))
    now = {at for at in at_once if at_once[at] != before.get(at)}
    for at in ("/persons/grave-1/", "/ru/persons/grave-1/", "/persons/grave-1/?format=json",
               "/persons/grave-1/?format=jsonld", "/sites/genk/",
               "/search/?q=SCHATUNOV&format=json", "/sites/genk/register.csv"):  # fmt: skip
        key = _person_of_grave()
        at = at.replace("grave-1", key)
        assert at in now or at in before, at
    services.refresh()
    stored.catch_up()
    assert told(paths.said(client)).keys() >= {"/data/records.csv", "/data/claims.jsonl"}
    assert any("запоруч" in secrets for secrets in told(paths.written(tmp_path)).values())
    judges = {"the-judge", "a-second-judge", "archive:cards"}
    assert not any(secrets & judges for secrets in told(paths.said(client)).values())


def test_a_folder_that_holds_a_copy_of_before_is_cleaned(
    from_archive: Case, client: Client, tmp_path: Path
) -> None:
    before = told(paths.written(tmp_path / "out"))
    decide(from_archive)
    assert told(paths.written(tmp_path / "out")) != before
    decide(from_archive, "withdrawn")
    assert told(paths.written(tmp_path / "out")) == before


def test_files_for_download_that_tell_him_are_not_served_any_more(
    from_archive: Case, client: Client
) -> None:
    decide(from_archive)
    stored.catch_up()
    assert client.get("/data/persons.csv").status_code == 200
    deciding.set_embargo(from_archive, "the-judge", WHY)
    assert client.get("/data/persons.csv").status_code == 404
    assert client.get("/data/").status_code == 200
    stored.catch_up()
    assert client.get("/data/persons.csv").status_code == 200


def test_what_stood_at_his_address_is_not_told(from_archive: Case, client: Client) -> None:
    decide(from_archive)
    decide(from_archive, "withdrawn")
    [key] = _gone()
    answer = client.get(f"/records/{key}/")
    assert answer.status_code == 410
    assert not told({"": paths.plain(answer.content.decode())})
    assert "cards" not in key and key[-1:] != "7"


def _gone() -> set[str]:
    """The keys of records that were in the register."""
    past = models.History.objects.filter(kind="record").values_list("data__key", flat=True)
    return set(past)


def _former(client: Client) -> dict[str, str]:
    """What the addresses of records and persons say that are not there any more."""
    there = set(models.Record.objects.values_list("key", flat=True))
    gone = (f"/{kind}/{key}/" for key in _gone() - there for kind in ("records", "persons"))
    return {at: paths.asked(client, at) for at in gone}


def _person_of_grave() -> str:
    return models.Membership.objects.get(record__key="grave-1").person.key

"""Running the engine from the workbench: choose, start, watch, stop; one case at once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sexton.linkage.archive import Archive
from sexton.records import COLUMNS
from sexton.simulate import simulate_people
from sexton.web.cases import work
from sexton.web.cases.models import Case
from sexton.web.jobs import desk
from sexton.web.jobs.models import DONE, STOPPED, Job
from sexton.web.jobs.run import do
from sexton.web.register import models, services
from sexton.web.register.history import change
from sexton.web.workbench.engine import told

from ..conftest import write_csv

pytestmark = pytest.mark.django_db
RUNS = "/workbench/runs/"


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    settings.HOME = tmp_path / "home"
    return settings.HOME


@pytest.fixture
def archive(home, tmp_path) -> str:
    rows = [{column: row.get(column, "") for column in COLUMNS} for row in simulate_people(60, 8)]
    Archive.named(home, "made").add(write_csv(tmp_path / "made.csv", rows))
    return "archive:made"


def chosen(**more: str) -> dict[str, str]:
    return {"site": "", "keys": "", "list_0": "on", "coverage_0": "40", **more}


def start(client, **more: str) -> Job:
    response = client.post(RUNS, chosen(**more))
    assert response.status_code == 302, response.context["form"].errors
    return Job.objects.get(pk=int(response["Location"].rstrip("/").rsplit("/", 1)[1]))


def work_off() -> None:
    while job := desk.claim("a worker"):
        assert do(job) == 0


def test_a_run_is_started_done_and_told(case: Case, signed_in) -> None:
    client = signed_in("researcher", "ann")
    page = client.get(RUNS).content.decode()
    assert "The engine has not been asked yet." in page and "sexton archive add" in page
    job = start(client)
    assert (job.by, job.params["lists"]) == ("ann", [["register", 0.4]])
    assert "Waiting" in client.get(reverse("run", args=[job.pk])).content.decode()
    work_off()
    page = client.get(reverse("run", args=[job.pk])).content.decode()
    assert "Done" in page and "1 case was looked up" in page and "Run it once more" in page
    assert f"Run {job.pk}" in client.get(RUNS).content.decode()


def test_without_a_worker_the_page_says_how_to_start_one(case: Case, signed_in) -> None:
    client = signed_in("researcher")
    job = start(client)
    assert "sexton worker" not in client.get(reverse("run", args=[job.pk])).content.decode()
    Job.objects.filter(pk=job.pk).update(asked_at=timezone.now() - timedelta(minutes=1))
    for page in (reverse("run", args=[job.pk]), RUNS):
        assert "<code>sexton worker</code>" in client.get(page).content.decode()
    desk.claim("a worker")
    page = client.get(reverse("run", args=[job.pk])).content.decode()
    assert "<code>sexton worker</code>" not in page and "Running" in page


@pytest.mark.parametrize(
    "wrong, said",
    [
        ({"list_0": ""}, "Choose at least one list in which to look."),
        ({"coverage_0": "0"}, "greater than or equal to 1"),
        ({"coverage_0": ""}, "Say a number from 1 to 99."),
        ({"keys": "nobody"}, "There is no such case for you: nobody."),
        ({"site": "elsewhere"}, "elsewhere is not one of the available choices"),
    ],
)
def test_what_cannot_be_run_is_said(case: Case, signed_in, wrong, said: str) -> None:
    response = signed_in("researcher").post(RUNS, chosen(**wrong))
    assert response.status_code == 200 and said in response.content.decode()
    assert not Job.objects.exists()


def test_who_reviews_one_place_runs_only_its_cases(case: Case, signed_in) -> None:
    with change("a steward", "a visit") as door:
        other = door.add(models.Site(key="chimay", kind="cemetery_plot", municipality="Chimay"))
    stranger = signed_in("reviewer", "far", site=other)
    assert start(stranger).params["sites"] == ["chimay"]
    refused = stranger.post(RUNS, chosen(keys=case.key))
    assert "There is no such case for you" in refused.content.decode()
    own = start(signed_in("reviewer", "near", site=models.Site.objects.get(key="genk")))
    assert own.params["sites"] == ["genk"]
    work_off()
    page = stranger.get(reverse("run", args=[own.pk])).content.decode()
    assert "SCHATUNOV" not in page and "Nothing has been looked up yet." in page
    for name in ("run-stop", "run-go-on"):
        assert stranger.post(reverse(name, args=[own.pk])).status_code == 403


def test_archives_are_shown_to_who_may_search_them(case: Case, archive, signed_in) -> None:
    client = signed_in("researcher")
    page = client.get(RUNS).content.decode()
    assert "made" in page and "60 records" in page and "Simulated" in page
    job = start(client, list_1="on", coverage_1="70")
    assert job.params["lists"] == [["archive:made", 0.7], ["register", 0.4]]
    work_off()
    assert "made" in client.get(reverse("run", args=[job.pk])).content.decode()
    near = signed_in("reviewer", "near", site=models.Site.objects.get(key="genk"))
    for page in (RUNS, reverse("run", args=[job.pk])):
        told_to_him = near.get(page).content.decode()
        assert "archives for all places" in told_to_him
    assert {o.pool for o in told.outcomes_for(_user("near"), job)} == {"register"}


def _user(name: str):
    from sexton.web.accounts.models import User

    return User.objects.get(username=name)


def test_a_run_is_stopped_and_goes_on(case: Case, signed_in) -> None:
    client = signed_in("researcher")
    job = start(client)
    assert client.post(reverse("run-stop", args=[job.pk])).status_code == 302
    job.refresh_from_db()
    assert job.state == STOPPED
    page = client.get(reverse("run", args=[job.pk])).content.decode()
    assert "Go on" in page and "Somebody stopped the run." in page
    client.post(reverse("run-go-on", args=[job.pk]))
    work_off()
    assert Job.objects.filter(kind=work.KIND, state=DONE).count() == 1


def test_a_run_that_failed_says_so(case: Case, signed_in, monkeypatch) -> None:
    def broken(*_given: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(work.finding, "find", broken)
    client = signed_in("researcher")
    job = start(client)
    work_off()
    page = client.get(reverse("run", args=[job.pk])).content.decode()
    assert "The run ended with an error." in page and "OSError: the disk is full" in page


def test_one_case_is_looked_up_at_once(case: Case, archive, signed_in) -> None:
    client = signed_in("researcher", "ann")
    response = client.post(reverse("case-look", args=[case.key]))
    assert response.status_code == 302
    assert set(case.inquiries.values_list("pool", flat=True)) == {"register", archive}
    assert not Job.objects.exists()
    near = signed_in("reviewer", "near", site=models.Site.objects.get(key="genk"))
    case.inquiries.all().delete()
    near.post(reverse("case-look", args=[case.key]), {"list": [archive, "register"]})
    assert set(case.inquiries.values_list("pool", flat=True)) == {"register"}


def test_large_archives_are_asked_by_a_run(case: Case, archive, signed_in, monkeypatch) -> None:
    from sexton.web.workbench.engine import looking

    monkeypatch.setattr(looking, "AT_DESK", 50)
    response = signed_in("researcher").post(
        reverse("case-look", args=[case.key]), {"list": archive}
    )
    job = Job.objects.get()
    assert response["Location"] == reverse("run", args=[job.pk])
    assert job.params["keys"] == [case.key] and job.params["lists"] == [[archive, 0.8]]


def test_an_archive_in_trouble_is_told(case: Case, archive, home, signed_in) -> None:
    client = signed_in("researcher")
    client.post(reverse("case-look", args=[case.key]), {"list": archive})
    (home / "archives" / "made").rename(home / "gone")
    page = client.post(reverse("case-look", args=[case.key]), follow=True).content.decode()
    assert case.inquiries.get(pool=archive).trouble == "missing"
    assert "There is no such archive here any more." in page


def test_what_is_behind_the_register_can_be_made_anew(case: Case, signed_in) -> None:
    researcher, editor = signed_in("researcher"), signed_in("editor")
    assert told.computed().is_behind
    assert "Make them anew" not in researcher.get(RUNS).content.decode()
    assert "Make them anew" in editor.get(RUNS).content.decode()
    editor.post(reverse("runs-refresh"))
    assert Job.objects.get().kind == "refresh"
    assert "It was asked that they be made anew." in editor.get(RUNS).content.decode()
    services.refresh()
    assert not told.computed().is_behind


def test_keys_from_an_address_are_chosen(case: Case, signed_in) -> None:
    page = signed_in("researcher").get(RUNS, {"case": case.key}).content.decode()
    assert f">\n{case.key}</textarea>" in page

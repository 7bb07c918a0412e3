"""What happened on a day, in a month, in a year: as sources say, and as is possible."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sexton.web.register import decisions, models, services
from sexton.web.register.history import change
from sexton.web.register.lives import chronicle
from sexton.web.register.lives.localities import entries_at, localities, named_in, slug_of
from sexton.web.register.lives.periods import read_period
from sexton.web.register.models import dated

from ..conftest import person, take_in, write_csv
from ..test_batches import _One

pytestmark = pytest.mark.django_db
DEATHS = {
    "day": "9.5.1943", "month": "May 1943", "year": "1943", "other": "10.5.1943",
    "open": "avant 1944", "none": "",
}  # fmt: skip


@pytest.fixture
def dead(tmp_path) -> None:
    rows = [
        {"id": key, "surname": key.title(), "death_date": when, "death_place": "Zolder, the woods"}
        for key, when in DEATHS.items()
    ]
    take_in(write_csv(tmp_path / "a.csv", rows))


def told(edtf: str) -> dict[str, list[str]]:
    """Grade to the names of those told of, in their order."""
    found = chronicle.entries_in(read_period(edtf))
    listed: dict[str, list[str]] = {}
    for happening in chronicle.told(found.entries):
        listed.setdefault(happening.grade, []).extend(p.name for p in happening.persons)
    return listed


def test_a_death_in_may_is_possible_on_each_of_its_days(dead) -> None:
    assert told("1943-05-09") == {"stated": ["Day"], "possible": ["Month"]}
    assert told("1943-05-31") == {"possible": ["Month"]}
    assert told("1943-06-01") == {}
    assert chronicle.entries_in(read_period("1943-05-09")).wider == 1


def test_a_month_and_a_year_tell_what_is_within_them(dead) -> None:
    assert told("1943-05") == {"stated": ["Day", "Other", "Month"], "possible": ["Year"]}
    assert told("1943") == {"stated": ["Day", "Other", "Month", "Year"]}
    assert chronicle.numbers_by_year() == {1943: 4}


def test_sources_that_disagree_put_a_man_on_two_days_and_both_say_so(tmp_path) -> None:
    rows = [{"id": key, "surname": "Petrov", "death_date": when, "source": f"https://{key}.example"}
            for key, when in (("a", "1.4.1944"), ("b", "March 1944"), ("c", "1921"))]  # fmt: skip
    take_in(write_csv(tmp_path / "a.csv", rows))
    services.store_clusters(_One(["a", "b", "c"]))
    with change("a reviewer", "a misprint") as door:
        claim = models.Claim.objects.get(property="death_date", value="1921")
        decisions.judge(door, claim, "disproven", "a misprint")
    for edtf in ("1944-04-01", "1944-03"):
        (happening,) = chronicle.told(chronicle.entries_in(read_period(edtf)).entries)
        assert happening.grade == "stated"
        assert happening.step.differs
        told_of = [account.said.edtf for account in happening.step.says("when")]
        assert told_of == ["1944-03", "1944-04-01", "1921"]
    assert told("1921") == {}


def test_events_of_many_are_told_once_and_deaths_of_each(db) -> None:
    with change("a steward", "a page") as door:
        men = [person(door, name) for name in ("Anton", "Boris")]
        seen = person(door, "Witness")
        for kind in ("execution", "death"):
            event = door.add(models.Event(key=kind, kind=kind, place="Genk", **dated("3.5.1943")))
            for man in men:
                door.add(models.Participant(event=event, person=man))
            door.add(models.Participant(event=event, person=seen, role="witness"))
    happenings = chronicle.told(chronicle.entries_in(read_period("1943-05-03")).entries)
    told_of = [(h.step.kind, [p.name for p in h.persons]) for h in happenings]
    assert told_of == [
        ("execution", ["Anton", "Boris", "Witness"]),
        ("death", ["Anton"]),
        ("death", ["Boris"]),
    ]
    assert chronicle.numbers_by_year() == {1943: 2}


@settings(
    deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.dates(date(1942, 1, 1), date(1944, 12, 31)))
def test_whom_a_day_tells_its_month_and_year_tell_too(dead, day) -> None:
    def persons(edtf: str) -> set[int]:
        return {entry.person for entry in chronicle.entries_in(read_period(edtf)).entries}

    text = day.isoformat()
    assert persons(text) <= persons(text[:7]) <= persons(text[:4])


def test_a_place_is_what_a_source_writes(dead, site) -> None:
    with change("a steward", "a ceremony") as door:
        values = {"kind": "commemoration", "site": site, **dated("8.5.2005")}
        door.add(models.Event(key="wreaths", title="Wreaths", **values))
        door.add(models.Organisation(key="pit", kind="mine", name="Pit", place="Genk, Limburg"))
    places = localities()
    assert set(places) == {"zolder", "the-woods", "genk", "limburg"}
    deaths = chronicle.told(entries_at(places["zolder"]))
    assert [h.persons[0].name for h in deaths][:3] == ["Day", "Other", "Month"]
    assert len(deaths) == len(DEATHS)
    assert [h.step.kind for h in chronicle.told(entries_at(places["genk"]))] == ["commemoration"]
    assert places["genk"].organisations
    assert places["genk"].sites == {site.pk}


def test_the_address_of_a_place_can_be_read() -> None:
    assert slug_of("Liège") == "liege"
    assert dict(named_in("Hôpital Saint-François, Heusden (Limburg)")) == {
        "hopital-saint-francois": "Hôpital Saint-François",
        "heusden": "Heusden",
        "limburg": "Limburg",
    }
    assert dict(named_in("Сталино")) == {"сталино": "Сталино"}
    assert dict(named_in(" ,;() ")) == {}

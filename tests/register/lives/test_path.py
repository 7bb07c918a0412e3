"""A life from claims, affiliations and events: who says what, joined where it is the same."""

from __future__ import annotations

import pytest

from sexton.records import pack_path
from sexton.web.register import decisions, models, services
from sexton.web.register.history import change
from sexton.web.register.lives.path import life_path
from sexton.web.register.models import dated
from sexton.web.register.page import person_page

from ..conftest import person, take_in, write_csv
from ..test_batches import _One

pytestmark = pytest.mark.django_db
MAN = {"id": "p1", "surname": "Petrov", "birth_date": "1912", "source": "https://a.example/1"}


@pytest.fixture
def door(db: None):
    with change("a steward", "what is known") as opened:
        yield opened


def source(door, key: str) -> models.Source:
    return door.add(models.Source(key=key, title=key))


def happen(door, man, kind: str, when: str = "", role: str = "subject", **values) -> models.Event:
    key = f"{kind}-{models.Event.objects.count()}"
    event = door.add(models.Event(key=key, kind=kind, **dated(when), **values))
    door.add(models.Participant(event=event, person=man, role=role))
    return event


def belong(door, man, key: str, kind: str, **values) -> models.Organisation:
    found = models.Organisation.objects.filter(key=key).first()
    found = found or door.add(models.Organisation(key=key, kind=kind, name=key.title()))
    door.add(models.Affiliation(person=man, organisation=found, **values))
    return found


def path_of(key: str):
    return life_path(person_page(key))


def told(step) -> dict[str, list[tuple[str, list[str]]]]:
    """Aspect to (what is said, who says it), as a reader sees it."""
    return {
        aspect.name: [
            (
                a.said.edtf or (a.said.site.key if a.said.site else a.said.text),
                sorted(v.record.key if v.record else v.source.key for v in a.voices),
            )
            for a in aspect.alternatives
        ]
        for aspect in step.shown
    }


@pytest.fixture
def dotsenko(db: None) -> str:
    """The key of Evgeny Dotsenko, of whom thirteen records of the Belgian pack speak."""
    take_in(pack_path("belgium"))
    named = models.Record.objects.filter(fields__surname__iregex="^(dotsenko|Доценко)$")
    keys = list(named.values_list("key", flat=True))
    services.store_clusters(_One(keys))
    return models.Membership.objects.get(record__key=keys[0]).person.key


def test_dotsenkos_births_graves_divisions_and_deaths_stand_side_by_side(dotsenko) -> None:
    steps = path_of(dotsenko)
    kinds = [step.kind for step in steps]
    told_of = ("birth", "service", "resistance", "death", "burial", "commemoration")
    assert [kind for kind in told_of if kind not in kinds] == []
    assert [kinds.index(kind) for kind in told_of] == sorted(kinds.index(k) for k in told_of)
    birth, death = (told(steps[kinds.index(kind)]) for kind in ("birth", "death"))
    assert [said for said, _ in birth["when"]] == ["1912-02-18", "1911-11-17"]
    assert birth["when"][1][1] == ["fr-methode-b-017"]
    assert "Tsaritsyne" in dict(birth["place"])
    assert [said for said, _ in death["when"]] == ["1944-04-01", "1944-03"]
    assert {"birth", "death"} <= {step.kind for step in steps if step.differs}
    service = steps[kinds.index("service")]
    divisions = " ".join(
        text for aspect in service.shown for a in aspect.alternatives for text in a.writings
    )
    assert "89ème division" in divisions
    assert "99e division" in divisions
    graves = [step for step in steps if step.kind in {"burial", "reburial"}]
    told_of_graves = [pair for step in graves for pair in told(step)["site"]]
    assert {site for site, _ in told_of_graves} == {"comblain-au-pont", "liege-citadelle"}
    assert "fr-methode-062" in dict(told_of_graves)["liege-citadelle"]
    remembered = [told(step)["site"] for step in steps if step.kind == "commemoration"]
    assert "sprimont-dotsenko-monument" in {site for at in remembered for site, _ in at}


def test_every_value_of_a_path_leads_to_its_source_in_one_step(dotsenko, client) -> None:
    for step in path_of(dotsenko):
        for aspect in step.shown:
            for account in aspect.alternatives:
                assert account.voices
                assert all(voice.get_absolute_url() and voice.source for voice in account.voices)


def test_the_pages_data_stay_within_twenty_queries(dotsenko, queries) -> None:
    with queries() as counted:
        page = person_page(dotsenko)
    assert len(counted) <= 20
    with queries() as more:
        life_path(page)
    assert len(more) == 0


def test_camp_number_mine_escape_resistance_death_grave_and_reburial(door, site) -> None:
    man, paper = person(door, "man"), source(door, "card")
    belong(door, man, "stalag", "camp", number="7997", source=paper, **dated("1942-08"))
    belong(door, man, "pit", "mine", source=paper, **dated("1942-09/1943"))
    belong(door, man, "band", "resistance_movement", source=paper)
    happen(door, man, "capture", "07.1941", place="Uman", source=paper)
    happen(door, man, "escape", "05.1943", source=paper)
    happen(door, man, "death", "1944", source=paper)
    wood = door.add(models.Grave(site=site, key="wood"))
    first = happen(door, man, "burial", role="buried", grave=wood, source=paper)
    happen(door, man, "reburial", "1951", role="buried", site=site, source=paper, follows=first)
    happen(door, man, "commemoration", "08.05.2005", role="commemorated", source=paper)
    steps = path_of("man")
    assert [step.kind for step in steps] == [
        "capture", "captivity", "work", "escape", "resistance", "death", "burial", "reburial",
        "commemoration",
    ]  # fmt: skip
    assert told(steps[1])["number"] == [("7997", ["card"])]
    assert not any(step.differs for step in steps)


def test_two_sources_on_one_escape_stand_in_one_step_and_disagree(door) -> None:
    man = person(door, "man")
    happen(door, man, "escape", "21.06.1942", source=source(door, "a"))
    happen(door, man, "escape", "1943", source=source(door, "b"))
    (step,) = path_of("man")
    assert told(step)["when"] == [("1942-06-21", ["a"]), ("1943", ["b"])]
    assert step.differs


def test_one_source_that_tells_of_two_escapes_tells_of_two(door) -> None:
    man, paper = person(door, "man"), source(door, "a")
    for when in ("1942", "1943"):
        happen(door, man, "escape", when, source=paper)
    assert [step.kind for step in path_of("man")] == ["escape", "escape"]


def test_an_event_is_told_by_its_source_and_a_part_in_it_by_the_records(tmp_path) -> None:
    rows = [MAN | {"id": key, "source": f"https://{key}.example"} for key in ("a", "b")]
    take_in(write_csv(tmp_path / "a.csv", rows))
    services.store_clusters(_One(["a", "b"]))
    man = models.Person.objects.get()
    with change("a steward", "a page") as door:
        event = models.Event(key="f", kind="combat", source=source(door, "c"), **dated("06.1944"))
        door.add(event)
        for record in models.Record.objects.all():
            door.add(models.Participant(event=event, person=man, role="fell", record=record))
    _, fight = path_of(man.key)
    assert told(fight) == {"when": [("1944-06", ["c"])], "part": [("fell", ["a", "b"])]}


def test_one_source_on_two_stays_tells_of_two_only_by_their_days(door) -> None:
    man, paper = person(door, "man"), source(door, "a")
    for when in ("1942", "1944", "", "1942-05"):
        belong(door, man, "vi-k", "camp", source=paper, **dated(when))
    stays = [[said for said, _ in told(step)["when"]] for step in path_of("man")]
    assert stays == [["1942", "1942-05"], ["1944"]]


def test_whose_execution_a_man_saw_he_did_not_die_of(door) -> None:
    man, paper = person(door, "man"), source(door, "a")
    happen(door, man, "death", "01.04.1944", source=paper)
    happen(door, man, "death", "1943", role="witness", source=paper)
    seen, own = path_of("man")
    assert told(seen)["part"] == [("witness", ["a"])]
    assert told(own)["when"] == [("1944-04-01", ["a"])]


def test_two_sources_on_one_camp_are_one_step_and_two_camps_of_one_are_two(door) -> None:
    man = person(door, "man")
    for key, camp, number in (("a", "vi-k", "7997"), ("b", "vi-k", "7979"), ("a", "iv-b", "")):
        paper = models.Source.objects.filter(key=key).first() or source(door, key)
        belong(door, man, camp, "camp", number=number, source=paper)
    told_of = {told(s)["organisation"][0][0]: told(s) for s in path_of("man")}
    assert told_of["Vi-K"]["number"] == [("7979", ["b"]), ("7997", ["a"])]
    assert "number" not in told_of["Iv-B"]


def test_units_without_days_that_sources_name_stand_side_by_side(door) -> None:
    man = person(door, "man")
    for key, unit in (("a", "99th"), ("b", "89th"), ("c", "99th")):
        belong(door, man, unit, "military_unit", source=source(door, key))
    belong(door, man, "draft", "military_unit", source=source(door, "d"), **dated("1939"))
    loose, dated_one = path_of("man")
    assert told(loose)["organisation"] == [("99Th", ["a", "c"]), ("89Th", ["b"])]
    assert loose.aspects["organisation"].agreement == "several"
    assert told(dated_one)["when"] == [("1939", ["d"])]


def test_a_ceremony_at_a_grave_is_not_the_burial(tmp_path, site) -> None:
    take_in(write_csv(tmp_path / "a.csv", [MAN | {"burial_place": "genk"}]))
    with change("a steward", "a page") as door:
        man, paper = models.Person.objects.get(), source(door, "page")
        happen(door, man, "commemoration", "2013", "commemorated", site=site, source=paper)
    steps = {step.kind: told(step) for step in path_of("p1")}
    assert steps["burial"]["site"] == [("genk", ["p1"])]
    assert steps["commemoration"]["site"] == [("genk", ["page"])]


def test_claims_of_a_record_join_what_the_register_already_tells(tmp_path, site) -> None:
    """The camp by its key, the movement by a name of it, the grave by its site, the death."""
    row = MAN | {"camp": "IV H (304)", "prisoner_number": "108258", "role": "pow",
                 "death_date": "1.4.1944", "burial_place": "genk"}  # fmt: skip
    take_in(write_csv(tmp_path / "a.csv", [row]))
    man = models.Person.objects.get()
    with change("a steward", "the card") as door:
        paper = source(door, "card")
        camp = belong(door, man, "stalag-304", "camp", source=paper, **dated("1942"))
        happen(door, man, "death", "04.1944", source=paper)
        happen(door, man, "burial", site=site, role="buried", source=paper)
    steps = {step.kind: told(step) for step in path_of(man.key)}
    assert list(steps) == ["birth", "captivity", "death", "burial"]
    assert steps["captivity"]["organisation"] == [(camp.name, ["card", "p1"])]
    assert steps["captivity"]["number"] == [("108258", ["p1"])]
    assert dict(steps["death"]["when"]) == {"1944-04": ["card"], "1944-04-01": ["p1"]}
    assert steps["burial"]["site"] == [("genk", ["card", "p1"])]


def test_a_group_is_known_by_any_of_its_names(tmp_path, door) -> None:
    band = door.add(models.Organisation(key="fi", kind="resistance_movement", name="FI"))
    door.add(models.OrganisationName(organisation=band, name="Front de l’indépendance"))
    row = MAN | {"resistance_group": "Front de l’indépendance"}
    take_in(write_csv(tmp_path / "a.csv", [row]))
    (account,) = path_of("p1")[-1].says("organisation")
    assert account.said.organisation == band
    assert account.written_otherwise == ["Front de l’indépendance"]


def test_a_role_is_told_where_nothing_else_tells_of_it(tmp_path) -> None:
    take_in(write_csv(tmp_path / "a.csv", [MAN | {"role": "forced_labourer"}]))
    assert [step.kind for step in path_of("p1")] == ["birth", "work"]


def test_a_camp_under_two_names_does_not_make_two_of_one_number(db: None) -> None:
    take_in(pack_path("belgium"))
    his = models.Affiliation.objects.filter(number="108258")
    for man in set(his.values_list("person__key", flat=True)):
        told_of = [told(step)["number"] for step in path_of(man) if step.says("number")]
        assert [said for numbers in told_of for said, _ in numbers] == ["108258"]
    assert his


def test_a_number_stands_with_the_camp_of_its_record(tmp_path) -> None:
    rows = [
        MAN | {"id": "a", "camp": "VI K (326)", "prisoner_number": "7997"},
        MAN | {"id": "b", "camp": "IV B", "prisoner_number": "1489"},
    ]
    take_in(write_csv(tmp_path / "a.csv", rows))
    services.store_clusters(_One(["a", "b"]))
    (step,) = [s for s in path_of("a") if s.kind == "captivity"]
    numbers = {a.said.text: a.said.within for a in step.says("number")}
    assert numbers == {"7997": "VI K (326)", "1489": "IV B"}


def test_a_disproven_claim_stays_in_sight_and_the_preferred_is_first(tmp_path) -> None:
    rows = [MAN | {"id": key, "death_date": day} for key, day in
            (("a", "1943"), ("b", "1943"), ("c", "1.4.1944"), ("d", "2.4.1944"))]  # fmt: skip
    take_in(write_csv(tmp_path / "a.csv", rows))
    services.store_clusters(_One(["a", "b", "c", "d"]))
    with change("a reviewer", "the stone") as door:
        for claim in models.Claim.objects.filter(property="death_date", value="1943"):
            decisions.judge(door, claim, "disproven", "the stone says otherwise")
        claim = models.Claim.objects.get(property="death_date", value="2.4.1944")
        decisions.prefer(door, claim, "the town's register")
    accounts = path_of("a")[-1].says("when")
    assert [a.said.edtf for a in accounts] == ["1944-04-02", "1944-04-01", "1943"]
    assert accounts[0].preferred
    assert accounts[2].disproven
    assert accounts[2].reasons == ["the stone says otherwise"]


def test_a_claim_on_an_event_is_one_more_account_of_it(door) -> None:
    man = person(door, "man")
    event = happen(door, man, "execution", "1943", source=source(door, "a"))
    values = dated("03.05.1943")
    door.add(
        models.Claim(
            event=event, source=source(door, "b"), property="date", value="03.05.1943",
            read=values["when_edtf"], first_day=values["first_day"], last_day=values["last_day"],
        )
    )  # fmt: skip
    (step,) = path_of("man")
    assert dict(told(step)["when"]) == {"1943": ["a"], "1943-05-03": ["b"]}
    assert step.aspects["when"].agreement == "less_exact"


def test_a_cross_and_its_text_are_steps_too(door, site) -> None:
    man, paper = person(door, "man"), source(door, "photo")
    cross = door.add(models.Marker(site=site, kind="cross", source=paper, **dated("1947")))
    door.add(models.Inscription(marker=cross, text="SOLDAT\nRUSSE", source=paper))
    door.add(models.Marking(marker=cross, person=man))
    (step,) = path_of("man")
    assert told(step)["inscription"] == [("SOLDAT\nRUSSE", ["photo"])]
    assert told(step)["site"] == [("genk", ["photo"])]

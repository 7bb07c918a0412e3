"""Sites, graves, memorials: who lies there by whose word, counted and looked after by whom."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.test import Client

from sexton.web.register import models
from sexton.web.register.burials import dead
from sexton.web.register.history import change
from sexton.web.register.models import dated

from .test_public_pages import Reader, text_of, without_script_files

pytestmark = pytest.mark.django_db
TAGS = re.compile(r"<[^>]+>")


def plain(text: str) -> str:
    """What a reader reads, without the tags."""
    return re.sub(r"\s+", " ", TAGS.sub(" ", text))


def section(text: str, name: str) -> str:
    """The part of a page under the heading with this id."""
    return text.split(f'<section aria-labelledby="{name}"')[1].split("</section>")[0]


def site(key: str = "genk") -> models.Site:
    return models.Site.objects.get(key=key)


@pytest.fixture
def source() -> models.Source:
    return models.Source.objects.exclude(title="").order_by("pk").first()


def a_person(door, key: str, name: str = "") -> models.Person:
    named = {"name": name, "sort_name": name.lower(), "is_named": bool(name)}
    return door.add(models.Person(key=key, record_count=0, **named))


def laid(door, person, event, source, **values) -> None:
    door.add(models.Participant(event=event, person=person, source=source, role="buried", **values))


def test_the_three_groups_are_all_and_each_once(client: Client) -> None:
    roll = dead.roll(site())
    numbers = roll.numbers()
    assert sum(numbers.values()) == len(roll.ids) == len(set(roll.ids)) > 60
    listed = set()
    for group in dead.GROUPS:
        page = client.get("/sites/genk/", {"of": group})
        assert page.context["page"].paginator.count == numbers[group]
        listed |= {one.person.pk for one in dead.told(site(), roll, roll.of(group))}
    assert listed == set(roll.ids)
    told = plain(section(text_of(client, "/sites/genk/"), "dead"))
    for word, group in (("Named", "named"), ("Name restored", "restored"), ("Unnamed", "unnamed")):
        assert f"{word} {numbers[group]}" in told


def test_a_conjecture_restores_nobody(source) -> None:
    with change("a test", "a guess and a reading") as door:
        guessed, read = a_person(door, "guessed"), a_person(door, "read")
        for person, basis in ((guessed, "conjecture"), (read, "printed")):
            name = models.PersonName(person=person, written="X", kind="restored", basis=basis)
            name.source = source
            door.add(name)
        event = door.add(models.Event(key="b", kind="burial", site=site(), source=source))
        for person in (guessed, read):
            laid(door, person, event, source)
    groups = dead.roll(site()).groups
    assert (groups[guessed.pk], groups[read.pk]) == ("unnamed", "restored")


def test_each_of_the_dead_has_dates_forms_and_sources(client: Client) -> None:
    text = section(text_of(client, "/sites/genk/?of=restored"), "dead")
    one = text.split("Alekseevitch AGAFONOV")[1].split("</li>")[0]
    for said in ("Агафонов Сергей Алексеевич", "reconstructed", "6 May 1943", "1899"):
        assert said in one
    assert one.count('href="#source-') == 4  # the name, its other form, both days
    assert "not stated" in plain(one)  # in which grave he lies


def test_days_on_which_sources_disagree_stand_side_by_side(client: Client) -> None:
    one = plain(section(text_of(client, "/sites/liege-citadelle/"), "dead"))
    told = one[one.index("18 February 1912") :]
    assert re.match(r"18 February 1912 (Source \d+ )+or 17 November 1911 Source", told)


def test_every_number_behind_a_value_leads_to_a_source_of_the_page(client: Client) -> None:
    for address in ("/sites/genk/", "/sites/liege-citadelle/", "/sites/genk/register/",
                    "/memorials/serna/", "/graves/lux-bous/1/"):  # fmt: skip
        reader = Reader(text_of(client, address))
        cited = {link[1:] for link in reader.links if link.startswith("#source-")}
        listed = {name for name in reader.ids if name.startswith("source-")}
        assert cited <= listed
        if address != "/graves/lux-bous/1/":
            assert cited


def test_counts_stand_side_by_side_with_their_difference(client: Client, source) -> None:
    own = len(dead.roll(site()).ids)
    with change("a test", "two counts") as door:
        for known, unknown, when in ((own - 2, 0, "1950"), (own, 3, "1990"), (own, 0, "2001")):
            count = models.GraveCount(site=site(), known=known, unknown=unknown, source=source)
            for name, value in dated(when).items():
                setattr(count, name, value)
            door.add(count)
        door.add(models.GraveCount(site=site(), category="woman", known=1, source=source))
    told = plain(section(text_of(client, "/sites/genk/"), "counts"))
    assert f"Persons in this register {own}" in told
    assert "1950" in told and "the register has 2 more" in told
    assert "1990" in told and "the register has 3 fewer" in told
    assert "2001" in told and "as many" in told
    assert "Counted: women" in told and "not one number of persons: not compared" in told
    assert "RIA Novosti" in told and "10 May 2025" in told
    stated = models.Statement.objects.get(site=site(), measure="persons buried")
    less = int(stated.low) - own
    assert f"the register has {less} fewer" in told


def test_a_count_of_words_or_several_numbers_is_not_compared() -> None:
    from sexton.web.register.burials.counts import stated

    genk = site()
    genk.persons_buried = "70 (embassy); 72 graves"
    assert next(row.beside(70) for row in stated(genk)) is None
    genk.persons_buried = " 72 "
    assert next(row.beside(70) for row in stated(genk)) == -2


def test_rows_by_source_are_those_of_the_records(client: Client) -> None:
    told = section(text_of(client, "/sites/genk/"), "counts")
    for source in models.Source.objects.filter(records__site=site()).distinct():
        rows = source.records.filter(site=site()).count()
        row = told.split(source.get_absolute_url())[1].split("</tr>")[0]
        assert f'<td class="number">{rows}</td>' in row


@pytest.mark.parametrize(
    ("values", "shown", "pin", "said"),
    [
        ({"coord_source": "municipality"}, "50.97, 5.50", False, "the middle of the commune"),
        ({"coord_precision": "municipality"}, "50.97, 5.50", False, "the middle of the commune"),
        ({"coord_precision": "site"}, "50.9654, 5.5001", True, "exact to the site"),
        ({"coord_precision": "grave"}, "50.965432, 5.500123", True, "exact to the grave"),
        ({}, "50.965, 5.500", False, "how exact they are is not stated"),
    ],
)
def test_coordinates_are_as_exact_as_they_are_and_no_more(
    client: Client, values, shown: str, pin: bool, said: str
) -> None:
    place = {"latitude": 50.965432, "longitude": 5.500123, "coord_source": "a walk"}
    with change("a test", "coordinates") as door:
        door.edit(site(), **{**place, "coord_precision": "", **values})
    text = text_of(client, "/sites/genk/")
    assert f"<dd>{shown}<br>" in text and said in text
    assert f'href="geo:{shown.replace(", ", ",")}"' in text
    assert ("mlat=" in text) == pin
    assert "leaves this site" in text
    german = text_of(client, "/de/sites/genk/")
    assert f'href="geo:{shown.replace(", ", ",")}"' in german  # no decimal commas in an address


def test_a_site_without_coordinates_says_so(client: Client) -> None:
    text = text_of(client, "/sites/mochamps/")
    assert "No coordinates are known." in text and "geo:" not in text


def test_all_names_with_their_sources(client: Client, source) -> None:
    with change("a test", "an old name") as door:
        name = models.SiteName(site=site(), name="Ehrenfriedhof <Genk>", language="de",
                               kind="former", source=source)  # fmt: skip
        door.add(name)
    text = section(text_of(client, "/sites/genk/"), "stated")
    assert "Former name" in text and "Ehrenfriedhof &lt;Genk&gt;" in text
    for named in site().names.values():
        assert named in text


def test_who_looks_after_it_by_whose_word(client: Client) -> None:
    told = plain(section(text_of(client, "/sites/genk/"), "care"))
    keeper = models.Organisation.objects.get(key="commune-of-genk")
    assert f"Kept by {keeper.name}" in told
    assert "town repairs stones" in told
    assert "That repairing the stones is looking after the plot." in told
    nobody = plain(section(text_of(client, "/sites/mochamps/"), "care"))
    assert nobody.count("not stated") == 2


def test_ceremonies_past_and_to_come(client: Client, source) -> None:
    with change("a test", "two ceremonies") as door:
        for key, day in (("old", "2001-05-08"), ("new", "2999-05-08")):
            event = models.Event(key=key, kind="commemoration", title=f"March {key}", site=site(),
                                 source=source, **dated(day))  # fmt: skip
            door.add(event)
    told = section(text_of(client, "/sites/genk/"), "ceremonies")
    coming, past = told.split("Past</h3>")
    assert "March new" in coming and "March old" not in coming and "8 May 2999" in coming
    assert "March old" in past
    without = plain(section(text_of(client, "/sites/mochamps/"), "ceremonies"))
    assert "No coming ceremony is known." in without and "tells of a ceremony here" in without


def test_who_was_reburied_elsewhere_is_told_and_never_left_out(client: Client, source) -> None:
    other = site("chimay")
    with change("a test", "a reburial") as door:
        man = a_person(door, "moved", "Moved Man")
        grave = door.add(models.Grave(site=site(), key="genk/7", plot="B", number="7"))
        first = door.add(models.Event(key="one", kind="burial", grave=grave, source=source))
        then = models.Event(key="two", kind="reburial", site=other, follows=first, source=source)
        door.add(then)
        laid(door, man, first, source)
        laid(door, man, then, source)
    there = section(text_of(client, "/sites/genk/?of=named"), "dead")
    there = there.split("Moved Man")[1].split("</li>")[0]
    assert "plot B, grave 7" in there and "/graves/genk/7/" in there
    assert "reburied later" in there and other.name_in("en") in there
    here = section(text_of(client, "/sites/chimay/"), "dead")
    assert "Moved Man" in here
    lying = plain(section(text_of(client, "/graves/genk/7/"), "lying"))
    assert "Moved Man" in lying and "was taken from here later" in lying


def test_a_grave_shows_markers_in_their_order_with_words_as_cut_and_as_read(client: Client) -> None:
    text = text_of(client, "/graves/lux-bous/1/")
    assert "Common grave" in text and "grave 1" in text.split("<h1")[1].split("</h1>")[0].lower()
    stands = section(text, "stands")
    assert "ZWEI UNBEKANNTE" in stands and "Two unknown" in stands and "since 1950" in stands
    assert "2 unknown" in plain(section(text, "counts"))
    assert "No source read so far says who lies here." in section(text, "lying")
    grave = models.Grave.objects.get(key="lux-bous/1")
    stone = models.Marker.objects.get(markings__grave=grave)
    with change("a test", "a cross came after, a slot is in it") as door:
        cross = door.add(models.Marker(site=grave.site, kind="cross", follows=stone))
        door.add(models.Marking(marker=cross, grave=grave))
        slot = models.Grave(site=grave.site, key="lux-bous/1/a", kind="slot", within=grave)
        door.add(slot)
        words = models.Inscription(marker=cross, text="<b>Х</b>\nУ", reading="Х[ристос]",
                                   language="ru", read_by="A. Reader")  # fmt: skip
        door.add(words)
    text = text_of(client, "/graves/lux-bous/1/")
    stands = section(text, "stands")
    assert stands.index("Stone") < stands.index("Cross")
    assert "in the place of: Stone" in plain(stands)
    assert "&lt;b&gt;Х&lt;/b&gt;\nУ" in stands and "read by A. Reader" in stands
    assert "/graves/lux-bous/1/a/" in section(text, "slots")
    assert "/graves/lux-bous/1/" in text_of(client, "/graves/lux-bous/1/a/")
    listed = text_of(client, "/sites/lux-bous/graves/")
    assert "/graves/lux-bous/1/" in listed and "1 place in it" in listed


def test_claims_on_a_grave_show_their_state(client: Client, source) -> None:
    grave = models.Grave.objects.get(key="lux-bous/1")
    with change("a test", "claims") as door:
        door.add(models.Claim(grave=grave, source=source, property="remarks", value="empty",
                              state="disproven", reason="opened in 1990"))  # fmt: skip
    told = section(text_of(client, "/graves/lux-bous/1/"), "claims")
    assert "<s>" in told and "opened in 1990" in told and "disproven" in told


def test_a_grave_that_is_not_there(client: Client) -> None:
    text_of(client, "/graves/nothing/", status=404)
    text_of(client, "/memorials/nothing/", status=404)
    text_of(client, "/sites/nothing/register/", status=404)


def test_memorials_by_kind_and_place(client: Client) -> None:
    every = text_of(client, "/memorials/")
    for memorial in models.Memorial.objects.all():
        assert f"/memorials/{memorial.key}/" in every
    plaques = models.Memorial.objects.filter(kind="plaque")
    text = text_of(client, "/memorials/?kind=plaque")
    assert text.count("<h2><a") == plaques.count() > 0
    there = text_of(client, "/memorials/?place=jumet")
    assert "/memorials/serna/" in there and there.count("<h2><a") < 29
    none = text_of(client, "/memorials/?place=nowhere&kind=plaque")
    assert "No memorial of this kind is known there." in none
    strange = text_of(client, "/memorials/?kind=%22%3E%3Cscript%3E&place=%00")
    assert "<script" not in without_script_files(strange).partition("<body>")[2]


def test_a_memorial_says_whom_it_remembers_where_and_by_whom(client: Client) -> None:
    text = text_of(client, "/memorials/serna/")
    assert "241 victims of the Serna mass grave" in text
    assert "/sites/jumet-serna-memorial/" in text and 'href="#source-1"' in text
    assert "No source read so far gives its inscription." in text
    assert "Monument du Charnier de la Serna" in text_of(client, "/fr/memorials/serna/")
    without_site = text_of(client, "/memorials/liege/")
    assert "at which site, no source says" in without_site


def test_an_empty_register_has_no_memorials(client: Client, empty_register: None) -> None:
    assert "No memorial is in this register yet." in text_of(client, "/memorials/")


def test_the_printable_register_holds_everybody_with_all_forms(client: Client) -> None:
    text = text_of(client, "/sites/genk/register/")
    assert text.count("<tr>") == 1 + len(dead.roll(site()).ids)
    for said in ("AGAFONOV", "Агафонов Сергей Алексеевич", "6 May 1943"):
        assert said in text
    assert "http://testserver/sites/genk/" in text
    assert re.search(r"State of the register: change \d+, \d+ \w+ \d{4}", text)
    assert "revuemethode.github.io/m042116.html" in section(text, "sources")


def test_a_long_register_is_printed_in_parts_whose_numbers_go_on(
    client: Client, monkeypatch
) -> None:
    monkeypatch.setattr("sexton.web.public.views.registers.PART", 30)
    number = len(dead.roll(site()).ids)
    seen = []
    for part in (1, 2, 3):
        text = text_of(client, f"/sites/genk/register/?page={part}")
        seen += re.findall(r'<tr><td class="number">(\d+)</td>', text)
    assert seen == [str(n) for n in range(1, number + 1)]


def test_the_table_is_the_register_as_csv(client: Client, source) -> None:
    with change("a test", "a name that is a formula") as door:
        event = door.add(models.Event(key="b", kind="burial", site=site(), source=source))
        laid(door, a_person(door, "risk", "=1+1"), event, source)
        name = models.PersonName(person=models.Person.objects.get(key="risk"), written="=1+1")
        name.source = source
        door.add(name)
    response = client.get("/sites/genk/register.csv")
    assert response.headers["Content-Type"].startswith("text/csv")
    assert 'filename="register-genk.csv"' in response.headers["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(b"".join(response.streaming_content).decode())))
    assert [row["number"] for row in rows] == [str(n + 1) for n in range(len(rows))]
    assert len(rows) == len(dead.roll(site()).ids)
    one = next(row for row in rows if "AGAFONOV" in row["names"])
    assert one["group"] == "restored" and one["death"] == "6 mai 1943"
    assert "Агафонов Сергей Алексеевич" in one["names"] and "m042116" in one["sources"]
    assert one["address"] == "http://testserver/persons/" + one["id"] + "/"
    assert next(row for row in rows if row["id"] == "risk")["names"] == "'=1+1"


def test_a_site_of_thousands_is_paged_and_stays_light(client: Client, source) -> None:
    people = [models.Person(key=f"many-{n}", name=f"Man {n:05}", sort_name=f"man {n:05}",
                            record_count=0) for n in range(2000)]  # fmt: skip
    with change("a test", "many") as door:
        door.add_many(people)
        event = door.add(models.Event(key="mass", kind="burial", site=site(), source=source))
        door.add_many([models.Participant(event=event, person=p, role="buried", source=source)
                       for p in people])  # fmt: skip
    answer = client.get("/ru/sites/genk/?of=named&page=7")
    assert len(answer.content) < 150_000
    assert answer.context["page"].paginator.count > 2000
    assert "Man 00" in answer.content.decode()
    history = plain(section(text_of(client, "/sites/genk/"), "history"))
    assert "and 1990 more" in history
    register = client.get("/sites/genk/register/")
    assert len(register.content) < 150_000 and register.context["page"].paginator.num_pages > 8


def test_events_of_single_persons_do_not_bury_the_history(client: Client, source) -> None:
    with change("a test", "a burial for each") as door:
        for n in range(70):
            event = models.Event(key=f"b{n}", kind="burial", site=site(), source=source)
            door.add(event)
        notable = models.Event(key="m", kind="marking", title="Stones are set", site=site(),
                               source=source)  # fmt: skip
        door.add(notable)
    history = section(text_of(client, "/sites/genk/"), "history")
    assert "Stones are set" in history
    assert re.search(r"\d+ more events are told on the pages of the persons", history)


def test_sites_nearby_are_near(client: Client) -> None:
    text = section(text_of(client, "/sites/zolder/"), "nearby")
    assert "/sites/zolder/" not in text
    assert re.findall(r"about (\d+) km", text)
    assert all(int(km) <= 20 for km in re.findall(r"about (\d+) km", text))

"""The page of a person: the name in the reader's script, the grave, what differs, citations."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape
from itertools import pairwise
from urllib.parse import quote

import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sexton.names import script
from sexton.web.public import qr
from sexton.web.register import models
from sexton.web.register.history import change
from sexton.web.register.models import dated

from .test_public_pages import LIGHT, Reader, prefixed, text_of

pytestmark = pytest.mark.django_db
SCHATUNOV, DOTSENKO, CITADELLE = "fr-methode-093", "fr-methode-062", "en-emb-citadelle-001"
MOST_QUERIES = 25
SHARED = [HealthCheck.function_scoped_fixture]  # a client that only reads


def address_of(record: str, language: str = "en") -> str:
    person = models.Membership.objects.get(record__key=record).person
    return prefixed(f"/persons/{quote(person.key)}/", language)


def person_of(record: str) -> models.Person:
    return models.Membership.objects.get(record__key=record).person


def section(text: str, name: str) -> str:
    return text.split(f'aria-labelledby="{name}"')[1].split("</section>")[0]


def plain(html: str) -> str:
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", html))).strip()


def heading(text: str) -> str:
    return plain(text.split("<h1")[1].split(">", 1)[1].split("</h1>")[0])


def head(text: str) -> str:
    return text.split('<div class="head">')[1].split('<nav class="contents"')[0]


# The name


def test_a_russian_reader_sees_cyrillic_first_and_what_is_cut_beside_it(client: Client) -> None:
    text = text_of(client, address_of(SCHATUNOV, "ru"))
    assert heading(text) == "Шатунов Афанасий Фёдорович"
    top = plain(head(text))
    assert "реконструирована, в источнике не прочитана" in top
    assert "Afanas SCHATUNOV Форма на могиле" in top
    assert "<title>Шатунов Афанасий Фёдорович" in text


def test_other_readers_see_the_latin_form_and_the_restored_one_beside(client: Client) -> None:
    for language in ("en", "fr", "nl", "de"):
        text = text_of(client, address_of(SCHATUNOV, language))
        assert heading(text) == "Afanas SCHATUNOV (Chatunov Afanasi Fedorovitch)"
        assert "Шатунов Афанасий Фёдорович" in head(text)


def test_a_name_that_a_source_writes_goes_before_a_restored_one(client: Client) -> None:
    text = text_of(client, address_of(DOTSENKO, "ru"))
    assert heading(text) == "Евгений Доценко"
    assert "Форма в источнике" in plain(head(text))


def test_a_conjecture_never_heads_a_page(client: Client) -> None:
    guesses = models.PersonName.objects.filter(basis="conjecture", language="ru")
    assert guesses.count() > 10
    alone = 0
    for guess in guesses.select_related("person"):
        text = text_of(client, prefixed(f"/persons/{guess.person.key}/", "ru"))
        assert heading(text) != guess.written
        alone += script(heading(text)) != "cyrillic"
        names = section(text, "names")
        assert "предположение" in names[names.index(guess.written) :]
    assert alone > 5  # no Cyrillic form is known of these, and the page says so


def test_who_reads_other_letters_is_told_so_and_given_a_rule_where_there_is_one(
    client: Client,
) -> None:
    with change("a test", "one record in Cyrillic") as door:
        fields = {"surname": "Щербак", "given": "Юрий", "language": "ru"}
        record = door.add(models.Record(key="cyrillic-only", fields=fields))
        person = door.add(models.Person(key="cyrillic-only", name="Щербак Юрий"))
        door.add(models.Membership(record=record, person=person, probability=1.0))
    text = text_of(client, "/persons/cyrillic-only/")
    assert heading(text) == "Щербак Юрий"
    assert "ISO 9:1995, not a reading: Ŝerbak Ûrij" in plain(head(text))
    assert "ISO 9" not in text_of(client, "/ru/persons/cyrillic-only/")
    latin = next(filter(_is_latin_only, models.Person.objects.filter(is_named=True)))
    assert "No source" not in head(text_of(client, latin.get_absolute_url()))
    assert "не пишет это имя кириллицей" in head(text_of(client, f"/ru/persons/{latin.key}/"))


def _is_latin_only(person: models.Person) -> bool:
    written = [name.written for name in person.names.all()]
    written += [member.record.name for member in person.memberships.all()]
    return all(script(text) == "latin" for text in written)


def test_each_form_says_what_it_is_and_links_to_who_writes_it(client: Client) -> None:
    text = text_of(client, address_of(SCHATUNOV))
    names = section(text, "names")
    forms = re.findall(r'<li><span class="name">(.*?)</li>', names, re.S)
    written = {name.written for name in person_of(SCHATUNOV).names.all()}
    assert {plain(form.split("</span></span>")[0]) for form in forms} == written
    for form in forms:
        assert re.search(r'href="/sources/\w+/"', form)
        assert f'class="ref" href="/records/{SCHATUNOV}/"' in form
    assert "Form on the grave" in names
    assert "printed in the source" in names
    assert "reconstructed, not read in a source" in names


def test_how_one_spelling_became_the_other_is_told_letter_by_letter(client: Client) -> None:
    names = plain(section(text_of(client, address_of(SCHATUNOV)), "names"))
    assert "Afanas SCHATUNOV → Шатунов Афанасий Фёдорович" in names
    assert "SCHATUNOV → Шатунов sch = ш, a = а, t = т" in names
    assert "sch = ш: German spelling." in names
    assert "The name is rare" not in names
    german = plain(section(text_of(client, address_of(SCHATUNOV, "de")), "names"))
    assert "sch = ш: deutsche Schreibweise" in german


def test_a_ruined_name_is_not_given_a_path(client: Client) -> None:
    from sexton.web.public.person.forms import how_changed

    (part,) = how_changed("TACTIONOFF Ivan", "Третьяков Ivan")
    assert (part.left, part.right, part.path) == ("TACTIONOFF", "Третьяков", "")
    assert "ruined past recognition" in str(part.why[0])


# The dates, the state, the path


def test_the_head_tells_dates_and_grave_as_stated_with_numbers(client: Client) -> None:
    top = head(text_of(client, address_of(DOTSENKO)))
    told = plain(top)
    assert re.search(
        r"Born 18 February 1912 .*17 November 1911 Source \d+ the sources disagree", told
    )
    assert re.search(r"Died 1 April 1944 .*March 1944", told)
    assert "Reburied at Comblain-au-Pont cemetery" in told
    assert 'href="#differing"' in top


def test_what_no_source_says_is_not_stated(client: Client) -> None:
    unborn = models.Claim.objects.filter(property="birth_date").values("record__membership__person")
    person = models.Person.objects.filter(is_named=True).exclude(pk__in=unborn).first()
    assert "Born not stated" in plain(head(text_of(client, person.get_absolute_url())))


def test_the_state_is_told_in_words(client: Client) -> None:
    from sexton.web.register.standing import standing_of

    for person in models.Person.objects.order_by("-record_count", "key")[:40]:
        listed = head(text_of(client, person.get_absolute_url())).split('<ul class="standing"')[1]
        told = [plain(words) for words in re.findall(r"<li>(.*?)</li>", listed)]
        assert told == [str(words) for words in standing_of(person).words], person.key
        assert "%" not in plain(listed)


# The grave


def test_the_way_to_a_grave_says_how_exact_it_is(client: Client) -> None:
    grave = section(text_of(client, address_of(SCHATUNOV)), "grave")
    site = models.Site.objects.get(key="montignies-sur-sambre")
    assert site.get_absolute_url() in grave
    assert "the middle of the commune, not the grave" in grave
    pair = f"{site.latitude:.2f},{site.longitude:.2f}"
    assert f'href="geo:{pair}"' in grave
    (outside,) = re.findall(r'href="(https://www.openstreetmap.org/[^"]+)" rel="([^"]+)"', grave)
    assert "mlat" not in outside[0]  # a pin would say: here
    assert outside[1] == "noreferrer external"
    assert "OpenStreetMap (leaves this site)" in grave
    assert "plot, row and number are not stated" in grave
    assert "No ceremony is recorded." in grave


def test_a_grave_of_its_own_has_its_place_and_its_own_coordinates(client: Client) -> None:
    person = person_of(SCHATUNOV)
    site = models.Site.objects.get(key="montignies-sur-sambre")
    with change("a test", "the plan of the cemetery") as door:
        where = {"latitude": 50.4012345, "longitude": 4.4812345, "coord_precision": "grave"}
        grave = door.add(
            models.Grave(site=site, key="m-1", plot="B", row="2", number="17", **where)
        )
        event = door.add(models.Event(key="laid", kind="burial", site=site, grave=grave))
        door.add(models.Participant(event=event, person=person, role="buried"))
        other = models.Person.objects.exclude(pk=person.pk).first()
        door.add(models.Participant(event=event, person=other, role="buried"))
    text = text_of(client, person.get_absolute_url())
    grave = plain(section(text, "grave"))
    assert "plot B, row 2, grave 17" in grave
    assert "the grave itself" in grave
    assert 'href="geo:50.401235,4.481235"' in text
    assert "?mlat=50.401235&amp;mlon=4.481235#map=19/" in text
    assert f'href="{other.get_absolute_url()}"' in section(text, "company")
    assert "In the same grave" in section(text, "company")


def test_a_grave_without_coordinates_names_the_commune(client: Client) -> None:
    site = models.Site.objects.get(key="montignies-sur-sambre")
    with change("a test", "the point was of another place") as door:
        door.edit(site, latitude=None, longitude=None)
    grave = section(text_of(client, address_of(SCHATUNOV)), "grave")
    assert "No coordinates are recorded." in grave
    assert f"Ask the commune of {site.municipality}." in grave
    assert "openstreetmap" not in grave


def test_who_looks_after_a_site_is_told_in_the_words_of_the_source(client: Client) -> None:
    record = models.Record.objects.filter(site__key="genk").first()
    grave = section(text_of(client, record.membership.person.get_absolute_url()), "grave")
    keeper = models.Site.objects.get(key="genk").caretaker
    assert f'href="{keeper.get_absolute_url()}"' in grave
    assert re.search(r"Town of Genk .*Source \d+", plain(grave))


def test_the_next_ceremony_stands_before_those_that_were(client: Client) -> None:
    text = section(text_of(client, address_of(DOTSENKO)), "grave")
    assert "No coming ceremony is recorded." in text
    assert "Orthodox memorial service at the Citadel" in text
    site = models.Site.objects.get(key="liege-citadelle")
    next_week = timezone.localdate() + timedelta(days=7)
    with change("a test", "an invitation") as door:
        for day, title in ((next_week, "The near one"), (next_week + timedelta(400), "The far")):
            values = {"site": site, "kind": "commemoration", "title": title}
            door.add(models.Event(key=f"c-{day}", **values, **dated(day.isoformat())))
    told = plain(section(text_of(client, address_of(DOTSENKO)), "grave"))
    coming = told.split("Next ceremony")[2].split("Ceremonies so far")[0]
    assert coming.index("The near one") < coming.index("The far")


def test_an_inscription_is_shown_as_cut_and_the_name_as_read(client: Client) -> None:
    person = person_of(SCHATUNOV)
    site = models.Site.objects.get(key="montignies-sur-sambre")
    with change("a test", "seen at the cemetery") as door:
        source = models.Source.objects.first()
        marker = door.add(models.Marker(site=site, kind="cross", source=source))
        door.add(models.Marking(marker=marker, person=person))
        values = {"marker": marker, "text": "SCHATUNOV\nAFANAS †", "language": "fr"}
        door.add(models.Inscription(**values, source=source))
    grave = section(text_of(client, person.get_absolute_url()), "grave")
    assert re.search(r'class="cut"><span class="written" lang="fr">SCHATUNOV\nAFANAS †', grave)
    assert "As cut (Cross)" in plain(grave)
    assert "The name as read Chatunov Afanasi Fedorovitch" in plain(grave)


def test_who_lies_nowhere_known_is_not_said_to_lie_anywhere(client: Client) -> None:
    record = models.Record.objects.filter(site=None, membership__person__record_count=1).first()
    text = text_of(client, record.membership.person.get_absolute_url())
    assert "No source in this register names a grave." in section(text, "grave")
    assert "Named by a source, not a burial." in head(text)


# What differs, who was with him


def test_contradictions_are_gathered_with_all_who_say_each(client: Client) -> None:
    differing = section(text_of(client, address_of(DOTSENKO)), "differing")
    hard = differing.split("<details")[0]
    assert "Birth: When" in plain(hard)
    assert plain(hard).index("18 February 1912") < plain(hard).index("17 November 1911")
    for record in ("fr-methode-b-017", "fr-methode-b-023"):
        assert f'href="/records/{record}/"' in hard
    assert "need not contradict each other" in differing
    assert "Tsaritsyne" in differing.split("<details")[1]
    assert 'id="differing"' not in text_of(client, address_of(SCHATUNOV))


def test_a_decision_stays_among_what_differs_with_its_reason(client: Client) -> None:
    claims = models.Claim.objects.filter(property="birth_date", record__key="fr-methode-b-017")
    with change("a reviewer", "the stone") as door:
        door.edit(claims.get(), state="disproven", reason="the card <of> the camp")
    hard = section(text_of(client, address_of(DOTSENKO)), "differing").split("<details")[0]
    assert re.search(r"<s><?.*17 November 1911", hard)
    assert "Reason: the card &lt;of&gt; the camp" in hard


def test_those_of_one_event_lead_to_each_other(client: Client) -> None:
    event = models.Event.objects.get(key="presgaux-action")
    parts = list(event.participants.select_related("person"))
    first, second = parts[0].person, parts[-1].person
    company = section(text_of(client, first.get_absolute_url()), "company")
    assert event.title in company
    assert f'href="{second.get_absolute_url()}"' in company
    assert f'href="{first.get_absolute_url()}"' not in company


def test_private_relations_and_hidden_papers_stay_private(client: Client) -> None:
    person, record = person_of(SCHATUNOV), models.Record.objects.get(key=SCHATUNOV)
    with change("a test", "a letter") as door:
        for name, private in (("Anna Shatunova", False), ("Her living son", True)):
            values = {"person": person, "kind": "wife", "named": name, "private": private}
            door.add(models.Relation(**values, record=record))
        tomorrow = timezone.localdate() + timedelta(days=1)
        shown = {"record": record, "rights_holder": "The archive", "licence": "CC BY 4.0"}
        door.add(models.Document(key="open", title="A card", use="public", **shown))
        door.add(models.Document(key="shut", title="A secret", use="private", record=record))
        late = {"hidden_until": tomorrow, "use": "public", "record": record}
        door.add(models.Document(key="late", title="Not before the family knows", **late))
    text = text_of(client, person.get_absolute_url())
    assert "Anna Shatunova" in section(text, "company")
    assert "A card" in section(text, "references")
    assert "CC BY 4.0" in section(text, "references")
    for hidden in ("Her living son", "A secret", "Not before the family"):
        assert hidden not in text


# Who says so


def test_records_are_cited_with_what_is_and_is_not_stated_of_their_source(client: Client) -> None:
    told = section(text_of(client, address_of(DOTSENKO)), "references")
    for record in models.Record.objects.filter(membership__person=person_of(DOTSENKO)):
        assert f'href="/records/{record.key}/"' in told
    assert "Not stated: reference, holder, licence, day of reading" in told
    record = models.Record.objects.select_related("source").get(key=SCHATUNOV)
    with change("a steward", "the archive's own words") as door:
        values = {"holder": "An archive", "reference": "Fonds 7, 12", "read_on": "2026-03-01"}
        door.edit(record.source, **values)
    told = plain(section(text_of(client, address_of(SCHATUNOV)), "references"))
    assert "Reference: Fonds 7, 12 · Holder: An archive" in told
    assert "Read on: 1 March 2026" in told
    assert "Not stated: licence" in told


def test_the_rows_beside_his_in_the_list_lead_to_their_men(client: Client) -> None:
    record = models.Record.objects.get(key=SCHATUNOV)
    before = models.Record.objects.get(file=record.file, row=record.row - 1)
    told = section(text_of(client, address_of(SCHATUNOV)), "references")
    assert f"before: {before.name}" in plain(told)
    assert f'href="{before.membership.person.get_absolute_url()}"' in told
    edge = models.Record.objects.filter(source=record.source).order_by("row").first()
    assert "before:" not in section(text_of(client, address_of(edge.key)), "references")


def test_the_list_of_persons_can_be_walked_from_page_to_page(client: Client) -> None:
    ordered = list(models.Person.objects.filter(is_named=True).order_by("sort_name", "key")[:6])
    for before, person, after in zip(ordered, ordered[1:], ordered[2:], strict=False):
        text = text_of(client, person.get_absolute_url())
        assert f'rel="prev" href="{before.get_absolute_url()}"' in text
        assert f'rel="next" href="{after.get_absolute_url()}"' in text
    assert 'rel="prev"' not in text_of(client, ordered[0].get_absolute_url())
    unnamed = models.Person.objects.filter(is_named=False).first()
    assert 'rel="next"' not in text_of(client, unnamed.get_absolute_url())


VALUE = re.compile(r"<dd>(?!<ul)(.*?)</dd>|<li>(.*?)</li>", re.S)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_every_value_of_the_life_links_to_its_source_in_one_step(client: Client, data) -> None:
    keys = sorted(models.Person.objects.values_list("key", flat=True))
    key = data.draw(st.sampled_from(keys))
    language = data.draw(st.sampled_from(["en", "ru"]))
    text = text_of(client, prefixed(f"/persons/{quote(key)}/", language))
    values = re.findall(r"<dd>(.*?)</dd>", head(text), re.S)
    if 'class="path"' in text:
        path = text.split('<ol class="path">')[1].split("</section>")[0]
        values += [one or other for one, other in VALUE.findall(path)]
    if 'id="differing"' in text:
        values += re.findall(r"<li>(.*?)</li>", section(text, "differing"), re.S)
    assert values
    for value in values:
        named = re.search(r'class="ref" href="(/ru)?/(records|sources)/[^"]+/"', value)
        assert named or 'class="missing"' in value, (key, value)
    links = set(re.findall(r'class="ref" href="([^"]+)"', text))
    listed = section(text, "references")
    assert {link for link in links if f'href="{link}"' not in listed} == set()


# Cite, share, print


def test_a_page_can_be_cited_in_words(client: Client) -> None:
    text = text_of(client, address_of(SCHATUNOV))
    cited = plain(text.split('class="citation"')[1].split(">", 1)[1].split("</p>")[0])
    last = models.Change.objects.order_by("-pk").first()
    assert "Afanas SCHATUNOV (Chatunov Afanasi Fedorovitch). In: Sexton" in cited
    assert f"person {SCHATUNOV}" in cited
    assert f"(change {last.pk})" in cited
    assert f"http://testserver/persons/{SCHATUNOV}/" in cited
    assert str(timezone.localdate().year) in cited
    russian = text_of(client, address_of(SCHATUNOV, "ru"))
    assert f"http://testserver/ru/persons/{SCHATUNOV}/" in russian


def test_a_citation_comes_as_bibtex(client: Client) -> None:
    response = client.get(f"/ru/persons/{SCHATUNOV}/citation.bib")
    text = response.content.decode()
    assert response["Content-Type"].startswith("application/x-bibtex")
    assert f"sexton-person-{SCHATUNOV}.bib" in response["Content-Disposition"]
    assert text.startswith(f"@misc{{sexton-person-{SCHATUNOV},\n")
    assert "title = {Шатунов Афанасий Фёдорович}," in text
    assert f"url = {{http://testserver/ru/persons/{SCHATUNOV}/}}," in text
    assert f"urldate = {{{timezone.localdate()}}}," in text
    assert text.count("{") == text.count("}")


def test_a_citation_comes_as_ris(client: Client) -> None:
    response = client.get(f"/records/{SCHATUNOV}/citation.ris")
    lines = response.content.decode().split("\r\n")
    assert lines[0] == "TY  - ELEC"
    assert lines[-2:] == ["ER  - ", ""]
    assert f"UR  - http://testserver/records/{SCHATUNOV}/" in lines
    assert all(re.fullmatch(r"[A-Z][A-Z0-9]  - .*", line) for line in lines[:-1])


def test_a_title_with_signs_of_its_own_breaks_no_file(client: Client) -> None:
    with change("a test", "a strange name") as door:
        name = "A_{b} 50 % \\ & co\nER  - x"
        person = door.add(models.Person(key="strange/key", name=name))
        record = door.add(models.Record(key="strange/key", fields={"name": name}))
        door.add(models.Membership(record=record, person=person, probability=1.0))
    bib = client.get("/persons/strange/key/citation.bib").content.decode()
    assert r"title = {A\_\{b\} 50 \% \textbackslash{} \& co ER - x}," in bib
    assert bib.startswith("@misc{sexton-person-strange-key,\n")
    ris = client.get("/persons/strange/key/citation.ris").content.decode()
    assert ris.count("\r\nER  - ") == 1
    for suffix in ("citation.bib", "citation.ris", "qr.svg"):
        assert client.get(f"/persons/nobody/{suffix}").status_code == 404


def test_the_code_on_paper_holds_the_address_of_the_page(client: Client, monkeypatch) -> None:
    asked: list[str] = []
    monkeypatch.setattr(qr, "svg", lambda address: asked.append(address) or b"<svg/>")
    response = client.get(f"/ru/persons/{SCHATUNOV}/qr.svg")
    assert asked == [f"http://testserver/ru/persons/{SCHATUNOV}/"]
    assert response["Content-Type"] == "image/svg+xml"


def test_a_code_is_a_small_picture_without_style_or_script() -> None:
    drawn = qr.svg("http://testserver/ru/persons/fr-methode-093/").decode()
    assert drawn.startswith("<svg")
    assert len(drawn) < 6_000
    assert not re.search(r"style|script|class=|width=\"\d+(px|mm)", drawn)
    assert "viewBox" in drawn
    assert 'fill="#fff"' in drawn  # white stays white on a dark screen
    longest = "http://testserver/persons/" + quote("я" * 200)
    assert qr.svg(longest) != qr.svg(longest[:-6])


def test_the_address_can_be_copied_by_hand(client: Client) -> None:
    text = text_of(client, address_of(SCHATUNOV))
    assert re.search(
        rf'<input id="address" readonly value="http://testserver/persons/{SCHATUNOV}/">', text
    )
    buttons = re.findall(r"<button type=\"button\"[^>]*>", section(text, "use"))
    assert len(buttons) == 3
    assert all(" hidden" in button for button in buttons)


# The page as a whole


def test_the_page_has_its_contents_and_headings_in_order(client: Client) -> None:
    for record in (SCHATUNOV, DOTSENKO):
        text = text_of(client, address_of(record))
        contents = text.split('<nav class="contents"')[1].split("</nav>")[0]
        anchors = re.findall(r'href="#([^"]+)"', contents)
        sections = re.findall(r'<section aria-labelledby="([^"]+)"', text)
        assert [name for name in sections if name in anchors] == anchors
        assert set(sections) == set(anchors)
        levels = [int(level) for level in re.findall(r"<h(\d)", text.split("<main")[1])]
        assert levels[0] == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))


@pytest.mark.parametrize("language", ["en", "ru"])
def test_the_fullest_pages_stay_light_and_ask_little(
    client: Client, django_assert_max_num_queries, language: str
) -> None:
    for person in models.Person.objects.order_by("-record_count")[:12]:
        # What is counted once for a state of the register is counted now, by another address.
        client.get(f"{prefixed(person.get_absolute_url(), language)}?counted=now")
        with django_assert_max_num_queries(MOST_QUERIES):
            response = client.get(prefixed(f"/persons/{person.key}/", language))
        assert len(response.content) < LIGHT


def test_the_page_asks_no_more_where_the_register_is_larger(client: Client) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get(address_of(SCHATUNOV))
        return len(queries)

    before = asked()
    person = person_of(SCHATUNOV)
    with change("a test", "more of the same") as door:
        site = models.Site.objects.get(key="montignies-sur-sambre")
        for number in range(30):
            values = {"site": site, "kind": "commemoration", "title": f"No {number}"}
            event = door.add(models.Event(key=f"many-{number}", **values, **dated("2019")))
            door.add(models.Participant(event=event, person=person, role="commemorated"))
    assert asked() - before <= 6
    assert len(Reader(text_of(client, address_of(SCHATUNOV))).links) > 30


# The record


def test_a_record_can_be_cited_and_leads_to_its_neighbours(client: Client) -> None:
    text = text_of(client, f"/records/{SCHATUNOV}/")
    assert f"http://testserver/records/{SCHATUNOV}/" in text
    assert f'href="/records/{SCHATUNOV}/citation.bib"' in text
    record = models.Record.objects.get(key=SCHATUNOV)
    after = models.Record.objects.get(file=record.file, row=record.row + 1)
    assert after.membership.person.get_absolute_url() in section(text, "beside")
    assert "Not stated: reference, holder, licence, day of reading" in text
    for column, written in record.fields.items():
        if column not in {"source", "burial_place", "language", "sex", "role"}:
            assert written in unescape(text), column


def test_a_record_that_was_written_anew_leads_to_the_newer_one(client: Client) -> None:
    record = models.Record.objects.get(key=SCHATUNOV)
    with change("a test", "the list says otherwise") as door:
        door.add(models.Record(key=f"{SCHATUNOV}~2", fields=record.fields, replaces=record))
    assert f'href="/records/{SCHATUNOV}~2/"' in text_of(client, record.get_absolute_url())
    newer = text_of(client, f"/records/{SCHATUNOV}~2/")
    assert f'href="/records/{SCHATUNOV}/"' in section(newer, "beside")

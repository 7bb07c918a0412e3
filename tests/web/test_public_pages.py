"""Every page answers in every language, lightly, safely, and leads on to its sources."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation
from django.utils.html import escape

from sexton.messages import Message
from sexton.web.register import models, services
from sexton.web.register.history import change

from .conftest import PACK, Clusters, Finding, Member

pytestmark = pytest.mark.django_db

LANGUAGES = ["en", "fr", "nl", "de", "ru"]
PERSON_OF_FOUR = "en-emb-zolder-001"
PAGES = {
    "home": "/",
    "sites": "/sites/",
    "province": "/sites/?province=Li%C3%A8ge",
    "site": "/sites/genk/",
    "site without coordinates": "/sites/mochamps/",
    "map": "/map/",
    "map of some": "/map/?camp=stalag-304&layer=graves&box=4.5,50.5,6,51.2",
    "site with a grave": "/sites/lux-bous/",
    "graves": "/sites/lux-bous/graves/",
    "grave": "/graves/lux-bous/1/",
    "register": "/sites/genk/register/",
    "memorials": "/memorials/",
    "memorial": "/memorials/serna/",
    "persons": "/persons/",
    "unnamed": "/persons/?name=unnamed",
    "person": f"/persons/{PERSON_OF_FOUR}/",
    "record": "/records/fr-methode-210/",
    "organisations": "/organisations/",
    "organisation": "/organisations/stalag-304/",
    "days": "/days/",
    "year": "/days/1944/",
    "day": "/days/1943-02-09/",
    "places": "/places/",
    "place": "/places/zolder/",
    "sources": "/sources/",
    "statements": "/statements/",
    "compared": "/statements/?about=sites&own=yes",
    "numbers": "/numbers/",
    "months": "/numbers/deaths-by-month/",
    "ages": "/numbers/ages/",
    "mines": "/numbers/mines/",
    "named by site": "/numbers/sites/",
    "regions": "/numbers/regions/",
    "nobody's nationality": "/numbers/nationality/",
    "growth": "/numbers/growth/",
    "mine": "/organisations/mine-winterslag/",
    "month": "/days/1944-04/",
    "findings": "/findings/",
    "about": "/about/",
    "search form": "/search/",
}
LIGHT = 150_000
MOST_QUERIES = 14
MOST_OF_A_PERSON = 25  # all that is said of one man, each value with its source
MANY = {"person", "site", "site without coordinates", "site with a grave"}


class Reader(HTMLParser):
    """What a page holds: links, ids, headings, the things that a strict policy forbids."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.tags: list[str] = []
        self.inline: list[str] = []
        self.scripts: list[str] = []
        self.ids: list[str] = []
        self.labelled: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        self.inline += [name for name in values if name == "style" or name.startswith("on")]
        if tag == "script":
            self.scripts.append(values.get("src") or values.get("type", "inline"))
        if tag == "a":
            self.links.append(values.get("href", ""))
        if "id" in values:
            self.ids.append(values["id"])
        self.labelled += values.get("aria-labelledby", "").split()


def text_of(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, address
    return response.content.decode()


def without_script_files(text: str) -> str:
    """A page without the scripts that are files of the site: what is left has none."""
    return re.sub(r'<script src="/static/[\w./?=-]+" defer></script>', "", text)


def prefixed(address: str, language: str) -> str:
    return address if language == "en" else f"/{language}{address}"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_every_page_answers_in_every_language(client: Client, page: str, language: str) -> None:
    text = text_of(client, prefixed(PAGES[page], language))
    assert f'<html lang="{language}">' in text
    assert len(text.encode()) < LIGHT


@pytest.mark.parametrize("page", PAGES)
def test_pages_hold_no_script_no_style_and_sound_markup(client: Client, page: str) -> None:
    text = text_of(client, PAGES[page])
    reader = Reader(without_script_files(text))
    assert not {"style", "iframe", "object"} & set(reader.tags)
    # Linked data is no script: it is not run, and stands in none but this type.
    assert set(reader.scripts) <= {"application/ld+json"}
    assert reader.inline == []
    assert reader.tags.count("h1") == reader.tags.count("main") == 1
    assert len(reader.ids) == len(set(reader.ids))
    assert set(reader.labelled) <= set(reader.ids)


@pytest.mark.parametrize("page", PAGES)
def test_pages_ask_the_database_a_few_times_only(
    client: Client, django_assert_max_num_queries: Callable, page: str
) -> None:
    fuller = {"organisation": 18, "mine": 18}
    most = MOST_OF_A_PERSON if page in MANY else fuller.get(page, MOST_QUERIES)
    # What is counted once for a state of the register is counted now, by way of another address.
    client.get(f"{PAGES[page]}{'&' if '?' in PAGES[page] else '?'}counted=now")
    with django_assert_max_num_queries(most):
        client.get(PAGES[page])


def test_every_internal_link_of_the_main_pages_leads_somewhere(client: Client) -> None:
    found = {
        link
        for page in PAGES.values()
        for link in Reader(text_of(client, page)).links
        if link.startswith("/")
    }
    assert len(found) > 200
    broken = [link for link in sorted(found)[::3] if client.get(link).status_code != 200]
    assert broken == []


def test_every_site_and_source_page_answers(client: Client) -> None:
    for site in models.Site.objects.all():
        text_of(client, f"/ru/sites/{site.key}/")
    for source in models.Source.objects.all()[::4]:
        text_of(client, f"/nl/sources/{source.key}/")


def test_the_headers_are_strict(client: Client) -> None:
    headers = client.get("/").headers
    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_no_page_sets_a_cookie(client: Client) -> None:
    for page in PAGES.values():
        assert not client.get(page).cookies


def test_the_home_page_says_whose_its_figures_are(client: Client) -> None:
    text = text_of(client, "/")
    assert re.search(r"This register's own count, on \d+ \w+ \d{4}", text)
    for statement in models.Statement.objects.filter(stated_on="2025-05-10", site=None):
        assert statement.value in text
    assert "Immortal Regiment" in text
    assert "10 May 2025" in text


def test_every_stated_number_says_who_said_it_when_of_when_and_where(client: Client) -> None:
    home, every = text_of(client, "/"), text_of(client, "/statements/")
    others = home[home.index("Others have said") : home.index("All statements")]
    numbers = models.Statement.objects.filter(site=None).exclude(low=None)
    shown = numbers.order_by("-stated_on", "id")[:6]
    assert others.count("<dt") == len(shown) == 6
    for text, statements in ((others, shown), (every, models.Statement.objects.all())):
        for statement in statements:
            assert escape(statement.stated_by) in text
            where = statement.source.get_absolute_url() if statement.source else "https://www."
            assert f'<a href="{where}' in text
    for label in ("Stated by", "Stated on", "Of when", "Source"):
        assert others.count(f'<span class="label">{label}</span>') == len(shown)
    assert every.count("<tr>") == 1 + models.Statement.objects.count()


def test_a_statement_that_says_neither_when_nor_who_is_shown_as_such(client: Client) -> None:
    with change("a test", "a bare number") as door:
        bare = models.Statement(key="bare", subject="belgium", measure="graves", value="7", low=7,
                                stated_on="")  # fmt: skip
        door.add(bare)
    text = text_of(client, "/statements/")
    row = text[text.index('lang="en">graves</th>') :]
    assert row[: row.index("</tr>")].count("not stated") == 3
    assert "no source named" in row[: row.index("</tr>")]


def test_an_address_in_a_citation_is_a_link_and_nothing_else_is() -> None:
    from sexton.web.public.templatetags.sexton import cited

    told = cited('see https://a.example/x?y=1, "<b>" (2020)')
    assert 'href="https://a.example/x?y=1"' in told
    assert "</a>, &quot;&lt;b&gt;&quot; (2020)" in told
    assert cited("javascript:alert(1)") == "javascript:alert(1)"


def test_a_person_shows_every_source_side_by_side(client: Client) -> None:
    text = text_of(client, f"/persons/{PERSON_OF_FOUR}/")
    person = models.Person.objects.get(key=PERSON_OF_FOUR)
    for member in person.memberships.select_related("record__source"):
        assert f"/records/{member.record.key}/" in text
        assert member.record.source.get_absolute_url() in text
    assert "СИГАЕВ Виктор" in text
    assert "23 octobre 1919" in text
    assert "written differently" in text
    assert "Several records that a source says are of one person" in text


def test_certainty_is_never_claimed(client: Client) -> None:
    text = text_of(client, f"/persons/{PERSON_OF_FOUR}/")
    assert "more than 99 in 100" in text
    assert "100 %" not in text
    assert "100%" not in text


def test_evidence_is_quoted_and_escaped(client: Client) -> None:
    text = text_of(client, f"/persons/{PERSON_OF_FOUR}/")
    assert "А &amp; Б" in text
    assert "&lt;b&gt;" in text
    assert "+12.5" in text
    assert "+12,5" in text_of(client, f"/de/persons/{PERSON_OF_FOUR}/")


def test_the_key_of_any_record_leads_to_its_person(client: Client) -> None:
    response = client.get("/persons/ru-emb-zolder-001/")
    assert response.status_code == 302
    assert response.url == f"/persons/{PERSON_OF_FOUR}/"


def test_survivors_are_not_shown_as_buried(client: Client) -> None:
    for key in ("fr-methode-b-007", "fr-methode-b-022"):
        person = models.Membership.objects.get(record__key=key).person
        assert "not a burial" in text_of(client, person.get_absolute_url())


def test_an_unnamed_grave_is_quoted_not_named(client: Client) -> None:
    record = models.Record.objects.filter(
        is_named=False, fields__name__startswith="Prisonnier militaire"
    ).first()
    text = text_of(client, record.membership.person.get_absolute_url())
    assert "<h1" in text
    assert "Unnamed" in text.split("<h1")[1].split("</h1>")[0]
    assert "Prisonnier militaire soviétique inconnu" in text


def test_a_record_shows_its_row_and_how_it_is_read(client: Client) -> None:
    text = text_of(client, "/records/fr-methode-210/")
    assert "27 avril 1944" in text
    assert "27 April 1944" in text
    assert "27. April 1944" in text_of(client, "/de/records/fr-methode-210/")
    assert "revuemethode.github.io" in text


def test_a_site_tells_stated_counts_from_counted_rows(client: Client) -> None:
    text = text_of(client, "/sites/genk/")
    assert models.Site.objects.get(key="genk").persons_buried in text
    rows = models.Record.objects.filter(site__key="genk", source__url__endswith="m042116.html")
    assert f'<td class="number">{rows.count()}</td>' in text
    assert "RIA Novosti" in text


def test_sites_without_coordinates_stand_in_the_list(client: Client) -> None:
    text = text_of(client, "/sites/")
    for site in models.Site.objects.filter(latitude=None):
        assert f'href="/sites/{site.key}/"' in text


def test_a_source_shows_what_was_taken_from_it(client: Client) -> None:
    source = models.Source.objects.get(url="https://revuemethode.github.io/m042103.html")
    text = text_of(client, source.get_absolute_url())
    for record in source.records.all():
        assert record.get_absolute_url() in text
    assert "W. Burie" in text


def test_findings_can_be_filtered(client: Client) -> None:
    both = text_of(client, "/findings/")
    assert "Konovalov and &lt;i&gt;" in both
    assert "/sites/engreux/" in both
    errors = text_of(client, "/findings/?severity=error")
    assert "<p>Engreux old cemetery</p>" in errors
    assert "Konovalov and" not in errors
    assert "/sites/engreux/" in errors
    assert "0 findings" in text_of(client, "/findings/?kind=nothing-like-it")


def test_open_findings_stand_first_and_settled_ones_folded_with_reasons(client: Client) -> None:
    text = text_of(client, "/findings/")
    first, settled = text.split('<h2 id="settled">')
    assert ("2 findings" in first, "plate was set" in first) == (True, False)
    assert settled.count("<details>") == 3
    assert "<q>the plate was set in 1950</q>" in settled
    assert "a row is &lt;missing&gt;" in settled
    assert "No longer found since" in settled
    assert "a reviewer" not in text  # who judged is in the history, not on a public page
    mended = text_of(client, "/findings/?state=mended")
    assert ("1 finding<" in mended, "Settled" in mended) == (True, False)
    assert "2 findings" in text_of(client, "/findings/?state=%22%3E")


def test_a_page_leaves_out_what_is_no_fault(client: Client) -> None:
    assert "plate was set" not in text_of(client, "/records/fr-methode-260/")
    assert "a row is &lt;missing&gt;" in text_of(client, "/sites/genk/")
    assert "Plotniko</p>" not in text_of(client, "/records/fr-methode-082/")


def test_a_finding_whose_facts_changed_shows_what_was_said_before(client: Client) -> None:
    changed = Finding("count_against_rows", "warning", ("genk",), Message("%(rows)d", {"rows": 70}))
    services.store_findings([changed])
    text = text_of(client, "/findings/")
    assert "Open again" in text
    assert re.search(r"Then it said:\s+71", text)


def test_the_page_of_findings_says_where_the_register_is_ahead_of_it(client: Client) -> None:
    assert "last run" not in text_of(client, "/")  # findings were stored, but nothing was audited
    services.refresh()
    assert "Last audited on" in text_of(client, "/findings/")
    assert "has changed since" not in text_of(client, "/findings/")
    assert "last run on" in text_of(client, "/")
    with change("a test", "one more") as door:
        door.add(models.Record(key="one-more", fields={"surname": "Orlov"}))
    assert "has changed since" in text_of(client, "/findings/")


def test_a_register_without_findings_says_why(client: Client, empty_register: None) -> None:
    assert "<code>sexton refresh</code>" in text_of(client, "/findings/")
    services.refresh()
    assert "has found nothing" in text_of(client, "/findings/")


def test_every_kind_of_finding_has_words() -> None:
    from dataclasses import asdict

    from sexton.audit import audit
    from sexton.records import load_mapping, read_person_list, read_sites
    from sexton.web.register.labels import FINDING_KINDS, SEVERITIES

    read = read_person_list(PACK / "entries.csv", load_mapping("belgium"))
    sites = [asdict(row) for row in read_sites(PACK / "sites.csv").rows]
    found = audit(read.records, sites=sites)
    assert len(found) > 10
    assert {finding.kind for finding in found} <= set(FINDING_KINDS)
    assert {finding.severity for finding in found} <= set(SEVERITIES)


def test_the_list_of_persons_can_be_filtered_and_turned(client: Client) -> None:
    first = text_of(client, "/persons/?role=partisan&role=pow")
    assert "role=partisan&amp;role=pow&amp;page=2" in first
    assert text_of(client, "/persons/?role=partisan&role=pow&page=2") != first
    several = models.Person.objects.filter(record_count__gt=1).count()
    assert f"{several} persons" in text_of(client, "/persons/?sources=several")
    strange = text_of(client, "/persons/?page=9999&role=%22%3E%3Cscript%3E")
    assert "<script" not in without_script_files(strange)


def test_a_page_that_is_not_there_helps(client: Client) -> None:
    for address in ("/nothing/", "/persons/nobody/", "/ru/records/none/", "/sources/abc/"):
        text = text_of(client, address, status=404)
        assert 'role="search"' in text
    assert "Такой страницы" in text_of(client, "/ru/records/none/", status=404)


def test_an_error_page_needs_no_database(client: Client, rf) -> None:
    from sexton.web.public.views.errors import server_error

    with translation.override("fr"):
        response = server_error(rf.get("/fr/"))
    assert response.status_code == 500
    assert "Une erreur" in response.content.decode()


@pytest.mark.parametrize("page", ["home", "sites", "persons", "sources", "statements"])
def test_an_empty_register_says_how_to_fill_it(
    client: Client, empty_register: None, page: str
) -> None:
    assert "sexton demo" in text_of(client, PAGES[page])


def test_markup_in_the_data_is_shown_as_text(client: Client, empty_register: None) -> None:
    nasty = '<script>alert("x")</script>'
    fields = {"name": nasty, "surname": nasty, "language": '"><b>'}
    with change("a test", "markup in the data") as door:
        source = door.add(models.Source(key="s", url="javascript:alert(1)", title=nasty))
        door.add_many([models.Record(key="a/b ?&c", fields=fields, source=source)])
    services.store_clusters(Clusters((Member("a/b ?&c", "x", 0.9),), ()))
    services.store_findings([Finding("odd", "note", ("a/b ?&c",), _message(nasty))])
    record = models.Record.objects.get()
    for address in (
        record.get_absolute_url(),
        models.Person.objects.get().get_absolute_url(),
        source.get_absolute_url(),
        "/persons/",
        "/findings/",
    ):
        text = text_of(client, address)
        bare = without_script_files(text)
        assert "<script>" not in bare
        assert bare.count("</script>") == bare.count('<script type="application/ld+json">')
        assert "&lt;script&gt;" in text
        assert 'href="javascript:' not in text


def _message(text: str):
    from sexton.messages import Message

    return Message("It says %(text)s", {"text": text})


def test_every_language_is_offered_on_every_page(client: Client) -> None:
    links = Reader(text_of(client, "/ru/sites/?province=Namur")).links
    for code, _name in settings.LANGUAGES:
        if code != "ru":
            assert prefixed("/sites/?province=Namur", code) in links

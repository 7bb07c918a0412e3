"""Numbers, statements, sources and organisations: counts with their denominator and their data."""

from __future__ import annotations

import csv
import json
import re
from html.parser import HTMLParser

import pytest
from django.db.models import Q
from django.test import Client
from django.utils.html import escape

from sexton.web.public.figures.words import WORDS
from sexton.web.register import models
from sexton.web.register.figures import beside
from sexton.web.register.figures.keep import figures
from sexton.web.register.history import change
from sexton.web.register.models import dated

from .test_public_pages import LANGUAGES, LIGHT, prefixed, text_of

pytestmark = pytest.mark.django_db
# In these a person stands in one row, so that rows and rest add up to everybody.
ONE_ROW = ("deaths-by-month", "roles", "republics", "regions")


class Cells(HTMLParser):
    """The texts of the cells of the one table of a page, row by row."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        self._inside = False
        self.feed(text[text.index('<table class="tallies">') : text.index("</table>")])

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in ("th", "td"):
            self.rows[-1].append("")
            self._inside = True

    def handle_endtag(self, tag: str) -> None:
        self._inside = self._inside and tag not in ("th", "td")

    def handle_data(self, data: str) -> None:
        if self._inside:
            self.rows[-1][-1] += data


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", WORDS)
def test_every_figure_has_a_page_with_its_words(client: Client, slug: str, language: str) -> None:
    text = text_of(client, prefixed(f"/numbers/{slug}/", language))
    assert len(text.encode()) < LIGHT
    assert str(WORDS[slug].how)[:40] in text or language != "en"
    plots = text.count('<svg class="plot"')
    assert plots == (1 if figures()[slug].rows else 0)
    if plots:
        for part in ('role="img"', f'<title id="{slug}-title">', f'<desc id="{slug}-desc">'):
            assert part in text


@pytest.mark.parametrize("slug", ONE_ROW)
def test_nobody_is_left_out_of_a_figure(client: Client, slug: str) -> None:
    everybody = models.Person.objects.count()
    figure = figures()[slug]
    assert figure.of == everybody
    assert figure.counted + sum(row.total for row in figure.apart) == everybody
    rows = Cells(text_of(client, f"/numbers/{slug}/")).rows[1:]
    assert sum(int(row[-1]) for row in rows) == everybody


@pytest.mark.parametrize("slug", WORDS)
def test_the_files_hold_what_the_table_shows(client: Client, slug: str) -> None:
    response = client.get(f"/numbers/{slug}.csv")
    assert response["Content-Type"].startswith("text/csv")
    lines = response.content.decode().splitlines()
    head = [line for line in lines if line.startswith("# ")]
    said = {line[2:].split(": ")[0] for line in head}
    assert {"title", "register changed", "made by", "licence", "how it is counted"} <= said
    listed = list(csv.DictReader(lines[len(head) :]))
    table = Cells(text_of(client, f"/numbers/{slug}/")).rows[1:]
    assert len(listed) == len(table)
    data = client.get(f"/numbers/{slug}.json").json()
    for row, cells, held in zip(listed, table, data["rows"], strict=True):
        assert row["name"].lower() in cells[0].lower()
        numbers = [
            int(row[name]) for name in row if name not in ("key", "name", "group") and row[name]
        ]
        shown = [int(cell) for cell in cells[1:]]
        assert shown[: len(numbers)] == numbers == list(held["values"].values())
    assert data["counts"]["of"] == figures()[slug].of


def test_a_month_is_named_in_the_readers_language_and_leads_to_its_page(client: Client) -> None:
    for language, name in (("en", "August 1944"), ("ru", "август 1944"), ("de", "August 1944")):
        text = text_of(client, prefixed("/numbers/deaths-by-month/", language))
        assert re.search(rf'href="[^"]*/days/1944-08/">{name}', text, re.I)


def test_an_unknown_figure_is_none(client: Client) -> None:
    for address in ("/numbers/shoes/", "/numbers/shoes.csv", "/numbers/of-sources/"):
        assert client.get(address).status_code == 404


def test_an_empty_register_has_no_numbers_and_says_so(client: Client, empty_register: None) -> None:
    assert "The register is empty" in text_of(client, "/numbers/")
    for slug in WORDS:
        assert '<svg class="plot"' not in text_of(client, f"/numbers/{slug}/")


def test_what_a_source_writes_is_escaped_and_no_formula(client: Client) -> None:
    man = models.Person.objects.first()
    with change("a test", "a trap") as door:
        paper = door.add(models.Source(key="trap", title="Trap"))
        for value in ('<b>"major"</b>', "=SUM(A1)"):
            door.add(models.Claim(person=man, source=paper, property="rank", value=value))
    page = text_of(client, "/numbers/ranks/")
    assert "<b>" not in page
    assert escape('<b>"major"</b>') in page
    assert "\n=SUM(A1),'=SUM(A1)," not in (
        told := client.get("/numbers/ranks.csv").content.decode()
    )
    assert "'=SUM(A1),'=SUM(A1),counted,1" in told


def test_a_stated_number_stands_beside_the_count_of_the_same_thing(client: Client) -> None:
    text = text_of(client, "/statements/")
    for statement in models.Statement.objects.all():
        own = beside.own(statement)
        row = text[text.index(f'lang="en">{escape(statement.measure)}</th>') :]
        if own.number is not None and statement.site_id:
            assert f'<span class="strong">{own.number}</span>' in row[: row.index("</tr>")]
    assert text.count("Not the same measure") == sum(
        1
        for one in models.Statement.objects.all()
        if beside.own(one).rule in (beside.ALL_MEN, beside.GRAVES)
    )


def test_statements_can_be_filtered_and_taken_away(client: Client) -> None:
    total = models.Statement.objects.count()
    of_sites = models.Statement.objects.exclude(site=None).count()
    sites = text_of(client, "/statements/?about=sites")
    assert sites.count("<tr>") == 1 + of_sites
    compared = text_of(client, "/statements/?own=yes")
    assert "Not the same measure" not in compared
    assert text_of(client, "/statements/?about=%22%3E").count("<tr>") == 1 + total
    lines = client.get("/statements/statements.csv").content.decode().splitlines()
    rows = list(csv.DictReader(line for line in lines if not line.startswith("# ")))
    assert len(rows) == total
    data = json.loads(client.get("/statements/statements.json").content)
    assert [row["key"] for row in data["rows"]] == [row["key"] for row in rows]
    genk = next(row for row in data["rows"] if row["measure"] == "persons buried")
    assert genk["own_count"] == beside.own(models.Statement.objects.get(key=genk["key"])).number


def test_sources_can_be_filtered_and_ordered(client: Client) -> None:
    russian = models.Source.objects.filter(language="ru").count()
    text = text_of(client, "/sources/?language=ru")
    assert f"{russian} sources" in text
    unsaid = models.Source.objects.filter(language="").count()
    assert f"{unsaid} sources" in text_of(client, "/sources/?language=-")
    assert "No source is of this kind" in text_of(client, "/sources/?language=xx")
    titles = re.findall(r'<h2><a href="/sources/(\w+)/', text_of(client, "/sources/?sort=title"))
    wanted = models.Source.objects.order_by("title", "url", "key")[: len(titles)]
    assert titles == [source.key for source in wanted]


def test_a_source_says_how_much_of_it_is_here_and_how_others_agree(client: Client) -> None:
    source = models.Source.objects.get(url="https://revuemethode.github.io/m042116.html")
    text = text_of(client, source.get_absolute_url())
    rows = dict(re.findall(r"<dt>([^<]*)</dt><dd>([^<]*)</dd>", text))
    assert rows["Records taken from it"] == str(source.records.count())
    claims = models.Claim.objects.filter(Q(record__source=source) | Q(source=source)).count()
    assert rows["Values that it gives"] == str(claims)
    parts = ("No other source gives one", "All others can mean the same day",
             "Another source gives a day that cannot be the same")  # fmt: skip
    dates = int(rows["Dates of birth and death that it gives"])
    assert sum(int(rows[part]) for part in parts) == dates > 100
    assert "Page 1 of" in text
    first = source.records.order_by("key").first()
    assert first.get_absolute_url() in text
    assert "not stated" in text.split("Licence")[1][:60]


def test_an_organisation_tells_where_from_and_onward_to(client: Client) -> None:
    mine = models.Organisation.objects.get(key="mine-winterslag")
    with change("a steward", "a card") as door:
        movement = models.Organisation.objects.get(key="zoro")
        for name in ("A <b>", "B"):
            man = door.add(models.Person(key=name[0], name=name, sort_name=name))
            door.add(models.Affiliation(person=man, organisation=mine, **dated("1942")))
            door.add(models.Affiliation(person=man, organisation=movement, **dated("1944")))
    text = text_of(client, "/organisations/mine-winterslag/")
    moves = text[text.index('<table class="moves">') : text.index("</table>", text.index("moves"))]
    row = moves[moves.index("/organisations/zoro/") :]
    assert '<td class="number">2</td><td class="number">2</td>' in row[: row.index("</tr>")]
    assert "A &lt;b&gt;" in row
    assert "This register counts" in text
    assert "/organisations/mine-winterslag/" in text_of(client, "/organisations/zoro/")
    for kind in ("camp", "mine", "resistance_movement"):
        assert '<p class="prose">' in text_of(client, f"/organisations/?kind={kind}")


def test_a_month_is_a_calendar_of_its_days(client: Client) -> None:
    text = text_of(client, "/days/1944-04/")
    assert '<table class="month">' in text
    assert 'href="/days/1944-04-01/"' in text
    assert "/days/1944-04-31/" not in text
    assert ">Пн<" in text_of(client, "/ru/days/1944-04/")
    years = text_of(client, "/days/")
    assert 'href="/days/1944-04/"' in years
    assert "апрель 1944" in text_of(client, "/ru/days/").lower()


def test_a_row_that_says_no_language_is_listed_at_its_source(client: Client) -> None:
    with change("a test", "a bare row") as door:
        paper = door.add(models.Source(key="bare", title="Bare"))
        door.add(models.Record(key="bare-row", fields={"surname": "Orlov"}, source=paper))
    text = text_of(client, "/sources/bare/")
    assert 'href="/records/bare-row/"' in text
    assert "Orlov" in text


def test_a_region_is_named_in_the_readers_letters(client: Client) -> None:
    assert ">Сталинградская обл.<" in text_of(client, "/ru/numbers/regions/")
    english = text_of(client, "/numbers/regions/")
    assert ">Stalingrad<" in english
    assert "Сталинградская обл., Russian SFSR" in english

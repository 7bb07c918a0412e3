"""What sources give, how far they agree, and how the register grew."""

from __future__ import annotations

import pytest

from sexton.web.register import models
from sexton.web.register.figures import sources, testimony
from sexton.web.register.history import change
from sexton.web.register.models import dated

pytestmark = pytest.mark.django_db


@pytest.fixture
def three(db: None) -> None:
    """Three sources on one man: two can mean one day of death, the third cannot."""
    with change("a steward", "lists") as door:
        man = door.add(models.Person(key="man", name="Man", record_count=3))
        other = door.add(models.Person(key="other", name="Other"))
        for key, day, whose, language in (
            ("a", "3.5.1943", man, "fr"), ("b", "May 1943", man, "fr"),
            ("c", "1944", man, "ru"), ("d", "1944", other, "ru"),
        ):  # fmt: skip
            book = door.add(models.Source(key=f"book-{key}", title=key, language=language))
            row = door.add(models.Record(key=key, source=book, fields={"language": language}))
            door.add(models.Membership(record=row, person=whose, probability=1))
            span = {k: v for k, v in dated(day).items() if k.endswith("_day")}
            door.add(models.Claim(record=row, property="death_date", value=day, **span))
            door.add(models.PersonName(person=whose, written=key, kind="restored", record=row))


def test_days_of_a_source_stand_alone_agree_or_contradict(three) -> None:
    figure = testimony.of_sources()
    found = {row.key: dict(zip(figure.columns, row.values, strict=True)) for row in figure.rows}
    compared = {
        key: tuple(n[k] for k in ("alone", "agree", "contradict")) for key, n in found.items()
    }
    assert compared == {
        "book-a": (0, 0, 1), "book-b": (0, 0, 1), "book-c": (0, 0, 1), "book-d": (1, 0, 0),
    }  # fmt: skip
    with change("a steward", "a slip") as door:
        row = models.Claim.objects.get(record__key="c")
        door.edit(
            row, value="May 1943", **{k: v for k, v in dated("May 1943").items() if "_day" in k}
        )
    figure = testimony.of_sources()
    found = {row.key: dict(zip(figure.columns, row.values, strict=True)) for row in figure.rows}
    assert [found[f"book-{key}"]["agree"] for key in "abcd"] == [1, 1, 1, 0]
    assert [found[f"book-{key}"]["shared"] for key in "abcd"] == [1, 1, 1, 0]
    assert {n["claims"] for n in found.values()} == {n["names"] for n in found.values()} == {1}


def test_languages_count_sources_records_and_persons(three) -> None:
    rows = {row.key: row.values for row in sources.languages().rows}
    assert rows == {"fr": (2, 2, 1), "ru": (2, 2, 2)}


def test_growth_counts_by_the_month_of_the_change(three) -> None:
    figure = sources.growth()
    month = models.Change.objects.latest("pk").at.isoformat()[:7]
    assert [(row.key, row.values) for row in figure.rows] == [(month, (4, 4, 0))]
    assert figure.counts["dated"] == 0

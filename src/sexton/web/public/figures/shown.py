"""A figure made ready for a page: its rows by name and link, its denominator line by line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse
from django.utils.translation import get_language, gettext

from sexton.places import all_units
from sexton.web.public import readings
from sexton.web.public.figures.words import SERIES, STANDING, WORDS, Words
from sexton.web.register import labels
from sexton.web.register.figures.lives import BAND, TOGETHER
from sexton.web.register.figures.model import Figure, Row
from sexton.web.register.lives.localities import named_in
from sexton.web.register.lives.periods import read_period
from sexton.web.register.models import Organisation, Site

# Rows on a page; all of them stand in the files.
LISTED = 150


@dataclass(frozen=True, slots=True)
class Line:
    """A row as it is shown: its name, in which language, where it leads, its counts."""

    key: str
    name: str
    values: tuple[int, ...]
    link: str = ""
    lang: str = ""
    more: str = ""

    @property
    def total(self) -> int:
        return sum(self.values)


class Shown:
    """A figure with its words. Names are looked up for the rows asked for, in one query."""

    def __init__(self, figure: Figure) -> None:
        self.figure = figure
        self.words: Words = WORDS[figure.slug]

    @property
    def slug(self) -> str:
        return self.figure.slug

    @property
    def columns(self) -> list[str]:
        return [str(SERIES.get(column, column)) for column in self.figure.columns]

    @property
    def adds_up(self) -> bool:
        """Whether the columns are parts of one whole, so that their sum says something."""
        return self.slug in ("mines", "communes", "sites")

    @cached_property
    def lines(self) -> list[Line]:
        return named(self.slug, self.figure.rows[:LISTED])

    @property
    def unlisted(self) -> int:
        return len(self.figure.rows) - len(self.lines)

    @property
    def apart(self) -> list[Line]:
        return [
            Line(row.key, str(self.words.of_apart(row.key)), row.values)
            for row in self.figure.apart
        ]

    @property
    def denominator(self) -> list[tuple[str, int]]:
        """Of how many, how many are counted, and how many are not and why."""
        counts, words = self.figure.counts, self.words
        told: list[tuple[str, int]] = [(str(words.of), self.figure.of)]
        if words.counted:
            told.append((str(words.counted), counts.get("read", counts.get("stated", 0))))
        told += [
            (str(name), counts[key])
            for key, name in words.lines.items()
            if counts.get(key) or key == "dated"
        ]
        return told + [(line.name[:1].upper() + line.name[1:], line.total) for line in self.apart]

    @property
    def how(self) -> str:
        return f"{self.words.how} {STANDING}" if self.words.group != "register" else self.words.how


def named(slug: str, rows: Sequence[Row]) -> list[Line]:
    """The rows by the names that a reader knows."""
    return NAMERS.get(slug, _by_month)(rows)


def _by_month(rows: Sequence[Row]) -> list[Line]:
    found = []
    for row in rows:
        month = read_period(row.key)
        name = readings.days(month.first, month.last) if month else row.key
        link = reverse("day", args=[row.key]) if month else ""
        found.append(Line(row.key, name, row.values, link))
    return found


def _ages(rows: Sequence[Row]) -> list[Line]:
    return [Line(row.key, f"{int(row.key)}–{int(row.key) + BAND - 1}", row.values) for row in rows]


def _coded(table: str) -> Callable[[Sequence[Row]], list[Line]]:
    def name(rows: Sequence[Row]) -> list[Line]:
        return [
            Line(
                row.key,
                " + ".join(str(labels.label(code, table)) for code in row.key.split(TOGETHER)),
                row.values,
            )
            for row in rows
        ]

    return name


def _as_written(rows: Sequence[Row]) -> list[Line]:
    return [Line(row.key, row.key, row.values) for row in rows]


def _communes(rows: Sequence[Row]) -> list[Line]:
    found = []
    for row in rows:
        slug = next((slug for slug, _ in named_in(row.key)), "")
        link = reverse("place", args=[slug]) if slug else ""
        found.append(Line(row.key, row.key, row.values, link))
    return found


def _sites(rows: Sequence[Row]) -> list[Line]:
    known = {site.key: site for site in Site.objects.filter(key__in=[row.key for row in rows])}
    language = get_language() or "en"
    return _linked(
        rows, {key: (s.name_in(language), s.get_absolute_url()) for key, s in known.items()}
    )


def _mines(rows: Sequence[Row]) -> list[Line]:
    wanted = Organisation.objects.filter(key__in=[row.key for row in rows])
    return _linked(rows, {one.key: (one.name, one.get_absolute_url()) for one in wanted})


def _linked(rows: Sequence[Row], known: Mapping[str, tuple[str, str]]) -> list[Line]:
    lines = []
    for row in rows:
        name, link = known.get(row.key, (row.key, ""))
        lines.append(Line(row.key, name, row.values, link))
    return lines


def _republics(rows: Sequence[Row]) -> list[Line]:
    return [Line(row.key, str(labels.label(row.key, "unit")), row.values) for row in rows]


def _regions(rows: Sequence[Row]) -> list[Line]:
    """By the name of 1941 for readers of Russian, else by a spelling in Latin letters."""
    lines = []
    for row in rows:
        unit = all_units()[row.key]
        latin = _in_latin(unit.names[1:])
        russian = get_language() == "ru" or not latin
        name, lang = (unit.name, "ru") if russian else (latin, "")
        above = str(labels.label(unit.parent, "unit")) if unit.parent else ""
        more = above if russian else gettext("%(name)s, %(republic)s") % {
            "name": unit.name, "republic": above,
        }  # fmt: skip
        lines.append(Line(row.key, name, row.values, "", lang, more))
    return lines


def _in_latin(names: Sequence[str]) -> str:
    """A spelling in Latin letters: those with accents are French and come first in the table."""
    latin = [name for name in names if name[:1] < "Ѐ"]
    plain = [name for name in latin if name.isascii()]
    return next(iter(latin if get_language() == "fr" else plain or latin), "")


NAMERS: Mapping[str, Callable[[Sequence[Row]], list[Line]]] = {
    "ages": _ages,
    "roles": _coded("role"),
    "circumstances": _coded("step"),
    "languages": _coded("language"),
    "ranks": _as_written,
    "nationality": _as_written,
    "communes": _communes,
    "sites": _sites,
    "mines": _mines,
    "republics": _republics,
    "regions": _regions,
}

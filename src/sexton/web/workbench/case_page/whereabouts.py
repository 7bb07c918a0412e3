"""Where and when two or three rows put their men: a small map and time lines, and both as text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sexton.dates import DateReading, read_date
from sexton.web.public import located, readings
from sexton.web.public.drawings import Drawing, Mark, draw_places
from sexton.web.public.geometry import sheet_around
from sexton.web.public.located import Located
from sexton.web.public.templatetags.sexton import site_name
from sexton.web.register.models import Site
from sexton.web.workbench.case_page.facing import Side

# Each side has a layer of the map's style sheet: a shape and a colour of its own.
LAYERS = ("camps", "memorials", "movements")
TOGETHER = "several"
LEAST_KM = 120.0
EVENTS: tuple[tuple[str, Promise], ...] = (
    ("birth_date", _("Birth")),
    ("death_date", _("Death")),
)
WIDTH, NARROWEST, ROOM = 100.0, 1.2, 0.06


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that a side names; ``where`` is None where nobody has coordinates for it."""

    letter: str
    layer: str
    field: str
    name: str
    where: Located | None


@dataclass(frozen=True, slots=True)
class Bar:
    """The days that something can have been on, on the line of a panel."""

    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Lane:
    """What one side says of a time: as written, in words, and on the line (empty: unknown)."""

    letter: str
    title: str
    written: str
    words: str
    bars: Sequence[Bar]


@dataclass(frozen=True, slots=True)
class Panel:
    """One kind of day of all sides on one line, from ``first`` to ``last``."""

    title: Promise
    first: date
    last: date
    lanes: Sequence[Lane]

    @property
    def words(self) -> str:
        """How long the line is."""
        return readings.days(self.first, self.last)


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """The map (None where no place is known), its places as a list, and the time lines."""

    drawing: Drawing | None
    spots: Sequence[Spot]
    panels: Sequence[Panel]


def whereabouts(sides: Sequence[Side], sites: Mapping[str, Site]) -> Whereabouts:
    """The places and days of two or three sides; ``sites`` are those of burial, by key."""
    spots = [spot for side, layer in zip(sides, LAYERS, strict=False)
             for spot in _spots(side, layer, sites)]  # fmt: skip
    return Whereabouts(_draw(spots), spots, list(_panels(sides)))


def _spots(side: Side, layer: str, sites: Mapping[str, Site]) -> Iterator[Spot]:
    for field in ("birth_place", "death_place"):
        if text := side.fields.get(field, ""):
            where = located.birth(text) if field == "birth_place" else located.of_text(text)
            yield Spot(side.letter, layer, field, text, where)
    if buried := side.fields.get("burial_place", ""):
        site = sites.get(buried)
        where = located.of_site(site) if site else located.of_text(buried)
        yield Spot(side.letter, layer, "burial_place", site_name(site) if site else buried, where)


def _draw(spots: Sequence[Spot]) -> Drawing | None:
    """The places on a sheet; what lies at one spot is one mark, which names all of it."""
    at: dict[tuple[float, float], list[tuple[int, Spot, Located]]] = {}
    for number, spot in enumerate(spots, 1):
        if spot.where is not None:
            place = round(spot.where.latitude, 2), round(spot.where.longitude, 2)
            at.setdefault(place, []).append((number, spot, spot.where))
    if not at:
        return None
    marks = []
    for group in at.values():
        number, first, where = group[0]
        layers = {spot.layer for _, spot, _ in group}
        layer = first.layer if len(layers) == 1 else TOGETHER
        names = "; ".join(dict.fromkeys(f"{spot.letter}: {spot.name}" for _, spot, _ in group))
        marks.append(Mark(where.latitude, where.longitude, names, f"#place-{number}", layer,
                          radius_km=where.radius_km))  # fmt: skip
    corners = [(mark.latitude, mark.longitude) for mark in marks]
    return draw_places(marks, sheet_around(corners, LEAST_KM))


def _panels(sides: Sequence[Side]) -> Iterator[Panel]:
    for field, title in EVENTS:
        read = [(side, side.fields.get(field, "")) for side in sides]
        spans = {text: _spans(read_date(text)) for _, text in read}
        days = [day for found in spans.values() for span in found for day in span]
        if days:
            scale = _Scale.around(min(days), max(days))
            lanes = [_lane(side, text, spans[text], scale) for side, text in read]
            yield Panel(title, min(days), max(days), lanes)


def _spans(reading: DateReading | None) -> list[tuple[date, date]]:
    """The closed spans that a date can mean, its own first."""
    found = reading.spans if reading else ()
    return [(s.first, s.last) for s in found if s.first != date.min and s.last != date.max]


@dataclass(frozen=True, slots=True)
class _Scale:
    """Days on a line ``WIDTH`` long."""

    start: float
    per_day: float

    @classmethod
    def around(cls, first: date, last: date) -> _Scale:
        days = max((last - first).days, 1)
        room = days * ROOM
        return cls(first.toordinal() - room, WIDTH / (days + 2 * room))

    def bar(self, first: date, last: date) -> Bar:
        x = (first.toordinal() - self.start) * self.per_day
        width = max((last.toordinal() - first.toordinal()) * self.per_day, NARROWEST)
        return Bar(round(min(x, WIDTH - width), 2), round(width, 2))


def _lane(side: Side, text: str, spans: Sequence[tuple[date, date]], scale: _Scale) -> Lane:
    words = readings.days(*spans[0]) if spans else ""
    return Lane(side.letter, side.title, text, words, [scale.bar(*span) for span in spans])

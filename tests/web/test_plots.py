"""Plots are pictures with a name, to scale, in patterns, and nothing in them is inline style."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest

from sexton.web.public import plots
from sexton.web.public.plots import Bar, Plot
from sexton.web.public.plots.parts import WIDTH, ceiling, shortened


def read(picture: str) -> ET.Element:
    assert "style=" not in picture
    return ET.fromstring(picture)


def rects(picture: ET.Element) -> list[ET.Element]:
    inside = {id(rect) for pattern in picture.iter("pattern") for rect in pattern.iter("rect")}
    return [rect for rect in picture.iter("rect") if id(rect) not in inside]


def test_lying_bars_are_as_long_as_their_numbers() -> None:
    plot = Plot("x", "T <&>", "D")
    picture = read(plots.stacked(plot, [Bar("a", (10,)), Bar("b", (5,)), Bar("c", (0,))]))
    assert picture.get("role") == "img"
    assert picture.find("title").text == "T <&>"
    assert picture.get("aria-labelledby").split() == ["x-title", "x-desc"]
    long, short = (float(rect.get("width")) for rect in rects(picture))
    assert long == pytest.approx(2 * short, abs=0.2)
    assert [text.text for text in picture.iter("text")] == ["a", "10", "b", "5", "c", "0"]


def test_series_differ_by_pattern_and_are_named() -> None:
    plot = Plot("x", "T", "D", ("named", "unnamed", "other"))
    picture = read(plots.stacked(plot, [Bar("A long name of a cemetery", (3, 2, 1), "fr")]))
    boxes = rects(picture)
    fills = [box.get("fill") or box.get("class") for box in boxes]
    assert fills[:3] == fills[3:] == ["s0", "url(#x-p1)", "url(#x-p2)"]
    ids = {pattern.get("id") for pattern in picture.iter("pattern")}
    assert {"x-p1", "x-p2"} <= ids
    name = next(text for text in picture.iter("text") if text.get("lang") == "fr")
    assert (name.text, name.get("class")) == ("A long name of a cemetery", "")
    for box in boxes[3:]:
        assert float(box.get("x")) + float(box.get("width")) < WIDTH


def test_what_may_be_as_well_gives_both_ends() -> None:
    plot = Plot("x", "T", "D", ("certain", "possible"))
    picture = read(plots.stacked(plot, [Bar("20–24", (3, 2)), Bar("25–29", (4, 0))], possible=True))
    texts = [text.text for text in picture.iter("text")]
    assert "3–5" in texts
    assert "4" in texts


def test_standing_bars_grow_from_one_line_and_have_a_round_axis() -> None:
    bars = [Bar(str(number), (number,)) for number in (0, 7, 14)]
    picture = read(plots.columns(Plot("x", "T", "D"), bars, {0: "1942"}))
    tall = [(float(r.get("y")), float(r.get("height"))) for r in rects(picture)]
    assert len(tall) == 2
    assert tall[0][0] + tall[0][1] == pytest.approx(tall[1][0] + tall[1][1], abs=0.2)
    assert tall[1][1] == pytest.approx(2 * tall[0][1], abs=0.2)
    assert [text.text for text in picture.iter("text")] == ["0", "10", "20", "1942"]


def test_lines_are_told_apart_by_dashes_and_named() -> None:
    plot = Plot("x", "T", "D", ("records", "names"))
    points = [Bar("2026-10", (1, 0)), Bar("2026-11", (5, 2)), Bar("2026-12", (9, 2))]
    picture = read(plots.lines(plot, points, {0: "2026-10"}))
    classes = {path.get("class") for path in picture.iter("path")}
    assert {"line d0", "line d1"} <= classes
    assert {"records", "names", "2026-10"} <= {text.text for text in picture.iter("text")}


@pytest.mark.parametrize("number", [0, 1, 5, 6, 10, 11, 21, 26, 99, 101, 12345])
def test_an_axis_ends_at_a_round_number_not_far_above(number: int) -> None:
    end = ceiling(number)
    assert number <= end <= max(5, 2.5 * number)


def test_a_name_that_is_too_long_says_so() -> None:
    assert shortened("short", 10) == "short"
    assert shortened("a very long name", 10) == "a very lo…"


def test_ranges_name_every_class_and_draw_only_what_is_known() -> None:
    plot = Plot("told", "Told and judged", "A dot for each class.", ("judged", "stated"))
    spans = [("< 0", plots.Span(0.0, 0.1, 0.3, 0.02)), ("0–4", None)]
    picture = read(plots.ranges(plot, spans, [(0.0, "0"), (1.0, "all")]))
    assert {"< 0", "0–4", "0", "all", "judged", "stated"} <= {t.text for t in picture.iter("text")}
    _legend, dot = picture.findall("circle")
    _legend, square = rects(picture)
    [whisker] = (p for p in picture.iter("path") if p.get("class") == "whisker")
    low, high = re.match(r"M\S+ (\S+)V(\S+?)M", whisker.get("d")).groups()
    assert float(high) < float(dot.get("cy")) < float(square.get("y")) + 3.5 < float(low)

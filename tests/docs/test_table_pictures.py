"""The pictures of the tables are current, whole, readable without eyes, and true."""

import importlib.util
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import pytest

from sexton.names import load_model
from sexton.names.tables import read_table

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = ROOT / "tools/table_pictures.py"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def tool():
    spec = importlib.util.spec_from_file_location("table_pictures", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


@pytest.fixture(scope="module")
def drawn(tool):
    return {name: ElementTree.fromstring(text) for name, text in tool.pictures().items()}


def test_the_pictures_are_current():
    result = subprocess.run(
        [sys.executable, str(SCRIPT), "--check"], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, f"{result.stdout}run: python tools/table_pictures.py"


def test_an_old_picture_is_noticed(tool, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(tool, "FOLDER", tmp_path)
    assert tool.main([]) == 0
    assert tool.stale(tmp_path) == []
    (tmp_path / "names-hearing.svg").write_text("<svg/>", encoding="utf-8")
    (tmp_path / "names-reading.svg").unlink()
    assert tool.stale(tmp_path) == ["names-hearing.svg", "names-reading.svg"]
    assert tool.main(["--chek"]) == 2
    assert "usage" in capsys.readouterr().err


def test_each_has_a_title_and_a_description(drawn):
    for root in drawn.values():
        assert root.get("role") == "img"
        told = [root.find(f"{SVG}{tag}") for tag in root.get("aria-labelledby").split()]
        assert all(element.text for element in told)
        assert len(told[1].text) > 60


def test_nothing_is_drawn_outside(drawn):
    for root in drawn.values():
        width, height = map(float, root.get("viewBox").split()[2:])
        for shape in (*root.iter(f"{SVG}rect"), *root.iter(f"{SVG}text")):
            assert 0 <= float(shape.get("x")) + float(shape.get("width", 0)) <= width
            assert 0 <= float(shape.get("y")) + float(shape.get("height", 0)) <= height
            assert float(shape.get("font-size", 10)) >= 10


def test_shares_of_a_letter_do_not_exceed_one(tool):
    for spelt in tool.spelt_letters():
        sums = [sum(column) for column in zip(*(v for _, v in spelt.groups), strict=True)]
        assert all(0.5 < total <= 1 + 1e-9 for total in sums), spelt.letter


def test_the_heat_map_tells_the_conventions_apart(drawn):
    titles = {title.text for title in drawn["names-spellings.svg"].iter(f"{SVG}title")}
    for known in ("ш = sch, German", "ш = ch, French", "у = oe, Dutch", "ч = cz, Polish"):
        assert [title for title in titles if re.fullmatch(rf"{known}: [5-9]\d %", title)]


@pytest.mark.parametrize("name", ["hearing", "reading"])
def test_every_row_of_the_table_is_in_its_picture(tool, drawn, name):
    left, right = {"hearing": ("chunk", "heard"), "reading": ("written", "read")}[name]
    rows = tool.confusions(f"{name}.tsv", left, right)
    assert sum(len(row.pairs) for row in rows) == len(list(read_table(f"{name}.tsv")))
    shares = [row.probability for row in rows]
    assert shares == sorted(shares, reverse=True)
    titles = [title.text for title in drawn[f"names-{name}.svg"].iter(f"{SVG}title")]
    for row in rows:
        assert any(title.endswith(". " + ", ".join(row.pairs)) for title in titles)


def test_the_parts_of_the_comparison_add_up(tool):
    comparison = load_model().compare(*tool.EXAMPLE)
    *parts, whole = tool.parts_of(comparison)
    assert whole.bits == pytest.approx(comparison.bits)
    assert sum(part.bits for part in parts) == pytest.approx(comparison.bits)
    assert all(a.end == b.start for a, b in pairwise(parts))

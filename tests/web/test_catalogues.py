"""The compiled translations are put in their place whole: who reads one beside never sees half."""

import gettext
import shutil
from pathlib import Path

import pytest
from tests.web.conftest import ROOT, tool

OF_RUSSIAN = Path("src/sexton/locale/ru/LC_MESSAGES/django.po")


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    (tmp_path / OF_RUSSIAN).parent.mkdir(parents=True)
    shutil.copy(ROOT / OF_RUSSIAN, tmp_path / OF_RUSSIAN)
    return tmp_path


def test_a_reader_keeps_the_whole_catalogue_he_opened(copy: Path) -> None:
    compile_catalogs = tool("build_catalogs").compile_catalogs
    (compiled,) = compile_catalogs(copy)
    with compiled.open("rb") as opened:
        po = copy / OF_RUSSIAN
        po.write_text(po.read_text() + '\nmsgid "A sentence of this test"\nmsgstr "Фраза"\n')
        assert compile_catalogs(copy) == [compiled]
        before = gettext.GNUTranslations(opened)
    with compiled.open("rb") as opened:
        after = gettext.GNUTranslations(opened)
    assert before.gettext("A sentence of this test") == "A sentence of this test"
    assert after.gettext("A sentence of this test") == "Фраза"
    assert {path.suffix for path in compiled.parent.iterdir()} == {".po", ".mo"}


def test_what_did_not_change_is_left_as_it_stands(copy: Path) -> None:
    compile_catalogs = tool("build_catalogs").compile_catalogs
    (compiled,) = compile_catalogs(copy)
    stood = compiled.stat().st_mtime_ns
    assert compile_catalogs(copy) == []
    assert compiled.stat().st_mtime_ns == stood

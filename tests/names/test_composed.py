"""The packaged chunk tables are those that their texts and the rules of composing make."""

from __future__ import annotations

import numpy as np
import pytest

from sexton.names import tables
from sexton.names.__main__ import ALL, TABLES, rebuild
from sexton.names.composed import FILE, composed
from sexton.names.composition import cyrillic_latin
from sexton.names.one_alphabet import cyrillic_cyrillic, latin_latin


@pytest.mark.parametrize("number", range(len(ALL)))
def test_what_is_packaged_is_what_is_composed(number):
    """After a change of a text or of the rules of composing: ``python -m sexton.names``."""
    packaged = (cyrillic_latin, latin_latin, cyrillic_cyrillic)[number]()
    fresh = ALL[number][2]()
    assert packaged.rows == fresh.rows
    assert packaged.profiles == fresh.profiles
    assert np.allclose(packaged.weights, fresh.weights, rtol=0, atol=1e-9)
    assert np.allclose(packaged.prior, fresh.prior, rtol=0, atol=1e-12)


def test_the_packaged_tables_are_written_again_as_they_are(tmp_path):
    rebuild(tmp_path)
    written, packaged = (np.load(folder / FILE) for folder in (tmp_path, TABLES))
    assert written.files == packaged.files


def test_of_a_text_that_has_changed_the_table_is_composed_anew(tmp_path, monkeypatch):
    calls = []

    def compose():
        calls.append(1)
        return cyrillic_latin()

    name, texts, _ = ALL[0]
    composed(name, texts, (), compose)
    assert not calls
    (tmp_path / texts[0]).write_text("# Changed.\n", encoding="utf-8")
    monkeypatch.setattr(tables, "_instead", [tmp_path])
    composed(name, texts, (), compose)
    assert calls

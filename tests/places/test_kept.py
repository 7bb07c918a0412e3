"""Readings of places that are kept as texts say what was read."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sexton.places import Gazetteer, load_gazetteer, read_place
from sexton.places.kept import kept, recall

USSR = load_gazetteer("ussr")
WRITTEN = st.sampled_from(
    (
        "Prov. de Kursk, Streletsk",
        "S. Karmolino reg. Stchelkowo prov. Moskou",
        "Ленинградская обл., Щелковский р-н",
        "УССР, Киевская обл., г. Ирпень",
        "Stalinabad (aujourd’hui Douchanbé)",
        "URSS",
        "Cranston, RI, USA",
    )
)


def fresh():
    return Gazetteer("ussr", USSR.places, USSR.by_key)


@given(WRITTEN | st.text(max_size=40))
def test_what_is_recalled_is_what_was_read(written):
    reading, other = read_place(written, USSR), fresh()
    recall([(written, kept(reading))], other)
    assert (written in other.readings) == (reading is not None)
    assert read_place(written, other) == reading


@pytest.mark.parametrize(
    "text", ['[[],[["0","village",0.5]]]', '[[],[["PL","republic",0.5]]]', "[[],[", "[1]", "{}"]
)
def test_what_another_gazetteer_gave_is_read_anew(text):
    other = fresh()
    recall([("Koursk", text)], other)
    assert not other.readings
    assert read_place("Koursk", other) == read_place("Koursk", USSR)

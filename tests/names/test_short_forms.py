"""Short forms of given names: the table is true to its sources, and both ways say the same."""

from __future__ import annotations

import csv
import lzma
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sexton.names import compare_names, is_given_name
from sexton.names.agreement import equivalent_bits
from sexton.names.short_forms import full_names, short_form_bits
from sexton.names.tables import read_table

DATA = Path(__file__).parents[2] / "data" / "names"
ROWS = list(read_table("short_forms.tsv"))


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("Bill", "William"),
        ("Ed", "Edward"),
        ("Kees", "Cornelis"),
        ("Pierrot", "Pierre"),
        ("Fritz", "Friedrich"),
        ("Staszek", "Stanisław"),
        ("Jimmy", "Jim"),
        ("Ваня", "Иван"),
    ],
)
def test_short_forms_are_forms_of_their_names(short, full):
    assert equivalent_bits(short, full) > 2


def test_a_form_of_many_names_says_less_of_each():
    assert short_form_bits("Ed", "Edwin") < short_form_bits("Win", "Edwin")
    assert equivalent_bits("Bill", "Edward") is None
    assert full_names("Schatunow") == ()


def test_a_whole_name_is_told_in_words():
    found = compare_names("Bill Kelleher", "William Kelleher")
    assert [part.way for part in found.parts] == ["spelling", "equivalent"]


def test_short_forms_do_not_tell_which_word_of_a_soviet_name_is_the_given_name():
    assert not is_given_name("Staszek")


def _data(name, delimiter):
    with lzma.open(DATA / name, "rt", encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


def test_rows_are_true_to_their_sources():
    pairs = {(row["name1"], row["name2"]) for row in _data("english_nicknames.csv.xz", ",")}
    counts = {
        (row["name"], row["sex"]): int(row["count"])
        for row in _data("us_given_counts_1880_1924.tsv.xz", "\t")
    }
    for row in ROWS:
        if row["source"] == "nicknames 1.0.1":
            name, sex = row["name"].lower(), row["sex"]
            assert {(name, form.lower()) for form in row["forms"].split()} <= pairs, row
            share = counts[name, sex] / counts["*", sex]
            assert float(row["share"]) == pytest.approx(share, rel=0.01), row
        else:
            assert row["source"] == "general knowledge of the field, wants citation"
            assert float(row["share"]) in (0.01, 0.04)
    assert {row["language"] for row in ROWS} == {"en", "fr", "nl", "de", "pl"}


@given(st.sampled_from(ROWS), st.sampled_from(ROWS))
def test_both_ways_say_the_same(one, other):
    a, b = one["forms"].split()[0], other["name"]
    assert short_form_bits(a, b) == pytest.approx(short_form_bits(b, a))
    # Anna is a form of Annette, but most Annas are Anna: joined, and worth nothing.
    assert short_form_bits(a, one["name"]) is not None

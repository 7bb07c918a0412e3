"""Rows that never win are left out, and no score changes."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sexton.names.chunks import best_scores, build_table
from sexton.names.composition import cyrillic_latin
from sexton.names.one_alphabet import cyrillic_cyrillic, latin_latin
from sexton.names.pruning import without_dominated

GROUPS = st.text("аб", max_size=3)
LATIN_GROUPS = st.text("xy", max_size=3)
BITS = st.floats(-9, 0).map(lambda value: round(value, 1))


def _table(rows):
    weights = {key: np.array(value, dtype=float) for key, value in rows.items()}
    kept = without_dominated(weights, 2)
    return tuple(
        build_table(
            {key: row for row, key in enumerate(part)},
            np.array(list(part.values())),
            np.array([-1.0, -1.0]),
            ("", "other"),
        )
        for part in (weights, kept)
    )


def test_a_group_that_says_no_more_than_its_letters_is_left_out():
    rows = {("а", "x"): (-1, -2), ("б", "y"): (-1, -1), ("аб", "xy"): (-2, -3.5)}
    assert set(without_dominated({k: np.array(v) for k, v in rows.items()}, 2)) == {
        ("а", "x"),
        ("б", "y"),
    }
    rows["аб", "xy"] = (-2.5, -2.5)
    assert ("аб", "xy") in without_dominated({k: np.array(v) for k, v in rows.items()}, 2)


@settings(max_examples=60, deadline=None)
@given(
    st.dictionaries(
        st.tuples(GROUPS, LATIN_GROUPS).filter(any), st.tuples(BITS, BITS), max_size=25
    ),
    st.text("аб", min_size=1, max_size=6),
    st.text("xy", max_size=6),
)
def test_no_score_changes(rows, left, right):
    edges = {("^", "^"): (0.0, 0.0), ("$", "$"): (0.0, 0.0)}
    # A group with no left side is one letter, as in the packaged tables.
    rows = {key: value for key, value in rows.items() if key[0] or len(key[1]) == 1} | edges
    before, after = _table(rows)
    wanted = best_scores(before, f"^{left}$", f"^{right}$")
    assert np.allclose(best_scores(after, f"^{left}$", f"^{right}$"), wanted, atol=1e-6)


def test_the_packaged_tables_hold_no_row_that_never_wins():
    for table in (cyrillic_latin(), latin_latin(), cyrillic_cyrillic()):
        weights = {
            (left, right): table.weights[row]
            for left, rights in table.rows.items()
            for right, row in rights.items()
        }
        assert len(without_dominated(weights, len(table.profiles))) == len(weights)

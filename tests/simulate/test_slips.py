import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sexton.simulate.slips import slip, slips, ukrainian_form

NAMES = st.text("абвгдеёжзийклмнопрстуфхцчшщыьэюя", min_size=1, max_size=15).map(str.capitalize)
SHARE = st.floats(0, 1, exclude_max=True)


def edits(a, b):
    """Damerau-Levenshtein distance with neighbours exchanged, by the textbook's table."""
    table = {(i, 0): i for i in range(len(a) + 1)} | {(0, j): j for j in range(len(b) + 1)}
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            change = table[i - 1, j - 1] + (a[i - 1] != b[j - 1])
            table[i, j] = min(table[i - 1, j] + 1, table[i, j - 1] + 1, change)
            if i > 1 and j > 1 and (a[i - 1], a[i - 2]) == (b[j - 2], b[j - 1]):
                table[i, j] = min(table[i, j], table[i - 2, j - 2] + 1)
    return table[len(a), len(b)]


@given(NAMES, SHARE, SHARE, SHARE)
def test_a_slip_is_one_edit_and_keeps_the_first_letter(name, kind, at, which):
    slipped = slip(name, kind, at, which)
    assert edits(name, slipped) <= 1
    assert slipped[0] == name[0]


def test_most_slips_change_the_name():
    drawn = slips(["Коваленко"] * 500, np.random.default_rng(1))
    assert sum(name != "Коваленко" for name in drawn) == 500
    assert len(set(drawn)) > 25


def test_ukrainian_clerks_write_their_own_forms():
    assert ukrainian_form("Николай") == "Микола"
    assert ukrainian_form("Рустам") == "Рустам"

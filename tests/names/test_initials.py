"""Initials across alphabets."""

import pytest

from sexton.names.initials import same_initial


@pytest.mark.parametrize(
    ("a", "b"),
    [("S.", "Шатунов"), ("I.", "Иван"), ("Kh.", "Харитон"), ("А.", "Aleksandr"), ("J", "Яков")],
)
def test_initials_that_fit(a, b):
    assert same_initial(a, b)
    assert same_initial(b, a)


@pytest.mark.parametrize(("a", "b"), [("S.", "Иван"), ("N.", "N"[:0]), ("V.", "Б"), ("A.", "I.")])
def test_initials_that_do_not_fit(a, b):
    assert not same_initial(a, b)

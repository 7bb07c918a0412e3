"""Who is searched for again, by the size of the archive."""

from __future__ import annotations

import pytest

from sexton.linkage.screening.passes import SETTLED, SETTLED_LEAST, settled_beside


@pytest.mark.parametrize(
    ("size", "expected"),
    [(50_000, SETTLED), (1_000_000, SETTLED), (10_000_000, SETTLED_LEAST), (10**9, SETTLED_LEAST)],
)
def test_both_ends(size: int, expected: float) -> None:
    assert settled_beside(size) == pytest.approx(expected)


def test_the_larger_the_archive_the_surer_a_man_must_be_found() -> None:
    sizes = range(500_000, 20_000_000, 500_000)
    settled = [settled_beside(size) for size in sizes]
    assert settled == sorted(settled, reverse=True)
    assert SETTLED_LEAST < settled_beside(3_000_000) < SETTLED

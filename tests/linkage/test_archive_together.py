"""Weighed pairs as arrays; what their fields say together; how many records are doubles."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sexton.linkage.archive import Archive, ArchiveError
from sexton.linkage.archive.kept import kept_batches
from sexton.linkage.archive.paired import FIELDS, Weighed, merged
from sexton.linkage.archive.together import fitting_prior, limit_together

TOLD = st.dictionaries(st.sampled_from(FIELDS), st.integers(-8, 12).map(float), min_size=1)
EDGES = st.tuples(st.integers(0, 9), st.integers(10, 19))
PAIRS = st.lists(st.tuples(EDGES, st.booleans(), TOLD), max_size=30)


@given(PAIRS, PAIRS)
def test_of_all_ways_in_which_a_pair_was_weighed_the_best_stays(one, other):
    parts = [
        Weighed.of([edge[::-1] if turned else edge for edge, turned, _ in some],
                   [told for *_, told in some])
        for some in (one, other)
    ]  # fmt: skip
    found = merged(parts)
    best = {}
    for edge, _, told in [*one, *other]:
        best[edge] = max(best.get(edge, -1e9), sum(told.values()))
    edges = [*zip(found.a.tolist(), found.b.tolist(), strict=True)]
    assert edges == sorted(best)
    for place, edge in enumerate(edges):
        assert found.place(edge) == place
        assert sum(found.fields(place).values()) == pytest.approx(best[edge])
    assert found.place((3, 4)) == -1
    assert found.totals(-2.0) == pytest.approx([best[edge] - 2 for edge in edges])


def syllables(number):
    """A word for each number, invented."""
    return "".join(
        f"{'бвгджзклмн'[int(digit)]}{'аеиоуаеиоу'[int(digit)]}" for digit in f"{number:04}"
    )


@pytest.fixture(scope="module")
def pool(tmp_path_factory):
    """Among two hundred men whose surnames end in -дзе half are called Иосиф, of two thousand
    others two. Forty men died in one camp on one day, and two in another."""
    rows = [
        {"surname": f"{syllables(n)}дзе", "given": "Иосиф" if n % 2 else "Георгий"}
        for n in range(200)
    ] + [
        {"surname": f"{syllables(n)}нко", "given": "Иван" if n % 2 else "Пётр"} for n in range(2000)
    ]  # fmt: skip
    rows[207]["given"] = rows[208]["given"] = "Иосиф"
    for n in range(42):
        place = "Genk" if n < 40 else "Hasselt"
        rows[500 + n] |= {"death_date": "1941-12-02", "death_place": place}
    columns = ("surname", "given", "death_date", "death_place")
    table = {name: [row.get(name, "") for row in rows] for name in columns}
    folder = tmp_path_factory.mktemp("together")
    pq.write_table(
        pa.table({"id": [f"r{n}" for n in range(len(rows))]} | table), folder / "l.parquet"
    )
    archive = Archive(folder / "archive")
    archive.add(folder / "l.parquet")
    return archive.pool()


def limited(pool, edge, **told):
    pairs = Weighed.of([edge], [told])
    limit_together(pool, pairs)
    return pairs.fields(0)


def test_a_name_says_as_much_as_it_is_rare_among_such_surnames(pool):
    among_dze = limited(pool, (1, 3), given=7.0)["given"]
    assert 0.7 < among_dze < 2
    assert limited(pool, (207, 208), given=7.0)["given"] > among_dze + 3


def test_what_speaks_against_stays(pool):
    assert limited(pool, (1, 3), given=-4.0, surname=9.0) == {"given": -4.0, "surname": 9.0}


def test_men_who_died_together_share_day_and_place(pool):
    fate = {"death_date": 9.0, "death_place": 7.0}
    assert sum(limited(pool, (500, 501), **fate).values()) < 1
    assert sum(limited(pool, (540, 541), **fate).values()) > 5
    assert limited(pool, (500, 540), **fate) == fate


@pytest.mark.parametrize("share", [0.05, 0.2, 1.5])
def test_how_many_records_are_doubles_is_recovered(share):
    """Weights of which both densities are known: normal, as far apart as their spread is wide."""
    size, random = 4_000, np.random.default_rng(5)
    pairs = size * (size - 1) // 2
    twins = round(share * size)
    # In nats the weight of a pair has the mean of half its variance.
    far = 40.0
    right = random.normal(far / 2, np.sqrt(far), twins)
    wrong = random.normal(-far / 2, np.sqrt(far), pairs - twins)
    bits = np.concatenate([right, wrong]) / np.log(2)
    found = fitting_prior(bits, size, begin=-10.0, doubles=(0.001, 10.0))
    assert 2.0**found * pairs == pytest.approx(twins, rel=0.1)


def test_the_doubles_stay_within_what_an_archive_can_have():
    nobody = fitting_prior(np.full(10, -50.0), 1_000, -12.0, (0.02, 4.0))
    everybody = fitting_prior(np.full(400_000, 50.0), 1_000, -12.0, (0.02, 4.0))
    assert 2**nobody * 499_500 == pytest.approx(20, rel=0.01)
    assert 2**everybody * 499_500 == pytest.approx(4_000, rel=0.02)


def test_only_what_is_whole_and_of_the_same_archive_is_kept(tmp_path):
    pairs = Weighed.of([(1, 2)], [{"surname": 3.0}])
    folder = tmp_path / "kept"
    with kept_batches(folder, "one") as kept:
        kept.put("a", pairs)
        kept.put("b", pairs)
    (folder / "b.npz").write_bytes((folder / "b.npz").read_bytes()[:50])
    with kept_batches(folder, "one") as kept:
        assert kept.get("a", Weighed.load).fields(0) == {"surname": 3.0}
        assert kept.get("b", Weighed.load) is None
        with pytest.raises(ArchiveError, match="Another process"), kept_batches(folder, "one"):
            pass
    with kept_batches(folder, "other") as kept:
        assert kept.get("a", Weighed.load) is None

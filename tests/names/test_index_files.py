"""A name index kept on disk, mapped from there, and shared by threads."""

import json
import math
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sexton.names import NameIndex, load_model
from sexton.names.index_files import StoredNames, pack_names
from sexton.names.tables import read_table

COMMON = [row["name"] for row in read_table("popular_surname.tsv")][:1500]
QUERIES = ["Iwanow", "Schewtschenko", "Kouznetsof", "Popow", "Кузницов", "Wasiljew", ""] * 40


@pytest.fixture(scope="module")
def index() -> NameIndex:
    return NameIndex([*COMMON, "Schatunow", "17"], counts=range(len(COMMON) + 2))


def test_an_opened_index_finds_what_the_saved_one_found(index, tmp_path):
    index.save(tmp_path / "surnames")
    opened = NameIndex.open(tmp_path / "surnames")
    assert len(opened) == len(index)
    assert opened.kind == index.kind
    for query in QUERIES[:7]:
        assert opened.search(query) == index.search(query)


def test_saving_again_replaces_the_older_index(index, tmp_path):
    index.save(tmp_path / "names")
    NameIndex(["Петров"]).save(tmp_path / "names")
    opened = NameIndex.open(tmp_path / "names")
    assert [match.name for match in opened.search("Petroff")] == ["Петров"]
    assert [path.name for path in tmp_path.iterdir()] == ["names"]


def test_an_opened_index_is_read_by_another_process(tmp_path):
    NameIndex(["Шатунов", "Петров"]).save(tmp_path / "names")
    code = (
        "import sys; from sexton.names import NameIndex;"
        "print(NameIndex.open(sys.argv[1]).search('Schatunow')[0].position)"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "names")]
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "0\n"


def test_what_is_not_an_index_is_neither_overwritten_nor_opened(index, tmp_path):
    (tmp_path / "letters.txt").write_text("from an archive")
    with pytest.raises(FileExistsError, match="not a name index"):
        index.save(tmp_path)
    assert (tmp_path / "letters.txt").read_text() == "from an archive"
    with pytest.raises(FileNotFoundError, match="no name index"):
        NameIndex.open(tmp_path)


def test_a_damaged_index_is_told_as_such(tmp_path):
    folder = tmp_path / "names"
    NameIndex(["Петров"]).save(folder)
    (folder / "cyrillic-nodes.npy").unlink()
    with pytest.raises(ValueError, match=r"cyrillic-nodes.npy is missing or damaged"):
        NameIndex.open(folder)
    head = json.loads((folder / "index.json").read_text("utf-8"))
    (folder / "index.json").write_text(json.dumps(head | {"version": 0}))
    with pytest.raises(ValueError, match="written by another version"):
        NameIndex.open(folder)
    (folder / "index.json").write_text("{")
    with pytest.raises(ValueError, match="is damaged"):
        NameIndex.open(folder)


def test_threads_and_workers_find_the_same(index):
    alone = index.search_many(QUERIES, top=10, workers=1)
    for several in (index.search_many(QUERIES, top=10, workers=2), index.search_many(QUERIES, 10)):
        assert all(np.array_equal(a, b) for a, b in zip(alone, several, strict=True))
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(index.search, QUERIES))
    assert found == [index.search(query) for query in QUERIES]


def test_an_endless_beam_finds_every_name_that_scores(index):
    every = NameIndex(COMMON, beam_bits=math.inf).search("Iwanow", len(COMMON))
    assert len(every) == len(COMMON)
    best = [match.name for match in NameIndex(COMMON).search("Iwanow", min_bits=-9.0)]
    assert len(best) > 1
    assert [match.name for match in every[: len(best)]] == best


@given(st.lists(st.text(max_size=12), max_size=30))
@settings(max_examples=60)
def test_any_names_may_be_kept_as_bytes(names):
    encodable = [name for name in names if name.isprintable()]
    stored = StoredNames(**pack_names(encodable))
    assert list(stored) == encodable
    assert stored[1:3] == encodable[1:3]
    assert [stored[-n] for n in range(1, len(stored) + 1)] == encodable[::-1]


@given(
    st.lists(st.text("абвгжкшщоеыйрнт", min_size=1, max_size=9), min_size=1, max_size=40),
    # One letter has no two halves to be looked for from either end.
    st.text("abvgzkschoeyrnt", min_size=2, max_size=9),
)
@settings(max_examples=60, deadline=None)
def test_a_search_finds_what_looking_at_every_word_finds(names, query):
    """Both walks together pass nothing over that is well within the look-out."""
    # Fewer words would all be scored, and none be walked to.
    among = [*names, *COMMON[:80]]
    found = NameIndex(among, beam_bits=12.0).search(query, 150)
    every = NameIndex(among, beam_bits=math.inf).search(query, 150)
    # Under half of the beam: a letter lost in the very middle counts for either half.
    near = {match.name for match in every if match.bits > max(every[0].bits, 0.0) - 5.0}
    assert near <= {match.name for match in found}
    for match in found:
        assert match.bits == pytest.approx(load_model().bits(query, match.name), abs=1e-3)

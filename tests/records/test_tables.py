"""The other tables of a pack are read whole, and a bad row of theirs is reported."""

import csv

import pytest

from sexton.records import (
    UnreadableFile,
    pack_path,
    read_person_links,
    read_sites,
    read_sources,
    read_statements,
)

PACK = pack_path("belgium")
READERS = {
    "sites.csv": read_sites,
    "sources.csv": read_sources,
    "statements.csv": read_statements,
    "person_links.csv": read_person_links,
}


@pytest.mark.parametrize("name", READERS)
def test_the_belgian_tables_are_read_whole_and_verbatim(name):
    table = READERS[name](PACK / name)
    with (PACK / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert (len(table.rows), table.problems, table.read) == (len(rows), (), len(rows))
    for read, row in zip(table.rows, rows, strict=True):
        assert {column: getattr(read, column) for column in row} == row


def test_a_site_knows_its_position_and_names():
    site = read_sites(PACK / "sites.csv").rows[0]
    assert site.position == (50.13, 5.79)
    assert site.names == {"en": "Engreux old cemetery", "fr": "Vieux cimetière d’Engreux"}
    assert {s.position for s in read_sites(PACK / "sites.csv").rows if not s.latitude} == {None}


@pytest.mark.parametrize("place", ["91,5", "50", "50,east", "nan,1", ",5"])
def test_a_place_that_is_none_is_a_problem(tmp_path, place):
    path = tmp_path / "sites.csv"
    latitude, _, longitude = place.partition(",")
    path.write_text(
        f"name_en,SITE_ID,latitude,longitude\nA,a,{latitude},{longitude}\nB,b,,\n,c,,\n"
    )
    table = read_sites(path)
    assert [site.site_id for site in table.rows] == ["b"]
    assert [(p.row, p.column) for p in table.problems] == [(2, "latitude"), (4, "name_en")]
    assert table.read == 3


def test_a_link_is_certain_or_probable(tmp_path):
    path = tmp_path / "links.csv"
    path.write_text("entry_id_a,entry_id_b,certainty\na,b,certain\na,c,perhaps\na,d\n")
    table = read_person_links(path)
    assert [link.entry_id_b for link in table.rows] == ["b"]
    assert [(p.row, p.column) for p in table.problems] == [(3, "certainty"), (4, None)]


def test_the_wrong_table_and_no_table_are_refused(tmp_path):
    with pytest.raises(UnreadableFile, match="site_id"):
        read_sites(PACK / "sources.csv")
    with pytest.raises(UnreadableFile, match="No such file"):
        read_sources(tmp_path / "none.csv")

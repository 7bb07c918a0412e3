"""A profile renames, chooses, joins, splits and sets; what it cannot say is refused."""

import pytest

from sexton.records import UnreadableFile, load_mapping, pack_path, read_person_list
from sexton.records.packs import pack_names, profiles


@pytest.fixture
def read(tmp_path):
    def run(text, profile):
        (tmp_path / "list.csv").write_text(text, encoding="utf-8")
        (tmp_path / "profile.toml").write_text(profile, encoding="utf-8")
        return read_person_list(tmp_path / "list.csv", load_mapping(tmp_path / "profile.toml"))

    return run


def test_a_renamed_column_moves_and_its_namesake_is_kept(read):
    people = read("nr,name,label\n1,stone,Ivan\n", '[columns]\nid = "nr"\nname = " LABEL "\n')
    (record,) = people.records
    assert (record.id, record.fields) == ("1", {"name": "Ivan"})
    assert record.extra == {"name (2)": "stone"}
    assert people.columns == ("id", "name")
    assert people.extra_columns == ("name (2)",)


def test_the_first_filled_column_is_chosen_and_all_are_kept(read):
    people = read("a,b\n,Ivan\nPiotr,Peter\n", '[columns]\nname = ["a", "b"]\n')
    assert [r.fields["name"] for r in people.records] == ["Ivan", "Piotr"]
    assert people.records[1].extra == {"a": "Piotr", "b": "Peter"}


def test_join(read):
    profile = '[join]\nname = ["s", "g"]\nbirth_place = {columns = ["v", "r"], separator = ", "}\n'
    people = read("id,s,g,v,r\n1,Sidorov,Ivan,,Tula\n2,Petrov,,Orlovo,Tula\n3,,,,\n", profile)
    assert [dict(r.fields) for r in people.records] == [
        {"name": "Sidorov Ivan", "birth_place": "Tula"},
        {"name": "Petrov", "birth_place": "Orlovo, Tula"},
        {},
    ]
    assert people.records[0].extra["s"] == "Sidorov"


def test_split_by_separator(read):
    profile = '[columns]\nname = "ФИО"\n[[split]]\ncolumn = "ФИО"\ninto = ["surname", "given"]\n'
    people = read("id,ФИО\n1,Гужва  Пётр Ильич\n2,Петров\n", profile)
    assert people.records[0].fields == {
        "name": "Гужва  Пётр Ильич",
        "surname": "Гужва",
        "given": "Пётр Ильич",
    }
    assert people.records[1].fields == {"name": "Петров", "surname": "Петров"}


def test_split_by_pattern_keeps_the_whole_cell(read):
    pattern = r"'^(?P<camp>.+?)\s*/\s*(?P<prisoner_number>\d+)$'"
    profile = f'[[split]]\ncolumn = "Erkennungsmarke"\npattern = {pattern}\n'
    people = read("id,Erkennungsmarke\n1,IV H / 7997\n2,unlesbar\n", profile)
    assert people.records[0].fields == {"camp": "IV H", "prisoner_number": "7997"}
    assert people.records[1].fields == {}
    assert [r.extra["Erkennungsmarke"] for r in people.records] == ["IV H / 7997", "unlesbar"]


def test_constant_fills_what_the_list_leaves_empty(read):
    people = read("id,source\n1,\n2,page 5\n,\n", '[constant]\nsource = "Book 3"\n')
    assert [r.fields["source"] for r in people.records] == ["Book 3", "page 5"]


def test_optional_columns_may_be_missing(read):
    profile = 'optional = ["rang", "x"]\n[columns]\nrank = "rang"\n[join]\nunit = ["x"]\n'
    (record,) = read("id,name\n1,Ivan\n", profile).records
    assert record.fields == {"name": "Ivan"}


def test_encoding_and_delimiter_can_be_said(tmp_path):
    (tmp_path / "list.csv").write_bytes("id#name\n1#Ёж; ёлка\n".encode("koi8-r"))
    (tmp_path / "p.toml").write_text('encoding = "koi8-r"\ndelimiter = "#"\n')
    people = read_person_list(tmp_path / "list.csv", load_mapping(tmp_path / "p.toml"))
    assert people.records[0].fields == {"name": "Ёж; ёлка"}


@pytest.mark.parametrize(
    ("profile", "word"),
    [
        ("[columns", "understood"),
        ("colums = 1", "colums"),
        ("columns = 1", "columns"),
        ('[columns]\nbirthday = "b"', "birthday"),
        ("[columns]\nname = 5", "name"),
        ('[constant]\nname = ""', "name"),
        ('[join]\nname = "a"', "join.name"),
        ('[join]\nname = {columns = ["a"], sep = ","}', "join.name"),
        ("split = 1", "split"),
        ('[[split]]\ncolumn = "a"\nby = ","', "split"),
        ('[[split]]\ncolumn = "a"\ninto = ["town"]', "town"),
        ('[[split]]\ncolumn = "a"\npattern = "("', "pattern"),
        ('[[split]]\ncolumn = "a"\npattern = "a"', "groups"),
        ('[[split]]\ncolumn = "a"\npattern = "(?P<town>a)"', "town"),
        ('[[split]]\ncolumn = "a"\npattern = "(?P<name>a)"\nseparator = ","', "split"),
        ('delimiter = ";;"', "delimiter"),
        ("encoding = 8", "encoding"),
        ("optional = 1", "optional"),
    ],
)
def test_what_no_profile_can_say(read, profile, word):
    with pytest.raises(UnreadableFile) as caught:
        read("id,name\n1,Ivan\n", profile)
    assert word in str(caught.value.problem.reason)


def test_no_such_profile_names_those_there_are(tmp_path):
    with pytest.raises(UnreadableFile, match="belgium"):
        load_mapping(tmp_path / "none.toml")


def test_every_shipped_profile_loads():
    assert "belgium" in pack_names()
    assert {"belgium", "belgium-identified-dead"} <= set(profiles())
    for name in profiles():
        assert load_mapping(name).name == name


@pytest.mark.parametrize("name", ["atlantis", "../belgium", "", "Belgium/."])
def test_no_such_pack(name):
    with pytest.raises(LookupError, match="belgium"):
        pack_path(name)


def test_an_installed_pack_comes_before_the_checkout_s(tmp_path, monkeypatch):
    (tmp_path / "belgium").mkdir()
    (tmp_path / "belgium" / "profile.toml").touch()
    monkeypatch.setattr("sexton.records.packs._INSTALLED", tmp_path)
    assert pack_path("belgium") == tmp_path / "belgium"

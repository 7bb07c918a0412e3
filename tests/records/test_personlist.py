"""What a person list holds: its columns, ids, extras, notes and progress."""

import pytest

from sexton.messages import Message
from sexton.records import Problem, read_person_list
from sexton.records.delimited import find_delimiter
from sexton.records.plan import distinct


@pytest.fixture
def read(tmp_path):
    def run(text, **options):
        (tmp_path / "list.csv").write_text(text, encoding="utf-8", newline="")
        return read_person_list(tmp_path / "list.csv", **options)

    return run


def test_headers_match_in_any_case_and_order(read):
    people = read(" NAME ,Colour,Id\n Ivan ,red,7\n")
    (record,) = people.records
    assert (record.id, record.fields, record.extra) == ("7", {"name": " Ivan "}, {"Colour": "red"})
    assert people.columns == ("id", "name")
    assert people.extra_columns == ("Colour",)


def test_ids_are_made_of_file_and_row_and_that_is_said(read):
    people = read("name\nIvan\n\nPiotr\n")
    assert [r.id for r in people.records] == ["list.csv:2", "list.csv:4"]
    assert "2 rows have no id" in str(people.notes[0])


def test_a_made_id_never_displaces_a_written_one(read):
    people = read("id,name\nlist.csv:3,Ivan\n,Piotr\n")
    assert [r.fields["name"] for r in people.records] == ["Ivan"]
    assert people.rejected == 1


def test_columns_named_twice_or_not_at_all_are_kept(read):
    people = read("id,name,Name,\n1,Ivan,Jean,note\n")
    assert people.records[0].fields == {"name": "Ivan"}
    assert people.records[0].extra == {"Name (2)": "Jean", "column 4": "note"}
    assert "Name (2)" in str(people.notes[0])


def test_distinct_names():
    assert distinct(["a", "A", "a (2)", "", " b "]) == ["a", "A (2)", "a (2) (2)", "column 4", "b"]


def test_progress_is_told(read, monkeypatch):
    monkeypatch.setattr("sexton.records.personlist.PROGRESS_EVERY", 2)
    told = []
    read("name\n" + "Ivan\n" * 5, progress=lambda *args: told.append(args))
    assert [done for _, done, _ in told] == [2, 4]
    assert "list.csv" in told[0][0]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters_are_recognised(read, delimiter):
    header = delimiter.join(["id", "name", "birth_place"])
    row = delimiter.join(["1", '"a, b; c|d"', '"x, y; z"'])
    (record,) = read(f"{header}\n{row}\n").records
    assert record.fields == {"name": "a, b; c|d", "birth_place": "x, y; z"}


def test_a_delimiter_is_recognised_in_foreign_words():
    sample = ["Nachname; Vorname (Ruf-, Taufname)\n", "Huber; Iwan\n", 'Maier; "X\n']
    assert find_delimiter(sample, frozenset()) == ";"


def test_a_problem_says_where_it_is():
    why, what = Message("Bad."), Message("Mend it.")
    assert str(Problem("a.csv", 3, "name", why, what)) == "a.csv, row 3, column name: Bad. Mend it."
    assert str(Problem("a.csv", 3, None, why, what)) == "a.csv, row 3: Bad. Mend it."
    assert str(Problem("a.csv", None, "id", why, what)) == "a.csv, column id: Bad. Mend it."
    assert str(Problem("a.csv", None, None, why, what)) == "a.csv: Bad. Mend it."

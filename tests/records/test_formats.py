"""A table written in any format reads back verbatim, whatever its cells say."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sexton.records import COLUMNS, UnreadableFile, read_person_list, write_table

# Everything that text can be, but for zero bytes and halves of characters.
CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
ROWS = st.lists(
    st.fixed_dictionaries(dict.fromkeys(("name", "birth_date", "remarks", "Grave no."), CELLS)),
    min_size=1,
    max_size=6,
)
SOME = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
FEW = settings(SOME, max_examples=5)


def check_round_trip(rows, path):
    rows = [{"id": f"r{i}", **row} for i, row in enumerate(rows)]
    write_table(rows, list(rows[0]), path)
    people = read_person_list(path)
    assert [record.id for record in people.records] == [row["id"] for row in rows]
    assert people.rejected == 0
    for record, row in zip(people.records, rows, strict=True):
        cells = {"id": record.id, **record.fields, **record.extra}
        assert cells == {name: cell for name, cell in row.items() if cell.strip()}
        assert set(record.fields) <= set(COLUMNS)


@SOME
@given(ROWS)
@pytest.mark.parametrize("suffix", [".csv", ".jsonl"])
def test_text_formats_keep_every_cell(tmp_path, suffix, rows):
    check_round_trip(rows, tmp_path / f"list{suffix}")


@FEW
@given(ROWS)
@pytest.mark.parametrize("suffix", [".xlsx", ".parquet"])
def test_packed_formats_keep_every_cell(tmp_path, suffix, rows):
    check_round_trip(rows, tmp_path / f"list{suffix}")


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".txt"])
@settings(SOME, max_examples=100)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(tmp_path, suffix, content):
    path = tmp_path / f"list{suffix}"
    path.write_bytes(content)
    check_accounted(path)


@pytest.mark.parametrize("suffix", [".csv", ".jsonl"])
@settings(SOME, max_examples=100)
@given(st.data())
def test_a_mangled_list_is_accounted_for(tmp_path, suffix, data):
    path = tmp_path / f"list{suffix}"
    rows = [{"id": str(i), "name": f"Иван «{i}», сын", "remarks": 'a "b"\nc'} for i in range(20)]
    write_table(rows, list(rows[0]), path)
    content = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 10))):
        where = data.draw(st.integers(0, len(content) - 1))
        content[where : where + data.draw(st.integers(0, 3))] = data.draw(
            st.sampled_from([b'"', b"\n", b",", b"\0", b"\xff", b"\r", b"", b"{", b"\\ud800"])
        )
    path.write_bytes(content)
    check_accounted(path)


@pytest.mark.parametrize("suffix", [".xlsx", ".parquet"])
@FEW
@given(st.data())
def test_mangled_packed_files_are_read_or_refused(tmp_path, suffix, data):
    path = tmp_path / f"list{suffix}"
    write_table([{"id": "1", "name": "Иван"}], ["id", "name"], path)
    content = bytearray(path.read_bytes())
    # The size of a workbook differs with the time of day that stands in it.
    where = data.draw(st.integers(0, 100_000)) % len(content)
    content[where : where + data.draw(st.integers(1, 40))] = data.draw(st.binary(max_size=40))
    path.write_bytes(content)
    check_accounted(path)


def check_accounted(path):
    try:
        people = read_person_list(path)
    except UnreadableFile as refusal:
        assert str(refusal.problem.reason)
        assert str(refusal.problem.remedy)
        return
    assert len(people.records) + len(people.problems) == people.read
    assert len({record.id for record in people.records}) == people.accepted
    assert "\0" not in str([record.fields for record in people.records])

"""The Belgian register is read whole by its profile."""

import csv

from sexton.records import load_mapping, pack_path, read_person_list

ENTRIES = pack_path("belgium") / "entries.csv"


def test_every_entry_is_read():
    people = read_person_list(ENTRIES, load_mapping("belgium"))
    with ENTRIES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [record.id for record in people.records] == [row["entry_id"] for row in rows]
    assert (people.accepted, people.rejected, people.read) == (len(rows), 0, len(rows))


def test_cells_stay_as_written_under_the_contract_s_columns():
    people = read_person_list(ENTRIES, load_mapping("belgium"))
    record = people.records[0]
    assert record.fields["name"] == "Fedor Konovalov"
    assert record.fields["birth_date"] == "1912"
    assert record.fields["burial_place"] == "engreux"
    assert record.extra == {"unknown_person": "0"}
    assert (record.file, record.row) == ("entries.csv", 2)
    assert "patronymic" not in record.fields


def test_a_later_batch_in_another_order_reads_the_same(tmp_path):
    with ENTRIES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    later = tmp_path / "later.csv"
    with later.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, [*reversed(rows[0]), "photo"])
        writer.writeheader()
        writer.writerows({**row, "photo": "p.jpg"} for row in rows)
    mapping = load_mapping("belgium")
    first, second = (read_person_list(path, mapping) for path in (ENTRIES, later))
    assert [r.fields for r in first.records] == [r.fields for r in second.records]
    assert {r.extra["photo"] for r in second.records} == {"p.jpg"}

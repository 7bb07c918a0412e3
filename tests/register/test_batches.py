"""Files taken into the register: preview, all or nothing, twice the same, taken back."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sexton.messages import Message
from sexton.records import pack_path
from sexton.web.register import decisions, exports, imports, models, services
from sexton.web.register.history import change
from sexton.web.register.past import register_now

from .conftest import person, take_in, write_csv

pytestmark = pytest.mark.django_db
PACK = pack_path("belgium")
MAN = {
    "id": "p1",
    "surname": "Petrov",
    "given": "Ivan",
    "birth_date": "12.03.1912",
    "prisoner_number": "7997",
    "camp": "VI K (326)",
    "source": "https://archive.example/1",
}
SITE = {"site_id": "genk", "name_en": "Genk", "municipality": "Genk", "province": "Limburg",
        "facts": "", "source_url": "https://archive.example/sites"}  # fmt: skip
COUNT = {"subject": "genk", "measure": "graves", "value_as_written": "70", "low": "70",
         "high": "70", "refers_to": "2021", "stated_on": "2021", "stated_by": "the register",
         "source": "https://archive.example/1"}  # fmt: skip


def preview(path: Path) -> imports.Preview:
    return imports.preview(imports.read_files(path))


def verdicts(found: imports.Preview) -> dict[str, dict[str, int]]:
    return {table: dict(counts) for table, counts in found.counts.items()}


def test_every_row_of_the_pack_comes_out_identical(tmp_path: Path) -> None:
    take_in(PACK)
    exports.write_sheets(tmp_path)
    files = sorted(PACK.glob("*.csv"))
    assert len(files) == 15
    for file in files:
        with file.open(encoding="utf-8", newline="") as one:
            wanted = list(csv.reader(one))
        with (tmp_path / file.name).open(encoding="utf-8", newline="") as two:
            assert list(csv.reader(two)) == wanted
        assert (tmp_path / file.name).read_bytes() == file.read_bytes()


def test_the_same_files_twice_change_nothing() -> None:
    first, found = take_in(PACK)
    before = register_now().dump()
    again, known = take_in(PACK)
    assert (again, known.known) == (None, first.pk)
    assert preview(PACK).known == first.pk
    assert register_now().dump() == before
    files = imports.read_files(PACK)
    for file in files:
        assert sum(found.counts[file.table].values()) == len(file.rows), file.name
    waiting = {table: c["waiting"] for table, c in found.counts.items() if c["waiting"]}
    assert waiting == {"identified_dead": 2, "name_pairs": 3}
    assert not found.refused


def test_a_preview_writes_nothing() -> None:
    found = preview(PACK)
    assert verdicts(found)["sites"] == {"new": 65}
    assert not models.Change.objects.exists()
    assert not models.Source.objects.exists()


def test_import_then_undo_gives_the_same_register(tmp_path: Path, site) -> None:
    take_in(write_csv(tmp_path / "first.csv", [MAN]))
    before = register_now().dump()
    batch, _ = take_in(PACK)
    assert models.Record.objects.count() == 313
    imports.undo_batch(batch.pk, "an archivist", "the wrong pack")
    assert register_now().dump() == before
    assert models.Batch.objects.get(pk=batch.pk).state == "undone"
    again, _ = take_in(PACK)
    assert (again.pk, models.Record.objects.count()) == (batch.pk + 1, 313)


def test_undo_survives_what_the_engine_concluded_since(tmp_path: Path) -> None:
    take_in(write_csv(tmp_path / "first.csv", [MAN]))
    before = register_now().dump()
    batch, _ = take_in(write_csv(tmp_path / "b.csv", [{**MAN, "id": "q", "patronymic": "Ilyich"}]))
    services.store_clusters(_One(("p1", "q")))
    assert models.Person.objects.get().name == "Petrov Ivan Ilyich"
    services.rebuild_search()
    services.store_findings([_Fault(("q",))])
    imports.undo_batch(batch.pk, "an archivist", "the wrong list")
    assert not models.NameKey.objects.filter(record__key="q").exists()
    assert not models.Finding.objects.exists()  # it names who is not in the register any more
    now = register_now().dump()
    assert now.pop("membership").keys() == before.pop("membership").keys()
    assert now == before


class _One:
    """The engine's answer: all records are one man."""

    def __init__(self, keys) -> None:
        self.links = ()
        self.members = [_Member(key) for key in keys]


class _Fault:
    """A fault that the audit found."""

    kind, severity, message = "odd", "note", Message("odd")

    def __init__(self, ids) -> None:
        self.ids = ids


class _Member:
    cluster_id, probability = "one", 0.9

    def __init__(self, key: str) -> None:
        self.id = key


def test_undo_is_refused_where_a_decision_stands_on_the_batch(tmp_path: Path) -> None:
    batch, _ = take_in(write_csv(tmp_path / "a.csv", [MAN]))
    with change("a reviewer", "the card is clear") as door:
        door.add(models.PersonName(person=models.Person.objects.get(), written="Пётр"))
    before = register_now().dump()
    with pytest.raises(Exception, match="personname"):
        imports.undo_batch(batch.pk, "x", "y")
    assert register_now().dump() == before
    assert models.Batch.objects.get().state == "applied"


def test_a_record_makes_claims_as_written_and_as_read(tmp_path: Path) -> None:
    take_in(write_csv(tmp_path / "a.csv", [MAN]))
    claims = {claim.property: claim for claim in models.Claim.objects.select_related("record")}
    assert {claim.record.key for claim in claims.values()} == {"p1"}
    birth = claims["birth_date"]
    assert (birth.value, birth.read, str(birth.first_day)) == (
        "12.03.1912",
        "1912-03-12",
        "1912-03-12",
    )
    assert (claims["surname"].value, claims["surname"].read) == ("Petrov", "petrov")
    assert claims["prisoner_number"].read == "7997"
    assert claims["camp"].read
    assert claims["birth_date"].record.source.url == MAN["source"]


def test_a_whole_name_is_read_into_its_parts(tmp_path: Path) -> None:
    take_in(write_csv(tmp_path / "a.csv", [{"id": "1", "name": "Иванов Пётр Ильич"}]))
    read = dict(models.Claim.objects.values_list("property", "read"))
    assert (read["surname"], read["given"], read["patronymic"]) == ("иванов", "пётр", "ильич")


def test_a_row_written_otherwise_is_kept_beside_the_first(tmp_path: Path) -> None:
    take_in(write_csv(tmp_path / "a.csv", [MAN]))
    later = write_csv(tmp_path / "b.csv", [{**MAN, "birth_date": "1913"}])
    assert verdicts(preview(later)) == {"persons": {"changed": 1}}
    take_in(later)
    first, second = models.Record.objects.order_by("pk")
    assert (second.key, second.replaces, first.fields["birth_date"]) == (
        "p1~2",
        first,
        "12.03.1912",
    )
    assert models.Person.objects.get().record_count == 2
    born = models.Claim.objects.filter(property="birth_date").values_list("value", flat=True)
    assert sorted(born) == ["12.03.1912", "1913"]
    for known in (later, write_csv(tmp_path / "c.csv", [MAN, {**MAN, "id": "new"}])):
        assert "changed" not in verdicts(preview(known))["persons"]
    services.store_clusters(_One(()))
    assert models.Person.objects.count() == 1


def test_one_id_in_two_lists_is_a_conflict(tmp_path: Path) -> None:
    take_in(write_csv(tmp_path / "a.csv", [MAN]))
    other = write_csv(tmp_path / "b.csv", [{**MAN, "source": "https://other.example"}])
    before = register_now().dump()
    with pytest.raises(imports.BatchRefused, match="Another list"):
        take_in(other)
    assert register_now().dump() == before
    _, found = take_in(other, leave_out=True)
    assert verdicts(found) == {"persons": {"conflicting": 1}}
    assert models.Record.objects.count() == 1


def test_a_row_on_which_a_decision_stands_is_not_rewritten(tmp_path: Path) -> None:
    take_in(write_csv(tmp_path / "a.csv", [MAN]))
    with change("a reviewer", "z") as door:
        claim = models.Claim.objects.get(property="birth_date")
        decisions.prefer(door, claim, "seen on the card")
    with pytest.raises(imports.BatchRefused, match="seen on the card"):
        take_in(write_csv(tmp_path / "b.csv", [{**MAN, "birth_date": "1913"}]))


def test_sites_are_compared_three_ways(tmp_path: Path) -> None:
    take_in(write_csv(tmp_path / "sites.csv", [SITE]))
    stored = models.Site.objects.get()
    with change("a steward", "a visit") as door:
        door.edit(stored, province="Luik")
    same = write_csv(tmp_path / "same.csv", [{**SITE, "facts": "restored"}])
    assert verdicts(preview(same)) == {"sites": {"changed": 1}}
    take_in(same)
    stored.refresh_from_db()
    assert (stored.province, stored.facts) == ("Luik", "restored")
    with pytest.raises(imports.BatchRefused, match="province"):
        take_in(write_csv(tmp_path / "other.csv", [{**SITE, "province": "Namur"}]))
    stored.refresh_from_db()
    assert stored.province == "Luik"


def test_a_preferred_value_of_a_site_is_not_overrun(tmp_path: Path, source) -> None:
    take_in(write_csv(tmp_path / "sites.csv", [SITE]))
    with change("a reviewer", "z") as door:
        site = models.Site.objects.get()
        claim = door.add(models.Claim(site=site, source=source, property="facts", value="x"))
        decisions.prefer(door, claim, "measured on the spot")
    with pytest.raises(imports.BatchRefused, match="measured on the spot"):
        take_in(write_csv(tmp_path / "b.csv", [{**SITE, "facts": "70 graves"}]))


def test_a_link_does_not_join_two_who_are_two_men(tmp_path: Path) -> None:
    people = [{**MAN, "id": key} for key in ("a", "b", "c")]
    take_in(write_csv(tmp_path / "a.csv", people))
    ids = {record.key: record for record in models.Record.objects.all()}
    with change("a reviewer", "z") as door:
        door.add(
            models.RecordLink(
                left=ids["a"], right=ids["c"], verdict="different", decided=True, reason="brothers"
            )
        )
    link = {"entry_id_a": "a", "entry_id_b": "b", "why": "", "certainty": "certain", "group_id": ""}
    links = [link, {**link, "entry_id_a": "c"}, {**link, "entry_id_b": "nobody"}]
    path = write_csv(tmp_path / "links.csv", links)
    assert verdicts(preview(path)) == {"links": {"new": 1, "breaks": 1, "conflicting": 1}}
    with pytest.raises(imports.BatchRefused, match="brothers"):
        take_in(path)
    take_in(path, leave_out=True)
    assert models.RecordLink.objects.filter(verdict="same").count() == 1


def test_two_statements_about_one_number_never_overwrite_each_other(tmp_path: Path) -> None:
    other = {**COUNT, "value_as_written": "73", "low": "73", "high": "73", "stated_by": "RIA"}
    take_in(write_csv(tmp_path / "a.csv", [COUNT]))
    take_in(write_csv(tmp_path / "b.csv", [other, COUNT]))
    take_in(write_csv(tmp_path / "c.csv", [{**COUNT, "stated_on": "2022"}]))
    told = models.Statement.objects.values_list("value", "stated_by", "stated_on")
    assert sorted(told) == [
        ("70", "the register", "2021"),
        ("70", "the register", "2022"),
        ("73", "RIA", "2021"),
    ]
    assert not models.History.objects.exists()


def test_a_text_too_long_for_its_column_is_told_before(tmp_path: Path) -> None:
    long = write_csv(tmp_path / "a.csv", [{**MAN, "id": "x" * 201}])
    assert preview(long).refused[0].message.params == {"fields": "id", "limit": 200}
    town = write_csv(tmp_path / "b.csv", [{**SITE, "municipality": "x" * 201}])
    assert preview(town).refused[0].message.params == {"fields": "municipality", "limit": 200}


def test_a_batch_that_is_not_there_cannot_be_undone(tmp_path: Path) -> None:
    with pytest.raises(imports.ImportFailed, match="no batch 7"):
        imports.undo_batch(7, "x", "y")


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.fixed_dictionaries({k: st.text(max_size=8) for k in MAN}), max_size=5))
def test_whatever_a_list_holds_undo_gives_the_same_register(tmp_path: Path, rows) -> None:
    path = write_csv(tmp_path / "any.csv", [MAN, *rows])
    before = register_now().dump()
    batch, _ = take_in(path, leave_out=True)
    imports.undo_batch(batch.pk, "x", "y")
    assert register_now().dump() == before


def test_persons_that_stand_on_more_than_records_are_left_to_people(tmp_path: Path) -> None:
    take_in(write_csv(tmp_path / "a.csv", [MAN, {**MAN, "id": "p2"}]))
    with change("a reviewer", "z") as door:
        man = models.Person.objects.get(key="p1")
        door.add(models.Relation(person=man, kind="wife", named="Anna"))
        person(door, "a man of whom only a letter speaks")
    services.store_clusters(_One(("p1", "p2")))
    assert models.Person.objects.filter(memberships__isnull=False).count() == 2

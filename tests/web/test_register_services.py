"""Loading, clustering and auditing write once, completely, and never change a record."""

from __future__ import annotations

import csv
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sexton.records import UnreadableFile
from sexton.web.register import findings, keys, models, services, state

from .conftest import FINDINGS, PACK, Clusters, Finding, Member, clusters_of_the_pack

pytestmark = pytest.mark.django_db


def rows_of(name: str) -> list[dict[str, str]]:
    with (PACK / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file))


def test_every_row_of_the_pack_is_in_the_register() -> None:
    assert models.Record.objects.count() == len(rows_of("entries.csv"))
    assert models.Site.objects.count() == len(rows_of("sites.csv"))
    sources = set(models.Source.objects.values_list("url", "title"))
    assert {(row["url"], row["title"]) for row in rows_of("sources.csv")} <= sources
    assert models.Statement.objects.count() == len(rows_of("statements.csv"))


def test_cells_are_kept_to_the_letter() -> None:
    for row in rows_of("entries.csv"):
        record = models.Record.objects.get(key=row["entry_id"])
        assert record.fields.get("name", "") == row["name_as_written"]
        assert record.fields.get("birth_date", "") == row["birth_date_as_written"]
        assert record.extra.get("resistance_group", "") == row["resistance_group"]


def test_every_record_leads_to_its_source_and_site() -> None:
    for row in rows_of("entries.csv"):
        record = models.Record.objects.select_related("source", "site").get(key=row["entry_id"])
        assert record.source is not None
        assert record.source.url == row["source_url"]
        assert (record.site.key if record.site else "") == row["site_id"]


def test_unnamed_rows_are_known_as_such() -> None:
    rows = rows_of("entries.csv")
    unnamed = {row["entry_id"] for row in rows if row["unknown_person"] == "1"}
    unnamed.add("en-emb-zolder-001")  # a row whose name cell was lost
    stored = models.Record.objects.filter(is_named=False).values_list("key", flat=True)
    assert set(stored) == unnamed


def test_statements_know_their_source_where_it_is_listed() -> None:
    taken = models.Statement.objects.get(subject="limburg")
    assert taken.source is not None
    assert taken.source.publisher == "taskforceliberty.be"
    assert models.Statement.objects.filter(subject="genk", site__key="genk").count() == 2


def test_loading_twice_changes_nothing() -> None:
    before = state.version()
    records = list(models.Record.objects.values_list("pk", "key"))
    counts = services.load_pack(PACK)
    services.store_clusters(clusters_of_the_pack())
    services.store_findings(FINDINGS)
    services.rebuild_search()
    assert set(counts.values()) == {0}
    assert list(models.Record.objects.values_list("pk", "key")) == records
    assert state.version() == before


def test_a_later_batch_is_added_and_a_changed_row_is_only_counted(tmp_path: Path) -> None:
    shutil.copytree(PACK, tmp_path / "pack")
    entries = tmp_path / "pack" / "entries.csv"
    rows = rows_of("entries.csv")
    rows[0]["given"] = "Somebody"
    rows.append({**rows[1], "entry_id": "later-1"})
    with entries.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys())
        writer.writeheader()
        writer.writerows(rows)
    before = state.version()
    counts = services.load_pack(tmp_path / "pack")
    assert (counts["records"], counts["differing"], counts["rejected"]) == (1, 1, 0)
    assert models.Record.objects.get(key=rows[0]["entry_id"]).fields["given"] != "Somebody"
    assert state.version() != before


def test_a_pack_needs_no_more_than_its_entries(empty_register: None, tmp_path: Path) -> None:
    shutil.copy(PACK / "entries.csv", tmp_path)
    shutil.copy(PACK / "profile.toml", tmp_path)
    counts = services.load_pack(tmp_path)
    assert counts["records"] == len(rows_of("entries.csv"))
    assert models.Source.objects.count() == len({r["source_url"] for r in rows_of("entries.csv")})


def test_nothing_is_written_when_the_pack_cannot_be_read(
    empty_register: None, tmp_path: Path
) -> None:
    shutil.copytree(PACK, tmp_path / "pack")
    (tmp_path / "pack" / "statements.csv").write_text("nothing,of,use\n1,2,3\n")
    with pytest.raises(UnreadableFile):
        services.load_pack(tmp_path / "pack")
    assert models.Record.objects.count() == models.Site.objects.count() == 0


def test_the_database_refuses_to_change_a_record() -> None:
    record = models.Record.objects.first()
    record.fields["name"] = "Another"
    with pytest.raises(IntegrityError, match="verbatim"), transaction.atomic():
        record.save()
    with pytest.raises(IntegrityError, match="verbatim"), transaction.atomic():
        models.Record.objects.update(row=7)


def test_persons_are_the_clusters() -> None:
    wanted = clusters_of_the_pack()
    assert models.Person.objects.count() == len({m.cluster_id for m in wanted.members})
    for link in wanted.links:
        left = models.Membership.objects.get(record__key=link.a)
        right = models.Membership.objects.get(record__key=link.b)
        assert left.person_id == right.person_id
    assert models.PairLink.objects.count() == len(wanted.links)
    stored = models.PairLink.objects.select_related("left", "right").first()
    assert stored.evidence[0]["bits"] == 12.5
    assert set(stored.evidence[0]["message"]) == {"text", "params"}


def test_a_record_that_the_engine_did_not_see_stands_alone() -> None:
    counts = services.store_clusters(Clusters((Member("fr-methode-001", "x", 0.9),), ()))
    assert counts["persons"] == models.Record.objects.count()
    assert counts["links"] == 0


def test_dissolving_persons_keeps_every_record() -> None:
    before = list(models.Record.objects.values_list("key", "fields"))
    services.store_clusters(Clusters((), ()))
    assert list(models.Record.objects.values_list("key", "fields")) == before


def test_a_persons_name_is_the_fullest_that_a_record_writes() -> None:
    members = tuple(Member(key, "one", 0.9) for key in ("fr-methode-001", "fr-methode-062"))
    services.store_clusters(Clusters(members, ()))
    person = models.Person.objects.get(key="fr-methode-001")
    fullest = models.Record.objects.get(key="fr-methode-062")
    assert fullest.fields["patronymic"]
    assert person.name == fullest.name
    assert person.record_count == 2


def test_findings_know_their_records_and_sites() -> None:
    twice = models.Finding.objects.get(kind="one_man_twice")
    assert {record.key for record in twice.records.all()} == set(FINDINGS[0].ids)
    assert [s.key for s in models.Finding.objects.get(kind="wrong_province").sites.all()] == [
        "engreux"
    ]


def test_new_findings_replace_the_old_ones() -> None:
    counts = services.store_findings([Finding("k", "note", ("nobody",), FINDINGS[1].message)])
    assert counts == {"note": 1}
    assert [f.kind for f in findings.in_state("open")] == ["k"]
    assert findings.counts()["mended"] == len(FINDINGS) + 1
    assert services.store_findings([]) == {}
    assert not findings.in_state("open").exists()


def test_the_keys_of_a_record_are_its_names_numbers_and_years() -> None:
    record = models.Record(
        fields={
            "name": "Fedor Konovalov",
            "surname": "Konovalov",
            "given": "Fedor",
            "prisoner_number": "7997-1489",
            "birth_date": "1912",
            "death_date": "02.04.1944",
        }
    )
    found = {(key.kind, key.folded) for key in keys.keys_of(record)}
    assert {
        ("surname", "konovalov"),
        ("given", "fedor"),
        ("number", "7997"),
        ("number", "1489"),
        ("year", "1912"),
        ("year", "1944"),
    } <= found


def test_what_stands_on_an_unnamed_grave_is_no_name() -> None:
    unnamed = models.Record.objects.filter(is_named=False)
    assert not models.NameKey.objects.filter(
        record__in=unnamed, kind__in=["surname", "given", "patronymic"]
    ).exists()


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.dictionaries(st.sampled_from(["name", "surname", "birth_date"]), st.text(max_size=40)))
def test_any_text_has_keys_that_fit_the_table(fields: dict[str, str]) -> None:
    for key in keys.keys_of(models.Record(fields=fields)):
        assert key.folded
        assert len(key.folded) <= 300


def test_a_probability_belongs_to_its_record() -> None:
    result = clusters_of_the_pack()
    members = (replace(result.members[0], probability=0.61), *result.members[1:])
    services.store_clusters(replace(result, members=members))
    assert models.Membership.objects.get(record__key=members[0].id).probability == 0.61

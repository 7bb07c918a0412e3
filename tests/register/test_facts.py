"""Organisations, names, memorials, affiliations and events come in by the ordinary import."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sexton.web.register import imports, merging, models, services
from sexton.web.register.history import change
from sexton.web.register.past import register_now

from .conftest import take_in, write_csv
from .test_batches import COUNT, MAN, SITE, _One, preview, verdicts

pytestmark = pytest.mark.django_db
PAGE = "https://archive.example/1"
SAID = {"source": PAGE, "rests_on": "the page", "quote": "its words", "language": "en",
        "concluded": ""}  # fmt: skip
OF_ENTRY = {k: v for k, v in SAID.items() if k != "source"}
CAMP = {"organisation_id": "stalag-326", "kind": "camp", "name": "Stalag 326", "parent_id": "",
        "place": "Senne", "when": "1942/1944", **SAID}  # fmt: skip
NAME = {"organisation_id": "stalag-326", "name": "VI K (326)", "column": "camp",
        "kind": "number", "when": "", **SAID}  # fmt: skip
AFFILIATION = {"entry_id": "p1", "organisation_id": "stalag-326", "role": "prisoner", "number": "",
               "when": "1942-10", **OF_ENTRY}  # fmt: skip
EVENT = {"event_id": "escape", "kind": "escape", "title": "Escape", "when": "May 1943",
         "place": "Eisden", "site_id": "", "organisation_id": "stalag-326", "follows_id": "",
         **SAID}  # fmt: skip
PART = {"event_id": "escape", "entry_id": "p1", "role": "subject", **OF_ENTRY}
MEMORIAL = {"memorial_id": "stone", "site_id": "genk", "kind": "monument", "name_en": "Stone",
            "place": "Genk", "when": "1990", "remembers": "", **SAID}  # fmt: skip
CARE = {"site_id": "genk", "organisation_id": "town", "relation": "caretaker", "when": "", **SAID}
SUBJECT = {"subject": "genk", "measure": "graves", "organisation_id": "stalag-326", **OF_ENTRY}
PAIR = {"entry_id": "p1", "form_1": "Petroff", "form_2": "Petrov", "source_lang": "fr",
        "basis": "one page", "relation": "form_1 grave or register, form_2 restored",
        "source_url": PAGE}  # fmt: skip


def pack(folder: Path, **tables: list[dict[str, str]]) -> Path:
    """A folder with these tables."""
    folder.mkdir()
    for name, rows in tables.items():
        write_csv(folder / f"{name}.csv", rows)
    return folder


def whole(folder: Path) -> Path:
    """One row of each table."""
    return pack(
        folder,
        sites=[SITE],
        entries=[MAN],
        statements=[COUNT],
        name_pairs=[PAIR],
        organisations=[{**CAMP, "parent_id": "town"}, {**CAMP, "organisation_id": "town"}],
        organisation_names=[NAME],
        statement_subjects=[SUBJECT],
        site_care=[CARE],
        memorials=[MEMORIAL],
        affiliations=[{**AFFILIATION, "organisation_id": "town"}],
        events=[EVENT],
        participants=[PART],
    )


def refusals(path: Path) -> list[str]:
    return [str(item.message) for item in preview(path).refused]


def test_one_row_of_each_table_twice_and_taken_back(tmp_path: Path) -> None:
    folder = whole(tmp_path / "pack")
    before = register_now().dump()
    batch, found = take_in(folder)
    assert found.total("new") == 14  # thirteen rows, and what the cell of the camp states
    assert models.Affiliation.objects.count() == 2
    for file in imports.read_files(folder):
        again = imports.preview([file])
        assert (again.total("same"), again.known) == (len(file.rows), None), file.name
    imports.undo_batch(batch.pk, "x", "y")
    assert register_now().dump() == before


def test_what_each_row_becomes(tmp_path: Path) -> None:
    take_in(whole(tmp_path / "pack"))
    camp = models.Organisation.objects.get(key="stalag-326")
    assert (camp.parent.key, camp.when_edtf, camp.source.url) == ("town", "1942/1944", PAGE)
    assert camp.citation == "the page: “its words”"
    escape = models.Event.objects.get()
    assert (escape.organisation, str(escape.first_day)) == (camp, "1943-05-01")
    part = models.Participant.objects.get()
    assert (part.person.key, part.record.key, part.source.url) == ("p1", "p1", PAGE)
    site = models.Site.objects.get()
    assert site.caretaker.key == "town"
    assert models.Memorial.objects.get().site == site
    assert models.Claim.objects.get(site=site).read == "town"
    told = models.Statement.objects.get()
    assert (told.organisation, told.site) == (camp, None)
    names = models.PersonName.objects.values_list("written", "kind", "basis")
    assert sorted(names) == [("Petroff", "in_source", ""), ("Petrov", "restored", "printed")]


@pytest.mark.parametrize("order", [("entries", "names"), ("names", "entries")])
def test_a_cell_that_names_a_camp_states_an_affiliation(tmp_path: Path, order) -> None:
    other = {**MAN, "id": "p2", "camp": "VI K 326"}
    garbled = {**NAME, "name": "IV K (326)", "concluded": "a swapped numeral"}
    folders = {
        "entries": pack(
            tmp_path / "a", entries=[MAN, other, {**MAN, "id": "p3", "camp": "IV K (326)"}]
        ),
        "names": pack(tmp_path / "b", organisations=[CAMP], organisation_names=[NAME, garbled]),
    }
    take_in(folders[order[0]])
    before = register_now().dump()
    batch, found = take_in(folders[order[1]])
    assert found.counts["affiliations_stated"] == {"new": 2}
    stated = models.Affiliation.objects.order_by("record__key")
    assert [(a.record.key, a.number, a.concluded, a.citation) for a in stated] == [
        ("p1", "7997", "", "camp: “VI K (326)”"),
        ("p3", "7997", "a swapped numeral", "camp: “IV K (326)”"),
    ]
    assert {a.source.url for a in stated} == {PAGE}
    imports.undo_batch(batch.pk, "x", "y")
    assert register_now().dump() == before


def test_a_list_says_more_of_what_a_cell_states_already(tmp_path: Path) -> None:
    take_in(pack(tmp_path / "a", entries=[MAN], organisations=[CAMP], organisation_names=[NAME]))
    _, found = take_in(write_csv(tmp_path / "affiliations.csv", [AFFILIATION]))
    assert verdicts(found) == {"affiliations": {"changed": 1}}
    one = models.Affiliation.objects.get()
    assert (one.role, one.number, one.when) == ("prisoner", "7997", "1942-10")


def test_a_row_written_anew_states_nothing_twice(tmp_path: Path) -> None:
    take_in(pack(tmp_path / "a", entries=[MAN], organisations=[CAMP], organisation_names=[NAME]))
    take_in(write_csv(tmp_path / "later.csv", [{**MAN, "birth_date": "1913"}]))
    assert models.Record.objects.count() == 2
    assert models.Affiliation.objects.count() == 1


def test_what_waits_for_a_record_is_said_when_the_record_comes(tmp_path: Path) -> None:
    early = pack(
        tmp_path / "a",
        organisations=[CAMP],
        name_pairs=[PAIR],
        affiliations=[AFFILIATION],
        events=[EVENT],
        participants=[PART],
    )
    _, found = take_in(early)
    assert {t for t, counts in verdicts(found).items() if "waiting" in counts} == {
        "name_pairs", "affiliations", "participants",
    }  # fmt: skip
    assert "affiliations.csv, row 2, column entry_id: there is no record “p1” yet" in str(
        [str(item.message) for item in found.items]
    )
    assert not models.PersonName.objects.exists()
    before = register_now().dump()
    batch, found = take_in(write_csv(tmp_path / "men.csv", [MAN]))
    assert verdicts(found) == {
        "persons": {"new": 1}, "name_pairs": {"new": 1}, "affiliations": {"new": 1},
        "participants": {"new": 1},
    }  # fmt: skip
    assert models.Affiliation.objects.get().person.key == "p1"
    assert models.Person.objects.get().names.count() == 2
    imports.undo_batch(batch.pk, "x", "y")
    assert register_now().dump() == before
    take_in(write_csv(tmp_path / "others.csv", [{**MAN, "id": "p9"}]))
    assert not models.Affiliation.objects.exists()


def test_a_list_and_an_editor_who_both_changed_a_row(tmp_path: Path) -> None:
    take_in(write_csv(tmp_path / "a.csv", [CAMP]))
    with change("an editor", "a letter") as door:
        door.edit(models.Organisation.objects.get(), place="Stukenbrock")
    _, found = take_in(write_csv(tmp_path / "b.csv", [{**CAMP, "name": "Stalag VI K"}]))
    assert verdicts(found) == {"organisations": {"changed": 1}}
    assert models.Organisation.objects.get().place == "Stukenbrock"
    with pytest.raises(imports.BatchRefused, match="place"):
        take_in(write_csv(tmp_path / "c.csv", [{**CAMP, "place": "Minsk"}]))
    assert models.Organisation.objects.get().name == "Stalag VI K"


@pytest.mark.parametrize(
    ("table", "row", "told"),
    [
        ("organisation_names", NAME, "row 2, column organisation_id: nothing has the key"),
        ("organisations", {**CAMP, "parent_id": "nobody"}, "column parent_id: nothing has the key"),
        ("organisations", {**CAMP, "parent_id": "stalag-326"}, "would come after itself"),
        ("organisations", {**CAMP, "organisation_id": "Stalag 326"}, "“Stalag 326” is no key"),
        ("organisations", {**CAMP, "name": "x" * 301}, "column name: the text is longer than 300"),
        ("organisations", {**CAMP, "quote": "x" * 300}, "column quote: the text is longer"),
        ("organisations", {**CAMP, "source": "a book"}, "“a book” is neither an address nor"),
        ("memorials", MEMORIAL, "column site_id: nothing has the key “genk”"),
        ("events", {**EVENT, "organisation_id": "", "follows_id": "x"}, "follows_id: nothing has"),
        ("statement_subjects", SUBJECT, "column organisation_id: nothing has the key"),
        ("site_care", CARE, "column site_id: nothing has the key “genk”"),
        ("name_pairs", {**PAIR, "entry_id": "a / b / c"}, "a pair is of one record or of two"),
        ("name_pairs", {**PAIR, "form_2": "x" * 301}, "column form_2: the text is longer than 300"),
    ],
)  # fmt: skip
def test_a_refusal_names_file_row_column_and_what_to_do(tmp_path: Path, table, row, told) -> None:
    path = write_csv(tmp_path / f"{table}.csv", [row])
    (refusal,) = refusals(path)
    assert refusal.startswith(f"{table}.csv, row 2, column ")
    assert told in refusal
    before = register_now().dump()
    with pytest.raises(imports.BatchRefused):
        take_in(path)
    assert register_now().dump() == before
    take_in(path, leave_out=True)
    assert models.SheetRow.objects.count() == 1
    assert not models.Organisation.objects.exists()


def test_a_code_that_means_nothing_is_reported(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "organisations.csv", [{**CAMP, "kind": "castle"}, CAMP])
    found = preview(path)
    assert verdicts(found) == {"organisations": {"new": 1}}
    assert "row 2, column kind: “castle” is none of the words" in str(found.problems[0])
    assert "camp, mine" in str(found.problems[0])


def test_two_rows_of_one_thing_that_disagree_are_refused(tmp_path: Path) -> None:
    rows = [CAMP, CAMP, {**CAMP, "place": "Minsk"}]
    path = write_csv(tmp_path / "organisations.csv", rows)
    assert verdicts(preview(path)) == {"organisations": {"new": 1, "same": 1, "conflicting": 1}}
    assert "row 4: an earlier row of this file is of the same thing" in refusals(path)[0]


def test_rows_that_refer_to_a_refused_row_are_refused_too(tmp_path: Path) -> None:
    part = {**CAMP, "organisation_id": "part", "parent_id": "stalag-326"}
    path = write_csv(tmp_path / "organisations.csv", [part, {**CAMP, "source": "a book"}])
    assert len(refusals(path)) == 2
    take_in(path, leave_out=True)
    assert not models.Organisation.objects.exists()


def test_two_in_a_circle_are_refused(tmp_path: Path) -> None:
    take_in(write_csv(tmp_path / "a.csv", [CAMP, {**CAMP, "organisation_id": "b",
                                                   "parent_id": "stalag-326"}]))  # fmt: skip
    path = write_csv(tmp_path / "organisations.csv", [{**CAMP, "parent_id": "b"}])
    assert "would come after itself" in refusals(path)[0]


def test_a_source_is_cited_by_address_or_title(tmp_path: Path) -> None:
    book = {"url": "", "title": "A book", "language": "nl", "publisher": "P",
            "what_it_holds": "", "read": "part"}  # fmt: skip
    cited = [{**CAMP, "source": "A book"},
             {**CAMP, "organisation_id": "b",
              "source": "https://x.example (Press, 2020)"}]  # fmt: skip
    take_in(pack(tmp_path / "a", sources=[book], organisations=cited))
    sources = models.Source.objects.order_by("title").values_list("url", "title")
    assert list(sources) == [("", "A book"), ("https://x.example", "Press, 2020")]
    assert models.Organisation.objects.get(key="stalag-326").source.publisher == "P"


def test_a_second_caretaker_stays_a_claim_beside_the_first(tmp_path: Path) -> None:
    take_in(whole(tmp_path / "pack"))
    other = {**CARE, "organisation_id": "stalag-326", "quote": "others cut the grass"}
    take_in(write_csv(tmp_path / "care.csv", [other]))
    assert models.Site.objects.get().caretaker.key == "town"
    told = models.Claim.objects.filter(property="caretaker").values_list("value", flat=True)
    assert sorted(told) == ["its words", "others cut the grass"]


def test_a_later_statement_is_of_the_organisation_too(tmp_path: Path) -> None:
    take_in(whole(tmp_path / "pack"))
    later = {**COUNT, "value_as_written": "71"}
    take_in(write_csv(tmp_path / "later.csv", [later, {**COUNT, "measure": "crosses"}]))
    of = models.Statement.objects.values_list("value", "measure", "organisation__key", "site__key")
    assert sorted(of) == [
        ("70", "crosses", None, "genk"),
        ("70", "graves", "stalag-326", None),
        ("71", "graves", "stalag-326", None),
    ]
    other = {**SUBJECT, "organisation_id": "town"}
    _, found = take_in(write_csv(tmp_path / "subjects.csv", [other]))
    assert verdicts(found) == {"statement_subjects": {"changed": 1}}
    assert models.Statement.objects.filter(organisation__key="town").count() == 2


def test_what_was_taken_from_a_record_goes_with_it(tmp_path: Path) -> None:
    """The engine joins and parts men with names, affiliations and events; the batch can go."""
    before = register_now().dump()
    folder = pack(
        tmp_path / "a",
        entries=[MAN, {**MAN, "id": "p2"}],
        organisations=[CAMP],
        organisation_names=[NAME],
        name_pairs=[{**PAIR, "entry_id": "p2"}],
        events=[EVENT],
        participants=[{**PART, "entry_id": "p2"}],
    )
    batch, _ = take_in(folder)
    services.store_clusters(_One(("p1", "p2")))
    joined = models.Person.objects.get()
    assert (joined.key, joined.names.count(), joined.affiliations.count()) == ("p1", 2, 2)
    assert joined.participations.count() == 1
    services.store_clusters(_One(()))
    assert _of("p1") == (0, 1, 0)
    assert _of("p2") == (2, 1, 1)
    services.store_clusters(_One(("p1", "p2")))
    imports.undo_batch(batch.pk, "x", "y")
    assert register_now().dump() == before


def test_joining_and_parting_by_decisions_keeps_each_his_own(tmp_path: Path) -> None:
    entries = [MAN, {**MAN, "id": "p2"}]
    take_in(
        pack(tmp_path / "a", entries=entries, organisations=[CAMP], organisation_names=[NAME],
             name_pairs=[{**PAIR, "entry_id": "p2"}])
    )  # fmt: skip
    one, two = models.Record.objects.order_by("key")
    merging.accept(one, two, "a reviewer", "one number")
    assert _of("p1") == (2, 2, 0)
    merging.withdraw(models.RecordLink.objects.get(), "a reviewer", "two villages")
    assert (_of("p1"), _of("p2")) == ((0, 1, 0), (2, 1, 0))


def _of(key: str) -> tuple[int, int, int]:
    man = models.Person.objects.get(key=key)
    return man.names.count(), man.affiliations.count(), man.participations.count()


def test_an_edit_by_a_list_is_taken_back_after_the_engine_moved_the_row(tmp_path: Path) -> None:
    entries = [{**MAN, "id": "p1"}, {**MAN, "id": "p2"}]
    take_in(pack(tmp_path / "a", entries=entries, organisations=[CAMP],
                 affiliations=[{**AFFILIATION, "entry_id": "p2"}]))  # fmt: skip
    changed = {**AFFILIATION, "entry_id": "p2", "role": "cook"}
    batch, _ = take_in(write_csv(tmp_path / "affiliations.csv", [changed]))
    services.store_clusters(_One(("p1", "p2")))
    imports.undo_batch(batch.pk, "x", "y")
    one = models.Affiliation.objects.get()
    assert (one.role, one.person.key) == ("prisoner", "p1")


WORDS = st.sampled_from(["", "p1", "stalag-326", "genk", "camp", "1942", "x" * 301, "“", "a b"])


@settings(
    max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(st.fixed_dictionaries(dict.fromkeys(CAMP, WORDS)), max_size=3),
    st.lists(st.fixed_dictionaries(dict.fromkeys(AFFILIATION, WORDS)), max_size=3),
)
def test_whatever_the_tables_hold_undo_gives_the_same_register(tmp_path, camps, members) -> None:
    folder = tmp_path / "any"
    for name, rows in (("organisations", [CAMP, *camps]), ("affiliations", [AFFILIATION, *members]),
                       ("entries", [MAN])):  # fmt: skip
        folder.mkdir(exist_ok=True)
        write_csv(folder / f"{name}.csv", rows)
    before = register_now().dump()
    batch, _ = take_in(folder, leave_out=True)
    imports.undo_batch(batch.pk, "x", "y")
    assert register_now().dump() == before

"""Each kind of fault on rows made for the test (simulated: these people never lived)."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sexton.audit import Finding, audit, kinds
from sexton.records import COLUMNS, Record


@dataclass
class Link:
    a: str
    b: str
    probability: float


def record(identifier: str, **fields: str) -> Record:
    return Record(
        identifier, {"source": "page", "burial_place": "here", **fields}, {}, "list.csv", 1
    )


def found(kind: str, *records: Record, **more) -> list[Finding]:  # type: ignore[no-untyped-def]
    return [finding for finding in audit(records, **more) if finding.kind == kind]


def site(**fields: str) -> dict[str, str]:
    return {"site_id": "here", "kind": "grave", **fields}


IVAN = {
    "surname": "Petrov",
    "given": "Ivan",
    "birth_date": "01.02.1915",
    "death_date": "03.04.1943",
}


class TestOneMan:
    def test_two_spellings_with_the_same_dates_are_one_man_twice(self) -> None:
        other = {**IVAN, "surname": "Petrow"}
        [finding] = found("one_man_twice", record("1", **IVAN), record("2", **other))
        assert finding.ids == ("1", "2")
        assert not found("same_dates_two_names", record("1", **IVAN), record("2", **other))

    def test_a_contradicting_patronymic_parts_two_men(self) -> None:
        a = record("1", **IVAN, patronymic="Fedorovitch")
        b = record("2", **IVAN, patronymic="Grigorevitch")
        assert not found("one_man_twice", a, b)
        assert found("same_dates_two_names", a, b)

    def test_another_death_parts_two_men_of_one_list(self) -> None:
        other = {**IVAN, "death_date": "04.04.1943"}
        assert not found("one_man_twice", record("1", **IVAN), record("2", **other))

    def test_rows_of_two_pages_are_no_double(self) -> None:
        assert not found("one_man_twice", record("1", **IVAN), record("2", **IVAN, source="other"))

    def test_a_grave_and_a_cross(self) -> None:
        cross = record("2", **IVAN, source="other", burial_place="there")
        [finding] = found("one_man_at_two_sites", record("1", **IVAN), cross)
        assert "here, there" in str(finding.message)

    def test_namesakes_at_two_sites_without_a_common_date_are_two(self) -> None:
        undated = {key: value for key, value in IVAN.items() if not key.endswith("date")}
        far = record("2", **undated, source="other", burial_place="there")
        assert not found("one_man_at_two_sites", record("1", **IVAN), far)

    def test_links_say_more_than_the_rule(self) -> None:
        a, b = record("1", surname="Tactionoff"), record("2", surname="Tretiakov")
        assert found("one_man_twice", a, b, links=[Link("1", "2", 0.9)])
        other = record("2", surname="Sidorov")
        assert not found("one_man_twice", a, other, links=[Link("1", "2", 0.9)])
        assert not found("one_man_twice", a, b, links=[Link("1", "2", 0.2), Link("1", "x", 0.9)])

    def test_a_link_between_rows_with_other_patronymics_is_doubted(self) -> None:
        a = record("1", **IVAN, patronymic="Fedorovitch")
        b = record("2", **IVAN, patronymic="Grigorevitch")
        assert not found("one_man_twice", a, b, links=[Link("1", "2", 0.9)])

    def test_local_forms_of_a_given_name_do_not_part_a_man(self) -> None:
        assert found("one_man_twice", record("1", **IVAN), record("2", **{**IVAN, "given": "Jean"}))

    def test_progress_is_told(self) -> None:
        told: list[tuple[str, int, int | None]] = []
        audit([record("1", **IVAN)], progress=lambda *step: told.append(step))
        assert told[-1][1] == told[-1][2] == len(kinds())

    def test_a_name_without_parts_is_read(self) -> None:
        a = record("1", name="Ivan Petrov", birth_date="1.2.1915", death_date="3.4.1943")
        for name in ("PETROFF Ivan", "Petrow Ivan Fedorovitch"):
            b = record("2", name=name, birth_date="1.2.1915", death_date="3.4.1943")
            assert found("one_man_twice", a, b)

    def test_unnamed_dead_are_never_one_man(self) -> None:
        a, b = (record(i, name="soldat inconnu", death_date="3.4.1943") for i in "12")
        assert not audit([a, b])


class TestDates:
    def test_sources_disagree(self) -> None:
        late = record("2", **{**IVAN, "death_date": "03.04.1944"}, source="other")
        [finding] = found("deaths_disagree", record("1", **IVAN), late)
        assert "03.04.1943; 03.04.1944" in str(finding.message)

    def test_a_year_and_a_day_of_it_agree(self) -> None:
        rough = record("2", **{**IVAN, "death_date": "1943"}, source="other")
        assert not found("deaths_disagree", record("1", **IVAN), rough)

    @pytest.mark.parametrize(
        ("birth", "severity"),
        [("1932", "warning"), ("1928", "note"), ("1860", "note"), ("1915", "")],
    )
    def test_unlikely_ages(self, birth: str, severity: str) -> None:
        findings = found("unlikely_age", record("1", **{**IVAN, "birth_date": birth}))
        assert [finding.severity for finding in findings] == ([severity] if severity else [])

    def test_born_after_death(self) -> None:
        assert found("born_after_death", record("1", **{**IVAN, "birth_date": "1998"}))

    def test_death_outside_the_war_by_role(self) -> None:
        late = {**IVAN, "death_date": "1979"}
        assert found("death_outside_war", record("1", **late, role="pow"))
        assert not found("death_outside_war", record("1", **late, role="veteran"))
        assert not found("death_outside_war", record("1", **IVAN, role="pow"))

    @pytest.mark.parametrize("written", ["15 eptembre 1944", "31.02.1943", "xx"])
    def test_misprints(self, written: str) -> None:
        assert found("misprinted_date", record("1", **{**IVAN, "death_date": written}))

    def test_stated_as_unknown_is_no_misprint(self) -> None:
        assert not found("misprinted_date", record("1", **{**IVAN, "death_date": "inconnu"}))


class TestBirthPlaces:
    def leak(self, above: str, below: str) -> list[Finding]:
        rows = (
            record("r-9", surname="A", birth_place=above),
            record("r-10", surname="B", birth_place=below),
        )
        return found("leaked_birth_place", *rows)

    def test_the_village_of_the_row_above(self) -> None:
        [finding] = self.leak(
            "Prov. de Kharkov, Gorokhovatka", "Prov. de Semipalatinsk Gorokhovatka"
        )
        assert finding.ids == ("r-10", "r-9")
        assert "“Gorokhovatka”" in str(finding.message)

    def test_the_whole_of_the_row_above(self) -> None:
        assert self.leak("Kaganovitch, rue Lenina, 15", "Pokrovo Kaganovitch, rue Lenina, 15")

    @pytest.mark.parametrize(
        ("above", "below"),
        [
            ("Olchany, Prov. de Kharkov", "Barvenkovo, Prov. de Kharkov"),
            ("Prov. de Kharkov, Olchany", "Prov. de Kharkov, Olchany"),
            ("Prov. de Kharkov, Olchany", "RSS d’Ukraine, Prov. de Kharkov, Olchany"),
            ("Moscou", "Karmolino, Moscou"),
            ("Ukraine", "URSS (Ukraine)"),
            ("", "Olchany"),
        ],
    )
    def test_what_neighbours_may_share(self, above: str, below: str) -> None:
        assert not self.leak(above, below)

    def test_two_towns_beside_a_province_far_away(self) -> None:
        row = record("1", surname="A", birth_place="Poltava, Dikanka, Prov. de Stalingrad")
        [finding] = found("birth_place_contradicts_itself", row)
        assert "Stalingrad" in str(finding.message)
        fine = record("1", surname="A", birth_place="Poltava, Dikanka, Prov. de Poltava")
        assert not found("birth_place_contradicts_itself", fine)


class TestSpellings:
    def row(self, **fields: str) -> Record:
        return record("1", **{"surname": "Plotnikov", "given": "Mikhail", **fields})

    @pytest.mark.parametrize(
        ("kind", "fields"),
        [
            ("cut_name", {"other_names": "Mikhaïl Plotniko"}),
            ("garbled_name", {"other_names": "Mikhaïl Protiakov"}),
            ("glued_name", {"other_names": "MikhailPlotnikov"}),
            ("lookalike_letters", {"name": "PLOTNIKOV М."}),
            ("camp_not_known", {"camp": "Stalag G.C."}),
            ("camp_against_number", {"camp": "IV B (304)"}),
            ("camp_against_number", {"camp": "IV K"}),
            (
                "plate_date",
                {"death_date": "3.4.1943", "remarks": "Plate reads Plotnikov, 7.12.1944."},
            ),
            (
                "plate_date",
                {"death_date": "3.4.1943", "remarks": "Stele spells Plotnikof 1915-1944."},
            ),
        ],
    )
    def test_a_fault_of_writing(self, kind: str, fields: dict[str, str]) -> None:
        assert found(kind, self.row(**fields))

    @pytest.mark.parametrize(
        "fields",
        [
            {"other_names": "Plotnikow Michail Iwanowitsch"},
            {"other_names": "Micha; Jean le Poète; Gilles Gilson"},
            {"camp": "VI K (326)"},
            {"death_date": "3.4.1943", "remarks": "Plate reads Plotnikov, 3 avril 1943."},
            {"death_date": "3.4.1943", "remarks": "Plate unveiled 9 May 2012."},
        ],
    )
    def test_what_is_no_fault_of_writing(self, fields: dict[str, str]) -> None:
        assert not audit([self.row(**fields)])

    def test_cyrillic_typed_in_latin_capitals(self) -> None:
        row = record("1", surname="Markov", other_names="MAPKOB")
        assert found("cyrillic_in_latin_capitals", row)

    def test_letters_in_another_order(self) -> None:
        a = record("1", surname="Dotsenko", given="Evgeni")
        b = record("2", surname="Donetsko", given="Evgueny", source="other")
        assert found("moved_letters", a, b)


class TestSites:
    def test_a_commune_in_the_wrong_province(self) -> None:
        [finding] = found("wrong_province", sites=[site(municipality="Balen", province="Limburg")])
        assert "Antwerpen" in str(finding.message) and finding.ids == ("here",)
        assert not found("wrong_province", sites=[site(municipality="Anvers", province="Antwerp")])
        assert not found(
            "wrong_province", sites=[site(municipality="Bous", province="Luxembourg (country)")]
        )

    def test_a_village_that_is_no_commune_is_looked_up(self) -> None:
        from sexton.places import load_gazetteer

        row = site(municipality="Zwijnaarde", province="Limburg")
        assert not found("wrong_province", sites=[row])
        [finding] = found("wrong_province", sites=[row], gazetteer=load_gazetteer("belgium"))
        assert "Oost-Vlaanderen" in str(finding.message)

    def test_coordinates(self) -> None:
        ghent = {"latitude": "51.05", "longitude": "3.72"}
        row = site(municipality="Genk", province="Limburg", **ghent)
        assert found("coordinates_in_other_province", sites=[row])
        assert found("coordinates_far_from_commune", sites=[row])
        fine = site(municipality="Gent", province="Oost-Vlaanderen", **ghent)
        assert not audit([], sites=[fine])
        for latitude in ("north", "inf", "nan", "91"):
            assert not audit([], sites=[{**fine, "latitude": latitude}])

    def test_a_text_that_puts_the_commune_elsewhere(self) -> None:
        row = site(
            municipality="Lubbeek",
            province="Vlaams-Brabant",
            facts="Source calls it East Flanders.",
        )
        assert found("text_says_other_province", sites=[row])
        row["facts"] = "Lies in Flemish Brabant, tended by a school of Limburg."
        assert not found("text_says_other_province", sites=[row])

    def buried(self, text: str, rows: int, **more: str) -> list[Finding]:
        people = [record(str(i), surname=f"Name{i}") for i in range(rows)]
        return found("count_against_rows", *people, sites=[site(persons_buried=text, **more)])

    def test_counts_against_rows(self) -> None:
        assert [f.severity for f in self.buried("3", 2)] == ["warning"]
        assert [f.severity for f in self.buried("3", 0)] == ["note"]
        assert not self.buried("3", 3) and not self.buried("2 (perhaps 3)", 3)
        assert not self.buried("", 3) and not self.buried("1", 3, kind="memorial")

    def test_sites_without_rows_are_told_in_one_note(self) -> None:
        sites = [site(site_id=name, persons_buried="4") for name in ("a", "b", "c")]
        (note,) = found("count_against_rows", sites=sites)
        assert note.ids == ("a", "b", "c")
        assert "b (4)" in str(note.message)

    def test_rows_of_several_pages_are_not_added_up(self) -> None:
        people = [
            record(s + n, surname=n, source=s) for s in ("x", "y") for n in ("Ivanov", "Petrov")
        ]
        assert not found("count_against_rows", *people, sites=[site(persons_buried="2")])

    def test_a_source_is_held_to_its_own_count(self) -> None:
        people = [record(str(i), surname=f"N{i}", source="http://methode.org") for i in range(3)]
        stated = [site(persons_buried="2 (Méthode); 3 (others)")]
        assert found("count_against_rows", *people, sites=stated)
        assert found("sources_disagree_on_count", sites=stated)

    def test_unnamed_rows_against_the_stated_unknown(self) -> None:
        people = [record("1", name="inconnu"), record("2", surname="Petrov")]
        assert not found("unnamed_against_rows", *people, sites=[site(persons_unknown="1")])
        assert found("unnamed_against_rows", *people, sites=[site(persons_unknown="2")])


def test_every_kind_has_an_explanation() -> None:
    assert len(kinds()) >= 20
    assert all(text.endswith(".") and len(text) > 40 for text in kinds().values())


CELLS = st.dictionaries(st.sampled_from(COLUMNS[1:]), st.text(max_size=30), max_size=8)
SITE_CELLS = st.dictionaries(
    st.sampled_from(
        [
            "site_id",
            "municipality",
            "province",
            "latitude",
            "longitude",
            "persons_buried",
            "persons_unknown",
            "facts",
            "kind",
        ]
    ),
    st.one_of(
        st.text(max_size=30), st.sampled_from(["nan", "inf", "1e999", "Genk", "5 (+2)", "x"])
    ),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(CELLS, max_size=4), st.lists(SITE_CELLS, max_size=2))
def test_any_cells_are_audited_without_an_error(rows, sites) -> None:  # type: ignore[no-untyped-def]
    records = [Record(str(i), cells, {}, "x.csv", i) for i, cells in enumerate(rows)]
    for finding in audit(records, sites):
        assert str(finding.message) and finding.kind in kinds()

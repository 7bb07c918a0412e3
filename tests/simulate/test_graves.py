"""Graves beside an archive: the truth holds, shares are met, names are as garbled as was said."""

from collections import defaultdict
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sexton.records import COLUMNS as CONTRACT
from sexton.simulate import (
    GARBLINGS,
    GRAVE_COLUMNS,
    TRUTH_COLUMNS,
    GraveShares,
    TooManyGraves,
    simulate_archive,
    simulate_graves,
)

ROWS, GRAVES = 20_000, 1_500


@pytest.fixture(scope="module")
def archive(module_counts):
    rows = {}
    for batch in simulate_archive(ROWS, seed=5, names=module_counts):
        rows.update({row["id"]: row for row in batch.to_pylist()})
    return rows


@pytest.fixture(scope="module")
def graves(module_counts):
    return list(simulate_graves(GRAVES, ROWS, seed=5, names=module_counts))


def test_the_same_arguments_make_the_same_graves(graves, module_counts):
    assert list(simulate_graves(GRAVES, ROWS, seed=5, names=module_counts)) == graves


def test_every_grave_is_marked_and_fits_the_person_list(graves):
    assert set(GRAVE_COLUMNS) <= set(CONTRACT)
    for grave in graves:
        assert tuple(grave.row) == GRAVE_COLUMNS
        assert grave.row["id"].startswith("sim-grave-5-")
        assert "simulated" in grave.row["source"] and "simulated" in grave.row["remarks"]
        assert tuple(grave.truth()) == TRUTH_COLUMNS
    assert len({grave.row["id"] for grave in graves}) == GRAVES


def test_the_truth_names_every_record_of_the_man_and_no_other(graves, archive):
    records = defaultdict(set)
    for record, row in archive.items():
        records[row["man_id"]].add(record)
    assert len({grave.man_id for grave in graves}) == GRAVES
    for grave in graves:
        assert set(grave.record_ids) == records[grave.man_id]


def test_as_many_men_are_in_the_archive_as_wanted(graves):
    assert sum(bool(grave.record_ids) for grave in graves) == round(GRAVES * 0.85)


@pytest.mark.parametrize("share", [0.0, 0.5, 1.0])
def test_any_share_in_the_archive_is_met_exactly(share, module_counts):
    wanted = GraveShares(in_archive=share)
    made = list(simulate_graves(200, 3_000, seed=1, graves=wanted, names=module_counts))
    assert len(made) == 200
    assert sum(bool(grave.record_ids) for grave in made) == 200 * share


def test_more_graves_than_dead_men_are_refused(module_counts):
    with pytest.raises(TooManyGraves, match="Make the archive larger"):
        list(simulate_graves(900, 1_000, names=module_counts))


def test_plots_hold_men_of_one_party_who_died_within_days(graves, archive):
    plots = defaultdict(list)
    for grave in graves:
        if grave.plot_id:
            plots[grave.plot_id].append(grave)
    assert sum(map(len, plots.values())) / GRAVES == pytest.approx(GraveShares().group, abs=0.05)
    for plot in plots.values():
        assert 3 <= len(plot) <= 30
        assert len({grave.row["burial_place"] for grave in plot}) == 1
    unnamed = sum(grave.unnamed for plot in plots.values() for grave in plot)
    assert unnamed / sum(map(len, plots.values())) == pytest.approx(GraveShares().unnamed, abs=0.06)


def test_an_unnamed_grave_says_only_where_and_when(graves):
    unnamed = [grave for grave in graves if grave.unnamed]
    tagged = [grave for grave in unnamed if grave.row["prisoner_number"]]
    assert 0 < len(tagged) / len(unnamed) < 0.1
    told = {column for grave in unnamed for column, value in grave.row.items() if value}
    told -= {"prisoner_number", "camp"}
    expected = {"id", "death_date", "burial_place", "role", "source", "language", "remarks"}
    assert told == expected
    assert all(grave.plot_id for grave in unnamed)


@pytest.mark.parametrize(
    "field", ["patronymic", "birth_date", "birth_place", "death_date", "death_place", "rank"]
)
def test_fields_are_filled_as_often_as_the_shares_say(graves, field):
    named = [grave for grave in graves if not grave.unnamed]
    filled = sum(bool(grave.row[field]) for grave in named) / len(named)
    assert filled == pytest.approx(getattr(GraveShares(), field), abs=0.05)


def test_names_are_in_latin_letters(graves):
    for grave in graves:
        assert not set(grave.row["surname"].lower()) & set("абвгдеёжзийклмнопрстуфхцчшщъыьэюя")


def forms(level, names):
    wanted = GraveShares(garbling=GARBLINGS[level], localised=0.0)
    made = simulate_graves(600, 10_000, seed=2, graves=wanted, names=names)
    return [grave.row["surname"].lower() for grave in made if not grave.unnamed]


def test_heavier_garbling_leaves_fewer_names_as_clerks_write_them(module_counts):
    regular = {"ivanow", "iwanow", "ivanov", "ivanoff", "iwanov", "ivanof", "schewtschenko",
               "chevtchenko", "sjewtsjenko", "sjevtsjenko", "szewczenko"}  # fmt: skip
    clean = {level: sum(form in regular for form in forms(level, module_counts))
             for level in ("light", "usual", "heavy")}  # fmt: skip
    assert clean["light"] > clean["usual"] > clean["heavy"] > 0


@settings(max_examples=15, deadline=None)
@given(st.integers(1, 120), st.integers(0, 10_000), st.floats(0, 1))
def test_counts_hold_for_any_seed_and_share(module_counts, count, seed, share):
    wanted = replace(GraveShares(), in_archive=share)
    made = list(simulate_graves(count, 1_500, seed, graves=wanted, names=module_counts))
    assert len(made) == count
    assert sum(bool(grave.record_ids) for grave in made) == round(count * share)
    assert len({grave.man_id for grave in made}) == count


def test_kin_in_a_plot_bear_the_name_of_a_recorded_man(module_counts):
    """With kin nothing else changes; the brothers' stones are written anew."""
    drawn = {}
    for kin in (0.0, 1.0):
        wanted = GraveShares(in_archive=0.85, group=0.9, unnamed=0.0, kin=kin)
        drawn[kin] = list(simulate_graves(200, 3_000, seed=1, graves=wanted, names=module_counts))
    without, with_kin = drawn[0.0], drawn[1.0]
    assert [(g.man_id, g.record_ids, g.plot_id) for g in without] == [
        (g.man_id, g.record_ids, g.plot_id) for g in with_kin
    ]
    single = [(a.row, b.row) for a, b in zip(without, with_kin, strict=True) if not a.plot_id]
    assert all(a == b for a, b in single)
    others = [(a.row["surname"], b.row["surname"]) for a, b in zip(without, with_kin, strict=True)
              if a.plot_id and not a.record_ids]  # fmt: skip
    assert sum(a != b for a, b in others) > 0.5 * len(others) > 0

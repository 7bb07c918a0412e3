"""Search keys are made of the records that came in: always the same as made all anew."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sexton.web.register import imports, keys, models, services, state
from sexton.web.register.history import change
from sexton.web.register.undo import CannotUndo, undo

from .conftest import take_in, write_csv

pytestmark = pytest.mark.django_db
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "id": st.sampled_from(["a", "b", "c", "d"]),
            "surname": st.sampled_from(["Petrov", "Орлов", "", "Unknown soldier"]),
            "prisoner_number": st.sampled_from(["7997-1489", "12", ""]),
            "birth_date": st.sampled_from(["1912", "12.3.1913", "?"]),
        }
    ),
    min_size=1,
    max_size=3,
    unique_by=lambda row: row["id"],
)


def stored() -> set[tuple[object, ...]]:
    rows = list(models.NameKey.objects.values_list("record__key", "kind", "written", "folded"))
    assert len(set(rows)) == len(rows)
    return set(rows)


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(st.one_of(ROWS, st.just("undo"), st.just("undo the undo")), max_size=5))
def test_what_is_made_bit_by_bit_is_what_is_made_anew(db, tmp_path_factory, steps) -> None:
    folder = tmp_path_factory.mktemp("lists")
    for number, step in enumerate(steps):
        done = models.Batch.objects.filter(state="applied").last()
        undone = models.Change.objects.filter(undoes__batch__state="undone").last()
        with suppress(CannotUndo):  # later ones build on it: then nothing was written
            if isinstance(step, list):
                take_in(write_csv(folder / f"{number}.csv", step), leave_out=True)
            elif step == "undo" and done:
                imports.undo_batch(done.pk, "x", "y")
            elif step == "undo the undo" and undone:
                undo(undone, "x", "y")
        keys.catch_up()
        bit_by_bit = stored()
        keys.catch_up(whole=True)
        assert stored() == bit_by_bit
        keys.catch_up()
        assert stored() == bit_by_bit


def test_only_what_came_in_is_worked_on(tmp_path, queries) -> None:
    take_in(write_csv(tmp_path / "a.csv", [{"id": str(n), "surname": "Petrov"} for n in range(9)]))
    assert keys.catch_up() == 9
    before = state.version()
    first = set(models.NameKey.objects.values_list("pk", flat=True))
    assert keys.catch_up() == 0
    assert state.version() == before
    take_in(write_csv(tmp_path / "b.csv", [{"id": "z", "surname": "Orlov"}]))
    assert keys.catch_up() == 1
    assert first < set(models.NameKey.objects.values_list("pk", flat=True))
    assert models.NameKey.objects.get(record__key="z").folded == "orlov"


def test_keys_of_another_version_are_made_anew(tmp_path) -> None:
    take_in(write_csv(tmp_path / "a.csv", [{"id": "a", "surname": "Petrov"}]))
    keys.catch_up()
    models.NameKey.objects.update(folded="as it was folded before")
    models.State.objects.filter(part="search").update(digest="of another version")
    assert keys.catch_up() == 1
    assert models.NameKey.objects.get().folded == "petrov"


def test_a_register_without_records_has_no_keys(site) -> None:
    assert services.rebuild_search() == 0
    with change("x", "y") as door:
        door.add(models.Record(key="r", fields={"surname": "Orlov"}))
    assert services.refresh()["indexed"] == 1

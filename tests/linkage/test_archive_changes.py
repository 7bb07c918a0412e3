"""What changed between two answers, and what it is mainly due to."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sexton.linkage import LinkOptions
from sexton.linkage.archive import Archive, Origin, Ranked, compare_links, link_archive
from sexton.records import Record
from sexton.records.reading import read_person

OLD, NEW = "cards.csv", "batch.csv"


def row(right_id, rank, probability, weight=20.0, **bits):
    evidence = [
        {"field": name, "bits": value} for name, value in (bits or {"surname": weight}).items()
    ]
    return Ranked(right_id, rank, probability, weight, json.dumps(evidence))


def origin(*old, new=()):
    return Origin(dict.fromkeys(old, OLD) | dict.fromkeys(new, NEW), {NEW})


def changes(before, after, where, least=0.05):
    found = compare_links({"g": before}, {"g": after}, where, least)
    return {change.right_id: change for change in found}


def test_a_new_record_that_comes_first_is_told_with_what_it_did_to_the_others():
    before = [row("a", 1, 0.9), row("", 2, 0.1, 0.0)]
    after = [row("n", 1, 0.8, 24.0), row("a", 2, 0.18), row("", 3, 0.02, 0.0)]
    told = changes(before, after, origin("a", new=["n"]))
    assert [(c.right_id, c.change, c.cause) for c in told.values()] == [
        ("n", "first", "new record"),
        ("a", "moved", "new record beside"),
        ("", "moved", "new record beside"),
    ]
    assert told["n"].why == "A record of batch.csv, which was added."
    assert "n, a new record, has 0.800" in told["a"].why
    assert (told["n"].rank_before, told["n"].probability_before) == (None, None)
    assert (told["a"].rank_before, told["a"].rank_after) == (1, 2)


def test_commonness_that_moved_is_told_with_the_fields():
    before = [row("a", 1, 0.6, 12.0, surname=9.0, birth_date=3.0), row("", 2, 0.4, 0.0)]
    after = [row("", 1, 0.6, 0.0), row("a", 2, 0.4, 10.8, surname=7.8, birth_date=3.0)]
    told = changes(before, after, origin("a"))
    assert told["a"].cause == told[""].cause == "evidence"
    assert told[""].change == "first"
    assert "surname -1.2 bits" in told["a"].why
    assert "birth" not in told["a"].why


def test_what_neither_explains_is_told_as_such():
    before = [row("a", 1, 0.9), row("", 2, 0.1, 0.0)]
    after = [row("a", 1, 0.5), row("", 2, 0.5, 0.0)]
    assert {c.cause for c in changes(before, after, origin("a")).values()} == {"other"}


def test_a_small_shift_of_the_evidence_does_not_explain_a_large_one_of_the_probability():
    before = [row("a", 1, 0.9, 12.0), row("", 2, 0.1, 0.0)]
    after = [row("a", 1, 0.5, 11.9), row("n", 2, 0.45, 12.0), row("", 3, 0.05, 0.0)]
    assert changes(before, after, origin("a", new=["n"]))["a"].cause == "new record beside"


def test_a_record_that_was_removed_is_told():
    before = [row("a", 1, 0.7), row("b", 2, 0.25), row("", 3, 0.05, 0.0)]
    after = [row("b", 1, 0.85), row("", 2, 0.15, 0.0)]
    told = changes(before, after, origin("b"))
    assert (told["a"].change, told["a"].cause) == ("left", "record removed")
    assert (told["b"].change, told["b"].cause) == ("first", "record removed")


def test_what_hardly_moved_is_not_told_unless_asked_for():
    before = [row("a", 1, 0.90), row("b", 2, 0.06), row("", 3, 0.04, 0.0)]
    after = [row("a", 1, 0.91), row("n", 2, 0.04), row("b", 3, 0.03), row("", 4, 0.02, 0.0)]
    where = origin("a", "b", new=["n"])
    assert changes(before, after, where) == {}
    assert [*changes(before, after, where, least=0.03)] == ["n", "b"]
    assert [*changes(before, after, where, least=0)] == ["a", "n", "b", ""]


def test_another_first_one_is_told_however_near_they_are():
    before = [row("a", 1, 0.500), row("b", 2, 0.499), row("", 3, 0.001, 0.0)]
    after = [row("b", 1, 0.500), row("a", 2, 0.499), row("", 3, 0.001, 0.0)]
    assert [(c.right_id, c.change) for c in changes(before, after, origin("a", "b")).values()] == [
        ("b", "first")
    ]


@pytest.mark.parametrize("missing", ["before", "after"])
def test_a_grave_that_one_answer_lacks(missing):
    rows = [row("a", 1, 0.9), row("", 2, 0.1, 0.0)]
    told = changes([] if missing == "before" else rows, [] if missing == "after" else rows,
                   origin("a"))  # fmt: skip
    expected = {"a": "first", "": "entered"} if missing == "before" else {"a": "left", "": "left"}
    assert {name: change.change for name, change in told.items()} == expected


SHARES = st.lists(st.floats(0.001, 1), min_size=1, max_size=5)


# How long one takes depends on what else the machine does.
@settings(deadline=None)
@given(SHARES, SHARES, st.lists(st.floats(-3, 3), min_size=5, max_size=5))
def test_every_change_has_a_cause_and_nothing_is_told_of_equal_answers(before, after, moved):
    def answer(shares, shifts):
        total = sum(shares)
        ranked = sorted(enumerate(shares), key=lambda item: -item[1])
        return [row(f"r{n}", rank, share / total, 10 + shifts[n])
                for rank, (n, share) in enumerate(ranked, 1)]  # fmt: skip

    one, two = answer(before, [0.0] * 5), answer(after, moved)
    where = origin(*(f"r{n}" for n in range(3)), new=["r3", "r4"])
    assert changes(one, one, where, least=0.001) == {}
    for change in changes(one, two, where, least=0.01).values():
        assert change.cause
        assert change.why
        assert change.rank_before or change.rank_after


def test_a_new_list_of_a_real_archive_is_told(tmp_path, write_csv):
    """The archive tells which records are new; the linking tells the rest."""
    archive = Archive(tmp_path / "archive")
    man = {"surname": "Шатунов", "given": "Афанасий", "birth_date": "1903"}
    archive.add(write_csv(tmp_path / OLD, [{"id": "a", "name": "Климов Пётр"}]))
    graves = [
        read_person(Record("g1", {"name": "Schatunow Afanas", "birth_date": "1903"}, {}, "", 1)),
        read_person(Record("g2", {"name": "Klimow Petr"}, {}, "", 1)),
    ]

    def answers():
        found = {}
        for answer in link_archive(graves, archive.pool(), LinkOptions()).rows:
            found.setdefault(answer.left_id, []).append(Ranked(*answer[1:]))
        return found

    before = answers()
    entry = archive.add(write_csv(tmp_path / NEW, [{"id": "b", **man}])).entry
    after = answers()
    lists = {name: held.file for name, held in archive.holding(["a", "b", "c"]).items()}
    assert lists == {"a": OLD, "b": NEW}
    told = [*compare_links(before, after, Origin(lists, {entry.file}))]
    [first] = [change for change in told if change.change == "first"]
    assert (first.left_id, first.right_id, first.cause) == ("g1", "b", "new record")

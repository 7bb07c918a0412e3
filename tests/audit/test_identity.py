"""What makes a finding the same finding in another run of the audit."""

from __future__ import annotations

import csv
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from sexton.audit import Matter, audit, kinds
from sexton.audit.identity import MATTERS, PAIRS, SEVERAL
from sexton.records import load_mapping, read_person_list

BELGIUM = Path(__file__).parents[2] / "data" / "belgium"
KINDS = st.sampled_from([*MATTERS, "of another program"])
FACTS = st.dictionaries(
    st.sampled_from(["dates", "sites", "stated", "rows", "form"]),
    st.lists(st.sampled_from(["1912", "1913", "genk"]), max_size=3).map("; ".join),
)
MATTER = st.builds(
    Matter.of, KINDS, st.lists(st.sampled_from("abc"), min_size=1, max_size=3), FACTS
)


def test_every_kind_says_what_matters() -> None:
    assert set(MATTERS) == set(kinds())
    assert set(MATTERS) >= PAIRS | {kind for kind, _ in SEVERAL}


def test_what_matters_stands_in_the_sentence() -> None:
    """Of each finding on the Belgian register; no two of them are taken for one."""
    records = read_person_list(BELGIUM / "entries.csv", load_mapping("belgium")).records
    with (BELGIUM / "sites.csv").open(encoding="utf-8", newline="") as file:
        found = audit(records, list(csv.DictReader(file)))
    for finding in found:
        names = MATTERS[finding.kind]
        either = finding.kind == "count_against_rows"  # one sentence of a site, one of many sites
        assert either or set(names) <= set(finding.message.params), finding.kind
        assert not names or Matter.of(finding.kind, finding.ids, finding.message.params).facts
    keys = {Matter.of(f.kind, f.ids, f.message.params).key for f in found}
    assert len(keys) == len(found)


@given(KINDS, st.lists(st.sampled_from("abcd"), min_size=1), FACTS, st.randoms())
def test_order_makes_no_other_finding(kind, ids, facts, chance) -> None:
    turned = list(ids)
    chance.shuffle(turned)
    named = dict(reversed(facts.items()))
    assert Matter.of(kind, ids, facts).key == Matter.of(kind, turned, named).key


@given(MATTER, MATTER)
def test_the_key_stands_for_the_whole_matter(one, other) -> None:
    assert (one.key == other.key) == (one == other)


@given(MATTER, MATTER)
def test_who_judged_one_has_judged_what_says_no_more(one, other) -> None:
    assert one.covers(one)
    assert one.concerns(other) == other.concerns(one)
    if one.covers(other):
        assert one.concerns(other)
        assert other.facts <= one.facts
    if one.covers(other) and other.covers(one):
        assert one.facts == other.facts


def test_one_more_record_that_says_the_same_asks_nothing_new() -> None:
    judged = Matter.of("births_disagree", ("a", "b"), {"name": "Petrov", "dates": "1912; 1913"})
    again = {"name": "Петров", "dates": "1913; 1912"}
    assert judged.covers(Matter.of("births_disagree", ("c", "a", "b"), again))
    otherwise = Matter.of("births_disagree", ("a", "b"), {"name": "Petrov", "dates": "1912; 1914"})
    assert judged.concerns(otherwise)
    assert not judged.covers(otherwise)


def test_another_pair_is_another_finding() -> None:
    judged = Matter.of("one_man_twice", ("a", "b"), {"a": "Gavelko", "b": "Khavelko"})
    assert judged.covers(Matter.of("one_man_twice", ("b", "a"), {"a": "Khavelko", "b": "Gavelko"}))
    assert not judged.concerns(Matter.of("one_man_twice", ("a", "c"), {"a": "Gavelko", "b": "C"}))


def test_whom_a_decision_holds_for_two_is_not_found_twice() -> None:
    rows = read_person_list(BELGIUM / "entries.csv", load_mapping("belgium")).records
    pair = frozenset(("fr-methode-179", "fr-methode-203"))  # Gavelko, Khavelko
    few = [record for record in rows if record.id in pair]
    assert {frozenset(f.ids) for f in audit(few) if f.kind == "one_man_twice"} == {pair}
    assert "one_man_twice" not in {f.kind for f in audit(few, apart={pair})}

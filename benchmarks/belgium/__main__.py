"""``python -m benchmarks.belgium``: precision and recall of the register's links."""

from __future__ import annotations

import csv
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations
from pathlib import Path

from sexton.evidence import PersonReading
from sexton.linkage import dedupe
from sexton.records import load_mapping, pack_path, read_person_links, read_person_list
from sexton.records.reading import read_people

HERE = Path(__file__).parent
UNDECIDED = frozenset(("fr-methode-065", "fr-methode-081"))
TWO_MEN = (("fr-methode-168", "fr-methode-201"), ("fr-methode-175", "fr-methode-177"))
SEEDS = range(5)
Pair = tuple[str, str]


def pairs_of(groups: Iterable[Iterable[str]]) -> set[Pair]:
    """All pairs within groups, each in alphabetical order."""
    return {pair for group in groups for pair in combinations(sorted(group), 2)}


def judged() -> set[Pair]:
    """The pairs that are one man."""
    groups: dict[str, list[str]] = defaultdict(list)
    with (HERE / "judged_groups.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            groups[row["group"]].append(row["entry_id"])
    return pairs_of(groups.values())


def certain() -> set[Pair]:
    """The pairs of person_links.csv that are certain."""
    links = read_person_links(pack_path("belgium") / "person_links.csv").rows
    return {
        (min(x.entry_id_a, x.entry_id_b), max(x.entry_id_a, x.entry_id_b))
        for x in links
        if x.certainty == "certain"
    }


def published() -> set[Pair]:
    """The certain links and the linked entries of name_pairs.csv, closed over their groups.

    Both were made without this engine, so recall against them owes nothing to its proposals.
    """
    with (pack_path("belgium") / "name_pairs.csv").open(encoding="utf-8", newline="") as file:
        ids = [row["entry_id"].split(" / ") for row in csv.DictReader(file)]
    group: dict[str, set[str]] = {}
    for a, b in [*certain(), *((pair[0], pair[1]) for pair in ids if len(pair) == 2)]:
        merged = group.get(a, {a}) | group.get(b, {b})
        for member in merged:
            group[member] = merged
    return pairs_of(group.values())


def measure(people: Sequence[PersonReading]) -> dict[str, str]:
    """One row of the table: how many pairs were found, and how many of them are right."""
    here = {person.id for person in people}
    found = pairs_of(dedupe(people).clusters().values())
    found = {pair for pair in found if not UNDECIDED.issuperset(pair)}
    true = {pair for pair in judged() if here.issuperset(pair)}
    sure = {pair for pair in certain() if here.issuperset(pair)}
    known = {pair for pair in published() if here.issuperset(pair)}
    wrong = sum(pair in found for pair in TWO_MEN)
    right, sured = len(found & true), len(found & sure)
    return {
        "records": str(len(people)),
        "precision": f"{right / len(found):.3f} ({right}/{len(found)})",
        "recall of published links": f"{len(found & known) / len(known):.3f}"
        f" ({len(found & known)}/{len(known)})",
        "recall of all judged": f"{right / len(true):.3f} ({right}/{len(true)})",
        "recall of certain": f"{sured / len(sure):.3f} ({sured}/{len(sure)})",
        "known two men joined": str(wrong),
    }


def main() -> None:
    """Measure the whole register, then random halves of its rows."""
    pack = pack_path("belgium")
    people = read_people(read_person_list(pack / "entries.csv", load_mapping("belgium")).records)
    rows = [{"rows": "all", **measure(people)}]
    for seed in SEEDS:
        half = random.Random(seed).sample(range(len(people)), len(people) // 2)
        chosen = [people[i] for i in sorted(half)]
        rows.append({"rows": f"random half {seed + 1}", **measure(chosen)})
    lines = ["| " + " | ".join(rows[0]) + " |", "|" + " --- |" * len(rows[0])]
    lines += ["| " + " | ".join(row.values()) + " |" for row in rows]
    table = "\n".join(lines) + "\n"
    (HERE / "results.md").write_text(
        "# The links of the Belgian register\n\n"
        "Pairs of records, counted over all pairs within clusters; README.md says who judged.\n\n"
        + table,
        encoding="utf-8",
    )
    print(table)


if __name__ == "__main__":
    main()

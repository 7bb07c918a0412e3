"""Splink 5 on lists without Cyrillic, in the manner of its documented examples."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import pyarrow as pa
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from benchmarks.linkage.plain.material import Pair, PlainList, Row
from benchmarks.linkage.plain.measures import Found, Scored
from benchmarks.linkage.scale.splink_scale import birth, death
from sexton.linkage.clusters import connected

LIMIT = 0.5
Settings = dict[str, Any]


@dataclass(frozen=True)
class Model:
    """What is compared, blocked and learnt from, and what a row must hold for it."""

    comparisons: list[Any]
    blocking: list[Any]
    deterministic: list[Any]
    training: list[Any]
    prepared: Callable[[Row], dict[str, Any]]


def find(plain: PlainList, all_columns: bool) -> Found:
    """The pairs above a small probability; of linked lists the best of each left row."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    model = _players() if plain.key == "players" else _febrl(all_columns)
    sides = [plain.left] if plain.right is None else [plain.left, plain.right]
    api = DuckDBAPI()
    tables = [
        api.register(pa.Table.from_pylist([model.prepared(row) for row in rows]), table_name=name)
        for rows, name in zip(sides, ("a_left", "b_right"), strict=False)
    ]
    settings = SettingsCreator(
        link_type="dedupe_only" if plain.right is None else "link_only",
        comparisons=model.comparisons,
        blocking_rules_to_generate_predictions=model.blocking,
        retain_matching_columns=False,
    )
    linker = Linker(tables[0] if plain.right is None else tables, settings, log_level="ERROR")
    _train(linker, model)
    table = linker.inference.predict(threshold_match_probability=0.001).as_pyarrow_table()
    links = _scored(table)
    if plain.right is not None:
        return Found(_best_of_each(links), None)
    return Found(links, _clustered(plain, links))


def _train(linker: Linker, model: Model) -> None:
    training = linker.training
    training.estimate_probability_two_random_records_match(model.deterministic, recall=0.9)
    training.estimate_u_using_random_sampling(max_pairs=5e6, seed=1)
    for rule in model.training:
        training.estimate_parameters_using_expectation_maximisation(rule)


def _scored(table: pa.Table) -> list[Scored]:
    columns = ("unique_id_l", "unique_id_r", "match_probability", "match_weight")
    rows = zip(*(table[column].to_pylist() for column in columns), strict=True)
    return [Scored((a, b), probability, weight) for a, b, probability, weight in rows]


def _best_of_each(links: Iterable[Scored]) -> list[Scored]:
    best: dict[str, Scored] = {}
    for link in sorted(links, key=lambda link: (-link.score, link.pair)):
        best.setdefault(link.pair[0], link)
    return list(best.values())


def _clustered(plain: PlainList, links: Iterable[Scored]) -> list[Pair]:
    """All pairs within the parts that pairs above the limit connect."""
    position = {row["id"]: number for number, row in enumerate(plain.left)}
    edges = [
        (position[link.pair[0]], position[link.pair[1]])
        for link in links
        if link.probability >= LIMIT
    ]
    names = list(position)
    return [(names[a], names[b]) for part in connected(edges) for a, b in combinations(part, 2)]


def _filled(row: dict[str, Any]) -> dict[str, Any]:
    return {name: value or None for name, value in row.items()}


_FEBRL_SAME = ("given_name", "surname", "date_of_birth", "soc_sec_id")
_FEBRL_ALL = (*_FEBRL_SAME, "street_number", "address_1", "suburb", "postcode", "state")


def _febrl(all_columns: bool) -> Model:
    columns = _FEBRL_ALL if all_columns else _FEBRL_SAME
    comparisons = [
        cl.NameComparison("given_name"),
        cl.NameComparison("surname"),
        cl.DateOfBirthComparison(
            "date_of_birth",
            input_is_string=True,
            datetime_format="%Y%m%d",
            invalid_dates_as_null=True,
        ),
        cl.DamerauLevenshteinAtThresholds("soc_sec_id", [1, 2]),
    ]
    blocking = [
        block_on("given_name", "surname"),
        "l.given_name = r.surname and l.surname = r.given_name",
        block_on("date_of_birth"),
        block_on("soc_sec_id"),
        block_on("surname"),
    ]
    training = [block_on("date_of_birth"), block_on("surname")]
    if all_columns:
        comparisons += [
            cl.ExactMatch("street_number").configure(term_frequency_adjustments=True),
            cl.JaroWinklerAtThresholds("address_1", [0.95, 0.85]),
            cl.JaroWinklerAtThresholds("suburb", [0.95, 0.85]),
            cl.DamerauLevenshteinAtThresholds("postcode", [1, 2]).configure(
                term_frequency_adjustments=True
            ),
        ]
        blocking += [
            block_on("state", "address_1"),
            block_on("street_number", "address_1"),
            block_on("postcode"),
        ]
        training = [block_on("date_of_birth"), block_on("postcode")]

    def prepared(row: Row) -> dict[str, Any]:
        return _filled({"unique_id": row["id"]} | {name: row[name] for name in columns})

    exact = ["l.soc_sec_id = r.soc_sec_id", block_on("given_name", "surname", "date_of_birth")]
    return Model(comparisons, blocking, exact, training, prepared)


def _players() -> Model:
    """Given names as a set of words, since a familiar name may be any of them."""
    shared = "len(list_intersect(givens_l, givens_r)) > 0"
    nearly = (
        "greatest(jaro_winkler_similarity(given_l, givens_r[1]), "
        "jaro_winkler_similarity(given_l, givens_r[2])) > 0.85"
    )
    given = cl.CustomComparison(
        output_column_name="given",
        comparison_levels=[
            cll.NullLevel("given"),
            cll.ExactMatchLevel("given", term_frequency_adjustments=True),
            cll.CustomLevel(shared, "a given name shared"),
            cll.CustomLevel(nearly, "a given name alike"),
            cll.CustomLevel("substr(given_l, 1, 1) = substr(given_r, 1, 1)", "initial"),
            cll.ElseLevel(),
        ],
    )
    comparisons = [
        cl.JaroWinklerAtThresholds("surname", [0.95, 0.88]).configure(
            term_frequency_adjustments=True
        ),
        given,
        birth(),
        death(),
        cl.JaroWinklerAtThresholds("birth_town", [0.92, 0.8]).configure(
            term_frequency_adjustments=True
        ),
    ]
    blocking = [
        block_on("surname"),
        block_on("birth_date"),
        block_on("death_date"),
        block_on("substr(surname, 1, 3)", "birth_year"),
        block_on("birth_town", "birth_year"),
    ]
    exact = [block_on("surname", "birth_date"), block_on("surname", "death_date")]
    training = [block_on("surname"), block_on("birth_date"), block_on("death_date")]
    return Model(comparisons, blocking, exact, training, _player)


def _player(row: Row) -> dict[str, Any]:
    given = row["given"].lower().replace(".", "").split()
    born, died = row["birth_date"], row["death_date"]
    filled = _filled(
        {
            "unique_id": row["id"],
            "surname": row["surname"].lower(),
            "given": " ".join(given),
            "birth_date": born if len(born) == 10 else "",
            "birth_year": born[:4],
            "death_date": died if len(died) == 10 else "",
            "death_month": died[:7] if len(died) >= 7 else "",
            "death_year": died[:4],
            "birth_town": row["birth_place"].partition(",")[0].lower(),
        }
    )
    return filled | {"givens": [word for word in given if len(word) > 1]}

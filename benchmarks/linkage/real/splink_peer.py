"""Splink 5 on DuckDB, set up as its documentation advises for names and dates.

Romanised names with Jaro-Winkler levels and term frequencies, levels for dates, a union of blocking
rules, u by random sampling and m by expectation maximisation. The prior is the true one (every
grave has its man), which favours Splink: a user would have to guess it.
"""

from __future__ import annotations

import logging
from functools import lru_cache

import pyarrow as pa
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from abydos.phonetic import DaitchMokotoff
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from benchmarks.linkage.real.material import Material
from benchmarks.linkage.real.measures import Answer
from benchmarks.linkage.real.prepare import prepared

TOP = 10


def splink_names(material: Material) -> dict[str, list[Answer]]:
    """Splink with blocking on beginnings of names and on dates."""
    return _link(material, with_keys=False)


def splink_daitch_mokotoff(material: Material) -> dict[str, list[Answer]]:
    """Splink with Daitch-Mokotoff keys of the surname as further blocking rules."""
    return _link(material, with_keys=True)


@lru_cache(maxsize=500_000)
def _keys(surname: str | None) -> tuple[str, ...]:
    return tuple(sorted(DaitchMokotoff().encode(surname))) if surname else ()


def _table(rows: list[dict[str, str]], with_keys: bool) -> pa.Table:
    values = [prepared(row) for row in rows]
    for value in values:
        keys = _keys(value["surname"]) if with_keys else ()
        value["key_1"] = keys[0] if keys else None
        value["key_2"] = keys[-1] if keys else None
    columns = {name: pa.array([v[name] for v in values], pa.string()) for name in values[0]}
    return pa.table(columns)


def _comparisons(filled: frozenset[str]) -> list:
    names = [
        cl.JaroWinklerAtThresholds("surname", [0.95, 0.9, 0.85, 0.78]).configure(
            term_frequency_adjustments=True, m_probabilities=[0.4, 0.15, 0.15, 0.1, 0.1, 0.1]
        ),
        cl.JaroWinklerAtThresholds("given", [0.95, 0.88, 0.78]).configure(
            term_frequency_adjustments=True, m_probabilities=[0.6, 0.1, 0.15, 0.05, 0.1]
        ),
        cl.JaroWinklerAtThresholds("patronymic", [0.95, 0.88, 0.78]),
        cl.CustomComparison(
            output_column_name="birth",
            comparison_levels=[
                cll.NullLevel("birth_year"),
                cll.ExactMatchLevel("birth_date"),
                cll.CustomLevel(
                    "birth_year_l = birth_year_r "
                    "and (birth_date_l is null or birth_date_r is null)",
                    "year",
                ),
                cll.LevenshteinLevel("birth_date", 1),
                cll.CustomLevel("birth_year_l = birth_year_r", "year, other day"),
                cll.ElseLevel(),
            ],
        ),
        cl.ExactMatch("death_date"),
        cl.JaroWinklerAtThresholds("birth_place", [0.9, 0.75]),
    ]
    columns = ("surname", "given", "patronymic", "birth_year", "death_date", "birth_place")
    return [each for each, column in zip(names, columns, strict=True) if column in filled]


def _blocking(filled: frozenset[str], with_keys: bool) -> list:
    rules = [
        block_on("substr(surname, 1, 4)"),
        block_on("substr(surname, 1, 2)", "substr(given, 1, 3)"),
        block_on("right(surname, 4)", "substr(given, 1, 3)"),
        block_on("given", "right(surname, 5)"),
    ]
    if "birth_year" in filled:
        rules.append(block_on("birth_year", "given"))
        rules.append(block_on("birth_year", "substr(surname, 1, 2)"))
        rules.append(block_on("birth_year", "substr(given, 1, 2)"))
    if "birth_date" in filled:
        rules.append(block_on("birth_date"))
    if "death_date" in filled:
        rules.append(block_on("death_date"))
    if with_keys:
        rules += [block_on("key_1"), block_on("key_2")]
    return rules


def _link(material: Material, with_keys: bool) -> dict[str, list[Answer]]:
    logging.getLogger("splink").setLevel(logging.ERROR)
    left, right = _table(material.graves, with_keys), _table(material.archive, with_keys)
    filled = frozenset(
        name for name in left.column_names if left[name].null_count < left.num_rows
        and right[name].null_count < right.num_rows
    )  # fmt: skip
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=_comparisons(filled),
        blocking_rules_to_generate_predictions=_blocking(filled, with_keys),
        probability_two_random_records_match=1 / right.num_rows,
        retain_matching_columns=False,
    )
    api = DuckDBAPI()
    tables = [api.register(left, table_name="graves"), api.register(right, table_name="archive")]
    linker = Linker(tables, settings, log_level="ERROR")
    _train(linker, filled)
    found = linker.inference.predict(threshold_match_weight=-20)
    return _answers(found.as_pyarrow_table(), material)


def _train(linker: Linker, filled: frozenset[str]) -> None:
    """u from random pairs; m by EM where dates help to learn.

    EM learns nothing of the columns that a rule blocks on, and of 108 graves with names alone it
    learns nonsense (m under 1e-300): there the levels of names keep the m that are written above.
    """
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    rules = ["surname", *(column for column in ("birth_date", "death_date") if column in filled)]
    for column in rules if "birth_year" in filled else ():
        linker.training.estimate_parameters_using_expectation_maximisation(
            block_on(column),
            fix_probability_two_random_records_match=True,
            record_sample_proportion=1.0,
        )


def _answers(table: pa.Table, material: Material) -> dict[str, list[Answer]]:
    graves = {row["id"] for row in material.graves}
    answers: dict[str, list[Answer]] = {grave: [] for grave in graves}
    columns = ("unique_id_l", "unique_id_r", "match_weight", "match_probability")
    for a, b, weight, probability in zip(*(table[c].to_pylist() for c in columns), strict=True):
        grave, man = (a, b) if a in graves else (b, a)
        answers[grave].append((man, weight, probability))
    for grave, found in answers.items():
        found.sort(key=lambda item: (-item[1], item[0]))
        answers[grave] = [(man, probability) for man, _, probability in found[:TOP]]
    return answers

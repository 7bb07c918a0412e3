"""Splink 5 on DuckDB for archives of any size, set up as its documentation advises.

Jaro-Winkler levels with term frequencies for names, levels for dates, places, tag number and camp;
blocking rules that stay selective in ten million records; u by random sampling, m by expectation
maximisation on a sample of pairs. The prior is the share of graves with a record, as Sexton is
told it.
"""

from __future__ import annotations

import logging
import tempfile
import time
from pathlib import Path
from typing import Any

import duckdb
import splink.comparison_level_library as cll
import splink.comparison_library as cl
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from benchmarks.linkage.scale.prepare import prepare

MEMORY_LIMIT = "12GB"
U_PAIRS, EM_PAIRS = 1e7, 2e6
# Candidates below this weight (prior included) are not kept.
LEAST_BITS = -15


def link(
    graves: Path, archive: Path, out: Path, top: int, coverage: float, with_keys: bool
) -> dict[str, float]:
    """Link and write the answers; the seconds by phase."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    clock = Clock()
    with tempfile.TemporaryDirectory() as spill, duckdb.connect(":memory:") as connection:
        connection.execute(f"SET memory_limit = '{MEMORY_LIMIT}'")
        connection.execute(f"SET temp_directory = '{spill}'")
        prepare(connection, graves, archive, with_keys)
        clock.tell("prepare")
        size = connection.execute("SELECT count(*) FROM archive").fetchall()[0][0]
        api = DuckDBAPI(connection)
        tables = [api.register(name) for name in ("archive", "graves")]
        linker = Linker(tables, _settings(coverage / size, with_keys), log_level="ERROR")
        _train(linker)
        clock.tell("train")
        found = linker.inference.predict(threshold_match_weight=LEAST_BITS)
        clock.tell("apply")
        pairs = _write(connection, found.physical_name, out, top)
        clock.tell("rank and write")
    return clock.phases | {"pairs": float(pairs)}


class Clock:
    """Seconds by phase."""

    def __init__(self) -> None:
        self.phases: dict[str, float] = {}
        self._last = time.perf_counter()

    def tell(self, phase: str) -> None:
        """The phase that ends now."""
        now = time.perf_counter()
        self.phases[phase] = now - self._last
        self._last = now


def _settings(prior: float, with_keys: bool) -> SettingsCreator:
    return SettingsCreator(
        link_type="link_only",
        comparisons=comparisons(),
        blocking_rules_to_generate_predictions=_blocking(with_keys),
        probability_two_random_records_match=prior,
        retain_matching_columns=False,
    )


def _name(column: str, thresholds: list[float]) -> Any:
    """Levels of a name: exact, an initial, Jaro-Winkler; commoner names weigh less."""
    initial = (
        f"(length({column}_l) = 1 or length({column}_r) = 1) "
        f"and substr({column}_l, 1, 1) = substr({column}_r, 1, 1)"
    )
    return cl.CustomComparison(
        output_column_name=column,
        comparison_levels=[
            cll.NullLevel(column),
            cll.ExactMatchLevel(column, term_frequency_adjustments=True),
            cll.CustomLevel(initial, "initial"),
            *(cll.JaroWinklerLevel(column, threshold) for threshold in thresholds),
            cll.ElseLevel(),
        ],
    )


def comparisons() -> list[Any]:
    """How each column is compared."""
    surname = cl.JaroWinklerAtThresholds("surname", [0.95, 0.9, 0.85, 0.78])
    return [
        surname.configure(term_frequency_adjustments=True),
        _name("given", [0.92, 0.85, 0.75]),
        _name("patronymic", [0.92, 0.85, 0.75]),
        birth(),
        death(),
        cl.JaroWinklerAtThresholds("settlement", [0.95, 0.88, 0.75]).configure(
            term_frequency_adjustments=True
        ),
        cl.JaroWinklerAtThresholds("province", [0.9, 0.8]),
        cl.DamerauLevenshteinAtThresholds("number", 1),
        cl.ExactMatch("camp").configure(term_frequency_adjustments=True),
    ]


def birth() -> Any:
    """Levels of ``birth_date`` (a full date) and ``birth_year``."""
    swapped = (
        "substr(birth_date_l, 1, 4) = substr(birth_date_r, 1, 4) "
        "and substr(birth_date_l, 6, 2) = substr(birth_date_r, 9, 2) "
        "and substr(birth_date_l, 9, 2) = substr(birth_date_r, 6, 2)"
    )
    year = "birth_year_l = birth_year_r and (birth_date_l is null or birth_date_r is null)"
    return cl.CustomComparison(
        output_column_name="birth",
        comparison_levels=[
            cll.NullLevel("birth_year"),
            cll.ExactMatchLevel("birth_date"),
            cll.CustomLevel(swapped, "day and month swapped"),
            cll.DamerauLevenshteinLevel("birth_date", 1),
            cll.CustomLevel(year, "year"),
            cll.CustomLevel("birth_year_l = birth_year_r", "year, other day"),
            cll.CustomLevel(
                "abs(cast(birth_year_l as int) - cast(birth_year_r as int)) in (1, 10)",
                "year off by one or ten",
            ),
            cll.ElseLevel(),
        ],
    )


def death() -> Any:
    """Levels of ``death_date``, ``death_month`` and ``death_year``."""
    near = (
        "abs(datediff('day', try_cast(death_date_l as date), try_cast(death_date_r as date))) <= 3"
    )
    return cl.CustomComparison(
        output_column_name="death",
        comparison_levels=[
            cll.NullLevel("death_year"),
            cll.ExactMatchLevel("death_date"),
            cll.CustomLevel(near, "within three days"),
            cll.CustomLevel("death_month_l = death_month_r", "month"),
            cll.CustomLevel("death_year_l = death_year_r", "year"),
            cll.ElseLevel(),
        ],
    )


def _blocking(with_keys: bool) -> list[Any]:
    rules = [
        block_on("number"),
        block_on("birth_date"),
        block_on("substr(surname, 1, 5)"),
        block_on("substr(surname, 1, 3)", "substr(given, 1, 3)"),
        block_on("right(surname, 5)", "substr(given, 1, 3)"),
        block_on("birth_year", "substr(surname, 1, 3)"),
        block_on("birth_year", "given", "substr(surname, 1, 1)"),
        block_on("death_date", "substr(given, 1, 2)"),
        block_on("death_date", "substr(surname, 1, 2)"),
        block_on("given", "patronymic"),
    ]
    if with_keys:
        rules.append(block_on("keys", arrays_to_explode=["keys"]))
    return rules


def _train(linker: Linker) -> None:
    """Each blocking rule of EM leaves out the columns that it reads, so two are needed."""
    linker.training.estimate_u_using_random_sampling(max_pairs=U_PAIRS, seed=1)
    for rule in (block_on("surname", "given"), block_on("birth_date")):
        linker.training.estimate_parameters_using_expectation_maximisation(
            rule, max_pairs=EM_PAIRS, record_sample_proportion=0.1
        )


def _write(connection: duckdb.DuckDBPyConnection, found: str, out: Path, top: int) -> int:
    """The answers: the best of each grave, and what the best leaves for "none of these"."""
    connection.execute(
        f"""
        CREATE TABLE best AS
        SELECT CASE WHEN l THEN unique_id_l ELSE unique_id_r END AS grave,
            CASE WHEN l THEN unique_id_r ELSE unique_id_l END AS "right",
            match_probability AS probability, match_weight AS score
        FROM (SELECT *, source_dataset_l = 'graves' AS l FROM {found})
        QUALIFY row_number() OVER (PARTITION BY grave ORDER BY match_weight DESC, "right") <= {top}
        """
    )
    connection.execute(
        f"""
        COPY (
            WITH nobody AS (
                SELECT unique_id AS grave, NULL::VARCHAR AS "right",
                    1 - coalesce(max(probability), 0) AS probability, -1e9 AS score
                FROM graves LEFT JOIN best ON unique_id = best.grave GROUP BY unique_id
            )
            SELECT grave, "right", CAST(row_number() OVER (
                PARTITION BY grave ORDER BY probability DESC, score DESC, "right"
            ) AS INTEGER) AS rank, probability, score
            FROM (FROM best UNION ALL FROM nobody) ORDER BY grave, rank
        ) TO '{out}' (FORMAT parquet)
        """
    )
    return int(connection.execute(f"SELECT count(*) FROM {found}").fetchall()[0][0])

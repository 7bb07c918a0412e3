"""Splink 5 on the same archive, compared as for linking it with graves.

The blocking rules are narrower than those: what leads from a few graves to a thousand records each
leads from all records to as many times a million pairs.
"""

from __future__ import annotations

import logging
import tempfile
from pathlib import Path
from typing import Any

import duckdb
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from benchmarks.linkage.process import processor_seconds
from benchmarks.linkage.scale.prepare import prepare
from benchmarks.linkage.scale.splink_scale import (
    EM_PAIRS,
    MEMORY_LIMIT,
    U_PAIRS,
    Clock,
    comparisons,
)

LEAST = 0.1
"""Pairs of a lower probability are not kept."""
# What is taken for one man's without a model, and how many of all pairs of one man that is.
_DETERMINISTIC = (
    block_on("surname", "given", "patronymic", "birth_date"),
    block_on("surname", "given", "patronymic", "settlement"),
    block_on("surname", "given", "number"),
)
_THEIR_RECALL = 0.6


def dedupe(
    archive: Path, out: Path, limits: tuple[float, ...]
) -> tuple[dict[str, float], dict[str, float]]:
    """Cluster the archive at each limit of the probability; seconds by phase, counts.

    The clusters go to ``out`` with the limit put into its name.
    """
    logging.getLogger("splink").setLevel(logging.ERROR)
    clock = Clock()
    with tempfile.TemporaryDirectory() as spill, duckdb.connect(":memory:") as connection:
        connection.execute(f"SET memory_limit = '{MEMORY_LIMIT}'")
        connection.execute(f"SET temp_directory = '{spill}'")
        prepare(connection, None, archive, with_keys=False)
        clock.tell("prepare")
        settings = SettingsCreator(
            link_type="dedupe_only",
            comparisons=comparisons(),
            blocking_rules_to_generate_predictions=_blocking(),
            retain_matching_columns=False,
        )
        table = DuckDBAPI(connection).register("archive")
        linker = Linker(table, settings, log_level="ERROR")
        _train(linker)
        clock.tell("train")
        found = linker.inference.predict(threshold_match_probability=LEAST)
        clock.tell("apply")
        for limit in limits:
            grouped = linker.clustering.cluster_pairwise_predictions_at_threshold(found, limit)
            _write(connection, found.physical_name, grouped.physical_name, limit, named(out, limit))
        clock.tell("cluster and write")
        pairs = connection.execute(f"SELECT count(*) FROM {found.physical_name}").fetchall()[0][0]
    return clock.phases, {"pairs": float(pairs), "processor": processor_seconds()}


def named(out: Path, limit: float) -> Path:
    """The file of the clusters at a limit."""
    return out.with_stem(f"{out.stem}-{limit}")


def _blocking() -> list[Any]:
    return [
        block_on("number"),
        block_on("surname", "given", "birth_year"),
        block_on("surname", "given", "patronymic"),
        block_on("surname", "settlement"),
        block_on("birth_date", "substr(surname, 1, 3)"),
        block_on("birth_date", "given", "patronymic"),
        block_on("death_date", "given", "substr(surname, 1, 2)"),
        block_on("substr(surname, 1, 4)", "given", "patronymic", "birth_year"),
        block_on("right(surname, 4)", "given", "patronymic", "birth_year"),
    ]


def _train(linker: Linker) -> None:
    training = linker.training
    training.estimate_probability_two_random_records_match([*_DETERMINISTIC], recall=_THEIR_RECALL)
    training.estimate_u_using_random_sampling(max_pairs=U_PAIRS, seed=1)
    for rule in (block_on("surname", "given"), block_on("birth_date")):
        training.estimate_parameters_using_expectation_maximisation(rule, max_pairs=EM_PAIRS)


def _write(
    connection: duckdb.DuckDBPyConnection, found: str, grouped: str, limit: float, out: Path
) -> None:
    """Records and clusters, with the probability of each record's best link."""
    connection.execute(
        f"""
        COPY (
            WITH best AS (
                SELECT id, max(p) AS p FROM (
                    SELECT unique_id_l AS id, match_probability AS p FROM {found}
                    UNION ALL SELECT unique_id_r, match_probability FROM {found}
                ) GROUP BY id
            )
            SELECT unique_id AS id, cluster_id,
                CASE WHEN coalesce(p, 0) >= {limit} THEN p ELSE 1 - coalesce(p, 0) END
                    AS probability,
                NULL::DOUBLE AS weakest_probability
            FROM {grouped} LEFT JOIN best ON unique_id = id
        ) TO '{out}' (FORMAT parquet)
        """
    )

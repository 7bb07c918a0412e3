"""What is measured of clusters: pairs, whole clusters, and whether what is stated comes true."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import duckdb

BINS = 10


def measure(clusters: Path, truth: Path) -> dict[str, Any]:
    """The figures of a method.

    ``clusters`` has ``id, cluster_id, probability`` (that the record belongs to its cluster, or is
    alone where it is) and ``weakest_probability``; ``truth`` has ``record_id, man_id``.
    """
    with duckdb.connect(":memory:") as db:
        db.execute(
            f"""
            CREATE TABLE found AS
            SELECT id, cluster_id AS cluster, man_id AS man, probability,
                weakest_probability AS weakest
            FROM '{clusters}' JOIN '{truth}' ON id = record_id;
            CREATE TABLE cell AS SELECT cluster, man, count(*) AS n FROM found GROUP BY ALL;
            CREATE TABLE of_cluster AS SELECT cluster, sum(n) AS n, count(*) AS men FROM cell
                GROUP BY ALL;
            CREATE TABLE of_man AS SELECT man, sum(n) AS n, count(*) AS clusters FROM cell
                GROUP BY ALL;
            """
        )
        pairs = [_one(db, f"SELECT sum(n * (n - 1) // 2) FROM {table}")
                 for table in ("cell", "of_cluster", "of_man")]  # fmt: skip
        return {
            "records": _one(db, "SELECT count(*) FROM found"),
            "pairs": [int(count) for count in pairs],
            "bcubed": [float(_one(db, _bcubed(side))) for side in ("of_cluster", "of_man")],
            "pure": _counts(db, "SELECT count(*) FILTER (men = 1), count(*) FROM of_cluster "
                                "WHERE n > 1"),
            "whole": _counts(db, _WHOLE),
            "record_bins": _bins(db, _RECORDS),
            "weakest_bins": _bins(db, _WEAKEST),
        }  # fmt: skip


def _one(db: duckdb.DuckDBPyConnection, query: str) -> Any:
    return db.execute(query).fetchall()[0][0] or 0


def _counts(db: duckdb.DuckDBPyConnection, query: str) -> list[int]:
    return [int(count) for count in db.execute(query).fetchall()[0]]


def _bcubed(side: str) -> str:
    """The mean over records of the share of their cluster (precision), or of the records of their
    man (recall), that is both (Bagga and Baldwin 1998)."""
    key = side.removeprefix("of_")
    return f"SELECT sum(c.n * c.n / s.n) / sum(c.n) FROM cell c JOIN {side} s USING ({key})"


# Men with several records who have them all, and nobody else's, in one cluster.
_WHOLE = """
    SELECT count(*) FILTER (m.clusters = 1 AND k.men = 1), count(*)
    FROM of_man m
        JOIN (SELECT man, any_value(cluster) AS cluster FROM cell GROUP BY man) USING (man)
        JOIN of_cluster k USING (cluster)
    WHERE m.n > 1
"""
# What a record's row states is true when another of his man stands in its cluster, or he has no
# other and it is alone.
_RECORDS = """
    SELECT f.probability, CASE WHEN k.n > 1 THEN c.n > 1 ELSE m.n = 1 END
    FROM found f JOIN cell c USING (cluster, man) JOIN of_cluster k USING (cluster)
        JOIN of_man m USING (man)
"""
# Of two groups that a weakest link joins nothing is known but that a pure cluster is right.
_WEAKEST = """
    SELECT any_value(f.weakest), any_value(k.men) = 1
    FROM found f JOIN of_cluster k USING (cluster) WHERE k.n > 1 GROUP BY cluster
"""


def _bins(db: duckdb.DuckDBPyConnection, stated: str) -> list[list[float]]:
    """Count, mean stated and share true in ten bins of equal width; empty ones left out."""
    rows = db.execute(
        f"""
        SELECT count(*), avg(p), avg(CAST(t AS INTEGER)) FROM ({stated}) AS told(p, t)
        WHERE p IS NOT NULL GROUP BY least({BINS - 1}, CAST(floor(p * {BINS}) AS INTEGER))
        ORDER BY least({BINS - 1}, CAST(floor(any_value(p) * {BINS}) AS INTEGER))
        """
    ).fetchall()
    return [[float(value) for value in row] for row in rows]

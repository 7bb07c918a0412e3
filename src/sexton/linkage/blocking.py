"""Blocking: the pairs worth weighing, by several routes, so that no one garbled field loses a man.

Each route is a join in DuckDB; their union is cut to the most promising pairs of each left record.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sexton.evidence.spellings import Kind, by_letters
from sexton.linkage.lists import CodedList
from sexton.linkage.model import Progress
from sexton.linkage.spellings import JoinedSpellings
from sexton.names import NameIndex

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

SPELLINGS = {"surname": 300, "given": 120, "patronymic": 120}
"""How many archive names are taken for each distinct name of the left list."""

SWAPPED_SPELLINGS = 20

# In a small vocabulary a wide beam costs little and finds Donetsko beside a perfect Dotsenko.
SMALL_VOCABULARY = 5_000
WIDE_BEAM_BITS = 40.0
BEAM_BITS = 14.0

LEAST_BITS = -6.0
"""Pairs of spellings below are not joined: another name altogether explains them better."""

SEARCHED_BITS = -36.0
"""The search goes down to here, since the calibration of its bits takes up to 30 bits from rare
spellings that :func:`sexton.evidence.spellings.by_letters` gives back."""

# Which left parts are looked up among which right names: the diagonal, and fields that swap.
LOOKUPS: tuple[tuple[Kind, Kind], ...] = (
    ("surname", "surname"),
    ("given", "given"),
    ("patronymic", "patronymic"),
    ("surname", "given"),
    ("given", "surname"),
    ("patronymic", "surname"),
    ("surname", "patronymic"),
)

ROUTES = {
    "surname": """
        SELECT l.pid AS lp, r.pid AS rp FROM l_name l
        JOIN name_pair n ON n.lkind = l.kind AND n.l = l.nid
        JOIN r_name r ON r.kind = n.rkind AND r.nid = n.r
        WHERE n.bits > 2 AND (n.lkind = 'surname' OR n.rkind = 'surname')""",
    "given and patronymic": """
        SELECT g.lp, g.rp FROM best_name g JOIN best_name p ON p.lp = g.lp AND p.rp = g.rp
        JOIN l_person l ON l.pid = g.lp JOIN r_person r ON r.pid = g.rp
        WHERE g.kind = 'given' AND p.kind = 'patronymic' AND g.bits > 1 AND p.bits > 1
          AND (l.birth_first IS NULL OR r.birth_first IS NULL
               OR (l.birth_first <= r.birth_last + 366 AND r.birth_first <= l.birth_last + 366))""",
    "birth day": """
        SELECT l.pid AS lp, r.pid AS rp FROM l_person l JOIN r_person r
          ON r.birth_first = l.birth_first AND r.birth_last = l.birth_last
        WHERE l.birth_first = l.birth_last""",
    "birth day, swapped": """
        SELECT l.pid AS lp, r.pid AS rp FROM l_person l JOIN r_person r
          ON r.birth_first = l.birth_swapped AND r.birth_last = l.birth_swapped""",
    "death day": """
        SELECT l.pid AS lp, r.pid AS rp FROM l_person l JOIN r_person r
          ON r.death_first = l.death_first AND r.death_last = l.death_last
        JOIN best_name g ON g.lp = l.pid AND g.rp = r.pid AND g.bits > 0
        WHERE l.death_first = l.death_last""",
    "place of burial": """
        SELECT l.pid AS lp, r.pid AS rp FROM l_person l JOIN r_person r ON r.burial = l.burial
        LEFT JOIN best_name g ON g.lp = l.pid AND g.rp = r.pid AND g.bits > 0
        WHERE g.lp IS NOT NULL
           OR (r.death_first <= l.death_last AND r.death_last >= l.death_first)
           OR (r.birth_first <= l.birth_last AND r.birth_last >= l.birth_first)""",
    "number": """
        SELECT l.pid AS lp, r.pid AS rp FROM l_number l JOIN r_number r USING (key)""",
}

BEST_NAMES = """
    CREATE TABLE best_name AS
    SELECT l.pid AS lp, r.pid AS rp, l.kind AS kind, max(n.bits) AS bits
    FROM l_name l JOIN name_pair n ON n.lkind = l.kind AND n.rkind = l.kind AND n.l = l.nid
    JOIN r_name r ON r.kind = l.kind AND r.nid = n.r
    WHERE {condition}
    GROUP BY ALL"""

# A rough weight, only to choose which pairs are weighed exactly.
PROMISE = """
    SELECT c.lp, c.rp,
           coalesce(s.bits, -5) + coalesce(g.bits, -2) + coalesce(p.bits, -1)
           + CASE WHEN l.birth_first IS NULL OR r.birth_first IS NULL THEN 0
                  WHEN l.birth_first = r.birth_first AND l.birth_last = r.birth_last
                       AND l.birth_first = l.birth_last THEN 13
                  WHEN l.birth_swapped = r.birth_first AND r.birth_first = r.birth_last THEN 8
                  WHEN l.birth_first <= r.birth_last AND r.birth_first <= l.birth_last THEN 5
                  WHEN l.birth_first <= r.birth_last + 366
                       AND r.birth_first <= l.birth_last + 366 THEN 1
                  ELSE -4 END
           + CASE WHEN l.death_first IS NULL OR r.death_first IS NULL THEN 0
                  WHEN l.death_first = r.death_first AND l.death_last = r.death_last THEN 8
                  WHEN l.death_first <= r.death_last AND r.death_first <= l.death_last THEN 2
                  ELSE -2 END
           + CASE WHEN l.burial = r.burial THEN 4 ELSE 0 END
           + 12 * CAST(c.number AS INTEGER) AS promise
    FROM route_pair c
    JOIN l_person l ON l.pid = c.lp JOIN r_person r ON r.pid = c.rp
    LEFT JOIN best_name s ON s.lp = c.lp AND s.rp = c.rp AND s.kind = 'surname'
    LEFT JOIN best_name g ON g.lp = c.lp AND g.rp = c.rp AND g.kind = 'given'
    LEFT JOIN best_name p ON p.lp = c.lp AND p.rp = c.rp AND p.kind = 'patronymic'"""


def candidate_pairs(
    left: CodedList, right: CodedList, *, limit: int, within: bool, progress: Progress | None
) -> tuple[list[tuple[int, int]], JoinedSpellings]:
    """Positions (left, right) of the pairs worth weighing, at most ``limit`` per left record, and
    the bits of the spellings that were joined on the way.

    ``within`` says that both sides are one list: each pair comes once, the smaller position first.
    """
    spellings = JoinedSpellings()
    with duckdb.connect(":memory:") as db:
        left.register(db, "l")
        right.register(db, "r")
        _join_vocabularies(db, left, right, spellings, progress)
        _join_names(db, within)
        _join_routes(db, within, progress)
        return _most_promising(db, limit), spellings


def _join_vocabularies(
    db: duckdb.DuckDBPyConnection,
    left: CodedList,
    right: CodedList,
    spellings: JoinedSpellings,
    progress: Progress | None,
) -> None:
    db.execute(
        "CREATE TABLE name_pair (lkind VARCHAR, rkind VARCHAR, l INTEGER, r INTEGER, bits DOUBLE)"
    )
    for number, (lkind, rkind) in enumerate(LOOKUPS):
        if progress:
            progress("comparing names", number, len(LOOKUPS))
        queries, names = left.vocabularies[lkind].names, right.vocabularies[rkind].names
        if not names or not queries:
            continue
        top = SPELLINGS[rkind] if lkind == rkind else SWAPPED_SPELLINGS
        beam = WIDE_BEAM_BITS if len(names) <= SMALL_VOCABULARY else BEAM_BITS
        index = NameIndex(names, right.vocabularies[rkind].counts, rkind, beam_bits=beam)
        found = _search(index, queries, top)
        _insert_pairs(db, lkind, rkind, *found)
        rows = zip(*(column.tolist() for column in found), strict=True)
        spellings.joined(rkind, queries, names, ((queries[q], names[n], b) for q, n, b in rows))
    if progress:
        progress("comparing names", len(LOOKUPS), len(LOOKUPS))


def _search(index: NameIndex, queries: Sequence[str], top: int) -> tuple[Ints, Ints, Floats]:
    """Positions of queries and of names, and the bits by letters, of the pairs worth joining."""
    asked, found, bits = index.search_many(queries, top=top, min_bits=SEARCHED_BITS)
    left, right = [queries[q] for q in asked.tolist()], [index.names[n] for n in found.tolist()]
    bits = by_letters(index.kind, left, right, bits)
    worth = bits >= LEAST_BITS
    return asked[worth], found[worth], bits[worth]


def _insert_pairs(
    db: duckdb.DuckDBPyConnection,
    lkind: str,
    rkind: str,
    queries: np.ndarray,
    names: np.ndarray,
    bits: np.ndarray,
) -> None:
    db.register("found", pa.table({"l": queries, "r": names, "bits": bits}))
    db.execute("INSERT INTO name_pair SELECT ?, ?, l, r, bits FROM found", [lkind, rkind])
    db.unregister("found")


def _join_names(db: duckdb.DuckDBPyConnection, within: bool) -> None:
    condition = "n.bits > 0" + (" AND l.pid < r.pid" if within else "")
    db.execute(BEST_NAMES.format(condition=condition))


def _join_routes(db: duckdb.DuckDBPyConnection, within: bool, progress: Progress | None) -> None:
    db.execute("CREATE TABLE found (lp INTEGER, rp INTEGER, number BOOLEAN)")
    for done, (name, query) in enumerate(ROUTES.items()):
        if progress:
            progress("looking for candidates", done, len(ROUTES))
        pair = "least(lp, rp), greatest(lp, rp)" if within else "lp, rp"
        where = "WHERE lp <> rp" if within else ""
        db.execute(
            f"INSERT INTO found SELECT DISTINCT {pair}, ? FROM ({query}) {where}",
            [name == "number"],
        )
    db.execute(
        """CREATE TABLE route_pair AS
           SELECT lp, rp, bool_or(number) AS number FROM found GROUP BY ALL"""
    )
    if progress:
        progress("looking for candidates", len(ROUTES), len(ROUTES))


def _most_promising(db: duckdb.DuckDBPyConnection, limit: int) -> list[tuple[int, int]]:
    rows = db.execute(
        f"""SELECT lp, rp FROM ({PROMISE})
            QUALIFY row_number() OVER (PARTITION BY lp ORDER BY promise DESC, rp) <= ?
            ORDER BY lp, promise DESC, rp""",
        [limit],
    ).fetchall()
    return [(int(left), int(right)) for left, right in rows]

"""Both lists as a skilled user of Splink would prepare them, in DuckDB.

Names in plain Latin letters (simplified BGN/PCGN), dates as ISO dates and years, settlement and
province apart, tag numbers and camps without their words, Daitch-Mokotoff keys. Dates in words are
read by `sexton.dates`, which spares Splink what a user would write by hand.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import duckdb
import pyarrow as pa
from abydos.phonetic import DaitchMokotoff

from benchmarks.linkage.romanise import LETTERS
from sexton.dates import read_date

# What Unicode has no accent for.
_LATIN = {"ł": "l", "ß": "ss", "ø": "o", "æ": "ae"}
_PROVINCE_WORDS = "gebiet|r[eé]gion|obw[oó]d|gebied|oblast|provincie|обл|край|АССР|ССР"
_SETTLEMENT_WORDS = "с|г|д|п|ст|х|пос|дер|гор|село|город|деревня|станица"


def plain_sql(column: str) -> str:
    """An expression for the column in plain Latin letters, lower case; null when empty."""
    said = f"lower({column})"
    one = {a: b for a, b in (LETTERS | _LATIN).items() if len(b) == 1}
    for letter, written in (LETTERS | _LATIN).items():
        if letter not in one:
            said = f"replace({said}, '{letter}', '{written}')"
    said = f"translate({said}, '{''.join(one)}', '{''.join(one.values())}')"
    said = f"regexp_replace(strip_accents({said}), '[^a-z ]', '', 'g')"
    return f"nullif(trim({said}), '')"


def prepare(
    connection: duckdb.DuckDBPyConnection, graves: Path | None, archive: Path, with_keys: bool
) -> None:
    """Make the tables ``graves`` and ``archive``; without ``graves`` the latter alone."""
    raw = {"archive": f"read_parquet('{archive}')"}
    if graves is not None:
        raw["graves"] = f"read_csv('{graves}', all_varchar = true)"
    for name, read in raw.items():
        connection.execute(f"CREATE VIEW {name}_raw AS FROM {read}")
    _make_dates(connection, raw)
    for name in raw:
        connection.execute(f"CREATE TABLE {name} AS {_select(name)}")
    connection.execute("DROP TABLE dates")
    if with_keys:
        _add_keys(connection)


def _make_dates(connection: duckdb.DuckDBPyConnection, names: Iterable[str]) -> None:
    """``dates``: what each distinct text means."""
    cells = " UNION ".join(
        f"SELECT {column} FROM {name}_raw WHERE {column} <> ''"
        for name in names
        for column in ("birth_date", "death_date")
    )
    rows = [_date(text) for (text,) in connection.execute(cells).fetchall()]
    columns = list(zip(*rows, strict=True))
    texts = pa.table(
        {
            name: pa.array(values, pa.string())
            for name, values in zip(("text", "day", "month", "year"), columns, strict=True)
        }
    )
    connection.register("dates_read", texts)
    connection.execute("CREATE TABLE dates AS FROM dates_read")
    connection.unregister("dates_read")


def _date(text: str) -> tuple[str, str | None, str | None, str | None]:
    """The text with its day, month and year, as far as it says them."""
    found = read_date(text)
    if found is None or found.first is None or found.last is None:
        return text, None, None, None
    first, last = found.first.isoformat(), found.last.isoformat()
    day = first if first == last else None
    month = first[:7] if first[:7] == last[:7] else None
    year = first[:4] if first[:4] == last[:4] else None
    return text, day, month, year


def _select(name: str) -> str:
    province = (
        f"coalesce(regexp_extract(birth_place, '(?i)([^ ,]+) +({_PROVINCE_WORDS})', 1), '') "
        f"|| coalesce(regexp_extract(birth_place, '(?i)({_PROVINCE_WORDS}) +([^ ,]+)$', 2), '')"
    )
    rest = (
        f"regexp_replace(birth_place, '(?i)([^ ,]+ +({_PROVINCE_WORDS})[.]?|"
        f"({_PROVINCE_WORDS}) +[^ ,]+$|РСФСР)', '', 'g')"
    )
    settlement = f"regexp_replace({rest}, '(?i)(^|[ ,])({_SETTLEMENT_WORDS})[.]? +', ' ', 'g')"
    camp = "regexp_replace(upper(camp), 'STALAG|ШТАЛАГ|ST[.]|NR[.]|[^0-9A-Z]', '', 'g')"
    return f"""
        SELECT id AS unique_id, {plain_sql("surname")} AS surname, {plain_sql("given")} AS given,
            {plain_sql("patronymic")} AS patronymic,
            b.day AS birth_date, b.year AS birth_year,
            d.day AS death_date, d.month AS death_month, d.year AS death_year,
            {plain_sql(settlement)} AS settlement, {plain_sql(province)} AS province,
            nullif(regexp_replace(prisoner_number, '[^0-9]', '', 'g'), '') AS number,
            nullif({camp}, '') AS camp
        FROM {name}_raw LEFT JOIN dates b ON birth_date = b.text
            LEFT JOIN dates d ON death_date = d.text
    """


def _add_keys(connection: duckdb.DuckDBPyConnection) -> None:
    """A column ``keys``: the Daitch-Mokotoff codes of the surname, up to eight."""
    code = DaitchMokotoff()
    words = connection.execute(
        "SELECT DISTINCT surname FROM (SELECT surname FROM graves UNION ALL "
        "SELECT surname FROM archive) WHERE surname IS NOT NULL"
    ).fetchall()
    keys = [sorted(code.encode(word))[:8] for (word,) in words]
    coded = pa.table(
        {
            "word": pa.array([word for (word,) in words], pa.string()),
            "keys": pa.array(keys, pa.list_(pa.string())),
        }
    )
    connection.register("coded", coded)
    for name in ("graves", "archive"):
        connection.execute(
            f"CREATE OR REPLACE TABLE {name} AS "
            f"SELECT a.*, coalesce(keys, []) AS keys FROM {name} a LEFT JOIN coded "
            "ON surname = word"
        )
    connection.unregister("coded")

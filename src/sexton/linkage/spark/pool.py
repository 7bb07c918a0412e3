"""An archive that Spark holds, as a pool to link with: the driver keeps what is counted over all
records and what is found, never the records themselves."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING, cast

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from sexton.evidence import PersonReading, Rules, Shares
from sexton.linkage.coding import Categories, CodedList
from sexton.linkage.columns import Columns, Lookup, Lookups
from sexton.linkage.model import Progress
from sexton.linkage.screening.forms import Queries, number_forms
from sexton.linkage.screening.join import Joined
from sexton.linkage.screening.screen import Screened, join_queries
from sexton.linkage.screening.spelt import DEEP, Search
from sexton.linkage.shares import beside, counts_of, counts_within, shares_of
from sexton.linkage.spark.asking import FOUND, NOBODY, NamesJoined, Question, Shared, asker
from sexton.linkage.spark.counting import (
    Tallies,
    by_what,
    counts_of_all,
    vocabularies_of_all,
    within_all,
)
from sexton.linkage.spark.parts import CODED, PIECE, RECORDS, coder
from sexton.linkage.spark.session import run_job
from sexton.linkage.spark.source import FILE, ROW, Source
from sexton.linkage.vocabularies import KINDS
from sexton.names.channel import Kind
from sexton.records import COLUMNS, Record
from sexton.records.reading import READ, read_person

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

_CONTRACT = frozenset(COLUMNS)


class SparkPool:
    """The persons of an archive, in the order of its files and rows."""

    def __init__(
        self,
        session: SparkSession,
        source: Source,
        left: Sequence[PersonReading],
        progress: Progress | None = None,
    ) -> None:
        """Has the workers read and code all records, once, when they are first needed.

        ``left`` is the list that will be linked. To be closed.
        """
        from pyspark import StorageLevel

        self._session, self._source, self._progress = session, source, progress
        self._begins = dict(
            zip(source.files, accumulate(source.files.values(), initial=0), strict=False)
        )
        places = frozenset(person.burial_place for person in left if person.burial_place)
        code = coder(self._begins, places)
        self._parts = source.rows.mapInArrow(code, CODED).persist(StorageLevel.DISK_ONLY)
        self._records: dict[int, Record] = {}
        self._known: dict[int, PersonReading] = {}
        self._left = left

    def __len__(self) -> int:
        return sum(self._source.files.values())

    @property
    def partitions(self) -> int:
        """In how many parts the workers hold the records."""
        return int(self._parts.rdd.getNumPartitions())

    def close(self) -> None:
        """Have Spark forget what it holds."""
        self._parts.unpersist()

    @cached_property
    def _tallies(self) -> Tallies:
        from pyspark.sql import functions as F

        counted = self._parts.where(F.col("what") != PIECE).groupBy("what", "text")
        table = counted.agg(F.sum("number").alias("number"))
        tallies = by_what(self._run("reading and coding the records", table))
        if tallies[RECORDS][""] != len(self):
            raise AssertionError("not every record was coded")
        return tallies

    def _run(self, what: str, table: DataFrame) -> pa.Table:
        found = run_job(self._session, what, table.toArrow, self._progress)
        return cast(pa.Table, found)

    @cached_property
    def coded(self) -> Sequence[CodedList]:
        """The names of the whole archive; its columns stay with the workers."""
        return [CodedList(_NO_COLUMNS, vocabularies_of_all(self._tallies), Categories())]

    def read(self, positions: Iterable[int]) -> None:
        """Read many records; of those found."""
        for position in positions:
            self.person(position)

    def shares(self, left: Sequence[PersonReading]) -> Shares:
        """Counted in the archive and in the whole list, of which ``left`` is linked."""
        left = self._left
        counts, within = counts_of_all(self._tallies), within_all(self._tallies)
        for key, values in counts_within(left).items():
            within[key] += values
        shares = shares_of(len(self) + len(left), counts + counts_of(left))
        return beside(replace(shares, within=within), left, counts)

    def record(self, position: int) -> Record:
        """What the record at a position says, as far as it is read; of those found."""
        return self._records[position]

    def person(self, position: int) -> PersonReading:
        """The reading of the record at a position; of those found."""
        known = self._known.get(position)
        if known is None:
            known = self._known[position] = read_person(self._records[position])
        return known

    def id_of(self, position: int) -> str:
        """The id of the record at a position; of those found."""
        return self._records[position].id

    def ids_of(self, positions: NDArray[np.int64]) -> list[str]:
        """The ids of the records at some positions; of those found."""
        return [*map(self.id_of, positions.tolist())]

    def screener(self) -> SparkPool:
        """This pool has its workers screen it."""
        return self

    def __call__(
        self,
        people: Sequence[PersonReading],
        *,
        shares: Shares,
        rules: Rules,
        prior: float,
        most: int,
        progress: Progress | None,
        within: bool,
        search: Search,
    ) -> Screened:
        """The ``most`` likeliest persons of the archive for each of ``people``."""
        if within:
            raise ValueError("Spark links two lists; it does not compare a list with itself")
        queries = Queries()
        forms = number_forms(people, queries)
        [joined] = join_queries(queries, self.coded, rules, within, search, progress)
        vocabularies = self.coded[0].vocabularies
        names = {kind: NamesJoined.of(joined[kind], vocabularies.of(kind)) for kind in KINDS}
        question = Question(people, forms, names, shares, rules, prior, most)
        shared = self._session.sparkContext.broadcast(question)
        try:
            table = self._run(
                "looking for candidates", self._best(cast(Shared, shared), prior, most)
            )
        finally:
            shared.destroy()
        return self._screened(table, len(people), queries, joined, search is DEEP)

    def _best(self, question: Shared, prior: float, most: int) -> DataFrame:
        """The likeliest of all parts; the odds of what falls out go to the rest."""
        from pyspark.sql import Window
        from pyspark.sql import functions as F

        pieces = self._parts.where(F.col("what") == PIECE)
        found = pieces.mapInArrow(asker(question), FOUND)
        best_first = Window.partitionBy("who").orderBy(F.desc("bits"), "position")
        someone = F.col("position") != NOBODY
        ranked = found.withColumn("rank", F.row_number().over(best_first))
        kept = someone & (F.col("rank") <= most)
        dropped = F.when(someone, F.pow(F.lit(2.0), F.col("bits") + prior)).otherwise(F.col("odds"))
        return (
            ranked.withColumn("odds", F.when(kept, 0.0).otherwise(dropped))
            .groupBy("who", F.when(kept, F.col("position")).otherwise(NOBODY).alias("position"))
            .agg(
                *(F.max(name).alias(name) for name in ("bits", *KINDS)),
                *(F.sum(name).alias(name) for name in ("odds", "looked")),
            )
        )

    def _screened(
        self,
        table: pa.Table,
        people: int,
        queries: Queries,
        joined: dict[Kind, Joined],
        deep: bool,
    ) -> Screened:
        columns = {
            name: table.column(name).to_numpy() for name in ("who", "position", "bits", "odds")
        }
        who, position, bits = columns["who"], columns["position"], columns["bits"]
        nobody = position == NOBODY
        rest = np.zeros(people)
        rest[who[nobody]] = columns["odds"][nobody]
        order = np.lexsort((position, -bits, who))
        order = order[~nobody[order]]
        self._fetch(np.unique(position[order]))
        return Screened(
            who[order].astype(np.int64),
            position[order].astype(np.int64),
            bits[order].astype(np.float64),
            rest,
            int(table.column("looked").to_numpy().sum()),
            queries,
            [joined],
            [self._numbers(table.filter(pa.array(~nobody)))],
            deep,
        )

    def _numbers(self, table: pa.Table) -> dict[Kind, NDArray[np.int64]]:
        """The numbers of the names by which persons were found: neither missing nor initials."""
        numbers = {}
        for kind in KINDS:
            known = self._name_numbers[kind]
            found = table.column(kind).unique().to_pylist()
            numbers[kind] = np.array(
                sorted(known[name] for name in found if name in known), dtype=np.int64
            )
        return numbers

    @cached_property
    def _name_numbers(self) -> dict[Kind, dict[str, int]]:
        vocabularies = self.coded[0].vocabularies
        return {
            kind: {name: number for number, name in enumerate(vocabularies.of(kind).names)}
            for kind in KINDS
        }

    def _fetch(self, positions: NDArray[np.int64]) -> None:
        """Read what the records at these positions say, as far as it is not known yet."""
        from pyspark.sql import functions as F

        wanted = [place for place in positions.tolist() if place not in self._records]
        if not wanted:
            return
        files, begins = [*self._begins], [*self._begins.values()]
        which = [bisect_right(begins, place) - 1 for place in wanted]
        table = pa.table(
            {
                FILE: pa.array([files[n] for n in which], pa.string()),
                ROW: pa.array(
                    [place - begins[n] for place, n in zip(wanted, which, strict=True)], pa.int64()
                ),
            }
        )
        rows = self._source.rows
        rows = rows.select(FILE, ROW, *(c for c in rows.columns if c in READ or c == "id"))
        chosen = rows.join(F.broadcast(self._session.createDataFrame(table)), [FILE, ROW])
        for row in self._run("reading the candidates", chosen).to_pylist():
            self._keep(row)

    def _keep(self, row: dict[str, object]) -> None:
        position = self._begins[str(row.pop(FILE))] + cast(int, row.pop(ROW))
        id_ = str(row.pop("id"))
        cells = {name: str(cell) for name, cell in row.items() if cell and str(cell).strip()}
        self._records[position] = Record(id_, cells, {}, "", position + 1)


_NOTHING = Lookup(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int32))
_NO_COLUMNS = Columns(
    np.zeros((0, 9), dtype=np.int32),
    np.zeros((0, 4), dtype=np.int32),
    np.zeros(1, dtype=np.int64),
    np.zeros(0, dtype=np.int32),
    Lookups(*[_NOTHING] * len(Lookups._fields)),
)

"""``python -m benchmarks.workbench.make FOLDER``: cases with candidates, to measure on.

FOLDER is a ``SEXTON_HOME`` with a register (``sexton demo --no-serve``, or that of
``benchmarks.site.make``). Every record that lies at a site gets a case, and each case candidates:
some records of the register, and rows of a simulated archive, each marked as simulated. They are
drawn at random and not looked for, since the pages do the same work for those; their evidence is
that of the rules, for the later cases that of an earlier one. Some cases get judgements, letters
and clues. What is there already stays.

With ``--engine`` they are looked for instead: in the register, and in an archive of 100,000
simulated persons that is made beside it, as a run that the workbench asks for.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

SEED = 31
WEIGHED = 100  # cases whose candidates are weighed; the others take what those got
ROWS = 100_000
OF_ARCHIVE, OF_REGISTER = 5, 2
ARCHIVE, DIGEST = "simulated", "0" * 12
BY = "benchmark"


def make(folder: Path) -> None:
    os.environ["SEXTON_HOME"] = str(folder)
    from sexton.web.setup import prepare

    prepare()
    from sexton.web.cases.models import Candidate, Case
    from sexton.web.cases.opening import open_cases
    from sexton.web.register.models import Record

    started = time.perf_counter()
    records = list(Record.objects.filter(site__isnull=False, case=None, replaced_by=None))
    open_cases(records, BY)
    cases = list(Case.objects.filter(inquiries=None).select_related("record"))
    _find(cases)
    _work(cases)
    counts = f"{Case.objects.count():,} cases, {Candidate.objects.count():,} candidates"
    print(f"{counts}, {time.perf_counter() - started:.0f} s")


def _find(cases: Sequence[Any]) -> None:
    """Candidates for all cases, weighed by the rules beside a list of the archive's size."""
    from sexton.linkage.shares import count_shares
    from sexton.records.reading import read_person
    from sexton.web.cases.models import Candidate, Inquiry
    from sexton.web.cases.naming import as_list_record, of_archive, of_record
    from sexton.web.cases.weighing import Pool
    from sexton.web.register.models import Record

    chance = random.Random(SEED)
    own = list(Record.objects.order_by("pk"))
    rows = _archive_rows(5_000)
    shares = count_shares([read_person(row) for row in rows]).of_one_list()
    pools = {f"archive:{ARCHIVE}": Pool(ROWS, shares), "register": Pool(len(own), shares)}
    inquiries: list[Inquiry] = []
    candidates: list[Candidate] = []
    rankings: dict[tuple[int, str], Any] = {}
    for n, case in enumerate(cases):
        drawn = chance.sample(range(len(rows)), OF_ARCHIVE)
        others = [one for one in chance.sample(own, OF_REGISTER + 1) if one.pk != case.record_id]
        of_pool = {
            f"archive:{ARCHIVE}": {of_archive(ARCHIVE, DIGEST, d + 1): rows[d] for d in drawn},
            "register": {of_record(o.key): as_list_record(o) for o in others[:OF_REGISTER]},
        }
        for name, found in of_pool.items():
            pool, place = pools[name], (n % WEIGHED, name)
            if place not in rankings:
                rankings[place] = _rank(as_list_record(case.record), found, pool)
            ranking = rankings[place]
            inquiries.append(_inquiry(case, name, pool, ranking))
            candidates += _candidates(case, name, found, ranking)
    Inquiry.objects.bulk_create(inquiries, batch_size=500)
    Candidate.objects.bulk_create(candidates, batch_size=500)


def _rank(man: Any, found: Any, pool: Any) -> Any:
    from sexton.web.cases.weighing import rank

    return rank(man, found, pool)


def _inquiry(case: Any, name: str, pool: Any, ranking: Any) -> Any:
    from sexton.web.cases.models import Inquiry

    return Inquiry(
        case=case, pool=name, size=pool.size, coverage=pool.coverage, none=ranking.none,
        none_bits=ranking.none_bits,
    )  # fmt: skip


def _candidates(case: Any, pool: str, found: Any, ranking: Any) -> list[Any]:
    """The rows that were found, with the weights of a ranking of as many."""
    from sexton.records.simulated import is_simulated
    from sexton.web.cases.models import Candidate
    from sexton.web.cases.refreshing import evidence_of

    pairs = zip(found.items(), ranking.candidates, strict=True)
    return [
        Candidate(
            case=case, name=name, pool=pool, rank=place, probability=one.probability,
            prior=one.prior, weight=one.weight, searched=one.searched,
            evidence=evidence_of(one.fields), fields=dict(row.fields),
            simulated=is_simulated(row),
        )
        for place, ((name, row), one) in enumerate(pairs, 1)
    ]  # fmt: skip


def _archive_rows(n: int) -> list[Any]:
    """The first rows of the simulated archive, as the engine reads them."""
    from sexton.records import COLUMNS, Record
    from sexton.simulate import simulate_archive, without_truth

    found: list[Record] = []
    for batch in simulate_archive(n, SEED):
        for row in without_truth(batch).to_pylist():
            cells = {name: str(row[name]) for name in COLUMNS if row.get(name)}
            found.append(Record(str(row["id"]), cells, {}, "simulated", len(found) + 1))
    return found[:n]


def _work(cases: Sequence[Any]) -> None:
    """In every third case somebody has judged, in every tenth written a letter or found a clue."""
    from sexton.web.cases.models import Candidate, Clue, Judgement, Letter
    from sexton.web.register.history import change

    first = dict(Candidate.objects.filter(rank=1).values_list("case", "name"))
    with change(BY, "judgements, to measure on") as door:
        judged = [
            Judgement(case=case, candidate=first[case.pk], reviewer=who, verdict=verdict)
            for n, case in enumerate(cases)
            if n % 3 == 0 and case.pk in first
            for who, verdict in (("ann", "same"), ("bob", "same" if n % 2 else "different"))
            if who == "ann" or n % 9 == 0
        ]
        door.add_many(judged)
        door.add_many(
            [
                Letter(
                    case=case, addressee="An archive", language="de", question="Who was he?",
                    sent_on=date(2026, 9, 1), remind_on=date(2026, 10, 1),
                )
                for case in cases[::10]
            ]
        )  # fmt: skip
        door.add_many(
            [
                Clue(case=case, field="rank", value="private", citation="a letter")
                for case in cases[5::10]
            ]
        )


def look_for(folder: Path) -> None:
    """A case for every burial, and the candidates that the engine finds."""
    os.environ["SEXTON_HOME"] = str(folder)
    rows = folder / "simulated.parquet"
    _sexton("simulate", "-n", str(ROWS), "-o", str(rows))
    _sexton("archive", "add", str(rows), "--to", ARCHIVE)
    from sexton.web.setup import prepare

    prepare()
    from sexton.web.cases.work import KIND, Wanted
    from sexton.web.jobs import desk

    lists = (("register", 0.4), (f"archive:{ARCHIVE}", 0.8))
    desk.ask(KIND, BY, Wanted(lists, opening=True).as_params())
    _sexton("worker", "--once")


def _sexton(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "sexton", *arguments], check=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--engine", action="store_true")
    asked = parser.parse_args()
    (look_for if asked.engine else make)(asked.folder.absolute())


if __name__ == "__main__":
    main()

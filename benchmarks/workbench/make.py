"""``python -m benchmarks.workbench.make FOLDER``: cases with candidates, to measure on.

FOLDER is a ``SEXTON_HOME`` with a register (``sexton demo --no-serve``, or that of
``benchmarks.site.make``). Every record that lies at a site gets a case, and each case candidates:
some records of the register, and rows of a simulated archive, each marked as simulated. They are
drawn at random and not looked for, since the pages do the same work for those; their evidence is
that of the rules. Some cases get judgements, letters and clues. What is there already stays.
"""

from __future__ import annotations

import argparse
import os
import random
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

SEED = 31
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
    inquiries: list[Inquiry] = []
    candidates: list[Candidate] = []
    for case in cases:
        man = as_list_record(case.record)
        drawn = chance.sample(range(len(rows)), OF_ARCHIVE)
        of_list = {of_archive(ARCHIVE, DIGEST, n + 1): rows[n] for n in drawn}
        others = chance.sample(own, OF_REGISTER)
        of_own = {of_record(o.key): as_list_record(o) for o in others if o.pk != case.record_id}
        for name, found, size in (
            (f"archive:{ARCHIVE}", of_list, ROWS),
            ("register", of_own, len(own)),
        ):
            inquiry, weighed = _weighed(case, man, name, found, Pool(size, shares))
            inquiries.append(inquiry)
            candidates += weighed
    Inquiry.objects.bulk_create(inquiries, batch_size=500)
    Candidate.objects.bulk_create(candidates, batch_size=500)


def _weighed(case: Any, man: Any, name: str, found: Any, pool: Any) -> tuple[Any, list[Any]]:
    from sexton.records.simulated import is_simulated
    from sexton.web.cases.models import Candidate, Inquiry
    from sexton.web.cases.refreshing import evidence_of
    from sexton.web.cases.weighing import rank

    ranking = rank(man, found, pool)
    rows = [
        Candidate(
            case=case, name=one.name, pool=name, rank=place, probability=one.probability,
            prior=one.prior, weight=one.weight, searched=one.searched,
            evidence=evidence_of(one.fields), fields=dict(found[one.name].fields),
            simulated=is_simulated(found[one.name]),
        )
        for place, one in enumerate(ranking.candidates, 1)
    ]  # fmt: skip
    inquiry = Inquiry(
        case=case, pool=name, size=pool.size, coverage=pool.coverage, none=ranking.none,
        none_bits=ranking.none_bits,
    )  # fmt: skip
    return inquiry, rows


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


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    make(parser.parse_args().folder.absolute())


if __name__ == "__main__":
    main()

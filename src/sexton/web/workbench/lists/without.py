"""The list of records that have no case yet, and could have one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sexton.web.cases.promise import Known, Promise, promise
from sexton.web.research.facet_table import Column
from sexton.web.workbench.lists import facts, kept, records
from sexton.web.workbench.lists.listing import Listing, column
from sexton.web.workbench.lists.readers import Reader
from sexton.web.workbench.lists.records import Beside, Said


@dataclass(frozen=True, slots=True)
class Everyone:
    """All records (``ids``), those with a case too, and what follows for each."""

    ids: Sequence[int]
    said: Sequence[Said]
    promises: Sequence[Promise]
    columns: Mapping[str, Column]
    beside: Beside


_made: list[tuple[kept.Parts, Everyone]] = []


def everyone(register: kept.Stamp) -> Everyone:
    """What is known of all records of the register."""
    said, beside = records.said(kept.of_records()), records.beside(register)
    if not _made or not kept.same(_made[0][0], (said, beside)):
        _made[:] = [((said, beside), _everyone(said, beside))]
    return _made[0][1]


def _everyone(said: Mapping[int, Said], beside: Beside) -> Everyone:
    rows, size = list(said.values()), len(said)
    told = (Known(named=row.named, stated=row.stated, opened=False) for row in rows)
    promises = [promise(one) for one in told]
    columns = {
        **records.places(rows, beside),
        "about": column((records.about(pk, row, beside) for pk, row in said.items()), size),
        "grave": column((["yes" if row.site else "no"] for row in rows), size),
        "outlook": column(([one.grade] for one in promises), size),
    }
    return Everyone(list(said), rows, promises, columns, beside)


def listing(reader: Reader) -> tuple[Everyone, Listing]:
    """The records without a case of which ``reader`` may open one, those in a grave first."""
    register = kept.of_register()
    known = everyone(register)
    taken = {case.record for case in facts.worked(register)}
    sites = reader.sites
    mine = (
        pk not in taken and not row.replaced and (sites is None or row.site in sites)
        for pk, row in zip(known.ids, known.said, strict=True)
    )
    within = np.fromiter(mine, np.bool_, len(known.ids))
    orders = {
        **records.orders(known.said, known.beside),
        "outlook": lambda n: (known.said[n].site is None, -known.promises[n].score, n),
    }
    return known, Listing([row.folded for row in known.said], known.columns, within, orders)

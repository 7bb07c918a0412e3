"""The blindness of judgements: whose pairs a reader has not judged, and what opening shows him."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sexton.web.cases.models import Judgement, Look
from sexton.web.cases.naming import archive_row
from sexton.web.register.history import AT_ONCE
from sexton.web.workbench.models import Group


class Closed(NamedTuple):
    """The pairs (id of the case, name of the candidate) of a group whose evidence a reader has
    neither seen nor judged, of so many ``pairs`` that he may see."""

    unseen: Sequence[tuple[int, str]]
    pairs: int


def closed_to(group: Group, by: str, archives: bool) -> Closed:
    """What a reader would see for the first time; without the ``archives`` their rows are not
    shown to him pair by pair."""
    cases = list(group.bodies.values_list("case_id", flat=True))
    names = [
        name
        for name in group.names.values_list("name", flat=True)
        if archives or archive_row(name) is None
    ]
    seen: set[tuple[int, str]] = set()
    for model, who in ((Look, "by"), (Judgement, "reviewer")):
        rows = model._default_manager.filter(**{who: by, "case__in": cases})
        seen.update(rows.values_list("case_id", "candidate"))
    pairs = [(case, name) for case in cases for name in names]
    return Closed([pair for pair in pairs if pair not in seen], len(pairs))


def open_to(pairs: Iterable[tuple[int, str]], by: str) -> None:
    """Write down that a reader is shown the evidence on these pairs: as ``judging.look``, for
    thousands at once."""
    looks = [Look(case_id=case, candidate=name, by=by) for case, name in pairs]
    Look.objects.bulk_create(looks, batch_size=AT_ONCE, ignore_conflicts=True)

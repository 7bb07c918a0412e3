"""The register as it was at any moment, and as it is, as plain values that can be compared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sexton.web.register.history import Values, kind_of, state_of, versioned
from sexton.web.register.models import Change, History, Versioned

Rows = dict[int, Values]


@dataclass(frozen=True, slots=True)
class RegisterAt:
    """The register after the change ``last`` (an id; 0 before the first change)."""

    last: int

    def rows(self, model: type[Versioned]) -> Rows:
        """All rows of a model, by id."""
        found = dict(_present(model, self.last))
        past = History.objects.filter(
            kind=kind_of(model), began_id__lte=self.last, ended_id__gt=self.last
        )
        found.update(past.values_list("object_id", "data"))
        return found

    def row(self, model: type[Versioned], pk: int) -> Values | None:
        """One row's values; None where it was not in the register."""
        present = model._default_manager.filter(pk=pk, change_id__lte=self.last).first()
        if present is not None:
            return state_of(present)
        past = History.objects.filter(
            kind=kind_of(model), object_id=pk, began_id__lte=self.last, ended_id__gt=self.last
        )
        return past.values_list("data", flat=True).first()

    def dump(self) -> dict[str, Rows]:
        """Everything that has a history, by kind and id."""
        return {kind_of(model): self.rows(model) for model in versioned()}


def register_at(moment: datetime) -> RegisterAt:
    """The register as it was at ``moment`` (an aware time; changes at that very time included)."""
    last = Change.objects.filter(at__lte=moment).order_by("-pk").values_list("pk", flat=True)
    return RegisterAt(last.first() or 0)


def register_now() -> RegisterAt:
    """The register as it is."""
    return RegisterAt(Change.objects.order_by("-pk").values_list("pk", flat=True).first() or 0)


def states_of(row: Versioned) -> Iterator[tuple[Change, Values]]:
    """All states of a row, the oldest first, each with the change that made it."""
    past = History.objects.filter(kind=kind_of(type(row)), object_id=row.pk)
    for state in past.select_related("began").order_by("version"):
        yield state.began, state.data
    present = type(row)._default_manager.filter(pk=row.pk).select_related("change").first()
    if present is not None:
        yield present.change, state_of(present)


def _present(model: type[Versioned], last: int) -> Iterator[tuple[int, Values]]:
    for row in model._default_manager.filter(change_id__lte=last).iterator(chunk_size=2000):
        yield row.pk, state_of(row)

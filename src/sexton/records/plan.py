"""From a row of cells to a record: which cell goes where, decided once for a file."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass
from itertools import compress
from operator import itemgetter
from pathlib import Path

from sexton.messages import N_, Message
from sexton.records.mapping import Mapping, Split
from sexton.records.model import COLUMNS, IDENTIFYING
from sexton.records.source import unreadable

NO_MAPPING = Mapping("")


def folded(name: str) -> str:
    """A column name as it is matched: without surrounding space, in any case."""
    return name.strip().casefold()


def known_names(mapping: Mapping | None) -> frozenset[str]:
    """The folded column names that a file may be expected to have."""
    expected = mapping.sources() if mapping else set()
    return frozenset(map(folded, expected)) | frozenset(COLUMNS)


@dataclass(frozen=True, slots=True)
class Named:
    """Some cells of a row, by name."""

    names: tuple[str, ...]
    pick: Callable[[Sequence[str]], Sequence[str]]


def _named(positions: dict[str, int]) -> Named:
    names, where = tuple(positions), tuple(positions.values())
    if len(where) > 1:
        return Named(names, itemgetter(*where))
    # itemgetter of one position gives the cell itself, not a tuple of it.
    return Named(names, lambda row: [row[where[0]]] if where else [])


@dataclass(frozen=True, slots=True)
class Plan:
    """Where the cells of a row go. Numbers are positions in the row.

    ``moved`` are the cells that a contract column takes over, ``kept`` the extra ones by name,
    ``chosen`` and ``joined`` make a column of several cells, ``taken_apart`` does the reverse;
    ``repeated`` are the names given to columns whose own stands in the header twice.
    """

    mapping: Mapping
    moved: Named
    kept: Named
    chosen: tuple[tuple[str, tuple[int, ...]], ...]
    joined: tuple[tuple[str, tuple[int, ...]], ...]
    taken_apart: tuple[tuple[Split, int], ...]
    repeated: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """The contract's columns that can be filled, in the contract's order."""
        filled = {*self.moved.names, *(target for target, _ in (*self.chosen, *self.joined))}
        filled.update(self.mapping.constant)
        filled.update(target for split, _ in self.taken_apart for target in split.into)
        return tuple(column for column in COLUMNS if column in filled)

    def fields(self, row: Sequence[str]) -> dict[str, str]:
        """The non-empty contract columns of a row."""
        fields = _filled(self.moved, row)
        if self.mapping is not NO_MAPPING:
            self._derive(fields, row)
        return fields

    def _derive(self, fields: dict[str, str], row: Sequence[str]) -> None:
        for target, positions in self.chosen:
            for i in positions:
                if row[i].strip():
                    fields[target] = row[i]
                    break
        for target, positions in self.joined:
            cells = [row[i] for i in positions if row[i].strip()]
            if cells:
                fields[target] = self.mapping.join[target].separator.join(cells)
        for split, i in self.taken_apart:
            for target, part in split.parts(row[i]).items():
                if part.strip():
                    fields.setdefault(target, part)

    def extra(self, row: Sequence[str]) -> dict[str, str]:
        """The non-empty cells of all other columns."""
        return _filled(self.kept, row)


def _filled(named: Named, row: Sequence[str]) -> dict[str, str]:
    """The named cells that are not blank. This sees every cell, so it stays inside C."""
    cells = named.pick(row)
    return dict(compress(zip(named.names, cells, strict=False), map(str.strip, cells)))


def make_plan(path: Path, header: Sequence[str], mapping: Mapping | None) -> Plan:
    """Fit a mapping to a header. Raises UnreadableFile when it does not fit."""
    mapping = mapping or NO_MAPPING
    position: dict[str, int] = {}
    for i, name in enumerate(header):
        position.setdefault(folded(name), i)
    _check_fit(path, header, mapping, position)

    def found(names: Iterable[str]) -> tuple[int, ...]:
        return tuple(position[folded(name)] for name in names if folded(name) in position)

    chosen = {target: found(names) for target, names in mapping.columns.items()}
    joined = {target: found(join.columns) for target, join in mapping.join.items()}
    moved = {t: found[0] for t, found in chosen.items() if len(found) == 1}
    moved |= _by_own_name(position, {*chosen, *joined}, set(moved.values()))
    kept = {
        _beside_contract(name): i
        for i, name in enumerate(distinct(header))
        if i not in moved.values()
    }
    plan = Plan(
        mapping=mapping,
        moved=_named(moved),
        kept=_named(kept),
        chosen=tuple((t, several) for t, several in chosen.items() if len(several) > 1),
        joined=tuple((t, several) for t, several in joined.items() if several),
        taken_apart=tuple((split, i) for split in mapping.split for i in found([split.column])),
        repeated=tuple(set(distinct(header)) - {name.strip() for name in header}),
    )
    _check_identifying(path, header, plan)
    return plan


def _by_own_name(position: dict[str, int], filled: set[str], used: set[int]) -> dict[str, int]:
    """The columns that bear the contract's names, where a mapping does not say otherwise."""
    return {
        name: position[name]
        for name in COLUMNS
        if name in position and name not in filled and position[name] not in used
    }


def distinct(header: Sequence[str]) -> list[str]:
    """The header's names made distinct: a nameless column gets its number, a second one “(2)”."""
    names: list[str] = []
    seen: set[str] = set()
    for i, written in enumerate(header, 1):
        name = stem = written.strip() or f"column {i}"
        count = 1
        while folded(name) in seen:
            count += 1
            name = f"{stem} ({count})"
        seen.add(folded(name))
        names.append(name)
    return names


def _beside_contract(name: str) -> str:
    """A name for an extra column that is no contract's column, should both be written together."""
    return f"{name} (2)" if folded(name) in COLUMNS else name


def _check_fit(
    path: Path, header: Sequence[str], mapping: Mapping, position: Container[str]
) -> None:
    missing = sorted(
        name for name in mapping.sources() - mapping.optional if folded(name) not in position
    )
    if missing:
        raise unreadable(
            path,
            Message(
                N_("The mapping “%(mapping)s” wants columns that are not there: %(missing)s."),
                {"mapping": mapping.name, "missing": ", ".join(missing)},
            ),
            Message(
                N_("The list has: %(columns)s. Correct the mapping, or name them under optional."),
                {"columns": _few(header)},
            ),
        )


def _check_identifying(path: Path, header: Sequence[str], plan: Plan) -> None:
    if IDENTIFYING.isdisjoint(plan.columns):
        raise unreadable(
            path,
            Message(
                N_(
                    "No column holds a name, an id or a prisoner number; the list has: %(columns)s."
                ),
                {"columns": _few(header)},
            ),
            Message(N_("Rename a column, or say in a mapping profile which one it is.")),
        )


def _few(header: Sequence[str]) -> str:
    names = [name.strip()[:40] for name in header if name.strip()]
    return ", ".join(names[:30]) + (" …" if len(names) > 30 else "")

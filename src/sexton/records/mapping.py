"""Mapping profiles: how the columns of another layout become those of a person list.

A profile is a TOML file of five optional tables: ``columns`` renames or chooses, ``constant``
sets, ``join`` puts cells together, ``split`` takes one apart; ``docs/how-to/map-your-columns.md``
explains them. A column that is merely renamed moves; one that is chosen from, joined or split is
also kept as written among the extra columns.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping as Map
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sexton.messages import N_, Message
from sexton.records.model import COLUMNS
from sexton.records.packs import profiles
from sexton.records.source import unreadable


@dataclass(frozen=True, slots=True)
class Join:
    """Non-empty cells of ``columns`` with ``separator`` between them."""

    columns: tuple[str, ...]
    separator: str = " "


@dataclass(frozen=True, slots=True)
class Split:
    """One cell taken apart: by ``separator`` into ``into`` in order, or by a pattern's groups.

    A separator splits at most ``len(into) - 1`` times. A cell that does not fit gives nothing.
    """

    column: str
    into: tuple[str, ...]
    separator: str | None = None
    pattern: re.Pattern[str] | None = None

    def parts(self, cell: str) -> dict[str, str]:
        """The parts of one cell by the contract's column."""
        if self.pattern is None:
            pieces = cell.split(self.separator, len(self.into) - 1)
            return {into: piece.strip() for into, piece in zip(self.into, pieces, strict=False)}
        found = self.pattern.search(cell)
        return {k: v for k, v in found.groupdict().items() if v} if found else {}


@dataclass(frozen=True, slots=True)
class Mapping:
    """What a profile says. Keys of ``columns``, ``constant`` and ``join`` are the contract's.

    ``columns`` gives for each the file's columns to choose from, the first non-empty cell wins;
    ``optional`` names columns of the file that may be missing.
    """

    name: str
    title: str = ""
    columns: Map[str, tuple[str, ...]] = field(default_factory=dict)
    constant: Map[str, str] = field(default_factory=dict)
    join: Map[str, Join] = field(default_factory=dict)
    split: tuple[Split, ...] = ()
    optional: frozenset[str] = frozenset()
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None

    def sources(self) -> set[str]:
        """Every column of the file that the profile names."""
        named = {column for choice in self.columns.values() for column in choice}
        named.update(column for join in self.join.values() for column in join.columns)
        named.update(split.column for split in self.split)
        return named


def load_mapping(path_or_profile_name: str | Path) -> Mapping:
    """The mapping of a TOML file, or of a profile that ships with Sexton, by its name.

    Raises UnreadableFile when there is none or when it says what no profile can say.
    """
    text = str(path_or_profile_name)
    path = profiles().get(text, Path(path_or_profile_name))
    try:
        with path.open("rb") as file:
            said = tomllib.load(file)
    except OSError:
        known = Message(
            N_("Name a TOML file, or a profile that ships with Sexton: %(known)s."),
            {"known": ", ".join(profiles())},
        )
        raise unreadable(path, Message(N_("There is no such mapping profile.")), known) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _misfit(path, f"{error}") from None
    return _Reading(path, said).mapping(path.stem if text not in profiles() else text)


def _misfit(path: Path, detail: str) -> Exception:
    return unreadable(
        path,
        Message(N_("The mapping profile cannot be understood: %(detail)s."), {"detail": detail}),
        Message(N_("docs/how-to/map-your-columns.md shows what a profile can say.")),
    )


class _Reading:
    """One reading of a profile's TOML, with every value checked."""

    def __init__(self, path: Path, said: dict[str, Any]) -> None:
        self.path = path
        self.said = said

    def mapping(self, name: str) -> Mapping:
        unknown = set(self.said) - _KEYS
        self._require(not unknown, f"no key is called {', '.join(sorted(unknown))}")
        text = {key: self._text(key) for key in ("encoding", "delimiter", "sheet")}
        delimiter = text["delimiter"]
        self._require(
            delimiter is None or (len(delimiter) == 1 and delimiter not in '"\r\n\0'),
            "delimiter is one character",
        )
        return Mapping(
            name=name,
            title=self._text("title") or "",
            columns={k: self._names(k, v) for k, v in self._table("columns").items()},
            constant={k: self._string(k, v) for k, v in self._table("constant").items()},
            join={k: self._join(k, v) for k, v in self._table("join").items()},
            split=tuple(self._split(entry) for entry in self._list("split")),
            optional=frozenset(self._names("optional", self.said.get("optional", []))),
            **text,
        )

    def _require(self, holds: bool, detail: str) -> None:
        if not holds:
            raise _misfit(self.path, detail)

    def _string(self, key: str, value: object) -> str:
        if not isinstance(value, str) or not value:
            raise _misfit(self.path, f"{key} is text that is not empty")
        return value

    def _text(self, key: str) -> str | None:
        return self._string(key, self.said[key]) if key in self.said else None

    def _names(self, key: str, value: object) -> tuple[str, ...]:
        names = value if isinstance(value, list) else [value]
        return tuple(self._string(key, name) for name in names)

    def _list(self, key: str) -> list[dict[str, Any]]:
        entries = self.said.get(key, [])
        good = isinstance(entries, list) and all(isinstance(entry, dict) for entry in entries)
        self._require(good, f"{key} is a list of tables, each headed [[{key}]]")
        return list(entries)

    def _table(self, key: str) -> dict[str, Any]:
        table = self.said.get(key, {})
        self._require(isinstance(table, dict), f"{key} is a table, headed [{key}]")
        for column in table:
            self._contract(column)
        return dict(table)

    def _contract(self, column: str) -> str:
        self._require(column in COLUMNS, f"a person list has no column {column}")
        return column

    def _join(self, key: str, value: object) -> Join:
        if isinstance(value, list):
            return Join(self._names(key, value))
        if not isinstance(value, dict) or set(value) - {"columns", "separator"}:
            raise _misfit(self.path, f"join.{key} has columns and a separator")
        separator = value.get("separator", " ")
        return Join(self._names(key, value.get("columns")), self._string("separator", separator))

    def _split(self, entry: dict[str, Any]) -> Split:
        self._require(not set(entry) - {"column", "into", "separator", "pattern"}, _SPLIT)
        column = self._string("split.column", entry.get("column"))
        if "pattern" in entry:
            self._require("separator" not in entry, _SPLIT)
            return self._split_by_pattern(column, self._string("pattern", entry["pattern"]))
        into = self._names("split.into", entry.get("into"))
        for target in into:
            self._contract(target)
        separator = entry.get("separator")
        return Split(column, into, separator and self._string("separator", separator))

    def _split_by_pattern(self, column: str, text: str) -> Split:
        try:
            pattern = re.compile(text)
        except (re.error, OverflowError, RecursionError) as error:
            raise _misfit(self.path, f"pattern: {error}") from None
        self._require(bool(pattern.groupindex), "pattern names its groups, as in (?P<surname>…)")
        return Split(column, tuple(map(self._contract, pattern.groupindex)), pattern=pattern)


_KEYS = frozenset(
    (
        *("title", "columns", "constant", "join", "split", "optional"),
        *("encoding", "delimiter", "sheet"),
    )
)
_SPLIT = "a split has a column, and either into and a separator, or a pattern"

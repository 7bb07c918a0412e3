"""The rules of evidence: documented probabilities, read from a versioned TOML file."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from math import log2
from pathlib import Path
from typing import Any, TypeVar

DEFAULT_VERSION = "4"


Derived = TypeVar("Derived")


class RulesError(ValueError):
    """A rules file that cannot be used; the text says where and why."""


@dataclass(frozen=True, slots=True)
class Rules:
    """Probabilities by section and name; see ``tables/rules-v4.toml`` for what each means."""

    version: str
    tables: Mapping[str, Mapping[str, float]]
    _derived: dict[Callable[[Rules], Any], Any] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def derived(self, derive: Callable[[Rules], Derived]) -> Derived:
        """What ``derive`` makes of these rules, worked out once: pairs are weighed by millions."""
        if derive not in self._derived:
            self._derived[derive] = derive(self)
        found: Derived = self._derived[derive]
        return found

    def __reduce__(self) -> tuple[type[Rules], tuple[str, Mapping[str, Mapping[str, float]]]]:
        return Rules, (self.version, self.tables)  # what was derived is worked out where it goes

    def value(self, section: str, name: str) -> float:
        """One number of the file; a name that is not there is a mistake of ours: ``KeyError``."""
        return self.tables[section][name]

    def weight(self, section: str, level: str, share: float | None = None) -> float:
        """The match weight of a level in bits: log2(m / u), with ``share`` as u where given."""
        table = self.tables[section]
        return log2(table[level] / (table[f"{level}_share"] if share is None else share))


def _check(tables: Mapping[str, object], origin: str) -> Mapping[str, Mapping[str, float]]:
    checked: dict[str, Mapping[str, float]] = {}
    for section, table in tables.items():
        if not isinstance(table, dict):
            raise RulesError(f"{origin}: [{section}] must be a table of numbers")
        for name, number in table.items():
            if not isinstance(number, int | float) or isinstance(number, bool) or number <= 0:
                raise RulesError(f"{origin}: [{section}] {name} must be a number above 0")
        checked[section] = {name: float(number) for name, number in table.items()}
    return checked


def _parse(text: str, origin: str) -> Rules:
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RulesError(f"{origin}: not readable as TOML: {error}") from error
    version = str(data.pop("version", ""))
    if not version:
        raise RulesError(f'{origin}: a line version = "…" is missing')
    return Rules(version, _check(data, origin))


def default_text() -> str:
    """The file of the rules that ship with Sexton, with its notes."""
    resource = files("sexton.evidence") / "tables" / f"rules-v{DEFAULT_VERSION}.toml"
    return resource.read_text("utf-8")


@cache
def default_rules() -> Rules:
    """The rules that ship with Sexton."""
    return _parse(default_text(), f"rules-v{DEFAULT_VERSION}.toml")


def load_rules(path: Path) -> Rules:
    """Rules from a file that changes some of the default's numbers; the others stay.

    Raises RulesError when the file is no rules file or names a number that does not exist.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise RulesError(f"{path}: cannot be read: {error}") from error
    return read_rules(text, str(path))


def read_rules(text: str, origin: str) -> Rules:
    """The same from the text of such a file; ``origin`` is what errors call it."""
    own = _parse(text, origin)
    merged = {section: dict(table) for section, table in default_rules().tables.items()}
    for section, table in own.tables.items():
        unknown = set(table) - set(merged.get(section, {}))
        if unknown:
            raise RulesError(f"{origin}: [{section}] has no number called {sorted(unknown)[0]}")
        merged[section].update(table)
    return Rules(own.version, merged)

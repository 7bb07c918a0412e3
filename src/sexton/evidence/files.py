"""Rules of evidence as files that a person reads: every number with its origin."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sexton.evidence.rules import Rules, default_text

_SECTION = re.compile(r"\[(\w+)\]\s*$")
_NUMBER = re.compile(r"(\w+)\s*=\s*[^#]+?(?:\s*#\s*(.*))?$")
_VERSION = re.compile(r"[\w.+ -]{1,60}")


@dataclass(frozen=True, slots=True)
class Told:
    """A number of the rules with the note on where it comes from ("" where there is none)."""

    section: str
    name: str
    value: float
    origin: str


def origins(text: str) -> dict[tuple[str, str], str]:
    """The notes behind the numbers of a rules file."""
    found: dict[tuple[str, str], str] = {}
    section = ""
    for line in text.splitlines():
        if head := _SECTION.match(line):
            section = head[1]
        elif section and (number := _NUMBER.match(line)):
            found[section, number[1]] = (number[2] or "").strip()
    return found


def describe(rules: Rules, own_text: str = "") -> list[Told]:
    """Every number of ``rules`` with its origin: the note of the file ``own_text`` where it names
    the number, else that of the rules that ship with Sexton."""
    shipped, own = origins(default_text()), origins(own_text)
    return [
        Told(section, name, value, own.get((section, name), shipped.get((section, name), "")))
        for section, table in rules.tables.items()
        for name, value in table.items()
    ]


def differences(a: Rules, b: Rules) -> list[tuple[str, str, float, float]]:
    """Section, name and both values of every number in which two rules differ."""
    return [
        (section, name, value, b.tables[section][name])
        for section, table in a.tables.items()
        for name, value in table.items()
        if b.tables[section][name] != value
    ]


def as_toml(version: str, values: Mapping[str, Iterable[Told]], head: str) -> str:
    """A rules file with some numbers by section, each with its origin; ``head`` says what it is.

    Raises ValueError for a version that is no plain word or two.
    """
    if not _VERSION.fullmatch(version):
        raise ValueError("a version has letters, digits, dots, dashes and blanks, up to 60")
    lines = [*(f"# {line}" for line in head.splitlines()), f'version = "{version}"']
    for section, told in values.items():
        lines += ["", f"[{section}]"]
        lines += [f"{each.name} = {each.value:.6g}  # {each.origin}" for each in told]
    return "\n".join(lines) + "\n"

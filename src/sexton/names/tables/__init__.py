"""The reviewed tables of the names package; each file says at its head where its rows come from."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path

# An empty line and a remark begin so.
_NO_ROW = ("", "#")


def _rows(file_name: str) -> list[str]:
    """The lines of a packaged table, its header first, without remarks and empty lines."""
    lines = read_text(file_name).splitlines()
    return [line for line in lines if line[:1] not in _NO_ROW]


def read_table(file_name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a packaged TSV file as dicts; lines that begin with ``#`` are remarks."""
    head, *lines = _rows(file_name)
    header = head.split("\t")
    for line in lines:
        yield dict(zip(header, line.split("\t"), strict=True))


def read_numbers(file_name: str) -> dict[str, float]:
    """Read a packaged table of two columns, a text and a number: several times as fast."""
    return dict(zip(*read_columns(file_name), strict=True))


def read_columns(file_name: str) -> tuple[list[str], list[float]]:
    """:func:`read_numbers` as two columns."""
    cells = "\t".join(_rows(file_name)[1:]).split("\t")
    return cells[::2], [*map(float, cells[1::2])]


_instead: list[Path] = []


def read_instead(folder: Path) -> None:
    """Let the tables of ``folder`` stand for the packaged ones of the same name in this process.

    For assessing tables that are not packaged. Call it first: models keep what they have read.
    """
    _instead[:] = [folder]


def read_text(file_name: str) -> str:
    """The whole text of a packaged file."""
    for folder in _instead:
        if (folder / file_name).exists():
            return (folder / file_name).read_text(encoding="utf-8")
    return files(__name__).joinpath(file_name).read_text(encoding="utf-8")


def read_bytes(file_name: str) -> bytes:
    """A packaged file that is no text."""
    return files(__name__).joinpath(file_name).read_bytes()


# What the channel model is made of and people wrote; the other parts are made by training.
REVIEWED = ("cyrillic_variants.tsv", "hearing.tsv", "reading.tsv", "spelling_rules.tsv")


def version_of(trained: Mapping[str, str]) -> str:
    """The version of the channel model: a checksum of all its tables."""
    texts = {name: read_text(name) for name in REVIEWED} | dict(trained)
    digest = hashlib.sha256()
    for name in sorted(texts):
        digest.update(f"{name}\n{texts[name]}".encode())
    return digest.hexdigest()[:12]

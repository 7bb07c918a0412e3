"""The reviewed tables of the names package; each file says at its head where its rows come from."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files


def read_table(file_name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a packaged TSV file as dicts; lines that begin with ``#`` are remarks."""
    text = files(__name__).joinpath(file_name).read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    header = lines[0].split("\t")
    for line in lines[1:]:
        yield dict(zip(header, line.split("\t"), strict=True))

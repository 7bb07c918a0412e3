"""The packaged tables of the simulation."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def read_table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of ``tables/<name>.tsv`` as mappings from the header's columns."""
    text = (files("sexton.simulate") / "tables" / f"{name}.tsv").read_text("utf-8")
    lines = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return tuple(dict(zip(lines[0], cells, strict=True)) for cells in lines[1:])

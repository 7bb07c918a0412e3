"""The report of several parts, of which each run replaces some."""

from __future__ import annotations

import re
from pathlib import Path

TITLE = "# Linkage\n"
ORDER = (
    "Real graves",
    "Simulated archives",
    "Graves in plots",
    "Archives beside themselves",
    "Lists without Cyrillic",
)


def replace_part(path: Path, title: str, text: str) -> None:
    """Put a part into a report in place of the former one.

    ``text`` begins with its title as a heading of the first level; in the report all its headings
    are one level lower.
    """
    parts = _parts(path.read_text("utf-8")) if path.exists() else {}
    parts[title] = _lowered(text)
    said = [parts[name] for name in ORDER if name in parts]
    path.write_text("\n".join([TITLE, *said]), encoding="utf-8")


def _lowered(text: str) -> str:
    return re.sub(r"^(#+ )", r"#\1", text.strip(), flags=re.MULTILINE) + "\n"


def _parts(report: str) -> dict[str, str]:
    """The parts of a report by their titles."""
    pieces = re.split(r"^(?=## )", report, flags=re.MULTILINE)[1:]
    return {piece.partition("\n")[0].removeprefix("## "): piece.strip() + "\n" for piece in pieces}

"""``sexton names``: compare two names, match lists of names, train the tables."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from sexton.names.channel import NameComparison

KINDS = ("surname", "given", "patronymic")
CONVENTIONS = {
    "de": "German",
    "fr": "French",
    "nl": "Dutch",
    "pl": "Polish",
    "en": "English",
    "sci": "scholarly",
}

_kind = click.option(
    "--kind", type=click.Choice(KINDS), default="surname", show_default=True, help="Kind of name."
)


@click.group()
def names() -> None:
    """Compare, match and train names.

    \b
    Example:  sexton names compare Schatunow Шатунов
    """


def _convention_name(convention: str) -> str:
    return " and ".join(CONVENTIONS[part] for part in convention.split("/") if part)


def _as_dict(comparison: NameComparison) -> dict[str, Any]:
    return {
        "a": comparison.a,
        "b": comparison.b,
        "bits": round(comparison.bits, 4),
        "convention": comparison.convention,
        "note": comparison.note,
        "commonness": round(comparison.commonness, 4),
        "steps": [
            {"left": step.left, "right": step.right, "bits": round(step.bits, 4)}
            for step in comparison.steps
        ],
    }


def _show(comparison: NameComparison) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(title=f"{comparison.a} = {comparison.b} ?")
    table.add_column(comparison.a)
    table.add_column(comparison.b)
    table.add_column("bits", justify="right")
    for step in comparison.steps:
        table.add_row(step.left or "(nothing)", step.right or "(nothing)", f"{step.bits:+.2f}")
    table.add_row(
        "how rare the spellings are", "", f"{comparison.commonness:+.2f}", end_section=True
    )
    table.add_row("together", "", f"{comparison.bits:+.2f}", style="bold")
    console = Console()
    console.print(table)
    if comparison.convention:
        console.print(f"Convention: {_convention_name(comparison.convention)}.")
    if comparison.note == "ruined":
        console.print("So unlike that only a name ruined past recognition could be meant.")


@names.command()
@click.argument("a")
@click.argument("b")
@_kind
@click.option("--json", "as_json", is_flag=True, help="Print JSON for a program to read.")
def compare(a: str, b: str, kind: str, as_json: bool) -> None:
    """Show how two written names align, and the bits for one name behind both.

    Above 0 bits speaks for one name, below 0 against. Exit code 1 when a name has no letters.

    \b
    Example:  sexton names compare Soemkov Сумков
              sexton names compare Tjedor Фёдор --kind given --json
    """
    from sexton.names.channel import load_model

    comparison = load_model(kind).compare(a, b)  # type: ignore[arg-type]
    if as_json:
        click.echo(json.dumps(_as_dict(comparison), ensure_ascii=False, indent=2))
    elif comparison.steps:
        _show(comparison)
    else:
        click.echo("One of the names has no letters to compare.", err=True)
    if not comparison.steps:
        sys.exit(1)


def _read_names(path: Path) -> list[str]:
    """The lines of a text file, without the empty ones."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise click.UsageError(f"{path} is not UTF-8 text (byte {error.start}).") from error
    return [line.strip() for line in text.splitlines() if line.strip()]


def _write_matches(out: Path, rows: list[tuple[str, str, int, str]]) -> None:
    """Write the matches, all or nothing."""
    part = out.with_name(out.name + ".part")
    with part.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("query", "name", "rank", "weight"))
        writer.writerows(rows)
    part.replace(out)


_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@names.command()
@click.argument("queries", type=_FILE)
@click.argument("vocabulary", type=_FILE)
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    help="CSV file to write: query, name, rank, weight (bits).",
)
@click.option("--top", type=click.IntRange(1, 1000), default=20, show_default=True)
@_kind
def match(queries: Path, vocabulary: Path, output: Path, top: int, kind: str) -> None:
    """For each name of QUERIES, find the names of VOCABULARY that it may stand for.

    Both files hold one name a line, UTF-8, in any alphabet. Exit code 1 when nothing is found.

    \b
    Example:  sexton names match stones.txt archive.txt -o found.csv --top 10
    """
    from sexton.names.index import NameIndex

    vocabulary_names = list(dict.fromkeys(_read_names(vocabulary)))
    index = NameIndex(vocabulary_names, kind=kind)  # type: ignore[arg-type]
    rows = []
    with click.progressbar(_read_names(queries), label="names", file=sys.stderr) as bar:
        for query in bar:
            for rank, found in enumerate(index.search(query, top), 1):
                rows.append((query, found.name, rank, f"{found.bits:.4f}"))
    try:
        _write_matches(output, rows)
    except OSError as error:
        raise click.UsageError(f"cannot write {output}: {error.strerror}") from error
    if not rows:
        click.echo("Nothing found.", err=True)
        sys.exit(1)


def _progress(quiet: bool) -> Callable[[str, int, int | None], None]:
    def report(what: str, done: int, of: int | None) -> None:
        if not quiet:
            click.echo(f"  {what} ({done + 1} of {of})", err=True)

    return report


def _tables_folder() -> Path:
    import sexton.names.tables

    return Path(sexton.names.tables.__file__).parent


@names.command()
@click.option(
    "--data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path("data/names"),
    show_default=True,
    help="Folder with the name pairs and counts.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder to write to; the packaged tables if left out.",
)
@click.option("--report", is_flag=True, help="Only say what would change; write nothing.")
@click.option("--quiet", is_flag=True, help="No progress.")
def train(data: Path, output: Path | None, report: bool, quiet: bool) -> None:
    """Make the name tables again from the repository's files, the same to the last digit.

    Says for each table how many lines are new and how many gone against the present ones.

    \b
    Example:  sexton names train
              sexton names train --data data/names --report
    """
    from sexton.names.training import changes, train

    try:
        tables = train(data, _progress(quiet))
    except FileNotFoundError as error:
        raise click.UsageError(f"no such file: {error.filename}") from error
    for name, (new, gone) in changes(tables, _tables_folder()).items():
        click.echo(f"{name}: {new} lines new, {gone} gone" if new or gone else f"{name}: as before")
    if report:
        return
    folder = output or _tables_folder()
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in tables.items():
        (folder / name).write_text(text, encoding="utf-8")

"""``sexton names``: compare two names, match lists of names, train the tables."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import click

from sexton.cli.name_compare import compare
from sexton.cli.name_match import match


@click.group()
def names() -> None:
    """Compare, match and train names.

    \b
    Example:  sexton names compare Schatunow Шатунов
    """


names.add_command(compare)
names.add_command(match)


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
@click.option(
    "--report",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Markdown page to write: what changed, and how both versions do on the development items.",
)
@click.option("--check", is_flag=True, help="Only say what would change; write no table.")
@click.option("--quiet", is_flag=True, help="No progress.")
def train(data: Path, output: Path | None, report: Path | None, check: bool, quiet: bool) -> None:
    """Make the name tables again from the repository's files, the same to the last digit.

    Says for each table how many lines are new and how many gone against the present ones.

    \b
    Example:  sexton names train
              sexton names train --check --report changes.md
    """
    from sexton.names.training import changes, packaged, train
    from sexton.names.version_report import report as report_of

    try:
        tables = train(data, _progress(quiet))
    except FileNotFoundError as error:
        raise click.UsageError(f"no such file: {error.filename}") from error
    for name, (new, gone) in changes(tables, _tables_folder()).items():
        click.echo(f"{name}: {new} lines new, {gone} gone" if new or gone else f"{name}: as before")
    if report:
        report.write_text(report_of(packaged(), tables, data), encoding="utf-8")
    if check:
        return
    folder = output or _tables_folder()
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in tables.items():
        (folder / name).write_text(text, encoding="utf-8")

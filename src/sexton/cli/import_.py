"""``sexton import``: see how a person list is understood, and write it in Sexton's columns."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sexton.cli.common import (
    MAPPING_HELP,
    SHOWN_PROBLEMS,
    check_out,
    fail,
    input_file,
    shown_progress,
)

if TYPE_CHECKING:
    from sexton.records import PersonList, Record

EXAMPLE_LENGTH = 40


@click.command("import")
@click.argument("list_", metavar="[LIST]", type=input_file(), required=False)
@click.option("--mapping", help=MAPPING_HELP)
@click.option(
    "-o",
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Write the list in Sexton's columns: .csv, .parquet, .jsonl or .xlsx.",
)
@click.option("--register", is_flag=True, help="Take LIST into the register, all or nothing.")
@click.option("--preview", is_flag=True, help="Say what --register would do, and write nothing.")
@click.option("--leave-out", is_flag=True, help="Leave rows out that conflict with the register.")
@click.option("--reason", help="Why, for the register's history.")
@click.option("--batches", is_flag=True, help="List what was taken into the register.")
@click.option("--undo", type=int, metavar="BATCH", help="Take a batch back, by its number.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def import_(
    list_: Path | None,
    mapping: str | None,
    out: Path | None,
    register: bool,
    preview: bool,
    leave_out: bool,
    reason: str | None,
    batches: bool,
    undo: int | None,
    as_json: bool,
) -> None:
    """Read the person list LIST and say what was understood and what could not be read.

    Without -o or --register nothing is written. With --register or --preview, LIST may also be a
    list of sites, sources, links, statements, names, organisations, memorials, affiliations or
    events, or the folder of a data pack. Leaves with 2 when the file cannot be used, the mapping
    does not fit it, or the register refuses it; rows that cannot be read are reported, and the
    others go on.

    \b
    Example: sexton import entries.csv --mapping belgium -o people.csv
             sexton import entries.csv --mapping belgium --preview
             sexton import --undo 3
    """
    from sexton.cli import register_import

    if batches:
        register_import.list_batches(as_json)
    elif undo is not None:
        register_import.take_back(undo, reason)
    elif list_ is None:
        raise click.UsageError("Name the LIST to be read.")
    elif register or preview:
        register_import.take_in(
            list_,
            mapping,
            write=register and not preview,
            leave_out=leave_out,
            reason=reason,
            as_json=as_json,
        )
    else:
        understand(list_, mapping, out, as_json)


def understand(list_: Path, mapping: str | None, out: Path | None, as_json: bool) -> None:
    """Say how a person list is understood, and write it in Sexton's columns where asked to."""
    from sexton.records import UnreadableFile, UnwritableFile, load_mapping, read_person_list

    if out is not None:
        check_out(out)
    try:
        profile = load_mapping(mapping) if mapping else None
        with shown_progress(as_json) as progress:
            people = read_person_list(list_, profile, progress)
        if not people.records:
            fail(f"{people.problems[0]} No row of {people.read:,} can be read.")
        if out is not None:
            write_people(people, out)
    except (UnreadableFile, UnwritableFile) as error:
        fail(str(error))
    if as_json:
        click.echo(json.dumps(report(list_, people, out), ensure_ascii=False, indent=2))
    else:
        show(people, out)


def write_people(people: PersonList, out: Path) -> None:
    """The whole list, in the contract's columns with the extra ones after them."""
    from sexton.records import COLUMNS, write_table

    columns = (*COLUMNS, *people.extra_columns)
    write_table((cells(record) for record in people.records), columns, out)


def cells(record: Record) -> dict[str, str]:
    return {"id": record.id, **record.fields, **record.extra}


def report(list_: Path, people: PersonList, out: Path | None) -> dict[str, object]:
    """What a program wants to know of an import."""
    return {
        "file": str(list_),
        "read": people.read,
        "accepted": people.accepted,
        "rejected": people.rejected,
        "columns": list(people.columns),
        "extra_columns": list(people.extra_columns),
        "notes": [str(note) for note in people.notes],
        "problems": [problem.as_dict() for problem in people.problems],
        "out": str(out) if out else None,
    }


def show(people: PersonList, out: Path | None) -> None:
    """The same for a person: columns with an example each, notes, the first problems."""
    from rich.console import Console

    console = Console()
    console.print(column_table(people))
    for note in people.notes:
        console.print(str(note), markup=False)
    if people.problems:
        console.print(problem_table(people))
    rows = f"{people.read:,} rows: {people.accepted:,} read, {people.rejected:,} not"
    console.print(
        f"{rows}. Written to {out}" if out else f"{rows}. Nothing written (no -o).",
        markup=False,
        highlight=False,
        soft_wrap=True,
    )


def column_table(people: PersonList) -> object:
    """Each column with how many rows fill it and the first cell."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table("Column", "Filled", "For example", box=box.SIMPLE_HEAD)
    table.columns[1].justify = "right"
    filled: Counter[str] = Counter()
    examples: dict[str, str] = {}
    for record in people.records:
        found = cells(record)
        filled.update(found.keys())
        examples = found | examples
    for name in dict.fromkeys(("id", *people.columns, *people.extra_columns)):
        example = " ".join(examples.get(name, "").split())[:EXAMPLE_LENGTH]
        style = "dim" if name in people.extra_columns else ""
        table.add_row(Text(name), f"{filled[name]:,}", Text(example), style=style)
    return table


def problem_table(people: PersonList) -> object:
    """The first problems: row, column, reason and remedy."""
    from rich import box
    from rich.table import Table
    from rich.text import Text

    table = Table("Row", "Column", "Not read because", "What to do", box=box.SIMPLE_HEAD)
    for problem in people.problems[:SHOWN_PROBLEMS]:
        table.add_row(
            str(problem.row or ""),
            Text(problem.column or ""),
            Text(str(problem.reason)),
            Text(str(problem.remedy)),
        )
    more = people.rejected - SHOWN_PROBLEMS
    if more > 0:
        table.caption = f"… and {more:,} more; --json lists them all."
    return table

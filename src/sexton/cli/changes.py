"""What a new batch of records changes: graves linked anew, and compared with their last answers."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sexton.cli.common import check_out, coverage_option, fail, input_file, save_table

if TYPE_CHECKING:
    from sexton.linkage.archive import Archive, Change, ListEntry, Ranked

    Links = dict[str, list[Ranked]]

_NEEDED = ("left_id", "right_id", "rank", "probability", "weight", "evidence")


@dataclass(frozen=True)
class Told:
    """How much has changed: graves with any change, and those with another first candidate."""

    graves: int
    changed: int
    another_first: int


def report_changes(
    before: Path, after: Path, out: Path, archive: Archive, added: Iterable[ListEntry], least: float
) -> Told:
    """Compare two files of ``sexton link`` with one archive and write what changed to ``out``.

    Leaves with exit code 2 when a file cannot be read or written.
    """
    from sexton.linkage.archive import Origin, compare_links

    links = read_links(before), read_links(after)
    ids = {row.right_id for each in links for rows in each.values() for row in rows}
    lists = archive.holding(ids - {""})
    shown = _shown({*lists.values(), *added})
    origin = Origin(
        {name: shown[entry] for name, entry in lists.items()}, {shown[entry] for entry in added}
    )
    changes = [*compare_links(*links, origin, least)]
    save_table([_row(change) for change in changes], _columns(), out)
    first = sum(change.change == "first" for change in changes)
    return Told(len(links[1]), len({change.left_id for change in changes}), first)


def _shown(entries: Iterable[ListEntry]) -> dict[ListEntry, str]:
    """The file names of lists, with the digest where several have one name."""
    entries = [*entries]
    names = [entry.file for entry in entries]
    return {
        entry: entry.file if names.count(entry.file) == 1 else f"{entry.file} ({entry.digest})"
        for entry in entries
    }


def _columns() -> tuple[str, ...]:
    from sexton.linkage.archive.changes import COLUMNS

    return COLUMNS


def _row(change: Change) -> list[str | int | float | None]:
    return [round(cell, 6) if isinstance(cell, float) else cell for cell in change]


def read_links(path: Path) -> Links:
    """The rows of a file that ``sexton link`` wrote, by left id; exit code 2 when it is none."""
    from sexton.linkage.archive import Ranked

    read = {".csv": _csv, ".parquet": _parquet, ".jsonl": _json_lines}.get(path.suffix.lower())
    if read is None:
        fail(f"{path}: answers are compared from .csv, .parquet or .jsonl.")
    found: Links = defaultdict(list)
    try:
        for row in read(path):
            found[str(row["left_id"])].append(
                Ranked(
                    str(row.get("right_id") or ""),
                    int(str(row["rank"])),
                    float(str(row["probability"])),
                    float(str(row["weight"])),
                    str(row.get("evidence") or "[]"),
                )
            )
    except OSError as error:
        fail(f"{path}: {error.strerror or error}.")
    except (KeyError, ValueError, TypeError) as error:
        fail(f"{path} is no answer of `sexton link` ({error!r}): it has {', '.join(_NEEDED)}.")
    return dict(found)


def _csv(path: Path) -> Iterator[Mapping[str, object]]:
    # Evidence of a long name with many forms is longer than the module allows by default.
    csv.field_size_limit(1 << 27)
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file, strict=True)


def _parquet(path: Path) -> Iterator[Mapping[str, object]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        with pq.ParquetFile(path) as file:
            for batch in file.iter_batches(columns=list(_NEEDED)):
                yield from batch.to_pylist()
    except pa.ArrowException as error:
        raise ValueError(str(error)) from error


def _json_lines(path: Path) -> Iterator[Mapping[str, object]]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


@dataclass(frozen=True)
class Relink:
    """What to link anew and to compare: the options of ``sexton archive add``."""

    graves: Path
    since: Path
    out: Path
    changes: Path
    least: float
    link: Mapping[str, object]

    def run(self, archive: Archive, added: ListEntry, as_json: bool) -> None:
        """Link, compare and tell what changed; leaves with exit code 2 when that cannot be done."""
        from sexton.cli.link import ARCHIVE, link
        from sexton.linkage.archive import DamagedArchive

        context = click.get_current_context()
        right = f"{ARCHIVE}{archive.folder.name}"
        context.invoke(
            link, left=self.graves, right=right, out=self.out, as_json=as_json, **self.link
        )
        try:
            told = report_changes(self.since, self.out, self.changes, archive, [added], self.least)
        except DamagedArchive as error:
            fail(str(error))
        if as_json:
            click.echo(json.dumps({**vars(told), "changes": str(self.changes)}))
        else:
            click.echo(
                f"{told.changed:,} of {told.graves:,} graves changed, {told.another_first:,} have "
                f"another first answer. Written to {self.changes}"
            )


def relink_from(options: dict[str, Any]) -> Relink | None:
    """The relinking that was asked for, if any; exit code 2, before any work, for half of it."""
    files = [options.pop(name) for name in ("relink", "since", "out", "changes")]
    least = float(options.pop("least"))
    if not any(files):
        return None
    if not all(files):
        fail("--relink, --since, --out and --changes go together.")
    graves, since, out, changes = files
    check_out(out)
    check_out(changes)
    if len({path.resolve() for path in files}) < len(files):
        fail("--relink, --since, --out and --changes are four files.")
    # What cannot be compared is told before hours of work, not after them.
    read_links(since)
    return Relink(graves, since, out, changes, least, options)


def relink_options(command: Callable[..., None]) -> Callable[..., None]:
    """The options of a command that can link graves anew and tell what changed."""
    table = click.Path(path_type=Path, dir_okay=False)
    options = (
        click.option(
            "--relink", metavar="GRAVES", type=input_file(), help="A list to link anew afterwards."
        ),
        click.option("--since", metavar="LINKS", type=table, help="Its last answer."),
        click.option("-o", "--out", type=table, help="Where its new answer goes."),
        click.option("--changes", type=table, help="Where it is told what changed."),
        click.option(
            "--least",
            default=0.05,
            show_default=True,
            type=click.FloatRange(0, 1),
            help="Tell of probabilities that moved by as much.",
        ),
        coverage_option("As for `sexton link`; give what was given for the last answer."),
        click.option("--top", default=10, show_default=True, type=click.IntRange(1, 1000),
                     help="As for `sexton link`."),
        click.option("--one-to-one/--no-one-to-one", default=True, show_default=True,
                     help="As for `sexton link`."),
        click.option("--mapping-left", help="The mapping profile of GRAVES."),
        click.option("--rules", "rules_file", type=input_file(), help="As for `sexton link`."),
    )  # fmt: skip
    for option in reversed(options):
        command = option(command)
    return command

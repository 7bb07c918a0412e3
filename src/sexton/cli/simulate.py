"""``sexton simulate``: an archive of persons who never lived, and graves of such."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sexton.cli.common import check_out, fail, shown_progress

if TYPE_CHECKING:
    from sexton.simulate import GraveShares, NameCounts, Shares

_FILE = click.Path(path_type=Path, dir_okay=False)
# Graves to a batch.
_BATCH = 10_000


@click.command()
@click.option("-n", "--count", default=100_000, show_default=True, type=click.IntRange(1))
@click.option(
    "-o",
    "--out",
    required=True,
    type=_FILE,
    help="Where the archive goes: .csv, .parquet, .jsonl or .xlsx.",
)
@click.option("--seed", default=1, show_default=True, type=click.IntRange(0))
@click.option(
    "--women",
    default=0.0,
    show_default=True,
    type=click.FloatRange(0, 1),
    help="The share of women.",
)
@click.option(
    "--truth",
    type=_FILE,
    help="Where it goes which man each record speaks of: record_id, man_id.",
)
@click.option(
    "--graves",
    type=click.IntRange(1),
    help="Make as many graves besides, most of men of the archive.",
)
@click.option("--graves-out", type=_FILE, help="Where the graves go.")
@click.option(
    "--graves-truth",
    type=_FILE,
    help="Where it goes who lies there: grave_id, man_id, record_ids, plot_id, unnamed.",
)
@click.option(
    "--in-archive",
    default=0.85,
    show_default=True,
    type=click.FloatRange(0, 1),
    help="The share of the graves whose man has a record in the archive.",
)
@click.option(
    "--garbling",
    default="usual",
    show_default=True,
    type=click.Choice(["light", "usual", "heavy"]),
    help="How badly the names on the graves are misspelt.",
)
@click.option(
    "--plots",
    default=0.4,
    show_default=True,
    type=click.FloatRange(0, 1),
    help="The share of the graves that lie in plots of men who died together.",
)
@click.option(
    "--unnamed",
    default=0.4,
    show_default=True,
    type=click.FloatRange(0, 1),
    help="The share of the graves in plots whose names were lost.",
)
@click.option(
    "--names",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder with the counts of names (default: data/names of the repository).",
)
def simulate(
    count: int,
    out: Path,
    seed: int,
    women: float,
    truth: Path | None,
    graves: int | None,
    graves_out: Path | None,
    graves_truth: Path | None,
    in_archive: float,
    garbling: str,
    plots: float,
    unnamed: float,
    folder: Path | None,
) -> None:
    """Make an archive of simulated persons, and graves of such, to try the linkage on.

    Names are as common as in life, birth years as in the Red Army, birth places those of the
    gazetteer; some men stand in two or three documents. Nobody has lived: every id of a record
    begins with "sim-" and every row says "simulated". The same options make the same files.

    \b
    Example: sexton simulate -n 100000 -o archive.parquet --seed 1 \\
               --graves 1000 --graves-out graves.csv --graves-truth truth.csv
    """
    from sexton.records import UnwritableFile
    from sexton.simulate import (
        GARBLINGS,
        GraveShares,
        MissingNames,
        Shares,
        TooManyGraves,
        load_name_counts,
    )

    _check(out, truth, graves, graves_out, graves_truth)
    shares = Shares(women=women)
    try:
        names = load_name_counts(folder)
        if graves and graves_out:
            wanted = GraveShares(in_archive, plots, unnamed, garbling=GARBLINGS[garbling])
            _save_graves(graves, count, seed, shares, wanted, names, graves_out, graves_truth)
        _save_archive(count, seed, shares, names, out, truth)
    except (MissingNames, TooManyGraves, UnwritableFile) as error:
        fail(str(error))


def _check(
    out: Path,
    truth: Path | None,
    graves: int | None,
    graves_out: Path | None,
    graves_truth: Path | None,
) -> None:
    """Leave with exit code 2 when the options do not go together or a file cannot be a table."""
    if bool(graves) != bool(graves_out):
        fail("--graves and --graves-out go together: how many graves, and where they go.")
    if graves_truth and not graves:
        fail("--graves-truth needs --graves and --graves-out.")
    files = [path for path in (out, truth, graves_out, graves_truth) if path]
    for path in files:
        check_out(path)
    if len({path.resolve() for path in files}) < len(files):
        fail("Two of the files have the same name.")


def _save_archive(
    count: int, seed: int, shares: Shares, names: NameCounts, out: Path, truth: Path | None
) -> None:
    from sexton.simulate import COLUMNS, Output, simulate_archive, write_batches

    outputs = [Output(out, {column: column for column in COLUMNS})]
    if truth:
        outputs.append(Output(truth, {"id": "record_id", "man_id": "man_id"}))
    with shown_progress() as progress:
        rows = write_batches(simulate_archive(count, seed, shares, names, progress), outputs)
    click.echo(f"{rows:,} simulated records written to {out}")


def _save_graves(
    graves: int,
    count: int,
    seed: int,
    shares: Shares,
    wanted: GraveShares,
    names: NameCounts,
    out: Path,
    truth: Path | None,
) -> None:
    from sexton.simulate import (
        GRAVE_COLUMNS,
        TRUTH_COLUMNS,
        Output,
        simulate_graves,
        write_batches,
    )

    outputs = [Output(out, {column: column for column in GRAVE_COLUMNS})]
    if truth:
        outputs.append(Output(truth, {column: column for column in TRUTH_COLUMNS}))
    with shown_progress() as progress:
        made = simulate_graves(graves, count, seed, shares, wanted, names, progress)
        rows = write_batches(_batches({**grave.row, **grave.truth()} for grave in made), outputs)
    click.echo(f"{rows:,} simulated graves written to {out}")


def _batches(rows: Iterator[dict[str, str]]) -> Iterator[Any]:
    from itertools import islice

    import pyarrow as pa

    while chunk := list(islice(rows, _BATCH)):
        yield pa.RecordBatch.from_pylist(chunk)

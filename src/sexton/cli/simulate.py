"""``sexton simulate``: an archive of persons who never lived."""

from __future__ import annotations

from pathlib import Path

import click

from sexton.cli.common import check_out, fail, save_table, shown_progress


@click.command()
@click.option("-n", "--count", default=100_000, show_default=True, type=click.IntRange(1))
@click.option(
    "-o",
    "--out",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
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
    "--names",
    "folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder with the counts of names (default: data/names of the repository).",
)
def simulate(count: int, out: Path, seed: int, women: float, folder: Path | None) -> None:
    """Make an archive of simulated persons to try the linkage on.

    Names are as common as in life, birth years as in the Red Army, birth places those of the
    gazetteer. Nobody in it has lived: every id begins with "sim-" and every row says "simulated".
    The same seed makes the same archive.

    \b
    Example: sexton simulate -n 100000 -o archive.parquet --seed 1
    """
    from sexton.simulate import COLUMNS, MissingNames, Shares, load_name_counts, simulate_people

    check_out(out)
    try:
        names = load_name_counts(folder)
    except MissingNames as error:
        fail(str(error))
    with shown_progress() as progress:
        people = simulate_people(count, seed, Shares(women=women), names, progress)
        save_table(people, COLUMNS, out)
    click.echo(f"{count:,} simulated persons written to {out}")

"""``sexton rules``: show, re-estimate and compare the rules of evidence."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sexton.cli.common import (
    COVERAGE_HELP,
    MAPPING_HELP,
    coverage_option,
    fail,
    input_file,
    load_list,
    rules_from,
    shown_progress,
)

if TYPE_CHECKING:
    from sexton.evidence import PersonReading, Rules
    from sexton.linkage import Progress
    from sexton.linkage.fitting import Fitted

ARCHIVE = "archive:"
VERDICTS = ("same", "different", "unsure")
HEAD = "Rules of evidence re-estimated by `sexton rules fit`; numbers not here are as before."
COLUMNS = ("left_id", "right_id", "verdict")


@click.group()
def rules() -> None:
    """Show, re-estimate and compare the rules of evidence.

    Nobody needs to: the rules that ship with Sexton work for lists of any size.

    \b
    Example: sexton rules fit graves.csv archive:stalags -o mine.toml
             sexton link graves.csv archive:stalags -o found.csv --rules mine.toml
    """


@rules.command()
@click.option("--rules", "rules_file", type=input_file(), help="A rules file of your own.")
@click.option("--json", "as_json", is_flag=True, help="Print the numbers as JSON.")
def show(rules_file: Path | None, as_json: bool) -> None:
    """Print every number of the rules with its origin.

    \b
    Example: sexton rules show --rules mine.toml
    """
    from sexton.evidence import default_rules
    from sexton.evidence.files import describe

    used = rules_from(rules_file) or default_rules()
    told = describe(used, rules_file.read_text("utf-8") if rules_file else "")
    if as_json:
        rows = [
            {"section": t.section, "name": t.name, "value": t.value, "origin": t.origin}
            for t in told
        ]
        click.echo(json.dumps({"version": used.version, "rules": rows}, ensure_ascii=False))
        return
    click.echo(f"Rules of evidence, version {used.version}")
    section = ""
    for each in told:
        if each.section != section:
            section = each.section
            click.echo(f"\n[{section}]")
        click.echo(f"{each.name:22} {each.value:<10g} {each.origin}".rstrip())


@rules.command()
@click.argument("first", type=input_file())
@click.argument("second", type=input_file(), required=False)
def compare(first: Path, second: Path | None) -> None:
    """Print the numbers in which two rules files differ; SECOND is by default what ships.

    \b
    Example: sexton rules compare mine.toml
    """
    from sexton.evidence import default_rules
    from sexton.evidence.files import differences

    a, b = rules_from(first) or default_rules(), rules_from(second) or default_rules()
    found = differences(a, b)
    click.echo(f"{a.version} beside {b.version}: {len(found)} numbers differ.")
    for section, name, mine, other in found:
        click.echo(f"{section + '.' + name:32} {mine:<12g} {other:g}")


@rules.command()
@click.argument("left", type=input_file(), required=False)
@click.argument("right", required=False)
@click.option(
    "-o",
    "--out",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="The rules file to write (.toml).",
)
@click.option(
    "--judgements",
    type=input_file(),
    help="A CSV file with left_id, right_id, verdict (same, different, unsure); see --register.",
)
@click.option(
    "--register", is_flag=True, help="From the first blind judgements in the register's cases."
)
@click.option("--rules", "rules_file", type=input_file(), help="The rules to begin with.")
@click.option("--name", "version", default="fitted", show_default=True, help="Its version.")
@coverage_option(COVERAGE_HELP)
@click.option("--mapping-left", help=MAPPING_HELP)
@click.option("--mapping-right", help=MAPPING_HELP)
def fit(
    left: Path | None,
    right: str | None,
    out: Path,
    judgements: Path | None,
    register: bool,
    rules_file: Path | None,
    version: str,
    coverage: float,
    mapping_left: str | None,
    mapping_right: str | None,
) -> None:
    """Re-estimate how often one man's records agree, and write a rules file for --rules.

    From LEFT and RIGHT (a person list, or archive:NAME) without labels, from --judgements on
    pairs of two lists, or with --register from what was judged in the workbench. Numbers that few
    pairs tell of stay as they are.

    \b
    Example: sexton rules fit graves.csv archive:stalags -o mine.toml
             sexton rules fit graves.csv cards.csv --judgements judged.csv -o mine.toml
             sexton rules fit --register -o mine.toml
    """
    from sexton.evidence import default_rules

    if out.suffix != ".toml" or not out.parent.is_dir():
        fail(f"{out}: the name must end in .toml, in a folder that exists.")
    if register:
        if left or judgements or rules_file:
            fail("--register stands alone: its judgements and lists are those of the cases.")
        from sexton.cli.rules_register import fit_from_register

        fit_from_register(out, version)
        return
    if left is None or right is None:
        fail("Give two lists, or --register.")
    base = rules_from(rules_file) or default_rules()
    with shown_progress() as progress:
        people = _people(left, mapping_left, progress)
        if judgements:
            fitted = _from_judgements(judgements, people, right, mapping_right, base, progress)
        else:
            fitted = _without_labels(people, right, mapping_right, base, coverage, progress)
    _write(fitted, base, version, out)


def _people(path: Path, mapping: str | None, progress: Progress) -> list[PersonReading]:
    from sexton.records.reading import read_people

    return read_people(load_list(path, mapping, progress).records, progress)


def _without_labels(
    people: Sequence[PersonReading],
    right: str,
    mapping: str | None,
    base: Rules,
    coverage: float,
    progress: Progress,
) -> Fitted:
    from sexton.linkage import LinkOptions
    from sexton.linkage.fitting import fit_without_labels
    from sexton.linkage.fitting_lists import observe, random_levels
    from sexton.linkage.pools import ListPool, Pool

    pool: Pool
    if right.startswith(ARCHIVE):
        from sexton.cli.archive import open_archive

        pool = open_archive(right.removeprefix(ARCHIVE)).pool()
    else:
        pool = ListPool(_people(Path(right), mapping, progress))
    observed = observe(people, pool, LinkOptions(coverage, rules=base), progress)
    return fit_without_labels(observed, random_levels(people, pool, base), base)


def _from_judgements(
    path: Path,
    people: Sequence[PersonReading],
    right: str,
    mapping: str | None,
    base: Rules,
    progress: Progress,
) -> Fitted:
    from sexton.linkage.fitting import fit_from_judgements
    from sexton.linkage.fitting_lists import levels_of_judged
    from sexton.linkage.shares import count_shares

    if right.startswith(ARCHIVE):
        fail("Judgements are fitted with two files: give the list that was judged, not an archive.")
    judged = shares_of(read_judgements(path))
    others = _people(Path(right), mapping, progress)
    shares = count_shares(people, others)
    same = {pair: share for pair, share in judged.items() if share}
    levels, lost = levels_of_judged(same, people, others, shares, base)
    if lost:
        click.echo(f"{len(lost)} judged pairs name a record that is in neither list.", err=True)
    if not levels:
        fail(f"{path}: no pair of these lists is judged to be one man.")
    unsure = sum(share is None for share in judged.values())
    click.echo(f"{len(judged)} pairs, {unsure} of them unsure, {len(levels)} held for one man's.")
    weights = [share for pair, share in same.items() if pair not in set(lost)]
    return fit_from_judgements(levels, base, weights)


def shares_of(judged: Iterable[tuple[str, str, str]]) -> dict[tuple[str, str], float | None]:
    """For each pair the share of "same" among its verdicts "same" and "different"; None where all
    are unsure. Several reviewers of a pair count as one pair."""
    said: dict[tuple[str, str], list[str]] = {}
    for left, right, verdict in judged:
        said.setdefault((left, right), []).append(verdict)
    sure = {pair: [v for v in verdicts if v != "unsure"] for pair, verdicts in said.items()}
    return {pair: told.count("same") / len(told) if told else None for pair, told in sure.items()}


def read_judgements(path: Path) -> list[tuple[str, str, str]]:
    """The rows of a judgements file; leaves with exit code 2 where it is none.

    Where it has a column ``blind``, judgements with the evidence in view ("false") are left out.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = set(COLUMNS) - set(reader.fieldnames or ())
            if missing:
                fail(f"{path}: the column {sorted(missing)[0]} is missing.")
            rows = [(tuple((row[name] or "").strip() for name in COLUMNS), row) for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        fail(f"{path}: cannot be read: {error}")
    found = []
    for number, ((left, right, verdict), row) in enumerate(rows, 2):
        if verdict.lower() not in VERDICTS:
            fail(f"{path}, row {number}: the verdict must be same, different or unsure.")
        if (row.get("blind") or "").strip().lower() != "false":
            found.append((left, right, verdict.lower()))
    return found


def _write(fitted: Fitted, base: Rules, version: str, out: Path) -> None:
    from sexton.evidence.files import as_toml
    from sexton.linkage.fitting import as_sections

    try:
        out.write_text(as_toml(version, as_sections(fitted, base), HEAD), encoding="utf-8")
    except ValueError as error:
        fail(f"--name: {error}")
    except OSError as error:
        fail(f"{out}: {error.strerror or error}")
    click.echo(f"{len(fitted.moved)} of {len(fitted.values)} numbers moved. Written to {out}")

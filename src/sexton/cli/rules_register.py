"""``sexton rules fit --register``: rules from what was judged in the workbench, with a report."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from sexton.cli.common import fail, shown_progress


def fit_from_register(out: Path, version: str) -> None:
    """Learn from the first blind judgements, write the rules file, print what it tells.

    The workbench goes on with the rules that it uses; there a version is adopted by who may.
    """
    from sexton.web.setup import prepare

    prepare()
    from sexton.web.cases import rules, taught

    gathered = taught.gather()
    if not gathered.is_enough:
        fail(
            f"{gathered.pairs} judged pairs of {gathered.cases} cases can be used{_why(gathered)}; "
            f"{taught.LEAST_PAIRS} pairs of {taught.LEAST_CASES} cases are needed."
        )
    try:
        with shown_progress() as progress:
            found = taught.teach(gathered, rules.in_use(), version, progress)
        out.write_text(found.text, encoding="utf-8")
    except ValueError as error:
        fail(f"--name: {error}")
    except OSError as error:
        fail(f"{out}: {error.strerror or error}")
    for line in _report(found.figures):
        click.echo(line)
    click.echo(f"Written to {out}")


def _why(gathered: Any) -> str:
    told = ", ".join(f"{count} {why}" for why, count in sorted(gathered.left_out.items()))
    return f" (left out: {told})" if told else ""


def _report(figures: dict[str, Any]) -> list[str]:
    before, after = figures["before"], figures["after"]
    low, high = figures["gain"]
    left_out = ", ".join(f"{count} {why}" for why, count in sorted(figures["left_out"].items()))
    return [
        f"{figures['pairs']} judged pairs of {figures['cases']} cases"
        + (f"; left out: {left_out}" if left_out else ""),
        f"scale of the bits {figures['scale']:.2f} ({_limits(figures['scale_range'])}), "
        f"shift {figures['shift']:+.2f} bits ({_limits(figures['shift_range'])})",
        f"{len(figures['moved'])} numbers of single fields moved; "
        f"{figures['slip']:.1%} of the verdicts are reckoned to be slips",
        f"{'':28} log loss  Brier  calibration error",
        _line("the rules that ship", before),
        _line("these, on cases left out", after),
        f"gain of a pair: {low:+.3f} to {high:+.3f} bits, with 19 chances in 20",
    ]


def _limits(limits: list[float]) -> str:
    return f"{limits[0]:.2f} to {limits[1]:.2f}"


def _line(name: str, found: dict[str, float]) -> str:
    return f"{name:28} {found['log_loss']:8.3f} {found['brier']:6.3f} {found['ece']:18.3f}"

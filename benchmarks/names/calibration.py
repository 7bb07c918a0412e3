"""``python -m benchmarks.names.calibration``: are stated probabilities of held-out pairs true?"""

from __future__ import annotations

import argparse
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import numpy as np

from benchmarks.names.measures import wilson
from benchmarks.names.queries import ROOT
from benchmarks.names.reliability_plot import draw
from sexton.names import load_model
from sexton.names.calibration import curve_of, pair_name
from sexton.names.calibration_samples import ALPHABETS
from sexton.names.calibration_training import sample_of
from sexton.names.channel import KINDS
from sexton.names.reliability import (
    Bin,
    Sample,
    Stated,
    bits_of,
    calibration_error,
    curve,
    pairwise,
    posterior,
)
from sexton.names.training_pairs import is_held_out

DATA = ROOT / "data" / "names"
PAGE = Path(__file__).parent / "calibration.md"
PICTURE = ROOT / "docs" / "images" / "calibration.svg"
POPULATION = 160_000
MOST = 2000
AGAINST = (1, 100, 10_000, 1_000_000)
# Below this a pair is plainly none; almost all pairs of two lists are.
WORTH_A_LOOK = 0.01

INTRODUCTION = """# Are the stated probabilities true?

`python -m benchmarks.names.calibration` writes this page and `docs/images/calibration.svg`.
Name pairs of Wikidata items held out by item: neither the letter tables nor the calibration curves
have seen them. All pairs of names that an inventory of the Soviet Union has are taken, also those
that follow no convention, Chinese and Korean names and other names of the item among them.

Two questions, each with non-matches as they occur:

* **Among candidates.** The truth is drawn from a population of names; the index lists the 100
  nearest candidates for the written form; each is stated with `share x 2^bits` over the sum of all
  of them and a rest for those not listed. ECE is that of the candidate put first, for every written
  form: the strictest count, as there are no easy non-matches in it. Beside it stands the ECE of all
  pairs of a form and a candidate stated with 0.01 or more. *By bearers*: names are drawn
  as often as they are borne. *Evenly*: each pair counts once and each name is as likely.
* **Pair by pair.** With prior odds 1 : k a pair is either two spellings of one person's name or the
  spelling of one beside the name of another person drawn from the population, so that likenesses
  and namesakes stand among the non-matches in their natural proportions (all are enumerated, not
  sampled). Stated is the probability that bits and prior odds make. ECE is over all pairs; as
  nearly all pairs of two lists are plainly none, the ECE of those stated with 0.01 or more stands
  beside it.

Population: the 160,000 commonest surnames (or all given names, patronymics) of russiannames 2.0.0
by bearers; for Latin beside Latin the Latin forms of all Wikidata items of that kind, the bearers
of a name shared evenly by its forms. In one alphabet every form of an item is asked for with the
next one, an item of one form with itself: for Cyrillic beside Cyrillic, where most items have one
form, that is a simulated agreement, and its figures are worth little.

ECE is the expected calibration error over 10 bins of equal width. n is the number of written
forms, eff. what equal weights would need (Kish), which is what the intervals are made from.
"""


class Panel(NamedTuple):
    """One curve: what it is of, its bins, and how many written forms it rests on."""

    title: str
    question: str
    bins: list[Bin | None]
    n: int
    effective: float
    picked: float

    @property
    def error(self) -> float:
        """Expected calibration error."""
        return calibration_error(self.bins)


def _panel(title: str, question: str, sample: Sample, said: Stated, every: Stated) -> Panel:
    """A panel of what is ``said``; ``every`` is what its pairs worth a look are taken from."""
    weight = sample.weight
    picked = calibration_error(curve(every, WORTH_A_LOOK))
    effective = float(weight.sum() ** 2 / (weight**2).sum())
    return Panel(title, question, curve(said), len(weight), effective, picked)


def _evenly(sample: Sample) -> Sample:
    names = len(np.unique(sample.group))
    size = max(POPULATION, names)
    return sample._replace(
        weight=np.full(len(sample.weight), 1 / len(sample.weight)),
        share=np.full(len(sample.share), 1 / size),
    )


def panels_of(title: str, sample: Sample, bits: np.ndarray, mixed: bool) -> list[Panel]:
    """All curves of one sample."""
    asked = {"by bearers": sample} | ({"evenly": _evenly(sample)} if mixed else {})
    found = [
        _panel(title, how, drawn, posterior(drawn, bits), posterior(drawn, bits, most=False))
        for how, drawn in asked.items()
    ]
    for against in AGAINST:
        said = pairwise(sample, bits, against)
        found.append(_panel(title, f"pairs, 1 : {against:,}", sample, said, said))
    return found


def _row(panel: Panel) -> str:
    cells = (panel.title, panel.question, f"{panel.n:,}", f"{panel.effective:.0f}")
    return "| " + " | ".join([*cells, f"{panel.error:.4f}", f"{panel.picked:.4f}"]) + " |"


def _bins_table(panel: Panel) -> list[str]:
    lines = [f"### {panel.title}, {panel.question}", ""]
    lines += ["| stated | true | Wilson 95 % | weight |", "| --- | --- | --- | --- |"]
    for found in filter(None, panel.bins):
        share = wilson(found.true * found.size, found.size)
        lines.append(
            f"| {found.stated:.3f} | {found.true:.3f} | {share.low:.3f}-{share.high:.3f} "
            f"| {found.weight:.4f} |"
        )
    return [*lines, ""]


def page(panels: list[Panel], uncalibrated: list[Panel], seconds: float) -> str:
    """The page in Markdown."""
    head = [
        "| names | question | n | eff. | ECE | ECE of those stated >= 0.01 |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    lines = [INTRODUCTION, f"Tables {load_model().version}; {seconds / 60:.1f} minutes.", ""]
    lines += ["![Reliability curves](../../docs/images/calibration.svg)", "", "## Errors", ""]
    lines += [*head, *map(_row, panels), ""]
    lines += ["## Without the calibration curves", ""]
    lines += ["The same pairs with the bits of the letter models as they are.", ""]
    lines += [*head, *map(_row, uncalibrated), "", "## Curves", ""]
    for panel in panels:
        lines += _bins_table(panel)
    return "\n".join(lines).rstrip() + "\n"


def main() -> None:
    """Measure, write the page and the picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-o", "--out", type=Path, default=PAGE)
    parser.add_argument("--picture", type=Path, default=PICTURE)
    parser.add_argument("--most", type=int, default=MOST, help="written forms of each kind")
    asked = parser.parse_args()
    began = perf_counter()
    panels: list[Panel] = []
    uncalibrated: list[Panel] = []
    for kind in KINDS:
        for own, other in ALPHABETS:
            sample = sample_of(DATA, kind, own, other, is_held_out, asked.most, POPULATION)
            if sample is None:
                continue
            title = f"{kind}, {own} beside {other}"
            heights = curve_of(kind, pair_name(own, other))
            mixed = own != other
            panels += panels_of(title, sample, bits_of(sample, heights), mixed)
            uncalibrated += panels_of(title, sample, bits_of(sample, None), mixed)
            print(*map(_row, panels[-len(AGAINST) - 1 - mixed :]), sep="\n", flush=True)
    shown = [
        (panel.title, f"{panel.question}; ECE {panel.error:.3f}", panel.bins)
        for panel in panels
        if panel.question in ("by bearers", "evenly", "pairs, 1 : 10,000")
    ]
    asked.picture.parent.mkdir(parents=True, exist_ok=True)
    asked.picture.write_text(draw(shown), encoding="utf-8")
    asked.out.write_text(page(panels, uncalibrated, perf_counter() - began), encoding="utf-8")


if __name__ == "__main__":
    main()

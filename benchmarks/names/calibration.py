"""``python -m benchmarks.names.calibration``: are stated probabilities of held-out pairs true?"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator
from pathlib import Path
from time import perf_counter
from typing import NamedTuple

import numpy as np

from benchmarks.names.measures import wilson
from benchmarks.names.queries import ROOT
from benchmarks.names.reliability_plot import draw
from sexton.names import load_model
from sexton.names.calibration import Curve, curve_of, pair_bits, pair_name
from sexton.names.calibration_samples import ALPHABETS
from sexton.names.calibration_training import sample_of
from sexton.names.channel import KINDS, Kind
from sexton.names.letters import Alphabet
from sexton.names.reliability import (
    FLOOR_BITS,
    Bin,
    Noise,
    Sample,
    Stated,
    bits_of,
    calibration_error,
    curve,
    evenly,
    noise,
    pairwise,
    posterior,
    weight_among,
)
from sexton.names.training_pairs import is_development, is_held_out

DATA = ROOT / "data" / "names"
FOLDER = Path(__file__).parent
PAGE, TEXT = FOLDER / "calibration.md", FOLDER / "calibration_introduction.md"
PICTURE = ROOT / "docs" / "images" / "calibration.svg"
POPULATION = 160_000
MOST = 6000
AGAINST = (1, 100, 10_000, 1_000_000)
# Below this a pair is plainly none; almost all pairs of two lists are.
WORTH_A_LOOK = 0.01
AIM = 0.02
# Questions whose bins are shown, and those in the picture.
BINS_OF = ("by bearers", "evenly", "list known, 1 : 10,000", "alone, 1 : 10,000")
DRAWN = BINS_OF[:3]
# Too few of one alphabet are no surnames for a picture.
NOT_DRAWN = tuple(f"{kind}, {a} beside {a}" for kind in KINDS[1:] for a in ("latin", "cyrillic"))


class Asking(NamedTuple):
    """What is asked: of which names, and the curves that answer (off for comparison)."""

    kind: Kind
    own: Alphabet
    other: Alphabet
    calibrated: bool = True

    @property
    def title(self) -> str:
        """The names, in words."""
        return f"{self.kind}, {self.own} beside {self.other}"

    def curve(self, which: Curve) -> np.ndarray | None:
        """The heights of a packaged curve."""
        return curve_of(self.kind, pair_name(self.own, self.other), which)


class Error(NamedTuple):
    """A calibration error and what chance does to it."""

    value: float
    noise: Noise

    @property
    def verdict(self) -> str:
        """Met, missed, or missed by what chance gives in 19 of 20 samples of this size."""
        if self.value <= AIM:
            return "met"
        return "within chance" if self.value <= self.noise.most_by_chance else "missed"


class Panel(NamedTuple):
    """One curve: what it is of, its bins and errors, and how many written forms it rests on.

    ``worth`` is the error of what is stated with 0.01 or more.
    """

    title: str
    question: str
    bins: list[Bin | None]
    n: int
    effective: float
    error: Error
    worth: Error


def _error(said: Stated, sample: Sample, redrawn: bool, least: float = 0.0) -> Error:
    bins = curve(said, least)
    return Error(calibration_error(bins), noise(said, sample.name, redrawn, least))


def _panel(title: str, question: str, sample: Sample, said: Stated, every: Stated) -> Panel:
    """A panel of what is ``said``; ``every`` is what its pairs worth a look are taken from."""
    weight, redrawn = sample.weight, said is not every
    return Panel(
        title,
        question,
        curve(said),
        int((weight > 0).sum()),
        float(weight.sum() ** 2 / (weight**2).sum()),
        _error(said, sample, redrawn),
        _error(every, sample, redrawn, WORTH_A_LOOK),
    )


def panels_of(asking: Asking, sample: Sample) -> Iterator[Panel]:
    """All curves of one sample."""
    rarity, title = asking.curve("rarity"), asking.title
    heights = asking.curve("candidate") if asking.calibrated else None
    for how, drawn in (("by bearers", sample), ("evenly", evenly(sample))):
        bits = bits_of(drawn, rarity)
        first = posterior(drawn, bits, heights=heights)
        every = posterior(drawn, bits, most=False, heights=heights)
        yield _panel(title, how, drawn, first, every)
    bits = bits_of(sample, rarity)
    yield from _pair_panels(title, "list known", sample, *weight_among(sample, bits, heights))
    floor = np.array(FLOOR_BITS)
    if asking.calibrated:
        bits, floor = (
            pair_bits(asking.kind, asking.own, asking.other, values) for values in (bits, floor)
        )
    yield from _pair_panels(title, "alone", sample, bits, floor)


def _pair_panels(
    title: str, known: str, sample: Sample, bits: np.ndarray, floor: np.ndarray
) -> Iterator[Panel]:
    for against in AGAINST:
        said = pairwise(sample, bits, against, floor)
        yield _panel(title, f"{known}, 1 : {against:,}", sample, said, said)


HEAD = [
    "| names | question | n | eff. | ECE | 95 % | by chance | aim "
    "| ECE >= 0.01 | 95 % | by chance | aim |",
    "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
]


def _cells(error: Error) -> tuple[str, ...]:
    low, high, chance, _ = error.noise
    return f"{error.value:.4f}", f"{low:.3f}-{high:.3f}", f"{chance:.4f}", error.verdict


def _row(panel: Panel) -> str:
    cells = (panel.title, panel.question, f"{panel.n:,}", f"{panel.effective:.0f}")
    return "| " + " | ".join([*cells, *_cells(panel.error), *_cells(panel.worth)]) + " |"


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


def page(panels: list[Panel], bare: list[Panel], seconds: float, items: str) -> str:
    """The page in Markdown."""
    lines = [TEXT.read_text(encoding="utf-8")]
    lines += [f"Tables {load_model().version}; {items} items; {seconds / 60:.1f} minutes.", ""]
    lines += ["![Reliability curves](../../docs/images/calibration.svg)", "", "## Errors", ""]
    lines += [*HEAD, *map(_row, panels), ""]
    lines += ["## Without the curves for pairs and candidates", ""]
    lines += ["The same with the bits of the model as they are.", ""]
    lines += [*HEAD, *map(_row, bare), "", "## Curves", ""]
    for panel in panels:
        if panel.question in BINS_OF:
            lines += _bins_table(panel)
    return "\n".join(lines).rstrip() + "\n"


def measure(chosen: Callable[[str], bool], most: int) -> tuple[list[Panel], list[Panel]]:
    """The panels of all kinds and alphabets, with the curves and without."""
    panels: list[Panel] = []
    bare: list[Panel] = []
    for kind in KINDS:
        for own, other in ALPHABETS:
            asking = Asking(kind, own, other)
            sample = sample_of(DATA, kind, own, other, chosen, most, POPULATION, kind == "surname")
            if sample is None:
                continue
            found = list(panels_of(asking, sample))
            print(*map(_row, found), sep="\n", flush=True)
            panels += found
            bare += panels_of(asking._replace(calibrated=False), sample)
    return panels, bare


def main() -> None:
    """Measure, write the page and the picture."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-o", "--out", type=Path, default=PAGE)
    parser.add_argument("--picture", type=Path, default=PICTURE)
    parser.add_argument("--most", type=int, default=MOST, help="written forms of each kind")
    parser.add_argument(
        "--development", action="store_true", help="measure on the items choices are made by"
    )
    asked = parser.parse_args()
    began = perf_counter()
    chosen, items = (
        (is_development, "development") if asked.development else (is_held_out, "held-out")
    )
    panels, bare = measure(chosen, asked.most)
    shown = [
        (panel.title, f"{panel.question}; ECE {panel.error.value:.3f}", panel.bins)
        for panel in panels
        if panel.question in DRAWN and not panel.title.startswith(NOT_DRAWN)
    ]
    asked.picture.parent.mkdir(parents=True, exist_ok=True)
    asked.picture.write_text(draw(shown), encoding="utf-8")
    text = page(panels, bare, perf_counter() - began, items)
    asked.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()

"""The table of results as Markdown."""

from __future__ import annotations

from benchmarks.linkage.markdown import conditions, table
from benchmarks.linkage.real.material import HAYSTACK, SEED, SETTINGS, Material
from benchmarks.linkage.real.measures import Run, calibration, mean_rank, within

BARS = {"all": ((1, 0.85), (10, 0.93)), "names": ((10, 0.75),)}

INTRODUCTION = f"""# Real graves

Each of the {{graves}} graves of `data/belgium/identified_dead.csv` whose Cyrillic name is printed
or reconstructed (never a conjecture) asks which man he is of an archive of {HAYSTACK:,} simulated
persons and the {{graves}} true men.

- **Real**: the names on the graves, or the French form where no other is known ({{real}} have a
  form of their own, mostly garbled: the harder subset), dates, birth places, and the names in
  Cyrillic behind them.
- **Simulated**: the other persons of the archive (`sexton simulate`, seed {SEED}): names as
  common as in life, places of the gazetteer.
- **In between**: the true man's row carries the same dates as the grave, since nobody has both
  documents here; his birth place is written in the archive's words where the place could be
  read, else it is empty. Real archives contradict graves more often, so the figures with dates
  flatter every method.

Peers get the names already split into surname and given name, in Latin letters. Splink is given
the true prior. 95 % intervals are Wilson's. Times leave out the making of the lists; peak memory
is that of the process with both lists. "None" is the share of graves for which at least half of
the probability
says that he is none of these, once with the true men in the archive and once without them (the
first should be 0, the second 1; Sexton is told that it is four to one that he is there).
"""


def as_markdown(runs: list[Run], materials: dict[str, Material]) -> str:
    """The whole report."""
    any_material = next(iter(materials.values()))
    graves, real = len(any_material.truth), len(any_material.real_form)
    blocks = [INTRODUCTION.format(graves=graves, real=real), f"Measured on {conditions()}.\n"]
    for setting in SETTINGS:
        chosen = [run for run in runs if run.setting == setting.key]
        if chosen:
            blocks.append(f"## {setting.title.capitalize()}\n\n{setting.note.capitalize()}.\n")
            blocks.append(_recall(chosen, materials[setting.key]))
            blocks.append(_bars(chosen, materials[setting.key]))
            blocks.append(_calibration(chosen, materials[setting.key]))
    return "\n".join(blocks).rstrip() + "\n"


def _recall(runs: list[Run], material: Material) -> str:
    head = ["method", "first", "within ten", "mean rank within ten", "first, real forms"]
    head += [
        "within ten, real forms",
        "“none”, he is there",
        "“none”, he is not",
        "seconds",
        "peak MB",
    ]
    return table(head, (_recall_row(run, material) for run in runs))


def _recall_row(run: Run, material: Material) -> list[str]:
    every, real = list(material.truth), sorted(material.real_form)
    rank = mean_rank(run, material.truth, every)
    nones = (run.none_said(when_absent=False), run.none_said(when_absent=True))
    return [
        run.method,
        str(within(run, material.truth, every, 1)),
        str(within(run, material.truth, every, 10)),
        "–" if rank is None else f"{rank:.2f}",
        str(within(run, material.truth, real, 1)),
        str(within(run, material.truth, real, 10)),
        *("–" if none is None else f"{none.value:.3f}" for none in nones),
        f"{run.seconds:.1f}",
        f"{run.peak_mb:.0f}",
    ]


def _bars(runs: list[Run], material: Material) -> str:
    """Whether Sexton reaches what the project asks of it in this setting."""
    ours = next((run for run in runs if run.method == "Sexton"), None)
    lines = []
    for top, bar in BARS.get(runs[0].setting, ()):
        if ours:
            share = within(ours, material.truth, material.truth, top)
            verdict = "reached" if share.value >= bar else "not reached"
            words = "first" if top == 1 else f"within {top}"
            lines.append(f"Bar: right man {words} ≥ {bar}: {share.value:.3f}, {verdict}.")
    return "\n".join(lines) + ("\n" if lines else "")


def _calibration(runs: list[Run], material: Material) -> str:
    """Stated probability against the share that is true, for the methods that state one."""
    rows = [
        [run.method, f"{low:.2f}–{high:.2f}", str(pairs), f"{stated:.3f}", f"{true:.3f}"]
        for run in runs
        if run.is_probability
        for low, high, pairs, stated, true in calibration(run, material.truth)
    ]
    head = ["method", "stated", "pairs", "mean stated", "share true"]
    return "Calibration over the reported candidates:\n\n" + table(head, rows)

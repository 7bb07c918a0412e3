"""One method in one setting, in a process of its own, so that its time and memory are its own."""

from __future__ import annotations

import pickle
import resource
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from benchmarks.linkage.real.material import SETTINGS, Material, build
from benchmarks.linkage.real.measures import Answer, Run

# name in the table: (module, function, whether it states probabilities)
METHODS = {
    "Sexton": ("sexton_method", "sexton_link", True),
    "Splink 5": ("splink_peer", "splink_names", True),
    "Splink 5 + Daitch-Mokotoff": ("splink_peer", "splink_daitch_mokotoff", True),
    "Jaro-Winkler + dates": ("distances", "jaro_winkler", False),
    "Levenshtein + dates": ("distances", "levenshtein", False),
}


def run(method: str, setting_key: str, archive: Path) -> Run:
    """The answers of one method, its seconds without building the lists, and peak memory in MB.

    ``archive`` is a pickle of the simulated people. Peak memory is that of the whole process, the
    rows of the archive included. Sexton links a second time without the true men (not timed);
    the probability of a pair in Splink does not depend on the others, so there his pair is dropped.
    """
    module, name, states_probability = METHODS[method]
    answer: Callable[[Material], dict[str, list[Answer]]] = getattr(
        import_module(f"benchmarks.linkage.real.{module}"), name
    )
    setting = next(setting for setting in SETTINGS if setting.key == setting_key)
    people = pickle.loads(archive.read_bytes())
    material = build(setting, people)
    started = time.perf_counter()
    answers = answer(material)
    seconds = time.perf_counter() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    result = Run(method, setting_key, answers, seconds=seconds, peak_mb=peak)
    result.is_probability = states_probability
    if states_probability:
        result.none_when_present = left_for_none(answers)
        absent = (
            answer(build(setting, people, with_true_men=False))
            if method == "Sexton"
            else _without(answers, material.truth)
        )
        result.none_when_absent = left_for_none(absent)
    return result


def _without(answers: dict[str, list[Answer]], truth: dict[str, str]) -> dict[str, list[Answer]]:
    return {
        grave: [answer for answer in found if answer[0] != truth[grave]]
        for grave, found in answers.items()
    }


def left_for_none(answers: dict[str, list[Answer]]) -> dict[str, float]:
    """The probability of "none of these" for each grave: as stated, else 1 - the best answer."""
    left = {}
    for grave, found in answers.items():
        stated = [probability for right, probability in found if right is None]
        best = max((p for right, p in found if right is not None), default=0.0)
        left[grave] = stated[0] if stated else 1 - best
    return left

"""Probabilities of a matrix in few words, and what the codes of groups mean."""

from __future__ import annotations

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

KINDS: dict[str, Promise] = {
    "plot": _("A plot"),
    "common_grave": _("A common grave"),
    "day": _("The dead of one day"),
    "event": _("The dead of an event"),
}
BASES: dict[str, Promise] = {
    "candidates": _("candidates found in larger lists"),
    "list": _("a list by itself: of those who may lie here"),
}
COUNTED: dict[str, Promise] = {
    "decided": _("what is decided"),
    "judged": _("what is decided, and what reviewers judged with one voice"),
    "nothing": _("nothing: the evidence alone"),
}
# From which probability on a cell is called so; its place from the end is its shade.
STEPS: tuple[tuple[float, Promise], ...] = (
    (0.99, _("very probable")),
    (0.95, _("probable")),
    (0.80, _("fairly probable")),
    (0.50, _("likelier than not")),
    (0.10, _("possible")),
    (0.01, _("hardly likely")),
)
LEAST = _("next to nothing")


def step(probability: float) -> tuple[int, Promise]:
    """The shade of a probability (0 to 6), and the words for it."""
    for place, (least, words) in enumerate(STEPS):
        if probability > least:
            return len(STEPS) - place, words
    return 0, LEAST


def percent(probability: float) -> str:
    """A probability in hundredths, never as if it were certain."""
    if probability > 0.99:
        return gettext("over 99 %")
    if probability < 0.01:
        return gettext("under 1 %")
    return gettext("%(n)d %%") % {"n": round(probability * 100)}


def chance(probability: float) -> str:
    """A probability in hundredths and in words: "41 %, possible"."""
    told = {"percent": percent(probability), "words": step(probability)[1]}
    return gettext("%(percent)s, %(words)s") % told


def expected(number: float, bodies: int) -> str:
    """How many of several bodies: "1.7 of 3"; of one body a probability."""
    if bodies == 1:
        return percent(number)
    shown = formats.number_format(max(number, 0.0), decimal_pos=1)
    return gettext("%(number)s of %(bodies)d") % {"number": shown, "bodies": bodies}

"""How probable something is, in words. Nothing is ever certain here: the engine only proposes."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

STEPS: tuple[tuple[float, Promise], ...] = (
    (0.99, _("very probable (more than 99 in 100)")),
    (0.95, _("probable (more than 95 in 100)")),
    (0.80, _("fairly probable (more than 80 in 100)")),
    (0.50, _("more likely than not")),
)
OTHERWISE = _("less likely than not")


def probability_in_words(probability: float) -> Promise:
    """The step of the scale that ``probability`` (0 to 1) reaches."""
    return next((words for least, words in STEPS if probability > least), OTHERWISE)

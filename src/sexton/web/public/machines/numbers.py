"""JSON of the figures: what is counted, of how many, and every row behind a plot."""

from __future__ import annotations

from django.http import Http404

from sexton.web.public.figures import files
from sexton.web.public.figures.shown import Shown
from sexton.web.public.figures.words import GENERAL_BIAS, WORDS
from sexton.web.public.machines.asked import Asked
from sexton.web.public.machines.kinds import Json, json_of
from sexton.web.public.machines.values import stated
from sexton.web.register.figures.keep import figures


@json_of("numbers")
def numbers(asked: Asked) -> Json:
    """All figures, and what bends all of them."""
    counted = figures()
    return {
        "bias": str(GENERAL_BIAS),
        "figures": [_figure(asked, Shown(counted[slug])) for slug in WORDS],
    }


@json_of("number")
def number(asked: Asked, slug: str) -> Json:
    """A figure: its rows, of how many, how they are counted and what bends them."""
    if slug not in WORDS:
        raise Http404
    shown = Shown(figures()[slug])
    words = shown.words
    return {
        **_figure(asked, shown),
        "how": str(shown.how),
        "bias": stated(" ".join(str(text) for text in (words.bias, GENERAL_BIAS) if text)),
        "denominator": [{"words": name, "number": counted} for name, counted in shown.denominator],
        "row": str(words.row),
        "columns": [
            {"name": name, "words": told}
            for name, told in zip(shown.figure.columns, shown.columns, strict=True)
        ],
        "rows": files.rows_of(shown),
    }


def _figure(asked: Asked, shown: Shown) -> Json:
    return {
        "id": asked.named("number", shown.slug),
        "key": shown.slug,
        "group": shown.words.group,
        "title": str(shown.words.title),
        "what": str(shown.words.what),
        "of": shown.figure.of,
        "counts": dict(shown.figure.counts),
        "csv": asked.named("number-csv", shown.slug),
    }

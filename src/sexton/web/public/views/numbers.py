"""Numbers: figures with a plot, their denominator, how they are counted, and the data behind."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from sexton.web.public.figures import drawn, files
from sexton.web.public.figures.shown import Shown
from sexton.web.public.figures.words import GENERAL_BIAS, GROUPS, WORDS
from sexton.web.register import queries
from sexton.web.register.figures.keep import figures

FILES = {"csv": files.figure_csv, "json": files.figure_json}


def number_list(request: HttpRequest) -> HttpResponse:
    """All figures by what they are about, the deaths by month drawn at once."""
    counted = figures()
    shown = [Shown(counted[slug]) for slug in WORDS]
    groups = [
        (name, [one for one in shown if one.words.group == group]) for group, name in GROUPS.items()
    ]
    context = {
        "groups": groups,
        "first": shown[0],
        "plot": drawn.plot(shown[0]),
        "anything": shown[0].figure.of,
        "changed_at": queries.changed_at(),
        "bias": GENERAL_BIAS,
    }
    return render(request, "numbers.html", context)


def number(request: HttpRequest, slug: str) -> HttpResponse:
    shown = _shown(slug)
    slugs = list(WORDS)
    place = slugs.index(slug)
    context = {
        "shown": shown,
        "plot": drawn.plot(shown),
        "unplotted": drawn.unplotted(shown),
        "bias": GENERAL_BIAS,
        "changed_at": queries.changed_at(),
        "before": _beside(slugs, place - 1),
        "after": _beside(slugs, place + 1),
    }
    return render(request, "number.html", context)


def number_file(request: HttpRequest, slug: str, ending: str) -> HttpResponse:
    return FILES[ending](_shown(slug))


def _shown(slug: str) -> Shown:
    if slug not in WORDS:
        raise Http404
    return Shown(figures()[slug])


def _beside(slugs: list[str], place: int) -> tuple[str, object] | None:
    if not 0 <= place < len(slugs):
        return None
    return slugs[place], WORDS[slugs[place]].title

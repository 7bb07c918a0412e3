"""The parts that pages are made of, for who makes or translates them."""

from __future__ import annotations

from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Colour(NamedTuple):
    """A colour of the style sheet: its variable, and what it is for."""

    variable: str
    use: Promise


COLOURS = (
    Colour("paper", _("the page")),
    Colour("panel", _("what stands apart: the header, notices, maps")),
    Colour("ink", _("text")),
    Colour("soft", _("what is said beside: hints, captions, what is missing")),
    Colour("line", _("rules between rows")),
    Colour("link", _("links")),
    Colour("link-visited", _("links already followed")),
    Colour("accent", _("buttons, the focus, the page you are on")),
    Colour("marker", _("graves on maps, the first series of a plot")),
    Colour("memorial", _("memorials on maps, the second series of a plot")),
    Colour("differs", _("where sources disagree")),
    Colour("error", _("a fault, or what cannot be done")),
    Colour("warning", _("a doubt")),
    Colour("note", _("a remark")),
)
# The title of the first page, in the languages of the register and of the dead.
SPECIMENS = (
    ("ru", "Кто здесь лежит и кто об этом говорит"),
    ("uk", "Хто тут лежить і хто про це каже: Ґ ґ Є є І і Ї ї"),
    ("be", "Хто тут ляжыць і хто пра гэта кажа: Ў ў І і"),
    ("en", "Who lies here, and who says so"),
    ("fr", "Qui repose ici, et qui le dit : É é Œ œ Ç ç"),
    ("nl", "Wie hier ligt, en wie dat zegt: IJ ij Ë ë"),
    ("de", "Wer hier liegt, und wer es sagt: Ä ä Ö ö Ü ü ẞ ß"),
    ("pl", "Kto tu leży i kto o tym mówi: Ł ł Ż ż Ś ś"),
)


def parts(request: HttpRequest) -> HttpResponse:
    return render(request, "parts.html", {"colours": COLOURS, "specimens": SPECIMENS})

"""The pages of a plate: its text with help in proofreading, and a sheet to print."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from sexton.records.simulated import is_simulated
from sexton.web.cases import plates, proofs
from sexton.web.cases.models import Case
from sexton.web.cases.naming import as_list_record
from sexton.web.cases.plates import LINES, Plate
from sexton.web.cases.proofs import NoPlate
from sexton.web.cases.romanising import CONVENTIONS
from sexton.web.cases.taking import there
from sexton.web.workbench.access import on_case
from sexton.web.workbench.decisions import seen
from sexton.web.workbench.frame import show

REFUSED = 400
LONGEST_LINE = 300
TITLES: dict[str, Promise] = {
    "cyrillic": _("Name in Cyrillic letters"),
    "latin": _("Name in Latin letters"),
    "years": _("Years"),
    "rank_cyrillic": _("Rank, in Cyrillic letters"),
    "rank_latin": _("Rank, in Latin letters"),
    "origin_cyrillic": _("Where he came from, in Cyrillic letters"),
    "origin_latin": _("Where he came from, in Latin letters"),
}
LANGUAGES: dict[str, Promise] = {
    "fr": _("French"), "nl": _("Dutch"), "de": _("German"), "en": _("English"),
}  # fmt: skip


@on_case()
@require_http_methods(["GET", "HEAD", "POST"])
def plate(request: HttpRequest, case: Case) -> HttpResponse:
    """The text as sources give it, or as somebody corrects it; and who has read it."""
    convention = _convention(request, case)
    if not case.is_public or not seen.may_see(request.user, case.candidate):
        return _show(request, case, {"none": True}, REFUSED if request.method == "POST" else 200)
    text = _text(request, case, convention)
    trouble = None
    if request.method == "POST" and request.POST.get("deed") == "confirm":
        try:
            proofs.confirm(case, text, convention, request.user.get_username())
        except NoPlate as refused:
            trouble = refused.message
        else:
            messages.success(request, _("You have confirmed this text."))
            return redirect("case-plate", case.key)
    elif request.method == "POST" and request.POST.get("deed") != "check":
        trouble = None
        return _show(request, case, _context(request, case, text, convention), REFUSED)
    context = _context(request, case, text, convention) | {"trouble": trouble}
    return _show(request, case, context, REFUSED if trouble else 200)


@on_case()
@require_safe
def printed(request: HttpRequest, case: Case) -> HttpResponse:
    """A sheet of A4 with the text that most have read; it says where a reader is wanting yet."""
    found = proofs.texts(case)
    wanted = request.GET.get("text", "")
    text = next((one for one in found if one.digest == wanted), found[0] if found else None)
    if text is None or not seen.may_see(request.user, case.candidate):
        return redirect("case-plate", case.key)
    proof = plates.proof(text.plate, proofs.voices_of(case, case.candidate), text.convention)
    context = {
        "case": case,
        "text": text,
        "lines": _lines(text.plate, proof),
        "language": LANGUAGES[text.convention],
        "simulated": _simulated(case),
    }
    return render(request, "workbench/decisions/plate_print.html", context)


def _context(request: HttpRequest, case: Case, text: Plate, convention: str) -> dict[str, Any]:
    voices = proofs.voices_of(case, case.candidate)
    proof = plates.proof(text, voices, convention)
    return {
        "plate": text,
        "convention": convention,
        "conventions": list(LANGUAGES.items()),
        "lines": _lines(text, proof),
        "clean": proof.is_clean,
        "voices": [(voice.title, voice.name) for voice in voices if voice.name],
        "texts": proofs.texts(case),
        "me": request.user.get_username(),  # type: ignore[union-attr]
        "simulated_man": _simulated(case),
    }


def _lines(text: Plate, proof: plates.Proof) -> list[dict[str, Any]]:
    written = text.lines()
    return [
        {"name": name, "title": TITLES[name], "text": written[name],
         "letters": proof.letters[name], "remarks": proof.remarks[name],
         "lang": "ru" if plates.SCRIPTS.get(name) == "cyrillic" else ""}
        for name in LINES
    ]  # fmt: skip


def _show(request: HttpRequest, case: Case, context: dict[str, Any], status: int) -> HttpResponse:
    template = "workbench/decisions/plate.html"
    told = {"title": _("Text of a plate"), **context}
    return show(request, case, template, "case-decisions", told, status)


def _convention(request: HttpRequest, case: Case) -> str:
    asked = request.POST.get("convention") or request.GET.get("convention", "")
    if asked in CONVENTIONS:
        return asked
    return proofs.convention_of(case.record.site, get_language() or "en")


def _text(request: HttpRequest, case: Case, convention: str) -> Plate:
    """What is written into the form, else what sources give."""
    if request.method == "POST":
        said = {name: request.POST.get(name, "")[:LONGEST_LINE] for name in LINES}
        return Plate.of({name: text.replace("\x00", "") for name, text in said.items()})
    return proofs.plate_of(case, convention=convention)


def _simulated(case: Case) -> bool:
    records = [case.record, there(case.candidate)]
    return any(is_simulated(as_list_record(one)) for one in records if one is not None)

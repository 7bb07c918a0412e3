"""Letters of a case: making one, keeping it, sending it, and what comes of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from sexton.messages import translate
from sexton.records.simulated import is_simulated
from sexton.web.cases import letter_text, letters
from sexton.web.cases.letters import Answer
from sexton.web.cases.models import Case, Letter
from sexton.web.cases.naming import as_list_record
from sexton.web.register.history import Conflict
from sexton.web.workbench import frame
from sexton.web.workbench.access import on_case
from sexton.web.workbench.clues import shown
from sexton.web.workbench.clues.forms import ClueForm, SearchForm
from sexton.web.workbench.clues.letter_forms import (
    CLUE,
    SEARCH,
    AnswerForm,
    ComposeForm,
    DiscardForm,
    EditForm,
    QuestionForm,
    SendForm,
)
from sexton.web.workbench.clues.views import tried_of
from sexton.web.workbench.clues.words import LETTER_STATES

HERE = "case-letters"
REFUSED, CONFLICT = 400, 409


@on_case()
@require_http_methods(["GET", "HEAD", "POST"])
def case_letters(request: HttpRequest, case: Case) -> HttpResponse:
    """The letters of a case, and a new one: what it is made from, its text, keeping it."""
    if request.method != "POST":
        return _list(request, case, ComposeForm(initial=_usual(request)))
    form = ComposeForm(request.POST)
    if not form.is_valid() or is_simulated(as_list_record(case.record)):
        return _list(request, case, form, status=REFUSED)
    if request.POST.get("deed") != "write":
        return _composed(request, case, form, QuestionForm(initial={"question": _text(case, form)}))
    text = QuestionForm(request.POST)
    if not text.is_valid():
        return _composed(request, case, form, text, status=REFUSED)
    letter = letters.write(case, text.draft(form), request.user.get_username())
    messages.success(request, _("The letter is kept. It is not sent yet."))
    return redirect("case-letter", key=case.key, number=letter.pk)


def _usual(request: HttpRequest) -> dict[str, str]:
    user: Any = request.user
    here = (get_language() or "en")[:2]
    return {
        "asker": user.name or user.get_username(),
        "language": here if here in letter_text.LANGUAGES else "en",
    }


def _text(case: Case, form: ComposeForm) -> str:
    return letter_text.compose(
        letter_text.about(case), form.brief, form.cleaned_data["language"]
    )  # fmt: skip


def _list(
    request: HttpRequest, case: Case, form: ComposeForm, status: int = 200
) -> HttpResponse:  # fmt: skip
    today = timezone.localdate()
    rows = letters.waiting_first(case.letters.select_related("change"), today)
    context = {
        "letters": [(letter, stand(letter)) for letter in rows],
        "compose_form": form,
        "addressees": letters.addressees(),
    }
    return frame.show(request, case, "workbench/case_letters.html", HERE, context, status)


def _composed(
    request: HttpRequest, case: Case, form: ComposeForm, text: QuestionForm, status: int = 200
) -> HttpResponse:
    language = form.cleaned_data["language"]
    context = {
        "compose_form": form,
        "question_form": text,
        "language": language,
        "own": _own(case, form.brief, language),
        "addressees": letters.addressees(),
    }
    return frame.show(request, case, "workbench/letter_new.html", HERE, context, status)


def _own(case: Case, brief: letter_text.Brief | None, language: str) -> str:
    """The letter in the reader's language; "" where it is in that language, or made from none."""
    here = (get_language() or "en")[:2]
    if brief is None or here == language:
        return ""
    return letter_text.compose(letter_text.about(case), brief, here)


def stand(letter: Letter) -> tuple[str, Any]:
    """Where a letter stands, as a code and in words."""
    state = letters.state_of(letter, timezone.localdate())
    return state, LETTER_STATES[state]


@on_case()
@require_http_methods(["GET", "HEAD", "POST"])
def case_letter(request: HttpRequest, case: Case, number: int) -> HttpResponse:
    """One letter; ``deed`` says what a POST does: see ``_DEEDS``."""
    letter = _letter(case, number)
    if request.method != "POST":
        return _page(request, case, letter)
    deed = _DEEDS.get(request.POST.get("deed", ""))
    if deed is None:
        return _page(request, case, letter, REFUSED)
    try:
        return deed(request, case, letter)
    except Conflict as conflict:
        messages.error(request, translate(conflict.message, get_language() or "en"))
        return _page(request, case, _letter(case, number), CONFLICT)


def _letter(case: Case, number: int) -> Letter:
    found = case.letters.select_related("change", "to")
    letter = get_object_or_404(found, pk=number)
    letter.case = case
    return letter


def _page(
    request: HttpRequest, case: Case, letter: Letter, status: int = 200, **forms: Any
) -> HttpResponse:
    state, word = stand(letter)
    seen = {"seen": letter.version}
    dates = {"sent_on": letter.sent_on, "remind_on": letter.remind_on} if letter.sent_on else {}
    context = {
        "letter": letter,
        "state": state,
        "state_word": word,
        "own": _own(case, letter_text.Brief.of(letter.brief), letter.language),
        "addressees": letters.addressees() if state == "draft" else [],
        "edit_form": EditForm(
            initial=seen | {"addressee": letter.addressee, "question": letter.question}
        ),
        "send_form": SendForm(initial=seen | dates),
        "discard_form": DiscardForm(initial=seen),
        "answer_form": AnswerForm(initial=seen),
        "clue_form": ClueForm(prefix="clue", initial={"citation": _citation(letter)}),
        "search_form": _search_form(request, case, letter),
        "sources": shown.sources(),
    }
    return frame.show(
        request, case, "workbench/case_letter.html", HERE, context | forms, status
    )  # fmt: skip


def _search_form(request: HttpRequest, case: Case, letter: Letter, data: Any = None) -> SearchForm:
    initial = {"where": letter.addressee, "asked": tried_of(case), "citation": _citation(letter)}
    candidates = shown.choices(case, request.user)
    return SearchForm(data, prefix="search", initial=initial, candidates=candidates)


def _citation(letter: Letter) -> str:
    """How an answer is cited: who wrote, and to which letter."""
    if not letter.sent_on:
        return ""
    told = {"who": letter.addressee, "day": date_format(letter.sent_on, "DATE_FORMAT")}
    return (_("%(who)s, answer to our letter of %(day)s") % told)[-300:]


def _edit(request: HttpRequest, case: Case, letter: Letter) -> HttpResponse:
    form = EditForm(request.POST)
    if letter.sent_on:
        messages.error(request, _("A letter that was sent stays as it was sent."))
        return _page(request, case, letter, REFUSED)
    if not form.is_valid():
        return _page(request, case, letter, REFUSED, edit_form=form)
    said = form.cleaned_data
    by = request.user.get_username()
    letters.rewrite(letter, said["addressee"], said["question"], by, said["seen"])
    messages.success(request, _("The letter is changed."))
    return redirect("case-letter", key=case.key, number=letter.pk)


def _send(request: HttpRequest, case: Case, letter: Letter) -> HttpResponse:
    form = SendForm(request.POST)
    if not form.is_valid():
        return _page(request, case, letter, REFUSED, send_form=form)
    said = form.cleaned_data
    by = request.user.get_username()
    letters.send(letter, said["sent_on"], said["remind_on"], by, said["seen"])
    messages.success(request, _("It is noted when the letter was sent, and when to remind you."))
    return redirect("case-letter", key=case.key, number=letter.pk)


def _discard(request: HttpRequest, case: Case, letter: Letter) -> HttpResponse:
    form = DiscardForm(request.POST)
    if letter.sent_on:
        messages.error(request, _("A letter that was sent stays as it was sent."))
        return _page(request, case, letter, REFUSED)
    if not form.is_valid():
        return _page(request, case, letter, REFUSED, discard_form=form)
    said = form.cleaned_data
    letters.discard(letter, request.user.get_username(), said["why"], said["seen"])
    messages.success(request, _("The letter is taken out; the history of the case keeps it."))
    return redirect(HERE, key=case.key)


def _answer(request: HttpRequest, case: Case, letter: Letter) -> HttpResponse:
    """An answer, and the clue or the search that it leads to: all of it, or nothing."""
    form = AnswerForm(request.POST)
    leads = request.POST.get("leads", "")
    clue = ClueForm(request.POST, prefix="clue") if leads == CLUE else None
    search = _search_form(request, case, letter, request.POST) if leads == SEARCH else None
    asked = [one for one in (form, clue, search) if one is not None]
    # Every form is looked at, so that all that is wrong is told at once.
    if not all([one.is_valid() for one in asked]):  # noqa: C419
        told: dict[str, Any] = {"answer_form": form}
        told |= {"clue_form": clue} if clue else {}
        told |= {"search_form": search} if search else {}
        return _page(request, case, letter, REFUSED, **told)
    said = form.cleaned_data
    answered = Answer(
        said["answer"],
        said["answered_on"],
        clue.told if clue else None,
        search.sought if search else None,
    )
    letters.answer(letter, answered, request.user.get_username(), said["seen"])
    messages.success(request, _done(leads))
    return redirect("case-letter", key=case.key, number=letter.pk)


def _done(leads: str) -> str:
    if leads == CLUE:
        return _("The answer is kept, the clue is written down, and all candidates weighed anew.")
    if leads == SEARCH:
        return _("The answer is kept, the search is written down, and all candidates weighed anew.")
    return _("The answer is kept.")


@on_case()
@require_safe
def letter_print(request: HttpRequest, case: Case, number: int) -> HttpResponse:
    """A letter as it is put on paper."""
    letter = _letter(case, number)
    with override(letter.language):
        day = date_format(letter.sent_on or timezone.localdate(), "DATE_FORMAT")
    context = {"letter": letter, "day": day}
    return frame.show(request, case, "workbench/letter_print.html", HERE, context)


@on_case()
@require_safe
def letter_plain(_request: HttpRequest, case: Case, number: int) -> HttpResponse:
    """A letter as a plain text file."""
    letter = _letter(case, number)
    text = letter.question.replace("\n", "\r\n")
    answer = HttpResponse(text, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="letter-{letter.pk}.txt"'
    answer["Content-Language"] = letter.language
    return answer


_DEEDS: dict[str, Callable[[HttpRequest, Case, Letter], HttpResponse]] = {
    "edit": _edit,
    "send": _send,
    "discard": _discard,
    "answer": _answer,
}

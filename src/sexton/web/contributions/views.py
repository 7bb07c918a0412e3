"""The form for readers, and the page behind the link that a writer is given."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from sexton.web.accounts import throttle
from sexton.web.contributions import forms, letters, subjects
from sexton.web.contributions.models import Contribution
from sexton.web.contributions.words import state_word

REFUSED, TOO_MANY_REQUESTS = 400, 429
LONGEST_SECRET = 100
SAID = ("text", "how_known", "relation", "name", "contact")
_REFUSALS: dict[str, Promise] = {
    "full": _("So many letters came today that no more are taken. Please come tomorrow."),
    "gone": _("This letter was deleted."),
    "many": _("To this letter nothing more can be added. Please write a new one."),
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contribute(request: HttpRequest) -> HttpResponse:
    """Writing a letter, ``?about=person:KEY`` or about nothing in particular."""
    subject = subjects.read(request.GET.get("about", ""))
    form = forms.LetterForm(request.POST if request.method == "POST" else None)
    status = REFUSED if form.is_bound else 200
    if form.is_bound and form.is_valid():
        said = {name: form.cleaned_data[name] for name in SAID}
        try:
            throttle.count_letter(throttle.address_of(request))
            _letter, secret = letters.send(subject, get_language() or "en", **said)
            return redirect("contribution", secret=secret)
        except (throttle.TooMany, letters.Refused) as refused:
            form.add_error(None, _why(refused))
            status = TOO_MANY_REQUESTS
    context = {"form": form, "subject": subject}
    return render(request, "contributions/contribute.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contribution(request: HttpRequest, secret: str) -> HttpResponse:
    """What the writer sees by his link: what he wrote, what became of it; adding, withdrawing."""
    letter = letters.find(secret) if len(secret) <= LONGEST_SECRET else None
    if letter is None:
        raise Http404
    deed = request.POST.get("deed", "") if request.method == "POST" else ""
    adding = forms.AddForm(request.POST if deed == "add" else None)
    withdrawing = forms.WithdrawForm(request.POST if deed == "withdraw" else None)
    if deed == "withdraw" and withdrawing.is_valid():
        letters.withdraw(letter)
        return redirect("contribution", secret=secret)
    if deed == "add" and adding.is_valid() and _added(request, letter, adding):
        return redirect("contribution", secret=secret)
    context = {
        "letter": letter,
        "state": state_word(letter.state),
        "subject": subjects.of_letter(letter),
        "steps": [(step, state_word(step.state)) for step in letter.steps.all()],
        "address": request.build_absolute_uri(request.path),
        "adding": adding,
        "withdrawing": withdrawing,
        "relation": forms.RELATION_WORDS.get(letter.relation, ""),
    }
    status = REFUSED if deed else 200
    return render(request, "contributions/contribution.html", context, status=status)


def _added(request: HttpRequest, letter: Contribution, form: forms.AddForm) -> bool:
    """Whether something could be added; else the form says why not."""
    try:
        throttle.count_letter(throttle.address_of(request))
        letters.add(letter, form.cleaned_data["text"])
    except (throttle.TooMany, letters.Refused) as refused:
        form.add_error(None, _why(refused))
        return False
    return True


def _why(refused: throttle.TooMany | letters.Refused) -> str | Promise:
    if isinstance(refused, letters.Refused):
        return _REFUSALS[refused.kind]
    text = ngettext(
        "Several letters came from your connection. Please send this one in %(minutes)d minute.",
        "Several letters came from your connection. Please send this one in %(minutes)d minutes.",
        refused.minutes,
    )
    return text % {"minutes": refused.minutes}

"""The form for readers, and the page behind the link that a writer is given."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from sexton.web.accounts import throttle
from sexton.web.contributions import forms, letters, subjects
from sexton.web.contributions.models import Contribution
from sexton.web.contributions.words import state_word

TOO_MANY_REQUESTS = 429
LONGEST_SECRET = 100


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def contribute(request: HttpRequest) -> HttpResponse:
    """Writing a letter, ``?about=person:KEY`` or about nothing in particular."""
    subject = subjects.read(request.GET.get("about", ""))
    form = forms.LetterForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound:
        status = 400
        if form.is_valid():
            try:
                throttle.count_letter(throttle.address_of(request))
                said = {n: form.cleaned_data[n] for n in _SAID}
                _letter, secret = letters.send(subject, get_language() or "en", **said)
                return redirect("contribution", secret=secret)
            except throttle.TooMany as refused:
                form.add_error(None, _waiting(refused.minutes))
                status = TOO_MANY_REQUESTS
            except letters.Refused as refused:
                form.add_error(None, _REFUSED[refused.kind]())
                status = TOO_MANY_REQUESTS
    context = {"form": form, "subject": subject}
    return render(request, "contributions/contribute.html", context, status=status)


_SAID = ("text", "how_known", "relation", "name", "contact")
_REFUSED = {
    "full": lambda: _("So many letters came today that no more are taken. Please come tomorrow."),
    "gone": lambda: _("This letter was deleted."),
    "many": lambda: _("To this letter nothing more can be added. Please write a new one."),
}


def _waiting(minutes: int) -> str:
    text = ngettext(
        "Several letters came from your connection. Please send this one in %(minutes)d minute.",
        "Several letters came from your connection. Please send this one in %(minutes)d minutes.",
        minutes,
    )
    return text % {"minutes": minutes}


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
    status = 400 if deed else 200
    if deed == "add" and adding.is_valid():
        try:
            throttle.count_letter(throttle.address_of(request))
            letters.add(letter, adding.cleaned_data["text"])
            return redirect("contribution", secret=secret)
        except throttle.TooMany as refused:
            adding.add_error(None, _waiting(refused.minutes))
            status = TOO_MANY_REQUESTS
        except letters.Refused as refused:
            adding.add_error(None, _REFUSED[refused.kind]())
    context = {
        "letter": letter,
        "state": state_word(letter.state),
        "subject": subjects.of_letter(letter),
        "steps": _told(letter),
        "address": request.build_absolute_uri(request.path),
        "adding": adding,
        "withdrawing": withdrawing,
        "relation": forms.RELATION_WORDS.get(letter.relation, ""),
    }
    return render(request, "contributions/contribution.html", context, status=status)


def _told(letter: Contribution) -> list[dict[str, object]]:
    """The log as the writer may see it: what was said to him, not who keeps the register."""
    return [
        {"at": step.at, "word": state_word(step.state), "text": step.text, "his": not step.by}
        for step in letter.steps.all()
    ]

"""What a list of the dead says of each, written at once: a page holds hundreds of such values."""

from __future__ import annotations

from functools import lru_cache

from django import template
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, pgettext

from sexton.web.public.footnotes import Footnotes
from sexton.web.public.templatetags.sexton import notes, when, written
from sexton.web.register import labels
from sexton.web.register.burials.dead import Form
from sexton.web.register.lives.accounts import Alternative, Aspect, Said

register = template.Library()
DOUBTFUL = ("reconstructed", "conjecture")


@register.filter
def days_said(aspect: Aspect, footnotes: Footnotes) -> SafeString:
    """What sources say of a date, each account with its sources; or that it is not stated."""
    accounts = [_account(account, footnotes) for account in aspect.alternatives]
    if not accounts:
        return format_html('<span class="missing">{}</span>', gettext("not stated"))
    between = conditional_escape(pgettext("between two accounts", "or"))
    return mark_safe(f" {between} ".join(accounts))


def _account(account: Alternative, footnotes: Footnotes) -> SafeString:
    said, told = _in_words(account.said, get_language() or "en"), notes(account.voices, footnotes)
    if account.disproven:
        words = gettext("disproven")
        return format_html('<s>{}</s> <span class="badge error">{}</span> {}', said, words, told)
    return format_html("{} {}", said, told)


@lru_cache(1 << 12)
def _in_words(said: Said, language: str) -> str:
    """Dates repeat in a list; ``language`` is that of the page."""
    return when(said)


@register.filter
def form_said(form: Form, footnotes: Footnotes) -> SafeString:
    """A form of a name as it is written, how it is known where that is in doubt, and by whom."""
    said, told = written(form.text, form.language), notes(form.voices, footnotes)
    if form.basis in DOUBTFUL:
        return format_html("{} ({}) {}", said, labels.label(form.basis, "basis"), told)
    return format_html("{} {}", said, told)

"""The sources of a page, numbered: each value carries the numbers of those who say so."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from sexton.web.register.lives.accounts import Voice
from sexton.web.register.lives.steps import Step


class References:
    """Voices by number, from 1: first ``voices``, then those of the steps, then ``last``."""

    def __init__(
        self, steps: Iterable[Step] = (), voices: Iterable[Voice] = (), last: Iterable[Voice] = ()
    ) -> None:
        self._numbers: dict[object, int] = {}
        self._links: dict[object, SafeString] = {}
        self.voices: list[Voice] = []
        for voice in voices:
            self.add(voice)
        for step in steps:
            for voice in step.voices:
                self.add(voice)
        for voice in last:
            self.add(voice)

    def add(self, voice: Voice) -> None:
        if voice.get_absolute_url() and voice.key not in self._numbers:
            self.voices.append(voice)
            self._numbers[voice.key] = len(self.voices)

    def number(self, voice: Voice) -> int:
        """Its number; 0 for a voice that names no source."""
        return self._numbers.get(voice.key, 0)

    def link(self, voice: Voice) -> SafeString:
        """Its number as a link to its record or source: the one step to where it is said."""
        number = self.number(voice)
        if number not in self._links:
            self._links[number] = numbered(voice, number)
        return self._links[number]


def numbered(voice: Voice, number: int) -> SafeString:
    """A number that leads to who says so; words where nobody is named (0)."""
    if not number:
        words = escape(gettext("no source named"))
        return mark_safe(f'<span class="missing">{words}</span>')
    words = escape(gettext("Source"))
    address = escape(voice.get_absolute_url())
    return mark_safe(
        f'<a class="ref" href="{address}"><span class="unseen">{words} </span>{number}</a>'
    )

"""The sources of a page, numbered as they are first cited: the page is written, then its notes."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.safestring import SafeString

from sexton.web.public.references import numbered
from sexton.web.register.lives.accounts import Voice
from sexton.web.register.models import Source


class Footnotes:
    """A source once, however many of its records speak; the list stands at the end of the page.

    ``links`` keeps how numbers are written: the same few stand behind hundreds of values.
    """

    def __init__(self) -> None:
        self._numbers: dict[int, int] = {}
        self.sources: list[Source] = []
        self.links: dict[tuple[int, ...], SafeString] = {}

    def number(self, voice: Voice) -> int:
        """The number of the voice's source, given now if it has none; 0 where none is named."""
        source = voice.source
        if source is None:
            return 0
        if source.pk not in self._numbers:
            self.sources.append(source)
            self._numbers[source.pk] = len(self.sources)
        return self._numbers[source.pk]

    def numbers(self, voices: Iterable[Voice]) -> tuple[int, ...]:
        """The numbers of those voices that name a source, each once."""
        found = {self.number(voice) for voice in voices}
        return tuple(sorted(found - {0}))

    def link(self, voice: Voice) -> SafeString:
        """The number of the voice's source, as a link to its record or source."""
        return numbered(voice, self.number(voice))

    def __iter__(self):
        return iter(enumerate(self.sources, start=1))

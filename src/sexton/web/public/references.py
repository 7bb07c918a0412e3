"""The sources of a page, numbered: each value carries the numbers of those who say so."""

from __future__ import annotations

from collections.abc import Iterable

from sexton.web.register.lives.accounts import Voice
from sexton.web.register.lives.steps import Step


class References:
    """Voices in the order in which the steps first need them, from 1."""

    def __init__(self, steps: Iterable[Step] = (), voices: Iterable[Voice] = ()) -> None:
        self._numbers: dict[object, int] = {}
        self.voices: list[Voice] = []
        for voice in voices:
            self.add(voice)
        for step in steps:
            for voice in step.voices:
                self.add(voice)

    def add(self, voice: Voice) -> None:
        if voice.get_absolute_url() and voice.key not in self._numbers:
            self.voices.append(voice)
            self._numbers[voice.key] = len(self.voices)

    def number(self, voice: Voice) -> int:
        """Its number; 0 for a voice that names no source."""
        return self._numbers.get(voice.key, 0)

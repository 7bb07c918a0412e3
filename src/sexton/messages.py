"""Sentences that travel from the pure packages to the page where they are read.

A comparison or an audit finding says in words what it saw. The words are chosen deep in
the domain packages, which know no language and no Django; the page that shows them does. So a
sentence travels as its English text with named gaps and the values for them. The English text
is the gettext message id: translators work on it, ``translate`` fills it in.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

LOCALE_DIR = Path(__file__).parent / "locale"
LANGUAGES = ("en", "fr", "nl", "de", "ru")

Value = str | int | float


def N_(text: str) -> str:
    """Mark ``text`` for translation without translating it here (gettext's noop)."""
    return text


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence: an English text with ``%(name)s`` gaps, and what goes into them."""

    text: str
    params: Mapping[str, Value] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text % self.params if self.params else self.text

    def as_dict(self) -> dict[str, object]:
        """The JSON form, from which ``Message(**d)`` makes the same message again."""
        return {"text": self.text, "params": dict(self.params)}


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("django", LOCALE_DIR, [language], fallback=True)


def translate(message: Message, language: str) -> str:
    """The sentence in ``language`` ("fr", "nl", "de", "ru"; English where no text is known)."""
    text = _catalogue(language).gettext(message.text)
    return text % message.params if message.params else text

"""Why a word of a search fits a person."""

from __future__ import annotations

from dataclasses import dataclass

from sexton import names
from sexton.evidence.spellings import spelling_path
from sexton.messages import N_, Message

SAME = {
    "surname": N_("Surname %(form)s, as you wrote it"),
    "given": N_("Given name %(form)s, as you wrote it"),
    "patronymic": N_("Patronymic %(form)s, as you wrote it"),
    "number": N_("Prisoner number %(form)s"),
    "year": N_("The year %(form)s stands among the dates"),
    "site": N_("Named at a site called %(form)s"),
}
BEGINS = {
    "surname": N_("Surname %(form)s, which begins so"),
    "given": N_("Given name %(form)s, which begins so"),
    "patronymic": N_("Patronymic %(form)s, which begins so"),
}
SIMILAR = {
    "surname": N_("“%(word)s” can be the surname %(form)s: %(steps)s"),
    "given": N_("“%(word)s” can be the given name %(form)s: %(steps)s"),
    "patronymic": N_("“%(word)s” can be the patronymic %(form)s: %(steps)s"),
}

# A hit is told in few lines; the first sentences are the ones that surprise.
MOST_DETAILS = 2


@dataclass(frozen=True, slots=True)
class Reason:
    """A form of one kind that a word of the search means, and how much that tells, in bits."""

    bits: float
    kind: str
    word: str
    form: str
    how: str = "same"

    def message(self) -> Message:
        """The reason in a sentence; for another spelling with the alignment of its letters."""
        if self.how == "same":
            return Message(SAME[self.kind], {"form": self.form})
        if self.how == "begins":
            return Message(BEGINS[self.kind], {"form": self.form})
        steps = spelling_path(self.kind, self.word, self.form)
        params = {"word": self.word, "form": self.form, "steps": steps}
        return Message(SIMILAR[self.kind], params)

    def details(self) -> tuple[Message, ...]:
        """What a clerk heard, misread or spelt otherwise, where the word is another spelling."""
        if self.how != "similar":
            return ()
        comparison = names.load_model(self.kind).compare(self.word, self.form)
        return names.explain_comparison(comparison, self.kind)[:MOST_DETAILS]  # type: ignore[no-any-return]

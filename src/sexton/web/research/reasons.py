"""Why a piece of a search fits a person, in sentences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from sexton import names
from sexton.evidence.spellings import spelling_path
from sexton.messages import N_, Message

SAME = {
    "surname": N_("Surname %(form)s, as you wrote it"),
    "given": N_("Given name %(form)s, as you wrote it"),
    "patronymic": N_("Patronymic %(form)s, as you wrote it"),
    "number": N_("Prisoner number %(form)s"),
    "birth_date": N_("Date of birth: %(form)s"),
    "death_date": N_("Date of death: %(form)s"),
    "event_date": N_("A date in this life: %(form)s"),
    "site": N_("Named at the site %(form)s"),
    "birth_place": N_("Place of birth: %(form)s"),
    "death_place": N_("Place of death: %(form)s"),
    "event_place": N_("A place in this life: %(form)s"),
    "origin": N_("Place of birth, as it is read: %(form)s"),
    "camp": N_("Camp: %(form)s"),
    "mine": N_("Mine: %(form)s"),
    "movement": N_("Resistance movement: %(form)s"),
}
OPEN = {
    "birth_date": N_("Date of birth: %(form)s, which leaves it open"),
    "death_date": N_("Date of death: %(form)s, which leaves it open"),
    "event_date": N_("A date in this life: %(form)s, which leaves it open"),
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
TABLE = N_("“%(word)s” and %(form)s are forms of one given name")
INITIAL = {
    "given": N_("The given name is only written %(form)s"),
    "patronymic": N_("The patronymic is only written %(form)s"),
}
# A form that no record of the person writes: how the list that gives it knows it.
RESTORED = {
    "printed": N_("%(form)s is a restored form that a source prints"),
    "reconstructed": N_("%(form)s is a restored form, made from another spelling"),
    "conjecture": N_("%(form)s is a restored form and a conjecture, not known"),
    "": N_("%(form)s is a form that a list gives beside the record"),
}

# A hit is told in few lines; the first sentences are the ones that surprise.
MOST_DETAILS = 2


@dataclass(frozen=True, slots=True)
class Reason:
    """What a word of the search is for a person: of which kind, as which form, and how."""

    kind: str
    word: str
    form: str
    how: str = "same"

    def message(self) -> Message:
        """The reason in a sentence; for another spelling with the alignment of its letters."""
        params = {"word": self.word, "form": self.form}
        if self.how == "similar":
            steps = _path(self.kind, self.word, self.form)
            return Message(SIMILAR[self.kind], {**params, "steps": steps})
        if self.how == "table":
            return Message(TABLE, params)
        if self.how == "initial":
            # An initial may stand on either side.
            return Message(INITIAL[self.kind], params)
        told = {"begins": BEGINS, "open": OPEN}.get(self.how, SAME)
        return Message(told[self.kind], params)

    def details(self) -> tuple[Message, ...]:
        """What a clerk heard, misread or spelt otherwise, where the word is another spelling."""
        return _details(self.kind, self.word, self.form) if self.how == "similar" else ()


def restored(form: str, basis: str) -> Message:
    """That a form is not what a record writes."""
    return Message(RESTORED.get(basis, RESTORED[""]), {"form": form})


def likest(kind: str, form: str, others: Iterable[str]) -> str:
    """The one of ``others`` that is most likely another spelling of a form ("" for none)."""
    own, model = names.fold(form), names.load_model(kind)
    told = {other: model.bits(form, other) for other in others if names.fold(other) != own}
    best = max(told, key=lambda other: (told[other], other), default="")
    return best if best and told[best] > 0 else ""


@lru_cache(maxsize=4096)
def _path(kind: str, word: str, form: str) -> str:
    return spelling_path(kind, word, form)


@lru_cache(maxsize=4096)
def _details(kind: str, word: str, form: str) -> tuple[Message, ...]:
    comparison = names.load_model(kind).compare(word, form)
    return names.explain_comparison(comparison, kind)[:MOST_DETAILS]  # type: ignore[no-any-return]

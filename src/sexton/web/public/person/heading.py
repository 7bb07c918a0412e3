"""The head of the page: the name in the reader's script, what is written beside it, the dates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sexton.names import fold, script, transliterate
from sexton.web.public.person.forms import Form
from sexton.web.register.lives.accounts import Alternative, Aspect, Voice
from sexton.web.register.lives.steps import Step
from sexton.web.register.models import Record
from sexton.web.register.page import PersonPage
from sexton.web.register.standing import Known, Standing, judged

CYRILLIC_READERS = frozenset({"ru", "uk", "be", "bg"})
MOST_BESIDE = 4
LAID = ("burial", "reburial")


@dataclass(frozen=True, slots=True)
class Name:
    """The name that the page bears, and the forms beside it, each with who writes it.

    ``form`` is None for the unnamed. Where nobody writes it in the reader's letters, ``foreign``
    is set, and ``by_rule`` is what a rule makes of it, if there is one that guesses nothing.
    """

    text: str
    language: str
    form: Form | None
    beside: Sequence[Form]
    foreign: bool = False
    by_rule: str = ""

    @property
    def voices(self) -> list[Voice]:
        forms = [self.form] if self.form else []
        return [voice for form in (*forms, *self.beside) for voice in form.voices]


def name_for(page: PersonPage, forms: Sequence[Form], language: str) -> Name:
    """The name in the reader's script where a source or a restored form gives it.

    Sources go before restored forms, and the fullest before the others. A conjecture never
    heads a page: it stands among the forms, as what it is.
    """
    known = [form for form in forms if not form.is_conjecture]
    reads_cyrillic = language in CYRILLIC_READERS
    text = page.person.name
    if (script(text) == "cyrillic") == reads_cyrillic:
        chosen = next((form for form in known if form.text == text), None)
    else:
        own = [form for form in known if form.is_cyrillic == reads_cyrillic]
        chosen = max(own, key=_fullness) if own else None
        text = chosen.text if chosen else text
    chosen = chosen or _cell(text, page.records)
    foreign = (script(text) == "cyrillic") != reads_cyrillic
    return Name(
        text=text,
        language=chosen.language if chosen else "",
        form=chosen,
        beside=_beside(text, page.person.name, known),
        foreign=foreign,
        by_rule=transliterate(text) if foreign and not reads_cyrillic else "",
    )


def _cell(text: str, records: Iterable[Record]) -> Form | None:
    """A name as a cell of a list has it, which may hold two forms at once."""
    own = [record for record in records if record.is_named and record.name == text]
    if not own:
        return None
    form = Form(text, own[0].fields.get("language", ""))
    for record in own:
        form.hear("in_source", "", Voice(record.source, record))
    return form


def _fullness(form: Form) -> tuple[bool, bool, int, int]:
    printed = any(use.basis == "printed" for use in form.uses)
    return form.is_written, printed, len(form.text.split()), len(form.voices)


def _beside(text: str, main: str, forms: Iterable[Form]) -> list[Form]:
    """What is cut, then what is written, then the best form in other letters; none twice."""
    listed = [form for form in forms if form.text != text]
    cut = [form for form in listed if form.is_on_stone]
    same = [form for form in listed if form.text == main]
    written = [form for form in listed if form.is_written]
    restored = [form for form in listed if not form.is_written]
    other = [form for form in listed if form.is_cyrillic != (script(text) == "cyrillic")]
    best = sorted(other, key=_fullness, reverse=True)
    found: dict[str, Form] = {}
    for form in (*cut, *same, *best[:1], *restored[:1], *written[:1]):
        found.setdefault(fold(form.text), form)
    return list(found.values())[:MOST_BESIDE]


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of the head: born, died, lies at; with its step, for the accounts to be told."""

    label: str
    step: Step
    aspect: Aspect

    @property
    def accounts(self) -> list[Alternative]:
        return self.aspect.standing


def facts_of(path: Iterable[Step]) -> list[Fact]:
    """When and where he was born and died, and where he lies, as sources state it."""
    own = [step for step in path if not step.beside]
    found = []
    for kind, aspects in (("birth", ("when", "place")), ("death", ("when", "place"))):
        steps = [step for step in own if step.kind == kind]
        found += [_fact(kind, step, name) for step in steps for name in aspects]
    found += [_fact(step.kind, step, "site") for step in own if step.kind in LAID]
    return [fact for fact in found if fact is not None and fact.accounts]


def _fact(kind: str, step: Step, aspect: str) -> Fact | None:
    return Fact(f"{kind}_{aspect}", step, step.aspects[aspect]) if aspect in step.aspects else None


def not_stated(facts: Iterable[Fact]) -> list[str]:
    """The lines that every head has, and of which no source says anything."""
    said = {fact.label for fact in facts}
    return [label for label in ("birth_when", "death_when") if label not in said]


def standing_on(page: PersonPage) -> Standing:
    """Where he stands on the ladder, from what the page already knows; asks nothing."""
    known = Known(is_named=page.person.is_named)
    own = {record.pk for record in page.records}
    known.records = own
    known.sources = {record.source_id for record in page.records if record.is_named}
    known.bases = {name.basis for name in page.names if name.kind == "restored"}
    told = [claim for claim in page.claims if claim.event_id is None]
    known.disputed = any(claim.state != "asserted" for claim in told)
    for link in page.links:
        if {link.left_id, link.right_id} <= own:
            pair = link.left_id, link.right_id
            if link.verdict == "different":
                known.disputed = True
            else:
                (known.decided if link.decided else known.said).add(pair)
    return judged(known)

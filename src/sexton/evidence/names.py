"""What two written names say: surname, given name and patronymic, in every form the records give.

How names are compared is the business of :mod:`sexton.names.whole`; here its parts become fields of
evidence, with the chances that the rules document.
"""

from __future__ import annotations

from typing import cast

from sexton.evidence.model import FieldEvidence
from sexton.evidence.rules import Rules
from sexton.evidence.spellings import Kind, Spellings, spelling_path
from sexton.evidence.written import level_of
from sexton.messages import N_, Message
from sexton.names import PersonName, load_model
from sexton.names.explanation import explain_comparison
from sexton.names.parts import PartComparison
from sexton.names.whole import MAX_FORMS, Chances, compare_person_names
from sexton.names.wording import AGREE

__all__ = ["MAX_FORMS", "compare_names", "explain_spelling", "with_path"]

AGREE_BY_PATH = {
    "surname": N_("The surnames %(left)s and %(right)s can be one name: %(path)s."),
    "given": N_("The given names %(left)s and %(right)s can be one name: %(path)s."),
    "patronymic": N_("The patronymics %(left)s and %(right)s can be one name: %(path)s."),
}


def _chances(rules: Rules) -> Chances:
    def value(name: str) -> float:
        return rules.value("names", name)

    return Chances(
        surname_other=value("surname_other"),
        given_other=value("given_other"),
        patronymic_other=value("patronymic_other"),
        fields_swapped=value("fields_swapped"),
        initial_agrees=value("initial_agrees"),
        initial_share=value("initial_share"),
    )


def compare_names(
    left: PersonName, right: PersonName, rules: Rules, spellings: Spellings
) -> list[FieldEvidence]:
    """Evidence of the name's parts; empty when one of the records has no name."""
    if not left.forms or not right.forms:
        return []
    found = compare_person_names(left, right, rules.derived(_chances), spellings)
    return [_field(part) for part in found.parts]


def _field(part: PartComparison) -> FieldEvidence:
    kind, bits, left, right, _ = part
    return FieldEvidence(kind, bits, part.message, left, right, False, level_of(part))


def _told_by_spelling(item: FieldEvidence) -> bool:
    return item.message.text == AGREE.get(item.field)


def with_path(item: FieldEvidence) -> FieldEvidence:
    """The same evidence with the spelling's path in its sentence (slower; for what is shown)."""
    if not _told_by_spelling(item):
        return item
    path = spelling_path(cast(Kind, item.field), item.left, item.right)
    params = {"left": item.left, "right": item.right, "path": path}
    return item._replace(message=Message(AGREE_BY_PATH[item.field], params))


def explain_spelling(item: FieldEvidence) -> tuple[Message, ...]:
    """How the spellings of a name's part came about, in sentences for a reviewer; () for others."""
    told = item.message.text == AGREE_BY_PATH.get(item.field) or _told_by_spelling(item)
    if not told:
        return ()
    kind = cast(Kind, item.field)
    return explain_comparison(load_model(kind).compare(item.left, item.right), kind)

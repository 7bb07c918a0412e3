"""A comparison of whole names told in sentences: each part, how it came about, and which form."""

from __future__ import annotations

from collections.abc import Iterator

from sexton.messages import Message
from sexton.names import wording
from sexton.names.channel import load_model
from sexton.names.explanation import explain_comparison
from sexton.names.folding import fold
from sexton.names.whole import PartComparison, WholeComparison


def explain_part(part: PartComparison) -> tuple[Message, ...]:
    """Whether two parts agree, and then how one spelling came to be the other's."""
    if part.way != "spelling" or fold(part.left) == fold(part.right):
        return (part.message,)
    comparison = load_model(part.kind).compare(part.left, part.right)
    return (part.message, *explain_comparison(comparison, part.kind))


def explain_names(comparison: WholeComparison) -> tuple[Message, ...]:
    """A comparison of whole names in sentences: each part, how its spelling came about, the form.

    >>> from sexton.names import compare_names
    >>> for sentence in explain_names(compare_names("Jean Borovka", "Боровка Иван")):
    ...     print(sentence)
    The surnames Borovka and Боровка can be one name.
    The letters correspond one to one.
    The name is rare: that makes the agreement weigh more.
    Jean and Иван are forms of one given name.
    """
    if not comparison.parts:
        return (Message(wording.NOTHING_SHARED),)
    told = [message for part in comparison.parts for message in explain_part(part)]
    return (*told, *_other_forms(comparison))


def _other_forms(comparison: WholeComparison) -> Iterator[Message]:
    """Say which of the readings is not the name as it was written."""
    for reading in (comparison.left, comparison.right):
        if reading and reading.form in wording.FORMS:
            text = " ".join(filter(None, (reading.given or reading.initials, reading.surname)))
            if text:
                yield Message(wording.FORMS[reading.form], {"text": text})

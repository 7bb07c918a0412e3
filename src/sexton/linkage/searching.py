"""Searching a list as a person would: a few words, of which some may be numbers or years."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sexton.dates import read_date
from sexton.evidence import PersonReading, compare_people
from sexton.linkage.model import Candidate
from sexton.names import PersonName, read_name
from sexton.numbers import read_numbers

_YEAR = re.compile(r"(1[89]\d\d)$")
_DATE = re.compile(r"[\d./-]*\d[./-]\d[\d./-]*$")
_DIGITS = re.compile(r"\d{3,}$")

ENOUGH_BITS = 4.0
"""What the evidence must say at least, so that a record counts as found."""


def read_query(text: str, id_: str = "query") -> PersonReading:
    """A query as if it were a record: years and dates are of birth, other numbers of a prisoner."""
    names: list[str] = []
    born, numbers = "", ""
    for word in text.split():
        if _YEAR.match(word) or _DATE.match(word):
            born = word
        elif _DIGITS.match(word):
            numbers = word
        else:
            names.append(word)
    written = " ".join(names)
    forms = read_name(written) if written else ()
    return PersonReading(
        id_, PersonName(written, tuple(forms)), birth=read_date(born), numbers=read_numbers(numbers)
    )


def search_list(
    text: str, people: Sequence[PersonReading], top: int = 10, enough: float = ENOUGH_BITS
) -> list[Candidate]:
    """The records that ``text`` fits best, with the evidence; empty when none fits.

    Every record is weighed: meant for lists of some thousands. The probability is not stated (0),
    for a query is no grave and has no prior.
    """
    query = read_query(text)
    scored = [(compare_people(query, person).bits, i) for i, person in enumerate(people)]
    best = sorted((s for s in scored if s[0] >= enough), key=lambda s: (-s[0], s[1]))[:top]
    found = []
    for rank, (bits, i) in enumerate(best, 1):
        evidence = compare_people(query, people[i], with_paths=True)
        found.append(Candidate(query.id, people[i].id, rank, 0.0, bits, evidence.fields))
    return found

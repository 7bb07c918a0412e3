"""Short and everyday forms of given names outside the former USSR: Bill is William, Kees Cornelis.

The table ``tables/short_forms.tsv`` holds them by language, each row with its source and how many
bear the name. It joins forms of one alphabet; what Russian names became elsewhere, and their own
everyday forms, :mod:`sexton.names.given_names` tells.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache, lru_cache
from math import log2

from sexton.names.folding import fold
from sexton.names.given_names import canonical_given
from sexton.names.tables import read_table

# How far a form speaks for the names that it is a form of: the rest of the probability is that the
# name is outside the table. Stated beforehand, not estimated; as in given_names.
TRUST = 0.8


@cache
def _shares() -> Mapping[str, float]:
    """How many men (or women) bear each full name, folded; the most that a row says."""
    shares: dict[str, float] = defaultdict(float)
    for row in read_table("short_forms.tsv"):
        name = fold(row["name"])
        shares[name] = max(shares[name], float(row["share"]))
    return dict(shares)


@cache
def _names() -> Mapping[str, tuple[str, ...]]:
    """The full names that each form may stand for, all folded."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in read_table("short_forms.tsv"):
        for form in row["forms"].split():
            found[fold(form)].add(fold(row["name"]))
    return {form: tuple(sorted(names)) for form, names in found.items()}


@lru_cache(maxsize=65_536)
def _meanings(text: str) -> Mapping[str, float]:
    """P(full name | form): a full name is itself, if it is no form of others; else the names share
    the trust by how many bear them, the form itself among them where it is a name."""
    form, shares = fold(text), _shares()
    names = _names().get(form, ())
    if not names:
        return {form: 1.0} if form in shares else {}
    bearers = {name: shares[name] for name in {*names, form} & shares.keys()}
    total = sum(bearers.values())
    return {name: TRUST * share / total for name, share in bearers.items()}


def full_names(text: str) -> tuple[str, ...]:
    """The full names, folded, that ``text`` may stand for; () for what the table does not know.

    >>> full_names("Bill"), full_names("Ed")
    (('robert', 'william', 'willis'), ('edgar', 'edmond', 'edmund', 'edward', 'edwin'))
    """
    return tuple(sorted(_meanings(text)))


def meanings_of(given: str) -> tuple[str, ...]:
    """The full names that a given name may be a form of, by the tables of either kind: Иван of
    Jean, William of Bill."""
    return (*canonical_given(given), *full_names(given))


def short_form_bits(a: str, b: str) -> float | None:
    """Bits for two forms of one given name (Bill = William); None when the table does not join
    them.

    ``log2 P(a, b | same) / (P(a) P(b))``, as :func:`given_names.given_names_equivalent`.

    >>> short_form_bits("Bill", "William") > 2
    True
    >>> print(short_form_bits("Bill", "Edward"))
    None
    """
    left = _meanings(a)
    if not left:
        return None
    right = _meanings(b)
    ratio = sum(left[name] * right[name] / _shares()[name] for name in left.keys() & right.keys())
    return max(0.0, log2(ratio)) if ratio else None

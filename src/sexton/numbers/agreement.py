"""Comparing two prisoner numbers."""

from __future__ import annotations

from sexton.numbers.values import Agreement, NumberAgreement

SHORTEST_PREFIX = 3


def _first_difference(a: str, b: str) -> int:
    pairs = zip(a, b, strict=False)
    return next((i for i, (x, y) in enumerate(pairs) if x != y), min(len(a), len(b)))


def _same_length(a: str, b: str, start: int) -> Agreement:
    if a[start + 1 :] == b[start + 1 :]:
        return Agreement.ONE_DIGIT
    swapped = a[:start] + a[start : start + 2][::-1] + a[start + 2 :]
    return Agreement.TRANSPOSED if swapped == b else Agreement.DIFFERENT


def _other_length(short: str, long: str, start: int) -> Agreement:
    if len(short) < SHORTEST_PREFIX:
        return Agreement.DIFFERENT
    if long.startswith(short) or long.endswith(short):
        return Agreement.PREFIX
    one_lost = len(long) - len(short) == 1 and long[start + 1 :] == short[start:]
    return Agreement.MISSING_DIGIT if one_lost else Agreement.DIFFERENT


def number_agreement(a: str, b: str) -> NumberAgreement:
    """How the digits ``a`` and ``b`` agree; leading zeros do not count.

    ``exact``; two neighbouring digits ``transposed``; ``one_digit`` differs; one is the beginning
    or the end of the other (``prefix``, from three digits on); a digit lost inside
    (``missing_digit``); otherwise ``different``. The order of the two does not matter.
    """
    left, right = a.lstrip("0"), b.lstrip("0")
    if left == right and left:
        return NumberAgreement(a, b, Agreement.EXACT)
    start = _first_difference(left, right)
    if len(left) == len(right):
        kind = _same_length(left, right, start) if left else Agreement.DIFFERENT
    else:
        short, long = sorted((left, right), key=len)
        kind = _other_length(short, long, start)
    return NumberAgreement(a, b, kind, start)

"""Evidence as JSON text, as the ``evidence`` column of an answer has it.

The text that an encoder makes of :meth:`FieldEvidence.as_dict`, in less time: what is said of a
million pairs are a hundred sentences, so that little more than the two texts is written anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from json import JSONEncoder
from json.encoder import encode_basestring as _quoted
from operator import itemgetter
from typing import NamedTuple

from sexton.evidence.model import FieldEvidence

# Made once: json.dumps makes an encoder for each text that is not to be all ASCII.
_encode = JSONEncoder(ensure_ascii=False).encode
_TEXTS = frozenset(("left", "right"))
_GAP = re.compile(r"%\((?:left|right)\)s|%%")
# What goes into the gaps of an object.
_FILLED = ("bits", "left", "right")


def as_json(fields: Iterable[FieldEvidence]) -> str:
    """The fields, one object each."""
    return f"[{', '.join([_object(item) for item in fields])}]"


def _object(item: FieldEvidence) -> str:
    field, bits, message, left, right, _, _ = item
    params = message.params
    form = _form(field, message.text, tuple(params))
    if not form or params.get("left", left) != left or params.get("right", right) != right:
        return _encode(item.as_dict())
    # What a sign is written as in JSON does not hang on those beside it: the texts can be quoted
    # before they are filled into the sentence.
    texts = _number(bits), _quoted(left)[1:-1], _quoted(right)[1:-1]
    return "".join(form.in_order((*texts, *form.pieces)))


def _number(bits: float) -> str:
    """The bits to twelve decimals, as ``repr`` shows them."""
    if not 1e-4 <= abs(bits) < 1e3:
        return float.__repr__(round(bits, 12))
    # Fifteen digits at the most: the shortest text of such a number is its decimals themselves.
    text = f"{bits:.12f}".rstrip("0")
    return f"{text}0" if text.endswith(".") else text


class _Form(NamedTuple):
    """The pieces of an object between its gaps; ``in_order`` puts what is filled in and the pieces
    into the order in which they stand."""

    pieces: tuple[str, ...]
    in_order: Callable[[tuple[str, ...]], tuple[str, ...]]


@lru_cache(maxsize=4096)
def _form(field: str, text: str, names: tuple[str, ...]) -> _Form | None:
    """The form of a sentence; None for one that says more than the two texts, or says them in
    another way than as they are."""
    if not _TEXTS.issuperset(names) or "%" in _GAP.sub("", text):
        return None
    verbatim = _quoted(text).replace("%", "%%")
    sentence = _quoted(text) if names else verbatim
    params = ", ".join([f'"{name}": "%({name})s"' for name in names])
    whole = (
        f'{{"field": {_quoted(field)}, "bits": %(bits)s, '
        f'"message": {{"text": {verbatim}, "params": {{{params}}}}}, "sentence": {sentence}, '
        '"left": "%(left)s", "right": "%(right)s"}'
    )
    # No text of JSON has the sign 0.
    first, *others = (whole % {name: f"\0{at}" for at, name in enumerate(_FILLED)}).split("\0")
    order = [len(_FILLED)]
    for at, piece in enumerate(others, order[0] + 1):
        order += [int(piece[0]), at]
    return _Form((first, *[piece[1:] for piece in others]), itemgetter(*order))

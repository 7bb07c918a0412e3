"""Evidence as JSON text, as the ``evidence`` column of an answer has it.

The text that an encoder makes of :meth:`FieldEvidence.as_dict`, in less time: what is said of a
million pairs are a hundred sentences, so that little more than the two texts is written anew.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from json import JSONEncoder
from json.encoder import encode_basestring as _quoted

from sexton.evidence.model import FieldEvidence

# Made once: json.dumps makes an encoder for each text that is not to be all ASCII.
_encode = JSONEncoder(ensure_ascii=False).encode
_TEXTS = frozenset(("left", "right"))
_GAP = re.compile(r"%\((?:left|right)\)s|%%")


def as_json(fields: Iterable[FieldEvidence]) -> str:
    """The fields, one object each."""
    return f"[{', '.join([_object(item) for item in fields])}]"


def _object(item: FieldEvidence) -> str:
    params, left, right = item.message.params, item.left, item.right
    form = _form(item.field, item.message.text, tuple(params))
    if not form or params.get("left", left) != left or params.get("right", right) != right:
        return _encode(item.as_dict())
    # What a sign is written as in JSON does not hang on those beside it: the texts can be quoted
    # before they are filled into the sentence.
    return form % {
        "bits": _number(item.bits),
        "left": _quoted(left)[1:-1],
        "right": _quoted(right)[1:-1],
    }


def _number(bits: float) -> str:
    """The bits to twelve decimals, as ``repr`` shows them."""
    if not 1e-4 <= abs(bits) < 1e3:
        return float.__repr__(round(bits, 12))
    # Fifteen digits at the most: the shortest text of such a number is its decimals themselves.
    text = f"{bits:.12f}".rstrip("0")
    return f"{text}0" if text.endswith(".") else text


@lru_cache(maxsize=4096)
def _form(field: str, text: str, names: tuple[str, ...]) -> str:
    """The object with gaps for the bits and the two texts; "" for a sentence that says more than
    these, or says them in another way than as they are."""
    if not _TEXTS.issuperset(names) or "%" in _GAP.sub("", text):
        return ""
    verbatim = _quoted(text).replace("%", "%%")
    sentence = _quoted(text) if names else verbatim
    params = ", ".join([f'"{name}": "%({name})s"' for name in names])
    return (
        f'{{"field": {_quoted(field)}, "bits": %(bits)s, '
        f'"message": {{"text": {verbatim}, "params": {{{params}}}}}, "sentence": {sentence}, '
        '"left": "%(left)s", "right": "%(right)s"}'
    )

"""Evidence written as JSON: the same text as an encoder makes of it."""

from __future__ import annotations

import json

import pytest

from sexton.evidence.as_json import as_json
from sexton.evidence.model import FieldEvidence
from sexton.messages import Message

BOTH = "The surnames %(left)s and %(right)s differ."
ODD = 'a "b" \\ \n\t\x00 %s %(left)s 100% — Шатунов \u2028 😀'


@pytest.mark.parametrize(
    "item",
    [
        FieldEvidence("surname", 1 / 3, Message(BOTH, {"left": "A", "right": "Б"}), "A", "Б"),
        FieldEvidence("surname", -2e-7, Message(BOTH, {"left": ODD, "right": ODD}), ODD, ODD),
        FieldEvidence("surname", 5.0, Message(BOTH, {"right": "b", "left": "a"}), "a", "b"),
        FieldEvidence("camp", 0.0, Message(BOTH, {"left": "a", "right": "b"}), "other", "b"),
        FieldEvidence("death_date", 1.5, Message("Died %(right)s.", {"right": "b"}), "", "b"),
        FieldEvidence("role", 1.5, Message('Both "here" 100% % %(left)s.'), "a", "b"),
        FieldEvidence("role", 1.5, Message("Of 100%% %(left)s.", {"left": "a"}), "a", ""),
        FieldEvidence("given", 2.0, Message("%(left)s of %(men)d.", {"left": "a", "men": 3}), "a"),
        FieldEvidence("given", 2.0, Message("%(left).1s.", {"left": "abc"}), "abc"),
    ],
)
def test_the_text_is_that_of_the_encoder(item):
    assert as_json([item, item]) == json.dumps([item.as_dict()] * 2, ensure_ascii=False)
    assert as_json([]) == "[]"

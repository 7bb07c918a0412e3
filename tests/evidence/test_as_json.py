"""Evidence written as JSON: the same text as an encoder makes of it."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

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


@given(st.floats(-1e4, 1e4))
@example(999.9999999999999)
@example(-0.0001)
@example(0.00009999999999999)
@example(12.0)
@example(-0.0)
@example(0.1 + 0.2)
@example(2.0000000000005)
def test_the_bits_are_those_of_the_encoder(bits):
    item = FieldEvidence("role", bits, Message("Both."))
    assert as_json([item]) == json.dumps([item.as_dict()], ensure_ascii=False)


def test_evidence_that_says_the_same_is_equal():
    said = FieldEvidence("camp", 1.0, Message("Both."), "a", "b", True, "camp.same")
    assert said == FieldEvidence("camp", 1.0, Message("Both."), "a", "b")
    assert said != said.with_bits(2.0)
    assert said.with_bits(2.0).level == "camp.same"
    assert said != tuple(said)
    with pytest.raises(AttributeError):
        said.bits = 2.0

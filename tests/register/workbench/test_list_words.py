"""Every code of the work lists has its words, and every reason a sentence."""

from __future__ import annotations

import pytest
from django.utils import translation

from sexton.messages import Message
from sexton.web.cases import promise
from sexton.web.cases.ladder import STATES
from sexton.web.workbench.lists import words
from sexton.web.workbench.lists.asked import KINDS
from sexton.web.workbench.lists.waiting import WAITING


def test_every_code_has_its_words() -> None:
    for kind in KINDS.values():
        assert set(kind.facets) <= set(words.TITLES)
        assert set(kind.sorts) <= set(words.SORTS)
    assert set(words.OUTLOOKS) == set(promise.GRADES)
    assert set(words.WAITS) == set(WAITING)
    assert set(words.VALUES["state"]) == set(STATES)


@pytest.mark.parametrize("language", ["en", "fr", "nl", "de", "ru"])
@pytest.mark.parametrize("field", promise.TELLING)
def test_a_reason_names_its_field_in_words(language: str, field: str) -> None:
    with translation.override(language):
        for text in (promise.DOCUMENT_TELLS, promise.TO_ASK_BY):
            told = words.reason(Message(text, {"field": field}))
            assert field not in told and "%(" not in told


@pytest.mark.parametrize(("deed", "who"), [("opened", ""), ("freed", ""), ("given", "ann")])
def test_what_was_done_is_told_by_number(deed: str, who: str) -> None:
    one, two = words.done(deed, 1, who), words.done(deed, 2, who)
    assert one.startswith("1 case ") and two.startswith("2 cases ")
    assert who in one and who in two

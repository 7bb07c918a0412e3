"""A copy of the whole Belgian register in all languages."""

from __future__ import annotations

from pathlib import Path

import pytest

from sexton.messages import LANGUAGES
from sexton.web.copies import folders
from sexton.web.copies.addresses import file_of
from sexton.web.copies.making import make_copy
from sexton.web.public import inventory


@pytest.mark.heavy
@pytest.mark.django_db
def test_the_whole_register_is_copied_and_no_link_is_dead(tmp_path: Path) -> None:
    outcome = make_copy(tmp_path / "site", LANGUAGES)
    assert outcome.dead == []
    for page in inventory.pages():
        for folder in ("", "fr", "nl", "de", "ru"):
            assert (tmp_path / "site" / folder / file_of(page.address)).is_file(), page
    sums = (tmp_path / "site" / folders.SUMS).read_bytes()
    again = make_copy(tmp_path / "again", LANGUAGES)
    assert again.files == outcome.files
    assert (tmp_path / "again" / folders.SUMS).read_bytes() == sums

"""Addresses of the register's own pages, made quickly: a page names hundreds of them."""

from __future__ import annotations

from functools import cache
from urllib.parse import quote

from django.urls import get_script_prefix, reverse
from django.utils.translation import get_language

_GAP = "0gap0"  # fits wherever a key does
_SAFE = "/~:@!$&'()*+,;="  # what Django leaves as it is


def address(page: str, key: str) -> str:
    """What ``reverse(page, args=[key])`` gives: the page's address in the reader's language."""
    before, after = _around(page, get_language(), get_script_prefix())
    return f"{before}{quote(key, safe=_SAFE)}{after}"


@cache
def _around(page: str, language: str | None, prefix: str) -> tuple[str, str]:
    """What stands before and after the key."""
    before, _, after = reverse(page, args=[_GAP]).partition(_GAP)
    return before, after

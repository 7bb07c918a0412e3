"""Where a page says its own address: a copy is read elsewhere than on the site.

A page of a copy is asked for by a request with ``has_address``: whether anybody told the address of
the site. What is printed on paper or cited must not lead to nowhere.
"""

from __future__ import annotations

from django.http import HttpRequest


def is_copy(request: HttpRequest) -> bool:
    """Whether the page is made for a copy, which loads nothing from elsewhere."""
    return bool(getattr(request, "is_copy", False))


def whole_address(request: HttpRequest, path: str) -> str:
    """The address that reaches ``path`` from anywhere; "" where a copy does not know it."""
    return request.build_absolute_uri(path) if getattr(request, "has_address", True) else ""

"""What every page needs: the same page in the other languages."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix
from django.utils.translation import get_language, get_language_from_path

SHORT = {"ru": "РУ"}  # else the code itself, as readers of Latin letters know it


def languages(request: HttpRequest) -> dict[str, object]:
    """``page_languages``: code, name and short form, address, whether it is this one."""
    current = get_language() or settings.LANGUAGE_CODE
    return {
        "page_languages": [
            {
                "code": code,
                "name": name,
                "short": SHORT.get(code, code.upper()),
                "url": in_language(request.get_full_path(), code),
                "here": code == current,
            }
            for code, name in settings.LANGUAGES
        ]
    }


def in_language(address: str, code: str) -> str:
    """The address of the same page in another language: all stand below their code, but English.

    Django's ``translate_url`` would look each address up in the table of addresses, five times a
    page.
    """
    root = get_script_prefix()
    path = address.removeprefix(root)
    present = get_language_from_path(f"/{path.partition('?')[0]}")
    if present:
        path = path.removeprefix(present).removeprefix("/")
    return root + path if code == settings.LANGUAGE_CODE else f"{root}{code}/{path}"

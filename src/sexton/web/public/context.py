"""What every page needs: the same page in the other languages."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language


def languages(request: HttpRequest) -> dict[str, object]:
    """``page_languages``: code, own name, this page's address in it, whether it is this one."""
    here = request.get_full_path()
    current = get_language() or settings.LANGUAGE_CODE
    return {
        "page_languages": [
            {"code": code, "name": name, "url": translate_url(here, code), "here": code == current}
            for code, name in settings.LANGUAGES
        ]
    }

"""Addresses that hold outside the page: absolute, in English, or in another language."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import get_script_prefix, reverse
from django.utils import translation


def public_base() -> str:
    """The site's public address without a slash at its end; "" where it is not known."""
    return str(settings.PUBLIC_URL).rstrip("/")


def base_of(request: HttpRequest) -> str:
    """The public address, else the one under which the site was asked."""
    return public_base() or request.build_absolute_uri("/").rstrip("/")


def neutral(path: str) -> str:
    """An address of this site as it is in English, which is what a thing is known by."""
    own, other = split_language(path)
    return other if own else path


def split_language(path: str) -> tuple[str, str]:
    """The language that an address begins with ("" for English), and the address in English."""
    root = get_script_prefix()
    code, _, rest = path.removeprefix(root).partition("/")
    if code in dict(settings.LANGUAGES) and code != settings.LANGUAGE_CODE:
        return code, root + rest
    return "", path


def in_language(path: str, code: str) -> str:
    """An English address in another language."""
    root = get_script_prefix()
    if code == settings.LANGUAGE_CODE:
        return path
    return f"{root}{code}/{path.removeprefix(root)}"


def address_of(name: str, *args: object) -> str:
    """``reverse`` in English, whatever the language in use."""
    with translation.override(settings.LANGUAGE_CODE):
        return reverse(name, args=args)


class Uris:
    """Addresses of things, absolute from ``base`` (or from the root of the site, if it is "")."""

    def __init__(self, base: str = "") -> None:
        self.base = base

    def of(self, thing: object) -> str:
        """Of a row with a page, or of an address of this site."""
        path = thing if isinstance(thing, str) else thing.get_absolute_url()  # type: ignore[attr-defined]
        return self.base + neutral(path)

    def named(self, name: str, *args: object) -> str:
        return self.base + address_of(name, *args)

    @property
    def host(self) -> str:
        return urlsplit(self.base).hostname or "localhost"

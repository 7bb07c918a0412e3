"""What each kind of page offers to machines, by the name of its address."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse

Json = dict[str, Any]
Representation = Callable[..., Json | HttpResponse]

REPRESENTATIONS: dict[str, Representation] = {}
HEADS: dict[str, Callable[..., Head]] = {}


@dataclass(frozen=True, slots=True)
class Head:
    """What the head of a page says: a description in the reader's words, and linked data.

    ``type`` is that of Open Graph; ``feed`` the name of the address of its feed of changes, if any.
    """

    description: str = ""
    type: str = "website"
    linked: list[Json] = field(default_factory=list)
    crumbs: list[tuple[str, str]] = field(default_factory=list)
    feed: str = ""


def json_of(kind: str) -> Callable[[Representation], Representation]:
    """Offer a kind of page as JSON."""

    def register(represent: Representation) -> Representation:
        REPRESENTATIONS[kind] = represent
        return represent

    return register


def head_of(
    kind: str,
) -> Callable[[Callable[..., Head]], Callable[..., Head]]:
    """Say what the head of a kind of page tells, from the context of its template."""

    def register(describe: Callable[..., Head]) -> Callable[..., Head]:
        HEADS[kind] = describe
        return describe

    return register


def shown_by(context: Mapping[str, Any]) -> str:
    """The kind of the page that a template draws ("" where it is none)."""
    match = getattr(context.get("request"), "resolver_match", None)
    return match.url_name or "" if match and not match.namespaces else ""

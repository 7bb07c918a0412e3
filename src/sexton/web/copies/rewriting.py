"""A page of the site made into a page of a copy: links to files, no forms that need a server.

Templates of the site quote every attribute and escape every sign in it, so tags are found by a
pattern. What is not known is left as it is; what leads to no page of the copy loses its link.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

from sexton.web.copies.addresses import STATIC, Target, file_of, local, relative, target
from sexton.web.copies.neighbours import leads_nowhere

FETCHING = STATIC + "sexton/copy.js"
POLICY = (
    "default-src 'none'; style-src 'self' file:; script-src 'self' file:; connect-src 'self'; "
    "img-src 'self' file:; font-src 'self' file:; form-action 'self' file:; base-uri 'none'"
)
_TAG = re.compile(r"<([a-z][a-z0-9]*)((?:\s+[^\s=>]+(?:=\"[^\"]*\")?)*)\s*(/?)>", re.I)
_ATTRIBUTE = re.compile(r"(\s+)([^\s=>]+)(?:=\"([^\"]*)\")?")
_SCRIPT = re.compile(r"<script\b[^>]*>.*?</script>", re.S | re.I)
_FORM = re.compile(r"<form\b([^>]*)>.*?</form>", re.S | re.I)
_ITEM = re.compile(
    r"<li[^>]*>\s*<a\b[^>]*href=\"([^\"]*)\"[^>]*>(?:(?!</?a\b|</?li\b).)*</a>\s*</li>\n?", re.S
)
_ANCHOR = re.compile(r"<a\b([^>]*)>((?:(?!</?a\b).)*)</a>", re.S)
_HEAD_LINK = re.compile(r"<link\b([^>]*)>\n?")
_META = re.compile(r"<meta\b[^>]*>\n?")
_LINKED = ("href", "src", "poster", "xlink:href")
_LINKED_DATA = re.compile(r"<script type=\"application/ld\+json\">.*?</script>\n?", re.S)
_PREVIEW = re.compile(r"(?:property|name)=\"(?:og|twitter):")


@dataclass(frozen=True, slots=True)
class Words:
    """The sentences of a language that a copy adds; HTML."""

    note: str
    form: str
    widened: str


@dataclass(frozen=True, slots=True)
class Terms:
    """What all pages of a copy share. ``base`` is the address of the site, "" where unknown.

    ``origin`` is its scheme and host.
    """

    languages: frozenset[str]
    prefix: str
    base: str
    origin: str
    served_at: str
    nowhere: str
    words: dict[str, Words]


@dataclass(slots=True)
class Rewriter:
    """Rewrites one page; ``links`` are the addresses it leads to, with their files."""

    terms: Terms
    address: str
    file: str
    language: str
    links: set[tuple[str, str]] = field(default_factory=set)
    widened: bool = False
    has_data: bool = False
    _known: dict[str, Target | None] = field(default_factory=dict)

    def page(self, text: str) -> str:
        text = _FORM.sub(self._form_once(), text)
        text = _HEAD_LINK.sub(self._head_link, text)
        if not self.terms.base:
            text = _META.sub(lambda m: "" if _PREVIEW.search(m[0]) else m[0], text)
            text = _LINKED_DATA.sub("", text)  # what has no address cannot be told from others
        text = _ITEM.sub(self._item, text)
        text = _ANCHOR.sub(self._anchor, text)
        text = self._tags(text)
        if not self.terms.base:
            text = text.replace(self.terms.nowhere.rstrip("/"), "")
        policy = f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        text = text.replace("<head>\n", f"<head>\n{policy}{self._fetching()}", 1)
        words = self.terms.words[self.language]
        note = words.note + (words.widened if self.widened else "")
        return text.replace("</footer>", f"{note}</footer>", 1)

    def _fetching(self) -> str:
        """The script by which others load data from a disk; before them."""
        if not self.has_data:
            return ""
        return f'<script src="{self._taken(self.terms.prefix + FETCHING)}" defer></script>\n'

    def _found(self, href: str) -> Target | None:
        """What a link is in the copy; None where it leads out of the site."""
        if href not in self._known:
            self._known[href] = self._looked_up(html.unescape(href))
        return self._known[href]

    def _looked_up(self, href: str) -> Target | None:
        if href.startswith(self.terms.nowhere):
            href = "/" + href.removeprefix(self.terms.nowhere)
        address = local(href, self.address, self.terms.prefix)
        if address is None:
            return None
        return target(address, self.terms.prefix, self.terms.languages)

    def _taken(self, href: str) -> str | None:
        """The link as a relative one, noted; None where it leads to nothing of the copy."""
        if not href or href.startswith("#"):
            return href
        found = self._found(href)
        if found is None:
            return href
        if not found.address:
            return None
        self.widened |= found.widened
        file = file_of(found.address, self.terms.prefix)
        self.links.add((found.address, file))
        _, mark, fragment = html.unescape(href).partition("#")
        return html.escape(relative(file, self.file) + mark + fragment)

    def _form_once(self) -> Callable[[re.Match[str]], str]:
        told = False

        def replace(match: re.Match[str]) -> str:
            nonlocal told
            if 'role="search"' in match[1]:
                return match[0]
            first, told = not told, True
            return self.terms.words[self.language].form if first else ""

        return replace

    def _head_link(self, match: re.Match[str]) -> str:
        """Languages and style stay; so does the address at the living site, if it is known."""
        if 'rel="canonical"' in match[1]:
            return match[0] if self.terms.base else ""
        if 'rel="alternate"' in match[1]:
            href = re.search(r"href=\"([^\"]*)\"", match[1])
            if "hreflang" not in match[1] or href is None or "type=" in match[1]:
                return ""
            return self._language_link(match[0], href[1])
        return match[0]

    def _language_link(self, tag: str, href: str) -> str:
        own = html.unescape(href).removeprefix(self.terms.origin)
        found = self._found(own)
        if found is None or not found.address:
            return ""
        if not self.terms.served_at:
            return tag.replace(href, html.escape(own))
        file = file_of(found.address, self.terms.prefix)
        self.links.add((found.address, file))
        return tag.replace(href, html.escape(urljoin(self.terms.served_at, file)))

    def _item(self, match: re.Match[str]) -> str:
        """An item of a list that is nothing but a link goes with its page."""
        return "" if self._is_lost(match[0], match[1]) else match[0]

    def _is_lost(self, tag: str, href: str) -> bool:
        """Whether a link leads to a page of the site that is not in the copy."""
        found = self._found(href)
        if found is None:
            return False
        return not found.address or leads_nowhere(tag, found.address)

    def _anchor(self, match: re.Match[str]) -> str:
        """What a lost link was around stays."""
        href = re.search(r"\shref=\"([^\"]*)\"", match[1])
        if href is None or href[1].startswith("#"):
            return match[0]
        return match[2] if self._is_lost(match[1], href[1]) else match[0]

    def _tags(self, text: str) -> str:
        """All tags outside scripts; of a script the first tag only."""
        parts, at = [], 0
        for script in _SCRIPT.finditer(text):
            parts.append(_TAG.sub(self._tag, text[at : script.start()]))
            parts.append(_TAG.sub(self._tag, script[0], count=1))
            at = script.end()
        parts.append(_TAG.sub(self._tag, text[at:]))
        return "".join(parts)

    def _tag(self, match: re.Match[str]) -> str:
        if "=" not in match[2]:
            return match[0]
        name = match[1].lower()

        def attribute(found: re.Match[str]) -> str:
            key, value = found[2], found[3]
            if value is None:
                return found[0]
            if key in _LINKED or (key == "action" and name == "form"):
                taken = self._taken(value)
            elif key == "srcset":
                taken = ", ".join(self._source(one) for one in value.split(","))
            elif key.startswith("data-") and value.startswith("/"):
                taken = self._data(value)
            else:
                return found[0]
            return f'{found[1]}{key}="{taken}"' if taken is not None else ""

        slash = f" {match[3]}" if match[3] else ""
        return f"<{match[1]}{_ATTRIBUTE.sub(attribute, match[2])}{slash}>"

    def _source(self, text: str) -> str:
        link, _, size = text.strip().partition(" ")
        return f"{self._taken(link) or ''} {size}".strip()

    def _data(self, value: str) -> str | None:
        """Data that a script loads; with a file beside it that a page opened from disk can load."""
        taken = self._taken(value)
        found = self._found(value)
        if taken and found and found.address:
            self.has_data = True
            beside = found.address + "#script"
            self.links.add((beside, file_of(found.address, self.terms.prefix) + ".js"))
        return taken


def data(text: str, address: str, file: str, terms: Terms) -> tuple[str, set[tuple[str, str]]]:
    """Data for a script of a page beside it, whose addresses become links to files; with them.

    An address that leads to no page of the copy becomes "".
    """
    rewriter = Rewriter(terms, address, file, "")

    def walk(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: walk(one) for key, one in value.items()}
        if isinstance(value, list):
            return [walk(one) for one in value]
        if isinstance(value, str) and value.startswith(terms.prefix):
            return html.unescape(rewriter._taken(html.escape(value)) or "")
        return value

    walked = json.dumps(walk(json.loads(text)), ensure_ascii=False, separators=(",", ":"))
    return walked, rewriter.links


def style_links(text: str, address: str, prefix: str) -> set[tuple[str, str]]:
    """The files that a style sheet names (its links are relative and stay as they are)."""
    found = set()
    for href in re.findall(r"url\(\s*[\"']?([^\"')]+)[\"']?\s*\)", text):
        there = local(href, address, prefix)
        if there and there.startswith(prefix + STATIC):
            clean = there.partition("?")[0]
            found.add((clean, file_of(clean, prefix)))
    return found

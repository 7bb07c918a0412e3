"""From an address to its file: asked of the site, rewritten, and written where it differs."""

from __future__ import annotations

import hashlib
import html
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.urls import set_script_prefix, set_urlconf
from django.utils import translation

from sexton.web.copies.addresses import (
    STATIC,
    URLCONF,
    file_of,
    language_of,
    local,
    relative,
    target,
)
from sexton.web.copies.asking import NOWHERE, Answer, Site, origin_of
from sexton.web.copies.ledger import Made
from sexton.web.copies.rewriting import Rewriter, Terms, Words, data, style_links

GEOGRAPHY = "application/geo+json"  # what maps load; it holds addresses
BESIDE = "#script"  # after the address of data: the same as a script
VENDOR = STATIC + "vendor/"
WORK = ".sexton-copy"  # folder of what is not finished


@dataclass(frozen=True, slots=True)
class Plan:
    """What was asked for. ``living`` is the site's own address, ``served_at`` that of the copy."""

    folder: Path
    languages: tuple[str, ...]
    living: str
    served_at: str
    day: datetime | None


class Writer:
    """Writes files below a folder, whole or not at all, and only those that differ."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.part = folder / WORK / f"part-{os.getpid()}"

    def write(self, file: str, chunks: Iterable[bytes]) -> tuple[str, int]:
        """The digest and the size of what is now in ``file``."""
        whole, size, path = hashlib.sha256(), 0, self.folder / file
        with self.part.open("wb") as part:
            for chunk in chunks:
                whole.update(chunk)
                size += len(chunk)
                part.write(chunk)
        if not (path.is_file() and path.stat().st_size == size and _sum(path) == whole.hexdigest()):
            path.parent.mkdir(parents=True, exist_ok=True)
            self.part.replace(path)
        else:
            self.part.unlink()
        return whole.hexdigest(), size


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


class Copyist:
    """Makes the files of addresses; one in each process."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.site = Site(plan.living or plan.served_at or NOWHERE, plan.day, plan.living)
        self.prefix = self.site.prefix
        self.writer = Writer(plan.folder)
        self.terms = Terms(
            languages=frozenset(plan.languages),
            prefix=self.prefix,
            base=plan.living or plan.served_at,
            origin=origin_of(plan.living or plan.served_at),
            served_at=plan.served_at,
            nowhere=NOWHERE,
            words={code: self._words(code) for code in plan.languages},
        )

    def make(self, address: str, file: str) -> Made:
        if address.endswith(BESIDE):
            return self._script(address, file)
        if address.startswith(self.prefix + STATIC):
            return self._static(address, file)
        answer = self.site.ask(address)
        if answer.leads_to:
            return self._redirection(address, file, answer.leads_to)
        if answer.status != 200:
            return Made(address, why=str(answer.status))
        if not answer.for_all:
            return Made(address, why="not for everybody")
        if (answer.type == "text/html") != file.endswith(".html"):
            return Made(address, why=f"{answer.type} in a file called {file}")
        if answer.type == GEOGRAPHY:
            content, links = self._data(address, file, answer)
            return Made(address, *self.writer.write(file, [content]), links)
        if answer.type != "text/html":
            return Made(address, *self.writer.write(file, answer.chunks))
        return self._page(address, file, answer)

    def _page(self, address: str, file: str, answer: Answer) -> Made:
        language = language_of(address.removeprefix(self.prefix))
        rewriter = Rewriter(self.terms, address, file, language)
        text = rewriter.page(b"".join(answer.chunks).decode())
        written = self.writer.write(file, [text.encode()])
        return Made(address, *written, frozenset(rewriter.links))

    def _data(
        self, address: str, file: str, answer: Answer
    ) -> tuple[bytes, frozenset[tuple[str, str]]]:
        text, links = data(b"".join(answer.chunks).decode(), address, file, self.terms)
        return text.encode(), frozenset(links)

    def _script(self, address: str, file: str) -> Made:
        content = self._loaded(address.removesuffix(BESIDE), file.removesuffix(".js"))
        if not content:
            return Made(address, why="404")
        text = json.dumps(content.decode(), ensure_ascii=True).replace("</", "<\\/")
        return Made(address, *self.writer.write(file, [f"sextonData({text});\n".encode()]))

    def _loaded(self, address: str, file: str) -> bytes:
        """The data at an address as they stand in their own file; nothing where there are none."""
        if address.startswith(self.prefix + STATIC):
            found = finders.find(self._static_name(address))
            return Path(found).read_bytes() if found else b""
        answer = self.site.ask(address)
        if answer.status != 200:
            return b""
        if answer.type == GEOGRAPHY:
            return self._data(address, file, answer)[0]
        return b"".join(answer.chunks)

    def _static_name(self, address: str) -> str:
        return address.removeprefix(self.prefix + STATIC)

    def _static(self, address: str, file: str) -> Made:
        found = finders.find(self._static_name(address))
        if not found:
            return Made(address, why="404")
        content = Path(found).read_bytes()
        links: set[tuple[str, str]] = set()
        if file.endswith(".css"):
            named = style_links(content.decode(), address, self.prefix)
            # Styles of others name pictures that are left out, because no page shows them.
            links = {link for link in named if VENDOR not in address or self._has(link[0])}
        return Made(address, *self.writer.write(file, [content]), frozenset(links))

    def _has(self, address: str) -> bool:
        return finders.find(self._static_name(address)) is not None

    def _redirection(self, address: str, file: str, leads_to: str) -> Made:
        """A page that leads on by itself, and by a link."""
        there = local(leads_to.replace(NOWHERE, "/", 1), address, self.prefix)
        found = target(there, self.prefix, self.terms.languages) if there else None
        if found is None or not found.address:
            return Made(address, why=f"leads to {leads_to}")
        other = file_of(found.address, self.prefix)
        link = html.escape(relative(other, file))
        text = (
            f'<!doctype html>\n<meta charset="utf-8">\n<title>Sexton</title>\n'
            f'<meta http-equiv="refresh" content="0; url={link}">\n<a href="{link}">{link}</a>\n'
        )
        written = self.writer.write(file, [text.encode()])
        return Made(address, *written, frozenset({(found.address, other)}))

    def _words(self, language: str) -> Words:
        """The sentences that the copy adds, with the addresses in them still those of the site."""
        set_urlconf(URLCONF)
        set_script_prefix(self.prefix)
        context = {"day": self.plan.day, "living": self.plan.living}
        try:
            with translation.override(language):
                note, form, widened = (
                    render_to_string(f"copy/_{name}.html", context)
                    for name in ("note", "form", "widened")
                )
        finally:
            set_urlconf(None)
        return Words(note, form, widened)

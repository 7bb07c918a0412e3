"""Keep the translations complete: extract every sentence of Sexton, update the catalogues, check.

    python tools/messages.py extract   # after a sentence was added or changed; then translate it
    python tools/messages.py check     # says what is missing; the tests run the same check

Sentences come from Python (``gettext`` and its kin, ``N_``) and from the templates of the site.
Needs Babel and Django, not GNU gettext.
"""

from __future__ import annotations

import ast
import io
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import django
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_python
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src" / "sexton"
LOCALE = PACKAGE / "locale"
LANGUAGES = ("fr", "nl", "de", "ru")
KEYWORDS = {
    "_": None,
    "N_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]")
# Catalogues are compared and reviewed: a date that changes with each run would hide what did.
DATE = datetime(2026, 1, 1, tzinfo=UTC)


def python_of(path: Path) -> bytes:
    """The text of a source file as Python: a template as Django rewrites it for gettext."""
    if path.suffix == ".py":
        return path.read_bytes()
    return templatize(path.read_text(encoding="utf-8"), origin=str(path)).encode()


def sources() -> list[Path]:
    return sorted([*PACKAGE.rglob("*.py"), *PACKAGE.glob("web/templates/**/*.html")])


def template_catalog() -> Catalog:
    """Every sentence, with the files in which it stands."""
    if not settings.configured:
        settings.configure(USE_I18N=True)
        django.setup()
    catalog = Catalog(project="Sexton", charset="utf-8", creation_date=DATE, revision_date=DATE)
    for path in sources():
        found = extract_python(io.BytesIO(python_of(path)), KEYWORDS, ["Translators:"], {})
        for _line, function, messages, comments in found:
            add(catalog, function, messages, path, comments)
    return catalog


def unseen() -> list[str]:
    """Sentences within an f-string, which Babel does not see: nobody would translate them."""
    told = []
    for path in (path for path in sources() if path.suffix == ".py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.JoinedStr) and (function := _called_in(node)):
                where = path.relative_to(ROOT).as_posix()
                told.append(f"{where}:{node.lineno}: {function}() stands in an f-string")
    return told


def _called_in(text: ast.JoinedStr) -> str:
    calls = (node.func for node in ast.walk(text) if isinstance(node, ast.Call))
    names = {call.id for call in calls if isinstance(call, ast.Name)} & KEYWORDS.keys()
    return min(names, default="")


def add(catalog: Catalog, function: str, messages: object, path: Path, comments: list[str]) -> None:
    """Put one call's sentence into the catalogue."""
    parts = list(messages) if isinstance(messages, tuple) else [messages]
    shape = KEYWORDS[function]
    context = parts.pop(0) if shape and isinstance(shape[0], tuple) else None
    wanted = 2 if function.startswith(("ngettext", "npgettext")) else 1
    texts = parts[:wanted]
    if not all(isinstance(text, str) and text for text in texts):
        return
    where = [(path.relative_to(ROOT).as_posix(), 0)]
    identity = tuple(texts) if wanted == 2 else texts[0]
    catalog.add(identity, locations=where, auto_comments=comments, context=context)


def path_of(language: str) -> Path:
    return LOCALE / language / "LC_MESSAGES" / "django.po"


def load(language: str) -> Catalog:
    path = path_of(language)
    if not path.exists():
        return Catalog(locale=language, project="Sexton", creation_date=DATE, revision_date=DATE)
    with path.open("rb") as file:
        return read_po(file, locale=language)


def update(language: str, template: Catalog) -> Catalog:
    """The language's catalogue with exactly the sentences of ``template``."""
    catalog = load(language)
    catalog.update(template, no_fuzzy_matching=True)
    catalog.obsolete.clear()
    catalog.creation_date = catalog.revision_date = DATE
    catalog.fuzzy = False
    catalog.header_comment = f"# Sexton in {catalog.locale.english_name}. Licence: Apache-2.0."
    return catalog


def save(language: str, catalog: Catalog) -> None:
    path = path_of(language)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalog, width=96, include_lineno=False, omit_header=False)


def gaps(text: object) -> set[str]:
    parts = text if isinstance(text, (list, tuple)) else (text,)
    return {gap for part in parts for gap in PLACEHOLDER.findall(str(part))}


def faults(message: Message, plurals: int) -> Iterator[str]:
    """What is wrong with one translation."""
    texts = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
    if not all(texts) or (message.pluralizable and len(texts) != plurals):
        yield "not translated"
    elif message.fuzzy:
        yield "marked fuzzy"
    elif gaps(texts) != gaps(message.id):
        yield f"gaps {sorted(gaps(texts))} instead of {sorted(gaps(message.id))}"


def problems(language: str, template: Catalog) -> list[str]:
    """What the language's catalogue lacks, a line for each sentence."""
    catalog = load(language)
    told = []
    for wanted in template:
        if not wanted.id:
            continue
        found = catalog.get(wanted.id, wanted.context)
        why = ["missing"] if found is None else list(faults(found, catalog.num_plurals))
        told += [f"{language}: {reason}: {wanted.id!r}" for reason in why]
    return told


def main(command: str) -> int:
    template = template_catalog()
    if command == "extract":
        for language in LANGUAGES:
            save(language, update(language, template))
    told = [line for language in LANGUAGES for line in problems(language, template)] + unseen()
    print("\n".join(told[:40]) or f"{len(template)} sentences, complete in {', '.join(LANGUAGES)}")
    return 1 if told and command == "check" else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else "check"))

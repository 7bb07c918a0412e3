"""The data of a copy's search: scripts that hand over lists, cut so that a phone loads few of them.

A page opened from disk may load scripts and nothing else. Each file calls ``sextonFound(name,
data)``. Names are cut by the classes of their consonants (see ``spelling``), numbers and years by
their first digits, persons by their number; a part that grows too large is cut further.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.utils import translation

from sexton.web.copies.addresses import file_of
from sexton.web.copies.catalogue import KINDS, NUMBERS, YEARS, Catalogue
from sexton.web.copies.spelling import fold, keys, table
from sexton.web.register.models import Organisation

FOLDER = "search/data/"
PART = 60_000  # characters, roughly; smaller parts are not cut
PERSONS = 400  # in a part
DEEPEST = 6

Row = list[Any]


def files(known: Catalogue, languages: Iterable[str], prefix: str) -> Iterator[tuple[str, bytes]]:
    """Every file of the search with what is in it."""
    names = _cut(_name_rows(known), "n")
    digits = _cut(_digit_rows(known), "d")
    at_sites = _cut(_site_rows(known), "s")
    yield from (_file(part, rows) for parts in (names, digits, at_sites) for part, rows in parts)
    for number, start in enumerate(range(0, len(known.persons), PERSONS)):
        yield _file(f"p{number}", [_person(known, at, prefix) for at in _span(known, start)])
    for language in languages:
        with translation.override(language):
            # Persons name sites by their number: organisations come after them.
            called = [_site(site, language, prefix) for site in known.sites]
            called += [_organisation(*one, prefix) for one in known.organisations]
            yield _file(f"sites-{language}", called)
    parts = [part for cut in (names, digits, at_sites) for part, _ in cut]
    yield _file("index", {"parts": parts, "persons": PERSONS, "kinds": KINDS, "table": table()})


def _file(name: str, data: object) -> tuple[str, bytes]:
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    # These two end a line in older readers of scripts; "</" would end a script that holds it.
    for sign, written in (("\u2028", "\\u2028"), ("\u2029", "\\u2029"), ("</", "<\\/")):
        text = text.replace(sign, written)
    return f"{FOLDER}{name}.js", f'sextonFound("{name}",{text});\n'.encode()


def _span(known: Catalogue, start: int) -> range:
    return range(start, min(start + PERSONS, len(known.persons)))


def _name_rows(known: Catalogue) -> Iterator[tuple[str, Row]]:
    for (kind, form), bearers in known.forms.items():
        own = sorted({key for word in fold(form).split() for key in keys(word)})
        # The keys stand in the row, so that a browser can pass most rows over at a glance.
        row = [form, KINDS.index(kind), _steps(bearers), " ".join(own)]
        for key in own:
            yield key, row


def _digit_rows(known: Catalogue) -> Iterator[tuple[str, Row]]:
    for (kind, digits), bearers in known.exact.items():
        yield digits, [digits, (NUMBERS, YEARS).index(kind), _steps(bearers)]


def _site_rows(known: Catalogue) -> Iterator[tuple[str, Row]]:
    at_site: dict[int, list[int]] = defaultdict(list)
    for at, entry in enumerate(known.persons):
        for site in entry.sites:
            at_site[site].append(at)
    for site, persons in sorted(at_site.items()):
        yield f"{site:05d}", [site, 0, _steps(persons)]


def _steps(numbers: list[int]) -> list[int]:
    """Each number as the step from the one before: fewer digits."""
    return [number - before for number, before in zip(numbers, [0, *numbers], strict=False)]


def _cut(rows: Iterable[tuple[str, Row]], name: str) -> list[tuple[str, list[Row]]]:
    """Rows by the beginnings of their keys, as short as the size of a part allows."""
    kept = list(rows)
    if not kept:
        return []
    return list(_divided(kept, name, 0, lambda row: 8 + len(str(row[0])) + 4 * len(row[2])))


def _divided(
    rows: list[tuple[str, Row]], name: str, depth: int, size: Callable[[Row], int]
) -> Iterator[tuple[str, list[Row]]]:
    if depth >= DEEPEST or sum(size(row) for _, row in rows) <= PART:
        distinct = {(str(row[0]), row[1]): row for _, row in rows}
        yield name, [distinct[what] for what in sorted(distinct)]
        return
    by_next: dict[str, list[tuple[str, Row]]] = defaultdict(list)
    for key, row in rows:
        by_next[key[depth : depth + 1] or "_"].append((key, row))
    for letter, own in sorted(by_next.items()):
        # A key that ends here cannot be cut further.
        deeper = DEEPEST if letter == "_" else depth + 1
        yield from _divided(own, name + letter, deeper, size)


def _person(known: Catalogue, at: int, prefix: str) -> Row:
    from django.urls import reverse

    entry = known.persons[at]
    with translation.override("en"):
        file = file_of(reverse("person", args=[entry.key]), prefix)
    return [file, entry.name, " / ".join(entry.born), " / ".join(entry.died), entry.sites]


def _site(site: Any, language: str, prefix: str) -> Row:
    called = [*site.names.values(), site.municipality, site.key.replace("-", " ")]
    return _called(site, site.name_in(language), site.municipality, called, prefix)


def _organisation(organisation: Organisation, names: list[str], prefix: str) -> Row:
    called = [*names, organisation.place, organisation.key.replace("-", " ")]
    return _called(organisation, organisation.name, organisation.place, called, prefix)


def _called(page: Any, name: str, place: str, called: list[str], prefix: str) -> Row:
    words = {word.strip("()[],.«»“”’'/") for word in fold(" ".join(called)).split()}
    with translation.override("en"):
        file = file_of(page.get_absolute_url(), prefix)
    return [file, name, place, " ".join(sorted(words - {""}))]

"""What rows may refer to: things of the register, and things that the same batch brings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from sexton.web.register import rows, state
from sexton.web.register.history import Door, runs
from sexton.web.register.models import Membership, Record, Source, Versioned

WEB = ("https://", "http://")


class Known:
    """Keys by model; a table tells with ``learn`` what it would add.

    ``people`` are the fields of records that come, ``places`` the words of the names of sites.
    """

    def __init__(self) -> None:
        self.people: dict[str, Mapping[str, str]] = {}
        self.places: dict[str, frozenset[str]] = {}
        self._keys: dict[type[Versioned], set[str]] = {}
        self._coming: dict[type[Versioned], set[str]] = {}

    def learn(self, model: type[Versioned], keys: Iterable[str]) -> None:
        self._coming.setdefault(model, set()).update(keys)

    def coming(self, model: type[Versioned]) -> set[str]:
        """What the batch would add."""
        return self._coming.setdefault(model, set())

    def holds(self, model: type[Versioned], key: str) -> bool:
        return key in self.coming(model) or key in self._register(model)

    def records(self, keys: Collection[str]) -> set[str]:
        """Which of these records there are, without asking for all of a large register."""
        found = set(keys) & self.coming(Record)
        wanted = sorted(set(keys) - found)
        for start in range(0, len(wanted), 500):
            there = Record.objects.filter(key__in=wanted[start : start + 500])
            found.update(there.values_list("key", flat=True))
        return found

    def _register(self, model: type[Versioned]) -> set[str]:
        if model not in self._keys:
            self._keys[model] = set(model._default_manager.values_list("key", flat=True))
        return self._keys[model]


class Cited:
    """Sources by what a cell says of them: an address, or the title of one without an address."""

    def __init__(self, coming: Mapping[str, Mapping[str, object]]) -> None:
        self._keys: dict[str, str] = {}
        self.noted: dict[str, dict[str, str]] = {}
        listed = list(Source.objects.values_list("key", "url", "title"))
        listed += [
            (key, str(v.get("url", "")), str(v.get("title", ""))) for key, v in coming.items()
        ]
        titles = Counter(title for _, url, title in set(listed) if not url)
        for key, url, title in listed:
            for name in (url, url.partition("://")[2]):
                self._keys.setdefault(name, key)
            if not url and titles[title] == 1:
                self._keys.setdefault(title, key)
        self._keys.pop("", None)

    def key_of(self, cell: str, *, any_words: bool = False) -> str | None:
        """The key of the source that ``cell`` cites; None where it is known by no list.

        An address that no list names is noted as a source by itself; with ``any_words``, so is
        whatever else the cell says.
        """
        if cell in self._keys:
            return self._keys[cell]
        if not any_words and not cell.startswith(WEB):
            return None
        url, _, rest = cell.partition(" ") if cell.startswith(WEB) else ("", "", cell)
        key = state.short_key(cell) if rest else rows.source_key(url)
        self.noted[key] = {"url": url, "title": rest.strip("() ")}
        self._keys[cell] = key
        return key


class Ids:
    """Ids of rows in the database by their keys, and the person of whom a record speaks."""

    def __init__(self) -> None:
        self._ids: dict[type[Versioned], dict[str, int]] = {}

    def of(self, model: type[Versioned], keys: Iterable[str]) -> dict[str, int]:
        known = self._ids.setdefault(model, {})
        wanted = sorted(set(keys) - known.keys() - {""})
        for start in range(0, len(wanted), 500):
            found = model._default_manager.filter(key__in=wanted[start : start + 500])
            known.update(found.values_list("key", "pk"))
        return known


def persons_of(records: Collection[int]) -> dict[int, int]:
    """Record to the person of whom it speaks."""
    found: dict[int, int] = {}
    for run in runs(sorted(records)):
        members = Membership.objects.filter(record__in=run)
        found.update(members.values_list("record_id", "person_id"))
    return found


def sources_of(records: Collection[int]) -> dict[int, int | None]:
    """Record to its source."""
    found: dict[int, int | None] = {}
    for run in runs(sorted(records)):
        found.update(Record.objects.filter(pk__in=run).values_list("pk", "source_id"))
    return found


def note_sources(door: Door, noted: Mapping[str, Mapping[str, str]]) -> None:
    """Add the sources that no list names and that are not there yet."""
    there = set(Source.objects.filter(key__in=list(noted)).values_list("key", flat=True))
    door.add_many([Source(key=key, **said) for key, said in noted.items() if key not in there])

"""The index by which people are found: distinct forms of names, and who bears them.

It is built in memory from the register's search keys, once for each version of the register, and
shared by the threads of a process.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from sexton import names
from sexton.web.register.models import Membership, NameKey, Site
from sexton.web.register.state import version

NAME_KINDS = ("surname", "given", "patronymic")
SIMILAR_FORMS = 40
# A spelling that is less than four times likelier with one name than by chance is not shown.
LEAST_BITS = 2.0


@dataclass(slots=True)
class Forms:
    """The distinct forms of one kind of name, folded ones beside, and who bears each (ids)."""

    kind: str
    forms: list[str]
    folded: list[str]
    bearers: list[set[int]]
    similar: names.NameIndex | None

    @classmethod
    def of(cls, kind: str, pairs: Iterable[tuple[str, int]]) -> Forms:
        found: dict[str, set[int]] = defaultdict(set)
        for form, person in pairs:
            found[form].add(person)
        forms = sorted(found)
        bearers = [found[form] for form in forms]
        if not forms:
            return cls(kind, [], [], [], None)
        return cls(
            kind=kind,
            forms=forms,
            folded=[names.fold(form) for form in forms],
            bearers=bearers,
            similar=names.NameIndex(forms, [len(persons) for persons in bearers], kind),
        )

    def near(self, word: str) -> list[tuple[int, float]]:
        """Positions of the forms that can be another writing of ``word``, and bits, best first."""
        if self.similar is None:
            return []
        matches = self.similar.search(word, top=SIMILAR_FORMS, min_bits=LEAST_BITS)
        return [(match.position, float(match.bits)) for match in matches]


@dataclass(slots=True)
class Index:
    """All that a search asks, for one version of the register."""

    version: str
    names: list[Forms] = field(default_factory=list)
    exact: dict[tuple[str, str], set[int]] = field(default_factory=dict)
    sites: list[tuple[int, frozenset[str]]] = field(default_factory=list)
    at_site: dict[int, set[int]] = field(default_factory=dict)


_lock = threading.Lock()
_current: Index | None = None


def current() -> Index:
    """The index of the register as it is now."""
    global _current
    now = version()
    with _lock:
        if _current is None or _current.version != now:
            _current = build(now)
        return _current


def build(now: str) -> Index:
    person_of = dict(Membership.objects.values_list("record_id", "person_id"))
    pairs: dict[str, list[tuple[str, int]]] = defaultdict(list)
    exact: dict[tuple[str, str], set[int]] = defaultdict(set)
    rows = NameKey.objects.values_list("kind", "written", "folded", "record_id")
    for kind, written, folded, record in rows:
        if record in person_of:
            exact[(kind, folded)].add(person_of[record])
            if kind in NAME_KINDS:
                pairs[kind].append((written, person_of[record]))
    return Index(
        version=now,
        names=[Forms.of(kind, pairs[kind]) for kind in NAME_KINDS],
        exact=dict(exact),
        sites=[(site.pk, site_words(site)) for site in Site.objects.all()],
        at_site=_persons_at_sites(),
    )


def site_words(site: Site) -> frozenset[str]:
    """The words of a site's names, commune and province, folded."""
    text = " ".join([*site.names.values(), site.municipality, site.key.replace("-", " ")])
    return frozenset(word.strip("()[],.«»“”’'/") for word in names.fold(text).split())


def _persons_at_sites() -> dict[int, set[int]]:
    found: dict[int, set[int]] = defaultdict(set)
    members = Membership.objects.filter(record__site__isnull=False)
    for site, person in members.values_list("record__site_id", "person_id"):
        found[site].add(person)
    return dict(found)

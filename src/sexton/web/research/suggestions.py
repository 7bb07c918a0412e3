"""What somebody may be about to type: men, sites, communes, camps, mines that begin so.

Names are found by their letters or by their sound, from words that are kept in memory for one
state of the register. Only what a public page shows is suggested.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from sexton.names import fold
from sexton.web.register.lives.localities import slug_of
from sexton.web.register.models import Membership, NameKey, Organisation, Site
from sexton.web.register.state import version
from sexton.web.research.latest import Latest
from sexton.web.research.like_words import LikeWords
from sexton.web.research.sounds import sounds

SHORTEST = 2
MOST_WORDS = 4
# Words of the register that are looked at for a word that is typed; entries among which men, sites
# and the others are chosen.
WORDS_SEEN, ENTRIES_SEEN = 150, 2000
KINDS = ("person", "site", "commune", "camp", "mine", "organisation")
_WORD = re.compile(r"[^\s,;()\[\]“”«»\"./'’-]+")
NAMES = ("surname", "given", "patronymic")

Entry = tuple[str, int | str]  # kind, and id or slug


@dataclass(slots=True)
class Words:
    """The words by which entries are called, in order, and how they sound; ``borne`` are those
    that name a person."""

    version: str
    words: list[str] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    of_word: list[list[int]] = field(default_factory=list)
    heard: list[tuple[str, int]] = field(default_factory=list)
    borne: LikeWords = field(default_factory=lambda: LikeWords([]))
    borne_sounds: LikeWords = field(default_factory=lambda: LikeWords([]))

    def beginning(self, typed: str) -> Iterator[int]:
        """The words that begin with letters as typed, then those that sound so."""
        seen: set[int] = set()
        at = bisect_left(self.words, typed)
        while at < len(self.words) and self.words[at].startswith(typed):
            seen.add(at)
            yield at
            at += 1
        for sound in sounds(typed):
            if len(sound) < SHORTEST:
                continue
            place = bisect_left(self.heard, (sound, -1))
            while place < len(self.heard) and self.heard[place][0].startswith(sound):
                word = self.heard[place][1]
                if word not in seen:
                    seen.add(word)
                    yield word
                place += 1

    def bearers(self, words: Sequence[int]) -> Iterator[int]:
        """The entries that are called by any of ``words``, those of the first word first."""
        for word in words:
            yield from self.of_word[word]


def current() -> Words:
    """The words of the register as it is now; of a large one, as it was a moment ago."""
    return _latest()


def find(query: str, most: int) -> list[Entry]:
    """Entries of which each word of ``query`` is a beginning, best first, ``most`` of them; men do
    not crowd out the rest."""
    typed = [fold(word) for word in _WORD.findall(query)[:MOST_WORDS]]
    typed = [word for word in typed if word]
    if max(map(len, typed), default=0) < SHORTEST:
        return []
    kept = current()
    meant = [list(islice(kept.beginning(word), WORDS_SEEN)) for word in typed]
    # The word that the fewest are called by leads to the entries, the others are looked up.
    meant.sort(key=lambda words: sum(len(kept.of_word[word]) for word in words))
    found = dict.fromkeys(kept.bearers(meant[0]))
    for words in meant[1:]:
        called = set(kept.bearers(words))
        found = {entry: None for entry in found if entry in called}
    return _mixed([kept.entries[entry] for entry in islice(found, ENTRIES_SEEN)], most)


def _mixed(entries: Iterable[Entry], most: int) -> list[Entry]:
    """Half of the room is for men where there is something else to fill the other half."""
    by_kind: dict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_kind[entry[0]].append(entry)
    others = [e for kind in KINDS[1:] for e in by_kind[kind][:2]]
    men = by_kind["person"][: max(most // 2, most - len(others))]
    return [*men, *others][:most]


def build(now: str) -> Words:
    """All words of the register by which something can be suggested."""
    called: dict[str, set[int]] = defaultdict(set)
    entries: list[Entry] = []
    for entry, words in _called():
        for word in words:
            called[word].add(len(entries))
        entries.append(entry)
    words = sorted(called)
    heard = sorted((sound, at) for at, word in enumerate(words) for sound in sounds(word))
    of_word = [sorted(called[word]) for word in words]
    borne = [
        word
        for word, of in zip(words, of_word, strict=True)
        if any(entries[entry][0] == "person" for entry in of)
    ]
    first_sounds = [next(iter(sounds(word)), "") for word in borne]
    like, sounding = LikeWords(borne), LikeWords(first_sounds)
    return Words(now, words, entries, of_word, heard, like, sounding)


def _called() -> Iterator[tuple[Entry, set[str]]]:
    """Everything that can be suggested, and the words by which it is called, folded."""
    yield from _persons()
    communes: dict[str, str] = {}
    for site in Site.objects.prefetch_related("other_names"):
        names = [*site.names.values(), *(other.name for other in site.other_names.all())]
        yield ("site", site.pk), _words(*names, site.municipality)
        if site.municipality:
            communes.setdefault(slug_of(site.municipality), site.municipality)
    for slug, name in communes.items():
        yield ("commune", slug), _words(name)
    for organisation in Organisation.objects.prefetch_related("other_names"):
        kind = organisation.kind if organisation.kind in KINDS else "organisation"
        names = [organisation.name, *(other.name for other in organisation.other_names.all())]
        yield (kind, organisation.pk), _words(*names)


def _persons() -> Iterator[tuple[Entry, set[str]]]:
    person_of = dict(Membership.objects.values_list("record_id", "person_id"))
    found: dict[int, set[str]] = defaultdict(set)
    keys = NameKey.objects.filter(kind__in=NAMES).order_by("folded")
    for folded, record in keys.values_list("folded", "record_id").iterator():
        if record in person_of:
            found[person_of[record]].update(_WORD.findall(folded))
    for person, words in found.items():
        yield ("person", person), words


def _words(*texts: str) -> set[str]:
    return {word for text in texts for word in _WORD.findall(fold(text))}


_latest = Latest(lambda: build(version()))

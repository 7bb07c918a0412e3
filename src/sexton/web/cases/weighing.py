"""Weighing the candidates of a case: the evidence in bits, what clues and failed searches change.

Pure: it knows no database. A candidate's total is the sum of what is shown: the prior, the fields
of evidence, and what a failed search says of him. A clue is a cell of the man's own row, so the
total changes by exactly what its field changes.

Documents of one man do not compete: he has the odds of the one that fits best, and each states his
probability. Over those that fit best, and "none of these", the probabilities add up to one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from math import log2

from sexton.evidence import (
    Evidence,
    FieldEvidence,
    PersonReading,
    Rules,
    Shares,
    compare_people,
    default_rules,
)
from sexton.evidence.spellings import MODEL, Spellings
from sexton.evidence.total import shift_of
from sexton.linkage.posterior import prior_bits
from sexton.linkage.sameness import Men, Same, men_of, same_men
from sexton.records import Record
from sexton.records.reading import read_person

# What a further document could tell, in the order in which such documents are asked for.
ASKED_FOR = ("prisoner_number", "birth_date", "death_date", "birth_place", "camp", "patronymic")
LIKELY = 5  # how many of the candidates are asked what such a document would say if it were of them


@dataclass(frozen=True, slots=True)
class Failed:
    """A search without result. ``share``: the chance that he would have been found; of the man of
    the case himself, or of a ``candidate`` if he were the man."""

    share: float
    candidate: str = ""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A candidate: ``total`` is ``prior`` + the bits of ``fields`` + ``searched``.

    ``probability`` is that of the man whose document he is, as far as it is his. ``man`` is the
    document of that man which fits best: another candidate, or this one.
    """

    name: str
    prior: float
    fields: tuple[FieldEvidence, ...]
    searched: float
    probability: float
    man: str = ""

    @property
    def is_fittest(self) -> bool:
        """Whether no other document of the man fits better: these share the probability."""
        return self.man == self.name

    @property
    def weight(self) -> float:
        """The match weight: the sum of the fields, in bits."""
        return sum(item.bits for item in self.fields)

    @property
    def total(self) -> float:
        return self.prior + self.weight + self.searched


@dataclass(frozen=True, slots=True)
class Ranking:
    """The candidates, the likeliest first, and "none of these" (the man is not in the list, or he
    is one of its records that were not weighed): its bits and its probability."""

    candidates: tuple[Weighed, ...]
    none_bits: float
    none: float

    @property
    def surprise(self) -> float:
        """How open the question is: the entropy of the answers, in bits (Shannon 1948)."""
        chances = [self.none, *(one.probability for one in self.candidates if one.is_fittest)]
        return -sum(p * log2(p) for p in chances if p > 0)


@dataclass(frozen=True, slots=True)
class Question:
    """What a document would change: ``gain`` is by how many bits it is expected to narrow down who
    he is, and ``decides`` whether it would make the likeliest candidate more likely than not."""

    field: str
    gain: float
    decides: bool


@dataclass(frozen=True, slots=True)
class Pool:
    """The list that candidates come from: its size, what is common in it, and the chance that the
    man of the case is in it at all. ``rest``: the odds of all its records that are not weighed,
    together, against his not being there. ``shift``: bits that every record has beyond its share of
    the coverage, because others cannot be the man.

    ``men``: where the list knows whose document each candidate is, a man for each name; elsewhere
    the records themselves tell (``linkage.sameness``). ``spellings``: where the bits of two names
    come from."""

    size: int
    shares: Shares
    coverage: float = 0.8
    rules: Rules | None = None
    rest: float = 0.0
    shift: float = 0.0
    men: Mapping[str, str] | None = None
    spellings: Spellings = MODEL

    @property
    def prior(self) -> float:
        """log2 of the odds, before evidence, that one given record is the man."""
        taught = shift_of(self.rules or default_rules())
        return prior_bits(self.coverage, self.size) + self.shift + taught


def with_clues(row: Record, clues: Iterable[tuple[str, str]]) -> Record:
    """The row as it would be with the clues (field, value) in it.

    Names stand beside those of the row, since a man has several; of other fields the clue takes
    the place, since whoever enters it holds it to be right. The row itself stays as it is.
    """
    fields = dict(row.fields)
    for field, value in clues:
        if field in {"name", "other_names"}:
            fields["other_names"] = "; ".join(filter(None, [fields.get("other_names"), value]))
        else:
            fields[field] = value
    return replace(row, fields=fields)


def rank(
    row: Record,
    candidates: Mapping[str, Record],
    pool: Pool,
    failed: Sequence[Failed] = (),
    with_paths: bool = True,
) -> Ranking:
    """Weigh all candidates (by name) of the man of ``row``; equals keep their order.

    Without the paths of spellings in the sentences it is faster.
    """
    people = {name: read_person(record) for name, record in candidates.items()}
    return _rank(read_person(row), people, pool, failed, with_paths)


def _rank(
    man: PersonReading,
    people: Mapping[str, PersonReading],
    pool: Pool,
    failed: Sequence[Failed],
    with_paths: bool = True,
    men: Men | None = None,
) -> Ranking:
    weighed = [
        _weigh(man, name, person, pool, failed, with_paths) for name, person in people.items()
    ]
    men = _men(weighed, people, pool) if men is None else men
    fittest = _fittest(weighed, men)
    odds = {at: 2.0 ** min(weighed[at].total, 60.0) for at in {*fittest}}
    none_bits = sum(_bits_of(one) for one in failed if not one.candidate)
    none = 2.0**none_bits + pool.rest
    whole = none + sum(odds.values())
    told = []
    for at, (one, best) in enumerate(zip(weighed, fittest, strict=True)):
        certain = 1.0 if at == best else men.certainty.get(at, 1.0)
        chance = certain * odds[best] / whole
        told.append(replace(one, probability=chance, man=weighed[best].name))
    told.sort(key=lambda one: (-one.probability, -one.total))
    return Ranking(tuple(told), log2(none), none / whole)


def _weigh(
    man: PersonReading,
    name: str,
    person: PersonReading,
    pool: Pool,
    failed: Sequence[Failed],
    with_paths: bool,
) -> Weighed:
    rules = pool.rules or default_rules()
    evidence: Evidence = compare_people(
        man, person, pool.shares, rules, spellings=pool.spellings, with_paths=with_paths
    )
    searched = sum(_bits_of(one) for one in failed if one.candidate == name)
    return Weighed(name, pool.prior, evidence.fields, searched, 0.0)


def _men(weighed: Sequence[Weighed], people: Mapping[str, PersonReading], pool: Pool) -> Men:
    """Which of the candidates (by position) are documents of one man."""
    if pool.men is not None:
        known = [pool.men.get(one.name, one.name) for one in weighed]
        pairs = combinations(range(len(known)), 2)
        return men_of(Same(a, b, 1.0) for a, b in pairs if known[a] == known[b])
    if len(weighed) < 2:
        return Men()
    bits = [(one.total, at) for at, one in enumerate(weighed)]
    rules = pool.rules or default_rules()

    def person(at: int) -> PersonReading:
        return people[weighed[at].name]

    return men_of(same_men(bits, person, pool.shares, rules, pool.size))


def _fittest(weighed: Sequence[Weighed], men: Men) -> list[int]:
    """For each candidate the document of his man that fits best, by position."""
    best: dict[int, int] = {}
    for at in sorted(range(len(weighed)), key=lambda at: -weighed[at].total):
        best.setdefault(men.of(at), at)
    return [best[men.of(at)] for at in range(len(weighed))]


def _bits_of(failed: Failed) -> float:
    """He was not there: of those who would have been found only 1 - share are left."""
    return log2(1.0 - failed.share)


def most_telling(
    row: Record, candidates: Mapping[str, Record], pool: Pool, failed: Sequence[Failed] = ()
) -> list[Question]:
    """Which field that the row lacks would narrow the question most, the best first.

    For each of the likeliest candidates: if he were the man, a document would say of the field what
    his record says; the gain is the entropy that this takes away, expected over who he may be
    (Lindley 1956). Where it may be none of them nothing is known of what it would say, and no gain
    is counted.
    """
    people = {name: read_person(record) for name, record in candidates.items()}
    man = read_person(row)
    men = _men([_weigh(man, *one, pool, failed, False) for one in people.items()], people, pool)
    now = _rank(man, people, pool, failed, False, men)
    likely = [one for one in now.candidates if one.is_fittest and one.probability > 0][:LIKELY]
    questions = []
    for field in ASKED_FOR:
        if row.fields.get(field):
            continue
        told = [(one, candidates[one.name].fields.get(field, "")) for one in likely]
        gain, best = 0.0, 0.0
        for one, value in told:
            if not value:
                continue
            asked = read_person(with_clues(row, [(field, value)]))
            then = _rank(asked, people, pool, failed, False, men)
            gain += one.probability * (now.surprise - then.surprise)
            if one is likely[0]:
                best = next(w.probability for w in then.candidates if w.name == one.name)
        if gain > 0:
            questions.append(Question(field, gain, best > 0.5))
    return sorted(questions, key=lambda question: -question.gain)

"""What goes into linkage and what comes out of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from sexton.evidence import FieldEvidence, Rules, default_rules

Progress = Callable[[str, int, int | None], None]
"""Called with what is being done, how much of it is done, and of how much (None: not known)."""

CERTAINTY_LIMIT = 0.999
"""No probability is stated above this: one in a thousand is left to what no evidence excludes."""


@dataclass(frozen=True, slots=True)
class LinkOptions:
    """How to link.

    coverage: the chance that the man of a grave is in the archive at all, before any evidence.
    top: how many candidates are reported for each left record. one_to_one: a right record is one
    man and lies in one grave. max_candidates: how many pairs are weighed for each left record.
    """

    coverage: float = 0.8
    top: int = 10
    one_to_one: bool = True
    max_candidates: int = 200
    rules: Rules | None = None

    def __post_init__(self) -> None:
        if not 0 < self.coverage < 1:
            raise ValueError("coverage must lie between 0 and 1, both excluded")
        if self.top < 1 or self.max_candidates < 1:
            raise ValueError("top and max_candidates must be at least 1")

    @property
    def rules_used(self) -> Rules:
        """The rules given, or those that ship with Sexton."""
        return self.rules or default_rules()

    @property
    def missed_odds(self) -> float:
        """The odds that the man is in the archive and no route leads to his record, against his not
        being there at all."""
        missed = self.rules_used.value("routes", "missed")
        return missed * self.coverage / (1 - self.coverage)


@dataclass(frozen=True, slots=True)
class Candidate:
    """One answer for a left record: a right record, or ``right_id`` None for "none of these"."""

    left_id: str
    right_id: str | None
    rank: int
    probability: float
    weight: float
    evidence: tuple[FieldEvidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Pool:
    """Who may lie in a grave that names nobody, or in one of several dead: the fewest men whose
    probabilities reach nine tenths of its ``bodies``, the likeliest first.

    ``together`` is how many of the bodies they are expected to be, ``none`` how many are nobody of
    the right list; ``is_open`` tells that the men alone do not reach nine tenths.
    """

    left_id: str
    bodies: int
    right_ids: tuple[str, ...]
    together: float
    none: float
    is_open: bool


@dataclass(frozen=True, slots=True)
class LinkResult:
    """The ranked answers, left record by left record, and how much work it was."""

    candidates: tuple[Candidate, ...]
    left: int
    right: int
    pairs: int
    unnamed: int
    pools: tuple[Pool, ...] = ()


@dataclass(frozen=True, slots=True)
class ClusterMember:
    """A record and the cluster that it belongs to, with the probability that it does."""

    id: str
    cluster_id: str
    probability: float


@dataclass(frozen=True, slots=True)
class PairLink:
    """Two records of one list and how probably they are one man, ``weight`` in bits."""

    a: str
    b: str
    probability: float
    weight: float
    evidence: tuple[FieldEvidence, ...] = ()


class ApartRow(NamedTuple):
    """Two records that are in no cluster together, though they are likely one man's or would be,
    did they not stand in one source: ``reason`` and ``why`` say what keeps them apart, ``between``
    which two records it lies between."""

    a: str
    b: str
    probability: float
    reason: str
    between_a: str
    between_b: str
    why: str


@dataclass(frozen=True, slots=True)
class DedupeResult:
    """Every record with its cluster, the pairs within clusters, strongest first, and likely pairs
    that are kept apart."""

    members: tuple[ClusterMember, ...]
    links: tuple[PairLink, ...]
    pairs: int
    apart: tuple[ApartRow, ...] = ()

    def clusters(self) -> dict[str, list[str]]:
        """Record ids by cluster id, in the order of the list."""
        grouped: dict[str, list[str]] = {}
        for member in self.members:
            grouped.setdefault(member.cluster_id, []).append(member.id)
        return grouped

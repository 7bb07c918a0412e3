"""What makes a finding the same finding when the audit runs again.

The wording of a finding may change with the software, the order of its subjects with the order of
the rows. Neither makes it another finding. What it is about does: its kind, its subjects (records
or sites), and those of its facts that somebody judged when he judged it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sexton.messages import Value

# Of each kind, which gaps of its sentence matter. A record is verbatim, so that of a kind which
# only compares two records nothing but the two can change.
MATTERS: dict[str, tuple[str, ...]] = {
    "one_man_twice": (),
    "same_dates_two_names": ("birth", "death"),
    "one_man_at_two_sites": ("sites",),
    "leaked_birth_place": ("tail",),
    "birth_place_contradicts_itself": ("place",),
    "born_after_death": ("birth", "death"),
    "misprinted_date": ("written",),
    "unlikely_age": ("birth", "death"),
    "death_outside_war": ("death", "role"),
    "births_disagree": ("dates",),
    "deaths_disagree": ("dates",),
    "cut_name": ("form",),
    "garbled_name": ("form",),
    "glued_name": ("form",),
    "moved_letters": (),
    "plate_date": ("plate", "death"),
    "lookalike_letters": ("text",),
    "cyrillic_in_latin_capitals": ("form",),
    "camp_against_number": ("written", "first", "second"),
    "camp_not_known": ("written",),
    "wrong_province": ("stated", "right"),
    "text_says_other_province": ("text", "right"),
    "coordinates_in_other_province": ("near", "right", "stated"),
    "coordinates_far_from_commune": ("km", "commune"),
    "count_against_rows": ("rows", "stated", "sites"),
    "unnamed_against_rows": ("rows", "stated"),
    "sources_disagree_on_count": ("stated",),
}
# Gaps that hold several values, and what stands between them.
SEVERAL: dict[tuple[str, str], str] = {
    ("one_man_at_two_sites", "sites"): ", ",
    ("births_disagree", "dates"): "; ",
    ("deaths_disagree", "dates"): "; ",
    ("count_against_rows", "sites"): "; ",
}
# Kinds that compare two records: with another record it is another finding.
PAIRS = frozenset(("one_man_twice", "same_dates_two_names", "leaked_birth_place", "moved_letters"))
KEY_LENGTH = 12


@dataclass(frozen=True, slots=True)
class Matter:
    """What a finding is about: its kind, its subjects, the facts that matter."""

    kind: str
    subjects: frozenset[str]
    facts: frozenset[str]

    @classmethod
    def of(cls, kind: str, ids: Iterable[str], params: Mapping[str, Value]) -> Matter:
        """That of a finding with these ids and these values in its sentence."""
        names = MATTERS.get(kind, tuple(params))
        told = (_values(kind, name, params[name]) for name in names if name in params)
        return cls(kind, frozenset(ids), frozenset(fact for facts in told for fact in facts))

    @property
    def key(self) -> str:
        """Twelve letters that stand for it, the same in every run."""
        told = json.dumps(
            [self.kind, sorted(self.subjects), sorted(self.facts)], ensure_ascii=False
        )
        return hashlib.sha256(told.encode()).hexdigest()[:KEY_LENGTH]

    def concerns(self, other: Matter) -> bool:
        """Whether the two are about the same thing, whatever the facts: one may follow the other.

        A finding that gathers several records stays about the same when it gathers one more.
        """
        if self.kind != other.kind:
            return False
        if self.subjects == other.subjects:
            return True
        return self.kind not in PAIRS and bool(self.subjects & other.subjects)

    def covers(self, other: Matter) -> bool:
        """Whether who judged this has judged the other too: it has no fact that is not in this."""
        return self.concerns(other) and other.facts <= self.facts


def _values(kind: str, name: str, value: Value) -> list[str]:
    separator = SEVERAL.get((kind, name))
    parts = str(value).split(separator) if separator else [str(value)]
    return [f"{name}: {' '.join(part.split())}" for part in parts]

"""The evidence that two records are of one man: bits for or against, each with its sentence."""

from sexton.evidence.circumstances import camp_key, place_key
from sexton.evidence.compare import burial_group, compare_people, key_beside
from sexton.evidence.model import Evidence, FieldEvidence, PersonReading, Shares
from sexton.evidence.rules import Rules, RulesError, default_rules, load_rules

__all__ = [
    "Evidence",
    "FieldEvidence",
    "PersonReading",
    "Rules",
    "RulesError",
    "Shares",
    "burial_group",
    "camp_key",
    "compare_people",
    "default_rules",
    "key_beside",
    "load_rules",
    "place_key",
]

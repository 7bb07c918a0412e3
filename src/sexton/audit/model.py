"""What an audit finds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from sexton.messages import Message

Severity = Literal["error", "warning", "note"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault, or what looks like one: its ``kind``, how bad, where, and why in words.

    ``ids`` are records of the list or sites. ``error``: one of the values must be wrong;
    ``warning``: probably wrong; ``note``: unusual, a person should look once.
    """

    kind: str
    severity: Severity
    ids: tuple[str, ...]
    message: Message

    def as_dict(self) -> dict[str, object]:
        """The JSON form, with the sentence in English."""
        return {
            "kind": self.kind,
            "severity": self.severity,
            "ids": list(self.ids),
            "message": str(self.message),
        }

"""The self-audit: what is wrong, or looks wrong, in a list of the dead and its sites."""

from __future__ import annotations

from sexton.audit.identity import Matter
from sexton.audit.model import Finding, Severity
from sexton.audit.run import audit, kinds

__all__ = ["Finding", "Matter", "Severity", "audit", "kinds"]

"""Where the bits of two spellings come from (:mod:`sexton.names.agreement`), and their path."""

from __future__ import annotations

from sexton.names import load_model
from sexton.names.agreement import MODEL, ModelSpellings, Spellings
from sexton.names.channel import Kind

__all__ = ["MODEL", "Kind", "ModelSpellings", "Spellings", "spelling_path"]


def spelling_path(kind: Kind, left: str, right: str) -> str:
    """The alignment in one line: "sch = ш, at = ат, un = ун, ov = ов"."""
    steps = load_model(kind).compare(left, right).steps
    return ", ".join(f"{step.left or '–'} = {step.right or '–'}" for step in steps)

"""The register's model as a page of the documentation, made from the models themselves.

``python -m sexton.web.register.describe`` writes docs/reference/register-model.md.
"""

from __future__ import annotations

import inspect
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

TARGET = Path(__file__).resolve().parents[4] / "docs" / "reference" / "register-model.md"
HEAD = """# The model of the register

Made from the models by `python -m sexton.web.register.describe`; what the words mean and why it is
so: [the register](../explanation/register.md). A field with → refers to another model. Models with
a history have two columns more: `change`, the change that made the row what it is, and `version`.
"""
PLAIN = {
    "CharField": "text", "TextField": "text", "SlugField": "key", "JSONField": "JSON",
    "FloatField": "number", "PositiveIntegerField": "whole number",
    "BigIntegerField": "whole number", "BooleanField": "yes or no",
    "DateField": "day", "DateTimeField": "time",
}  # fmt: skip
OWN = frozenset({"id", "change", "version"})


def text() -> str:
    """The page, as Markdown."""
    from sexton.web.register import models

    computed = (models.PairLink, models.Finding, models.NameKey, models.State)
    memory = (models.Batch, models.Change, models.History)
    parts = [HEAD]
    for title, group in (
        ("With a history", models.VERSIONED),
        ("The memory", memory),
        ("Computed from the rest", computed),
    ):
        parts.append(f"## {title}\n")
        parts += [_model(model) for model in group]
    return "\n".join(parts)


def _model(model: Any) -> str:
    lines = [f"### {model.__name__}", "", inspect.cleandoc(model.__doc__ or ""), ""]
    lines += ["| field | holds |", "|---|---|", *_fields(model), ""]
    return "\n".join(lines)


def _fields(model: Any) -> Iterator[str]:
    for field in [*model._meta.concrete_fields, *model._meta.many_to_many]:
        if field.name not in OWN:
            yield f"| `{field.name}` | {_holds(field)} |"


def _holds(field: Any) -> str:
    if field.related_model is not None:
        several = "several " if field.many_to_many else ""
        return f"→ {several}{field.related_model.__name__}" + (", or none" if field.null else "")
    if field.choices:
        return "one of " + ", ".join(f"`{code}`" for code, _ in field.choices)
    return PLAIN[field.get_internal_type()] + (", or empty" if field.null else "")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sexton.web.settings")
    import django

    django.setup()
    TARGET.write_text(text(), encoding="utf-8")

"""Which rules of evidence the workbench weighs by: those that ship, or a version that was adopted.

A version is a text in the database, so that every worker has it and a backup holds it; a copy lies
under ``SEXTON_HOME/rules``, for the commands (``--rules``). It changes the numbers of the rules
that shipped when it was made: beside others it means nothing, so that the shipped rules are used
again when Sexton ships a new version.
"""

from __future__ import annotations

import os
from pathlib import Path

from django.conf import settings

from sexton.evidence import Rules, default_rules
from sexton.evidence.rules import read_rules
from sexton.messages import N_, Message
from sexton.web.cases.models import RulesVersion
from sexton.web.register.history import change

PROPOSED, IN_USE, FORMER, DROPPED = "proposed", "in_use", "former", "dropped"
NO_REASON = N_("Say why: whoever asks later which rules were used will want to know.")
IN_USE_ALREADY = N_("These rules are in use already.")
NOT_PROPOSED = N_("Only a version that is proposed can be dropped.")
OTHER_BASE = N_("They were made for version %(base)s of the rules; now version %(now)s ships.")
SHIPPED_ALREADY = N_("The rules that ship with Sexton are in use already.")

_read: dict[tuple[int, int], Rules] = {}


class CannotUse(Exception):
    """Nothing was changed; ``message`` says why."""

    def __init__(self, message: Message) -> None:
        super().__init__(str(message))
        self.message = message


def in_use() -> Rules:
    """The rules that the workbench weighs by now."""
    version = version_in_use()
    return default_rules() if version is None else rules_of(version)


def version_in_use() -> RulesVersion | None:
    """The version that was adopted; None while the rules that ship are in use."""
    base = default_rules().version
    return RulesVersion.objects.filter(state=IN_USE, base=base).first()


def rules_of(version: RulesVersion) -> Rules:
    """The rules of a version, read once for each state of it."""
    key = (version.pk, version.version)
    if key not in _read:
        _read[key] = read_rules(version.text, version.name)
    return _read[key]


def name_for(job: int) -> str:
    """What the version is called that a job makes: on top of what, by what, and the job's number,
    which is never given again."""
    return f"{default_rules().version}-judged-{job}"


def adopt(version: RulesVersion, by: str, reason: str) -> None:
    """Weigh by a version from now on. Decisions keep what they were made upon. Raises CannotUse."""
    with change(by, _said(reason)) as door:
        version.refresh_from_db()
        if version.base != default_rules().version:
            params = {"base": version.base, "now": default_rules().version}
            raise CannotUse(Message(OTHER_BASE, params))
        if version.state == IN_USE:
            raise CannotUse(Message(IN_USE_ALREADY))
        for other in RulesVersion.objects.filter(state=IN_USE):
            door.edit(other, state=FORMER)
        door.edit(version, state=IN_USE)


def drop(version: RulesVersion, by: str, reason: str) -> None:
    """Put a proposed version aside; it can still be adopted later. Raises CannotUse."""
    with change(by, _said(reason)) as door:
        version.refresh_from_db()
        if version.state != PROPOSED:
            raise CannotUse(Message(NOT_PROPOSED))
        door.edit(version, state=DROPPED)


def go_back(by: str, reason: str) -> None:
    """Weigh by the rules that ship with Sexton again. Raises CannotUse."""
    with change(by, _said(reason)) as door:
        used = list(RulesVersion.objects.filter(state=IN_USE))
        if not used:
            raise CannotUse(Message(SHIPPED_ALREADY))
        for version in used:
            door.edit(version, state=FORMER)


def write_file(version: RulesVersion) -> Path:
    """Put the copy for the commands under ``SEXTON_HOME/rules``; the whole file or none."""
    folder = Path(settings.HOME) / "rules"
    folder.mkdir(parents=True, exist_ok=True)
    path, beside = folder / f"{version.name}.toml", folder / f".{version.name}.{os.getpid()}"
    beside.write_text(version.text, encoding="utf-8")
    beside.replace(path)
    return path


def _said(reason: str) -> str:
    if not reason.strip():
        raise CannotUse(Message(NO_REASON))
    return reason.strip()

"""All that writes letters: sending, adding, deciding, withdrawing, forgetting."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from sexton.web.contributions.models import (
    ADDED,
    DECIDED,
    DELETED,
    NEW,
    SETTLED,
    WITHDRAWN,
    Contribution,
    Step,
)
from sexton.web.contributions.subjects import Subject

# How long a name and an address are kept after a letter is settled.
KEPT = timedelta(days=365)
MOST_A_DAY = 500
MOST_ADDED = 20
_EMPTY = {"text": "", "how_known": "", "relation": "", "name": "", "contact": ""}


class Refused(Exception):
    """It cannot be done; ``kind`` says why."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


def send(subject: Subject | None, language: str, **said: str) -> tuple[Contribution, str]:
    """Keep a new letter; with it the secret of its link, which is told once.

    Raises Refused where so many letters came within a day that something is wrong.
    """
    secret = secrets.token_urlsafe(24)
    about = subject.stored if subject else {}
    with transaction.atomic():
        forget_old()
        day = timezone.now() - timedelta(days=1)
        if Contribution.objects.filter(at__gt=day).count() >= MOST_A_DAY:
            raise Refused("full")
        letter = Contribution.objects.create(
            language=language, secret=digest(secret), **about, **said
        )
        Step.objects.create(contribution=letter, state=NEW)
    return letter, secret


def find(secret: str) -> Contribution | None:
    """The letter of a secret link."""
    return Contribution.objects.filter(secret=digest(secret)).first()


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def add(letter: Contribution, text: str) -> None:
    """The writer says more; a letter that was settled is new again. Raises Refused."""
    with transaction.atomic():
        letter = _locked(letter)
        if letter.is_gone:
            raise Refused("gone")
        if letter.steps.filter(state=ADDED).count() >= MOST_ADDED:
            raise Refused("many")
        Step.objects.create(contribution=letter, state=ADDED, text=text)
        _become(letter, NEW)


def decide(
    letter: Contribution,
    state: str,
    by: str,
    reason: str,
    answer: str = "",
    *,
    seen: int | None = None,
) -> None:
    """A steward says what becomes of a letter. ``seen`` is the last step that was on the page.

    Raises Refused where somebody was quicker, or the letter is gone.
    """
    if state not in DECIDED or not by:
        raise ValueError(f"{by!r} cannot make a letter {state!r}")
    with transaction.atomic():
        letter = _locked(letter)
        if letter.is_gone:
            raise Refused("gone")
        if seen is not None and last_step(letter) != seen:
            raise Refused("changed")
        Step.objects.create(contribution=letter, by=by, state=state, reason=reason, text=answer)
        _become(letter, state)


def last_step(letter: Contribution) -> int:
    """The number of the last step of its log."""
    return letter.steps.order_by("-pk").values_list("pk", flat=True).first() or 0


def withdraw(letter: Contribution) -> None:
    """The writer takes it back: nothing of what he wrote is kept."""
    _forget(letter, WITHDRAWN, by="", reason="")


def delete(letter: Contribution, by: str, reason: str) -> None:
    """A steward deletes what was written, say because it harms somebody who lives."""
    if not by:
        raise ValueError("who deletes a letter?")
    _forget(letter, DELETED, by=by, reason=reason)


def forget_old() -> int:
    """Take names and addresses away from letters that were settled long ago; of how many."""
    old = Contribution.objects.filter(settled_at__lt=timezone.now() - KEPT)
    return old.exclude(name="", contact="").update(name="", contact="")


def _forget(letter: Contribution, state: str, by: str, reason: str) -> None:
    with transaction.atomic():
        letter = _locked(letter)
        if letter.is_gone:
            return
        # What was added and answered may repeat what was written: it goes, too.
        letter.steps.update(text="", reason="")
        Step.objects.create(contribution=letter, by=by, state=state, reason=reason)
        Contribution.objects.filter(pk=letter.pk).update(**_EMPTY)
        _become(letter, state)


def _locked(letter: Contribution) -> Contribution:
    return Contribution.objects.select_for_update().get(pk=letter.pk)


def _become(letter: Contribution, state: str) -> None:
    values: dict[str, Any] = {"state": state}
    values["settled_at"] = timezone.now() if state in SETTLED else None
    Contribution.objects.filter(pk=letter.pk).update(**values)

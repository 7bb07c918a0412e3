"""Against guessing passwords, and floods of letters: after some an account or an address must wait.

Kept in the register's database, so that all processes of a server count together. Neither names
nor addresses are stored, only keyed codes of them, and no longer than the longest wait.

Of our own because it is a page of code; the libraries for it bring models, signals and settings
for many more cases, and store names and addresses in the clear.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from sexton.web.accounts.models import Attempt


@dataclass(frozen=True, slots=True)
class Limit:
    """So many failures within so long."""

    failures: int
    within: timedelta


# One account from one address; any account from one address; one account from anywhere.
PAIR = Limit(5, timedelta(minutes=15))
ADDRESS = Limit(30, timedelta(minutes=15))
NAME = Limit(50, timedelta(hours=1))
# What readers send from one address.
LETTERS = Limit(6, timedelta(hours=1))
LONGEST = max(PAIR.within, ADDRESS.within, NAME.within, LETTERS.within)


class TooMany(Exception):
    """Too many failures; ``wait`` says how long until the next attempt counts."""

    def __init__(self, wait: timedelta) -> None:
        super().__init__(f"wait {wait}")
        self.wait = wait

    @property
    def minutes(self) -> int:
        """Whole minutes to wait, at least one."""
        return max(1, -(-int(self.wait.total_seconds()) // 60))


@dataclass(frozen=True, slots=True)
class Ticket:
    """An attempt under way: it counts as failed until it is known to have succeeded."""

    pair: str
    attempts: tuple[int, ...]

    def succeeded(self) -> None:
        """Forget it, and the failures before it of this account from this address."""
        Attempt.objects.filter(pk__in=self.attempts).delete()
        Attempt.objects.filter(code=self.pair).delete()


def begin(username: str, address: str) -> Ticket:
    """Count an attempt. Raises TooMany, and counts nothing, where one must wait."""
    name = username.strip().lower()
    codes = {
        _code("pair", name, address): PAIR,
        _code("address", address): ADDRESS,
        _code("name", name): NAME,
    }
    now = timezone.now()
    with transaction.atomic():
        Attempt.objects.filter(at__lt=now - LONGEST).delete()
        waits = [wait for code, limit in codes.items() if (wait := _wait(code, limit, now))]
        if waits:
            raise TooMany(max(waits))
        made = [Attempt.objects.create(code=code, at=now).pk for code in codes]
    return Ticket(next(iter(codes)), tuple(made))


def count_letter(address: str) -> None:
    """Count a letter from an address. Raises TooMany, and counts nothing, where one must wait."""
    code, now = _code("letter", address), timezone.now()
    with transaction.atomic():
        Attempt.objects.filter(at__lt=now - LONGEST).delete()
        if wait := _wait(code, LETTERS, now):
            raise TooMany(wait)
        Attempt.objects.create(code=code, at=now)


def address_of(request: HttpRequest) -> str:
    """Whence a request comes.

    Behind the proxy that SEXTON_HTTPS promises it is what this proxy added last to
    ``X-Forwarded-For``; what stands before that, a visitor can write himself.
    """
    if settings.SECURE_PROXY_SSL_HEADER:
        forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
        if forwarded:
            return str(forwarded)
    return str(request.META.get("REMOTE_ADDR", ""))


def _code(*parts: str) -> str:
    return salted_hmac("sexton.attempts", "\n".join(parts), algorithm="sha256").hexdigest()


def _wait(code: str, limit: Limit, now: datetime) -> timedelta | None:
    """How long until fewer than the limit's failures are recent; None where that is so."""
    recent = Attempt.objects.filter(code=code, at__gt=now - limit.within).order_by("-at")
    counted = list(recent.values_list("at", flat=True)[: limit.failures])
    return counted[-1] + limit.within - now if len(counted) == limit.failures else None

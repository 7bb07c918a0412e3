"""Pages that lead to the next and the one before without end: days, of which few have something."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import unquote

from sexton.web.register.lives import chronicle
from sexton.web.register.lives.periods import read_period

_BESIDE = re.compile(r"\srel=\"(?:prev|next)\"")
_DAY = re.compile(r"/days/([^/?]+)/$")


def leads_nowhere(tag: str, address: str) -> bool:
    """Whether a link to the page before or after leads to a day of which no source tells."""
    found = _DAY.search(address) if _BESIDE.search(tag) else None
    return found is not None and not _is_told(unquote(found[1]))


@lru_cache(maxsize=20_000)
def _is_told(edtf: str) -> bool:
    period = read_period(edtf)
    return period is not None and bool(chronicle.entries_in(period).entries)

"""Time of reading 100,000 written dates: ``python benchmarks/dates/read_dates.py``.

The dates are made here (uniform over 1880-1945, ten layouts), all read from a cold cache.
"""

from __future__ import annotations

import random
import time
from datetime import date

from sexton.dates import read_date

FRENCH = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
RUSSIAN = [
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
]


def written_dates(count: int, seed: int = 1) -> list[str]:
    """``count`` dates in the layouts of archive lists, most of them different from each other."""
    random.seed(seed)
    low, high = date(1880, 1, 1).toordinal(), date(1945, 12, 31).toordinal()
    texts = []
    for _ in range(count):
        day = date.fromordinal(random.randint(low, high))
        texts.append(
            random.choice(
                (
                    f"{day:%d.%m.%Y}",
                    f"{day:%d.%m.%Y}",
                    day.isoformat(),
                    f"{day.day}-{day.month}-{day.year}",
                    f"{day.day}/{day.month}/{day.year}",
                    f"{day.day} {FRENCH[day.month - 1]} {day.year}",
                    f"{day.day} {RUSSIAN[day.month - 1]} {day.year} года",
                    f"{day:%m.%Y}",
                    f"vers {day.year}",
                    f"{day.year}",
                )
            )
        )
    return texts


def main() -> None:
    texts = written_dates(100_000)
    read_date("1.1.1944")
    start = time.perf_counter()
    unread = sum(1 for text in texts if (r := read_date(text)) is None or r.first is None)
    seconds = time.perf_counter() - start
    print(f"{len(texts):,} dates, {len(set(texts)):,} different: {seconds:.2f} s, {unread} unread")


if __name__ == "__main__":
    main()

"""What ``sexton link`` says of graves that name nobody, and of common graves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sexton.linkage.model import Pool

POOL_COLUMNS = ("left_id", "bodies", "men", "together", "none_of_these", "is_open", "right_ids")


def pool_row(pool: Pool) -> dict[str, object]:
    """A pool as a row of the file: one record of each man, joined by blanks."""
    return {
        "left_id": pool.left_id,
        "bodies": pool.bodies,
        "men": len(pool.right_ids),
        "together": round(pool.together, 6),
        "none_of_these": round(pool.none, 6),
        "is_open": int(pool.is_open),
        "right_ids": " ".join(pool.right_ids),
    }


def count_pools(pools: Sequence[Pool]) -> dict[str, int]:
    """The counts of the summary: graves with a pool, those whose men alone are nine tenths of the
    dead, and how many men half of the pools have at most."""
    with_men = [len(pool.right_ids) for pool in pools if pool.right_ids]
    return {
        "pools": len(with_men),
        "pools_closed": sum(bool(pool.right_ids) and not pool.is_open for pool in pools),
        "pool_median": round(median(with_men)) if with_men else 0,
    }


def pools_said(told: Mapping[str, int]) -> str:
    """The summary in words."""
    return (
        f"{told['pools']:,} unnamed or common graves have a pool of men, half of them one of "
        f"{told['pool_median']:,} or fewer; in {told['pools_closed']:,} nine tenths of the "
        'probability lie on these men, in the others partly on "none of these".'
    )

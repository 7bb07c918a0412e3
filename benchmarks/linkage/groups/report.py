"""The part of the report on plots: pools of unnamed graves, and one body one man."""

from __future__ import annotations

import tempfile
from pathlib import Path

from benchmarks.linkage.groups.material import World, linked, without_rivalry
from benchmarks.linkage.groups.measures import (
    PoolFigures,
    RivalFigures,
    pool_figures,
    rival_figures,
    rivals,
)
from benchmarks.linkage.markdown import conditions, table
from benchmarks.linkage.shares import Share
from sexton.linkage import LinkOptions
from sexton.simulate import GARBLINGS, GraveShares

# Used by nothing else.
POOL_SEEDS = (705_301, 705_302)
RIVAL_SEEDS = (705_401, 705_402)
COVERAGE = 0.85
PLOTS = GraveShares(in_archive=COVERAGE, group=0.6, unnamed=0.4)
# Brothers in one plot, of whom one stands in no document; stones that say little.
RIVALS = GraveShares(
    in_archive=0.85, group=0.9, unnamed=0.0, kin=1.0, birth_date=0.3, birth_place=0.2,
    patronymic=0.1, given_missing=0.2, number=0.05, garbling=GARBLINGS["usual"],
)  # fmt: skip
# All candidates of unnamed graves are told; those with a name have no more than the usual few.
ALL, USUAL = 1_000, 24
INTRODUCTION = """# Graves in plots

Simulated. Men of one work party who died within three days lie in plots; of the graves in plots
{unnamed:.0%} are unnamed: they state the place, mostly the day, hardly ever a number. A pool is the
fewest answers that reach 0.9 together. The right answer is a record of the man who lies there, or
"none of these" where no candidate is his. {conditions}. Seeds {seeds}, which nothing was fitted on.
"""


def report(*, quick: bool) -> str:
    """The part, measured anew."""
    pools = [(2_000 if quick else 100_000, 300 if quick else 2_000, seed) for seed in POOL_SEEDS]
    rows = [_pools(World(size, count, seed, PLOTS)) for size, count, seed in pools]
    contested = [_rivals(World(8_000 if quick else 20_000, 400 if quick else 2_000, seed, RIVALS))
                 for seed in RIVAL_SEEDS]  # fmt: skip
    seeds = ", ".join(str(seed) for seed in (*POOL_SEEDS, *RIVAL_SEEDS))
    unnamed = PLOTS.unnamed
    blocks = [
        INTRODUCTION.format(conditions=conditions(), seeds=seeds, unnamed=unnamed),
        "## Pools of unnamed graves\n",
        _pool_table(rows),
        "Their candidates, by what is stated:\n",
        _bin_table(rows),
        "## One body, one man\n",
        "Of each plot the men without a record are brothers of one with a record, and stones say "
        "little. A rival is another grave with a candidate of 0.05 or more in common.\n",
        _rival_table(contested),
    ]
    return "\n".join(blocks)


def _pools(world: World) -> tuple[World, PoolFigures]:
    graves = world.graves()
    with tempfile.TemporaryDirectory() as folder:
        archive = world.build(Path(folder))
        found = linked(archive, graves, LinkOptions(COVERAGE, top=ALL, max_candidates=USUAL))
    return world, pool_figures(found)


def _rivals(world: World) -> list[tuple[str, RivalFigures]]:
    graves = world.graves()
    options = LinkOptions(world.shares.in_archive, top=20)
    with tempfile.TemporaryDirectory() as folder:
        archive = world.build(Path(folder))
        one = linked(archive, graves, options)
        each = linked(archive, graves, without_rivalry(options))
    contested = rivals(each)
    name = f"{world.size:,}, seed {world.seed}"
    return [
        (f"{name}: each by itself", rival_figures(each)),
        (f"{name}: one-to-one", rival_figures(one)),
        (f"{name}: graves with a rival, each by itself", rival_figures(each, contested)),
        (f"{name}: graves with a rival, one-to-one", rival_figures(one, contested)),
    ]


def _told(share: Share, stated: float) -> str:
    return f"{share} / {stated:.3f}" if share.of else "–"


def _pool_table(rows: list[tuple[World, PoolFigures]]) -> str:
    head = ["records", "unnamed graves", "right answer in the pool / stated",
            "pools of men alone", "pools of 12 men at most", "none of these: true / stated",
            "men in half of the pools"]  # fmt: skip
    return table(
        head,
        [
            [
                f"{world.size:,}",
                str(found.right.of),
                _told(found.right, found.stated),
                f"{found.closed.of}: {_told(found.closed, found.closed_stated)}",
                f"{found.small.of}: {_told(found.small, found.small_stated)}",
                f"{found.none_true:.3f} / {found.none_stated:.3f}",
                f"≤ {found.median_men:.0f}",
            ]
            for world, found in rows
        ],
    )


def _bin_table(rows: list[tuple[World, PoolFigures]]) -> str:
    cells = [
        [f"{world.size:,}", str(world.seed), str(count), f"{stated:.3f}", f"{true:.3f}"]
        for world, found in rows
        for count, stated, true in found.bins
    ]
    return table(["records", "seed", "candidates", "mean stated", "share true"], cells)


def _rival_table(contested: list[list[tuple[str, RivalFigures]]]) -> str:
    cells = [
        [name, str(found.first), str(found.links), str(found.wrong)]
        for some in contested
        for name, found in some
    ]
    return table(["list", "right man first", "links ≥ 0.95", "of these wrong"], cells)

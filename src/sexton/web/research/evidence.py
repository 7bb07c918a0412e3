"""Which of a person's compared pairs a reader needs to see."""

from __future__ import annotations

from collections.abc import Iterable

from sexton.web.register.models import PairLink

DOUBTFUL_SHOWN = 6
DOUBTFUL = 0.5


def telling(links: Iterable[PairLink]) -> tuple[list[PairLink], int]:
    """The strongest pairs that hold all the records together, then the most doubtful ones.

    Of n records there are n (n - 1) / 2 pairs; the n - 1 of the maximum spanning tree (Kruskal
    1956) say why each record is here, the doubtful ones what speaks against. The second value
    is how many pairs are left out.
    """
    ordered = sorted(links, key=lambda link: (-link.weight, link.pk or 0))
    group: dict[int, int] = {}
    holding, rest = [], []
    for link in ordered:
        left, right = (group.setdefault(pk, pk) for pk in (link.left_id, link.right_id))
        if left == right:
            rest.append(link)
        else:
            holding.append(link)
            group = {pk: right if old == left else old for pk, old in group.items()}
    doubtful = [link for link in reversed(rest) if link.probability < DOUBTFUL][:DOUBTFUL_SHOWN]
    return holding + doubtful, len(rest) - len(doubtful)

"""The compiled loops of the name search; only they and those of training import numba.

Names arrive here as arrays of letter numbers. Everything is a plain function of arrays, so that
the same number comes out of every caller.
"""

# Compiled by numba from the types of its arguments; annotations would say less than the docstrings.
# mypy: disable-error-code="no-untyped-def"

from __future__ import annotations

import numpy as np
from numba import njit

# Names are cut at 64 letters; two edges and some room.
_DEEPEST = 72
_CYRILLIC_BITS = 6
_IMPOSSIBLE = -1e9
# How far (bits) a search looks under the best conceivable score at first, and then each time.
_FIRST_LOOK = 6.0
_NEXT_LOOK = 6.0


@njit(cache=True)
def build_trie(
    letters, starts, width, node_letters, node_depth, node_codes, node_word, parent, after, end
):
    """Lay out sorted distinct words as a trie in preorder; returns its number of nodes.

    ``node_codes[x, s - 1]`` codes the last ``s`` letters of the path to node ``x`` (6 bits each),
    ``node_word`` is the word that ends there or -1, ``parent`` the node before (-1 at the root),
    ``after`` the first node beyond its subtree, ``end`` the last node of each word.
    """
    path = np.zeros(_DEEPEST, dtype=np.int64)
    nodes = 0
    for word in range(len(starts) - 1):
        first, size = starts[word], starts[word + 1] - starts[word]
        shared = 0
        if word:
            before, other = starts[word - 1], starts[word] - starts[word - 1]
            while (
                shared < size
                and shared < other
                and letters[first + shared] == letters[before + shared]
            ):
                shared += 1
        for depth in range(shared, size):
            node_letters[nodes] = letters[first + depth]
            node_depth[nodes] = depth + 1
            node_word[nodes] = -1
            path[depth] = nodes
            parent[nodes] = path[depth - 1] if depth else -1
            node_codes[nodes, 0] = letters[first + depth]
            for back in range(1, min(width, depth + 1)):
                shorter = node_codes[parent[nodes], back - 1]
                node_codes[nodes, back] = (shorter << _CYRILLIC_BITS) | letters[first + depth]
            nodes += 1
        end[word] = path[size - 1]
        node_word[end[word]] = word
    last = np.full(len(path), nodes, dtype=np.int64)
    for node in range(nodes - 1, -1, -1):
        depth = node_depth[node]
        after[node] = last[depth]
        for deeper in range(depth, _DEEPEST):
            last[deeper] = node
    return nodes


@njit(cache=True)
def _collect_entries(groups, inverse_start, inverse_left, inverse_row, entry_start, entries):  # noqa: C901
    """Sort the uses of a query's letter groups by left group.

    ``groups[j, length]`` is the number of the right group that starts at ``j``, or -1. The
    ``inverse`` arrays are first entry, left group and row of the table, by right group. An entry
    is (j, j + length, row).
    """
    for left in range(len(entry_start)):
        entry_start[left] = 0
    for j in range(groups.shape[0]):
        for length in range(groups.shape[1]):
            group = groups[j, length]
            if group >= 0:
                for at in range(inverse_start[group], inverse_start[group + 1]):
                    entry_start[inverse_left[at] + 2] += 1
    for left in range(1, len(entry_start)):
        entry_start[left] += entry_start[left - 1]
    for j in range(groups.shape[0]):
        for length in range(groups.shape[1]):
            group = groups[j, length]
            if group >= 0:
                for at in range(inverse_start[group], inverse_start[group + 1]):
                    slot = entry_start[inverse_left[at] + 1]
                    entries[slot, 0] = j
                    entries[slot, 1] = j + length
                    entries[slot, 2] = inverse_row[at]
                    entry_start[inverse_left[at] + 1] += 1


@njit(cache=True)
def _count_entries(groups, inverse_start):
    found = 0
    for j in range(groups.shape[0]):
        for length in range(groups.shape[1]):
            group = groups[j, length]
            if group >= 0:
                found += inverse_start[group + 1] - inverse_start[group]
    return found


@njit(cache=True)
def _hopes(groups, added, inverse_start, inverse_row, weights, hope):
    """The best that can still come, by profile, for the query from its ``j``-th letter on."""
    m, profiles = groups.shape[0] - 1, weights.shape[1]
    for p in range(profiles):
        hope[m, p] = 0.0
    for j in range(m - 1, -1, -1):
        for p in range(profiles):
            hope[j, p] = hope[j + 1, p] + weights[added[j], p] if added[j] >= 0 else _IMPOSSIBLE
        for length in range(1, min(groups.shape[1], m - j + 1)):
            group = groups[j, length]
            if group < 0:
                continue
            for at in range(inverse_start[group], inverse_start[group + 1]):
                for p in range(profiles):
                    value = hope[j + length, p] + weights[inverse_row[at], p]
                    if value > hope[j, p]:
                        hope[j, p] = value


@njit(cache=True)
def _extend(  # noqa: C901
    node_groups, node, depth, entry_start, entries, added, weights, reach, bound, hope, least
):
    """Fill one row of the programme; returns the best that can still come of it, in bits."""
    m, profiles = reach.shape[1] - 1, reach.shape[2]
    for j in range(m + 1):
        for p in range(profiles):
            reach[depth, j, p] = _IMPOSSIBLE
    for size in range(1, min(node_groups.shape[1], depth) + 1):
        left = node_groups[node, size - 1]
        if left < 0:
            continue
        for at in range(entry_start[left], entry_start[left + 1]):
            j, k, row = entries[at, 0], entries[at, 1], entries[at, 2]
            if bound[depth - size, j] < least:
                continue
            for p in range(profiles):
                value = reach[depth - size, j, p] + weights[row, p]
                if value > reach[depth, k, p]:
                    reach[depth, k, p] = value
    future = _IMPOSSIBLE
    for j in range(m + 1):
        if j and added[j - 1] >= 0:
            for p in range(profiles):
                value = reach[depth, j - 1, p] + weights[added[j - 1], p]
                if value > reach[depth, j, p]:
                    reach[depth, j, p] = value
        most = _IMPOSSIBLE
        for p in range(profiles):
            most = max(most, reach[depth, j, p] + hope[j, p])
        bound[depth, j] = most
        future = max(future, most)
    return future


@njit(cache=True)
def _total(reach, depth, m):
    """log2 of the sum over profiles."""
    most = _IMPOSSIBLE
    for p in range(reach.shape[2]):
        most = max(most, reach[depth, m, p])
    total = 0.0
    for p in range(reach.shape[2]):
        total += 2.0 ** (reach[depth, m, p] - most)
    return most + np.log2(total)


@njit(cache=True)
def _cut(wanted, bits, found):
    """A number of bits, to the half, that the ``wanted`` best of ``found`` words reach."""
    cut = _IMPOSSIBLE
    for at in range(found):
        cut = max(cut, bits[at])
    enough = 0
    while enough < min(wanted, found):
        cut -= 0.5
        enough = 0
        for at in range(found):
            if bits[at] >= cut:
                enough += 1
    return cut


@njit(cache=True)
def _keep_best(wanted, hits, bits, found):
    """Move the ``wanted`` best words, with those within a bit, to the front; returns how many."""
    cut = _cut(wanted, bits, found)
    kept = 0
    for at in range(found):
        if bits[at] >= cut - 1.0:
            hits[kept] = hits[at]
            bits[kept] = bits[at]
            kept += 1
    return kept


@njit(cache=True)
def _walk(
    trie, entry_start, entries, added, weights, reach, bound, hope, least, wanted, hits, bits
):
    """Find words whose best profile reaches ``least`` bits, at least the ``wanted`` best of them.

    Stops when ``hits`` is full.
    """
    node_depth, node_groups, node_pending, node_word, after = trie[:5]
    m = reach.shape[1] - 1
    # Filled as the walk goes down: a row is never read before it is written.
    alive = np.empty(_DEEPEST)
    found = 0
    # A plain 0 would have the row compiled twice, once for that very number.
    node = np.int64(0)
    while node < len(node_depth) and found < len(hits):
        depth = np.int64(node_depth[node])
        future = _extend(
            node_groups,
            node,
            depth,
            entry_start,
            entries,
            added,
            weights,
            reach,
            bound,
            hope,
            least,
        )
        alive[depth] = future
        if node_word[node] >= 0 and bound[depth, m] >= least:
            hits[found] = node_word[node]
            bits[found] = _total(reach, depth, m)
            found += 1
            if found % wanted == 0:
                # Enough words are known: only better ones are looked for from here on.
                least = max(least, _cut(wanted, bits, found) - 1.0)
        for back in range(1, node_pending[node]):
            future = max(future, alive[depth - back])
        node = node + 1 if future >= least else np.int64(after[node])
    return found


@njit(cache=True)
def _rescore(trie, entry_start, entries, added, weights, reach, bound, hope, word):
    """Bits of one word, with nothing pruned: along its path from the root."""
    node_groups, parent, end = trie[1], trie[5], trie[6]
    path = np.empty(_DEEPEST, dtype=np.int64)
    node, depth = np.int64(end[word]), 0
    while node >= 0:
        path[depth] = node
        node = np.int64(parent[node])
        depth += 1
    for step in range(depth):
        _extend(
            node_groups,
            path[depth - 1 - step],
            step + 1,
            entry_start,
            entries,
            added,
            weights,
            reach,
            bound,
            hope,
            2 * _IMPOSSIBLE,
        )
    return _total(reach, depth, reach.shape[1] - 1)


@njit(cache=True)
def search_trie(trie, groups, added, inverse, weights, prior, wanted, lowest, beam, hits, bits):
    """Find the ``wanted`` best words of a trie for one query, looking deeper step by step.

    The look-out starts under the best conceivable score and sinks until a word is found; from there
    it goes ``beam`` bits under that word, unless enough are known, and never under ``lowest``.
    Fills ``hits`` (words) and ``bits``, unsorted, and returns their number.
    """
    inverse_start, inverse_left, inverse_row, left_groups = inverse
    m, profiles = groups.shape[0] - 1, weights.shape[1]
    entries = np.empty((_count_entries(groups, inverse_start), 3), dtype=np.int32)
    entry_start = np.zeros(left_groups + 2, dtype=np.int64)
    _collect_entries(groups, inverse_start, inverse_left, inverse_row, entry_start, entries)
    hope = np.empty((m + 1, profiles))
    _hopes(groups, added, inverse_start, inverse_row, weights, hope)
    reach = np.empty((_DEEPEST, m + 1, profiles))
    bound = np.empty((_DEEPEST, m + 1))
    for j in range(m + 1):
        bound[0, j] = _IMPOSSIBLE
        for p in range(profiles):
            reach[0, j, p] = _IMPOSSIBLE
    start = _IMPOSSIBLE
    for p in range(profiles):
        reach[0, 0, p] = prior[p]
        start = max(start, prior[p] + hope[0, p])
    bound[0, 0] = start
    least = start - _FIRST_LOOK
    while True:
        floor = max(least, lowest)
        found = _walk(
            trie,
            entry_start,
            entries,
            added,
            weights,
            reach,
            bound,
            hope,
            floor,
            wanted,
            hits,
            bits,
        )
        best = _IMPOSSIBLE
        for at in range(found):
            best = max(best, bits[at])
        if floor > least or found == len(hits) or least <= best - beam:
            break
        if found >= wanted and _cut(wanted, bits, found) >= least + 1.0:
            break
        # A word is known: look as far below it as wanted. None yet: look a little lower.
        least = best - beam if found else least - _NEXT_LOOK
    found = _keep_best(wanted, hits, bits, found)
    for at in range(found):
        bits[at] = _rescore(
            trie, entry_start, entries, added, weights, reach, bound, hope, hits[at]
        )
    return found

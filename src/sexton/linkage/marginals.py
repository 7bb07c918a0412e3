"""Compiled: how probable each pair is when every right record goes to one left record at most.

A problem is a list of edges (left, right, odds); left records hold ``capacity`` bodies each. Small
problems are summed exactly: rights are taken one after the other, and what has to be remembered is
only how many bodies of each left record are taken, as long as rights of its are still to come.
Others go through belief propagation (Williams and Lau 2014).
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

Int64 = NDArray[np.int64]
Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]

# States visited in all, and stored, by a part that is summed exactly.
_MOST_VISITS = 20_000_000
_MOST_STORED = 4_000_000
# To find a good order takes time that grows with the square of these.
_MOST_RIGHTS = 3_000
_ROUNDS = 200
_TOLERANCE = 1e-9


@njit(nogil=True, cache=True)
def _find(parent: Int64, node: int) -> int:
    while parent[node] != node:
        parent[node] = parent[parent[node]]
        node = parent[node]
    return node


@njit(nogil=True, cache=True)
def connect(left: Int64, right: Int64, lefts: int, rights: int) -> Int64:
    """For each edge a number of the part that it belongs to: the same for all that it touches."""
    parent = np.arange(lefts + rights)
    for edge in range(len(left)):
        one, other = _find(parent, left[edge]), _find(parent, lefts + right[edge])
        if one < other:
            parent[other] = one
        else:
            parent[one] = other
    found = np.empty(len(left), dtype=np.int64)
    for edge in range(len(left)):
        found[edge] = _find(parent, left[edge])
    return found


@njit(nogil=True, cache=True)
def _next(starts: Int64, lefts: Int64, capacity: Int64, is_open: Mask, done: Mask) -> int:
    """The right still to come that opens least."""
    best, least = -1, np.inf
    for r in range(len(done)):
        if done[r]:
            continue
        growth = 0.0
        for edge in range(starts[r], starts[r + 1]):
            if not is_open[lefts[edge]]:
                growth += np.log2(capacity[lefts[edge]] + 1)
        if growth < least:
            best, least = r, growth
        if growth == 0.0:
            break
    return best


@njit(nogil=True, cache=True)
def _plan(
    starts: Int64, lefts: Int64, capacity: Int64, most_states: int, order: Int64
) -> tuple[int, int]:  # fmt: skip
    """Order the rights so that few lefts are open at a time; how many states are to be stored, -1
    if they are too many, and how many there are at a time. Right ``r`` has the edges
    ``starts[r]:starts[r + 1]``."""
    rights = len(starts) - 1
    if rights > _MOST_RIGHTS:
        return -1, 0
    coming = np.zeros(len(capacity), dtype=np.int64)
    for edge in range(len(lefts)):
        coming[lefts[edge]] += 1
    is_open = np.zeros(len(capacity), dtype=np.bool_)
    done = np.zeros(rights, dtype=np.bool_)
    states, visits, stored, peak = 1, 0, 0, 1
    for step in range(rights):
        best = _next(starts, lefts, capacity, is_open, done)
        order[step] = best
        done[best] = True
        for edge in range(starts[best], starts[best + 1]):
            if not is_open[lefts[edge]]:
                is_open[lefts[edge]] = True
                states *= capacity[lefts[edge]] + 1
                if states > most_states:
                    return -1, 0
        peak = max(peak, states)
        stored += states
        visits += states * (starts[best + 1] - starts[best] + 1)
        if stored > _MOST_STORED or visits > _MOST_VISITS:
            return -1, 0
        for edge in range(starts[best], starts[best + 1]):
            coming[lefts[edge]] -= 1
            if coming[lefts[edge]] == 0:
                states //= capacity[lefts[edge]] + 1
    return stored, peak


@njit(nogil=True, cache=True)
def _scaled(table: Floats, size: int) -> None:
    """Divide by the largest: only ratios count, and products of odds would not fit a number."""
    most = 0.0
    for s in range(size):
        most = max(most, table[s])
    for s in range(size):
        table[s] /= most


@njit(nogil=True, cache=True)
def _close(table: Floats, size: int, stride: int, radix: int, out: Floats) -> int:
    """Sum over the digit of a left that has no more rights; the new size."""
    size //= radix
    for s in range(size):
        base = s // stride * stride * radix + s % stride
        total = 0.0
        for digit in range(radix):
            total += table[base + digit * stride]
        out[s] = total
    return size


@njit(nogil=True, cache=True)
def _take(now: Floats, new: Floats, size: int, jump: int, bodies: int, odds: float) -> None:
    """Add the ways in which one more body of a left takes the right."""
    for s in range(size):
        taken = s // jump % (bodies + 1)
        if taken < bodies and now[s] > 0.0:
            new[s + jump] += now[s] * odds * (bodies - taken)


@njit(nogil=True, cache=True)
def _take_back(
    now: Floats, new: Floats, size: int, jump: int, bodies: int, odds: float, held: Floats
) -> float:
    """:func:`_take` from behind; how much of what is ``held`` goes that way."""
    chance = 0.0
    for s in range(size):
        taken = s // jump % (bodies + 1)
        if taken < bodies:
            after = odds * (bodies - taken) * now[s + jump]
            new[s] += after
            chance += held[s] * after
    return chance


@njit(nogil=True, cache=True)
def _sum_exactly(
    starts: Int64, lefts: Int64, odds: Floats, capacity: Int64, order: Int64, stored: int,
    peak: int, out: Floats,
) -> None:  # fmt: skip
    """Fill ``out`` with the marginal of every edge: sums forward, then backward."""
    rights = len(starts) - 1
    coming = np.zeros(len(capacity), dtype=np.int64)
    for edge in range(len(lefts)):
        coming[lefts[edge]] += 1
    forward = np.empty(stored)
    begin = np.zeros(rights + 1, dtype=np.int64)
    before = np.ones(rights, dtype=np.int64)
    stride = np.zeros(len(capacity), dtype=np.int64)
    edge_stride = np.zeros(len(lefts), dtype=np.int64)
    closed = np.zeros((len(capacity), 2), dtype=np.int64)
    closed_before = np.zeros(rights + 1, dtype=np.int64)
    now, new = np.zeros(peak), np.zeros(peak)
    now[0] = 1.0
    size, closings = 1, 0
    for step in range(rights):
        r = order[step]
        before[step] = size
        for edge in range(starts[r], starts[r + 1]):
            own = lefts[edge]
            if stride[own] == 0:
                stride[own] = size
                grown = size * (capacity[own] + 1)
                now[size:grown] = 0.0
                size = grown
            edge_stride[edge] = stride[own]
        begin[step + 1] = begin[step] + size
        forward[begin[step] : begin[step + 1]] = now[:size]
        new[:size] = now[:size]
        for edge in range(starts[r], starts[r + 1]):
            _take(now, new, size, edge_stride[edge], capacity[lefts[edge]], odds[edge])
        _scaled(new, size)
        now, new = new, now
        for edge in range(starts[r], starts[r + 1]):
            own = lefts[edge]
            coming[own] -= 1
            if coming[own] == 0:
                jump, radix = stride[own], capacity[own] + 1
                size = _close(now, size, jump, radix, new)
                now, new = new, now
                closed[closings] = jump, radix
                closings += 1
                for other in range(len(stride)):
                    if stride[other] > jump:
                        stride[other] //= radix
                stride[own] = -1
        closed_before[step + 1] = closings
    _backward(
        starts, lefts, odds, capacity, order, forward, begin, before, edge_stride, closed,
        closed_before, now, new, out,
    )  # fmt: skip


@njit(nogil=True, cache=True)
def _backward(
    starts: Int64, lefts: Int64, odds: Floats, capacity: Int64, order: Int64, forward: Floats,
    begin: Int64, before: Int64, edge_stride: Int64, closed: Int64, closed_before: Int64,
    now: Floats, new: Floats, out: Floats,
) -> None:  # fmt: skip
    """The sums from the last right to the first; with those ``forward`` they are the marginals."""
    now[0] = 1.0
    size = 1
    for step in range(len(order) - 1, -1, -1):
        r = order[step]
        for closing in range(closed_before[step + 1] - 1, closed_before[step] - 1, -1):
            jump, radix = closed[closing]
            size *= radix
            for s in range(size):
                new[s] = now[s // (jump * radix) * jump + s % jump]
            now, new = new, now
        new[:size] = now[:size]
        held = forward[begin[step] : begin[step + 1]]
        for edge in range(starts[r], starts[r + 1]):
            bodies = capacity[lefts[edge]]
            out[edge] = _take_back(now, new, size, edge_stride[edge], bodies, odds[edge], held)
        total = 0.0
        for s in range(size):
            total += held[s] * new[s]
        for edge in range(starts[r], starts[r + 1]):
            out[edge] /= total
        _scaled(new, size)
        now, new = new, now
        size = before[step]


@njit(nogil=True, cache=True)
def _of_others(values: Floats, edges: Int64, starts: Int64, out: Floats) -> None:
    """For each edge the sum of the values of the other edges of its node. Not a difference of
    sums: that would be lost beside one large value."""
    for node in range(len(starts) - 1):
        total = 0.0
        for place in range(starts[node], starts[node + 1]):
            out[edges[place]] = total
            total += values[edges[place]]
        total = 0.0
        for place in range(starts[node + 1] - 1, starts[node] - 1, -1):
            out[edges[place]] += total
            total += values[edges[place]]


@njit(nogil=True, cache=True)
def _propagate(
    starts: Int64, lefts: Int64, odds: Floats, capacity: Int64, mu: Floats, nu: Floats,
    out: Floats,
) -> None:  # fmt: skip
    """Messages of one part: ``mu`` what a body of the left asks of the right, ``nu`` how free the
    right is for it; and the marginals that follow."""
    size = len(lefts)
    by_right = np.arange(size)
    by_left = np.argsort(lefts, kind="mergesort")
    left_starts = np.zeros(len(capacity) + 1, dtype=np.int64)
    for edge in range(size):
        left_starts[lefts[edge] + 1] += 1
    left_starts = np.cumsum(left_starts)
    pull, others = np.empty(size), np.empty(size)
    nu[:] = 1.0
    for _ in range(_ROUNDS):
        for edge in range(size):
            pull[edge] = odds[edge] * nu[edge]
        _of_others(pull, by_left, left_starts, others)
        for edge in range(size):
            mu[edge] = odds[edge] / (1.0 + others[edge])
            pull[edge] = mu[edge] * capacity[lefts[edge]]
        _of_others(pull, by_right, starts, others)
        change = 0.0
        for edge in range(size):
            beside = others[edge] + mu[edge] * (capacity[lefts[edge]] - 1)
            free = 1.0 / (1.0 + beside)
            change = max(change, abs(free - nu[edge]))
            nu[edge] = free
        if change < _TOLERANCE:
            break
    totals = np.ones(len(capacity))
    for edge in range(size):
        totals[lefts[edge]] += odds[edge] * nu[edge]
    for edge in range(size):
        out[edge] = capacity[lefts[edge]] * odds[edge] * nu[edge] / totals[lefts[edge]]


@njit(nogil=True, cache=True)
def part_marginals(
    parts: Int64, left: Int64, right: Int64, odds: Floats, capacity: Int64, most_states: int,
    out: Floats, mu: Floats, nu: Floats, is_exact: Mask,
) -> None:  # fmt: skip
    """Fill ``out`` with the marginals of all edges, part by part.

    ``parts[i]:parts[i + 1]`` are the edges of part ``i``, by right, then left. One that needs more
    than ``most_states`` states at a time is not summed: there ``is_exact`` is False, and ``mu`` and
    ``nu`` are its messages.
    """
    local = np.full(len(capacity), -1, dtype=np.int64)
    for part in range(len(parts) - 1):
        first, last = parts[part], parts[part + 1]
        own = np.empty(last - first, dtype=np.int64)
        bodies = np.empty(last - first, dtype=np.int64)
        starts = np.empty(last - first + 1, dtype=np.int64)
        lefts = rights = 0
        for edge in range(first, last):
            if edge == first or right[edge] != right[edge - 1]:
                starts[rights] = edge - first
                rights += 1
            if local[left[edge]] < 0:
                local[left[edge]] = lefts
                bodies[lefts] = capacity[left[edge]]
                lefts += 1
            own[edge - first] = local[left[edge]]
        starts[rights] = last - first
        order = np.empty(rights, dtype=np.int64)
        starts, bodies = starts[: rights + 1], bodies[:lefts]
        stored, peak = _plan(starts, own, bodies, most_states, order)
        is_exact[first:last] = stored >= 0
        if stored >= 0:
            _sum_exactly(
                starts, own, odds[first:last], bodies, order, stored, peak, out[first:last]
            )
        else:
            _propagate(
                starts, own, odds[first:last], bodies, mu[first:last], nu[first:last],
                out[first:last],
            )  # fmt: skip
        for edge in range(first, last):
            local[left[edge]] = -1

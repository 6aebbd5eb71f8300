"""Deferred acceptance, one proposal after another (McVitie and Wilson 1971), in plain Python."""

from __future__ import annotations

from bisect import insort
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from enroll.verify.case import Ints
    from enroll.verify.wishes import Wishes


def replay(wishes: Wishes, seats: Ints, limit: Ints) -> list[int]:
    """Return the wishes that come true.

    A school keeps the best units while they fit: fewer than `seats` are taken before one,
    and no more than `limit` with it. The first that does not fit closes the school to
    everyone ranked below, so the order of the proposals does not matter.
    """
    rank, size, school = wishes.rank.tolist(), wishes.size.tolist(), wishes.school.tolist()
    last_of_unit = np.diff(wishes.unit, append=-1).astype(bool).tolist()
    waiting = np.flatnonzero(np.diff(wishes.unit, prepend=-1)).tolist()
    open_seats, most = seats.tolist(), limit.tolist()
    held: list[list[tuple[int, int]]] = [[] for _ in open_seats]
    taken = [0] * len(open_seats)
    line = [len(rank)] * len(open_seats)
    while waiting:
        wish = waiting.pop()
        here = school[wish]
        insort(held[here], (rank[wish], wish))
        taken[here] += size[wish]
        while held[here]:
            _, last = held[here][-1]
            before = taken[here] - size[last]
            fits = before < open_seats[here] and taken[here] <= most[here]
            if fits and rank[last] < line[here]:
                break
            held[here].pop()
            taken[here] = before
            line[here] = min(line[here], rank[last])
            if not last_of_unit[last]:
                waiting.append(last + 1)
    return [wish for units in held for _, wish in units]

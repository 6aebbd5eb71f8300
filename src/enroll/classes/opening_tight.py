"""What every best plan must do, so that the solver need not look for anything else.

A child pays its way and the price of its seat; prices bound what all children cost at least. A
way that costs its child more than the difference between this bound and the cost that is
known to be possible is in no best plan, and neither is a school that leaves too many dear seats
shut. Any prices are right; good ones leave little to decide.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from enroll.classes.opening import Opening
    from enroll.records import Ints

_NEVER = np.iinfo(np.int64).max // 4


def tightened(problem: Opening, seat: Ints, out: int, cost: int, *, flat: bool = False) -> Opening:
    """Return the problem without what no plan of such a cost can do.

    Parameters
    ----------
    seat, out
        (m,) price of a seat, and price of being left out; none of them negative.
    cost
        Metres and `out` for every child left out that a plan comes to; dearer ones are lost.
    flat
        Ways cost nothing: prices and cost are in children left out.
    """
    metres = np.zeros_like(problem.ways) if flat else problem.ways
    ways = np.where(problem.ways >= 0, metres + seat, _NEVER)
    pays = np.minimum(ways.min(axis=1, initial=_NEVER), out)
    seats = problem.seats(problem.rooms)
    bound = int((problem.children * pays).sum()) - int((seat * seats).sum())
    slack = cost - bound
    kept = np.where(ways - pays[:, None] <= slack, problem.ways, -1)
    # A seat of price 0 may stay shut; of the others as many as the slack pays for.
    shut = np.where(seat > 0, slack // np.maximum(seat, 1), seats)
    floor = classes_for(problem, np.maximum(seats - shut, 0))
    return replace(problem, ways=kept, floor=floor).merged()


def without_spare_rooms(problem: Opening) -> Opening:
    """Return the problem without rooms in which no child could sit: they are never opened."""
    enough = classes_for(problem, problem.seats(problem.rooms))
    return replace(problem, rooms=np.minimum(problem.rooms, enough))


def classes_for(problem: Opening, seats: Ints) -> Ints:
    """Return (m,) the fewest classes that leave so many seats, and hold who was there before."""
    wanted = -(-(problem.taken + seats) // problem.size)
    return np.maximum(np.where(seats > 0, wanted, 0), problem.least)

"""What holds of classes to open, found without any solver.

Whatever a solver says is held against these: what a plan must keep, and numbers below which no
plan can come. The second are weaker than the solver's own proof, and need no trust in it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enroll.classes.opening import Opening
    from enroll.records import Ints


def faults(problem: Opening, classes: Ints, pupils: Ints) -> list[str]:
    """Return what a plan breaks, one sentence each.

    Parameters
    ----------
    classes, pupils
        (m,) classes each school opens and children it takes besides those who were there before.
    """
    found = []
    if (classes > problem.rooms).any() or (classes < problem.least).any():
        found.append("a school opens more classes than it has rooms, or too few for who is there")
    if (pupils < 0).any() or (pupils > problem.seats(classes)).any():
        found.append("a school takes more children than its classes hold")
    if not problem.allows(classes):
        found.append("the classes are more than teachers or budget allow")
    return found


def fewest_classes_bound(problem: Opening, left_out: int) -> int:
    """Return classes below which so few cannot be left out: the largest schools first.

    Classes for seats taken before stand; every further class adds at most what it holds.
    """
    wanted = int(problem.children.sum()) - left_out - int(problem.seats(problem.least).sum())
    gains = np.sort(_gains(problem, np.ones(problem.schools, dtype=np.int64)))[::-1]
    reached = np.concatenate([[0], np.cumsum(gains)])
    enough = int(np.searchsorted(reached, wanted)) if wanted > 0 else 0
    return int(problem.least.sum()) + min(enough, len(gains))


def metres_bound(problem: Opening, held: tuple[int, int], seat: Ints, out: int) -> int:
    """Return metres below which no plan comes, from any prices that are not negative.

    A child pays its way and the price of its seat, or `out` for none; the schools earn the prices
    of the seats that they open. What the children pay at least, less what the schools earn at
    most, bounds the metres, whatever the prices are; good ones bound them well.

    Parameters
    ----------
    held
        Children who may be left out, and classes in all.
    seat, out
        (m,) price of a seat, and price of being left out, in metres.
    """
    left_out, classes = held
    never = np.iinfo(np.int64).max // 4
    pays = np.where(problem.ways >= 0, problem.ways + seat, never).min(axis=1, initial=never)
    paid = int((problem.children * np.minimum(pays, out)).sum()) - out * left_out
    earned = int((seat * problem.seats(problem.least)).sum())
    further = max(0, classes - int(problem.least.sum()))
    gains = np.sort(_gains(problem, seat))[::-1]
    return paid - earned - int(gains[:further].sum())


def children_bound(problem: Opening, crowded: Sequence[tuple[int, ...]]) -> int:
    """Return children whom no number of classes can place: those with nowhere else than a crowd.

    Parameters
    ----------
    crowded
        Sets of schools, none of them in two, such as `overloads` finds; any sets will do.
    """
    allowed = problem.ways >= 0
    seats = problem.seats(problem.rooms)
    bound = int(problem.children[~allowed.any(axis=1)].sum())
    for schools in crowded:
        elsewhere = np.ones(problem.schools, dtype=bool)
        elsewhere[list(schools)] = False
        inside = allowed.any(axis=1) & ~allowed[:, elsewhere].any(axis=1)
        bound += max(0, int(problem.children[inside].sum()) - int(seats[list(schools)].sum()))
    return bound


def is_shortest(
    problem: Opening, classes: Ints, prices: tuple[Ints, Ints], left_out: int, metres: int
) -> bool:
    """Tell whether prices prove that so many left out, and so many metres, are the least.

    Parameters
    ----------
    prices
        (m,) in children and (m,) in metres: what one more seat at each school would save.
    """
    out = int(problem.ways.max(initial=0)) * (int(problem.children.sum()) + 1) + 1
    seat = prices[0] * out + prices[1]
    never = np.iinfo(np.int64).max // 4
    pays = np.where(problem.ways >= 0, problem.ways + seat, never).min(axis=1, initial=out)
    bound = int((problem.children * pays).sum()) - int((seat * problem.seats(classes)).sum())
    return bool((seat >= 0).all()) and bound == left_out * out + metres


def _gains(problem: Opening, seat: Ints) -> Ints:
    """Return what each further class of each school adds; a later one never adds more."""
    schools = np.repeat(np.arange(problem.schools), problem.rooms - problem.least)
    first = np.cumsum(problem.rooms - problem.least) - (problem.rooms - problem.least)
    number = np.arange(len(schools)) - first[schools] + problem.least[schools]

    def seats(classes: Ints) -> Ints:
        room = problem.size[schools] * classes - problem.taken[schools]
        return np.asarray(np.clip(room, 0, problem.most[schools]), dtype=np.int64)

    gains: Ints = seat[schools] * (seats(number + 1) - seats(number))
    return gains

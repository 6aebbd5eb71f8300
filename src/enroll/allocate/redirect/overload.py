"""The witness of a shortage: schools with more children who have nowhere else than seats.

From the children left without a place, follow every allowed way to a school and every
child at that school on to its other ways. All schools reached are full, and whoever is
there has no way out of the set: the source side of a minimum cut, and the smallest one
(Hall 1935; Picard and Queyranne 1980). Each connected part is a witness of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from enroll.records import Overload

if TYPE_CHECKING:
    from enroll.allocate.redirect.problem import Problem
    from enroll.records import Flags, Ints

_CELLS = 4_000_000


def overloads(problem: Problem, place: Ints, seeking: Flags) -> tuple[Overload, ...]:
    """Return one witness per connected part, ascending by first school.

    Parameters
    ----------
    problem
        The whole round, families included.
    place
        (n,) places that leave as few children out as possible.
    seeking
        (n,) children whose staying out is a shortage; the others chose it.
    """
    allowed = _allowed(problem)
    reached = _reached(allowed, place, seeking)
    if not reached.any():
        return ()
    schools = np.flatnonzero(reached)
    inside = np.flatnonzero(allowed.any(axis=1) & ~allowed[:, ~reached].any(axis=1))
    part_of_school = _parts(allowed[np.ix_(inside, schools)])
    part_of_child = part_of_school[allowed[np.ix_(inside, schools)].argmax(axis=1)]
    seats = problem.standard + problem.over
    return tuple(
        Overload(
            schools=tuple(schools[part_of_school == part].tolist()),
            demand=int((part_of_child == part).sum()),
            seats=int(seats[schools[part_of_school == part]].sum()),
        )
        for part in sorted(set(part_of_school.tolist()))
    )


def _allowed(problem: Problem) -> Flags:
    allowed = np.zeros(problem.ways.shape, dtype=bool)
    step = max(1, _CELLS // max(1, problem.schools))
    for start in range(0, problem.children, step):
        block = slice(start, start + step)
        allowed[block] = problem.rows(block) < problem.never
    return allowed


def _reached(allowed: Flags, place: Ints, seeking: Flags) -> Flags:
    """Return (m,) the schools that children left out could only reach by displacing."""
    schools = allowed.shape[1]
    new = allowed[seeking & (place == schools)].any(axis=0)
    reached = np.zeros(schools, dtype=bool)
    while new.any():
        reached |= new
        staying = place < schools
        here = staying & new[np.where(staying, place, 0)]
        new = allowed[here].any(axis=0) & ~reached
    return reached


def _parts(allowed: Flags) -> Ints:
    """Return (schools,) the smallest school number of each one's connected part."""
    part = np.arange(allowed.shape[1])
    while True:
        least = np.where(allowed, part, allowed.shape[1]).min(axis=1, initial=allowed.shape[1])
        pulled = np.where(allowed, least[:, None], allowed.shape[1]).min(axis=0)
        smaller = np.minimum(part, pulled)
        if (smaller == part).all():
            return part
        part = smaller

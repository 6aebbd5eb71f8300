"""Small classes-to-open problems, and everything that could be done about them."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

import numpy as np

from enroll.classes.opening import Opening

WAYS = [-1, -1, 0, 50, 50, 100, 150, 300]


def opening(ways, children=None, *, rooms, **columns) -> Opening:
    """Return a problem; without more words classes hold 2, nobody is there and nothing costs."""
    ways = np.array(ways, dtype=np.int64)
    schools = len(rooms)

    def column(name, otherwise):
        return np.array(columns.pop(name, [otherwise] * schools), dtype=np.int64)

    return Opening(
        ways=ways,
        children=np.array(children or [1] * len(ways), dtype=np.int64),
        size=column("size", 2),
        taken=column("taken", 0),
        most=column("most", 99),
        rooms=np.array(rooms, dtype=np.int64),
        planned=column("planned", 1),
        cost=column("cost", 0),
        **columns,
    )


def random_opening(number) -> Opening:
    """Return ties, crowds, taken seats, full schools and bounds on teachers and money."""
    chance = np.random.default_rng(number)
    schools, blocks = int(chance.integers(1, 4)), int(chance.integers(1, 5))
    rooms = chance.integers(0, 4, schools)
    size = chance.integers(1, 4, schools)
    problem = opening(
        chance.choice(WAYS, (blocks, schools)),
        chance.integers(1, 3, blocks).tolist(),
        rooms=rooms,
        size=size,
        taken=np.minimum(chance.integers(0, 3, schools), size * rooms),
        most=chance.integers(0, 7, schools),
        planned=chance.integers(0, 3, schools),
        cost=chance.integers(0, 4, schools),
    )
    if chance.random() < 0.3:
        problem = replace(problem, teachers=int(problem.least.sum() + chance.integers(0, 3)))
    if chance.random() < 0.3:
        least = problem.extra_cost(problem.least)
        problem = replace(problem, budget=least + int(chance.integers(0, 4)))
    return problem


def every_plan(problem: Opening) -> dict[tuple[int, ...], tuple[int, int]]:
    """Return for each allowed vector of classes the fewest left out and then the fewest metres."""
    of_child = [block for block, count in enumerate(problem.children) for _ in range(count)]
    choices = [[*np.flatnonzero(problem.ways[block] >= 0), problem.schools] for block in of_child]
    ways = [[*row, 0] for row in problem.ways.tolist()]
    reached: dict[tuple[int, ...], tuple[int, int]] = {}
    for places in product(*choices):
        counts = np.bincount(places, minlength=problem.schools + 1).tolist()
        metres = sum(ways[block][place] for block, place in zip(of_child, places, strict=True))
        key, value = tuple(counts[:-1]), (counts[-1], metres)
        reached[key] = min(reached.get(key, value), value)
    plans = {}
    ranges = [range(low, high + 1) for low, high in zip(problem.least, problem.rooms, strict=True)]
    for classes in product(*ranges):
        if problem.allows(np.array(classes)):
            seats = problem.seats(np.array(classes)).tolist()
            fits = (
                value
                for key, value in reached.items()
                if all(taken <= there for taken, there in zip(key, seats, strict=True))
            )
            plans[tuple(int(one) for one in classes)] = min(fits)
    return plans


def best_plan(problem: Opening, goals) -> tuple[tuple[int, ...], tuple[int, int, int]]:
    """Return the best classes, and who is left out, the classes and the metres."""

    def worth(item):
        classes, (left_out, metres) = item
        values = {"classes": sum(classes), "metres": metres}
        return left_out, *(values[goal] for goal in goals), classes

    classes, (left_out, metres) = min(every_plan(problem).items(), key=worth)
    return classes, (left_out, sum(classes), metres)


def best_pairs(problem: Opening) -> list[tuple[int, int]]:
    """Return all pairs of classes and metres of which none is better in both."""
    plans = every_plan(problem)
    fewest = min(left_out for left_out, _ in plans.values())
    pairs = {(sum(key), metres) for key, (left, metres) in plans.items() if left == fewest}
    return sorted(
        pair
        for pair in pairs
        if not any(other != pair and other[0] <= pair[0] and other[1] <= pair[1] for other in pairs)
    )

"""The best classes to open, and all that trade classes for metres."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from enroll.classes.opening import parts
from enroll.classes.opening_bounds import fewest_classes_bound, metres_bound
from enroll.classes.opening_model import ClassModel, Held
from enroll.classes.opening_tight import tightened, without_spare_rooms

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enroll.classes.opening import Opening
    from enroll.records import Ints


@dataclass(frozen=True)
class Reached:
    """What one goal reached.

    Parameters
    ----------
    what
        `left_out` (children), `classes` or `metres`.
    value
        Of the plan, with the goals before it held.
    bound
        Below which the solver proves that nothing is possible.
    checked
        Below which enroll itself proves that nothing is possible, without the solver.
    """

    what: str
    value: int = 0
    bound: int = 0
    checked: int = 0

    @property
    def gap(self) -> int:
        """How far the value may be from the best."""
        return self.value - self.bound


@dataclass(frozen=True)
class ClassesToOpen:
    """(m,) classes, and what they reach goal by goal."""

    classes: Ints
    reached: tuple[Reached, ...]

    def value(self, what: str) -> int:
        """Return what one goal reached."""
        return next(each.value for each in self.reached if each.what == what)


def open_best(problem: Opening, goals: Sequence[str]) -> ClassesToOpen:
    """Return the classes to open: most children first, then the goals in their order.

    Among equal plans the first school, by its number, opens as few classes as it can, then the
    second, and so on: one plan comes out, whatever the solver found on its way.

    Parameters
    ----------
    goals
        `classes` and `metres`, the more important first.
    """
    answers = [(schools, _best(part, goals)) for schools, part in parts(_placing(problem))]
    classes = np.zeros(problem.schools, dtype=np.int64)
    for schools, answer in answers:
        classes[schools] = answer.classes
    if not problem.allows(classes):
        # Teachers or money bind the parts together.
        return _best(problem, goals)
    # Children whom no school may take are in no part.
    nowhere = int(problem.children[(problem.ways < 0).all(axis=1)].sum())
    alone = (Reached("left_out", nowhere, nowhere, nowhere), *(Reached(goal) for goal in goals))
    return ClassesToOpen(classes, _added([alone, *(answer.reached for _, answer in answers)]))


def frontier(problem: Opening) -> list[tuple[int, int]]:
    """Return the pairs of classes and metres of which none is better in both, fewest classes first.

    All of them leave out as few children as possible.
    """
    fewest = open_best(problem, ("classes", "metres"))
    alone = open_best(problem.unbounded(), ("classes",))
    costs = problem.budget is not None and problem.extra_cost(problem.rooms) > problem.budget
    if costs or fewest.value("left_out") > alone.value("left_out"):
        left_out, most = fewest.value("left_out"), int(problem.rooms.sum())
        curve = _curve(problem, left_out, fewest.value("classes"), problem.teachers or most)
    else:
        curve = {0: 0}
        for _, part in parts(_placing(problem)):
            curve = _joined(curve, _whole_curve(part))
    return _best_of_both(curve, problem.teachers)


def _placing(problem: Opening) -> Opening:
    """Return the problem without what leaves out more children than there must be.

    Teachers and budget are left aside. Where children have nowhere else than to schools with too
    few seats for them, these schools open every room and nobody else comes to them.
    """
    useful = without_spare_rooms(problem.unbounded())
    counting = ClassModel(useful.without_metres())
    seat, out = counting.seat_prices(Held(), "left_out")
    left_out = counting.best("left_out", Held()).cost
    return tightened(useful, seat, out, left_out, flat=True)


def _best(problem: Opening, goals: Sequence[str]) -> ClassesToOpen:
    """Return the best classes of a problem as one."""
    counting = ClassModel(problem.without_metres())
    model = ClassModel(problem)
    first = counting.best("left_out", Held())
    held = {"left_out": first.cost}
    nowhere = int(problem.children[(problem.ways < 0).all(axis=1)].sum())
    reached = [Reached("left_out", first.cost, first.bound, nowhere)]
    for goal in goals:
        with_metres = goal == "metres" or "metres" in held
        answer = (model if with_metres else counting).best(goal, Held(**held))
        measure = model.measure if goal == "metres" else 1
        value, bound = answer.cost * measure, answer.bound * measure
        checked = _checked(model, goal, held)
        held[goal] = value
        reached.append(Reached(goal, value, bound, checked))
        if goal == "metres":
            problem = _as_near(problem, model, held)
            model = ClassModel(problem)
    chosen = model if "metres" in held else counting
    return ClassesToOpen(chosen.first_classes(Held(**held)), tuple(reached))


def _as_near(problem: Opening, model: ClassModel, held: dict[str, int]) -> Opening:
    """Return the problem without what makes the ways longer than they can be.

    With the metres as the first goal nothing but the choice among equals is left.
    """
    seat, out = model.seat_prices(Held(held["left_out"]))
    return tightened(problem, seat, out, held["metres"] + out * held["left_out"])


def _checked(model: ClassModel, goal: str, held: dict[str, int]) -> int:
    """Return the bound of a goal that needs no trust in the solver."""
    problem = model.problem
    if goal == "classes":
        return fewest_classes_bound(problem, held["left_out"])
    most = int(problem.rooms.sum())
    pair = held["left_out"], held.get("classes", most)
    return max(0, metres_bound(problem, pair, *model.seat_prices(Held(**held))))


def _added(reached: Sequence[Sequence[Reached]]) -> tuple[Reached, ...]:
    """Return the values and bounds of all parts together."""
    return tuple(
        Reached(
            goals[0].what,
            sum(each.value for each in goals),
            sum(each.bound for each in goals),
            sum(each.checked for each in goals),
        )
        for goals in zip(*reached, strict=True)
    )


def _whole_curve(part: Opening) -> dict[int, int]:
    """Return the fewest metres of a part for each number of classes that makes a difference."""
    counting = ClassModel(part.without_metres())
    left_out = counting.best("left_out", Held()).cost
    fewest = counting.best("classes", Held(left_out)).cost
    return _curve(part, left_out, fewest, int(part.rooms.sum()))


def _curve(problem: Opening, left_out: int, fewest: int, most: int) -> dict[int, int]:
    model = ClassModel(problem)
    lowest = model.best("metres", Held(left_out)).cost
    curve = {}
    for classes in range(fewest, most + 1):
        answer = model.best("metres", Held(left_out, classes))
        curve[classes] = answer.cost * model.measure
        if answer.cost == lowest:
            break
    return curve


def _joined(one: dict[int, int], other: dict[int, int]) -> dict[int, int]:
    """Return the fewest metres of two parts for each number of classes of both."""
    joined: dict[int, int] = {}
    for classes, metres in one.items():
        for more, further in other.items():
            both = metres + further
            joined[classes + more] = min(joined.get(classes + more, both), both)
    return joined


def _best_of_both(curve: dict[int, int], teachers: int | None) -> list[tuple[int, int]]:
    pairs: list[tuple[int, int]] = []
    for classes, metres in sorted(curve.items()):
        within = teachers is None or classes <= teachers
        if within and (not pairs or metres < pairs[-1][1]):
            pairs.append((classes, metres))
    return pairs

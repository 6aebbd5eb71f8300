"""The classes to open as a program in whole numbers, solved one goal after another.

Each goal holds the values reached before it, so that no weight has to say how many metres a
class is worth. With the classes given, the children are a flow: its best is whole by itself,
so that only the classes have to be asked to be whole.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from enroll.solver.flow import SolverError
from enroll.solver.whole import WholeProgram, relaxed_prices, solve_whole

if TYPE_CHECKING:
    from enroll.classes.opening import Opening
    from enroll.records import Flags, Floats, Ints
    from enroll.solver.whole import WholeAnswer

    Bounds = Ints | Floats

_LARGEST_WEIGHT = 100_000
"""Schools are put in order together while their weights stay below this: the solver tells
sums apart that differ by one part in a thousand million, and this keeps far away from it."""


@dataclass(frozen=True)
class Held:
    """What earlier goals have reached and later ones keep; None where there is no bound yet."""

    left_out: int | None = None
    classes: int | None = None
    metres: int | None = None


class ClassModel:
    """The program of one problem.

    Columns are classes by school, children by allowed way, children left out by block, and
    classes beyond the planned by school. Metres are counted in their largest common measure.
    """

    def __init__(self, problem: Opening) -> None:
        self.problem = problem
        self.block, self.school = np.nonzero(problem.ways >= 0)
        ways = problem.ways[self.block, self.school]
        self.measure = int(np.gcd.reduce(ways, initial=0)) or 1
        self.steps = ways // self.measure
        blocks, schools = len(problem.children), problem.schools
        self.arcs = schools + np.arange(len(self.block))
        self.out = schools + len(self.block) + np.arange(blocks)
        self.extra = schools + len(self.block) + blocks + np.arange(schools)
        self.columns = 2 * schools + len(self.block) + blocks

    def cost(self, what: str) -> Ints:
        """Return (v,) the cost of `left_out`, `classes` or `metres` (in measures)."""
        cost = np.zeros(self.columns, dtype=np.int64)
        if what == "left_out":
            cost[self.out] = 1
        elif what == "classes":
            cost[: self.problem.schools] = 1
        else:
            cost[self.arcs] = self.steps
        return cost

    def best(self, what: str, held: Held) -> WholeAnswer:
        """Return the smallest `left_out`, `classes` or `metres` that keeps what is held.

        Raises
        ------
        SolverError
            If nothing keeps it: what is held was not reached by this problem.
        """
        return self._solved(self.cost(what), held, {})

    def first_classes(self, held: Held) -> Ints:
        """Return (m,) classes: the first school has as few as what is held lets it, and so on."""
        problem = self.problem
        fixed: dict[int, int] = {}
        open_schools = np.flatnonzero(problem.rooms > problem.fewest).tolist()
        classes = problem.fewest.copy()
        while open_schools:
            group, weights = self._next_group(open_schools)
            cost = np.zeros(self.columns, dtype=np.int64)
            cost[group] = weights
            answer = self._solved(cost, held, fixed)
            fixed.update({school: round(answer.values[school]) for school in group})
            classes[group] = [fixed[school] for school in group]
            open_schools = open_schools[len(group) :]
        return classes

    def seat_prices(self, held: Held, what: str = "metres") -> tuple[Ints, int]:
        """Return (m,) what one more seat would save, and what one child left out would.

        In metres, or in children where these are counted (`left_out`). They solve the program
        in which classes may be parts of a class, so they are good for a bound only.
        """
        prices = relaxed_prices(self._program(held, {}), self.cost(what))
        schools, blocks = self.problem.schools, len(self.problem.children)
        per_class = prices[blocks : blocks + schools]
        per_school = prices[blocks + schools : blocks + 2 * schools]
        seat = np.maximum(np.rint(per_class + per_school), 0).astype(np.int64)
        if what == "left_out":
            return seat, 1
        held_out = prices[blocks + 2 * schools] if held.left_out is not None else 0.0
        return seat * self.measure, max(0, round(held_out)) * self.measure

    def _next_group(self, open_schools: list[int]) -> tuple[list[int], list[int]]:
        """Return schools to put in order at once, the first with the largest weight."""
        choices = (self.problem.rooms - self.problem.fewest + 1).tolist()
        group: list[int] = []
        product = 1
        for school in open_schools:
            if group and product * choices[school] > _LARGEST_WEIGHT:
                break
            group.append(school)
            product *= choices[school]
        weights = []
        for school in group:
            product //= choices[school]
            weights.append(product)
        return group, weights

    def _solved(self, cost: Ints, held: Held, fixed: dict[int, int]) -> WholeAnswer:
        answer = solve_whole(self._program(held, fixed), cost)
        if answer is None:
            message = f"no classes keep {held}"
            raise SolverError(message)
        return answer

    def _program(self, held: Held, fixed: dict[int, int]) -> WholeProgram:
        rows = _Rows()
        self._add_children(rows)
        self._add_schools(rows)
        self._add_held(rows, held)
        least = np.zeros(self.columns, dtype=np.int64)
        most = np.full(self.columns, int(self.problem.children.sum()), dtype=np.int64)
        schools = slice(0, self.problem.schools)
        least[schools], most[schools] = self.problem.fewest, self.problem.rooms
        most[self.extra] = np.maximum(self.problem.rooms - self.problem.planned, 0)
        for school, classes in fixed.items():
            least[school] = most[school] = classes
        whole = np.zeros(self.columns, dtype=bool)
        whole[schools] = True
        return rows.program(least, most, whole)

    def _add_children(self, rows: _Rows) -> None:
        """Every child has a way or is left out."""
        blocks = np.arange(len(self.problem.children))
        row = np.concatenate([self.block, blocks])
        column = np.concatenate([self.arcs, self.out])
        rows.add(row, column, np.ones_like(row), self.problem.children, self.problem.children)

    def _add_schools(self, rows: _Rows) -> None:
        """No school takes more than its classes hold, nor more than it may."""
        problem = self.problem
        schools = np.arange(problem.schools)
        none = np.full(problem.schools, -np.inf)
        row = np.concatenate([schools, self.school])
        column = np.concatenate([schools, self.arcs])
        factor = np.concatenate([-problem.size, np.ones_like(self.arcs)])
        rows.add(row, column, factor, none, -problem.taken)
        rows.add(self.school, self.arcs, np.ones_like(self.arcs), none, problem.most)
        if problem.budget is not None:
            row = np.concatenate([schools, schools])
            column = np.concatenate([schools, self.extra])
            factor = np.concatenate([np.ones_like(schools), -np.ones_like(schools)])
            rows.add(row, column, factor, none, problem.planned)

    def _add_held(self, rows: _Rows, held: Held) -> None:
        metres = None if held.metres is None else held.metres // self.measure
        rows.add_bound(self.cost("left_out"), held.left_out)
        rows.add_bound(self.cost("classes"), held.classes)
        rows.add_bound(self.cost("metres"), metres)
        rows.add_bound(self.cost("classes"), self.problem.teachers)
        if self.problem.budget is not None:
            cost = np.zeros(self.columns, dtype=np.int64)
            cost[self.extra] = self.problem.cost
            rows.add_bound(cost, self.problem.budget)


class _Rows:
    """The rows of a program while they are gathered."""

    def __init__(self) -> None:
        self.parts: list[tuple[Ints, Ints, Ints]] = []
        self.bounds: list[tuple[Bounds, Bounds]] = []
        self.count = 0

    def add(self, row: Ints, column: Ints, factor: Ints, least: Bounds, most: Bounds) -> None:
        """Add rows, numbered from 0 among themselves."""
        self.parts.append((row + self.count, column, factor))
        self.bounds.append((least, most))
        self.count += len(most)

    def add_bound(self, cost: Ints, most: int | None) -> None:
        """Add one row: what a cost may not pass."""
        if most is not None:
            column = np.flatnonzero(cost)
            row = np.zeros(len(column), dtype=np.int64)
            self.add(row, column, cost[column], np.array([-np.inf]), np.array([most]))

    def program(self, least: Ints, most: Ints, whole: Flags) -> WholeProgram:
        """Return the program with its matrix in the order of rows."""
        row, column, factor = (np.concatenate(part) for part in zip(*self.parts, strict=True))
        lowest, highest = (np.concatenate(part) for part in zip(*self.bounds, strict=True))
        order = np.lexsort((column, row))
        row, column, factor = row[order], column[order], factor[order].astype(np.int64)
        bounds = lowest.astype(float), highest.astype(float)
        return WholeProgram(least, most, whole, row, column, factor, *bounds)

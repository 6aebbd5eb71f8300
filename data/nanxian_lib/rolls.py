"""How many pupils the schools already have."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from nanxian_lib.chance import Chance
from nanxian_lib.plans import JUNIOR, PRIMARY

if TYPE_CHECKING:
    from nanxian_lib.places import Plan, Stage

NINE_YEAR_LIMIT = 2500


@dataclass(frozen=True)
class Roll:
    """Pupils of a school outside the entry grades, and last summer's top grade."""

    other_grades: int
    leavers: int


def _draw(stage: Stage, plan: Plan, grades: int, chance: Chance) -> Roll:
    """Return the roll of one school: older grades were a little larger every year."""
    entrants = stage.entrants_of(plan) if plan.fill else plan.classes * 38
    sizes = [
        round(min(entrants, plan.classes * 52) * (1.0 + 0.02 * age) * chance.between(0.93, 1.05))
        for age in range(1, grades + 2)
    ]
    return Roll(sum(sizes[:-1]), sizes[-1])


def grades_above(stage: Stage, plan: Plan) -> int:
    """Return how many grades above the entry grade a school has in one stage."""
    if stage.letter == "J":
        return 2
    return 3 if plan.kind == "village" else 5


def draw_rolls(stage: Stage) -> dict[str, Roll]:
    """Return the roll of every school of one stage.

    A nine-year school has the same number of other pupils in both stages: grades 2 to 6, 8 and
    9, so that its headroom can be shared by both entries; its leavers are those of the stage.
    """
    own = {s.letter: _draw_stage(s) for s in (PRIMARY, JUNIOR)}
    other = own["J" if stage.letter == "P" else "P"]
    rolls = own[stage.letter]
    return {
        key: Roll(roll.other_grades + other[key].other_grades, roll.leavers)
        if key in other
        else roll
        for key, roll in rolls.items()
    }


def own_rolls(stage: Stage) -> dict[str, tuple[int, int]]:
    """Return pupils of this stage outside the entry grade, and leavers, school by school."""
    return {key: (roll.other_grades, roll.leavers) for key, roll in _draw_stage(stage).items()}


def _draw_stage(stage: Stage) -> dict[str, Roll]:
    chance = Chance(f"rolls {stage.letter}")
    drawn = {plan: _draw(stage, plan, grades_above(stage, plan), chance) for plan in stage.plans}
    return {
        plan.school_id: Roll(plan.other_grades or roll.other_grades, plan.leavers or roll.leavers)
        for plan, roll in drawn.items()
    }

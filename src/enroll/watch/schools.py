"""Findings about schools: classes and schools that are too large or nearly full."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from enroll.allocate.seats import refilling_schools
from enroll.classes import count_oversized
from enroll.notices import Notice
from enroll.watch.scene import counted, phrase, school_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from enroll.notices import Phrase
    from enroll.records import Ints
    from enroll.watch.scene import Scene

OVERSIZED = 56
"""Pupils from which a class counts as oversized in the national statistics."""

VERY_OVERSIZED = 66
"""Pupils from which a class counts as very oversized."""

_GRADES = {"primary": 6, "junior": 3}
_GRADES_OF_BOTH_STAGES = 9


def watch_class_limits(scene: Scene) -> Iterator[Notice]:
    """Name schools with a class above its limit, which only fixed places can bring about."""
    for school in np.flatnonzero(scene.plan.largest > scene.schools.class_limit).tolist():
        largest, bound = int(scene.plan.largest[school]), int(scene.schools.class_limit[school])
        excess = phrase("class_excess", largest=largest, bound=bound)
        relief = phrase("class_relief", **_relief(scene, school, bound))
        yield _over_limit(scene, school, (largest, bound), excess, relief)


def watch_growth(scene: Scene) -> Iterator[Notice]:
    """Name schools that fixed places make larger than the limit and last year both allow."""
    schools = scene.schools
    most = np.maximum(schools.school_limit, schools.other_grades + schools.leavers)
    for school in np.flatnonzero(scene.total > most).tolist():
        total, bound = int(scene.total[school]), int(most[school])
        excess = phrase("school_excess", total=total, bound=bound)
        relief = phrase("school_relief", seats=total - bound)
        yield _over_limit(scene, school, (total, bound), excess, relief)


def _over_limit(
    scene: Scene, school: int, figures: tuple[int, int], excess: Phrase, relief: Phrase
) -> Notice:
    value, bound = figures
    words = {"school": school_words(scene.schools, school), "excess": excess, "relief": relief}
    return Notice("OVER_LIMIT", str(scene.schools.school_id[school]), value, bound, words)


def watch_school_sizes(scene: Scene) -> Iterator[Notice]:
    """Name schools with more pupils in all grades than their limit."""
    schools = scene.schools
    for school in np.flatnonzero(scene.total > schools.school_limit).tolist():
        total, bound = int(scene.total[school]), int(schools.school_limit[school])
        yield Notice(
            "OVERSIZED_SCHOOL",
            str(schools.school_id[school]),
            value=total,
            bound=bound,
            params={
                "school": school_words(schools, school),
                "total": total,
                "bound": bound,
                "seats": total - bound,
            },
        )


def watch_refilling(scene: Scene) -> Iterator[Notice]:
    """Name schools that were above their limit, and say when they come under."""
    schools = scene.schools
    for school in np.flatnonzero(refilling_schools(schools)).tolist():
        total, bound = int(scene.total[school]), int(schools.school_limit[school])
        leavers = int(schools.leavers[school])
        yield Notice(
            "SCHOOL_REFILLS",
            str(schools.school_id[school]),
            value=total,
            bound=bound,
            params={
                "school": school_words(schools, school),
                "bound": bound,
                "last_year": int(schools.other_grades[school]) + leavers,
                "leavers": leavers,
                "entering": int(scene.plan.pupils[school]),
                "total": total,
                "outlook": _outlook(scene, school),
                "seats": max(total - bound, 0),
            },
        )


def _outlook(scene: Scene, school: int) -> Phrase:
    """Return when a school comes under its limit if every entry is as large as this one.

    The grades above are taken as equally large, so each year the school loses their mean.
    """
    schools = scene.schools
    above = int(scene.total[school] - schools.school_limit[school])
    if above <= 0:
        return phrase("under_now")
    both = schools.kind[school] == "nine-year"
    grades = _GRADES_OF_BOTH_STAGES if both else _GRADES[scene.settings.stage]
    entering = int(scene.plan.pupils[school])
    if entering * grades > schools.school_limit[school]:
        return phrase("never_under")
    shrinking = int(schools.other_grades[school]) - entering * (grades - 1)
    return counted("under_later", -(-above * (grades - 1) // shrinking))


def watch_oversized_classes(scene: Scene) -> Iterator[Notice]:
    """Name schools with classes that the national statistics call oversized."""
    very = count_oversized(scene.plan, VERY_OVERSIZED)
    large = count_oversized(scene.plan, OVERSIZED)
    yield from _oversized(scene, "VERY_OVERSIZED_CLASS", very, VERY_OVERSIZED)
    yield from _oversized(scene, "OVERSIZED_CLASS", np.where(very > 0, 0, large), OVERSIZED)


def _oversized(scene: Scene, code: str, counts: Ints, bound: int) -> Iterator[Notice]:
    for school in np.flatnonzero(counts).tolist():
        largest = int(scene.plan.largest[school])
        yield Notice(
            code,
            str(scene.schools.school_id[school]),
            value=largest,
            bound=bound - 1,
            params={
                "school": school_words(scene.schools, school),
                "count": int(counts[school]),
                "largest": largest,
                **_relief(scene, school, bound - 1),
            },
        )


def watch_standards(scene: Scene) -> Iterator[Notice]:
    """Name schools with a class above the standard, and the classes that would end it."""
    schools, plan = scene.schools, scene.plan
    for school in np.flatnonzero(plan.largest > schools.class_standard).tolist():
        largest, bound = int(plan.largest[school]), int(schools.class_standard[school])
        proposed = int(plan.proposed[school])
        yield Notice(
            "OVER_STANDARD",
            str(schools.school_id[school]),
            value=largest,
            bound=bound,
            params={
                "school": school_words(schools, school),
                "largest": largest,
                "bound": bound,
                "classes": proposed - int(plan.classes[school]),
                "rooms": max(int(schools.rooms[school]), int(schools.classes[school])),
                "seats": max(int(plan.pupils[school]) - proposed * bound, 0),
            },
        )


def watch_nearly_full(scene: Scene) -> Iterator[Notice]:
    """Name schools that have filled nine tenths of the seats within their class limit."""
    placed, limit = scene.placed, scene.seats.limit
    for school in np.flatnonzero((placed > 0) & (placed * 10 >= limit * 9)).tolist():
        count, bound = int(placed[school]), int(limit[school])
        if count > bound:
            continue
        yield Notice(
            "NEAR_LIMIT",
            str(scene.schools.school_id[school]),
            value=count,
            bound=bound,
            params={
                "school": school_words(scene.schools, school),
                "placed": count,
                "bound": bound,
                "seats": counted("seats", seats_below_nine_tenths(count) - bound),
            },
        )


def seats_below_nine_tenths(children: int) -> int:
    """Return the fewest seats of which so many children fill less than nine tenths."""
    return children * 10 // 9 + 1


def _relief(scene: Scene, school: int, bound: int) -> dict[str, object]:
    """Return the classes a school would need, or the children it has too many, for a bound."""
    pupils, opened = int(scene.plan.pupils[school]), int(scene.plan.classes[school])
    more = -(-pupils // bound) - opened
    return {"classes": counted("classes", more), "seats": pupils - bound * opened}


SCHOOL_RULES: tuple[Callable[[Scene], Iterator[Notice]], ...] = (
    watch_class_limits,
    watch_growth,
    watch_school_sizes,
    watch_refilling,
    watch_oversized_classes,
    watch_standards,
    watch_nearly_full,
)

"""New estates: children who are in no table, drawn where their homes will stand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from enroll.changing.chance import pair_for, seed_of
from enroll.changing.frames import order_of, rows_of, text_column, together
from enroll.records import MADE
from enroll.scenario.changes import AddHomes
from enroll.tables.demand import ENTRY_GRADE
from enroll.tables.made import WORDS_OF_FACTS, made_children

if TYPE_CHECKING:
    import shapely

    from enroll.changing.trial import Trial
    from enroll.records import Applicants, Floats

_MOST_TRIES = 1000


def add_homes(trial: Trial) -> None:
    """Add the children of new estates to the applicants."""
    for number, change in trial.of_kind(AddHomes):
        _check_words(trial, number, change)
        settings = trial.settings
        count = change.pupils(ENTRY_GRADE[settings.stage], settings.year)
        if not count:
            trial.wrong("CHANGE_WITHOUT_EFFECT", number, "delivered", year=settings.year)
            continue
        travel = trial.inputs.travel
        if travel is not None and travel.keyed_by == "applicant":
            trial.wrong("CHANGE_NEEDS_WAYS", number, "id", change.id)
            continue
        homes = _homes(trial, number, change, count)
        if homes is not None:
            trial.record(f"homes.{change.id}.children", 0, count)
            _add(trial, _children(trial, change, homes))


def _check_words(trial: Trial, number: int, change: AddHomes) -> None:
    """Note facts whose column has words of its own, and not this one."""
    for name, value in change.facts.items():
        words = WORDS_OF_FACTS.get(name)
        if words and value not in words:
            trial.wrong("CHANGE_FACT_WORD", number, f"facts.{name}", str(value), known=words)


def _homes(trial: Trial, number: int, change: AddHomes, count: int) -> Floats | None:
    """Return (count, 2) where the children live, or None where the estate covers nothing."""
    if change.point is not None:
        return np.tile(np.array(change.point, dtype=np.float64), (count, 1))
    import shapely

    ground = shapely.Polygon(change.polygon)
    if not shapely.is_valid(ground) or not ground.area > 0:
        trial.wrong("HOMES_POLYGON", number, "polygon")
        return None
    return spread(ground, change.id, count, seed_of(trial.settings))


def spread(ground: shapely.Polygon, name: str, count: int, seed: bytes) -> Floats:
    """Return (count, 2) points inside a polygon, evenly by chance.

    A child's point depends on the seed, the estate's name and its own number only, so that an
    estate which fills keeps the children it has. Points outside the polygon are drawn anew.
    """
    import shapely

    west, south, east, north = ground.bounds
    corner, size = np.array([west, south]), np.array([east - west, north - south])
    inside = shapely.point_on_surface(ground)
    points = np.tile(np.array([inside.x, inside.y]), (count, 1))
    left = np.arange(count)
    for attempt in range(_MOST_TRIES):
        if not len(left):
            break
        drawn = [pair_for(seed, "homes", f"{name}\0{child}\0{attempt}") for child in left.tolist()]
        tried = corner + np.array(drawn) * size
        hit = shapely.contains_xy(ground, tried[:, 0], tried[:, 1])
        points[left[hit]] = tried[hit]
        left = left[~hit]
    return points


def _children(trial: Trial, change: AddHomes, homes: Floats) -> Applicants:
    """Return the children of an estate as a frame like that of the applicants."""
    names = [f"{change.id}{MADE}{number:05}" for number in range(1, len(homes) + 1)]
    facts: dict[str, Any] = dict(change.facts)
    applicants = trial.inputs.applicants
    made = made_children(names, applicants.facts, applicants.choices.shape[1])
    group = change.group or ""
    return replace(
        made,
        lon=homes[:, 0].copy(),
        lat=homes[:, 1].copy(),
        group=text_column([group] * len(names)),
        facts={
            name: text_column([str(facts[name])] * len(names)) if name in facts else texts
            for name, texts in made.facts.items()
        },
        crs=applicants.crs,
    )


def _add(trial: Trial, children: Applicants) -> None:
    inputs = trial.inputs
    both = together(inputs.applicants, children)
    trial.inputs = replace(inputs, applicants=rows_of(both, order_of(both.applicant_id)))

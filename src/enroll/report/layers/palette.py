"""The colours and words of a run's map, the same in QGIS, in pictures and on pages.

The colours are told apart by people who do not see red and green; levels differ in the width of
their ring and the form of their mark too.
"""

from __future__ import annotations

from typing import NamedTuple

from enroll.notices.kinds import N_


class Shade(NamedTuple):
    """How one class of things is drawn.

    Parameters
    ----------
    value
        In the column that parts the layer.
    label
        For the legend, to translate.
    colour
        `#rrggbb`.
    """

    value: str
    label: str
    colour: str


LOADS = (
    Shade("under_75", N_("under 75 %"), "#92c5de"),
    Shade("75_to_89", N_("75 to 89 %"), "#d1e5f0"),
    Shade("90_to_99", N_("90 to 99 %"), "#fddbc7"),
    Shade("100_to_119", N_("100 to 119 %"), "#f4a582"),
    Shade("120_and_up", N_("120 % and more"), "#d6604d"),
    Shade("no_school", N_("no school"), "#cccccc"),
)
"""Children against seats within the class standard, from `load_of`."""

LEVEL_SHADES = (
    Shade("red", N_("red notice"), "#a50026"),
    Shade("orange", N_("orange notice"), "#d95f02"),
    Shade("yellow", N_("yellow notice"), "#e6ab02"),
    Shade("info", N_("for information"), "#4d4d4d"),
    Shade("", N_("no notice"), "#4d4d4d"),
)

RING_MM = {"red": 1.0, "orange": 0.8, "yellow": 0.6, "info": 0.3, "": 0.3}
"""Width of the ring around a school, in millimetres on the screen."""

FLOW_COLOUR = "#5e3c99"

_BOUNDS = ((120, "120_and_up"), (100, "100_to_119"), (90, "90_to_99"), (75, "75_to_89"))


def load_of(demand: int, seats: int) -> str:
    """Return the class of a catchment by its children and its seats."""
    for percent, value in _BOUNDS:
        if demand and demand * 100 >= seats * percent:
            return value
    return LOADS[0].value

"""What the sample county is made of: outline, channels, towns and schools.

The towns are those of Nan County and stand roughly where they really are. The schools, their
sizes and the number of children are invented.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date

Kind = Literal["full", "village", "nine-year", "boarding"]
Sector = Literal["public", "private"]

OUTLINE = (
    (112.212, 29.335), (112.232, 29.385), (112.262, 29.420), (112.270, 29.462),
    (112.318, 29.482), (112.368, 29.525), (112.418, 29.492), (112.470, 29.448),
    (112.530, 29.436), (112.590, 29.420), (112.650, 29.424), (112.715, 29.392),
    (112.772, 29.374), (112.815, 29.352), (112.780, 29.336), (112.720, 29.330),
    (112.672, 29.308), (112.628, 29.246), (112.584, 29.196), (112.530, 29.172),
    (112.470, 29.160), (112.425, 29.142), (112.395, 29.098), (112.362, 29.066),
    (112.310, 29.054), (112.264, 29.085), (112.216, 29.130), (112.187, 29.190),
    (112.202, 29.260),
)  # fmt: skip
"""The county's outline, lon and lat, clockwise from the west; shores are bent in later."""

CHANNELS = {
    "west channel": (
        (112.280, 29.540), (112.296, 29.430), (112.288, 29.360), (112.268, 29.300),
        (112.282, 29.220), (112.290, 29.150), (112.283, 29.020),
    ),
    "Tuojiang": (
        (112.452, 29.540), (112.448, 29.460), (112.450, 29.400), (112.446, 29.350),
        (112.425, 29.300), (112.392, 29.250), (112.378, 29.190), (112.372, 29.120),
        (112.352, 29.030),
    ),
    "east channel": (
        (112.450, 29.400), (112.500, 29.385), (112.545, 29.340), (112.600, 29.300),
        (112.636, 29.262), (112.680, 29.210),
    ),
}  # fmt: skip
"""Channels of Dongting Lake; the county's polders lie between them, and no zone crosses one."""


@dataclass(frozen=True)
class Town:
    """A town or township.

    Parameters
    ----------
    name, hanzi
        In Latin letters and in Chinese.
    seat
        lon and lat of its market street.
    """

    name: str
    hanzi: str
    seat: tuple[float, float]


TOWNS = (
    Town("Nanzhou", "南洲镇", (112.400, 29.360)),
    Town("Langbahu", "浪拔湖镇", (112.345, 29.438)),
    Town("Huage", "华阁镇", (112.605, 29.378)),
    Town("Mingshantou", "明山头镇", (112.560, 29.272)),
    Town("Qingshuzui", "青树嘴镇", (112.535, 29.208)),
    Town("Changjiao", "厂窖镇", (112.232, 29.222)),
    Town("Wushenggong", "武圣宫镇", (112.248, 29.140)),
    Town("Sanxianhu", "三仙湖镇", (112.338, 29.212)),
    Town("Maocaojie", "茅草街镇", (112.325, 29.092)),
    Town("Mahekou", "麻河口镇", (112.245, 29.325)),
    Town("Zhongyukou", "中鱼口镇", (112.440, 29.210)),
    Town("Wuzui", "乌嘴乡", (112.345, 29.300)),
)


@dataclass(frozen=True)
class Plan:
    """One school as it is planned.

    Parameters
    ----------
    school_id
        `SYN` says in every row that it is synthetic.
    town
        Name of its town.
    name, hanzi
        In Latin letters and in Chinese; an empty one is never written.
    kind, sector
        As in the table of schools.
    classes, rooms
        Entry classes planned, and the most that fit.
    fill
        Children of its zone as a share of its standard seats.
    place
        Kilometres east and north of the town's seat, or None: as far as can be from the others.
    zone
        Words for its zone; schools with the same words share it; empty for none.
    reserved, reserved_for
        Seats held back, and for what.
    other_grades, leavers
        Where a school's size is part of the story; drawn where 0.
    beds
        Boarding places, 0 for a day school.
    """

    school_id: str
    town: str
    name: str
    kind: Kind
    classes: int
    rooms: int
    fill: float
    place: tuple[float, float] | None
    zone: str
    hanzi: str = ""
    sector: Sector = "public"
    reserved: int = 0
    reserved_for: str = ""
    other_grades: int = 0
    leavers: int = 0
    beds: int = 0


@dataclass(frozen=True)
class Closed:
    """A village whose school was closed; its zone is served by another school.

    Parameters
    ----------
    served_by
        school_id of that school.
    children
        Primary entrants in 2026.
    """

    town: str
    name: str
    served_by: str
    children: int


CLOSED = (
    Closed("Langbahu", "Nandi", "SYN-P17", 14),
    Closed("Huage", "Changdi", "SYN-P20", 17),
    Closed("Mingshantou", "Hubin", "SYN-P26", 12),
    Closed("Changjiao", "Xizhou", "SYN-P32", 15),
    Closed("Sanxianhu", "Luwei", "SYN-P39", 16),
    Closed("Maocaojie", "Dukou", "SYN-P43", 19),
)


@dataclass(frozen=True)
class Stage:
    """One entrance, primary or junior.

    Parameters
    ----------
    letter
        P or J, in the ids.
    chinese
        Whether its files are written in Chinese.
    plans, closed
        Its schools, and those it lost.
    class_standard, village_standard
        Pupils a class should have.
    shared_names
        What a zone of several schools is called, by the words that its schools share.
    first_birth
        First birthday of the regular entrants; the last is a year less a day later.
    """

    letter: str
    chinese: bool
    plans: tuple[Plan, ...]
    closed: tuple[Closed, ...]
    class_standard: int
    village_standard: int
    shared_names: dict[str, str]
    first_birth: date

    def standard_of(self, plan: Plan) -> int:
        """Return the class standard of one school."""
        return self.village_standard if plan.kind == "village" else self.class_standard

    def entrants_of(self, plan: Plan) -> float:
        """Return the entrants that a school brings to its zone."""
        return plan.classes * self.standard_of(plan) * plan.fill

"""Frozen records and column frames of the domain: what every other room passes around.

A column frame is a frozen dataclass of equally long numpy arrays. Frames are in canonical
order (ascending id, compared as UTF-8 bytes), so no row order of a file can reach a result.
Index columns point into another frame; -1 means "none". All lengths are integers: plane
coordinates in decimetres of the metric CRS, ways in whole metres.
"""

from __future__ import annotations

from enroll.records.files import (
    MADE,
    Applicants,
    Change,
    Inputs,
    Schools,
    Source,
    Table,
    TravelMatrix,
    Zones,
)
from enroll.records.futures import Births, Forecast, History, Homes, Past, Roll
from enroll.records.kinds import (
    NONE,
    Days,
    Flags,
    Floats,
    Goal,
    Ints,
    JsonValue,
    Metres,
    Review,
    SeatLevel,
    Status,
    Texts,
)
from enroll.records.outcome import (
    Certificate,
    ClassPlan,
    Cutoff,
    FamilyPlace,
    Level,
    Overload,
    Placement,
)
from enroll.records.standing import Committed, Draw, Ground, Groups, Ranking, Seats, Ways

__all__ = [
    "MADE",
    "NONE",
    "Applicants",
    "Births",
    "Certificate",
    "Change",
    "ClassPlan",
    "Committed",
    "Cutoff",
    "Days",
    "Draw",
    "FamilyPlace",
    "Flags",
    "Floats",
    "Forecast",
    "Goal",
    "Ground",
    "Groups",
    "History",
    "Homes",
    "Inputs",
    "Ints",
    "JsonValue",
    "Level",
    "Metres",
    "Overload",
    "Past",
    "Placement",
    "Ranking",
    "Review",
    "Roll",
    "Schools",
    "SeatLevel",
    "Seats",
    "Source",
    "Status",
    "Table",
    "Texts",
    "TravelMatrix",
    "Ways",
    "Zones",
]

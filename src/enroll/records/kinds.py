"""The kinds of column that the frames are made of."""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Metres = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Texts = npt.NDArray[np.object_]
Days = npt.NDArray[np.datetime64]

NONE = -1
"""No school, no zone, no family, no row: the empty value of every index column."""

SeatLevel = Literal["standard", "limit"]
Goal = Literal["total", "farthest", "fewest_far"]
Review = Literal["passed", "pending", "rejected"]
Status = Literal["placed", "unplaced", "ineligible"]

JsonValue = Any
"""What `json` can write: nested dictionaries with text keys, lists, text, integers, bool."""

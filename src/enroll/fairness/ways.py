"""Ways between children and schools, computed as the audit format says."""

from __future__ import annotations

from math import isqrt
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from enroll.fairness.register import Child, RunCopy
    from enroll.records import Flags


class Ways:
    """Ways in rounded metres.

    Parameters
    ----------
    run
        Whose points, or whose matrix, are used.
    """

    def __init__(self, run: RunCopy) -> None:
        schools = run.rules["schools"]
        self._points = {one["id"]: (one["x_dm"], one["y_dm"]) for one in schools}
        self._ids = [one["id"] for one in schools]
        known = [(one["x_dm"] is not None, one["x_dm"] or 0, one["y_dm"] or 0) for one in schools]
        self._known, self._east, self._north = np.array(known, dtype=np.int64).reshape(-1, 3).T
        self._round = run.rules["round_m"]
        self._matrix = run.ways if run.rules["mode"] == "matrix" else None
        self._key = "zone" if run.rules.get("ways_by") == "zone" else "id"

    def to(self, child: Child, school: str) -> int | None:
        """Return the metres to a school, None where no way is known."""
        if self._matrix is not None:
            return self._matrix.get(child[self._key], {}).get(school)
        east, north = self._points[school]
        if east is None or child["x_dm"] is None:
            return None
        away = isqrt((child["x_dm"] - east) ** 2 + (child["y_dm"] - north) ** 2)
        return int((away + 5 * self._round) // (10 * self._round) * self._round)

    def nearest(self, child: Child, asked: Flags) -> int | None:
        """Return the metres to the nearest of some schools, None where no way is known.

        Parameters
        ----------
        asked
            (m,) the schools, in the order of the rules.
        """
        if self._matrix is not None:
            ways = self._matrix.get(child[self._key], {})
            return min((ways[one] for one in self._named(asked) if one in ways), default=None)
        places = np.flatnonzero(asked & (self._known > 0))
        if child["x_dm"] is None or not len(places):
            return None
        east, north = self._east[places] - child["x_dm"], self._north[places] - child["y_dm"]
        return self.to(child, self._ids[places[(east * east + north * north).argmin()]])

    def _named(self, asked: Flags) -> list[str]:
        return [self._ids[place] for place in np.flatnonzero(asked)]

    def shortest(self, child: Child, schools: Iterable[str]) -> int | None:
        """Return the metres to the nearest of some schools, None where no way is known."""
        known = [way for way in (self.to(child, school) for school in schools) if way is not None]
        return min(known, default=None)

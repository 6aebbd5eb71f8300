"""Ways between children and schools, computed as the audit format says."""

from __future__ import annotations

from math import isqrt
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from enroll.fairness.register import Child, RunCopy


class Ways:
    """Ways in rounded metres.

    Parameters
    ----------
    run
        Whose points, or whose matrix, are used.
    """

    def __init__(self, run: RunCopy) -> None:
        self._points = {one["id"]: (one["x_dm"], one["y_dm"]) for one in run.rules["schools"]}
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

    def shortest(self, child: Child, schools: Iterable[str]) -> int | None:
        """Return the metres to the nearest of some schools, None where no way is known."""
        known = [way for way in (self.to(child, school) for school in schools) if way is not None]
        return min(known, default=None)

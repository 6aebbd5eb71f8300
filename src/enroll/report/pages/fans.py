"""Lines and bands over years, as paths of a small drawing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

FAN = (260, 84)
"""Width and height of the drawing of a school, in units."""

_LEFT, _RIGHT, _TOP, _BOTTOM = 4, 36, 8, 16


class Axis(NamedTuple):
    """Years from left to right, pupils from 0 up.

    Parameters
    ----------
    first, last
        Years at both ends.
    top
        Pupils at the upper end, 1 at least.
    size
        Of the drawing.
    """

    first: int
    last: int
    top: int
    size: tuple[int, int] = FAN

    def x(self, year: int) -> int:
        """Return how far right a year is."""
        wide = self.size[0] - _LEFT - _RIGHT
        return _LEFT + wide * (year - self.first) // max(self.last - self.first, 1)

    def y(self, pupils: int) -> int:
        """Return how far down a number of pupils is."""
        high = self.size[1] - _TOP - _BOTTOM
        return self.size[1] - _BOTTOM - high * min(pupils, self.top) // self.top

    @property
    def floor(self) -> int:
        """How far down no pupil is."""
        return self.y(0)


class Fan(NamedTuple):
    """A forecast as drawn.

    Parameters
    ----------
    past, middle, band
        Paths of what was counted, of the forecast, and of the range around it.
    standard, limit
        Heights of two bounds; None where there is none, or it is above the drawing.
    now
        Where the forecast begins.
    ends
        The first year with its place, the last one counted, the last one.
    top
        Pupils at the upper end.
    """

    past: str
    middle: str
    band: str
    standard: int | None
    limit: int | None
    now: int
    ends: Sequence[tuple[int, int]]
    top: int
    size: tuple[int, int]


class Course(NamedTuple):
    """Numbers by year: those that were counted, and those to come with their range."""

    past: Sequence[tuple[int, int]]
    ahead: Sequence[tuple[int, int, int, int]]


def fan(course: Course, standard: int | None, limit: int | None, size: tuple[int, int]) -> Fan:
    """Return the drawing of a course, on a scale of its own from 0.

    Parameters
    ----------
    standard, limit
        Bounds to draw it against; one that is far above everything is left out.
    """
    counted, ahead = course.past, course.ahead
    most = max([1, *(count for _, count in counted), *(high for _, _, _, high in ahead)])
    bounds = [bound for bound in (standard, limit) if bound is not None and bound <= 2 * most]
    years = [year for year, *_ in (*counted, *ahead)]
    axis = Axis(min(years), max(years), max([most, *bounds]), size)
    wide = [*((year, count, count, count) for year, count in counted[-1:]), *ahead]
    now = counted[-1][0] if counted else years[0]
    return Fan(
        past=line(axis, *_columns(counted)),
        middle=line(axis, *_columns((year, pupils) for year, pupils, _, _ in wide)),
        band=_band(axis, wide),
        standard=axis.y(standard) if standard in bounds and standard is not None else None,
        limit=axis.y(limit) if limit in bounds and limit is not None else None,
        now=axis.x(now),
        ends=[(year, axis.x(year)) for year in sorted({years[0], now, years[-1]})],
        top=axis.top,
        size=size,
    )


def _columns(rows: Iterable[tuple[int, int]]) -> tuple[list[int], list[int]]:
    listed = list(rows)
    return [year for year, _ in listed], [count for _, count in listed]


def line(axis: Axis, years: Sequence[int], counts: Sequence[int]) -> str:
    """Return the path through the counts of some years; a dot for one year."""
    places = [(axis.x(year), axis.y(count)) for year, count in zip(years, counts, strict=True)]
    if len(places) == 1:
        return f"M{places[0][0]} {places[0][1]}h1"
    return "".join(f"{'L' if at else 'M'}{x} {y}" for at, (x, y) in enumerate(places))


def _band(axis: Axis, wide: Sequence[tuple[int, int, int, int]]) -> str:
    there = [f"{axis.x(year)} {axis.y(high)}" for year, _, _, high in wide]
    back = [f"{axis.x(year)} {axis.y(low)}" for year, _, low, _ in reversed(wide)]
    return f"M{'L'.join([*there, *back])}z"

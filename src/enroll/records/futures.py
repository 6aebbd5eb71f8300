"""What a forecast is made from and what comes of it: plain arrays in canonical order."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from enroll.records.files import Source
    from enroll.records.kinds import Flags, Floats, Ints


@dataclass(frozen=True)
class Roll:
    """Pupils of every school and grade, year after year, as counted each autumn.

    Parameters
    ----------
    years
        (T,) school years, ascending without a gap.
    grades
        (G,) grades of the stage, ascending; the first is the entry grade.
    pupils
        (T, m, G) pupils; 0 where a school had no such grade.
    """

    years: Ints
    grades: Ints
    pupils: Ints


@dataclass(frozen=True)
class Births:
    """Births as registered, one entry per row.

    Parameters
    ----------
    year, month
        (b,) year of birth, and month from 1 to 12, 0 for a whole year.
    zone
        (b,) zone index, -1 for the whole county.
    births
        (b,) children.
    """

    year: Ints
    month: Ints
    zone: Ints
    births: Ints


@dataclass(frozen=True)
class Homes:
    """New dwellings and the pupils they are expected to hold, one entry per row.

    Parameters
    ----------
    row
        (h,) row in the file, for messages only.
    zone
        (h,) zone index, or -1 where a point is given instead.
    lon, lat
        (h,) as declared in `[coordinates] homes`; NaN where missing.
    year
        (h,) autumn of the first school year after the homes are handed over.
    dwellings
        (h,) homes.
    per_100
        (h,) pupils of the stage in 100 occupied homes.
    occupancy
        (h, k) percent of the homes that are lived in, in the year of delivery and the k - 1
        years after it; -1 where the scenario's own course holds.
    crs
        Coordinate system of `lon` and `lat`.
    """

    row: Ints
    zone: Ints
    lon: Floats
    lat: Floats
    year: Ints
    dwellings: Ints
    per_100: Floats
    occupancy: Ints
    crs: str = "wgs84"

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.year)


@dataclass(frozen=True)
class Past:
    """The tables of a forecast, checked cell by cell.

    Parameters
    ----------
    births, homes
        None where the scenario names no such file.
    sources
        The files as parsed.
    """

    roll: Roll
    births: Births | None
    homes: Homes | None
    sources: tuple[Source, ...]


@dataclass(frozen=True)
class History:
    """What `forecast.project` starts from; m schools, T past years, Y years ahead.

    Parameters
    ----------
    roll
        The past T years.
    births
        (T + Y, m) children born in each school's zones in time to enter in each year, the T
        years of the roll first; NaN where births are not known. None without births.
    born
        (T + Y,) whether the entrants of the year are born and counted already.
    homes
        (Y, m, G) pupils of new homes, above those who lived in them in the last year.
    takes
        (m,) whether the school still takes entrants.
    """

    roll: Roll
    births: Floats | None
    born: Flags
    homes: Floats
    takes: Flags


@dataclass(frozen=True)
class Forecast:
    """Pupils in the years ahead: m schools, Y years, G grades, S samples.

    Parameters
    ----------
    years, grades
        (Y,) and (G,).
    pupils
        (Y, m, G) whole pupils; schools and zones add up to the county by definition.
    expected
        (Y, m, G) the same before rounding.
    samples
        (S, Y, m, G) whole pupils in S courses that past ratios make as likely as each other.
    assumed
        (Y,) whether entrants of the year are not born, or their births are not counted yet.
    ratios
        (m, G) ratio by which each school's grade is forecast: entrants per child born (1 where
        births are not known: as many as last year), then pupils per pupil of the grade below
        the year before.
    pooled
        (T - 1, G) ratio of all schools together in each past year; NaN where there was none.
    breaks
        (T - 1, G) whether that ratio falls outside those of the other years.
    """

    years: Ints
    grades: Ints
    pupils: Ints
    expected: Floats
    samples: npt.NDArray[np.int32]
    assumed: Flags
    ratios: Floats
    pooled: Floats
    breaks: Flags

"""How a forecast is made: the choices of `[forecast]` as plain values."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Average = Literal["mean", "median", "weighted", "last"]


@dataclass(frozen=True)
class Method:
    """How ratios are averaged.

    Parameters
    ----------
    average
        Of the ratios of the last years: their mean, their median, all pupils of those years
        together (`weighted`), or the last one.
    years
        How many past ratios count.
    shrink
        Pupils that the ratio of all schools together counts for beside a school's own; with 0
        a school stands for itself, and all schools for it only where it has no ratio.
    leave_out
        Whether ratios that fall outside those of the other years are left out.
    """

    average: Average = "weighted"
    years: int = 3
    shrink: int = 100
    leave_out: bool = False

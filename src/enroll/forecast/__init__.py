"""Pupils in the years ahead, from the roll, from births and from new homes.

Plain arrays in, arrays out: no file, no clock, and no chance but the one passed in.
`project` gives the forecast with its samples; `backtest` refits it on every past year.
"""

from __future__ import annotations

from enroll.forecast.backtest import Score, backtest
from enroll.forecast.entry import cohorts, fed_by
from enroll.forecast.housing import moved_in
from enroll.forecast.intervals import bounds
from enroll.forecast.method import Method
from enroll.forecast.projection import project
from enroll.forecast.reconcile import divided, share_out, whole_courses

__all__ = [
    "Method",
    "Score",
    "backtest",
    "bounds",
    "cohorts",
    "divided",
    "fed_by",
    "moved_in",
    "project",
    "share_out",
    "whole_courses",
]

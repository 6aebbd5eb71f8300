"""What to warn of: findings about a run, its indicators and the levels of its schools."""

from __future__ import annotations

from enroll.watch.indicators import Indicator, indicators
from enroll.watch.levels import school_levels
from enroll.watch.watching import watch

__all__ = ["Indicator", "indicators", "school_levels", "watch"]

"""The planner's jobs: what the office does, run many times or years ahead.

The names are imported when they are first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from enroll.planning.batch import allocate_each
    from enroll.planning.comparing import compare, compare_to
    from enroll.planning.drawing import odds, odds_to
    from enroll.planning.forecasting import forecast, forecast_to
    from enroll.planning.opening import open_classes, open_classes_to
    from enroll.planning.risks import risk, risk_to

__all__ = [
    "allocate_each",
    "compare",
    "compare_to",
    "forecast",
    "forecast_to",
    "odds",
    "odds_to",
    "open_classes",
    "open_classes_to",
    "risk",
    "risk_to",
]

_HOMES = {
    "allocate_each": "batch",
    "compare": "comparing",
    "compare_to": "comparing",
    "risk": "risks",
    "risk_to": "risks",
    "odds": "drawing",
    "odds_to": "drawing",
    "forecast": "forecasting",
    "forecast_to": "forecasting",
    "open_classes": "opening",
    "open_classes_to": "opening",
}


def __getattr__(name: str) -> object:
    """Import an exported name from its module."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)

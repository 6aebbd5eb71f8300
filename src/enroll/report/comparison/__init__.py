"""Several runs side by side: their figures, who moves, and what they cost."""

from __future__ import annotations

from enroll.report.comparison.ahead import Ahead
from enroll.report.comparison.figures import Figures, figures_of
from enroll.report.comparison.moves import Moves, children_of, moves_between
from enroll.report.comparison.tables import Comparison, Side, comparison_tables, side_of
from enroll.report.comparison.view import comparison_view

__all__ = [
    "Ahead",
    "Comparison",
    "Figures",
    "Moves",
    "Side",
    "children_of",
    "comparison_tables",
    "comparison_view",
    "figures_of",
    "moves_between",
    "side_of",
]

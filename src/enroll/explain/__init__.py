"""Why every child is where it is, told from the files of a run alone.

Nothing is decided or solved here: zone rounds are followed from the records and the rules, and
redirect rounds are read off the prices that prove them.
"""

from __future__ import annotations

from enroll.explain.reasons import explain_all, explain_child, show_case
from enroll.explain.run import RunFiles, UnreadableRun, read_files

__all__ = [
    "RunFiles",
    "UnreadableRun",
    "explain_all",
    "explain_child",
    "read_files",
    "show_case",
]

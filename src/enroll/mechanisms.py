"""The engine room for researchers: plain arrays in, arrays out, no files.

School numbers start at 0 and -1 means no school; ranks start at 0, the best, and -1 means
not acceptable.
"""

from __future__ import annotations

from enroll.allocate.matching import Assignment, assign_min_cost, deferred_acceptance

__all__ = ["Assignment", "assign_min_cost", "deferred_acceptance"]

"""What holds of an allocation, checked without the solver and without the engine.

Nothing here imports any other room: the rules are written a second time, from the rules
themselves, so that a slip in the engine cannot hide in its own check.
"""

from __future__ import annotations

from enroll.verify.case import Case
from enroll.verify.lawful import breaches

__all__ = ["Case", "breaches"]

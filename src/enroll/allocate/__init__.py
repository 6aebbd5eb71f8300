"""The engine: who gets which seat."""

from __future__ import annotations

from enroll.allocate.rounds import run_rounds
from enroll.allocate.seats import count_seats

__all__ = ["count_seats", "run_rounds"]

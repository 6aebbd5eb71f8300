"""Days as people write them, in either language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enroll.notices.about_plans import DAY, MONTHS
from enroll.notices.kinds import Phrase

if TYPE_CHECKING:
    from datetime import date


def spoken_day(day: date) -> Phrase:
    """Return a day in words, such as `5 September 2026`."""
    month = Phrase(MONTHS[day.month - 1])
    return Phrase(DAY, {"day": str(day.day), "month": month, "year": str(day.year)})

"""Messages about a finished allocation."""

from __future__ import annotations

from enroll.notices.kinds import N_, Kind

RESULT_KINDS: dict[str, Kind] = {}

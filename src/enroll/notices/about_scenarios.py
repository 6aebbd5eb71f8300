"""Messages about scenario files."""

from __future__ import annotations

from enroll.notices.kinds import N_, Kind

SCENARIO_KINDS: dict[str, Kind] = {}

"""Messages about where schools, homes and zones are."""

from __future__ import annotations

from enroll.notices.kinds import N_, Kind

GROUND_KINDS: dict[str, Kind] = {}

"""Messages about tables and their cells."""

from __future__ import annotations

from enroll.notices.kinds import N_, Kind

TABLE_KINDS: dict[str, Kind] = {}

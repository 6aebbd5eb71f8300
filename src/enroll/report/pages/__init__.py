"""Pages for people: one file each that opens without a connection in any browser."""

from __future__ import annotations

from enroll.report.pages.run_page import PAGE, run_page
from enroll.report.pages.sentences import NOTICES, notices_json

__all__ = ["NOTICES", "PAGE", "notices_json", "run_page"]

"""What an office publishes before registration: the plan of a scenario, without any child."""

from __future__ import annotations

from enroll.report.announcement.ahead import Ahead, read_ahead
from enroll.report.announcement.making import announcement_files
from enroll.report.announcement.plan import Committed, Plan
from enroll.report.announcement.screen import announcement_view

__all__ = ["Ahead", "Committed", "Plan", "announcement_files", "announcement_view", "read_ahead"]

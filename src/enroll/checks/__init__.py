"""What is wrong with inputs that can be read, but do not fit together."""

from __future__ import annotations

from enroll.checks.following import holding
from enroll.checks.inspection import inspect, inspect_sites

__all__ = ["holding", "inspect", "inspect_sites"]

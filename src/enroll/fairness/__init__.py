"""Fairness and integrity of a finished run, from its files alone."""

from __future__ import annotations

from enroll.fairness.auditing import Audit, audit
from enroll.fairness.register import RunCopy, read_copy, read_register

__all__ = ["Audit", "RunCopy", "audit", "read_copy", "read_register"]

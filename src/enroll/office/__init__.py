"""The admissions office's jobs, one function per command."""

from __future__ import annotations

from enroll.office.allocation import (
    Made,
    Prepared,
    Run,
    allocate,
    allocate_to,
    check,
    language_of,
    new,
    open_run,
    prepare,
    status_of,
)
from enroll.office.found import SHOWN_IN_RUN

__all__ = [
    "SHOWN_IN_RUN",
    "Made",
    "Prepared",
    "Run",
    "allocate",
    "allocate_to",
    "check",
    "language_of",
    "new",
    "open_run",
    "prepare",
    "status_of",
]

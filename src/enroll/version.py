"""The version of enroll, also written into every run."""

from __future__ import annotations

__version__ = "0.1.0"

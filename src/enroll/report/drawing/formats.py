"""The kinds of picture that can be made."""

from __future__ import annotations

FORMATS: dict[str, dict[str, None]] = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}
"""Each with what it would say of hour and program, which is left out."""

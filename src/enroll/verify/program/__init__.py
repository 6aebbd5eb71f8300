"""The program that every run folder carries, `verify.py`: one file that needs nothing else."""

from __future__ import annotations

from pathlib import Path


def program_bytes() -> bytes:
    """Return `verify.py`, byte for byte as it lies in every run."""
    return Path(__file__).with_name("verify.py").read_bytes()

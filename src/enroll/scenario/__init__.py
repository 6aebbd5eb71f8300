"""The settings: schema, loading, extending, and a sample to start from.

The names are imported when they are first used: a command that reads no scenario does not
wait for the schema.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from enroll.scenario.loading import LoadedScenario, load
    from enroll.scenario.starter import starter_files, write_starter

__all__ = ["LoadedScenario", "load", "starter_files", "write_starter"]

_HOMES = {
    "LoadedScenario": "loading",
    "load": "loading",
    "starter_files": "starter",
    "write_starter": "starter",
}


def __getattr__(name: str) -> object:
    """Import an exported name from its module."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)

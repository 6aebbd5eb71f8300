"""What people and other programs see of a run: its files and its lines on the terminal.

The names are imported when they are first used: a command that writes no run does not wait
for what writing needs.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from enroll.report.maps import zone_map
    from enroll.report.other_stage import read_other_stage
    from enroll.report.results import Results
    from enroll.report.run_files import run_tables
    from enroll.report.run_folder import read_run, refuse_target, write_run
    from enroll.report.screen import as_text, open_console
    from enroll.report.summary import Summary, summarise
    from enroll.report.terminal import notices_view, summary_view
    from enroll.report.terminal_problems import problems_view

_HOMES = {
    "Results": "results",
    "Summary": "summary",
    "as_text": "screen",
    "notices_view": "terminal",
    "open_console": "screen",
    "problems_view": "terminal_problems",
    "read_other_stage": "other_stage",
    "read_run": "run_folder",
    "refuse_target": "run_folder",
    "run_tables": "run_files",
    "summarise": "summary",
    "summary_view": "terminal",
    "write_run": "run_folder",
    "zone_map": "maps",
}

__all__ = [
    "Results",
    "Summary",
    "as_text",
    "notices_view",
    "open_console",
    "problems_view",
    "read_other_stage",
    "read_run",
    "refuse_target",
    "run_tables",
    "summarise",
    "summary_view",
    "write_run",
    "zone_map",
]


def __getattr__(name: str) -> object:
    """Import an exported name from its module."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)

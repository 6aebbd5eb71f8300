"""enroll: places a county's children in schools, near home, in the open, within class limits.

Everything a command does, a notebook can do: ``enroll.load`` a scenario, ``enroll.allocate``
it to a `Run`, ``Run.write`` the folder, ``enroll.open_run`` it again, ``enroll.verify``,
``enroll.explain`` and ``enroll.audit`` what the folder holds. ``enroll.mechanisms`` is the engine
room for researchers. Names are imported when they are first used.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

from enroll.version import __version__

if TYPE_CHECKING:
    from enroll import mechanisms
    from enroll.auditing import explain, verify
    from enroll.office import Run, allocate, check, new, open_run
    from enroll.office.announcing import announce
    from enroll.office.audits import audit
    from enroll.office.listing import lists
    from enroll.office.mapping import draw_map, export
    from enroll.office.publishing import check_site, publish
    from enroll.planning import compare, forecast, odds, open_classes, risk
    from enroll.scenario import LoadedScenario, load

__all__ = [
    "LoadedScenario",
    "Run",
    "__version__",
    "allocate",
    "announce",
    "audit",
    "check",
    "check_site",
    "compare",
    "draw_map",
    "explain",
    "export",
    "forecast",
    "lists",
    "load",
    "mechanisms",
    "new",
    "odds",
    "open_classes",
    "open_run",
    "publish",
    "risk",
    "verify",
]

_HOMES = {
    "LoadedScenario": "enroll.scenario",
    "load": "enroll.scenario",
    "Run": "enroll.office",
    "allocate": "enroll.office",
    "check": "enroll.office",
    "new": "enroll.office",
    "open_run": "enroll.office",
    "announce": "enroll.office.announcing",
    "audit": "enroll.office.audits",
    "lists": "enroll.office.listing",
    "check_site": "enroll.office.publishing",
    "publish": "enroll.office.publishing",
    "draw_map": "enroll.office.mapping",
    "export": "enroll.office.mapping",
    "explain": "enroll.auditing",
    "verify": "enroll.auditing",
    "compare": "enroll.planning",
    "forecast": "enroll.planning",
    "odds": "enroll.planning",
    "open_classes": "enroll.planning",
    "risk": "enroll.planning",
}


def __getattr__(name: str) -> object:
    """Import an exported name from the room where it lives."""
    if name == "mechanisms":
        return import_module("enroll.mechanisms")
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


class _Face(ModuleType):
    """The package as seen from outside: `enroll.allocate` is the job, not the room of that name.

    The import system hangs a room that it has imported on the package, which would put it in
    the place of the function. Imports `from enroll.allocate` find the room all the same.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if not (name in _HOMES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Face

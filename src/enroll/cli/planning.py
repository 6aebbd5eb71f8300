"""Commands of the planner."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enroll.cli.compare import compare
from enroll.cli.forecast import forecast
from enroll.cli.odds import odds
from enroll.cli.open_classes import open_classes
from enroll.cli.risk import risk

if TYPE_CHECKING:
    import click

COMMANDS: tuple[click.Command, ...] = (compare, forecast, odds, open_classes, risk)

"""Comparisons, forecasts and audits whose pages are looked at, from the sample county."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import enroll
from enroll.office import audits
from enroll.planning import compare
from enroll.report.audit_tables import audit_tables
from enroll.report.pages.audit_page import audit_page
from enroll.report.pages.compare_page import compare_page
from enroll.report.pages.forecast_page import forecast_page
from tests.report.pages.runs import COUNTY

if TYPE_CHECKING:
    from collections.abc import Callable

    from enroll.notices import Language

    Maker = Callable[[dict[str, bytes], Language], bytes]

SCENARIOS = COUNTY.parent
OTHERS = ("new-school", "closed-village-school", "more-classes")


@cache
def compared() -> dict[str, bytes]:
    """Return the files of a comparison of four scenarios with their years ahead."""
    paths = [COUNTY, *(SCENARIOS / f"nanxian-{name}.toml" for name in OTHERS)]
    with TemporaryDirectory() as folder:
        return compare(paths, kept=folder, workers=1, years="2026-2028").files


@cache
def forecast() -> dict[str, bytes]:
    """Return the files of a forecast of six years with its back-test."""
    return dict(enroll.forecast(enroll.load(COUNTY), backtest=True).files)


@cache
def audited() -> dict[str, bytes]:
    """Return the files of an audit of the county's run."""
    with TemporaryDirectory() as folder:
        run = Path(folder) / "run"
        enroll.allocate(enroll.load(COUNTY), tables_only=True).write(run)
        return audit_tables(audits.audit(run), "en")


KINDS: dict[str, tuple[Callable[[], dict[str, bytes]], Maker]] = {
    "comparison": (compared, compare_page),
    "forecast": (forecast, forecast_page),
    "audit": (audited, audit_page),
}
"""What makes the files of each kind, and its page from them."""


@cache
def page_of(kind: str, language: Language) -> bytes:
    """Return the page of a kind in a language."""
    files, make = KINDS[kind]
    return make(files(), language)

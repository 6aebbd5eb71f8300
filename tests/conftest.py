"""What every test shares: the same examples on every machine, however busy it is, and a browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from tests import programs
from tests.browser import browser, open_page

if TYPE_CHECKING:
    from collections.abc import Generator

__all__ = ["browser", "open_page"]

settings.register_profile(
    "house", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("house")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Say in one line which program is missing, however many tests look through it."""
    report = yield
    programs.in_one_line(report)
    return report

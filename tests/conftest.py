"""What every test shares: the same examples on every machine, however busy it is, and a browser."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

from tests.browser import browser, open_page

__all__ = ["browser", "open_page"]

settings.register_profile(
    "house", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("house")

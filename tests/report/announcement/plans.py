"""Small announcements for tests."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from enroll.office.announcing import Announcement, announce
from tests.cli.screens import starter, starter_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from enroll.notices import Language

COUNTY = Path(__file__).parents[3] / "scenarios" / "nanxian-primary-2026.toml"

TOLD = """
[publication]
where = "Town hall"
website = "https://example.org/2026"
notes = ["Bring the deed."]
[[publication.timetable]]
what = "Registration"
from = 2026-06-08
until = 2026-06-19
[[publication.timetable]]
what = "Draw"
from = 2026-07-12
[[publication.telephones]]
name = "Office"
number = "0737 555 0100"
hours = "mornings"
[[publication.sources]]
name = "ssq-2026082"
where = "on television"
when = 2026-07-12
"""


@cache
def county() -> Announcement:
    """Return the announcement of the sample county, without a forecast."""
    return announce(COUNTY)


def site_of(language: Language = "en", more: str = TOLD, **changed: str) -> Mapping[str, bytes]:
    """Return the files that the starter announces, its applicants left out."""
    with TemporaryDirectory() as folder:
        given = {"scenario": starter_text("scenario.toml") + more, **changed}
        scenario = starter(Path(folder) / "in", **{"applicants": None, **given})
        return announce(scenario, language=language).files

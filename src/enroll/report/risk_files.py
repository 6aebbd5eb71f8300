"""How likely large classes are in the years ahead: `risk.csv` and the screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from rich.console import Group
from rich.table import Table

from enroll.notices import formats, translate
from enroll.notices.kinds import N_
from enroll.report.json_out import json_bytes
from enroll.report.manifest import origin, seal
from enroll.report.odds_files import error_of_share, share
from enroll.report.screen import words
from enroll.tables.csv_out import csv_bytes
from enroll.watch.schools import OVERSIZED

if TYPE_CHECKING:
    from rich.console import RenderableType

    from enroll.notices import Language
    from enroll.records import Inputs, Ints
    from enroll.scenario import LoadedScenario

PERMITTED = 5
"""Percent below which a large class counts as unlikely enough."""

_MOST_SHOWN = 10
_SAMPLES = N_("{samples} courses from the seed {seed}; a large class has {size} pupils or more.")
_NONE = N_("No school has a large class in {percent} % of the courses or more.")
_YEARS = N_("Schools with a large class in {percent} % of the courses or more, by year:")
_WORST = N_("The likeliest; margin: seats more in every grade that bring it under {percent} %.")
_HEAD = (N_("year"), N_("school"), N_("chance"), N_("above the limit"), N_("margin"))


@dataclass(frozen=True)
class Risk:
    """How often classes are large in the courses of a forecast.

    Parameters
    ----------
    scenario, inputs
        What was looked at.
    years, grades
        (Y,) school years and (G,) grades.
    samples, seed
        How many courses, and from which seed.
    oversized, above_limit, large
        (Y, m, G + 1) in how many courses a class has `OVERSIZED` pupils or more, passes the
        class limit, or either; the last column is for any grade of the school.
    margin
        (Y, m, G + 1) seats more in the grade, or in every grade, that bring `large` under
        `PERMITTED` percent of the courses.
    """

    scenario: LoadedScenario
    inputs: Inputs
    years: Ints
    grades: Ints
    samples: int
    seed: int
    oversized: Ints
    above_limit: Ints
    large: Ints
    margin: Ints

    @property
    def likely(self) -> Ints:
        """(k, 2) year and school numbers where a large class is too likely, likeliest first."""
        anywhere = self.large[..., -1]
        year, school = np.nonzero(anywhere * 100 >= PERMITTED * self.samples)
        order = np.lexsort((school, year, -anywhere[year, school]))
        return np.stack([year[order], school[order]], axis=1)


def risk_files(risk: Risk) -> dict[str, bytes]:
    """Return the content of the folder by file name, `SHA256SUMS` included."""
    made_from = origin(risk.scenario, risk.inputs.sources, risk.inputs.changed)
    about = {"samples": risk.samples, "seed": risk.seed}
    files = {
        "risk.csv": risk_csv(risk),
        "manifest.json": json_bytes({**made_from, **about}, indent=2),
    }
    return {**files, "SHA256SUMS": seal(files)}


def risk_csv(risk: Risk) -> bytes:
    """Return a row for every year, school and grade, and `all` for any grade of the school."""
    shape = risk.large.shape
    year, school, grade = (part.ravel() for part in np.indices(shape))
    names = [*map(str, risk.grades.tolist()), "all"]
    counts = (risk.oversized, risk.above_limit, risk.large)
    shares = [[share(int(count), risk.samples) for count in each.ravel()] for each in counts]
    errors = [error_of_share(int(count), risk.samples) for count in risk.large.ravel()]
    return csv_bytes(
        (
            "year",
            "school_id",
            "grade",
            "chance_oversized",
            "chance_above_limit",
            "chance",
            "standard_error",
            "margin",
        ),
        (
            risk.years[year],
            risk.inputs.schools.school_id[school],
            [names[each] for each in grade.tolist()],
            *shares,
            errors,
            risk.margin.ravel(),
        ),
    )


def risk_view(risk: Risk, language: Language) -> RenderableType:
    """Return the risk for a console: schools by year, and the likeliest large classes."""
    about = {"samples": risk.samples, "seed": risk.seed, "size": OVERSIZED}
    bound = {"percent": PERMITTED}
    parts: list[RenderableType] = [
        words(risk.scenario.settings.title, "bold"),
        words(translate(_SAMPLES, language, about)),
        "",
    ]
    likely = risk.likely
    if not len(likely):
        return Group(*parts, words(translate(_NONE, language, bound)))
    count = np.bincount(likely[:, 0], minlength=len(risk.years))
    by_year = [
        f"{year} {formats.number(schools)}"
        for year, schools in zip(risk.years.tolist(), count.tolist(), strict=True)
    ]
    parts += [words(translate(_YEARS, language, bound)), words("  ".join(by_year)), ""]
    parts += [words(translate(_WORST, language, bound)), _worst(risk, language)]
    return Group(*parts)


def _worst(risk: Risk, language: Language) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for number, head in enumerate(_HEAD):
        table.add_column(translate(head, language), justify="left" if number < 2 else "right")
    schools = risk.inputs.schools
    for year, school in risk.likely[:_MOST_SHOWN].tolist():
        at = year, school, -1
        table.add_row(
            str(int(risk.years[year])),
            words(f"{schools.school_id[school]} {schools.name[school]}"),
            formats.share(int(risk.large[at]), risk.samples, language),
            formats.share(int(risk.above_limit[at]), risk.samples, language),
            formats.number(int(risk.margin[at])),
        )
    return table

"""The run of the other stage: how many pupils it gives each nine-year school (design R2)."""

from __future__ import annotations

import csv
import json
from collections import Counter
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

import numpy as np

from enroll.errors import UsageError
from enroll.notices import Phrase, Problem, mask
from enroll.notices.kinds import N_
from enroll.records import Source
from enroll.report.run_folder import read_run
from enroll.tables import unguarded

if TYPE_CHECKING:
    from collections.abc import Mapping

    from enroll.records import Inputs, Ints
    from enroll.scenario import LoadedScenario
    from enroll.scenario.schema import Scenario

_INCOMPLETE = Phrase(N_("a file is missing in it or is not as enroll writes it."))
_SAME_STAGE = Phrase(N_("it is a run of the same stage as this scenario."))
_OTHER_YEAR = Phrase(N_("it is a run of another school year than this scenario."))


def read_other_stage(
    scenario: LoadedScenario, inputs: Inputs
) -> tuple[Inputs, Ints | None, list[Problem]]:
    """Read the run that `[files] other_stage` names.

    Parameters
    ----------
    scenario
        Names the run's folder, relative to its own.
    inputs
        As read; its schools are those that are asked for.

    Returns
    -------
    inputs
        With the run among its sources.
    other_entry
        (m,) pupils in the other entry grade of each nine-year school, 0 for all other
        schools; None without a run.
    problems
        Why it cannot be used.
    """
    settings = scenario.settings
    named = settings.files.other_stage
    if named is None:
        return inputs, None, []
    folder = scenario.folder / named
    try:
        files = read_run(folder, language=settings.language)
        unfit = _why_unfit(files, settings)
        classes = files["classes.csv"]
        pupils = _pupils(classes)
    except UsageError as error:
        return inputs, None, [_unreadable(folder.name, str(error))]
    except (KeyError, TypeError, ValueError):
        return inputs, None, [_unreadable(folder.name, _INCOMPLETE)]
    if unfit is not None:
        return inputs, None, [_unreadable(folder.name, unfit)]
    inputs = replace(inputs, sources=(*inputs.sources, _source(folder.name, classes)))
    return inputs, _of_nine_year_schools(inputs, pupils), []


def _why_unfit(files: Mapping[str, bytes], settings: Scenario) -> Phrase | None:
    made_from = json.loads(files["manifest.json"])["scenario"]["settings"]
    if made_from["stage"] == settings.stage:
        return _SAME_STAGE
    return _OTHER_YEAR if made_from["year"] != settings.year else None


def _pupils(classes: bytes) -> Counter[str]:
    pupils: Counter[str] = Counter()
    for row in csv.DictReader(classes.decode("utf-8").splitlines()):
        pupils[unguarded(row["school_id"])] += int(row["size"])
    return pupils


def _source(folder: str, classes: bytes) -> Source:
    rows = classes.count(b"\n") - 1
    return Source("other_stage", mask(folder), sha256(classes).hexdigest(), "UTF-8", rows)


def _of_nine_year_schools(inputs: Inputs, pupils: Counter[str]) -> Ints:
    schools = inputs.schools
    entry = np.array([pupils[school_id] for school_id in schools.school_id], dtype=np.int64)
    return np.where(schools.kind == "nine-year", entry, 0)


def _unreadable(folder: str, reason: str | Phrase) -> Problem:
    return Problem("OTHER_STAGE_UNREADABLE", mask(folder), params={"reason": reason})

"""The other entrance of nine-year schools, read from its run (design R2)."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

import numpy as np

from enroll.errors import UsageError
from enroll.notices import Problem
from enroll.records import Source
from enroll.report import read_run

if TYPE_CHECKING:
    from enroll.records import Inputs, Ints
    from enroll.scenario import LoadedScenario


def with_other_stage(
    scenario: LoadedScenario, inputs: Inputs
) -> tuple[Inputs, Ints | None, list[Problem]]:
    """Read how many pupils the other stage's run gives each nine-year school (design R2)."""
    named = scenario.settings.files.other_stage
    if named is None:
        return inputs, None, []
    folder = scenario.folder / named
    try:
        content = read_run(folder)["classes.csv"]
    except UsageError as error:
        said = {"reason": str(error)}
        return inputs, None, [Problem("OTHER_STAGE_UNREADABLE", folder.name, params=said)]
    pupils: Counter[str] = Counter()
    for row in csv.DictReader(content.decode("utf-8").splitlines()):
        pupils[row["school_id"]] += int(row["size"])
    schools = inputs.schools
    nine_year = (schools.kind == "nine-year").tolist()
    other_entry = [
        pupils[school_id] if shared else 0
        for school_id, shared in zip(schools.school_id, nine_year, strict=True)
    ]
    source = Source("other_stage", folder.name, sha256(content).hexdigest(), "utf-8", len(pupils))
    inputs = replace(inputs, sources=(*inputs.sources, source))
    return inputs, np.array(other_entry, dtype=np.int64), []

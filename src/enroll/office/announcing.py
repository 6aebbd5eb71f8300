"""The plan of a scenario before registration: what is read, what must hold, where it goes."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

import numpy as np

from enroll.errors import InputError
from enroll.notices import Problem, mask
from enroll.notices import about_plans as say
from enroll.notices.refusing import usage_error
from enroll.office.outside import Refusals, refuse_place, write_outside

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from enroll.notices import Language
    from enroll.records import JsonValue, Ways
    from enroll.report.announcement import Committed, Plan
    from enroll.scenario import LoadedScenario

    Rules = dict[str, JsonValue]

_ABOUT_CHILDREN = "CHANGE_WITHOUT_EFFECT"
"""What every change of demand comes to where nobody is read."""

_REFUSALS = Refusals(say.INSIDE, say.TAKEN, say.NOT_WRITTEN)
_KNOWN_LATER = ("log_head", "ways", "ways_by")
_KNOWN_LATER_OF_SCHOOLS = ("x_dm", "y_dm", "other_entry", "seats_standard", "seats_limit")


@dataclass(frozen=True)
class Announcement:
    """What an office publishes before registration, ready to be written.

    Parameters
    ----------
    files
        Content by name, `SHA256SUMS` included.
    plan
        What the files were made from.
    problems
        What was found in schools and zones and did not keep them from being published.
    language
        Of the page and of the sentences.
    """

    files: Mapping[str, bytes] = field(repr=False)
    plan: Plan = field(repr=False)
    problems: Sequence[Problem] = field(repr=False)
    language: Language

    def write(self, folder: str | Path) -> Path:
        """Write the files into a new folder outside every run, complete or not at all.

        Raises
        ------
        UsageError
            Where the folder exists, lies inside a run or cannot be written.
        """
        return write_outside(folder, self.files, None, self.language, _REFUSALS)


def announce(
    scenario: str | Path | LoadedScenario,
    forecast: str | Path | None = None,
    language: Language | None = None,
) -> Announcement:
    """Return what an office puts online before registration.

    Schools and zones are read, and no child: a plan can be published before anybody registers.

    Parameters
    ----------
    scenario
        Its file, or the scenario as loaded.
    forecast
        Folder that `enroll forecast` wrote, for warnings of the scenario's year and the two
        after it; without it, the page says that there are none.
    language
        Of the page; default: the scenario's.

    Raises
    ------
    InputError
        With every problem of schools, zones and the draw, if one of them is blocking.
    UsageError
        Where zones are missing that a round asks for; the forecast is none, or of something
        else; or the draw committed to other rules.
    """
    from enroll.report.announcement import announcement_files, read_ahead
    from enroll.scenario import LoadedScenario, load

    loaded = scenario if isinstance(scenario, LoadedScenario) else load(scenario)
    spoken = language or loaded.settings.language
    plan, problems = _prepared(loaded)
    asked = any(step.rule == "zone" for step in loaded.settings.round)
    if asked and not len(plan.inputs.zones):
        raise usage_error(say.ZONES_MISSING, spoken)
    draw = _committed(plan, spoken)
    ahead = None
    if forecast is not None:
        ahead = read_ahead(Path(forecast), loaded, plan.inputs.sources, spoken)
    whole = replace(plan, draw=draw, ahead=ahead)
    return Announcement(announcement_files(whole, spoken), whole, problems, spoken)


def refuse_site(folder: Path, language: Language = "en") -> None:
    """Refuse a folder that pages cannot be written to; asked before anything is made.

    Raises
    ------
    UsageError
        Where it exists, or lies inside a run.
    """
    refuse_place(folder, None, language, _REFUSALS)


def _prepared(scenario: LoadedScenario) -> tuple[Plan, Sequence[Problem]]:
    """Return the plan without draw and warnings, and every problem that does not stop it."""
    from enroll.allocate import count_seats
    from enroll.changing import try_changes
    from enroll.checks import holding, inspect_sites
    from enroll.geo import survey_sites
    from enroll.office.allocation import status_of
    from enroll.report import read_other_stage
    from enroll.report.announcement import Plan
    from enroll.tables import read_plan

    problems = _days_of_another_year(scenario)
    reading = try_changes(scenario, read_plan(scenario))
    # The other stage may not have been allocated yet; the page says that seats are shared.
    inputs, other_entry, _ = read_other_stage(scenario, reading.inputs)
    sites, found = survey_sites(inputs, scenario.settings)
    problems += [*reading.problems, *holding(found, reading)]
    if sites is None:
        raise InputError(problems)
    seats = count_seats(inputs.schools, other_entry)
    problems += holding(inspect_sites(inputs, seats, scenario.settings), reading)
    problems = [problem for problem in problems if problem.code != _ABOUT_CHILDREN]
    if status_of(problems):
        raise InputError(problems)
    return Plan(scenario, inputs, seats, sites), problems


def _days_of_another_year(scenario: LoadedScenario) -> list[Problem]:
    """Return one problem for each day far from the school year.

    Asked of what is published alone: a planner's scenario of a later year may extend this one.
    """
    settings = scenario.settings
    days = settings.publication.days() if settings.publication else []
    return [
        Problem(
            "EVENT_OTHER_YEAR",
            mask(f"{scenario.name}.toml"),
            column="publication",
            params={"day": day.isoformat(), "year": str(settings.year)},
        )
        for day in days
        if abs(day.year - settings.year) > 1
    ]


def _committed(plan: Plan, language: Language) -> Committed | None:
    """Return the commitment of the scenario's draw, None where there is none yet.

    Raises
    ------
    InputError
        Where its files do not fit each other.
    UsageError
        Where it is one to other rules than those of the plan.
    """
    from enroll.lottery.protocol import COMMIT
    from enroll.office.draw_folder import open_draw
    from enroll.report.announcement import Committed

    named = plan.settings.lottery.draw
    if named is None or not os.path.lexists(plan.scenario.folder / named / COMMIT):
        return None
    drawn = open_draw(plan.scenario.folder / named)
    said = drawn.commitment
    differ = _differences(drawn.rules, _rules(plan))
    if differ:
        raise usage_error(say.OTHER_RULES, language, draw=said.draw, keys=", ".join(differ))
    return Committed(drawn.need(COMMIT), said)


def _rules(plan: Plan) -> Rules:
    """Return `rules.json` as far as it is known without any child."""
    from enroll.records import Ground, Groups
    from enroll.report.announcement.rules import group_words
    from enroll.report.rules_file import rules_json

    nobody, nothing = np.zeros(0, dtype=np.int64), np.full(0, "", dtype=object)
    nowhere = np.zeros((len(plan.inputs.schools), 2), dtype=np.int64)
    no_ways = cast("Ways", None)  # asked of a child only
    ground = Ground(nobody, nothing, nothing, no_ways, nowhere, nowhere[:0])
    named = [(group.id, group.name) for group in group_words(plan.settings)]
    ids, names = zip(*(named or [("all", "everybody")]), strict=True)
    groups = Groups(ids, names, nobody, nobody)
    rules: Rules = json.loads(rules_json(plan.inputs, ground, groups, plan.seats, plan.settings))
    return rules


def _differences(committed: Rules, own: Rules) -> list[str]:
    """Return the keys in which the committed rules and the plan's own are not the same."""
    before, ours = _known_before(committed), _known_before(own)
    groups, named = before.get("groups"), ours["groups"]
    if isinstance(groups, list) and len(groups) == len(named) + 1:
        before["groups"] = groups[:-1]  # the last one is there for children who fit no other
    return [key for key in ours if before.get(key) != ours[key]]


def _known_before(rules: Rules) -> Rules:
    """Return rules without what depends on the children or on another run."""
    known = {key: value for key, value in rules.items() if key not in _KNOWN_LATER}
    schools = known.get("schools")
    if isinstance(schools, list):
        known["schools"] = [
            {key: value for key, value in school.items() if key not in _KNOWN_LATER_OF_SCHOOLS}
            for school in schools
            if isinstance(school, dict)
        ]
    return known

"""Where everybody is: coordinate systems, zones and ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from enroll.geo.surveying import Sites
    from enroll.notices import Problem
    from enroll.records import Ground, Inputs, Ints
    from enroll.scenario.schema import Scenario

__all__ = ["find_zones", "survey", "survey_sites"]


def survey(inputs: Inputs, settings: Scenario) -> tuple[Ground | None, list[Problem]]:
    """Find everybody's zone and make every way measurable (design R3, R4).

    Parameters
    ----------
    inputs
        The tables as read and validated.
    settings
        The scenario: declared coordinate systems, travel mode and rounds.

    Returns
    -------
    tuple
        The ground, and every problem found. The ground is None where no coordinate system
        can be measured in; after any other blocking problem it serves for further checks.
    """
    # shapely and pyproj are loaded here, so that importing the package stays cheap.
    from enroll.geo.surveying import survey_ground

    return survey_ground(inputs, settings)


def find_zones(inputs: Inputs, settings: Scenario) -> Ints | None:
    """Return the zone that `survey` finds for every applicant, -1 for none.

    Returns
    -------
    Ints or None
        None where no coordinate system can be measured in, which the survey will tell.
    """
    from enroll.geo.surveying import find_zones as found

    return found(inputs, settings)


def survey_sites(inputs: Inputs, settings: Scenario) -> tuple[Sites | None, list[Problem]]:
    """Find where schools and zones are, and what is wrong with the map, without any child.

    Returns
    -------
    tuple
        None where no coordinate system can be measured in; and every problem found.
    """
    from enroll.geo.surveying import survey_sites as surveyed

    return surveyed(inputs, settings)

"""What `[[change]]` makes of the tables that were read.

`try_changes` is the one step between reading and the survey. The order of the entries in the
scenario does not matter: no two touch the same thing, and each kind has its turn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from enroll.scenario import LoadedScenario
    from enroll.tables import Reading

__all__ = ["try_changes"]


def try_changes(scenario: LoadedScenario, reading: Reading) -> Reading:
    """Return what was read with the scenario's changes tried on it.

    Parameters
    ----------
    scenario
        Its limits and rounds are those that its changes try already.
    reading
        Of its files.

    Returns
    -------
    Reading
        The same where the scenario changes no table. Otherwise `inputs.changed` tells what
        became of them, and `problems` what is wrong with the changes.
    """
    if not scenario.settings.change:
        return reading
    # The tables' readers and shapely are loaded here: most scenarios change nothing.
    from enroll.changing.trying import tried

    return tried(scenario, reading)

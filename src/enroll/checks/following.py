"""Which findings hold although something could not be read, and which only follow from that."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from enroll.notices import Problem
    from enroll.tables import Reading


class Needs(NamedTuple):
    """What must have come in well for a finding to be believed, as keys of `[files]`.

    Parameters
    ----------
    read
        Tables whose rows all came in and whose columns were understood.
    whole
        Tables in which no row has a blocking problem.
    located
        Tables whose coordinate system is known.
    """

    read: tuple[str, ...] = ()
    whole: tuple[str, ...] = ()
    located: tuple[str, ...] = ()


_EVERYBODY = ("applicants", "schools", "zones")
_POINT = Needs(read=("schools", "travel"), located=("schools",))

NEEDS: Mapping[str, Needs] = {
    "MATRIX_WITHOUT_APPLICANT": Needs(whole=("travel", "zones")),
    "MATRIX_WITHOUT_SCHOOL": Needs(whole=("travel", "applicants")),
    "NOBODY_ELIGIBLE": Needs(whole=("applicants",)),
    "NO_SEAT_ANYWHERE": Needs(whole=("schools",)),
    "NO_WAY": Needs(whole=("zones", "travel"), located=("applicants", "zones")),
    "POINT_FAR_AWAY": _POINT,
    "POINT_SWAPPED": _POINT,
    "SCHOOLS_NOT_ON_MAP": Needs(read=("travel",), whole=("schools",), located=("schools",)),
    "SCHOOL_IN_NO_ZONE": Needs(read=("schools", "zones")),
    "SCHOOL_OUTSIDE_ZONE": Needs(whole=("zones",), located=("schools", "zones")),
    "SCHOOL_WITHOUT_POINT": Needs(read=("travel",), located=("schools",)),
    "ZONES_ELSEWHERE": Needs(whole=_EVERYBODY, located=_EVERYBODY),
    "ZONE_GAP": Needs(whole=("zones",)),
    "ZONE_WITHOUT_SCHOOL": Needs(read=("schools",)),
}
"""Findings that look beyond their own row; of all others that row is enough."""


def holding(found: Iterable[Problem], reading: Reading) -> list[Problem]:
    """Return what was found after reading, without what only follows from an earlier problem.

    A child whose coordinates cannot be read has no way to school: that is told once, as the
    cell that cannot be read. What has nothing to do with it is told in the same pass.

    Parameters
    ----------
    found
        By the survey and the checks across tables.
    reading
        What came in, and which rows are in doubt.
    """
    roles: dict[str, list[str]] = {}
    for source in reading.inputs.sources:
        roles.setdefault(source.name, []).append(source.role)
    return [
        problem
        for problem in found
        if _met(NEEDS.get(str(problem.params.get("like", problem.code)), Needs()), reading)
        and not any(_in_doubt(problem, role, reading) for role in roles.get(problem.file, ()))
    ]


def _met(needs: Needs, reading: Reading) -> bool:
    return not (
        any(0 in reading.blocked.get(role, ()) for role in needs.read)
        or any(reading.blocked.get(role) for role in needs.whole)
        or any(role in reading.nowhere for role in needs.located)
    )


def _in_doubt(problem: Problem, role: str, reading: Reading) -> bool:
    rows = reading.blocked.get(role, frozenset())
    return 0 in rows or problem.row in rows

"""Problems addressed to the cell of the office's own file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enroll.notices import Problem, mask
from enroll.notices.formats import with_id

if TYPE_CHECKING:
    from enroll.notices import Phrase
    from enroll.records import Inputs
    from enroll.scenario.schema import Scenario


def file_name(inputs: Inputs, role: str) -> str:
    """Return the name of the file that was read in a role, "" where there was none.

    Children come from the table of applicants or from blocks of demand.
    """
    roles = (role, "demand") if role == "applicants" else (role,)
    return next((source.name for source in inputs.sources if source.role in roles), "")


def own_header(settings: Scenario, column: str) -> str:
    """Return the header that the office uses for a column of the applicants' table."""
    return settings.columns.get("applicants", {}).get(column, column)


def school_words(inputs: Inputs, school: int) -> Phrase | str:
    """Return a school's name with its id, fit for a message."""
    schools = inputs.schools
    return with_id(mask(schools.name[school]), mask(schools.school_id[school]))


def applicant_problem(
    code: str, inputs: Inputs, applicant: int, column: str = "", **params: object
) -> Problem:
    """Return a problem of one applicant's row.

    Parameters
    ----------
    code
        Key of the catalogue.
    inputs
        The tables.
    applicant
        Applicant index.
    column
        Header as the office wrote it.
    params
        Fields of the sentence; `value` is the offending value and is masked.
    """
    value = mask(str(params.pop("value", "")))
    row = int(inputs.applicants.row[applicant])
    return Problem(code, file_name(inputs, "applicants"), row, column, value, params)


def school_problem(
    code: str, inputs: Inputs, school: int, column: str, **params: object
) -> Problem:
    """Return a problem of one school's row, which its sentence names as `{school}`."""
    row = int(inputs.schools.row[school])
    params["school"] = school_words(inputs, school)
    return Problem(code, file_name(inputs, "schools"), row, column, params=params)

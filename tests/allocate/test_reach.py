"""Which schools a redirect round may use (design R7)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from enroll.allocate import count_seats, run_rounds
from enroll.geo.ways import MatrixWays
from enroll.priority import rank
from enroll.records import NONE, TravelMatrix
from tests.small import make_applicants, make_ground, make_inputs, make_schools, make_settings


def redirected(metres, **columns):
    """Return the placement of one row of children per row of metres (-1 for no way)."""
    children, schools = np.shape(metres)
    inputs = make_inputs(make_applicants(children), make_schools(schools, **columns))
    key, school = np.nonzero(np.array(metres) != NONE)
    matrix = TravelMatrix("applicant", key, school, np.array(metres)[key, school])
    ways = MatrixWays(matrix, np.arange(children), schools, 50)
    ground = replace(make_ground(inputs), ways=ways)
    settings = make_settings()
    ranking = rank(inputs, ground, settings)
    return run_rounds(inputs, ground, ranking, count_seats(inputs.schools), settings)


def test_the_nearest_school_with_a_seat():
    assert redirected([[900, 400]]).school.tolist() == [1]


def test_a_school_without_an_entry_class_is_in_nobodys_reach():
    """As are closed schools and schools of other stages, which stand in the same list."""
    placement = redirected([[100, -1]], classes=[0, 1])
    assert placement.reason.tolist() == ["NO_SCHOOL_IN_REACH"]
    assert all(certificate.overloads == () for certificate in placement.certificates)


def test_a_shortage_is_told_of_schools_that_have_classes():
    placement = redirected([[100, 200]] * 46, classes=[0, 1])
    (overload,) = placement.certificates[0].overloads
    assert (overload.schools, overload.demand, overload.seats) == ((1,), 46, 45)


@pytest.mark.parametrize("column", [{"sector": ["private"]}, {"kind": ["boarding"]}])
def test_a_school_that_the_round_does_not_name_is_in_nobodys_reach(column):
    assert redirected([[100]], **column).reason.tolist() == ["NO_SCHOOL_IN_REACH"]

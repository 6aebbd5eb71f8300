"""Changes to schools: one rule, one test."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from enroll.records import NONE
from tests.changing.places import children, inputs, reading, recorded, wrong

if TYPE_CHECKING:
    from pathlib import Path

NEW = """
[[change]]
do = "add_school"
school_id = "S15"
name = "New"
lon = 112.404
lat = 29.306
classes = 2
zones = ["Z1"]
"""
CLOSE = '[[change]]\ndo = "close_school"\nschool_id = "S2"\n'
SET = '[[change]]\ndo = "set_school"\nschool_id = "S2"\n'


def test_a_new_school_is_in_its_place_among_the_others(tmp_path: Path) -> None:
    found = inputs(tmp_path, NEW)
    schools = found.schools
    assert schools.school_id.tolist() == ["S1", "S15", "S2", "S3"]
    assert (schools.class_standard[1], schools.class_limit[1], schools.rooms[1]) == (45, 55, 2)
    assert found.zones.schools == ((0, 1), (2, 3))


def test_a_new_school_follows_the_limits_that_are_tried(tmp_path: Path) -> None:
    found = inputs(tmp_path, NEW + '[[change]]\ndo = "set_limits"\nclass_standard = 40\n')
    assert found.schools.class_standard.tolist() == [40, 40, 40, 40]


def test_a_new_school_is_recorded(tmp_path: Path) -> None:
    record = recorded(inputs(tmp_path, NEW))
    assert record["schools.S15"][0] is None
    assert record["schools.S15"][1]["classes"] == 2
    assert record["zones.Z1.schools"] == (["S1"], ["S1", "S15"])
    assert set(record) == {"schools.S15", "zones.Z1.schools"}


def test_a_closed_school_is_gone_from_schools_and_zones(tmp_path: Path) -> None:
    found = inputs(tmp_path, CLOSE)
    assert found.schools.school_id.tolist() == ["S1", "S3"]
    assert found.zones.schools == ((0,), (1,))
    record = recorded(found)
    assert record["schools.S2"][1] is None
    assert record["zones.Z2.schools"] == (["S2", "S3"], ["S3"])


def test_who_counted_on_a_closed_school_is_told(tmp_path: Path) -> None:
    rows = children(A003="S2,,,,,", A005="S3,,S2,disabled,No. 1,2026-05-01", A007="S3,,,,,")
    read = reading(tmp_path, CLOSE, rows=rows)
    told = {problem.code: problem.params for problem in read.problems}
    assert told == {
        "CLOSED_SCHOOL_PLACED": {"count": 1, "school": "S2"},
        "CLOSED_SCHOOL_SIBLINGS": {"count": 1, "school": "S2"},
    }
    applicants = read.inputs.applicants
    assert applicants.sibling_school.tolist()[3:8] == [NONE, NONE, 1, NONE, 1]
    assert (applicants.placed_school == NONE).all()
    assert set(applicants.placed_reason) | set(applicants.placed_authority) == {""}


def test_every_column_of_a_school_can_be_set(tmp_path: Path) -> None:
    columns = """\
name = "Other"
lon = 112.4155
lat = 29.3055
classes = 4
rooms = 5
class_standard = 30
class_limit = 45
reserved = 3
reserved_for = "twins"
other_grades = 50
leavers = 10
school_limit = 500
sector = "private"
kind = "boarding"
setting = "town"
area = "South"
beds = 60
"""
    found = inputs(tmp_path, SET + columns)
    stated = dict(line.split(" = ") for line in columns.splitlines())
    record = recorded(found)
    assert set(record) == {f"schools.S2.{column}" for column in stated}
    assert record["schools.S2.classes"] == (1, 4)
    assert record["schools.S2.beds"] == (None, 60)
    assert found.schools.name.tolist() == ["One", "Other", "Three"]


def test_classes_that_are_tried_have_rooms(tmp_path: Path) -> None:
    record = recorded(inputs(tmp_path, SET + "classes = 3\n"))
    assert record == {"schools.S2.classes": (1, 3), "schools.S2.rooms": (2, 3)}


def test_a_value_that_is_the_old_one_is_no_change(tmp_path: Path) -> None:
    assert inputs(tmp_path, SET + "classes = 1\n").changed == ()


@pytest.mark.parametrize(
    ("keys", "code", "key"),
    [
        ("rooms = 0", "CHANGE_ROOMS_BELOW_CLASSES", "rooms"),
        ("class_standard = 60", "CHANGE_STANDARD_ABOVE_LIMIT", "class_limit"),
        ("reserved = 2", "CHANGE_RESERVED_WITHOUT_PURPOSE", "reserved_for"),
    ],
)
def test_columns_must_agree_after_the_change(
    tmp_path: Path, keys: str, code: str, key: str
) -> None:
    assert wrong(tmp_path, f"{SET}{keys}\n") == [(code, f"[[change]] 1 {key}")]


def test_a_school_without_classes_keeps_nobody_by_decision(tmp_path: Path) -> None:
    rows = children(A005=",,S2,disabled,No. 1,2026-05-01")
    read = reading(tmp_path, SET + "classes = 0\n", rows=rows)
    assert [problem.code for problem in read.problems] == ["CLOSED_SCHOOL_PLACED"]
    assert (read.inputs.applicants.placed_school == NONE).all()


def test_some_school_must_have_a_class(tmp_path: Path) -> None:
    gone = "".join(
        f'[[change]]\ndo = "close_school"\nschool_id = "{name}"\n' for name in ("S1", "S2", "S3")
    )
    assert wrong(tmp_path, gone) == [("CHANGE_NO_CLASSES", "[[change]] 3")]


def test_a_school_that_exists_cannot_be_new(tmp_path: Path) -> None:
    text = NEW.replace("S15", "S3")
    assert wrong(tmp_path, text) == [("CHANGE_SCHOOL_EXISTS", "[[change]] 1 school_id")]


def test_all_names_that_nothing_has_are_told_at_once(tmp_path: Path) -> None:
    text = (
        NEW.replace('"Z1"', '"Z9"')
        + CLOSE.replace("S2", "S9")
        + SET.replace("S2", "S8")
        + "classes = 2\n"
        + '[[change]]\ndo = "set_zone"\nzone_id = "Z8"\nschools = ["S7"]\n'
        + '[[change]]\ndo = "set_zone"\nzone_id = "Z1"\nschools = ["S7"]\n'
        + '[[change]]\ndo = "scale_demand"\nzones = ["Z7"]\nfactor = 2\n'
    )
    assert sorted(wrong(tmp_path, text)) == [
        ("CHANGE_SCHOOL_UNKNOWN", "[[change]] 2 school_id"),
        ("CHANGE_SCHOOL_UNKNOWN", "[[change]] 3 school_id"),
        ("CHANGE_SCHOOL_UNKNOWN", "[[change]] 5 schools"),
        ("CHANGE_ZONE_UNKNOWN", "[[change]] 1 zones"),
        ("CHANGE_ZONE_UNKNOWN", "[[change]] 4 zone_id"),
        ("CHANGE_ZONE_UNKNOWN", "[[change]] 6 zones"),
    ]


def test_a_name_is_only_unknown_where_all_schools_came_in(tmp_path: Path) -> None:
    broken = ["school_id,name,lon,lat,classes", "S1,One,112.405,29.305,1,too,many"]
    assert "CHANGE_SCHOOL_UNKNOWN" not in {
        code for code, _ in wrong(tmp_path, CLOSE, schools=broken)
    }

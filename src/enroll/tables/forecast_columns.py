"""The columns of the tables that a forecast is made from: roll, births and homes."""

from __future__ import annotations

from enroll.tables.columns import MOST_PUPILS, Column, TableColumns

ALL_ZONES = "all"
"""What `zone_id` says of births that no zone is known of."""

ROLL_COLUMNS = TableColumns(
    "roll",
    "One row for each year, school and grade: the pupils counted in that autumn. A school or "
    "grade without a row had no pupils; rows of grades outside the stage are left out.",
    (
        Column(
            "year",
            "whole",
            "School year, by the calendar year in which it begins.",
            ("school year", "学年", "年份", "年度"),
            required=True,
            least=1950,
            most=2100,
        ),
        Column(
            "school_id",
            "id",
            "School, also one that has closed: it stays in the file of schools with 0 classes.",
            ("school", "学校编号", "学校代码", "学校标识码"),
            required=True,
        ),
        Column(
            "grade",
            "whole",
            "Grade: 1 to 6 primary, 7 to 9 junior; 0 is a year before grade 1.",
            ("年级",),
            required=True,
            least=0,
            most=13,
        ),
        Column(
            "pupils",
            "whole",
            "Pupils on the roll.",
            ("enrolment", "enrollment", "在校生", "在校生数", "学生数", "人数"),
            required=True,
            least=0,
            most=MOST_PUPILS,
        ),
    ),
)

BIRTHS_COLUMNS = TableColumns(
    "births",
    "One row for each year and zone, or for each month: children born.",
    (
        Column(
            "year",
            "whole",
            "Calendar year of birth.",
            ("birth year", "出生年份", "年份", "年度"),
            required=True,
            least=1930,
            most=2100,
        ),
        Column(
            "month",
            "whole",
            "Month of birth.",
            ("birth month", "出生月份", "月份"),
            least=1,
            most=12,
            empty="the whole year: 8/12 of it enter with the children of its summer, 4/12 a year "
            "later, after the cut-off of 31 August",
        ),
        Column(
            "zone_id",
            "id",
            f"Zone of the family's home, or `{ALL_ZONES}` for the whole county.",
            ("zone", "片区", "片区编号", "学区编号"),
            empty="the whole county",
        ),
        Column(
            "births",
            "whole",
            "Children born.",
            ("出生人数", "出生人口", "人数"),
            required=True,
            least=0,
            most=10_000_000,
        ),
    ),
)

HOMES_COLUMNS = TableColumns(
    "homes",
    "One row for each new estate: dwellings, and the pupils expected in them.",
    (
        Column(
            "zone_id",
            "id",
            "Zone of the estate; either this or `lon` and `lat`.",
            ("zone", "片区", "片区编号", "学区编号"),
            empty="the zone at `lon` and `lat`",
        ),
        Column(
            "lon",
            "decimal",
            "Longitude or easting of the estate, in the system of `[coordinates] homes`.",
            ("longitude", "lng", "x", "经度"),
        ),
        Column(
            "lat",
            "decimal",
            "Latitude or northing of the estate.",
            ("latitude", "y", "纬度"),
        ),
        Column(
            "year",
            "whole",
            "School year in which the first families live there.",
            ("delivered", "delivery", "交付年份", "年份"),
            required=True,
            least=1950,
            most=2100,
        ),
        Column(
            "dwellings",
            "whole",
            "Homes, all of them.",
            ("homes", "units", "套数", "户数"),
            required=True,
            least=0,
            most=MOST_PUPILS,
        ),
        Column(
            "primary_per_100",
            "decimal",
            "Primary pupils in 100 homes that are lived in; required for a primary scenario.",
            ("小学生每百户", "每百户小学生"),
            least=0,
            most=1000,
        ),
        Column(
            "junior_per_100",
            "decimal",
            "Junior pupils in 100 homes that are lived in; required for a junior scenario.",
            ("初中生每百户", "每百户初中生"),
            least=0,
            most=1000,
        ),
        Column(
            "occupancy",
            "whole",
            "Percent of the homes that are lived in: in the year of delivery (`occupancy_1`), the "
            "year after it and so on; the last figure holds from then on.",
            ("入住率{n}", "第{n}年入住率"),
            least=0,
            most=100,
            empty="as the year before; none at all: `[forecast] occupancy`",
            numbered=True,
        ),
    ),
)

FORECAST_TABLES = (ROLL_COLUMNS, BIRTHS_COLUMNS, HOMES_COLUMNS)
"""The tables of a forecast, in the order of the `[files]` keys."""

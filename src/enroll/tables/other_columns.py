"""The columns of the tables of schools, zones, travel and overrides."""

from __future__ import annotations

from enroll.tables.applicant_columns import APPLICANT_COLUMNS
from enroll.tables.columns import MOST_PUPILS, Column, TableColumns
from enroll.tables.demand_columns import DEMAND_COLUMNS
from enroll.tables.forecast_columns import FORECAST_TABLES

SECTOR = {
    "public": ("公办", "公立"),
    "private": ("民办", "私立"),
}
SCHOOL_KIND = {
    "full": ("完全小学", "完小", "中心小学", "初级中学", "初中", "普通"),
    "village": ("村小", "教学点", "小规模学校", "乡村小规模学校"),
    "nine-year": ("nine year", "九年一贯制", "九年制", "九年一贯制学校"),
    "boarding": ("寄宿制", "寄宿制学校", "乡镇寄宿制学校"),
}
SETTING = {
    "urban": ("city", "城区", "城市"),
    "town": ("镇区", "县镇", "县城"),
    "rural": ("village", "乡村", "农村"),
}

SCHOOL_COLUMNS = TableColumns(
    "schools",
    "One row for each school with an entry grade.",
    (
        Column(
            "school_id",
            "id",
            "Id of the school: 1 to 64 letters of any script, digits, dots, hyphens and "
            "underscores, used once.",
            ("id", "school code", "学校编号", "学校代码", "学校标识码"),
            required=True,
        ),
        Column(
            "name",
            "text",
            "Name of the school as published.",
            ("school", "school name", "学校", "学校名称", "校名"),
            required=True,
        ),
        Column(
            "lon",
            "decimal",
            "Longitude of the gate in degrees, or easting in metres, in the system that "
            "`[coordinates] schools` names; required where straight ways are measured; the "
            "points of a map file take its place.",
            ("longitude", "lng", "x", "经度", "学校经度"),
        ),
        Column(
            "lat",
            "decimal",
            "Latitude in degrees, or northing in metres.",
            ("latitude", "y", "纬度", "学校纬度"),
        ),
        Column(
            "classes",
            "whole",
            "Entry classes planned for the year.",
            ("entry classes", "班数", "计划班数", "招生班数", "招生班级数"),
            required=True,
            least=0,
            most=MOST_PUPILS,
        ),
        Column(
            "rooms",
            "whole",
            "Most entry classes that fit into the building.",
            ("教室数", "最大班数", "可用教室"),
            least=0,
            most=MOST_PUPILS,
            empty="as many as `classes`",
        ),
        Column(
            "class_standard",
            "whole",
            "Pupils a class should have.",
            ("标准班额",),
            least=1,
            most=200,
            empty="the scenario's `[limits]`",
        ),
        Column(
            "class_limit",
            "whole",
            "Pupils a class must never pass.",
            ("班额上限", "最大班额"),
            least=1,
            most=200,
            empty="the scenario's `[limits]`",
        ),
        Column(
            "reserved",
            "whole",
            "Seats held back for the purpose that `reserved_for` names.",
            ("reserved seats", "预留学位", "预留"),
            least=0,
            most=MOST_PUPILS,
            empty="0",
        ),
        Column(
            "reserved_for",
            "text",
            "For whom seats are held back; required where `reserved` is above 0.",
            ("预留用途", "预留原因"),
        ),
        Column(
            "other_grades",
            "whole",
            "Pupils who will be in the school's other grades.",
            ("其他年级在校生", "其他年级人数", "其他年级学生数"),
            least=0,
            most=MOST_PUPILS,
            empty="0",
        ),
        Column(
            "leavers",
            "whole",
            "Pupils of the top grade that left last summer.",
            ("毕业生", "毕业人数", "上届毕业生"),
            least=0,
            most=MOST_PUPILS,
            empty="0",
        ),
        Column(
            "school_limit",
            "whole",
            "Pupils of all grades that the school must not pass.",
            ("学校规模上限", "校额上限", "办学规模"),
            least=1,
            most=MOST_PUPILS,
            empty="the scenario's `[limits]`",
        ),
        Column(
            "sector",
            "word",
            "Who runs the school.",
            ("办学性质", "举办者", "性质"),
            words=SECTOR,
            empty="public",
        ),
        Column(
            "kind",
            "word",
            "Kind of school; redirect rounds use boarding schools only where they name them.",
            ("school type", "办学类型", "学校类型", "类型", "类别"),
            words=SCHOOL_KIND,
            empty="full",
        ),
        Column(
            "setting",
            "word",
            "Where the school lies, for the indicators.",
            ("城乡", "城乡类别", "城乡类型", "区域类型"),
            words=SETTING,
            empty="not known",
        ),
        Column(
            "area",
            "text",
            "Planning area the school belongs to.",
            ("规划片区", "乡镇", "所属乡镇", "区域"),
        ),
        Column(
            "beds",
            "whole",
            "Boarding places.",
            ("床位", "床位数", "寄宿床位"),
            least=0,
            most=MOST_PUPILS,
            empty="not known",
        ),
        Column(
            "class_cost",
            "whole",
            "What one entry class costs, in the county's own unit; for `enroll compare`, and for "
            "those beyond `classes` in `enroll open-classes` with a budget.",
            ("cost per class", "每班费用", "增班费用"),
            least=0,
            most=10**9,
            empty="not known: no such class is opened within a budget",
        ),
        Column(
            "cost",
            "whole",
            "What the school costs besides its classes, in the same unit; for `enroll compare`.",
            ("school cost", "学校费用", "建设费用"),
            least=0,
            most=10**9,
            empty="0",
        ),
        Column(
            "next_entry",
            "whole",
            "Children expected to enter next year; for `enroll open-classes --years 2`.",
            ("明年新生", "下一年新生", "明年入学人数"),
            least=0,
            most=MOST_PUPILS,
            empty="this year's children for whom it is the nearest school",
        ),
        Column(
            "next_leavers",
            "whole",
            "Pupils of the top grade who will leave next summer.",
            ("明年毕业生", "下一届毕业生"),
            least=0,
            most=MOST_PUPILS,
            empty="as many as `leavers`",
        ),
        Column(
            "next_rooms",
            "whole",
            "Most classes that fit next year for the entry grade and the grade above it "
            "together; in a school with mixed classes, most mixed classes.",
            ("明年教室数", "下一年教室数"),
            least=0,
            most=MOST_PUPILS,
            empty="`classes` for the grade above and `rooms` for the entry grade",
        ),
        Column(
            "mixed",
            "whole",
            "Pupils of other grades who sit in the entry classes this year (mixed-grade "
            "classes); 0 where the classes are mixed and nobody is there yet.",
            ("复式班其他年级人数", "复式班人数"),
            least=0,
            most=MOST_PUPILS,
            empty="no mixed classes",
        ),
        Column(
            "next_mixed",
            "whole",
            "Pupils of `mixed` who still sit in these classes next year.",
            ("明年复式班其他年级人数",),
            least=0,
            most=MOST_PUPILS,
            empty="0",
        ),
    ),
)

ZONE_COLUMNS = TableColumns(
    "zones",
    "One row or map feature for each catchment zone: a polygon, or an anchor point.",
    (
        Column(
            "zone_id",
            "id",
            "Id of the zone: 1 to 64 letters of any script, digits, dots, hyphens and "
            "underscores, used once.",
            ("id", "zone", "片区编号", "学区编号", "片区代码"),
            required=True,
        ),
        Column(
            "name",
            "text",
            "Name of the zone.",
            ("zone name", "片区", "片区名称", "学区名称", "名称"),
            empty="the id",
        ),
        Column(
            "schools",
            "ids",
            "Ids of the schools that serve the zone, separated by `;` (`,` and `、` are "
            "understood); ids that the file of schools does not have are named and left out.",
            ("school", "school_id", "school_ids", "学校", "对口学校", "服务学校", "学校编号"),
            empty="a zone without a school, with a notice",
        ),
        Column(
            "area",
            "text",
            "Planning area the zone belongs to.",
            ("规划片区", "乡镇", "所属乡镇", "区域"),
        ),
        Column(
            "lon",
            "decimal",
            "Longitude or easting of the anchor point (village committee, estate gate), in the "
            "system of the polygons or of `[coordinates] zones`; the points of a map file take "
            "its place.",
            ("longitude", "lng", "x", "经度", "锚点经度"),
            empty="no anchor",
        ),
        Column(
            "lat",
            "decimal",
            "Latitude or northing of the anchor point.",
            ("latitude", "y", "纬度", "锚点纬度"),
            empty="no anchor",
        ),
    ),
)

TRAVEL_COLUMNS = TableColumns(
    "travel",
    "One row for each way that was measured: from an applicant or a zone to a school.",
    (
        Column(
            "applicant_id",
            "id",
            "Applicant the way starts from; either this or `zone_id`.",
            ("applicant", "报名号", "报名编号"),
        ),
        Column(
            "zone_id",
            "id",
            "Zone the way starts from; either this or `applicant_id`.",
            ("zone", "片区", "片区编号"),
        ),
        Column(
            "school_id",
            "id",
            "School the way leads to.",
            ("school", "学校编号", "学校代码"),
            required=True,
        ),
        Column(
            "metres",
            "whole",
            "Length of the way in whole metres, as measured; a pair without a row is not allowed.",
            ("meters", "distance", "distance_m", "米", "距离", "路程"),
            required=True,
            least=0,
            most=10_000_000,
        ),
    ),
)

OVERRIDE_COLUMNS = TableColumns(
    "overrides",
    "One row for each child that is placed by decision instead of rule; every row says why, on "
    "whose authority and when, and all of it is shown with the result.",
    (
        Column(
            "applicant_id",
            "id",
            "Applicant that is placed, once, who has no `placed_school` of its own.",
            ("id", "applicant", "registration number", "报名号", "报名编号", "登记号", "学生编号"),
            required=True,
            personal=True,
        ),
        Column(
            "school_id",
            "id",
            "School that takes the child, with an entry class; past its limit too, with a red "
            "notice.",
            ("school", "学校编号", "学校代码", "安排学校"),
            required=True,
        ),
        Column(
            "reason",
            "text",
            "Why, in words that may be shown to anybody who sees the run.",
            ("理由", "原因", "调整原因", "调整理由"),
            required=True,
            personal=True,
        ),
        Column(
            "authority",
            "text",
            "Number of the document that decides it.",
            ("批准文号", "文件号", "文号"),
            required=True,
        ),
        Column(
            "date",
            "date",
            "Day of that document.",
            ("批准日期", "文件日期", "日期"),
            required=True,
        ),
    ),
)

ALL_TABLES = (
    APPLICANT_COLUMNS,
    DEMAND_COLUMNS,
    SCHOOL_COLUMNS,
    ZONE_COLUMNS,
    TRAVEL_COLUMNS,
    OVERRIDE_COLUMNS,
    *FORECAST_TABLES,
)
"""Every table of columns, in the order of the `[files]` keys."""

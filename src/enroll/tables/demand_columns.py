"""The columns of blocks of demand."""

from __future__ import annotations

from enroll.tables.columns import MOST_PUPILS, Column, TableColumns

DEMAND_COLUMNS = TableColumns(
    "demand",
    "One row or map feature for each block, grade and group: how many pupils are expected there. "
    "Each of them is placed as one child, `BLOCK#00001` and so on.",
    (
        Column(
            "block_id",
            "id",
            "Id of the block: 1 to 64 letters, digits, dots, hyphens and underscores.",
            ("id", "block", "PBID", "地块", "地块编号", "网格编号"),
            required=True,
        ),
        Column(
            "lon",
            "decimal",
            "Longitude of the block in degrees, or easting in metres, in the system that "
            "`[coordinates] demand` names. In a map file points take its place, and a polygon "
            "its centre of area, or a point inside it where that centre lies outside.",
            ("longitude", "lng", "x", "经度"),
            empty="somewhere in the zone: its anchor, or else its middle",
        ),
        Column(
            "lat",
            "decimal",
            "Latitude in degrees, or northing in metres.",
            ("latitude", "y", "纬度"),
            empty="as `lon`",
        ),
        Column(
            "zone_id",
            "id",
            "Zone of the block; it overrides the map.",
            ("zone", "片区", "片区编号"),
            empty="the map decides by the block's point",
        ),
        Column(
            "grade",
            "whole",
            "Grade; an allocation places the entry grade (1 or 7) and leaves the others out.",
            ("年级",),
            least=0,
            most=13,
            empty="the entry grade",
        ),
        Column(
            "group",
            "word",
            "Id of the pupils' priority group, whatever its conditions ask for.",
            ("类别", "入学类别", "顺位"),
            empty="by the conditions of the groups, of which no fact is known",
        ),
        Column(
            "pupils",
            "whole",
            "Pupils who are expected.",
            ("children", "demand", "人数", "学生数", "需求"),
            required=True,
            least=0,
            most=MOST_PUPILS,
        ),
        Column(
            "low",
            "whole",
            "Fewest pupils that are likely; not used by an allocation.",
            ("下限",),
            least=0,
            most=MOST_PUPILS,
        ),
        Column(
            "high",
            "whole",
            "Most pupils that are likely; not used by an allocation.",
            ("上限",),
            least=0,
            most=MOST_PUPILS,
        ),
    ),
)

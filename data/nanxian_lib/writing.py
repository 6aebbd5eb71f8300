"""The files of the sample county."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

import xlsxwriter

from nanxian_lib.plane import MILLION, Point, to_gcj02, to_grid
from nanxian_lib.rolls import NINE_YEAR_LIMIT, Roll, draw_rolls
from nanxian_lib.siting import HANZI, Zone

if TYPE_CHECKING:
    from pathlib import Path

    import shapely

    from nanxian_lib.children import Child
    from nanxian_lib.places import Plan, Stage

NOTE = {
    False: (
        "Synthetic data. Place names are real, everything else is invented: "
        "no school, zone, home or child in this file exists."
    ),
    True: "合成数据：地名真实，其余均为虚构；文件中的学校、片区、住址和学生都不存在。",
}
SETTINGS = {"urban": "城区", "town": "镇区", "rural": "乡村"}
KINDS = {"full": "初级中学", "nine-year": "九年一贯制", "boarding": "寄宿制"}
SECTORS = {"public": "公办", "private": "民办"}
HOUSEHOLDS = {"zone": "本片区", "county": "本县", "outside": "县外随迁"}
HOMES = {"own": "自有", "grandparents": "祖辈", "rent": "租房", "none": "无自有房"}
REVIEWS = {"passed": "已通过", "pending": "待审核", "rejected": "未通过"}
SEXES = {"male": "男", "female": "女"}
REASONS = {"disabled": "残疾儿童", "policy_care": "政策照顾", "feeder": "对口直升", "": ""}
Row = dict[str, Any]


def zone_map(stage: Stage, zones: list[Zone]) -> str:
    """Return a zone map as GeoJSON (WGS 84, six decimals), one zone to a line."""
    head = {
        "type": "FeatureCollection",
        "name": "nanxian-junior" if stage.chinese else "nanxian-primary",
        "note": NOTE[stage.chinese],
    }
    opening = json.dumps(head, ensure_ascii=False, indent=1)[:-2]
    features = (json.dumps(_feature(stage, zone), ensure_ascii=False) for zone in zones)
    return opening + ',\n "features": [\n' + ",\n".join(features) + "\n ]\n}\n"


def _feature(stage: Stage, zone: Zone) -> Row:
    rings = [_ring(ring) for ring in (zone.ground.exterior, *zone.ground.interiors)]
    return {
        "type": "Feature",
        "properties": {
            "zone_id": zone.zone_id,
            "name": zone.name,
            "schools": ";".join(sorted(plan.school_id for plan in zone.plans)),
            "area": HANZI[zone.town] if stage.chinese else zone.town,
        },
        "geometry": {"type": "Polygon", "coordinates": rings},
    }


def _ring(ring: shapely.LinearRing) -> list[list[float]]:
    """Return a ring in degrees, counter-clockwise outside and clockwise for a hole."""
    return [[x / MILLION, y / MILLION] for x, y in reversed(ring.coords)]


def _setting(plan: Plan) -> str:
    if plan.zone == "" or (plan.town == "Nanzhou" and plan.place is not None):
        return "urban"
    return "town" if plan.place is not None or plan.kind == "boarding" else "rural"


def school_rows(stage: Stage, sites: dict[str, Point]) -> list[Row]:
    """Return the table of schools with canonical headers; WGS 84."""
    rolls = draw_rolls(stage)
    return [_school_row(plan, sites[plan.school_id], rolls[plan.school_id], stage)
            for plan in stage.plans]  # fmt: skip


def _school_row(plan: Plan, site: Point, roll: Roll, stage: Stage) -> Row:
    lon, lat = to_grid(site)
    village = plan.kind == "village"
    return {
        "school_id": plan.school_id,
        "name": plan.hanzi if stage.chinese else plan.name,
        "lon": f"{lon / MILLION:.6f}",
        "lat": f"{lat / MILLION:.6f}",
        "classes": plan.classes,
        "rooms": plan.rooms,
        "class_standard": stage.village_standard if village else "",
        "class_limit": 45 if village else "",
        "reserved": plan.reserved or "",
        "reserved_for": plan.reserved_for,
        "other_grades": roll.other_grades,
        "leavers": roll.leavers,
        "school_limit": NINE_YEAR_LIMIT if plan.kind == "nine-year" else "",
        "sector": plan.sector,
        "kind": plan.kind,
        "setting": _setting(plan),
        "area": HANZI[plan.town] if stage.chinese else plan.town,
        "beds": plan.beds or "",
    }


def chinese_school_row(row: Row) -> Row:
    """Return one school in the words of the office."""
    return {
        "学校代码": row["school_id"],
        "学校名称": row["name"],
        "经度": row["lon"],
        "纬度": row["lat"],
        "招生班数": row["classes"],
        "最大班数": row["rooms"],
        "预留学位": row["reserved"],
        "预留用途": row["reserved_for"],
        "其他年级在校生": row["other_grades"],
        "毕业生数": row["leavers"],
        "学校规模上限": row["school_limit"],
        "办学性质": SECTORS[row["sector"]],
        "学校类别": KINDS[row["kind"]],
        "城乡类型": SETTINGS[row["setting"]],
        "所在乡镇": row["area"],
        "床位数": row["beds"],
    }


def applicant_row(child: Child) -> Row:
    """Return one applicant with canonical headers; WGS 84."""
    return {
        "applicant_id": child.applicant_id,
        "lon": f"{child.home[0] / MILLION:.6f}",
        "lat": f"{child.home[1] / MILLION:.6f}",
        "zone": child.zone,
        "household": child.household,
        "home": child.home_kind,
        "home_since": _iso(child.home_since),
        "permit_since": _iso(child.permit_since),
        "insurance_months": "" if child.insurance_months is None else child.insurance_months,
        "review": child.review,
        "birth_date": _iso(child.birth_date),
        "sex": child.sex,
        "sibling_school": child.sibling_school,
        "family": child.family,
        "accepts_redirect": "yes" if child.accepts_redirect else "no",
        "placed_school": child.placed_school,
        "placed_reason": child.placed_reason,
        "placed_authority": child.placed_authority,
        "placed_date": _iso(child.placed_date),
    }


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def chinese_applicant_row(child: Child) -> Row:
    """Return one applicant as the registration system exports it; GCJ-02, real dates."""
    lon, lat = to_gcj02(child.home[0] / MILLION, child.home[1] / MILLION)
    return {
        "报名号": child.applicant_id,
        "经度": round(lon, 6),
        "纬度": round(lat, 6),
        "片区": child.zone,
        "户籍": HOUSEHOLDS[child.household],
        "住房": HOMES[child.home_kind],
        "房屋登记日期": _slashed(child.home_since),
        "居住证日期": _slashed(child.permit_since),
        "社保月数": child.insurance_months,
        "审核状态": REVIEWS[child.review],
        "出生日期": child.birth_date,
        "性别": SEXES[child.sex],
        "兄姐就读学校": child.sibling_school,
        "同胞编号": child.family,
        "服从统筹": "是" if child.accepts_redirect else "否",
        "安置学校": child.placed_school,
        "安置原因": REASONS[child.placed_reason],
        "批准文号": child.placed_authority,
        "批准日期": child.placed_date,
    }


def _slashed(day: date | None) -> str:
    """Return a date as clerks type it, without leading zeros."""
    return f"{day.year}/{day.month}/{day.day}" if day else ""


def to_csv(rows: list[Row]) -> str:
    """Return rows as CSV with a header."""
    text = io.StringIO()
    writer = csv.DictWriter(text, rows[0].keys(), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def write_workbook(path: Path, title: str, rows: list[Row]) -> None:
    """Write the registration workbook: a title row, the headers in row 2, and a note sheet."""
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"title": title, "created": datetime(2026, 7, 20)})
        bold = book.add_format({"bold": True})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet = book.add_worksheet("报名表（合成数据）")
        sheet.write_string(0, 0, title, bold)
        sheet.write_row(1, 0, list(rows[0]), bold)
        sheet.freeze_panes(2, 1)
        for number, row in enumerate(rows, start=2):
            for column, value in enumerate(row.values()):
                if isinstance(value, date):
                    sheet.write_datetime(number, column, datetime.combine(value, time()), day)
                elif isinstance(value, (int, float)):
                    sheet.write_number(number, column, value)
                elif value:
                    sheet.write_string(number, column, value)
        book.add_worksheet("说明").write_column(0, 0, [NOTE[True], NOTE[False]])

"""The planned schools of both stages, as two tables.

Columns: school_id, town, name, Chinese name, kind, entry classes, rooms, fill, place, zone and
sector. `fill` is the children of the zone as a share of the school's standard seats.
`place` is kilometres east and north of the town's seat, or `-`: as far as can be from the town's
other schools. Schools of one town with the same zone letter share a zone; `-` has no zone.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, cast

from nanxian_lib.places import CLOSED, Plan, Stage

if TYPE_CHECKING:
    from nanxian_lib.places import Kind, Sector

_PRIMARY = """
SYN-P01|Nanzhou|Nanzhou No. 1 Primary||full|6|6|1.18|0.1 0.4|a|public
SYN-P02|Nanzhou|Nanzhou Experimental Primary||full|6|6|1.27|0.9 -0.5|b|public
SYN-P03|Nanzhou|Nanzhou No. 2 Primary||full|4|5|1.15|-0.8 0.1|a|public
SYN-P04|Nanzhou|East Gate Primary||full|4|4|1.22|1.5 0.6|c|public
SYN-P05|Nanzhou|West Gate Primary||full|4|5|1.16|-1.9 0.6|d|public
SYN-P06|Nanzhou|North Bank Primary||full|3|3|1.28|0.2 1.7|e|public
SYN-P07|Nanzhou|South Lake Primary||full|4|4|1.19|0.2 -1.4|b|public
SYN-P08|Nanzhou|Silk Mill Road Primary||full|3|4|1.20|-1.1 -1.2|f|public
SYN-P09|Nanzhou|New Town Primary||full|5|6|1.36|2.2 -1.2|g|public
SYN-P10|Nanzhou|Tuojiang Primary||full|4|4|0.88|2.9 0.9|h|public
SYN-P11|Nanzhou|Yangjia Primary||full|2|2|0.62|-|i|public
SYN-P12|Nanzhou|Qingyu Village School||village|1|1|0.55|-|j|public
SYN-P13|Nanzhou|Lanhu Village School||village|1|1|0.50|-|k|public
SYN-P14|Nanzhou|Dongting Private Primary||full|3|3|0|-0.4 -2.2|-|private
SYN-P15|Nanzhou|Yucai Private Primary||full|2|3|0|1.2 2.1|-|private
SYN-P16|Langbahu|Langbahu Central Primary||full|4|4|0.84|0 0|a|public
SYN-P17|Langbahu|Xinyue Primary||full|2|2|0.58|-|b|public
SYN-P18|Langbahu|Hongxing Village School||village|1|1|0.57|-|c|public
SYN-P19|Langbahu|Donghu Village School||village|1|1|0.47|-|d|public
SYN-P20|Huage|Huage Central Primary||full|4|5|0.86|0 0|a|public
SYN-P21|Huage|Fuxing Primary||full|2|2|0.66|-|b|public
SYN-P22|Huage|Beizhou Village School||village|1|1|0.53|-|c|public
SYN-P23|Huage|Hexin Village School||village|1|1|0.40|-|d|public
SYN-P24|Huage|Tianfu Village School||village|1|1|0.47|-|e|public
SYN-P25|Mingshantou|Mingshantou Central Primary||full|3|3|0.93|0 0|a|public
SYN-P26|Mingshantou|Haifu Primary||full|2|2|0.61|-|b|public
SYN-P27|Mingshantou|Xinhe Village School||village|1|1|0.50|-|c|public
SYN-P28|Mingshantou|Shuangqiao Village School||village|1|1|0.43|-|d|public
SYN-P29|Qingshuzui|Qingshuzui Central Primary||full|3|3|0.99|0 0|a|public
SYN-N01|Qingshuzui|Yifeng Nine-year|益丰九年一贯制学校|nine-year|2|2|0.76|-|b|public
SYN-P30|Qingshuzui|Simei Village School||village|1|1|0.47|-|c|public
SYN-P31|Qingshuzui|Liulin Village School||village|1|1|0.53|-|d|public
SYN-P32|Changjiao|Changjiao Central Primary||full|3|4|0.94|0 0|a|public
SYN-P33|Changjiao|Xinxing Boarding Primary||boarding|2|3|0.60|0.9 0.8|a|public
SYN-P34|Changjiao|Quanfu Village School||village|1|1|0.50|-|b|public
SYN-P35|Changjiao|Defu Village School||village|1|1|0.60|-|c|public
SYN-N02|Wushenggong|Wushenggong Nine-year|武圣宫九年一贯制学校|nine-year|3|4|0.96|0 0|a|public
SYN-P36|Wushenggong|Baiyun Primary||full|1|2|0.80|-|b|public
SYN-P37|Wushenggong|Shagang Village School||village|1|1|0.50|-|c|public
SYN-P38|Wushenggong|Tongxin Village School||village|1|1|0.37|-|d|public
SYN-P39|Sanxianhu|Sanxianhu Central Primary||full|4|4|0.83|0 0|a|public
SYN-P40|Sanxianhu|Liqun Primary||full|2|2|0.71|-|b|public
SYN-P41|Sanxianhu|Xianjia Village School||village|1|1|0.53|-|c|public
SYN-P42|Sanxianhu|Shiqiao Village School||village|1|1|0.43|-|d|public
SYN-P43|Maocaojie|Maocaojie Central Primary||full|3|4|1.80|0 0|a|public
SYN-P44|Maocaojie|Gangkou Primary||full|2|2|0.73|-|b|public
SYN-P45|Maocaojie|Feng'an Village School||village|1|1|0.63|-|c|public
SYN-P46|Maocaojie|Changsheng Village School||village|1|1|0.57|-|d|public
SYN-P47|Mahekou|Mahekou Central Primary||full|3|3|0.91|0 0|a|public
SYN-N03|Mahekou|Dongsheng Nine-year|东胜九年一贯制学校|nine-year|2|2|0.69|-|b|public
SYN-P48|Mahekou|Xiangyang Village School||village|1|1|0.50|-|c|public
SYN-P49|Mahekou|Hehua Village School||village|1|1|0.43|-|d|public
SYN-P50|Zhongyukou|Zhongyukou Central Primary||full|3|3|0.95|0 0|a|public
SYN-N04|Zhongyukou|Taiyang Nine-year|太阳九年一贯制学校|nine-year|2|2|0.70|-|b|public
SYN-P51|Zhongyukou|Xiaogang Village School||village|1|1|0.47|-|c|public
SYN-P52|Zhongyukou|Didong Village School||village|1|1|0.53|-|d|public
SYN-N05|Wuzui|Wuzui Nine-year|乌嘴九年一贯制学校|nine-year|3|3|0.89|0 0|a|public
SYN-P53|Wuzui|Luowen Primary||full|2|2|0.64|-|b|public
SYN-P54|Wuzui|Tuanhu Village School||village|1|1|0.50|-|c|public
SYN-P55|Wuzui|Beidi Village School||village|1|1|0.43|-|d|public
"""

_JUNIOR = """
SYN-J01|Nanzhou|Nanzhou No. 1 Junior|南洲镇第一中学|full|8|8|1.08|-0.5 0.7|a|public
SYN-J02|Nanzhou|Nanzhou No. 2 Junior|南洲镇第二中学|full|8|8|1.10|-1.5 -0.8|b|public
SYN-J03|Nanzhou|Nanzhou Experimental Junior|南洲镇实验中学|full|7|7|1.12|0.7 0.1|a|public
SYN-J04|Nanzhou|Lixin Junior|立新中学|full|6|6|1.06|0.9 1.8|c|public
SYN-J05|Nanzhou|New Town Junior|新城中学|full|6|7|1.17|2.0 -1.5|d|public
SYN-J06|Nanzhou|Tuojiang Junior|沱江中学|full|5|5|1.02|3.1 1.0|e|public
SYN-J07|Nanzhou|Dongting Private Junior|洞庭民办中学|full|4|4|0|-0.3 -2.4|-|private
SYN-J08|Langbahu|Langbahu Junior|浪拔湖镇中学|full|3|4|0.98|0.4 0.3|a|public
SYN-J09|Langbahu|Langbahu No. 2 Junior|浪拔湖镇第二中学|full|2|2|0.87|-|b|public
SYN-J10|Huage|Huage Junior|华阁镇中学|full|3|3|0.99|0.4 0.2|a|public
SYN-J11|Huage|Huage No. 2 Junior|华阁镇第二中学|full|2|2|0.82|-|b|public
SYN-J12|Huage|Tianfu Junior|天福中学|full|1|1|0.74|-|c|public
SYN-J13|Mingshantou|Mingshantou Junior|明山头镇中学|full|3|3|0.96|-0.4 0.3|a|public
SYN-J14|Mingshantou|Haifu Junior|海福中学|full|2|2|0.80|-|b|public
SYN-J15|Qingshuzui|Qingshuzui Junior|青树嘴镇中学|full|3|4|1.03|0.3 -0.4|a|public
SYN-N01|Qingshuzui|Yifeng Nine-year|益丰九年一贯制学校|nine-year|1|2|0.92|-|b|public
SYN-J16|Changjiao|Changjiao Junior|厂窖镇中学|full|3|3|0.92|0.4 0.4|a|public
SYN-J17|Changjiao|Xinxing Boarding Junior|新兴寄宿制中学|boarding|2|3|0.84|1.3 1.2|a|public
SYN-N02|Wushenggong|Wushenggong Nine-year|武圣宫九年一贯制学校|nine-year|3|4|0.97|0 0|a|public
SYN-J18|Wushenggong|Wushenggong No. 2 Junior|武圣宫镇第二中学|full|1|2|0.88|-|b|public
SYN-J19|Sanxianhu|Sanxianhu Junior|三仙湖镇中学|full|3|3|0.95|0.3 0.4|a|public
SYN-J20|Sanxianhu|Liqun Junior|利群中学|full|2|2|0.83|-|b|public
SYN-J21|Maocaojie|Maocaojie Junior|茅草街镇中学|full|3|3|1.24|0.3 0.3|a|public
SYN-J22|Maocaojie|Maocaojie No. 2 Junior|茅草街镇第二中学|full|2|2|0.90|-|b|public
SYN-J23|Mahekou|Mahekou Junior|麻河口镇中学|full|3|3|0.94|0.3 -0.4|a|public
SYN-N03|Mahekou|Dongsheng Nine-year|东胜九年一贯制学校|nine-year|2|2|0.78|-|b|public
SYN-J24|Zhongyukou|Zhongyukou Junior|中鱼口镇中学|full|3|3|0.99|0.4 -0.3|a|public
SYN-N04|Zhongyukou|Taiyang Nine-year|太阳九年一贯制学校|nine-year|1|2|0.96|-|b|public
SYN-N05|Wuzui|Wuzui Nine-year|乌嘴九年一贯制学校|nine-year|3|3|0.90|0 0|a|public
SYN-J25|Wuzui|Wuzui No. 2 Junior|乌嘴乡第二中学|full|2|2|0.81|-|b|public
"""

_SPECIAL: dict[str, dict[str, Any]] = {
    "SYN-P01": {"other_grades": 1764, "leavers": 228},
    "SYN-P02": {"other_grades": 2052, "leavers": 291},
    "SYN-P03": {"reserved": 4, "reserved_for": "disabled pupils"},
    "SYN-P09": {"other_grades": 610, "leavers": 84, "reserved": 6,
                "reserved_for": "returning pupils"},
    "SYN-P33": {"beds": 180},
    "SYN-P43": {"reserved": 3, "reserved_for": "returning pupils"},
    "SYN-J01": {"other_grades": 862, "leavers": 441},
    "SYN-J05": {"other_grades": 540, "leavers": 260, "reserved": 5, "reserved_for": "休学复学"},
    "SYN-J17": {"beds": 220},
    "SYN-J21": {"reserved": 3, "reserved_for": "休学复学"},
}  # fmt: skip
"""What is special: one school near its limit, one above it, a new one, seats held back, beds."""


def _plan(line: str) -> Plan:
    school_id, town, name, hanzi, kind, classes, rooms, fill, place, zone, sector = line.split("|")
    at = [float(number) for number in place.split()] if place != "-" else []
    return Plan(
        school_id=school_id,
        town=town,
        name=name,
        hanzi=hanzi,
        kind=cast("Kind", kind),
        classes=int(classes),
        rooms=int(rooms),
        fill=float(fill),
        place=(at[0], at[1]) if at else None,
        zone="" if zone == "-" else f"{town} {zone}",
        sector=cast("Sector", sector),
        **_SPECIAL.get(school_id, {}),
    )


def _plans(table: str) -> tuple[Plan, ...]:
    return tuple(_plan(line) for line in table.strip().splitlines())


PRIMARY = Stage(
    letter="P",
    chinese=False,
    plans=_plans(_PRIMARY),
    closed=CLOSED,
    class_standard=45,
    village_standard=30,
    shared_names={
        "Nanzhou a": "Nanzhou Old Town",
        "Nanzhou b": "Nanzhou South Side",
        "Changjiao a": "Changjiao Market",
    },
    first_birth=date(2019, 9, 1),
)
"""The 60 schools with a first grade."""
JUNIOR = Stage(
    letter="J",
    chinese=True,
    plans=_plans(_JUNIOR),
    closed=(),
    class_standard=50,
    village_standard=50,
    shared_names={"Nanzhou a": "南洲镇城中片区", "Changjiao a": "厂窖镇集镇片区"},
    first_birth=date(2013, 9, 1),
)
"""The 30 schools with a seventh grade."""

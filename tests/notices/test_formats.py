"""Numbers, shares, lengths and days, as they are read in each language."""

from __future__ import annotations

from datetime import date

import pytest

from enroll.notices import Phrase, formats, translate
from enroll.notices.about_facts import as_date, fact

BOTH = ("en", "zh")


def said(value: object) -> tuple[str, str]:
    """Return a value as a sentence in each language shows it."""
    return translate("{it}", "en", {"it": value}), translate("{it}", "zh", {"it": value})


@pytest.mark.parametrize(
    ("value", "english", "chinese"),
    [
        (999, "999", "999"),
        (1234567, "1,234,567", "1,234,567"),
        (-1200, "-1,200", "-1,200"),
        (True, "True", "True"),
        ("1234", "1234", "1234"),
        (date(2026, 9, 5), "2026-09-05", "2026年9月5日"),
        (date(2019, 12, 31), "2019-12-31", "2019年12月31日"),
        (("A", "B", "C"), "A, B and C", "A、B和C"),
        ((1200, date(2026, 9, 5)), "1,200 and 2026-09-05", "1,200和2026年9月5日"),
        (formats.with_id("South Lake", "S7"), "South Lake (S7)", "South Lake（S7）"),
        (formats.with_id("S7", "S7"), "S7", "S7"),
        (formats.with_id("", "S7"), "S7", "S7"),
        (formats.length(50), "50 m", "50 米"),
        (formats.length(999), "999 m", "999 米"),
        (formats.length(1000), "1 km", "1 公里"),
        (formats.length(2500), "2.5 km", "2.5 公里"),
        (formats.length(10050), "10.05 km", "10.05 公里"),
    ],
)
def test_a_value_in_a_sentence(value: object, english: str, chinese: str) -> None:
    assert said(value) == (english, chinese)


@pytest.mark.parametrize(
    ("count", "whole", "english", "chinese"),
    [
        (307, 5059, "6.1 %", "6.1%"),
        (1, 8, "12.5 %", "12.5%"),
        (1, 2000, "0.1 %", "0.1%"),
        (1, 2001, "0.0 %", "0.0%"),
        (3, 3, "100.0 %", "100.0%"),
        (0, 3, "0.0 %", "0.0%"),
        (0, 0, "", ""),
    ],
)
def test_a_share_is_rounded_halves_up(count: int, whole: int, english: str, chinese: str) -> None:
    assert tuple(formats.share(count, whole, language) for language in BOTH) == (english, chinese)


def test_numbers_outside_sentences() -> None:
    assert [formats.number(value) for value in (0, 999, 5059)] == ["0", "999", "5,059"]
    assert [formats.signed(value) for value in (-1234, 0, 20)] == ["-1,234", "+0", "+20"]
    assert formats.decimal(-2549.66, 1, signed=True) == "-2,549.7"
    assert formats.decimal(1273, 1) == "1,273.0"
    assert formats.percent("93", "zh") == "93%"


@pytest.mark.parametrize(
    ("name", "value", "english", "chinese"),
    [
        ("household", "zone", "household = zone", "户籍在本片区"),
        ("household", "county", "household = county", "户籍在本县"),
        ("home", "own", "home = own", "住房为自有"),
        ("home", "", "home = (empty)", "住房 （空）"),
        ("permit_since", "2024-06-12", "permit_since = 2024-06-12", "居住证日期 2024年6月12日"),
        ("insurance_months", "78", "insurance_months = 78", "社保月数 78"),
        ("遗孤", "是", "遗孤 = 是", "遗孤 = 是"),
        ("=cmd|' /C calc'!A0", "{x}", "=cmd|' /C calc'!A0 = {x}", "=cmd|' /C calc'!A0 = {x}"),
    ],
)
def test_a_fact_of_a_child(name: str, value: str, english: str, chinese: str) -> None:
    assert said(fact(name, value)) == (english, chinese)


@pytest.mark.parametrize(
    "text", ["2026-13-01", "20260905", "2026-W01-1", "", "2026年9月5日", "x" * 10]
)
def test_what_is_no_day_stays_as_it_is(text: str) -> None:
    assert as_date(text) == text


def test_a_part_of_a_sentence_is_said_in_its_language() -> None:
    part = Phrase("{value} m", {"value": Phrase("{count} children", {"count": 1200})})
    assert said(part) == ("1,200 children m", "1,200 名学生 米")

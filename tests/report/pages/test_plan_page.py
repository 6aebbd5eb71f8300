"""The page of a plan: what families find on it, names as they are, and how it is built."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING

import pytest

from enroll.notices import translate
from enroll.office.announcing import announce
from enroll.planning.forecasting import forecast
from enroll.scenario import load
from tests.cli.screens import starter_text
from tests.planning.futures import county as past_county
from tests.report.announcement.plans import TOLD, county, site_of
from tests.report.pages.runs import figures_of, parsed, table_of

if TYPE_CHECKING:
    from pathlib import Path
    from xml.etree.ElementTree import Element

    from enroll.notices import Language

HOSTILE = "<script>alert('x')</script>\"&amp;{{7*7}}{name}"
RIGHT_TO_LEFT = "阿依古丽·买买提 مكتب 𠮷"
FORMULA = "=cmd|' /C calc'!A0"


@pytest.fixture(scope="module")
def tree() -> Element:
    return parsed(county().files["index.html"])


def rows(files: dict[str, bytes], name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[name].decode("utf-8"), newline="")))


def text_of(tree: Element) -> str:
    return " ".join("".join(tree.itertext()).split())


def test_the_sections_of_the_page(tree: Element) -> None:
    assert [each.get("id") for each in tree.iter("h2")] == [
        "register",
        "rules",
        "draw",
        "map",
        "zones",
        "schools",
        "ahead",
        "files",
    ]
    drawn = dict.fromkeys(("zone", "school"), 0)
    for each in tree.iter():
        for kind in drawn:
            drawn[kind] += f"data-{kind}" in each.attrib
    assert drawn == {"zone": 61, "school": 60}


def test_the_figures_are_the_sums_of_the_tables(tree: Element) -> None:
    schools = rows(county().files, "schools.csv")
    sums = {
        shown: sum(int(row[column]) for row in schools)
        for shown, column in (
            ("classes", "classes"),
            ("standard", "seats_standard"),
            ("limit", "seats_limit"),
            ("reserved", "reserved"),
        )
    }
    figures = figures_of(tree)
    assert {name: figures[name] for name in sums} == {
        name: f"{value:,}" for name, value in sums.items()
    }
    assert (figures["schools"], figures["zones"]) == ("60", "61")


def test_every_school_and_zone_stands_on_the_page_as_in_its_table(tree: Element) -> None:
    schools, zones = (rows(county().files, name) for name in ("schools.csv", "zones.csv"))
    shown = table_of(tree, "table-schools")
    assert [row[0] for row in shown] == [f"{row['name']} {row['school_id']}" for row in schools]
    assert [[row[1], *row[4:7]] for row in shown] == [
        [row[key] for key in ("classes", "seats_standard", "seats_limit", "reserved")]
        for row in schools
    ]
    names = {row["school_id"]: row["name"] for row in schools}
    assert [row[:2] for row in table_of(tree, "table-zones")] == [
        [
            f"{row['name']} {row['zone_id']}",
            ", ".join(f"{names[one]} {one}" for one in row["schools"].split(";")),
        ]
        for row in zones
    ]


def test_a_school_without_an_entry_class_is_counted_and_not_listed() -> None:
    text = starter_text("schools.csv")
    closed = text.splitlines()[1].replace("S1,", "S9,", 1).replace(",1,", ",0,", 1)
    files = site_of(schools=f"{text}{closed}\n")
    tree = parsed(files["index.html"])
    assert [row["school_id"] for row in rows(files, "schools.csv")] == ["S1", "S2", "S3", "S9"]
    assert [row[0][-2:] for row in table_of(tree, "table-schools")] == ["S1", "S2", "S3"]
    assert "which are in schools.csv only: 1." in text_of(tree)
    assert figures_of(tree)["schools"] == "3"


def test_days_and_telephones_stand_as_they_are_told() -> None:
    tree = parsed(site_of()["index.html"])
    assert table_of(tree, "table-timetable") == [
        ["Registration", "8 June 2026", "19 June 2026"],
        ["Draw", "12 July 2026", ""],
    ]
    assert table_of(tree, "table-telephones") == [["Office", "0737 555 0100", "mornings"]]
    assert table_of(tree, "table-sources") == [["ssq-2026082", "on television", "12 July 2026"]]
    links = [link.get("href") for link in tree.iter("a")]
    assert "tel:07375550100" in links
    assert "https://example.org/2026" in links
    for said in ("Where: Town hall", "Bring the deed.", "The draw is not committed yet."):
        assert said in text_of(tree)


def test_chinese_days_stand_as_chinese_families_write_them() -> None:
    tree = parsed(site_of("zh")["index.html"])
    assert tree.get("lang") == "zh-CN"
    assert table_of(tree, "table-timetable")[0] == ["Registration", "2026年6月8日", "2026年6月19日"]


def test_what_is_not_known_yet_is_said() -> None:
    tree = parsed(site_of(more="")["index.html"])
    for sentence in (
        "Where to register is not announced yet.",
        "There is no timetable yet.",
        "No telephone is announced yet.",
        "Its sources are not announced yet.",
        "No forecast is published with this plan, so it warns of nothing.",
    ):
        assert sentence in text_of(tree)
    assert not [table for table in tree.iter("table") if table.get("id") == "table-timetable"]


def test_groups_and_rounds_stand_in_words_and_in_their_tables() -> None:
    files = county().files
    tree = parsed(files["index.html"])
    groups, rounds = rows(files, "groups.csv"), rows(files, "rounds.csv")
    assert [(row["place"], row["group"]) for row in groups] == [
        (str(place), group) for place, group in enumerate("ABCDE", 1)
    ]
    assert groups[4]["condition"] == (
        "the household is registered in the county; the family rents its home; or the household "
        "is registered outside the county; the family rents its home; the residence permit was "
        "issued before 1 September 2025; months of social insurance: at least 12"
    )
    assert [(row["round"], row["rule"], row["seats"], row["max_m"]) for row in rounds] == [
        ("fixed", "fixed", "", ""),
        ("zone", "zone", "standard", ""),
        ("redirect", "redirect", "standard", "5000"),
        ("stretch", "redirect", "limit", "5000"),
        ("far", "redirect", "limit", ""),
    ]
    assert rounds[1]["order"] == "group;sibling;distance;lottery"
    said = text_of(tree)
    for row in rounds:
        assert row["words"] in said
    for part in groups[4]["condition"].split("; or "):
        assert part in said


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_request_leaves_the_page(language: Language) -> None:
    """Whatever could load something is not there; links go to files beside it, and to what the
    office named. The policy forbids the rest."""
    files = site_of(language)
    page = files["index.html"]
    for element in parsed(page).iter():
        for name, value in element.attrib.items():
            plain = name.rpartition("}")[2] if isinstance(name, str) else name[1]
            assert not str(plain).startswith("on")
            if plain == "href":
                assert (
                    value[0] == "#"
                    or value in files
                    or value
                    in (
                        "tel:07375550100",
                        "https://example.org/2026",
                    )
                ), value
            assert plain not in {"src", "srcset", "action", "poster", "data", "background"}
        assert element.tag not in {"link", "img", "iframe", "object", "embed", "base", "form"}
    text = page.decode()
    assert "@import" not in text
    assert set(re.findall(r"url\(([^)]*)\)", text)) <= {"#full", "#overload", "#many"}
    assert set(re.findall(r"https?:[^\"<]*", text)) == {"https://example.org/2026"}
    assert "default-src 'none'" in text


def test_every_file_is_linked_to() -> None:
    files = site_of()
    tree = parsed(files["index.html"])
    links = {link.get("href") for link in tree.iter("a")}
    assert set(files) - {"index.html"} <= links


@pytest.mark.parametrize("name", [HOSTILE, RIGHT_TO_LEFT, FORMULA])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_name_is_shown_as_it_is_and_runs_nowhere(name: str, language: Language) -> None:
    quoted = '"' + name.replace('"', '""') + '"'
    told = TOLD
    for word in ("Town hall", "Bring the deed.", "Registration", "Office", "mornings"):
        told = told.replace(f'"{word}"', json.dumps(name, ensure_ascii=False))
    told = told.replace('"on television"', json.dumps(name, ensure_ascii=False))
    spelled = json.dumps(name, ensure_ascii=False)
    scenario = starter_text(
        "scenario.toml",
        ("household and own home in the zone", spelled[1:-1]),
        ('{household = "zone"}', f"{{{spelled} = {spelled}}}"),
    )
    files = site_of(
        language,
        schools=starter_text("schools.csv", ("Sample School Centre", quoted)),
        zones=starter_text("zones.geojson", ("Sample zone centre", json.dumps(name)[1:-1])),
        scenario=scenario + told,
    )
    tree = parsed(files["index.html"])
    plain = text_of(tree).replace("\u2068", "").replace("\u2069", "")
    assert plain.count(name) >= 10
    assert len(list(tree.iter("script"))) == 1
    labels = [each.get("aria-label") or "" for each in tree.iter() if "data-school" in each.attrib]
    assert any(name in label.replace("\u2068", "").replace("\u2069", "") for label in labels)
    for table in ("schools.csv", "zones.csv", "groups.csv"):
        first = [cell for row in rows(files, table) for cell in row.values() if name in cell]
        assert first
        assert not [cell for cell in first if cell[0] in "=+-@"]
    outlines = json.loads(files["zones.geojson"])
    assert name in {feature["properties"]["name"] for feature in outlines["features"]}


def test_the_page_is_built_for_everybody() -> None:
    """As the page of a run is: see its own test of this name."""
    tree = parsed(site_of()["index.html"])
    ids = [each.get("id") for each in tree.iter() if each.get("id")]
    assert len(ids) == len(set(ids))
    assert [len(list(tree.iter(tag))) for tag in ("h1", "main", "nav", "title")] == [1, 1, 1, 1]
    for link in tree.iter("a"):
        if link.attrib["href"][0] == "#":
            assert link.attrib["href"][1:] in ids
    for table in tree.iter("table"):
        assert table.find("caption") is not None
        assert {cell.get("scope") for cell in table.find("thead").iter("th")} == {"col"}
        assert all(row[0].get("scope") == "row" for row in table.find("tbody"))
    for each in tree.iter():
        for reference in ("aria-labelledby", "aria-describedby"):
            assert not each.get(reference) or each.get(reference) in ids
        if each.get("role") in ("img", "group", "region"):
            assert each.get("aria-label") or each.get("aria-labelledby")
        if each.tag == "svg":
            assert each.get("aria-hidden") == "true" or each.get("aria-label")
        if each.get("class") == "wide":
            assert each.get("tabindex") == "0"
    for box in tree.iter("input"):
        assert box.attrib["data-layer"] in ids


def test_the_zones_of_several_schools_are_told_apart_by_more_than_colour() -> None:
    zones = starter_text("zones.geojson", ('"schools": "S1"', '"schools": "S1;S2"'))
    tree = parsed(site_of(zones=zones)["index.html"])
    served = [each.get("class") for each in tree.iter() if "data-zone" in each.attrib]
    assert sorted(served) == ["one", "one", "several"]
    hatched = [each for each in tree.iter() if each.get("class") == "many"]
    assert len(hatched) == 2, "the zone, and the key in the legend"
    label = next(each.get("aria-label") for each in tree.iter() if each.get("class") == "several")
    assert "S1" in label
    assert "S2" in label


@pytest.mark.parametrize("language", ["en", "zh"])
def test_warnings_stand_with_the_sentence_that_they_promise_nothing(
    tmp_path: Path, language: Language
) -> None:
    scenario = past_county(tmp_path)
    forecast(load(scenario), 4).write(tmp_path / "ahead")
    made = announce(scenario, tmp_path / "ahead", language)
    tree = parsed(made.files["index.html"])
    promise = (
        "A warning is a forecast and no promise: it gives nobody a seat, takes none away, and is "
        "no reason to buy a home."
    )
    assert translate(promise, language) in text_of(tree)
    assert made.plan.ahead is not None
    tables = {table.get("id") for table in tree.iter("table")}
    shown = [
        row
        for table in ("table-warnings", "table-possible")
        for row in (table_of(tree, table) if table in tables else [])
    ]
    assert len(shown) == len(made.plan.ahead.warnings) > 0
    for row, one in zip(shown, made.plan.ahead.warnings, strict=True):
        assert all(place in row[0] for place in one.ids)
        assert row[2] == str(one.possible)
        assert row[5] == f"{one.bound:,}"
    told = json.loads(made.files["publication.json"])["forecast"]
    assert (told["first"], told["last"]) == (2026, 2028)
    assert len(told["warnings"]) == len(shown)

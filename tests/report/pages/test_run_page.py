"""The page of a run: its figures, its names, what it never holds, and how it is built."""

from __future__ import annotations

import json

import pytest

import enroll
from enroll.errors import UsageError
from enroll.report.pages import run_page
from enroll.report.pages.counting import demand_of_zones
from enroll.report.pages.reading import read_columns, read_data
from tests.cli.screens import starter, starter_text
from tests.report.pages.checks import asks_for_nothing, is_for_everybody
from tests.report.pages.runs import county, figures_of, parsed, run_of, small, table_of

HOSTILE = "<script>alert('x')</script>\"&amp;{{7*7}}"
RIGHT_TO_LEFT = "阿依古丽·买买提 مكتب 𠮷"


@pytest.fixture(scope="module")
def page() -> bytes:
    return county()["report.html"]


@pytest.fixture(scope="module")
def tree(page):
    return parsed(page)


def test_the_page_is_made_from_the_other_files_and_always_the_same(page):
    others = {name: content for name, content in county().items() if name != "report.html"}
    assert run_page(others, "en") == page


def test_the_county_fits_an_attachment(page):
    assert len(page) < 3_000_000


def test_every_headline_figure_is_that_of_the_summary(tree):
    summary = json.loads(county()["summary.json"])
    for key, shown in figures_of(tree).items():
        value = summary
        for part in key.split("."):
            value = value[part]
        assert shown == f"{value:,}", key
    assert len(figures_of(tree)) >= 10


def test_every_school_stands_with_its_figures(tree):
    rows = {row[0].split()[-1]: row for row in table_of(tree, "table-schools")}
    table = read_columns(county()["schools.csv"])
    assert sorted(rows) == sorted(table["school_id"])
    for at, school in enumerate(table["school_id"]):
        row = rows[school]
        assert row[2] == table["classes"][at]
        assert row[4] == table["largest_class"][at]
        assert row[-4:] == [
            table[name][at]
            for name in ("placed", "placed_from_zone", "redirected_in", "redirected_away")
        ]


def test_groups_zones_cutoffs_and_indicators_are_all_there(tree):
    summary = json.loads(county()["summary.json"])
    groups, zones = table_of(tree, "table-groups"), table_of(tree, "table-zones")
    assert [row[1] for row in groups[1:]] == [f"{row['applicants']:,}" for row in summary["groups"]]
    assert [row[-1] for row in zones] == [
        f"{row['distance_m']['median']:,}" if row["distance_m"] else "" for row in summary["zones"]
    ]
    for name in ("cutoffs", "indicators"):
        lines = county()[f"{name}.csv"].decode().splitlines()
        assert len(table_of(tree, f"table-{name}")) == len(lines) - 1


def test_every_red_notice_stands_with_what_would_remove_it(tree):
    said = " ".join("".join(tree.itertext()).split())
    notices = json.loads(county()["notices.json"])["notices"]
    red = [row["en"] for row in notices if row["level"] == "red"]
    assert red
    for message, remedy in red:
        assert " ".join(message.split()) in said
        assert remedy in said


def test_full_zones_are_those_of_the_notices():
    demands = demand_of_zones(read_data(county(), "en"))
    warnings = read_columns(county()["warnings.csv"])
    rows = zip(*(warnings[key] for key in ("code", "subject", "value", "bound")), strict=True)
    told = {
        zone: (int(value), int(bound))
        for code, subject, value, bound in rows
        if code == "ZONE_FULL"
        for zone in subject.split(";")
    }
    full = {
        zone: (demand.children, demand.seats)
        for zone, demand in demands.items()
        if demand.children and demand.children * 10 >= demand.seats * 9
    }
    assert full == told


@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_request_leaves_the_page(language):
    asks_for_nothing(run_page(county(), language))


def test_no_child_and_no_home_is_on_the_page(page):
    text = page.decode()
    table = read_columns(county()["allocation.csv"])
    assert not [child for child in table["applicant_id"] if child in text]
    assert not [ticket for ticket in table["ticket"] if ticket in text]
    for line in county()["audit/records.jsonl"].splitlines()[:500]:
        for child in json.loads(line)["record"]["children"]:
            assert f"{child['x_dm']}" not in text
            assert f"{child['y_dm']}" not in text


def test_notices_about_single_children_are_counted_only():
    files = dict(small())
    row = {"level": "info", "code": "OVERRIDE", "subject": "sample-01"}
    row |= {"en": ["Override: sample-01", ""], "zh": ["sample-01", ""]}
    files["notices.json"] = json.dumps({"format": 1, "notices": [row]}).encode()
    text = run_page(files, "en").decode()
    assert "sample-01" not in text
    assert "warnings.csv only: 1" in text


@pytest.mark.parametrize("name", [HOSTILE, RIGHT_TO_LEFT, "=cmd|' /C calc'!A0"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_name_is_shown_as_it_is_and_runs_nowhere(name, language):
    quoted = '"' + name.replace('"', '""') + '"'
    schools = starter_text("schools.csv", ("Sample School Centre", quoted))
    zones = starter_text("zones.geojson", ("Sample zone centre", json.dumps(name)[1:-1]))
    page = run_page(run_of(schools=schools, zones=zones), language)
    tree = parsed(page)
    assert len(list(tree.iter("script"))) == 1
    names = ["".join(each.itertext()) for each in tree.iter("bdi")]
    assert names.count(name) >= 2
    assert not [key for each in tree.iter() for key in each.attrib if str(key).startswith("on")]


def test_without_a_map_the_page_says_so_and_shows_the_rest():
    tables = {
        name: content
        for name, content in small().items()
        if name not in ("map.gpkg", "notices.json")
    }
    tree = parsed(run_page(tables, "en"))
    assert "needs the file map.gpkg" in "".join(tree.itertext())
    assert not [each for each in tree.iter() if each.get("id") == "map-drawing"]
    assert figures_of(tree) == figures_of(parsed(small()["report.html"]))


def test_a_run_of_tables_only_has_all_findings_and_names_in_either_language(tmp_path):
    made = enroll.allocate(enroll.load(starter(tmp_path)), language="zh", tables_only=True).files
    whole = enroll.allocate(enroll.load(starter(tmp_path / "whole")), language="zh").files
    for language in ("en", "zh"):
        less, full = (parsed(run_page(files, language)) for files in (made, whole))
        assert table_of(less, "table-zones") == table_of(full, "table-zones")
        said = "".join(less.itertext())
        for row in json.loads(whole["notices.json"])["notices"]:
            assert row[language][0] in said


def test_a_zone_without_a_name_is_called_by_its_id_once(tmp_path):
    nameless = starter_text("zones.geojson", ("Sample zone centre", ""))
    zones = table_of(parsed(run_page(run_of(zones=nameless), "en")), "table-zones")
    assert [row[0].split() for row in zones if "Sample" not in row[0]] == [["Z2"]]


def test_a_map_that_does_not_fit_the_run_is_no_map():
    files = {**small(), "map.gpkg": county()["map.gpkg"]}
    assert b"map-drawing" in small()["report.html"]
    page = run_page(files, "en")
    assert b'id="map-drawing"' not in page
    assert b"does not tell where its zones and schools lie" in page


def test_zones_without_outlines_are_squares_at_their_anchors(tmp_path):
    """And one without an anchor is in the tables only."""
    zones = "zone_id,name,schools,lon,lat\nZ1,West,S1,,\nZ2,Centre,S2,112.404,29.354\n"
    lines = starter_text("applicants.csv").splitlines()
    children = [f"{line},{'zone' if not at else f'Z{at % 2 + 1}'}" for at, line in enumerate(lines)]
    scenario = starter(
        tmp_path,
        scenario=starter_text("scenario.toml", ("zones.geojson", "zones.csv")),
        applicants="\n".join(children) + "\n",
    )
    (tmp_path / "zones.csv").write_text(zones, encoding="utf-8")
    files = enroll.allocate(enroll.load(scenario)).files
    tree = parsed(files["report.html"])
    drawn = [each for each in tree.iter() if "data-zone" in each.attrib]
    assert [each.get("data-zone") for each in drawn] == ["Z2"]
    assert drawn[0].get("d").endswith("h300v300h-300z")
    assert [row[0] for row in table_of(tree, "table-zones")] == ["West Z1", "Centre Z2"]


def test_a_run_of_another_kind_is_refused():
    manifest = json.loads(small()["manifest.json"])
    manifest["format"] = 99
    with pytest.raises(UsageError, match="not of the kind"):
        run_page({**small(), "manifest.json": json.dumps(manifest).encode()}, "en")
    with pytest.raises(UsageError, match="not of the kind"):
        run_page({"manifest.json": small()["manifest.json"]}, "en")


def test_the_page_speaks_the_language_it_is_asked_for():
    assert parsed(run_page(small(), "zh")).get("lang") == "zh-CN"
    assert parsed(run_page(small(), "en")).get("lang") == "en"


def test_the_page_is_built_for_everybody(tree):
    is_for_everybody(tree)


def test_colours_can_be_read():
    """Every pair of text and ground has a contrast of 4.5 at least."""
    pairs = [("#1a1a1a", "#ffffff"), ("#4d4d4d", "#ffffff"), ("#0b5394", "#ffffff")]
    pairs += [("#ffffff", "#9b0020"), ("#1a1a1a", "#ffb35c"), ("#1a1a1a", "#fff0a0")]
    pairs += [("#1a1a1a", "#e3edf7"), ("#1a1a1a", "#fff4e0")]
    style = small()["report.html"].decode().split("<style>")[1].split("</style>")[0]
    for text, ground in pairs:
        assert text.replace("#ffffff", "#fff") in style
        assert contrast(text, ground) >= 4.5


def contrast(one: str, other: str) -> float:
    low, high = sorted((brightness(one), brightness(other)))
    return (high + 0.05) / (low + 0.05)


def brightness(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def test_the_structure_of_the_page_is_as_it_was(tree):
    assert [each.get("id") for each in tree.iter("h2")] == [
        "figures",
        "findings",
        "map",
        "schools",
        "ways",
        "zones",
        "redirects",
        "decided",
        "cutoffs",
        "indicators",
    ]
    layers = [each.get("id") for each in tree.iter() if (each.get("id") or "").startswith("layer-")]
    assert layers == [
        "layer-zones",
        "layer-cells",
        "layer-flows",
        "layer-witnesses",
        "layer-schools",
    ]
    drawn = dict.fromkeys(("zone", "school", "flow", "overload"), 0)
    for each in tree.iter():
        for kind in drawn:
            drawn[kind] += f"data-{kind}" in each.attrib
    summary = json.loads(county()["summary.json"])
    rounds = json.loads(county()["certificate.json"])["rounds"]
    overloads = [each for step in rounds for each in step["overloads"]]
    assert drawn["zone"] == len(summary["zones"])
    assert drawn["school"] == len(read_columns(county()["schools.csv"])["school_id"])
    assert drawn["flow"] == len(table_of(tree, "table-flows"))
    assert drawn["overload"] == len(overloads) == len(table_of(tree, "table-overloads"))

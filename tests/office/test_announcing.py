"""An announcement: from schools and zones alone, bound to its draw, complete or not at all."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import shutil
from typing import TYPE_CHECKING

import pytest
import shapely

import enroll
from enroll.errors import InputError, UsageError
from enroll.lottery.protocol import COMMIT
from enroll.office import draws
from enroll.report.manifest import SUMS, read_seal
from tests.cli.screens import starter, starter_text
from tests.end_to_end.test_nothing_leaks import CANARY, disguises, with_columns
from tests.office.draws import (
    AFTER,
    SOURCES,
    before,
    change,
    make_draw,
    make_scenario,
    use_draw,
)
from tests.report.announcement.plans import COUNTY, TOLD, county, site_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def rows(files: Mapping[str, bytes], name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files[name].decode("utf-8"), newline="")))


def codes(scenario: Path) -> list[str]:
    with pytest.raises(InputError) as stopped:
        enroll.announce(scenario)
    return [problem.code for problem in stopped.value.problems]


def test_the_files_are_these_and_sealed() -> None:
    files = site_of()
    assert list(files) == [
        "groups.csv",
        "index.html",
        "publication.json",
        "rounds.csv",
        "schools.csv",
        "zones.csv",
        "zones.geojson",
        "SHA256SUMS",
    ]
    sums = read_seal(files[SUMS])
    assert sums == {
        name: hashlib.sha256(content).hexdigest() for name, content in files.items() if name != SUMS
    }


def test_nobody_needs_to_have_registered(tmp_path: Path) -> None:
    """Neither is the file there, nor need the scenario name one."""
    unnamed = starter_text(
        "scenario.toml", ('applicants = "applicants.csv"', "# nobody has registered")
    )
    first = site_of(more="", scenario=unnamed)
    with_file = enroll.announce(starter(tmp_path / "in", scenario=unnamed)).files
    assert first == with_file


def test_no_child_is_read(tmp_path: Path) -> None:
    """Whatever the file of applicants holds, not one byte differs."""
    private = {
        "name": lambda number: f"{CANARY}-{number}",
        "household": lambda _: CANARY,
        "lon": lambda _: "999.5",
    }
    plain = site_of(more="")
    there = enroll.announce(
        starter(tmp_path / "in", applicants=with_columns("applicants.csv", **private))
    ).files
    assert dict(there) == dict(plain)
    said = b"".join(there.values())
    assert [form for form in disguises(CANARY) if form in said] == []
    assert b"sample-01" not in said


def test_the_tables_are_those_of_the_scenario() -> None:
    files = site_of()
    assert rows(files, "schools.csv")[0] == {
        "school_id": "S1",
        "name": "Sample School West",
        "classes": "1",
        "seats_standard": "45",
        "seats_limit": "55",
        "reserved": "0",
        "reserved_for": "",
        "zones": "Z1",
    }
    assert [(row["zone_id"], row["schools"]) for row in rows(files, "zones.csv")] == [
        ("Z1", "S1"),
        ("Z2", "S2"),
        ("Z3", "S3"),
    ]
    given = json.loads(starter_text("zones.geojson"))["features"]
    made = json.loads(files["zones.geojson"])["features"]
    assert [one["properties"]["zone_id"] for one in made] == ["Z1", "Z2", "Z3"]
    shapes = {
        one["properties"]["zone_id"]: shapely.from_geojson(json.dumps(one["geometry"]))
        for one in given
    }
    for one in made:
        drawn = shapely.from_geojson(json.dumps(one["geometry"]))
        assert drawn.equals_exact(shapes[one["properties"]["zone_id"]], 1e-7, normalize=True)


def test_the_seats_are_those_of_a_run(tmp_path: Path) -> None:
    run = enroll.allocate(enroll.load(COUNTY), tables_only=True).files
    keys = ("school_id", "seats_standard", "seats_limit")
    assert [[row[key] for key in keys] for row in rows(county().files, "schools.csv")] == [
        [row[key] for key in keys] for row in rows(run, "schools.csv")
    ]


def test_what_a_program_reads_of_it() -> None:
    files = site_of("zh")
    said = json.loads(files["publication.json"])
    assert (said["what"], said["year"], said["language"], said["draw"]) == (
        "plan",
        2026,
        "zh",
        None,
    )
    assert said["told"]["timetable"][0] == {
        "what": "Registration",
        "from": "2026-06-08",
        "until": "2026-06-19",
    }
    assert [one["role"] for one in said["inputs"]] == ["scenario", "schools", "zones"]
    digest = hashlib.sha256(starter_text("schools.csv").encode()).hexdigest()
    assert said["inputs"][1]["sha256"] == digest
    assert said["totals"]["schools"] == len(rows(files, "schools.csv"))


def test_the_same_bytes_from_another_place(tmp_path: Path) -> None:
    for place in ("here", "deep/er/there"):
        folder = tmp_path / place
        shutil.copytree(COUNTY.parent, folder / "scenarios")
        for data in ("nanxian", "zones"):
            shutil.copytree(COUNTY.parents[1] / "data" / data, folder / "data" / data)
    first, second = (
        enroll.announce(tmp_path / place / "scenarios" / COUNTY.name).files
        for place in ("here", "deep/er/there")
    )
    assert dict(first) == dict(second) == dict(county().files)


def test_zones_with_anchors_only_are_points(tmp_path: Path) -> None:
    zones = "zone_id,name,schools,lon,lat\nZ1,West,S1,112.397,29.354\nZ2,Centre,S2;S3,,\n"
    scenario = starter(
        tmp_path, scenario=starter_text("scenario.toml", ("zones.geojson", "zones.csv"))
    )
    (tmp_path / "zones.csv").write_text(zones, encoding="utf-8")
    files = enroll.announce(scenario).files
    shapes = [one["geometry"] for one in json.loads(files["zones.geojson"])["features"]]
    assert shapes == [{"type": "Point", "coordinates": [112.397, 29.354]}, None]
    (tmp_path / "zones.csv").write_text(zones.replace("112.397,29.354", ","), encoding="utf-8")
    files = enroll.announce(scenario).files
    assert "zones.geojson" not in files
    assert b"There is no map: nothing tells where the zones lie." in files["index.html"]


def test_a_scenario_without_zones_is_told_too(tmp_path: Path) -> None:
    """Where no round asks for them."""
    text = starter_text("scenario.toml", ('zones      = "zones.geojson"', ""))
    scenario = starter(tmp_path, scenario=text)
    with pytest.raises(UsageError, match="has a round of the zones' schools and no zones"):
        enroll.announce(scenario)
    head, _, rest = text.partition("[[round]]")
    scenario.write_text(head + '[[round]]\nid = "r"\nrule = "redirect"\n', "utf-8")
    assert rest
    made = enroll.announce(scenario)
    assert not {"zones.csv", "zones.geojson"} & set(made.files)
    assert b"There are no zones." in made.files["index.html"]


def test_changes_are_tried_and_said(tmp_path: Path) -> None:
    more = '[[change]]\ndo = "close_school"\nschool_id = "S3"\n'
    more += '[[change]]\ndo = "set_zone"\nzone_id = "Z3"\nschools = ["S2"]\n'
    files = site_of(more=more)
    assert [row["school_id"] for row in rows(files, "schools.csv")] == ["S1", "S2"]
    assert [row["schools"] for row in rows(files, "zones.csv")] == ["S1", "S2", "S2"]
    assert b"it is a proposal, not the plan in force" in files["index.html"]
    assert json.loads(files["publication.json"])["changes"] == 2


def test_a_change_of_demand_changes_no_plan(tmp_path: Path) -> None:
    """And is not said to be without effect, as it would be where nobody registers."""
    more = '[[change]]\ndo = "scale_demand"\nzones = ["Z1"]\nfactor = 1.5\n'
    made = enroll.announce(starter(tmp_path, scenario=starter_text("scenario.toml") + more))
    assert made.problems == []
    assert made.files["schools.csv"] == site_of(more="")["schools.csv"]


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"schools": None}, "FILE_MISSING"),
        ({"zones": None}, "FILE_MISSING"),
        ({"schools": "school_id,name,classes\nS1,One,many\n"}, "NOT_WHOLE"),
        ({"zones": "{}"}, "FILE_CONTENT_WRONG"),
        ({"scenario": "year = 2026\n"}, "SETTING_MISSING"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_is_made(
    tmp_path: Path, changed: dict[str, str | None], code: str
) -> None:
    found = codes(starter(tmp_path, **changed))
    assert code in found, found
    assert "applicants" not in " ".join(found)


def test_a_timetable_of_another_year_is_not_published(tmp_path: Path) -> None:
    """Though the scenario may be allocated: a planner extends this year's for a later one."""
    base = starter(tmp_path, scenario=starter_text("scenario.toml") + TOLD)
    later = tmp_path / "later.toml"
    later.write_text(f'extends = "{base.name}"\nyear = 2028\n', "utf-8")
    assert codes(later) == ["EVENT_OTHER_YEAR"] * 4
    assert enroll.load(later).settings.year == 2028
    later.write_text(f'extends = "{base.name}"\nyear = 2027\n', "utf-8")
    assert enroll.announce(later).files


def test_a_committed_draw_is_shown_with_its_hash(tmp_path: Path) -> None:
    scenario, draw = make_draw(tmp_path, upto="committed")
    use_draw(scenario)
    scenario.write_text(scenario.read_text("utf-8") + TOLD, "utf-8")
    made = enroll.announce(scenario)
    commit = (draw / COMMIT).read_bytes()
    digest = hashlib.sha256(commit).hexdigest()
    assert made.files[COMMIT] == commit
    page = made.files["index.html"].decode()
    for shown in (
        digest,
        "2026-small",
        "12 July 2026, 21:15:00 Beijing time (2026-07-12T13:15:00Z)",
        "pl5-2026182",
        "on television",
    ):
        assert shown in page, shown
    assert "not committed yet" not in page
    said = json.loads(made.files["publication.json"])["draw"]
    assert said["commit"] == digest
    assert said["sources"] == ["ssq-2026082", "pl5-2026182"]
    assert said["rehearsal"] is False


def test_a_rehearsal_is_marked(tmp_path: Path) -> None:
    scenario, _ = make_draw(tmp_path, draw_id="test-1", upto="committed")
    use_draw(scenario)
    made = enroll.announce(scenario)
    assert b"Rehearsal: this lottery decides nothing" in made.files["index.html"]
    assert json.loads(made.files["publication.json"])["draw"]["rehearsal"] is True


@pytest.mark.parametrize("upto", ["frozen", None])
def test_a_draw_that_is_not_committed_yet_is_said_to_be_so(
    tmp_path: Path, upto: str | None
) -> None:
    scenario, draw = make_draw(tmp_path, upto="frozen")
    use_draw(scenario)
    if upto is None:
        shutil.rmtree(draw)
    files = enroll.announce(scenario).files
    assert COMMIT not in files
    assert b"The draw is not committed yet." in files["index.html"]


@pytest.mark.parametrize(
    ("file", "old", "new", "keys"),
    [
        ("scenario.toml", 'goal  = "total"', 'goal  = "farthest"', "rounds"),
        ("scenario.toml", "everybody else", "all others", "groups, policy"),
        ("scenario.toml", "2020-08-31", "2020-08-30", "age"),
        ("scenario.toml", "far_m          = 3000", "far_m          = 3001", "far_m"),
        ("scenario.toml", "round_m = 50", "round_m = 100", "round_m"),
        ("schools.csv", "Sample School West", "Other School West", "schools"),
        ("zones.geojson", '"schools": "S1"', '"schools": "S2"', "zones"),
        ("zones.geojson", "[112.40, 29.37]", "[112.405, 29.37]", "zones_hash"),
    ],
)
def test_other_rules_than_those_committed_are_not_published(
    tmp_path: Path, file: str, old: str, new: str, keys: str
) -> None:
    scenario, _ = make_draw(tmp_path, upto="committed")
    use_draw(scenario)
    change(scenario.parent / file, old, new)
    with pytest.raises(UsageError, match=rf"committed to other rules than these \({keys}\)"):
        enroll.announce(scenario)


def test_a_commitment_that_was_changed_is_not_published(tmp_path: Path) -> None:
    scenario, draw = make_draw(tmp_path, upto="committed")
    use_draw(scenario)
    change(draw / "rules.json", '"far_m":3000', '"far_m":3001')
    assert codes(scenario) == ["DRAW_FILE_CHANGED"]
    (draw / "rules.json").unlink()
    assert codes(scenario) == ["DRAW_FILE_MISSING"]


def test_a_group_of_children_who_fit_no_other_is_no_other_rule(tmp_path: Path) -> None:
    """It is in the rules that are frozen, and in no plan."""
    scenario = make_scenario(tmp_path / "autumn")
    change(scenario, '[[group]]\nid   = "D"\nname = "everybody else"\nwhen = {}\n', "")
    change(scenario, 'when = {home = ["own", "rent"]}', 'when = {home = "none"}')
    draws.freeze(scenario, tmp_path / "draw", draw_id="2026-other", clock=before)
    draws.commit(tmp_path / "draw", SOURCES, AFTER, clock=before)
    groups = json.loads((tmp_path / "draw" / "rules.json").read_bytes())["groups"]
    assert groups[-1]["id"] == "other"
    use_draw(scenario)
    assert COMMIT in enroll.announce(scenario).files


def test_the_folder_is_complete_or_absent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = county()
    site = made.write(tmp_path / "site")
    assert {path.name: path.read_bytes() for path in site.iterdir()} == dict(made.files)
    with pytest.raises(UsageError, match="exists already"):
        made.write(site)

    def full(_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(UsageError, match="No space left on device"):
        made.write(tmp_path / "other")
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_notebook_is_not_flooded() -> None:
    assert len(repr(county())) < 200

"""Every file of a run, compared as text, and described in the reference."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from enroll.notices import KINDS, Kind, Notice
from enroll.records import Cutoff
from enroll.report.manifest import SUMS, read_seal
from enroll.report.run_files import run_tables
from enroll.report.summary import summarise

from .makers import make_results

if TYPE_CHECKING:
    from enroll.report.results import Results

REFERENCE = (Path(__file__).parents[2] / "docs" / "reference" / "run.md").read_text("utf-8")


FIELDS = re.findall(r"\{(\w+)\}", "".join(kind.message + kind.remedy for kind in KINDS.values()))
ANY = dict.fromkeys(FIELDS, 1)
"""Fields for a sentence whose wording a test is not about."""


def files(results: Results | None = None) -> dict[str, bytes]:
    results = results or make_results()
    return run_tables(results, summarise(results), "en")


def lines(name: str, results: Results | None = None) -> list[str]:
    return files(results)[name].decode("utf-8").splitlines()


def test_a_run_has_every_file_sealed() -> None:
    run = files()
    assert list(read_seal(run[SUMS])) == sorted(set(run) - {SUMS})
    assert sorted(run) == [
        "SHA256SUMS",
        "allocation.csv",
        "audit/places.csv",
        "audit/records.jsonl",
        "audit/rules.json",
        "certificate.json",
        "classes.csv",
        "cutoffs.csv",
        "indicators.csv",
        "manifest.json",
        "map.gpkg",
        "notices.json",
        "report.html",
        "schools.csv",
        "summary.json",
        "verify.py",
        "warnings.csv",
    ]


def test_the_allocation_names_every_applicant_once() -> None:
    assert lines("allocation.csv") == [
        "applicant_id,ticket,status,school_id,round,group,zone_id,"
        "distance_m,distance_from,lottery_rank,reason",
        "A1,A1,placed,S1,zone,A,Z1,300,home,3,ZONE",
        "A2,A2,placed,S2,redirect,B,Z1,4000,anchor,1,REDIRECT",
        "A3,A3,unplaced,,,B,,,,2,NO_SEAT",
        "A4,A4,ineligible,,,A,Z1,,,4,TOO_YOUNG",
    ]


def test_the_schools_show_how_they_stand() -> None:
    notices = [Notice("OVER_STANDARD", "S1", params=ANY), Notice("ZONE_FULL", "S2", params=ANY)]
    assert lines("schools.csv", make_results(notices=notices)) == [
        "school_id,name,classes,largest_class,seats_standard,seats_limit,zone_demand,placed,"
        "placed_from_zone,redirected_in,redirected_away,spare_standard,spare_limit,level",
        "S1,School S1,2,46,1,2,2,1,1,0,1,0,1,orange",
        "S2,School S2,1,1,1,1,0,1,0,1,0,0,0,",
    ]


def test_warnings_come_worst_first_and_say_what_helps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(KINDS, "ALARM", Kind("red", "Small.", "Enlarge {what}."))
    monkeypatch.setitem(KINDS, "HINT", Kind("yellow", "Look.", ""))
    notices = [
        Notice("HINT"),
        Notice("ALARM", "S2", 9, 8, {"what": "S2"}),
        Notice("ALARM", "S10", params={"what": "S10"}),
    ]
    assert lines("warnings.csv", make_results(notices=notices)) == [
        "level,code,subject,message,value,bound",
        "red,ALARM,S10,Small. Enlarge S10.,,",
        "red,ALARM,S2,Small. Enlarge S2.,9,8",
        "yellow,HINT,,Look.,,",
    ]


def test_cutoffs_come_by_round_and_school() -> None:
    cutoffs = (Cutoff("zone", 1, 2, 0, ()), Cutoff("zone", 0, 1, 1, (0, 1, 300, 3)))
    results = make_results()
    placement = replace(results.placement, cutoffs=cutoffs)
    assert lines("cutoffs.csv", replace(results, placement=placement)) == [
        "round,school_id,offered,filled,cutoff",
        "zone,S1,1,1,group=A sibling=no distance=300 lottery=3",
        "zone,S2,2,0,",
    ]


def test_classes_are_numbered_within_their_school() -> None:
    assert lines("classes.csv") == [
        "school_id,class_no,size",
        "S1,1,46",
        "S1,2,45",
        "S2,1,1",
    ]


def test_indicators_keep_their_order() -> None:
    rows = [
        SimpleNamespace(name="gap", setting="all", value="3", target="0", met="no"),
        SimpleNamespace(name="classes", setting="all", value="12", target="", met=""),
    ]
    assert lines("indicators.csv", make_results(indicators=rows)) == [
        "name,setting,value,target,met",
        "gap,all,3,0,no",
        "classes,all,12,,",
    ]


def test_chinese_sentences_follow_each_other_without_a_space() -> None:
    results = make_results(notices=[Notice("NO_SEAT", "Z1", params=ANY)])
    sentences = run_tables(results, summarise(results), "zh")["warnings.csv"].decode("utf-8")
    assert "。" in sentences
    assert ". " not in sentences


def test_the_same_results_give_the_same_bytes() -> None:
    notices = [Notice("NO_SEAT", f"Z{number}", params=ANY) for number in range(5)]
    assert files(make_results(notices=notices)) == files(make_results(notices=notices[::-1]))


def documented(section: str) -> set[str]:
    """Return the words in code style in the first column of a section's tables."""
    text = REFERENCE.split(f"\n## {section}\n")[1].split("\n## ")[0]
    cells = [line.split(" | ")[0] for line in text.splitlines() if line.startswith("| `")]
    return {word for cell in cells for word in re.findall(r"`([^`]+)`", cell)}


def test_every_file_has_a_section_in_the_reference() -> None:
    seen_by = r"(?:office|public|auditor)"
    listed = re.findall(rf"^\| `([^`]+)` \| [^|]+ \| {seen_by} \|$", REFERENCE, re.MULTILINE)
    assert sorted(listed) == sorted(files())
    assert all(f"\n## {name}\n" in REFERENCE for name in files())


@pytest.mark.parametrize("name", [name for name in files() if name.endswith(".csv")])
def test_every_column_is_in_the_reference(name: str) -> None:
    header = next(csv.reader(io.StringIO(files()[name].decode("utf-8"))))
    assert documented(name) == set(header)


@pytest.mark.parametrize("name", ["certificate.json", "manifest.json", "summary.json"])
def test_every_key_is_in_the_reference(name: str) -> None:
    known = {key for word in documented(name) for key in re.findall(r"\w+", word)}
    top = json.loads(files()[name])
    keys = set(top) | {
        key for part in top.get("rounds", []) if isinstance(part, dict) for key in part
    }
    assert keys - {"all", "groups", "zones", "areas"} <= known
    if name == "summary.json":
        assert set(top["all"]) <= known

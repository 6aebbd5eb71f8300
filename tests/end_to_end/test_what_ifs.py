"""The five what-ifs of the sample county, run by the command as a planner would."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.cli.screens import run

ROOT = Path(__file__).parents[2]
TRIED: dict[str, dict[str, tuple[Any, Any]]] = {
    "new-school": {
        "schools.SYN-P56.classes": (None, 4),
        "zones.SYN-ZP02.schools": (["SYN-P02", "SYN-P07"], ["SYN-P02", "SYN-P07", "SYN-P56"]),
    },
    "more-classes": {
        "schools.SYN-P07.classes": (4, 6),
        "schools.SYN-P07.rooms": (4, 6),
        "schools.SYN-P43.classes": (3, 5),
        "schools.SYN-P43.rooms": (4, 5),
    },
    "moved-boundary": {
        f"zones.SYN-ZP{number}.boundary": (
            "nanxian-primary.geojson",
            "nanxian-primary-new-town.geojson",
        )
        for number in ("07", "08")
    },
    "new-estate": {"homes.SYN-NANHU.children": (0, 31)},
    "closed-village-school": {
        "schools.SYN-P28.classes": (1, None),
        "zones.SYN-ZP24.schools": (["SYN-P28"], ["SYN-P25"]),
    },
}
"""What each scenario makes of the county, old and new; a whole school by its classes."""

SCREENS = {
    "new-school": ["Tried: a new school SYN-P56 (Nanzhou South Primary) with 4 entry classes."],
    "more-classes": [
        "Tried: school SYN-P07 has classes = 6.",
        "Tried: school SYN-P43 has classes = 5.",
    ],
    "moved-boundary": [
        "Tried: the zones have the boundaries of nanxian-primary-new-town.geojson.",
    ],
    "new-estate": [
        "Tried: an estate Nanhu Garden of 1,200 dwellings, with 31 entrants in 2026.",
    ],
    "closed-village-school": [
        "Tried: school SYN-P28 is closed.",
        "Tried: zone SYN-ZP24 is served by SYN-P25.",
    ],
}


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy of the sample county, so that no log is written beside the kept one."""
    folder = tmp_path_factory.mktemp("county")
    for name in ("scenarios", "data/nanxian", "data/zones"):
        kept = shutil.ignore_patterns("log.jsonl")
        shutil.copytree(ROOT / name, folder / name, ignore=kept)
    return folder


def rows_of(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def recorded(folder: Path) -> dict[str, tuple[Any, Any]]:
    """Return old and new of what changes made of the tables; a whole school by its classes."""
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    found = {}
    for one in manifest["scenario"]["changes"]:
        key, old, new = one["key"], one["old"], one["new"]
        if key.startswith("schools.") and isinstance(old or new, dict):
            key += ".classes"
            old, new = (row and row["classes"] for row in (old, new))
        if key not in ("change", "title"):
            found[key] = (old, new)
    return found


def test_the_scenarios_are_those_that_are_kept() -> None:
    names = {path.stem for path in (ROOT / "scenarios").glob("nanxian-*.toml")}
    assert names == {f"nanxian-{name}" for name in TRIED} | {
        "nanxian-primary-2026",
        "nanxian-junior-2026",
    }


@pytest.mark.parametrize("name", TRIED)
def test_a_what_if_is_allocated_recorded_and_lawful(county: Path, name: str) -> None:
    scenario = county / "scenarios" / f"nanxian-{name}.toml"
    checked = run("check", scenario)
    assert (checked.status, checked.err) == (0, "")
    folder = county / "runs" / name
    made = run("allocate", scenario, "-o", folder)
    assert (made.status, made.err) == (0, "")
    assert made.out.splitlines()[2 : 2 + len(SCREENS[name])] == SCREENS[name]
    assert "blocking" not in made.out
    assert recorded(folder) == TRIED[name]
    assert run("verify", folder, "--rehearsal").status == 0


def test_children_of_the_estate_are_placed_like_all_others(county: Path) -> None:
    folder = county / "runs" / "estate"
    run("allocate", county / "scenarios" / "nanxian-new-estate.toml", "-o", folder)
    rows = rows_of(folder / "allocation.csv")
    ours = [row for row in rows if row["applicant_id"].startswith("SYN-NANHU#")]
    assert len(ours) == 31
    # The border of the town and Yangjia runs through the estate.
    assert {row["zone_id"] for row in ours} == {"SYN-ZP02", "SYN-ZP11"}
    assert {row["group"] for row in ours} == {"C"}


def test_nobody_is_placed_at_a_closed_school(county: Path) -> None:
    folder = county / "runs" / "closed"
    run("allocate", county / "scenarios" / "nanxian-closed-village-school.toml", "-o", folder)
    assert all(row["school_id"] != "SYN-P28" for row in rows_of(folder / "allocation.csv"))


def test_the_screen_names_what_is_wrong_with_a_change(county: Path) -> None:
    scenario = county / "scenarios" / "wrong.toml"
    scenario.write_text(
        'extends = "nanxian-primary-2026.toml"\n'
        '[[change]]\ndo = "close_school"\nschool_id = "SYN-P99"\n'
        '[[change]]\ndo = "scale_demand"\nzones = ["SYN-ZP99"]\nfactor = 2\n',
        encoding="utf-8",
    )
    stopped = run("allocate", scenario, "-o", county / "runs" / "wrong")
    assert stopped.status == 2
    shown = stopped.out + stopped.err
    for said in ("CHANGE_SCHOOL_UNKNOWN", "CHANGE_ZONE_UNKNOWN", "SYN-P99", "SYN-ZP99"):
        assert said in shown
    assert not (county / "runs" / "wrong").exists()
    scenario.unlink()


def test_the_order_of_changes_decides_nothing(county: Path) -> None:
    base = (county / "scenarios" / "nanxian-closed-village-school.toml").read_text("utf-8")
    head, *changes = base.split("[[change]]")
    scenario = county / "scenarios" / "turned.toml"
    turned = head + "".join(f"[[change]]{one}\n" for one in reversed(changes))
    placed = []
    for text in (base, turned):
        scenario.write_text(text, encoding="utf-8")
        folder = county / "runs" / f"turned-{len(placed)}"
        assert run("allocate", scenario, "-o", folder).status == 0
        placed.append((folder / "allocation.csv").read_bytes())
    assert placed[0] == placed[1]
    scenario.unlink()

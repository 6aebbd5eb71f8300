"""What a notebook does: load, allocate, look, write, open again."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import enroll
from enroll.errors import InputError, UsageError
from enroll.office import allocation as office
from enroll.scenario import starter_files
from tests.cli.screens import run, starter

if TYPE_CHECKING:
    from pathlib import Path

FILES = {
    "SHA256SUMS", "allocation.csv", "certificate.json", "classes.csv", "cutoffs.csv",
    "audit/places.csv", "audit/records.jsonl", "audit/rules.json",
    "indicators.csv", "manifest.json", "map.gpkg", "notices.json",
    "report.html", "schools.csv", "summary.json", "verify.py",
    "warnings.csv",
}  # fmt: skip


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> enroll.Run:
    return enroll.allocate(enroll.load(starter(tmp_path_factory.mktemp("library"))))


def test_a_run_is_written_and_opened_again(made: enroll.Run, tmp_path: Path) -> None:
    assert set(made.files) == FILES
    assert made.write(tmp_path / "run") is None
    written = (path for path in (tmp_path / "run").rglob("*") if path.is_file())
    assert {path.relative_to(tmp_path / "run").as_posix() for path in written} == FILES
    again = enroll.open_run(tmp_path / "run")
    assert (again.files, again.made) == (made.files, None)
    assert made.write(str(tmp_path / "run"), overwrite=True) == tmp_path / "run.1"


def test_nothing_is_written_unless_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scenario = starter(tmp_path / "in")
    monkeypatch.chdir(tmp_path)
    enroll.allocate(enroll.load(scenario))
    assert [path.name for path in tmp_path.iterdir()] == ["in"]


def test_the_command_writes_the_same_run(made: enroll.Run, tmp_path: Path) -> None:
    run("allocate", starter(tmp_path / "in"), "-o", tmp_path / "run")
    assert enroll.open_run(tmp_path / "run").files == made.files


def test_tables_are_text(made: enroll.Run) -> None:
    """Ids with leading zeros and schools called NA stay what they are."""
    table = made.table("allocation")
    assert list(table.applicant_id) == [f"sample-{number:02}" for number in range(1, 13)]
    assert set(table.school_id) == {"S1", "S2", "S3"}
    assert set(map(type, table.lottery_rank)) == {str}
    with pytest.raises(KeyError):
        made.table("nosuch")


def test_zones_are_a_map_while_the_run_is_fresh(made: enroll.Run) -> None:
    assert len(made.zones()) == 3
    zones = made.zones()
    assert (zones.crs.to_epsg(), list(zones.zone_id)) == (4326, ["Z1", "Z2", "Z3"])
    with pytest.raises(UsageError, match="read back"):
        enroll.Run(made.files).zones()


def test_a_run_is_checked_explained_and_audited(made: enroll.Run, tmp_path: Path) -> None:
    made.write(tmp_path / "run")
    steps = enroll.verify(str(tmp_path / "run"), rehearsal=True)
    assert len(steps) == 14
    assert all(step.holds for step in steps)
    assert not all(step.holds for step in enroll.verify(tmp_path / "run"))
    assert enroll.explain(str(tmp_path / "run"), "sample-01")[0] == "Applicant sample-01."
    assert enroll.audit(str(tmp_path / "run")).status == 0


def test_opening_what_is_no_run(tmp_path: Path, made: enroll.Run) -> None:
    with pytest.raises(UsageError, match="no complete run"):
        enroll.open_run(tmp_path)
    made.write(tmp_path / "run")
    (tmp_path / "run" / "classes.csv").write_bytes(b"")
    with pytest.raises(UsageError, match="classes"):
        enroll.open_run(tmp_path / "run")


def test_all_problems_are_in_the_error(tmp_path: Path) -> None:
    scenario = starter(tmp_path, applicants="applicant_id\n", schools=None)
    with pytest.raises(InputError) as stopped:
        enroll.allocate(enroll.load(scenario))
    assert {one.code for one in stopped.value.problems} >= {"NO_APPLICANTS", "FILE_MISSING"}
    assert [one.code for one in stopped.value.problems] == [
        one.code for one in enroll.check(scenario)
    ]


def test_new_writes_the_starter(tmp_path: Path) -> None:
    paths = enroll.new(tmp_path / "own")
    assert sorted(path.name for path in paths) == sorted(starter_files())


def test_what_is_being_done_is_told_in_order(tmp_path: Path) -> None:
    told: list[str] = []
    office.allocate_to(starter(tmp_path / "in"), tmp_path / "run", tell=told.append)
    assert told == [
        office.READING, office.LOCATING, office.PLACING, office.CHECKING, office.WATCHING,
        office.WRITING,
    ]  # fmt: skip


def test_findings_of_the_inputs_come_along(tmp_path: Path) -> None:
    """Those of the map in full, of others how many there are: a run shows no row number."""
    applicants = starter_files()["applicants.csv"].replace(",S1,", ",S9,")
    zones = starter_files()["zones.geojson"].replace('"schools": "S3"', '"schools": ""')
    files = enroll.allocate(enroll.load(starter(tmp_path, applicants=applicants, zones=zones)))
    lines = files.files["warnings.csv"].decode("utf-8")
    assert re.search(r"^yellow,ZONE_WITHOUT_SCHOOL,Z3,", lines, re.MULTILINE)
    assert re.search(r"^info,FOUND_IN_INPUT,applicants.csv,.*SIBLING_SCHOOL_UNKNOWN", lines, re.M)


def test_importing_loads_nothing_heavy() -> None:
    script = "import enroll, sys; assert enroll.__version__; print(*sys.modules)"
    done = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, "-c", script], capture_output=True, encoding="utf-8", check=True
    )
    heavy = {"numpy", "pandas", "geopandas", "shapely", "pyproj", "ortools", "pydantic", "rich"}
    assert heavy.isdisjoint(done.stdout.split())

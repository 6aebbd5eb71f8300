"""The sample: it can be used as it is, and it is written whole or not at all."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from enroll.errors import InputError
from enroll.notices import message_of
from enroll.scenario import load, starter_files, write_starter


def code_of(folder: Path) -> str:
    with pytest.raises(InputError) as stopped:
        write_starter(folder)
    (problem,) = stopped.value.problems
    assert message_of(problem, "en")
    return problem.code


def rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(starter_files()[name])))


def test_the_sample_loads_as_it_is(tmp_path: Path) -> None:
    *_, path = write_starter(tmp_path / "deep" / "county")
    loaded = load(path)
    assert "synthetic" in loaded.settings.title
    assert sorted(one.name for one in path.parent.iterdir()) == sorted(starter_files())


def test_an_empty_folder_is_used(tmp_path: Path) -> None:
    assert len(write_starter(str(tmp_path))) == 4


def test_the_tables_of_the_sample_fit_each_other() -> None:
    children, schools = rows("applicants.csv"), {row["school_id"] for row in rows("schools.csv")}
    zones = json.loads(starter_files()["zones.geojson"])["features"]
    assert len({child["applicant_id"] for child in children}) == len(children) == 12
    assert {zone["properties"]["schools"] for zone in zones} == schools
    assert {child["sibling_school"] for child in children} <= schools | {""}


def test_every_table_of_the_sample_is_named_by_its_scenario(tmp_path: Path) -> None:
    files = load(write_starter(tmp_path)[-1]).settings.files
    named = {file.path for file in (files.applicants, files.schools, files.zones) if file}
    assert named == set(starter_files()) - {"scenario.toml"}


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").touch()
    assert code_of(tmp_path) == "STARTER_FOLDER_IN_USE"
    assert code_of(tmp_path / "mine.txt") == "STARTER_NOT_A_FOLDER"
    assert code_of(tmp_path / "mine.txt" / "below") == "STARTER_NOT_WRITTEN"
    assert [one.name for one in tmp_path.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("made", [False, True])
def test_a_full_disk_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, made: bool
) -> None:
    write = Path.write_bytes

    def fail_late(path: Path, content: bytes) -> int:
        if path.name == "scenario.toml":
            write(path, content[:10])
            raise OSError(28, "No space left on device")
        return write(path, content)

    target = tmp_path / "new" / "county"
    if made:
        target.mkdir(parents=True)
    monkeypatch.setattr(Path, "write_bytes", fail_late)
    assert code_of(target) == "STARTER_NOT_WRITTEN"
    assert list(tmp_path.rglob("*")) == ([target.parent, target] if made else [])

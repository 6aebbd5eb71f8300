"""The sample: it can be used as it is, and it is written whole or not at all."""

from __future__ import annotations

import csv
import io
import json
import re
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


def test_the_chinese_sample_is_the_same_county(tmp_path: Path) -> None:
    """In other words: with Chinese names and remarks, and one that speaks Chinese."""
    english, chinese = (
        load(write_starter(tmp_path / language, language)[-1]).settings for language in ("en", "zh")
    )
    assert (english.language, chinese.language) == ("en", "zh")
    spoken = {"title", "language", "group"}
    assert english.model_dump(exclude=spoken) == chinese.model_dump(exclude=spoken)
    assert [(one.id, one.when) for one in english.group] == [
        (one.id, one.when) for one in chinese.group
    ]
    for name, text in starter_files().items():
        other = starter_files("zh")[name]
        figures = [re.findall(r"[0-9.]+|S[0-9]|Z[0-9]", one) for one in (text, other)]
        assert figures[0] == figures[1] or name == "scenario.toml"


def test_every_word_of_the_chinese_sample_is_chinese() -> None:
    english, chinese = (starter_files(spoken)["scenario.toml"] for spoken in ("en", "zh"))
    explained = [re.findall(r"^(.*?) += .*#", text, re.MULTILINE) for text in (english, chinese)]
    assert explained[0] == explained[1]
    remarks = re.findall(r"#(.*)", chinese)
    said = [remark for remark in remarks if not re.search(r"[\u4e00-\u9fff]", remark)]
    assert all(re.search(r"[\[={|<]|^\s*$", remark) for remark in said), said


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

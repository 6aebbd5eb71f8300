"""`enroll explain`: what it prints, what it writes, and how it refuses."""

from __future__ import annotations

import csv
import json

import pytest
from click.testing import CliRunner

from enroll.cli import enroll
from enroll.report.manifest import SUMS, seal
from tests.explain.runs import files_of
from tests.frames import make_county

TOWN = """
child zone group S1  S2
Ann   0    0     100 300
Bob   0    0     250 400
"""


def save(folder, files):
    (folder / "audit").mkdir(parents=True)
    for name, content in {**files, SUMS: seal(files)}.items():
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture
def files():
    rounds = {"id": "zone", "rule": "zone"}, {"id": "redirect", "rule": "redirect"}
    return files_of(make_county(TOWN, seats=[1, 1], zones=[(0,)]), *rounds)


@pytest.fixture
def run(tmp_path, files):
    return save(tmp_path / "run", files)


def call(*words):
    return CliRunner().invoke(enroll, ["explain", *map(str, words)])


def test_one_child_is_told_why(run):
    ended = call(run, "Bob")
    assert ended.exit_code == 0
    assert "Round redirect: S2, 400 m, the nearest school that had a seat for you." in ended.output


def test_chinese_and_the_case(run):
    ended = call(run, "Bob", "--lang", "zh", "--case")
    assert "报名学生 Bob。" in ended.output
    assert "status：placed" in ended.output


def test_all_reasons_go_into_a_table(run, tmp_path):
    output = tmp_path / "all.csv"
    assert call(run, "--all", "-o", output).exit_code == 0
    with output.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["applicant_id"] for row in rows] == ["Ann", "Bob"]
    assert "Bob" not in rows[0]["text"]
    again = call(run, "--all", "-o", output)
    assert again.exit_code == 2
    assert "could not be written" in again.output


@pytest.mark.parametrize("words", [(), ("Bob", "--all"), ("--all",), ("Bob", "-o", "x.csv")])
def test_a_call_names_one_child_or_a_file_for_all(run, words):
    ended = call(run, *words)
    assert ended.exit_code == 2
    assert ended.output == "Give an APPLICANT, or --all with -o FILE.\n"


def test_an_unknown_child_and_an_unknown_folder(run, tmp_path):
    ended = call(run, "Eve")
    assert (ended.exit_code, ended.output.count("\n")) == (2, 1)
    ended = call(tmp_path / "nowhere", "Eve")
    assert (ended.exit_code, ended.output.count("\n")) == (2, 1)


def test_a_run_of_the_future_and_one_without_its_audit(tmp_path, files):
    later = {
        **files,
        "manifest.json": files["manifest.json"].replace(b'"format": 1', b'"format": 2'),
    }
    ended = call(save(tmp_path / "later", later), "Bob")
    assert (ended.exit_code, "does not know" in ended.output) == (2, True)
    less = {name: files[name] for name in files if name != "audit/ways.csv"}
    ended = call(save(tmp_path / "less", less), "Bob")
    assert (ended.exit_code, "no complete audit folder" in ended.output) == (2, True)


@pytest.mark.parametrize("value", [None, [], {}, "x", -7, 1.5, [1], 10**30])
@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("manifest.json", ["draw"]),
        ("manifest.json", ["scenario", "settings"]),
        ("audit/rules.json", ["round_m"]),
        ("audit/rules.json", ["rounds", 0, "seats"]),
        ("audit/rules.json", ["rounds", 1, "max_m"]),
        ("audit/rules.json", ["schools", 1, "seats_standard"]),
        ("audit/rules.json", ["zones"]),
        ("certificate.json", ["rounds", 0, "levels", 0, "prices"]),
        ("certificate.json", ["rounds"]),
    ],
)
def test_odd_content_under_right_sums_is_one_sentence(tmp_path, files, name, path, value):
    content = json.loads(files[name])
    at = content
    for part in path[:-1]:
        at = at[part]
    at[path[-1]] = value
    odd = {**files, name: json.dumps(content).encode()}
    folder = save(tmp_path / "odd", odd)
    for words in (("Bob", "--case"), ("--all", "-o", tmp_path / "all.csv")):
        ended = call(folder, *words)
        assert ended.exit_code in (0, 2), ended.exception
        assert ended.exit_code == 0 or ended.output.count("\n") == 1

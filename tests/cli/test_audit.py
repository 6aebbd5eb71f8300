"""The audit from allocation to findings, and its refusals."""

from __future__ import annotations

import csv
import json
import shutil

import pytest
from click.testing import CliRunner

from enroll.cli import enroll
from enroll.report.manifest import SUMS, seal
from enroll.verify.rerun import Replay
from tests.office.draws import make_scenario


def run(*arguments):
    """Return exit status, output and errors of a command."""
    ended = CliRunner().invoke(enroll, list(map(str, arguments)), standalone_mode=False)
    status = ended.return_value if ended.exception is None else ended.exception
    return getattr(status, "exit_code", status) or 0, ended.stdout, ended.stderr


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("audit")
    scenario = make_scenario(folder / "autumn")
    assert run("allocate", scenario, "-o", folder / "run")[0] == 0
    return folder / "run"


@pytest.fixture
def copy(made, tmp_path):
    return shutil.copytree(made, tmp_path / "run")


def rows(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def first_child(folder):
    lines = (folder / "audit" / "records.jsonl").read_text("utf-8").splitlines()
    return json.loads(lines[0])["record"]["children"][0]


def test_an_honest_run_passes_and_gives_the_same_bytes_twice(copy):
    status, out, _ = run("audit", copy)
    assert status == 0, out
    target = copy.with_name("run-audit")
    first = {path.name: path.read_bytes() for path in target.iterdir()}
    assert first.keys() == {
        "SHA256SUMS",
        "audit.csv",
        "audit.json",
        "findings.csv",
        "findings.json",
        "report.html",
    }
    assert run("audit", copy, "--lang", "en")[0] == 0
    assert first == {path.name: path.read_bytes() for path in target.iterdir()}
    assert {row["value"] for row in rows(target / "audit.csv") if row["table"] == "rules"} == {
        "yes"
    }


def test_a_changed_file_is_a_broken_rule(copy):
    path = copy / "classes.csv"
    path.write_bytes(path.read_bytes() + b"\n")
    status, out, _ = run("audit", copy, "--lang", "zh")
    assert status == 1
    assert "RULE_BROKEN" in out


def test_a_run_held_against_itself_has_no_difference(copy, tmp_path):
    out = tmp_path / "out"
    assert run("audit", copy, "--against", copy, "--inputs", copy / "audit", "-o", out)[0] == 0
    codes = {row["code"] for row in rows(out / "findings.csv")}
    assert not codes & {"RESULT_DIFFERS", "VALUE_CHANGED"}


def test_an_earlier_register_shows_what_changed(copy, tmp_path):
    earlier = shutil.copytree(copy / "audit", tmp_path / "earlier")
    path = earlier / "records.jsonl"
    path.write_bytes(path.read_bytes().replace(b'"points":0', b'"points":7', 1))
    status, out, _ = run("audit", copy, "--inputs", earlier, "-o", tmp_path / "out")
    assert status == 1
    screen = " ".join(out.split())
    assert "changed from 7 to 0. Without it: no place would be another. [VALUE_CHANGED]" in screen
    assert "decided a place, " in screen
    found = [
        row for row in rows(tmp_path / "out" / "findings.csv") if row["code"] == "VALUE_CHANGED"
    ]
    assert [row["evidence"] for row in found] == ["points"]
    told = [(row["decisive"], row["passed_over"], row["without_it"]) for row in found]
    assert told == [("no", "", "no place would be another")]


def test_a_run_that_does_not_follow_from_its_records_leaves_its_decisions_open(copy, tmp_path):
    path = copy / "audit" / "records.jsonl"
    first = path.read_text("utf-8").splitlines()[0]
    path.write_text(first + "\n" + path.read_text("utf-8"), "utf-8")
    earlier = shutil.copytree(copy / "audit", tmp_path / "earlier")
    there = earlier / "records.jsonl"
    there.write_bytes(there.read_bytes().replace(b'"points":0', b'"points":7'))
    assert run("audit", copy, "--inputs", earlier, "-o", tmp_path / "out")[0] == 1
    found = rows(tmp_path / "out" / "findings.csv")
    (told,) = {row["without_it"] for row in found if row["code"] == "VALUE_CHANGED"}
    assert "cannot be followed" in told


def test_rolls_are_read(copy, tmp_path):
    rolls = tmp_path / "rolls.csv"
    rolls.write_text("school_id,grade,class_no,applicant_id\nS,1,1,nobody\n", "utf-8")
    assert run("audit", copy, "--rolls", rolls, "-o", tmp_path / "out")[0] == 1
    codes = {row["code"] for row in rows(tmp_path / "out" / "findings.csv")}
    assert "SITS_WITHOUT_APPLYING" in codes


def test_a_register_parts_the_children_and_tests_rows_and_names(copy, tmp_path):
    assert "--register FILE" in run("audit", copy, "-o", tmp_path / "out")[1].replace("\n", " ")
    ids = sorted(row["applicant_id"] for row in rows(copy / "allocation.csv"))
    lines = [f"{key},N{number % 7},{'fm'[number % 2]}" for number, key in enumerate(ids)]
    register = tmp_path / "register.csv"
    register.write_text("\n".join(["applicant_id,name,sex", *lines]), "utf-8")
    given = ("--register", register, "-o", tmp_path / "out")
    status, out, _ = run("audit", copy, "--by", "sex", *given)
    assert status == 0, out
    figures = rows(tmp_path / "out" / "audit.csv")
    assert {row["part"] for row in figures if row["by"] == "sex"} == {"female", "male"}
    assert {"row", "name"} <= {row["by"] for row in figures if row["table"] == "chance"}
    assert run("audit", copy, "--by", "name", *given)[0] == 2


def test_a_register_without_names_says_so(copy, tmp_path):
    register = tmp_path / "register.csv"
    register.write_text("id\nnobody\n", "utf-8")
    _, out, _ = run("audit", copy, "--register", register, "-o", tmp_path / "out")
    assert "the register has no names" in out.replace("\n", " ")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--by", "colour"), "no field colour"),
        (("--against", "nowhere"), "nowhere holds no complete run"),
        (("--inputs", "nowhere"), "nowhere holds no register"),
        (("-o", "{run}/inside"), "inside the run"),
        (("-o", "{run}/.."), "holds something else"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_sentence(copy, arguments, said):
    given = [part.format(run=copy) for part in arguments]
    status, out, err = run("audit", copy, *given)
    assert (status, out, len(err.splitlines())) == (2, "", 1)
    assert said in err


def seal_with(folder, name, **parts):
    """Change what a file of JSON says and seal the run again, as its maker would have."""
    path = folder / name
    path.write_text(json.dumps({**json.loads(path.read_bytes()), **parts}), "utf-8")
    names = [line.split("  ")[1] for line in (folder / SUMS).read_text("ascii").splitlines()]
    (folder / SUMS).write_bytes(seal({one: (folder / one).read_bytes() for one in names}))


@pytest.mark.parametrize("option", ["--against", "--inputs"])
@pytest.mark.parametrize(
    ("language", "said"), [("en", "is not as enroll wrote it"), ("zh", "已被改动")]
)
def test_another_run_that_was_changed_is_refused(made, copy, option, language, said):
    path = copy / "allocation.csv"
    path.write_bytes(path.read_bytes().replace(b",S1,", b",S2,", 1) + b"\n")
    status, out, err = run("audit", made, option, copy, "--lang", language)
    assert (status, out, len(err.splitlines())) == (2, "", 1)
    assert said in err


@pytest.mark.parametrize("option", ["--against", "--inputs"])
@pytest.mark.parametrize("name", ["manifest.json", "audit/rules.json"])
def test_another_run_of_another_format_is_refused(made, copy, option, name):
    seal_with(copy, name, format=2)
    status, out, err = run("audit", made, option, copy, "--lang", "en")
    assert (status, out, len(err.splitlines())) == (2, "", 1)
    assert "of the format that" in err or "of a format that" in err


@pytest.mark.parametrize("records", ["records.jsonl", "private/records.jsonl"])
def test_a_register_of_another_format_is_refused(made, tmp_path, records):
    (tmp_path / records).parent.mkdir(exist_ok=True)
    shutil.copy(made / "audit" / "records.jsonl", tmp_path / records)
    rules = json.loads((made / "audit" / "rules.json").read_bytes())
    (tmp_path / "rules.json").write_text(json.dumps({**rules, "format": 2}), "utf-8")
    status, out, err = run("audit", made, "--inputs", tmp_path, "--lang", "en")
    assert (status, out, len(err.splitlines())) == (2, "", 1)
    assert "holds a register of a format that this version" in err


@pytest.mark.parametrize("name", ["allocation.csv", "audit/records.jsonl"])
def test_a_run_that_cannot_be_read_is_refused(copy, name):
    (copy / name).write_bytes(b"\xff")
    status, _, err = run("audit", copy)
    assert (status, len(err.splitlines())) == (2, 1)


def test_a_run_of_the_future_and_one_with_a_file_less_are_refused(copy):
    (copy / "cutoffs.csv").unlink()
    assert run("audit", copy)[0] == 2


def test_a_broken_register_and_broken_rolls_are_refused(copy, tmp_path):
    (tmp_path / "records.jsonl").write_bytes(b"\xff")
    assert run("audit", copy, "--inputs", tmp_path)[0] == 2
    rolls = tmp_path / "rolls.csv"
    rolls.write_bytes(b"school_id\nS1\n")
    status, _, err = run("audit", copy, "--rolls", rolls, "--register", tmp_path / "nowhere.csv")
    assert (status, "class_no" in err, "nowhere.csv" in err) == (2, True, True)


def test_an_audit_that_cannot_be_written_says_so(copy, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    status, _, err = run("audit", copy, "-o", tmp_path / "file" / "audit")
    assert (status, "could not be written" in err) == (2, True)


def test_the_first_rounds_run_again_as_they_were_and_as_they_would_be(copy):
    replay, child = Replay(copy), first_child(copy)
    record = {**child, "ticket": child["id"]}
    assert replay(record) == {}
    out = replay({**record, "review": "rejected", "placed_school": "", "placed_reason": ""})
    placed = {row["applicant_id"]: row for row in rows(copy / "allocation.csv")}[child["id"]]
    assert (child["id"] in out) == (placed["reason"] in ("ZONE", "FIXED"))
    assert replay({**record, "zone": "", "group": "nowhere"}) is None
    assert replay({**record, "id": "nobody"}) is None

"""verify.py on a small county with a committed draw: it holds, and no change goes unseen.

`ENROLL_MUTATIONS=10000` in the environment makes more changes of meaning, `ENROLL_BYTES=all`
changes every byte of every file.
"""

from __future__ import annotations

import ast
import json
import os
import random
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from enroll import allocate, auditing, load
from enroll.cli import enroll
from enroll.errors import UsageError
from enroll.verify.program import program_bytes
from enroll.verify.program import verify as program
from tests.office.draws import make_scenario
from tests.verify.counties import make_county
from tests.verify.mutations import Copy, failing, unfound_bytes, unfound_meanings

MUTATIONS = int(os.environ.get("ENROLL_MUTATIONS", "300"))
BYTES_OF_A_FILE = 15


@pytest.fixture(scope="module")
def county(tmp_path_factory):
    """A run of 150 children, the hash that was published, and the folder of both."""
    folder = tmp_path_factory.mktemp("county")
    run, published = make_county(folder)
    return run, published, folder


@pytest.fixture
def copied(county, tmp_path):
    """A copy of the run to spoil."""
    shutil.copytree(county[0], tmp_path / "run")
    return tmp_path / "run"


def call(*arguments):
    return CliRunner().invoke(enroll, ["verify", *map(str, arguments)], standalone_mode=False)


def test_every_step_holds(county):
    run, published, _ = county
    steps = auditing.verify(run, commit_hash=published.upper())
    assert [str(step) for step in steps if not step.holds] == []
    assert [step.name for step in steps] == [
        "V1 files", "V2 roll", "V3 commitment", "V4 sources", "V5 seed", "V6 keys", "V7 everyone",
        "V8 seats", "V9 zones", "V10 levels", "V11 ties", "V12 overloads", "V13 classes", "V14 log",
    ]  # fmt: skip


def test_the_program_in_the_run_needs_nothing_but_python(county):
    run, _, _ = county
    assert (run / "verify.py").read_bytes() == program_bytes()
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-B", "verify.py"],
        cwd=run, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr, done.stdout.count("PASS")) == (0, "", 14)


def test_the_program_imports_only_the_standard_library():
    tree = ast.parse(program_bytes())
    nodes = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    names = {
        name.split(".")[0]
        for node in nodes
        for name in (
            [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else [each.name for each in node.names]
        )
    }
    assert names <= sys.stdlib_module_names
    assert len(program_bytes().splitlines()) < 500


def test_a_changed_byte_makes_a_step_fail(county):
    run, published, _ = county
    dice = random.Random(5)  # noqa: S311 - chooses what to change
    every = os.environ.get("ENROLL_BYTES") == "all"

    def positions(_, size):
        return range(size) if every else dice.sample(range(size), min(size, BYTES_OF_A_FILE))

    assert unfound_bytes(run, published, positions) == []


def test_a_change_of_meaning_makes_a_step_fail_though_all_hashes_agree(county):
    run, published, _ = county
    unfound, found = unfound_meanings(run, published, MUTATIONS)
    assert unfound == []
    assert found[None] == MUTATIONS


def test_another_commitment_than_the_published_one_fails(county):
    assert failing(county[0], "0" * 64) == ["V3 commitment"]


def test_a_file_too_many_fails(copied):
    (copied / "note.txt").write_text("hello")
    assert failing(copied, "") == ["V1 files"]


def test_a_swap_names_the_child(copied):
    copy = Copy(copied)
    rows = copy.rows("allocation.csv")
    row = next(row for row in rows if row["round"] == "zone")
    row["school_id"] = "S1" if row["school_id"] != "S1" else "S2"
    copy.put_rows("allocation.csv", rows)
    copy.write(sealed=True)
    steps = {step.name: step for step in auditing.verify(copied)}
    assert not steps["V7 everyone"].holds
    assert row["applicant_id"] in steps["V7 everyone"].why


@pytest.mark.parametrize("name", ["manifest.json", "audit/records.jsonl", "certificate.json"])
def test_a_missing_file_is_told_in_one_sentence(copied, name):
    (copied / name).unlink()
    with pytest.raises(UsageError, match=f"{name} is missing"):
        auditing.verify(copied)


def test_a_run_from_the_future_is_told_in_one_sentence(copied):
    copy = Copy(copied)
    manifest = copy.value("manifest.json")
    copy.files["manifest.json"] = json.dumps({**manifest, "format": 2}).encode()
    copy.write(sealed=True)
    done = call(copied)
    assert done.exit_code == 2 or done.return_value == 2
    assert done.output.count("\n") == 1
    assert "its format is not known: take a newer verify.py" in done.output


def test_a_future_format_is_told_before_what_it_may_lack(copied):
    copy = Copy(copied)
    copy.files["audit/rules.json"] = b'{"format":2}\n'
    copy.write(sealed=True)
    with pytest.raises(UsageError, match="its format is not known"):
        auditing.verify(copied)


def test_a_missing_file_is_told_by_its_name_wherever_it_stands(copied):
    (copied / "summary.json").unlink()
    steps = [str(step) for step in auditing.verify(copied) if not step.holds]
    assert steps == ["V1 files        FAIL  summary.json is not as SHA256SUMS says"]


@pytest.mark.parametrize("content", [b"", b"[]", b"\xff", b'{"draw": 1}', b"{" * 100_000])
@pytest.mark.parametrize("name", ["manifest.json", "audit/rules.json", "audit/records.jsonl"])
def test_whatever_a_file_holds_a_step_fails(copied, name, content):
    copy = Copy(copied)
    copy.files[name] = content
    copy.write(sealed=True)
    assert failing(copied, "")


def test_the_command_tells_every_step_and_ends_with_the_status(county, copied):
    good = call(county[0], "--commit-hash", county[1])
    assert good.return_value == 0
    assert good.output.count("PASS") == 14
    (copied / "classes.csv").write_bytes(b"school_id,class_no,size\n")
    bad = call(copied)
    assert bad.return_value == 1
    assert "V13 classes     FAIL" in bad.output


def receipts_of(county):
    return sorted((county[2] / "draw" / "private" / "receipts").glob("*.json"))


def test_a_receipt_is_checked_from_public_files_alone(county, tmp_path):
    run, published, _ = county
    for name in ("rules.json", "roll.txt", "commit.txt", "sources.txt", "order.csv"):
        shutil.copy(run / "audit" / name, tmp_path / name)
    shutil.copy(run / "cutoffs.csv", tmp_path)
    rows = {row["ticket"]: row for row in Copy(run).rows("allocation.csv")}
    for receipt in receipts_of(county):
        steps = auditing.verify(tmp_path, receipt=receipt, commit_hash=published)
        assert all(step.holds for step in steps)
        row = rows[receipt.stem]
        if row["round"] == "zone":
            assert f"round zone gives {row['school_id']}" in steps[-1].why


def test_a_changed_receipt_fails(county, tmp_path):
    for number, key in enumerate(("salt", "path", "index", "record")):
        value = json.loads(receipts_of(county)[number].read_bytes())
        if key == "record":
            value[key]["children"][0]["points"] += 1
        elif key == "path":
            value[key].reverse()
        else:
            value[key] = "00" * 32 if key == "salt" else value[key] + 1
        (tmp_path / "receipt.json").write_text(json.dumps(value))
        steps = auditing.verify(county[0], receipt=tmp_path / "receipt.json")
        assert [step.name for step in steps if not step.holds] == ["V15 receipt"]


def test_a_missing_log_is_told_in_one_sentence(county, tmp_path):
    with pytest.raises(UsageError, match=r"none\.jsonl is missing"):
        auditing.verify(county[0], log=tmp_path / "none.jsonl")


@pytest.mark.parametrize("name", ["cutoffs.csv", "order.csv", "roll.txt", "commit.txt"])
def test_a_missing_public_file_is_told_in_one_sentence(county, tmp_path, name):
    for path in ("rules.json", "roll.txt", "commit.txt", "sources.txt", "order.csv"):
        shutil.copy(county[0] / "audit" / path, tmp_path / path)
    shutil.copy(county[0] / "cutoffs.csv", tmp_path)
    (tmp_path / name).unlink()
    with pytest.raises(UsageError, match=f"{name} is missing"):
        auditing.verify(tmp_path, receipt=receipts_of(county)[0])


def test_what_a_forged_file_says_cannot_steer_the_screen(copied, capsys):
    copy = Copy(copied)
    rows = copy.rows("allocation.csv")
    rows[0]["applicant_id"] = "P\x1b[2K\nV7 everyone     PASS"
    copy.put_rows("allocation.csv", rows)
    copy.write(sealed=True)
    assert program.main([str(copied)]) == 1
    shown = capsys.readouterr().out
    assert "\x1b" not in shown
    assert len(shown.splitlines()) == 14


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"draw_id": "2025-other"}'])
def test_what_is_no_receipt_of_the_draw_is_told_in_one_sentence(county, tmp_path, content):
    (tmp_path / "receipt.json").write_text(content)
    with pytest.raises(UsageError, match="receipt cannot be read, or is of another draw"):
        auditing.verify(county[0], receipt=tmp_path / "receipt.json")


def test_the_log_is_followed_and_a_changed_line_is_named(county, tmp_path):
    run, _, folder = county
    log = folder / "county" / "log.jsonl"
    followed = {step.name: step for step in auditing.verify(run, log=log)}
    assert followed["V14 log"].why.startswith(f"{_lines(log)} lines")
    first, *rest = log.read_bytes().splitlines(keepends=True)
    (tmp_path / "log.jsonl").write_bytes(b"".join([first.replace(b"freeze", b"frozen"), *rest]))
    told = {step.name: step for step in auditing.verify(run, log=tmp_path / "log.jsonl")}
    assert not told["V14 log"].holds
    assert "line 1 of the log was changed" in told["V14 log"].why
    for content in (b"{}\n", b"x\n", b"\n", b"[1]\n", first.rstrip(b"\n")):
        (tmp_path / "log.jsonl").write_bytes(b"".join([first, *rest[:1], content]))
        told = {step.name: step for step in auditing.verify(run, log=tmp_path / "log.jsonl")}
        assert told["V14 log"].why == "line 3 of the log is broken"
    (tmp_path / "log.jsonl").write_bytes(b"".join(rest))
    told = {step.name: step for step in auditing.verify(run, log=tmp_path / "log.jsonl")}
    assert told["V14 log"].why == "line 1 of the log is not its first"
    (tmp_path / "log.jsonl").write_bytes(b"")
    told = {step.name: step for step in auditing.verify(run, log=tmp_path / "log.jsonl")}
    assert "begun anew" in told["V14 log"].why


def _lines(path):
    return len(path.read_bytes().splitlines())


def test_a_rehearsal_passes_only_where_it_is_asked_for(tmp_path):
    scenario = make_scenario(tmp_path / "autumn")
    allocate(load(scenario)).write(tmp_path / "run")
    assert failing(tmp_path / "run", "") == ["V2 roll"]
    assert call(tmp_path / "run", "--rehearsal").return_value == 0


def test_ways_that_were_measured_elsewhere_are_held_too(tmp_path):
    scenario = make_scenario(tmp_path / "autumn")
    table = (scenario.parent / "applicants.csv").read_text("utf-8").splitlines()
    schools = (scenario.parent / "schools.csv").read_text("utf-8").splitlines()
    ids = [line.split(",")[0] for line in table[1:]]
    rows = [
        f"{child},{line.split(',')[0]},{300 + 170 * ((n * 7 + m * 3) % 11)}"
        for n, child in enumerate(ids)
        for m, line in enumerate(schools[1:])
    ]
    text = "\n".join(["applicant_id,school_id,metres", *rows]) + "\n"
    (scenario.parent / "ways.csv").write_text(text, "utf-8")
    text = scenario.read_text("utf-8")
    straight = next(line for line in text.splitlines() if line.startswith("mode "))
    measured = text.replace(straight, 'mode = "matrix"\nmatrix = "ways.csv"')
    scenario.write_text(measured, "utf-8")
    allocate(load(scenario)).write(tmp_path / "run")
    assert [str(s) for s in auditing.verify(tmp_path / "run", rehearsal=True) if not s.holds] == []
    copy = Copy(tmp_path / "run")
    rows = copy.rows("audit/ways.csv")
    rows[0]["metres"] = str(int(rows[0]["metres"]) + 50)
    copy.put_rows("audit/ways.csv", rows)
    copy.write(sealed=True)
    assert "V3 commitment" in [
        s.name for s in auditing.verify(tmp_path / "run", rehearsal=True) if not s.holds
    ]


def test_main_prints_what_the_command_prints(county, capsys):
    assert program.main([str(county[0]), "--commit-hash", county[1]]) == 0
    assert capsys.readouterr().out.count("PASS") == 14
    assert program.main([str(Path(county[2]) / "nowhere")]) == 2

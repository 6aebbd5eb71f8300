"""Overrides from the file to the run: placed, named, counted, kept."""

import csv
import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from enroll.cli import enroll
from enroll.office import draws
from enroll.report.pages import run_page
from tests.office.draws import (
    AFTER,
    SOURCES,
    VALUES,
    before,
    change,
    later,
    make_draw,
    make_scenario,
    use_draw,
)
from tests.report.pages.runs import county, parsed, table_of

HEADER = "applicant_id,school_id,reason,authority,date\n"
ROW = "sample-10,S1,父亲在该校任教,县教〔2026〕9号,2026-07-20\n"


def run(*arguments):
    """Return exit status and output of a command."""
    ended = CliRunner().invoke(enroll, [*map(str, arguments)], standalone_mode=False)
    status = ended.return_value if ended.exception is None else ended.exception
    if isinstance(status, SystemExit):
        status = status.code
    return getattr(status, "exit_code", status) or 0, ended.output


def add_overrides(scenario, rows=ROW):
    """Let a scenario name a file with these overrides."""
    (scenario.parent / "overrides.csv").write_text(HEADER + rows, "utf-8")
    if "\noverrides" not in scenario.read_text("utf-8"):
        change(scenario, "# overrides = ", "overrides = ")
    return scenario


@pytest.fixture
def scenario(tmp_path):
    return add_overrides(make_scenario(tmp_path / "autumn"))


def rows(folder, name, **wanted):
    """Return the rows of a table whose cells are as wanted."""
    with (folder / name).open(encoding="utf-8-sig", newline="") as file:
        table = list(csv.DictReader(file))
    return [row for row in table if wanted.items() <= row.items()]


def proven(folder, *options):
    """Return whether the run's own program finds nothing wrong."""
    command = [sys.executable, "verify.py", *options]
    return subprocess.run(command, cwd=folder, capture_output=True).returncode == 0  # noqa: S603


def test_the_override_is_seen_everywhere(scenario, tmp_path):
    folder = tmp_path / "run"
    status, out = run("allocate", scenario, "-o", folder)
    assert status == 0, out
    (child,) = rows(folder, "allocation.csv", applicant_id="sample-10")
    assert (child["school_id"], child["round"], child["reason"]) == ("S1", "fixed", "FIXED")
    (notice,) = rows(folder, "warnings.csv", code="OVERRIDE")
    assert (notice["level"], notice["subject"]) == ("info", "sample-10")
    for part in ("Sample School West (S1)", "父亲在该校任教", "县教〔2026〕9号", "2026-07-20"):
        assert part in notice["message"]
    records = (folder / "audit" / "records.jsonl").read_text("utf-8").splitlines()
    found = [one for line in records for one in json.loads(line)["record"]["children"]]
    (record,) = (one for one in found if one["id"] == "sample-10")
    assert {key: record[key] for key in record if key.startswith("placed_")} == {
        "placed_authority": "县教〔2026〕9号",
        "placed_date": "2026-07-20",
        "placed_reason": "override",
        "placed_school": "S1",
    }
    roles = [one["role"] for one in json.loads((folder / "manifest.json").read_bytes())["inputs"]]
    assert "overrides" in roles


def test_an_audit_tells_the_reason_in_the_words_of_the_office(scenario, tmp_path):
    folder, found = tmp_path / "run", tmp_path / "audit"
    run("allocate", scenario, "-o", folder)
    _, out = run("audit", folder, "-o", found)
    told = "override: 父亲在该校任教, 县教〔2026〕9号, 2026-07-20"
    (finding,) = rows(found, "findings.csv", code="PLACED_BY_DECISION", applicant_id="sample-10")
    assert told in finding["what"]
    assert told in (found / "report.html").read_text("utf-8")
    assert "父亲在该校任教" in "".join(line.strip() for line in out.splitlines())


def test_an_audit_does_without_words_that_were_lost(scenario, tmp_path):
    folder = tmp_path / "run"
    run("allocate", scenario, "-o", folder)
    for content in ('{"notices": [[]]}', "no JSON", None):
        if content is None:
            (folder / "notices.json").unlink()
        else:
            (folder / "notices.json").write_text(content, "utf-8")
        _, out = run("audit", folder, "-o", tmp_path / "audit")
        assert "override, 县教〔2026〕9号" in " ".join(out.split())


def test_the_run_proves_itself(scenario, tmp_path):
    folder = tmp_path / "run"
    run("allocate", scenario, "-o", folder)
    assert proven(folder, "--rehearsal")


def test_a_rerun_keeps_it(scenario, tmp_path):
    for name in ("one", "two"):
        assert run("allocate", scenario, "-o", tmp_path / name)[0] == 0
    one, two = ((tmp_path / name / "allocation.csv").read_bytes() for name in ("one", "two"))
    assert one == two


def test_past_a_limit_it_stands_with_a_red_notice(scenario, tmp_path):
    change(scenario, "class_standard = 45", "class_standard = 1")
    change(scenario, "class_limit    = 55", "class_limit    = 1")
    add_overrides(scenario, ROW + ROW.replace("sample-10", "sample-09"))
    folder = tmp_path / "run"
    assert run("allocate", scenario, "-o", folder, "--strict")[0] == 1
    assert len(rows(folder, "allocation.csv", reason="FIXED", school_id="S1")) == 2
    (notice,) = rows(folder, "warnings.csv", code="OVER_LIMIT", subject="S1")
    assert notice["level"] == "red"


def test_it_does_not_cure_an_age_unless_the_policy_says_so(scenario, tmp_path):
    add_overrides(scenario, ROW.replace("sample-10", "sample-01"))
    change(scenario.parent / "applicants.csv", "2019-10-03", "2020-10-03")
    folder = tmp_path / "run"
    assert run("allocate", scenario, "-o", folder)[0] == 0
    assert rows(folder, "allocation.csv", applicant_id="sample-01", reason="TOO_YOUNG")
    (notice,) = rows(folder, "warnings.csv", code="OVERRIDE_WITHOUT_EFFECT")
    assert "the child is too young" in notice["message"]
    change(scenario, "\nlatest_birth", '\nwaive = ["override"]\nlatest_birth')
    folder = tmp_path / "waived"
    assert run("allocate", scenario, "-o", folder)[0] == 0
    assert rows(folder, "allocation.csv", applicant_id="sample-01", reason="FIXED")
    assert not rows(folder, "warnings.csv", code="OVERRIDE_WITHOUT_EFFECT")


def test_an_incomplete_one_stops_the_run(scenario, tmp_path):
    add_overrides(scenario, ROW.replace("县教〔2026〕9号", ""))
    for command in (("check", scenario), ("allocate", scenario, "-o", tmp_path / "run")):
        status, out = run(*command)
        assert status == 2
        assert "overrides.csv" in out
    assert not (tmp_path / "run").exists()


def test_one_that_was_frozen_holds_under_the_draw(scenario, tmp_path):
    draw, folder = tmp_path / "draw", tmp_path / "run"
    draws.freeze(scenario, draw, draw_id="2026-small", clock=before)
    draws.commit(draw, SOURCES, AFTER, clock=before)
    draws.draw(draw, VALUES, clock=later)
    use_draw(scenario)
    assert run("allocate", scenario, "-o", folder)[0] == 0
    assert rows(folder, "allocation.csv", applicant_id="sample-10", reason="FIXED", school_id="S1")
    assert rows(folder, "warnings.csv", code="OVERRIDE", subject="sample-10")
    assert proven(folder)


def test_one_that_comes_after_the_draw_is_refused(tmp_path):
    scenario, _ = make_draw(tmp_path)
    use_draw(scenario)
    status, out = run("allocate", add_overrides(scenario), "-o", tmp_path / "run")
    assert status == 2
    assert "DRAW_DECISIONS_DIFFER" in out


def test_the_page_shows_overrides_by_school_and_names_no_child(scenario, tmp_path):
    reason = "烈士子女"
    more = [f"sample-0{n},S1,{reason},县教〔2026〕9号,2026-07-21\n" for n in (8, 9)]
    add_overrides(scenario, ROW + "".join(more))
    folder = tmp_path / "run"
    assert run("allocate", scenario, "-o", folder)[0] == 0
    page = (folder / "report.html").read_bytes()
    assert table_of(parsed(page), "table-decided") == [
        ["Sample School West S1", reason, "县教〔2026〕9号", "2026-07-21", "2"],
        ["Sample School West S1", "父亲在该校任教", "县教〔2026〕9号", "2026-07-20", "1"],
    ]
    assert b"sample-" not in page
    assert b"Children placed by decision: 3; of them by override: 3." in page
    files = {path.name: path.read_bytes() for path in folder.glob("*.*")}
    files |= {f"audit/{path.name}": path.read_bytes() for path in (folder / "audit").iterdir()}
    shown = table_of(parsed(run_page(files, "zh")), "table-decided")[0]
    assert shown[1:4] == [reason, "县教〔2026〕9号", "2026年7月21日"]


def test_the_page_counts_other_places_by_decision_and_shows_no_line_of_them():
    page = county()["report.html"]
    fixed = json.loads(county()["summary.json"])["all"]["reasons"]["FIXED"]
    assert f"Children placed by decision: {fixed:,}; of them by override: 0.".encode() in page
    assert b"table-decided" not in page

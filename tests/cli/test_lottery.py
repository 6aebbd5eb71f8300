"""The draw on the command line: what is printed, and the exit statuses."""

import pytest
from click.testing import CliRunner

from enroll.cli import enroll
from tests.office.draws import VALUES, change, make_draw, make_scenario, use_draw

PAST = "2026-01-01T00:00:00Z"


def run(*arguments):
    """Return exit status, output and errors of a command."""
    ended = CliRunner().invoke(enroll, ["lottery", *map(str, arguments)], standalone_mode=False)
    status = ended.return_value if ended.exception is None else ended.exception
    if isinstance(status, SystemExit):
        status = status.code
    return getattr(status, "exit_code", status) or 0, ended.stdout, ended.stderr


@pytest.fixture
def scenario(tmp_path):
    return make_scenario(tmp_path / "autumn")


def given(values=VALUES):
    return [part for name, value in values for part in ("--source", f"{name}={value}")]


def test_a_rehearsal_from_freeze_to_allocation(scenario, tmp_path):
    draw = tmp_path / "draw"
    status, out, _ = run("freeze", scenario, "-o", draw, "--draw-id", "test-one")
    assert (status, out) == (0, f"test-one: 11 tickets, 12 children\n{draw}\n")
    names = ",".join(name for name, _ in VALUES)
    status, out, _ = run("commit", draw, "--sources", names, "--draw-after", PAST)
    assert status == 0
    line = out.strip()
    assert line.startswith("ALLOT1-COMMIT test-one ")
    status, out, _ = run("draw", draw, *given())
    assert status == 0
    assert out.startswith("seed ")
    status, out, _ = run("check", draw)
    assert (status, out.splitlines()[:2]) == (0, ["test-one: 11 tickets, drawn", line])
    use_draw(scenario)
    arguments = ["allocate", str(scenario), "-o", str(tmp_path / "run")]
    assert CliRunner().invoke(enroll, arguments).exit_code == 0


def test_a_refusal_is_one_sentence_in_the_language_asked_for(tmp_path):
    _, draw = make_draw(tmp_path)
    status, out, error = run("draw", draw, *given())
    assert (status, out) == (2, "")
    assert error == (
        "draw: This commitment has its draw already, and there is never a second one. "
        "[DRAW_DRAWN_ALREADY] The order in order.csv stands; `enroll lottery check` proves it.\n"
    )
    _, _, error = run("draw", draw, *given(), "--lang", "zh")
    assert "绝无第二次" in error


def test_a_line_of_a_file_is_named(tmp_path):
    _, draw = make_draw(tmp_path, upto="committed")
    change(draw / "commit.txt", "published", "Published")
    status, _, error = run("draw", draw, *given())
    assert status == 2
    assert error.startswith("commit.txt:8: ")


def test_problems_of_a_table_are_listed(scenario, tmp_path):
    change(scenario.parent / "applicants.csv", "2019-10-03", "2019-13-03")
    status, _, error = run("freeze", scenario, "-o", tmp_path / "draw")
    assert status == 2
    assert "applicants.csv" in error


def test_a_draw_that_was_tampered_with_ends_with_1(tmp_path):
    _, draw = make_draw(tmp_path)
    change(draw / "order.csv", "\n1,", "\n2,")
    status, out, _ = run("check", draw)
    assert status == 1
    assert "DRAW_RESULT_WRONG" in out


@pytest.mark.parametrize("stage", ["frozen", "committed"])
def test_the_check_says_how_far_a_draw_has_come(tmp_path, stage):
    _, draw = make_draw(tmp_path, upto=stage)
    status, out, _ = run("check", draw)
    assert (status, out.splitlines()[0]) == (0, f"2026-small: 11 tickets, {stage}")


def test_a_value_without_a_name_is_refused(tmp_path):
    ended = CliRunner().invoke(enroll, ["lottery", "draw", str(tmp_path), "--source", "7"])
    assert ended.exit_code == 2
    assert "'7' is not written as name=value" in ended.stderr


def test_what_is_no_draw_is_refused(tmp_path):
    status, _, error = run("check", tmp_path)
    assert status == 2
    assert error.endswith("Name a folder that `enroll lottery freeze` has written.\n")

"""What must never come out: personal data, formulas, steering letters; and no way out at all."""

from __future__ import annotations

import base64
import csv
import io
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from enroll.scenario import starter_files
from tests.cli.screens import run, starter, starter_text

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

CANARY = "Kanarienvogel"


def with_columns(file: str, **cells: Callable[[int], str]) -> str:
    """Return a table of the starter with columns added or replaced, by row number from 1."""
    rows = list(csv.DictReader(io.StringIO(starter_files()[file])))
    for number, row in enumerate(rows, 1):
        row.update({header: cell(number) for header, cell in cells.items()})
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def disguises(secret: str) -> list[bytes]:
    """Return the forms in which a secret might slip out."""
    plain = secret.encode("utf-8")
    packed = [base64.b64encode(plain)[:-2], base64.b64encode(b"x" + plain)[4:-4]]
    return [plain, plain.lower(), plain[::-1], plain.hex().encode(), *packed]


def everything(folder: Path) -> bytes:
    return b"\n".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_private_columns_never_leave_the_file(tmp_path: Path) -> None:
    """Neither a name, which enroll knows, nor what it does not know, nor its header's cells."""
    private = {
        "name": lambda number: f"{CANARY}-a-{number}",
        "phone": lambda number: f"1380013{number:04}",
        "guardian": lambda number: f"{CANARY}-b-{number}",
        "住址": lambda number: f"{CANARY}-c-{number}",
        "身份证号": lambda number: f"4309211990010{number:04}X",
    }
    scenario = starter(tmp_path / "in", applicants=with_columns("applicants.csv", **private))
    screens = [run("check", scenario), run("allocate", scenario, "-o", tmp_path / "run")]
    assert [screen.status for screen in screens] == [0, 0]
    said = everything(tmp_path / "run") + repr(screens).encode("utf-8")
    for secret in (CANARY, "1380013", "430921"):
        assert [form for form in disguises(secret) if form in said] == []


@pytest.mark.parametrize(
    "header",
    ["applicant_id", "lon", "lat", "birth_date", "family", "points", "since", "name"],
)
def test_faulty_personal_cells_are_not_shown(tmp_path: Path, header: str) -> None:
    """Only their shape, or the ends of an id; each row is named by its number."""
    secret = f"{CANARY} 430921199001011234"
    applicants = with_columns("applicants.csv", **{header: lambda number: f"{secret} {number}"})
    scenario = starter(tmp_path / "in", applicants=applicants)
    screens = [run("check", scenario), run("allocate", scenario, "-o", tmp_path / "run")]
    said = repr(screens).encode("utf-8")
    assert CANARY.encode() not in said
    assert b"430921199001" not in said


def test_identity_numbers_as_ids_are_refused_unseen(tmp_path: Path) -> None:
    applicants = starter_text("applicants.csv", ("sample-01,", "11010519491231002X,"))
    screen = run("check", starter(tmp_path, applicants=applicants))
    assert screen.status == 2
    assert "[ID_IS_IDENTITY_NUMBER]" in screen.out
    assert "1101" not in screen.out
    assert "002X" not in screen.out


def test_names_as_ids_are_refused_and_masked(tmp_path: Path) -> None:
    applicants = starter_text("applicants.csv", ("sample-01,", "欧阳娜娜小朋友,"))
    screen = run("check", starter(tmp_path, applicants=applicants))
    assert "[ID_MALFORMED]" in screen.out
    assert "欧阳娜娜小朋友" not in screen.out


FORMULAS = ["=1+1", "+1", "-1", "@SUM(A1)", "＝1+1", "\u200b=1+1", " =1+1", "\t=1+1", "'=1", "-S1"]
STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_is_a_formula(tmp_path: Path, formula: str) -> None:
    """In no table of a run, whoever wrote it into which file; numbers are not formulas."""
    schools = with_columns("schools.csv", name=lambda _: formula, area=lambda _: formula)
    zones = starter_text("zones.geojson", ("Sample zone west", formula.replace("\t", "")))
    scenario = starter(tmp_path / "in", schools=schools, zones=zones)
    assert run("allocate", scenario, "-o", tmp_path / "run").status == 0
    for path in (tmp_path / "run").glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as stream:
            cells = [cell for row in csv.reader(stream) for cell in row]
        bare = [cell.lstrip(" \u200b") for cell in cells]
        assert [cell for cell in bare if cell.startswith(STARTS) and not cell[1:].isdigit()] == []


STEERING = "Red\x1b[31m\x07\x9b1m\u202eevil"


@pytest.mark.parametrize("file", ["schools.csv", "zones.geojson"])
def test_letters_that_steer_a_terminal_reach_nothing(tmp_path: Path, file: str) -> None:
    """They are shown as what they are, and no file of a run holds them."""
    old = "Sample School Centre" if file == "schools.csv" else "Sample zone centre"
    new = STEERING if file == "schools.csv" else STEERING.encode("unicode_escape").decode()
    new = new.replace("\\x", "\\u00")
    crowded = starter_text("schools.csv", (",205,", ",1997,"))
    changed = {"schools": crowded, file.split(".")[0]: starter_text(file, (old, new))}
    if file == "schools.csv":
        changed["schools"] = crowded.replace(old, new)
    scenario = starter(tmp_path / "in", **changed)
    screens = [run("check", scenario), run("allocate", scenario, "-o", tmp_path / "run")]
    said = "".join(screen.out + screen.err for screen in screens)
    if (tmp_path / "run").exists():
        packed = tmp_path / "run" / "map.gpkg"  # a database: any byte may stand between its texts
        assert b"Red\x1b" not in packed.read_bytes()
        packed.unlink()
        said += everything(tmp_path / "run").decode("utf-8")
    assert [letter for letter in "\x1b\x07\x9b\u202e" if letter in said] == []


GUARD = """
import sys

FORBIDDEN = ("socket.", "urllib.", "http.", "ftplib.", "smtplib.", "subprocess.", "os.system",
             "os.exec", "os.fork", "os.posix_spawn", "webbrowser.", "ctypes.dlopen.http")

def guard(event, arguments):
    if event.startswith(FORBIDDEN):
        sys.stderr.write(f"forbidden: {event} {arguments}")
        sys.stderr.flush()
        import os
        os._exit(99)

sys.addaudithook(guard)
from enroll.cli import main
sys.argv = ["enroll", "allocate", sys.argv[1], "-o", sys.argv[2]]
main()
"""


def test_no_socket_is_opened_and_no_program_started(tmp_path: Path) -> None:
    scenario = starter(tmp_path / "in")
    done = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, "-c", GUARD, scenario, tmp_path / "run"], capture_output=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert (tmp_path / "run" / "SHA256SUMS").is_file()


@pytest.mark.parametrize(
    "path",
    [
        "http://127.0.0.1:9/applicants.csv",
        "/vsicurl/http://127.0.0.1:9/applicants.csv",
        "//127.0.0.1/share/applicants.csv",
        "zip://applicants.zip",
        "/vsimem/applicants.csv",
    ],
)
def test_addresses_are_no_files(tmp_path: Path, path: str) -> None:
    text = starter_text("scenario.toml", ('"applicants.csv"', f'"{path}"'))
    screen = run("allocate", starter(tmp_path / "in", scenario=text), "-o", tmp_path / "run")
    assert (screen.status, screen.out) == (2, "")
    assert "Traceback" not in screen.err
    assert not (tmp_path / "run").exists()

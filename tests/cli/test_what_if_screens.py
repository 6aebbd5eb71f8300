"""What a planner sees of a what-if, word for word."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING

import pytest

from tests.cli.screens import Screen, run, starter

if TYPE_CHECKING:
    from pathlib import Path

MORE = '[[change]]\ndo = "set_school"\nschool_id = "S1"\nclasses = 3\n'
GROWN = '[[change]]\ndo = "scale_demand"\nfactor = 1.2\n'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in the starter's folder, so that paths on the screen are the same everywhere."""
    starter(tmp_path)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def what_if(folder: Path, text: str) -> str:
    (folder / "what-if.toml").write_text(f'extends = "scenario.toml"\n{text}', encoding="utf-8")
    return "what-if.toml"


def test_a_what_if_begins_with_what_it_tries(folder: Path) -> None:
    screen = run("allocate", what_if(folder, MORE + GROWN))
    assert (screen.status, screen.err) == (0, "")
    assert screen.out == dedent("""\
        Sample County, primary entrance, autumn 2026 (synthetic)
        Rehearsal: this lottery decides nothing, whoever made it could choose its result.
        Tried: school S1 has classes = 3.
        Tried: 1.2 times the children everywhere.

        yellow 1   info 1

        yellow  Ways are straight lines: rivers, railways and trunk roads in between do not count.
                [STRAIGHT_IGNORES_WATER]
                → Give a matrix of real ways under [travel], where a way is barred.
                and 1 more in warnings.csv

        Applicants                      15
        Placed                          15  100.0 %
          at a school of their zone     15  100.0 %
          redirected to another school   0    0.0 %
        Unplaced                         0    0.0 %
        Not eligible                     0    0.0 %
        Classes                          3
          above the class standard       0    0.0 %
          oversized: 56 or more          0    0.0 %
        Farther than 3,000 m             0    0.0 %

        Way to school: half of the children within 600 m, 95 in 100 within 800 m, the farthest 800 m.

        runs/what-if
        """)  # noqa: E501 - the line as it is shown


def test_changes_that_nothing_has_stop_with_all_of_them(folder: Path) -> None:
    text = MORE.replace('"S1"', '"S9"') + GROWN.replace("factor", 'zones = ["Z9"]\nfactor')
    shown = dedent("""\
        blocking: 2
        file          row  column                  value  what is wrong, and what to do
        what-if.toml       [[change]] 1 school_id  S9     There is no school of this id.
                                                          [CHANGE_SCHOOL_UNKNOWN]
                                                          → Correct the id, or add the school; the nearest
                                                          id is `S3`.
        what-if.toml       [[change]] 2 zones      Z9     There is no zone of this id.
                                                          [CHANGE_ZONE_UNKNOWN]
                                                          → Correct the id; the nearest is `Z3`.
        """)  # noqa: E501 - the lines as they are shown
    assert run("check", what_if(folder, text)) == Screen(2, shown, "")

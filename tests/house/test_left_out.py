"""What a machine lacks is said in one line for each program, not in one for each test."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests import programs

ROOT = Path(__file__).parents[2]
BROWSER = ("tests/report/pages/test_quiet.py", "tests/report/pages/test_in_browser.py")
OFFICE = "tests/report/lists/test_in_libreoffice.py"
LINES = [
    "tests/programs.py: left out: pages in a browser; install Chromium (Debian: apt-get install"
    " chromium)",
    "tests/programs.py: left out: workbooks in LibreOffice; install LibreOffice Calc (Debian:"
    " apt-get install libreoffice-calc)",
]


def test_a_machine_without_programs_says_so_in_a_line_each(tmp_path: Path) -> None:
    """Though the tests ran in two processes, as in `make test`."""
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", "2"]
    ended = subprocess.run(  # noqa: S603 - our own command
        [*command, *BROWSER, OFFICE],
        cwd=ROOT,
        env={"PATH": str(tmp_path), "PYTHONPATH": f"{ROOT / 'src'}:{ROOT}"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    skipped = [line for line in ended.stdout.splitlines() if line.startswith("SKIPPED")]
    assert ended.returncode == 0, ended.stdout
    assert [line.partition("] ")[2] for line in skipped] == LINES


@pytest.mark.parametrize("program", [programs.FONT, programs.QGIS])
def test_what_is_missing_is_named_with_how_to_have_it(program: programs.Program) -> None:
    programs.require(program, "found")
    with pytest.raises(pytest.skip.Exception, match=r"^left out: .*; install .*Debian: apt-get"):
        programs.require(program, None)

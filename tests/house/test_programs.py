"""What `.ci/run` installs for the tests: only what is missing, and never silently."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHELL = shutil.which("sh")
pytestmark = pytest.mark.skipif(SHELL is None, reason="the script is for a shell")

ALL = ("chromium", "soffice", "fc-list")
NEEDED = ("cat", "mktemp", "rm", "tail")


def programs(folder: Path, *there: str, user: int = 0, apt: str = "exit 0") -> tuple[str, str]:
    """Run the script on a machine with some programs; return what it says and asked for."""
    folder.mkdir(exist_ok=True)
    asked = folder / "asked"
    made = dict.fromkeys(there, "echo a font")
    made |= {"id": f"echo {user}", "sleep": "exit 0"}
    if apt:
        made["apt-get"] = f'echo "$@" >> {asked}; {apt}'
    for name, does in made.items():
        (folder / name).write_text(f"#!{SHELL}\n{does}\n")
        (folder / name).chmod(0o755)
    for name in NEEDED:
        (folder / name).symlink_to(str(shutil.which(name)))
    ended = subprocess.run(  # noqa: S603 - our own command
        [str(SHELL), ROOT / "tools" / "programs.sh"],
        env={"PATH": str(folder)},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return ended.stdout + ended.stderr, asked.read_text() if asked.exists() else ""


def test_a_machine_with_all_of_them_is_left_alone(tmp_path: Path) -> None:
    assert programs(tmp_path / "bin", *ALL) == ("", "")


def test_what_is_missing_is_installed(tmp_path: Path) -> None:
    said, asked = programs(tmp_path / "bin", "chromium-browser", "fc-list")
    assert said == "Installing for the tests: libreoffice-calc ...\n"
    assert asked.splitlines() == [
        "update -qq",
        "install -qq --no-install-recommends libreoffice-calc",
    ]
    said, asked = programs(tmp_path / "bare")
    assert said == "Installing for the tests: chromium libreoffice-calc fonts-noto-cjk ...\n"
    assert asked.endswith("chromium libreoffice-calc fonts-noto-cjk\n")


@pytest.mark.parametrize("changed", [{"user": 1000}, {"apt": ""}], ids=["user", "no-apt"])
def test_where_nothing_can_be_installed_it_says_what_is_left_out(
    tmp_path: Path, changed: dict[str, int]
) -> None:
    said, asked = programs(tmp_path / "bin", "soffice", "fc-list", **changed)
    assert (said, asked) == (
        "Not installed, so that tests are left out: chromium (it needs root and apt-get).\n", "",
    )  # fmt: skip


def test_a_failure_is_tried_once_more_and_then_told(tmp_path: Path) -> None:
    said, asked = programs(tmp_path / "bin", "soffice", "fc-list", apt="echo no route; exit 100")
    assert said.splitlines() == [
        "Installing for the tests: chromium ...",
        "no route",
        "Not installed, so that tests are left out: chromium (apt-get failed, see above).",
    ]
    assert asked.splitlines() == ["update -qq", "update -qq"]

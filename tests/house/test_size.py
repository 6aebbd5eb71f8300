"""The house stays readable: no long file, no long function, no hidden source of difference."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = Path(__file__).parents[2] / "src" / "enroll"
FILES = sorted(SOURCE.rglob("*.py"))
LONGEST_FILE = 400
LISTS = {"records.py"}
"""Lists of plain definitions without any logic may be longer."""

PROGRAM = "verify/program/verify.py"
LONGEST_PROGRAM = 500
"""The program of every run folder is one file by purpose: it needs nothing beside it."""

LONGEST_FUNCTION = 40

UPPER_ROOMS = {"cli", "planning", "office", "auditing.py", "auditing", "__main__.py"}
"""Rooms above the line below which a run may depend on nothing but its inputs."""

UNSTEADY = {
    "asyncio", "getpass", "http", "platform", "random", "secrets", "socket", "ssl", "subprocess",
    "tempfile", "threading", "time", "urllib", "uuid",
}  # fmt: skip
"""Modules that know a clock, chance, the network, the machine or another program."""

UNSTEADY_CALLS = {
    "os.environ", "os.getenv", "os.getlogin", "os.getpid", "os.urandom", "os.cpu_count",
    "datetime.now", "datetime.today", "datetime.utcnow", "date.today", "np.random",
    "numpy.random", "locale.getlocale", "Path.home", "Path.cwd",
}  # fmt: skip

ALLOWED = {
    "tables/safe_gdal.py": {"os.environ"},
}
"""GDAL reads its safety switches from the environment when it is first imported."""


def name_of(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def lower_files() -> list[Path]:
    return [path for path in FILES if path.relative_to(SOURCE).parts[0] not in UPPER_ROOMS]


def code_lines(function: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Return a function's lines without its docstring."""
    first = function.body[0]
    length = (function.end_lineno or 0) - function.lineno + 1
    if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
        length -= (first.end_lineno or 0) - first.lineno + 1
    return length


def imported(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield node.module or ""
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize(
    "path", [path for path in FILES if name_of(path) not in LISTS], ids=name_of
)
def test_a_file_fits_in_the_head(path: Path) -> None:
    longest = LONGEST_PROGRAM if name_of(path) == PROGRAM else LONGEST_FILE
    assert len(path.read_text(encoding="utf-8").splitlines()) < longest


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_a_function_fits_on_a_screen(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [
        node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    long = {
        node.name: code_lines(node) for node in functions if code_lines(node) >= LONGEST_FUNCTION
    }
    assert not long, f"functions of {LONGEST_FUNCTION} lines or more: {long}"


@pytest.mark.parametrize("path", lower_files(), ids=name_of)
def test_a_result_depends_on_its_inputs_alone(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    modules = {name.split(".")[0] for name in imported(tree)}
    attributes = {ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    names = attributes | set(imported(tree))
    found = (modules & UNSTEADY) | {call for call in UNSTEADY_CALLS if call in names}
    assert found <= ALLOWED.get(name_of(path), set())


def test_the_verifier_imports_nothing_of_the_house() -> None:
    for path in (SOURCE / "verify").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        own = {name for name in imported(tree) if name.split(".")[0] == "enroll"}
        assert all(name.startswith("enroll.verify") for name in own), path


HEAVY = {
    "geopandas", "ortools", "pandas", "pyarrow", "pyogrio", "pyproj", "python_calamine", "rich",
    "shapely",
}  # fmt: skip


@pytest.mark.parametrize("command", ["import enroll", "import enroll.cli"])
def test_the_door_opens_without_heavy_luggage(command: str) -> None:
    script = f"{command}\nimport sys\nprint(*sorted(sys.modules))"
    shown = subprocess.run(  # noqa: S603 - our own script
        [sys.executable, "-c", script], capture_output=True, check=True, text=True
    )
    assert not HEAVY & set(shown.stdout.split())

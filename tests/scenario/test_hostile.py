"""Files that are no scenario at all: each a sentence, never a traceback, never a wait."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enroll.errors import InputError
from enroll.notices import LEVELS, level_of, message_of, remedy_of
from enroll.scenario import load
from tests.scenario.texts import LEAST, problems, written

if TYPE_CHECKING:
    from pathlib import Path


def code_of(path: Path) -> str:
    (problem,) = problems(path)
    assert message_of(problem, "en")
    return problem.code


def test_what_is_not_a_file(tmp_path: Path) -> None:
    assert code_of(tmp_path / "gone.toml") == "SCENARIO_MISSING"
    assert code_of(tmp_path / "no\0name.toml") == "SCENARIO_MISSING"
    assert code_of(tmp_path) == "SCENARIO_NOT_A_FILE"
    assert code_of(tmp_path / ("x" * 300)) == "SCENARIO_UNREADABLE"
    assert code_of(written(tmp_path, LEAST) / "inside") == "SCENARIO_MISSING"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.toml")
    assert code_of(tmp_path / "pipe.toml") == "SCENARIO_NOT_A_FILE"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "SCENARIO_EMPTY"),
        (b" \n\n", "SCENARIO_EMPTY"),
        (b"#" * (2**20 + 1), "SCENARIO_TOO_LARGE"),
        ("title = '南县'".encode("gb18030"), "SCENARIO_NOT_UTF8"),
        (LEAST.encode("utf-16"), "SCENARIO_NOT_UTF8"),
        (b"PK\x03\x04\xff\xfe", "SCENARIO_NOT_UTF8"),
        (b"x = " + b"[" * 5000, "SCENARIO_TOO_DEEP"),
        (b"x = " + b"{a = " * 5000, "SCENARIO_TOO_DEEP"),
        (b"x = " + b"[" * 40 + b"]" * 40, "SCENARIO_TOO_DEEP"),
        (b"a." * 100_000 + b"a = 1", "SCENARIO_TOO_DEEP"),
        (b"a." * 50 + b"a = 1", "SCENARIO_TOO_DEEP"),
        (b"x = " + b"9" * 5000, "SCENARIO_SYNTAX"),
        (b"x = 2026-02-30", "SCENARIO_SYNTAX"),
        (b"x = '", "SCENARIO_SYNTAX"),
    ],
)
def test_what_is_not_a_scenario(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "own.toml"
    path.write_bytes(content)
    assert code_of(path) == code


def test_a_syntax_error_is_told_with_its_line(tmp_path: Path) -> None:
    path = written(tmp_path, LEAST + "\n[limits]\nfar_m = 3 km\n")
    (problem,) = problems(path)
    assert (problem.row, problem.value) == (6, "far_m = 3 km")
    sentence = message_of(problem, "en")
    assert sentence.startswith("The scenario file is not valid TOML: Expected newline")


def test_an_unended_text_is_told_with_the_last_line(tmp_path: Path) -> None:
    (problem,) = problems(written(tmp_path, LEAST + 'x = """\nand so on'))
    assert (problem.row, problem.value) == (5, "and so on")


def test_a_key_given_twice_is_told(tmp_path: Path) -> None:
    assert code_of(written(tmp_path, LEAST + "year = 2027\n")) == "SCENARIO_SYNTAX"


def test_the_row_of_a_foreign_letter_is_told(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_bytes(b"# one\n# two\n# \xc4\xcf\n")
    assert problems(path)[0].row == 3


def test_a_file_without_permission_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def deny(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    path = written(tmp_path, LEAST)
    monkeypatch.setattr("pathlib.Path.open", deny)
    (problem,) = problems(path)
    sentence = message_of(problem, "en")
    assert sentence == "The scenario file cannot be read: Permission denied."


def test_byte_order_mark_and_dotted_remarks_are_fine(tmp_path: Path) -> None:
    path = tmp_path / "own.toml"
    path.write_bytes(b"\xef\xbb\xbf" + LEAST.encode() + b"# " + b"." * 300 + b"\r\n")
    assert load(path).settings.title == "T"


SCALARS = st.sampled_from(
    ["1", "-1", "0x" + "f" * 300, "1.5", "nan", "inf", "true", '"text"', '""', "2020-01-01",
     "2020-01-01T00:00:00Z", "10:00:00", '"\\u0000"', '"primary"', '"zone"', '"EPSG:4546"']
)  # fmt: skip
NAMES = st.sampled_from(
    ["title", "year", "stage", "files", "applicants", "columns", "values", "limits", "far_m",
     "class_limit", "age", "latest_birth", "waive", "travel", "matrix", "group", "id", "when",
     "min", "max", "before", "round", "rule", "order", "extends", "lottery", "change", '"名"']
)  # fmt: skip
TOML_VALUES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: f"[{', '.join(items)}]")
        | st.dictionaries(NAMES, inner, max_size=3).map(
            lambda table: "{" + ", ".join(f"{key} = {value}" for key, value in table.items()) + "}"
        )
    ),
    max_leaves=6,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.dictionaries(NAMES, TOML_VALUES, max_size=6))
def test_any_toml_loads_or_is_told(tmp_path: Path, document: dict[str, str]) -> None:
    path = written(tmp_path, "".join(f"{key} = {value}\n" for key, value in document.items()))
    try:
        load(path)
    except InputError as stopped:
        for problem in stopped.problems:
            assert level_of(problem) in LEVELS
            assert message_of(problem, "en")
            assert remedy_of(problem, "en")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "any.toml"
    path.write_bytes(content)
    with pytest.raises(InputError):
        load(path)

"""The run folder is complete or absent, whatever happens."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from enroll.errors import UsageError
from enroll.report.manifest import SUMS, read_seal, seal
from enroll.report.run_folder import read_run, refuse_target, write_run


def sealed(**files: bytes) -> dict[str, bytes]:
    contents = {name.replace("_", "."): content for name, content in files.items()}
    return {**contents, SUMS: seal(contents)}


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


FIRST = sealed(a_csv=b"first\n", b_json=b"{}\n")
SECOND = sealed(a_csv=b"second\n")


def test_a_run_is_written_and_read_back(tmp_path: Path) -> None:
    assert write_run(tmp_path / "runs" / "one", FIRST) is None
    assert read_run(tmp_path / "runs" / "one") == FIRST
    assert names(tmp_path / "runs") == ["one"]


def test_a_name_may_hold_a_folder(tmp_path: Path) -> None:
    contents = {"audit/keys.csv": b"key\n"}
    write_run(tmp_path / "one", {**contents, SUMS: seal(contents)})
    assert read_run(tmp_path / "one")["audit/keys.csv"] == b"key\n"


def test_an_existing_run_is_refused_and_untouched(tmp_path: Path) -> None:
    write_run(tmp_path / "one", FIRST)
    with pytest.raises(UsageError, match=r"exists already.*--overwrite.*one\.1"):
        write_run(tmp_path / "one", SECOND)
    assert read_run(tmp_path / "one") == FIRST


def test_overwrite_keeps_every_earlier_run(tmp_path: Path) -> None:
    write_run(tmp_path / "one", FIRST)
    assert write_run(tmp_path / "one", SECOND, overwrite=True) == tmp_path / "one.1"
    assert write_run(tmp_path / "one", FIRST, overwrite=True) == tmp_path / "one.2"
    assert names(tmp_path) == ["one", "one.1", "one.2"]
    assert read_run(tmp_path / "one.1") == FIRST
    assert read_run(tmp_path / "one.2") == SECOND


@pytest.mark.parametrize("overwrite", [True, False])
def test_a_folder_that_is_no_run_is_left_alone(tmp_path: Path, overwrite: bool) -> None:
    (tmp_path / "letters").mkdir()
    with pytest.raises(UsageError, match="is not a run of enroll"):
        write_run(tmp_path / "letters", FIRST, overwrite=overwrite)


@pytest.mark.parametrize("name", ["", ".", "/", "..", "runs/.."])
def test_a_folder_needs_a_name_of_its_own(name: str) -> None:
    with pytest.raises(UsageError, match="is not a name"):
        refuse_target(Path(name), overwrite=False)


def test_the_sentence_is_in_the_language_of_the_user(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="不是"):
        read_run(tmp_path, language="zh")


FULL = OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("error", [FULL, KeyboardInterrupt()])
@pytest.mark.parametrize(
    ("target", "name", "calls"),
    [(os, "fsync", 0), (os, "fsync", 1), (os, "fsync", 2)]
    + [(Path, "open", step) for step in range(3)]
    + [(Path, "rename", step) for step in range(2)],
)
def test_a_failure_at_any_step_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, target, name, calls, error
) -> None:
    """Three files are opened and flushed; the earlier run is moved, then the new one."""
    write_run(tmp_path / "one", SECOND)
    with monkeypatch.context() as patch:
        patch.setattr(target, name, failing_once(calls, getattr(target, name), error))
        with pytest.raises(UsageError if error is FULL else KeyboardInterrupt):
            write_run(tmp_path / "one", FIRST, overwrite=True)
    assert names(tmp_path) == ["one"]
    assert read_run(tmp_path / "one") == SECOND


def failing_once(after: int, real, error: BaseException):
    """Let some calls of a function pass, fail once, then let it work again."""
    seen = 0

    def call(*args, **options):
        nonlocal seen
        seen += 1
        if seen == after + 1:
            raise error
        return real(*args, **options)

    return call


def test_a_kill_leaves_earlier_runs_and_the_name_free(tmp_path: Path) -> None:
    """A killed process cannot tidy up: its unfinished folder stands in nobody's way."""
    (tmp_path / ".one.unfinished.1").mkdir()
    (tmp_path / ".one.unfinished.1" / "a.csv").write_bytes(b"half")
    write_run(tmp_path / "one", FIRST)
    assert read_run(tmp_path / "one") == FIRST


KILLED_AT_STEP = """
import os, sys
from pathlib import Path
from enroll.report.run_folder import write_run
from enroll.report.manifest import SUMS, seal

def dying(real):
    def call(*args, **options):
        if not left:
            os._exit(9)
        left.pop()
        return real(*args, **options)
    return call

left = [None] * int(sys.argv[2])
os.fsync = dying(os.fsync)
for name in ("open", "rename", "mkdir"):
    setattr(Path, name, dying(getattr(Path, name)))
contents = {"a.csv": b"first\\n", "b.json": b"{}\\n"}
write_run(Path(sys.argv[1]), {**contents, SUMS: seal(contents)}, overwrite=True)
"""


def test_killed_at_any_step_no_run_is_half_there(tmp_path: Path) -> None:
    """Each step of writing is the last one once; then nothing stops it."""
    for step in range(100):
        folder = tmp_path / str(step) / "one"
        write_run(folder, SECOND)
        command = [sys.executable, "-c", KILLED_AT_STEP, str(folder), str(step)]
        ended = subprocess.run(command, check=False)  # noqa: S603 - our own script
        if ended.returncode == 0:
            break
        kept = folder.with_name("one.1")
        assert read_run(kept if kept.exists() else folder) == SECOND
        assert not folder.exists() or read_run(folder) in (FIRST, SECOND)
    assert step > 10
    assert read_run(folder) == FIRST
    assert read_run(folder.with_name("one.1")) == SECOND


def test_no_room_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", failing_once(0, os.fsync, FULL))
    with pytest.raises(UsageError, match=r"No space left on device.*nothing was changed"):
        write_run(tmp_path / "one", FIRST)
    assert names(tmp_path) == []


def test_a_place_below_a_file_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="could not be written"):
        write_run(tmp_path / "file" / "one", FIRST)


def test_control_characters_of_a_path_are_escaped(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\\u001b"):
        read_run(tmp_path / "\x1b[31mred")


@pytest.mark.parametrize("content", [b"changed\n", None])
def test_a_changed_or_missing_file_is_named(tmp_path: Path, content: bytes | None) -> None:
    write_run(tmp_path / "one", FIRST)
    (tmp_path / "one" / "a.csv").unlink()
    if content is not None:
        (tmp_path / "one" / "a.csv").write_bytes(content)
    with pytest.raises(UsageError, match=r"a\.csv is missing or was changed"):
        read_run(tmp_path / "one")


@pytest.mark.parametrize(
    "line",
    ["", "0  a", f"{'0' * 64}  ../a", f"{'0' * 64}  /a", f"{'0' * 64} a", f"{'0' * 64}  a/../../b"],
)
def test_a_seal_names_only_files_of_its_folder(line: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - the text is the line itself
        read_seal(f"{line}\n".encode())


def test_a_seal_names_every_file_once() -> None:
    line = f"{'0' * 64}  a\n".encode()
    with pytest.raises(ValueError, match="a"):
        read_seal(line + line)

"""A draw's folder in any state: every command on it ends in one sentence, never in a traceback."""

import os
import re
import shutil
from pathlib import Path

import click
import pytest
from click.testing import CliRunner

from enroll.cli import enroll
from enroll.office import draws
from tests.office.draws import SOURCES, VALUES, make_draw, use_draw

PAST = "2026-01-01T00:00:00Z"
PUBLIC = (
    "freeze.json",
    "roll.txt",
    "rules.json",
    "commit.txt",
    "sources.txt",
    "seed.txt",
    "order.csv",
)
PRIVATE = ("private/records.jsonl", "private/tickets.csv", "private/origin.json")
GIVEN = [part for name, value in VALUES for part in ("--source", f"{name}={value}")]
COMMANDS = {
    "frozen": ["commit", "--sources", ",".join(SOURCES), "--draw-after", PAST],
    "committed": ["draw", *GIVEN],
    "drawn": ["check"],
}


def put(path, content):
    """Put something else in the place of a file, not into it."""
    path.unlink()
    if content is not None:
        path.write_bytes(content)


def link(path, target):
    path.unlink()
    path.symlink_to(target)


def pipe(path):
    path.unlink()
    os.mkfifo(path)


CODED = re.compile(r"\[(DRAW|LOG)_[A-Z_]+\]")

DAMAGE = {
    "empty": lambda path, _: put(path, b""),
    "half": lambda path, good: put(path, good[: len(good) // 2]),
    "all but its end": lambda path, good: put(path, good[:-1]),
    "twice": lambda path, good: put(path, good + good),
    "UTF-16": lambda path, good: put(path, good.decode().encode("utf-16")),
    "a byte mark": lambda path, good: put(path, b"\xef\xbb\xbf" + good),
    "line ends of Windows": lambda path, good: put(path, good.replace(b"\n", b"\r\n")),
    "no letters": lambda path, _: put(path, bytes(range(256)) * 9),
    "a huge line": lambda path, good: put(path, good[:-1] + b"9" * 2_000_000 + b"\n"),
    "deep": lambda path, _: put(path, b"[" * 200_000),
    "a long number": lambda path, _: put(path, b'{"count":' + b"9" * 9_999 + b"}\n"),
    "half a letter": lambda path, _: put(path, b'{"draw_id":"\\ud800","log_head":"\\ud800"}\n'),
    "another object": lambda path, _: put(path, b"{}\n"),
    "zeros": lambda path, good: put(path, bytes(len(good))),
    "a device": lambda path, _: link(path, "/dev/zero"),
    "a link to nothing": lambda path, _: link(path, "nowhere"),
    "a link to itself": lambda path, _: link(path, path.name),
    "a pipe": lambda path, _: pipe(path),
}


@pytest.fixture(scope="module")
def stages(tmp_path_factory):
    """Folders with a draw in each stage; the scenario allocates by it."""
    made = {}
    for stage in COMMANDS:
        made[stage] = tmp_path_factory.mktemp(stage)
        scenario, draw = make_draw(made[stage], draw_id="test-h", upto="frozen")
        if stage != "frozen":
            draws.commit(draw, SOURCES, PAST)
        if stage == "drawn":
            draws.draw(draw, VALUES)
            use_draw(scenario)
    return made


def ended(*words):
    """Return the status of a command that ended well or in one sentence, and what it said."""
    done = CliRunner().invoke(enroll, [str(word) for word in words], standalone_mode=False)
    assert done.exception is None or isinstance(done.exception, click.exceptions.Exit), done
    status = done.exception.exit_code if done.exception else done.return_value or 0
    assert "Traceback" not in done.output
    assert "\x1b" not in done.output
    return status, done.stdout + done.stderr


def names(folder):
    return {path.relative_to(folder) for path in folder.rglob("*")}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs devices and pipes")
@pytest.mark.parametrize("name", [*PUBLIC, *PRIVATE])
@pytest.mark.parametrize("stage", COMMANDS)
def test_a_damaged_file_is_refused_in_one_sentence(stages, tmp_path, stage, name):
    if not (stages[stage] / "draw" / name).is_file():
        pytest.skip("comes later")
    for damage, spoil in DAMAGE.items():
        copy = Path(shutil.copytree(stages[stage], tmp_path / "copy"))
        draw = copy / "draw"
        spoil(draw / name, (draw / name).read_bytes())
        before = names(copy)
        command, *options = COMMANDS[stage]
        status, said = ended("lottery", command, draw, *options)
        unread = name.endswith(("origin.json", "tickets.csv"))
        assert status in ((1, 2) if stage == "drawn" else (2,)) or unread, (damage, said)
        if status == 2:
            assert CODED.search(said), said
            assert said.count("\n") == 1, (damage, said)
            assert names(copy) - before <= {Path("autumn/log.jsonl")}, damage
        if stage == "drawn" and name not in ("private/origin.json", "private/tickets.csv"):
            status, said = ended("allocate", copy / "autumn" / "scenario.toml", "-o", copy / "run")
            assert status == 2, (damage, said)
            assert not (copy / "run").exists()
        shutil.rmtree(copy)


LOGS = {
    "empty": lambda path, _: put(path, b""),
    "gone": lambda path, _: put(path, None),
    "another text": lambda path, _: put(path, b"my notes\nof the day"),
    "another text of one line": lambda path, _: put(path, b"my notes"),
    "a line less": lambda path, good: put(path, b"".join(good.splitlines(keepends=True)[1:])),
    "UTF-16": lambda path, good: put(path, good.decode().encode("utf-16")),
    "a device": lambda path, _: link(path, "/dev/zero"),
    "a link to nothing": lambda path, _: link(path, "nowhere"),
    "a pipe": lambda path, _: pipe(path),
}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs devices and pipes")
@pytest.mark.parametrize("damage", LOGS)
@pytest.mark.parametrize("stage", ["frozen", "committed"])
def test_a_damaged_log_stops_every_step(stages, tmp_path, stage, damage):
    copy = Path(shutil.copytree(stages[stage], tmp_path / "copy"))
    log = copy / "autumn" / "log.jsonl"
    LOGS[damage](log, log.read_bytes())
    kept = log.read_bytes() if "text" in damage else None
    command, *options = COMMANDS[stage]
    status, said = ended("lottery", command, copy / "draw", *options)
    assert (status, said.count("\n")) == (2, 1), said
    made = copy / "draw" / ("commit.txt" if stage == "frozen" else "sources.txt")
    assert not made.exists()
    assert kept is None or log.read_bytes() == kept, "what is no log is never changed"


def test_a_name_that_steers_the_terminal_is_not_printed(stages, tmp_path):
    draw = tmp_path / "\x1b[2Jdraw"
    shutil.copytree(stages["frozen"] / "draw", draw)
    good = (draw / "freeze.json").read_bytes()
    put(draw / "freeze.json", good.replace(b"test-h", b"\\u001b[2J"))
    status, said = ended("lottery", "check", draw)
    assert status == 1
    assert "\x1b" not in said

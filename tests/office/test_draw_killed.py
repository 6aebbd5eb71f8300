"""A draw whose process is killed, and draws that are tried at the same time."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from enroll.office import draws
from tests.office.draws import SOURCES, make_draw

ROOT = Path(__file__).parents[2]
PAST = "2026-01-01T00:00:00Z"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs processes that are copies")
def test_killed_at_any_moment_a_step_was_carried_out_or_was_not(tmp_path):
    words = [sys.executable, "-m", "tests.office.killing", str(tmp_path)]
    ended = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603 - our own module
    assert ended.returncode == 0, ended.stderr
    said = [line.split() for line in ended.stdout.splitlines()]
    assert [name for name, _, _ in said] == ["freeze", "commit", "draw"]
    assert all(int(calls) > 8 and int(killed) >= int(calls) for _, calls, killed in said)


def test_of_all_who_draw_at_once_one_alone_does(tmp_path):
    _, draw = make_draw(tmp_path, draw_id="test-race", upto="frozen")
    draws.commit(draw, SOURCES[1:], PAST)
    words = [sys.executable, "-m", "enroll", "lottery", "draw", str(draw), "--source"]
    tries = [
        subprocess.Popen([*words, f"{SOURCES[1]}=4081{last}"], stderr=subprocess.PIPE)  # noqa: S603
        for last in range(5)
    ]
    said = [(one.communicate()[1].decode(), one.returncode) for one in tries]
    winners = [last for last, (_, status) in enumerate(said) if status == 0]
    assert len(winners) == 1
    assert (draw / "sources.txt").read_text().endswith(f"=4081{winners[0]}\n")
    assert draws.check_draw(draw).status == 0
    for words, status in said:
        assert status in (0, 2)
        assert not words if status == 0 else "has its draw already" in words

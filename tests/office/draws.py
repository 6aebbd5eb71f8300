"""A small scenario, its draw, and clocks for tests."""

from __future__ import annotations

from enroll.office import draws
from enroll.scenario import write_starter
from tests.chance import steady

BEFORE = "2026-07-10T01:00:00Z"
AFTER = "2026-07-12T13:15:00Z"
LATER = "2026-07-12T14:00:00Z"
SOURCES = ["ssq-2026082", "pl5-2026182"]
VALUES = [("ssq-2026082", "01.07.12.19.22.33+08"), ("pl5-2026182", "40817")]
TWINS = ("sample-05", "sample-06")


def before():
    """Return a moment before the sources have values."""
    return BEFORE


def later():
    """Return a moment after the sources have values."""
    return LATER


def make_scenario(folder):
    """Write the starter scenario, which has twins, into a new folder."""
    return next(path for path in write_starter(folder) if path.suffix == ".toml")


def make_draw(folder, *, draw_id="2026-small", upto="drawn", seed=1):
    """Return a scenario and its draw, as far as asked."""
    scenario, draw = make_scenario(folder / "autumn"), folder / "draw"
    with steady(seed):
        draws.freeze(scenario, draw, draw_id=draw_id, clock=before)
    if upto != "frozen":
        draws.commit(draw, SOURCES, AFTER, clock=before)
    if upto == "drawn":
        draws.draw(draw, VALUES, clock=later)
    return scenario, draw


def use_draw(scenario, draw="../draw"):
    """Let a scenario allocate by a draw."""
    text = scenario.read_text("utf-8")
    seed = next(line for line in text.splitlines() if line.startswith("seed"))
    scenario.write_text(text.replace(seed, f'draw = "{draw}"'), "utf-8")


def change(path, old, new):
    """Change a file once."""
    content = path.read_bytes()
    assert old.encode() in content, (path, old)
    path.write_bytes(content.replace(old.encode(), new.encode(), 1))

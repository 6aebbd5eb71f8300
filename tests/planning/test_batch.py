"""Many scenarios at once: all runs or none, the same bytes as one by one."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.screens import run, starter, starter_text


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def named(folder: str, name: str, **changed: str) -> Path:
    """Return the starter's scenario in a folder under a name of its own."""
    return starter(Path(folder), **changed).rename(Path(folder, f"{name}.toml"))


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.parametrize("option", [(), ("--workers", "1")])
def test_a_run_is_the_same_as_alone(folder: Path, option: tuple[str, ...]) -> None:
    east, west = named("e", "east"), named("w", "west")
    assert run("allocate", east, west, *option).status == 0
    assert run("allocate", east, "-o", "alone").status == 0
    assert files(Path("runs/east")) == files(Path("alone"))


def test_the_table_has_a_line_for_each_and_a_sum(folder: Path) -> None:
    done = run("allocate", named("e", "east"), named("w", "west"), "--workers", "1")
    lines = [line.split() for line in done.out.splitlines()]
    assert [line[0] for line in lines] == ["run", "runs/east", "runs/west", "all"]
    assert [line[1] for line in lines[1:]] == ["12", "12", "24"]
    assert done.err == ""


def test_every_step_is_logged_beside_its_scenario(folder: Path) -> None:
    run("allocate", named("e", "east"), named("w", "west"), "--workers", "1", "--operator", "Li")
    assert '"operator":"Li"' in Path("e/log.jsonl").read_text()
    assert '"west/SHA256SUMS"' in Path("w/log.jsonl").read_text()


def test_one_wrong_scenario_stops_all_and_all_are_named(folder: Path) -> None:
    good = named("a", "good")
    bad = named("b", "bad", schools="school_id,name,lon,lat,classes\nS1,West,1,1,-3\n")
    worse = named("c", "worse", scenario='title = "x"\nyear = 2026\nstage = "senior"\n')
    done = run("allocate", good, bad, worse, "--workers", "1")
    assert (done.status, done.out) == (2, "")
    assert "b/bad.toml" in done.err
    assert "c/worse.toml" in done.err
    assert "Nothing was written: 2 of 3 scenarios" in done.err
    assert not Path("runs").exists()
    assert not Path("a/log.jsonl").exists()


def test_runs_that_exist_are_all_named(folder: Path) -> None:
    scenarios = [named("e", "east"), named("w", "west"), named("n", "north")]
    assert run("allocate", *scenarios[:2], "--workers", "1").status == 0
    done = run("allocate", *scenarios, "--workers", "1")
    assert done.status == 2
    assert done.err.count("exists already") == 2
    assert not Path("runs/north").exists()
    assert run("allocate", *scenarios, "--workers", "1", "--overwrite").status == 0
    assert Path("runs/west.1").exists()


def test_equal_names_are_refused_or_told_apart_by_their_folders(folder: Path) -> None:
    east, west = starter(Path("e")), starter(Path("w"))
    done = run("allocate", east, west)
    assert (done.status, done.out) == (2, "")
    assert "Two scenarios are called scenario" in done.err
    assert run("allocate", east, west, "-o", "all", "--workers", "1").status == 0
    assert sorted(path.name for path in Path("all").iterdir()) == ["e-scenario", "w-scenario"]
    deep = starter(Path("deep/e"))
    assert "would be written to all/e-scenario" in run("allocate", east, deep, "-o", "all").err
    assert "is named twice" in run("allocate", east, "e/../e/scenario.toml").err


def test_strict_looks_at_every_run(folder: Path) -> None:
    calm = named("e", "east")
    full = named("w", "west", schools=starter_text("schools.csv", (",1,180,", ",1,1998,")))
    assert run("allocate", calm, full, "--workers", "1").status == 0
    assert run("allocate", calm, full, "-o", "strict", "--strict", "--workers", "1").status == 1


def test_a_name_that_cannot_stand_in_the_log_stops_all(folder: Path) -> None:
    done = run("allocate", named("e", "east"), named("w", "west"), "--operator", "x" * 101)
    assert done.status == 2
    assert not Path("runs").exists()


def test_an_overwrite_under_a_committed_draw_is_refused(folder: Path) -> None:
    bound = starter_text("scenario.toml")
    seed = next(line for line in bound.splitlines() if line.startswith("seed"))
    drawn = named("d", "drawn", scenario=bound.replace(seed, 'draw = "draw"'))
    done = run("allocate", drawn, named("e", "east"), "--overwrite", "--workers", "1")
    assert done.status == 2
    assert "--overwrite" in done.err
    assert not Path("runs").exists()

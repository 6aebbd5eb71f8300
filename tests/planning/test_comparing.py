"""Scenarios side by side: what is kept, what is run again, and what is refused."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import enroll
from enroll import report
from enroll.errors import InputError, UsageError
from enroll.planning import compare, compare_to, comparing
from enroll.planning.keeping import keep_run, kept_run, key_of
from enroll.planning.years_ahead import outlook_of, scenarios_of_years
from enroll.scenario import LoadedScenario, load
from tests.cli.screens import run, starter
from tests.planning.comparisons import CLOSED, ESTATE, MORE, NEAR, scenarios, with_roll


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note the name of every scenario that is run."""
    names: list[str] = []
    own = comparing._run

    def noted(scenario: LoadedScenario, **words: object) -> object:
        names.append(scenario.name)
        return own(scenario, **words)

    monkeypatch.setattr(comparing, "_run", noted)
    return names


def rows(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(content.decode().splitlines()))


SCREEN = """\
A  scenario  Sample County, primary entrance, autumn 2026 (synthetic)
B  closed    Sample County without its eastern school (synthetic)
C  estate    Sample County with an estate (synthetic)

figure                            A             B           C
applicants                       12            12     15 (+3)
placed                           12            12     15 (+3)
  at a school of their zone      12            12     15 (+3)
unplaced                          0             0           0
classes opened                    3        2 (-1)           3
  above the standard              0             0           0
spare seats to the standard     123      78 (-45)    120 (-3)
spare seats to the limit        153      98 (-55)    150 (-3)
mean way, m                     496    667 (+171)   437 (-59)
median way, m                   525    700 (+175)  350 (-175)
95 in 100 within, m             800  1,400 (+600)         800
farthest way, m                 800  1,400 (+600)         800
far ways                          0             0           0

Who moves, against A            B  C
children who move               3  0
  to a farther school           3  0
children in this one only       0  3

Largest moves
B: 3 from Sample School East to Sample School Centre
C: nobody

The price of the choice between far ways and full classes
A: 0 children have a way of more than 3,000 m; 0 of 3 classes are above the standard, 0 oversized; 0
children have no place.
B: 0 children have a way of more than 3,000 m; 0 of 2 classes are above the standard, 0 oversized; 0
children have no place.
C: 0 children have a way of more than 3,000 m; 0 of 3 classes are above the standard, 0 oversized; 0
children have no place.

comparisons/scenario
"""


def test_the_screen_shows_figures_moves_and_the_price(folder: Path) -> None:
    done = run("compare", *scenarios(folder, closed=CLOSED, estate=ESTATE), "--workers", "1")
    assert done == (0, SCREEN, "")


def test_the_files_say_it_school_by_school(folder: Path) -> None:
    files = compare(scenarios(folder, closed=CLOSED), workers=1).files
    moves = rows(files["moves.csv"])
    assert moves == [
        {"scenario": "closed", "from_school": "S3", "to_school": "S2", "children": "3"}
    ]
    by = {(row["by"], row["value"]): row["children"] for row in rows(files["moves-by.csv"])}
    assert by["zone", "Z3"] == "3"
    schools = {
        (row["scenario"], row["school_id"]): row for row in rows(files["compare-schools.csv"])
    }
    assert schools["closed", "S3"]["placed_difference"] == "-3"
    assert schools["closed", "S2"]["placed_difference"] == "3"
    assert schools["scenario", "S2"]["placed_difference"] == ""
    assert b"." not in files["compare.csv"]


NEW = """\
extends = "scenario.toml"
title   = "Sample County with a new school (synthetic)"

[[change]]
do         = "add_school"
school_id  = "S4"
name       = "New School"
lon        = 112.4
lat        = 29.36
classes    = 2
class_cost = 5
cost       = 100
"""


def test_costs_are_compared_where_they_are_given(folder: Path) -> None:
    paths = scenarios(folder, new=NEW, closed=CLOSED)
    table = folder / "schools.csv"
    head, *lines = table.read_text(encoding="utf-8").splitlines()
    priced = [f"{head},class_cost", *(f"{line},10" for line in lines)]
    table.write_text("\n".join(priced) + "\n", encoding="utf-8")
    found = compare(paths, workers=1)
    assert [side.figures.cost for side in found.sides] == [30, 140, 20]
    told = rows(found.files["compare.csv"])
    differences = [row["difference"] for row in told if row["figure"] == "cost"]
    assert differences == ["", "110", "-10"]


def test_many_scenarios_are_shown_in_blocks_beside_the_first(folder: Path) -> None:
    others = {f"s{number}": NEAR for number in range(6)}
    done = run("compare", *scenarios(folder, **others), "--workers", "1")
    heads = [line.split()[1:] for line in done.out.splitlines() if line.startswith("figure")]
    assert heads == [["A", "B", "C", "D", "E"], ["A", "F", "G"]]


def test_a_second_call_runs_nothing_and_says_the_same(folder: Path, asked: list[str]) -> None:
    paths = scenarios(folder, closed=CLOSED, more=MORE)
    first = compare(paths, workers=1)
    assert asked == ["scenario", "closed", "more"]
    again = compare(paths, workers=1)
    assert len(asked) == 3
    assert again.files == first.files


def test_a_changed_scenario_is_run_again_alone(folder: Path, asked: list[str]) -> None:
    paths = scenarios(folder, closed=CLOSED, more=MORE)
    compare(paths, workers=1)
    asked.clear()
    paths[2].write_text(MORE.replace("classes   = 2", "classes   = 3"), encoding="utf-8")
    compare(paths, workers=1)
    assert asked == ["more"]


def test_a_changed_byte_of_a_table_runs_every_scenario_that_reads_it(
    folder: Path, asked: list[str]
) -> None:
    own = 'extends = "scenario.toml"\n[files]\nschools = "own.csv"\n'
    paths = scenarios(folder, own=own)
    schools = folder / "schools.csv"
    (folder / "own.csv").write_bytes(schools.read_bytes())
    compare(paths, workers=1)
    asked.clear()
    (folder / "own.csv").write_bytes(schools.read_bytes().replace(b"West", b"Vest"))
    compare(paths, workers=1)
    assert asked == ["own"]


def test_a_kept_run_that_was_touched_is_run_again(folder: Path, asked: list[str]) -> None:
    paths = scenarios(folder, closed=CLOSED)
    first = compare(paths, workers=1)
    kept = Path("comparisons/kept") / first.sides[1].key
    (kept / "allocation.csv").write_text("nothing")
    asked.clear()
    assert compare(paths, workers=1).files == first.files
    assert asked == ["closed"]
    (kept / "SHA256SUMS").unlink()
    assert compare(paths, workers=1).files == first.files
    assert asked == ["closed", "closed"]


def test_a_run_that_another_command_kept_meanwhile_is_as_good(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = dict(enroll.allocate(load(starter(folder))).files)
    write = report.write_run

    def late(target: Path, content: dict[str, bytes], **_: object) -> None:
        write(target, content)
        raise UsageError("exists already")

    monkeypatch.setattr(report, "write_run", late, raising=False)
    keep_run(Path("kept"), "key", files, "en")
    assert kept_run(Path("kept"), "key") == files


def test_a_place_where_nothing_can_be_kept_is_said(folder: Path) -> None:
    (folder / "file").write_text("")
    with pytest.raises(UsageError, match="could not be written"):
        compare(scenarios(folder, near=NEAR), kept="file", workers=1)


def test_workers_change_nothing(folder: Path) -> None:
    paths = scenarios(folder, closed=CLOSED, more=MORE)
    one = compare(paths, kept="one", workers=1).files
    two = compare(paths, kept="two", workers=2).files
    assert one == two


def test_the_order_of_rows_changes_nothing_but_the_hashes(folder: Path) -> None:
    first = compare(scenarios(folder / "a", closed=CLOSED), workers=1).files
    paths = scenarios(folder / "b", closed=CLOSED)
    table = folder / "b" / "applicants.csv"
    head, *lines = table.read_text(encoding="utf-8").splitlines()
    table.write_text("\n".join([head, *reversed(lines)]) + "\n", encoding="utf-8")
    other = compare(paths, workers=1).files
    same = set(first) - {"compare.json", "SHA256SUMS"}  # the key of a run holds input hashes
    assert {name: other[name] for name in same} == {name: first[name] for name in same}


def test_a_missing_file_is_another_content_than_an_empty_one(folder: Path) -> None:
    path = starter(folder)
    keys = [key_of(load(path), None)]
    (folder / "applicants.csv").write_bytes(b"")
    keys.append(key_of(load(path), None))
    (folder / "applicants.csv").unlink()
    keys.append(key_of(load(path), None))
    assert len(set(keys)) == 3
    assert key_of(load(path), "zh") not in keys


def test_parts_of_a_map_and_folders_count_too(folder: Path) -> None:
    path = starter(folder)
    text = path.read_text(encoding="utf-8").replace("zones.geojson", "map.shp")
    path.write_text(text, encoding="utf-8")
    (folder / "map.shp").write_bytes(b"1")
    (folder / "map.dbf").write_bytes(b"1")
    before = key_of(load(path), None)
    (folder / "map.dbf").write_bytes(b"2")
    assert key_of(load(path), None) != before
    path.write_text(text.replace("[files]", '[files]\nother_stage = "other"'), encoding="utf-8")
    (folder / "other").mkdir()
    before = key_of(load(path), None)
    (folder / "other" / "SHA256SUMS").write_bytes(b"")
    assert key_of(load(path), None) != before


def test_everything_that_is_wrong_is_said_at_once(folder: Path) -> None:
    paths = scenarios(
        folder,
        bad=CLOSED.replace('"S3"', '"S9"'),
        worse='extends = "scenario.toml"\n[limits]\nfar = 1\n',
    )
    (folder / "schools.csv").write_text("school_id,name,lon,lat,classes\nS1,West,1,1,-3\n")
    done = run("compare", *paths, "--workers", "1")
    assert (done.status, done.out) == (2, "")
    assert "SETTING_UNKNOWN" in done.err
    assert "schools.csv" in done.err
    assert not Path("comparisons").exists()
    with pytest.raises(InputError) as caught:
        compare(paths[:2], workers=1)
    found = list(caught.value.problems)
    assert all(found.count(problem) == 1 for problem in found)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('extends = "scenario.toml"\nyear = 2027\n', "one stage and one school year"),
        ('extends = "scenario.toml"\nstage = "junior"\n', "one stage and one school year"),
    ],
)
def test_other_years_and_stages_are_not_compared(folder: Path, text: str, said: str) -> None:
    done = run("compare", *scenarios(folder, other=text))
    assert done.status == 2
    assert said in done.err


def test_one_scenario_or_one_name_twice_is_refused(folder: Path) -> None:
    path = starter(folder)
    assert "needs two scenarios" in run("compare", path).err
    other = starter(folder / "b")
    assert "Two scenarios are called scenario" in run("compare", path, other).err
    with pytest.raises(UsageError, match="needs two"):
        enroll.compare([])
    with pytest.raises(UsageError, match="needs two"):
        compare_to([])


def test_a_folder_that_exists_is_refused_or_kept(folder: Path) -> None:
    paths = scenarios(folder, near=NEAR)
    assert run("compare", *paths, "--workers", "1").status == 0
    assert "exists already" in run("compare", *paths).err
    assert run("compare", *paths, "--workers", "1", "--overwrite").status == 0
    assert Path("comparisons/scenario.1").is_dir()


def ahead(files: dict[str, bytes]) -> dict[tuple[str, str, str, str], dict[str, str]]:
    return {
        (row["scenario"], row["year"], row["school_id"], row["grade"]): row
        for row in rows(files["compare-years.csv"])
    }


def test_the_first_scenario_goes_on_as_forecast(folder: Path) -> None:
    paths = with_roll(folder, near=NEAR)
    told = rows(compare(paths, workers=1, years="2026-2028").files["compare-years.csv"])
    assert enroll.forecast is not None
    forecast = rows(enroll.forecast(load(paths[0]), 3).files["forecast.csv"])
    first = [{**row} for row in told if row.pop("scenario") == "scenario"]
    assert first == forecast


def test_a_comparison_without_a_roll_is_refused_before_anything_runs(
    folder: Path, asked: list[str]
) -> None:
    done = run("compare", *scenarios(folder, near=NEAR), "--years", "2026")
    assert done.status == 2
    assert "FILE_NOT_NAMED" in done.err
    assert asked == []


def test_a_notebook_can_write_it(folder: Path) -> None:
    found = compare(scenarios(folder, near=NEAR), workers=1)
    assert found.write("here") is None
    assert (folder / "here" / "SHA256SUMS").is_file()


def test_the_years_keep_their_sums_when_a_school_closes(folder: Path) -> None:
    files = compare(with_roll(folder, closed=CLOSED), workers=1, years="2026-2028").files
    told = ahead(files)
    assert not any(key[0] == "closed" and key[2] == "S3" for key in told)
    for year in ("2026", "2028"):
        for grade in map(str, range(1, 7)):
            sums = {
                name: sum(
                    int(row["pupils"])
                    for key, row in told.items()
                    if (key[0], key[1], key[3]) == (name, year, grade)
                )
                for name in ("scenario", "closed")
            }
            assert sums["scenario"] == sums["closed"]


def test_an_estate_fills_by_its_occupancy(folder: Path) -> None:
    told = ahead(compare(with_roll(folder, estate=ESTATE), workers=1, years="2026-2028").files)
    more = {
        (year, grade): sum(
            int(row["pupils"]) * (1 if key[0] == "estate" else -1)
            for key, row in told.items()
            if (key[1], key[3]) == (year, grade)
        )
        for year in ("2026", "2027", "2028")
        for grade in ("1", "2", "3")
    }
    assert more["2026", "1"] == 3
    assert more["2027", "1"] == 3
    assert more["2028", "1"] == 6
    assert more["2026", "2"] == 2  # 1.5, halves up
    assert more["2028", "2"] == 3
    assert more["2028", "3"] == 0


def test_an_estate_of_later_years_goes_where_its_zone_goes(folder: Path) -> None:
    later = ESTATE.replace("delivered      = 2026", "delivered      = 2027")
    later = later.replace("{2026 = 50, 2028 = 100}", "{2027 = 100}")
    told = ahead(compare(with_roll(folder, later=later), workers=1, years="2026-2027").files)
    first, other = (int(told[name, "2027", "S1", "1"]["pupils"]) for name in ("scenario", "later"))
    assert other - first == 6


def test_a_later_year_has_its_children_and_its_full_estate(folder: Path) -> None:
    paths = with_roll(folder, estate=ESTATE)
    loaded = [load(path) for path in paths]
    outlook = outlook_of(loaded[0], (2026, 2028), "en")
    first, other = scenarios_of_years(outlook, loaded)
    assert list(first) == list(other) == [2027, 2028]
    entrants = outlook.told.expected[:, :, 0].sum(axis=1)
    county = round(entrants[2] / entrants[0], 3)
    scaled = first[2028].settings.change
    assert [change.zones for change in scaled] == [(), ("Z1",), ("Z2",), ("Z3",)]
    assert scaled[0].factor == county > 1
    assert other[2028].settings.change[0].pupils(1, 2026) == 6
    assert first[2028].settings.lottery == loaded[0].settings.lottery


def test_demand_is_scaled_for_those_who_enter_from_then_on(folder: Path) -> None:
    scaled = 'extends = "scenario.toml"\n[[change]]\ndo = "scale_demand"\nfactor = 2.0\n'
    told = ahead(compare(with_roll(folder, twice=scaled), workers=1, years="2026").files)
    before, after = (int(told[name, "2026", "S2", "1"]["pupils"]) for name in ("scenario", "twice"))
    assert abs(after - 2 * before) <= 1
    assert (
        told["twice", "2026", "S2", "2"]["pupils"] == told["scenario", "2026", "S2", "2"]["pupils"]
    )


@pytest.mark.parametrize(
    ("years", "said"),
    [
        ("soon", "no year and no span"),
        ("2028-2026", "no year and no span"),
        ("2025-2027", "not within 2026 to 2040"),
        ("2026-2041", "not within 2026 to 2040"),
    ],
)
def test_years_that_cannot_be_are_refused(folder: Path, years: str, said: str) -> None:
    done = run("compare", *with_roll(folder, near=NEAR), "--workers", "1", "--years", years)
    assert done.status == 2
    assert said in done.err


def test_the_first_must_be_the_county_as_it_is(folder: Path) -> None:
    paths = with_roll(folder, closed=CLOSED)
    done = run("compare", paths[1], paths[0], "--years", "2026")
    assert done.status == 2
    assert "name its base first" in done.err


def test_the_screen_of_the_years_names_the_schools_that_change_most(folder: Path) -> None:
    paths = with_roll(folder, closed=CLOSED)
    done = run("compare", *paths, "--workers", "1", "--years", "2026-2027")
    lines = [" ".join(line.split()) for line in done.out.splitlines()]
    assert "A Sample School East 45 35 37" in lines
    assert "B Sample School Centre 45 60 64" in lines

"""`enroll open-classes` as a planner sees it, word for word."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.cli.screens import Screen, run, starter, starter_text


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def schools(*extra: str) -> str:
    """Return the starter's schools with a header and a value for each of them at the end."""
    lines = starter_text("schools.csv").splitlines()
    words = extra or [""] * len(lines)
    return "".join(f"{line}{word}\n" for line, word in zip(lines, words, strict=True))


def opened(*words: str, planning: str = "", **changed: str) -> Screen:
    """Run the command on the starter, with other tables and `[planning]` where given."""
    text = starter_text("scenario.toml") + f"\n[planning]\n{planning}\n"
    starter(Path("county"), scenario=text, **changed)
    return run("open-classes", "county/scenario.toml", *words)


SCREEN = """\
Sample County, primary entrance, autumn 2026 (synthetic)

school                   planned  to open  seats used  largest  why
S1 Sample School West          1        1           4        4  as planned
S2 Sample School Centre        1        1           5        5  as planned
S3 Sample School East          1        1           3        3  as planned
all schools                    3        3          12        5

Goals in their order; a gap of 0 proves that nothing better is possible:
  Children without a place: 0 of 12 (bound 0, gap 0)
  Ways in all: 5,950 m, 495 m for each child (bound 5,950 m, gap 0 m)
  Entry classes: 3 (bound 3, gap 0)

More classes for shorter ways; no plan is better in both than one of these:
classes  ways in all  saved by the last class
      1     15,950 m
      2      8,300 m                  7,650 m
      3      5,950 m                  2,350 m

openings/scenario
"""


def test_screen_of_short_ways_and_all_pairs() -> None:
    assert opened("--goal", "metres,classes", "--frontier") == Screen(0, SCREEN, "")


FEWEST = """\
school                   planned  to open  seats used  largest  why
S1 Sample School West          1        0           0        0  none needed
S2 Sample School Centre        1        0           0        0  none needed
S3 Sample School East          1        1          12       12  as planned
all schools                    3        1          12       12
"""


def test_screen_of_fewest_classes() -> None:
    screen = opened()
    assert screen.status == 0
    assert FEWEST in screen.out


def test_chinese_asks_the_catalogue_for_every_sentence() -> None:
    assert opened("--lang", "zh").status == 0


def test_the_folder() -> None:
    assert opened("-o", "out", "--frontier").status == 0
    with Path("out/open-classes.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [(row["school_id"], row["classes"], row["why"]) for row in rows] == [
        ("S1", "0", "none"),
        ("S2", "0", "none"),
        ("S3", "1", "as_planned"),
    ]
    content = json.loads(Path("out/open-classes.json").read_text(encoding="utf-8"))
    assert [each["gap"] for each in content["reached"]] == [0, 0, 0]
    assert content["frontier"][0] == [1, 15950]


def test_too_few_teachers_for_the_children_are_named() -> None:
    screen = opened(
        "--strict", planning="teachers = 1", schools=schools(",class_standard", ",5", ",6", ",7")
    )
    assert screen.status == 1
    assert "want of teachers or money, not of rooms: 5." in screen.out
    assert "takes 2 entry classes in all. [OPENING_TEACHERS_SHORT]" in screen.out


SIZES = ",class_standard,class_limit"
TINY = (SIZES, ",2,3", ",2,3", ",2,3")


@pytest.mark.parametrize(
    ("seats", "left", "code"),
    [("standard", 6, "OPENING_OVERLOAD"), ("limit", 3, "OPENING_OVERLOAD_AT_LIMIT")],
)
def test_too_few_rooms_are_named(seats: str, left: int, code: str) -> None:
    screen = opened("--seats", seats, schools=schools(*TINY))
    assert f"Children without a place: {left} of 12 (bound {left}, gap 0)" in screen.out
    assert f"[{code}]" in screen.out.replace("\n     ", " ")
    assert "full, all rooms" in screen.out


NEXT = ",next_entry,mixed"


def test_next_year_holds_back() -> None:
    given = schools(NEXT, ",0,", ",0,", ",53,0")
    screen = opened("--years", "2", "--goal", "metres,classes", schools=given)
    assert "2        2  as planned; full, for next year" in screen.out
    warnings = Path("openings/scenario/warnings.csv").read_text(encoding="utf-8-sig")
    assert "OPENING_HELD_BACK" in warnings
    content = json.loads(Path("openings/scenario/open-classes.json").read_text(encoding="utf-8"))
    assert content["asked"]["years"] == 2


def test_one_year_holds_nobody_back_for_the_next() -> None:
    opened(schools=schools(NEXT, ",0,", ",0,", ",53,0"))
    warnings = Path("openings/scenario/warnings.csv").read_text(encoding="utf-8-sig")
    assert "OPENING_HELD_BACK" not in warnings


OVERRIDES = "applicant_id,school_id,reason,authority,date\n" + "".join(
    f"sample-{number:02},S3,near,board,2026-07-20\n" for number in (1, 2, 3, 4)
)


def test_decisions_that_pass_a_limit_are_named() -> None:
    text = starter_text("scenario.toml", ("# overrides = ", "overrides = "))
    small = ",next_entry,mixed,class_standard,class_limit"
    given = schools(small, ",0,,,", ",0,,,", ",2,0,3,3")
    scenario = starter(Path("county"), scenario=text, schools=given)
    Path("county/overrides.csv").write_text(OVERRIDES, encoding="utf-8")
    screen = run("open-classes", scenario, "--years", "2")
    assert screen.status == 0
    assert "[OPENING_OVER_LIMIT]" in screen.out
    warnings = Path("openings/scenario/warnings.csv").read_text(encoding="utf-8-sig")
    assert "FUTURE_BREACH" in warnings


def test_a_child_without_any_way_is_named() -> None:
    # sample-12 accepts no redirect, and its zone's school has no room.
    screen = opened(schools=schools().replace(",1,96,", ",0,96,"))
    assert "Children without a place: 1 of 12" in screen.out
    assert "Children who may go to no school: 1. [OPENING_NO_WAY]" in screen.out


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("--goal", "classes"), "--goal classes is neither classes,metres nor metres,classes."),
        (("--goal", "a,b"), "--goal a,b is neither"),
        (("--years", "3"), "--years 3 is neither 1 nor 2."),
        (("--seats", "all"), "Invalid value for '--seats'"),
    ],
    ids=" ".join,
)
def test_bad_words_end_with_2(words: tuple[str, ...], complaint: str) -> None:
    screen = opened(*words)
    assert screen.status == 2
    assert complaint in screen.err


@pytest.mark.parametrize(
    ("planning", "extra", "code"),
    [
        ("budget = 5", (), "CLASS_COST_MISSING"),
        ("teachers = 1", (",reserved,reserved_for", ",2,a", ",2,a", ",2,a"), "TEACHERS_TOO_FEW"),
        (
            "budget = 5",
            (
                ",reserved,reserved_for,rooms,class_standard,class_cost",
                *(",3,a,2,2,9", ",0,,1,2,9", ",0,,1,2,9"),
            ),
            "OPENING_BUDGET_SHORT",
        ),
    ],
    ids=str,
)
def test_what_cannot_be_planned_ends_with_2(
    planning: str, extra: tuple[str, ...], code: str
) -> None:
    screen = opened(planning=planning, schools=schools(*extra))
    assert (screen.status, code in screen.out + screen.err) == (2, True)


def test_no_room_at_all_ends_with_2() -> None:
    table = schools().replace(",1,180,", ",0,180,").replace(",1,205,", ",0,205,")
    screen = opened(schools=table.replace(",1,96,", ",0,96,"))
    assert screen.status == 2
    assert "NO_CLASSES" in screen.out + screen.err


def test_problems_of_the_tables_are_named_first() -> None:
    broken = schools().replace("112.395", "west")
    screen = opened(schools=broken)
    assert screen.status == 2
    assert "schools.csv" in screen.out + screen.err


def test_an_earlier_folder_is_kept() -> None:
    assert opened().status == 0
    assert opened().status == 2
    assert opened("--overwrite").status == 0

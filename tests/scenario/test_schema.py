"""What the settings accept, and what they refuse with which code."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest
from pydantic import ValidationError

from enroll.scenario import load
from enroll.scenario.schema import Condition, Files, Group, Limits, Round, Scenario
from tests.scenario.texts import LEAST, problems, refused, written

if TYPE_CHECKING:
    from pathlib import Path


def condition(value: object) -> Condition:
    entry = Group.model_validate({"id": "A", "when": {"fact": value}})
    assert entry.when is not None
    return entry.when["fact"]


@pytest.mark.parametrize(
    ("value", "texts"),
    [
        ("own", ("own",)),
        (["own", "rent"], ("own", "rent")),
        (12, ("12",)),
        (date(2024, 9, 1), ("2024-09-01",)),
        ({"values": ["own"]}, ("own",)),
    ],
)
def test_a_condition_may_be_a_value_or_a_list(value: object, texts: tuple[str, ...]) -> None:
    assert condition(value).values == texts


def test_a_condition_may_be_bounds() -> None:
    assert condition({"min": 12, "max": 24}) == Condition(min=12, max=24)
    bounds = {"min": date(2020, 1, 1), "before": date(2021, 1, 1)}
    assert condition(bounds).before == date(2021, 1, 1)
    assert condition(Condition(after=date(2020, 1, 1))).after == date(2020, 1, 1)


@pytest.mark.parametrize(
    ("when", "code"),
    [
        ("{}", "CONDITION_EMPTY"),
        ("[]", "CONDITION_EMPTY"),
        ("true", "SETTING_NEEDS_CONDITION"),
        ("[1.5]", "SETTING_NEEDS_CONDITION"),
        ("[['own']]", "SETTING_NEEDS_CONDITION"),
        ("2024-09-01T00:00:00", "SETTING_NEEDS_CONDITION"),
        ("0x1ffffffffffffffffffffffff", "SETTING_NEEDS_CONDITION"),
        ("{min = 3, before = 2024-09-01}", "CONDITION_MIXED"),
        ("{min = 2, max = 1}", "CONDITION_NEVER"),
        ("{after = 2024-09-01, before = 2024-09-02}", "CONDITION_NEVER"),
        ("{min = 2024-09-01, before = 2024-09-01}", "CONDITION_NEVER"),
        ("{after = 9999-12-31}", None),
        ("{min = 2024-09-01, before = 2024-09-02}", None),
        ("{min = 1, max = 1}", None),
    ],
)
def test_a_condition_can_hold(tmp_path: Path, when: str, code: str | None) -> None:
    text = f'[[group]]\nid = "A"\nwhen.fact = {when}\n'
    if code is None:
        assert load(written(tmp_path, LEAST + text)).settings.group[0].when
    else:
        assert refused(tmp_path, text) == [(code, "[[group]] 1 when.fact")]


@pytest.mark.parametrize(
    ("when", "code"),
    [
        ('"12"', "SETTING_NEEDS_NUMBER_OR_DATE"),
        ("2024-09-01T00:00:00", "SETTING_NEEDS_NUMBER_OR_DATE"),
        ("1_000_000_000_001", "SETTING_TOO_LARGE"),
    ],
)
def test_a_bound_is_a_number_or_a_date(tmp_path: Path, when: str, code: str) -> None:
    text = f'[[group]]\nid = "A"\nwhen.fact = {{min = {when}}}\n'
    assert refused(tmp_path, text) == [(code, "[[group]] 1 when.fact.min")]


def test_groups_by_column_have_one_entry_each(tmp_path: Path) -> None:
    text = '[[group]]\nid = "A"\n[[group]]\nid = "B"\n[[group]]\nid = "A"\n'
    assert refused(tmp_path, text) == [("GROUP_TWICE", "group")]


def test_groups_with_one_id_mean_or(tmp_path: Path) -> None:
    text = "".join(f'[[group]]\nid = "{name}"\nwhen = {{}}\n' for name in "ABA")
    assert len(load(written(tmp_path, LEAST + text)).settings.group) == 3


@pytest.mark.parametrize(
    ("lines", "code", "key"),
    [
        ('order = ["group", "group"]', "ROUND_ORDER_REPEATS", " order"),
        ('order = ["lottery", "group"]', "ROUND_LOTTERY_NOT_LAST", " order"),
        ('order = "group"', "SETTING_NEEDS_LIST", " order"),
        ('order = ["grades"]', "SETTING_NOT_ONE_OF", " order"),
        ("max_m = 5000", "ROUND_KEY_UNUSED", ""),
        ('goal = "farthest"', "ROUND_KEY_UNUSED", ""),
        ('sectors = ["private"]', "ROUND_KEY_UNUSED", ""),
    ],
)
def test_a_zone_round_is_refused(tmp_path: Path, lines: str, code: str, key: str) -> None:
    text = f'[[round]]\nid = "z"\nrule = "zone"\n{lines}\n'
    assert refused(tmp_path, text) == [(code, f"[[round]] 1{key}")]


def test_the_lottery_may_be_named_last() -> None:
    Round.model_validate({"id": "z", "rule": "zone", "order": ["group", "lottery"]})


def test_rounds_are_told_apart(tmp_path: Path) -> None:
    one = '[[round]]\nid = "{}"\nrule = "{}"\n'
    assert refused(tmp_path, one.format("z", "zone") * 2) == [("ROUND_TWICE", "round")]
    late = one.format("z", "zone") + one.format("named", "fixed")
    assert refused(tmp_path, late) == [("ROUND_FIXED_NOT_FIRST", "round")]
    taken = one.format("fixed", "zone")
    assert refused(tmp_path, taken) == [("ROUND_ID_RESERVED", "[[round]] 1")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('[travel]\nmode = "matrix"\n', "TRAVEL_MATRIX_MISSING"),
        ('[travel]\nmatrix = "ways.csv"\n', "TRAVEL_MATRIX_UNUSED"),
        ('[travel]\nmode = "matrix"\nmatrix = "a"\n[files]\ntravel = "b"\n', "TRAVEL_MATRIX_TWICE"),
    ],
)
def test_a_matrix_is_named_once_and_used(tmp_path: Path, text: str, code: str) -> None:
    assert refused(tmp_path, text) == [(code, "")]


@pytest.mark.parametrize(
    ("text", "code", "key"),
    [
        ("[limits]\nclass_limit = 44\n", "LIMIT_BELOW_STANDARD", "limits"),
        ("[limits]\nclass_limit = 0\n", "SETTING_TOO_SMALL", "[limits] class_limit"),
        ("[limits]\nfar_m = 1.5\n", "SETTING_NEEDS_WHOLE_NUMBER", "[limits] far_m"),
        ("[limits]\nfar_m = true\n", "SETTING_NEEDS_WHOLE_NUMBER", "[limits] far_m"),
        ("limits = 3\n", "SETTING_NEEDS_TABLE", "limits"),
        ("age = 3\n", "SETTING_NEEDS_TABLE", "age"),
        ("[age]\nearliest_birth = 2021-01-01\n", "AGE_BOUNDS_CROSSED", "age"),
        ('[age]\nlatest_birth = "2020-08-31"\n', "SETTING_NEEDS_DATE", "[age] latest_birth"),
        ("[age]\nlatest_birth = 2020-08-31T10:00:00\n", "SETTING_NEEDS_DATE", "[age] latest_birth"),
        ('[age]\nwaive = ["favour"]\n', "SETTING_NOT_ONE_OF", "[age] waive"),
        ("[files]\nschools = 3\n", "SETTING_NEEDS_PATH", "[files] schools"),
        ('[files]\nschools = ""\n', "SETTING_TEXT_EMPTY", "[files] schools"),
        ('[files]\nschools = {sheet = "1"}\n', "SETTING_MISSING", "[files.schools] path"),
        ('[files]\nschools = "a\\u0000"\n', "SETTING_CONTROL_CHARACTER", "[files] schools"),
        (f'language = "{"x" * 99}"\n', "SETTING_NOT_ONE_OF", "language"),
        ('[coordinates]\nschools = "WGS"\n', "SETTING_NOT_A_COORDINATE_SYSTEM",
         "[coordinates] schools"),
        ('[coordinates]\nmetric_crs = "utm"\n', "SETTING_NOT_A_METRIC_CRS",
         "[coordinates] metric_crs"),
        ('[lottery]\nseed = "12"\n', "SETTING_NOT_A_SEED", "[lottery] seed"),
        (f'[lottery]\nseed = "{"A" * 64}"\n', "SETTING_NOT_A_SEED", "[lottery] seed"),
        ('[columns.pupils]\nname = "x"\n', "SETTING_NOT_A_TABLE", "[columns] pupils"),
        ("[columns]\nschools = 3\n", "SETTING_NEEDS_TABLE", "[columns] schools"),
        ("[values.schools.kind]\nfull = 3\n", "SETTING_NEEDS_TEXT", "[values.schools.kind] full"),
        ('[[group]]\nid = "A B"\n', "SETTING_NOT_A_NAME", "[[group]] 1 id"),
        (f'[[group]]\nid = "A"\nname = "{"x" * 201}"\n', "SETTING_TEXT_TOO_LONG",
         "[[group]] 1 name"),
        ("group = [3]\n", "SETTING_NEEDS_TABLE", "[[group]] 1"),
    ],
)  # fmt: skip
def test_a_value_is_refused(tmp_path: Path, text: str, code: str, key: str) -> None:
    assert refused(tmp_path, text) == [(code, key)]


@pytest.mark.parametrize("year", ["2026.0", '"2026"', "true", "1989", "2101"])
def test_the_year_is_a_whole_number_in_range(tmp_path: Path, year: str) -> None:
    (problem,) = problems(written(tmp_path, LEAST.replace("2026", year)))
    assert problem.column == "year"


def test_settings_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        Limits().far_m = 1  # type: ignore[misc]


def test_a_file_is_a_path_or_a_table() -> None:
    plain = Files.model_validate({"schools": "a.csv"})
    assert plain == Files.model_validate({"schools": {"path": "a.csv"}})


def test_settings_return_from_their_own_dump(tmp_path: Path) -> None:
    text = '[files]\nschools = "s.csv"\n[[group]]\nid = "A"\nwhen = {a = {min = 2020-01-01}}\n'
    settings = load(written(tmp_path, LEAST + text)).settings
    assert Scenario.model_validate(settings.model_dump()) == settings

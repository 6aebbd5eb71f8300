"""Loading: defaults, every problem at once, and what names them."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from datetime import date
from typing import TYPE_CHECKING

import pytest

import enroll.scenario
from enroll.notices import KINDS, message_of, remedy_of
from enroll.scenario import load
from enroll.scenario.changes import KINDS as CHANGES
from enroll.scenario.refusals import PLACES
from enroll.scenario.schema import Settings
from tests.scenario.texts import LEAST, problems, refused, written

if TYPE_CHECKING:
    from pathlib import Path


def test_a_primary_scenario_gets_the_defaults_of_its_stage(tmp_path: Path) -> None:
    settings = load(written(tmp_path, LEAST)).settings
    assert (settings.limits.class_standard, settings.limits.class_limit) == (45, 55)
    assert settings.limits.school_limit == 2000
    assert settings.age.latest_birth == date(2020, 8, 31)


def test_a_junior_scenario_gets_the_defaults_of_its_stage(tmp_path: Path) -> None:
    settings = load(written(tmp_path, LEAST.replace("primary", "junior"))).settings
    assert (settings.limits.class_standard, settings.limits.class_limit) == (50, 55)
    assert settings.age.latest_birth is None


def test_what_the_file_says_comes_before_a_default(tmp_path: Path) -> None:
    text = "[limits]\nclass_standard = 40\n[age]\nlatest_birth = 2020-12-31\n"
    settings = load(written(tmp_path, LEAST.replace("primary", "junior") + text)).settings
    assert settings.limits.class_standard == 40
    assert settings.age.latest_birth == date(2020, 12, 31)


def test_limits_are_checked_as_they_will_hold(tmp_path: Path) -> None:
    text = LEAST.replace("primary", "junior") + "[limits]\nclass_limit = 48\n"
    (problem,) = problems(written(tmp_path, text))
    assert problem.params == {"limit": 48, "standard": 50}


def test_without_rounds_there_are_five(tmp_path: Path) -> None:
    rounds = load(written(tmp_path, LEAST + "[limits]\nfar_m = 4000\n")).settings.round
    assert [(one.id, one.rule, one.seats, one.max_m) for one in rounds] == [
        ("fixed", "fixed", "standard", None),
        ("zone", "zone", "standard", None),
        ("redirect", "redirect", "standard", 4000),
        ("stretch", "redirect", "limit", 4000),
        ("reach", "redirect", "limit", None),
    ]


@pytest.mark.parametrize("first", ["", '[[round]]\nid = "named"\nrule = "fixed"\n'])
def test_fixed_placements_always_come_first(tmp_path: Path, first: str) -> None:
    text = LEAST + first + '[[round]]\nid = "z"\nrule = "zone"\n'
    rounds = load(written(tmp_path, text)).settings.round
    assert [one.rule for one in rounds] == ["fixed", "zone"]


def test_a_matrix_stands_in_both_its_places(tmp_path: Path) -> None:
    text = '[travel]\nmode = "matrix"\nmatrix = "ways.csv"\n'
    settings = load(written(tmp_path, LEAST + text)).settings
    assert settings.files.travel == settings.travel.matrix
    assert settings.travel.matrix is not None


def test_a_scenario_knows_its_folder_name_and_source(tmp_path: Path) -> None:
    path = written(tmp_path, LEAST, "county-2026.toml")
    loaded = load(str(path))
    (source,) = loaded.sources
    assert (loaded.folder, loaded.name, loaded.changes) == (tmp_path, "county-2026", ())
    assert source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (source.role, source.name) == ("scenario", "county-2026.toml")


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    text = 'tilte = "T"\nyear = "2026"\n[limits]\nfar = 1\nclass_limit = 0\n[[round]]\nid = "a"\n'
    found = problems(written(tmp_path, text))
    assert sorted((one.code, one.column) for one in found) == [
        ("SETTING_MISSING", "[[round]] 1 rule"),
        ("SETTING_MISSING", "stage"),
        ("SETTING_MISSING", "title"),
        ("SETTING_NEEDS_WHOLE_NUMBER", "year"),
        ("SETTING_TOO_SMALL", "[limits] class_limit"),
        ("SETTING_UNKNOWN_NEAR", "[limits] far"),
        ("SETTING_UNKNOWN_NEAR", "tilte"),
    ]


def test_an_unknown_key_does_not_hide_a_broken_rule(tmp_path: Path) -> None:
    found = refused(tmp_path, "[limits]\nfarr_m = 1\nclass_limit = 30\n")
    assert [code for code, _ in found] == ["SETTING_UNKNOWN_NEAR", "LIMIT_BELOW_STANDARD"]


@pytest.mark.parametrize(
    ("text", "message", "remedy"),
    [
        (
            "[limits]\nclas_limit = 50\n",
            "There is no setting of this name; the nearest is `class_limit`.",
            "Write `class_limit`, or take the line out.",
        ),
        (
            "extend = 3\n",
            "There is no setting of this name; the nearest is `extends`.",
            "Write `extends`, or take the line out.",
        ),
        (
            "[lottery]\nzzz = 3\n",
            "There is no setting of this name.",
            "Take it out; known here: seed and draw.",
        ),
        (
            "[lottery]\nround_m = 3\n",
            "This setting does not belong here; its place is [travel].",
            "Move the line there; a key belongs to the last table header above it.",
        ),
        (
            '[lottery]\nlanguage = "zh"\n',
            "This setting does not belong here; its place is the top of the file.",
            "Move the line there; a key belongs to the last table header above it.",
        ),
        (
            '[[group]]\nid = "A"\nwhen.fact = {mix = 3}\n',
            "There is no setting of this name; the nearest is `min`.",
            "Write `min`, or take the line out.",
        ),
    ],
)
def test_an_unknown_key_is_told_with_its_neighbour(
    tmp_path: Path, text: str, message: str, remedy: str
) -> None:
    problem = problems(written(tmp_path, LEAST + text))[0]
    assert message_of(problem, "en") == message
    assert remedy_of(problem, "en") == remedy


@pytest.mark.parametrize(
    ("text", "setting"),
    [
        ('[travel]\nmode = "streets"\n', 'mode = "streets"'),
        ('[[round]]\nid = "c"\nrule = "choice"\n', 'rule = "choice"'),
        ('[files]\nbarriers = "rivers.geojson"\n', "barriers"),
    ],
)
def test_what_a_later_version_will_know_is_named(tmp_path: Path, text: str, setting: str) -> None:
    (problem,) = problems(written(tmp_path, LEAST + text))
    sentence = f"`{setting}` is not supported in this version of enroll."
    assert message_of(problem, "en") == sentence


@pytest.mark.parametrize(
    ("value", "shown"),
    [("true", "true"), ("1.5", "1.5"), ("2026-01-01", "2026-01-01"), ("[1]", ""), ('"x"', "x"),
     ("0x" + "f" * 9000, ""), (f'"{"x" * 99}"', "x" * 39 + "…")],
)  # fmt: skip
def test_a_refused_value_is_shown_short(tmp_path: Path, value: str, shown: str) -> None:
    problem = problems(written(tmp_path, LEAST + f"[limits]\nfar_m = {value}\n"))[0]
    assert problem.value == shown


def test_very_many_problems_are_counted(tmp_path: Path) -> None:
    found = problems(written(tmp_path, LEAST + "".join(f"key{one} = 1\n" for one in range(150))))
    assert len(found) == 101
    assert message_of(found[-1], "en") == "50 more problems are not shown."


def test_every_table_of_the_schema_has_a_place() -> None:
    kinds_of_change = set(CHANGES.values())
    assert set(PLACES.values()) | kinds_of_change == set(Settings.__subclasses__())


def test_every_code_has_a_sentence_and_a_remedy() -> None:
    for code, kind in KINDS.items():
        assert kind.message, code
        assert kind.remedy, code


def test_the_room_opens_without_the_schema() -> None:
    code = "import sys, enroll.scenario; sys.exit('pydantic' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603


def test_the_room_exports_what_it_names() -> None:
    assert all(hasattr(enroll.scenario, name) for name in enroll.scenario.__all__)
    with pytest.raises(AttributeError, match="nothing"):
        _ = enroll.scenario.nothing

"""`extends`: what merges, what replaces, and what is recorded."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enroll.scenario import load
from enroll.scenario.merging import changes_against, merged
from enroll.scenario.reading import Layer
from tests.scenario.texts import LEAST, problems, written

if TYPE_CHECKING:
    from pathlib import Path


def test_tables_merge_and_arrays_replace(tmp_path: Path) -> None:
    rounds = '[[round]]\nid = "a"\nrule = "zone"\n[[round]]\nid = "b"\nrule = "redirect"\n'
    written(tmp_path, LEAST + "[limits]\nfar_m = 2000\nclass_limit = 50\n" + rounds, "base.toml")
    own = 'extends = "base.toml"\n[limits]\nfar_m = 4000\n[[round]]\nid = "c"\nrule = "zone"\n'
    settings = load(written(tmp_path, own)).settings
    assert (settings.title, settings.limits.far_m, settings.limits.class_limit) == ("T", 4000, 50)
    assert [one.id for one in settings.round] == ["fixed", "c"]


def test_changes_are_recorded_old_and_new(tmp_path: Path) -> None:
    base = LEAST + '[limits]\nclass_limit = 50\n[files]\nschools = "s.csv"\n'
    written(tmp_path, base, "base.toml")
    own = (
        'extends = "base.toml"\nstage = "primary"\n[limits]\nclass_limit = 52\nfar_m = 4000\n'
        "class_standard = 45\n[age]\nlatest_birth = 2020-12-31\n"
        '[files]\nzones = "z.csv"\nschools = {path = "s.xlsx", sheet = "1"}\n'
    )
    assert load(written(tmp_path, own)).changes == (
        ("age.latest_birth", "2020-08-31", "2020-12-31"),
        ("files.schools", "s.csv", {"path": "s.xlsx", "sheet": "1"}),
        ("files.zones", None, "z.csv"),
        ("limits.class_limit", 50, 52),
        ("limits.far_m", 3000, 4000),
    )


def test_a_chain_is_held_against_its_outermost_base(tmp_path: Path) -> None:
    written(tmp_path, LEAST, "root.toml")
    written(tmp_path, 'extends = "root.toml"\ntitle = "M"\n[limits]\nfar_m = 1\n', "mid.toml")
    loaded = load(written(tmp_path, 'extends = "mid.toml"\n[limits]\nfar_m = 3000\n'))
    assert loaded.changes == (("title", "T", "M"),)
    assert [(one.role, one.name) for one in loaded.sources] == [
        ("scenario", "own.toml"),
        ("base", "mid.toml"),
        ("base", "root.toml"),
    ]


def test_a_base_may_be_a_fragment(tmp_path: Path) -> None:
    written(tmp_path, "[limits]\nfar_m = 9\n", "base.toml")
    loaded = load(written(tmp_path, 'extends = "base.toml"\n' + LEAST))
    assert loaded.settings.limits.far_m == 9
    assert [one.old for one in loaded.changes] == [None, None, None]


def test_paths_start_where_they_are_stated(tmp_path: Path) -> None:
    stated = (
        '[files]\napplicants = "a.csv"\nschools = {path = "../s.xlsx"}\nzones = "/data/z.csv"\n'
        'other_stage = "runs/j"\noverrides = "o.csv"\n[travel]\nmode = "matrix"\nmatrix = "http://host/w.csv"\n'
    )
    written(tmp_path, LEAST + stated, "bases/base.toml")
    own = 'extends = "../bases/base.toml"\n[files]\nschools = {sheet = "2"}\n'
    files = load(written(tmp_path, own, "own/own.toml")).settings.files
    assert files.applicants is not None
    assert files.applicants.path == "../bases/a.csv"
    assert files.schools is not None
    assert (files.schools.path, files.schools.sheet) == ("../bases/../s.xlsx", "2")
    assert files.zones is not None
    assert files.zones.path == "/data/z.csv"
    assert files.other_stage == "../bases/runs/j"
    assert files.overrides is not None
    assert files.overrides.path == "../bases/o.csv"
    assert files.travel is not None
    assert files.travel.path == "http://host/w.csv"


def test_changes_hold_no_folder_of_a_machine(tmp_path: Path) -> None:
    written(tmp_path, LEAST + '[files]\nschools = "/home/somebody/s.csv"\n', "base.toml")
    own = 'extends = "base.toml"\n[files]\nschools = "C:\\\\Users\\\\somebody\\\\t.csv"\n'
    assert load(written(tmp_path, own)).changes == (("files.schools", "s.csv", "t.csv"),)


def test_a_problem_names_the_file_that_states_the_key(tmp_path: Path) -> None:
    written(tmp_path, LEAST + "[limits]\nfar_m = 0\nfarr_m = 1\n", "base.toml")
    found = problems(written(tmp_path, 'extends = "base.toml"\ntilte = "T"\nyear = "x"\n'))
    assert {(one.file, one.column) for one in found} == {
        ("base.toml", "[limits] far_m"),
        ("base.toml", "[limits] farr_m"),
        ("own.toml", "tilte"),
        ("own.toml", "year"),
    }


def test_a_missing_key_is_asked_of_the_scenario_itself(tmp_path: Path) -> None:
    written(tmp_path, 'title = "T"\nyear = 2026\n', "base.toml")
    (problem,) = problems(written(tmp_path, 'extends = "base.toml"\n'))
    assert (problem.file, problem.column) == ("own.toml", "stage")


def test_a_missing_base_does_not_hide_other_problems(tmp_path: Path) -> None:
    found = problems(written(tmp_path, 'extends = "gone.toml"\nyaer = 2026\n'))
    assert [(one.code, one.column, one.value) for one in found] == [
        ("BASE_MISSING", "extends", "gone.toml"),
        ("SETTING_UNKNOWN_NEAR", "yaer", ""),
    ]


def test_a_broken_base_is_named(tmp_path: Path) -> None:
    written(tmp_path, "title = \n", "base.toml")
    (problem,) = problems(written(tmp_path, 'extends = "base.toml"\n'))
    assert (problem.code, problem.file, problem.row) == ("SCENARIO_SYNTAX", "base.toml", 1)


@pytest.mark.parametrize("names", ["a", "ab", "abc"])
def test_a_cycle_is_told_with_its_members(tmp_path: Path, names: str) -> None:
    for name, base in zip(names, names[1:] + names[0], strict=True):
        written(tmp_path, f'extends = "./{base}.toml"\n', f"{name}.toml")
    (problem,) = problems(tmp_path / "a.toml")
    assert (problem.code, problem.file) == ("BASE_CYCLE", f"{names[-1]}.toml")
    assert problem.params == {"chain": tuple(f"{name}.toml" for name in names)}


@pytest.mark.parametrize(
    "base",
    ["3", '""', '"/abs.toml"', '"C:/x.toml"', "'a\\b.toml'", '"http://host/x"', '"a\\u0000"', "{}"],
)
def test_a_base_is_a_plain_relative_path(tmp_path: Path, base: str) -> None:
    (problem,) = problems(written(tmp_path, f"extends = {base}\n"))
    assert problem.code == "BASE_NOT_A_PATH"


KEYS = st.sampled_from(["a", "b", "c", "ab"])
PLAIN = st.none() | st.integers() | st.sampled_from(["", "x", "/y"]) | st.dates()
VALUES = PLAIN.filter(lambda value: value is not None) | st.lists(st.integers(), max_size=3)
DOCUMENTS = st.recursive(
    st.dictionaries(KEYS, VALUES, max_size=4),
    lambda inner: st.dictionaries(KEYS, inner | VALUES, max_size=4),
    max_leaves=8,
)


def layer(document: dict[str, Any]) -> Layer:
    return Layer("x.toml", "", document)


def leaves(document: dict[str, Any], above: tuple[str, ...] = ()) -> dict[tuple[str, ...], Any]:
    found: dict[tuple[str, ...], Any] = {}
    for key, value in document.items():
        if isinstance(value, dict):
            found |= leaves(value, (*above, key))
        else:
            found[(*above, key)] = value
    return found


@given(DOCUMENTS, DOCUMENTS)
def test_everything_the_scenario_says_holds(own: dict[str, Any], base: dict[str, Any]) -> None:
    both = leaves(merged([layer(own), layer(base)]))
    assert leaves(own).items() <= both.items()
    kept = {path: value for path, value in both.items() if path not in leaves(own)}
    assert kept.items() <= leaves(base).items()


@given(DOCUMENTS, DOCUMENTS, DOCUMENTS)
def test_merging_step_by_step_is_merging(
    own: dict[str, Any], middle: dict[str, Any], base: dict[str, Any]
) -> None:
    at_once = merged([layer(own), layer(middle), layer(base)])
    assert at_once == merged([layer(own), layer(merged([layer(middle), layer(base)]))])


@given(DOCUMENTS)
def test_merging_with_itself_changes_nothing(document: dict[str, Any]) -> None:
    assert merged([layer(document), layer(document)]) == document
    assert changes_against(document, {}, document) == ()


@given(DOCUMENTS, DOCUMENTS)
def test_changes_name_what_differs_and_can_be_written(
    own: dict[str, Any], base: dict[str, Any]
) -> None:
    document = merged([layer(own), layer(base)])
    found = changes_against(base, {}, document)
    json.dumps(found)
    named = {change.key for change in found}
    for path, value in leaves(document).items():
        if leaves(base).get(path) != value:
            assert {".".join(path[: length + 1]) for length in range(len(path))} & named
    assert all(not isinstance(change.new, date) for change in found)

"""What would be without a change: the audit's answer against a whole run without it."""

from __future__ import annotations

from dataclasses import replace
from random import Random

import pytest

from enroll import allocate, load
from enroll.errors import InputError
from enroll.fairness import read_copy
from enroll.fairness.changes import register_changes
from enroll.fairness.effects import Answer
from enroll.notices import about_reruns as say
from enroll.notices import translate
from enroll.office import reruns
from enroll.office.reruns import Reruns
from tests.end_to_end.offices import office_number, write
from tests.verify.counties import ROOT, make_county

FILES = (
    "allocation.csv", "manifest.json", "audit/records.jsonl", "audit/rules.json", "audit/ways.csv",
)  # fmt: skip


def read(folder):
    """Return a run folder as an auditor reads it."""
    files = {name: (folder / name).read_bytes() for name in FILES if (folder / name).is_file()}
    return read_copy(files, (folder / "SHA256SUMS").read_bytes())


def allocated(office, folder, name):
    """Return the run of an office, and its folder; None where its files are refused."""
    try:
        run = allocate(load(write(office, folder / name)), tables_only=True)
    except InputError:
        return None
    run.write(folder / f"{name}-run")
    return read(folder / f"{name}-run")


def schools_of(run):
    return {key: place["school_id"] for key, place in run.places.items()}


def moved(now, before):
    """Return (school now, school before) of every child whose place differs, by brute force."""
    here, there = schools_of(now), schools_of(before)
    both = {key: (here.get(key, ""), there.get(key, "")) for key in {*here, *there}}
    return {key: pair for key, pair in both.items() if pair[0] != pair[1]}


def changed(office, dice):
    """Return an office with one row changed in one to three cells, with one less or one more."""
    rows = [dict(row) for row in office.applicants]
    at, other = dice.randrange(len(rows)), dice.choice(office.applicants)
    what = dice.choice(["cells"] * 6 + ["gone", "new"])
    if what == "gone" and len(rows) > 1:
        del rows[at]
    elif what == "new":
        rows.append({**other, "applicant_id": f"n{dice.randrange(1000):03}"})
    else:
        placed = ["placed_school", "placed_reason", "placed_authority", "placed_date"]
        names = [
            "household", "home", "review", "birth_date", "points", "family", "sibling_school",
            "accepts_redirect", "zone", "point", "placed",
        ]  # fmt: skip
        parts = {"point": ["lon", "lat"], "placed": placed}
        for name in dice.sample(names, dice.randint(1, 3)):
            cells = parts.get(name, [name])
            rows[at].update({cell: other[cell] for cell in cells})
            if name == "review":
                rows[at]["review"] = dice.choice(["passed", "pending", "rejected"])
    return replace(office, applicants=rows)


@pytest.mark.parametrize("number", range(60))
def test_the_answer_is_that_of_a_whole_run_without_the_change(tmp_path, number):
    dice = Random(number)  # noqa: S311 - a test case, not a draw
    office = office_number(number + 1000)
    now = allocated(office, tmp_path, "now")
    if now is None:
        return
    for turn in range(4):
        earlier = allocated(changed(office, dice), tmp_path, f"earlier{turn}")
        if earlier is None:
            continue
        found = told(now, earlier, Reruns(now, tmp_path / "now-run"))
        if found:
            answer, decisive = found
            assert (answer.moves, decisive) == (due := moved(now, earlier), "yes" if due else "no")


def with_matrix(office, folder, keyed_by, dice):
    """Write a matrix of ways, with holes, into a folder; return the office that uses it."""
    if keyed_by == "zone":
        keys = [zone["zone_id"] for zone in office.zones]
    else:
        keys = [row["applicant_id"] for row in office.applicants]
    schools = [row["school_id"] for row in office.schools]
    lines = [
        f"{key},{school},{dice.randrange(60, 2500)}"
        for key in keys
        for school in schools
        if school == schools[0] or dice.random() < 0.8
    ]
    path = folder / "ways.csv"
    path.write_text("\n".join([f"{keyed_by}_id,school_id,metres", *lines]) + "\n", "utf-8")
    travel = f'[travel]\nmode = "matrix"\nmatrix = "{path}"\n'
    start, groups = office.scenario.split("[[group]]", 1)
    policy, rounds = groups.split("[[round]]", 1)
    kept = "[[group]]" + policy if keyed_by == "zone" else ""  # without: one group, everybody
    return replace(office, scenario=f"{start}{travel}{kept}[[round]]{rounds}")


@pytest.mark.parametrize("keyed_by", ["zone", "applicant"])
@pytest.mark.parametrize("number", range(8))
def test_ways_of_a_matrix_are_those_of_the_run(tmp_path, number, keyed_by):
    dice = Random(number)  # noqa: S311 - a test case, not a draw
    office = with_matrix(office_number(number + 3000), tmp_path, keyed_by, dice)
    now = allocated(office, tmp_path, "now")
    if now is None:
        return
    rerun = Reruns(now, tmp_path / "now-run")
    assert rerun.rebuilt.moves([]) == {}
    for turn in range(3):
        earlier = allocated(changed(office, dice), tmp_path, f"earlier{turn}")
        found = None if earlier is None else told(now, earlier, rerun)
        if found and found[0].moves is None:
            assert because(found[0]) == say.NO_WAYS
        elif found:
            assert found[0].moves == moved(now, earlier)


def told(now, earlier, rerun):
    """Return the answer of the one change between two runs, and whether it is decisive."""
    answers = []

    def listened(units):
        answers.extend(rerun(units))
        return answers

    found = [one for one in register_changes(now, earlier.register, listened) if one.applicant_id]
    if not found:
        assert moved(now, earlier) == {}
        return None
    (answer,) = answers
    (decisive,) = {one.decisive for one in found}
    assert all(key in now.children or key in earlier.children for key in found[0].passed_over)
    return answer, decisive


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    return make_county(tmp_path_factory.mktemp("drawn"))[0]


def test_a_committed_run_again_without_a_change_is_the_run(drawn):
    run = read(drawn)
    assert Reruns(run, drawn).rebuilt.moves([]) == {}
    record = run.children["P100"]
    assert list(Reruns(run, drawn)([[record]])) == [Answer({})]


@pytest.mark.parametrize(
    "name", ["nanxian-primary-2026", "nanxian-junior-2026", "nanxian-new-estate"]
)
def test_the_sample_county_again_without_a_change_is_the_run(tmp_path, name):
    allocate(load(ROOT / "scenarios" / f"{name}.toml"), tables_only=True).write(tmp_path / "run")
    run = read(tmp_path / "run")
    assert Reruns(run, tmp_path / "run").rebuilt.moves([]) == {}


def because(answer):
    return translate(answer.because.text, "en", answer.because.params)


def first_of(run, **parts):
    """Return a child of whom all this holds."""
    return next(
        child
        for child in run.children.values()
        if all(child[name] == value for name, value in parts.items())
    )


def test_what_does_not_follow_from_the_files_is_said(drawn):
    run = read(drawn)
    child = first_of(run, bundle="", ineligible="", group="A")
    twin = next(one for one in run.children.values() if one["bundle"])
    units = [
        [{**child, "zone": "elsewhere"}],
        [{**child, "sibling_school": "S99"}],
        [{**child, "placed_school": "S99"}],
        [{**child, "facts": {}}],
        [{**child, "id": "P999"}],
        [{**twin, "bundle": ""}],
        [{**child, "bundle": twin["bundle"]}],
    ]
    assert [because(answer) for answer in Reruns(run, drawn)(units)] == [
        "the rules have no zone elsewhere",
        "the rules have no entry class at school S99",
        "the rules have no entry class at school S99",
        "the earlier copy does not hold home, which decides the group",
        "it has no ticket in this draw",
        say.TICKET_SHARED,
        say.TICKET_SHARED,
    ]


def test_only_the_first_changes_are_run_again(drawn, monkeypatch):
    run, told_of = read(drawn), []
    waiting = next(key for key, place in run.places.items() if place["reason"] == "REDIRECT")
    monkeypatch.setattr(reruns, "MOST_CHILDREN", 1)
    units = [[{**run.children[waiting], "review": "rejected"}]] * 2
    first, second = Reruns(run, drawn, told_of.append)(units)
    assert first.moves[waiting][1] == ""
    assert because(second) == translate(say.TOO_MANY, "en", {"most": 1})
    assert told_of == [say.RUNNING_AGAIN, "1/2"]
    monkeypatch.setattr(reruns, "MOST_RERUN", 0)
    assert [answer.moves for answer in Reruns(run, drawn)(units)] == [None, None]


def test_a_run_with_other_places_than_its_own_is_not_guessed_at(drawn):
    run = read(drawn)
    redirected = [key for key, place in run.places.items() if place["reason"] == "REDIRECT"]
    run.places[redirected[0]]["school_id"] = "S99"
    (answer,) = Reruns(run, drawn)([[{**run.children[redirected[0]], "review": "rejected"}]])
    assert because(answer) == say.NOT_ITS_RESULT


def test_a_group_that_the_records_do_not_explain_is_not_guessed_at(drawn):
    run = read(drawn)
    child = first_of(run, bundle="", ineligible="", group="A")
    kept = {**child, "facts": {"home": "own"}}
    child["facts"] = {"home": "rent"}
    (answer,) = Reruns(run, drawn)([[kept]])
    assert because(answer) == say.GROUP_UNKNOWN


def test_a_group_that_the_office_entered_is_taken_from_the_earlier_copy(drawn):
    run = read(drawn)
    run.rules["policy"] = [
        {"id": "A", "when": {"home": {"values": ["own"]}}}, {"id": "B"},
    ]  # fmt: skip
    child = first_of(run, bundle="", ineligible="", group="B", review="passed")
    sort = Reruns(run, drawn).rebuilt.known
    assert sort({**child, "facts": {"home": "own"}, "group": "A"})["group"] == "A"
    (answer,) = Reruns(run, drawn)([[{**child, "facts": {"home": "own"}}]])
    assert because(answer) == say.GROUP_UNKNOWN

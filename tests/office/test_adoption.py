"""An allocation by a committed draw: its tickets and ranks, and nothing changed since."""

import csv
import json
from hashlib import sha256
from io import StringIO

import pytest

from enroll import load, office
from enroll.errors import InputError
from enroll.notices import message_of
from tests.office.draws import TWINS, change, make_draw, make_scenario, use_draw


@pytest.fixture
def ready(tmp_path):
    scenario, draw = make_draw(tmp_path)
    use_draw(scenario)
    return scenario, draw


def refused(scenario):
    """Return what speaks against an allocation, by code."""
    with pytest.raises(InputError) as error:
        office.allocate(load(scenario))
    return {problem.code: message_of(problem, "en") for problem in error.value.problems}


def rows(run):
    return list(csv.DictReader(StringIO(run.files["allocation.csv"].decode())))


def order(draw):
    with (draw / "order.csv").open() as file:
        return {row["ticket"]: row["rank"] for row in csv.DictReader(file)}


def test_tickets_and_ranks_are_those_of_the_draw(ready):
    scenario, draw = ready
    found = rows(office.allocate(load(scenario)))
    assert len(found) == 12
    assert all(row["lottery_rank"] == order(draw)[row["ticket"]] for row in found)
    assert len({row["ticket"] for row in found if row["applicant_id"] in TWINS}) == 1


def test_the_run_names_the_draw(ready):
    scenario, draw = ready
    manifest = json.loads(office.allocate(load(scenario)).files["manifest.json"])
    assert manifest["draw"] == {
        "draw_id": "2026-small",
        "rehearsal": False,
        "commit": sha256((draw / "commit.txt").read_bytes()).hexdigest(),
    }


def test_the_draw_brings_its_public_files_and_salts(ready):
    scenario, draw = ready
    committed = office.allocate(load(scenario)).made.results.ranking.draw.committed
    for name, content in committed.files.items():
        assert content == (draw / name).read_bytes()
    assert committed.salts.keys() == order(draw).keys()


def test_only_a_rehearsal_is_marked_as_one(tmp_path):
    scenario, _ = make_draw(tmp_path)
    shown = [office.allocate(load(scenario)).files]
    use_draw(scenario)
    shown.append(office.allocate(load(scenario)).files)
    for files, rehearsal in zip(shown, (True, False), strict=True):
        assert (b"REHEARSAL_DRAW" in files["warnings.csv"]) == rehearsal
        assert json.loads(files["summary.json"])["draw"]["rehearsal"] == rehearsal


@pytest.mark.parametrize("stage", ["frozen", "committed"])
def test_a_draw_that_is_not_drawn_is_refused(tmp_path, stage):
    scenario, _ = make_draw(tmp_path, upto=stage)
    use_draw(scenario)
    assert refused(scenario).keys() == {"DRAW_NOT_DRAWN"}


def test_a_draw_that_is_not_there_is_refused(tmp_path):
    scenario = make_scenario(tmp_path / "autumn")
    use_draw(scenario)
    assert refused(scenario).keys() == {"DRAW_FOLDER_MISSING"}
    assert [one.code for one in office.check(scenario)][-1:] == ["DRAW_FOLDER_MISSING"]


def test_a_changed_child_is_named_by_its_ticket(ready):
    scenario, _ = ready
    change(scenario.parent / "applicants.csv", "zone,own,2019-10-03", "county,own,2019-10-04")
    message = refused(scenario)["DRAW_RECORDS_DIFFER"]
    assert message.startswith("Tickets whose children changed since the freeze: 1 (")
    assert "birth_date, facts and group." in message
    assert "…" in message
    assert "sample-01" not in message


def test_a_later_place_by_decision_is_told_apart(ready):
    scenario, _ = ready
    rows = (
        "applicant_id,school_id,reason,authority,date\nsample-03,S1,override,office 2,2026-07-20\n"
    )
    (scenario.parent / "overrides.csv").write_text(rows)
    change(scenario, "[files]", '[files]\noverrides = "overrides.csv"')
    found = refused(scenario)
    assert found.keys() == {"DRAW_DECISIONS_DIFFER"}
    assert found["DRAW_DECISIONS_DIFFER"].startswith("Tickets with another place by decision")
    change(scenario.parent / "applicants.csv", "zone,own,2019-10-03", "county,own,2019-10-04")
    assert refused(scenario).keys() == {"DRAW_DECISIONS_DIFFER", "DRAW_RECORDS_DIFFER"}


def test_many_changed_children_are_counted(ready):
    scenario, _ = ready
    path = scenario.parent / "applicants.csv"
    path.write_bytes(path.read_bytes().replace(b",passed,", b",rejected,"))
    message = refused(scenario)["DRAW_RECORDS_DIFFER"]
    assert "since the freeze: 11 (" in message
    assert "6 others)" in message


def test_a_family_that_is_parted_or_found_is_a_change(ready):
    scenario, _ = ready
    change(scenario.parent / "applicants.csv", "f,passed,F1,", "f,passed,,")
    assert "bundle" in refused(scenario)["DRAW_RECORDS_DIFFER"]


def test_children_who_came_or_went_are_counted(ready):
    scenario, _ = ready
    change(scenario.parent / "applicants.csv", "sample-12,", "sample-13,")
    found = refused(scenario)
    assert found.keys() == {"DRAW_APPLICANTS_ADDED", "DRAW_APPLICANTS_GONE"}
    assert "(samp…13)" in found["DRAW_APPLICANTS_ADDED"]


def test_the_order_of_the_rows_is_no_change(ready):
    scenario, _ = ready
    path = scenario.parent / "applicants.csv"
    before = rows(office.allocate(load(scenario)))
    head, *lines = path.read_text().splitlines()
    path.write_text("\n".join([head, *lines[::-1], ""]))
    assert rows(office.allocate(load(scenario))) == before


@pytest.mark.parametrize(
    ("old", "new", "keys"),
    [
        ("round_m = 50", "round_m = 100", "round_m"),
        ('seats = "standard"', 'seats = "limit"', "rounds.zone.seats"),
    ],
)
def test_rules_that_changed_are_named(ready, old, new, keys):
    scenario, _ = ready
    change(scenario, old, new)
    assert refused(scenario)["DRAW_RULES_DIFFER"] == (
        f"Rules that changed since the commitment: {keys}."
    )


def test_another_seat_of_a_school_is_named(ready):
    scenario, _ = ready
    path = scenario.parent / "schools.csv"
    head, first, *rest = path.read_text("utf-8").splitlines()
    at = head.split(",").index("classes")
    cells = first.split(",")
    cells[at] = str(int(cells[at]) + 1)
    path.write_text("\n".join([head, ",".join(cells), *rest, ""]), "utf-8")
    assert f"schools.{cells[0]}.classes" in refused(scenario)["DRAW_RULES_DIFFER"]


def test_groups_in_another_order_are_a_change(ready):
    scenario, _ = ready
    change(scenario, 'id   = "A"', 'id   = "Z"')
    assert "groups" in refused(scenario)["DRAW_RULES_DIFFER"]


def test_another_version_of_the_program_is_told(ready, monkeypatch):
    monkeypatch.setattr("enroll.office.adoption.program_hash", lambda: "0" * 64)
    run = office.allocate(load(ready[0]))
    assert b"DRAW_OTHER_PROGRAM" in run.files["warnings.csv"]


def test_no_run_takes_the_place_of_another(ready, tmp_path):
    scenario, _ = ready
    office.allocate_to(scenario, tmp_path / "run")
    with pytest.raises(InputError) as error:
        office.allocate_to(scenario, tmp_path / "run", overwrite=True)
    assert [one.code for one in error.value.problems] == ["DRAW_OVERWRITE"]
    with pytest.raises(InputError):
        office.allocate(load(scenario)).write(tmp_path / "run", overwrite=True)


def test_every_run_is_logged(ready, tmp_path):
    scenario, _ = ready
    office.allocate_to(scenario, tmp_path / "run", operator="office 1")
    last = json.loads((scenario.parent / "log.jsonl").read_bytes().splitlines()[-1])
    assert (last["command"], last["operator"]) == ("allocate", "office 1")
    assert last["in"].keys() >= {"commit.txt", "sources.txt", "applicants.csv", scenario.name}
    digest = sha256((tmp_path / "run" / "SHA256SUMS").read_bytes()).hexdigest()
    assert last["out"] == {"run/SHA256SUMS": digest}


def test_rehearsals_are_logged_too(tmp_path):
    scenario = make_scenario(tmp_path / "autumn")
    office.allocate_to(scenario, tmp_path / "one")
    office.allocate_to(scenario, tmp_path / "two")
    assert len((scenario.parent / "log.jsonl").read_bytes().splitlines()) == 2


def test_a_log_begun_anew_is_refused(ready, tmp_path):
    scenario, _ = ready
    (scenario.parent / "log.jsonl").unlink()
    with pytest.raises(InputError) as error:
        office.allocate_to(scenario, tmp_path / "run")
    assert [one.code for one in error.value.problems] == ["LOG_ANEW"]
    assert not (tmp_path / "run").exists()


def test_a_run_that_cannot_be_logged_is_not_written(tmp_path):
    scenario = make_scenario(tmp_path / "autumn")
    (scenario.parent / "log.jsonl").mkdir()
    with pytest.raises(InputError):
        office.allocate_to(scenario, tmp_path / "run")
    assert not (tmp_path / "run").exists()


def test_a_draw_takes_the_place_of_the_seed_of_a_base(ready, tmp_path):
    scenario, _ = ready
    other = make_scenario(tmp_path / "base")
    text = f'extends = "../base/{other.name}"\n[lottery]\ndraw = "../draw"\n'
    (scenario.parent / "child.toml").write_text(text, "utf-8")
    settings = load(scenario.parent / "child.toml").settings
    assert (settings.lottery.seed, settings.lottery.draw) == (None, "../draw")


def test_seed_and_draw_exclude_each_other(ready):
    scenario, _ = ready
    change(scenario, 'draw = "../draw"', f'draw = "../draw"\nseed = "{"0" * 64}"')
    assert [one.code for one in office.check(scenario)] == ["LOTTERY_TWICE"]

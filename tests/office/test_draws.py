"""A committed draw from freeze to order, and everything that it refuses."""

import csv
import json
import re
from hashlib import sha256

import pytest

from enroll.errors import InputError
from enroll.lottery.merkle import leaf_hash, root_from
from enroll.lottery.protocol import read_commit, read_roll
from enroll.office import draws
from enroll.office.draw_folder import program_hash
from enroll.office.log import read_heads
from tests.office.draws import (
    AFTER,
    BEFORE,
    LATER,
    SOURCES,
    TWINS,
    VALUES,
    before,
    change,
    later,
    make_draw,
    make_scenario,
)


def codes(job, *arguments, **options):
    """Return the codes with which a job is refused."""
    with pytest.raises(InputError) as refused:
        job(*arguments, **options)
    return [problem.code for problem in refused.value.problems]


@pytest.fixture
def frozen(tmp_path):
    return make_draw(tmp_path, upto="frozen")


@pytest.fixture
def committed(tmp_path):
    return make_draw(tmp_path, upto="committed")


@pytest.fixture
def drawn(tmp_path):
    return make_draw(tmp_path)


def tickets(draw):
    with (draw / "private" / "tickets.csv").open(encoding="utf-8") as file:
        return {row["applicant_id"]: row["ticket"] for row in csv.DictReader(file)}


def receipts(draw):
    files = sorted((draw / "private" / "receipts").iterdir())
    return [json.loads(path.read_bytes()) for path in files]


# The freeze


def test_everybody_is_on_the_roll_and_twins_share_a_ticket(frozen):
    given, roll = tickets(frozen[1]), read_roll((frozen[1] / "roll.txt").read_bytes())
    assert len(given) == 12
    assert len({given[name] for name in TWINS}) == 1
    assert sorted(set(given.values())) == list(roll.tickets)
    assert len(roll.tickets) == 11


def test_children_who_may_not_be_placed_are_on_the_roll_too(tmp_path):
    scenario = make_scenario(tmp_path / "autumn")
    change(scenario.parent / "applicants.csv", "2019-10-03,f,passed", "2023-10-03,f,pending")
    draws.freeze(scenario, tmp_path / "draw")
    assert "sample-01" in tickets(tmp_path / "draw")


def test_tickets_say_nothing_and_differ_at_every_freeze(tmp_path):
    scenario = make_scenario(tmp_path / "autumn")
    drawn = [draws.freeze(scenario, tmp_path / name).folder for name in ("one", "two")]
    first, second = (set(tickets(folder).values()) for folder in drawn)
    assert not first & second
    assert all(re.fullmatch(r"[A-Z0-9]{4,32}", ticket) for ticket in first | second)


def test_tickets_are_all_different():
    from enroll.office.freezing import new_tickets

    assert len(set(new_tickets(5000))) == 5000


def test_every_receipt_leads_to_the_root(frozen):
    state = json.loads((frozen[1] / "freeze.json").read_bytes())
    found = receipts(frozen[1])
    assert len(found) == state["count"] == 11
    for receipt in found:
        record = json.dumps(
            receipt["record"], sort_keys=True, separators=(",", ":"), ensure_ascii=False
        )
        leaf = leaf_hash(bytes.fromhex(receipt["salt"]) + record.encode())
        path = [bytes.fromhex(one) for one in receipt["path"]]
        root = root_from(leaf, receipt["index"], receipt["count"], path)
        assert root.hex() == state["inputs"]
        assert receipt["record"]["ticket"] == receipt["ticket"]
        assert receipt["draw_id"] == "2026-small"


def test_private_files_are_private(frozen):
    private = frozen[1] / "private"
    assert private.stat().st_mode & 0o777 == 0o700
    assert (private / "receipts").stat().st_mode & 0o777 == 0o700
    modes = {path.stat().st_mode & 0o777 for path in private.rglob("*") if path.is_file()}
    assert modes == {0o600}


def test_public_files_hold_no_child(drawn):
    public = [path for path in drawn[1].iterdir() if path.is_file()]
    assert len(public) == 7
    assert not any(b"sample-" in path.read_bytes() for path in public)


def test_a_draw_is_named_after_year_and_stage(tmp_path):
    scenario = make_scenario(tmp_path / "autumn")
    assert draws.freeze(scenario, tmp_path / "draw").draw_id == "2026-primary"


@pytest.mark.parametrize("name", ["Test", "a_b", "x" * 65, "-a"])
def test_other_names_are_refused(tmp_path, name):
    scenario = make_scenario(tmp_path / "autumn")
    assert codes(draws.freeze, scenario, tmp_path / "d", draw_id=name) == ["DRAW_ID_FORM"]


def test_a_freeze_is_never_written_over(frozen):
    assert codes(draws.freeze, *frozen) == ["DRAW_EXISTS"]


def test_nothing_is_frozen_while_a_table_is_wrong(tmp_path):
    scenario = make_scenario(tmp_path / "autumn")
    change(scenario.parent / "applicants.csv", "2019-10-03", "2019-13-03")
    assert codes(draws.freeze, scenario, tmp_path / "draw")
    assert not (tmp_path / "draw").exists()


def test_a_draw_that_cannot_be_written_says_so(tmp_path):
    scenario = make_scenario(tmp_path / "autumn")
    (tmp_path / "file").write_text("")
    assert codes(draws.freeze, scenario, tmp_path / "file" / "draw") == ["DRAW_NOT_WRITTEN"]


# The commitment


def test_a_commitment_names_everything_that_was_frozen(committed):
    draw = committed[1]
    said = read_commit((draw / "commit.txt").read_bytes())
    state = json.loads((draw / "freeze.json").read_bytes())
    assert (said.draw, said.roll, said.inputs) == ("2026-small", state["roll"], state["inputs"])
    assert said.rules == sha256((draw / "rules.json").read_bytes()).hexdigest()
    assert said.program == program_hash()
    assert (list(said.sources), said.published, said.draw_after) == (SOURCES, BEFORE, AFTER)


def test_the_line_to_publish_is_the_hash_of_the_commitment(frozen):
    named = draws.commit(frozen[1], SOURCES, AFTER, clock=before)
    digest = sha256((frozen[1] / "commit.txt").read_bytes()).hexdigest()
    assert named == ("2026-small", digest)


def test_the_rules_hold_the_head_of_the_log(committed):
    scenario, draw = committed
    head = json.loads((draw / "rules.json").read_bytes())["log_head"]
    heads = read_heads((scenario.parent / "log.jsonl").read_bytes())
    assert heads[1] == head
    assert len(heads) == 3


def test_a_commitment_is_made_once(committed):
    content = (committed[1] / "commit.txt").read_bytes()
    arguments = (committed[1], SOURCES, "2027-01-01T00:00:00Z")
    assert codes(draws.commit, *arguments, clock=before) == ["DRAW_COMMITTED_ALREADY"]
    assert (committed[1] / "commit.txt").read_bytes() == content


@pytest.mark.parametrize(
    ("sources", "code"),
    [
        ([""], "DRAW_SOURCE_NAME"),
        (["a b"], "DRAW_SOURCE_NAME"),
        (["a", "b", "a"], "DRAW_SOURCE_TWICE"),
        (["drand-quicknet-99999999"], "DRAW_SOURCES_ONLY_DRAND"),
        (["ssq-1", "drand-quicknet-657413"], "DRAW_ROUND_TOO_EARLY"),
    ],
)
def test_sources_that_do_not_do_are_refused(frozen, sources, code):
    assert codes(draws.commit, frozen[1], sources, AFTER, clock=before) == [code]


def test_a_drand_round_to_come_may_be_a_source(frozen):
    sources = ["ssq-1", "drand-quicknet-99999999", "drand-quicknet-999999999999", "drand-other-1"]
    assert draws.commit(frozen[1], sources, AFTER, clock=before)


@pytest.mark.parametrize(
    ("after", "published", "code"),
    [
        ("2026-07-12", None, "DRAW_TIME_FORM"),
        (AFTER, "tomorrow", "DRAW_TIME_FORM"),
        (BEFORE, None, "DRAW_AFTER_PAST"),
        (AFTER, "2026-07-10T00:59:59Z", "DRAW_PUBLISHED_PAST"),
        (AFTER, AFTER, "DRAW_TIMES_CROSSED"),
    ],
)
def test_times_that_do_not_do_are_refused(frozen, after, published, code):
    options = {"published": published, "clock": before}
    assert codes(draws.commit, frozen[1], SOURCES, after, **options) == [code]


def test_the_moment_of_publication_may_be_planned(frozen):
    draws.commit(frozen[1], SOURCES, AFTER, published="2026-07-11T01:00:00Z", clock=before)
    assert read_commit((frozen[1] / "commit.txt").read_bytes()).published[:10] == "2026-07-11"


def test_a_rehearsal_may_use_values_of_the_past(tmp_path):
    _, draw = make_draw(tmp_path, draw_id="test-small", upto="frozen")
    draws.commit(draw, ["drand-quicknet-657413"], AFTER, clock=later)
    said = read_commit((draw / "commit.txt").read_bytes())
    assert said.published == AFTER


@pytest.mark.parametrize(
    ("name", "old", "new", "code"),
    [
        ("roll.txt", "\n11\n", "\n12\n", "DRAW_FILE_CHANGED"),
        ("freeze.json", '"count":11', '"count":12', "DRAW_FILE_CHANGED"),
        ("freeze.json", '"count":11', '"count": 11', "DRAW_FILE_MALFORMED"),
        ("freeze.json", "2026-small", "2026 small", "DRAW_FILE_MALFORMED"),
        ("rules.json", '"classes":', '"classes":1', "DRAW_FILE_CHANGED"),
        ("rules.json", '"log_head":""', '"log_head":0', "DRAW_FILE_CHANGED"),
        ("freeze.json", '"count":11', '"size":11', "DRAW_FILE_MALFORMED"),
        ("freeze.json", "{", "", "DRAW_FILE_MALFORMED"),
        ("private/records.jsonl", "2019-10-03", "2019-10-04", "DRAW_FILE_CHANGED"),
        ("private/records.jsonl", '"points":0', '"points": 0', "DRAW_FILE_MALFORMED"),
    ],
)
def test_frozen_files_that_changed_are_never_committed(frozen, name, old, new, code):
    change(frozen[1] / name, old, new)
    assert codes(draws.commit, frozen[1], SOURCES, AFTER, clock=before) == [code]
    assert not (frozen[1] / "commit.txt").exists()


def test_what_was_never_logged_is_not_committed(frozen):
    scenario, draw = frozen
    (scenario.parent / "log.jsonl").unlink()
    assert codes(draws.commit, draw, SOURCES, AFTER, clock=before) == ["DRAW_NOT_IN_LOG"]


def test_a_scenario_that_was_moved_is_named_anew(frozen):
    scenario, draw = frozen
    moved = scenario.parent.rename(scenario.parent.with_name("elsewhere")) / scenario.name
    assert codes(draws.commit, draw, SOURCES, AFTER, clock=before) == ["DRAW_SCENARIO_UNKNOWN"]
    assert draws.commit(draw, SOURCES, AFTER, scenario=moved, clock=before)


@pytest.mark.parametrize("content", [b"", b"[]", b'{"scenario":3}'])
def test_a_draw_that_does_not_know_its_scenario_asks_for_it(frozen, content):
    (frozen[1] / "private" / "origin.json").write_bytes(content)
    refused = codes(draws.commit, frozen[1], SOURCES, AFTER, clock=before)
    assert refused == ["DRAW_SCENARIO_UNKNOWN"]


def test_a_folder_without_a_freeze_is_no_draw(tmp_path):
    assert codes(draws.commit, tmp_path, SOURCES, AFTER) == ["DRAW_FOLDER_MISSING"]
    (tmp_path / "freeze.json").mkdir()
    assert codes(draws.commit, tmp_path, SOURCES, AFTER) == ["DRAW_FILE_MISSING"]


# The draw


def test_the_order_is_that_of_the_protocol(drawn):
    import hmac

    draw = drawn[1]
    commit, sources = ((draw / name).read_bytes() for name in ("commit.txt", "sources.txt"))
    seed = sha256(b"ALLOT1-SEED\0" + sha256(commit).digest() + sha256(sources).digest()).digest()
    start = b"ALLOT1-RANK\x002026-small\0all\0"
    roll = (draw / "roll.txt").read_text().splitlines()[3:]
    keys = sorted((hmac.digest(seed, start + one.encode(), "sha256").hex(), one) for one in roll)
    rows = [f"{rank},{ticket},{key}" for rank, (key, ticket) in enumerate(keys, 1)]
    assert (draw / "order.csv").read_text().splitlines()[1:] == rows
    assert (draw / "seed.txt").read_text() == seed.hex() + "\n"


def test_nothing_is_drawn_before_its_time(committed):
    assert codes(draws.draw, committed[1], VALUES, clock=before) == ["DRAW_TOO_EARLY"]
    assert not (committed[1] / "sources.txt").exists()


def test_nothing_is_drawn_without_a_commitment(frozen):
    assert codes(draws.draw, frozen[1], VALUES, clock=later) == ["DRAW_NOT_COMMITTED"]


@pytest.mark.parametrize(
    "values",
    [
        VALUES[::-1],
        VALUES[:1],
        [*VALUES, ("more", "1")],
        [("ssq-2026083", "01.07.12.19.22.33+08"), VALUES[1]],
    ],
)
def test_other_sources_and_another_order_are_refused(committed, values):
    assert codes(draws.draw, committed[1], values, clock=later) == ["DRAW_SOURCES_DIFFER"]


@pytest.mark.parametrize(
    "value",
    [
        "", "1.7.12.19.22.33+08", "07.01.12.19.22.33+08", "00.07.12.19.22.33+08",
        "01.07.12.19.22.34+08", "01.07.12.19.22.33+17", "01.07.12.19.22.33+00",
    ],
)  # fmt: skip
def test_a_slip_in_a_value_is_refused_before_it_binds(committed, value):
    values = [("ssq-2026082", value), VALUES[1]]
    assert codes(draws.draw, committed[1], values, clock=later) == ["DRAW_VALUE_FORM"]


def test_there_is_no_second_draw(drawn):
    order = (drawn[1] / "order.csv").read_bytes()
    for values in (VALUES, [VALUES[0], ("pl5-2026182", "40818")]):
        assert codes(draws.draw, drawn[1], values, clock=later) == ["DRAW_DRAWN_ALREADY"]
    assert (drawn[1] / "order.csv").read_bytes() == order


@pytest.mark.parametrize("lost", [["order.csv"], ["order.csv", "seed.txt"]])
def test_a_draw_that_was_cut_short_ends_as_it_began(drawn, lost):
    order = (drawn[1] / "order.csv").read_bytes()
    for name in lost:
        (drawn[1] / name).unlink()
    other = [VALUES[0], ("pl5-2026182", "40818")]
    assert codes(draws.draw, drawn[1], other, clock=later) == ["DRAW_DRAWN_ALREADY"]
    draws.draw(drawn[1], VALUES, clock=later)
    assert (drawn[1] / "order.csv").read_bytes() == order


@pytest.mark.parametrize(
    ("name", "old", "new", "code"),
    [
        ("roll.txt", "\n11\n", "\n12\n", "DRAW_FILE_CHANGED"),
        ("rules.json", '"far_m":', '"far_n":', "DRAW_FILE_CHANGED"),
        ("commit.txt", "draw=2026-small", "draw=2026-large", "DRAW_FILE_CHANGED"),
        ("private/records.jsonl", "2019-10-03", "2019-10-04", "DRAW_FILE_CHANGED"),
    ],
)
def test_nothing_is_drawn_from_files_that_changed(committed, name, old, new, code):
    change(committed[1] / name, old, new)
    assert codes(draws.draw, committed[1], VALUES, clock=later) == [code]
    assert not (committed[1] / "sources.txt").exists()


RANDOMNESS = "fc1873a13f3545aeade8401532ef5519920652eee6b0d2b19ca12643b87b3587"
SIGNATURE = (
    "b713718a38ae728dfd477991af2822e08d2f305e47718cef9f7848ce4050e7be"
    "41076862b98fad56e91a6b85b89cd97b"
)
ROUND = "drand-quicknet-657413"


@pytest.fixture
def with_drand(tmp_path):
    _, draw = make_draw(tmp_path, draw_id="test-small", upto="frozen")
    draws.commit(draw, [*SOURCES, ROUND], AFTER, clock=later)
    return draw


def test_a_drand_value_is_held_against_its_signature(with_drand):
    values, signature = [*VALUES, (ROUND, RANDOMNESS)], {ROUND: SIGNATURE}
    assert draws.draw(with_drand, values, signatures=signature, clock=later)


@pytest.mark.parametrize(
    ("value", "signatures", "code"),
    [
        (RANDOMNESS[:-1] + "8", {ROUND: SIGNATURE}, "DRAW_SIGNATURE_WRONG"),
        (RANDOMNESS, {ROUND: "xyz"}, "DRAW_SIGNATURE_WRONG"),
        (RANDOMNESS, {}, "DRAW_SIGNATURE_MISSING"),
        (RANDOMNESS, {"ssq-2026082": SIGNATURE}, "DRAW_SIGNATURE_ALONE"),
        (RANDOMNESS, {"drand-quicknet-1": SIGNATURE}, "DRAW_SIGNATURE_ALONE"),
        (RANDOMNESS[:-1], {}, "DRAW_VALUE_FORM"),
    ],
)
def test_a_drand_value_that_does_not_fit_is_refused(with_drand, value, signatures, code):
    values = [*VALUES, (ROUND, value)]
    options = {"signatures": signatures, "clock": later}
    assert codes(draws.draw, with_drand, values, **options) == [code]


# The check

PRIVATE = ["private/records.jsonl", "private/tickets.csv"]


@pytest.mark.parametrize("stage", ["frozen", "committed", "drawn"])
def test_an_honest_draw_is_in_order_at_every_stage(tmp_path, stage):
    _, draw = make_draw(tmp_path, upto=stage)
    checked = draws.check_draw(draw)
    assert (checked.stage, checked.tickets, checked.status) == (stage, 11, 0)
    assert bool(checked.commit) == (stage != "frozen")


def test_the_public_files_alone_can_be_checked(drawn):
    (drawn[1] / "private").rename(drawn[1].parent / "sealed")
    assert draws.check_draw(drawn[1]).status == 0


def test_a_draw_that_was_cut_short_is_found(drawn):
    (drawn[1] / "order.csv").unlink()
    assert [one.code for one in draws.check_draw(drawn[1]).problems] == ["DRAW_UNFINISHED"]


@pytest.mark.parametrize(
    "name",
    [
        "roll.txt", "rules.json", "commit.txt", "sources.txt", "seed.txt", "order.csv",
        "freeze.json", "private/records.jsonl", "private/tickets.csv",
    ],
)  # fmt: skip
def test_no_changed_byte_is_overlooked(drawn, name):
    path = drawn[1] / name
    good = path.read_bytes()
    for at in range(0, len(good), max(1, len(good) // 11)):
        path.write_bytes(good[:at] + bytes([good[at] ^ 1]) + good[at + 1 :])
        assert draws.check_draw(drawn[1]).status == 1, at
    path.write_bytes(good)
    assert draws.check_draw(drawn[1]).status == 0


@pytest.mark.parametrize("name", ["roll.txt", "rules.json", "sources.txt", *PRIVATE])
def test_no_missing_file_is_overlooked(drawn, name):
    (drawn[1] / name).unlink()
    assert draws.check_draw(drawn[1]).status == 1


def test_a_changed_receipt_is_found(drawn):
    path = next((drawn[1] / "private" / "receipts").iterdir())
    change(path, '"index":', '"index":1')
    (problem,) = draws.check_draw(drawn[1]).problems
    assert (problem.code, problem.level) == ("DRAW_FILE_CHANGED", "red")
    assert problem.file.endswith(path.name)


def test_records_of_other_tickets_are_found(tmp_path):
    """Somebody could write the root of other records into `freeze.json`."""
    _, draw = make_draw(tmp_path / "one", upto="frozen")
    _, other = make_draw(tmp_path / "two", upto="frozen", seed=2)
    records = (other / "private" / "records.jsonl").read_bytes()
    (draw / "private" / "records.jsonl").write_bytes(records)
    roots = [json.loads((one / "freeze.json").read_bytes())["inputs"] for one in (draw, other)]
    change(draw / "freeze.json", *roots)
    assert "DRAW_TICKETS_DIFFER" in {one.code for one in draws.check_draw(draw).problems}


def test_sources_of_another_commitment_are_found(drawn):
    change(drawn[1] / "sources.txt", "pl5-2026182", "pl5-2026183")
    assert {one.code for one in draws.check_draw(drawn[1]).problems} == {"DRAW_SOURCES_DIFFER"}


def test_two_who_act_at_once_do_not_both_commit(frozen, monkeypatch):
    """The second one sees the draw as it was before the first had committed."""
    seen = draws.open_draw(frozen[1])
    draws.commit(frozen[1], SOURCES, AFTER, clock=before)
    monkeypatch.setattr(draws, "open_draw", lambda _: seen)
    arguments = (frozen[1], SOURCES[::-1], AFTER)
    assert codes(draws.commit, *arguments, clock=before) == ["DRAW_COMMITTED_ALREADY"]


def test_every_step_is_logged_with_its_operator(tmp_path):
    scenario, draw = make_scenario(tmp_path / "autumn"), tmp_path / "draw"
    draws.freeze(scenario, draw, operator="王老师", clock=before)
    draws.commit(draw, SOURCES, AFTER, operator="office 2", clock=before)
    draws.draw(draw, VALUES, clock=later)
    lines = (scenario.parent / "log.jsonl").read_text("utf-8").splitlines()
    steps = [json.loads(line) for line in lines]
    assert [(one["command"], one["operator"], one["time"]) for one in steps] == [
        ("lottery freeze", "王老师", BEFORE),
        ("lottery commit", "office 2", BEFORE),
        ("lottery draw", "", LATER),
    ]
    digest = sha256((draw / "order.csv").read_bytes()).hexdigest()
    assert steps[2]["out"]["draw/order.csv"] == digest


@pytest.mark.parametrize("name", ["x" * 101, "a\nb"])
def test_an_operator_is_one_short_line(frozen, name):
    refused = codes(draws.commit, frozen[1], SOURCES, AFTER, operator=name, clock=before)
    assert refused == ["OPERATOR_FORM"]

"""verify.py in a public edition: what a stranger can check without a record of any child."""

from __future__ import annotations

import csv
import hashlib
import json
import re
import shutil
from collections import Counter

import pytest

import enroll
from enroll import allocate, auditing, load
from enroll.errors import UsageError
from tests.office.draws import make_scenario
from tests.verify.counties import SCENARIO, make_county, run_with_draw, table_bytes

TEXTS = ("commit.txt", "roll.txt", "sources.txt", "order.csv")


def rows_of(path):
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def seal(folder):
    lines = [
        f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}\n"
        for path in sorted(folder.iterdir())
        if path.name != "SHA256SUMS"
    ]
    (folder / "SHA256SUMS").write_text("".join(lines))


def publish(run, folder):
    """Make the public edition of a run, as docs/reference/audit.md says."""
    folder.mkdir()
    for name in ("rules.json", *TEXTS):
        if (run / "audit" / name).exists():
            shutil.copy(run / "audit" / name, folder)
    shutil.copy(run / "cutoffs.csv", folder)
    shutil.copy(run / "verify.py", folder)
    rows = [
        {
            "ticket": row["ticket"],
            "school_id": row["school_id"],
            "how": row["reason"] if row["status"] != "ineligible" else "INELIGIBLE",
        }
        for row in rows_of(run / "allocation.csv")
    ]
    rows.sort(key=lambda row: tuple(row.values()))
    (folder / "result.csv").write_bytes(table_bytes(rows))
    seal(folder)
    return folder


@pytest.fixture(scope="module")
def drawn(tmp_path_factory):
    """A run under a committed draw, and the folder of both."""
    folder = tmp_path_factory.mktemp("drawn")
    return make_county(folder)[0], folder


@pytest.fixture
def edition(drawn, tmp_path):
    return publish(drawn[0], tmp_path / "site")


def receipts(folder):
    return sorted((folder / "draw" / "private" / "receipts").glob("*.json"))


def receipt_of_somebody(run, folder, reason):
    """Return the receipt of a child that the rule placed; each time tickets are others."""
    rows = rows_of(run / "allocation.csv")
    ticket = next(row["ticket"] for row in rows if row["reason"] == reason)
    return receipt_of(folder, ticket)


def receipt_of(folder, ticket):
    return folder / "draw" / "private" / "receipts" / f"{ticket}.json"


def failing(site, **options):
    return [str(step) for step in auditing.verify(site, **options) if not step.holds]


def test_a_stranger_checks_files_draw_result_and_seats(edition):
    steps = auditing.verify(edition)
    assert [step.name for step in steps] == [
        "V1 files", "V2 roll", "V3 commitment", "V4 sources", "V5 seed", "V6 keys",
        "V7 everyone", "V8 seats",
    ]  # fmt: skip
    assert failing(edition) == []
    rows = rows_of(edition / "result.csv")
    placed = sum(row["school_id"] != "" for row in rows)
    assert steps[6].why == f"{len(rows)} applicants, {placed} placed"


def test_a_family_checks_its_receipt_there_too(drawn, edition):
    for receipt in receipts(drawn[1]):
        steps = auditing.verify(edition, receipt=receipt)
        assert [step.name for step in steps][-1] == "V15 receipt"
        assert all(step.holds for step in steps)


def test_a_family_whose_reason_is_withheld_checks_its_place(drawn, edition):
    def withhold(rows):
        for row in rows:
            row["how"] = ""

    change_rows(edition, withhold)
    for receipt in receipts(drawn[1]):
        assert auditing.verify(edition, receipt=receipt)[-1].holds


OTHERWISE = {
    "another school": ("ZONE", lambda row, far: [{**row, "school_id": far}]),
    "another school, no reason": ("ZONE", lambda row, far: [{**row, "school_id": far, "how": ""}]),
    "no place": ("ZONE", lambda row, _: [{**row, "school_id": "", "how": "NO_SEAT"}]),
    "a redirect instead": ("ZONE", lambda row, _: [{**row, "how": "REDIRECT"}]),
    "the zone's instead of a redirect": ("REDIRECT", lambda row, _: [{**row, "how": "ZONE"}]),
    "a place for a child kept out": ("INELIGIBLE", lambda row, far: [{**row, "school_id": far}]),
    "one child more": ("ZONE", lambda row, _: [row, row]),
}


@pytest.mark.parametrize(("how", "instead"), OTHERWISE.values(), ids=OTHERWISE)
def test_a_result_that_says_otherwise_than_the_receipt_fails(drawn, edition, how, instead):
    rows = rows_of(edition / "result.csv")
    single = Counter(row["ticket"] for row in rows)
    mine = next(row for row in rows if row["how"] == how and single[row["ticket"]] == 1)
    far = next(row["school_id"] for row in rows if row["school_id"] not in ("", mine["school_id"]))
    others = [row for row in rows if row is not mine]
    change_rows(edition, lambda rows: replace(rows, [*others, *instead(mine, far)]))
    receipt = receipt_of(drawn[1], mine["ticket"])
    step = auditing.verify(edition, receipt=receipt)[-1]
    assert (step.name, step.holds) == ("V15 receipt", False)
    assert step.why.endswith("; the result says otherwise")


def test_a_family_that_was_redirected_is_told_what_is_not_checked(drawn, edition):
    said = {"ZONE": "the result agrees", "REDIRECT": "redirects are left to the auditor"}
    often = Counter(row["ticket"] for row in rows_of(edition / "result.csv"))
    for how, last in said.items():
        rows = rows_of(edition / "result.csv")
        mine = next(row for row in rows if row["how"] == how and often[row["ticket"]] == 1)
        receipt = receipt_of(drawn[1], mine["ticket"])
        assert told(edition, receipt).split("; ")[-1] == last


def test_a_twin_left_out_is_seen_by_its_family(drawn, edition):
    """The roll has one ticket for both: no one else can know that there are two."""
    ticket, _ = Counter(row["ticket"] for row in rows_of(edition / "result.csv")).most_common(1)[0]

    def leave_out(rows):
        rows.remove(next(row for row in rows if row["ticket"] == ticket))

    change_rows(edition, leave_out)
    assert failing(edition) == []
    receipt = receipt_of(drawn[1], ticket)
    assert auditing.verify(edition, receipt=receipt)[-1].why.endswith("; the result says otherwise")


def replace(rows, by):
    rows[:] = sorted(by, key=lambda row: tuple(row.values()))


def change_rows(edition, change):
    rows = rows_of(edition / "result.csv")
    change(rows)
    (edition / "result.csv").write_bytes(table_bytes(rows))
    seal(edition)


def test_a_ticket_left_out_fails(edition):
    def leave_out(rows):
        replace(rows, [row for row in rows if row["ticket"] != rows[3]["ticket"]])

    change_rows(edition, leave_out)
    assert failing(edition) == ["V7 everyone     FAIL  the result is of another roll"]


def test_a_ticket_too_many_fails(edition):
    change_rows(
        edition, lambda rows: rows.append({**rows[0], "ticket": "ZZZZ9999", "school_id": ""})
    )
    assert failing(edition) == ["V7 everyone     FAIL  the result is of another roll"]


def test_an_overfull_school_fails(edition):
    def crowd(rows):
        for row in rows:
            row["school_id"], row["how"] = "S1", "ZONE"

    change_rows(edition, crowd)
    assert failing(edition) == ["V8 seats        FAIL  S1 is overfull"]


@pytest.mark.parametrize(
    ("how", "overfull"), [("ZONE", True), ("FIXED", False), ("", False)], ids=str
)
def test_a_school_is_overfull_by_decisions_alone_which_a_hidden_reason_may_be(
    edition, how, overfull
):
    rules = json.loads((edition / "rules.json").read_bytes())
    seats = next(one["seats_limit"] for one in rules["schools"] if one["id"] == "S1")

    def crowd(rows):
        for number, row in enumerate(rows):
            row["school_id"], row["how"] = ("S1", how) if number <= seats else ("", "NO_SEAT")

    change_rows(edition, crowd)
    assert failing(edition) == ["V8 seats        FAIL  S1 is overfull"] * overfull


def test_other_seats_than_those_committed_to_fail(edition):
    rules = json.loads((edition / "rules.json").read_bytes())
    rules["schools"][0]["seats_limit"] += 1
    text = json.dumps(rules, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    (edition / "rules.json").write_text(text + "\n", "utf-8")
    seal(edition)
    assert [line[:2] for line in failing(edition)] == ["V3", "V8"]


def test_a_file_that_was_changed_fails(edition):
    (edition / "result.csv").write_bytes(b"ticket,school_id,how\n")
    assert failing(edition)[0] == "V1 files        FAIL  result.csv is not as SHA256SUMS says"


@pytest.mark.parametrize("name", ["cutoffs.csv", "rules.json", "roll.txt", "order.csv"])
def test_a_missing_file_is_told_in_one_sentence(edition, name):
    (edition / name).unlink()
    with pytest.raises(UsageError, match=f"{name} is missing"):
        auditing.verify(edition)


def test_the_edition_of_a_rehearsal_is_checked_only_where_that_is_said(tmp_path):
    scenario = make_scenario(tmp_path / "autumn")
    allocate(load(scenario)).write(tmp_path / "run")
    site = publish(tmp_path / "run", tmp_path / "site")
    assert [line[:8] for line in failing(site)] == ["V2 roll "]
    steps = auditing.verify(site, rehearsal=True)
    assert [(step.name, step.holds) for step in steps] == [
        ("V1 files", True), ("V2 roll", True), ("V7 everyone", True), ("V8 seats", True),
    ]  # fmt: skip


def told(site, receipt):
    return auditing.verify(site, receipt=receipt)[-1].why


def test_a_cutoff_may_leave_out_the_last_parts_of_a_key(drawn, edition):
    """Everybody up to a group, or to a metre, clears a cutoff that says no more than that."""
    rows = rows_of(edition / "cutoffs.csv")
    closed = {row["school_id"] for row in rows}
    rules = json.loads((edition / "rules.json").read_bytes())
    zones = {zone["id"]: set(zone["schools"]) for zone in rules["zones"]}
    refused = Counter()
    for receipt in receipts(drawn[1]):
        record = json.loads(receipt.read_bytes())["record"]
        child, *others = record["children"]
        if others or child["ineligible"] or child["placed_school"]:
            continue
        for group in ("A", "B"):
            for row in rows:
                row["cutoff"] = f"group={group}"
            (edition / "cutoffs.csv").write_bytes(table_bytes(rows))
            worse = child["group"] > group and zones[child["zone"]] <= closed
            assert ("gives no place" in told(edition, receipt)) == worse
            refused[worse] += 1
    assert refused[True]
    assert refused[False]


def test_an_empty_cutoff_admits_nobody(edition, drawn):
    """A school that closed without taking anybody has one."""
    rows = rows_of(edition / "cutoffs.csv")
    for row in rows:
        row["cutoff"] = ""
    (edition / "cutoffs.csv").write_bytes(table_bytes(rows))
    closed = {row["school_id"] for row in rows}
    for receipt in receipts(drawn[1])[:40]:
        given = set(re.findall(" gives (S[0-9])", told(edition, receipt)))
        assert not given & closed


def test_children_placed_together_are_told_that_skipping_is_not_in_a_cutoff(tmp_path):
    make_county(tmp_path)
    table = tmp_path / "county" / "applicants.csv"
    rows = rows_of(table)
    for row, twin in zip(rows[::20], rows[1::20], strict=True):
        twin["zone"] = row["zone"]
    table.write_bytes(table_bytes(rows))
    run, _ = _with_text(
        tmp_path, SCENARIO.replace('rule = "zone"\n', 'rule = "zone"\nlast_seat = "skip"\n')
    )
    site = publish(run, tmp_path / "site")
    said = Counter()
    for receipt in receipts(tmp_path):
        children = json.loads(receipt.read_bytes())["record"]["children"]
        together = len(children) > 1 and len({child["zone"] for child in children}) == 1
        assert ("if all fit" in told(site, receipt)) == together
        said[together] += 1
    assert said[True]


def _with_text(folder, text):
    """Make the small county under another scenario text."""
    if not (folder / "county").exists():
        make_county(folder)
    for name in ("run", "draw"):
        shutil.rmtree(folder / name)
    (folder / "county" / "log.jsonl").unlink()
    return run_with_draw(folder, folder / "county" / "county.toml", text, f'seed = "{"0" * 64}"')


def test_ways_measured_elsewhere_are_not_public_and_their_rounds_are_not_told(tmp_path):
    make_county(tmp_path)
    ids = [row["applicant_id"] for row in rows_of(tmp_path / "county" / "applicants.csv")]
    rows = [
        {"applicant_id": child, "school_id": f"S{m}", "metres": 300 + 50 * ((n * 7 + m * 3) % 40)}
        for n, child in enumerate(ids)
        for m in range(1, 9)
    ]
    (tmp_path / "county" / "ways.csv").write_bytes(table_bytes(rows))
    matrix = '[travel]\nmode = "matrix"\nmatrix = "ways.csv"\n[lottery]\n'
    run, _ = _with_text(tmp_path, SCENARIO.replace("[lottery]\n", matrix))
    assert failing(run) == []
    site = publish(run, tmp_path / "site")
    assert failing(site) == []
    receipt = receipt_of_somebody(run, tmp_path, "ZONE")
    assert told(site, receipt).startswith("the record is in the root; the result agrees")
    assert told(run, receipt).startswith("the record is in the root; round zone gives")


def test_a_place_by_decision_is_held_against_the_record(tmp_path):
    make_county(tmp_path)
    table = tmp_path / "county" / "applicants.csv"
    nobody = dict.fromkeys(("school", "reason", "authority", "date"), "")
    decided = {"school": "S4", "reason": "disabled", "authority": "N1", "date": "2026-06-01"}
    rows = [
        {**row, **{f"placed_{name}": value for name, value in facts.items()}}
        for row, facts in zip(
            rows_of(table), [*[nobody] * 5, decided, *[nobody] * 999], strict=False
        )
    ]
    table.write_bytes(table_bytes(rows))
    run, _ = _with_text(tmp_path, SCENARIO)
    site = publish(run, tmp_path / "site")
    receipt = receipt_of_somebody(run, tmp_path, "FIXED")
    assert told(site, receipt).startswith("the record is in the root; the result agrees")

    def move(rows):
        replace(
            rows, [{**row, "school_id": "S5"} if row["how"] == "FIXED" else row for row in rows]
        )

    change_rows(site, move)
    assert told(site, receipt) == "the record is in the root; the result says otherwise"


AGAIN = """[[round]]
id = "again"
rule = "zone"
seats = "limit"
order = ["distance"]
[[round]]
id = "redirect"
"""


@pytest.mark.parametrize(
    "change",
    [
        ('rule = "zone"\n', 'rule = "zone"\nlast_seat = "skip"\n'),
        ('[[round]]\nid = "redirect"\n', AGAIN),
        ('"group", "sibling", "distance", "points", "since"', '"since", "points", "group"'),
    ],
    ids=["bundles may be passed over", "two zone rounds", "dates and points first"],
)
def test_an_honest_result_agrees_with_every_receipt(tmp_path, change):
    assert change[0] in SCENARIO
    make_county(tmp_path)
    run, _ = _with_text(tmp_path, SCENARIO.replace(*change, 1))
    public = tmp_path / "public"
    public.mkdir()
    for name, content in enroll.publish(run).files.items():
        (public / name).write_bytes(content)
    for site in (publish(run, tmp_path / "site"), public):
        assert failing(site) == []
        steps = {one: auditing.verify(site, receipt=one)[-1] for one in receipts(tmp_path)}
        assert [str(step) for step in steps.values() if not step.holds] == []

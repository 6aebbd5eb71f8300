"""verify.py and a second verifier agree on random runs, lawful and changed.

`ENROLL_BUNDLES=1000` in the environment checks more of them.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import random
import subprocess
import sys

import pytest

from enroll import allocate, load
from tests.office.draws import make_draw, use_draw
from tests.verify.second_verifier import verify_folder

BUNDLES = int(os.environ.get("ENROLL_BUNDLES", "12"))
SCENARIO = """title = "small"
year = 2026
stage = "primary"
[files]
applicants = "applicants.csv"
schools = "schools.csv"
zones = "zones.csv"
[coordinates]
applicants = "wgs84"
schools = "wgs84"
zones = "wgs84"
metric_crs = "EPSG:4546"
[limits]
class_standard = 2
class_limit = 3
[travel]
round_m = 200
[lottery]
seed = "{seed}"
[[group]]
id = "A"
when = {{home = "own"}}
[[group]]
id = "B"
when = {{}}
[[round]]
id = "zone"
rule = "zone"
order = {order}
last_seat = "{last}"
[[round]]
id = "redirect"
rule = "redirect"
max_m = {far}
goal = "{goal}"
[[round]]
id = "stretch"
rule = "redirect"
seats = "limit"
goal = "{goal}"
"""


def write(path, rows):
    """Write a table."""
    with path.open("w", newline="", encoding="utf-8") as file:
        table = csv.DictWriter(file, list(rows[0]))
        table.writeheader()
        table.writerows(rows)


def place(dice):
    """Return a random point in a small town."""
    return {"lon": f"{dice.uniform(112.30, 112.34):.5f}", "lat": f"{dice.uniform(29.4, 29.44):.5f}"}


def make_run(folder, dice):
    """Allocate a random small town and write its run."""
    schools = [
        {"school_id": f"S{n}", "name": f"S{n}", **place(dice), "classes": dice.randint(1, 2),
         "reserved": dice.choice([0, 0, 1]), "reserved_for": "teachers",
         "sector": "public", "kind": "full"}
        for n in range(1, dice.randint(3, 5))
    ]  # fmt: skip
    ids = [each["school_id"] for each in schools]
    zones = [
        {"zone_id": f"Z{n}", "schools": ";".join(sorted(dice.sample(ids, n))), **place(dice)}
        for n in (1, 2)
    ]
    pupils = []
    for n in range(dice.randint(4, 18)):
        decided = dice.random() < 0.06
        pupils.append({
            "applicant_id": f"P{n:02}", **place(dice), "zone": dice.choice(["Z1", "Z2", "Z2"]),
            "home": dice.choice(["own", "rent"]), "birth_date": dice.choice(
                ["2019-12-01", "2020-02-02", "2020-03-03", "2020-04-04", "2020-12-12"]),
            "review": dice.choice(["passed"] * 9 + ["pending"]),
            "family": dice.choice([""] * 6 + ["F1", "F2"]),
            "sibling_school": dice.choice([""] * 5 + ids[:1]), "points": dice.randint(0, 3),
            "since": dice.choice(["", "2021-01-01", "2022-02-02"]),
            "accepts_redirect": dice.choice(["yes"] * 5 + ["no"]),
            "placed_school": ids[0] if decided else "",
            "placed_reason": "court" if decided else "",
            "placed_authority": "No. 1" if decided else "",
            "placed_date": "2026-06-01" if decided else "",
        })  # fmt: skip
    pupils[0].update(review="passed", birth_date="2019-12-01")  # somebody must be eligible
    folder.mkdir()
    for name, rows in (("applicants", pupils), ("schools", schools), ("zones", zones)):
        write(folder / f"{name}.csv", rows)
    order = dice.choice(['["group", "sibling", "distance"]', '["points", "since"]', '["group"]'])
    text = SCENARIO.format(
        seed=dice.randbytes(32).hex(), order=order, far=dice.choice([600, 1500, 3000]),
        last=dice.choice(["exceed", "skip"]),
        goal=dice.choice(["total", "total", "farthest", "fewest_far"]),
    )  # fmt: skip
    (folder / "town.toml").write_text(text, "utf-8")
    allocate(load(folder / "town.toml")).write(folder / "run")
    return folder / "run"


def first_says(run):
    """Tell whether verify.py passes a run, and what it prints."""
    done = subprocess.run(  # noqa: S603 - the program of a run that this test made
        [sys.executable, "-I", "-B", str(run / "verify.py"), "--rehearsal"],
        cwd=run, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode == 0, done.stdout + done.stderr


def second_says(run):
    """Tell whether the second verifier passes a run, and why not."""
    steps = verify_folder(run)
    return all(ok for _, ok, _ in steps), str(steps[-1])


def seal(run):
    """Make SHA256SUMS agree with the files again."""
    names = sorted(
        path.relative_to(run).as_posix()
        for path in run.rglob("*")
        if path.is_file() and path.name != "SHA256SUMS"
    )
    lines = [f"{hashlib.sha256((run / name).read_bytes()).hexdigest()}  {name}\n" for name in names]
    (run / "SHA256SUMS").write_text("".join(lines), "utf-8")


def exchange(run, dice):
    """Let two children change places, in every table that names them."""
    rows = list(csv.DictReader((run / "allocation.csv").read_text("utf-8").splitlines()))
    placed = [row for row in rows if row["status"] == "placed"]
    pairs = [(a, b) for a in placed for b in placed if a["school_id"] < b["school_id"]]
    if not pairs:
        return False
    one, two = dice.choice(pairs)
    one["school_id"], two["school_id"] = two["school_id"], one["school_id"]
    write(run / "allocation.csv", rows)
    return True


def raise_value(run, dice):
    """Claim another value in the certificate."""
    proof = json.loads((run / "certificate.json").read_bytes())
    levels = [level for each in proof["rounds"] for level in each["levels"]]
    if not levels:
        return False
    dice.choice(levels)["value"] += 1
    text = json.dumps(proof, sort_keys=True, separators=(",", ":"))
    (run / "certificate.json").write_text(text + "\n", "utf-8")
    return True


def raise_price(run, dice):
    """Claim another price in the certificate."""
    proof = json.loads((run / "certificate.json").read_bytes())
    levels = [level for each in proof["rounds"] for level in each["levels"]]
    levels = [level for level in levels if isinstance(level["prices"], dict)]
    if not levels:
        return False
    prices = dice.choice(levels)["prices"]
    prices["S1"] = prices.get("S1", 0) + 1
    text = json.dumps(proof, sort_keys=True, separators=(",", ":"))
    (run / "certificate.json").write_text(text + "\n", "utf-8")
    return True


def change_rank(run, dice):
    """Give one child another rank."""
    rows = list(csv.DictReader((run / "allocation.csv").read_text("utf-8").splitlines()))
    row = dice.choice(rows)
    row["lottery_rank"] = str(int(row["lottery_rank"]) + 1)
    write(run / "allocation.csv", rows)
    return True


def change_classes(run, dice):
    """Claim that a class is larger."""
    rows = list(csv.DictReader((run / "classes.csv").read_text("utf-8").splitlines()))
    if not rows:
        return False
    row = dice.choice(rows)
    row["size"] = str(int(row["size"]) + 1)
    write(run / "classes.csv", rows)
    return True


CHANGES = (exchange, raise_value, raise_price, change_rank, change_classes)


@pytest.mark.parametrize("number", range(BUNDLES))
def test_both_agree_on_a_run_and_on_a_change_of_it(tmp_path, number):
    dice = random.Random(number)  # noqa: S311 - makes towns, draws nothing
    run = make_run(tmp_path / "town", dice)
    first, second = first_says(run), second_says(run)
    assert (first[0], second[0]) == (True, True), (first, second)
    change = dice.choice(CHANGES)
    if change(run, dice):
        seal(run)
        first, second = first_says(run), second_says(run)
        assert (first[0], second[0]) == (False, False), (change, first, second)


def test_both_agree_on_a_committed_draw(tmp_path):
    scenario, _ = make_draw(tmp_path)
    use_draw(scenario)
    allocate(load(scenario)).write(tmp_path / "run")
    first, second = first_says(tmp_path / "run"), second_says(tmp_path / "run")
    assert (first[0], second[0]) == (True, True), (first, second)
    sources = tmp_path / "run" / "audit" / "sources.txt"
    sources.write_bytes(sources.read_bytes().replace(b"40817", b"40818"))
    seal(tmp_path / "run")
    assert (first_says(tmp_path / "run")[0], second_says(tmp_path / "run")[0]) == (False, False)

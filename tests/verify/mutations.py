"""Changes of a finished run that some numbered step must find.

`python -m tests.verify.mutations [COUNT]` makes a small county with a committed draw, changes
every byte of every file but one in its meaning's way, and then makes COUNT changes of meaning,
10,000 by default, each with SHA256SUMS made consistent again. It prints what no step found.
"""

from __future__ import annotations

import csv
import gc
import hashlib
import io
import json
import random
import sys
import tempfile
from argparse import Namespace
from pathlib import Path

from enroll import allocate, load
from enroll.office import draws
from enroll.verify.program import verify as program
from tests.office.draws import AFTER, SOURCES, VALUES, before, later

SUMS = "SHA256SUMS"
SCENARIO = """title = "small county"
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
class_standard = 9
class_limit = 11
[lottery]
draw = "../draw"
[[group]]
id = "A"
when = {home = "own"}
[[group]]
id = "B"
when = {}
[[round]]
id = "zone"
rule = "zone"
order = ["group", "sibling", "distance", "points", "since"]
[[round]]
id = "redirect"
rule = "redirect"
max_m = 1500
[[round]]
id = "stretch"
rule = "redirect"
seats = "limit"
"""


def make_county(folder, children=150, seed=1):
    """Allocate a small county under a committed draw; return the run and the published hash."""
    dice = random.Random(seed)  # noqa: S311 - makes a county, draws nothing
    home = folder / "county"
    home.mkdir()
    schools = [
        {"school_id": f"S{n}", "name": f"School {n}", **_point(dice), "classes": dice.randint(1, 3),
         "reserved": n % 2, "reserved_for": "teachers"}
        for n in range(1, 9)
    ]  # fmt: skip
    ids = [school["school_id"] for school in schools]
    zones = [
        {"zone_id": f"Z{n}", "schools": ";".join(ids[n - 1 : n + 1]), **_point(dice)}
        for n in range(1, 8, 2)
    ]
    pupils = [
        {"applicant_id": f"P{n:03}", **_point(dice), "zone": dice.choice(zones)["zone_id"],
         "home": dice.choice(["own", "rent"]),
         "birth_date": dice.choice(["2019-12-01"] * 9 + ["2020-12-12"]),
         "review": dice.choice(["passed"] * 19 + ["pending"]),
         "family": f"F{n // 2}" if n % 20 < 2 else "", "points": dice.randint(0, 2),
         "since": dice.choice(["", "2021-01-01", "2022-02-02"]),
         "sibling_school": dice.choice(ids) if n % 7 == 0 else "",
         "accepts_redirect": dice.choice(["yes"] * 9 + ["no"])}
        for n in range(children)
    ]  # fmt: skip
    for name, rows in (("applicants", pupils), ("schools", schools), ("zones", zones)):
        (home / f"{name}.csv").write_bytes(_table(rows))
    scenario = home / "county.toml"
    scenario.write_text(SCENARIO.replace('draw = "../draw"', f'seed = "{"0" * 64}"'), "utf-8")
    draws.freeze(scenario, folder / "draw", draw_id="2026-small", clock=before)
    _, published = draws.commit(folder / "draw", SOURCES, AFTER, clock=before)
    draws.draw(folder / "draw", VALUES, clock=later)
    scenario.write_text(SCENARIO, "utf-8")
    allocate(load(scenario)).write(folder / "run")
    return folder / "run", published


def _point(dice):
    return {"lon": f"{dice.uniform(112.30, 112.34):.5f}", "lat": f"{dice.uniform(29.4, 29.44):.5f}"}


def _table(rows):
    stream = io.StringIO(newline="")
    table = csv.DictWriter(stream, list(rows[0]), lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    return stream.getvalue().encode()


def failing(run, published):
    """Return the names of the steps that fail."""
    options = Namespace(receipt="", log="", commit_hash=published, rehearsal=False)
    try:
        steps = program.check(run, options)
    except FileNotFoundError as error:
        return [str(error)]
    return [name for name, holds, _ in steps if not holds]


class Copy:
    """A run that is changed and put back.

    Parameters
    ----------
    run
        The folder; its files are kept in memory.
    """

    def __init__(self, run):
        self.run = run
        paths = [path for path in run.rglob("*") if path.is_file()]
        self.kept = {path.relative_to(run).as_posix(): path.read_bytes() for path in paths}
        self.files = dict(self.kept)

    def write(self, *, sealed):
        """Write what was changed, with consistent hashes or not."""
        if sealed:
            lines = [
                f"{hashlib.sha256(self.files[name]).hexdigest()}  {name}\n"
                for name in sorted(self.files)
                if name != SUMS
            ]
            self.files[SUMS] = "".join(lines).encode()
        for name, content in self.files.items():
            if content != self.kept[name]:
                (self.run / name).write_bytes(content)

    def restore(self):
        """Put everything back."""
        for name, content in self.files.items():
            if content != self.kept[name]:
                (self.run / name).write_bytes(self.kept[name])
        self.files = dict(self.kept)

    def rows(self, name):
        """Return the lines of a table as dictionaries."""
        return list(csv.DictReader(io.StringIO(self.files[name].decode(), newline="")))

    def put_rows(self, name, rows):
        """Put a table's lines."""
        self.files[name] = _table(rows)

    def value(self, name):
        """Return the content of a JSON file."""
        return json.loads(self.files[name])

    def put_value(self, name, value):
        """Put the content of a JSON file in its canonical form."""
        self.files[name] = program_json(value) + b"\n"


def program_json(value):
    """Return canonical JSON."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def swap_children(copy, dice):
    """Let two children change places, in both tables that say where they are."""
    rows = copy.rows("allocation.csv")
    one, two = dice.sample([row for row in rows if row["status"] == "placed"], 2)
    for key in ("school_id", "round", "distance_m", "distance_from", "reason"):
        one[key], two[key] = two[key], one[key]
    copy.put_rows("allocation.csv", rows)
    swap_places(copy, dice, {one["applicant_id"], two["applicant_id"]})


def swap_places(copy, dice, names=None):
    """Let two children change places after every redirect round."""
    rows = copy.rows("audit/places.csv")
    chosen = [row for row in rows if names is None or row["applicant_id"] in names]
    if len(chosen) < 2:
        return
    one, two = dice.sample(chosen, 2)
    for key in [key for key in one if key != "applicant_id"]:
        one[key], two[key] = two[key], one[key]
    copy.put_rows("audit/places.csv", rows)


def change_cell(name, column, choices):
    """Return a change that puts another value into one cell of a column."""

    def change(copy, dice):
        rows = copy.rows(name)
        row = dice.choice(rows)
        row[column] = dice.choice([each for each in choices(row[column]) if each != row[column]])
        copy.put_rows(name, rows)

    return change


def near(cell):
    """Return whole numbers close to one."""
    return [str(int(cell or 0) + step) for step in (-2, -1, 1, 2, 50)]


def schools_of(_):
    """Return the ids of all schools, and none."""
    return [*(f"S{n}" for n in range(1, 9)), ""]


def drop_row(name):
    """Return a change that takes a line out of a table."""

    def change(copy, dice):
        rows = copy.rows(name)
        if len(rows) > 1:
            rows.pop(dice.randrange(len(rows)))
            copy.put_rows(name, rows)

    return change


def edit_cutoff(copy, dice):
    """Move a number in a cutoff."""
    rows = copy.rows("cutoffs.csv")
    chosen = [row for row in rows if row["cutoff"]]
    row = dice.choice(chosen)
    parts = [part.split("=") for part in row["cutoff"].split()]
    part = dice.choice([part for part in parts if part[1].isdigit()])
    part[1] = str(int(part[1]) + dice.choice([-50, -1, 1, 50]))
    row["cutoff"] = " ".join("=".join(part) for part in parts)
    copy.put_rows("cutoffs.csv", rows)


def _levels(copy):
    value = copy.value("certificate.json")
    return value, [
        level for proof in value["rounds"] for level in [*proof["levels"], *proof["counted"]]
    ]


def change_price(copy, dice):
    """Change the price of one school at one level."""
    value, levels = _levels(copy)
    level, school = dice.choice(levels), f"S{dice.randint(1, 8)}"
    price = level["prices"].get(school, 0) + dice.choice([-50, -1, 1, 50])
    level["prices"][school] = price
    if not price:
        del level["prices"][school]
    copy.put_value("certificate.json", value)


def change_value(copy, dice):
    """Change the value of one level."""
    value, levels = _levels(copy)
    dice.choice(levels)["value"] += dice.choice([-50, -1, 1, 50])
    copy.put_value("certificate.json", value)


def drop_level(copy, dice):
    """Take one level out."""
    value, _ = _levels(copy)
    levels = dice.choice(value["rounds"])["levels"]
    levels.pop(dice.randrange(len(levels)))
    copy.put_value("certificate.json", value)


def change_witness(copy, dice):
    """Claim another shortage."""
    value, _ = _levels(copy)
    overloads = dice.choice(value["rounds"])["overloads"]
    if overloads and dice.random() < 0.5:
        dice.choice(overloads)[dice.choice(["demand", "seats"])] += 1
    else:
        overloads.append({"schools": ["S8"], "demand": 3, "seats": 2})
    copy.put_value("certificate.json", value)


def change_family(copy, dice):
    """Send a family elsewhere in the certificate, or leave it out."""
    value, _ = _levels(copy)
    families = [proof["families"] for proof in value["rounds"] if proof["families"]]
    if not families:
        return
    chosen = dice.choice(families)
    family = dice.choice(chosen)
    if family["school_id"] is None:
        return
    if dice.random() < 0.5:
        chosen.remove(family)
    else:
        others = [school for school in schools_of("") if school not in ("", family["school_id"])]
        family["school_id"] = dice.choice(others)
    copy.put_value("certificate.json", value)


def add_seat(copy, dice):
    """Give a school another number in the rules."""
    value = copy.value("audit/rules.json")
    school = dice.choice(value["schools"])
    keys = ["seats_standard", "seats_limit", "classes", "reserved", "school_limit", "x_dm"]
    school[dice.choice(keys)] += dice.choice([-1, 1, 9])
    copy.put_value("audit/rules.json", value)


def change_rule(copy, dice):
    """Change a setting of the rules."""
    value = copy.value("audit/rules.json")
    change = dice.choice(
        [
            lambda: value["rounds"][2].update(max_m=1550),
            lambda: value["groups"].reverse(),
            lambda: value["rounds"][1]["order"].reverse(),
            lambda: value.update(round_m=100),
            lambda: value["age"].update(latest_birth="2021-01-01"),
            lambda: value.update(log_head="0" * 64),
            lambda: value["zones"][0]["schools"].pop(),
        ]
    )
    change()
    copy.put_value("audit/rules.json", value)


def change_record(copy, dice):
    """Change one fact of one child."""
    lines = copy.files["audit/records.jsonl"].splitlines()
    at = dice.randrange(len(lines))
    line = json.loads(lines[at])
    child = dice.choice(line["record"]["children"])
    change = dice.choice(
        [
            {"points": child["points"] + 1},
            {"x_dm": child["x_dm"] + dice.choice([-900, 1, 900])},
            {"group": "A" if child["group"] == "B" else "B"},
            {"accepts_redirect": not child["accepts_redirect"]},
            {"birth_date": "2018-01-01"},
            {"zone": "Z3" if child["zone"] == "Z1" else "Z1"},
            {"sibling_school": "S2" if child["sibling_school"] == "S1" else "S1"},
            {"placed_school": "S1"},
        ]
    )
    child.update(change)
    lines[at] = program_json(line)
    copy.files["audit/records.jsonl"] = b"\n".join(lines) + b"\n"


def drop_record(copy, dice):
    """Let a ticket disappear, in the records and in the allocation."""
    lines = copy.files["audit/records.jsonl"].splitlines(keepends=True)
    gone = json.loads(lines.pop(dice.randrange(len(lines))))["record"]["children"]
    copy.files["audit/records.jsonl"] = b"".join(lines)
    names = {child["id"] for child in gone}
    rows = copy.rows("allocation.csv")
    copy.put_rows("allocation.csv", [row for row in rows if row["applicant_id"] not in names])


def change_draw(copy, dice):
    """Change a text of the draw, or two ranks of its order."""
    name, old, new = dice.choice(
        [
            ("audit/sources.txt", b"40817", b"40818"),
            ("audit/sources.txt", b"01.07", b"02.07"),
            ("audit/commit.txt", b"2026-07-12", b"2026-07-13"),
            ("audit/commit.txt", b"pl5-2026182", b"pl5-2026183"),
            ("audit/roll.txt", b"2026-small", b"2026-smelt"),
            ("manifest.json", b'"rehearsal": false', b'"rehearsal": true'),
            ("manifest.json", b'"draw_id": "2026', b'"draw_id": "2027'),
        ]
    )
    if dice.random() < 0.5:
        copy.files[name] = copy.files[name].replace(old, new)
        return
    rows = copy.rows("audit/order.csv")
    one, two = dice.sample(rows, 2)
    one["ticket"], two["ticket"] = two["ticket"], one["ticket"]
    copy.put_rows("audit/order.csv", rows)


CHANGES = (
    swap_children,
    swap_places,
    change_cell("allocation.csv", "school_id", schools_of),
    change_cell("allocation.csv", "lottery_rank", near),
    change_cell("allocation.csv", "distance_m", near),
    change_cell("allocation.csv", "group", lambda _: ["A", "B"]),
    change_cell("allocation.csv", "zone_id", lambda _: ["Z1", "Z3", ""]),
    change_cell("allocation.csv", "reason", lambda _: ["FIXED", "ZONE", "REDIRECT", "NO_SEAT"]),
    change_cell("allocation.csv", "status", lambda _: ["placed", "unplaced", "ineligible"]),
    change_cell("allocation.csv", "ticket", lambda cell: [cell[::-1] + "X"]),
    change_cell("audit/places.csv", "stretch", schools_of),
    change_cell("audit/places.csv", "redirect", schools_of),
    change_cell("classes.csv", "size", near),
    *(
        change_cell("schools.csv", column, near)
        for column in ("seats_standard", "seats_limit", "placed", "zone_demand", "redirected_in")
    ),
    change_cell("cutoffs.csv", "offered", near),
    change_cell("cutoffs.csv", "filled", near),
    edit_cutoff,
    *map(drop_row, ("allocation.csv", "cutoffs.csv", "classes.csv", "schools.csv")),
    drop_row("audit/places.csv"),
    change_price,
    change_price,
    change_value,
    drop_level,
    change_witness,
    change_family,
    add_seat,
    change_rule,
    change_record,
    drop_record,
    change_draw,
)


def unfound_meanings(run, published, count, seed=2):
    """Make changes of meaning; return those that no step found, and how many were made."""
    copy, dice, unfound, made = Copy(run), random.Random(seed), [], 0  # noqa: S311
    for number in range(count):
        change = CHANGES[number % len(CHANGES)]
        change(copy, dice)
        if copy.files == copy.kept:
            continue
        made += 1
        copy.write(sealed=True)
        changed = {
            name: copy.files[name] for name in copy.files if copy.files[name] != copy.kept[name]
        }
        if not failing(run, published):
            unfound.append((number, getattr(change, "__qualname__", ""), sorted(changed)))
        copy.restore()
    return unfound, made


def unfound_bytes(run, published, positions):
    """Change single bytes; `positions(name, size)` says which. Return those that no step found."""
    copy, unfound = Copy(run), []
    for name, content in copy.kept.items():
        for at in positions(name, len(content)):
            changed = bytes([content[at] ^ 1])
            copy.files[name] = content[:at] + changed + content[at + 1 :]
            copy.write(sealed=False)
            if not failing(run, published):
                unfound.append((name, at))
            copy.restore()
    return unfound


def main(count):
    """Print what no step found."""
    gc.disable()
    with tempfile.TemporaryDirectory() as folder:
        run, published = make_county(Path(folder))
        print("untouched:", failing(run, published) or "every step holds")
        dice = random.Random(3)  # noqa: S311
        some = unfound_bytes(
            run, published, lambda _, size: dice.sample(range(size), min(size, 100))
        )
        print("bytes that no step found:", some)
        unfound, made = unfound_meanings(run, published, count)
        print(f"of {made} changes of meaning, no step found {len(unfound)}:", unfound[:20])
    return int(bool(unfound or some))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000))

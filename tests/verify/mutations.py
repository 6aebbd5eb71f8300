"""Changes of a finished run that some numbered step must find.

`python -m tests.verify.mutations [COUNT] [--sample-county] [--seed N]` makes a small county, or
takes the sample county, with a committed draw; changes every byte of every file (of a file beyond
100,000 bytes, 5,000 drawn ones); and then makes COUNT changes of meaning, 10,000 by default,
each with SHA256SUMS made consistent again. It prints what no step found, and ends with 1 if
there was any.
"""

from __future__ import annotations

import argparse
import csv
import gc
import hashlib
import io
import itertools
import json
import random
import sys
import tempfile
import time
from argparse import Namespace
from collections import Counter
from pathlib import Path

from enroll.verify.program import verify as program
from tests.verify.counties import make_county, make_sample_county, table_bytes

SUMS = "SHA256SUMS"
LARGE, DRAWN = 100_000, 5_000
"""Of a file beyond this many bytes, so many are changed; of a smaller one, all."""


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
        rules = self.value("audit/rules.json")
        self.schools, self.zones, self.groups = (
            [one["id"] for one in rules[name]] for name in ("schools", "zones", "groups")
        )

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
        self.files[name] = table_bytes(rows)

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
        others = [each for each in choices(copy, row[column]) if each != row[column]]
        row[column] = dice.choice(others)
        copy.put_rows(name, rows)

    return change


def near(_, cell):
    """Return whole numbers close to one."""
    return [str(int(cell or 0) + step) for step in (-2, -1, 1, 2, 50)]


def ids(kind):
    """Return choices: the ids of all schools, zones or groups, and none."""
    return lambda copy, _: [*getattr(copy, kind), ""]


def words(*them):
    """Return choices that are always the same."""
    return lambda *_: them


def move_place(copy, dice):
    """Send a child elsewhere after some redirect round."""
    rows = copy.rows("audit/places.csv")
    row = dice.choice(rows)
    column = dice.choice([name for name in row if name != "applicant_id"])
    row[column] = dice.choice([one for one in [*copy.schools, ""] if one != row[column]])
    copy.put_rows("audit/places.csv", rows)


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
    level, school = dice.choice(levels), dice.choice(copy.schools)
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
        overloads.append({"schools": copy.schools[-1:], "demand": 3, "seats": 2})
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
        others = [school for school in copy.schools if school != family["school_id"]]
        family["school_id"] = dice.choice(others)
    copy.put_value("certificate.json", value)


def add_seat(copy, dice):
    """Give a school another number in the rules."""
    value = copy.value("audit/rules.json")
    school = dice.choice(value["schools"])
    keys = ["seats_standard", "seats_limit", "classes", "reserved", "school_limit", "x_dm"]
    key = dice.choice([key for key in keys if school[key] is not None])
    school[key] += dice.choice([-1, 1, 9])
    copy.put_value("audit/rules.json", value)


def change_rule(copy, dice):
    """Change a setting of the rules."""
    value = copy.value("audit/rules.json")
    far = next(one for one in value["rounds"] if one["rule"] == "redirect")
    near = next(one for one in value["rounds"] if one["rule"] == "zone")
    change = dice.choice(
        [
            lambda: far.update(max_m=1550),
            lambda: value["groups"].reverse(),
            lambda: near["order"].reverse(),
            lambda: value.update(round_m=10),
            lambda: value["age"].update(latest_birth="2021-01-01"),
            lambda: value.update(log_head="0" * 64),
            lambda: value["zones"][0]["schools"].pop(),
        ]
    )
    change()
    copy.put_value("audit/rules.json", value)


def other(them, than):
    """Return the first that is another."""
    return next(one for one in them if one != than)


def change_record(copy, dice):
    """Change one fact of one child."""
    lines = copy.files["audit/records.jsonl"].splitlines()
    at = dice.randrange(len(lines))
    line = json.loads(lines[at])
    child = dice.choice(line["record"]["children"])
    change = dice.choice(
        [
            {"points": child["points"] + 1},
            {"x_dm": (child["x_dm"] or 0) + dice.choice([-900, 1, 900])},
            {"group": other(copy.groups, child["group"])},
            {"accepts_redirect": not child["accepts_redirect"]},
            {"birth_date": "2018-01-01"},
            {"zone": other(copy.zones, child["zone"])},
            {"sibling_school": other(copy.schools, child["sibling_school"])},
            {"placed_school": other(copy.schools, child["placed_school"])},
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
    change_cell("allocation.csv", "school_id", ids("schools")),
    change_cell("allocation.csv", "lottery_rank", near),
    change_cell("allocation.csv", "distance_m", near),
    change_cell("allocation.csv", "group", ids("groups")),
    change_cell("allocation.csv", "zone_id", ids("zones")),
    change_cell("allocation.csv", "reason", words("FIXED", "ZONE", "REDIRECT", "NO_SEAT")),
    change_cell("allocation.csv", "status", words("placed", "unplaced", "ineligible")),
    change_cell("allocation.csv", "ticket", lambda _, cell: [cell[::-1] + "X"]),
    move_place,
    move_place,
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
    """Make so many changes of meaning; return those that no step found, and which steps found any.

    Under None is how many were made: a draw that changes nothing is not counted.
    """
    copy, dice, unfound, found = Copy(run), random.Random(seed), [], Counter()  # noqa: S311
    for number in itertools.count():
        if found[None] == count:
            break
        change = CHANGES[number % len(CHANGES)]
        change(copy, dice)
        if copy.files == copy.kept:
            continue
        copy.write(sealed=True)
        changed = [name for name in copy.files if copy.files[name] != copy.kept[name]]
        steps = failing(run, published)
        found.update([None, *steps])
        if not steps:
            unfound.append((number, getattr(change, "__qualname__", ""), sorted(changed)))
        copy.restore()
    return unfound, found


def first_step_holds(folder, name, content, line):
    """Tell whether V1 holds for one changed file, in a folder of this file alone."""
    path = folder / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    (folder / SUMS).write_text(line, "utf-8")
    try:
        program.files(folder)
    except ValueError:
        return False
    except KeyError:  # it held, and then missed the other files
        return True
    finally:
        path.unlink()
    return True


def unfound_bytes(run, published, positions):
    """Change single bytes; `positions(name, size)` says which. Return those that no step found.

    The whole program is asked where its first step does not find the change already.
    """
    copy, unfound = Copy(run), []
    lines = {line[66:-1]: line for line in (run / SUMS).read_text("utf-8").splitlines(True)}
    with tempfile.TemporaryDirectory() as folder:
        for name, content in copy.kept.items():
            for at in positions(name, len(content)):
                changed = content[:at] + bytes([content[at] ^ 1]) + content[at + 1 :]
                if name in lines and not first_step_holds(Path(folder), name, changed, lines[name]):
                    continue
                copy.files[name] = changed
                copy.write(sealed=False)
                if program.hold(lambda: program.files(run))[0] and not failing(run, published):
                    unfound.append((name, at))
                copy.restore()
    return unfound


def main(arguments):
    """Print what no step found."""
    parser = argparse.ArgumentParser()
    parser.add_argument("count", nargs="?", type=int, default=10_000)
    parser.add_argument("--sample-county", action="store_true")
    parser.add_argument("--seed", type=int, default=2)
    chosen = parser.parse_args(arguments)
    dice, tried, start = random.Random(chosen.seed), Counter(), time.perf_counter()  # noqa: S311

    def positions(name, size):
        drawn = range(size) if size <= LARGE else sorted(dice.sample(range(size), DRAWN))
        tried[name] = len(drawn)
        return drawn

    def tell(*what):
        print(f"{time.perf_counter() - start:8.1f} s ", *what, flush=True)

    gc.disable()
    with tempfile.TemporaryDirectory() as folder:
        make = make_sample_county if chosen.sample_county else make_county
        run, published = make(Path(folder))
        tell("untouched:", failing(run, published) or "every step holds")
        some = unfound_bytes(run, published, positions)
        tell(f"of {tried.total()} changed bytes in {len(tried)} files, no step found", some)
        unfound, found = unfound_meanings(run, published, chosen.count, chosen.seed)
        tell(f"of {found.pop(None)} changes of meaning, no step found {len(unfound)}:", unfound)
        tell("found by", dict(found.most_common()))
    return int(bool(unfound or some))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

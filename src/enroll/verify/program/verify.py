#!/usr/bin/env python3
"""Check a run of enroll with nothing but Python: `python3 verify.py` inside its folder.

Fifteen steps, V1 to V15, each PASS or FAIL with one line why; exit status 0 if all hold, 1 if one
fails, 2 if there is no run that can be read. It knows the rules and docs/reference/audit.md, not
enroll. Schools and children are numbered in the order of their ids; -1 is none, and in a redirect
round the number after the last school means to stay out. All ways are whole rounded metres.
"""

# fmt: off
import argparse
import csv
import hmac
import json
import re
import sys
from bisect import insort
from collections import Counter, defaultdict, namedtuple
from collections.abc import Iterable, Iterator
from hashlib import sha256
from itertools import zip_longest
from math import isqrt
from pathlib import Path
from typing import Any

FORMAT, SUMS, CELL, ANY, DIGIT = 1, "SHA256SUMS", 15_000, 2**31, 64
NAMES = ("files roll commitment sources seed keys everyone seats zone_rounds redirect_levels "
         "tie_breaks overloads classes log receipt").split()
FILES = (SUMS, "manifest.json", "allocation.csv", "schools.csv", "cutoffs.csv", "classes.csv",
         "certificate.json", "audit/rules.json", "audit/records.jsonl", "audit/places.csv")
PUBLIC = "rules.json", "roll.txt", "commit.txt", "sources.txt", "order.csv"
COMMIT = "draw roll inputs rules program sources published draw_after".split()
REVIEW = {"passed": "", "pending": "REVIEW_PENDING", "rejected": "REVIEW_REJECTED"}
KEPT = "id", "zone", "bundle", "x_dm", "y_dm", "distance_from", "points", "accepts_redirect"
Child = namedtuple("Child", [*KEPT, "since", "key", "ticket", "group", "out", "fixed", "sibling"])
Entrant = namedtuple("Entrant", "child group held reach place way")
Goal = tuple[str, int]


class Unreadable(Exception):  # noqa: N818 - no error of this program
    """There is nothing here that could be checked; the text says why."""


def need(holds: object, why: str) -> None:
    """Fail the step unless something holds."""
    if not holds:
        raise ValueError(why)


def canonical(value: Any) -> bytes:
    """Return a value as the only JSON that it is written in."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def hop(arcs: list[int], mask: int) -> int:
    """Return where arcs lead from a set of nodes; sets are numbers with a bit for each member."""
    reached = 0
    while mask:
        reached |= arcs[(mask & -mask).bit_length() - 1]
        mask &= mask - 1
    return reached


class Run:
    """A run's folder, its rules, and what one step leaves to the next."""

    def __init__(self, folder: Path, options: Any) -> None:
        self.folder, self.options, self.manifest = folder, options, {}
        self.rules = json.loads(self.read("rules.json"))
        if options.receipt:
            draw, digest = self.commitment()["draw"], sha256(self.read("commit.txt")).hexdigest()
            self.draw = {"draw_id": draw, "commit": digest, "rehearsal": draw.startswith("test-")}
        else:
            self.manifest = json.loads((folder / "manifest.json").read_bytes())
            self.draw = self.manifest["draw"]
        self.key = "zone" if self.rules["ways_by"] == "zone" else "id"
        self.schools, self.steps, self.metres = map(self.rules.get, ("schools", "rounds", "round_m"))
        self.number = {one["id"]: s for s, one in enumerate(self.schools)}
        self.groups = [one["id"] for one in self.rules["groups"]]
        self.zones = {z["id"]: [self.number[s] for s in z["schools"]] for z in self.rules["zones"]}
        self.points = [(one["x_dm"], one["y_dm"]) for one in self.schools]
        self.grid: dict[Any, list[int]] = defaultdict(list)
        for s, (x, y) in enumerate(self.points):
            if x is not None:
                self.grid[x // CELL, y // CELL].append(s)
        self.matrix: Any = defaultdict(dict) if self.rules["mode"] == "matrix" else None
        self.children: list[Any] = []
        self.wrong: dict[int, list[str]] = defaultdict(list)
        self.cutoffs: list[list[str]] = []
        self.in_reach: set[int] = set()

    def read(self, name: str) -> bytes:
        """Return a file of the audit folder; in a public folder it lies beside the others."""
        path = self.folder / "audit" / name
        return (path if path.exists() else self.folder / name).read_bytes()

    def lines(self, name: str) -> list[str]:
        """Return the lines of one of the protocol's texts, below the first."""
        head, *lines, rest = self.read(f"{name}.txt").decode("ascii").split("\n")
        need(head == f"ALLOT1-{name.upper()}" and not rest, f"{name}.txt is malformed")
        return lines

    def table(self, name: str, header: str) -> list[list[str]]:
        """Return the cells of a table, without the apostrophe that guards one from spreadsheets."""
        with (self.folder / name).open(encoding="utf-8", newline="") as stream:
            head, *rows = csv.reader(stream, strict=True)
        need(head == header.split(), f"{name} has other columns")
        return [[cell[cell[:1] == "'":] for cell in row] for row in rows]

    def same(self, name: str, header: str, due: Iterable[list[str]]) -> None:
        """Fail unless a table says what it must; columns beyond those that must be are free."""
        for row, line in zip_longest(self.table(name, header), due):
            need(row and line and row[:len(line)] == line, f"{name}: {row} must be {line}")

    def way(self, child: Any, school: int) -> int:
        """Return the metres from a child to a school, halves up; -1 where there is no way."""
        if self.matrix is not None:
            return int(self.matrix[child.key].get(school, -1))
        (x, y), r = self.points[school], self.metres
        if x is None or child.x_dm is None:
            return -1
        return int((isqrt((child.x_dm - x) ** 2 + (child.y_dm - y) ** 2) + 5 * r) // (10 * r) * r)

    def near(self, child: Any, radius: int) -> Iterator[tuple[int, int]]:
        """Yield (way, school) of all schools no farther than a number of metres."""
        at, schools, reach = (child.x_dm, child.y_dm), self.number.values(), 10 * (radius + self.metres)
        if self.matrix is not None:
            schools = self.matrix[child.key]
        elif child.x_dm is not None:
            east, north = (range((v - reach) // CELL, (v + reach) // CELL + 1) for v in at)
            if len(east) ** 2 < len(self.grid):
                schools = [s for a in east for b in north for s in self.grid.get((a, b), ())]
        for s in schools if radius >= 0 else ():
            way = self.way(child, s)
            if 0 <= way <= radius:
                yield way, s

    def v2(self) -> str:
        """The roll is sorted, unique and counted; a rehearsal says that it is one."""
        draw, test = self.draw["draw_id"], self.draw["draw_id"].startswith("test-")
        need(re.fullmatch("[a-z0-9][a-z0-9-]{0,63}", draw), "the draw's id is malformed")
        need(self.draw["rehearsal"] is test, "the manifest and the draw's id disagree")
        need(self.options.rehearsal or not test, "only a rehearsal; say --rehearsal to check it")
        if not self.draw["commit"]:
            need(draw == f"test-{self.rules['year']}-{self.rules['stage']}", "another draw's name")
            return "a rehearsal without a roll"
        name, count, *tickets = self.lines("roll")
        need((name, count) == (draw, str(len(tickets))), "another draw, or another count")
        need(all(re.fullmatch("[A-Z0-9]{4,32}", one) for one in tickets), "a ticket is malformed")
        need(all(map(str.__lt__, tickets, tickets[1:])), "tickets are not ascending and unique")
        return f"{count} tickets, ascending and unique"

    def v3(self) -> str:
        """The commitment names this roll, these rules and these records."""
        if self.matrix is not None:
            ways = sha256(self.read("ways.csv")).hexdigest()
            need(ways == self.rules["ways"], "the rules name other ways")
            for key, school, way in self.table("audit/ways.csv", "key school_id metres"):
                self.matrix[key][self.number[school]] = int(way)
        if not self.options.receipt:
            root = self.records()
            zones = [one["sha256"] for one in self.manifest["inputs"] if one["role"] == "zones"]
            need([self.rules["zones_file"]] == (zones or [""]), "the rules name other zones")
        if not self.draw["commit"]:
            return "a rehearsal: records and rules are as the office wrote them"
        commit, digest = self.commitment(), sha256(self.read("commit.txt")).hexdigest()
        need(self.draw["commit"] == digest, "the manifest names another commitment")
        need(self.options.commit_hash in ("", digest), f"the hash of commit.txt is {digest}")
        need(commit["draw"] == self.draw["draw_id"], "the commitment is to another draw")
        for name in ("roll.txt", "rules.json"):
            due = sha256(self.read(name)).hexdigest()
            need(commit[name.split(".")[0]] == due, f"the commitment is to another {name}")
        if not self.options.receipt:
            need(root == commit["inputs"], "the commitment is to other records")
            tickets = sorted({child.ticket for child in self.children})
            need(tickets == self.lines("roll")[2:], "the records are not those of the roll")
        return f"{digest} must be the hash that was published"

    def commitment(self) -> dict[str, str]:
        """Return the values of commit.txt."""
        commit = dict(line.split("=", 1) for line in self.lines("commit"))
        need(list(commit) == COMMIT, "commit.txt has other lines")
        need(commit["published"] <= commit["draw_after"], "the commitment came after the draw")
        return commit

    def records(self) -> str:
        """Read every ticket's record; return the root of the tree over them (RFC 6962)."""
        leaves, last, salted = [], "", 64 if self.draw["commit"] else 0
        with (self.folder / "audit" / "records.jsonl").open("rb") as stream:
            for line in stream:
                record, salt = line[10 : -12 - salted], line[-3 - salted : -3]
                need(line == b'{"record":%b,"salt":"%b"}\n' % (record, salt), "a line is broken")
                leaves.append(sha256(b"\0" + bytes.fromhex(salt.decode()) + record).digest())
                value = json.loads(record)
                need(value["ticket"] > last, "the records are not ascending and unique")
                last = value["ticket"]
                self.children += self.family(value)
        self.children.sort()
        need(len({c.id for c in self.children}) == len(self.children), "a child has two records")
        while len(leaves) > 1:
            nodes = [sha256(b"\1" + a + b).digest() for a, b in zip(leaves[::2], leaves[1::2])]
            leaves = nodes + leaves[len(nodes) * 2 :]
        return leaves[0].hex() if leaves else sha256(b"").hexdigest()

    def family(self, record: Any) -> list[Any]:
        """Return the children of a record; note for V7 who is kept out, or in, against R1."""
        age, found, school = self.rules["age"], [], {**self.number, "": -1}
        for one in record["children"]:
            out, born = REVIEW[one["review"]], one["birth_date"]
            if born and one["placed_reason"] not in age["waive"]:
                out = "TOO_YOUNG" if age["latest_birth"] and born > age["latest_birth"] else out
                out = "TOO_OLD" if born < age["earliest_birth"] else out
            if one["ineligible"] != out:
                self.wrong[7].append(f"{one['id']} is recorded as {one['ineligible'] or 'let in'}")
            found.append(Child(
                *[one[name] for name in KEPT], one["since"] or "none", one[self.key], record["ticket"],
                self.groups.index(one["group"]), out, school[one["placed_school"]],
                school[one["sibling_school"]]))
        together = [child.id for child in found if child.bundle]
        bearer = min(together or [found[0].id])
        if {child.bundle for child in found} - {bearer, ""} or len(together) == 1:
            self.wrong[7].append(f"the bundle of ticket {record['ticket']} is not its children's")
        if not self.draw["commit"] and (record["ticket"] != bearer or len(found) != len(together or "1")):
            self.wrong[6].append(f"{record['ticket']} is not the ticket of its children")
        return found

    def v4(self) -> str:
        """The sources have the committed names, in the committed order."""
        if not self.draw["commit"]:
            return "a rehearsal without sources"
        lines = self.lines("sources")
        names = ",".join(line.split("=", 1)[0] for line in lines)
        need(names == self.commitment()["sources"], "other sources were committed to")
        need(all(re.fullmatch("[^=]+=[0-9a-z.+-]{1,128}", one) for one in lines), "a bad value")
        return names

    def v5(self) -> str:
        """The seed follows from the commitment and the sources."""
        if self.draw["commit"]:
            parts = [sha256(self.read(name)).digest() for name in ("commit.txt", "sources.txt")]
            self.seed = sha256(b"ALLOT1-SEED\0" + b"".join(parts)).digest()
        else:
            settings = self.manifest["scenario"]["settings"]
            self.seed = bytes.fromhex(settings.get("lottery", {}).get("seed") or "0" * 64)
        return self.seed.hex()

    def v6(self) -> str:
        """Every ticket has its key, and its rank by key and ticket."""
        prefix = f"ALLOT1-RANK\0{self.draw['draw_id']}\0all\0".encode()
        roll = self.lines("roll")[2:] if self.draw["commit"] else [c.id for c in self.children]
        keyed = sorted((hmac.digest(self.seed, prefix + t.encode(), "sha256"), t) for t in roll)
        self.rank = {ticket: rank for rank, (_, ticket) in enumerate(keyed, 1)}
        if self.draw["commit"]:
            rows = "".join(f"{rank},{t},{key.hex()}\n" for rank, (key, t) in enumerate(keyed, 1))
            need(self.read("order.csv").decode() == "rank,ticket,key\n" + rows, "order.csv differs")
        return f"{len(keyed)} keys and ranks"

    def rounds(self) -> None:
        """Follow all rounds: fixed and zone rounds anew, redirect rounds by what proves them."""
        children, names = self.children, [r["id"] for r in self.steps if r["rule"] == "redirect"]
        self.school, self.round = [-1] * len(children), [-1] * len(children)
        moved, took_part, number = set[int](), set[int](), {**self.number, "": -1}
        rows = self.table("audit/places.csv", " ".join(["applicant_id", *names]))
        claims = {row[0]: dict(zip(names, [number[cell] for cell in row[1:]])) for row in rows}
        proofs = json.loads((self.folder / "certificate.json").read_bytes())["rounds"]
        for n, rule in enumerate(self.steps):
            waiting = [i for i, s in enumerate(self.school) if s < 0 and not children[i].out]
            if rule["rule"] == "fixed":
                placed = {i: children[i].fixed for i in waiting}
            elif rule["rule"] == "zone":
                placed = self.zone_round(rule, waiting)
            else:
                entrants = waiting + sorted(moved if rule["seats"] == "limit" else ())
                placed = {i: claims[children[i].id][rule["id"]] for i in entrants}
                if entrants:
                    Redirect(self, rule, placed, proofs.pop(0)).check()
                moved |= {i for i, s in placed.items() if s >= 0}
                took_part |= placed.keys()
            for i, s in placed.items():
                if s != self.school[i]:
                    self.school[i], self.round[i] = s, n
            for i in took_part if rule["rule"] == "redirect" else ():
                need(claims[children[i].id][rule["id"]] == self.school[i], "places.csv is not so")
        need([children[i].id for i in sorted(took_part)] == list(claims), "places.csv has others")
        need(len(claims) == len(rows) and not proofs, "a line or a proof too many")

    def v7(self) -> str:
        """Everybody is there once: kept out by R1, or placed as the rounds say."""
        due, redirects = [], any(rule["rule"] == "redirect" for rule in self.steps)
        for i, (c, s) in enumerate(zip(self.children, self.school)):
            status, place, rule, way = "ineligible" if c.out else "unplaced", "", "", -1
            reason = "NO_SEAT" if i in self.in_reach or not redirects else "NO_SCHOOL_IN_REACH"
            reason = c.out or (reason if c.accepts_redirect else "DECLINED")
            if s >= 0:
                status, place, way = "placed", self.schools[s]["id"], self.way(c, s)
                rule, reason = (self.steps[self.round[i]][k] for k in ("id", "rule"))
            due.append([c.id, c.ticket, status, place, rule, self.groups[c.group], c.zone,
                        *((str(way), c.distance_from) if way >= 0 else ("", "")),
                        str(self.rank[c.ticket]), reason.upper()])
        self.same("allocation.csv", "applicant_id ticket status school_id round group zone_id "
                  "distance_m distance_from lottery_rank reason", due)
        return f"{len(due)} applicants, {sum(s >= 0 for s in self.school)} placed"

    def v8(self) -> str:
        """Seats are as R2 counts them, and nobody passes a limit but by decision (R9)."""
        rules = [self.steps[n]["rule"] if n >= 0 else "" for n in self.round]
        fixed = Counter(s for s, rule in zip(self.school, rules) if rule == "fixed")
        filled = Counter(self.school)
        for s, one in enumerate(self.schools):
            room = max(one["school_limit"] - one["other_grades"], 0)
            if one["other_grades"] + one["leavers"] > one["school_limit"]:
                room = one["leavers"]
            room = max(room - one["other_entry"], 0)
            for level in ("standard", "limit"):
                due = max(min(one["classes"] * one[f"class_{level}"], room) - one["reserved"], 0)
                need(one[f"seats_{level}"] == due, f"{one['id']} has {due} seats ({level})")
            need(filled[s] <= max(one["seats_limit"], fixed[s]), f"{one['id']} is overfull")
        return f"{sum(one['seats_standard'] for one in self.schools)} seats within the standard"

    def units(self, rule: Any, waiting: Iterable[int]) -> list[Any]:
        """Return (children, [(school, key)]) of all who ask in a zone round, by lottery.

        A bundle asks as one where its children have a school in common. A sibling's school
        comes first, then the nearest.
        """
        asked: dict[int, dict[int, Any]] = {}
        bundles, units = defaultdict(list), []
        for i in waiting:
            c, asked[i] = self.children[i], {}
            bundles[c.bundle or c.id].append(i)
            for s in self.zones.get(c.zone, ()):
                away, way = int(c.sibling != s), self.way(c, s)
                if way >= 0 or not c.distance_from:  # no way known at all: the zone's own remains
                    keys = {"group": c.group, "sibling": away, "distance": max(way, 0),
                            "points": -c.points, "since": c.since}
                    asked[i][s] = [keys[name] for name in rule["order"]], away, max(way, 0)
        for bundle in bundles.values():
            common = set(asked[bundle[0]]).intersection(*[asked[i] for i in bundle[1:]])
            for unit in [bundle] if common else [[i] for i in bundle]:
                last, wishes = [self.rank[self.children[unit[0]].ticket], unit[0]], []
                for s in common or asked[unit[0]]:
                    keys, away, ways = zip(*[asked[i][s] for i in unit])
                    wishes.append((min(away), sum(ways), s, min(keys) + last))
                units.append((last, unit, [wish[2:] for wish in sorted(wishes)]))
        return [unit[1:] for unit in sorted(units)]

    def zone_round(self, rule: Any, waiting: list[int]) -> dict[int, int]:
        """Return the places of a zone round, by deferred acceptance; note its cutoffs."""
        units, skip, taken = self.units(rule, waiting), rule["last_seat"] == "skip", Counter(self.school)
        seats = self.open_seats(rule["seats"], taken)
        limit = seats if skip else self.open_seats("limit", taken)
        held: list[list[Any]] = [[] for _ in seats]
        line: dict[int, Any] = {}
        asks, asking = [0] * len(units), list(range(len(units)))[::-1]
        while asking:
            u = asking.pop()
            for s, key in units[u][1][asks[u]:]:
                asks[u] += 1
                if s not in line or key < line[s]:
                    insort(held[s], (key, u))
                    away, closed = overflow(held[s], units, seats[s], limit[s], skip)
                    asking += away
                    line.update({s: closed} if closed else {})
                    break
        show = {"group": self.groups.__getitem__, "sibling": ["yes", "no"].__getitem__,
                "points": int.__neg__}
        for s in sorted(line):
            names, key = [*rule["order"], "lottery"], held[s][-1][0] if held[s] else ()
            text = " ".join(f"{n}={show.get(n, str)(v)}" for n, v in zip(names, key))
            filled = sum(len(units[u][0]) for _, u in held[s])
            school = self.schools[s]["id"]
            self.cutoffs.append([rule["id"], school, str(seats[s]), str(filled), text])
        return {i: s for s, row in enumerate(held) for _, u in row for i in units[u][0]}

    def open_seats(self, level: str, taken: Any) -> list[int]:
        """Return the seats of each school that are not taken."""
        return [max(one[f"seats_{level}"] - taken[s], 0) for s, one in enumerate(self.schools)]

    def v9(self) -> str:
        """Every zone round, rerun, ends with the cutoffs that are stated."""
        self.same("cutoffs.csv", "round school_id offered filled cutoff", self.cutoffs)
        return f"{len(self.cutoffs)} cutoffs"

    def v13(self) -> str:
        """Classes are as few as R11 asks and of even size, and every school's counts are right."""
        placed, demand, own, come, gone = (Counter[int]() for _ in range(5))
        for i, (c, s) in enumerate(zip(self.children, self.school)):
            zone = self.zones.get(c.zone, [])
            redirect = s >= 0 and self.steps[self.round[i]]["rule"] == "redirect" and s not in zone
            for count, schools in ((placed, [s]), (demand, [] if c.out else zone),
                                   (own, [s] if s in zone else []), (come, [s] if redirect else []),
                                   (gone, zone if redirect else [])):
                count.update(schools)
        classes, due = [], []
        for s, one in enumerate(self.schools):
            pupils = placed[s] + one["reserved"]
            opened = min(-(-pupils // one["class_standard"]), one["classes"])
            sizes = [-(-(pupils - k) // opened) for k in range(opened)]
            classes += [[one["id"], str(k), str(size)] for k, size in enumerate(sizes, 1)]
            seats = [one["seats_standard"], one["seats_limit"]]
            counts = [opened, max(sizes, default=0), *seats, demand[s], placed[s], own[s], come[s],
                      gone[s], *[each - placed[s] for each in seats]]
            due.append([one["id"], one["name"].removeprefix("'"), *map(str, counts)])
        self.same("classes.csv", "school_id class_no size", classes)
        self.same("schools.csv", "school_id name classes largest_class seats_standard seats_limit "
                  "zone_demand placed placed_from_zone redirected_in redirected_away "
                  "spare_standard spare_limit level", due)
        return f"{len(classes)} classes in {len(due)} schools"

    def v14(self) -> str:
        """The log's chain reaches the head that the rules name."""
        head, heads = self.rules["log_head"], [bytes(32)]
        if not self.options.log:
            return f"the head is {head or 'none, in a rehearsal'}; --log FILE follows the chain"
        for n, line in enumerate(Path(self.options.log).read_bytes().splitlines(), 1):
            need(canonical(json.loads(line)) == line, f"line {n} is not as enroll writes lines")
            heads.append(sha256(b"ALLOT1-LOG\0" + heads[-1] + line).digest())
        need(bytes.fromhex(head) in [b"", *heads], "a line was changed, or the log begun anew")
        return f"{len(heads) - 1} lines"

    def v15(self) -> str:
        """A family's record is in the root; its zone rounds follow from the public cutoffs."""
        receipt = self.options.receipt
        record, at, count = receipt["record"], receipt["index"], receipt["count"]
        tickets, path = self.lines("roll")[2:], [bytes.fromhex(one) for one in receipt["path"]]
        known = tickets[at] == receipt["ticket"] == record["ticket"] and count == len(tickets)
        need(known and at >= 0, "the ticket is not at its place in the roll")
        node = sha256(b"\0" + bytes.fromhex(receipt["salt"]) + canonical(record)).digest()
        while count > 1:
            if at ^ 1 < count:
                pair = [path.pop(0), node] if at % 2 else [node, path.pop(0)]
                node = sha256(b"\1" + b"".join(pair)).digest()
            at, count = at // 2, (count + 1) // 2
        need(node.hex() == self.commitment()["inputs"] and not path, "the record is not in the root")
        self.children, told = self.family(record), []
        back = {"group": self.groups.index, "sibling": ["yes", "no"].index, "since": str,
                "points": lambda text: -int(text)}
        lines = {(row[0], row[1]): [back.get(n, int)(v) for n, v in (
            pair.split("=") for pair in row[4].split())] for row in self.table(
                "cutoffs.csv", "round school_id offered filled cutoff")}
        waiting = [i for i, c in enumerate(self.children) if not c.out and c.fixed < 0]
        for rule in self.steps if waiting else ():
            for unit, wishes in self.units(rule, waiting) if rule["rule"] == "zone" else ():
                names = [self.schools[s]["id"] for s, key in wishes
                         if key[:-1] <= lines.get((rule["id"], self.schools[s]["id"]), key)]
                told.append(f"round {rule['id']}: {names[0] if names else 'no place'}")
        return ", ".join(["the record is in the root", *told])


def overflow(held: list[Any], units: list[Any], seats: int, limit: int, skip: bool) -> Any:
    """Return whom a school sends away, and the key from which on it is closed, if it is (R8)."""
    taken, away, closed = 0, [], None
    for key, u in held:
        full = taken >= seats or (closed is not None and not skip)
        if full or taken + len(units[u][0]) > limit:
            away.append((key, u))
            closed = closed or (key if full or not skip else None)
        else:
            taken += len(units[u][0])
    held[:] = [one for one in held if one not in away]
    return [u for _, u in away], closed


class Redirect:
    """A redirect round as claimed: who took part, who went where, and what proves it the best."""

    def __init__(self, run: Run, rule: Any, placed: dict[int, int], proof: Any) -> None:
        self.run, self.rule, self.proof, self.out = run, rule, proof, len(run.schools)
        stay = Counter(s for i, s in enumerate(run.school) if i not in placed)
        both = zip(run.open_seats(rule["seats"], stay), run.open_seats("standard", stay))
        self.seats = [(min(total, within), total - min(total, within)) for total, within in both]
        self.named = [one["kind"] in rule["kinds"] and one["sector"] in rule["sectors"]
                      and one["classes"] > 0 for one in run.schools]
        self.max_m, self.longest, self.who = rule["max_m"] or ANY, dict[int, int](), []
        for i, s in placed.items():
            c, held = run.children[i], run.school[i]
            reach = run.way(c, held) if held >= 0 else ANY
            place = (s, run.way(c, s)) if s >= 0 else (self.out, ANY)
            self.who.append(Entrant(i, c.group, held, reach, *place))
        self.who.sort(key=lambda e: (e.group, run.rank[run.children[e.child].ticket], e.child))

    def ways(self, e: Any, radius: int = ANY) -> list[tuple[int, int]]:
        """Return (way, school) of all that the round, the family's wish and its place allow."""
        c, limit = self.run.children[e.child], min(radius, e.reach, self.longest.get(e.group, ANY))
        own = None if c.accepts_redirect else self.run.zones.get(c.zone, ())
        return [(way, s) for way, s in self.run.near(c, limit) if s == e.held or (
            self.named[s] and way <= self.max_m and (own is None or s in own))]

    def check(self) -> None:
        """Prove the round; note for V10, V11 and V12 what fails."""
        for step, part in ((12, self.overloads), (10, self.levels), (11, self.ties)):
            try:
                part()
            except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
                self.run.wrong[step].append(f"round {self.rule['id']}: {error}")

    def levels(self) -> None:
        """V10: every level has its value, and the smallest prices that prove it."""
        for e in self.who:
            need(e.place == self.out or (e.way, e.place) in self.ways(e, e.way),
                 f"{self.run.children[e.child].id} is where the round does not allow")
        seated = self.families()
        if seated:
            self.prove_levels(self.proof["counted"], ("kept", "placed"))
            taken = Counter(e.place for e in self.who if e.child in seated)
            self.seats = [(max(a - taken[s], 0), b - max(taken[s] - a, 0))
                          for s, (a, b) in enumerate(self.seats)]
            self.who = [e for e in self.who if e.child not in seated]
        self.prove_levels(self.proof["levels"], ("kept", "placed", "over", "farthest", "far", "ways"))

    def families(self) -> set[int]:
        """Return the children whom R8 placed first; each is where its family may be."""
        children, schools, seated = self.run.children, self.run.schools, set[int]()
        at = {children[e.child].id: e for e in self.who}
        for family in self.proof["families"]:
            mine = [at[child] for child in family["applicants"]]
            bundle = {children[e.child].bundle for e in mine}
            right = len(mine) == 1 or (len(bundle) == 1 and "" not in bundle)
            if family["school_id"] is not None:
                s = self.run.number[family["school_id"]]
                right &= all(e.place == s for e in mine)
                right &= len(mine) > 1 or children[mine[0].child].sibling == s
                seated |= {e.child for e in mine}
            need(right, f"the family of {family['applicants'][0]} is not as R8 says")
        return seated

    def prove_levels(self, listed: Any, kinds: Any) -> None:
        """Prove level after level; from the first `farthest` on each has a table of its own."""
        groups, goal = sorted({e.group for e in self.who}), self.rule["goal"]
        first = {"farthest": "farthest", "fewest_far": "far"}.get(goal, "")
        goals = [("kept", -1)] if any(e.held >= 0 for e in self.who) else []
        goals += [("placed", g) for g in groups]
        goals += [("over", -1)] if self.rule["seats"] == "limit" else []
        goals += [(what, g) for g in groups for what in (first, "ways") if what]
        goals = [goal for goal in goals if goal[0] in kinds]
        names = [(one["what"], one["group"]) for one in listed]
        need(names == [(what, self.run.groups[g] if g >= 0 else None) for what, g in goals], "other levels")
        solved, table, tables = [], [], False
        self.costs: dict[Goal, int] = {}
        for (what, g), one in zip(goals, listed):
            mine = [e for e in self.who if g in (-1, e.group) and (what != "kept" or e.held >= 0)]
            there = [e.way for e in mine if e.place < self.out]
            used = Counter(e.place for e in self.who)
            value = {
                "kept": len(there), "placed": len(there), "ways": sum(there), "farthest": max(there, default=0),
                "far": sum(way > self.run.rules["far_m"] for way in there),
                "over": sum(max(used[s] - a, 0) for s, (a, _) in enumerate(self.seats))}[what]
            need(one["value"] == value, f"level {what} of group {one['group']} has the value {value}")
            self.costs[what, g] = len(mine) - value if what in ("kept", "placed") else value
            if what == "farthest":
                if not tables:
                    self.prove(solved, table)
                tables = True
                self.no_shorter(solved, one["prices"], g, value, there)
            else:
                solved.append((what, g))
                table = one["prices"] if tables else [*table, one["prices"]]
                if tables:
                    self.prove(solved, table)
        if not tables:
            self.prove(solved, table)

    def scale(self, goals: list[Goal], table: Any) -> None:
        """Make one number of each tuple of prices, the first level before all others."""
        need(len(goals) == len(table), "another number of prices")
        self.unit = {goal: 1 << DIGIT * n for n, goal in enumerate(reversed(goals))}
        self.over = self.unit.get(("over", -1), 0)
        self.price = [0] * (self.out + 1)
        for goal, prices in zip(goals, table):
            for school, price in prices.items():
                need(type(price) is int and 0 < abs(price) < 2**62, "a price is no number")
                self.price[self.run.number[school]] += self.unit[goal] * price

    def pay(self, e: Any, way: int, s: int) -> int:
        """Return what a place costs a child, its price included."""
        if s == self.out:
            return self.unit.get(("placed", e.group), 0) + (e.held >= 0) * self.unit.get(("kept", -1), 0)
        far = (way > self.run.rules["far_m"]) * self.unit.get(("far", e.group), 0)
        return self.price[s] + way * self.unit.get(("ways", e.group), 0) + far

    def places(self, e: Any, most: int) -> list[tuple[int, int, int]]:
        """Return (pay, way, school) of all that cost a child no more; for nothing, none is sought."""
        metre = self.unit.get(("ways", e.group), 0)
        radius = min((most - min(self.price)) // metre, ANY) if metre else ANY if most else -1
        found = [(self.pay(e, way, s), way, s) for way, s in [*self.ways(e, radius), (ANY, self.out)]]
        return sorted(place for place in found if place[0] <= most)

    def prove(self, goals: list[Goal], table: Any) -> None:
        """Fail unless prices prove the places the best, and are the smallest that do."""
        self.scale(goals, table)
        used = self.used = Counter(e.place for e in self.who)
        least = [self.over if used[s] > a else 0 for s, (a, _) in enumerate(self.seats)] + [0]
        for s, ((a, b), p) in enumerate(zip(self.seats, self.price)):
            right = (p == 0 or used[s] >= a) and (p <= self.over or used[s] >= a + b) and p >= least[s]
            need(right and used[s] <= a + b, f"a price or a seat too many at {self.run.schools[s]['id']}")
        self.tight, arcs = [], [0] * (self.out + 1)
        for e in self.who:
            have = self.pay(e, e.way, e.place)
            places = self.places(e, have)
            need(not places or places[0][0] == have, f"{self.run.children[e.child].id} is not at its best")
            self.tight.append([place[1:] for place in places])
            for _, _, s in places:
                arcs[e.place] |= 1 << s
        known = fresh = sum(1 << s for s, p in enumerate(self.price) if p == least[s])
        while fresh:
            fresh = hop(arcs, fresh) & ~known
            known |= fresh
        need(known == (2 << self.out) - 1, "a price is not the smallest that proves the places")

    def no_shorter(self, goals: list[Goal], table: Any, g: int, value: int, there: list[int]) -> None:
        """Fail unless earlier levels get worse where a group's ways of `value` and more drop out."""
        if not there:
            return need(table == [], "nobody has a way")
        self.longest[g] = value - 1
        self.scale(goals[:len(table)], table)
        bound = -sum(a * p + b * max(p - self.over, 0) for (a, b), p in zip(self.seats, self.price))
        for e in self.who:
            own = self.pay(e, e.way, e.place) if e.way <= self.longest.get(e.group, ANY) else 2**4096
            most = min(own, self.pay(e, ANY, self.out))
            bound += min([place[0] for place in self.places(e, most)] or [most])
        need(min(self.price) >= 0 and bound > sum(self.unit[goal] * self.costs[goal] for goal in self.unit),
             f"a longest way below {value} is not ruled out")
        self.longest[g] = value

    def ties(self) -> None:
        """V11: nobody could have a nearer place at no cost, the earlier in order being served."""
        arcs, used, over = [0] * (self.out + 1), self.used, self.over
        full = [(p > 0) * a + (p > over) * b for (a, b), p in zip(self.seats, self.price)] + [0]
        room = [a + (p >= over) * b for (a, b), p in zip(self.seats, self.price)] + [len(self.who)]
        spare = sum(1 << s for s in range(self.out + 1) if used[s] > full[s])
        open_ = sum(1 << s for s in range(self.out + 1) if used[s] < room[s])
        for e, tight in zip(reversed(self.who), reversed(self.tight)):
            mine = [s for _, s in tight].index(e.place) if tight else 0
            known = fresh = sum(1 << s for _, s in tight[:mine])
            while fresh:
                fresh = (hop(arcs, fresh) | (spare if fresh & open_ else 0)) & ~known
                known |= fresh
            need(not known >> e.place & 1, f"{self.run.children[e.child].id} is due a nearer place")
            for _, s in tight:
                arcs[e.place] |= 1 << s

    def overloads(self) -> None:
        """V12: every shortage has its witness, the smallest set of schools, and no other has."""
        arcs, masks, known = [0] * (self.out + 1), [], 0
        for e in self.who:
            mask = sum(1 << s for _, s in self.ways(e))
            masks.append(mask)
            arcs[e.place] |= mask
            if mask and e.place == self.out:
                self.run.in_reach.add(e.child)
                known |= mask if self.run.children[e.child].accepts_redirect else 0
        fresh = known
        while fresh:
            fresh = hop(arcs, fresh) & ~known
            known |= fresh
        inside = [mask for mask in masks if mask and not mask & ~known]
        parts: list[int] = []
        for mask in set(inside):
            apart = [part for part in parts if not part & mask]
            for part in parts:
                mask |= part if part & mask else 0
            parts = [*apart, mask]
        due = []
        for part in sorted(parts, key=lambda part: part & -part):
            schools = [s for s in range(self.out) if part >> s & 1]
            due.append({"schools": [self.run.schools[s]["id"] for s in schools],
                        "demand": sum(mask & part > 0 for mask in inside),
                        "seats": sum(sum(self.seats[s]) for s in schools)})
        need(self.proof["overloads"] == due, f"the witnesses must be {due[:2]}")


def check_files(folder: Path) -> str:
    """V1: every file is as SHA256SUMS says, and there is no other."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
    files = {name: path for name, path in sorted(found.items()) if path.is_file() and name != SUMS}
    sums = (folder / SUMS).read_bytes().decode("ascii", "replace")
    lines = [f"{sha256(path.read_bytes()).hexdigest()}  {name}\n" for name, path in files.items()]
    for line in lines:
        need(line in sums, f"{line[66:-1]} is not as {SUMS} says")
    need("".join(lines) == sums, f"{SUMS} lists other files than are here")
    own = Path(__file__).read_bytes() == (folder / "verify.py").read_bytes()
    return f"{len(lines)} files" + ("" if own else "; its verify.py is not the one that says this")


def hold(step: Any) -> tuple[bool, str]:
    """Return whether a step holds, and why (not); whatever a forged file does is a failure."""
    try:
        return True, step()
    except Exception as error:
        told = str(error) if type(error) is ValueError else f"{type(error).__name__}: {error}"
        return False, told


def check(folder: Path, options: Any) -> list[tuple[str, bool, str]]:
    """Return (step, whether it holds, why) of every step; options as `main` reads them."""
    needed = [f"audit/{name}" for name in PUBLIC[:1]] if options.receipt else FILES
    missing = [name for name in needed if not (folder / name).is_file()]
    if missing and not (options.receipt and (folder / PUBLIC[0]).is_file()):
        raise Unreadable(f"{folder} is no whole run of enroll: {missing[0]} is missing.")
    found = {} if options.receipt else {1: hold(lambda: check_files(folder))}
    read, run = hold(lambda: Run(folder, options))
    if read and (found.get(1, [True])[0]):
        known = {run.rules.get("format"), run.manifest.get("format", FORMAT)}
        if known != {FORMAT}:
            raise Unreadable(f"{folder} has a format that this program, of format {FORMAT}, does not know.")
    for n in range(2, 16):
        if n == 7 and not options.receipt:
            followed, why = hold(run.rounds)
            for step in () if followed else (9, 10, 11, 12):
                run.wrong[step].append(f"the rounds cannot be followed: {why}")
        if (n < 7 or n == 15) if options.receipt else n < 15:
            step = getattr(run, f"v{n}", lambda: "")
            holds, why = hold(step)
            if holds and run.wrong[n]:
                holds, why = False, "; ".join(run.wrong[n][:3])
            found[n] = holds, why
    return [(f"V{n} {NAMES[n - 1]}", *found[n]) for n in sorted(found)]


def main(arguments: list[str]) -> int:
    """Check a run, print every step, and return the exit status."""
    parser = argparse.ArgumentParser(description="Check a run of enroll: every step, and why.")
    parser.add_argument("run", nargs="?", type=Path, default=Path(__file__).parent)
    parser.add_argument("--receipt", metavar="FILE", help="check one family's record and result")
    parser.add_argument("--log", metavar="FILE", help="follow the chain of the log")
    parser.add_argument("--commit-hash", metavar="HEX", default="", help="as it was published")
    parser.add_argument("--rehearsal", action="store_true", help="accept a draw that proves nothing")
    options = parser.parse_args(arguments)
    try:
        steps = check(options.run, options)
    except Unreadable as error:
        print(error, file=sys.stderr)
        return 2
    for name, holds, why in steps:
        print(f"{name:<19} {'PASS' if holds else 'FAIL'}  {why}")
    return int(not all(holds for _, holds, _ in steps))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

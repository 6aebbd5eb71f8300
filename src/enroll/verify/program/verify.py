#!/usr/bin/env python3
"""Check a run of enroll with nothing but Python: `python3 verify.py` inside its folder.

Steps V1 to V15, each PASS or FAIL with one line why; in a public edition those that need no child's record. Exit status:
0 all hold, 1 one fails, 2 nothing to read. It knows docs/reference/audit.md, and nothing of enroll. Schools and children
are numbered by their ids; -1 is none, in a redirect round the number after the last school is to stay out; sets are bits."""
import argparse, csv, gc, hmac, itertools, json, re, sys
from collections import Counter, defaultdict, namedtuple
from hashlib import sha256
from math import isqrt
from pathlib import Path
from typing import Any

FORMAT, SUMS, CELL, ANY, DIGIT = 1, "SHA256SUMS", 15_000, 2**31, 64
STEPS = "files roll commitment sources seed keys everyone seats zones levels ties overloads classes log receipt".split()
FILES = [SUMS, *("manifest.json certificate.json allocation.csv schools.csv classes.csv cutoffs.csv verify.py "
                 "audit/rules.json audit/records.jsonl audit/places.csv").split()]
DRAWN = "audit/rules.json cutoffs.csv audit/commit.txt audit/roll.txt audit/sources.txt audit/order.csv".split()
PUBLIC = [SUMS, *"result.csv cutoffs.csv rules.json verify.py".split()]
FUTURE, RECEIPT = "its format is not known: take a newer verify.py", "draw_id record index count salt path".split()
COMMIT, CUTOFFS = "draw roll inputs rules program sources published draw_after", "round school_id offered filled cutoff"
Child = namedtuple("Child", "id zone bundle x_dm y_dm distance_from points accepts_redirect "
                   "since key ticket group out fixed sibling")
Entrant = namedtuple("Entrant", "i c group held reach place way")
canonical = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode  # what hashes are of
def need(holds: object, why: str) -> None:  # a step fails by ValueError, whose text says why
    if not holds: raise ValueError(why)
def spread(arcs: list[int], start: int) -> int:  # where arcs lead to from a set of nodes, itself included
    known = fresh = start
    while node := fresh.bit_length():
        known, fresh = known | arcs[node - 1], fresh ^ (1 << node - 1) | arcs[node - 1] & ~known
    return known
class Run:  # a run's folder, its rules, and what one step leaves to the next
    def __init__(self, folder: Path, options: Any) -> None:
        self.folder, self.options = folder, options
        self.rules = json.loads(self.read("rules.json"))
        self.public = options.receipt or isinstance(self, Edition)  # nothing that only the office has is read
        self.manifest: Any = {"format": FORMAT} if self.public else json.loads(self.read("manifest.json"))
        need(self.rules["format"] == FORMAT == self.manifest["format"], FUTURE)
        drawn = any((folder / name).exists() for name in ("audit/commit.txt", "commit.txt"))
        self.commit = dict(line.split("=", 1) for line in self.lines("commit")) if drawn else {}
        self.digest = sha256(self.read("commit.txt")).hexdigest() if drawn else ""
        self.in_reach, self.draw = set[int](), self.commit.get("draw", f"test-{self.rules['year']}-{self.rules['stage']}")
        self.roll = self.lines("roll") if drawn else []
        self.schools, self.steps, self.metres = (self.rules[name] for name in ("schools", "rounds", "round_m"))
        self.number = {one["id"]: s for s, one in enumerate(self.schools)}
        self.groups = [one["id"] for one in self.rules["groups"]]
        self.zones = {zone["id"]: [self.number[s] for s in zone["schools"]] for zone in self.rules["zones"]}
        self.points = [(one["x_dm"], one["y_dm"], s) for s, one in enumerate(self.schools)]
        self.matrix: Any = defaultdict(dict) if self.rules["mode"] == "matrix" else None
        self.grid, self.wrong, self.right = (defaultdict[Any, list[Any]](list) for _ in range(3))
        self.children, self.cutoffs, self.result, self.seed = list[Any](), list[Any](), list[Any](), b""
        for x, y, s in [point for point in self.points if point[0] is not None]:
            self.grid[x // CELL, y // CELL].append((x, y, s))
    def read(self, name: str) -> bytes:  # of the audit folder, or else of the folder itself
        return (self.folder / ("audit" * (self.folder / "audit" / name).exists()) / name).read_bytes()
    def lines(self, name: str) -> list[str]:  # of one of the protocol's texts, below the first
        head, *lines, rest = self.read(f"{name}.txt").decode("ascii").split("\n")
        need(head == f"ALLOT1-{name.upper()}" and not rest, f"{name}.txt is malformed")
        return lines
    def table(self, name: str, header: str, due: Any = None) -> list[list[str]]:  # rows, which begin as those due
        with (self.folder / name).open(encoding="utf-8", newline="") as stream:
            head, *rows = csv.reader(stream, strict=True)
        need(head == header.split(), f"{name} has other columns")
        for row, line in itertools.zip_longest(rows, rows if due is None else due, fillvalue=list[str]()):
            if row[:len(line)] != line or not line:  # an apostrophe may guard a cell from spreadsheets
                said = [cell.removeprefix("'") for cell in row][:len(line) or None]
                need(line and said == line, f"{name} says {' '.join(said)} and not {' '.join(line) or 'that'}")
        return rows if due else [[cell.removeprefix("'") for cell in row] for row in rows]
    def way(self, child: Any, school: int) -> int:  # metres rounded halves up, -1 where there is no way
        if self.matrix is not None: return int(self.matrix[child.key].get(school, -1))
        (x, y, _), r = self.points[school], self.metres
        if x is None or child.x_dm is None: return -1
        return int((isqrt((child.x_dm - x) ** 2 + (child.y_dm - y) ** 2) + 5 * r) // (10 * r) * r)
    def near(self, child: Any, radius: int) -> list[tuple[int, int]]:  # (way, school) of all no farther than this
        x, y, r, half, step = child.x_dm, child.y_dm, self.metres, 5 * self.metres, 10 * self.metres
        if self.matrix is not None: return [(way, s) for s, way in self.matrix[child.key].items() if way <= radius]
        if x is None or radius < 0: return []
        east, north = (range((v - 10 * radius - step) // CELL, (v + 10 * radius + step) // CELL + 1) for v in (x, y))
        keys = self.grid if len(east) > 40 else [(a, b) for a in east for b in north]
        found = [((isqrt((x - a) * (x - a) + (y - b) * (y - b)) + half) // step * r, s)
                 for key in keys for a, b, s in self.grid.get(key, ())]
        return [one for one in found if one[0] <= radius]
    def v2(self) -> str:  # V2: the roll is sorted, unique and counted; a rehearsal says that it is one
        test, tickets = self.draw.startswith("test-"), self.roll[2:]
        need(self.options.rehearsal or not test, "only a rehearsal; say --rehearsal to check it")
        due = {"draw_id": self.draw, "rehearsal": test, "commit": self.digest}
        need(self.manifest.get("draw", due) == due, "the manifest names another draw")
        need(self.roll[:2] in ([], [self.draw, str(len(tickets))]), "roll.txt has another draw or count")
        need(all(re.fullmatch("[A-Z0-9]{4,32}", one) for one in tickets), "a ticket is malformed")
        need(all(map(str.__lt__, tickets, tickets[1:])), "the tickets are not ascending and unique")
        return f"draw {self.draw}, {len(tickets)} tickets on the roll"
    def v3(self) -> str:  # V3: the commitment names this roll, these rules and these records
        ways = self.rules["ways"] and ((self.folder / "audit/ways.csv").exists() or not self.public)
        need(not ways or sha256(self.read("ways.csv")).hexdigest() == self.rules["ways"], "the rules name other ways")
        for key, school, way in self.table("audit/ways.csv", "key school_id metres") if ways else ():
            self.matrix[key][self.number[school]] = int(way)
        due = {} if self.public else {"inputs": self.records()}
        if not self.commit: return "none: records and rules of a rehearsal are as the office wrote them"
        need(not due or sorted({c.ticket for c in self.children}) == self.roll[2:], "the records are of another roll")
        due |= {f.split(".")[0]: sha256(self.read(f)).hexdigest() for f in ("roll.txt", "rules.json")}
        wrong = [name for name in due if due[name] != self.commit[name]]
        need(not wrong, f"the commitment is to other {' and '.join(wrong)}")
        late = (self.commit["published"], not self.draw.startswith("test-")) > (self.commit["draw_after"], False)
        need(list(self.commit) == COMMIT.split() and not late, "commit.txt has other lines, or came after the draw")
        need(self.options.commit_hash in ("", self.digest), f"the hash of commit.txt is {self.digest}")
        return f"the hash that was published must be {self.digest}"
    def records(self) -> str:  # reads every ticket's record; the root of the tree over them (RFC 6962)
        leaves, salted = [], 64 if self.commit else 0
        with (self.folder / "audit" / "records.jsonl").open("rb") as stream:
            for line in stream:
                record, salt = line[10:-12 - salted], line[-3 - salted:-3]
                need(line == b'{"record":%b,"salt":"%b"}\n' % (record, salt), "a line is broken")
                leaves.append(sha256(b"\0" + bytes.fromhex(salt.decode()) + record).digest())
                value = json.loads(record)
                need(not self.children or value["ticket"] > self.children[-1].ticket, "the records are not ascending")
                self.children += self.family(value)
        self.children.sort()
        need(len({child.id for child in self.children}) == len(self.children), "a child has two records")
        while len(leaves) > 1:
            leaves[:len(leaves) & ~1] = [sha256(b"\1" + a + b).digest() for a, b in zip(leaves[::2], leaves[1::2])]
        return leaves[0].hex() if leaves else sha256(b"").hexdigest()
    def family(self, record: Any) -> list[Any]:  # children of a record; V7 is told who is kept out, or in, against R1
        age, found, number = self.rules["age"], [], {**self.number, "": -1}
        for one in record["children"]:
            out, born = "" if one["review"] == "passed" else f"REVIEW_{one['review'].upper()}", one["birth_date"]
            if born and one["placed_reason"] not in age["waive"]:
                out = "TOO_OLD" if born < age["earliest_birth"] else "TOO_YOUNG" if "" < age["latest_birth"] < born else out
            if one["ineligible"] != out: self.wrong[7].append(f"{one['id']} is recorded as {one['ineligible'] or 'in'}")
            found.append(Child._make([
                *[one[name] for name in Child._fields[:8]], one["since"] or "none",
                one["zone" if self.rules["ways_by"] == "zone" else "id"], record["ticket"],
                self.groups.index(one["group"]), out, number[one["placed_school"]], number[one["sibling_school"]]]))
        together = [child.id for child in found if child.bundle]
        bearer, ticket = min(together or [found[0].id]), record["ticket"]
        if {child.bundle for child in found} - {"", bearer} or len(together) == 1:
            self.wrong[7].append(f"the bundle of ticket {ticket} is not its children's")
        self.wrong[6] += [] if self.commit or ticket == bearer else [f"{ticket} is not the ticket of its children"]
        return found
    def v4(self) -> str:  # V4: the sources have the committed names, in the committed order
        pairs = [line.split("=") for line in self.lines("sources")] if self.commit else []
        names = ",".join(name for name, value in pairs if re.fullmatch("[0-9a-z.+-]{1,128}", value))
        need(names == self.commit.get("sources", ""), "the sources are not those committed to, or have no values")
        return names or "none in a rehearsal"
    def v5(self) -> str:  # V5: the seed follows from the commitment and the sources
        parts = [sha256(self.read(name)).digest() for name in ("commit.txt", "sources.txt") if self.commit]
        plain = "" if self.commit else self.manifest["scenario"]["settings"]["lottery"].get("seed", "0" * 64)
        self.seed = sha256(b"ALLOT1-SEED\0" + b"".join(parts)).digest() if parts else bytes.fromhex(plain)
        return self.seed.hex()
    def v6(self) -> str:  # V6: every ticket has its key, and its rank by key and ticket
        prefix = f"ALLOT1-RANK\0{self.draw}\0all\0".encode()
        roll = self.roll[2:] if self.commit else [child.id for child in self.children]
        keyed = sorted((hmac.digest(self.seed, prefix + t.encode(), "sha256"), t) for t in roll)
        self.rank = {ticket: rank for rank, (_, ticket) in enumerate(keyed, 1)}
        due = ["rank,ticket,key\n", *(f"{rank},{t},{key.hex()}\n" for rank, (key, t) in enumerate(keyed, 1))]
        need(not self.commit or self.read("order.csv").decode() == "".join(due), "order.csv has another order")
        return f"{len(keyed)} keys and ranks"
    def rounds(self) -> None:  # fixed and zone rounds are run again, the claims of redirect rounds are proved
        children, names = self.children, [rule["id"] for rule in self.steps if rule["rule"] == "redirect"]
        self.school, self.round = [-1] * len(children), [-1] * len(children)
        number, took_part, moved, claims = {**self.number, "": -1}, set[int](), set[int](), dict[str, Any]()
        for child, *places in self.table("audit/places.csv", " ".join(["applicant_id", *names])):
            claims[child] = dict(zip(names, [number[place] for place in places]))
        proofs = json.loads(self.read("certificate.json"))["rounds"]
        for n, rule in enumerate(self.steps):
            waiting = [i for i, s in enumerate(self.school) if s < 0 and not children[i].out]
            placed = {i: children[i].fixed for i in waiting}
            if rule["rule"] == "zone": placed = self.zone_round(rule, waiting)
            elif rule["rule"] == "redirect":
                took_part |= set(waiting)
                again = moved if rule["seats"] == "limit" else ()
                placed = {i: claims[children[i].id][rule["id"]] for i in [*waiting, *again]}
                if placed: Redirect(self, rule, placed, proofs.pop(0)).check()
                moved |= {i for i, s in placed.items() if s >= 0}
            for i in [i for i, s in placed.items() if s != self.school[i]]: self.school[i], self.round[i] = placed[i], n
            for i in took_part if rule["rule"] == "redirect" else ():
                need(claims[children[i].id][rule["id"]] == self.school[i], "places.csv moves others")
        need((list(claims), proofs) == ([children[i].id for i in sorted(took_part)], []), "a child or a proof too many")
    def v7(self) -> str:  # V7: everybody is there once: kept out by R1, or placed as the rounds say
        followed, why = hold(self.rounds)
        for step in () if followed else (9, 10, 11, 12): self.wrong[step].append(f"cannot be followed: {why}")
        due, redirects = [], any(rule["rule"] == "redirect" for rule in self.steps)
        for i, (c, s) in enumerate(zip(self.children, self.school)):
            status, place, rule, *way, rank = "ineligible" if c.out else "unplaced", "", "", "", "", str(self.rank[c.ticket])
            reason = "NO_SEAT" if i in self.in_reach or not redirects else "NO_SCHOOL_IN_REACH"
            reason = c.out or (reason if c.accepts_redirect else "DECLINED")
            if s >= 0:
                status, place, metres = "placed", self.schools[s]["id"], self.way(c, s)
                rule, reason = (self.steps[self.round[i]][name] for name in ("id", "rule"))
                way = [str(metres), c.distance_from] if metres >= 0 else way
            due.append([c.id, c.ticket, status, place, rule, self.groups[c.group], c.zone, *way, rank, reason.upper()])
        self.table("allocation.csv", "applicant_id ticket status school_id round group zone_id distance_m "
                   "distance_from lottery_rank reason", due)
        return f"{len(due)} applicants, {sum(s >= 0 for s in self.school)} placed"
    def v8(self) -> str:  # V8: seats are as R2 counts them, and nobody passes a limit but by decision (R9)
        rules, filled = [rule["rule"] for rule in self.steps], Counter(self.school)
        fixed = Counter(s for s, n in zip(self.school, self.round) if n >= 0 and rules[n] == "fixed")
        for s, one in enumerate(self.schools):
            room = max(one["school_limit"] - one["other_grades"], one["leavers"])
            for level in ("standard", "limit"):
                due = min(one["classes"] * one[f"class_{level}"], max(room - one["other_entry"], 0)) - one["reserved"]
                need(one[f"seats_{level}"] == max(due, 0), f"{one['id']} has {due} seats ({level})")
            need(filled[s] <= max(one["seats_limit"], fixed[s]), f"{one['id']} is overfull")
        return f"{sum(one['seats_standard'] for one in self.schools)} seats within the standard"
    def v9(self) -> str:  # V9: every zone round, run again, ends with the cutoffs that are stated
        return f"{len(self.table('cutoffs.csv', CUTOFFS, self.cutoffs))} cutoffs"
    def units(self, rule: Any, waiting: list[int]) -> list[Any]:  # (children, [(school, key)]) by lottery
        asked, bundles, units = defaultdict[int, Any](dict), defaultdict[str, Any](list), []
        for i, c in [(i, self.children[i]) for i in waiting]:
            bundles[c.bundle or c.id].append(i)
            for s in self.zones.get(c.zone, ()):
                way = self.way(c, s)
                if way >= 0 or not c.distance_from:  # where no way is known at all, the zone's own school remains
                    keys = {"group": c.group, "sibling": int(c.sibling != s), "distance": max(way, 0),
                            "points": -c.points, "since": c.since}
                    asked[i][s] = [keys[name] for name in rule["order"]], int(c.sibling != s), max(way, 0)
        for bundle in bundles.values():  # it asks as one where its children have a school in common
            common = set(asked[bundle[0]]).intersection(*[asked[i] for i in bundle[1:]])
            for unit in [bundle] if common else [[i] for i in bundle]:
                last, wishes = [self.rank[self.children[unit[0]].ticket], unit[0]], []
                for s in common or asked[unit[0]]:  # a sibling's school comes first, then the nearest
                    best, away, ways = zip(*[asked[i][s] for i in unit])
                    wishes.append((min(away), sum(ways), s, min(best) + last))
                units.append((last, unit, [wish[2:] for wish in sorted(wishes)]))
        return [unit[1:] for unit in sorted(units)]
    def zone_round(self, rule: Any, waiting: list[int]) -> dict[int, int]:  # deferred acceptance, cutoffs (R6, R8)
        units, skip, taken = self.units(rule, waiting), rule["last_seat"] == "skip", Counter(self.school)
        seats = self.open_seats(rule["seats"], taken)
        limit = seats if skip else self.open_seats("limit", taken)
        held, line, passed, asks = defaultdict[int, Any](list), dict[int, Any](), dict[int, Any](), [0] * len(units)
        asking = list(range(len(units)))[::-1]
        while asking:
            now, asking = ([asking.pop()], asking) if skip else (asking, [])
            asked = {s: held[s].append((key, u)) for u in now for s, key in units[u][1][asks[u]:asks[u] + 1]}
            for s in asked:
                count, kept = 0, []
                for key, u in sorted(held[s]):
                    size, full = len(units[u][0]), count >= seats[s]
                    if not full and count + size <= limit[s] and (s not in line or key < line[s]):
                        kept.append((key, u))
                        count += size
                    else:
                        if full or not skip: line[s] = min(key, line.get(s, key))
                        else: passed[s] = max(key, passed.get(s, key))  # refused, if all seats go to those before it
                        asks[u] += 1
                        asking.append(u)
                held[s] = kept
        line |= {s: line.get(s, key) for s, key in passed.items() if held[s] and held[s][-1][0] < key
                 and sum(len(units[u][0]) for _, u in held[s]) >= seats[s]}
        show: Any = {"group": self.groups.__getitem__, "sibling": ["yes", "no"].__getitem__, "points": int.__neg__}
        for s in sorted(line):
            key, count = held[s][-1][0] if held[s] else [], sum(len(units[u][0]) for _, u in held[s])
            shown = [f"{name}={show.get(name, str)(v)}" for name, v in zip([*rule["order"], "lottery"], key)]
            self.cutoffs.append([rule["id"], self.schools[s]["id"], str(seats[s]), str(count), " ".join(shown)])
        return {i: s for s in held for _, u in held[s] for i in units[u][0]}
    def open_seats(self, level: str, taken: Any) -> list[int]:
        return [max(one[f"seats_{level}"] - taken[s], 0) for s, one in enumerate(self.schools)]
    def v13(self) -> str:  # V13: classes are as few as R11 asks and of even size, and every school's counts are right
        counts, classes, due = [[0] * 5 for _ in self.schools], [], []
        for i, (c, s) in enumerate(zip(self.children, self.school)):
            zone = self.zones.get(c.zone, ())
            redirect = s >= 0 and s not in zone and self.steps[self.round[i]]["rule"] == "redirect"
            for school in {*zone, s} - {-1}:
                here, own = school == s, school in zone
                more = own and not c.out, here, here and own, here and redirect, own and redirect
                counts[school] = [n + one for n, one in zip(counts[school], more)]
        for one, count in zip(self.schools, counts):
            pupils, seats = count[1] + one["reserved"], [one["seats_standard"], one["seats_limit"]]
            opened = min(-(-pupils // one["class_standard"]), one["classes"])
            sizes = [-(-(pupils - k) // opened) for k in range(opened)]
            classes += [[one["id"], str(k), str(size)] for k, size in enumerate(sizes, 1)]
            line = [opened, max(sizes, default=0), *seats, *count, *[n - count[1] for n in seats]]
            due.append([one["id"], one["name"].removeprefix("'"), *map(str, line)])
        self.table("classes.csv", "school_id class_no size", classes)
        self.table("schools.csv", "school_id name classes largest_class seats_standard seats_limit zone_demand placed "
                   "placed_from_zone redirected_in redirected_away spare_standard spare_limit level", due)
        return f"{len(classes)} classes in {len(due)} schools"
    def v14(self) -> str:  # V14: the log's chain reaches the head that the rules name
        heads, head, log = ["0" * 64], self.rules["log_head"], self.options.log
        for n, line in enumerate(Path(log).read_bytes().splitlines(keepends=True) if log else (), 1):
            holds, value = hold(lambda line=line: (canonical(json.loads(line)), json.loads(line)["previous"]))
            need(holds and f"{value[0]}\n".encode() == line, f"line {n} of the log is broken")
            why = f"line {n - 1} of the log was changed, or line {n} is not the next"
            need(value[1] == heads[-1], why if n > 1 else "line 1 of the log is not its first")
            heads.append(sha256(b"ALLOT1-LOG\0" + bytes.fromhex(heads[-1]) + line[:-1]).hexdigest())
        need(not log or head in ["", *heads], "the last line was changed, or the log begun anew")
        return f"{len(heads) - 1} lines followed; the head committed to is {head or 'none'}"
    def v15(self) -> str:  # V15: a family's record is in the root, and the cutoffs say what its zone rounds gave
        _, record, at, count, salt, path = self.options.receipt
        here = at >= 0 and [str(count), record["ticket"]] == [*self.roll[1:2], *self.roll[at + 2:at + 3]]
        need(here, "the ticket is not at its place in the roll")
        node = sha256(b"\0" + bytes.fromhex(salt) + canonical(record).encode()).digest()
        while count > 1:
            beside = bytes.fromhex(path.pop(0)) if at ^ 1 < count else b""
            if beside: node = sha256(b"\1" + (beside + node if at % 2 else node + beside)).digest()
            at, count = at // 2, (count + 1) // 2
        need(node.hex() == self.commit["inputs"] and not path, "the record is not in the root")
        self.children, told, line = self.family(record), ["the record is in the root"], dict[Any, Any]()
        of: Any = {"group": self.groups.index, "sibling": ["yes", "no"].index, "since": str, "points": lambda v: -int(v)}
        for *place, _, _, key in self.table("cutoffs.csv", CUTOFFS):
            line[tuple(place)] = [of.get(name, int)(value) for name, value in re.findall(r"(\w+)=(\S+)", key)]
        waiting = [i for i, c in enumerate(self.children) if not c.out and c.fixed < 0]
        due = [("", "INELIGIBLE") if c.out else ([*self.number][c.fixed], "FIXED") for c in self.children if c.out or c.fixed >= 0]
        for rule in [rule for rule in self.steps if rule["rule"] == "zone" and self.matrix != {}]:
            for unit, wishes in self.units(rule, waiting):
                asked = [((rule["id"], self.schools[s]["id"]), key[:-1]) for s, key in wishes]
                given = [at[1] for at, key in asked if at not in line or line[at] and key[:len(line[at])] <= line[at]]
                note = ", if all fit" * (rule["last_seat"] == "skip" and len(unit) > 1)  # else they were passed over
                told.append(f"round {rule['id']} gives {[*given, 'no place'][0]}{note}")
                if given and not note: due, waiting = due + [(given[0], "ZONE")] * len(unit), sorted({*waiting} - {*unit})
        rows = [tuple(row[1:]) for row in self.result if row[0] == record["ticket"]]  # in an edition; how may be withheld
        more, less = Counter(rows) - Counter(due), Counter((s, "") for s, _ in (Counter(due) - Counter(rows)).elements())
        known = {"INELIGIBLE", "FIXED", *["ZONE"] * (self.matrix != {} and " fit" not in "".join(told))}
        right = len(rows) == len(self.children) and less <= more and not known & {how for _, how in more}
        need(right or not self.result, "; ".join([*told, "the result says otherwise"]))
        return "; ".join(told + ["the result agrees", *["redirects are left to the auditor"] * bool(waiting)] * bool(self.result))
class Edition(Run):  # the public edition: the result by ticket, and no record of a child
    def v7(self) -> str:  # V7: the result has every ticket of the roll, and no other
        rows, rules = self.table("result.csv", "ticket school_id how"), [rule["rule"] for rule in self.steps]
        self.school, self.result = [self.number[school] if school else -1 for _, school, _ in rows], rows
        self.round = [rules.index("fixed") if how in ("", "FIXED") and "fixed" in rules else -1 for *_, how in rows]
        need(not self.commit or sorted({row[0] for row in rows}) == self.roll[2:], "the result is of another roll")
        return f"{len(rows)} applicants, {sum(s >= 0 for s in self.school)} placed"
class Redirect:  # a round as claimed: who took part, who went where, and what proves it the best
    def __init__(self, run: Run, rule: Any, placed: dict[int, int], proof: Any) -> None:
        self.run, self.rule, self.proof, self.out = run, rule, proof, len(run.schools)
        self.max_m, self.far_m, self.longest = rule["max_m"] or ANY, run.rules["far_m"], dict[int, int]()
        stay = Counter(s for i, s in enumerate(run.school) if i not in placed)
        levels = zip(run.open_seats(rule["seats"], stay), run.open_seats("standard", stay))
        self.seats = [(min(both), both[0] - min(both)) for both in levels]  # within the standard, above it
        self.named = {s for s, one in enumerate(run.schools) if one["classes"] > 0
                      and one["kind"] in rule["kinds"] and one["sector"] in rule["sectors"]}
        there = [(i, run.children[i], run.school[i], s) for i, s in placed.items()]
        self.who = [Entrant(i, c, c.group, held, run.way(c, held) if held >= 0 else self.max_m,
                            *((s, run.way(c, s)) if s >= 0 else (self.out, ANY))) for i, c, held, s in there]
        self.who.sort(key=lambda e: (e.group, run.rank[e.c.ticket], e.i))
    def ways(self, e: Any, radius: int = ANY) -> list[tuple[int, int]]:  # (way, school) of all that are allowed
        own, radius = self.run.zones.get(e.c.zone, ()), min(radius, e.reach, self.longest.get(e.group, ANY))
        return [(way, s) for way, s in self.run.near(e.c, radius) if s == e.held or (
            s in self.named and way <= self.max_m and (e.c.accepts_redirect or s in own))]
    def check(self) -> None:  # V10, V11 and V12 are told what fails
        for step, part in ((12, self.overloads), (10, self.levels), (11, self.ties)):
            holds, why = hold(part)
            (self.run.right if holds else self.run.wrong)[step].append(f"round {self.rule['id']}: {why}")
    def levels(self) -> str:  # V10: every level has its value and its prices, given the families of R8
        at, seated = {e.c.id: e for e in self.who}, set[int]()
        for family in [one for one in self.proof["families"] if one["school_id"] is not None]:
            for e, s in [(at[one], self.run.number[family["school_id"]]) for one in family["applicants"]]:
                right = e.c.bundle if family["kind"] == "bundle" else e.c.sibling == s
                need(right and e.place == s and (e.way, s) in self.ways(e, e.way), f"{e.c.id} is in no such family")
                seated.add(e.i)
        if seated:
            self.prove_levels(self.proof["counted"], counted=True)
            taken = Counter(e.place for e in self.who if e.i in seated)
            self.seats = [(max(a - taken[s], 0), b - max(taken[s] - a, 0)) for s, (a, b) in enumerate(self.seats)]
            self.who = [e for e in self.who if e.i not in seated]
        self.prove_levels(self.proof["levels"], counted=False)
        return f"{len(self.proof['levels'])} levels for {len(self.who)} children"
    def prove_levels(self, listed: Any, counted: bool) -> None:  # from the first `farthest` on, each has a whole table
        groups, used = sorted({e.group for e in self.who}), Counter(e.place for e in self.who)
        over = sum(max(used[s] - a, 0) for s, (a, _) in enumerate(self.seats))
        first = {"farthest": ["farthest"], "fewest_far": ["far"]}.get(self.rule["goal"], [])
        goals = [("kept", -1)] * any(e.held >= 0 for e in self.who) + [("placed", g) for g in groups]
        goals += [("over", -1)] * (self.rule["seats"] == "limit" and not counted)
        goals += [(what, g) for g in groups for what in [*first, "ways"] if not counted]
        names = [(what, self.run.groups[g] if g >= 0 else None) for what, g in goals]
        need([(one["what"], one["group"]) for one in listed] == names, "the levels are others")
        self.costs, table = dict[Any, int](), list[Any]()
        for (what, g), one in zip(goals, listed):
            mine = [e for e in self.who if g in (-1, e.group) and (what != "kept" or e.held >= 0)]
            ways = [e.way for e in mine if e.place < self.out]
            value = {"ways": sum(ways), "far": sum(way > self.far_m for way in ways), "over": over,
                     "farthest": max(ways, default=0)}.get(what, len(ways))
            need(one["value"] == value, f"level {what} of {one['group'] or 'all'} has the value {value}")
            if what == "farthest":
                self.prove(table)
                self.no_shorter(one["prices"], g, value, ways)
            else:
                self.costs[what, g] = len(mine) - value if what in ("kept", "placed") else value
                table = one["prices"] if type(one["prices"]) is list else [*table, one["prices"]]
        self.prove(table)
    def scale(self, table: Any) -> None:  # one number for each tuple of prices, the first level before all others
        goals = list(self.costs)[:len(table)]
        self.unit = Counter({goal: 1 << DIGIT * n for n, goal in enumerate(goals[::-1])})
        self.over, self.price = self.unit["over", -1], [0] * (self.out + 1)
        for goal, prices in zip(goals, table):
            for school, price in prices.items():
                need(type(price) is int and price, "a price is no number")
                self.price[self.run.number[school]] += self.unit[goal] * price
    def cost(self, e: Any, way: int, s: int) -> Any:  # of a place to a child, the price included
        if s == self.out: return self.unit["placed", e.group] + (e.held >= 0) * self.unit["kept", -1]
        return self.price[s] + way * self.unit["ways", e.group] + (way > self.far_m) * self.unit["far", e.group]
    def places(self, e: Any, most: int) -> list[Any]:  # (cost, way, school), none sought where all cost nothing
        metre = self.unit["ways", e.group]
        radius = min((most - min(self.price)) // metre, ANY) if metre else ANY if most else -1
        found = [(self.cost(e, *one), *one) for one in [*self.ways(e, radius), (ANY, self.out)]]
        return sorted(one for one in found if one[0] <= most)
    def prove(self, table: Any) -> None:  # that these prices are the smallest ones by which each place is the best
        self.scale(table)
        self.used, arcs, self.tight = Counter(e.place for e in self.who), [0] * (self.out + 1), []
        least = [self.over * (self.used[s] > a) for s, (a, _) in enumerate(self.seats)] + [0]
        for (s, (a, b)), p in zip(enumerate(self.seats), self.price):
            most = 0 if self.used[s] < a else self.over if self.used[s] < a + b else p
            need(self.used[s] <= a + b and least[s] <= p <= most, f"seats or price of {self.run.schools[s]['id']}")
        for e, have in [(e, self.cost(e, e.way, e.place)) for e in self.who]:
            places = self.places(e, have)
            need(not places or places[0][0] == have and (have, e.way, e.place) in places, f"{e.c.id} could do better")
            self.tight.append([s for _, _, s in places])
            arcs[e.place] |= sum(1 << s for s in self.tight[-1])
        known = spread(arcs, sum(1 << s for s, p in enumerate(self.price) if p == least[s]))
        need(known + 1 == 2 << self.out, "a price is not the smallest that proves the places")
    def no_shorter(self, table: Any, g: int, value: int, ways: list[int]) -> None:  # design section 6: a bound is worse
        self.longest[g] = value - 1
        self.scale(table)
        bound = -sum(a * p + b * max(p - self.over, 0) for (a, b), p in zip(self.seats, self.price))
        for e in self.who:
            here = (e.way, e.place) if e.way <= self.longest.get(e.group, ANY - 1) else (ANY, self.out)
            most = min(self.cost(e, *here), self.cost(e, ANY, self.out))
            bound += min([most, *[one[0] for one in self.places(e, most)]])
        reached = sum(self.unit[goal] * self.costs[goal] for goal in self.unit)
        self.longest[g] = value if ways else ANY
        need(bound > reached and min(self.price) >= 0 if ways else not table, f"ways below {value} m are not ruled out")
    def ties(self) -> str:  # V11: nobody is due a nearer place at no cost, served by group and lottery
        node, arcs = [1 << s for s in range(self.out + 2)], [0] * (self.out + 2)
        for s, (a, b) in enumerate([*self.seats, (0, len(self.who))]):  # the last node stands for a free seat
            p, over, used = self.price[s], self.over, self.used[s]
            arcs[s] |= node[-1] * (used < a + b * (p >= over))
            arcs[-1] |= node[s] * (used > a * (p > 0) + b * (p > over))
        for e, tight in zip(self.who[::-1], self.tight[::-1]):
            free = spread(arcs, sum(node[s] for s in tight[:tight.index(e.place)])) & node[e.place]
            need(not free, f"{e.c.id} is due a nearer place")
            arcs[e.place] |= sum(node[s] for s in tight)
        return f"{sum(len(tight) > 1 for tight in self.tight)} children could be elsewhere"
    def overloads(self) -> str:  # V12: every shortage has its witness, the smallest set of schools, and no other has
        arcs, masks, left, parts, due = [0] * (self.out + 1), [], 0, list[int](), []
        for e in sorted(self.who, key=lambda e: e.place < self.out):
            if e.place < self.out and not left: break
            masks.append(sum(1 << s for _, s in self.ways(e)))
            arcs[e.place] |= masks[-1]  # nobody goes to the last node, so its arcs are not followed
            self.run.in_reach |= {e.i} if masks[-1] and e.place == self.out else set()
            left |= masks[-1] * (e.place == self.out and e.c.accepts_redirect)
        left = spread(arcs, left)
        inside = [mask for mask in masks if mask and mask & left == mask]
        for mask in set(inside):
            parts = [*(part for part in parts if not part & mask), mask | sum(part for part in parts if part & mask)]
        for part in sorted(parts, key=lambda part: part & -part):
            ids = [one["id"] for s, one in enumerate(self.run.schools) if part >> s & 1]
            seats = sum(sum(self.seats[self.run.number[one]]) for one in ids)
            due.append({"schools": ids, "demand": sum(mask & part > 0 for mask in inside), "seats": seats})
        need(self.proof["overloads"] == due, f"the witnesses must be {due[:2]}")
        return f"{len(due)} shortages"
def files(folder: Path) -> str:  # V1: every file is as SHA256SUMS says, and there is no other
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*") if path.is_file()}
    sums = found.pop(SUMS).read_bytes().decode("ascii", "replace").splitlines(keepends=True)
    lines = {name: f"{sha256(found[name].read_bytes()).hexdigest()}  {name}\n" for name in sorted(found)}
    for name in [*lines, *(line[66:-1] for line in sums)]:
        need(lines.get(name) in sums, f"{name} is not as {SUMS} says")
    other = found["verify.py"].read_bytes() != Path(__file__).read_bytes()
    return f"{len(lines)} files" + other * "; its own verify.py is another program than this"
def hold(step: Any) -> tuple[bool, Any]:  # whether a step holds and what it says; a forged file makes it fail somehow
    try: return True, step()
    except Exception as error: return False, f"{type(error).__name__}: {error}".removeprefix("ValueError: ")
def check(folder: Path, options: Any) -> list[tuple[str, bool, str]]:  # (step, whether it holds, why) of every step
    kind = Edition if (folder / "result.csv").is_file() else Run
    drawn = any((folder / name).is_file() for name in ("commit.txt", "audit/commit.txt"))
    due = (PUBLIC if kind is Edition else FILES * (not options.receipt)) + DRAWN * (drawn or bool(options.receipt))
    lost = [name for name in due if not any((folder / one).is_file() for one in (name, Path(name).name))]
    lost += [name for name in (options.receipt, options.log) if name and not Path(name).is_file()]
    if lost: raise FileNotFoundError(f"{lost[0]} is missing: {folder} cannot be checked.")
    told = {1: hold(lambda: files(folder))} if SUMS in due else {}
    read, options.receipt = hold(lambda: options.receipt and [
        *map(json.loads(Path(options.receipt).read_bytes()).__getitem__, RECEIPT)])
    made, run = hold(lambda: kind(folder, options))
    if not read or options.receipt and made and options.receipt[0] != run.draw:
        raise FileNotFoundError("The receipt cannot be read, or is of another draw than the run.")
    if run == FUTURE and told.get(1, [True])[0]: raise FileNotFoundError(f"{folder} cannot be checked: {FUTURE}.")
    steps = [2, *[3, 4, 5, 6] * drawn, 7, 8] if kind is Edition else range(2, 7 if options.receipt else 15)
    for n in [*steps, *[15] * bool(options.receipt)]:
        told[n] = hold(getattr(run, f"v{n}", lambda n=n: "; ".join(run.right[n]))) if made else (False, run)
        if made and run.wrong[n]: told[n] = False, "; ".join(run.wrong[n][:3])
    return [(f"V{n} {STEPS[n - 1]}", *told[n]) for n in told]
def main(arguments: list[str]) -> int:  # the exit status
    parser = argparse.ArgumentParser(description="Check a run of enroll: every step, and why.")
    parser.add_argument("run", nargs="?", type=Path, default=Path(__file__).parent)
    parser.add_argument("--receipt", default="", help="check one family's record and result")
    parser.add_argument("--log", default="", help="follow the chain of this log")
    parser.add_argument("--commit-hash", default="", type=str.lower, help="hash of commit.txt as it was published")
    parser.add_argument("--rehearsal", action="store_true", help="accept a draw that proves nothing")
    options = parser.parse_args(arguments)
    gc.disable()  # nothing is freed before the end, and to look for it takes half of the time
    try: steps = check(options.run, options)
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 2
    getattr(sys.stdout, "reconfigure", dict)(errors="replace")  # a forged name shall neither stop nor steer the screen
    for name, holds, why in steps:
        print(f"{name:<15} {'PASS' if holds else 'FAIL'}  {''.join(c if c.isprintable() else '?' for c in why)}")
    return int(not all(holds for _, holds, _ in steps))
if __name__ == "__main__": sys.exit(main(sys.argv[1:]))

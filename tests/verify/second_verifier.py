"""A second verifier of run folders, written from docs/reference/audit.md and run.md alone.

It is plain and slow, uses the standard library only and shares nothing with `verify.py`.
"""

from __future__ import annotations

import csv
import hashlib
import hmac
import json
import math
from pathlib import Path


def sha(data):
    """Return a SHA-256 in hex."""
    return hashlib.sha256(data).hexdigest()


def need(condition, why):
    """Refuse a run for a reason."""
    if not condition:
        raise ValueError(why)


def canonical(value):
    """Return canonical JSON as bytes."""
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def plus(left, right):
    """Return the sum of two tuples of one length."""
    return tuple(a + b for a, b in zip(left, right, strict=True))


class Book:
    """A run's files and what follows from them."""

    def __init__(self, folder):
        """Read what every step needs."""
        self.folder = Path(folder)
        self.manifest = json.loads(self.raw("manifest.json"))
        self.rules = json.loads(self.raw("audit/rules.json"))
        self.lines = [json.loads(each) for each in self.raw("audit/records.jsonl").splitlines()]
        self.children = {}
        for line in self.lines:
            for child in line["record"]["children"]:
                self.children[child["id"]] = {**child, "ticket": line["record"]["ticket"]}
        self.kids = sorted(self.children, key=str.encode)
        self.schools = {each["id"]: each for each in self.rules["schools"]}
        self.zones = {each["id"]: each["schools"] for each in self.rules["zones"]}
        self.level = {each["id"]: rank for rank, each in enumerate(self.rules["groups"])}
        self.rows = {row["applicant_id"]: row for row in self.table("allocation.csv")}
        self.place, self.by, self.rank, self.reach = {}, {}, {}, set()
        self.matrix = {}
        if self.rules["mode"] == "matrix":
            for row in self.table("audit/ways.csv"):
                self.matrix[row["key"], row["school_id"]] = int(row["metres"])

    def raw(self, name):
        """Return a file's bytes."""
        return (self.folder / name).read_bytes()

    def table(self, name):
        """Return a CSV file's rows, apostrophes before formulas taken off."""
        rows = csv.DictReader(self.raw(name).decode().splitlines())
        return [{key: _plain(cell) for key, cell in row.items()} for row in rows]

    def way(self, child, school):
        """Return the rounded metres between a child and a school, or None."""
        if self.rules["mode"] == "matrix":
            key = child["zone"] if self.rules["ways_by"] == "zone" else child["id"]
            return self.matrix.get((key, school))
        ends = [child["x_dm"], self.schools[school]["x_dm"]]
        if None in ends:
            return None
        across, along = ends[0] - ends[1], child["y_dm"] - self.schools[school]["y_dm"]
        step = self.rules["round_m"]
        return (math.isqrt(across**2 + along**2) + 5 * step) // (10 * step) * step

    def seats(self, school, level):
        """Return the seats of a school at a level."""
        at = self.schools[school]
        room = at["school_limit"] - at["other_grades"]
        if at["other_grades"] + at["leavers"] > at["school_limit"]:
            room = at["leavers"]
        room = max(0, room - at["other_entry"])
        return max(0, min(at["classes"] * at["class_" + level], room) - at["reserved"])

    def open(self, school, level, taking):
        """Return a school's open seats in a round."""
        held = sum(at == school and kid not in taking for kid, at in self.place.items())
        return max(0, self.seats(school, level) - held)


def _plain(cell):
    return cell[1:] if cell[:1] == "'" else cell


def check_files(book):
    """Every file has its hash and no other is there."""
    listed = {}
    for line in book.raw("SHA256SUMS").decode().splitlines():
        listed[line[66:]] = line[:64]
    there = {
        path.relative_to(book.folder).as_posix()
        for path in book.folder.rglob("*")
        if path.is_file()
    }
    need(there == {*listed, "SHA256SUMS"}, "other files")
    for name, wanted in listed.items():
        need(sha(book.raw(name)) == wanted, name)
    need(canonical(book.rules) + b"\n" == book.raw("audit/rules.json"), "rules not canonical")
    text = b"".join(canonical(line) + b"\n" for line in book.lines)
    need(text == book.raw("audit/records.jsonl"), "records not canonical")


def root(leaves):
    """Return the RFC 6962 root by its recursive definition."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return hashlib.sha256(b"\0" + leaves[0]).digest()
    half = 1
    while half * 2 < len(leaves):
        half *= 2
    return hashlib.sha256(b"\1" + root(leaves[:half]) + root(leaves[half:])).digest()


def check_draw(book):
    """The commitment names the roll, records and rules; return nothing for a plain seed."""
    tickets = [line["record"]["ticket"] for line in book.lines]
    need(tickets == sorted(set(tickets), key=str.encode), "tickets not ascending")
    draw = book.manifest["draw"]
    need(draw["rehearsal"] == draw["draw_id"].startswith("test-"), "rehearsal")
    if not draw["commit"]:
        need(draw["draw_id"] == f"test-{book.rules['year']}-{book.rules['stage']}", "draw's id")
        for line in book.lines:
            ids = [child["id"] for child in line["record"]["children"]]
            need(not line["salt"] and line["record"]["ticket"] == min(ids), "rehearsal ticket")
        return
    commit = book.raw("audit/commit.txt")
    need(sha(commit) == draw["commit"], "commitment is another one")
    head, *pairs = commit.decode("ascii").splitlines()
    facts = dict(pair.split("=", 1) for pair in pairs)
    names = ["draw", "roll", "inputs", "rules", "program", "sources", "published", "draw_after"]
    need(head == "ALLOT1-COMMIT" and list(facts) == names and len(pairs) == 8, "commitment's form")
    roll = "".join(f"{x}\n" for x in ["ALLOT1-ROLL", draw["draw_id"], len(tickets), *tickets])
    need(roll.encode() == book.raw("audit/roll.txt"), "roll")
    need(facts["draw"] == draw["draw_id"], "draw's id")
    need(facts["roll"] == sha(roll.encode()), "roll's hash")
    need(facts["rules"] == sha(book.raw("audit/rules.json")), "rules' hash")
    leaves = [bytes.fromhex(line["salt"]) + canonical(line["record"]) for line in book.lines]
    need(facts["inputs"] == root(leaves).hex(), "root")
    first, *sources = book.raw("audit/sources.txt").decode("ascii").splitlines()
    given = [line.split("=", 1)[0] for line in sources]
    need(first == "ALLOT1-SOURCES" and ",".join(given) == facts["sources"], "sources")


def check_order(book):
    """Rank the tickets by their keys."""
    draw = book.manifest["draw"]
    settings = book.manifest["scenario"]["settings"].get("lottery", {})
    seed = bytes.fromhex(settings.get("seed") or "0" * 64)
    pool = book.kids
    if draw["commit"]:
        hashes = [book.raw(f"audit/{name}.txt") for name in ("commit", "sources")]
        parts = b"".join(hashlib.sha256(each).digest() for each in hashes)
        seed = hashlib.sha256(b"ALLOT1-SEED\0" + parts).digest()
        pool = [line["record"]["ticket"] for line in book.lines]
    stem = b"ALLOT1-RANK\0" + draw["draw_id"].encode() + b"\0all\0"
    keyed = sorted((hmac.digest(seed, stem + t.encode(), "sha256").hex(), t) for t in pool)
    ranks = {ticket: rank for rank, (_, ticket) in enumerate(keyed, 1)}
    book.rank = {kid: ranks[child["ticket"]] for kid, child in book.children.items()}
    if draw["commit"]:
        lines = [f"{rank},{t},{key}\n" for rank, (key, t) in enumerate(keyed, 1)]
        text = "rank,ticket,key\n" + "".join(lines)
        need(text.encode() == book.raw("audit/order.csv"), "order")
    for kid, row in book.rows.items():
        need(kid in book.rank, "unknown child")
        need(int(row["lottery_rank"]) == book.rank[kid], f"rank of {kid}")


def ineligible(book, child):
    """Return why a child may not take part."""
    age, born = book.rules["age"], child["birth_date"]
    if born and child["placed_reason"] not in age["waive"]:
        if age["latest_birth"] and born > age["latest_birth"]:
            return "TOO_YOUNG"
        if age["earliest_birth"] and born < age["earliest_birth"]:
            return "TOO_OLD"
    return "" if child["review"] == "passed" else "REVIEW_" + child["review"].upper()


def check_everyone(book):
    """Everybody is once in the allocation, with what the record says."""
    need(list(book.rows) == book.kids, "not every child once")
    need(len(book.table("allocation.csv")) == len(book.kids), "a child twice")
    for kid, child in book.children.items():
        row, why = book.rows[kid], ineligible(book, child)
        need(child["ineligible"] == why, f"eligibility of {kid}")
        need((row["status"] == "ineligible") == bool(why), f"status of {kid}")
        same = [row["ticket"], row["group"], row["zone_id"]]
        need(same == [child["ticket"], child["group"], child["zone"]], f"row of {kid}")
        need((row["status"] == "placed") == bool(row["school_id"]), f"school of {kid}")
        way = book.way(child, row["school_id"]) if row["school_id"] else None
        need(row["distance_m"] == ("" if way is None else str(way)), f"way of {kid}")
        origin = "" if way is None else child["distance_from"]
        need(row["distance_from"] == origin, f"origin of {kid}")
        if why:
            need(row["reason"] == why, f"reason of {kid}")


def check_seats(book):
    """Nobody is above a limit, but by decision."""
    for school, at in book.schools.items():
        for level in ("standard", "limit"):
            need(at[f"seats_{level}"] == book.seats(school, level), f"seats of {school}")
        here = [row for row in book.rows.values() if row["school_id"] == school]
        fixed = sum(row["reason"] == "FIXED" for row in here)
        need(len(here) <= max(at["seats_limit"], fixed), f"{school} is too full")


def key_of(book, rule, kid, school):
    """Return a child's key at a school."""
    child = book.children[kid]
    parts = {
        "group": book.level[child["group"]],
        "sibling": int(child["sibling_school"] != school),
        "distance": (book.way(child, school) if child["distance_from"] else 0),
        "points": -child["points"],
        "since": child["since"] or "9999-99-99",
    }
    return (*(parts[name] for name in rule["order"] if name in parts), book.rank[kid], kid)


def asks(book, kid):
    """Return the schools a child may ask in a zone round."""
    child = book.children[kid]
    schools = book.zones.get(child["zone"], [])
    return {s for s in schools if not child["distance_from"] or book.way(child, s) is not None}


def teams(book, waiting):
    """Return those who ask together and the schools they ask, best first."""
    bundles = {}
    for kid in waiting:
        bundles.setdefault(book.children[kid]["bundle"] or ("", kid), []).append(kid)
    found = []
    for members in bundles.values():
        common = set.intersection(*(asks(book, kid) for kid in members))
        found += [(members, common)] if common else [([kid], asks(book, kid)) for kid in members]
    wishes = []
    for members, schools in found:

        def first(school, members=members):
            kin = any(book.children[kid]["sibling_school"] == school for kid in members)
            ways = [book.way(book.children[kid], school) or 0 for kid in members]
            return (not kin, sum(ways), school.encode())

        wishes.append((tuple(members), sorted(schools, key=first)))
    return wishes


def look(rule, ranked, offered, most):
    """Return the teams that a school takes, and the key that closed it or None."""
    taken, count = [], 0
    for key, team in ranked:
        if rule["last_seat"] == "exceed":
            fits = count < offered and count + len(team) <= most
            if not fits:
                return taken, key
        elif count >= offered:
            return taken, key
        elif count + len(team) > offered:
            continue
        taken.append((key, team))
        count += len(team)
    return taken, None


def zone_round(book, rule):
    """Run a zone round again and return the lines of its cutoffs."""
    home = {kid for kid in book.kids if book.children[kid]["zone"]}
    free = {kid for kid in home if not book.children[kid]["ineligible"]} - book.place.keys()
    offered = {s: book.open(s, rule["seats"], free) for s in book.schools}
    most = {s: book.open(s, "limit", free) for s in book.schools}
    wishes = dict(teams(book, sorted(free, key=str.encode)))
    held = {s: [] for s in book.schools}
    closed, asked = {}, []
    turn = sorted(wishes, key=lambda t: (book.rank[t[0]], t[0].encode()), reverse=True)
    while turn:
        team = turn.pop()
        if not wishes[team]:
            continue
        school = wishes[team].pop(0)
        key = min(key_of(book, rule, kid, school) for kid in team)
        if school in closed and key >= closed[school]:
            turn.append(team)
            continue
        asked.append((school, key))
        before = [*held[school], (key, team)]
        held[school], shut = look(rule, sorted(before), offered[school], most[school])
        if shut is not None:
            closed[school] = min(shut, closed.get(school, shut))
        turn += [t for _, t in sorted(e for e in before if e not in held[school])]
    close_late(held, asked, offered, closed)
    for school, taken in held.items():
        for _, team in taken:
            book.place.update(dict.fromkeys(team, school))
            book.by.update(dict.fromkeys(team, (rule["id"], "ZONE")))
    lines = []
    for school in sorted(closed, key=str.encode):
        worst = say(book, rule, max(held[school])[0]) if held[school] else ""
        filled = sum(len(team) for _, team in held[school])
        lines.append([rule["id"], school, str(offered[school]), str(filled), worst])
    return lines


def close_late(held, asked, offered, closed):
    """Close schools whose seats went to others before somebody who was passed over."""
    for school, key in asked:
        full = sum(len(team) for _, team in held[school]) >= offered[school]
        if full and held[school] and max(held[school])[0] < key:
            closed.setdefault(school, key)


def say(book, rule, key):
    """Return a key as `cutoffs.csv` writes it."""
    words = []
    names = [name for name in rule["order"] if name != "lottery"]
    for name, value in zip([*names, "lottery"], key, strict=False):
        shown = {
            "group": lambda v: book.rules["groups"][v]["id"],
            "sibling": lambda v: "no" if v else "yes",
            "points": lambda v: -v,
            "since": lambda v: "none" if v == "9999-99-99" else v,
        }.get(name, lambda v: v)(value)
        words.append(f"{name}={shown}")
    return " ".join(words)


def allowed(book, rule, kid):
    """Return the ways by school that a redirect round allows a child."""
    child, found = book.children[kid], {}
    own = book.place.get(kid)
    for school, at in book.schools.items():
        way = book.way(child, school)
        fits = way is not None and at["classes"] > 0 and at["sector"] in rule["sectors"]
        fits = fits and at["kind"] in rule["kinds"]
        fits = fits and (rule["max_m"] is None or way <= rule["max_m"])
        fits = fits and (child["accepts_redirect"] or school in book.zones.get(child["zone"], []))
        fits = fits and (own is None or way <= book.way(child, own))
        if fits or (own == school and way is not None):
            found[school] = way
    return found


def check_rounds(book):
    """Run the rounds before redirects again, and prove every redirect round."""
    moved = book.table("audit/places.csv")
    proofs = {each["round"]: each for each in json.loads(book.raw("certificate.json"))["rounds"]}
    lines = []
    for rule in book.rules["rounds"]:
        if rule["rule"] == "fixed":
            for kid, child in book.children.items():
                if child["placed_school"] and not child["ineligible"]:
                    book.place[kid], book.by[kid] = child["placed_school"], (rule["id"], "FIXED")
        elif rule["rule"] == "zone":
            lines += zone_round(book, rule)
        else:
            after = {row["applicant_id"]: row[rule["id"]] for row in moved}
            redirect_round(book, rule, after, proofs.pop(rule["id"], None))
    need(not proofs, "a certificate of no round")
    shown = [list(row.values()) for row in book.table("cutoffs.csv")]
    need(shown == lines, f"cutoffs are {lines}")
    book.result = dict(book.place)
    for kid, row in book.rows.items():
        need(row["school_id"] == book.place.get(kid, ""), f"place of {kid}")
        if row["status"] == "placed":
            need((row["round"], row["reason"]) == book.by[kid], f"round of {kid}")
        elif row["status"] == "unplaced":
            need(row["reason"] == unplaced(book, kid), f"reason of {kid}")


def unplaced(book, kid):
    """Return why a child has no place."""
    if not book.children[kid]["accepts_redirect"]:
        return "DECLINED"
    redirects = any(rule["rule"] == "redirect" for rule in book.rules["rounds"])
    return "NO_SCHOOL_IN_REACH" if redirects and kid not in book.reach else "NO_SEAT"


def redirect_round(book, rule, after, proof):
    """Prove one redirect round and take its places over."""
    holders = set()
    if rule["seats"] == "limit":
        holders = {kid for kid, (_, why) in book.by.items() if why == "REDIRECT"}
    free = {kid for kid in book.kids if not book.children[kid]["ineligible"]} - book.place.keys()
    part = sorted(
        free | holders, key=lambda k: (book.level[book.children[k]["group"]], book.rank[k], k)
    )
    need((proof is not None) == bool(part), "a round without a certificate")
    if not part:
        return
    options = {kid: allowed(book, rule, kid) for kid in part}
    book.reach |= {kid for kid in part if options[kid]}
    caps = {}
    for school in book.schools:
        total = book.open(school, rule["seats"], part)
        within = min(book.open(school, "standard", part), total)
        caps[school] = [within, total - within]
    now = {kid: after.get(kid, "") for kid in part}
    for kid in part:
        need(not now[kid] or now[kid] in options[kid], f"{kid} may not go there")
    prove(book, rule, Fact(part, options, now, holders), caps, proof)
    for kid in part:
        if now[kid] and now[kid] != book.place.get(kid):
            book.by[kid] = (rule["id"], "REDIRECT")
        book.place[kid] = now[kid]
        if not now[kid]:
            del book.place[kid]
            book.by.pop(kid, None)


class Fact:
    """Who takes part in a redirect round, where they may go and where they are."""

    def __init__(self, part, options, now, holders):
        """Keep the four."""
        self.part, self.options, self.now, self.holders = part, options, now, holders


def prove(book, rule, fact, caps, proof):
    """Check shortage, families, levels, prices and ties of one round."""
    overloads(book, fact, caps, proof)
    family = [kid for each in proof["families"] if each["school_id"] for kid in each["applicants"]]
    for each in proof["families"]:
        for kid in each["applicants"]:
            need(each["school_id"] in (None, fact.now[kid]), "a family is elsewhere")
    caps = {school: list(pair) for school, pair in caps.items()}
    for kid in family:
        pair = caps[fact.now[kid]]
        pair[0 if pair[0] else 1] -= 1
        need(pair[1] >= 0, "a family without a seat")
    rest = [kid for kid in fact.part if kid not in family]
    levels = proof["levels"]
    plan = expected(book, rule, fact, rest)
    need([(each["what"], each["group"]) for each in levels] == plan, "other levels")
    for each in levels:
        got = value(book, fact, rest, caps, each)
        need(each["value"] == got, f"{each['what']} is {got}")
    for number, each in enumerate(levels, 1):
        ahead = [level["what"] for level in levels[number : number + 1]]
        if each["what"] != "farthest" and (isinstance(each["prices"], list) or "farthest" in ahead):
            prices_hold(book, fact, rest, caps, levels[:number])
    if levels:
        ties(fact, rest, *prices_hold(book, fact, rest, caps, levels))


def expected(book, rule, fact, rest):
    """Return what the levels must be about, in order."""
    groups = sorted({book.level[book.children[kid]["group"]] for kid in rest})
    names = [book.rules["groups"][number]["id"] for number in groups]
    plan = [("kept", None)] * any(kid in fact.holders for kid in rest)
    plan += [("placed", name) for name in names]
    plan += [("over", None)] * (rule["seats"] == "limit")
    extra = {"farthest": "farthest", "fewest_far": "far"}.get(rule["goal"])
    for name in names:
        plan += [(extra, name)] * bool(extra) + [("ways", name)]
    return plan


def value(book, fact, rest, caps, level):
    """Return what a level comes to."""
    group = [kid for kid in rest if book.children[kid]["group"] == level["group"]]
    ways = [fact.options[kid][fact.now[kid]] for kid in group if fact.now[kid]]
    if level["what"] == "kept":
        return sum(bool(fact.now[kid]) for kid in rest if kid in fact.holders)
    if level["what"] == "over":
        used = [fact.now[kid] for kid in rest]
        return sum(max(0, used.count(school) - pair[0]) for school, pair in caps.items())
    whole = {"placed": len(ways), "farthest": max(ways, default=0), "ways": sum(ways)}
    return whole.get(level["what"], sum(way > book.rules["far_m"] for way in ways))


def cost(book, fact, kid, school, levels):
    """Return the tuple of a place's costs."""
    found = []
    for level in levels:
        about = book.children[kid]["group"] == level["group"]
        way = fact.options[kid].get(school, 0)
        if level["what"] == "kept":
            found.append(int(kid in fact.holders and not school))
        elif level["what"] == "placed":
            found.append(int(about and not school))
        elif level["what"] == "far":
            found.append(int(about and way > book.rules["far_m"]))
        else:
            found.append(way if about and level["what"] == "ways" else 0)
    return tuple(found)


def prices_hold(book, fact, rest, caps, levels):
    """Hold the last prices to the three conditions; return what ties need."""
    kept = [level for level in levels if level["what"] != "farthest"]
    longest = {each["group"]: each["value"] for each in levels if each["what"] == "farthest"}
    last = kept[-1]["prices"]
    parts = last if isinstance(last, list) else [level["prices"] for level in kept]
    zero = (0,) * len(kept)
    over = tuple(int(level["what"] == "over") for level in kept)
    price = {s: tuple(part.get(s, 0) for part in parts) for s in caps} | {"": zero}
    paths = {}
    for kid in rest:
        group = book.children[kid]["group"]
        seated = any(fact.now[k] for k in rest if book.children[k]["group"] == group)
        bound = longest.get(group) if seated else None
        fine = [s for s, way in fact.options[kid].items() if bound is None or way <= bound]
        paths[kid] = {s: cost(book, fact, kid, s, kept) for s in [*fine, ""]}
    used = [fact.now[kid] for kid in rest]
    bounds = {"": (0, len(rest) + 1)}
    for school, (within, above) in caps.items():
        count, p = used.count(school), price[school]
        need(count <= within + above, f"{school} is too full")
        need(p >= zero and (p == zero or count >= within), f"price of {school}")
        need(p <= over or count == within + above, f"price of {school}")
        need(p >= over or count <= within, f"price of {school}")
        low = 0 if p == zero else within if p <= over else within + above
        high = within + above if p >= over else within
        bounds[school] = (low, high)
    for kid in rest:
        best = min(plus(c, price[s]) for s, c in paths[kid].items())
        here = fact.now[kid]
        need(plus(paths[kid][here], price[here]) == best, f"{kid} would be better off")
    least = smallest(rest, fact.now, paths, caps, over)
    need(least == price, f"prices are not {least} but {price}")
    return paths, price, bounds


def smallest(rest, now, paths, caps, over):
    """Return the smallest prices by raising them until nothing changes."""
    zero = tuple(0 for _ in over)
    used = [now[kid] for kid in rest]
    price = {s: over if used.count(s) > pair[0] else zero for s, pair in caps.items()}
    price[""] = zero
    for _ in range(len(price) + 1):
        old = dict(price)
        for kid in rest:
            mine = plus(price[now[kid]], paths[kid][now[kid]])
            for school, here in paths[kid].items():
                if school:
                    raised = tuple(a - b for a, b in zip(mine, here, strict=True))
                    price[school] = max(price[school], raised)
        if old == price:
            break
    return price


def ties(fact, rest, paths, price, bounds):
    """No child can have a nearer school at no cost to those before it and to the values."""
    equal = {}
    for kid in rest:
        sums = {s: plus(c, price[s]) for s, c in paths[kid].items()}
        equal[kid] = [s for s in sums if sums[s] == min(sums.values())]
    for number, kid in enumerate(rest):
        here = fact.now[kid]

        def nearness(school, kid=kid):
            return (not school, fact.options[kid].get(school, 0), school.encode())

        for wish in equal[kid]:
            if nearness(wish) < nearness(here):
                moved = reaches(fact, rest[number + 1 :], rest, equal, bounds, wish, here)
                need(not moved, f"{kid} could be at {wish}")


def reaches(fact, later, rest, equal, bounds, start, goal):
    """Tell whether one child more at `start` and one fewer at `goal` can be made good."""
    used = [fact.now[kid] for kid in rest]
    seen, todo = {start}, [start]
    while todo:
        at = todo.pop()
        if at is None:
            steps = [s for s, (low, _) in bounds.items() if used.count(s) > low]
        else:
            steps = [s for kid in later if fact.now[kid] == at for s in equal[kid]]
            steps += [None] * (used.count(at) < bounds[at][1])
        fresh = set(steps) - seen
        seen |= fresh
        todo += fresh
    return goal in seen


def overloads(book, fact, caps, proof):
    """Name the smallest sets of schools that show the shortage."""
    todo = [k for k in fact.part if not fact.now[k] and book.children[k]["accepts_redirect"]]
    parts, asked = [], set()
    while todo:
        kid = todo.pop()
        if kid in asked or not fact.options[kid]:
            continue
        asked.add(kid)
        todo += [k for k in fact.part if fact.now[k] in fact.options[kid]]
        joined = set(fact.options[kid]).union(*(p for p in parts if p & set(fact.options[kid])))
        parts = [p for p in parts if not p & joined] + [joined]
    found = []
    for each in sorted(parts, key=min):
        inside = sum(bool(fact.options[k]) and set(fact.options[k]) <= each for k in fact.part)
        seats = sum(sum(caps[s]) for s in each)
        found.append({"demand": inside, "schools": sorted(each), "seats": seats})
    need(found == proof["overloads"], f"overloads are {found}")


def check_classes(book):
    """Classes are as few, as even and as the placed children say."""
    rows, wanted = book.table("schools.csv"), []
    need([row["school_id"] for row in rows] == list(book.schools), "schools")
    for row in rows:
        at = book.schools[row["school_id"]]
        here = sum(each["school_id"] == at["id"] for each in book.rows.values())
        pupils = here + at["reserved"]
        count = min(at["classes"], -(-pupils // at["class_standard"]))
        small, more = divmod(pupils, count) if count else (0, 0)
        sizes = [small + 1] * more + [small] * (count - more)
        wanted += [[at["id"], str(n), str(size)] for n, size in enumerate(sizes, 1)]
        figures = [here, count, at["seats_standard"] - here, at["seats_limit"] - here]
        names = ["placed", "classes", "spare_standard", "spare_limit"]
        need([row[name] for name in names] == list(map(str, figures)), f"row of {at['id']}")
    need([list(row.values()) for row in book.table("classes.csv")] == wanted, "classes")


def verify_folder(path):
    """Return (step, ok, why) for each step; the first that fails ends the check."""
    try:
        book = Book(path)
    except (ValueError, KeyError, OSError, TypeError) as error:
        return [("read", False, repr(error))]
    steps, found = (
        check_files, check_draw, check_order, check_everyone, check_seats, check_rounds,
        check_classes,
    ), []  # fmt: skip
    for step in steps:
        name = step.__name__.removeprefix("check_")
        try:
            step(book)
        except (ValueError, KeyError, OSError, TypeError, IndexError) as error:
            return [*found, (name, False, repr(error))]
        found.append((name, True, ""))
    return found

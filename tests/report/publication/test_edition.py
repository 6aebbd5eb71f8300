"""The files of the public edition: what stands in them, held against the run."""

from __future__ import annotations

import csv
import io
import json
from base64 import b64encode
from collections import Counter
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from ortools.sat.python import cp_model

from enroll.report.manifest import read_seal, seal
from enroll.report.publication import make_site
from enroll.report.publication.cells import ALL, band_of, tables_of
from enroll.report.publication.certificate import in_steps, prices_of
from enroll.report.publication.contents import HOWS, read_run_contents
from enroll.report.publication.lookup import packed
from enroll.report.publication.rereading import result_breaches
from enroll.report.publication.solving import breaches, pinned, solved
from enroll.report.publication.suppression import SMALL, hide
from enroll.verify.receipts import turns
from tests.report.pages.runs import parsed
from tests.report.publication.runs import (
    allocation,
    county_run,
    county_site,
    drawn_run,
    drawn_site,
    files_of,
    how_of,
    office_run,
    rows_of,
    site_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from enroll.notices import Language
    from enroll.report.publication.suppression import Cell, Tables

FILES = [
    "SHA256SUMS", "certificate.json", "classes.csv", "cutoffs.csv", "groups.csv", "index.html",
    "lookup.html", "notices.csv", "publication.json", "result.csv", "rules.json", "schools.csv",
    "verify.py", "ways.csv", "zones.csv", "zones.geojson",
]  # fmt: skip
DRAWN = ["commit.txt", "order.csv", "roll.txt", "sources.txt"]


def test_the_files_are_these_and_sealed() -> None:
    site = county_site()
    assert sorted(site) == FILES
    sealed = {name: content for name, content in site.items() if name != "SHA256SUMS"}
    assert site["SHA256SUMS"] == seal(sealed)
    assert sorted(read_seal(site["SHA256SUMS"])) == sorted(sealed)


def test_a_draw_adds_its_texts_byte_for_byte() -> None:
    assert sorted(drawn_site()) == sorted([*FILES, *DRAWN])
    for name in ["rules.json", *DRAWN]:
        assert drawn_site()[name] == (drawn_run() / "audit" / name).read_bytes()
    for name in ("classes.csv", "verify.py"):
        assert drawn_site()[name] == (drawn_run() / name).read_bytes()


def test_the_publication_names_what_sealed_files_must_match() -> None:
    told, run = json.loads(drawn_site()["publication.json"]), files_of(drawn_run())
    assert told["sealed"] == {
        name: sha256(run[name]).hexdigest() for name in ("allocation.csv", "certificate.json")
    }
    assert told["commit"] == sha256(run["audit/commit.txt"]).hexdigest()
    assert told["log_head"] == json.loads(run["audit/rules.json"])["log_head"]
    assert (told["draw_id"], told["rehearsal"], told["format"]) == ("2026-small", False, 1)


@pytest.mark.parametrize("drawn", [False, True])
def test_every_child_stands_in_the_result_once(drawn: bool) -> None:
    run, site = (drawn_run(), drawn_site()) if drawn else (county_run(), county_site())
    rows = list(csv.reader(io.StringIO(site["result.csv"].decode("utf-8"))))
    assert rows[0] == ["ticket", "school_id", "how"]
    assert rows[1:] == sorted(rows[1:], key=lambda row: (row[0].encode(), *row[1:]))
    due = Counter((row["ticket"], row["school_id"]) for row in allocation(run))
    assert Counter((ticket, school) for ticket, school, _ in rows[1:]) == due
    hows = Counter((row["ticket"], row["school_id"], how_of(row)) for row in allocation(run))
    told = Counter((ticket, school, how) for ticket, school, how in rows[1:] if how)
    assert told <= hows


def test_no_way_to_a_place_is_told_of_fewer_than_five() -> None:
    rows = rows_of(county_site()["result.csv"])
    placed = Counter((row["school_id"], row["how"]) for row in rows if row["how"])
    assert min(placed.values()) >= SMALL
    hidden = Counter(row["school_id"] for row in rows if not row["how"])
    assert min(hidden.values()) >= SMALL


def test_the_same_cells_are_hidden_in_schools_csv() -> None:
    rows = rows_of(county_site()["result.csv"])
    told = Counter((row["school_id"], row["how"].lower()) for row in rows)
    for row in rows_of(county_site()["schools.csv"]):
        school = row["school_id"]
        counts = {how: row[how] for how in ("fixed", "zone", "choice", "redirect")}
        unknown = told[school, ""]
        assert {how: int(count) for how, count in counts.items() if count} == {
            how: told[school, how] for how, count in counts.items() if count
        }
        assert ("" in counts.values()) == bool(unknown)


def recounted(run: list[dict[str, str]], column: str) -> Counter[tuple[str, str]]:
    """Count children by a column of allocation.csv and by how."""
    counted = Counter((row[column], how_of(row).lower()) for row in run)
    return counted + Counter((row[column], "applicants") for row in run)


@pytest.mark.parametrize(
    ("file", "name", "column"),
    [("zones.csv", "zone_id", "zone_id"), ("groups.csv", "group", "group")],
)
def test_numbers_that_are_shown_are_the_runs(file: str, name: str, column: str) -> None:
    counted, shown = recounted(allocation(county_run()), column), 0
    lines = [row for row in rows_of(county_site()[file]) if row[name] or file == "zones.csv"]
    for row in lines:
        for how in ("applicants", *map(str.lower, HOWS)):
            if row[how]:
                assert int(row[how]) == counted[row[name], how]
                assert not 0 < int(row[how]) < SMALL
                shown += bool(int(row[how]))
    assert shown > 5


def test_ways_are_counted_in_bands() -> None:
    """Bounds belong to the lower band; a child without a known way is counted too."""
    assert [band_of(way) for way in (0, 500, 550, 5000, 5050, None)] == [
        "to_500_m", "to_500_m", "to_1000_m", "to_5000_m", "over_5000_m", "unknown"
    ]  # fmt: skip
    counted = Counter(
        band_of(int(row["distance_m"])) for row in allocation(county_run()) if row["distance_m"]
    )
    everybody = rows_of(county_site()["ways.csv"])[-1]
    assert everybody.pop("group") == everybody.pop("name") == ""
    assert {band: int(count) for band, count in everybody.items()} == {
        band: counted[band] for band in everybody
    }


@pytest.mark.parametrize("number", range(24))
def test_nothing_hidden_of_random_offices_can_be_solved(number: int) -> None:
    """Tables are recounted from the files of the edition, which are all that a stranger has."""
    contents = read_run_contents(files_of(office_run(number)), "en")
    tables = tables_of(contents)
    for one in tables.sums:
        assert sum(part * tables.counts[cell] for cell, part in one.items()) == 0
    hidden = hide(tables)
    assert breaches(tables, hidden) == []
    site = site_of(office_run(number)).files
    shown = published_cells(site)
    assert not shown.keys() & hidden
    assert all(tables.counts.get(cell, 0) == count for cell, count in shown.items())


@pytest.mark.parametrize("number", [7, 38])
def test_every_hidden_number_has_another_in_some_tables(number: int) -> None:
    """Sought by a solver of whole numbers, which knows all that ties the tables together.

    A small number is open only where no tables at all have another one.
    """
    tables = tables_of(read_run_contents(files_of(office_run(number)), "en"))
    hidden, everything = hide(tables), frozenset(tables.counts) - tables.given
    assert hidden
    assert [cell for cell in sorted(hidden) if not could_be_other(tables, hidden, cell)] == []
    shown = sorted(tables.small - hidden)
    assert [cell for cell in shown if could_be_other(tables, everything, cell)] == []


def could_be_other(tables: Tables, hidden: frozenset[Cell], cell: Cell) -> bool:
    """Return whether tables that agree with all that is open have another number in a cell."""
    model = cp_model.CpModel()
    most = sum(map(abs, tables.counts.values()))
    number = {one: model.new_int_var(0, most, "") for one in hidden}
    for one in tables.sums:
        model.add(sum(part * number.get(c, tables.counts[c]) for c, part in one.items()) == 0)
    model.add(number[cell] != tables.counts[cell])
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    return solver.solve(model) in (cp_model.OPTIMAL, cp_model.FEASIBLE)


def published_cells(site: Mapping[str, bytes]) -> dict[tuple[str, ...], int]:
    """Return every count that the tables of an edition show."""
    found: dict[tuple[str, ...], int] = {}
    for table, file, name in (
        ("school", "schools.csv", "school_id"),
        ("zone", "zones.csv", "zone_id"),
        ("group", "groups.csv", "group"),
        ("way", "ways.csv", "group"),
    ):
        for row in rows_of(site[file]):
            for column, text in row.items():
                cell = (table, row[name], ALL if column == "applicants" else column.upper())
                if table == "way":
                    cell = (table, row[name], column)
                if table == "group" and not row[name]:
                    cell = ("how", column.upper())
                numbers = {*map(str.lower, HOWS), "applicants"}
                if text and (
                    column in numbers or (table == "way" and column not in (name, "name"))
                ):
                    found[cell] = int(text)
    rows = rows_of(site["result.csv"])
    for (school, how), count in Counter((row["school_id"], row["how"]) for row in rows).items():
        if how and school:
            found["school", school, how] = count
        elif how:
            found["how", how] = count
    found.pop(("how", "APPLICANTS"), None)
    found.pop(("how", ALL), None)
    return found


SITES = {"a rehearsal": (county_run, county_site), "a draw": (drawn_run, drawn_site)}


@pytest.mark.parametrize(("run", "site"), SITES.values(), ids=SITES)
def test_what_a_stranger_reads_solves_nothing(
    run: Callable[[], Path], site: Callable[[], Mapping[str, bytes]]
) -> None:
    """From the files alone: no hidden cell of the county is solved or pinned."""
    tables = tables_of(read_run_contents(files_of(run()), "en"))
    unknown = frozenset(tables.counts) - published_cells(site()).keys() - tables.given
    assert len(unknown) == json.loads(site()["publication.json"])["hidden_cells"]
    known = seen_by_a_stranger(tables, site())
    assert solved(known, unknown) | pinned(known, unknown) == set()


@pytest.mark.parametrize("number", range(24))
def test_seats_of_a_school_that_refused_somebody_solve_nothing(number: int) -> None:
    tables = tables_of(read_run_contents(files_of(office_run(number)), "en"))
    site = site_of(office_run(number)).files
    unknown = frozenset(tables.counts) - published_cells(site).keys() - tables.given
    known = seen_by_a_stranger(tables, site)
    assert solved(known, unknown) | pinned(known, unknown) == set()


def seen_by_a_stranger(tables: Tables, site: Mapping[str, bytes]) -> Tables:
    """Return the tables with what the public cutoffs say: who refused somebody was full.

    Written from the public files alone: a school with a cutoff of the last zone round, and no
    shared ticket, has given its seats to decisions and zone rounds, and to nobody else. And of a
    zone with a school that has no cutoff, nobody had to go elsewhere.
    """
    rules = json.loads(site["rules.json"])["rounds"]
    zone = [one for one in rules if one["rule"] == "zone"][-1:]
    late = [one["rule"] for one in rules[: rules.index(zone[0])]] if zone else []
    rows = rows_of(site["result.csv"])
    often = Counter(row["ticket"] for row in rows)
    shared = {row["school_id"] for row in rows if often[row["ticket"]] > 1}
    seats = {row["school_id"]: row for row in rows_of(site["schools.csv"])}
    sums, counts = list(tables.sums), dict(tables.counts)
    for row in rows_of(site["cutoffs.csv"]):
        school = row["school_id"]
        if row["round"] == zone[0]["id"] and school not in shared and "redirect" not in late:
            one = {("school", school, how): 1 for how in ("FIXED", "ZONE")}
            counts["seats", school] = int(seats[school][f"seats_{zone[0]['seats']}"])
            one = {cell: part for cell, part in one.items() if cell in counts}
            if sum(counts[cell] for cell in one) == counts["seats", school]:
                sums.append({**one, ("seats", school): -1})
    refusing = {row["school_id"] for row in rows_of(site["cutoffs.csv"])}
    for row in rows_of(site["zones.csv"]) if zone else ():
        if row["schools"] and not {*row["schools"].split(";")} <= refusing:
            cells = [("zone", row["zone_id"], how) for how in HOWS[3:-1] if row["zone_id"]]
            sums += [{cell: 1} for cell in cells if counts.get(cell) == 0]
    return replace(tables, sums=sums, counts=counts)


@pytest.mark.parametrize("file", ["result.csv", "lookup.html"])
def test_a_place_told_otherwise_is_noticed(file: str) -> None:
    """By code that reads the finished files again: a school, a way to a place, a child."""
    run, site = files_of(drawn_run()), dict(drawn_site())
    assert result_breaches(run, site) == []
    rows = rows_of(site["result.csv"])
    for name, other in (
        ("school_id", "S1" if rows[0]["school_id"] != "S1" else "S2"),
        ("ticket", "ZZZZ"),
    ):
        changed = [{**row, name: other} if at == 0 else row for at, row in enumerate(rows)]
        assert result_breaches(run, {**site, file: rewritten(site, file, changed)})
    assert result_breaches(run, {**site, file: rewritten(site, file, rows[1:])})
    assert result_breaches(run, {**site, file: rewritten(site, file, [rows[0], *rows])})


def rewritten(site: Mapping[str, bytes], file: str, rows: list[dict[str, str]]) -> bytes:
    """Return a file with other results."""
    if file == "result.csv":
        lines = ["ticket,school_id,how", *(",".join(row.values()) for row in rows)]
        return ("\n".join(lines) + "\n").encode()
    page = site[file].decode()
    head, rest = page.split('id="tickets">')
    outcomes = json.loads(page.split('id="facts">')[1].split("</script>")[0])["outcomes"]
    known = [(each[0], each[1]) for each in outcomes]
    told = [(row["ticket"], (row["school_id"], row["how"])) for row in rows]
    known += sorted({outcome for _, outcome in told} - set(known))
    page = head + 'id="tickets">' + "\n".join(packed(told, known)) + rest[rest.index("</script>") :]
    before, after = (
        json.dumps([list(each) for each in all_], separators=(",", ":"))
        for all_ in (outcomes, known)
    )
    assert before in page
    return page.replace(before, after).encode()


def test_a_way_to_a_place_that_the_run_does_not_have_is_noticed() -> None:
    run, site = files_of(county_run()), dict(county_site())
    told = site["result.csv"].replace(b",ZONE\n", b",REDIRECT\n", 1)
    assert result_breaches(run, {**site, "result.csv": told})


def test_the_certificate_tells_no_small_number_and_no_metres() -> None:
    told = json.loads(county_site()["certificate.json"])
    exact = json.loads((county_run() / "certificate.json").read_bytes())
    assert [one["round"] for one in told["rounds"]] == [one["round"] for one in exact["rounds"]]
    for one in told["rounds"]:
        for level in one["levels"]:
            if level["value"] is not None and level["what"] not in ("ways", "farthest"):
                assert level["value"] >= SMALL
                assert level["value"] % SMALL == 0
        assert all(each["demand"] >= SMALL for each in one["overloads"])
        assert set(one["prices"].values()) <= {
            "places", "over", "far", "1-500", "501-1000", "1001-2000", "2001-3000", "3001-5000",
            "over 5000",
        }  # fmt: skip
    placed = {each["group"]: each["value"] for each in told["rounds"][0]["levels"][:6]}
    assert (placed["A"], placed["E"], placed["other"]) == (45, 80, None)
    assert "families" not in json.dumps(told)
    assert "SYN-P26-" not in json.dumps(told)


def test_a_price_is_told_by_the_first_level_at_which_it_saves() -> None:
    """A level after one of the farthest ways has a whole table; that one has none of its own."""
    levels = [
        {"what": "placed", "prices": {"S1": 1}},
        {"what": "over", "prices": {"S3": 1}},
        {"what": "farthest", "prices": [{"S9": 1}, {}]},
        {"what": "ways", "prices": [{"S1": 1}, {"S3": 1}, {"S4": 500, "S5": 501, "S6": 9999}]},
    ]
    assert prices_of(levels) == {
        "S1": "places", "S3": "over", "S4": "1-500", "S5": "501-1000", "S6": "over 5000"
    }  # fmt: skip


@pytest.mark.parametrize(
    ("what", "value", "told"),
    [
        ("placed", 4, None),
        ("placed", 14, 10),
        ("far", 5, 5),
        ("ways", 1999, 1),
        ("farthest", 3050, 4),
    ],
)
def test_values_are_told_in_steps(what: str, value: int, told: int | None) -> None:
    assert in_steps(what, value) == told


def test_notices_are_of_schools_and_zones() -> None:
    run = (county_run() / "audit" / "rules.json").read_text("utf-8")
    known = {row["id"] for kind in ("schools", "zones") for row in json.loads(run)[kind]}
    rows = rows_of(county_site()["notices.csv"])
    assert {row["code"] for row in rows} == {
        "NEAR_LIMIT", "OTHER_STAGE_UNKNOWN", "OVERLOAD", "OVERSIZED_SCHOOL", "OVER_STANDARD",
        "REHEARSAL_DRAW", "SCHOOL_REFILLS", "STRAIGHT_IGNORES_WATER", "ZONE_FULL",
    }  # fmt: skip
    for row in rows:
        assert set(filter(None, row["subject"].split(";"))) <= known


def test_outlines_have_names_and_schools_and_no_figures() -> None:
    document = json.loads(county_site()["zones.geojson"])
    first = document["features"][0]
    assert first["properties"] == {
        "zone_id": "SYN-ZP01", "name": "Nanzhou Old Town", "schools": ["SYN-P01", "SYN-P03"]
    }  # fmt: skip
    assert first["geometry"]["type"] in ("Polygon", "MultiPolygon")


def test_a_run_of_tables_only_has_no_map_and_plain_notices() -> None:
    site = site_of(office_run(3)).files
    assert "zones.geojson" not in site
    assert "There is no map in this edition." in site["index.html"].decode()
    assert all("{" not in row["message"] for row in rows_of(site["notices.csv"]))


def test_a_run_of_tables_only_gives_the_same_tables_as_one_with_a_map() -> None:
    whole = files_of(county_run())
    tables = {name: content for name, content in whole.items() if name != "map.gpkg"}
    site = make_site(tables, turns(county_run()), "en").files
    for name in ("zones.csv", "notices.csv"):
        assert site[name] == county_site()[name]
    assert all(row["name"] for row in rows_of(site["zones.csv"])[:-1])


@pytest.mark.parametrize("page", ["index.html", "lookup.html"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_pages_have_no_fault_and_one_script_that_may_run(page: str, language: Language) -> None:
    content = county_site(language)[page]
    parsed(content)
    script = content.decode().rsplit("<script>", 1)[1].split("</script>")[0]
    allowed = b64encode(sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{allowed}'" in content.decode()


def test_the_same_bytes_every_time() -> None:
    assert dict(site_of(county_run()).files) == dict(county_site())


def test_tickets_are_packed_by_what_they_share() -> None:
    rows = [
        ("AB12", ("S1", "ZONE")),
        ("AB19", ("S2", "")),
        ("AB19", ("S2", "")),
        ("B", ("S1", "ZONE")),
    ]
    assert list(packed(rows, [("S1", "ZONE"), ("S2", "")])) == ["0AB12 0", "39 1", "4 1", "0B 0"]

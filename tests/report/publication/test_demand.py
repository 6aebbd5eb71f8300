"""How full zones are in the public edition: as in the office, and no hidden number follows."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from enroll.report.pages import run_page
from enroll.report.pages.labels import demand_labels
from enroll.report.publication.cells import tables_of
from enroll.report.publication.contents import HOWS, read_run_contents
from enroll.report.publication.demand import band_bounds, told_demand
from enroll.report.publication.suppression import hide
from tests.report.pages.runs import parsed, table_of
from tests.report.publication.runs import (
    county_run,
    county_site,
    files_of,
    office_run,
    rows_of,
)
from tests.report.publication.test_edition import could_be_other

if TYPE_CHECKING:
    from collections.abc import Mapping
    from xml.etree.ElementTree import Element


def test_zones_are_as_full_as_in_the_pages_of_the_office() -> None:
    """The same number in the table where one is told, and the same colour on the map."""
    office = parsed(run_page(files_of(county_run()), "en"))
    public = parsed(county_site()["index.html"])
    percent = {row[0]: row[1] for row in table_of(office, "table-zones")}
    bands = dict(zip(("z0", "z1", "z2", "z3", "z4"), demand_labels(), strict=True))
    colours = zone_colours(public)
    assert colours == zone_colours(office)
    exact = 0
    for name, _, told, *_ in table_of(public, "table-zones")[:-1]:
        zone = name.split()[-1]
        assert told in (percent[name], bands[colours[zone]])
        exact += told == percent[name]
    assert 0 < exact < len(colours)


def zone_colours(page: Element) -> dict[str, str]:
    """Return the class of colour of each zone on the map of a page."""
    return {
        each.attrib["data-zone"]: each.attrib["class"]
        for each in page.iter()
        if "data-zone" in each.attrib
    }


def test_numbers_of_full_zones_follow_from_what_is_open() -> None:
    """The demand and the free seats of every zone that has a number, recounted from the files."""
    site = county_site()
    zones = {row["zone_id"]: row for row in rows_of(site["zones.csv"])}
    schools = {row["school_id"]: row for row in rows_of(site["schools.csv"])}
    contents = read_run_contents(files_of(county_run()), "en")
    tables = tables_of(contents)
    told = told_demand(contents, tables, hide(tables))
    for together, serving in contents.catchments:
        if together[0] in told.exact:
            rows = [zones[zone] for zone in together]
            children = sum(asking(row) for row in rows)
            free = [
                int(schools[id_]["seats_standard"]) - int(schools[id_]["fixed"]) for id_ in serving
            ]
            assert told.exact[together[0]] == (children, sum(max(seats, 0) for seats in free))


def asking(row: Mapping[str, str]) -> int:
    """Return the eligible children of a zone who are not placed by decision, from open numbers."""
    without = [row["fixed"], row["ineligible"]]
    if row["applicants"] and all(without):
        return int(row["applicants"]) - sum(map(int, without))
    return sum(int(row[how.lower()]) for how in HOWS if how.lower() not in ("fixed", "ineligible"))


@pytest.mark.parametrize("number", [5, 7, 12, 22])
def test_bands_of_full_zones_give_no_hidden_number_away(number: int) -> None:
    """Sought by a solver of whole numbers that knows the bands too."""
    contents = read_run_contents(files_of(office_run(number)), "en")
    tables = tables_of(contents)
    hidden = hide(tables)
    told = told_demand(contents, tables, hidden)
    bounds = [one for one in band_bounds(contents, tables, hidden) if one.zones[0] in told.banded]
    assert bounds
    known = replace(
        tables,
        counts={
            cell: count
            for counts in (tables.counts, *(c for one in bounds for c in (one.rests, one.known)))
            for cell, count in counts.items()
        },
        sums=[*tables.sums, *(each for one in bounds for each in one.sums)],
    )
    rests = {cell for one in bounds for cell in one.rests}
    assert [c for c in sorted(hidden) if not could_be_other(known, hidden | rests, c)] == []


def test_a_band_that_would_give_a_hidden_number_away_is_not_told() -> None:
    contents = read_run_contents(files_of(office_run(0)), "en")
    tables = tables_of(contents)
    hidden = hide(tables)
    assert list(band_bounds(contents, tables, hidden))
    assert told_demand(contents, tables, hidden) == ({}, {})

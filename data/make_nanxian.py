"""Make the sample county: a synthetic Nan County with its schools, zones and entrants.

Run `python data/make_nanxian.py` to write the files anew beside this script; the same files come
out on every machine. `data/README.md` tells what they are.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from nanxian_lib.cases import tell_cases
from nanxian_lib.children import Child, draw_children
from nanxian_lib.ground import draw_villages
from nanxian_lib.homes import settle
from nanxian_lib.moving import move_boundary
from nanxian_lib.past import birth_rows, home_rows, in_words_of, roll_rows
from nanxian_lib.plans import JUNIOR, PRIMARY
from nanxian_lib.siting import Land, draw_zones, site_schools
from nanxian_lib.writing import (
    applicant_row,
    chinese_applicant_row,
    chinese_school_row,
    school_rows,
    to_csv,
    write_workbook,
    zone_map,
)

TITLE = "南县2026年秋季初中新生报名表（合成数据）"


def make_county(folder: Path) -> None:
    """Write all files of the sample county into a folder.

    Parameters
    ----------
    folder
        Gets `nanxian/` (tables) and `zones/` (maps); files of the same name are replaced.
    """
    land = Land(draw_villages())
    primary_sites = site_schools(land, PRIMARY.plans, PRIMARY.closed)
    junior_sites = site_schools(land, JUNIOR.plans, standing=primary_sites)
    settled = settle(land, primary_sites.values())
    primary_zones = draw_zones(land, PRIMARY, primary_sites)
    junior_zones = draw_zones(land, JUNIOR, junior_sites)
    primary = tell_cases(PRIMARY, primary_zones, draw_children(PRIMARY, primary_zones, settled))
    junior = tell_cases(JUNIOR, junior_zones, draw_children(JUNIOR, junior_zones, settled))
    stages = (
        ("primary", PRIMARY, primary_zones, primary, primary_sites),
        ("junior", JUNIOR, junior_zones, junior, junior_sites),
    )

    tables, maps = folder / "nanxian", folder / "zones"
    tables.mkdir(parents=True, exist_ok=True)
    maps.mkdir(parents=True, exist_ok=True)
    schools = [chinese_school_row(row) for row in school_rows(JUNIOR, junior_sites)]
    _write(maps / "nanxian-primary.geojson", zone_map(PRIMARY, primary_zones))
    _write(maps / "nanxian-junior.geojson", zone_map(JUNIOR, junior_zones))
    tuojiang = primary_sites["SYN-P10"]
    moved = move_boundary(land, primary_zones, "SYN-ZP07", "SYN-ZP08", tuojiang, communities=4)
    _write(maps / "nanxian-primary-new-town.geojson", zone_map(PRIMARY, moved))
    _write(tables / "schools-primary.csv", to_csv(school_rows(PRIMARY, primary_sites)))
    _write(tables / "schools-junior.csv", to_csv(schools))
    _write(tables / "applicants-primary-2026.csv", to_csv([applicant_row(c) for c in primary]))
    _write_registrations(tables / "applicants-junior-2026.xlsx", junior)
    for name, stage, zones, children, sites in stages:
        births = in_words_of(stage, birth_rows(stage, zones, children), "出生年份")
        homes = in_words_of(stage, home_rows(stage, sites), "交付年份")
        _write(tables / f"roll-{name}.csv", to_csv(in_words_of(stage, roll_rows(stage))))
        _write(tables / f"births-{name}.csv", to_csv(births))
        _write(tables / f"homes-{name}.csv", to_csv(homes))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _write_registrations(path: Path, children: list[Child]) -> None:
    write_workbook(path, TITLE, [chinese_applicant_row(child) for child in children])


def main() -> None:
    """Read the command line and make the county."""
    parser = argparse.ArgumentParser(description="Make the synthetic sample county.")
    parser.add_argument(
        "--to", type=Path, default=Path(__file__).parent, help="folder; default: beside this file"
    )
    make_county(parser.parse_args().to)


if __name__ == "__main__":
    main()

"""No order of rows, columns or zones can reach a result."""

from __future__ import annotations

import csv
import json
import tempfile
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

import enroll
from tests.end_to_end.offices import office_number, write

if TYPE_CHECKING:
    from collections.abc import Mapping

ROOT = Path(__file__).parents[2]
SEALED = {"manifest.json", "SHA256SUMS"}
"""Files that hold the hashes of the inputs, and those alone may differ."""


def run_of(scenario: Path) -> Mapping[str, bytes]:
    return enroll.allocate(enroll.load(scenario)).files


def made_from(files: Mapping[str, bytes]) -> dict[str, object]:
    """Return the manifest without the hashes of the inputs, which must be there."""
    manifest = json.loads(files["manifest.json"])
    for source in manifest["inputs"]:
        assert len(source.pop("sha256")) == 64
    return manifest


def assert_same(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> None:
    assert one.keys() == other.keys()
    assert [name for name in one if one[name] != other[name] and name not in SEALED] == []
    assert made_from(one) == made_from(other)


@settings(max_examples=60, deadline=None)
@given(number=st.integers(0, 2**32), order=st.integers(0, 2**32))
def test_small_offices(number: int, order: int) -> None:
    office = office_number(number)
    with tempfile.TemporaryDirectory() as folder:
        first = write(office, Path(folder, "first"))
        second = write(office, Path(folder, "second"), Random(order))  # noqa: S311
        found, again = enroll.check(first), enroll.check(second)
        assert sorted(one.code for one in found) == sorted(one.code for one in again)
        if any(one.code in ("NOBODY_ELIGIBLE", "NO_SEAT_ANYWHERE") for one in found):
            event("refused")
            return
        assert_same(run_of(first), run_of(second))


def shuffled_csv(source: Path, target: Path, chance: Random) -> None:
    with source.open(encoding="utf-8", newline="") as stream:
        header, *rows = csv.reader(stream)
    places = list(range(len(header)))
    chance.shuffle(places)
    chance.shuffle(rows)
    with target.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([row[place] for place in places] for row in [header, *rows])


def shuffled_zones(source: Path, target: Path, chance: Random) -> None:
    document = json.loads(source.read_text(encoding="utf-8"))
    chance.shuffle(document["features"])
    target.write_text(json.dumps(document), encoding="utf-8")


@pytest.mark.parametrize("order", [1])
def test_the_sample_county(tmp_path: Path, order: int) -> None:
    scenario = ROOT / "scenarios" / "nanxian-primary-2026.toml"
    data, chance = tmp_path / "data", Random(order)  # noqa: S311
    for folder in ("data/nanxian", "data/zones", "scenarios"):
        (tmp_path / folder).mkdir(parents=True)
    for name in ("applicants-primary-2026.csv", "schools-primary.csv"):
        shuffled_csv(ROOT / "data" / "nanxian" / name, data / "nanxian" / name, chance)
    zones = Path("zones", "nanxian-primary.geojson")
    shuffled_zones(ROOT / "data" / zones, data / zones, chance)
    copy = tmp_path / "scenarios" / scenario.name
    copy.write_bytes(scenario.read_bytes())
    assert_same(run_of(scenario), run_of(copy))

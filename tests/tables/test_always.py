"""What holds for any bytes and any order of rows."""

from __future__ import annotations

import io
import socket
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyarrow as pa
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from enroll.notices import message_of, remedy_of
from tests.tables.samples import (
    APPLICANTS,
    SCHOOLS,
    feature,
    geojson,
    point,
    read_settings,
    settings_of,
    square,
    workbook,
    write,
)

NAMES = ("t.csv", "t.txt", "t.xlsx", "t.parquet", "t.gpkg", "t.geojson", "t.json", "t.shp")
MARKS = (
    b"",
    b"PK\x03\x04",
    b"PAR1",
    b"SQLite format 3\0" + bytes(52) + b"GPKG",
    b'{"type": "FeatureCollection", "features": [',
    b"\x00\x00\x27\x0a",
    b"applicant_id,lon,lat\n",
    b"\xef\xbb\xbfzone_id,schools\n",
)


@cache
def honest() -> dict[str, bytes]:
    """Return one sound file of every kind."""
    frame = gpd.GeoDataFrame(
        {"school_id": ["S1", "S2"], "name": ["一", "b"], "classes": [1, 2]},
        geometry=[shapely.Point(112.4, 29.3), shapely.Point(112.5, 29.3)],
        crs="EPSG:4326",
    )
    table = pa.table({"school_id": ["S1"], "name": ["x"], "classes": [2]})
    buffer = io.BytesIO()
    parquet.write_table(table, buffer)
    rows = [["school_id", "name", "classes"], ["S1", "x", 2]]
    with tempfile.TemporaryDirectory() as folder:
        frame.to_file(Path(folder) / "t.gpkg")
        frame.to_file(Path(folder) / "t.shp", encoding="utf-8")
        features = [feature(point(112.4, 29.3), school_id="S1", name="x", classes=2)]
        return {
            "t.csv": SCHOOLS.encode("gb18030"),
            "t.xlsx": workbook({"S": rows}),
            "t.parquet": buffer.getvalue(),
            "t.geojson": geojson([*features, feature(square(112, 29))]),
            **{path.name: path.read_bytes() for path in sorted(Path(folder).iterdir())},
        }


def read_any(role, name, content, parts=()):
    """Read bytes as one of the files of a scenario; whatever they are, this returns."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        files = {
            "applicants": write(folder, "a.csv", APPLICANTS),
            "schools": write(folder, "s.csv", SCHOOLS),
        }
        files[role] = write(folder, name, content)
        for suffix, part in parts:
            write(folder, f"t{suffix}", part)
        mode = {"travel": {"mode": "matrix"}} if role == "travel" else {}
        return read_settings(folder, settings_of(files, **mode))


def tells_something(inputs, problems):
    """Hold that a refusal says why, in full sentences."""
    assert inputs is not None or problems
    for problem in problems:
        assert message_of(problem, "en")
        assert remedy_of(problem, "en")


roles = st.sampled_from(["applicants", "schools", "zones", "travel"])


@given(roles, st.sampled_from(NAMES), st.sampled_from(MARKS), st.binary(max_size=400))
@settings(max_examples=300, deadline=None)
def test_any_bytes_under_any_name_give_problems_and_never_an_exception(role, name, mark, rest):
    parts = [(".dbf", rest)] if name == "t.shp" else []
    tells_something(*read_any(role, name, mark + rest, parts))


@given(st.data())
@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
def test_a_damaged_file_gives_problems_and_never_an_exception(data):
    name = data.draw(
        st.sampled_from(["t.csv", "t.xlsx", "t.parquet", "t.geojson", "t.gpkg", "t.shp"])
    )
    whole = honest()
    hurt = data.draw(st.sampled_from([name, "t.dbf"] if name == "t.shp" else [name]))
    content = bytearray(whole[hurt])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] = data.draw(st.integers(0, 255))
    del content[data.draw(st.integers(len(content) // 2, len(content))) :]
    found = {**whole, hurt: bytes(content)}
    parts = [(".dbf", found["t.dbf"]), (".prj", found["t.prj"])] if name == "t.shp" else []
    role = data.draw(roles)
    tells_something(*read_any(role, name, found[name], parts))


cells = st.text(st.characters(codec="utf-8", exclude_characters='\0"'), max_size=12)


@given(st.lists(st.tuples(cells, cells, cells, cells), min_size=1, max_size=6))
@settings(max_examples=200, deadline=None)
def test_any_cells_give_problems_and_never_an_exception(rows):
    header = "applicant_id,birth_date,points,accepts_redirect\n"
    text = header + "".join(",".join(f'"{cell}"' for cell in row) + "\n" for row in rows)
    tells_something(*read_any("applicants", "t.csv", text))


def same(first, second):
    """Compare two frames, row numbers of the files aside."""
    for name in vars(first):
        one, other = getattr(first, name), getattr(second, name)
        if name == "row":
            continue
        if isinstance(one, dict):
            assert one.keys() == other.keys()
            assert all((one[key] == other[key]).all() for key in one)
        elif isinstance(one, np.ndarray) and one.dtype.kind in "fM":
            np.testing.assert_array_equal(one, other)
        elif isinstance(one, np.ndarray):
            assert np.array_equal(one, other)
        else:
            assert one == other


ROWS = {
    "applicants": [
        "A1,112.41,29.36,Z1,f2,S2,2019-08-31,zone",
        "A10,112.40,29.35,,f1,,,county",
        "A2,,,Z2,f2,S1,2020-01-01,",
        "a2,112.42,29.35,Z1,,,2019-12-31,outside",
    ],
    "schools": ["S1,First,112.40,29.36,2", "S10,Tenth,112.41,29.37,1", "S2,Second,112.42,29.36,3"],
    "zones": ["Z2,S2;S1", "Z1,S10", "Z10,"],
    "travel": ["A1,S1,5", "A2,S1,6", "A1,S2,7", "a2,S10,8"],
}
HEADERS = {
    "applicants": "applicant_id,lon,lat,zone,family,sibling_school,birth_date,household",
    "schools": "school_id,name,lon,lat,classes",
    "zones": "zone_id,schools",
    "travel": "applicant_id,school_id,metres",
}


def read_rows(folder, rows, columns=None):
    files = {}
    for role, header in HEADERS.items():
        lines = [line.split(",") for line in (header, *rows[role])]
        order = (columns or {}).get(role) or range(len(lines[0]))
        text = "".join(",".join(line[at] for at in order) + "\n" for line in lines)
        files[role] = write(folder, f"{role}.csv", text)
    group = [{"id": "A", "when": {"household": "zone"}}]
    inputs, problems = read_settings(
        folder, settings_of(files, group=group, travel={"mode": "matrix"})
    )
    assert inputs is not None, problems
    return inputs


@given(st.data())
@settings(max_examples=100, deadline=None)
def test_the_order_of_rows_and_columns_never_matters(data):
    shuffled = {role: data.draw(st.permutations(rows)) for role, rows in ROWS.items()}
    columns = {
        role: data.draw(st.permutations(range(len(header.split(",")))))
        for role, header in HEADERS.items()
    }
    with tempfile.TemporaryDirectory() as one, tempfile.TemporaryDirectory() as other:
        first = read_rows(Path(one), ROWS)
        second = read_rows(Path(other), shuffled, columns)
    for name in ("applicants", "schools", "zones", "travel"):
        same(getattr(first, name), getattr(second, name))


def test_reading_opens_no_connection_and_loads_no_map_driver(tmp_path):
    """GDAL, which would open addresses and documents, is not even imported."""
    names = {
        "applicants": write(tmp_path, "a.csv", APPLICANTS),
        "schools": write(tmp_path, "s.csv", SCHOOLS),
        "zones": write(tmp_path, "t.gpkg", honest()["t.gpkg"]),
    }
    script = (
        "import socket, sys\n"
        "def refuse(*_): raise AssertionError('a connection')\n"
        "socket.socket.connect = refuse\n"
        "from pathlib import Path\n"
        "from tests.tables.samples import read_settings, settings_of\n"
        f"files = {names!r}\n"
        f"read_settings(Path({str(tmp_path)!r}), settings_of(files))\n"
        "assert not {'pyogrio', 'fiona', 'osgeo', 'geopandas', 'pandas'} & set(sys.modules)\n"
    )
    root = Path(__file__).parents[2]
    subprocess.run([sys.executable, "-c", script], check=True, cwd=root)  # noqa: S603


def test_addresses_are_not_followed(tmp_path, monkeypatch):
    def refuse(*_args):
        raise AssertionError("a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    for path in ("http://127.0.0.1/a.csv", "/vsicurl/http://127.0.0.1/a.csv"):
        files = {"applicants": path, "schools": write(tmp_path, "s.csv", SCHOOLS)}
        inputs, problems = read_settings(tmp_path, settings_of(files))
        assert inputs is None
        assert problems[0].code == "PATH_NOT_ORDINARY"


@pytest.mark.parametrize("name", ["t.xlsx", "t.parquet", "t.gpkg", "t.geojson", "t.shp", "t.csv"])
def test_the_honest_files_are_sound(name):
    parts = [(suffix, honest()[f"t{suffix}"]) for suffix in (".dbf", ".prj")]
    _, problems = read_any("schools", name, honest()[name], parts if name == "t.shp" else ())
    codes = {problem.code for problem in problems} - {"COLUMNS_IGNORED"}
    assert codes <= {"GEOMETRY_NOT_POINT", "CELL_MISSING"}

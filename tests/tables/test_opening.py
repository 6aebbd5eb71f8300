from __future__ import annotations

import os

import pytest

from enroll.tables.opening import open_file, what_it_holds
from enroll.tables.problems import Unreadable
from tests.tables.samples import SCHOOLS, geojson, write


def refused(folder, path):
    with pytest.raises(Unreadable) as caught:
        open_file("schools", folder, path)
    return caught.value.code


@pytest.mark.parametrize(
    "path",
    [
        "",
        "  ",
        "http://example.org/schools.csv",
        "HTTPS://example.org/schools.csv",
        "/vsicurl/http://example.org/schools.csv",
        "/vsizip/schools.zip/schools.csv",
        "vsimem/schools.csv",
        "\\vsicurl\\schools.csv",
        "/vsicurl?url=http://example.org",
        "<OGRVRTDataSource></OGRVRTDataSource>",
        '{"type": "FeatureCollection"}',
        "GPKG:schools.gpkg",
        "PG:dbname=x",
        "s3://bucket/schools.csv",
        "//server/share/schools.csv",
        "a\0b.csv",
    ],
)
def test_unusual_paths_never_reach_the_disk(tmp_path, path):
    assert refused(tmp_path, path) == "PATH_NOT_ORDINARY"


def test_a_file_is_found_from_the_folder_of_the_scenario(tmp_path):
    write(tmp_path, "schools.csv", SCHOOLS)
    (tmp_path / "scenarios").mkdir()
    file = open_file("schools", tmp_path / "scenarios", "../schools.csv")
    assert (file.name, file.kind) == ("schools.csv", "csv")


def test_the_digest_is_that_of_the_bytes(tmp_path):
    import hashlib

    write(tmp_path, "schools.csv", SCHOOLS)
    file = open_file("schools", tmp_path, "schools.csv")
    assert file.sha256() == hashlib.sha256(SCHOOLS.encode()).hexdigest()


def test_a_missing_file(tmp_path):
    assert refused(tmp_path, "schools.csv") == "FILE_MISSING"
    write(tmp_path, "other.csv", "x")
    assert refused(tmp_path, "other.csv/schools.csv") == "FILE_MISSING"


def test_a_folder_for_a_file(tmp_path):
    (tmp_path / "schools.csv").mkdir()
    assert refused(tmp_path, "schools.csv") == "FILE_IS_FOLDER"


def test_an_empty_file(tmp_path):
    write(tmp_path, "schools.csv", "")
    assert refused(tmp_path, "schools.csv") == "FILE_EMPTY"


def test_a_pipe_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "schools.csv")
    assert refused(tmp_path, "schools.csv") == "FILE_NOT_REGULAR"


def test_a_name_that_is_too_long(tmp_path):
    assert refused(tmp_path, "a" * 5000 + ".csv") == "FILE_UNREADABLE"


def test_a_file_that_may_not_be_read(tmp_path, monkeypatch):
    write(tmp_path, "schools.csv", SCHOOLS)

    def forbidden(*_args, **_more):
        raise PermissionError

    monkeypatch.setattr("pathlib.Path.open", forbidden)
    assert refused(tmp_path, "schools.csv") == "FILE_UNREADABLE"


def test_a_file_beyond_the_largest_size(tmp_path, monkeypatch):
    write(tmp_path, "schools.csv", SCHOOLS)
    monkeypatch.setattr("enroll.tables.opening.MOST_BYTES", 10)
    assert refused(tmp_path, "schools.csv") == "FILE_TOO_LARGE"


@pytest.mark.parametrize("name", ["schools.xls", "schools.kml", "schools", "schools.vrt"])
def test_only_known_kinds_are_read(tmp_path, name):
    write(tmp_path, name, SCHOOLS)
    assert refused(tmp_path, name) == "FILE_KIND_UNKNOWN"


@pytest.mark.parametrize("name", ["m.geojson", "m.gpkg", "m.shp", "m.csv", "m.xlsx", "m.parquet"])
@pytest.mark.parametrize("content", ["<OGRVRTDataSource/>", "  \n<!DOCTYPE x>"])
def test_a_map_document_reads_nothing_under_any_name(tmp_path, name, content):
    write(tmp_path, name, content)
    assert refused(tmp_path, name) == "FILE_CONTENT_WRONG"


def test_a_virtual_map_of_a_real_file_reads_nothing(tmp_path):
    """GDAL would follow this document into the other file, whatever its name says."""
    write(tmp_path, "secret.geojson", geojson([]))
    document = (
        f"<OGRVRTDataSource><OGRVRTLayer name='secret'><SrcDataSource>{tmp_path}/secret.geojson"
        "</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>"
    )
    for name in ("m.geojson", "m.json", "m.gpkg", "m.shp", "m.csv", "m.txt"):
        write(tmp_path, name, document)
        assert refused(tmp_path, name) == "FILE_CONTENT_WRONG"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("m.csv", b"PK\x03\x04rest"),
        ("m.xlsx", b"school_id,name\n"),
        ("m.gpkg", b"SQLite format 3\0" + bytes(100)),
        ("m.shp", b"\x00\x00\x27\x0b"),
        ("m.geojson", b"[1]"),
        ("m.parquet", b"PAR2"),
        ("m.csv", b"%PDF-1.7"),
    ],
)
def test_content_that_belies_the_name(tmp_path, name, content):
    write(tmp_path, name, content)
    assert refused(tmp_path, name) == "FILE_CONTENT_WRONG"


def test_a_locked_or_old_workbook_has_its_own_sentence(tmp_path):
    write(tmp_path, "m.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100))
    assert refused(tmp_path, "m.xlsx") == "WORKBOOK_LOCKED"


def test_a_byte_mark_before_json_is_fine():
    assert what_it_holds(b"\xef\xbb\xbf {}") == "geojson"


def test_a_shapefile_needs_its_table(tmp_path):
    write(tmp_path, "m.shp", b"\x00\x00\x27\x0a" + bytes(96))
    assert refused(tmp_path, "m.shp") == "SHAPEFILE_PART_MISSING"


def test_a_geopackage_with_unsaved_changes(tmp_path):
    write(tmp_path, "m.gpkg", b"SQLite format 3\0" + bytes(52) + b"GPKG" + bytes(100))
    write(tmp_path, "m.gpkg-wal", "")
    assert open_file("zones", tmp_path, "m.gpkg").kind == "gpkg"
    write(tmp_path, "m.gpkg-wal", "changes")
    assert refused(tmp_path, "m.gpkg") == "GEOPACKAGE_IN_USE"

"""One reader for every kind of file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from enroll.tables.csv_in import read_csv
from enroll.tables.geojson_in import read_geojson
from enroll.tables.geopackage_in import read_geopackage
from enroll.tables.opening import open_file
from enroll.tables.parquet_in import read_parquet
from enroll.tables.problems import Unreadable
from enroll.tables.shapefile_in import read_shapefile
from enroll.tables.workbook_in import read_workbook

if TYPE_CHECKING:
    from pathlib import Path

    from enroll.records import Table
    from enroll.scenario.schema import FileRef
    from enroll.tables.opening import OpenedFile
    from enroll.tables.problems import FileReport


def read_table(role: str, folder: Path, named: FileRef, report: FileReport) -> Table | None:
    """Return a file of any known kind as a table of text cells.

    Parameters
    ----------
    role
        The `[files]` key.
    folder
        Folder of the scenario; the file's path is relative to it.
    named
        Path, sheet and header row as the scenario gives them.
    report
        Takes every problem.

    Returns
    -------
    Table or None
        None when the file cannot be read at all.
    """
    try:
        file = open_file(role, folder, named.path, named.sheet, named.header_row)
        return read_opened(file, report)
    except Unreadable as error:
        report.unreadable(error)
        return None


def read_opened(file: OpenedFile, report: FileReport) -> Table:
    """Return the table that a file's bytes hold.

    Raises
    ------
    Unreadable
        When they cannot be read as what the name says.
    """
    if file.kind == "parquet":
        return read_parquet(file)
    readers = {
        "csv": read_csv,
        "xlsx": read_workbook,
        "geojson": read_geojson,
        "gpkg": read_geopackage,
        "shp": read_shapefile,
    }
    return readers[file.kind](file, report)

"""Small files and a short way to read them."""

from __future__ import annotations

import io
import json
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from enroll.notices import KINDS, level_of, message_of, remedy_of
from enroll.scenario.schema import Scenario
from enroll.tables import read_inputs
from enroll.tables.opening import OpenedFile
from enroll.tables.problems import FileReport, Unreadable
from enroll.tables.reading import read_opened

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from enroll.notices import Problem
    from enroll.records import Applicants, Inputs, Table

SCHOOLS = "school_id,name,lon,lat,classes\nS1,First,112.40,29.36,2\nS2,Second,112.42,29.36,3\n"
APPLICANTS = "applicant_id,lon,lat\nA1,112.41,29.36\nA2,112.40,29.35\n"
ZONES = "zone_id,name,schools\nZ1,West,S1\nZ2,East,S1;S2\n"
MATRIX = "applicant_id,school_id,metres\nA1,S1,100\nA1,S2,200\nA2,S2,300\n"


def write(folder: Path, name: str, content: str | bytes) -> str:
    """Write a file and return its name."""
    data = content.encode("utf-8") if isinstance(content, str) else content
    (folder / name).write_bytes(data)
    return name


def settings_of(files: Mapping[str, object], **more: Any) -> Scenario:
    """Return settings with declared coordinates and no conditions."""
    document: dict[str, Any] = {
        "title": "t",
        "year": 2026,
        "stage": "primary",
        "files": files,
        "coordinates": {"applicants": "gcj02", "schools": "wgs84"},
        **more,
    }
    return Scenario.model_validate(document)


def read(
    folder: Path,
    applicants: str | bytes | None = APPLICANTS,
    schools: str | bytes | None = SCHOOLS,
    zones: str | bytes | None = None,
    names: Mapping[str, object] | None = None,
    **more: Any,
) -> tuple[Inputs | None, list[Problem]]:
    """Read CSV contents as the files of a scenario; `names` replaces single files."""
    contents = {"applicants": applicants, "schools": schools, "zones": zones}
    files: dict[str, object] = {
        role: write(folder, f"{role}.csv", content)
        for role, content in contents.items()
        if content is not None
    }
    settings = settings_of({**files, **(names or {})}, **more)
    return read_settings(folder, settings)


def read_settings(folder: Path, settings: Scenario) -> tuple[Inputs | None, list[Problem]]:
    """Read the files of some settings; every message must be complete in both its parts."""
    loaded: Any = SimpleNamespace(settings=settings, folder=folder, name="plan")
    reading = read_inputs(loaded)
    problems = reading.problems
    for problem in problems:
        assert message_of(problem, "en")
        assert remedy_of(problem, "en")
        kind = KINDS[problem.code]
        assert problem.params or "{" not in kind.message + kind.remedy
    blocking = any(level_of(problem) == "blocking" for problem in problems)
    return None if blocking else reading.inputs, problems


def children(folder: Path, text: str, **more: Any) -> tuple[Applicants, list[Problem]]:
    """Read applicants that must be acceptable."""
    inputs, problems = read(folder, text, **more)
    assert inputs is not None, problems
    return inputs.applicants, problems


def codes(problems: Sequence[Problem]) -> list[str]:
    """Return the codes of problems."""
    return [problem.code for problem in problems]


def only(problems: Sequence[Problem], code: str) -> Problem:
    """Return the one problem with a code."""
    found = [problem for problem in problems if problem.code == code]
    assert len(found) == 1, problems
    return found[0]


def table_of(name: str, content: bytes, **more: Any) -> tuple[Table, FileReport]:
    """Read bytes as the file that a name promises."""
    from enroll.tables.opening import KINDS_BY_SUFFIX

    report = FileReport(name)
    kind = KINDS_BY_SUFFIX[Path(name).suffix]
    return read_opened(OpenedFile("schools", name, kind, content, **more), report), report


def refusal(name: str, content: bytes, **more: Any) -> str:
    """Return the code with which bytes are refused."""
    try:
        table_of(name, content, **more)
    except Unreadable as error:
        return error.code
    raise AssertionError("it was read")


def feature(geometry: object, **properties: object) -> dict[str, object]:
    """Return a GeoJSON feature."""
    return {"type": "Feature", "properties": properties, "geometry": geometry}


def geojson(features: Sequence[object], **members: object) -> bytes:
    """Return a GeoJSON file."""
    document = {"type": "FeatureCollection", "features": features, **members}
    return json.dumps(document).encode()


def square(west: float, south: float, size: float = 0.01) -> dict[str, object]:
    """Return a square as a GeoJSON polygon."""
    east, north = west + size, south + size
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def point(lon: float, lat: float) -> dict[str, object]:
    """Return a GeoJSON point."""
    return {"type": "Point", "coordinates": [lon, lat]}


def workbook(sheets: Mapping[str, Sequence[Sequence[object]]]) -> bytes:
    """Return an XLSX workbook."""
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    return buffer.getvalue()

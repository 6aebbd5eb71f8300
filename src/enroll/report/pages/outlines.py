"""Where the zones of a run lie, in the plane that its rules measure on."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from enroll.records import Floats, Texts
    from enroll.report.pages.reading import RunData

MAP = "map.gpkg"
_WGS84 = "EPSG:4326"
_MOST_ERROR_DM = 100.0


class Outlines(NamedTuple):
    """The zones of a run on the ground.

    Parameters
    ----------
    zone_id
        (z,) ids.
    shapes
        (z,) shapely shapes in decimetres of the run's plane; an anchor point where a zone has
        no outline, None where nothing is known.
    """

    zone_id: Texts
    shapes: Texts


def outlines_of(files: Mapping[str, bytes], data: RunData) -> Outlines | None:
    """Return the zones from the run's `map.gpkg`, or None where the run has no map.

    The plane is the one in which `rules.json` gives the schools; it is found again from the
    map's schools and held against `rules.json`, and a map that does not fit is no map.
    """
    import shapely

    if MAP not in files:
        return None
    columns, shapes, system = _layer(files[MAP], "zones")
    zone_id = columns["zone_id"]
    plane = _plane(files[MAP], data)
    if not plane:
        return None

    def project(points: Floats) -> Floats:
        from enroll.geo.coordinates import to_plane_floats

        return to_plane_floats(points[:, 0], points[:, 1], system, plane)

    moved = np.asarray(shapely.transform(shapes, project), dtype=object)
    return Outlines(zone_id, moved)


def _plane(content: bytes, data: RunData) -> str:
    """Return the code of the run's plane, "" where the map's schools do not lie on it."""
    import shapely

    from enroll.geo.coordinates import fitting_utm, to_plane_floats, to_wgs84

    known = {row["id"]: row for row in data.rules["schools"] if row["x_dm"] is not None}
    columns, shapes, system = _layer(content, "schools")
    names = columns["school_id"]
    on_map = [at for at, name in enumerate(names) if name in known and shapes[at] is not None]
    if not on_map:
        return ""
    lon, lat = shapely.get_coordinates(shapes[on_map]).T
    east, north = to_wgs84(lon, lat, system)
    fitting = fitting_utm(float(np.median(east)), float(np.median(north)))
    plane = str(data.settings.get("coordinates", {}).get("metric_crs") or fitting)
    expected = [(known[names[at]]["x_dm"], known[names[at]]["y_dm"]) for at in on_map]
    away = np.abs(to_plane_floats(lon, lat, system, plane) - np.array(expected)).max()
    return plane if away <= _MOST_ERROR_DM else ""


def _layer(content: bytes, layer: str) -> tuple[Mapping[str, Texts], Texts, str]:
    """Return the columns, the shapes and the coordinate system of one layer of a map."""
    from enroll.tables.geopackage_in import read_geopackage
    from enroll.tables.opening import OpenedFile
    from enroll.tables.problems import FileReport

    opened = OpenedFile("zones", MAP, "gpkg", content, sheet=layer)
    table = read_geopackage(opened, FileReport(MAP))
    shapes = np.full(len(table), None, dtype=object)
    if table.geometry is not None:
        shapes[:] = table.geometry
    return table.columns, shapes, table.crs or _WGS84

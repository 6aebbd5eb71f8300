"""A run's map as a picture, and its layers in other formats."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from enroll.notices.kinds import N_
from enroll.notices.masking import printable
from enroll.notices.refusing import usage_error
from enroll.notices.system import why
from enroll.office.showing import refuse_format, refuse_unverified, shown

if TYPE_CHECKING:
    from collections.abc import Mapping

    from enroll.errors import UsageError
    from enroll.notices import Language
    from enroll.report.layers.exporting import Format

_SEAL = "SHA256SUMS"
_NO_MAP = N_(
    "{folder} has no map.gpkg: it was made with --tables-only, or by an earlier version. Make the"
    " run again without that option."
)
_NO_PLACES = N_(
    "There is nothing to draw: the run in {folder} has no coordinates of zones or schools. Give"
    " zones outlines or anchors, or schools coordinates, and make the run again."
)
_NOT_A_PICTURE = N_("{file} must end with .png, .svg or .pdf, which says what kind it is.")
_INSIDE = N_("{file} lies inside a run, which is never changed: name another place with -o.")
_EXISTS = N_("{file} exists already and is left alone: name another place with -o.")
_NOT_WRITTEN = N_(
    "{file} could not be written ({reason}): make room or get the right to write there, or name"
    " another place with -o."
)
_NO_FONT = N_(
    "No font of this machine holds these signs: {signs}. Install one, such as fonts-noto-cjk"
    " (Debian, Ubuntu) or google-noto-sans-cjk-fonts (Fedora); Windows and macOS have Microsoft"
    " YaHei and PingFang."
)
_NO_PACKAGE = N_("This needs the package {package}: pip install 'enroll[{extra}]'.")


def draw_map(run: str | Path, kind: str = "png", language: Language | None = None) -> bytes:
    """Return a picture of a run: its zones by load, its schools, its redirects.

    Parameters
    ----------
    run
        Folder of a run that has a `map.gpkg`.
    kind
        `png`, `svg` or `pdf`.
    language
        Of the legend; default: the run's.

    Raises
    ------
    UsageError
        Where there is no run that verifies or no map in it, no place on the map, matplotlib is
        not installed, or no font holds a sign of a name.
    """
    folder = Path(run)
    spoken, files = _files(folder, language)
    from enroll.report.drawing.fonts import MissingSignsError
    from enroll.report.drawing.picture import Scene, draw_map, has_places
    from enroll.report.layers.reading import read_layers

    with shown(folder, spoken):
        manifest = json.loads(files["manifest.json"])
        title = printable(str(manifest["scenario"]["settings"]["title"]))
        layers = read_layers(files["map.gpkg"])
        if not has_places(layers):
            raise usage_error(_NO_PLACES, spoken, folder=folder)
        scene = Scene(layers, title, spoken, bool(manifest["draw"]["rehearsal"]))
        try:
            picture = draw_map(scene, kind)
        except MissingSignsError as error:
            raise usage_error(_NO_FONT, spoken, signs=error.signs) from error
        except ImportError as error:
            raise usage_error(_NO_PACKAGE, spoken, package="matplotlib", extra="map") from error
    refuse_unverified(folder, spoken)
    return picture


def write_map(run: Path, target: Path, language: Language | None = None) -> Path:
    """Draw a run's map into a new file, complete or not at all.

    Raises
    ------
    UsageError
        As `draw_map`, and where the file exists, lies in a run or cannot be written.
    """
    from enroll.auditing import language_of_run
    from enroll.office.storage import write_once
    from enroll.report.drawing.formats import FORMATS

    spoken = language_of_run(run, language)
    kind = target.suffix.removeprefix(".").lower()
    if kind not in FORMATS:
        raise usage_error(_NOT_A_PICTURE, spoken, file=target)
    _refuse_place(target, spoken)
    content = draw_map(run, kind, spoken)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_once(target, content)
    except OSError as error:
        raise _not_written(target, error, spoken) from error
    return target


def export(run: Path, target: Path, kind: Format, language: Language | None = None) -> Path:
    """Write a run's layers, and its tables where the format can hold them.

    Parameters
    ----------
    target
        A new file for `gpkg`, else a new folder.
    kind
        `gpkg`: layers and tables in one file; `parquet`: a file for each of them; `geojson`: a
        file for each layer.

    Raises
    ------
    UsageError
        Where there is no run that verifies or no map in it, pyarrow is not installed, or the
        target exists, lies in a run or cannot be written.
    """
    from enroll.office.storage import write_folder, write_once

    spoken, files = _files(run, language)
    _refuse_place(target, spoken)
    with shown(run, spoken):
        made = _exported(files, kind, spoken)
    refuse_unverified(run, spoken)
    try:
        if isinstance(made, bytes):
            target.parent.mkdir(parents=True, exist_ok=True)
            write_once(target, made)
        else:
            write_folder(target, made)
    except OSError as error:
        raise _not_written(target, error, spoken) from error
    return target


def _exported(
    files: Mapping[str, bytes], kind: Format, language: Language
) -> bytes | dict[str, bytes]:
    from enroll.report.layers import exporting

    if kind == "gpkg":
        return exporting.export_gpkg(files, language)
    if kind == "geojson":
        return exporting.export_geojson(files)
    try:
        return exporting.export_parquet(files)
    except ImportError as error:
        raise usage_error(_NO_PACKAGE, language, package="pyarrow", extra="parquet") from error


def _files(folder: Path, language: Language | None) -> tuple[Language, Mapping[str, bytes]]:
    from enroll.auditing import language_of_run
    from enroll.report import read_run

    spoken = language_of_run(folder, language)
    files = read_run(folder, language=spoken)
    if "map.gpkg" not in files:
        raise usage_error(_NO_MAP, spoken, folder=folder)
    refuse_format(files, folder, spoken)
    return spoken, files


def _refuse_place(target: Path, language: Language) -> None:
    if any((folder / _SEAL).is_file() for folder in target.resolve().parents):
        raise usage_error(_INSIDE, language, file=target)
    if target.exists() or target.is_symlink():
        raise usage_error(_EXISTS, language, file=target)


def _not_written(target: Path, error: OSError, language: Language) -> UsageError:
    return usage_error(_NOT_WRITTEN, language, file=target, reason=why(error))

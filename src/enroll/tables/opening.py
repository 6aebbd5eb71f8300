"""Opening a file by what it holds, not by what its name promises.

Nothing here hands a name to a driver: the bytes are read once from a plain regular file,
hashed, and every reader works on these bytes. A name that a map library would follow to the
network or into another file (`http:`, `/vsicurl/`, an inline document) is refused before the
disk is touched.
"""

from __future__ import annotations

import hashlib
import re
import stat
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from enroll.notices import mask
from enroll.tables.problems import Unreadable

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FileKind = Literal["csv", "xlsx", "parquet", "gpkg", "geojson", "shp"]

MOST_BYTES = 2 * 1024**3
"""Largest file that is read: 2 GiB."""

KINDS_BY_SUFFIX: dict[str, FileKind] = {
    ".csv": "csv",
    ".txt": "csv",
    ".xlsx": "xlsx",
    ".parquet": "parquet",
    ".gpkg": "gpkg",
    ".geojson": "geojson",
    ".json": "geojson",
    ".shp": "shp",
}

_DRIVER_PREFIX = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
_VIRTUAL = re.compile(r"(^|[/\\])vsi[a-z0-9_]+([/\\?]|$)", re.IGNORECASE)
_SQLITE = b"SQLite format 3\0"
_GEOPACKAGE_IDS = (b"GPKG", b"GP10", b"GP11")
_BYTE_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class OpenedFile:
    """A file whose bytes are in memory and look like what its name says.

    Parameters
    ----------
    role
        The `[files]` key.
    name
        File name without its folder.
    kind
        Which reader takes it.
    content
        The bytes; of a Shapefile those of the .shp part.
    parts
        Further parts of a Shapefile by suffix: `.dbf`, `.prj`, `.cpg`.
    sheet
        Sheet or layer asked for, or None.
    header_row
        Row that holds the headers, from 1.
    """

    role: str
    name: str
    kind: FileKind
    content: bytes
    parts: Mapping[str, bytes] = field(default_factory=dict)
    sheet: str | None = None
    header_row: int = 1

    def sha256(self) -> str:
        """Return the digest of the bytes that are parsed, parts one after another."""
        digest = hashlib.sha256(self.content)
        for suffix in sorted(self.parts):
            digest.update(self.parts[suffix])
        return digest.hexdigest()


def open_file(
    role: str, folder: Path, path: str, sheet: str | None = None, header_row: int = 1
) -> OpenedFile:
    """Read one input file and check that it holds what its name says.

    Parameters
    ----------
    role
        The `[files]` key, for messages.
    folder
        Folder of the scenario; a relative `path` starts there.
    path
        As written in the scenario.

    Raises
    ------
    Unreadable
        When it is not an ordinary, readable, non-empty file of a known kind.
    """
    refuse_unusual_path(path)
    place = folder / path
    kind = _kind_by_suffix(place)
    content = read_bytes(place, path)
    _check_content(kind, place.suffix.lower(), content)
    parts: dict[str, bytes] = {}
    if kind == "shp":
        parts = _shapefile_parts(place)
    elif kind == "gpkg":
        _refuse_unsaved(place)
    return OpenedFile(role, place.name, kind, content, parts, sheet, header_row)


def refuse_unusual_path(path: str) -> None:
    """Refuse whatever a map library would not take as the name of a plain file.

    Raises
    ------
    Unreadable
        For addresses, driver prefixes, virtual file systems and inline documents.
    """
    written = path.strip()
    unusual = (
        not written
        or "\0" in written
        or written[0] in "<{|"
        or _DRIVER_PREFIX.match(written)
        or _VIRTUAL.search(written)
        or written.startswith(("//", "\\\\"))
    )
    if unusual:
        raise Unreadable("PATH_NOT_ORDINARY", path=mask(path))


def read_bytes(place: Path, path: str) -> bytes:
    """Return the bytes of a plain regular file, read once.

    Raises
    ------
    Unreadable
        When it is missing, a folder, a device, empty, too large or not readable.
    """
    shown = {"path": mask(path)}
    try:
        found = place.stat()
    except (FileNotFoundError, NotADirectoryError):
        raise Unreadable("FILE_MISSING", **shown) from None
    except OSError:
        raise Unreadable("FILE_UNREADABLE", **shown) from None
    if stat.S_ISDIR(found.st_mode):
        raise Unreadable("FILE_IS_FOLDER", **shown)
    if not stat.S_ISREG(found.st_mode):
        raise Unreadable("FILE_NOT_REGULAR", **shown)
    try:
        with place.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError:
        raise Unreadable("FILE_UNREADABLE", **shown) from None
    if not content:
        raise Unreadable("FILE_EMPTY")
    if len(content) > MOST_BYTES:
        raise Unreadable("FILE_TOO_LARGE", most=MOST_BYTES)
    return content


def _kind_by_suffix(place: Path) -> FileKind:
    suffix = place.suffix.lower()
    if suffix not in KINDS_BY_SUFFIX:
        known = " ".join(KINDS_BY_SUFFIX)
        raise Unreadable("FILE_KIND_UNKNOWN", suffix=mask(suffix) or "-", known=known)
    return KINDS_BY_SUFFIX[suffix]


def _check_content(kind: FileKind, suffix: str, content: bytes) -> None:
    if kind == "xlsx" and content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        raise Unreadable("WORKBOOK_LOCKED")
    found = what_it_holds(content)
    if found != kind:
        names = {"csv": "text", "shp": "Shapefile", "gpkg": "GeoPackage", "geojson": "JSON"}
        raise Unreadable("FILE_CONTENT_WRONG", suffix=suffix, found=names.get(found, found))


def what_it_holds(content: bytes) -> str:
    """Return the kind of file some bytes begin like: a `FileKind`, or another word.

    Anything without a mark of its own counts as text (`csv`); the CSV reader then decides
    strictly whether it is.
    """
    if content.startswith(_SQLITE):
        return "gpkg" if content[68:72] in _GEOPACKAGE_IDS else "SQLite"
    marks = ((b"PAR1", "parquet"), (b"PK\x03\x04", "xlsx"), (b"\x00\x00\x27\x0a", "shp"))
    for mark, kind in marks:
        if content.startswith(mark):
            return kind
    first = content.removeprefix(_BYTE_MARK).lstrip(b" \t\r\n")[:1]
    return {b"{": "geojson", b"<": "XML", b"[": "JSON", b"%": "PDF"}.get(first, "csv")


def _shapefile_parts(place: Path) -> dict[str, bytes]:
    beside: dict[str, Path] = {}
    for other in sorted(place.parent.iterdir()):
        if other.stem == place.stem:
            beside.setdefault(other.suffix.lower(), other)
    if ".dbf" not in beside:
        raise Unreadable("SHAPEFILE_PART_MISSING", part=".dbf")
    wanted = (".dbf", ".prj", ".cpg")
    return {
        suffix: read_bytes(beside[suffix], beside[suffix].name)
        for suffix in wanted
        if suffix in beside
    }


def _refuse_unsaved(place: Path) -> None:
    journal = place.with_name(place.name + "-wal")
    if journal.is_file() and journal.stat().st_size > 0:
        raise Unreadable("GEOPACKAGE_IN_USE")

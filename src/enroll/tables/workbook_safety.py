"""Taking a workbook apart before anything interprets it.

An XLSX file is a ZIP archive of XML. Its parts are unpacked here within bounds, looked
through, and packed again without compression, so that the reader sees exactly the bytes that
were checked and no archive trick can make it see others.
"""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from enroll.tables.problems import Unreadable

MOST_PARTS = 2000
"""Most parts of a workbook."""
MOST_UNPACKED = 1024**3
"""Most bytes a workbook may unpack to: 1 GiB."""
MOST_RATIO = 250
"""Most times a part may grow; office programs stay below 40."""
MOST_CELLS = 20_000_000
"""Largest rectangle from A1 to the last filled cell."""

_SMALL = 1 << 20
_PART_NAME = re.compile(r"[A-Za-z0-9_\[\] .()-]+(/[A-Za-z0-9_\[\] .()-]+)*")
_KEPT = re.compile(r"(\[Content_Types\]\.xml|_rels/.*|xl/.*\.(xml|rels))", re.IGNORECASE)
_MARKUP = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_FILLED = re.compile(
    rb"(?<![\w:.-])r\s*=\s*[\"']([A-Za-z]*)([^\"'<>]*)[\"']"
    rb"(?!(?:\s+[\w:]+=\"[^\"<>/]*\")*\s*/>)"
)
_NOT_DIGITS = re.compile(rb"[^0-9]+")
_ERROR_CELL = re.compile(rb"(<(?:\w+:)?c\b[^<>]*\st=)([\"'])e\2")


def checked_workbook(content: bytes) -> bytes:
    """Return the workbook's XML parts in a plain archive, every one looked through.

    Cells that hold an error of the spreadsheet are turned into text, because the reader
    would show them as empty.

    Raises
    ------
    Unreadable
        When it is damaged, unpacks to too much, holds document type definitions (entity
        bombs) or unusual names, or reaches too far.
    """
    packed = io.BytesIO()
    try:
        with (
            zipfile.ZipFile(io.BytesIO(content)) as archive,
            zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as plain,
        ):
            entries = _checked_entries(archive)
            for entry in entries:
                part = archive.read(entry)
                _refuse_unsafe_part(part)
                shown = _ERROR_CELL.sub(rb"\1\2str\2", part)
                plain.writestr(zipfile.ZipInfo(entry.filename), shown)
    except Unreadable:
        raise
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError) as error:
        raise Unreadable("FILE_BROKEN", kind="XLSX") from error
    except (RuntimeError, ValueError, OverflowError, LookupError) as error:
        raise Unreadable("FILE_BROKEN", kind="XLSX") from error
    return packed.getvalue()


def _checked_entries(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """Return the parts worth reading, once numbers, names and sizes are acceptable."""
    entries = archive.infolist()
    if len(entries) > MOST_PARTS:
        raise Unreadable("WORKBOOK_UNSAFE", reason=f"{len(entries)} parts > {MOST_PARTS}")
    names = [entry.filename.casefold() for entry in entries]
    unusual = any(
        not _PART_NAME.fullmatch(entry.filename.rstrip("/")) or ".." in entry.filename
        for entry in entries
    )
    if unusual or len(set(names)) != len(names):
        raise Unreadable("WORKBOOK_UNSAFE", reason="../")
    kept = [entry for entry in entries if _KEPT.fullmatch(entry.filename)]
    unpacked = sum(entry.file_size for entry in kept)
    if unpacked > MOST_UNPACKED:
        raise Unreadable("WORKBOOK_UNSAFE", reason=f"{unpacked} B > {MOST_UNPACKED} B")
    for entry in kept:
        if entry.file_size > max(_SMALL, MOST_RATIO * entry.compress_size):
            reason = f"{entry.file_size} B / {entry.compress_size} B > {MOST_RATIO}"
            raise Unreadable("WORKBOOK_UNSAFE", reason=reason)
    return kept


def _refuse_unsafe_part(part: bytes) -> None:
    if _MARKUP.search(part):
        raise Unreadable("WORKBOOK_UNSAFE", reason="<!DOCTYPE")
    rows = 0
    widest = {b""}
    for cell in _FILLED.finditer(part):
        widest.add(cell[1])
        rows = max(rows, int(b"0" + _NOT_DIGITS.sub(b"", cell[2])))
    columns = max(map(_column_number, widest))
    if rows * max(columns, 1) > MOST_CELLS or columns > 1 << 14 or rows > 1 << 20:
        raise Unreadable("WORKBOOK_TOO_WIDE", rows=rows, columns=columns)


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number

"""DBF: the attribute table of a Shapefile, its encoding decided strictly."""

from __future__ import annotations

import codecs
import struct
from typing import TYPE_CHECKING

from enroll.tables.problems import Unreadable

if TYPE_CHECKING:
    from collections.abc import Sequence

_HEADER = struct.Struct("<4xIHH")
_FIELD = struct.Struct("<11sc4xBB14x")
_CHINESE_MARK = 0x4D
_ENCODINGS = {
    "UTF-8": "UTF-8",
    "UTF8": "UTF-8",
    "65001": "UTF-8",
    "GB18030": "GB18030",
    "GBK": "GB18030",
    "GB2312": "GB18030",
    "CP936": "GB18030",
    "936": "GB18030",
    "ISO-8859-1": "ISO-8859-1",
    "ISO88591": "ISO-8859-1",
    "88591": "ISO-8859-1",
    "1252": "CP1252",
    "CP1252": "CP1252",
    "ANSI 1252": "CP1252",
}


def read_dbf(content: bytes, named: bytes) -> tuple[dict[str, list[str]], int, str]:
    """Return the cells by header, the number of rows and the name of the encoding.

    Parameters
    ----------
    content
        Bytes of the .dbf part.
    named
        Bytes of the .cpg part, which names the encoding; b"" when there is none. Then, and
        when the name is not known, UTF-8 is tried before GB18030: the text of a Chinese
        office is never read as Latin letters.

    Raises
    ------
    Unreadable
        When the table is damaged or its text is in no known encoding.
    """
    fields, records = _taken_apart(content)
    cells = [cell for _, column in _columns(fields, records) for cell in column]
    headers = [name for name, _, _ in fields]
    encoding = _encoding(named, content[29], [*headers, *cells])
    columns: dict[str, list[str]] = {}
    for name, column in _columns(fields, records):
        columns.setdefault(_text(name, encoding), [_text(cell, encoding) for cell in column])
    return columns, len(records), encoding


def _taken_apart(content: bytes) -> tuple[list[tuple[bytes, int, int]], list[bytes]]:
    """Return the fields (name, first byte, width) and the records as bytes."""
    try:
        count, header_size, record_size = _HEADER.unpack_from(content)
        fields: list[tuple[bytes, int, int]] = []
        at, first = 32, 1
        while at < header_size and content[at] != 0x0D:
            name, _, width, _ = _FIELD.unpack_from(content, at)
            fields.append((name.split(b"\0")[0], first, width))
            at, first = at + _FIELD.size, first + width
    except (struct.error, IndexError):
        raise Unreadable("FILE_BROKEN", kind="Shapefile (.dbf)") from None
    whole = record_size > 0 and first <= record_size
    if not fields or not whole or len(content) < header_size + count * record_size:
        raise Unreadable("FILE_BROKEN", kind="Shapefile (.dbf)")
    starts = range(header_size, header_size + count * record_size, record_size)
    return fields, [content[start : start + record_size] for start in starts]


def _columns(
    fields: Sequence[tuple[bytes, int, int]], records: Sequence[bytes]
) -> list[tuple[bytes, list[bytes]]]:
    return [
        (name, [record[first : first + width].strip(b" \0") for record in records])
        for name, first, width in fields
    ]


def _encoding(named: bytes, mark: int, cells: Sequence[bytes]) -> str:
    name = named.decode("ascii", "replace").strip().upper()
    if name in _ENCODINGS:
        candidates = [_ENCODINGS[name]]
    else:
        candidates = ["GB18030"] if mark == _CHINESE_MARK else ["UTF-8", "GB18030"]
    for encoding in candidates:
        try:
            for cell in set(cells):
                _text(cell, encoding)
        except UnicodeDecodeError:
            continue
        return encoding
    raise Unreadable("FILE_BROKEN", kind=f"{candidates[-1]} (.dbf)")


def _text(cell: bytes, encoding: str) -> str:
    """Decode a cell; a last character that the field's width cut in two is dropped."""
    return codecs.getincrementaldecoder(encoding)("strict").decode(cell)

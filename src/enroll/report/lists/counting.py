"""Every list counted against `allocation.csv`, read back from the workbooks as they will be sent.

The expectations are written down anew from the lines of the run: a mistake in the making of a
list cannot repeat itself here.
"""

from __future__ import annotations

from collections import Counter
from io import BytesIO
from typing import TYPE_CHECKING

from enroll.errors import UnlawfulError
from enroll.notices import translate
from enroll.notices.about_lists import COLUMN
from enroll.report.lists.making import ADMISSION, MESSAGES, OFFICE, PUBLIC, REDIRECT, school_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from enroll.report.lists.contents import Contents

_UNPLACED, _INELIGIBLE = 2, 3
"""Places of two sheets in the office's workbook."""


def assert_counted(contents: Contents, files: Mapping[str, bytes]) -> None:
    """Stop before anything is written if a list does not hold exactly whom it should.

    Parameters
    ----------
    contents
        The run.
    files
        The lists by name.

    Raises
    ------
    UnlawfulError
        If a child is missing from a list, is on it twice or does not belong there, or if there
        is a list that nobody expects: a bug in enroll.
    """
    wrong = []
    named = set()
    for name, place, expected in _expected(contents):
        named.add(name)
        found = _codes(files[name], place) if name in files else None
        if found != Counter(expected):
            wrong.append(f"{name}, sheet {place + 1}: not the children of allocation.csv")
    wrong += [f"{name}: not expected" for name in sorted(files.keys() - named)]
    if wrong:
        raise UnlawfulError(wrong)


def _expected(contents: Contents) -> Iterator[tuple[str, int, list[str]]]:
    """Yield who should stand on each sheet: file, place of the sheet, codes."""
    here: dict[str, list[str]] = {row["school_id"]: [] for row in contents.schools}
    by_status: dict[str, list[str]] = {"placed": [], "unplaced": [], "ineligible": []}
    by_way: dict[bool, list[str]] = {False: [], True: []}
    for child in contents.children:
        by_status[child.status].append(child.code)
        if child.status == "placed":
            here[child.school].append(child.code)
            by_way[child.redirected].append(child.code)
    yield PUBLIC, 0, by_status["placed"]
    yield ADMISSION, 0, by_way[False]
    yield REDIRECT, 0, by_way[True]
    yield MESSAGES, 0, [child.code for child in contents.children]
    yield OFFICE, _UNPLACED, by_status["unplaced"]
    yield OFFICE, _INELIGIBLE, by_status["ineligible"]
    for number, (school, children) in enumerate(here.items(), start=1):
        yield school_file(number, school), 0, children


def _codes(workbook: bytes, place: int) -> Counter[str]:
    """Return the codes in the first column below the header, which is no code."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(BytesIO(workbook))
    cells = [row[0] for row in book.get_sheet_by_index(place).to_python(skip_empty_area=False)]
    headers = {translate(COLUMN["code"], "en"), translate(COLUMN["code"], "zh")}
    head = max(number for number, cell in enumerate(cells) if cell in headers)
    return Counter(str(cell) for cell in cells[head + 1 :])

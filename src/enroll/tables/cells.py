"""The cells of one table, read column by column; every problem addressed to its row."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, TypeVar

import numpy as np

from enroll.notices import mask, mask_id, mask_word
from enroll.records import NONE
from enroll.tables import meanings
from enroll.tables.cleaning import half_width, tidy, tidy_all
from enroll.tables.coded import Coded, coded, constant
from enroll.tables.columns import Column
from enroll.tables.ids import what_is_wrong
from enroll.tables.words import translated

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from enroll.records import Days, Flags, Floats, Ints, Table, Texts
    from enroll.tables.columns import TableColumns
    from enroll.tables.problems import FileReport

Value = TypeVar("Value")

MOST_CHARACTERS = 500
"""Longest text of a cell."""

_ERROR = re.compile(r"#(N/A|DIV/0!|REF!|VALUE!|NAME\?|NUM!|NULL!|SPILL!|CALC!|GETTING_DATA)")


class Cells:
    """One table with its columns found.

    Parameters
    ----------
    table
        As read.
    spec
        Columns of the table.
    headers
        Canonical names to headers.
    values
        `[values.<table>]`: canonical name to the office's words to canonical words.
    report
        Takes the problems.
    """

    def __init__(
        self,
        table: Table,
        spec: TableColumns,
        headers: Mapping[str, str],
        values: Mapping[str, Mapping[str, str]],
        report: FileReport,
    ) -> None:
        self.table = table
        self.report = report
        self._spec = spec
        self._headers = headers
        self._values = values
        self._from_workbook = table.source.name.lower().endswith(".xlsx")
        self._read: dict[str, Coded] = {}

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.table)

    def has(self, name: str) -> bool:
        """Return whether the file has the column."""
        return name in self._headers

    def filled(self, name: str) -> Flags:
        """Return (n,) whether the cells of a column hold anything, be it readable or not."""
        if not self.has(name):
            return np.zeros(len(self), dtype=bool)
        written = coded(self.table.columns[self._headers[name]].tolist())
        return written.where(lambda text: bool(tidy(text)))

    def sound(self, name: str) -> bool:
        """Return whether no problem was recorded for any cell of a column."""
        return self.report.nothing_about(self._header(name))

    def column(self, name: str) -> Column:
        """Return the description of a column; one that only the scenario names is text."""
        stem = name.rsplit("_", 1)[0]
        for column in self._spec.columns:
            if column.name == name or (column.numbered and column.name == stem):
                return column
        return Column(name, "text", "", personal=True)

    def coded(self, name: str) -> Coded:
        """Return the tidy cells of a column, the office's words translated; "" where empty.

        A column that the file does not have is empty everywhere.
        """
        if name not in self._read:
            self._read[name] = self._tidied(name)
        return self._read[name]

    def _tidied(self, name: str) -> Coded:
        if not self.has(name):
            return constant("", len(self))
        column = self.column(name)
        written = coded(self.table.columns[self._headers[name]].tolist())
        names_and_texts = column.kind == "text" and column.meaning != ""
        texts = tidy_all(written.texts, full_width=names_and_texts)
        found = written.mapped(translated(column, self._values.get(name, {}), texts))
        found = self._without_errors(name, found)
        if column.required and "" in found.texts:
            self.problem_rows("CELL_MISSING", name, found.where(lambda text: not text))
        return found

    def _without_errors(self, name: str, found: Coded) -> Coded:
        broken = {text for text in found.texts if text.startswith("#") and _ERROR.match(text)}
        if not broken:
            return found
        self.problem_rows("CELL_ERROR", name, found.where(broken.__contains__))
        return found.mapped("" if text in broken else text for text in found.texts)

    def problem_rows(
        self,
        code: str,
        name: str,
        bad: Flags,
        show: Callable[[str], str] | None = None,
        /,
        **params: object,
    ) -> None:
        """Report the rows that are marked in `bad`, (n,), as problems of one column."""
        places = np.flatnonzero(bad)
        if not len(places):
            return
        found = self._read.get(name)
        shown = show or self._show(name)

        def value(number: int) -> str:
            return shown(found.texts[found.code[places[number]]]) if found else ""

        rows = self.table.row[places].tolist()
        self.report.add_rows(code, self._header(name), rows, value, **params)

    def _header(self, name: str) -> str:
        return mask(self._headers.get(name, name))

    def _show(self, name: str) -> Callable[[str], str]:
        column = self.column(name)
        if column.personal:
            return mask_id if column.kind == "id" else shape
        return mask

    def _meant(
        self, name: str, code: str, meaning: Callable[[str], Value | None]
    ) -> tuple[list[Value | None], Coded]:
        """Return the meaning of every distinct text, None for "" and for what has none.

        A text that is not empty and has no meaning is reported.
        """
        found = self.coded(name)
        meant = [meaning(text) if text else None for text in found.texts]
        if None in meant:
            pairs = zip(found.texts, meant, strict=True)
            unknown = {text for text, value in pairs if text and value is None}
            self.problem_rows(code, name, found.where(unknown.__contains__))
        return meant, found

    def texts(self, name: str) -> Texts:
        """Return text cells, which may not be longer than `MOST_CHARACTERS`."""
        found = self.coded(name)
        if max(map(len, found.texts), default=0) > MOST_CHARACTERS:
            bad = found.where(lambda text: len(text) > MOST_CHARACTERS)
            self.problem_rows("TEXT_TOO_LONG", name, bad, most=MOST_CHARACTERS)
        return found.cells()

    def whole(self, name: str, empty: int = 0) -> Ints:
        """Return whole numbers within the bounds of the column; `empty` for the others."""
        least, most = self.column(name).least, self.column(name).most
        meant, found = self._meant(name, "NOT_WHOLE", meanings.whole)
        pairs = list(zip(found.texts, meant, strict=True))
        beyond = {text for text, one in pairs if one is not None and not least <= one <= most}
        if beyond:
            rows = found.where(beyond.__contains__)
            self.problem_rows("OUT_OF_RANGE", name, rows, least=least, most=most)
        numbers = [empty if one is None or text in beyond else one for text, one in pairs]
        return np.array(numbers, dtype=np.int64)[found.code]

    def decimals(self, name: str) -> Floats:
        """Return decimal numbers; NaN where empty."""
        meant, found = self._meant(name, "NOT_NUMBER", meanings.decimal)
        return np.array(meant, dtype=np.float64)[found.code]

    def days(self, name: str) -> Days:
        """Return dates; NaT where empty."""
        meaning = meanings.workbook_day if self._from_workbook else meanings.day
        meant, found = self._meant(name, "NOT_DATE", meaning)
        return np.array(meant, dtype="datetime64[D]")[found.code]

    def flags(self, name: str, empty: bool) -> Flags:
        """Return yes as True and no as False."""
        meant, found = self._meant(name, "NOT_YES_NO", meanings.yes_or_no)
        flags = [empty if value is None else value for value in meant]
        return np.array(flags, dtype=bool)[found.code]

    def words(self, name: str, empty: str = "") -> Texts:
        """Return canonical words; a word that is none of them is a problem."""
        found = self.coded(name)
        known = self.column(name).words
        if not {"", *known}.issuperset(found.texts):
            bad = found.where(lambda text: text != "" and text not in known)
            names = tuple(known)
            self.problem_rows(
                "WORD_UNKNOWN", name, bad, mask_word, known=names, table=self._spec.table, name=name
            )
        return found.mapped(text or empty for text in found.texts).cells()

    def ids(self, name: str, form: re.Pattern[str]) -> Coded:
        """Return ids as written; malformed and mangled ones are problems.

        Parameters
        ----------
        form
            What an id must look like.
        """
        found = self.coded(name)
        personal = self.column(name).personal
        wrong = [what_is_wrong(text, form, personal) for text in found.texts]
        for code in sorted(set(wrong) - {""}):
            bad = {text for text, one in zip(found.texts, wrong, strict=True) if one == code}
            self.problem_rows(code, name, found.where(bad.__contains__), _SHOWN_OTHERWISE.get(code))
        return found

    def unique_ids(self, name: str, form: re.Pattern[str]) -> list[str]:
        """Return ids that every row must have and no two rows may share."""
        cells: list[str] = self.ids(name, form).cells().tolist()
        if len(set(cells)) < len(cells):
            first: dict[str, int] = {}
            show = self._show(name)
            for row, cell in zip(self.table.row.tolist(), cells, strict=True):
                if cell and first.setdefault(cell, row) != row:
                    header = self._header(name)
                    self.report.add("ID_TWICE", row, header, show(cell), first=first[cell])
        return cells

    def indices(
        self, name: str, form: re.Pattern[str], known: Mapping[str, int] | None, code: str
    ) -> Ints:
        """Return the index of every id of a column, -1 where it is empty or not known.

        Parameters
        ----------
        known
            Ids to indices; None where what they refer to could not be read.
        code
            The problem of an id that is not known.
        """
        found = self.ids(name, form)
        if known is None:
            return np.full(len(self), NONE, dtype=np.int64)
        if not known.keys() >= set(found.texts) - {""}:
            self.problem_rows(
                code, name, found.where(lambda text: text != "" and text not in known)
            )
        return found.positions(known, NONE)


def shape(text: str) -> str:
    """Return what a personal value looks like without the value: `2019-13-45` is `9999-99-99`."""
    short = tidy(half_width(text))[:40]
    return "".join("9" if one.isdecimal() else "a" if one.isalpha() else one for one in short)


def _nothing(_: str) -> str:
    return ""


_SHOWN_OTHERWISE: dict[str, Callable[[str], str]] = {
    "ID_MANGLED": mask,
    "ID_IS_IDENTITY_NUMBER": _nothing,
}
"""Ids that are shown in full, because they hold nothing any more, or not at all."""

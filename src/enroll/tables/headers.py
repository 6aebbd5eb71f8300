"""Which header of the office's file stands for which column."""

from __future__ import annotations

import re
from difflib import get_close_matches
from typing import TYPE_CHECKING

from enroll.notices import mask
from enroll.tables.cleaning import tidy
from enroll.tables.grid import comparable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from enroll.tables.columns import TableColumns
    from enroll.tables.problems import FileReport

MOST_CHOICES = 30
"""Most numbered columns, such as `choice_1` to `choice_30`."""

_CHINESE_NUMBERS = "一二三四五六七八九十"
_SCORES_CHINESE = ("成绩", "考试", "笔试", "面试分", "分数", "考分", "考核分", "测验", "测试")
_SCORES_ENGLISH = {"exam", "exams", "examination", "test", "tests", "score", "scores"}
_POINTS = ("积分", "points")
_WORD = re.compile(r"[a-z]+")


class Headers:
    """The headers of one file, each with the column it stands for.

    Parameters
    ----------
    spec
        Columns of the table.
    wanted
        Columns that the scenario asks for by name: facts among the known ones, and others.
    mapping
        `[columns.<table>]`: canonical name to header.
    report
        Takes the problems.
    """

    def __init__(
        self,
        spec: TableColumns,
        wanted: Iterable[str],
        mapping: Mapping[str, str],
        report: FileReport,
    ) -> None:
        self._spec = spec
        self._wanted = set(wanted)
        self._report = report
        self._mapping = {tidy(name): tidy(header) for name, header in mapping.items()}
        self._meanings = self._all_meanings()

    def match(self, headers: Sequence[str]) -> dict[str, str]:
        """Return canonical names to headers, and report what does not fit.

        A header named under `[columns]` counts before the canonical name, and this before
        other headers; what stands for nothing is named once and ignored.
        """
        found = self._mapped(headers)
        candidates: dict[str, list[str]] = {}
        twice: set[str] = set()
        for header in headers:
            name = self._meanings.get(comparable(header))
            if name is not None and name not in found and header not in found.values():
                candidates.setdefault(name, []).append(header)
        for name, meant in candidates.items():
            exact = [header for header in meant if comparable(header) == comparable(name)]
            first, *others = exact or meant
            found[name] = first
            for other in others:
                self._twice(name, first, other)
            twice.update(others)
        self._refuse_scores(headers)
        self._miss_required(found)
        told = twice.union(found.values())
        self._name_ignored([header for header in headers if header not in told])
        return found

    def _name_ignored(self, headers: Sequence[str]) -> None:
        if headers:
            names = tuple(mask(header) for header in headers)
            self._report.add("COLUMNS_IGNORED", count=len(headers), headers=names)

    def _all_meanings(self) -> dict[str, str]:
        """Return the comparable form of every header that is understood to its column."""
        meanings = {comparable(name): name for name in self._wanted}
        for column in self._spec.columns:
            if column.fact and column.name not in self._wanted:
                continue
            if column.numbered:
                meanings.update(numbered_headers(column.name, column.headers))
                continue
            for header in (column.name, *column.headers):
                meanings.setdefault(comparable(header), column.name)
        return meanings

    def _mapped(self, headers: Sequence[str]) -> dict[str, str]:
        found: dict[str, str] = {}
        known = known_names(self._spec, self._wanted)
        alike = {comparable(header): header for header in reversed(headers)}
        for name, wanted in sorted(self._mapping.items()):
            header = wanted if wanted in headers else alike.get(comparable(wanted))
            table, shown = self._spec.table, mask(name)
            if name not in known:
                nearest = _nearest(name, known)
                self._report.add("COLUMN_KEY_UNKNOWN", name=shown, table=table, nearest=nearest)
            elif header is None:
                self._report.add(
                    "COLUMN_NOT_FOUND",
                    name=shown,
                    table=table,
                    header=mask(wanted),
                    nearest=_nearest(wanted, headers),
                )
            elif name in self._meanings.values():
                found[name] = header
        return found

    def _twice(self, name: str, first: str, second: str) -> None:
        self._report.add(
            "COLUMN_TWICE",
            column=name,
            first=mask(first),
            second=mask(second),
            name=name,
            table=self._spec.table,
        )

    def _refuse_scores(self, headers: Sequence[str]) -> None:
        if not self._spec.no_scores:
            return
        for header in headers:
            if is_about_scores(header):
                self._report.add("COLUMN_OF_SCORES", column=mask(header), header=mask(header))

    def _miss_required(self, found: Mapping[str, str]) -> None:
        for column in self._spec.columns:
            unmapped = column.name not in found and column.name not in self._mapping
            if column.required and unmapped:
                self._report.add(
                    "COLUMN_MISSING", column=column.name, name=column.name, table=self._spec.table
                )


def known_names(spec: TableColumns, wanted: Iterable[str]) -> set[str]:
    """Return every column name that `[columns]` and `[values]` may speak of."""
    names = {*spec.names(), *wanted}
    for column in spec.columns:
        if column.numbered:
            names.update(f"{column.name}_{number}" for number in range(1, MOST_CHOICES + 1))
    return names


def is_about_scores(header: str) -> bool:
    """Return whether a header speaks of examination scores; points are not scores."""
    plain = comparable(header)
    if any(word in plain for word in _POINTS):
        return False
    words = set(_WORD.findall(tidy(header).casefold()))
    return any(word in plain for word in _SCORES_CHINESE) or not words.isdisjoint(_SCORES_ENGLISH)


def numbered_headers(name: str, headers: Sequence[str]) -> dict[str, str]:
    """Return the comparable headers of a numbered column, such as `choice_1` or `第一志愿`.

    Parameters
    ----------
    headers
        Words with `{n}` where the number stands, in digits or as a Chinese numeral.
    """
    meanings: dict[str, str] = {}
    for number in range(1, MOST_CHOICES + 1):
        numerals = [str(number)]
        if number <= len(_CHINESE_NUMBERS):
            numerals.append(_CHINESE_NUMBERS[number - 1])
        for header in (f"{name}_{{n}}", *headers):
            for numeral in numerals:
                meanings[comparable(header.replace("{n}", numeral))] = f"{name}_{number}"
    return meanings


def _nearest(name: str, known: Iterable[str]) -> str:
    close = get_close_matches(name, sorted(known), n=1, cutoff=0.5)
    return mask(close[0]) if close else "-"

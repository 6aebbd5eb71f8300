"""The lists themselves: who stands on which, and what it says of them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING

from enroll.notices import about_lists as say
from enroll.notices import translate
from enroll.report.lists.identity import Identity
from enroll.report.lists.names import public_name
from enroll.report.lists.sheets import Column, Sheet, workbook_bytes
from enroll.report.screen import LEVEL_WORDS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from enroll.notices import Language
    from enroll.report.lists.contents import Child, Contents
    from enroll.report.lists.sheets import Cell

PUBLIC = "public/notice-list.xlsx"
OFFICE = "private/office.xlsx"
ADMISSION = "private/admission-notices.xlsx"
REDIRECT = "private/redirect-notices.xlsx"
MESSAGES = "private/text-messages.xlsx"

_CODE, _NAME, _SCHOOL, _SHORT, _NUMBER, _LONG = 22, 12, 32, 11, 10, 60
"""Widths of columns, in letters."""
_LEVELS = {str(level): word for level, word in LEVEL_WORDS.items()}
_WHOLE = re.compile(r"-?[0-9]{1,12}")


@dataclass(frozen=True)
class Listing:
    """The lists of a run, ready to be written.

    Parameters
    ----------
    files
        Content by name; those under `private/` are for nobody but the office.
    on_lists
        How many children stand on each kind of list, by its title.
    schools
        How many schools have a list of their own.
    rehearsal
        Whether the run decides nothing.
    names
        Whether names were given.
    """

    files: Mapping[str, bytes] = field(repr=False)
    on_lists: Mapping[str, int]
    schools: int
    rehearsal: bool
    names: bool


def school_file(number: int, school_id: str) -> str:
    """Return the name of a school's own list; the number keeps ids apart that differ in case."""
    return f"private/schools/{number:04}-{school_id}.xlsx"


def make_lists(
    contents: Contents, identity: Identity | None = None, language: Language = "en"
) -> Listing:
    """Return every list of a run as workbooks.

    Parameters
    ----------
    identity
        Who the children are, a row for each; without it the lists hold codes only.
    language
        Of titles, headers and sentences; notices stay in the language of the run.
    """
    maker = _Maker(contents, identity or Identity(), language)
    titles = {
        PUBLIC: (say.NOTICE_LIST, maker.placed),
        ADMISSION: (say.ADMISSION, maker.admitted),
        REDIRECT: (say.REDIRECT, maker.redirected),
        MESSAGES: (say.MESSAGES, contents.children),
    }
    on_lists = {title: len(children) for title, children in titles.values()}
    files = {
        PUBLIC: maker.book([maker.notice_list()]),
        OFFICE: maker.book(list(maker.office(on_lists))),
        ADMISSION: maker.book([maker.letters(say.ADMISSION, maker.admitted)]),
        REDIRECT: maker.book([maker.letters(say.REDIRECT, maker.redirected, zone=True)]),
        MESSAGES: maker.book([maker.messages()]),
    }
    for number, (school, children) in enumerate(maker.by_school.items(), start=1):
        files[school_file(number, school)] = maker.book([maker.school_list(school, children)])
    return Listing(files, on_lists, len(contents.schools), contents.rehearsal, bool(identity))


@dataclass(frozen=True)
class _Maker:
    """Makes the sheets of one run in one language."""

    run: Contents
    identity: Identity
    language: Language

    @cached_property
    def schools(self) -> dict[str, str]:
        """How each school is called."""
        return self.run.school_names()

    @cached_property
    def placed(self) -> list[Child]:
        """Children with a place, by school and then by code."""
        placed = [child for child in self.run.children if child.status == "placed"]
        order = {school: number for number, school in enumerate(self.schools)}
        return sorted(placed, key=lambda child: (order[child.school], child.code.encode()))

    @property
    def admitted(self) -> list[Child]:
        """Children with a place that no redirect took out of their zone."""
        return [child for child in self.placed if not child.redirected]

    @property
    def redirected(self) -> list[Child]:
        """Children whom a redirect placed at a school that does not serve their zone."""
        return [child for child in self.placed if child.redirected]

    @cached_property
    def by_school(self) -> dict[str, list[Child]]:
        """The children of every school."""
        groups = groupby(self.placed, key=lambda child: child.school)
        return {
            **{school: [] for school in self.schools},
            **{one: list(all_) for one, all_ in groups},
        }

    def book(self, sheets: Sequence[Sheet]) -> bytes:
        """Return sheets as a workbook."""
        return workbook_bytes(f"{sheets[0].title} · {self.run.title}", self.run.year, sheets)

    def tell(self, text: str, /, **params: object) -> str:
        """Return a sentence in the language of the lists."""
        return translate(text, self.language, params)

    def column(self, name: str, width: int) -> Column:
        """Return a column by its name in `COLUMN`."""
        return Column(self.tell(say.COLUMN[name]), width)

    def notes(self, count: str, *last: str) -> tuple[str, ...]:
        """Return what stands above a table: rehearsal, run, how many, who may see it."""
        first = [self.tell(say.REHEARSAL)] if self.run.rehearsal else []
        return (*first, self.run.title, count, *map(self.tell, last))

    def how_many(self, rows: Sequence[object]) -> str:
        """Return how many children a list holds, in words."""
        return self.tell(say.HOW_MANY, count=len(rows))

    def who(
        self, show: Callable[[str], str] = str
    ) -> tuple[list[Column], Callable[[Child], list[Cell]]]:
        """Return the columns that say who a child is, and how to fill them."""
        columns = [self.column("code", _CODE)]
        names = self.identity.names
        if not names:
            return columns, lambda child: [child.code]
        return [*columns, self.column("name", _NAME)], lambda child: [
            child.code,
            show(names[child.code]),
        ]

    def notice_list(self) -> Sheet:
        """Return the public list: a page for each school."""
        columns, cells = self.who(public_name)
        rows = [
            [*cells(child), self.schools[child.school], *self.group_and_round(child)]
            for child in self.placed
        ]
        starts = [
            number
            for number, child in enumerate(self.placed)
            if number and child.school != self.placed[number - 1].school
        ]
        title = self.tell(say.NOTICE_LIST)
        more = [self.column("school", _SCHOOL), *self._group_and_round()]
        return Sheet(
            self.tell(say.CHILDREN),
            title,
            self.notes(self.how_many(rows)),
            [*columns, *more],
            rows,
            starts,
        )

    def school_list(self, school: str, children: Sequence[Child]) -> Sheet:
        """Return the list of one school."""
        columns, cells = self.who()
        rows = [[*cells(child), *self.group_and_round(child)] for child in children]
        title = self.tell(say.SCHOOL_LIST, school=self.schools[school])
        notes = self.notes(self.how_many(rows), say.FOR_SCHOOL)
        return Sheet(
            self.tell(say.CHILDREN), title, notes, [*columns, *self._group_and_round()], rows
        )

    def group(self, child: Child) -> str:
        """Return a child's group: its id, or what it is called where enroll has made it."""
        called = self.run.groups.get(child.group)
        return child.group if called is None else self.tell(called.text)

    def group_and_round(self, child: Child) -> list[Cell]:
        """Return a child's group and the round that gave the place."""
        called = self.run.rounds.get(child.round)
        return [self.group(child), child.round if called is None else self.tell(called.text)]

    def _group_and_round(self) -> list[Column]:
        return [self.column("group", _SHORT), self.column("round", _SHORT)]

    def letters(self, title: str, children: Sequence[Child], *, zone: bool = False) -> Sheet:
        """Return a table for letters; with `zone`, also whence a child is redirected."""
        columns, cells = self.who()
        columns += [
            self.column("school_id", _SHORT),
            self.column("school", _SCHOOL),
            *self._group_and_round(),
            self.column("year", _NUMBER),
        ]
        if zone:
            columns += [self.column("zone", _SHORT), self.column("zone_schools", _SCHOOL)]
            columns.append(self.column("metres", _NUMBER))
        rows: list[list[Cell]] = []
        for child in children:
            row = [
                *cells(child),
                child.school,
                self.schools[child.school],
                *self.group_and_round(child),
            ]
            row.append(str(self.run.year))
            if zone:
                row += [child.zone, self._zone_schools(child), _whole(child.metres)]
            rows.append([*row, self.sentence(child), *self._others(child)])
        columns.append(self.column("text", _LONG))
        return self._merge(title, columns, rows)

    def messages(self) -> Sheet:
        """Return the table of text messages: one to every applicant, without a name in it."""
        columns, cells = self.who()
        rows = [
            [*cells(child), self.sentence(child), *self._others(child)]
            for child in self.run.children
        ]
        return self._merge(say.MESSAGES, [*columns, self.column("text", _LONG)], rows)

    def _merge(
        self, title: str, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]
    ) -> Sheet:
        """Return a table with its headers in the first row, none of them twice."""
        named = [*columns]
        for header in self.identity.headers:
            taken = {column.header.casefold() for column in named}
            while header.casefold() in taken:
                header = f"{header} *"
            named.append(Column(header, _CODE))
        notes = self.notes(self.how_many(rows), say.PRIVATE)
        sheet = self.tell(title)
        return Sheet(sheet, sheet, notes, named, rows, across=True, merge=True)

    def _others(self, child: Child) -> tuple[str, ...]:
        return self.identity.others.get(child.code, ())

    def _zone_schools(self, child: Child) -> str:
        served = self.run.zones.get(child.zone, ())
        return "; ".join(self.schools.get(school, school) for school in served)

    def sentence(self, child: Child) -> str:
        """Return in one sentence what came of a child."""
        told = {"placed": say.SAY_PLACED, "unplaced": say.SAY_UNPLACED}
        text = self.tell(
            say.SAY_REDIRECTED if child.redirected else told.get(child.status, say.SAY_INELIGIBLE),
            code=child.code,
            school=self.schools.get(child.school, ""),
            reason=self.reason(child),
        )
        return self.tell(say.SAY_REHEARSAL, text=text) if self.run.rehearsal else text

    def reason(self, child: Child) -> str:
        """Return why a child has no place."""
        return self.tell(say.NO_PLACE.get(child.reason, "")) or child.reason

    def level(self, name: str) -> str:
        """Return the level of a notice in words; a school without a notice has none."""
        return self.tell(_LEVELS.get(name, name))

    def office(self, on_lists: Mapping[str, int]) -> Iterator[Sheet]:
        """Yield the sheets of the office's workbook."""
        yield self._counts(on_lists)
        yield self._school_table()
        for title, status in ((say.UNPLACED, "unplaced"), (say.INELIGIBLE, "ineligible")):
            children = [child for child in self.run.children if child.status == status]
            yield self._without_place(title, children)
        yield self._notice_table()

    def _counts(self, on_lists: Mapping[str, int]) -> Sheet:
        status = [child.status for child in self.run.children]
        everybody = self.tell(say.APPLICANTS, count=len(status))
        counted = {
            **on_lists,
            say.SCHOOL_LISTS: sum(map(len, self.by_school.values())),
            say.UNPLACED: status.count("unplaced"),
            say.INELIGIBLE: status.count("ineligible"),
        }
        rows: list[list[Cell]] = [[self.tell(title), count] for title, count in counted.items()]
        columns = [self.column("list", _SCHOOL), self.column("rows", _SHORT)]
        return self._office_sheet(say.COUNTS, everybody, columns, rows)

    def _school_table(self) -> Sheet:
        columns = [self.column("school_id", _SHORT), self.column("school", _SCHOOL)]
        columns += [Column(self.tell(text), _NUMBER) for text in say.SCHOOL_COLUMN.values()]
        rows = [
            [
                row["school_id"],
                row["name"],
                *(_whole(row[name]) for name in say.SCHOOL_COLUMN if name != "level"),
                self.level(row["level"]),
            ]
            for row in self.run.schools
        ]
        count = self.tell(say.HOW_MANY_SCHOOLS, count=len(rows))
        return self._office_sheet(say.SCHOOLS, count, columns, rows)

    def _without_place(self, title: str, children: Sequence[Child]) -> Sheet:
        columns, cells = self.who()
        columns += [self.column("group", _SHORT), self.column("zone", _SHORT)]
        columns += [self.column("notice", _CODE), self.column("reason", _LONG)]
        rows = [
            [*cells(child), self.group(child), child.zone, child.reason, self.reason(child)]
            for child in children
        ]
        return self._office_sheet(title, self.how_many(rows), columns, rows)

    def _notice_table(self) -> Sheet:
        widths = {"level": _SHORT, "notice": _CODE, "subject": _CODE, "message": 90}
        names = ("level", "notice", "subject", "message", "value", "bound")
        columns = [self.column(name, widths.get(name, _NUMBER)) for name in names]
        rows = [
            [
                self.level(row["level"]),
                row["code"],
                row["subject"],
                row["message"],
                *map(_whole, (row["value"], row["bound"])),
            ]
            for row in self.run.notices
        ]
        count = self.tell(say.HOW_MANY_NOTICES, count=len(rows))
        return self._office_sheet(say.NOTICES, count, columns, rows)

    def _office_sheet(
        self, title: str, count: str, columns: Sequence[Column], rows: Sequence[Sequence[Cell]]
    ) -> Sheet:
        told = self.tell(title)
        return Sheet(told, told, self.notes(count, say.PRIVATE), columns, rows, across=True)


def _whole(text: str) -> Cell:
    """Return a whole number as a number, anything else as it is."""
    return int(text) if _WHOLE.fullmatch(text) else text

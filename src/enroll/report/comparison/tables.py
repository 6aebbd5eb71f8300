"""The files of a comparison: figures, schools and moves of every scenario against the first."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING

from enroll.report.comparison.ahead import ahead_csv
from enroll.report.comparison.figures import SCHOOL_COLUMNS, Figures, figures_of
from enroll.report.comparison.moves import Child, Moves, children_of, moves_of
from enroll.report.comparison.plans import Plan, plan_of, plans_json
from enroll.report.comparison.rows import json_of, table_of
from enroll.report.json_out import json_bytes
from enroll.report.manifest import RUN_FORMAT, SUMS, seal
from enroll.report.run_folder import Folder
from enroll.tables.csv_out import csv_bytes
from enroll.version import __version__

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from enroll.notices import Language
    from enroll.records import JsonValue
    from enroll.report.comparison.ahead import Ahead

SIZES = ("class_standard", "class_limit")
ZONE_COLUMNS = ("scenario", "zone_id", "name", "children", "seats", "percent")

Cell = int | str
Row = tuple[Cell, ...]


@dataclass(frozen=True)
class SchoolRow:
    """What a run says of one school.

    Parameters
    ----------
    numbers
        One for each of `SCHOOL_COLUMNS`.
    level
        The worst notice's; "" for none, or for a school that the run does not have.
    """

    school_id: str
    name: str
    numbers: tuple[int, ...]
    level: str


@dataclass(frozen=True)
class Side:
    """One scenario of a comparison.

    Parameters
    ----------
    name, title
        Of the scenario.
    key
        Hash of everything that its run follows from.
    far_m
        Beyond which a way is far.
    changes
        What differs from the scenario that it extends: `key`, `old` and `new`.
    moves
        Who moves against the first; None for the first itself.
    schools
        Ascending by id.
    plan
        Where zones and schools lie.
    """

    name: str
    title: str
    key: str
    stage: str
    year: int
    far_m: int
    changes: tuple[Mapping[str, JsonValue], ...]
    figures: Figures
    moves: Moves | None
    schools: tuple[SchoolRow, ...]
    plan: Plan = field(default_factory=Plan)


@dataclass(frozen=True, repr=False)
class Comparison(Folder):
    """Several scenarios side by side; the first is what the others are compared with.

    Parameters
    ----------
    sides
        At least two, in the order in which they were named.
    ahead
        The years ahead of each; empty where none were asked for.
    language
        In which it shows itself in a notebook.
    """

    sides: tuple[Side, ...]
    ahead: tuple[Ahead, ...] = ()
    language: Language = field(default="en", compare=False)

    @property
    def first(self) -> Side:
        """What the others are compared with."""
        return self.sides[0]

    @property
    def files(self) -> dict[str, bytes]:
        """Content of the comparison's folder by file name, `SHA256SUMS` included."""
        return comparison_tables(self)

    def __repr__(self) -> str:
        """Return the names of the scenarios in one line."""
        from enroll.report.cards import comparison_line

        return f"<{comparison_line(self)}>"

    def _repr_html_(self) -> str:
        """Return what a notebook shows: the figures side by side, and who moves."""
        from enroll.report.cards import comparison_card

        return comparison_card(self)


def side_of(
    name: str, key: str, files: Mapping[str, bytes], first: Mapping[str, Child] | None
) -> Side:
    """Return one scenario as its run says it.

    Parameters
    ----------
    name, key
        See `Side`.
    files
        Content of its run folder by name.
    first
        Children of the run that it is compared with; None for the first itself.
    """
    told = json_of(files, "manifest.json")["scenario"]
    settings = told["settings"]
    return Side(
        name=name,
        title=settings["title"],
        key=key,
        stage=settings["stage"],
        year=settings["year"],
        far_m=settings["limits"]["far_m"],
        changes=tuple(told["changes"]),
        figures=figures_of(files),
        moves=None if first is None else moves_of(first, children_of(files)),
        schools=tuple(
            SchoolRow(
                row["school_id"],
                row["name"],
                tuple(int(row[column]) for column in SCHOOL_COLUMNS),
                row["level"],
            )
            for row in table_of(files, "schools.csv")
        ),
        plan=plan_of(files),
    )


def comparison_tables(comparison: Comparison) -> dict[str, bytes]:
    """Return the content of a comparison's folder by file name, `SHA256SUMS` included."""
    from enroll.report.pages.compare_page import PAGE, compare_page

    sides = comparison.sides
    difference = tuple(f"{column}_difference" for column in SCHOOL_COLUMNS)
    files = {
        "compare.csv": _csv(("scenario", "figure", "value", "difference"), _figure_rows(sides)),
        "compare-schools.csv": _csv(
            ("scenario", "school_id", "name", *SCHOOL_COLUMNS, "level", *difference, *SIZES),
            _school_rows(sides),
        ),
        "moves.csv": _csv(
            ("scenario", "from_school", "to_school", "children"),
            ((side.name, *cell) for side, moves in _moving(sides) for cell in moves.matrix),
        ),
        "moves-by.csv": _csv(("scenario", "by", "value", "children"), _by_rows(sides)),
        "compare-zones.csv": _csv(ZONE_COLUMNS, _zone_rows(sides)),
        "compare.json": json_bytes(_json(comparison), indent=2),
    }
    drawing = plans_json({side.name: side.plan for side in sides})
    if drawing is not None:
        files["compare-map.json"] = drawing
    if comparison.ahead:
        files["compare-years.csv"] = ahead_csv(comparison.ahead)
    files[PAGE] = compare_page(files, comparison.language)
    return {**files, SUMS: seal(files)}


def move_figures(moves: Moves) -> list[tuple[str, int]]:
    """Return the counts of who moves by their names."""
    names = (
        "moved",
        "nearer",
        "farther",
        "siblings_separated",
        "siblings_united",
        "added",
        "gone",
    )
    return [(name, getattr(moves, name)) for name in names]


def school_names(sides: Sequence[Side]) -> dict[str, str]:
    """Return the name of every school of any scenario; that of the earliest counts."""
    return {row.school_id: row.name for side in reversed(sides) for row in side.schools}


def _moving(sides: Sequence[Side]) -> Iterator[tuple[Side, Moves]]:
    return ((side, side.moves) for side in sides if side.moves is not None)


def _figure_rows(sides: Sequence[Side]) -> Iterator[Row]:
    first = dict(sides[0].figures.items())
    for side in sides:
        for name, value in side.figures.items():
            difference = None if side is sides[0] else _difference(value, first[name])
            yield side.name, name, _cell(value), _cell(difference)
        if side.moves is not None:
            for name, count in move_figures(side.moves):
                yield side.name, name, count, ""


def _difference(value: int | None, first: int | None) -> int | None:
    return None if value is None or first is None else value - first


def _cell(value: int | None) -> Cell:
    return "" if value is None else value


def _school_rows(sides: Sequence[Side]) -> Iterator[Row]:
    """Yield every school of the scenario and of the first; what is not there has 0."""
    nothing = (0,) * len(SCHOOL_COLUMNS)
    first = {row.school_id: row for row in sides[0].schools}
    for side in sides:
        own = {row.school_id: row for row in side.schools}
        sizes = {each.school_id: (each.standard, each.limit) for each in side.plan.schools}
        for school_id in sorted({*own, *first}, key=lambda name: name.encode()):
            before, now = first.get(school_id), own.get(school_id)
            shown = now or before
            numbers = now.numbers if now else nothing
            earlier = before.numbers if before else nothing
            differences: tuple[Cell, ...] = ("",) * len(SCHOOL_COLUMNS)
            if side is not sides[0]:
                differences = tuple(new - old for new, old in zip(numbers, earlier, strict=True))
            name, level = shown.name if shown else "", now.level if now else ""
            told = sizes.get(school_id, ("", ""))
            yield side.name, school_id, name, *numbers, level, *differences, *told


def _zone_rows(sides: Sequence[Side]) -> Iterator[Row]:
    for side in sides:
        for zone in side.plan.zones:
            names = side.name, zone.zone_id, zone.name
            yield *names, zone.children, zone.seats, _cell(zone.percent)


def _by_rows(sides: Sequence[Side]) -> Iterator[Row]:
    for side, moves in _moving(sides):
        for by, counts in (("zone", moves.by_zone), ("group", moves.by_group)):
            for value, children in counts:
                yield side.name, by, value, children


def _json(comparison: Comparison) -> JsonValue:
    return {
        "format": RUN_FORMAT,
        "program": {"name": "enroll", "version": __version__},
        "first": comparison.first.name,
        "language": comparison.language,
        "scenarios": [_side_json(side, comparison.first) for side in comparison.sides],
    }


def _side_json(side: Side, first: Side) -> JsonValue:
    figures, before = dict(side.figures.items()), dict(first.figures.items())
    return {
        "name": side.name,
        "title": side.title,
        "key": side.key,
        "stage": side.stage,
        "year": side.year,
        "far_m": side.far_m,
        "changes": list(side.changes),
        "figures": figures,
        "differences": None
        if side is first
        else {name: _difference(value, before[name]) for name, value in figures.items()},
        "moves": None if side.moves is None else _moves_json(side.moves),
    }


def _moves_json(moves: Moves) -> JsonValue:
    return {
        **asdict(moves),
        "matrix": [
            {"from_school": old, "to_school": new, "children": count}
            for old, new, count in moves.matrix
        ],
        "by_zone": dict(moves.by_zone),
        "by_group": dict(moves.by_group),
    }


def _csv(header: Sequence[str], rows: Iterator[Row]) -> bytes:
    listed = list(rows)
    columns = list(zip(*listed, strict=True)) if listed else [()] * len(header)
    return csv_bytes(header, columns)

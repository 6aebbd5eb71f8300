"""The lines of a comparison's tables, each difference with its sign and what it means."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from enroll.notices import translate
from enroll.notices.kinds import N_
from enroll.report.comparison.figures import SCHOOL_COLUMNS
from enroll.report.comparison.view import FIGURES, MOVES, NOWHERE, PRICE_OF
from enroll.report.pages.rows import BAR

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from enroll.notices import Language
    from enroll.report.pages.reading import Record

WANTED = {"placed": 1, "placed_in_zone": 1, "redirected": -1, "unplaced": -1, "above_standard": -1}
WANTED |= dict.fromkeys(("oversized", "very_oversized", "oversized_schools", "declined"), -1)
WANTED |= dict.fromkeys(("mean_m", "median_m", "p95_m", "farthest_m", "beyond_far", "cost"), -1)
"""Which way a figure should go: up, down; those that are not here may go either way."""

_ALWAYS = ("unplaced", "above_standard", "beyond_far")

FILLED = (
    ("closed", N_("no entry class")),
    ("under", N_("up to three quarters of the standard")),
    ("within", N_("up to the standard")),
    ("above", N_("above the standard, up to the limit")),
    ("limit", N_("above the limit")),
)
"""How full the largest class of a school is, emptiest first."""

_NO_ZONE = N_("no zone")


class Comparison(NamedTuple):
    """What the files of a comparison say.

    Parameters
    ----------
    sides
        The scenarios of `compare.json`, each with its letter.
    schools, zones
        Lines of `compare-schools.csv` and `compare-zones.csv` by scenario.
    """

    sides: Sequence[Record]
    schools: Mapping[str, Sequence[Record]]
    zones: Mapping[str, Sequence[Record]]


class Cell(NamedTuple):
    """A figure of one scenario.

    Parameters
    ----------
    value, difference
        The figure, and what it is more than in the first scenario; None where there is none.
    meaning
        `better`, `worse`, `more`, `less`, or "" without a difference.
    bar
        Length of a bar in units of `rows.BAR`.
    """

    value: int | None
    difference: int | None = None
    meaning: str = ""
    bar: int = 0


class Row(NamedTuple):
    """A line: what it is called, its id, and a cell for each scenario."""

    label: str
    id: str
    cells: Sequence[Cell]


class Change(NamedTuple):
    """What a scenario changes at one school."""

    letter: str
    school_id: str
    name: str
    cells: Sequence[Cell]
    level: str
    level_before: str


def compared(values: Sequence[int | None], wanted: int = 0) -> list[Cell]:
    """Return the figures of all scenarios, each beside that of the first."""
    first = values[0]
    cells = [Cell(first)]
    for value in values[1:]:
        apart = None if value is None or first is None else value - first
        cells.append(Cell(value, apart or None, _meaning(apart or 0, wanted)))
    return cells


def _meaning(difference: int, wanted: int) -> str:
    if not difference:
        return ""
    if wanted:
        return "better" if difference * wanted > 0 else "worse"
    return "more" if difference > 0 else "less"


def figure_rows(found: Comparison) -> list[Row]:
    """Return the figures that any scenario has."""
    rows = []
    for name, label in FIGURES.items():
        values = [side["figures"][name] for side in found.sides]
        if any(values) or name in _ALWAYS:
            rows.append(Row(label, name, compared(values, WANTED.get(name, 0))))
    return rows


def zone_rows(found: Comparison) -> list[Row]:
    """Return children per 100 seats of every zone of any scenario."""
    percents = [
        {row["zone_id"]: row["percent"] for row in found.zones.get(side["name"], ())}
        for side in found.sides
    ]
    return [
        Row(name, zone, compared([_number(one.get(zone, "")) for one in percents], -1))
        for zone, name in zone_names(found).items()
    ]


def zone_names(found: Comparison) -> dict[str, str]:
    """Return the name of every zone, its id where it has none; the earliest scenario's counts."""
    sides = reversed(found.sides)
    rows = [row for side in sides for row in found.zones.get(side["name"], ())]
    names = {row["zone_id"]: row["name"] or row["zone_id"] for row in rows}
    return dict(sorted(names.items()))


def school_names(found: Comparison) -> dict[str, str]:
    """Return the name of every school; that of the earliest scenario counts."""
    rows = [row for side in reversed(found.sides) for row in found.schools[side["name"]]]
    return {row["school_id"]: row["name"] for row in rows}


def _number(text: str) -> int | None:
    return int(text) if text else None


def filled_of(row: Record) -> str:
    """Return how full the largest class of a school is, by `FILLED`."""
    largest, standard = int(row["largest_class"]), _number(row["class_standard"])
    if not int(row["classes"]) or standard is None:
        return "closed"
    if largest > (_number(row["class_limit"]) or standard):
        return "limit"
    if largest > standard:
        return "above"
    return "under" if 4 * largest <= 3 * standard else "within"


def classes_rows(found: Comparison) -> list[Row]:
    """Return how many schools are how full, with bars on one scale."""
    counts = [Counter(map(filled_of, found.schools[side["name"]])) for side in found.sides]
    most = max((max(count.values(), default=0) for count in counts), default=0) or 1
    rows = []
    for name, label in FILLED:
        wanted = -1 if name in ("above", "limit") else 0
        cells = compared([count[name] for count in counts], wanted)
        drawn = [cell._replace(bar=-(-BAR * (cell.value or 0) // most)) for cell in cells]
        rows.append(Row(label, name, drawn))
    return rows


def school_changes(found: Comparison) -> list[Change]:
    """Return what each scenario changes at a school, the largest change of places first."""
    levels = {row["school_id"]: row["level"] for row in found.schools[found.sides[0]["name"]]}
    changes = []
    for side in found.sides[1:]:
        for row in found.schools[side["name"]]:
            cells = [_changed(row, name) for name in SCHOOL_COLUMNS]
            before = levels.get(row["school_id"], "")
            if any(cell.difference for cell in cells) or before != row["level"]:
                names = side["letter"], row["school_id"], row["name"]
                changes.append(Change(*names, cells, row["level"], before))
    return sorted(changes, key=_largest_first)


def _changed(row: Record, name: str) -> Cell:
    apart = int(row[f"{name}_difference"])
    return Cell(int(row[name]), apart or None, "more" if apart > 0 else "less" if apart else "")


def _largest_first(change: Change) -> tuple[int, str, str]:
    places = SCHOOL_COLUMNS.index("placed")
    return -abs(change.cells[places].difference or 0), change.school_id, change.letter


def mover_rows(found: Comparison) -> list[Row]:
    """Return who moves against the first scenario, one column for each other one."""
    moves = [side["moves"] for side in found.sides[1:]]
    return [
        Row(label, name, [Cell(move[name]) for move in moves])
        for name, label in MOVES.items()
        if name == "moved" or any(move[name] for move in moves)
    ]


def flow_rows(found: Comparison, most: int, language: Language) -> dict[str, object]:
    """Return the largest moves between two schools, and who moves by zone and by group."""
    moves = [side["moves"] for side in found.sides[1:]]
    pairs = [
        {(one["from_school"], one["to_school"]): one["children"] for one in move["matrix"]}
        for move in moves
    ]
    ordered = _ordered(pairs)
    names = {**school_names(found), "": translate(NOWHERE, language)}
    zones = {**zone_names(found), "": translate(_NO_ZONE, language)}
    flows = [
        (names[old], old, names[new], new, [each.get((old, new), 0) for each in pairs])
        for old, new in ordered[:most]
    ]
    return {
        "flows": flows,
        "flows_left_out": len(ordered) - len(flows),
        "by_zone": _by(moves, "by_zone", lambda zone: zones.get(zone, zone)),
        "by_group": _by(moves, "by_group", lambda group: group),
    }


def _ordered(pairs: Iterable[Mapping[tuple[str, str], int]]) -> list[tuple[str, str]]:
    """Return all moves, those with most children in one scenario first."""
    most: dict[tuple[str, str], int] = {}
    for each in pairs:
        for pair, children in each.items():
            most[pair] = max(children, most.get(pair, 0))
    return sorted(most, key=lambda pair: (-most[pair], pair))


def _by(moves: Sequence[Record], by: str, named: Callable[[str], str]) -> list[Row]:
    values = sorted({value for move in moves for value in move[by]})
    return [
        Row(named(value), value, [Cell(move[by].get(value, 0)) for move in moves])
        for value in values
    ]


def price_rows(found: Comparison, language: Language) -> list[Record]:
    """Return far ways and full classes of every scenario, bars on one scale each."""
    names = ("beyond_far", "above_standard")
    most = {name: max(side["figures"][name] for side in found.sides) or 1 for name in names}
    rows = []
    for side in found.sides:
        figures = side["figures"]
        said = {
            "letter": side["letter"],
            "far": figures["beyond_far"],
            "far_m": side["far_m"],
            "above": figures["above_standard"],
            "classes": figures["classes"],
            "oversized": figures["oversized"],
            "unplaced": figures["unplaced"],
        }
        bars = {name: -(-BAR * figures[name] // most[name]) for name in names}
        rows.append({"side": side, "bars": bars, "words": translate(PRICE_OF, language, said)})
    return rows


def changed_in(side: Record) -> list[tuple[str, str, str]]:
    """Return what a scenario changes: key, old and new in plain letters, "" for nothing.

    The title is shown beside it, and what `[[change]]` lists is there as what it did.
    """
    changes = [(each["key"], _plain(each["old"]), _plain(each["new"])) for each in side["changes"]]
    left = [change for change in changes if change[0] not in ("title", "change")]
    return left or [change for change in changes if change[0] != "title"]


def _plain(value: object) -> str:
    """Return a value of a setting as people write it."""
    if isinstance(value, dict):
        told = ((key, _plain(part)) for key, part in value.items())
        return "; ".join(f"{key} {text}" for key, text in told if text)
    if isinstance(value, list):
        return ", ".join(map(_plain, value))
    return "" if value is None else str(value)

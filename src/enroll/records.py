"""Frozen records and column frames of the domain: what every other room passes around.

A column frame is a frozen dataclass of equally long numpy arrays. Frames are in canonical
order (ascending id, compared as UTF-8 bytes), so no row order of a file can reach a result.
Index columns point into another frame; -1 means "none". All lengths are integers: plane
coordinates in decimetres of the metric CRS, ways in whole metres.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, Protocol

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from collections.abc import Mapping

Ints = npt.NDArray[np.int64]
Metres = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
Texts = npt.NDArray[np.object_]
Days = npt.NDArray[np.datetime64]

NONE = -1
"""No school, no zone, no family, no row: the empty value of every index column."""

SeatLevel = Literal["standard", "limit"]
Goal = Literal["total", "farthest", "fewest_far"]
Review = Literal["passed", "pending", "rejected"]
Status = Literal["placed", "unplaced", "ineligible"]


@dataclass(frozen=True)
class Source:
    """One input file as it was parsed.

    Parameters
    ----------
    role
        The `[files]` key, such as `applicants`.
    name
        File name without its folder: a run never holds a path of a machine.
    sha256
        Of the bytes that were parsed; a Shapefile's parts are hashed one after another.
    encoding
        Of text files, otherwise empty.
    rows
        Number of data rows.
    """

    role: str
    name: str
    sha256: str
    encoding: str
    rows: int


@dataclass(frozen=True)
class Table:
    """A table as read: every cell is text, nothing is interpreted yet.

    Parameters
    ----------
    source
        Where it came from.
    columns
        Header as written (trimmed) to its cells, all of one length; an empty cell is "".
    row
        For each data row its row number in the file, counted from 1 with the header.
    geometry
        shapely geometries, one per row, or None for a plain table; a missing one is None.
    crs
        The file's own coordinate system, such as "EPSG:2263"; empty when it names none.
    """

    source: Source
    columns: Mapping[str, Texts]
    row: Ints
    geometry: Texts | None = None
    crs: str = ""

    def __len__(self) -> int:
        """Return the number of data rows."""
        return len(self.row)


@dataclass(frozen=True)
class Applicants:
    """The children asking for a place, ascending by `applicant_id`; n rows.

    Parameters
    ----------
    applicant_id
        (n,) text, unique.
    row
        (n,) row in the file, for messages only.
    lon, lat
        (n,) coordinates as declared in `[coordinates] applicants` (degrees, or easting and
        northing in metres for a projected system); NaN where missing.
    zone
        (n,) zone index set by hand, or -1.
    group
        (n,) group id given in the file, or "".
    facts
        Further columns that some `when` asks for, as canonical text; "" where empty.
    review
        (n,) one of `passed`, `pending`, `rejected`.
    birth_date, since
        (n,) datetime64[D], NaT where missing.
    sex
        (n,) text, "" where missing.
    points
        (n,) whole points; more is better; 0 where missing.
    sibling_school, placed_school
        (n,) school index or -1.
    family
        (n,) family number or -1; equal numbers belong together.
    choices
        (n, k) school index or -1, best first.
    accepts_redirect
        (n,) yes unless the file says no.
    placed_reason, placed_authority, placed_date
        (n,) text; "" where `placed_school` is -1.
    crs
        Coordinate system of `lon` and `lat`, such as "gcj02", "wgs84" or "EPSG:2263".
    """

    applicant_id: Texts
    row: Ints
    lon: Floats
    lat: Floats
    zone: Ints
    group: Texts
    facts: Mapping[str, Texts]
    review: Texts
    birth_date: Days
    since: Days
    sex: Texts
    points: Ints
    sibling_school: Ints
    family: Ints
    choices: Ints
    accepts_redirect: Flags
    placed_school: Ints
    placed_reason: Texts
    placed_authority: Texts
    placed_date: Texts
    crs: str = "wgs84"

    def __len__(self) -> int:
        """Return the number of applicants."""
        return len(self.applicant_id)


@dataclass(frozen=True)
class Schools:
    """The schools with an entry grade, ascending by `school_id`; m rows.

    Parameters
    ----------
    school_id, name
        (m,) text.
    row
        (m,) row in the file, for messages only.
    lon, lat
        (m,) as declared in `[coordinates] schools`; NaN where missing.
    classes
        (m,) planned entry classes.
    rooms
        (m,) most entry classes that fit; equals `classes` where not given.
    class_standard, class_limit
        (m,) pupils per class, the scenario's `[limits]` where the file says nothing.
    reserved
        (m,) seats held back; `reserved_for` says for what.
    other_grades, leavers
        (m,) pupils in the other grades; last summer's top grade.
    school_limit
        (m,) pupils in all grades.
    sector, kind, setting, area
        (m,) text: public | private; full | village | nine-year | boarding;
        urban | town | rural | ""; free.
    beds
        (m,) boarding places, -1 where not given.
    crs
        Coordinate system of `lon` and `lat`, such as "gcj02", "wgs84" or "EPSG:2263".
    """

    school_id: Texts
    name: Texts
    row: Ints
    lon: Floats
    lat: Floats
    classes: Ints
    rooms: Ints
    class_standard: Ints
    class_limit: Ints
    reserved: Ints
    reserved_for: Texts
    other_grades: Ints
    leavers: Ints
    school_limit: Ints
    sector: Texts
    kind: Texts
    setting: Texts
    area: Texts
    beds: Ints
    crs: str = "wgs84"

    def __len__(self) -> int:
        """Return the number of schools."""
        return len(self.school_id)


@dataclass(frozen=True)
class Zones:
    """Catchment zones, ascending by `zone_id`; z rows.

    Parameters
    ----------
    zone_id, name, area
        (z,) text.
    row
        (z,) row or feature number in the file, for messages only.
    schools
        (z,) tuples of school indices, ascending.
    geometry
        (z,) shapely polygons in `crs`, or None for a table without geometry.
    crs
        Coordinate system of `geometry` or of the anchors, such as "EPSG:4326" or "gcj02".
    lon, lat
        (z,) anchor point in `crs`; NaN where missing.
    """

    zone_id: Texts
    name: Texts
    area: Texts
    row: Ints
    schools: tuple[tuple[int, ...], ...]
    geometry: Texts | None
    crs: str
    lon: Floats
    lat: Floats

    def __len__(self) -> int:
        """Return the number of zones."""
        return len(self.zone_id)


@dataclass(frozen=True)
class TravelMatrix:
    """Ways that were measured elsewhere, as sparse triples in canonical order.

    Parameters
    ----------
    keyed_by
        What `key` indexes: applicants or zones.
    key, school
        (t,) index into the frame named by `keyed_by`, index into the schools; unique pairs.
    metres
        (t,) whole metres as given, before rounding to `round_m`.
    """

    keyed_by: Literal["applicant", "zone"]
    key: Ints
    school: Ints
    metres: Ints


@dataclass(frozen=True)
class Inputs:
    """Everything that was read for one scenario, checked cell by cell.

    Parameters
    ----------
    sources
        The files as parsed, in the order of the `[files]` keys.
    """

    applicants: Applicants
    schools: Schools
    zones: Zones
    travel: TravelMatrix | None
    sources: tuple[Source, ...]


class Ways(Protocol):
    """Ways to school in whole rounded metres (design R4); -1 means not reachable."""

    def rows(self, applicants: Ints) -> Metres:
        """Return (k, m) metres from k applicants to every school."""

    def pairs(self, applicants: Ints, schools: Ints) -> Metres:
        """Return (k,) metres of k applicant-school pairs."""


@dataclass(frozen=True)
class Ground:
    """Where everybody is: zones found and ways measurable.

    Parameters
    ----------
    zone
        (n,) zone index of each applicant, or -1.
    zone_how
        (n,) `given`, `map`, `border` (several zones touch the home) or `none`.
    distance_from
        (n,) `home`, `anchor`, `matrix`, or "" where no way can be measured.
    ways
        Ways from applicants to schools.
    school_point, home_point
        (m, 2) and (n, 2) easting and northing in decimetres of the metric CRS; rows of
        applicants without a point hold 0 (see `distance_from`).
    """

    zone: Ints
    zone_how: Texts
    distance_from: Texts
    ways: Ways
    school_point: Ints
    home_point: Ints


@dataclass(frozen=True)
class Groups:
    """Priority groups, best first.

    Parameters
    ----------
    ids, names
        One entry per group; the implicit `other` is last where somebody fell into it.
    of
        (n,) group number of each applicant.
    condition
        (n,) number of the `[[group]]` entry that took the applicant, -1 for `other`.
    """

    ids: tuple[str, ...]
    names: tuple[str, ...]
    of: Ints
    condition: Ints


@dataclass(frozen=True)
class Draw:
    """The lottery order.

    Parameters
    ----------
    draw_id
        Starts with `test-` for a rehearsal.
    ticket
        (n,) ticket of each applicant; members of a bundle share one.
    rank
        (n,) rank of that ticket from 1; ineligible applicants are counted too.
    """

    draw_id: str
    ticket: Texts
    rank: Ints


@dataclass(frozen=True)
class Ranking:
    """Who may take part and who comes before whom.

    Parameters
    ----------
    ineligible
        (n,) "", `TOO_YOUNG`, `TOO_OLD`, `REVIEW_PENDING` or `REVIEW_REJECTED`.
    groups, draw
        Priority groups and lottery.
    bundle
        (n,) number of the bundle, -1 for a child on its own.
    """

    ineligible: Texts
    groups: Groups
    draw: Draw
    bundle: Ints


@dataclass(frozen=True)
class Seats:
    """Seats of each school at both levels (design R2).

    Parameters
    ----------
    standard, limit
        (m,) seats within class standard and within class limit, reserved seats taken off.
    headroom
        (m,) pupils the school may still take under its school limit.
    """

    standard: Ints
    limit: Ints
    headroom: Ints

    def at(self, level: SeatLevel) -> Ints:
        """Return the (m,) seats at one level."""
        return self.standard if level == "standard" else self.limit


@dataclass(frozen=True)
class Cutoff:
    """One school's line in one zone or choice round where somebody was refused.

    Parameters
    ----------
    key
        The worst ranking key admitted, as integers in the round's order, lottery last;
        empty where nobody was admitted.
    """

    round_id: str
    school: int
    offered: int
    filled: int
    key: tuple[int, ...]


@dataclass(frozen=True)
class Level:
    """One solved level of a redirect round, with the prices that prove it.

    Parameters
    ----------
    what
        `kept`, `placed`, `over`, `farthest`, `far` or `ways`.
    group
        Group number, or -1 where the level is about everybody.
    value
        The value reached: children, seats or metres.
    prices
        (m,) this level's part of each school's price. For `farthest` a (levels, m) table of
        earlier levels' prices that proves no smaller value can be; for every level after
        it a (levels so far, m) table of all prices, found on the ways that are left.
    """

    what: str
    group: int
    value: int
    prices: Ints


@dataclass(frozen=True)
class FamilyPlace:
    """A bundle or a younger sibling placed before the ways were solved (design R8).

    Parameters
    ----------
    kind
        `bundle` or `sibling`.
    applicants
        Applicant indices, ascending.
    school
        School index, or -1 where the family had to be split.
    """

    kind: Literal["bundle", "sibling"]
    applicants: tuple[int, ...]
    school: int


@dataclass(frozen=True)
class Overload:
    """A set of schools with more children who have nowhere else than seats.

    Parameters
    ----------
    schools
        School indices, ascending.
    demand
        Children of the round whose every allowed school is in the set.
    seats
        Seats the set has for the round.
    """

    schools: tuple[int, ...]
    demand: int
    seats: int


@dataclass(frozen=True)
class Certificate:
    """What proves one redirect round.

    Parameters
    ----------
    levels
        In the order in which they were solved.
    families
        Bundles and siblings placed first, in the order of the rule.
    family_cost
        Metres per group that the families' places cost the ways, by group number.
    overloads
        One witness per connected part, ascending by first school.
    counted
        Where families took places: the levels that count places, of the whole round, whose
        prices prove that the families cost nobody a place.
    """

    round_id: str
    levels: tuple[Level, ...]
    families: tuple[FamilyPlace, ...] = ()
    family_cost: Mapping[int, int] = field(default_factory=dict)
    overloads: tuple[Overload, ...] = ()
    counted: tuple[Level, ...] = ()


@dataclass(frozen=True)
class Placement:
    """The result: each applicant exactly once.

    Parameters
    ----------
    school
        (n,) school index or -1.
    round
        (n,) round number (index into `round_ids`) of the place, or -1.
    reason
        (n,) `FIXED ZONE CHOICE REDIRECT` for the placed, `NO_SEAT NO_SCHOOL_IN_REACH
        DECLINED` for the unplaced, `TOO_YOUNG TOO_OLD REVIEW_PENDING REVIEW_REJECTED` for the
        rest.
    metres
        (n,) way to the school placed at, -1 where there is none.
    round_ids
        Round ids in order.
    cutoffs, certificates
        One per school refused at, one per redirect round.
    """

    school: Ints
    round: Ints
    reason: Texts
    metres: Ints
    round_ids: tuple[str, ...]
    cutoffs: tuple[Cutoff, ...]
    certificates: tuple[Certificate, ...]
    passed_over: tuple[tuple[str, int, int], ...] = ()
    """Bundles passed over at a last seat: (round id, school index, bundle number)."""
    history: tuple[Ints, ...] = ()
    """(n,) school index or -1 of each child after each round, in the order of `round_ids`."""


@dataclass(frozen=True)
class ClassPlan:
    """Classes each school opens for the children it takes (design R11).

    Parameters
    ----------
    pupils
        (m,) placed and reserved.
    classes
        (m,) classes opened, at most those planned.
    smallest, largest
        (m,) class sizes; they differ by at most 1; 0 where no class opens.
    proposed
        (m,) classes that would be needed to keep within the standard, at most `rooms`.
    """

    pupils: Ints
    classes: Ints
    smallest: Ints
    largest: Ints
    proposed: Ints


JsonValue = Any
"""What `json` can write: nested dictionaries with text keys, lists, text, integers, bool."""

"""Where everybody is, who comes before whom, and how many seats there are."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from enroll.records.kinds import Ints, Metres, SeatLevel, Texts


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
class Committed:
    """What binds a draw: the public files that fix it, and the salts of its records.

    Parameters
    ----------
    files
        `roll.txt`, `rules.json`, `commit.txt`, `sources.txt` and `order.csv`, by name.
    salts
        32 secret bytes by ticket.
    """

    files: Mapping[str, bytes] = field(repr=False)
    salts: Mapping[str, bytes] = field(repr=False)


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
    committed
        What a committed draw was made from; None where a plain seed was used.
    """

    draw_id: str
    ticket: Texts
    rank: Ints
    committed: Committed | None = None

    @property
    def rehearsal(self) -> bool:
        """Whether the draw decides nothing: its name begins with `test-`."""
        return self.draw_id.startswith("test-")


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
    other_entry
        (m,) entrants of the other stage whom the headroom leaves out already; None for nobody.
    """

    standard: Ints
    limit: Ints
    headroom: Ints
    other_entry: Ints | None = None

    def at(self, level: SeatLevel) -> Ints:
        """Return the (m,) seats at one level."""
        return self.standard if level == "standard" else self.limit

"""What a zone round settles whatever the lottery says, and what is left to it.

Two facts are found by turns until neither grows. A unit is *sure* of a school if all who
might ever ask there and do not rank below it, ties included, fit its seats together. A school
*never* takes a unit if those who are bound to ask there and rank above it, ties left out,
fill its seats. A unit might ask a school if it is sure of none before it; it is bound to ask
if every school before it never takes it. Nothing here looks at a lottery rank, so the facts
hold under every lottery.

Units that are sure of the first school that might take them are seated for good: those who
rank above them at the school are seated there too, and for those below a seat less is left.
Proposals that are never taken are left out: a school that refuses a unit in the end takes the
same others without having been asked. So the rest of the round is the same round with fewer
units and fewer seats.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from enroll.allocate.acceptance import Capacity, Proposals
    from enroll.records import Flags, Ints


@dataclass(frozen=True)
class Settled:
    """The facts of one round.

    Parameters
    ----------
    held
        (u,) the proposal each unit ends with under every lottery, -1 where there is none.
    open
        (u,) whether the lottery may decide something for the unit.
    never
        (p,) proposals that no lottery makes come true; of those that are not never, some
        may have been passed over too.
    """

    held: Ints
    open: Flags
    never: Flags


def settle(proposals: Proposals, tie: Ints, capacity: Capacity, *, skipping: bool) -> Settled:
    """Return what no lottery changes.

    Parameters
    ----------
    proposals
        As for `accept`; its ranks are not looked at.
    tie
        (p,) number of each proposal's class of equals, ascending from the best; classes of
        different schools differ.
    skipping
        Whether bundles too large for the last seats are passed over. The schools that such
        a bundle can reach, by way of others' proposals too, are left to the lottery as a
        whole unless every unit there is sure: the order of proposals matters there.
    """
    unit = np.repeat(np.arange(len(proposals.size)), np.diff(proposals.start))
    size = proposals.size[unit]
    seats = np.minimum(capacity.seats, capacity.limit)
    counted = np.where(size == 1, 1, 0) if skipping else size
    sure = np.zeros(len(unit), dtype=bool)
    never = np.zeros(len(unit), dtype=bool)
    while True:
        might = _all_before(~sure, proposals)
        bound = _all_before(never, proposals)
        upto, _ = _totals(tie, proposals.school, np.where(might, size, 0))
        _, above = _totals(tie, proposals.school, np.where(bound, counted, 0))
        now_sure = upto <= seats[proposals.school]
        now_never = above >= capacity.seats[proposals.school]
        if (now_sure == sure).all() and (now_never == never).all():
            break
        sure, never = now_sure, now_never
    held = np.full(len(proposals.size), -1, dtype=np.int64)
    seated = np.flatnonzero(sure & bound & ~never)
    held[unit[seated]] = seated
    out = np.logical_and.reduceat(never, proposals.start[:-1]) if len(unit) else never
    open_units = (held < 0) & ~np.asarray(out)
    if skipping:
        _leave_to_lottery(proposals, unit, held, open_units, never)
    return Settled(held, open_units, never | ~might)


def _all_before(flags: Flags, proposals: Proposals) -> Flags:
    """Return (p,) whether a flag holds for all earlier proposals of the same unit."""
    wrong: Ints = np.cumsum(~flags) - ~flags
    at_start: Ints = np.repeat(wrong[proposals.start[:-1]], np.diff(proposals.start))
    return np.asarray(wrong == at_start)


def _totals(tie: Ints, school: Ints, size: Ints) -> tuple[Ints, Ints]:
    """Return (p,) totals of size at the same school, in classes up to and above one's own."""
    classes = int(tie.max(initial=-1)) + 1
    of_class = np.bincount(tie, weights=size, minlength=classes).astype(np.int64)
    upto = np.cumsum(of_class)
    above = upto - of_class
    first = np.full(int(school.max(initial=-1)) + 1, classes)
    np.minimum.at(first, school, tie)
    start = above[first[school]] if len(tie) else above
    return upto[tie] - start, above[tie] - start


def _leave_to_lottery(
    proposals: Proposals, unit: Ints, held: Ints, open_units: Flags, never: Flags
) -> None:
    """Settle nothing at schools that a bundle can reach, unless everybody there is seated."""
    group = _connected(unit, proposals.school)
    loose = np.zeros(int(group.max(initial=-1)) + 1, dtype=bool)
    with_bundle, with_open = loose.copy(), loose.copy()
    with_bundle[group[proposals.size[unit] > 1]] = True
    with_open[group[held[unit] < 0]] = True
    left = (with_bundle & with_open)[group]
    held[unit[left]] = -1
    open_units[unit[left]] = True
    never[left] = False


def _connected(unit: Ints, school: Ints) -> Ints:
    """Return (p,) the smallest school that a proposal's school is linked with by units."""
    label = np.arange(int(school.max(initial=-1)) + 1)
    while True:
        of_unit = np.full(int(unit.max(initial=-1)) + 1, len(label))
        np.minimum.at(of_unit, unit, label[school])
        lower = label.copy()
        np.minimum.at(lower, school, of_unit[unit])
        if (lower == label).all():
            return np.asarray(label[school])
        label = lower

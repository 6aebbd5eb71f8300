"""What children can have, in the currency of prices: costs and prices as tuples, in one number.

At a level, a way costs its metres (or 1 if it is far) to the child's own group, and staying
out costs 1 where the child counts. Levels are compared from the first to the last, so what a
child would pay at a school is a tuple: cost plus price, level by level. Only one level has
the child's own metres in it. The tuple before that level and the tuple after it depend on
the school alone; numbering them in order makes the whole tuple a single integer.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enroll.verify.case import Flags, Ints, Level, Metres

_WORD = 2**62
_LONGEST = 2**31


@dataclass(frozen=True)
class Scale:
    """Tuples as integers, for the children of one group.

    Parameters
    ----------
    near, far
        (m,) what a school costs without the metres: where the way is not far, and where it is.
    per_metre
        What a metre adds; 0 where no level has this group's metres in it.
    out, out_kept
        What staying out costs; the same for a child that holds a place.
    far_m
        Longer ways are far, or None where no level asks.
    """

    near: Ints
    far: Ints
    per_metre: int
    out: int
    out_kept: int
    far_m: int | None

    @property
    def flat(self) -> bool:
        """Whether a school costs the same from everywhere."""
        return not self.per_metre and self.far_m is None

    def cost(self, ways: Metres) -> Ints:
        """Return (k, m) what k children would pay at every school, allowed or not."""
        if self.flat:
            return np.broadcast_to(self.near, ways.shape)
        cost: Ints = ways.astype(self.near.dtype)
        cost *= self.per_metre
        cost += self.near
        if self.far_m is not None:
            cost += (ways > self.far_m) * (self.far - self.near)
        return cost

    def cost_at(self, ways: Metres, place: Ints, kept: Flags) -> Ints:
        """Return (k,) what k children pay at their places, m for staying out."""
        placed = place < len(self.near)
        school = np.where(placed, place, 0)
        far = placed & (self.far_m is not None) & (ways > (self.far_m or 0))
        at_school = np.where(far, self.far[school], self.near[school])
        at_school = at_school + np.where(placed, ways, 0).astype(self.near.dtype) * self.per_metre
        cost: Ints = np.where(placed, at_school, np.where(kept, self.out_kept, self.out))
        return cost


def make_scale(levels: Sequence[Level], prices: Ints, group: int, far_m: int) -> Scale:
    """Return the scale of one group.

    Parameters
    ----------
    levels, prices
        Levels without `farthest`, and their (levels, m) prices.
    """
    metres = _level(levels, "ways", group)
    far = _level(levels, "far", group)
    # Without a level of its own, everything is in the tuple before it.
    head = (
        len(levels)
        if far is None and metres is None
        else min(each for each in (far, metres) if each is not None)
    )
    out, kept = (
        _out_costs(levels[:head], group, keeps=False),
        _out_costs(levels[:head], group, keeps=True),
    )
    before = prices[:head].T.tolist()
    of_far = prices[far].tolist() if far is not None else [0] * prices.shape[1]
    tuples = [
        *([*row, price] for row, price in zip(before, of_far, strict=True)),
        *([*row, price + 1] for row, price in zip(before, of_far, strict=True)),
        [*out, 0],
        [*kept, 0],
    ]
    number = _numbered(tuples)
    if metres is None:
        return _scale(number, 0, None if far is None else far_m, prices.shape[1])
    after = _numbered([*prices[metres + 1 :].T.tolist(), [0] * (len(levels) - metres - 1)])
    middle = [*prices[metres].tolist(), 0]
    least, per_metre = min(middle), max(after) + 1
    span = (max(middle) - least + _LONGEST) * per_metre
    whole = [
        before * span + (middle[at] - least) * per_metre + after[at]
        for before, at in zip(number, _positions(prices.shape[1]), strict=True)
    ]
    return _scale(whole, per_metre, None if far is None else far_m, prices.shape[1])


def _scale(number: list[int], per_metre: int, far_m: int | None, schools: int) -> Scale:
    small = max(number) + per_metre * _LONGEST < _WORD
    # Prices of an honest proof are small; of a forged one they may be anything.
    whole = np.array(number, dtype=np.int64 if small else object)
    return Scale(
        near=whole[:schools],
        far=whole[schools : 2 * schools],
        per_metre=per_metre,
        out=number[-2],
        out_kept=number[-1],
        far_m=far_m,
    )


def _positions(schools: int) -> list[int]:
    """Return the school of each numbered tuple; m stands for staying out."""
    return [*range(schools), *range(schools), schools, schools]


def _numbered(tuples: list[list[int]]) -> list[int]:
    order = {each: number for number, each in enumerate(sorted(set(map(tuple, tuples))))}
    return [order[tuple(each)] for each in tuples]


def _level(levels: Sequence[Level], what: str, group: int) -> int | None:
    found = [at for at, level in enumerate(levels) if (level.what, level.group) == (what, group)]
    return found[0] if found else None


def _out_costs(levels: Sequence[Level], group: int, *, keeps: bool) -> list[int]:
    """Return what staying out costs at each level."""
    return [
        int(keeps) if level.what == "kept" else int((level.what, level.group) == ("placed", group))
        for level in levels
    ]

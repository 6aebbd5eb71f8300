"""Seeded chance that gives the same digits on every machine.

Only the raw uniform stream of PCG64 is used. The distributions of numpy may change between its
versions, and logarithms and cosines differ in the last bit between processors; a bell curve from
a sum of twelve uniforms does neither, and it has no wild tails.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

SEED = 20260901
Item = TypeVar("Item")


class Chance:
    """One stream of chance for one purpose, so that a change in one part leaves the others.

    Parameters
    ----------
    purpose
        Any words; equal words give equal streams.
    """

    def __init__(self, purpose: str) -> None:
        entropy = np.random.SeedSequence([SEED, *purpose.encode()])
        self._generator = np.random.Generator(np.random.PCG64(entropy))

    def between(self, low: float, high: float) -> float:
        """Return a number from `low` up to, not including, `high`."""
        return low + (high - low) * float(self._generator.random())

    def whole(self, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`, both included."""
        return low + int(self.between(0.0, float(high - low + 1)))

    def bell(self) -> float:
        """Return a number of mean 0 and deviation 1, never beyond 6."""
        return float(self._generator.random(12).sum()) - 6.0

    def happens(self, share: float) -> bool:
        """Return true in `share` (0 to 1) of the cases."""
        return self.between(0.0, 1.0) < share

    def pick(self, items: Sequence[Item], weights: Sequence[float] | None = None) -> Item:
        """Return one item, by weight where weights are given."""
        if weights is None:
            return items[self.whole(0, len(items) - 1)]
        mark = self.between(0.0, sum(weights))
        for item, weight in zip(items, weights, strict=True):
            mark -= weight
            if mark < 0:
                return item
        return items[-1]

    def shuffled(self, items: Sequence[Item]) -> list[Item]:
        """Return the items in a random order."""
        keys = self._generator.random(len(items))
        return [items[i] for i in np.argsort(keys, kind="stable")]

"""Seeded chance from a raw stream of 64-bit words, which no library version changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from enroll.records import Ints

Words = Callable[[int], npt.NDArray[np.uint64]]
"""Returns the next so many words of a stream, such as `PCG64(seed).random_raw`."""

_SHIFT = np.uint64(33)
_TOP = np.uint64(31)


def numbers_below(words: Words, bound: int, shape: tuple[int, ...]) -> Ints:
    """Return random whole numbers from 0 to `bound` - 1, each as likely as the next.

    The upper 31 bits of a word are scaled, in whole numbers alone; with fewer than a million
    possibilities one is more likely than another by less than 1 in 2,000.
    """
    raw = words(int(np.prod(shape))) >> _SHIFT
    return ((raw * np.uint64(bound)) >> _TOP).astype(np.int64).reshape(shape)

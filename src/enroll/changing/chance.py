"""Chance that is the same on every machine: a number for every name, under the scenario's seed."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterable

    from enroll.records import Floats, Ints
    from enroll.scenario.schema import Scenario

_PREFIX = b"ENROLL-CHANGE\0"
_NO_SEED = "0" * 64


def seed_of(settings: Scenario) -> bytes:
    """Return the 32 bytes under which changes are drawn: the seed of the rehearsal."""
    return bytes.fromhex(settings.lottery.seed or _NO_SEED)


def order_of_names(seed: bytes, what: str, names: Iterable[str]) -> Ints:
    """Return the order of names by their keys: one that comes or goes moves no two others.

    Parameters
    ----------
    what
        Keeps the orders for different purposes apart.
    names
        No two alike.
    """
    keys = [(_digest(seed, what, name), name) for name in names]
    return np.array(sorted(range(len(keys)), key=keys.__getitem__), dtype=np.int64)


def pair_for(seed: bytes, what: str, name: str) -> Floats:
    """Return two numbers from 0 to 1 for a name."""
    words = np.frombuffer(_digest(seed, what, name)[:16], dtype=">u8").astype(np.uint64)
    # 53 bits are what a float holds, so that 1 itself never comes out.
    return (words >> np.uint64(11)).astype(np.float64) / 2.0**53


def _digest(seed: bytes, what: str, name: str) -> bytes:
    return hmac.digest(seed, _PREFIX + what.encode() + b"\0" + name.encode(), "sha256")

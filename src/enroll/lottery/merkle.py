"""Merkle trees as RFC 6962 hashes them: one root for all leaves, one short path for each.

A tree over n leaves splits at the largest power of two below n. Built from the bottom that
means: neighbours are paired, and a last node without a neighbour moves up as it is.
"""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

Path = tuple[bytes, ...]
"""Hashes of the neighbours from a leaf upward; a level without a neighbour has none."""


def leaf_hash(content: bytes) -> bytes:
    """Return the hash of a leaf: 32 bytes."""
    return sha256(b"\0" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of an inner node from those of its two children."""
    return sha256(b"\1" + left + right).digest()


def root_of(leaves: Sequence[bytes]) -> bytes:
    """Return the root over hashed leaves, in their order; of no leaf, the hash of nothing."""
    return _levels(leaves)[-1][0] if leaves else sha256(b"").digest()


def paths_of(leaves: Sequence[bytes]) -> list[Path]:
    """Return the path of every hashed leaf, in the order of the leaves."""
    levels = _levels(leaves)[:-1] if leaves else []
    return [_path(levels, index) for index in range(len(leaves))]


def root_from(leaf: bytes, index: int, count: int, path: Sequence[bytes]) -> bytes | None:
    """Return the root that one leaf and its path lead to, or None where they fit no tree.

    Parameters
    ----------
    leaf
        Hash of the leaf.
    index, count
        Its place, from 0, and the number of leaves.
    path
        The neighbours, from the leaf upward.
    """
    if not 0 <= index < count:
        return None
    here, remaining = leaf, list(path)
    while count > 1:
        if index ^ 1 < count:
            if not remaining:
                return None
            other = remaining.pop(0)
            here = node_hash(other, here) if index % 2 else node_hash(here, other)
        index, count = index // 2, (count + 1) // 2
    return None if remaining else here


def _levels(leaves: Sequence[bytes]) -> list[Sequence[bytes]]:
    """Return the hashes of each level, the leaves first, the root last."""
    levels = [leaves]
    while len(levels[-1]) > 1:
        below = levels[-1]
        above = [node_hash(below[at], below[at + 1]) for at in range(0, len(below) - 1, 2)]
        levels.append([*above, *below[len(below) - len(below) % 2 :]])
    return levels


def _path(levels: Sequence[Sequence[bytes]], index: int) -> Path:
    path = []
    for level in levels:
        if index ^ 1 < len(level):
            path.append(level[index ^ 1])
        index //= 2
    return tuple(path)

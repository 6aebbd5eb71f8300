"""Tickets and salts of a draw that are the same each time, where a test does not ask for chance."""

from __future__ import annotations

from contextlib import contextmanager
from random import Random
from types import SimpleNamespace
from typing import TYPE_CHECKING
from unittest.mock import patch

from enroll.office import freezing

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def steady(seed: int = 1) -> Iterator[None]:
    """Let a freeze take its tickets and salts from a seed."""
    dice = Random(seed)  # noqa: S311 - nothing is drawn for anybody
    with patch.object(
        freezing, "secrets", SimpleNamespace(choice=dice.choice, token_bytes=dice.randbytes)
    ):
        yield

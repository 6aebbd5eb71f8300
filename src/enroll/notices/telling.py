"""How a job says what it is doing."""

from __future__ import annotations

from collections.abc import Callable

Tell = Callable[[str], None]
"""Takes a sentence to translate, to say what is being done; for a progress display."""


def silent(_: str) -> None:
    """Tell nobody."""

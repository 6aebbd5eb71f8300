"""The same rounds under many lotteries, with all that no lottery changes worked out once."""

from __future__ import annotations

from enroll.allocate.redraw.lotteries import Lotteries

__all__ = ["Lotteries"]

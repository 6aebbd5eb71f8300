"""The lottery: tickets, commitment, seed and one order that anyone can recompute (ALLOT1)."""

from __future__ import annotations

from enroll.lottery.ranks import ONE_DRAW_FOR_ALL, draw, rank_key, rank_tickets

__all__ = ["ONE_DRAW_FOR_ALL", "draw", "rank_key", "rank_tickets"]

"""Coded messages in two languages from one catalogue."""

from __future__ import annotations

from enroll.notices.catalogue import KINDS, level_of, message_of, remedy_of
from enroll.notices.kinds import LEVELS, Kind, Level, Notice, Phrase, Problem
from enroll.notices.language import Language, translate
from enroll.notices.masking import mask, mask_id, mask_word

__all__ = [
    "KINDS",
    "LEVELS",
    "Kind",
    "Language",
    "Level",
    "Notice",
    "Phrase",
    "Problem",
    "level_of",
    "mask",
    "mask_id",
    "mask_word",
    "message_of",
    "remedy_of",
    "translate",
]

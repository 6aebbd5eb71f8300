"""What the terminal shows of lists: how many children stand on each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table

from enroll.notices import about_lists as say
from enroll.notices import formats, translate
from enroll.report.screen import words

if TYPE_CHECKING:
    from rich.console import RenderableType

    from enroll.notices import Language
    from enroll.report.lists.making import Listing


def lists_view(lists: Listing, language: Language) -> RenderableType:
    """Return the lists of a run for a console; no child is named."""
    table = Table.grid(padding=(0, 1))
    table.add_column()
    table.add_column(justify="right")
    for title, count in {**lists.on_lists, say.SCHOOL_LISTS: lists.schools}.items():
        table.add_row(words(translate(title, language)), words(formats.number(count)))
    told = [say.REHEARSAL] if lists.rehearsal else []
    told += [] if lists.names else [say.CODES_ONLY]
    return Group(*(words(translate(text, language), "yellow") for text in told), table)

"""What the terminal shows of a public edition: counts, and how much is hidden."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table

from enroll.notices import about_publication as say
from enroll.notices import translate
from enroll.report.screen import words

if TYPE_CHECKING:
    from rich.console import RenderableType

    from enroll.notices import Language
    from enroll.report.publication.edition import Site


def site_view(site: Site, language: Language) -> RenderableType:
    """Return a public edition for a console."""
    table = Table.grid(padding=(0, 1))
    table.add_column()
    table.add_column(justify="right")
    counted = {
        say.TICKETS: site.children,
        say.HIDDEN: site.hidden,
        say.WITHOUT_HOW: site.without_how,
        say.FILES: len(site.files),
    }
    for title, count in counted.items():
        table.add_row(words(translate(title, language)), words(f"{count:,}"))
    told = [say.REHEARSAL] if site.rehearsal else []
    return Group(*(words(translate(text, language), "yellow") for text in told), table)

"""A run's map on the command line: as a picture, and in other formats."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from enroll.cli.screen import ending, language_option, show_path, working

if TYPE_CHECKING:
    from enroll.notices import Language
    from enroll.report.layers.exporting import Format


@click.command("map")
@click.argument("run", type=click.Path(path_type=Path))
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Picture to write, .png, .svg or .pdf; default: RUN-map.png beside the run.",
)
@language_option
def draw(run: Path, output: Path | None, language: Language | None) -> None:
    """Draw RUN as a picture: zones, schools, redirects, legend.

    Zones are coloured by children against seats, schools sized by classes and ringed by their
    worst notice. It shows no child and no home; redirects of few children make it one for
    the office. The same run gives the same bytes on the same machine.
    """
    from enroll.auditing import language_of_run
    from enroll.notices import about_commands as say
    from enroll.office import mapping

    spoken = language_of_run(run, language)
    with ending(spoken):
        with working(spoken, say.DRAWING):
            place = mapping.write_map(run, output or _beside(run, "-map.png"), spoken)
        show_path(place)


@click.command()
@click.argument("run", type=click.Path(path_type=Path))
@click.option(
    "--format",
    "kind",
    type=click.Choice(["gpkg", "parquet", "geojson"]),
    default="gpkg",
    show_default=True,
    help="gpkg: one file; parquet: layers and tables; geojson: layers.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="File (gpkg) or folder to write; default: beside the run, after its name.",
)
@language_option
def export(run: Path, kind: Format, output: Path | None, language: Language | None) -> None:
    """Write the layers and tables of RUN in another format.

    Made from the files of RUN alone. It holds who sits where: it is for the office.
    """
    from enroll.auditing import language_of_run
    from enroll.notices import about_commands as say
    from enroll.office import mapping

    spoken = language_of_run(run, language)
    ends = {"gpkg": "-export.gpkg", "parquet": "-parquet", "geojson": "-geojson"}
    with ending(spoken):
        with working(spoken, say.EXPORTING):
            place = mapping.export(run, output or _beside(run, ends[kind]), kind, spoken)
        show_path(place)


def _beside(run: Path, end: str) -> Path:
    folder = run.resolve()
    return folder.with_name(f"{folder.name}{end}")

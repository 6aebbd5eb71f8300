"""Options of the commands that share their work among processes or machines."""

from __future__ import annotations

import click

workers_option = click.option(
    "--workers",
    type=click.IntRange(min=1),
    metavar="N",
    help="Local processes; default: one per processor. The result does not depend on it.",
)

scheduler_option = click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="Run on the Dask cluster of this scheduler, such as tcp://127.0.0.1:8786.",
)

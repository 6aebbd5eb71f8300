"""From a scenario's files to a run: new, check and allocate."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from enroll.errors import InputError, UsageError, assert_lawful
from enroll.notices import Problem, level_of
from enroll.notices.kinds import N_
from enroll.notices.telling import silent
from enroll.office.found import notices_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import geopandas
    import pandas as pd

    from enroll.notices import Language
    from enroll.notices.telling import Tell
    from enroll.records import Ground, Inputs, Ranking, Seats
    from enroll.report import Results, Summary
    from enroll.scenario import LoadedScenario


READING = N_("Reading the tables")
LOCATING = N_("Finding zones and ways")
PLACING = N_("Placing the children")
CHECKING = N_("Checking the result against the rules")
WATCHING = N_("Looking for bottlenecks")
WRITING = N_("Preparing the files of the run")


@dataclass(frozen=True)
class Prepared:
    """Inputs that were read, located, ranked and checked.

    Parameters
    ----------
    problems
        What was found and does not stop an allocation.
    """

    inputs: Inputs
    ground: Ground
    ranking: Ranking
    seats: Seats
    problems: Sequence[Problem]


@dataclass(frozen=True)
class Made:
    """What a run was made from, for those who show it.

    Parameters
    ----------
    results, summary
        The allocation and its figures.
    problems
        What was found in the inputs and did not stop the allocation.
    """

    results: Results
    summary: Summary
    problems: Sequence[Problem]

    def status(self, *, strict: bool) -> int:
        """Return the exit status: 1 if a red notice stands and the user is strict, else 0."""
        return int(strict and any(level_of(each) == "red" for each in self.results.notices))


@dataclass(frozen=True, repr=False)
class Run:
    """A finished allocation as the content of its folder.

    Parameters
    ----------
    files
        Content by file name, `SHA256SUMS` included.
    made
        What the files were made from; None for a run that was read back.
    """

    files: Mapping[str, bytes]
    made: Made | None = None

    def write(self, folder: str | Path, *, overwrite: bool = False) -> Path | None:
        """Write the run folder, complete or not at all.

        Parameters
        ----------
        folder
            Where the run goes; it must not exist unless `overwrite` is given.
        overwrite
            Keep an earlier run beside it as `NAME.1` and so on.

        Returns
        -------
        Path or None
            Where the earlier run is kept now.

        Raises
        ------
        UsageError
            If the folder cannot be written or exists.
        InputError
            If `overwrite` is given under a committed draw.
        """
        from enroll.report import write_run

        if overwrite and self.made is not None:
            refuse_overwrite(self.made.results.scenario)
        return write_run(Path(folder), self.files, overwrite=overwrite)

    def table(self, name: str) -> pd.DataFrame:
        """Return one of the run's CSV files, such as "allocation", with all cells as text."""
        from io import BytesIO

        import pandas as pd

        content = BytesIO(self.files[f"{name}.csv"])
        return pd.read_csv(content, dtype=str, keep_default_na=False)

    def zones(self) -> geopandas.GeoDataFrame:
        """Return the zones with their figures as a map in WGS 84, to plot or to join.

        Raises
        ------
        UsageError
            If the run was read back: its folder holds no outlines.
        """
        from enroll.report import zone_map

        if self.made is None:
            raise UsageError("The zones are known while a run is made, not when it is read back.")
        return zone_map(self.made.results)

    def __repr__(self) -> str:
        """Return title and figures in one line; the files hold children and are not shown."""
        from enroll.report.cards import run_line

        return f"<{run_line(self.files)}>"

    def _repr_html_(self) -> str | None:
        """Return what a notebook shows: title, headline figures and the worst notices."""
        from enroll.report.cards import run_card

        return run_card(self.files)


def prepare(
    scenario: LoadedScenario, tell: Tell = silent, *, with_draw: bool = True
) -> tuple[Prepared | None, list[Problem]]:
    """Read, locate, rank and check the inputs of a scenario.

    Parameters
    ----------
    with_draw
        Rank by the committed draw that the scenario names; without it, as in a rehearsal.

    Returns
    -------
    What was prepared, or None where something stops an allocation; and every problem.
    """
    from enroll.allocate import count_seats
    from enroll.changing import try_changes
    from enroll.checks import holding, inspect
    from enroll.geo import survey
    from enroll.office.adoption import adopt_draw
    from enroll.priority import rank
    from enroll.report import read_other_stage
    from enroll.tables import read_inputs

    settings = scenario.settings
    tell(READING)
    reading = try_changes(scenario, read_inputs(scenario))
    inputs, other_entry, found = read_other_stage(scenario, reading.inputs)
    problems = [*reading.problems, *found]
    tell(LOCATING)
    ground, found = survey(inputs, settings)
    problems += holding(found, reading)
    if ground is None:
        return None, problems
    readable = not status_of(problems)
    ranking = rank(inputs, ground, settings)
    seats = count_seats(inputs.schools, other_entry)
    problems += holding(inspect(inputs, ground, ranking, seats, settings), reading)
    if with_draw and settings.lottery.draw is not None and readable:
        ranking, found = adopt_draw(scenario, inputs, ground, ranking, seats)
        problems += found
    if status_of(problems):
        return None, problems
    return Prepared(inputs, ground, ranking, seats, problems), problems


def check(path: str | Path, tell: Tell = silent) -> list[Problem]:
    """Return every problem of a scenario and of all its files, in one pass.

    Parameters
    ----------
    path
        The scenario file.
    """
    from enroll.scenario import load

    try:
        scenario = load(path)
    except InputError as error:
        return list(error.problems)
    return prepare(scenario, tell)[1]


def allocate(
    scenario: LoadedScenario,
    tell: Tell = silent,
    language: Language | None = None,
    *,
    tables_only: bool = False,
) -> Run:
    """Run an allocation from a scenario's files to a run that is ready to be written.

    Parameters
    ----------
    scenario
        As loaded; its files are read now.
    language
        Of the sentences in `warnings.csv` and of the names on the map; default: the scenario's.
    tables_only
        Leave out what is there for people to look at, `map.gpkg`.

    Raises
    ------
    InputError
        With every problem of the input, if one of them is blocking.
    UnlawfulError
        If the result breaks a rule: a bug in enroll.
    """
    from enroll.allocate import run_rounds
    from enroll.allocate.evidence import evidence_of
    from enroll.classes import plan_classes
    from enroll.report import Results, run_tables, summarise
    from enroll.verify import Case, breaches
    from enroll.watch import indicators, watch

    settings = scenario.settings
    ready, problems = prepare(scenario, tell)
    if ready is None:
        raise InputError(problems)
    tell(PLACING)
    inputs, ground, ranking, seats = ready.inputs, ready.ground, ready.ranking, ready.seats
    placement = run_rounds(inputs, ground, ranking, seats, settings)
    plan = plan_classes(placement.school, inputs.schools)
    tell(CHECKING)
    evidence = evidence_of(inputs, ground, ranking, seats, placement, plan, settings)
    assert_lawful(breaches(Case.of(evidence)))
    tell(WATCHING)
    notices = [
        *watch(inputs, ground, ranking, seats, placement, plan, settings),
        *notices_of(problems),
    ]
    figures = indicators(inputs, ground, ranking, placement, plan, settings)
    results = Results(scenario, inputs, ground, ranking, seats, placement, plan, notices, figures)
    tell(WRITING)
    summary = summarise(results)
    spoken = language or settings.language
    files = run_tables(results, summary, spoken, tables_only=tables_only)
    return Run(files, Made(results, summary, problems))


def allocate_to(
    path: str | Path,
    folder: str | Path | None = None,
    *,
    overwrite: bool = False,
    tables_only: bool = False,
    language: Language = "en",
    tell: Tell = silent,
    operator: str = "",
) -> tuple[Made, Path]:
    """Allocate the places of a scenario file and write the run folder.

    Parameters
    ----------
    path
        The scenario file.
    folder
        The run folder; default: `runs/NAME` after the scenario file.
    overwrite
        Keep an earlier run beside it.
    tables_only
        Leave out what is there for people to look at.
    language
        Of every sentence.
    operator
        Who does it, for the log beside the scenario.

    Returns
    -------
    What the run was made from, and the folder it was written to.

    Raises
    ------
    InputError
        If the input has a blocking problem.
    UsageError
        If the folder cannot be written or exists.
    """
    from enroll.office.adoption import log_run
    from enroll.office.log import checked_operator
    from enroll.report import refuse_target, write_run
    from enroll.scenario import load

    scenario = load(path)
    target = Path("runs", scenario.name) if folder is None else Path(folder)
    checked_operator(operator)
    if overwrite:
        refuse_overwrite(scenario)
    refuse_target(target, overwrite=overwrite, language=language)
    run = allocate(scenario, tell, language, tables_only=tables_only)
    assert run.made is not None  # noqa: S101 - `allocate` always says what it made
    log_run(run.made.results, run.files, target.name, operator)
    write_run(target, run.files, overwrite=overwrite, language=language)
    return run.made, target


def refuse_overwrite(scenario: LoadedScenario) -> None:
    """Refuse to put a run in the place of another under a committed draw (design section 6)."""
    if scenario.settings.lottery.draw is not None:
        raise InputError([Problem("DRAW_OVERWRITE", column="--overwrite")])


def language_of(path: str | Path, asked: Language | None) -> Language:
    """Return the language to speak: the one asked for, else the scenario's, else English."""
    from enroll.scenario import load

    if asked is not None:
        return asked
    try:
        return load(path).settings.language
    except InputError:
        return "en"


def status_of(problems: Iterable[Problem]) -> int:
    """Return the exit status of a check: 2 if a problem is blocking, else 0."""
    return 2 if any(level_of(problem) == "blocking" for problem in problems) else 0


def new(folder: str | Path, language: Language = "en") -> tuple[Path, ...]:
    """Write a commented starter scenario with tiny tables into a new folder."""
    from enroll.scenario import write_starter

    return write_starter(folder, language)


def open_run(folder: str | Path) -> Run:
    """Return a run that was written before, after checking each file against SHA256SUMS.

    Raises
    ------
    UsageError
        If the folder holds no complete run.
    """
    from enroll.report import read_run

    return Run(read_run(Path(folder)))

"""Several scenarios side by side: each is run, or taken from the runs that were kept."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from enroll.errors import InputError, UsageError
from enroll.notices import level_of, translate
from enroll.notices.kinds import N_
from enroll.notices.masking import printable
from enroll.notices.telling import silent
from enroll.planning.keeping import keep_run, kept_run, key_of
from enroll.planning.workers import run_each
from enroll.planning.years_ahead import (
    carry_forward,
    outlook_of,
    scenarios_of_years,
    span_of,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from enroll.notices import Language, Problem
    from enroll.notices.telling import Tell
    from enroll.report.comparison import Ahead, Comparison
    from enroll.scenario import LoadedScenario


COMPARING = N_("Comparing the runs")
KEPT = Path("comparisons", "kept")
"""Where runs are kept by their keys; they hold children and are for the office only."""

_TOO_FEW = N_("A comparison needs two scenarios or more: name them one after another.")
_SAME_NAME = N_(
    "Two scenarios are called {name}: rename one of the files, so that each has its own name."
)
_NOT_ALIKE = N_(
    "{first} is for {first_stage} {first_year} and {other} for {other_stage} {other_year}: compare"
    " scenarios of one stage and one school year."
)


def compare(
    paths: Sequence[str | Path],
    *,
    kept: str | Path | None = None,
    scheduler: str | None = None,
    workers: int | None = None,
    years: str | None = None,
    asked: Language | None = None,
    language: Language = "en",
    tell: Tell = silent,
) -> Comparison:
    """Run several scenarios and compare them with the first.

    A scenario whose run was kept and that follows from the same settings, the same bytes and
    the same enroll is not run again.

    Parameters
    ----------
    paths
        The scenario files, the one to compare with first. On a cluster every worker has to
        find them, and the tables that they name, at the same absolute path.
    kept
        Folder of the kept runs; default: `comparisons/kept`.
    scheduler, workers
        See `run_each`.
    years
        Also carry every grade forward: "2026-2032", or one year.
    asked
        Language of the runs' sentences; default: that of each scenario.
    language
        Of what is said here.

    Raises
    ------
    InputError
        With every problem of every scenario, if one of them is blocking.
    UsageError
        If the scenarios cannot be compared, or the workers make no sense.
    """
    span = None if years is None else span_of(years, language)
    scenarios = load_all([Path(path) for path in paths], language)
    outlook = None if span is None else outlook_of(scenarios[0], span, language)
    sharing = {"scheduler": scheduler, "workers": workers, "tell": tell, "language": language}
    desk = _Desk(KEPT if kept is None else Path(kept), asked, language, sharing)
    runs = desk.runs(scenarios, _run)
    ahead: tuple[Ahead, ...] = ()
    if outlook is not None and span is not None:
        later = scenarios_of_years(outlook, scenarios)
        placed = iter(desk.runs([one for years in later for one in years.values()], _place))
        courses = [{year: next(placed) for year in years} for years in later]
        ahead = carry_forward(outlook, scenarios, runs, courses, span[0])
    tell(COMPARING)
    keys = [key_of(each, asked) for each in scenarios]
    return replace(
        _compared(scenarios, keys, runs, ahead), language=asked or scenarios[0].settings.language
    )


@dataclass(frozen=True)
class _Desk:
    """Where runs come from: the kept ones, and those that are made now."""

    store: Path
    asked: Language | None
    language: Language
    sharing: Mapping[str, Any]

    def runs(
        self, scenarios: Sequence[LoadedScenario], job: Callable[..., Any]
    ) -> list[Mapping[str, bytes]]:
        """Return what a job makes of each scenario, from what was kept where it can be.

        Raises
        ------
        InputError
            With every problem of every scenario, if one of them is blocking.
        """
        keys = [key_of(scenario, self.asked) for scenario in scenarios]
        runs = {key: kept_run(self.store, key) for key in keys}
        missing = {key: one for key, one in zip(keys, scenarios, strict=True) if runs[key] is None}
        items = [replace(one, folder=one.folder.resolve()) for one in missing.values()]
        made = run_each(partial(job, asked=self.asked), items, **self.sharing)
        stop_if_any([each for each in made if not isinstance(each, dict)])
        for key, files in zip(missing, made, strict=True):
            keep_run(self.store, key, files, self.language)
            runs[key] = files
        return [runs[key] or {} for key in keys]


def compare_to(
    paths: Sequence[str | Path],
    folder: str | Path | None = None,
    *,
    overwrite: bool = False,
    scheduler: str | None = None,
    workers: int | None = None,
    years: str | None = None,
    asked: Language | None = None,
    language: Language = "en",
    tell: Tell = silent,
) -> tuple[Comparison, Path]:
    """Compare scenario files and write the folder; default: `comparisons/NAME` of the first."""
    from enroll.report import refuse_target, write_run

    if folder is None and not paths:
        raise UsageError(translate(_TOO_FEW, language))
    target = Path("comparisons", Path(paths[0]).stem) if folder is None else Path(folder)
    refuse_target(target, overwrite=overwrite, language=language)
    found = compare(
        paths,
        scheduler=scheduler,
        workers=workers,
        years=years,
        asked=asked,
        language=language,
        tell=tell,
    )
    write_run(target, found.files, overwrite=overwrite, language=language)
    return found, target


def load_all(paths: Sequence[Path], language: Language) -> list[LoadedScenario]:
    """Return the scenarios of a comparison.

    Raises
    ------
    InputError
        If one cannot be loaded: with its problems, and those of all the others' files.
    UsageError
        If there are fewer than two, or they cannot be compared.
    """
    from enroll.office import check
    from enroll.scenario import load

    if len(paths) < 2:
        raise UsageError(translate(_TOO_FEW, language))
    for name, count in Counter(path.stem for path in paths).items():
        if count > 1:
            raise UsageError(translate(_SAME_NAME, language, {"name": printable(name)}))
    scenarios, wrong = [], False
    for path in paths:
        try:
            scenarios.append(load(path))
        except InputError:
            wrong = True
    if wrong:
        stop_if_any([check(path) for path in paths])
    _refuse_unlike(scenarios, language)
    return scenarios


def stop_if_any(found: Sequence[Sequence[Problem]]) -> None:
    """Raise the problems of several scenarios, each once, where one of them is blocking."""
    problems: list[Problem] = []
    for problem in (problem for each in found for problem in each):
        if problem not in problems:
            problems.append(problem)
    if any(level_of(problem) == "blocking" for problem in problems):
        raise InputError(problems)


def _refuse_unlike(scenarios: Sequence[LoadedScenario], language: Language) -> None:
    first = scenarios[0]
    for other in scenarios[1:]:
        pair = (first.settings, other.settings)
        if (pair[0].stage, pair[0].year) != (pair[1].stage, pair[1].year):
            said = {
                "first": printable(first.name),
                "first_stage": pair[0].stage,
                "first_year": str(pair[0].year),
                "other": printable(other.name),
                "other_stage": pair[1].stage,
                "other_year": str(pair[1].year),
            }
            raise UsageError(translate(_NOT_ALIKE, language, said))


def _run(
    scenario: LoadedScenario, *, asked: Language | None, with_map: bool = True
) -> dict[str, bytes] | tuple[Problem, ...]:
    """Return the files of a scenario's run, or the problems that stand against it.

    Of what is there for people to look at only the map is made, which the comparison's is
    drawn from.
    """
    from enroll.office import allocate
    from enroll.report.manifest import SUMS, seal
    from enroll.report.run_files import MAP, map_gpkg

    try:
        run = allocate(scenario, language=asked, tables_only=True)
    except InputError as error:
        return error.problems
    files = dict(run.files)
    if with_map and run.made is not None:
        del files[SUMS]
        files[MAP] = map_gpkg(run.made.results, asked or scenario.settings.language)
        files[SUMS] = seal(files)
    return files


def _place(
    scenario: LoadedScenario, *, asked: Language | None
) -> dict[str, bytes] | tuple[Problem, ...]:
    """Return only where a scenario places everybody: all that is asked of a later year."""
    from enroll.report.manifest import SUMS, seal

    files = _run(scenario, asked=asked, with_map=False)
    if not isinstance(files, dict):
        return files
    told = {"allocation.csv": files["allocation.csv"]}
    return {**told, SUMS: seal(told)}


def _compared(
    scenarios: Sequence[LoadedScenario],
    keys: Sequence[str],
    runs: Sequence[Mapping[str, bytes]],
    ahead: tuple[Ahead, ...],
) -> Comparison:
    from enroll.report.comparison import Comparison, children_of, side_of

    first, named = children_of(runs[0]), zip(scenarios, keys, runs, strict=True)
    sides = tuple(
        side_of(scenario.name, key, files, None if place == 0 else first)
        for place, (scenario, key, files) in enumerate(named)
    )
    return Comparison(sides, ahead)

"""Many scenarios at once: a province is a list of counties."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from enroll.errors import EnrollError, InputError, UsageError
from enroll.notices.kinds import N_
from enroll.notices.refusing import usage_error
from enroll.notices.telling import silent
from enroll.planning.workers import run_each

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enroll.notices import Language
    from enroll.notices.telling import Tell
    from enroll.report.province import County

_TWICE = N_("{path} is named twice: name each scenario once.")
_SAME_NAME = N_(
    "Two scenarios are called {name}, so their runs would have one place: name a folder for all"
    " runs with -o, which tells them apart by their folders, or rename one of the files."
)
_SAME_RUN = N_("Two scenarios would be written to {folder}: rename one of the files.")


def allocate_each(
    paths: Sequence[str | Path],
    folder: str | Path | None = None,
    *,
    overwrite: bool = False,
    tables_only: bool = False,
    asked: Language | None = None,
    language: Language = "en",
    operator: str = "",
    scheduler: str | None = None,
    workers: int | None = None,
    tell: Tell = silent,
) -> list[County]:
    """Allocate several scenarios and write a run folder for each, all of them or none.

    Parameters
    ----------
    paths
        The scenario files. On a cluster every worker has to find them, and the tables that
        they name, at the same absolute path.
    folder
        Folder of all runs; default: `runs`. Each run has the name of its scenario file; with
        `folder`, equal names get the name of the scenario's folder in front.
    asked
        Language of every run; default: that of each scenario.
    language
        Of what is said here.
    overwrite, tables_only, operator, scheduler, workers, tell
        As for a single run, and for `run_each`.

    Returns
    -------
    One entry per scenario in the order of `paths`. If any is refused, nothing was written.

    Raises
    ------
    UsageError
        If two scenarios have one place, the workers make no sense, or a run cannot be written.
    InputError
        If the operator's name cannot stand in the log, or a log cannot be written.
    """
    from enroll.office.log import checked_operator

    checked_operator(operator)
    targets = targets_of([Path(path) for path in paths], folder, language)
    open_targets = [pair for pair in targets if _refusal(pair[1], overwrite) is None]
    found = run_each(
        partial(_allocate, overwrite=overwrite, tables_only=tables_only, asked=asked),
        [(path.resolve(), target) for path, target in open_targets],
        scheduler=scheduler,
        workers=workers,
        tell=tell,
        language=language,
    )
    made = {county.folder: county for county in found}
    counties = [
        replace(made[target], path=path)
        if target in made
        else _refused(path, target, overwrite, language)
        for path, target in targets
    ]
    if not any(county.refused for county in counties):
        _write(counties, operator, overwrite=overwrite, language=language)
    return counties


def _write(
    counties: Sequence[County], operator: str, *, overwrite: bool, language: Language
) -> None:
    """Log and write every run, one after another."""
    from enroll.office.adoption import log_allocation
    from enroll.report import write_run

    for county in counties:
        assert county.scenario is not None  # noqa: S101 - no county was refused
        made_from = county.scenario, county.sources, county.committed
        log_allocation(*made_from, county.files, county.folder.name, operator)
        write_run(county.folder, county.files, overwrite=overwrite, language=language)


def targets_of(
    paths: Sequence[Path], folder: str | Path | None, language: Language
) -> list[tuple[Path, Path]]:
    """Return each scenario with the folder that its run goes to.

    Raises
    ------
    UsageError
        If a scenario is named twice, or two have one place.
    """
    whole = [path.resolve() for path in paths]
    times = Counter(whole)
    for path in paths:
        if times[path.resolve()] > 1:
            raise usage_error(_TWICE, language, path=path)
    names = Counter(path.stem for path in paths)
    home = Path("runs" if folder is None else folder)
    targets = []
    for path, full in zip(paths, whole, strict=True):
        name = path.stem
        if names[name] > 1:
            if folder is None:
                raise usage_error(_SAME_NAME, language, name=name)
            name = f"{full.parent.name}-{name}"
        targets.append(home / name)
    taken = Counter(targets)
    for target in targets:
        if taken[target] > 1:
            raise usage_error(_SAME_RUN, language, folder=target)
    return list(zip(paths, targets, strict=True))


def _refusal(target: Path, overwrite: bool, language: Language = "en") -> UsageError | None:
    from enroll.report import refuse_target

    try:
        refuse_target(target, overwrite=overwrite, language=language)
    except UsageError as error:
        return error
    return None


def _refused(path: Path, target: Path, overwrite: bool, language: Language) -> County:
    from enroll.report.province import County

    return County(path, target, sentence=str(_refusal(target, overwrite, language)))


def _allocate(
    item: tuple[Path, Path], *, overwrite: bool, tables_only: bool, asked: Language | None
) -> County:
    """Return one scenario's run, or what stands against it; nothing is written."""
    from enroll.office import allocate
    from enroll.office.allocation import refuse_overwrite
    from enroll.report.province import County
    from enroll.scenario import load

    path, target = item
    try:
        scenario = load(path)
        if overwrite:
            refuse_overwrite(scenario)
        run = allocate(scenario, language=asked, tables_only=tables_only)
    except InputError as error:
        return County(path, target, problems=error.problems)
    except EnrollError as error:
        return County(path, target, sentence=str(error))
    assert run.made is not None  # noqa: S101 - `allocate` always says what it made
    results = run.made.results
    return County(
        path,
        target,
        files=run.files,
        scenario=scenario,
        sources=results.inputs.sources,
        committed=results.ranking.draw.committed,
        summary=run.made.summary,
    )

"""Where the receipts of a run turn: the last key that a cutoff admits, and the first it refuses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from enroll.verify.program import verify
from enroll.verify.rerun import OPTIONS

if TYPE_CHECKING:
    from pathlib import Path

Key = tuple[Any, ...]
"""Parts of a ranking key in the order of the round and the lottery rank last: whole numbers that
are smaller the better, dates as text."""

Turn = tuple[Key, Key | None]
"""The last key that was admitted, and the first that was refused after it, if there is one."""


def turns(folder: Path) -> dict[tuple[str, str], Turn]:
    """Return where each cutoff turns, by round and school id; nothing where nobody was admitted.

    A receipt is checked by asking the schools of each zone round in the order of a child's
    wishes, whether it took part in the round or not, until a cutoff admits its key. So the first
    key refused is the smallest above the cutoff of all that ask in this way: every value from
    the last one admitted up to it decides every receipt alike.

    Parameters
    ----------
    folder
        A run that verifies.
    """
    run: Any = verify.Run(folder, OPTIONS)
    for step in ("v3", "v5", "v6"):
        getattr(run, step)()
    lines = _lines(run)
    free = [place for place, child in enumerate(run.children) if not child.out and child.fixed < 0]
    first: dict[tuple[str, str], Key] = {}
    for rule in run.steps:
        for _, wishes in run.units(rule, free) if rule["rule"] == "zone" else ():
            for school, ranked in wishes:
                place, key = (rule["id"], run.schools[school]["id"]), tuple(ranked[:-1])
                if place not in lines or (lines[place] and key <= lines[place]):
                    break
                if lines[place]:
                    first[place] = min(key, first.get(place, key))
    return {place: (line, first.get(place)) for place, line in lines.items() if line}


def _lines(run: Any) -> dict[tuple[str, str], Key]:
    """Return the keys that `cutoffs.csv` states; an empty one where nobody was admitted."""
    orders = {rule["id"]: [*rule["order"], "lottery"] for rule in run.steps}
    told: dict[tuple[str, str], Key] = {}
    for round_id, school, _, _, text in run.table("cutoffs.csv", verify.CUTOFFS):
        values = dict(part.split("=", 1) for part in text.split(" ")) if text else {}
        names = orders[round_id] if values else ()
        told[round_id, school] = tuple(_part(run, name, values[name]) for name in names)
    return told


def _part(run: Any, name: str, value: str) -> Any:
    if name == "group":
        return run.groups.index(value)
    if name == "sibling":
        return int(value == "no")
    if name == "points":
        return -int(value)
    return value if name == "since" else int(value)

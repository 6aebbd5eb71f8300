"""The `audit/` folder of a run: what the verifier needs besides the tables.

Their form is told in `docs/reference/audit.md`; `verify.py`, written from that page alone,
reads nothing else.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from enroll.lottery.frozen import Frozen
from enroll.lottery.record import records_by_ticket
from enroll.report.rules_file import rules_json, ways_csv
from enroll.tables.csv_out import csv_bytes
from enroll.verify.program import program_bytes

if TYPE_CHECKING:
    from enroll.records import Draw, Flags, Ints
    from enroll.report.results import Results

AUDIT = "audit/"
PROGRAM = "verify.py"


def audit_files(results: Results) -> dict[str, bytes]:
    """Return the files that let anybody check a run, by their names in the run folder.

    Parameters
    ----------
    results
        The finished allocation.
    """
    ways = ways_csv(results.inputs, results.scenario.settings)
    files = {
        "rules.json": _rules(results),
        "records.jsonl": _records(results),
        "places.csv": places_csv(results),
        **({} if ways is None else {"ways.csv": ways}),
        **_of_draw(results.ranking.draw),
    }
    return {PROGRAM: program_bytes(), **{AUDIT + name: files[name] for name in files}}


def _rules(results: Results) -> bytes:
    """Return the rules as committed to, or as they are where nothing was committed."""
    committed = results.ranking.draw.committed
    if committed is not None:
        return committed.files["rules.json"]
    return rules_json(
        results.inputs,
        results.ground,
        results.ranking.groups,
        results.seats,
        results.scenario.settings,
    )


def _records(results: Results) -> bytes:
    """Return `records.jsonl`: every ticket's record, with its salt where one was committed to."""
    tickets, records = records_by_ticket(results.inputs, results.ground, results.ranking)
    committed = results.ranking.draw.committed
    salts = [b""] * len(tickets) if committed is None else [committed.salts[t] for t in tickets]
    return Frozen(tickets, records, tuple(salts)).to_lines()


def _of_draw(draw: Draw) -> dict[str, bytes]:
    if draw.committed is None:
        return {}
    names = ("roll.txt", "commit.txt", "sources.txt", "order.csv")
    return {name: draw.committed.files[name] for name in names}


def places_csv(results: Results) -> bytes:
    """Return `places.csv`: where each redirect round left everybody who took part in one.

    A line per child, ascending by id, and a column per redirect round; empty where the child
    had no place after it.
    """
    rounds = results.scenario.settings.round
    redirects = [number for number, rule in enumerate(rounds) if rule.rule == "redirect"]
    part = _took_part(results, redirects)
    names = np.array([*results.inputs.schools.school_id, ""], dtype=object)
    history = results.placement.history
    columns = [names[history[number][part]] for number in redirects]
    return csv_bytes(
        ["applicant_id", *(rounds[number].id for number in redirects)],
        [results.inputs.applicants.applicant_id[part], *columns],
    )


def _took_part(results: Results, redirects: list[int]) -> Ints:
    """Return the children who had no place before some redirect round, ascending.

    Who holds a redirected place that a later round reopens had none before an earlier one.
    """
    eligible: Flags = results.ranking.ineligible == ""
    took_part = np.zeros(len(eligible), dtype=np.bool_)
    for number in redirects:
        waiting = (
            eligible if number == 0 else eligible & (results.placement.history[number - 1] < 0)
        )
        took_part |= waiting
    return np.flatnonzero(took_part)

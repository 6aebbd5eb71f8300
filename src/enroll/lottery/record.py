"""The canonical record of every ticket: all that the rules know of its children, as bytes.

One record is one JSON object without any space, its keys ascending, in UTF-8. What it holds
and how each part is written is told in `docs/reference/audit.md`; the salted hash of these
bytes is what a draw commits to, so nothing here may change without a new format.
"""

from __future__ import annotations

from json.encoder import encode_basestring
from typing import TYPE_CHECKING

import numpy as np

from enroll.records import NONE

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from enroll.records import Applicants, Days, Ground, Inputs, Ints, Ranking, Texts

_CHILD = (
    "accepts_redirect", "birth_date", "bundle", "choices", "distance_from", "facts", "group",
    "id", "ineligible", "placed_authority", "placed_date", "placed_reason", "placed_school",
    "points", "review", "sibling_school", "since", "x_dm", "y_dm", "zone", "zone_how",
)  # fmt: skip
"""Keys of a child, ascending."""

_TEMPLATE = "{" + ",".join(f'"{key}":%s' for key in _CHILD) + "}"

_MEASURED_FROM_POINT = ("home", "anchor")


def records_by_ticket(
    inputs: Inputs, ground: Ground, ranking: Ranking
) -> tuple[tuple[str, ...], tuple[bytes, ...]]:
    """Return every ticket and its record, ascending by the ticket's bytes.

    Parameters
    ----------
    inputs, ground
        What was read and where everybody is.
    ranking
        Eligibility, groups and bundles; the tickets are those of its draw.

    Returns
    -------
    tickets, records
        One entry per ticket; a record has no line end.
    """
    cells = _columns(inputs, ground, ranking)
    children = map(_TEMPLATE.__mod__, zip(*(cells[key] for key in _CHILD), strict=True))
    of_ticket: dict[str, list[str]] = {}
    for ticket, child in zip(ranking.draw.ticket.tolist(), children, strict=True):
        of_ticket.setdefault(ticket, []).append(child)
    tickets = tuple(sorted(of_ticket, key=str.encode))
    return tickets, tuple(
        f'{{"children":[{",".join(of_ticket[ticket])}],"ticket":{encode_basestring(ticket)}}}'.encode()
        for ticket in tickets
    )


def _columns(inputs: Inputs, ground: Ground, ranking: Ranking) -> Mapping[str, Iterable[str]]:
    applicants, school_id = inputs.applicants, inputs.schools.school_id
    accepts = np.where(applicants.accepts_redirect, "true", "false")
    east, north = _points(ground)
    return {
        "accepts_redirect": accepts.tolist(),
        "birth_date": _dates(applicants.birth_date),
        "bundle": _texts(bundle_names(applicants.applicant_id, ranking.bundle)),
        "choices": _choices(applicants.choices, school_id),
        "distance_from": _texts(ground.distance_from),
        "facts": _facts(applicants),
        "group": _named(ranking.groups.of, ranking.groups.ids),
        "id": _texts(applicants.applicant_id),
        "ineligible": _texts(ranking.ineligible),
        "placed_authority": _texts(applicants.placed_authority),
        "placed_date": _texts(applicants.placed_date),
        "placed_reason": _texts(applicants.placed_reason),
        "placed_school": _named(applicants.placed_school, school_id),
        "points": map(str, applicants.points.tolist()),
        "review": _texts(applicants.review),
        "sibling_school": _named(applicants.sibling_school, school_id),
        "since": _dates(applicants.since),
        "x_dm": east,
        "y_dm": north,
        "zone": _named(ground.zone, inputs.zones.zone_id),
        "zone_how": _texts(ground.zone_how),
    }


def bundle_names(applicant_id: Texts, bundle: Ints) -> Texts:
    """Return (n,) the smallest applicant_id of each child's bundle, "" for a child alone."""
    names = np.full(len(bundle), "", dtype=object)
    members = np.flatnonzero(bundle != NONE)
    _, first, which = np.unique(bundle[members], return_index=True, return_inverse=True)
    names[members] = applicant_id[members[first[which]]]
    return names


def _texts(column: Texts) -> Iterable[str]:
    return map(encode_basestring, map(str, column.tolist()))


def _named(index: Ints, names: Texts | Sequence[str]) -> Iterable[str]:
    """Return the name of each index as JSON, and an empty text for -1."""
    table = [*(encode_basestring(str(name)) for name in names), '""']
    return (table[number] for number in index.tolist())


def _dates(column: Days) -> Iterable[str]:
    return (f'"{day}"' if day else '""' for day in column.astype("datetime64[D]").tolist())


def _choices(choices: Ints, school_id: Texts) -> Iterable[str]:
    names = [encode_basestring(str(name)) for name in school_id]
    return (
        "[" + ",".join(names[school] for school in row if school != NONE) + "]"
        for row in choices.tolist()
    )


def _facts(applicants: Applicants) -> Iterable[str]:
    names = sorted(applicants.facts, key=str.encode)
    if not names:
        return ["{}"] * len(applicants)
    keys = [encode_basestring(name).replace("%", "%%") for name in names]
    template = "{" + ",".join(f"{key}:%s" for key in keys) + "}"
    columns = [_texts(applicants.facts[name]) for name in names]
    return map(template.__mod__, zip(*columns, strict=True))


def _points(ground: Ground) -> tuple[list[str], list[str]]:
    """Return both coordinates as JSON; nobody measured from elsewhere shows where it lives."""
    shown = np.isin(ground.distance_from, _MEASURED_FROM_POINT).tolist()
    east, north = (
        [str(value) if known else "null" for value, known in zip(column, shown, strict=True)]
        for column in (ground.home_point[:, 0].tolist(), ground.home_point[:, 1].tolist())
    )
    return east, north

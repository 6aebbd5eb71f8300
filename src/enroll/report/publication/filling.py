"""What the cutoffs tell: a school that refused somebody was full, and its seats are public."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from enroll.report.publication.contents import Contents


def filled_schools(contents: Contents) -> Iterator[tuple[str, bool]]:
    """Yield each school that is known to have been filled by its zone rounds, and whether exactly.

    Decisions and zone rounds together then took its seats: exactly as many if the last zone round
    refused somebody, no redirect came before it, and no ticket at the school is shared, as
    children who are placed together may pass the seats or leave one. All else is known nearly.
    """
    rounds = contents.rules["rounds"]
    zone_rounds = [row for row in rounds if row["rule"] == "zone"]
    if not zone_rounds:
        return
    last = zone_rounds[-1]
    redirected = any(row["rule"] == "redirect" for row in rounds[: rounds.index(last)])
    refused = {(row["round"], row["school_id"]) for row in contents.cutoffs}
    tickets = Counter(child.ticket for child in contents.children)
    shared = {child.school for child in contents.children if tickets[child.ticket] > 1}
    taken = Counter(child.school for child in contents.children if child.how in ("FIXED", "ZONE"))
    for row in contents.schools:
        school = row["school_id"]
        seats = [row[f"seats_{one['seats']}"] for one in zone_rounds]
        if (last["id"], school) in refused and taken[school] == seats[-1]:
            yield school, not redirected and school not in shared
        elif taken[school] >= min(seats) or refused & {(one["id"], school) for one in zone_rounds}:
            yield school, False


def zones_served(contents: Contents) -> frozenset[str]:
    """Return the zones of which everybody knows that no child had to go on from them.

    A child is refused by all schools of its zone or by none: where one of them refused nobody
    in a zone round, each had its place at the end of it.
    """
    zone_rounds = [row["id"] for row in contents.rules["rounds"] if row["rule"] == "zone"]
    refused = {(row["round"], row["school_id"]) for row in contents.cutoffs}
    return frozenset(
        zone
        for zone, schools in contents.served.items()
        if any((one, school) not in refused for one in zone_rounds for school in schools)
    )

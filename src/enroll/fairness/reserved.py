"""Reserved seats: how many there are, who holds them, and on what authority."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from enroll.fairness.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from enroll.fairness.register import RunCopy
    from enroll.fairness.rolls import Row


@dataclass(frozen=True)
class Reserve:
    """The reserved seats of a school.

    Parameters
    ----------
    school_id
        The school.
    reserved
        Seats that the run gave to nobody.
    decided
        Children of the run placed there by decision; they sit on other seats than these.
    unproven
        Those among them without a reason or an authority.
    seated
        Pupils on its roll whom the run did not place there; None without rolls of it.
    """

    school_id: str
    reserved: int
    decided: int
    unproven: int
    seated: int | None = None

    @property
    def left(self) -> int | None:
        """Reserved seats that nobody sits on; None without rolls."""
        return None if self.seated is None else max(self.reserved - self.seated, 0)


def reserves(run: RunCopy, rows: Sequence[Row] | None = None) -> list[Reserve]:
    """Return every school with reserved seats, in the order of the rules.

    Parameters
    ----------
    rows
        The rolls of the entry grade, where they were given.
    """
    decided, unproven = Counter[str](), Counter[str]()
    for key, child in run.children.items():
        if child["placed_school"] and run.places[key]["status"] == "placed":
            decided[child["placed_school"]] += 1
            unproven[child["placed_school"]] += not _proven(child)
    rolled = {row["school_id"] for row in rows or ()}
    seated = Counter(row["school_id"] for row in rows or () if not _placed_there(run, row))
    return [
        Reserve(
            one["id"],
            one["reserved"],
            decided[one["id"]],
            unproven[one["id"]],
            seated[one["id"]] if one["id"] in rolled else None,
        )
        for one in run.rules["schools"]
        if one["reserved"]
    ]


def reserve_findings(
    run: RunCopy, rows: Sequence[Row] | None = None, decided: Sequence[Finding] = ()
) -> Iterator[Finding]:
    """Yield who holds a reserved seat, or was placed beside some, on no stated authority.

    Parameters
    ----------
    rows
        The rolls of the entry grade.
    decided
        What was found of the places by decision: whom each of them passed over.
    """
    known = {one.applicant_id: one for one in decided}
    reserved = {one["id"]: one["reserved"] for one in run.rules["schools"] if one["reserved"]}
    for key, child in run.children.items():
        school = child["placed_school"]
        if school in reserved and run.places[key]["status"] == "placed" and not _proven(child):
            params = {"applicant": key, "school": school, "reserved": reserved[school]}
            evidence = "audit/records.jsonl: placed_authority"
            found = Finding("DECISION_AT_RESERVED", key, school, params, evidence=evidence)
            yield found.decided(known[key].effect) if key in known else found
    for row in rows or ():
        school = row["school_id"]
        if school in reserved and not _placed_there(run, row) and not row.get("authority"):
            params = {
                "applicant": row["applicant_id"] or "-",
                "school": school,
                "reserved": reserved[school],
            }
            yield Finding(
                "RESERVED_WITHOUT_AUTHORITY",
                row["applicant_id"],
                school,
                params,
                evidence=f"class {row['class_no']}" if row["class_no"] else "rolls",
            )


def _proven(child: dict[str, object]) -> bool:
    return bool(child["placed_reason"] and child["placed_authority"])


def _placed_there(run: RunCopy, row: Row) -> bool:
    place = run.places.get(row["applicant_id"])
    return place is not None and place["school_id"] == row["school_id"]

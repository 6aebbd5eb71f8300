"""September's rolls against the run: who sits where, and in classes of which size."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from enroll.fairness.findings import Finding
from enroll.notices import Phrase
from enroll.notices.about_findings import NO_CLASSES, without_place

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from enroll.fairness.register import RunCopy

ENTRY_GRADE = {"primary": "1", "junior": "7"}

Row = dict[str, str]


def entry_rows(run: RunCopy, rows: Sequence[Row]) -> list[Row]:
    """Return the rows of the entry grade: 1 in primary, 7 in junior schools, or none named."""
    grade = ENTRY_GRADE.get(run.rules["stage"], "1")
    return [row for row in rows if row["grade"].strip() in ("", grade)]


def roll_findings(
    run: RunCopy, rows: Sequence[Row], planned: Mapping[str, Sequence[int]]
) -> Iterator[Finding]:
    """Yield everything in which the rolls are not what the run says.

    Parameters
    ----------
    rows
        The rolls' rows, as `read_rolls` has them; only those of the entry grade count.
    planned
        Class sizes by school, as `classes.csv` has them.
    """
    seated = entry_rows(run, rows)
    yield from _who_sits(run, seated)
    yield from _strangers(run, seated)
    yield from _absent(run, seated, rows)
    yield from _classes(run, seated, planned)


def _who_sits(run: RunCopy, rows: Sequence[Row]) -> Iterator[Finding]:
    seen: dict[str, Row] = {}
    for row in rows:
        key, school = row["applicant_id"], row["school_id"]
        place = run.places.get(key)
        if place is None:
            continue
        params = {"applicant": key, "school": school, "placed": place["school_id"]}
        if key in seen:
            yield _of_row("ON_TWO_ROLLS", row, {**params, "other": seen[key]["school_id"]})
        seen[key] = row
        if not place["school_id"]:
            yield _of_row(
                "SITS_WITHOUT_PLACE", row, {**params, "reason": without_place(place["reason"])}
            )
        elif place["school_id"] != school:
            yield _of_row("SITS_ELSEWHERE", row, params)


def _of_row(code: str, row: Row, params: Mapping[str, object]) -> Finding:
    evidence = f"class {row['class_no']}" if row["class_no"] else ""
    return Finding(code, row["applicant_id"], row["school_id"], params, evidence=evidence)


def _strangers(run: RunCopy, rows: Sequence[Row]) -> Iterator[Finding]:
    """Yield pupils who never applied: as many as were reserved hold those seats."""
    reserved = {one["id"]: one["reserved"] for one in run.rules["schools"]}
    unknown = [row for row in rows if row["applicant_id"] not in run.places]
    count = Counter(row["school_id"] for row in unknown)
    for row in unknown:
        school = row["school_id"]
        within = count[school] <= reserved.get(school, 0)
        code = "RESERVED_SEAT_TAKEN" if within else "SITS_WITHOUT_APPLYING"
        params = {
            "applicant": row["applicant_id"] or "-",
            "school": school,
            "count": count[school],
            "reserved": reserved.get(school, 0),
        }
        yield _of_row(code, row, params)


def _absent(run: RunCopy, seated: Sequence[Row], rows: Sequence[Row]) -> Iterator[Finding]:
    """Yield who was placed at a school with a roll and sits nowhere, or in another grade."""
    present = {row["applicant_id"] for row in seated}
    schools = {row["school_id"] for row in seated}
    others: dict[str, Row] = {}
    for row in rows:
        key = row["applicant_id"]
        own = key in run.places and row["school_id"] == run.places[key]["school_id"]
        others[key] = row if own else others.get(key, row)
    for key, place in run.places.items():
        if not place["school_id"] or key in present:
            continue
        params = {"applicant": key, "school": place["school_id"]}
        if key in others:
            there = {"other": others[key]["school_id"], "grade": others[key]["grade"]}
            yield _of_row("IN_ANOTHER_GRADE", others[key], {**params, **there})
        elif place["school_id"] in schools:
            yield Finding("NOT_ON_ROLL", key, place["school_id"], params, evidence="rolls")


def _classes(
    run: RunCopy, rows: Sequence[Row], planned: Mapping[str, Sequence[int]]
) -> Iterator[Finding]:
    limits = {one["id"]: one["class_limit"] for one in run.rules["schools"]}
    real = defaultdict[str, Counter[str]](Counter)
    for row in rows:
        real[row["school_id"]][row["class_no"]] += 1
    for school in sorted(real, key=str.encode):
        sizes = sorted(real[school].values(), reverse=True)
        due = sorted(planned.get(school, ()), reverse=True)
        largest = sizes[0]
        if school not in limits:
            params = {"school": school, "count": sum(sizes)}
            yield Finding("ROLL_OF_UNKNOWN_SCHOOL", "", school, params, evidence="rolls")
        if school not in limits or "" in real[school]:
            continue
        params = {
            "school": school,
            "sizes": tuple(map(str, sizes)),
            "planned": tuple(map(str, due)) or Phrase(NO_CLASSES),
            "largest": largest,
            "limit": limits[school],
        }
        if largest > limits[school]:
            yield Finding("CLASS_ABOVE_LIMIT", "", school, params, evidence="class_no")
        elif sizes != due:
            yield Finding("CLASSES_DIFFER", "", school, params, evidence="classes.csv")

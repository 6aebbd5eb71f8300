"""A tiny allocation, made by hand: four children, two schools, two zones."""

from __future__ import annotations

from dataclasses import replace
from types import SimpleNamespace

import numpy as np

from enroll.records import (
    Applicants,
    Certificate,
    ClassPlan,
    Cutoff,
    Draw,
    FamilyPlace,
    Ground,
    Groups,
    Inputs,
    Level,
    Overload,
    Placement,
    Ranking,
    Schools,
    Seats,
    Source,
    Zones,
)
from enroll.report.results import Results
from enroll.scenario.schema import Round, Scenario


def texts(*values: str) -> np.ndarray:
    return np.array(values, dtype=object)


def ints(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def make_applicants(*ids: str) -> Applicants:
    count = len(ids)
    none, empty = np.full(count, -1), texts(*[""] * count)
    days = np.full(count, "NaT", dtype="datetime64[D]")
    return Applicants(
        applicant_id=texts(*ids),
        row=np.arange(count) + 2,
        lon=np.zeros(count),
        lat=np.zeros(count),
        zone=none,
        group=empty,
        facts={},
        review=texts(*["passed"] * count),
        birth_date=days,
        since=days,
        sex=empty,
        points=np.zeros(count, dtype=np.int64),
        sibling_school=none,
        family=none,
        choices=np.empty((count, 0), dtype=np.int64),
        accepts_redirect=np.ones(count, dtype=np.bool_),
        placed_school=none,
        placed_reason=empty,
        placed_authority=empty,
        placed_date=empty,
    )


def make_schools(*ids: str) -> Schools:
    count = len(ids)
    zero = np.zeros(count, dtype=np.int64)
    empty = texts(*[""] * count)
    return Schools(
        school_id=texts(*ids),
        name=texts(*[f"School {name}" for name in ids]),
        row=np.arange(count) + 2,
        lon=np.zeros(count),
        lat=np.zeros(count),
        classes=zero + 1,
        rooms=zero + 1,
        class_standard=zero + 45,
        class_limit=zero + 55,
        reserved=zero,
        reserved_for=empty,
        other_grades=zero,
        leavers=zero,
        school_limit=zero + 2000,
        sector=texts(*["public"] * count),
        kind=texts(*["full"] * count),
        setting=empty,
        area=empty,
        beds=zero - 1,
    )


def make_zones(*served: tuple[int, ...]) -> Zones:
    count = len(served)
    return Zones(
        zone_id=texts(*[f"Z{number + 1}" for number in range(count)]),
        name=texts(*[""] * count),
        area=texts(*["north"] * count),
        row=np.arange(count) + 2,
        schools=served,
        geometry=None,
        crs="EPSG:4326",
        lon=np.zeros(count),
        lat=np.zeros(count),
    )


def make_results(**changes: object) -> Results:
    """A1 in its zone, A2 redirected, A3 without a seat, A4 too young; S1 for Z1, S2 for Z2."""
    settings = Scenario(
        title="Tiny County",
        year=2026,
        stage="primary",
        round=(
            Round(id="zone", rule="zone", order=("group", "sibling", "distance")),
            Round(id="redirect", rule="redirect"),
        ),
    )
    scenario = SimpleNamespace(
        settings=settings, name="tiny", changes=(), sources=(), folder="/nowhere"
    )
    source = Source("applicants", "applicants.csv", "0" * 64, "UTF-8", 4)
    results = Results(
        scenario=scenario,
        inputs=Inputs(
            applicants=make_applicants("A1", "A2", "A3", "A4"),
            schools=make_schools("S1", "S2"),
            zones=make_zones((0,), (1,)),
            travel=None,
            sources=(source,),
        ),
        ground=Ground(
            zone=ints(0, 0, -1, 0),
            zone_how=texts("map", "map", "none", "map"),
            distance_from=texts("home", "anchor", "home", "home"),
            ways=SimpleNamespace(rows=lambda children: np.full((len(children), 2), 300)),
            school_point=np.zeros((2, 2), dtype=np.int64),
            home_point=np.zeros((4, 2), dtype=np.int64),
        ),
        ranking=Ranking(
            ineligible=texts("", "", "", "TOO_YOUNG"),
            groups=Groups(("A", "B"), ("residents", "others"), ints(0, 1, 1, 0), ints(0, 1, 1, 0)),
            draw=Draw("test-2026-primary", texts("A1", "A2", "A3", "A4"), ints(3, 1, 2, 4)),
            bundle=ints(-1, -1, -1, -1),
        ),
        seats=Seats(standard=ints(1, 1), limit=ints(2, 1), headroom=ints(2000, 2000)),
        placement=Placement(
            school=ints(0, 1, -1, -1),
            round=ints(0, 1, -1, -1),
            reason=texts("ZONE", "REDIRECT", "NO_SEAT", "TOO_YOUNG"),
            metres=ints(300, 4000, -1, -1),
            round_ids=("zone", "redirect"),
            history=(ints(0, -1, -1, -1), ints(0, 1, -1, -1)),
            cutoffs=(Cutoff("zone", 0, 1, 1, (0, 1, 300, 3)),),
            certificates=(
                Certificate(
                    "redirect",
                    (
                        Level("placed", 1, 1, ints(0, 1)),
                        Level("farthest", -1, 4000, np.array([[0, 2], [1, 0]])),
                    ),
                    (FamilyPlace("sibling", (1,), 1), FamilyPlace("bundle", (2,), -1)),
                    {1: 150},
                    (Overload((1,), 2, 1),),
                ),
            ),
        ),
        plan=ClassPlan(
            pupils=ints(91, 1),
            classes=ints(2, 1),
            smallest=ints(45, 1),
            largest=ints(46, 1),
            proposed=ints(3, 1),
        ),
        notices=(),
        indicators=(),
    )
    return replace(results, **changes)

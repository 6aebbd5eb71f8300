"""Findings about children: without a seat, far away, apart from their family."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from enroll.notices import Notice
from enroll.priority import latest_birth
from enroll.records import NONE
from enroll.watch.scene import (
    counted,
    phrase,
    school_words,
    where_words,
    zone_subject,
    zone_words,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from enroll.records import Flags, Ints, Overload
    from enroll.watch.scene import Scene


def watch_unplaced(scene: Scene) -> Iterator[Notice]:
    """Count the children without a place by zone: no seat, no school, or no redirect wanted."""
    for code in ("NO_SEAT", "NO_SCHOOL_IN_REACH", "DECLINED"):
        for zone, members in _by_zone(scene, scene.placement.reason == code):
            count = len(members)
            yield Notice(
                code,
                zone_subject(scene.inputs.zones, zone),
                value=count,
                params={
                    "count": count,
                    "seats": counted("seats", count),
                    "zone": zone_words(scene.inputs.zones, zone),
                    "where": where_words(scene.schools, _schools_of(scene, zone)),
                },
            )


def watch_far(scene: Scene) -> Iterator[Notice]:
    """Count the children with a long way by zone; a boarding school ends the daily way."""
    placement, bound = scene.placement, scene.settings.limits.far_m
    at_day_school = (scene.schools.kind != "boarding")[placement.school]
    far = (placement.school != NONE) & at_day_school & (placement.metres > bound)
    sent_away = (placement.reason == "REDIRECT") & ~scene.at_home
    for zone, members in _by_zone(scene, far):
        farthest = int(placement.metres[members].max())
        redirected = int(np.count_nonzero(sent_away[members]))
        yield Notice(
            "FAR",
            zone_subject(scene.inputs.zones, zone),
            value=farthest,
            bound=bound,
            params={
                "bound": bound,
                "count": len(members),
                "farthest": farthest,
                "others": len(members) - redirected,
                "redirected": redirected,
                "seats": counted("seats", redirected),
                "where": where_words(scene.schools, _schools_of(scene, zone)),
                "zone": zone_words(scene.inputs.zones, zone),
            },
        )


def watch_overloads(scene: Scene) -> Iterator[Notice]:
    """Name every set of schools with more children who have nowhere else than seats."""
    reach = {step.id: step.max_m for step in scene.settings.round}
    for certificate in scene.placement.certificates:
        for overload in certificate.overloads:
            most = reach.get(certificate.round_id)
            yield _overload(scene, certificate.round_id, most, overload)


def _overload(scene: Scene, round_id: str, most: int | None, overload: Overload) -> Notice:
    ids = [str(scene.schools.school_id[school]) for school in overload.schools]
    count = overload.demand
    return Notice(
        "OVERLOAD",
        ";".join(ids),
        value=count,
        bound=overload.seats,
        params={
            "round": round_id,
            "children": counted("waiting", count),
            "reach": phrase("anywhere") if most is None else phrase("within", metres=most),
            "schools": tuple(school_words(scene.schools, school) for school in overload.schools),
            "seats": phrase("with" if len(ids) > 1 else "with_one_school", count=overload.seats),
            "more": counted("seats", count - overload.seats),
        },
    )


def watch_families(scene: Scene) -> Iterator[Notice]:
    """Name every bundle whose children did not all get the same school."""
    bundle = scene.ranking.bundle
    members = np.flatnonzero(bundle != NONE)
    schools = scene.placement.school[members]
    _, first, which, size = np.unique(
        bundle[members], return_index=True, return_inverse=True, return_counts=True
    )
    apart = np.zeros(len(first), dtype=bool)
    apart[which[schools != schools[first[which]]]] = True
    for family in np.flatnonzero(apart).tolist():
        subject = str(scene.inputs.applicants.applicant_id[members[first[family]]])
        count = int(size[family])
        yield Notice("FAMILY_SPLIT", subject, value=count, params={"count": count})


def watch_passed_over(scene: Scene) -> Iterator[Notice]:
    """Name every bundle that was passed over at a school's last seats."""
    size = np.bincount(scene.ranking.bundle[scene.ranking.bundle != NONE])
    levels = {step.id: step.seats for step in scene.settings.round}
    for round_id, school, bundle in scene.placement.passed_over:
        first = int(np.flatnonzero(scene.ranking.bundle == bundle)[0])
        count = int(size[bundle])
        seats = int(scene.seats.at(levels.get(round_id, "standard"))[school])
        spare = max(seats - int(scene.placed[school]), 0)
        yield Notice(
            "BUNDLE_PASSED_OVER",
            str(scene.inputs.applicants.applicant_id[first]),
            value=count,
            bound=spare,
            params={
                "round": round_id,
                "count": count,
                "school": school_words(scene.schools, school),
                "more": counted("seats", max(count - spare, 1)),
            },
        )


def watch_ineligible(scene: Scene) -> Iterator[Notice]:
    """Count those who could not take part, by the reason why."""
    params = {
        "latest": latest_birth(scene.settings),
        "earliest": scene.settings.age.earliest_birth,
    }
    for code in ("TOO_YOUNG", "TOO_OLD", "REVIEW_PENDING", "REVIEW_REJECTED"):
        count = int(np.count_nonzero(scene.ranking.ineligible == code))
        if count:
            yield Notice(code, value=count, params={"count": count, **params})


CHILD_RULES: tuple[Callable[[Scene], Iterator[Notice]], ...] = (
    watch_unplaced,
    watch_far,
    watch_overloads,
    watch_families,
    watch_passed_over,
    watch_ineligible,
)


def _by_zone(scene: Scene, chosen: Flags) -> Iterator[tuple[int, Ints]]:
    """Yield every zone index (-1 for none) with the chosen children who live there."""
    members = np.flatnonzero(chosen)
    zones = scene.ground.zone[members]
    members = members[np.argsort(zones, kind="stable")]
    for zone, count in zip(*np.unique(zones, return_counts=True), strict=True):
        yield int(zone), members[:count]
        members = members[count:]


def _schools_of(scene: Scene, zone: int) -> tuple[int, ...]:
    return () if zone == NONE else scene.inputs.zones.schools[zone]

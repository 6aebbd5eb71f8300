"""Findings that hold before anybody is placed: zones, facts and the draw itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from enroll.notices import Notice, mask_id
from enroll.notices.about_facts import as_date
from enroll.notices.masking import printable
from enroll.priority import latest_birth
from enroll.records import NONE
from enroll.watch.scene import phrase, school_words, zone_subject, zone_words

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from enroll.records import Flags
    from enroll.watch.scene import Scene


def watch_zones_given(scene: Scene) -> Iterator[Notice]:
    """Count zones set by hand where a map could have decided."""
    if scene.inputs.zones.geometry is not None:
        yield from _counted("ZONE_BY_HAND", int(np.count_nonzero(_zone_found(scene, "given"))))


def watch_border_homes(scene: Scene) -> Iterator[Notice]:
    """Count homes on a border by the zone that took them."""
    zones, counts = np.unique(scene.ground.zone[_zone_found(scene, "border")], return_counts=True)
    for zone, count in zip(zones.tolist(), counts.tolist(), strict=True):
        name = zone_words(scene.inputs.zones, zone)
        subject = zone_subject(scene.inputs.zones, zone)
        yield from _counted("BORDER_HOME", count, subject, zone=name)


def watch_zoneless(scene: Scene) -> Iterator[Notice]:
    """Count eligible children without a zone, where there are zones."""
    if len(scene.inputs.zones):
        outside = scene.eligible & (scene.ground.zone == NONE)
        yield from _counted("NO_ZONE", int(np.count_nonzero(outside)))


def watch_other_group(scene: Scene) -> Iterator[Notice]:
    """Count eligible children whom no entry of the policy took."""
    groups = scene.ranking.groups
    if scene.settings.group:
        left_over = scene.eligible & (groups.condition == NONE)
        yield from _counted("GROUP_OTHER", int(np.count_nonzero(left_over)), groups.ids[-1])


def watch_birth_dates(scene: Scene) -> Iterator[Notice]:
    """Count missing birth dates where age is tested."""
    age = scene.settings.age
    if latest_birth(scene.settings) is not None or age.earliest_birth is not None:
        applicants = scene.inputs.applicants
        missing = np.isnat(applicants.birth_date) & ~applicants.made()
        yield from _counted("NO_BIRTH_DATE", int(np.count_nonzero(missing)))


def watch_straight_ways(scene: Scene) -> Iterator[Notice]:
    """Say that a straight way crosses water as if there was none."""
    if scene.settings.travel.mode == "straight":
        yield Notice("STRAIGHT_IGNORES_WATER")


def watch_other_stage(scene: Scene) -> Iterator[Notice]:
    """Name nine-year schools whose other entry is not known."""
    schools = scene.schools
    found = np.flatnonzero((schools.kind == "nine-year") & (schools.classes > 0)).tolist()
    if found and scene.settings.files.other_stage is None:
        names = tuple(school_words(schools, school) for school in found)
        yield from _counted("OTHER_STAGE_UNKNOWN", len(found), schools=names)


def watch_overrides(scene: Scene) -> Iterator[Notice]:
    """Name every override, with reason and authority, and those that the rules leave void."""
    applicants = scene.inputs.applicants
    for child in np.flatnonzero(applicants.placed_reason == "override").tolist():
        name = str(applicants.applicant_id[child])
        reason = applicants.override_reasons.get(name)
        said = {
            "applicant": mask_id(name),
            "school": school_words(scene.schools, int(applicants.placed_school[child])),
            "reason": printable(reason) if reason else phrase("no_reason"),
            "authority": printable(str(applicants.placed_authority[child])),
            "date": as_date(str(applicants.placed_date[child])),
        }
        yield Notice("OVERRIDE", name, params=said)
        if not scene.eligible[child]:
            why = phrase(f"why_{scene.ranking.ineligible[child]}")
            void = {"applicant": said["applicant"], "school": said["school"], "why": why}
            yield Notice("OVERRIDE_WITHOUT_EFFECT", name, params=void)


def watch_draw(scene: Scene) -> Iterator[Notice]:
    """Say that a draw with a plain seed, or one that is named so, is a rehearsal."""
    drawn = scene.ranking.draw
    if drawn.rehearsal:
        yield Notice("REHEARSAL_DRAW", params={"draw": drawn.draw_id})


CIRCUMSTANCE_RULES: tuple[Callable[[Scene], Iterator[Notice]], ...] = (
    watch_zones_given,
    watch_border_homes,
    watch_zoneless,
    watch_other_group,
    watch_birth_dates,
    watch_straight_ways,
    watch_other_stage,
    watch_overrides,
    watch_draw,
)


def _zone_found(scene: Scene, how: str) -> Flags:
    found: Flags = scene.ground.zone_how == how
    return found


def _counted(code: str, count: int, subject: str = "", **params: object) -> Iterator[Notice]:
    """Yield one notice with a count, or none where nothing is counted."""
    if count:
        yield Notice(code, subject, value=count, params={"count": count, **params})

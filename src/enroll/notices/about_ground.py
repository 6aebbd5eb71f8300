"""Messages about where schools, homes and zones are."""

from __future__ import annotations

from enroll.notices.kinds import N_, Kind

GROUND_KINDS: dict[str, Kind] = {
    "SYSTEM_UNKNOWN": Kind(
        "blocking",
        N_("The coordinate system {system} is not known."),
        N_("Name wgs84, cgcs2000, gcj02, bd09 or an EPSG code under [coordinates]."),
    ),
    "METRIC_CRS_NOT_METRES": Kind(
        "blocking",
        N_("Distances cannot be measured in {system}: it is not a plane system in metres."),
        N_("Leave metric_crs out, or name a projected system in metres; {fitting} fits here."),
    ),
    "METRIC_CRS_DISTORTS": Kind(
        "blocking",
        N_("Where the schools are, lengths in {system} are wrong by more than 1 percent."),
        N_("Leave metric_crs out, or name a system made for this region; {fitting} fits here."),
    ),
    "POINT_FAR_AWAY": Kind(
        "yellow",
        N_(
            "This point lies more than {km} km from the middle of the schools; it is not "
            "believed and counts as missing."
        ),
        N_(
            "Correct the coordinates, the system declared under [coordinates] or the zone number "
            "before the easting; or leave the cells empty."
        ),
    ),
    "POINT_SWAPPED": Kind(
        "yellow",
        N_(
            "lon and lat look swapped: the other way round this point lies among the schools; "
            "it counts as missing."
        ),
        N_("Swap the two cells, or the two names under [columns]."),
    ),
    "SCHOOL_WITHOUT_POINT": Kind(
        "blocking",
        N_("School {school} has entry classes and no coordinates: no way to it can be measured."),
        N_("Fill in lon and lat, or set its classes to 0."),
    ),
    "SCHOOLS_NOT_ON_MAP": Kind(
        "info",
        N_("Schools without an entry class that have no coordinates: {count} ({schools})."),
        N_("None is needed before they have entry classes."),
    ),
    "NO_WAY": Kind(
        "blocking",
        N_(
            "No way to school can be measured for applicant {applicant}: no coordinates, no "
            "anchor of a zone and no row in a travel matrix."
        ),
        N_("Fill in lon and lat, or a zone that has an anchor point, or add rows to the matrix."),
    ),
    "MATRIX_WITHOUT_APPLICANT": Kind(
        "yellow",
        N_("The travel matrix has no row for applicant {applicant}, who can reach no school."),
        N_("Add the applicant's rows, or those of its zone, to the matrix."),
    ),
    "MATRIX_WITHOUT_SCHOOL": Kind(
        "yellow",
        N_("The travel matrix has no row for school {school}, which nobody can reach."),
        N_("Add the school's rows to the matrix, or set its classes to 0."),
    ),
    "ZONE_EMPTY": Kind(
        "yellow",
        N_("Zone {zone} covers no ground: no home can lie in it."),
        N_("Draw the zone, or take the row out of the file."),
    ),
    "ZONE_REPAIRED": Kind(
        "yellow",
        N_("The outline of zone {zone} crosses itself; it was repaired for this run."),
        N_("Redraw the outline where it crosses, or save the zones with repaired geometry."),
    ),
    "ZONE_SAME_SHAPE": Kind(
        "yellow",
        N_("Zones {zones} have one and the same shape; a home there goes to {first}."),
        N_("Keep one of them and list all their schools in it."),
    ),
    "ZONE_OVERLAP": Kind(
        "yellow",
        N_("Zones {first} and {second} both claim {area} m2; a home there goes to {first}."),
        N_("Draw one border between the two zones."),
    ),
    "ZONE_GAP": Kind(
        "yellow",
        N_("{area} m2 between zones {zones} belong to no zone."),
        N_("Add the ground to a zone, unless nobody can live there."),
    ),
    "ZONE_DUST": Kind(
        "info",
        N_(
            "The zones overlap in {slivers} slivers and leave {pinholes} pin-holes, too small "
            "or thin for a home (the largest has {area} m2)."
        ),
        N_("None is needed; snapping the borders to each other removes them."),
    ),
    "ZONE_WITHOUT_SCHOOL": Kind(
        "yellow",
        N_("Zone {zone} names no school: children there skip the zone rounds."),
        N_("Name its schools, or take the zone out of the file."),
    ),
    "ZONES_ELSEWHERE": Kind(
        "blocking",
        N_("Not one home and not one school lies in any zone."),
        N_("Check the coordinate systems declared under [coordinates], zones first."),
    ),
    "SCHOOL_OUTSIDE_ZONE": Kind(
        "yellow",
        N_("School {school} lies {metres} m outside the zone that it serves ({zones})."),
        N_("Check the school's coordinates and the zone's schools; it may be meant so."),
    ),
}

"""Messages about inputs that are readable cell by cell, but do not fit together."""

from __future__ import annotations

from enroll.notices.kinds import N_, Kind

CHECK_KINDS: dict[str, Kind] = {
    "FACT_NOT_A_NUMBER": Kind(
        "blocking",
        N_("Group {group} needs a whole number here."),
        N_("Write digits only, or leave the cell empty where nothing is known."),
    ),
    "FACT_NOT_A_DATE": Kind(
        "blocking",
        N_("Group {group} needs a date here."),
        N_("Write it as 2026-08-31, or leave the cell empty where nothing is known."),
    ),
    "NOBODY_ELIGIBLE": Kind(
        "blocking",
        N_("None of the {count} applicants is eligible: there is nobody to place."),
        N_("Check `year`, the birth dates and the review column."),
    ),
    "NO_SEAT_ANYWHERE": Kind(
        "blocking",
        N_("The {count} schools have no seat at all."),
        N_("Check the columns classes, reserved, other_grades, leavers and school_limit."),
    ),
    "FAMILY_LARGE": Kind(
        "yellow",
        N_("{count} applicants of one year share this family."),
        N_("Check the family column: only brothers and sisters of one year belong together."),
    ),
    "LOOKALIKES": Kind(
        "yellow",
        N_(
            "Children who share home, birth date and sex with another one of another family: "
            "{count} (such as {ids})."
        ),
        N_("Remove a child registered twice, or give twins one family."),
    ),
    "RESERVED_ABOVE_SEATS": Kind(
        "blocking",
        N_("{school} reserves {reserved} seats and can take {seats} pupils at most."),
        N_("Reserve fewer seats, or plan more classes."),
    ),
    "SCHOOL_IN_NO_ZONE": Kind(
        "yellow",
        N_("Public schools that no zone names: {count} ({schools})."),
        N_(
            "Name them in the zones' column schools; as it is they take children by decision "
            "or redirect only."
        ),
    ),
    "OTHER_STAGE_UNREADABLE": Kind(
        "blocking",
        N_("The other stage's run cannot be read: {reason}"),
        N_("Name a complete run folder under [files] other_stage, or leave it out."),
    ),
}

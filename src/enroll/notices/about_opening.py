"""Messages about classes to open."""

from __future__ import annotations

from enroll.notices.kinds import N_, Kind

OPENING_KINDS: dict[str, Kind] = {
    "TEACHERS_TOO_FEW": Kind(
        "blocking",
        N_(
            "Children placed by decision and reserved seats need {least} entry classes already,"
            " and teachers allow {teachers}."
        ),
        N_("Allow at least {least} in [planning] teachers."),
    ),
    "CLASS_COST_MISSING": Kind(
        "blocking",
        N_("A budget is given, but no school says what a class costs."),
        N_("Give class_cost in the file of schools, or take budget out of [planning]."),
    ),
    "OPENING_BUDGET_SHORT": Kind(
        "blocking",
        N_(
            "Children placed by decision and reserved seats need classes beyond the planned ones"
            " that the budget does not pay."
        ),
        N_("Raise budget in [planning], or the planned classes where it is decided already."),
    ),
    "OPENING_NO_ROOMS": Kind(
        "blocking",
        N_("No school has a room for an entry class."),
        N_("Give classes or rooms in the file of schools."),
    ),
    "OPENING_OVERLOAD": Kind(
        "red",
        N_(
            "Children who may go nowhere else than to {schools}: {children}. These have {seats}"
            " seats when every room is used."
        ),
        N_(
            "{more} more seats there, classes filled to their limit (--seats limit), or a larger"
            " max_m in [planning]."
        ),
    ),
    "OPENING_OVERLOAD_AT_LIMIT": Kind(
        "red",
        N_(
            "Children who may go nowhere else than to {schools}: {children}. These have {seats}"
            " seats when every room is used and every class is at its limit."
        ),
        N_("{more} more seats there, or a larger max_m in [planning]."),
    ),
    "OPENING_NO_WAY": Kind(
        "red",
        N_("Children who may go to no school: {children}."),
        N_(
            "Ask families that accept no redirect again, or name private and boarding schools in"
            " a redirect round."
        ),
    ),
    "OPENING_TEACHERS_SHORT": Kind(
        "red",
        N_(
            "Children left without a place for want of teachers or money, not of rooms:"
            " {children}. To place them takes {classes} entry classes in all."
        ),
        N_("Raise teachers or budget in [planning]."),
    ),
    "OPENING_OVER_LIMIT": Kind(
        "red",
        N_("{school}: children placed by decision are more than its rooms and limits hold."),
        N_("Decide otherwise for some of them, or find more rooms."),
    ),
    "FUTURE_BREACH": Kind(
        "orange",
        N_(
            "{school}: children placed by decision already break a limit next year ({pupils},"
            " and {most} would keep it)."
        ),
        N_("Plan rooms for next year, or decide otherwise for some of them."),
    ),
    "OPENING_HELD_BACK": Kind(
        "info",
        N_("{school} takes {pupils} children and no more, so that no limit breaks next year."),
        N_("More rooms next year would let it take more; next_rooms says how many it has."),
    ),
    "OPENING_NOT_NEAR": Kind(
        "info",
        N_("Children with no school within {reach} m, planned for their nearest: {children}."),
        N_("A nearer school, a school bus or boarding."),
    ),
}

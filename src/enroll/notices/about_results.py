"""Messages about a finished allocation."""

from __future__ import annotations

from enroll.notices.kinds import N_, Kind

_CHILDREN: dict[str, Kind] = {
    "NO_SEAT": Kind(
        "red",
        N_("Children without a seat, {zone}: {count}."),
        N_("{seats} {where}, or at another school within reach of their homes."),
    ),
    "NO_SCHOOL_IN_REACH": Kind(
        "red",
        N_("Children whom no school within reach may take, {zone}: {count}."),
        N_(
            "{seats} at a school nearer to their homes, a larger max_m in the last redirect round, "
            "or boarding places in a round that names them."
        ),
    ),
    "DECLINED": Kind(
        "orange",
        N_("Children without a seat whose families accept no redirect, {zone}: {count}."),
        N_("{seats} {where}, or ask the families again."),
    ),
    "FAR": Kind(
        "yellow",
        N_(
            "Children with a way to school of more than {bound} m, {zone}: {count}, the farthest "
            "{farthest} m; redirected out of their zone: {redirected}."
        ),
        N_(
            "For those redirected {seats} {where}; for the others ({others}) a nearer school, a "
            "school bus or boarding."
        ),
    ),
    "OVERLOAD": Kind(
        "red",
        N_("Round {round}: {children} no other school{reach} than {schools}, {seats}."),
        N_("{more} there, or at another school that the children reach."),
    ),
    "FAMILY_SPLIT": Kind(
        "orange",
        N_(
            "{count} children of one family are not all at one school: none could take them whole "
            "without costing another child its place or passing its limit."
        ),
        N_("{count} seats at one school within reach; until then an override needs an authority."),
    ),
    "BUNDLE_PASSED_OVER": Kind(
        "orange",
        N_(
            "Round {round}: {count} children of one family were passed over at {school}, whose "
            "last seats were fewer."
        ),
        N_('{more} at {school}, or last_seat = "exceed" in this round.'),
    ),
    "OVERRIDE": Kind(
        "info",
        N_("Override: {applicant} to {school}; {reason} ({authority}, {date})."),
        N_("It stands on every rerun until it is taken out of the inputs."),
    ),
    "OVERRIDE_WITHOUT_EFFECT": Kind(
        "orange",
        N_("The override that sends {applicant} to {school} has no effect: {why}."),
        N_("Decide the review, list override under [age] waive, or delete the override."),
    ),
    "TOO_YOUNG": Kind(
        "info",
        N_("Applicants born after {latest}, who are too young this year: {count}."),
        N_("They enter next year; [age] waive lists the reasons that let a child in earlier."),
    ),
    "TOO_OLD": Kind(
        "info",
        N_("Applicants born before {earliest}, the bound of [age] earliest_birth: {count}."),
        N_("Check their birth dates; [age] waive lists the reasons that let a child in."),
    ),
    "REVIEW_PENDING": Kind(
        "orange",
        N_("Applicants whose review is not decided, who were not placed: {count}."),
        N_("Decide the reviews and run again, or place them in a supplementary round."),
    ),
    "REVIEW_REJECTED": Kind(
        "info",
        N_("Applicants whose review rejected them: {count}."),
        N_("None is needed; a review that was wrong is corrected in the column review."),
    ),
}

_SCHOOLS: dict[str, Kind] = {
    "OVER_LIMIT": Kind(
        "red",
        N_("{school} {excess}: fixed placements stand, past a limit too."),
        N_("{relief}."),
    ),
    "OVERSIZED_SCHOOL": Kind(
        "red",
        N_("{school} has {total} pupils in all grades, above the school limit of {bound}."),
        N_("Seats for its entrants at other schools: {seats}."),
    ),
    "SCHOOL_REFILLS": Kind(
        "yellow",
        N_(
            "{school} was above its limit of {bound} with {last_year} pupils, so it takes no more "
            "than the {leavers} who left; with {entering} entering it has {total}. {outlook}"
        ),
        N_("Entrants to place at other schools for it to come under now: {seats}."),
    ),
    "OVERSIZED_CLASS": Kind(
        "red",
        N_("{school} has classes of 56 pupils or more: {count}, the largest {largest}."),
        N_("{classes} there, or {seats} of its children at other schools."),
    ),
    "VERY_OVERSIZED_CLASS": Kind(
        "red",
        N_("{school} has classes of 66 pupils or more: {count}, the largest {largest}."),
        N_("{classes} there, or {seats} of its children at other schools."),
    ),
    "OVER_STANDARD": Kind(
        "orange",
        N_("{school} has a class of {largest}, above its class standard of {bound}."),
        N_(
            "More classes that its {rooms} rooms allow: {classes}; seats wanted at other schools "
            "besides: {seats}."
        ),
    ),
    "NEAR_LIMIT": Kind(
        "yellow",
        N_("{school} has filled {placed} of the {bound} seats that its limits allow."),
        N_("{seats} at a school near it, or there where rooms and the school limit allow."),
    ),
}

_ZONES: dict[str, Kind] = {
    "ZONE_FULL": Kind(
        "red",
        N_("{zones}: {children} for {bound} seats within the class standard. {fit}"),
        N_(
            "{seats} {where}, or at schools near by, for every child to have one; {more} for "
            "demand below 90 %."
        ),
    ),
    "NO_ZONE": Kind(
        "yellow",
        N_("Children whose home lies in no zone, who skipped the zone rounds: {count}."),
        N_("Close the gaps between the zones, correct the homes, or fill in the column zone."),
    ),
    "ZONE_BY_HAND": Kind(
        "yellow",
        N_("Children whose zone is given by hand, which the map does not check: {count}."),
        N_("Leave the column zone empty wherever the map can decide."),
    ),
    "BORDER_HOME": Kind(
        "yellow",
        N_(
            "Homes on a border of zones, which the zone with the smallest id took, {zone}: {count}."
        ),
        N_("Draw the border beside these homes, or decide on their zone in the column zone."),
    ),
}

_CIRCUMSTANCES: dict[str, Kind] = {
    "GROUP_OTHER": Kind(
        "yellow",
        N_("Children whom no group of the policy takes, who therefore come last: {count}."),
        N_("Complete their facts, or add a group that says where they belong."),
    ),
    "NO_BIRTH_DATE": Kind(
        "yellow",
        N_("Applicants without a birth date, whose age was not tested: {count}."),
        N_("Fill in the birth dates."),
    ),
    "STRAIGHT_IGNORES_WATER": Kind(
        "yellow",
        N_("Ways are straight lines: rivers, railways and trunk roads in between do not count."),
        N_("Give a matrix of real ways under [travel], where a way is barred."),
    ),
    "OTHER_STAGE_UNKNOWN": Kind(
        "yellow",
        N_(
            "Nine-year schools share their school limit with the other stage's entrants, who are "
            "not counted: {schools}."
        ),
        N_("Name the other stage's run under [files] other_stage."),
    ),
    "FOUND_IN_INPUT": Kind(
        "info",
        N_("The inputs were accepted with {count} findings of kind {code}."),
        N_("Run enroll check, which names each of them with its row."),
    ),
    "REHEARSAL_DRAW": Kind(
        "info",
        N_("The lottery {draw} is a rehearsal: whoever made it could choose its result."),
        N_("Commit to a public draw before the places are promised."),
    ),
}

RESULT_KINDS: dict[str, Kind] = {**_CHILDREN, **_SCHOOLS, **_ZONES, **_CIRCUMSTANCES}

PHRASES: dict[str, str] = {
    "zone": N_("zone {name}"),
    "zones": N_("Zones {names}, which share schools"),
    "one_zone": N_("Zone {name}"),
    "no_zone": N_("homes in no zone"),
    "at": N_("at {schools}"),
    "nearby": N_("near these homes"),
    "waiting": N_("{count} children still without a place have"),
    "waiting_one": N_("1 child still without a place has"),
    "with": N_("which have {count} seats"),
    "with_one_school": N_("which has {count} seats"),
    "children": N_("{count} children"),
    "children_one": N_("1 child"),
    "seats": N_("{count} more seats"),
    "seats_one": N_("1 more seat"),
    "classes": N_("{count} more classes"),
    "classes_one": N_("1 more class"),
    "within": N_(" within {metres} m"),
    "anywhere": "",
    "fit_until": N_("The first group that does not fit is {group}."),
    "no_reason": N_("no reason given"),
    "why_TOO_YOUNG": N_("the child is too young"),
    "why_TOO_OLD": N_("the child is too old"),
    "why_REVIEW_PENDING": N_("its review is not decided"),
    "why_REVIEW_REJECTED": N_("its review was rejected"),
    "all_fit": N_("Every group fits."),
    "class_excess": N_("has a class of {largest}, above its limit of {bound}"),
    "school_excess": N_("has {total} pupils in all grades, above the {bound} it may have"),
    "class_relief": N_("{classes} there, or {seats} of its children at other schools"),
    "school_relief": N_("{seats} of its new pupils at other schools"),
    "under_now": N_("It comes under its limit this autumn."),
    "under_later": N_("At this intake it comes under its limit in about {count} years."),
    "under_later_one": N_("At this intake it comes under its limit in about 1 year."),
    "never_under": N_("At this intake it never comes under its limit."),
}
"""Parts of the sentences above, put in by the rules that know the case."""

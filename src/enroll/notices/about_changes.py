"""Messages about `[[change]]` and about children who are not in any table of applicants."""

from __future__ import annotations

from enroll.notices.kinds import N_, Kind

_STATED: dict[str, Kind] = {
    "CHANGE_UNKNOWN_NEAR": Kind(
        "blocking",
        N_("There is no change of this kind; the nearest is `{nearest}`."),
        N_("Write `{nearest}`, or one of: {known}."),
    ),
    "CHANGE_UNKNOWN": Kind(
        "blocking",
        N_("There is no change of this kind."),
        N_("Write one of: {known}."),
    ),
    "CHANGE_EMPTY": Kind(
        "blocking",
        N_("This change says what it is about, but not what becomes of it."),
        N_("Add the keys that are to have another value, or take the change out."),
    ),
    "CHANGE_CONFLICT": Kind(
        "blocking",
        N_("This change and {other} both touch `{thing}`, and only one of them can hold."),
        N_("Keep one of the two; try the other in a scenario of its own."),
    ),
    "CHANGE_UNDER_DRAW": Kind(
        "blocking",
        N_(
            "A committed draw holds for the children who registered, and here children are "
            "added, left out or only expected: such a what-if is a rehearsal."
        ),
        N_("Write a `seed` under `[lottery]`; it takes the place of a draw that a base names."),
    ),
    "DEMAND_TWICE": Kind(
        "blocking",
        N_("`demand` stands for all children, so it goes with no `applicants` and no `overrides`."),
        N_("Keep `demand` to plan, or `applicants` to allocate."),
    ),
    "HOMES_PLACE": Kind(
        "blocking",
        N_("An estate lies at a `point` or in a `polygon`, one of the two, in plain numbers."),
        N_(
            "Write `point = [112.40, 29.33]`, or `polygon` as a list of such pairs, one for each "
            "corner."
        ),
    ),
    "HOMES_POLYGON": Kind(
        "blocking",
        N_("These corners do not go around any ground, or their border crosses itself."),
        N_("Write three corners or more in the order in which one walks around the estate."),
    ),
    "HOMES_GROUP_TWICE": Kind(
        "blocking",
        N_("`group` names the children's priority group, and `facts` would decide it anew."),
        N_("Keep one of them."),
    ),
    "HOMES_WITHOUT_GROUP": Kind(
        "blocking",
        N_("Nothing says in which priority group the children of this estate are."),
        N_("Add `group`, one of: {known}; or `facts` for the groups' conditions."),
    ),
    "HOMES_YIELD": Kind(
        "blocking",
        N_("This is not a table of grades from 1 to 9 with 0 to {most} pupils for 100 dwellings."),
        N_("Write it as `{{1 = 6.5, 7 = 4}}`."),
    ),
    "HOMES_OCCUPANCY": Kind(
        "blocking",
        N_("This is not a table of years with percentages from 0 to 100."),
        N_("Write it as `{{2028 = 40, 2030 = 100}}`."),
    ),
    "SETTING_NOT_A_PLACE": Kind(
        "blocking",
        N_("This is not the id of a school or zone."),
        N_("Write 1 to 64 letters, digits, dots, underscores and hyphens."),
    ),
    "SETTING_NEEDS_NUMBER": Kind(
        "blocking",
        N_("The value must be a number."),
        N_("Write digits with a decimal point where one is needed, without quotes."),
    ),
    "SETTING_NEEDS_PAIR": Kind(
        "blocking",
        N_("The value must be a pair of numbers."),
        N_("Write it as `[112.40, 29.33]`: longitude and then latitude."),
    ),
}

_NAMED: dict[str, Kind] = {
    "CHANGE_SCHOOL_UNKNOWN": Kind(
        "blocking",
        N_("There is no school of this id."),
        N_("Correct the id, or add the school; the nearest id is `{nearest}`."),
    ),
    "CHANGE_SCHOOL_EXISTS": Kind(
        "blocking",
        N_("There is a school of this id already."),
        N_('Choose another id, or change the school with `do = "set_school"`.'),
    ),
    "CHANGE_ZONE_UNKNOWN": Kind(
        "blocking",
        N_("There is no zone of this id."),
        N_("Correct the id; the nearest is `{nearest}`."),
    ),
    "CHANGE_ZONE_EXISTS": Kind(
        "blocking",
        N_("There is a zone of this id already, so it cannot be new."),
        N_("Take it out of `new`, or give the new zone another id."),
    ),
    "CHANGE_ZONE_NOT_IN_FILE": Kind(
        "blocking",
        N_("The file of the moved boundary has no zone of this id."),
        N_("Take it out of `new`, or add the zone to the file."),
    ),
    "CHANGE_ZONES_NOT_ALIKE": Kind(
        "blocking",
        N_("The moved boundary is in `{theirs}` and the zones are in `{ours}`."),
        N_("Write both in one coordinate system, both as a map or both with anchor points."),
    ),
    "CHANGE_ROUND_UNKNOWN": Kind(
        "blocking",
        N_("There is no round of this id."),
        N_("Write one of: {known}."),
    ),
    "CHANGE_GROUP_UNKNOWN": Kind(
        "blocking",
        N_("There is no priority group of this id."),
        N_("Write one of: {known}."),
    ),
    "CHANGE_FACT_UNKNOWN": Kind(
        "blocking",
        N_("No condition of any group asks for this fact."),
        N_("Write one of: {known}; the zone follows from the place."),
    ),
    "CHANGE_FACT_WORD": Kind(
        "blocking",
        N_("The value is not one of: {known}."),
        N_("Write one of these words, in double quotes."),
    ),
    "CHANGE_NO_CLASSES": Kind(
        "blocking",
        N_("After these changes no school has an entry class."),
        N_("Leave at least one school with a class."),
    ),
    "CHANGE_NEEDS_WAYS": Kind(
        "blocking",
        N_("Ways come from a matrix, which has none for what is new here."),
        N_('Try this change with `[travel] mode = "straight"`, or with a matrix by zone.'),
    ),
    "CHANGE_STANDARD_ABOVE_LIMIT": Kind(
        "blocking",
        N_("The class standard of {standard} would be above the class limit of {limit}."),
        N_("Change both together."),
    ),
    "CHANGE_ROOMS_BELOW_CLASSES": Kind(
        "blocking",
        N_("There would be fewer rooms than classes."),
        N_("Raise `rooms` or lower `classes`."),
    ),
    "CHANGE_RESERVED_WITHOUT_PURPOSE": Kind(
        "blocking",
        N_("Seats would be held back without saying for whom."),
        N_("Add `reserved_for`."),
    ),
}

_FOUND: dict[str, Kind] = {
    "CHANGE_WITHOUT_EFFECT": Kind(
        "yellow",
        N_("This change leaves everything as it is in {year}."),
        N_(
            "Check the numbers; an estate has children from the year in which it is delivered, "
            "in the entry grade that `pupils_per_100` names."
        ),
    ),
    "CLOSED_SCHOOL_PLACED": Kind(
        "orange",
        N_(
            "{count} children are placed by decision at the closed school {school}; they are "
            "placed by the rules instead."
        ),
        N_("Decide anew where these children go before the school is closed."),
    ),
    "CLOSED_SCHOOL_SIBLINGS": Kind(
        "yellow",
        N_(
            "{count} children have an older sibling at the closed school {school}; they come "
            "without a sibling's school."
        ),
        N_("Say where the school's other grades go, so that families stay together."),
    ),
    "DEMAND_OTHER_GRADES": Kind(
        "info",
        N_("{count} rows are of another grade than the entry grade {grade} and are left out."),
        N_("Nothing to do: an allocation places the entry grade."),
    ),
    "DEMAND_ROW_TWICE": Kind(
        "blocking",
        N_("Row {first} has the same block, grade and group."),
        N_("Keep one of the rows, with the sum of their pupils."),
    ),
    "DEMAND_PLACE": Kind(
        "blocking",
        N_("Nothing says where this block lies."),
        N_("Fill in `lon` and `lat`, or `zone_id`."),
    ),
    "DEMAND_NOBODY": Kind(
        "blocking",
        N_("No block has any pupil of the entry grade."),
        N_("Check the columns `pupils` and `grade`; the entry grade is {grade} here."),
    ),
}

CHANGE_KINDS: dict[str, Kind] = {**_STATED, **_NAMED, **_FOUND}

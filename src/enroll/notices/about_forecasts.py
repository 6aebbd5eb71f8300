"""Messages about the tables of a forecast and about what it found."""

from __future__ import annotations

from enroll.notices.kinds import N_, Kind

FORECAST_KINDS: dict[str, Kind] = {
    "NO_ROLL": Kind(
        "blocking",
        N_("The roll has no rows."),
        N_("List the pupils by year, school and grade."),
    ),
    "ROLL_SCHOOL_UNKNOWN": Kind(
        "blocking",
        N_("The roll has pupils of a school that the file of schools does not have."),
        N_("Correct the id, or add the school; one that has closed has 0 classes."),
    ),
    "ROLL_OTHER_GRADES": Kind(
        "info",
        N_("{count} rows are of grades outside this stage and are left out."),
        N_("Nothing needs to be done; [forecast] first_grade and last_grade say which count."),
    ),
    "ROLL_YEARS_MISSING": Kind(
        "blocking",
        N_("No pupils are given for {years}, between years that have some."),
        N_("Add the rows of these years."),
    ),
    "ROLL_TOO_SHORT": Kind(
        "blocking",
        N_("The roll has {count} years; a forecast needs at least {least}."),
        N_("Add the rows of earlier years; five or more make the ranges worth reading."),
    ),
    "ROLL_SCHOOL_YEARS_MISSING": Kind(
        "yellow",
        N_("School {school} has no pupils in {years}, but before and after."),
        N_("Add the rows, unless the school was closed in these years."),
    ),
    "ROLL_SCHOOL_WITHOUT": Kind(
        "yellow",
        N_("School {school} has classes but no pupils on the roll in the last year."),
        N_("Add its rows; a school that is still to open is a change of the scenario."),
    ),
    "SNAPSHOTS_DISAGREE": Kind(
        "blocking",
        N_("The row says something else than row {first}, which has the same key."),
        N_("Keep the row that is right: two snapshots of the register disagree."),
    ),
    "ROWS_REPEATED": Kind(
        "info",
        N_("{count} rows repeat an earlier row word for word and are ignored."),
        N_("Nothing needs to be done; two snapshots of the register overlap."),
    ),
    "BIRTHS_ZONE_UNKNOWN": Kind(
        "blocking",
        N_("The file of zones has no zone with this id."),
        N_("Correct the id, or write all for births of the whole county."),
    ),
    "BIRTHS_COUNTED_TWICE": Kind(
        "blocking",
        N_("Births of {years} are given by zone and also for the whole county."),
        N_("Keep one of the two: they would be added up."),
    ),
    "BIRTHS_MONTHS_AND_YEARS": Kind(
        "blocking",
        N_("Births of {years} are given by month and also for the whole year."),
        N_("Keep one of the two: they would be added up."),
    ),
    "BIRTHS_YEARS_MISSING": Kind(
        "blocking",
        N_("Births of {years} are missing for {zone}, which has others."),
        N_("Add the rows, with 0 where nobody was born."),
    ),
    "NO_BIRTHS": Kind(
        "blocking",
        N_("The file of births has no rows."),
        N_("List the births by year, or leave births out of [files]."),
    ),
    "BIRTHS_TOO_LATE": Kind(
        "blocking",
        N_(
            "Births begin in {first}, too late for any entrance on the roll: they are needed"
            " from {needed}."
        ),
        N_("Add earlier births, or leave births out of [files]."),
    ),
    "HOMES_ZONE_UNKNOWN": Kind(
        "blocking",
        N_("The file of zones has no zone with this id."),
        N_("Correct the id, or give lon and lat instead."),
    ),
    "HOMES_NOWHERE": Kind(
        "blocking",
        N_("The homes have neither a zone nor a place."),
        N_("Fill in zone_id, or lon and lat."),
    ),
    "HOMES_OUTSIDE": Kind(
        "blocking",
        N_("The homes lie in no zone."),
        N_("Correct lon and lat, or fill in zone_id."),
    ),
    "HOMES_WITHOUT_SCHOOL": Kind(
        "blocking",
        N_("The homes lie in zone {zone}, which no school with pupils serves."),
        N_("Name the school that takes their children in the file of zones."),
    ),
    "FORECAST_BREAK": Kind(
        "yellow",
        N_(
            "The steps to grade {grades} in {year} fall outside those of the other years:"
            " {ratios} per 1,000 instead of {usual}."
        ),
        N_('Find out what happened; [forecast] breaks = "leave_out" leaves these steps out.'),
    ),
    "FORECAST_WITHOUT_CHANGES": Kind(
        "orange",
        N_("The forecast does not follow these changes of the scenario: {kinds}."),
        N_(
            "Write what they do into the tables: schools and zones, homes of a new estate, births;"
            " set_limits and set_round are followed."
        ),
    ),
    "FORECAST_ASSUMED": Kind(
        "info",
        N_("Entrants of {years} are assumed: their births are not counted yet."),
        N_("Add births as they are registered."),
    ),
    "FORECAST_WITHOUT_GROUPS": Kind(
        "info",
        N_("The applicants cannot be read, so no group is named that does not fit."),
        N_("Run enroll check for what is wrong with them."),
    ),
    "GAP_AHEAD": Kind(
        "orange",
        N_(
            "Areas lack entry classes from {first} to {last}, most in {year}: {classes}. In ten"
            " years {use} % of today's entry seats are used."
        ),
        N_(
            "Seats to be built had to be decided on by {decide}; gaps.csv says where, and what is"
            " to spare meanwhile."
        ),
    ),
    "CLASSES_AHEAD": Kind(
        "red",
        N_("Schools with a class above its limit or of 56 and more: {count}, {now} in {first}."),
        N_("Open classes there or place entrants elsewhere; see warnings-ahead.csv."),
    ),
    "SCHOOLS_AHEAD": Kind(
        "red",
        N_("Schools with more pupils in all grades than their limit: {count}, {now} in {first}."),
        N_("Place entrants elsewhere; see warnings-ahead.csv."),
    ),
    "RED_AHEAD": Kind(
        "red",
        N_("Schools with entrants for all standard seats or more: {count}, {now} in {first}."),
        N_("Warn families in time; see warnings-ahead.csv."),
    ),
    "YELLOW_AHEAD": Kind(
        "yellow",
        N_("Schools with entrants for 90 % of the standard seats: {count}, {now} in {first}."),
        N_("See warnings-ahead.csv."),
    ),
    "SMALL_AHEAD": Kind(
        "info",
        N_("Schools with fewer than 100 pupils in all grades: {count}, {now} in {first}."),
        N_("Whether a small school is kept is the county's choice."),
    ),
}

"""Messages about lists, and the words that stand on them."""

from __future__ import annotations

from enroll.notices.kinds import N_, Kind

LIST_KINDS: dict[str, Kind] = {
    "IDENTITY_COLUMN": Kind(
        "blocking",
        N_("There must be one column {name}; there are {count}."),
        N_("Give one column this header, or one of these: {headers}."),
    ),
    "IDENTITY_EMPTY": Kind(
        "blocking",
        N_("The table has no rows."),
        N_("Give one row for each applicant of the run."),
    ),
    "IDENTITY_UNKNOWN": Kind(
        "blocking",
        N_("No applicant of the run has this id."),
        N_("Correct the id, or take the row out: a letter must not go to another child."),
    ),
    "IDENTITY_OTHER_RUN": Kind(
        "blocking",
        N_("None of the {count} ids belongs to the run."),
        N_("Give the identity file of this run's own registration."),
    ),
    "IDENTITY_MISSING": Kind(
        "blocking",
        N_("{count} applicants of the run have no row, among them {ids}."),
        N_("Add their rows: otherwise they would have no letter."),
    ),
    "NAME_IS_NUMBER": Kind(
        "blocking",
        N_("The name holds a long number."),
        N_("Look whether the columns are shifted; a name on a public list has no digits."),
    ),
    "IDENTITY_NUMBERS": Kind(
        "yellow",
        N_("{count} cells of the column hold resident identity numbers; they go into the letters."),
        N_("Leave the column out: a letter needs the registration number alone."),
    ),
}

COLUMN = {
    "code": N_("Registration number"),
    "name": N_("Name"),
    "school": N_("School"),
    "school_id": N_("School code"),
    "group": N_("Group"),
    "round": N_("Round"),
    "zone": N_("Zone"),
    "zone_schools": N_("Schools of the zone"),
    "metres": N_("Way, m"),
    "reason": N_("Reason"),
    "text": N_("Text"),
    "year": N_("School year"),
    "level": N_("Level"),
    "notice": N_("Code"),
    "subject": N_("About"),
    "message": N_("Notice"),
    "value": N_("Value"),
    "bound": N_("Bound"),
    "list": N_("List"),
    "rows": N_("Children on it"),
}
SCHOOL_COLUMN = {
    "classes": N_("Classes"),
    "largest_class": N_("Largest class"),
    "seats_standard": N_("Seats at the standard"),
    "seats_limit": N_("Seats at the limit"),
    "zone_demand": N_("Children of its zones"),
    "placed": N_("Placed"),
    "placed_from_zone": N_("Placed from its zones"),
    "redirected_in": N_("Redirected here"),
    "redirected_away": N_("Redirected away"),
    "spare_standard": N_("Spare at the standard"),
    "spare_limit": N_("Spare at the limit"),
    "level": N_("Level"),
}

NOTICE_LIST = N_("Children placed: public notice")
SCHOOL_LIST = N_("Children placed at {school}")
SCHOOL_LISTS = N_("Lists of the schools")
ADMISSION = N_("Admission notices")
REDIRECT = N_("Redirect notices")
MESSAGES = N_("Text messages")
COUNTS = N_("Counts")
SCHOOLS = N_("Schools")
UNPLACED = N_("Without a place")
INELIGIBLE = N_("Not eligible")
NOTICES = N_("Notices")
CHILDREN = N_("Children")

APPLICANTS = N_("Applicants of the run: {count}.")
HOW_MANY = N_("Children on this list: {count}.")
HOW_MANY_SCHOOLS = N_("Schools: {count}.")
HOW_MANY_NOTICES = N_("Notices: {count}.")
REHEARSAL = N_("Rehearsal: this draw decides nothing, and these lists are not to be given out.")
PRIVATE = N_("Holds personal data of children: for the office alone.")
FOR_SCHOOL = N_("Holds personal data of children: for this school alone.")
CODES_ONLY = N_("No names: give --identity to have them.")

NO_PLACE = {
    "NO_SEAT": N_("every school that the rounds allow is full"),
    "NO_SCHOOL_IN_REACH": N_("the redirect rounds allow no school"),
    "DECLINED": N_("the family accepts no redirect, and no school of the zone had a seat left"),
    "TOO_YOUNG": N_("too young for this year's entrance"),
    "TOO_OLD": N_("too old for this year's entrance"),
    "REVIEW_PENDING": N_("the review of the documents is not finished"),
    "REVIEW_REJECTED": N_("the review of the documents did not pass"),
}
SAY_PLACED = N_("Registration {code}: a place at {school}.")
SAY_REDIRECTED = N_("Registration {code}: redirected to {school}, which keeps a place.")
SAY_UNPLACED = N_("Registration {code}: no place yet ({reason}). The office will be in touch.")
SAY_INELIGIBLE = N_("Registration {code}: not eligible ({reason}). Ask the office.")
SAY_REHEARSAL = N_("REHEARSAL, decides nothing. {text}")

INSIDE = N_("{folder} lies inside a run, which is never changed: name a folder beside it with -o.")
TAKEN = N_("{folder} exists already and lists are never written over: name another with -o.")
NOT_WRITTEN = N_(
    "The lists could not be written to {folder} ({reason}), and nothing was: name another with -o."
)
UNFIT = N_(
    "{folder} gives no lists, as its files do not say the same ({what}): make the run again."
)
FUTURE = N_(
    "{folder} was written in a format that this version does not know: make lists with the "
    "version of enroll that wrote it, or a newer one."
)
NOT_VERIFIED = N_(
    "{folder} does not verify (step {step}), so no list is made from it: see what enroll verify "
    "says."
)

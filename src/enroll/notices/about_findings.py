"""Messages about what an audit finds in a finished run."""

from __future__ import annotations

from enroll.notices.kinds import N_, Kind, Phrase

FINDING_KINDS: dict[str, Kind] = {
    "AUDIT_COLUMN_MISSING": Kind(
        "blocking",
        N_("There is no column {name}."),
        N_("Name the column so, or by one of these: {headers}."),
    ),
    "RULE_BROKEN": Kind(
        "red",
        N_("Step {step} of the verifier fails: {why}"),
        N_("Take the run from a copy that was kept, or allocate again from the frozen inputs."),
    ),
    "PLACED_BY_DECISION": Kind(
        "info",
        N_("{applicant} was placed at {school} by decision: {told}."),
        N_("Hold the reason against the file it was decided on."),
    ),
    "DECISION_WITHOUT_REASON": Kind(
        "orange",
        N_("{applicant} was placed at {school} by decision, and no reason is given: {told}."),
        N_("Ask for the reason, the authority and the date in writing."),
    ),
    "GROUP_AGAINST_POLICY": Kind(
        "red",
        N_("{applicant} was ranked in group {group}; the facts and the policy give {due}."),
        N_("Ask who changed the group, and allocate again by the policy."),
    ),
    "ZONE_SET_BY_HAND": Kind(
        "info",
        N_("The zone of {applicant} was set by hand: {zone}."),
        N_("Hold it against the map."),
    ),
    "SAME_CHILD_TWICE": Kind(
        "orange",
        N_("Rows that differ in nothing but the id: {applicants}."),
        N_("Remove a child registered twice."),
    ),
    "SAME_HOME_AND_BIRTH": Kind(
        "yellow",
        N_("Children with one home and one birth date who are not placed together: {applicants}."),
        N_("Find out whether they are one child registered twice, or twins without a family."),
    ),
    "ENVY_IN_ZONE": Kind(
        "red",
        N_("{applicant} was refused at {school}, and {other} with a larger key has a place there."),
        N_("Allocate again; the rules allow no such place."),
    ),
    "ORDER_NOT_BY_CHANCE": Kind(
        "orange",
        N_("The draw's order follows {against} more than chance would (test {test}, p = {p})."),
        N_("Find out who chose the seed; a committed draw takes that choice away."),
    ),
    "VALUE_CHANGED": Kind(
        "orange",
        N_("{field} of {applicant} changed from {old} to {new}."),
        N_("Ask who changed it, when, and on what paper."),
    ),
    "ROW_ADDED": Kind(
        "orange",
        N_("{applicant} is not in the earlier register."),
        N_("Ask who added the row, when, and on what paper."),
    ),
    "ROW_REMOVED": Kind(
        "orange",
        N_("{applicant} is in the earlier register and not in this run."),
        N_("Ask who removed the row, when, and whether the family knows."),
    ),
    "RULES_CHANGED": Kind(
        "orange",
        N_("The rules differ from the earlier ones in {name}."),
        N_("Ask who changed them, when, and where that was made public."),
    ),
    "RESULT_DIFFERS": Kind(
        "orange",
        N_("{applicant}: {here} in this run, {there} in the other; {why}."),
        N_("Find out which of the two runs was made public."),
    ),
    "ONLY_IN_THIS_RUN": Kind(
        "orange",
        N_("{applicant} is not in the other run."),
        N_("Find out why the two runs have other applicants."),
    ),
    "ONLY_IN_OTHER_RUN": Kind(
        "orange",
        N_("{applicant} is in the other run alone."),
        N_("Find out why the two runs have other applicants."),
    ),
    "SITS_WITHOUT_PLACE": Kind(
        "red",
        N_("{applicant} sits at {school} without a place ({reason})."),
        N_("Ask the school on whose word the child was taken in."),
    ),
    "SITS_WITHOUT_APPLYING": Kind(
        "red",
        N_(
            "{applicant} sits at {school} and never applied; {count} such pupils there, "
            "seats reserved: {reserved}."
        ),
        N_("Ask the school on whose word the child was taken in."),
    ),
    "RESERVED_SEAT_TAKEN": Kind(
        "info",
        N_("{applicant} sits at {school} and never applied; seats reserved there: {reserved}."),
        N_("Ask the school on what authority the reserved seat was given."),
    ),
    "DECISION_AT_RESERVED": Kind(
        "orange",
        N_(
            "{applicant} was placed by decision at {school}, which holds back {reserved} seats, "
            "and no authority is given."
        ),
        N_("Ask who decided it, on what paper, and whether a reserved seat was meant."),
    ),
    "RESERVED_WITHOUT_AUTHORITY": Kind(
        "orange",
        N_(
            "{applicant} sits at {school}, which holds back {reserved} seats, without a place "
            "there in the run, and the roll names no authority."
        ),
        N_("Ask the school for the document, and add its number to the roll as `authority`."),
    ),
    "SITS_ELSEWHERE": Kind(
        "red",
        N_("{applicant} was placed at {placed} and sits at {school}."),
        N_("Ask both schools on whose word the child was moved."),
    ),
    "ON_TWO_ROLLS": Kind(
        "orange",
        N_("{applicant} is on the rolls twice: at {other} and at {school}."),
        N_("Have the school where the child does not sit strike it off."),
    ),
    "NOT_ON_ROLL": Kind(
        "yellow",
        N_("{applicant} was placed at {school} and is on no roll."),
        N_("Find out where the child goes to school, and who has its seat."),
    ),
    "IN_ANOTHER_GRADE": Kind(
        "yellow",
        N_("{applicant} was placed at {school} and is on the roll of {other} in grade {grade}."),
        N_("Have the school correct the grade, or find out who has the seat of the child."),
    ),
    "ROLL_OF_UNKNOWN_SCHOOL": Kind(
        "yellow",
        N_("The run knows no school {school}; pupils on its roll: {count}."),
        N_("Correct the number of the school in the rolls, or find out which school it is."),
    ),
    "CLASS_ABOVE_LIMIT": Kind(
        "red",
        N_("{school} has a class of {largest}, above its limit of {limit}."),
        N_("Hold its roll against the run, child by child."),
    ),
    "CLASSES_DIFFER": Kind(
        "yellow",
        N_("Classes of {school}: {sizes} on the roll, {planned} in the run."),
        N_("Hold its roll against the run, child by child."),
    ),
}

NO_CLASSES = N_("none")
"""The sizes of the classes of a school that the run gave none."""

FIELDS = {"group": N_("group"), "zone": N_("zone")}
"""What outcomes are told by, where it is no fact that the office has named."""

ORDERS = {
    "id": N_("id"),
    "birth_date": N_("birth_date"),
    "group": N_("group"),
    "row": N_("order of rows"),
    "name": N_("order of names"),
    "spearman": N_("spearman"),
    "runs": N_("runs"),
}
"""What a draw's order is held against, and by which tests."""

WITHOUT_PLACE = {
    "NO_SEAT": N_("no seat left"),
    "NO_SCHOOL_IN_REACH": N_("no school in reach"),
    "DECLINED": N_("declined a school elsewhere"),
    "TOO_YOUNG": N_("too young for this year's entrance"),
    "TOO_OLD": N_("too old for this year's entrance"),
    "REVIEW_PENDING": N_("the review of the documents is not finished"),
    "REVIEW_REJECTED": N_("the review of the documents did not pass"),
}
"""Why a child has no place, as `allocation.csv` has it in its column `reason`."""


def without_place(reason: str) -> Phrase | str:
    """Return in words why a child has no place."""
    return Phrase(WITHOUT_PLACE[reason]) if reason in WITHOUT_PLACE else reason


def in_order_of(name: str) -> Phrase | str:
    """Return in words what a draw's order is held against, or by which test."""
    return Phrase(ORDERS[name]) if name in ORDERS else name

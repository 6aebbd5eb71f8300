"""Sentences that tell a family why its child is where it is."""

from __future__ import annotations

from enroll.notices.kinds import N_

WHO = N_("Applicant {child}.")
TICKET = N_("Draw {draw}: ticket {ticket}, rank {rank} of {count} tickets.")
REHEARSED_TICKET = N_("Draw {draw}: ticket {ticket}, rank {rank} of {count} applicants.")
REHEARSAL = N_("This draw is a rehearsal and decides nothing.")

ZONE = {
    "given": N_("Zone: {zone}, entered by hand by the office."),
    "map": N_("Zone: {zone}, the one in which the home lies on the map."),
    "border": N_(
        "Zone: {zone}; several zones touch the home, and the one with the smallest id counts."
    ),
    "none": N_("Zone: none was found, so the child takes no part in zone rounds."),
}
GROUP = N_("Group: {group} ({name}).")
GROUP_BY = N_("Group: {group} ({name}), decided by: {facts}.")
GROUP_GIVEN = N_("Group: {group} ({name}), entered by the office.")
GROUP_OF_ALL = N_("Group: {group}.")
GROUP_OF_NOBODY = N_(
    "Group: {group}; no group of the rules takes the child, and so it comes after all of them."
)
FACT_BOUND = N_("{fact} ({bounds})")
BOUND = {
    "min": N_("at least {bound}"),
    "max": N_("at most {bound}"),
    "before": N_("before {bound}"),
    "after": N_("after {bound}"),
}
INELIGIBLE = {
    "TOO_YOUNG": N_("Not eligible: born on {born}, after {latest}."),
    "TOO_OLD": N_("Not eligible: born on {born}, before {earliest}."),
    "REVIEW_PENDING": N_("Not eligible: the review of the documents is not finished."),
    "REVIEW_REJECTED": N_("Not eligible: the review of the documents did not pass."),
}
ELIGIBLE = N_("Eligible: yes.")

FIXED = N_(
    "Placed at {school} by decision, before every round: reason {reason}, authority {authority}, "
    "date {date}."
)
PLACED_REASON = {
    "disabled": N_("disability"),
    "policy_care": N_("policy care"),
    "feeder": N_("feeder"),
    "sibling": N_("older sibling"),
    "court": N_("court"),
    "override": N_("override"),
}
OWN_WORDS = N_("{reason}: {words}")

ASKED_TOGETHER = N_("Round {round}: the {count} children of the family ask as one.")
NO_ZONE_SCHOOL = N_("Round {round}: no way to a school of the zone is known.")
ADMITTED = N_("Round {round}, {school}{way}: admitted; nobody was refused there.")
ADMITTED_BEFORE = N_("Round {round}, {school}{way}: admitted. Last admitted: {last}; you: {own}.")
REFUSED = N_("Round {round}, {school}{way}: refused. Last admitted: {last}; you: {own}.")
REFUSED_ALL = N_("Round {round}, {school}{way}: refused, as it had no seat in this round.")
PASSED_OVER = N_(
    "Round {round}, {school}{way}: passed over, as its last seats were fewer than the family's "
    "children."
)
WAY = N_(" ({metres} m)")
LISTED = N_("{listed}, {name}")
KEY = {
    "group": N_("group {value}"),
    "distance": N_("{value} m"),
    "points": N_("{value} points"),
    "since": N_("since {value}"),
    "lottery": N_("lottery rank {value}"),
}
NO_DATE = N_("no date")
SIBLING = (N_("older sibling there"), N_("no older sibling there"))

QUEUE = N_("Refused there and ranked before you: {count}.")
FIRST_IN_LINE = N_("Nobody refused there ranks before you.")
CHANGED = N_(
    "With any one of these alone, you would have had a place there or at a school asked before: "
    "{ways}."
)
CHANGE = {
    "group": N_("group {value} instead of {own}"),
    "sibling": N_("an older sibling at this school"),
    "distance": N_("a way of at most {value} m to this school instead of {own} m"),
    "points": N_("{value} points instead of {own}"),
    "since": N_("since {value} or earlier instead of {own}"),
    "lottery": N_("a lottery rank before {value} instead of {own}"),
    "seat": N_("one more seat at this school"),
}
SINCE_ANY = N_("any date (since) instead of none")
SINCE_ONE = N_("since {value} or earlier instead of no date")
ALTERNATIVE = N_("{listed}; {name}")

REDIRECTED = N_("Round {round}: {school}, {metres} m, the nearest school that had a seat for you.")
TOGETHER = N_(
    "Round {round}: {school}, {metres} m; bundles and younger siblings go first, to the nearest "
    "school that takes them whole and costs no other child its place."
)
SPLIT = N_(
    "Round {round}: {school}, {metres} m; no school could take the children of the family together "
    "without costing another child its place."
)
FULL = N_("{school}, {metres} m, is nearer and full.")
FULL_STANDARD = N_(
    "{school}, {metres} m, is nearer and full up to its class standard; seats above it are used "
    "only for children who would have none."
)
MORE_FULL = N_("Other schools that are nearer and full: {count}.")
GAIN = {
    "placed": N_("One seat more there would place one more child."),
    "over": N_("One seat more there would spare one seat above the class standard."),
    "far": N_("One seat more there would spare one child a way of more than {far} m."),
    "total": N_("One seat more there would save {metres} m of ways in all."),
    "ways": N_("One seat more there would save group {group} {metres} m of ways in all."),
}

ROOM = {
    "none": N_("None of its seats was left to the children of this round."),
    "kept": N_(
        "A place for you there would cost another child the place that an earlier round gave it."
    ),
    "placed": N_("A place for you there would leave one more child of group {group} without one."),
    "over": N_("A place for you there would take one more seat above the class standard."),
    "far": N_(
        "A place for you there would give one more child of group {group} a way of more than "
        "{far} m."
    ),
    "ways": N_(
        "With you there, the ways of group {group} would be {metres} m longer in all, although "
        "yours would be {own} m shorter."
    ),
    "equal": N_(
        "With you there, all would be as well off together; the order of the draw decided."
    ),
}
CHANGED_NEARER = N_(
    "With any one of these alone, and the rounds before as they were, round {round} would have "
    "placed you nearer: {ways}."
)
CHANGED_PLACED = N_(
    "With any one of these alone, and the rounds before as they were, round {round} would have "
    "given you a place: {ways}."
)
TURN = {
    "group": N_("group {value} instead of {own}, at {school}, {metres} m"),
    "lottery": N_("a lottery rank before {value} instead of {own}, at {school}, {metres} m"),
    "distance": N_("a way of at most {value} m to {at} instead of {own} m"),
    "seat": N_("one more seat at {at}"),
    "seat_elsewhere": N_(
        "one more seat at {at}, as one at {school}, {metres} m, would become free"
    ),
}

DECLINED = N_(
    "Without a place: the family accepts no redirect, and no school of the zone had a seat left."
)
DECLINED_NO_ZONE = N_(
    "Without a place: the family accepts no redirect, and there is no zone whose schools it could "
    "have."
)
ACCEPTED = N_(
    "Had it accepted one, round {round} would have given the child a place at {school}, {metres} m."
)
ACCEPTED_LATER = N_("The rounds after that one could only have brought it nearer.")
ACCEPTED_NONE = N_("Had it accepted one, there would have been no seat for the child either.")
ACCEPTED_OPEN = N_(
    "Had it accepted one, the child would have taken part in the redirect; what it would have got "
    "cannot be told for certain."
)
NO_SEAT = N_("Without a place: every school that the rounds allow is full.")
NO_SEAT_NEAREST = N_(
    "Without a place: all {count} schools that the last redirect round allows are full; the "
    "nearest is {school}, {metres} m."
)
OUT_OF_REACH = N_("Without a place: the redirect rounds allow no school.")
OUT_OF_REACH_NEAREST = N_(
    "Without a place: the redirect rounds allow no school within their reach; the nearest that "
    "they may use is {school}, {metres} m."
)
LONGEST = N_("The last redirect round allows ways of at most {metres} m.")
FIRST_BEYOND = N_(
    "Only if it allowed {metres} m could the child go to {school}; seats left there after that "
    "round: {count}."
)
OVERLOAD = N_(
    "Seats at {schools}: {seats}; children who have no other school: {demand}. Seats missing "
    "there, or at another school that these children reach: {gap}."
)

CASE = N_("The record of the child, as the rules read it:")
CASE_LINE = N_("{name}: {value}")

NOT_THERE = N_(
    "{child} is no applicant of this run: give an applicant_id of its allocation.csv, letter by "
    "letter."
)
FUTURE = N_(
    "{folder} was written in a format that this version does not know: explain it with the version "
    "of enroll that wrote it, or a newer one."
)
NO_AUDIT = N_(
    "{folder} has no complete audit folder, from which reasons are taken: make the run again."
)
ONE_OR_ALL = N_("Give an APPLICANT, or --all with -o FILE.")
NOT_WRITTEN = N_("{file} could not be written ({reason}): name another file that does not exist.")

"""Messages about the public edition of a run, and the words that stand in it."""

from __future__ import annotations

from enroll.notices.kinds import N_

WITHOUT_FIGURES = {
    "FUTURE_BREACH": N_("{what}: children placed by decision break a limit next year."),
    "NEAR_LIMIT": N_("{what}: filled to the limits, or nearly."),
    "OTHER_STAGE_UNKNOWN": N_(
        "Nine-year schools share their school limit with the other stage's entrants, who are not "
        "counted here."
    ),
    "OVERLOAD": N_("More children have no other school within reach than {what} have seats."),
    "OVERSIZED_CLASS": N_("{what}: classes of 56 pupils or more."),
    "OVERSIZED_SCHOOL": N_("{what}: more pupils in all grades than the school limit."),
    "OVER_LIMIT": N_("{what}: past a limit, by children placed by decision."),
    "OVER_STANDARD": N_("{what}: a class above the class standard."),
    "REHEARSAL_DRAW": N_("The lottery is a rehearsal and decides nothing."),
    "SCHOOL_REFILLS": N_(
        "{what}: was above its school limit and takes no more children than have left."
    ),
    "STRAIGHT_IGNORES_WATER": N_(
        "Ways are straight lines: rivers, railways and trunk roads in between do not count."
    ),
    "VERY_OVERSIZED_CLASS": N_("{what}: classes of 66 pupils or more."),
    "ZONE_FULL": N_("{what}: more children than seats within the class standard, or nearly."),
    "ZONE_WITHOUT_SCHOOL": N_("{what}: no school serves this zone."),
}
"""The codes that the public edition tells, each with what it says where its figures are hidden."""

ALWAYS_WITHOUT = frozenset({"OVER_LIMIT", "FUTURE_BREACH"})
"""Codes whose figures count children placed by decision, which may be few."""

HOW_WORDS = {
    "FIXED": N_("by decision, before the rounds"),
    "ZONE": N_("in a zone round"),
    "CHOICE": N_("in a choice round"),
    "REDIRECT": N_("in a redirect round"),
    "NO_SEAT": N_("no seat"),
    "NO_SCHOOL_IN_REACH": N_("no school within reach"),
    "DECLINED": N_("redirect declined"),
    "INELIGIBLE": N_("not eligible"),
}
"""How a child came to its place, or why it has none, as the head of a column."""

REASONS = {
    "FIXED": N_("The place was given by decision, before the rounds."),
    "ZONE": N_(
        "The place is at a school of the child's own zone. The school took the children of its "
        "zones in the order of the rules, as far as its seats went."
    ),
    "CHOICE": N_(
        "The place is at a school that the family chose. The school took those who chose it in the "
        "order of the rules, as far as its seats went."
    ),
    "REDIRECT": N_(
        "The schools asked before had no seat left in the order of the rules. A redirect round "
        "then gave a place near home, so that as many children as possible have one and the ways "
        "of all together are short."
    ),
    "NO_SEAT": N_("No place yet: every school that the rounds allow is full."),
    "NO_SCHOOL_IN_REACH": N_("No place yet: the redirect rounds allow no school."),
    "DECLINED": N_(
        "No place yet: the family accepts no redirect, and no school of the zone had a seat left."
    ),
    "INELIGIBLE": N_("Not eligible this year. The letter of the office says why."),
    "": N_("How this came about is told in the letter of the office alone, as too few share it."),
}
"""What the look-up page says of a result; of one whose reason is hidden under ""."""

WAY_WORDS = {
    "to_500_m": N_("up to 500 m"),
    "to_1000_m": N_("up to 1,000 m"),
    "to_2000_m": N_("up to 2,000 m"),
    "to_3000_m": N_("up to 3,000 m"),
    "to_5000_m": N_("up to 5,000 m"),
    "over_5000_m": N_("over 5,000 m"),
    "unknown": N_("not known"),
}

INSIDE = N_("{folder} lies inside a run, which is never changed: name a folder beside it with -o.")
TAKEN = N_(
    "{folder} exists already and a public edition is never written over: name another with -o."
)
NOT_WRITTEN = N_(
    "The public edition could not be written to {folder} ({reason}), and nothing was: name another "
    "folder with -o."
)
UNFIT = N_(
    "{folder} gives no public edition, as its files do not say the same ({what}): make the run "
    "again."
)
FUTURE = N_(
    "{folder} was written in a format that this version does not know: publish with the version of "
    "enroll that wrote it, or a newer one."
)
NOT_VERIFIED = N_(
    "{folder} does not verify (step {step}), so nothing of it is published: see what enroll verify "
    "says."
)
TOO_EXACT = N_(
    "{folder} was made with round_m = {metres}: ways so exact locate homes, so only a run with "
    "round_m = 50 or more is published."
)
NO_SITE = N_("{folder} holds no public edition: name a folder that enroll publish has written.")
NEEDS_TARGET = N_("Name a new folder with -o, or a finished one with --check.")
BOTH_TARGETS = N_("Give -o to write a public edition or --check to check one, not both.")
PLAN_OF_A_SCENARIO = N_(
    "{file} is a file and no run: add --plan to publish what a scenario says before registration."
)
FORECAST_OF_A_PLAN = N_("--forecast goes with --plan alone: a result is no forecast.")
CHECK_OF_A_RUN = N_(
    "--check holds a public edition against its RUN; a plan has none, so leave --plan out."
)

REHEARSAL = N_("Rehearsal: this draw decides nothing, and this edition is not to be put online.")
TICKETS = N_("Children in result.csv")
FILES = N_("Files")
HIDDEN = N_("Small cells hidden, with those that protect them")
WITHOUT_HOW = N_("Children whose way to their place is hidden with them")
SAME = N_("{folder} is, byte for byte, what this run gives: {count} files.")
DIFFERS = N_("{name} differs from what this run gives.")
MISSING = N_("{name} is missing.")
TOO_MANY = N_("{name} is not of this edition.")

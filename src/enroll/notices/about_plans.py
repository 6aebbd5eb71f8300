"""Sentences of what an office publishes before registration: rules, timetable, warnings."""

from __future__ import annotations

from enroll.notices.kinds import N_

AND = N_("{listed}; {name}")
OR = N_("{listed} or {name}")
ALTERNATIVELY = N_("{listed}; or {name}")

VALUE = {
    "household": {
        "zone": N_("the household is registered in the zone"),
        "county": N_("the household is registered in the county"),
        "outside": N_("the household is registered outside the county"),
    },
    "home": {
        "own": N_("the family lives in a home of its own"),
        "grandparents": N_("the family lives in a home of the grandparents"),
        "rent": N_("the family rents its home"),
        "none": N_("the family has neither a home of its own nor a rented one"),
    },
}
"""Facts that enroll knows, and what each of their words says of a family."""

SUBJECT = {
    "household_since": N_("the household was registered there {bounds}"),
    "home_since": N_("the home was registered or rented {bounds}"),
    "permit_since": N_("the residence permit was issued {bounds}"),
    "insurance_months": N_("months of social insurance: {bounds}"),
    "zone": N_("the zone is {bounds}"),
}
"""Facts that enroll knows, with what is asked of them."""

FACT = N_("“{fact}” is {bounds}")
"""A fact that the scenario names itself, as it is."""

ON_DAY = {
    "min": N_("on {bound} or later"),
    "max": N_("on {bound} or earlier"),
    "before": N_("before {bound}"),
    "after": N_("after {bound}"),
}
NUMBER = {"min": N_("at least {bound}"), "max": N_("at most {bound}")}
ON = N_("on {bound}")

WHO_THE_OFFICE_SAYS = N_("whoever the office puts into this group")
WHOEVER_IS_LEFT = N_("every child that no group above takes")
GROUP_OTHER = N_("Whoever fits none of these groups comes after all of them.")
ONE_GROUP = N_("There are no groups: all children rank alike.")
FIRST_GROUP = N_("A child belongs to the first group whose conditions all hold for it.")

AGE_LATEST = N_("Children born on {latest} or earlier may enter.")
AGE_EARLIEST = N_("Children born on {earliest} or later may enter.")
AGE_BETWEEN = N_("Children born from {earliest} to {latest} may enter.")
AGE_ANY = N_("There is no age test.")
AGE_WAIVED = N_("The age test is waived where a decision places the child for one of: {reasons}.")
REVIEW = N_("Only children whose documents passed the review are placed.")

FIXED = N_(
    "Places by decision come first: a child whom a numbered and dated document places at a school "
    "has that place, before all others."
)
ZONE = N_(
    "Each child asks the schools of its own zone, the school of an older sibling first, then the "
    "nearest."
)
ZONE_ORDER = N_(
    "A school that more children ask than it has seats ranks them by: {order}. Nobody it refuses "
    "ranks above anybody it admits."
)
FILLS = {
    "standard": N_("Classes are filled to the class standard of {size} children."),
    "limit": N_("Classes may be filled to the class limit of {size} children."),
}
FILLS_RANGE = {
    "standard": N_(
        "Classes are filled to each school's class standard, {least} to {most} children."
    ),
    "limit": N_("Classes may be filled to each school's class limit, {least} to {most} children."),
}
ORDER = {
    "group": N_("the better group"),
    "sibling": N_("an older sibling at the school"),
    "distance": N_("the shorter way to school"),
    "points": N_("more points"),
    "since": N_("the earlier day of registration (since)"),
    "lottery": N_("the better lottery number"),
}
LAST_SEAT = {
    "exceed": N_(
        "Children of one family who are placed together may take a school past its class standard, "
        "within the class limit."
    ),
    "skip": N_(
        "Where the last seats are fewer than the children of a family who are placed together, the "
        "family is passed over and the seats go to the next in line."
    ),
}
REDIRECT = N_(
    "Whoever has no place yet is redirected to a school within {metres} m that still has seats."
)
REDIRECT_ANYWHERE = N_(
    "Whoever has no place yet is redirected to a school that still has seats, at any distance."
)
REDIRECT_MOST = N_(
    "As many children as possible get a place, those of the better groups first; then {goal}."
)
GOAL = {
    "total": N_("all ways together are as short as possible, group by group"),
    "farthest": N_("the longest way is as short as possible, group by group"),
    "fewest_far": N_("as few children as possible go farther than {far} m, group by group"),
}
REDIRECT_AGAIN = N_(
    "Places that earlier redirects gave are looked at again: nobody loses a place, and nobody goes "
    "farther than before."
)
PUBLIC_DAY_SCHOOLS = N_("Public day schools are used.")
SCHOOLS_USED = N_("Schools of these kinds are used: {sectors}; {kinds}.")
SECTOR = {"public": N_("public"), "private": N_("private")}
SCHOOL_KIND = {
    "full": N_("full primary or junior school"),
    "village": N_("village school"),
    "nine-year": N_("nine-year school"),
    "boarding": N_("boarding school"),
}

TIE = N_("Every tie is ended by the lottery: one number for each child, the same at every school.")
WAY = {
    "straight": N_("The way is the straight line from home to school, rounded to {metres} m."),
    "matrix": N_("The way is the one that the office measured, rounded to {metres} m."),
}
TWINS = N_(
    "Children of one family who enter in the same year are placed together: they have one lottery "
    "number, and the rank of the one who ranks best."
)
DECLINES = N_(
    "A family may say at registration that it accepts no redirect. Its child then gets a place at "
    "a school of its own zone or none, and is counted apart from those who lack a seat."
)
UNPLACED = N_(
    "Whoever has no place after the last round stands in the result as unplaced, with the reason."
)
EXPLAINED = N_("After the result, the office can tell every family why its child is where it is.")
RESERVED = N_("Reserved seats are given in no round: they are kept for the purpose that is named.")
NINE_YEAR = N_(
    "A nine-year school shares its school limit between both entry grades, so its seats may still "
    "become fewer than shown."
)
ROUND_NAMES = {
    "fixed": N_("Places by decision"),
    "zone": N_("Schools of the zone"),
    "redirect": N_("Redirect to other schools"),
}

MOMENT = N_("{day}, {time} Beijing time ({utc})")

ZONE_SAYS = N_("{name} ({zone}): {schools}")
ZONE_NOBODY = N_("{name} ({zone}): no school serves it, so its children go on to redirects")
SCHOOL_IN_ZONE = N_("{name} ({school}), classes: {classes}")
SCHOOL_SAYS = N_(
    "{name} ({school}): classes {classes}, seats {standard} within the class standard and {limit} "
    "within the class limit; zones: {zones}"
)
NO_ZONES = N_("none")
LISTED = N_("{listed}, {name}")

INSIDE = N_("{folder} lies inside a run, which is never changed: name a folder beside it with -o.")
TAKEN = N_("{folder} exists already and is never written over: name another folder with -o.")
NOT_WRITTEN = N_(
    "The pages could not be written to {folder} ({reason}), and nothing was: name another with -o."
)
ZONES_MISSING = N_(
    "The scenario has a round of the zones' schools and no zones: name their file under [files] "
    "zones."
)
NO_FORECAST = N_(
    "{folder} holds no forecast that this version reads: name a folder that enroll forecast wrote."
)
OTHER_FORECAST = N_(
    "{folder} is not a forecast of this scenario ({what} is another): make it again with enroll "
    "forecast."
)
OTHER_RULES = N_(
    "The draw {draw} committed to other rules than these ({keys}): publish the scenario that was "
    "committed, for a rule may not change after that."
)

WRITTEN = {
    "schools": N_("Schools"),
    "classes": N_("Entry classes"),
    "standard": N_("Seats within the class standard"),
    "limit": N_("Seats within the class limit"),
    "reserved": N_("Reserved seats"),
    "zones": N_("Zones"),
    "groups": N_("Groups"),
    "rounds": N_("Rounds"),
    "warnings": N_("Warnings of the years {first} to {last}"),
}
LACKS = {
    "timetable": N_("No timetable: state it as [[publication.timetable]] in the scenario."),
    "telephones": N_("No telephone: state them as [[publication.telephones]] in the scenario."),
    "where": N_("Nothing says where to register: state `where` under [publication]."),
    "sources": N_("No source of the draw: state them as [[publication.sources]] in the scenario."),
    "warnings": N_("No warnings: give --forecast with a folder that enroll forecast wrote."),
}

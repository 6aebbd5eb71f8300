"""What an audit says of a place after the rounds were run again without a change."""

from __future__ import annotations

from enroll.notices.kinds import N_

OPEN = N_("not answered, because {why}")
NOTHING = N_("no place would be another")
SEAT_TAKEN = N_("the seat at {school} would go to {applicants}")
SEAT_EMPTY = N_("the seat at {school} would stay empty")
ITSELF_AT = N_("{applicant} would be at {school}")
ITSELF_OUT = N_("{applicant} would have no place")
BETTER = N_("better off: {applicants}")
WORSE = N_("worse off: {applicants}")
ELSEWHERE = N_("at another school, no farther and no nearer: {applicants}")
LISTED = N_("{listed}; {name}")

NOT_FOLLOWED = N_("the run's files cannot be followed from the records to the places")
NOT_ITS_RESULT = N_("the run's own records do not lead to the places that it states")
TOO_MANY = N_("only the first {most} changes are run again in a county of this size")
NO_MAP = N_("a run does not hold the map, on which its zone would be found")
NO_SUCH_ZONE = N_("the rules have no zone {zone}")
NO_SUCH_SCHOOL = N_("the rules have no entry class at school {school}")
NO_FACT = N_("the earlier copy does not hold {fact}, which decides the group")
GROUP_UNKNOWN = N_("its group does not follow from what the records hold")
NO_TICKET = N_("it has no ticket in this draw")
TICKET_SHARED = N_(
    "the children placed together would be others, and the draw gave them no tickets"
)
NO_WAYS = N_("the run holds no ways of it")

RUNNING_AGAIN = N_("Running the rounds again without each change")

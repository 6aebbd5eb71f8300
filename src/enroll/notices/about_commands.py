"""What commands themselves say: how a draw went on, and how a command ended."""

from __future__ import annotations

from enroll.notices.kinds import N_

FROZEN = N_("{draw}: {tickets} tickets, {children} children")
CHECKED = {
    "frozen": N_("{draw}: {tickets} tickets, frozen"),
    "committed": N_("{draw}: {tickets} tickets, committed"),
    "drawn": N_("{draw}: {tickets} tickets, drawn"),
}
SEED = N_("seed {seed}")
NOT_A_PAIR = N_("'{text}' is not written as name=value.")

LISTING = N_("Checking the run and making its lists")
SHOWING = N_("Making the page")
PUBLISHING = N_("Checking the run and making its public edition")
PLANNING = N_("Making the pages of the plan")
COMPARING = N_("Making the public edition again")
DRAWING = N_("Drawing the map")
EXPORTING = N_("Writing layers and tables")
VERIFYING = N_("Checking the run step by step")
EXPLAINING = N_("Finding every reason")
"""What a command is doing, for a terminal."""

INTERRUPTED = N_("Interrupted: nothing was written.")
BUG = N_("This is a bug in enroll: please report it with the lines above.")

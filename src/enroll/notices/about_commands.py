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

INTERRUPTED = N_("Interrupted: nothing was written.")
BUG = N_("This is a bug in enroll: please report it with the lines above.")

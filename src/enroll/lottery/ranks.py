"""The lottery: one order of all applicants that anyone can recompute (protocol ALLOT1, step 7).

A child's key depends on its own ticket and on nobody else's, so a child that leaves or joins
later changes no other two children's order. The same bytes give the same order everywhere.
"""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING

import numpy as np

from enroll.records import NONE, Draw

if TYPE_CHECKING:
    from collections.abc import Sequence

    from enroll.records import Applicants, Ints
    from enroll.scenario.schema import Scenario

_PREFIX = b"ALLOT1-RANK\0"
_NO_SEED = "0" * 64
ONE_DRAW_FOR_ALL = "all"
"""The scope of a draw that gives every child one number for every school."""


def rank_key(seed: bytes, draw_id: str, scope: str, ticket: bytes) -> bytes:
    r"""Return the key by which one ticket is ranked: 32 bytes, the smaller the better.

    Parameters
    ----------
    seed
        32 bytes.
    draw_id, scope
        ASCII names of the draw and of its part; `all` for one order over every school.
    ticket
        The child's number; an applicant_id's UTF-8 bytes in a rehearsal.
    """
    part = draw_id.encode("ascii") + b"\0" + scope.encode("ascii") + b"\0"
    return hmac.digest(seed, _PREFIX + part + ticket, "sha256")


def rank_tickets(seed: bytes, draw_id: str, scope: str, tickets: Sequence[bytes]) -> Ints:
    """Return the rank of each ticket, from 1, by ascending key and then ascending ticket.

    Parameters
    ----------
    seed, draw_id, scope
        As for `rank_key`.
    tickets
        n tickets in ascending byte order, so that the position settles a tie of keys.

    Returns
    -------
    Ints
        (n,) each rank from 1 to n exactly once.
    """
    part = draw_id.encode("ascii") + b"\0" + scope.encode("ascii") + b"\0"
    start = _PREFIX + part
    digest = hmac.digest
    keys = b"".join([digest(seed, start + ticket, "sha256") for ticket in tickets])
    words = np.frombuffer(keys, dtype=">u8").reshape(-1, 4).astype(np.uint64)
    order = np.lexsort((words[:, 3], words[:, 2], words[:, 1], words[:, 0]))
    ranks = np.empty(len(tickets), dtype=np.int64)
    ranks[order] = np.arange(1, len(tickets) + 1)
    return ranks


def draw(applicants: Applicants, bundle: Ints, settings: Scenario) -> Draw:
    """Return the lottery order of a rehearsal with the scenario's plain seed (design R5).

    Every applicant has a rank, ineligible ones too. The members of a bundle share the ticket
    and the rank of their smallest applicant_id; their own ranks stay unused, so that nobody
    else's rank depends on who is bundled.

    Parameters
    ----------
    applicants
        In canonical order.
    bundle
        (n,) bundle number, -1 for a child on its own.
    settings
        `year`, `stage` and `[lottery] seed` are used; without a seed it is 64 zeros.
    """
    seed = bytes.fromhex(settings.lottery.seed or _NO_SEED)
    draw_id = f"test-{settings.year}-{settings.stage}"
    tickets = [str(name).encode() for name in applicants.applicant_id]
    ranks = rank_tickets(seed, draw_id, ONE_DRAW_FOR_ALL, tickets)
    bearer = _ticket_bearers(bundle)
    return Draw(draw_id=draw_id, ticket=applicants.applicant_id[bearer], rank=ranks[bearer])


def _ticket_bearers(bundle: Ints) -> Ints:
    """Return (n,) index of the applicant whose ticket each one carries."""
    bearer = np.arange(len(bundle), dtype=np.int64)
    members = np.flatnonzero(bundle != NONE)
    _, first, which = np.unique(bundle[members], return_index=True, return_inverse=True)
    bearer[members] = members[first[which]]
    return bearer

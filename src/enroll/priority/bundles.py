"""Children of one family in one year, who are placed together (design R8)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from enroll.records import NONE

if TYPE_CHECKING:
    from enroll.records import Applicants, Ints, Texts


def find_bundles(applicants: Applicants, ineligible: Texts) -> Ints:
    """Return (n,) the bundle of each child, -1 for a child on its own.

    A bundle is two or more children of one family who are eligible and have no named
    placement. Bundles are numbered from 0 in the order of their smallest applicant_id.

    Parameters
    ----------
    applicants
        In canonical order.
    ineligible
        (n,) as from `find_ineligible`.
    """
    takes_part = (applicants.family != NONE) & (ineligible == "")
    takes_part &= applicants.placed_school == NONE
    members = np.flatnonzero(takes_part)
    _, first, which, size = np.unique(
        applicants.family[members], return_index=True, return_inverse=True, return_counts=True
    )
    bundled = size > 1
    number = np.full(len(size), NONE, dtype=np.int64)
    by_first = np.flatnonzero(bundled)[np.argsort(first[bundled])]
    number[by_first] = np.arange(len(by_first))
    bundle = np.full(len(applicants), NONE, dtype=np.int64)
    bundle[members] = number[which]
    return bundle

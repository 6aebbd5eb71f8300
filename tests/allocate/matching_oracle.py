"""Deferred acceptance by trying every matching, and by one proposal after another."""

from __future__ import annotations

import itertools

from enroll.records import NONE


def wishes_of(choices, ranks):
    """The acceptable schools of each applicant, best first, each once."""
    return [
        list(dict.fromkeys(s for s in row if s != NONE and ranks[i][s] != NONE))
        for i, row in enumerate(choices)
    ]


def is_stable(match, wishes, ranks, seats):
    """Whether no applicant prefers a school with room, or with somebody ranked below."""
    for i, row in enumerate(wishes):
        better = row[: row.index(match[i])] if match[i] in row else row
        for school in better:
            admitted = [j for j, s in enumerate(match) if s == school]
            if len(admitted) < seats[school]:
                return False
            if any(ranks[i][school] < ranks[j][school] for j in admitted):
                return False
    return True


def stable_matchings(choices, ranks, seats):
    """Every stable matching."""
    wishes = wishes_of(choices, ranks)
    for match in itertools.product(*([*row, NONE] for row in wishes)):
        full = all(match.count(school) <= seats[school] for school in range(len(seats)))
        if full and is_stable(match, wishes, ranks, seats):
            yield match


def best_stable(choices, ranks, seats):
    """The stable matching that is best for every applicant at once."""
    wishes = wishes_of(choices, ranks)
    found = list(stable_matchings(choices, ranks, seats))

    def place(i, school):
        return wishes[i].index(school) if school != NONE else len(wishes[i])

    best = [min((m[i] for m in found), key=lambda s, i=i: place(i, s)) for i in range(len(wishes))]
    assert tuple(best) in found
    return best


def one_by_one(choices, ranks, seats):
    """McVitie and Wilson (1971): an applicant proposes, whoever is displaced proposes next."""
    wishes, held = wishes_of(choices, ranks), [[] for _ in seats]
    asked = [0] * len(wishes)
    for first in range(len(wishes)):
        applicant = first
        while applicant is not None and asked[applicant] < len(wishes[applicant]):
            school = wishes[applicant][asked[applicant]]
            asked[applicant] += 1
            held[school].append(applicant)
            held[school].sort(key=lambda i, s=school: ranks[i][s])
            applicant = held[school].pop() if len(held[school]) > seats[school] else None
    match = [NONE] * len(wishes)
    for school, admitted in enumerate(held):
        for applicant in admitted:
            match[applicant] = school
    return match

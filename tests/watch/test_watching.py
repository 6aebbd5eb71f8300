"""The notices of a run as a whole: their order, their words and the schools' levels."""

import dataclasses

import numpy as np

from enroll.notices import KINDS, LEVELS, Notice, level_of, message_of, remedy_of
from enroll.notices.about_results import PHRASES
from enroll.records import Draw
from enroll.watch import school_levels, watch
from tests.small import (
    make_applicants,
    make_inputs,
    make_placement,
    make_run,
    make_schools,
    make_zones,
)


def troubled():
    """Two overfull zones, children without a seat and a school above its limit."""
    inputs = make_inputs(
        make_applicants(130, zone=[0, 1] * 65),
        make_schools(2, other_grades=[0, 1990]),
        make_zones((0,), (1,)),
    )
    return make_run(inputs, make_placement([0] * 58 + [1] * 30 + [-1] * 42))


def test_worst_comes_first_then_code_then_subject():
    notices = watch(*troubled())
    places = [(LEVELS.index(level_of(one)), one.code, one.subject) for one in notices]
    assert places == sorted(places)
    assert len({level for level, _, _ in places}) > 2


def test_every_notice_says_what_it_is_and_what_removes_it():
    for notice in watch(*troubled()):
        for text in (message_of(notice, "en"), remedy_of(notice, "en")):
            assert text
            assert "{" not in text


def test_no_notice_shows_an_applicant_id_in_words():
    for notice in watch(*troubled()):
        assert "A0" not in message_of(notice, "en") + remedy_of(notice, "en")


def test_committed_draw_is_no_rehearsal():
    inputs, ground, ranking, *rest = troubled()
    drawn = Draw("2026-nan", ranking.draw.ticket, ranking.draw.rank)
    ranking = dataclasses.replace(ranking, draw=drawn)
    codes = [notice.code for notice in watch(inputs, ground, ranking, *rest)]
    assert "REHEARSAL_DRAW" not in codes


def test_school_has_the_worst_level_of_its_findings():
    notices = [
        Notice("NEAR_LIMIT", "S1"),
        Notice("OVER_STANDARD", "S1"),
        Notice("OVERLOAD", "S3;S4"),
        Notice("ZONE_FULL", "S2"),
    ]
    levels = school_levels(notices, make_schools(4))
    assert list(levels) == ["orange", "", "red", "red"]
    assert levels.dtype == np.object_


def test_long_lists_of_schools_are_cut():
    notice = Notice("OTHER_STAGE_UNKNOWN", params={"schools": tuple(f"S{n}" for n in range(14))})
    assert message_of(notice, "en").endswith("S9, S10 and 3 others.")


def test_phrases_and_kinds_are_told_apart():
    assert not set(PHRASES) & set(KINDS)

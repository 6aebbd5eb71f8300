"""Reserved seats: who holds them and on what authority."""

from __future__ import annotations

from enroll.fairness import audit
from enroll.fairness.reserved import reserve_findings, reserves
from enroll.notices import message_of
from enroll.report.audit_tables import audit_lines
from tests.fairness.runs import make_child, make_copy, make_place


def decided(key, authority):
    told = {"placed_school": "S1", "placed_reason": "feeder", "placed_authority": authority}
    return make_child(key, **told), make_place(key, int(key[1:]), "S1", "FIXED")


def make_run():
    run = make_copy(
        decided("C1", "No. 7"), decided("C2", ""), (make_child("C3"), make_place("C3", 3))
    )
    run.rules["schools"][0]["reserved"] = 3
    return run


def row(key, authority="", school="S1"):
    return {
        "school_id": school, "grade": "1", "class_no": "2", "applicant_id": key,
        "authority": authority,
    }  # fmt: skip


def test_places_by_decision_at_a_school_with_reserved_seats_are_counted():
    (one,) = reserves(make_run())
    assert (one.school_id, one.reserved, one.decided, one.unproven) == ("S1", 3, 2, 1)
    assert (one.seated, one.left) == (None, None)
    (found,) = reserve_findings(make_run())
    assert (found.code, found.applicant_id) == ("DECISION_AT_RESERVED", "C2")


def test_who_sits_on_a_reserved_seat_needs_an_authority():
    rows = [row("C1"), row("C3"), row("X", "No. 9"), row(""), row("Y", school="S2")]
    (one,) = reserves(make_run(), rows)
    assert (one.seated, one.left) == (2, 1)
    found = [each for each in reserve_findings(make_run(), rows) if each.code.startswith("RES")]
    assert [(each.code, each.applicant_id) for each in found] == [
        ("RESERVED_WITHOUT_AUTHORITY", "")
    ]
    assert "holds back 3 seats" in message_of(found[0].notice, "en")


def test_the_audit_states_the_reserved_seats():
    lines = list(audit_lines(audit(make_run(), [], ["group"])))
    assert ("reserved", "school", "S1", "reserved", "3", "") in lines
    assert ("reserved", "school", "S1", "left", "", "") in lines

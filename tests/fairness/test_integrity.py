"""Favours and forgeries: each is found, and what is as it should be is not."""

from __future__ import annotations

import json

import pytest

from enroll.fairness import audit, chance, read_copy, read_register
from enroll.fairness.chance import traces, unlikely
from enroll.fairness.changes import register_changes
from enroll.fairness.decisions import fixed_places, lookalikes, zones_by_hand
from enroll.fairness.differences import result_differences
from enroll.fairness.effects import Answer, Effects, no_rerun
from enroll.fairness.envy import envy_in_zones, prices
from enroll.fairness.register import Register, read_table
from enroll.fairness.rolls import roll_findings
from enroll.fairness.ways import Ways
from enroll.notices import KINDS, Phrase, message_of, translate
from enroll.notices import about_reruns as say
from tests.fairness.runs import make_child, make_copy, make_place, of_code

DECISION = {"placed_school": "S2", "placed_reason": "talent", "placed_authority": "bureau"}


def one(findings):
    (only,) = findings
    assert message_of(only.notice, "en") != message_of(only.notice, "zh")
    return only


def test_a_place_by_decision_names_whom_it_passed_over():
    run = make_copy(
        (make_child("C1", **DECISION), make_place("C1", 1, "S2", "FIXED")),
        (make_child("C2", zone="Z2"), make_place("C2", 2, "", "NO_SEAT")),
    )
    moves = {"C1": ("S2", ""), "C2": ("", "S2")}
    found = one(fixed_places(run, lambda _: [Answer(moves)]))
    assert (found.code, found.decisive, found.passed_over) == ("PLACED_BY_DECISION", "yes", ("C2",))
    open_ = one(fixed_places(run))
    assert (open_.decisive, said(open_)) == ("", f"not answered, because {say.NOT_FOLLOWED}")


def test_a_decision_without_a_reason_is_worse():
    child = make_child("C1", **{**DECISION, "placed_reason": ""})
    found = one(fixed_places(make_copy((child, make_place("C1", 1, "S2", "FIXED")))))
    assert (found.code, found.level) == ("DECISION_WITHOUT_REASON", "orange")


def said(found):
    return translate(found.without.text, "en", found.without.params)


def effect_on_c1(moves, school="S1"):
    lines = [
        (make_child(key, x_dm=5_000), make_place(key, 1, school if key == "C1" else "S1"))
        for key in ("C1", "C2", "C3", "C4", "C5")
    ]
    return Effects(make_copy(*lines)).of("C1", Answer(moves))


@pytest.mark.parametrize(
    ("moves", "over", "words"),
    [
        (
            {"C1": ("S1", ""), "C2": ("", "S1")},
            ("C2",),
            "the seat at S1 would go to C2; C1 would have no place",
        ),
        (
            {"C1": ("S1", "S2"), "C2": ("S2", "S3"), "C3": ("S3", "S1"), "C4": ("", "S3")},
            ("C3", "C4"),
            "the seat at S1 would go to C3; C1 would be at S2; better off: C4; worse off: C2",
        ),
        ({"C1": ("S1", "")}, (), "the seat at S1 would stay empty; C1 would have no place"),
        ({"C1": ("", "S1"), "C2": ("S1", "")}, ("C1",), "C1 would be at S1; worse off: C2"),
        ({"C2": ("S3", "S1"), "C3": ("S1", "S3")}, ("C2",), "better off: C2; worse off: C3"),
        ({"C2": ("S1", "S2")}, (), "at another school, no farther and no nearer: C2"),
    ],
)
def test_a_change_that_moves_anybody_is_decisive(moves, over, words):
    found = effect_on_c1(moves)
    assert (found.decisive, found.passed_over, said(found)) == ("yes", over, words)


def test_a_change_that_moves_nobody_decides_nothing_and_an_open_one_says_why():
    found = effect_on_c1({})
    assert (found.decisive, found.passed_over, said(found)) == ("no", (), say.NOTHING)
    found = Effects(make_copy()).of("C1", Answer(None, Phrase(say.NO_TICKET)))
    assert (found.decisive, said(found)) == ("", f"not answered, because {say.NO_TICKET}")


def test_zones_set_by_hand_among_others_from_the_map():
    hand = make_child("C1", zone_how="given")
    lines = [(hand, make_place("C1", 1)), (make_child("C2"), make_place("C2", 2))]
    found = one(zones_by_hand(make_copy(*lines)))
    assert (found.applicant_id, found.decisive) == ("C1", "")
    assert said(found) == f"not answered, because {say.NO_MAP}"
    earlier = {"C1": make_child("C1", zone="Z2"), "C2": make_child("C2")}
    answered = [Answer({"C1": ("S1", "S2")})]
    changed = list(register_changes(make_copy(*lines), Register({}, earlier), lambda _: answered))
    assert one(zones_by_hand(make_copy(*lines), changed)).decisive == "yes"
    assert list(zones_by_hand(make_copy(lines[0]))) == []


def test_twins_belong_together_and_a_row_copied_is_found():
    born = {"birth_date": "2020-01-01"}
    twins = [make_child(key, **born, bundle="C1") for key in ("C1", "C2")]
    assert list(lookalikes(make_copy(*[(c, make_place(c["id"], 1)) for c in twins]))) == []
    first, second = make_child("C1", **born), make_child("C2", **born)
    places = [make_place("C1", 1), make_place("C2", 2)]
    copied = make_copy((first, places[0]), (second, places[1]))
    asked = []

    def rerun(units):
        asked.extend((record["id"], record["review"]) for unit in units for record in unit)
        return [Answer({"C2": ("S1", "")})] * len(units)

    found = one(lookalikes(copied, rerun))
    assert (found.code, found.decisive, asked) == ("SAME_CHILD_TWICE", "yes", [("C2", "rejected")])
    near = make_copy((first, places[0]), ({**second, "group": "B"}, places[1]))
    assert one(lookalikes(near)).code == "SAME_HOME_AND_BIRTH"


def test_envy_in_a_zone_round_is_found():
    lines = [
        (make_child("C1"), make_place("C1", 1, "", "NO_SEAT")),
        (make_child("C2", group="B"), make_place("C2", 2)),
    ]
    found = one(envy_in_zones(make_copy(*lines)))
    assert (found.applicant_id, found.school_id) == ("C1", "S1")
    lines[0][1].update(lottery_rank="3")
    lines[1][0].update(group="A")
    assert list(envy_in_zones(make_copy(*lines))) == []


def test_who_has_its_better_wish_envies_nobody():
    zones = [{"id": "Z1", "schools": ["S1", "S2"]}]
    lines = [
        (make_child("C1"), make_place("C1", 1, "S1")),
        (make_child("C2", group="B", distance_from=""), make_place("C2", 2, "S2")),
        (make_child("C3", x_dm=None), make_place("C3", 3, "", "NO_SEAT")),
    ]
    assert list(envy_in_zones(make_copy(*lines, zones=zones))) == []


def test_the_price_of_the_total_counts_who_would_rather():
    lines = [
        (make_child(f"C{n}"), make_place(f"C{n}", n, "S2", "REDIRECT", "1000")) for n in range(6)
    ]
    lines += [
        (make_child("D1", group="B"), make_place("D1", 9, "S1", "REDIRECT", "0")),
        (make_child("D2", bundle="D2", group="B"), make_place("D2", 8, "", "DECLINED")),
        (make_child("D3", x_dm=None), make_place("D3", 7, "", "NO_SEAT")),
        (make_child("D4", x_dm=90_000), make_place("D4", 6, "", "NO_SEAT")),
    ]
    first, second = prices(make_copy(*lines))
    assert (first.group, first.children, first.envious, first.most_m) == ("A", 8, 6, 1000)
    assert (second.group, second.children, second.envious) == ("B", None, 0)


def test_an_order_that_follows_the_ids_is_found_and_chance_is_not(monkeypatch):
    born = [f"2020-01-{day:02}" for day in range(1, 31)]
    lines = [
        (make_child(f"C{n:02}", birth_date=born[n]), make_place(f"C{n:02}", n + 1))
        for n in range(30)
    ]
    found = list(unlikely(traces(make_copy(*lines))))
    said = [(one.params["against"].text, one.params["test"].text) for one in found]
    assert said == [("id", "spearman"), ("id", "runs"), ("birth_date", "spearman")]
    assert {one.level for one in found} == {"orange"}
    monkeypatch.setattr(chance, "MOST_EXACT", 5)
    assert traces(make_copy(*lines))[1].p <= 0.001
    for n, (_, place) in enumerate(lines):
        place["lottery_rank"] = str((n * 11 + 5) % 30 + 1)
    assert list(unlikely(traces(make_copy(*lines)))) == []
    assert traces(make_copy()) == []


def test_every_changed_value_and_row_is_found():
    run = make_copy(
        (make_child("C1", facts={"home": "own"}), make_place("C1", 1)),
        (make_child("C2"), make_place("C2", 2)),
        (make_child("C4"), make_place("C4", 4)),
    )
    earlier = {
        "C1": make_child("C1", facts={"home": "rent"}, x_dm=None),
        "C3": make_child("C3"),
        "C4": make_child("C4"),
    }
    asked = []
    rules = {**run.rules, "far_m": 1, "log_head": "00"}

    def rerun(units):
        asked.extend((record["id"], record["review"]) for unit in units for record in unit)
        return [Answer({"C4": ("", "S1")})] * len(units)

    found = list(register_changes(run, Register(rules, earlier), rerun))
    assert asked == [("C1", "passed"), ("C2", "rejected"), ("C3", "passed")]
    assert [(each.code, each.applicant_id, each.evidence) for each in found] == [
        ("RULES_CHANGED", "", "audit/rules.json: far_m"),
        ("VALUE_CHANGED", "C1", "x_dm"),
        ("VALUE_CHANGED", "C1", "facts.home"),
        ("ROW_ADDED", "C2", "row"),
        ("ROW_REMOVED", "C3", "row"),
    ]
    assert (found[1].decisive, found[1].passed_over) == ("yes", ("C4",))
    assert list(register_changes(run, Register({}, run.children))) == []


def test_children_who_joined_or_left_a_bundle_are_one_change():
    now = {"C1": "C1", "C2": "C1", "C3": "C1", "C4": "C4", "C5": "C4", "C6": "", "C7": ""}
    then = {"C1": "C1", "C2": "C1", "C4": "", "C5": "C5", "C6": "C5", "C7": "", "C8": "C8"}
    now |= {"D1": "D1", "D2": "D1", "D3": "D1", "D4": ""}
    then |= {"D1": "D1", "D2": "D2", "D3": "D2", "D4": "D1"}
    run = make_copy(*((make_child(k, bundle=b), make_place(k, 1)) for k, b in now.items()))
    earlier = {key: make_child(key, bundle=name) for key, name in then.items()}
    earlier["C7"]["points"] = earlier["D1"]["points"] = 1
    asked = []

    def rerun(units):
        asked.extend([record["id"] for record in unit] for unit in units)
        return no_rerun(units)

    found = list(register_changes(run, Register({}, earlier), rerun))
    assert asked == [["C3"], ["C4", "C5", "C6"], ["C7"], ["C8"], ["D1", "D2", "D3", "D4"]]
    bundled = [one.applicant_id for one in found if one.evidence == "bundle"]
    assert bundled == ["C4", "C5", "C6", "D2", "D3", "D4"]


@pytest.mark.parametrize("why", ["input", "rule", "draw", "place"])
def test_a_result_that_differs_says_why(why):
    def lines(first="S1"):
        return [
            (make_child("C1"), make_place("C1", 1, first)),
            (make_child("C2"), make_place("C2", 2)),
        ]

    here, there = lines(), lines("S2")
    if why == "input":
        there[0][0]["points"] = 5
    if why == "draw":
        there[0][1]["lottery_rank"] = "9"
    rules = {"far_m": 1} if why == "rule" else {}
    found = one(result_differences(make_copy(*here), make_copy(*there, **rules)))
    assert found.evidence.split(":")[0] == why


def test_who_is_in_one_run_alone():
    first = make_copy((make_child("C1"), make_place("C1", 1)))
    second = make_copy((make_child("C2"), make_place("C2", 1)))
    codes = [each.code for each in result_differences(first, second)]
    assert codes == ["ONLY_IN_THIS_RUN", "ONLY_IN_OTHER_RUN"]


def row(key, school="S1", class_no="1", grade="1"):
    return {"applicant_id": key, "school_id": school, "class_no": class_no, "grade": grade}


def test_the_rolls_are_held_against_the_run():
    run = make_copy(
        (make_child("C1"), make_place("C1", 1)),
        (make_child("C2"), make_place("C2", 2, "", "NO_SEAT")),
        (make_child("C3"), make_place("C3", 3)),
        (make_child("C4"), make_place("C4", 4, "S2")),
        (make_child("C5"), make_place("C5", 5)),
    )
    run.rules["schools"][1]["reserved"] = 1
    rows = [
        row("C1"), row("C2"), row("C3", "S3", ""), row("C4", "S2"), row("C4"), row("X"),
        row("Y", "S2", "2"), row("Z", grade="3"),
    ]  # fmt: skip
    found = list(roll_findings(run, rows, {"S1": [2], "S2": [1, 1]}))
    assert [(each.code, each.applicant_id) for each in found] == [
        ("SITS_WITHOUT_PLACE", "C2"),
        ("SITS_ELSEWHERE", "C3"),
        ("ON_TWO_ROLLS", "C4"),
        ("SITS_ELSEWHERE", "C4"),
        ("SITS_WITHOUT_APPLYING", "X"),
        ("RESERVED_SEAT_TAKEN", "Y"),
        ("NOT_ON_ROLL", "C5"),
        ("CLASS_ABOVE_LIMIT", ""),
    ]
    few = list(
        roll_findings(run, [row("C1"), row("C3"), row("C5"), row("C4", "S2")], {"S1": [2, 1]})
    )
    assert [each.code for each in few] == ["CLASSES_DIFFER", "CLASSES_DIFFER"]
    for each in [*found, *few]:
        assert message_of(each.notice, "zh")


def test_a_child_in_another_grade_is_said_to_be_there():
    run = make_copy(
        (make_child("C1"), make_place("C1", 1)),
        (make_child("C2"), make_place("C2", 2)),
        (make_child("C3"), make_place("C3", 3)),
    )
    rows = [row("X"), row("C1", "S2", grade="3"), row("C1", grade="2"), row("C2", "S2", grade="4")]
    found = of_code(roll_findings(run, rows, {}), "IN_ANOTHER_GRADE")
    assert [message_of(each.notice, "en") for each in found] == [
        "C1 was placed at S1 and is on the roll of S1 in grade 2.",
        "C2 was placed at S1 and is on the roll of S2 in grade 4.",
    ]
    assert [each.applicant_id for each in of_code(roll_findings(run, rows, {}), "NOT_ON_ROLL")] == [
        "C3"
    ]


def test_the_roll_of_a_school_that_the_run_does_not_know_is_named_so():
    run = make_copy((make_child("C1"), make_place("C1", 1)))
    rows = [row("C1"), row("X", "NOPE"), row("Y", "NOPE", "")]
    found = of_code(roll_findings(run, rows, {"S1": [1]}), "ROLL_OF_UNKNOWN_SCHOOL")
    assert message_of(one(found).notice, "en") == (
        "The run knows no school NOPE; pupils on its roll: 2."
    )
    assert not of_code(roll_findings(run, rows, {"S1": [1]}), "CLASSES_DIFFER")


def test_a_school_without_classes_in_the_run_has_none():
    run = make_copy((make_child("C1"), make_place("C1", 1)))
    found = one(of_code(roll_findings(run, [row("C1")], {}), "CLASSES_DIFFER"))
    assert message_of(found.notice, "en") == "Classes of S1: 1 on the roll, none in the run."


def test_a_broken_rule_ends_with_1_and_nothing_with_0():
    run = make_copy((make_child("C1"), make_place("C1", 1)))
    made = audit(run, [("V1 files", True, ""), ("V8 seats", False, "S1 is overfull")], ["group"])
    assert of_code(made.findings, "RULE_BROKEN")[0].evidence == "verify.py: V8 seats"
    assert made.status == 1
    assert audit(run, [("V1 files", True, "")], ["group"]).status == 0


def test_ways_of_a_matrix_stand_as_they_are():
    run = make_copy((make_child("C1"), make_place("C1", 1)), mode="matrix", ways_by="zone")
    run.ways["Z1"] = {"S2": 700}
    ways = Ways(run)
    child = run.children["C1"]
    assert [ways.to(child, school) for school in ("S1", "S2")] == [None, 700]


def files(**changed):
    child = make_child("C1")
    record = {"record": {"children": [child], "ticket": "T"}, "salt": ""}
    head = (
        "applicant_id,ticket,status,school_id,round,group,zone_id,distance_m,distance_from,"
        "lottery_rank,reason"
    )
    given = {
        "audit/records.jsonl": json.dumps(record),
        "audit/rules.json": "{}",
        "allocation.csv": f"{head}\nC1,T,placed,S1,zone,A,Z1,5,home,1,ZONE\n",
        "manifest.json": "{}",
        "audit/ways.csv": "key,school_id,metres\nC1,S1,5\n",
        **changed,
    }
    return {name: text.encode() for name, text in given.items()}


def test_a_run_is_read_from_its_files():
    run = read_copy(files(), b"sums")
    assert (run.places["C1"]["school_id"], run.ways) == ("S1", {"C1": {"S1": 5}})
    assert run.children["C1"]["ticket"] == "T"


@pytest.mark.parametrize(
    "changed",
    [
        {"audit/records.jsonl": "{}"},
        {"audit/records.jsonl": "[]"},
        {"audit/records.jsonl": ""},
        {"allocation.csv": "applicant_id\nC1\n"},
        {"allocation.csv": ""},
        {"allocation.csv": 'applicant_id\n"C1'},
        {"audit/rules.json": '{"policy": [{"id": "A", "when": {"home": {}}}]}'},
    ],
)
def test_files_of_another_form_are_refused(changed):
    with pytest.raises(ValueError):  # noqa: PT011 - the words are of whoever asked
        read_copy(files(**changed), b"sums")


def test_a_guarded_cell_is_read_as_it_was_meant():
    assert read_table(b"a\n'=1\n", ("a",)) == [{"a": "=1"}]
    assert read_register(b"").children == {}


def test_every_code_is_in_the_catalogue():
    assert {"PLACED_BY_DECISION", "SITS_ELSEWHERE", "VALUE_CHANGED"} <= KINDS.keys()

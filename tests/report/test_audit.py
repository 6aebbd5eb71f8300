"""An audit as tables and on the terminal."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from enroll.fairness import audit
from enroll.report.audit_tables import audit_tables
from enroll.report.audit_view import audit_view
from enroll.report.screen import as_text
from tests.fairness.runs import make_child, make_copy, make_place

STEPS = [("V1 files", True, "13 files"), ("V8 seats", False, "S1 is overfull")]


@pytest.fixture
def made():
    lines = [
        (
            make_child(f"C{n}", **({"zone_how": "given"} if n < 5 else {})),
            make_place(f"C{n}", n, *to),
        )
        for n, to in enumerate([("S2", "REDIRECT", "1000")] * 6 + [("S1", "REDIRECT", "0")] * 6)
    ]
    return audit(make_copy(*lines), STEPS, ["group"])


def test_every_figure_has_a_line_and_json_holds_the_same(made):
    files = audit_tables(made, "en")
    lines = files["audit.csv"].decode().splitlines()
    assert lines[0] == "table,by,part,figure,value,p"
    assert "rules,,V8 seats,holds,no," in lines
    assert "extra_way,group,A,gini,0.000," in lines
    assert "extra_way,group,A,total_m,6000," in lines
    assert any(line.startswith("envy,redirect,A,children,12") for line in lines)
    whole = json.loads(files["audit.json"])
    assert len(whole["figures"]) == len(lines) - 1
    assert whole["findings"]["RULE_BROKEN"] == 1


def test_findings_are_in_the_language_asked_for(made):
    english, chinese = (audit_tables(made, spoken)["findings.csv"] for spoken in ("en", "zh"))
    assert "RULE_BROKEN,,,Step V8 seats" in english.decode()
    assert "核验程序的步骤 V8 学位 未通过：" in chinese.decode()


def test_the_terminal_shows_the_worst_first_and_few_of_a_code(made):
    text = as_text(audit_view(made, "en"))
    assert text.index("RULE_BROKEN") < text.index("ZONE_SET_BY_HAND")
    assert "Rules: 1 of 2 steps" in text
    assert "and 2 more in findings.csv" in text
    assert ["redirect", "A", "12"] in [line.split()[:3] for line in text.splitlines()]


@pytest.mark.parametrize(
    ("manifest", "marked"),
    [
        ({"draw": {"rehearsal": True}}, True),
        ({"draw": {"rehearsal": False}}, False),
        ({"draw": []}, True),
        ({}, True),
    ],
    ids=str,
)
def test_an_audit_of_a_rehearsal_says_so_also_where_the_run_hides_what_it_is(
    made, manifest, marked
):
    one = replace(made, run=replace(made.run, manifest={"draw": "", **manifest}))
    for language, words in (("en", "is a rehearsal"), ("zh", "演练")):
        assert (words in as_text(audit_view(one, language))) == marked
    row = f"draw,,,rehearsal,{'yes' if marked else 'no'},"
    assert row in audit_tables(one, "en")["audit.csv"].decode().splitlines()


def test_without_a_finding_it_says_so():
    run = make_copy((make_child("C1"), make_place("C1", 1)))
    assert "Nothing was found" in as_text(audit_view(audit(run, STEPS[:1], ["group"]), "en"))

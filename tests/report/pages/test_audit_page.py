"""The page of an audit: for the auditor, findings first, hidden cells stay hidden."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING

import pytest

from enroll.fairness import audit
from enroll.fairness.findings import Finding
from enroll.notices import KINDS as MESSAGES
from enroll.notices.about_findings import FINDING_KINDS
from enroll.report.audit_sentences import MOST_OF_A_CODE
from enroll.report.audit_tables import audit_tables
from enroll.report.pages.audit_page import TOPICS, audit_page
from tests.fairness.runs import make_child, make_copy, make_place
from tests.report.pages.checks import runs_nothing_but_its_script
from tests.report.pages.others import audited, page_of
from tests.report.pages.runs import parsed, table_of
from tests.report.pages.test_compare_page import HOSTILE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from xml.etree.ElementTree import Element

STEPS = [("V1 files", True, "13 files"), ("V8 seats", False, "S1 is overfull")]


@pytest.fixture(scope="module")
def tree() -> Element:
    return parsed(page_of("audit", "en"))


def lines(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(audited()[name].decode().splitlines()))


def audit_with(more: Sequence[Finding] = (), steps=STEPS) -> dict[str, bytes]:
    run = make_copy((make_child("C1"), make_place("C1", 1)))
    return audit_tables(audit(run, steps, ["group"], more=more), "en")


def test_the_page_says_for_whom_it_is(tree: Element) -> None:
    first = next(each for each in tree.iter("p") if each.get("role") == "note")
    assert first.get("class") == "auditor"
    assert "For the auditor alone" in first.text


def test_every_finding_stands_with_its_child_and_what_it_decided(tree: Element) -> None:
    shown = {(row[0], row[3]): row for row in table_of(tree, "table-decisions")}
    told = lines("findings.csv")
    assert len(shown) == len(told)
    for row in told:
        line = shown[row["applicant_id"], f"{row['what']} {row['code']}"]
        assert line[2] == row["school_id"]
        assert line[4] == (row["decisive"] or "not known")
        assert line[5].replace(", ", ";") == row["passed_over"]
        assert line[6] == row["without_it"]


def test_figures_are_those_of_the_table_and_what_is_hidden_stays_hidden(tree: Element) -> None:
    figures = {
        (row["by"], row["part"], row["figure"]): row["value"]
        for row in lines("audit.csv")
        if row["table"] == "outcomes"
    }
    names = ("children", "placed_in_zone", "redirected", "elsewhere", "unplaced")
    for number, by in ((1, "group"), (2, "zone")):
        rows = table_of(tree, f"table-outcomes-{number}")
        assert len(rows) == len({part for field, part, _ in figures if field == by})
        for row in rows:
            part = "" if row[0] == "none given" else row[0]
            told = [figures[by, part, name] for name in names]
            assert [cell.replace(",", "") for cell in row[1:6]] == told
    assert "*" in figures.values()


def test_a_step_that_fails_is_the_first_thing_said() -> None:
    tree = parsed(audit_with()["report.html"])
    assert "Nothing was found against the rules" not in "".join(tree.itertext())
    assert table_of(tree, "table-codes")[0][:3] == ["RULE_BROKEN", "red", "1"]
    (opened,) = [each for each in tree.iter("details") if "open" in each.attrib]
    assert "Breaches of the rules: 1" in "".join(opened.itertext())
    assert table_of(tree, "table-rules") == [
        ["V1 files", "PASS", "13 files"],
        ["V8 seats", "✗ FAIL", "S1 is overfull"],
    ]


def test_steps_are_said_in_chinese() -> None:
    rows = table_of(parsed(audit_page(audit_with(), "zh")), "table-rules")
    assert rows[0] == ["V1 文件", "通过", "13 个文件"]


def test_outcomes_are_told_by_the_same_words_as_on_the_terminal() -> None:
    page = parsed(audit_page(audit_with(), "zh"))
    table = next(each for each in page.iter("table") if each.get("id") == "table-outcomes-1")
    assert next(table.iter("caption")).text == "按入学类别统计的安置情况"
    assert "".join(next(table.iter("th")).itertext()) == "入学类别"


def test_very_many_findings_are_counted_and_the_first_listed() -> None:
    more = [Finding("ROW_ADDED", f"C{n:04}", params={"applicant": f"C{n}"}) for n in range(400)]
    files = audit_with(more, STEPS[:1])
    tree = parsed(files["report.html"])
    assert len(table_of(tree, "table-changes")) == MOST_OF_A_CODE
    assert "and 100 more in findings.csv" in "".join(tree.itertext())
    assert ["ROW_ADDED", "orange", "400"] in [row[:3] for row in table_of(tree, "table-codes")]


def test_every_code_of_an_audit_has_its_topic() -> None:
    topics = [code for _, _, codes in TOPICS for code in codes]
    assert len(topics) == len(set(topics))
    assert set(topics) == {code for code in FINDING_KINDS if MESSAGES[code].level != "blocking"}


@pytest.mark.parametrize("name", [*HOSTILE, "\x1b[31mred\x07"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_what_a_run_says_is_shown_as_it_is_and_runs_nowhere(name: str, language: str) -> None:
    params = {"applicant": "C1", "school": name, "told": name}
    more = [Finding("PLACED_BY_DECISION", "C1", name, params, "yes", (name,), name)]
    files = audit_with(more, [("V1 files", False, name)])
    told = json.loads(files["audit.json"])
    page = audit_page(
        {**files, "audit.json": json.dumps({**told, "title": name}).encode()}, language
    )
    tree = parsed(page)
    runs_nothing_but_its_script(tree)
    shown = name.replace("\x1b", "\ufffd").replace("\x07", "\ufffd")
    said = "".join(tree.itertext())
    assert said.count(shown) >= 6
    assert "\x1b" not in said


@pytest.mark.parametrize("settings", [None, [], {"title": 7}, {"title": ["a"]}])
def test_a_run_that_was_forged_still_has_its_page(settings: object) -> None:
    run = make_copy((make_child("C1"), make_place("C1", 1)))
    run.manifest["scenario"] = {"settings": settings}
    files = audit_tables(audit(run, STEPS, ["group"]), "en")
    assert b"S1 is overfull" in files["report.html"]

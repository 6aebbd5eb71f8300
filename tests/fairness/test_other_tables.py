"""The rolls and the register of today: how they are read, and what they are good for."""

from __future__ import annotations

import pytest

from enroll.errors import InputError
from enroll.fairness import audit
from enroll.fairness.chance import traces
from enroll.fairness.other_tables import Listing, read_listing, read_rolls
from enroll.fairness.outcomes import POOLED, outcomes_by
from enroll.report.audit_tables import audit_lines
from tests.fairness.runs import make_child, make_copy, make_place
from tests.tables.samples import workbook


def write(path, text, encoding="utf-8"):
    path.write_bytes(text.encode(encoding))
    return path


def codes(caught):
    return [(one.code, one.row, one.column) for one in caught.value.problems]


def test_rolls_of_a_school_office_are_understood(tmp_path):
    text = "学校代码,年级,班级,报名号,批准文号\nS1,一年级,1班,C1,\nS1,二年级,1,,\n"
    rows = read_rolls(write(tmp_path / "名册.csv", text, "gb18030"))
    assert [(row["grade"], row["class_no"], row["applicant_id"]) for row in rows] == [
        ("1", "1班", "C1"),
        ("二年级", "1", ""),
    ]


def test_rolls_in_a_workbook_are_understood(tmp_path):
    sheet = [["学校代码", "年级", "班级", "报名号"], ["S1", "初一", 3, "C1"]]
    (tmp_path / "r.xlsx").write_bytes(workbook({"名册": sheet}))
    (row,) = read_rolls(tmp_path / "r.xlsx")
    assert (row["grade"], row["class_no"], row["authority"]) == ("7", "3", "")


def test_everything_wrong_with_the_rolls_is_said_at_once(tmp_path):
    path = write(tmp_path / "r.csv", "school_id,grade,applicant_id\n,1,C1\nS1,1,a b\n")
    with pytest.raises(InputError) as caught:
        read_rolls(path)
    assert codes(caught) == [
        ("AUDIT_COLUMN_MISSING", 0, "class_no"),
        ("CELL_MISSING", 2, "school_id"),
        ("ID_MALFORMED", 3, "applicant_id"),
    ]
    with pytest.raises(InputError) as caught:
        read_rolls(tmp_path / "nowhere.csv")
    assert codes(caught) == [("FILE_MISSING", 0, "")]


REGISTER = "报名号,姓名,性别,母亲\nC2,张三,女,甲\nC1,李四,男,乙\nC9,,女,丙\n"


def test_a_register_gives_rows_columns_and_the_order_of_names(tmp_path):
    listing = read_listing(write(tmp_path / "r.csv", REGISTER, "gb18030"), ["性别", "母亲", "name"])
    assert listing.row == {"C2": 0, "C1": 1, "C9": 2}
    assert listing.name_order == {"C1": 0, "C2": 1}, "by sound: Li before Zhang"
    assert listing.values["性别"] == {"C2": "female", "C1": "male", "C9": "female"}
    assert "name" not in listing.values
    assert listing.columns == ("sex", "母亲")
    assert "张三" not in repr(listing)


def test_a_register_without_ids_or_with_one_twice_is_refused(tmp_path):
    with pytest.raises(InputError) as caught:
        read_listing(write(tmp_path / "r.csv", "name\nA\n"))
    assert ("AUDIT_COLUMN_MISSING", 0, "applicant_id") in codes(caught)
    with pytest.raises(InputError) as caught:
        read_listing(write(tmp_path / "r.csv", "id\nA\nA\n"))
    assert ("ID_TWICE", 3, "id") in codes(caught)
    with pytest.raises(InputError):
        read_listing(tmp_path / "nowhere.csv")


def many(count):
    return make_copy(
        *[(make_child(f"C{n:02}"), make_place(f"C{n:02}", n + 1)) for n in range(count)]
    )


def test_values_of_few_children_are_one_and_of_nobody_are_none():
    run = many(12)
    sex = {f"C{n:02}": "male" if n < 6 else f"rare{n}" for n in range(11)}
    parts = outcomes_by(run, "sex", Listing({}, values={"sex": sex}))
    assert {part.value for part in parts} == {"", POOLED, "male"}
    assert [part.value for part in outcomes_by(run, "group", Listing({}))] == ["A"]


def test_the_draw_is_held_against_rows_and_names_of_the_register():
    run = many(30)
    row = {f"C{n:02}": n for n in range(29)}
    found = {one.against: one for one in traces(run, Listing(row, dict(reversed(row.items()))))}
    assert (found["row"].tickets, found["name"].figure) == (29, found["row"].figure)
    assert found["row"].p * 1000 <= 1
    assert "name" not in {one.against for one in traces(run, Listing(row))}


def test_who_is_in_one_of_both_alone_is_counted():
    made = audit(many(2), [], ["group"], listing=Listing({"C01": 0, "X": 1, "Y": 2}))
    assert (made.unlisted, made.outside) == (1, 2)
    assert ("register", "", "", "outside", "2", "") in list(audit_lines(made))

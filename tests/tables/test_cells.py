"""One column at a time: text to typed values, every problem addressed to its row."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from enroll.tables import meanings
from enroll.tables.applicant_columns import APPLICANT_COLUMNS
from enroll.tables.cells import Cells, shape
from enroll.tables.cleaning import half_width, tidy
from enroll.tables.ids import APPLICANT_ID, PLACE_ID, is_identity_number, what_is_wrong
from enroll.tables.other_columns import SCHOOL_COLUMNS
from tests.tables.samples import codes, table_of


def cells_of(header, *values, spec=APPLICANT_COLUMNS, name=None, words=None, file="t.csv"):
    """Return the cells of a table of one column."""
    text = "".join(f'"{value}",x\n' for value in (header, *values))
    table, report = table_of("t.csv", text.encode())
    if file != "t.csv":
        from dataclasses import replace

        table = replace(table, source=replace(table.source, name=file))
    return Cells(table, spec, {name or header: header}, words or {}, report)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("  a   b ", "a b"),
        ("\u3000南洲\u00a0完小\u200b", "南洲 完小"),
        ("a\tb\r\nc", "a b c"),
        ("\ufeffA1", "A1"),
        ("e\u0301", "é"),
        ("\ud800x", "\ufffdx"),
    ],
)
def test_tidy_text(written, read):
    assert tidy(written) == read


def test_full_width_characters_become_plain_ones():
    assert half_width("Ａ１２．５－ｘ；") == "A12.5-x;"
    assert half_width("（南）") == "(南)"


def test_names_keep_their_full_width_characters():
    cells = cells_of("name", "完小（南）", "Ａ", spec=SCHOOL_COLUMNS)
    assert cells.texts("name").tolist() == ["完小（南）", "Ａ"]


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("20", 20),
        ("20.0", 20),
        ("-3", -3),
        ("+3", 3),
        ("007", 7),
        ("1_0", None),
        ("1e3", None),
        ("4.5", None),
        ("inf", None),
        ("nan", None),
        ("", None),
        ("٣", None),
        ("1,000", None),
    ],
)
def test_whole_numbers(text, number):
    assert meanings.whole(text) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("112.4", 112.4),
        ("-.5", -0.5),
        ("5.", 5.0),
        ("1e3", None),
        ("nan", None),
        ("1_0.5", None),
        ("112,4", None),
        ("112.4°", None),
        ("", None),
    ],
)
def test_decimal_numbers(text, number):
    assert meanings.decimal(text) == number


@pytest.mark.parametrize(
    "text",
    [
        "2019-08-31",
        "2019/8/31",
        "2019.8.31",
        "20190831",
        "2019年8月31日",
        "2019年8月31",
        "2019-08-31 00:00:00",
        "2019-08-31T00:00:00.000",
        "2019 年 8 月 31 日",
    ],
)
def test_dates_in_the_usual_forms(text):
    assert meanings.day(text) == date(2019, 8, 31)


@pytest.mark.parametrize(
    "text",
    [
        "2019-02-29",
        "31/08/2019",
        "19-8-31",
        "2019-13-01",
        "2019-08/31",
        "43708",
        "18990831",
        "x",
        "21010101",
        "2019８31",
    ],
)
def test_what_is_no_date(text):
    assert meanings.day(text) is None


def test_day_numbers_come_from_workbooks_only():
    assert meanings.workbook_day("43708") == date(2019, 8, 31)
    assert meanings.workbook_day("2019-08-31") == date(2019, 8, 31)
    cells = cells_of("birth_date", "43708", file="t.xlsx")
    assert cells.days("birth_date")[0] == np.datetime64("2019-08-31")


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("是", True),
        ("否", False),
        ("YES", True),
        ("n", False),
        ("1", True),
        ("0", False),
        ("true", True),
        ("False", False),
        ("不服从", False),
        ("maybe", None),
    ],
)
def test_yes_and_no(text, flag):
    assert meanings.yes_or_no(text) is flag


def test_an_unreadable_number_names_its_row_and_the_shape_of_its_value():
    cells = cells_of("积分", "5", "", "５０", "abc 12", name="points")
    assert cells.whole("points").tolist() == [5, 0, 50, 0]
    (problem,) = cells.report.listed()
    assert (problem.code, problem.file, problem.row) == ("NOT_WHOLE", "t.csv", 5)
    assert (problem.column, problem.value) == ("积分", "aaa 99")


def test_numbers_beyond_their_bounds():
    cells = cells_of("classes", "3", "-1", "9999999", spec=SCHOOL_COLUMNS)
    assert cells.whole("classes").tolist() == [3, 0, 0]
    assert [(one.code, one.row, one.value) for one in cells.report.listed()] == [
        ("OUT_OF_RANGE", 3, "-1"),
        ("OUT_OF_RANGE", 4, "9999999"),
    ]


def test_a_required_cell_that_is_empty():
    cells = cells_of("classes", "3", "", spec=SCHOOL_COLUMNS)
    cells.whole("classes")
    assert [(one.code, one.row) for one in cells.report.listed()] == [("CELL_MISSING", 3)]


def test_dates_that_are_none_and_dates_that_are_missing():
    cells = cells_of("birth_date", "2019-08-31", "", "2019-13-45")
    assert cells.days("birth_date").astype(str).tolist() == ["2019-08-31", "NaT", "NaT"]
    (problem,) = cells.report.listed()
    assert (problem.code, problem.row, problem.value) == ("NOT_DATE", 4, "9999-99-99")


def test_flags_and_what_is_none():
    cells = cells_of("accepts_redirect", "no", "", "perhaps")
    assert cells.flags("accepts_redirect", empty=True).tolist() == [False, True, True]
    assert codes(cells.report.listed()) == ["NOT_YES_NO"]


def test_words_by_synonym_letter_case_and_the_offices_own():
    words = {"review": {"ＯＫ了": "passed"}}
    cells = cells_of("review", "通过", "PENDING", "OK了", "", "?", words=words)
    assert cells.words("review", "passed").tolist() == [
        "passed",
        "pending",
        "passed",
        "passed",
        "?",
    ]
    (problem,) = cells.report.listed()
    assert (problem.code, problem.row, problem.value) == ("WORD_UNKNOWN", 6, "?")
    assert problem.params["known"] == ("passed", "pending", "rejected")


def test_a_cell_with_an_error_of_the_spreadsheet():
    cells = cells_of("points", "#N/A", "#DIV/0!", "7", "#7")
    assert cells.whole("points").tolist() == [0, 0, 7, 0]
    assert codes(cells.report.listed()) == ["CELL_ERROR", "CELL_ERROR", "NOT_WHOLE"]


def test_a_text_that_is_too_long():
    cells = cells_of("name", "x" * 501, "x" * 500, spec=SCHOOL_COLUMNS)
    cells.texts("name")
    (problem,) = cells.report.listed()
    assert (problem.code, problem.row, len(problem.value)) == ("TEXT_TOO_LONG", 2, 40)


def test_a_column_that_is_not_there_is_empty():
    cells = cells_of("name", "x", spec=SCHOOL_COLUMNS)
    assert cells.whole("beds", empty=-1).tolist() == [-1]
    assert cells.words("kind", "full").tolist() == ["full"]
    assert np.isnan(cells.decimals("lon")).all()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("A-1_b.c", ""),
        ("", ""),
        ("5E12", ""),
        ("1E7-99", ""),
        ("a b", "ID_MALFORMED"),
        ("x" * 65, "ID_MALFORMED"),
        ("=1", "ID_MALFORMED"),
        ("南1", "ID_MALFORMED"),
        ("4.30921E+17", "ID_MANGLED"),
        ("4.30921e17", "ID_MANGLED"),
        ("4E+17", "ID_MANGLED"),
        ("430921201908310000", "ID_ROUNDED"),
        ("123456789012000", "ID_ROUNDED"),
        ("12345678901200", ""),
        ("11010519491231002X", "ID_IS_IDENTITY_NUMBER"),
        ("11010519491231002x", "ID_IS_IDENTITY_NUMBER"),
        ("11010519491231002×", "ID_IS_IDENTITY_NUMBER"),
        ("G11010519491231002X", "ID_IS_IDENTITY_NUMBER"),
        ("110105194912310021", ""),
        ("11010519491331002X", ""),
        ("99010519491231002X", ""),
        ("11010500491231002X", ""),
    ],
)
def test_ids_of_applicants(text, code):
    assert what_is_wrong(text, APPLICANT_ID, personal=True) == code


def test_ids_of_places_may_be_in_any_script():
    assert what_is_wrong("南洲-1", PLACE_ID, personal=False) == ""
    assert what_is_wrong("a;b", PLACE_ID, personal=False) == "ID_MALFORMED"
    assert what_is_wrong("11010519491231002X", PLACE_ID, personal=False) == ""


def test_every_identity_number_has_one_right_check_digit():
    valid = [digit for digit in "0123456789X" if is_identity_number("43092120190831001" + digit)]
    assert len(valid) == 1


def test_an_identity_number_is_never_shown():
    cells = cells_of("applicant_id", "11010519491231002X", "4.30921E+17", "a b c d e f g")
    cells.unique_ids("applicant_id", APPLICANT_ID)
    shown = {problem.code: problem.value for problem in cells.report.listed()}
    assert shown == {
        "ID_IS_IDENTITY_NUMBER": "",
        "ID_MANGLED": "4.30921E+17",
        "ID_MALFORMED": "a b … g",
    }


def test_an_id_used_twice_names_the_first_row():
    cells = cells_of("applicant_id", "A1", "B1", "A1", "Ａ１")
    cells.unique_ids("applicant_id", APPLICANT_ID)
    assert [(one.code, one.row, one.params["first"]) for one in cells.report.listed()] == [
        ("ID_TWICE", 4, 2),
        ("ID_TWICE", 5, 2),
    ]


def test_a_missing_id_is_not_a_repeated_one():
    cells = cells_of("applicant_id", "", "")
    cells.unique_ids("applicant_id", APPLICANT_ID)
    assert codes(cells.report.listed()) == ["CELL_MISSING", "CELL_MISSING"]


def test_the_first_twenty_rows_are_listed_and_the_rest_counted():
    cells = cells_of("points", *["x"] * 50)
    cells.whole("points")
    problems = cells.report.listed()
    assert [problem.row for problem in problems] == [*range(2, 22), 0]
    assert problems[-1].code == "MORE_LIKE_THIS"
    assert problems[-1].params == {"count": 30, "like": "NOT_WHOLE"}
    assert problems[-1].level == "blocking"


def test_a_notice_that_repeats_stays_a_notice():
    cells = cells_of("applicant_id", *[f"{number}000" for number in range(10**12, 10**12 + 30)])
    cells.unique_ids("applicant_id", APPLICANT_ID)
    assert cells.report.listed()[-1].level == "yellow"


def test_the_shape_of_a_value():
    assert shape("张三 2019-08-31 x") == "aa 9999-99-99 a"


def test_a_number_where_a_word_should_be_is_not_shown():
    """Columns that slipped by one put an identity number under the review."""
    cells = cells_of("review", "43092120190831001X")
    cells.words("review", "passed")
    (problem,) = cells.report.listed()
    assert (problem.code, problem.value) == ("WORD_UNKNOWN", "99999999999999999X")

"""The file of overrides: complete rows become placements by decision, all others are named."""

import pytest

from tests.tables.samples import APPLICANTS, SCHOOLS, codes, only, read, workbook, write

HEADER = "applicant_id,school_id,reason,authority,date\n"
GOOD = "A2,S2,brother at the school,县教〔2026〕9号,2026-07-20\n"


def overridden(folder, rows, header=HEADER, applicants=APPLICANTS, **more):
    """Return inputs and problems of a scenario with overrides."""
    named = {"overrides": write(folder, "overrides.csv", header + rows)}
    return read(folder, applicants, names=named, **more)


def problems(folder, rows, **more):
    inputs, found = overridden(folder, rows, **more)
    assert inputs is None
    assert {one.file for one in found} == {"overrides.csv"}
    return found


def test_an_override_is_a_placement_by_decision(tmp_path):
    inputs, found = overridden(tmp_path, GOOD)
    applicants = inputs.applicants
    assert not found
    assert applicants.placed_school.tolist() == [-1, 1]
    assert applicants.placed_reason.tolist() == ["", "override"]
    assert applicants.placed_authority.tolist() == ["", "县教〔2026〕9号"]
    assert applicants.placed_date.tolist() == ["", "2026-07-20"]
    assert applicants.override_reasons == {"A2": "brother at the school"}


def test_the_file_is_a_source_of_the_run(tmp_path):
    inputs, _ = overridden(tmp_path, GOOD)
    roles = [(one.role, one.name, one.rows) for one in inputs.sources]
    assert roles[-1] == ("overrides", "overrides.csv", 1)


def test_the_order_of_the_rows_does_not_matter(tmp_path):
    rows = [GOOD, "A1,S1,court,7,2026-07-01\n"]
    found = [overridden(tmp_path, "".join(some))[0].applicants for some in (rows, rows[::-1])]
    for name in ("placed_school", "placed_reason", "placed_authority", "placed_date"):
        one, other = (getattr(each, name).tolist() for each in found)
        assert one == other
    assert [list(each.override_reasons) for each in found] == [["A1", "A2"]] * 2


def test_headers_may_be_chinese_or_mapped(tmp_path):
    header = "报名号,安排学校,why,文号,批准日期\n"
    more = {"columns": {"overrides": {"reason": "why"}}}
    inputs, found = overridden(tmp_path, GOOD, header=header, **more)
    assert inputs.applicants.override_reasons == {"A2": "brother at the school"}
    assert not found


def test_a_workbook_will_do(tmp_path):
    cells = [row.split(",") for row in (HEADER + GOOD).splitlines()]
    named = {"overrides": write(tmp_path, "overrides.xlsx", workbook({"2026": cells}))}
    inputs, _ = read(tmp_path, names=named)
    assert inputs.applicants.placed_school.tolist() == [-1, 1]


def test_a_file_without_rows_overrides_nobody(tmp_path):
    inputs, found = overridden(tmp_path, "")
    assert inputs.applicants.placed_school.tolist() == [-1, -1]
    assert (inputs.applicants.override_reasons, found) == ({}, [])


@pytest.mark.parametrize(
    ("row", "column"),
    [
        ("A1,S1,,7,2026-07-20", "reason"),
        ("A1,S1,  ,7,2026-07-20", "reason"),
        ("A1,S1,court,,2026-07-20", "authority"),
        ("A1,S1,court,7,", "date"),
        ("A1,,court,7,2026-07-20", "school_id"),
        (",S1,court,7,2026-07-20", "applicant_id"),
    ],
)
def test_an_override_without_one_of_its_parts_is_refused(tmp_path, row, column):
    (found,) = problems(tmp_path, f"{GOOD}{row}\n")
    assert (found.code, found.row, found.column) == ("CELL_MISSING", 3, column)


@pytest.mark.parametrize("column", ["reason", "authority", "date"])
def test_a_file_without_one_of_its_columns_is_refused(tmp_path, column):
    found = problems(tmp_path, GOOD, header=HEADER.replace(column, "remark"))
    assert only(found, "COLUMN_MISSING").column == column


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("A9,S1,court,7,2026-07-20", "APPLICANT_UNKNOWN", "applicant_id"),
        ("A1,S9,court,7,2026-07-20", "SCHOOL_UNKNOWN", "school_id"),
        ("A2,S1,court,7,2026-07-20", "ID_TWICE", "applicant_id"),
        ("A1,S1,court,7,2026-13-20", "NOT_DATE", "date"),
    ],
)
def test_an_override_that_fits_nothing_is_refused(tmp_path, row, code, column):
    (found,) = problems(tmp_path, f"{GOOD}{row}\n")
    assert (found.code, found.row, found.column) == (code, 3, column)


def test_a_school_without_classes_takes_nobody(tmp_path):
    (found,) = problems(tmp_path, GOOD, schools=SCHOOLS.replace(",3\n", ",0\n"))
    assert (found.code, found.column) == ("PLACED_WITHOUT_CLASS", "school_id")


def test_a_child_is_placed_by_one_decision(tmp_path):
    text = "applicant_id,lon,lat,placed_school,placed_reason,placed_authority,placed_date\n"
    text += "A1,112.41,29.36,,,,\nA2,112.40,29.35,S1,court,7,2026-05-01\n"
    (found,) = problems(tmp_path, GOOD, applicants=text)
    assert (found.code, found.row) == ("OVERRIDE_PLACED_ALREADY", 2)


def test_everything_is_named_in_one_pass(tmp_path):
    rows = "A9,S9,,,\nA1,S1,x,7,yesterday\nA1,S2,x,7,2026-07-20\n"
    assert sorted(codes(problems(tmp_path, rows))) == [
        "APPLICANT_UNKNOWN",
        "CELL_MISSING",
        "CELL_MISSING",
        "CELL_MISSING",
        "ID_TWICE",
        "NOT_DATE",
        "SCHOOL_UNKNOWN",
    ]


def test_the_rows_are_checked_where_the_applicants_cannot_be_read(tmp_path):
    inputs, found = overridden(tmp_path, "A1,S9,,7,2026-07-20\n", applicants="applicant_id\n")
    assert inputs is None
    assert codes(found) == ["NO_APPLICANTS", "CELL_MISSING", "SCHOOL_UNKNOWN"]


def test_a_file_that_is_missing_is_named(tmp_path):
    inputs, found = read(tmp_path, names={"overrides": "gone.csv"})
    assert inputs is None
    assert only(found, "FILE_MISSING").file == "gone.csv"


def test_no_message_shows_a_whole_id_or_a_reason(tmp_path):
    rows = f"REG-2026-00017,S1,{'illness ' * 80},7,2026-07-20\n"
    shown = [one.value for one in problems(tmp_path, rows)]
    assert len(shown) == 2
    assert not any("00017" in value or "illness" in value for value in shown)

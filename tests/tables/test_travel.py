"""The travel matrix as a frame."""

from __future__ import annotations

from tests.tables.samples import (
    MATRIX,
    ZONES,
    codes,
    only,
    read,
    write,
)


def ways(folder, matrix, name="ways.csv", **more):
    names = {"travel": write(folder, name, matrix)}
    return read(folder, names=names, travel={"mode": "matrix"}, **more)


def triples(travel):
    return list(
        zip(travel.key.tolist(), travel.school.tolist(), travel.metres.tolist(), strict=True)
    )


def test_a_matrix_by_applicant(tmp_path):
    inputs, problems = ways(
        tmp_path, "school_id,metres,applicant_id\nS2,300,A2\nS1,7,A1\nS1,9,A2\n"
    )
    assert inputs.travel.keyed_by == "applicant"
    assert triples(inputs.travel) == [(0, 0, 7), (1, 0, 9), (1, 1, 300)]
    assert not problems


def test_a_matrix_by_zone(tmp_path):
    inputs, _ = ways(tmp_path, "zone_id,school_id,metres\nZ2,S1,5\n", zones=ZONES)
    assert inputs.travel.keyed_by == "zone"
    assert triples(inputs.travel) == [(1, 0, 5)]


def test_a_matrix_in_parquet(tmp_path):
    import io

    import pyarrow as pa
    from pyarrow import parquet

    buffer = io.BytesIO()
    columns = {"applicant_id": ["A1"], "school_id": ["S2"], "metres": [12]}
    parquet.write_table(pa.table(columns), buffer)
    inputs, _ = ways(tmp_path, buffer.getvalue(), "ways.parquet")
    assert triples(inputs.travel) == [(0, 1, 12)]


def test_rows_of_a_matrix_that_repeat_a_pair_are_counted(tmp_path):
    inputs, problems = ways(tmp_path, MATRIX + "A1,S1,7\nA1,S1,8\n")
    assert inputs is None
    problem = only(problems, "WAY_TWICE")
    assert (problem.row, problem.params["count"]) == (5, 2)


def test_ids_of_a_matrix_that_nobody_knows_are_counted_and_left_out(tmp_path):
    inputs, problems = ways(tmp_path, MATRIX + "A1,S9,1\nA1,S8,1\n430921x7,S1,1\n")
    assert len(inputs.travel.key) == 3
    found = {one.column: (one.row, one.value, one.params["count"]) for one in problems}
    assert found == {"applicant_id": (7, "4309…x7", 1), "school_id": (5, "S9, S8", 2)}


def test_cells_of_a_matrix_that_are_empty_or_no_number(tmp_path):
    inputs, problems = ways(tmp_path, MATRIX + ",S1,1\nA2,,1\nA2,S1,\nA2,S1,-5\nA2,S1,x\n")
    assert inputs is None
    assert [(one.code, one.row) for one in problems] == [
        ("CELL_MISSING", 5),
        ("CELL_MISSING", 6),
        ("CELL_MISSING", 7),
        ("OUT_OF_RANGE", 8),
        ("NOT_WHOLE", 9),
    ]


def test_a_matrix_with_both_keys_or_none(tmp_path):
    for header in ("applicant_id,zone_id,school_id,metres", "school_id,metres"):
        cells = ",".join("1" for _ in header.split(","))
        assert "WAY_KEY_UNCLEAR" in codes(ways(tmp_path, f"{header}\n{cells}\n", zones=ZONES)[1])


def test_a_matrix_about_other_children(tmp_path):
    inputs, problems = ways(tmp_path, "applicant_id,school_id,metres\nB1,S1,5\n")
    assert inputs is None
    assert sorted(codes(problems)) == ["NO_WAYS", "WAY_ID_UNKNOWN"]


def test_a_matrix_is_not_compared_with_tables_that_could_not_be_read(tmp_path):
    inputs, problems = ways(tmp_path, MATRIX, schools="school_id,name,lon,lat,classes\n")
    assert inputs is None
    assert codes(problems) == ["NO_SCHOOLS"]


def test_references_are_not_compared_with_tables_that_could_not_be_read(tmp_path):
    text = "applicant_id,zone,sibling_school,choice_1\nA1,Z1,S1,S2\n"
    problems = read(tmp_path, text, schools="", zones=ZONES)[1]
    assert codes(problems) == ["FILE_EMPTY"]

from __future__ import annotations

import runpy
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from enroll.scenario.schema import Files
from enroll.tables.grid import comparable
from enroll.tables.headers import is_about_scores, numbered_headers
from enroll.tables.other_columns import ALL_TABLES
from enroll.tables.reference import columns_page

if TYPE_CHECKING:
    from enroll.tables.columns import Column

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "columns.md"


def test_the_page_is_in_step_with_the_readers(capsys, monkeypatch):
    assert PAGE.read_text(encoding="utf-8") == columns_page()
    monkeypatch.delitem(sys.modules, "enroll.tables.reference")
    runpy.run_module("enroll.tables.reference", run_name="__main__", alter_sys=True)
    assert capsys.readouterr().out == columns_page()


def test_every_files_key_has_a_table_and_every_column_a_meaning():
    known = [spec.table for spec in ALL_TABLES]
    assert known == [key for key in Files.model_fields if key != "other_stage"]
    page = columns_page()
    for spec in ALL_TABLES:
        assert f"## `{spec.table}`" in page
        for column in spec.columns:
            assert column.meaning.endswith(".")
            assert f"| `{column.name}" in page


def test_no_header_means_two_columns():
    for spec in ALL_TABLES:
        seen: dict[str, str] = {}
        for column in spec.columns:
            for header in _headers(column):
                assert seen.setdefault(header, column.name) == column.name


def _headers(column: Column) -> list[str]:
    if column.numbered:
        return list(numbered_headers(column.name, column.headers))
    return [comparable(header) for header in (column.name, *column.headers)]


def test_no_word_means_two_values():
    for spec in ALL_TABLES:
        for column in spec.columns:
            words = [word.casefold() for name, own in column.words.items() for word in (name, *own)]
            assert len(words) == len(set(words))


def test_no_known_column_of_the_applicants_is_about_scores():
    for column in ALL_TABLES[0].columns:
        assert not any(is_about_scores(header) for header in (column.name, *column.headers))

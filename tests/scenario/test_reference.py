"""The reference of keys: complete, and the page in the documentation is this one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from enroll.scenario.reference import SECTIONS, reference_page
from enroll.scenario.schema import Settings

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "scenario.md"
TABLES = [settings for _, settings in SECTIONS]
KEYS = [(table, key) for table in TABLES for key in table.stated_keys()]


def test_every_class_of_settings_is_listed() -> None:
    assert set(TABLES) == set(Settings.__subclasses__())


@pytest.mark.parametrize(("table", "key"), KEYS, ids=lambda part: getattr(part, "__name__", part))
def test_every_key_is_documented(table: type[Settings], key: str) -> None:
    field = table.stated_keys()[key]
    assert field.description
    assert field.description.endswith(".")
    extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
    if not field.is_required() and not isinstance(
        field.get_default(call_default_factory=True), Settings
    ):
        assert extra.get("default_text") or extra.get("source") or field.default is None


def test_the_page_lists_every_key() -> None:
    listed = re.findall(r"^\| `(\w+)` \|", reference_page(), flags=re.MULTILINE)
    assert listed == [key for _, key in KEYS]


def test_the_committed_page_is_up_to_date() -> None:
    """Write `reference_page()` to the file anew where a key or its description changed."""
    assert PAGE.read_text(encoding="utf-8") == reference_page()

"""A name on a public list."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from enroll.report.lists import public_name
from enroll.report.lists.names import COMPOUND_SURNAMES


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("王小明", "王**"),
        ("王伟", "王**"),
        ("王 小明", "王**"),
        ("欧阳娜娜", "欧阳**"),
        ("司马光", "司马**"),
        ("諸葛亮", "諸葛**"),
        ("欧阳", "欧**"),
        ("阿依古丽·买买提", "阿**"),
        ("𠮷田太郎", "𠮷**"),
        ("Mary Smith", "M**"),
        ("王", "**"),
        ("=cmd|' /C calc'!A0", "**"),
        ("", ""),
    ],
)
def test_a_name_shows_its_surname_and_asterisks(name: str, shown: str) -> None:
    assert public_name(name) == shown


@given(st.text(max_size=12))
def test_a_name_never_shows_more_than_a_surname(name: str) -> None:
    shown = public_name(name).removesuffix("**")
    letters = "".join(name.split())
    assert letters.startswith(shown)
    assert len(shown) <= 1 or (shown in COMPOUND_SURNAMES and len(letters) > 2)
    assert not shown or shown.isalpha()

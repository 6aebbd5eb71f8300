"""What is wrong with a line of a scenario, in both languages."""

from __future__ import annotations

import tomllib

import pytest

from enroll.notices import translate
from enroll.notices.about_toml import SENTENCES, in_toml


@pytest.mark.parametrize(
    ("text", "english", "chinese"),
    [
        ("title", "Expected '=' after a key in a key/value pair", "键之后缺少 '='"),
        ("title = 'a", 'Expected "\'"', '缺少 "\'"'),
        ('title = "a', "Unterminated string", "文字没有以引号结束"),
        ("a = 1\na = 2", "Cannot overwrite a value", "同一键重复出现"),
        ("a = [1", "Unclosed array", "列表没有结束"),
        ("[a]\n[a]", "Cannot declare ('a',) twice", "('a',) 重复声明"),
        ("年 = 2026", "Invalid statement", "不是有效的语句"),
        ("a = x", "Invalid value", "不是有效的值"),
        ('a = "\\q"', "Unescaped '\\' in a string", "文字中的 '\\' 没有转义"),
    ],
)
def test_a_fault_is_said_in_the_readers_language(text: str, english: str, chinese: str) -> None:
    with pytest.raises(tomllib.TOMLDecodeError) as stopped:
        tomllib.loads(text)
    said = {"reason": in_toml(str(stopped.value).partition(" (at ")[0])}
    assert translate("{reason}", "en", said) == english
    assert translate("{reason}", "zh", said) == chinese


def test_what_nobody_knows_stays_as_it_is() -> None:
    assert in_toml("{odd} <script>") == "{odd} <script>"
    assert len(set(SENTENCES)) == len(SENTENCES)

"""Every sentence has its Chinese, and the compiled catalogue is the edited one."""

from __future__ import annotations

import gettext
import importlib.util
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from babel.messages.pofile import read_po

from enroll.notices import KINDS

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).parents[2]
CHINESE = ROOT / "src" / "enroll" / "locale" / "zh_CN" / "LC_MESSAGES" / "enroll.po"


def load_tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("messages", ROOT / "tools" / "messages.py")
    tool = importlib.util.module_from_spec(spec)
    sys.modules["messages"] = tool
    spec.loader.exec_module(tool)
    return tool


TOOL = load_tool()
MARKED = TOOL.gather()
TRANSLATED = TOOL.read_translations(CHINESE)


def fields(template: str) -> set[str]:
    return set(re.findall(r"(?<!\{)\{(\w+)\}(?!\})", template))


def test_every_marked_sentence_has_its_chinese() -> None:
    assert [message for message in MARKED if not TRANSLATED.get(message)] == []


def test_no_translation_is_left_over_or_doubtful() -> None:
    with CHINESE.open("rb") as stream:
        catalogue = read_po(stream)
    written = [message for message in catalogue if message.id]
    assert {str(message.id) for message in written} == set(MARKED)
    assert not [message.id for message in written if message.fuzzy]
    assert not catalogue.obsolete


@pytest.mark.parametrize("message", MARKED)
def test_a_translation_has_the_same_fields(message: str) -> None:
    assert fields(TRANSLATED[message]) == fields(message)
    TRANSLATED[message].format(**dict.fromkeys(fields(message), 1))


@pytest.mark.parametrize("message", MARKED)
def test_a_translation_is_chinese(message: str) -> None:
    """But for sentences that are names and fields only."""
    chinese = TRANSLATED[message]
    assert re.search(r"[\u4e00-\u9fff、。]", chinese) or not re.search(r"[a-z]{4} [a-z]", message)
    assert not re.search(r"[\u4e00-\u9fff][,;:?!]", chinese), "half-width punctuation"
    assert not message.endswith(".") or chinese.endswith("。")


def test_the_compiled_catalogue_is_the_edited_one() -> None:
    with CHINESE.with_suffix(".mo").open("rb") as stream:
        compiled = gettext.GNUTranslations(stream)
    assert {message: compiled.gettext(message) for message in MARKED} == TRANSLATED


def test_every_message_of_the_catalogue_is_marked() -> None:
    used = {text for kind in KINDS.values() for text in (kind.message, kind.remedy) if text}
    assert used <= set(MARKED)


def test_a_translation_keeps_code_as_it_is() -> None:
    """Keys, words in code style and commands are the same in every language."""
    for message, chinese in TRANSLATED.items():
        assert set(re.findall(r"`[^`]+`", message)) == set(re.findall(r"`[^`]+`", chinese)), message

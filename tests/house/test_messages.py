"""Every sentence has its Chinese, and the compiled catalogue is the edited one."""

from __future__ import annotations

import ast
import gettext
import importlib.util
import re
import sys
from collections import Counter
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


SOURCE = ROOT / "src" / "enroll"


def fields(template: str) -> Counter[str]:
    return Counter(re.findall(r"(?<!\{)\{(\w+)\}(?!\})", template))


def test_python_and_templates_are_gathered_and_constants_told_apart(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "code.py").write_text(
        'A = N_("one {x}")\nB = [N_("two"  " parts")]\nC = other("no")\n', encoding="utf-8"
    )
    (tmp_path / "page.html.j2").write_text(
        """<p title="{{ N_('three') }}">{% set said = N_("four {y}", y=1) %}{{ said }} five</p>""",
        encoding="utf-8",
    )
    assert TOOL.gather(tmp_path) == ["four {y}", "one {x}", "three", "two parts"]


def test_what_is_marked_is_a_constant() -> None:
    """A sentence put together at run time would never be found in the catalogue."""
    built = [
        f"{path.name}:{call.lineno}"
        for path in SOURCE.rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id == "N_"
        and not (len(call.args) == 1 and isinstance(call.args[0], ast.Constant))
    ]
    assert built == []


def test_a_template_says_no_word_that_is_not_marked() -> None:
    """What stands between the tags of a page comes from the catalogue or from the run."""
    unmarked = []
    for path in SOURCE.rglob("*.j2"):
        page = path.read_text(encoding="utf-8")
        text = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", page, flags=re.DOTALL)
        between = re.sub(r"<(script|style)\b.*?</\1>|<[^>]*>|&\w+;", "", text, flags=re.DOTALL)
        between = re.sub(r'[\w-]+="[^"]*"', "", between)  # what a macro puts into a tag
        between = re.sub(r"\b\w+\.(csv|html|json|py|txt)\b", "", between)  # names of files
        labels = re.findall(r'(?:aria-label|title|alt|placeholder)="([^"]*)"', text)
        unmarked += [
            (path.name, word) for word in re.findall(r"[^\W\d_]{2,}", " ".join([between, *labels]))
        ]
    assert unmarked == []


def test_a_command_prints_no_sentence_that_is_not_marked() -> None:
    """Nor does a view on the terminal; `ALLOT1-COMMIT` is a line of the protocol."""
    literal = [
        f"{path.name}:{call.lineno} {text}"
        for folder in ("cli", "report")
        for path in (SOURCE / folder).rglob("*.py")
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and ast.unparse(call.func) in ("click.echo", "words", "Text")
        for text in _literals(call)
        if re.search(r"[a-z]{2}", text)
    ]
    assert literal == []


def _literals(call: ast.Call) -> list[str]:
    """Return the texts that a call shows as they are, those inside f-strings too."""
    if not call.args:
        return []
    shown = call.args[0]
    parts = shown.values if isinstance(shown, ast.JoinedStr) else [shown]
    return [str(part.value) for part in parts if isinstance(part, ast.Constant)]


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
def test_a_translation_is_spaced_as_its_message_and_is_no_markup(message: str) -> None:
    """But that Chinese needs no space before a part that is put in."""
    chinese = TRANSLATED[message]
    indent = re.match(r" {2,}|", message).group()
    assert chinese.startswith(indent)
    assert chinese == indent + chinese.strip()
    assert message == message.rstrip()
    for text in (message, chinese):
        assert not re.search(r"<[a-z/!]|&[a-z]+;|[\n\t]|\S {2,}", text)


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

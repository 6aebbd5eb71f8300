"""`enroll verify` in Chinese: every sentence of verify.py has its words."""

from __future__ import annotations

import ast
import inspect
import re
import shutil

import pytest
from click.testing import CliRunner

from enroll import auditing
from enroll.auditing import Step
from enroll.cli import enroll
from enroll.notices import about_verify as say
from enroll.notices.about_verify_words import in_words
from enroll.verify.program import verify as program
from tests.verify.counties import make_county


def sentences():
    """Return every sentence that the program can say, with 7 for what it fills in."""
    tree = ast.parse(inspect.getsource(program))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            if node.func.id == "need":
                yield from spoken(node.args[1])
            elif node.func.id == "FileNotFoundError":
                yield from spoken(node.args[0])
        elif isinstance(node, ast.FunctionDef) and returns_why(node):
            for inner in ast.walk(node):
                if isinstance(inner, ast.Return) and inner.value is not None:
                    yield from spoken(inner.value)
        elif isinstance(node, ast.Call) and ast.unparse(node.func).startswith("self.wrong["):
            yield from spoken(node.args[0])


def returns_why(function):
    is_step = function.name[0] == "v" and function.name[1:].isdigit()
    return is_step or function.name in ("files", "levels", "ties", "overloads")


def spoken(node):
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        yield "".join(map(filled, node.values))
    elif isinstance(node, ast.IfExp):
        yield from (*spoken(node.body), *spoken(node.orelse))
    elif isinstance(node, ast.BinOp):
        yield from spoken(node.left)
    elif isinstance(node, ast.BoolOp):
        yield from (one for value in node.values for one in spoken(value))


def filled(part):
    if isinstance(part, ast.Constant):
        return part.value
    name = ast.unparse(part.value)
    return getattr(program, name) if name.isupper() else "7"


def test_every_sentence_of_the_program_is_put_into_chinese():
    found = [one for one in sentences() if one]
    assert len(found) > 50
    assert [one for one in found if in_words(one, "zh") == one] == []
    assert set(say.STEPS) == set(program.STEPS)


@pytest.mark.parametrize(
    ("why", "due"),
    [
        ("16 files", "16 个文件"),
        (
            "16 files; its own verify.py is another program than this",
            "16 个文件；其中的 verify.py 与本程序不同",
        ),
        (
            "round redirect: 3 levels for 9 children; round far: 5 levels for 9 children",
            "批次 redirect：3 层目标，9 名学生；批次 far：5 层目标，9 名学生",
        ),
        (
            "cannot be followed: round a: A1 could do better",
            "无法重算：批次 a：A1 可以有更好的学位",
        ),
        ("A1 is recorded as in; A2 is recorded as TOO_OLD", "A1 被记为符合条件；A2 被记为 TOO_OLD"),
        ("KeyError: 'x'; nothing else", "KeyError: 'x'; nothing else"),
        ("3 lines followed; the head committed to is none", "核对了 3 行；没有承诺的链头"),
        (
            "the record is in the root; round zone gives S1; round more gives no place",
            "记录在根哈希之内；批次 zone 给的学校是 S1；批次 more 没有给学位",
        ),
        (
            "the record is in the root; the result agrees",
            "记录在根哈希之内；公布的结果与此相符",
        ),
        (
            "round zone gives no place; the result says otherwise",
            "批次 zone 没有给学位；公布的结果与此不符",
        ),
        (
            "schools.csv says S1 One; Two and not S1 One",
            "schools.csv 写的是 S1 One; Two，而不是 S1 One",
        ),
        ("", ""),
    ],
)
def test_sentences_are_told_apart(why, due):
    assert in_words(why, "zh") == due
    assert in_words(why, "en") == why


def test_a_step_stands_in_columns_in_both_languages():
    step = Step("V7 everyone", False, "A1 could\x1b[0m; 3 shortages")
    assert str(step) == step.told("en") == "V7 everyone     FAIL  A1 could\\u001b[0m; 3 shortages"
    assert step.told("zh") == "V7  人人在册    不通过  A1 could\\u001b[0m; 3 shortages"
    assert Step("V12 overloads", True, "").told("zh") == "V12 学位缺口    通过    "


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    folder, _ = make_county(tmp_path_factory.mktemp("county"))
    return folder


def call(*words):
    return CliRunner().invoke(enroll, ["verify", *map(str, words)], standalone_mode=False)


def test_the_whole_screen_in_chinese(run):
    ended = call(run, "--lang", "zh")
    said = re.sub(
        "(?<![V0-9])[0-9]+(?=[ 层名处个行，；])", "9", re.sub("[0-9a-f]{64}", "#", ended.output)
    )
    assert said.splitlines() == [
        "V1  文件        通过    9 个文件",
        "V2  名册        通过    派位 2026-small，名册上 9 个派位号",
        "V3  承诺        通过    已公布的哈希必须是 #",
        "V4  来源        通过    ssq-2026082,pl5-2026182",
        "V5  种子        通过    #",
        "V6  排序值      通过    9 个排序值和序号",
        "V7  人人在册    通过    9 名报名学生，9 名已安置",
        "V8  学位        通过    标准班额内学位 9 个",
        "V9  片区批次    通过    9 个末位入学排序",
        "V10 统筹最优    通过    批次 redirect：9 层目标，9 名学生；"
        "批次 stretch：9 层目标，9 名学生",
        "V11 同等先后    通过    批次 redirect：9 名学生也可在别处；"
        "批次 stretch：9 名学生也可在别处",
        "V12 学位缺口    通过    批次 redirect：9 处学位缺口；批次 stretch：9 处学位缺口",
        "V13 班数        通过    9 所学校，9 个班",
        "V14 日志        通过    核对了 9 行；承诺的链头是 #",
    ]
    assert ended.return_value == 0


def test_a_run_is_told_in_its_own_language(run, tmp_path):
    shutil.copytree(run, tmp_path / "run")
    manifest = tmp_path / "run" / "manifest.json"
    content = manifest.read_text("utf-8")
    assert '"language": "en"' in content
    manifest.write_text(content.replace('"language": "en"', '"language": "zh"'), "utf-8")
    assert call(run).output == "".join(f"{step}\n" for step in auditing.verify(run))
    ended = call(tmp_path / "run")
    assert ended.output.startswith("V1  文件        不通过  manifest.json 与 SHA256SUMS 不符\n")
    assert ended.return_value == 1


def test_refusals_are_one_sentence_in_the_language_asked_for(run, tmp_path):
    ended = call(tmp_path / "none", "--lang", "zh")
    assert ended.output == f"缺少 SHA256SUMS：无法验证 {tmp_path / 'none'}。\n"
    assert ended.return_value == 2
    receipt = tmp_path / "receipt.json"
    receipt.write_text("{}", "utf-8")
    ended = call(run, "--lang", "zh", "--receipt", receipt)
    assert (ended.output, ended.return_value) == ("回执无法读取，或与结果不属于同一次派位。\n", 2)

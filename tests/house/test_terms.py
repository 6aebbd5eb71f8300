"""The Chinese is that of the glossary: one English word, one Chinese word, wherever it is read.

Each term has what its Chinese must hold wherever the English has the term. A sentence that says it
otherwise with good reason is named below the table, and the reason with it.
"""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest

from tests.house.test_messages import ROOT, TRANSLATED

GLOSSARY = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("## Glossary")[2]


class Term(NamedTuple):
    """A word of the glossary.

    Parameters
    ----------
    english
        Pattern of the word in an English message, code and fields left out.
    chinese
        Pattern that the Chinese of such a message holds.
    """

    english: str
    chinese: str


TERMS = {
    "applicant": Term(r"applicants?", "报名|该生|该学生"),
    "seat": Term(r"seats?", "学位"),
    "class standard": Term(r"class standard", "标准班额"),
    "class limit": Term(r"class limit", "班额上限"),
    "oversized": Term(r"oversized(?! schools)", "大班额"),
    "very oversized": Term(r"very oversized", "超大班额"),
    "oversized school": Term(r"oversized schools?", "大校额"),
    "school limit": Term(r"school limit", "学校规模上限"),
    "zone": Term(r"zones?", "片区"),
    "area": Term(r"areas?", "规划片区"),
    "group": Term(r"groups?", "类别"),
    "lottery": Term(r"lottery|lotteries", "派位"),
    "ticket": Term(r"tickets?", "派位号"),
    "receipt": Term(r"receipts?", "回执"),
    "round": Term(r"rounds?", "批次"),
    "supplementary": Term(r"supplementary", "补录"),
    "redirect": Term(r"redirect\w*", "统筹"),
    "cutoff": Term(r"cutoffs?", "末位入学排序"),
    "price": Term(r"prices?", "影子价格"),
    "bundle": Term(r"bundles?", "多胞胎捆绑"),
    "override": Term(r"overrides?", "人工调整"),
    "by decision": Term(r"by decision|fixed placements?", "人工安置"),
    "reserved": Term(r"reserved?|reserves", "预留"),
    "overload": Term(r"overloads?|bottlenecks?|shortages?|seats missing", "学位缺口|还缺学位"),
    "notice": Term(r"notices?", "提示"),
    "unplaced": Term(r"unplaced|still without a place", "待安置"),
    "scenario": Term(r"scenarios?", "方案"),
    "run": Term(r"(?:a|the|this|this run's own|that|earlier|other|two|complete) runs?", "结果"),
    "other grades": Term(r"other grades", "其他年级"),
    "freeze": Term(r"freeze|frozen", "封存"),
    "commitment": Term(r"commit(?:s|ted|ment)?", "承诺"),
    "rehearsal": Term(r"rehearsal|rehearse", "演练"),
    "nine-year": Term(r"nine-year", "九年一贯制"),
    "births": Term(r"births", "出生"),
    "dwelling": Term(r"dwellings", "套住房"),
}

EXCEPTIONS = {
    # of a form, not of a child
    ("applicant", "Give an APPLICANT, or --all with -o FILE."),
    # a key of the file, not the word
    ("zone", 'Add zones = "path of the file" under [files].'),
    ("reserved", "Check the columns classes, reserved, other_grades, leavers and school_limit."),
    # the number of a plane's zone before its coordinates
    (
        "zone",
        "Correct the coordinates, the system declared under [coordinates] or the zone number "
        "before the easting; or leave the cells empty.",
    ),
    # the lottery that a state runs, as a source of the draw
    ("lottery", "Name a public lottery beside it, such as `ssq-2026082`."),
    # a round of the drand network, and the other way round
    ("round", "A drand round alone is not enough: its signature is not checked here."),
    ("round", "Name a later round."),
    ("round", "The round of {name} comes at {time}, not after {after}."),
    (
        "round",
        "lon and lat look swapped: the other way round this point lies among the schools; it "
        "counts as missing.",
    ),
    # what is given up, not what a seat would save
    ("price", "The price of the choice between far ways and full classes"),
    (
        "price",
        "Who would rather have a place that a worse rank has: the price of the total",
    ),
    # a letter to a family, and a list on a board
    ("notice", "Admission notices"),
    ("notice", "Redirect notices"),
    ("notice", "Children placed: public notice"),
}

NEVER = {
    "调剂": "redirect is 统筹安排; 调剂 is what universities do",
    "摇号": "the draw is 电脑随机派位, in short 派位",
    "抽签": "the draw is 电脑随机派位, in short 派位",
    "签号": "ticket is 派位号",
    "未安置": "unplaced is 待安置: the office still owes the child a seat",
    "学区": "zone is 片区",
    "轮次": "round is 批次",
    "审批安排": "by decision is 人工安置",
    "登记册": "the list of the applicants is 报名名册, their table 报名表",
    "冻结": "freeze is 封存",
    "申请人": "applicant is 报名学生",
    "教育局": "the office is 招生办",
    "招生部门": "the office is 招生办",
    "运行结果": "run is 结果",
    "起始班级": "entry class is 起始年级班级",
    "班额标准": "class standard is 标准班额",
    "(?<!适龄)儿童": "a child that is to be placed is 学生, in primary and in junior schools",
}


def words_of(message: str) -> str:
    """Return a message without what is the same in every language: code, keys, options, fields."""
    return re.sub(r"`[^`]*`|\[[^\]]*\]|\{\w+\}|--[\w-]+|[\w-]+\.\w{2,7}\b|enroll \w+", " ", message)


@pytest.mark.parametrize("name", TERMS)
def test_a_term_is_said_as_the_glossary_says_it(name: str) -> None:
    term = TERMS[name]
    found = {
        message: chinese
        for message, chinese in TRANSLATED.items()
        if re.search(rf"\b(?:{term.english})\b", words_of(message), re.IGNORECASE)
        and not re.search(term.chinese, chinese)
        and (name, message) not in EXCEPTIONS
    }
    assert found == {}


@pytest.mark.parametrize(("word", "instead"), NEVER.items())
def test_a_word_that_is_not_ours_is_never_said(word: str, instead: str) -> None:
    found = {text: chinese for text, chinese in TRANSLATED.items() if re.search(word, chinese)}
    assert found == {}, instead


def test_no_exception_outlives_its_reason() -> None:
    needed = {
        (name, message)
        for name, message in EXCEPTIONS
        if message in TRANSLATED and not re.search(TERMS[name].chinese, TRANSLATED[message])
    }
    assert needed == EXCEPTIONS


def test_the_glossary_and_the_table_say_the_same() -> None:
    """Of the words that CONTRIBUTING explains, those of one English and one Chinese word."""
    rows = re.findall(r"^\| ([^|]+) \| [^|]+ \| ([^|]+) \|$", GLOSSARY, re.MULTILINE)
    explained = {
        english.strip(): chinese.strip()
        for words, meanings in rows
        for english, chinese in zip(
            re.split(r"[,;] ", words),
            re.split(r"[,;] ", re.sub(r" \([^)]*\)", "", meanings)),
            strict=False,
        )
    }
    for name in sorted(TERMS.keys() & explained.keys()):
        assert re.search(TERMS[name].chinese, explained[name]), (name, explained[name])
    assert len(TERMS.keys() & explained.keys()) > 15

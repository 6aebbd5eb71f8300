"""The rules in words: each group, round and condition as a family reads it, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from enroll.notices import Phrase, translate
from enroll.report.announcement.rules import (
    after_groups,
    age_words,
    group_words,
    other_words,
    round_words,
)
from enroll.scenario import load
from tests.scenario.texts import LEAST, written
from tests.small import make_schools

if TYPE_CHECKING:
    from pathlib import Path

    from enroll.notices import Language
    from enroll.scenario.schema import Scenario


def settings_of(folder: Path, text: str, head: str = LEAST) -> Scenario:
    return load(written(folder, head + text)).settings


def said(phrase: Phrase, language: Language = "en") -> str:
    return translate(phrase.text, language, phrase.params)


def bound(words: str, value: object) -> str:
    """Return a bound in Chinese, which `explain` says in the same words."""
    return translate(f"{words} {{bound}}", "zh", {"bound": value})


def condition(folder: Path, when: str, language: Language) -> str:
    settings = settings_of(folder, f'[[group]]\nid = "A"\nwhen = {when}\n')
    ((entry,),) = (group.entries for group in group_words(settings))
    return said(entry, language)


@pytest.mark.parametrize(
    ("when", "english", "chinese"),
    [
        (
            '{household = "zone", home = "own"}',
            "the household is registered in the zone; the family lives in a home of its own",
            "户籍在本片区；居住在自有住房",
        ),
        (
            '{household = ["county", "outside"], home = "grandparents"}',
            "the household is registered in the county or the household is registered outside the "
            "county; the family lives in a home of the grandparents",
            "户籍在本县或户籍在外县；居住在祖辈住房",
        ),
        (
            "{home_since = {before = 2026-05-01}}",
            "the home was registered or rented before 1 May 2026",
            "房产登记或租住时间：" + bound("before", "2026年5月1日"),
        ),
        (
            "{permit_since = {min = 2025-01-01, max = 2025-12-31}}",
            "the residence permit was issued on 1 January 2025 or later, on 31 December 2025 or "
            "earlier",
            "居住证签发时间：2025年1月1日或之后、2025年12月31日或之前",
        ),
        (
            "{household_since = 2025-09-01}",
            "the household was registered there on 1 September 2025",
            "户籍登记时间：2025年9月1日",
        ),
        (
            "{insurance_months = {min = 12}}",
            "months of social insurance: at least 12",
            "社会保险缴费月数：" + bound("at least", 12),
        ),
        ("{insurance_months = 12}", "months of social insurance: 12", "社会保险缴费月数：12"),
        ('{home = "castle"}', "“home” is castle", "“home”为castle"),
        ('{zone = ["Z1", "Z2"]}', "the zone is Z1 or Z2", "片区为 Z1或Z2"),
        (
            '{"退役军人" = "是", score_of_help = {min = 3, max = 5}}',
            "“退役军人” is 是; “score_of_help” is at least 3, at most 5",
            f"“退役军人”为是；“score_of_help”为{bound('at least', 3)}、{bound('at most', 5)}",
        ),
        ("{}", "every child that no group above takes", "以上类别均不符合的所有学生"),
    ],
)
def test_a_condition_in_words(tmp_path: Path, when: str, english: str, chinese: str) -> None:
    assert condition(tmp_path, when, "en") == english
    assert condition(tmp_path, when, "zh") == chinese


def test_braces_in_a_fact_are_no_fields(tmp_path: Path) -> None:
    assert condition(tmp_path, '{"{0}" = "{name}"}', "en") == "“{0}” is {name}"


def test_every_word_of_a_known_fact_is_said(tmp_path: Path) -> None:
    """The words are those of the applicants' columns, no more and no fewer."""
    from enroll.notices.about_plans import VALUE
    from enroll.tables.applicant_columns import HOME, HOUSEHOLD

    assert {fact: list(words) for fact, words in VALUE.items()} == {
        "household": list(HOUSEHOLD),
        "home": list(HOME),
    }


def test_entries_of_one_id_are_one_group(tmp_path: Path) -> None:
    text = (
        '[[group]]\nid = "A"\nwhen = {home = "own"}\n[[group]]\nid = "B"\nname = "Second"\n'
        'when = {home = "rent"}\n[[group]]\nid = "A"\nname = "First"\nwhen = {home = "none"}\n'
    )
    first, second = group_words(settings_of(tmp_path, text))
    assert (first.place, first.id, first.name) == (1, "A", "First")
    assert [said(entry) for entry in first.entries] == [
        "the family lives in a home of its own",
        "the family has neither a home of its own nor a rented one",
    ]
    assert (second.place, second.id, second.name) == (2, "B", "Second")


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("", "There are no groups: all children rank alike."),
        (
            '[[group]]\nid = "A"\nwhen = {home = "own"}\n',
            "Whoever fits none of these groups comes after all of them.",
        ),
        ('[[group]]\nid = "A"\n', "Whoever fits none of these groups comes after all of them."),
        ('[[group]]\nid = "A"\nwhen = {}\n', None),
    ],
)
def test_who_is_left_is_told(tmp_path: Path, text: str, last: str | None) -> None:
    phrase = after_groups(settings_of(tmp_path, text))
    assert (phrase and said(phrase)) == last


def test_a_group_that_the_office_decides(tmp_path: Path) -> None:
    (group,) = group_words(settings_of(tmp_path, '[[group]]\nid = "A"\n'))
    assert group.name == "A"
    assert said(group.entries[0]) == "whoever the office puts into this group"


JUNIOR = 'title = "T"\nyear = 2026\nstage = "junior"\n'
REVIEWED = "Only children whose documents passed the review are placed."


@pytest.mark.parametrize(
    ("head", "text", "sentences"),
    [
        (LEAST, "", ["Children born on 31 August 2020 or earlier may enter.", REVIEWED]),
        (JUNIOR, "", ["There is no age test.", REVIEWED]),
        (
            JUNIOR,
            "[age]\nearliest_birth = 2012-09-01\n",
            ["Children born on 1 September 2012 or later may enter.", REVIEWED],
        ),
        (
            LEAST,
            "[age]\nearliest_birth = 2018-09-01\nwaive = ['disabled', 'court']\n",
            [
                "Children born from 1 September 2018 to 31 August 2020 may enter.",
                "The age test is waived where a decision places the child for one of: disability "
                "and court.",
                REVIEWED,
            ],
        ),
    ],
)
def test_who_may_enter(tmp_path: Path, head: str, text: str, sentences: list[str]) -> None:
    assert [said(one) for one in age_words(settings_of(tmp_path, text, head))] == sentences


ZONE = '[[round]]\nid = "z"\nrule = "zone"\n'
REDIRECT = '[[round]]\nid = "r"\nrule = "redirect"\n'


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        (
            ZONE,
            [
                "Each child asks the schools of its own zone, the school of an older sibling "
                "first, then the nearest.",
                "Classes are filled to the class standard of 45 children.",
                "A school that more children ask than it has seats ranks them by: the better "
                "group, an older sibling at the school, the shorter way to school, the better "
                "lottery number. Nobody it refuses ranks above anybody it admits.",
                "Children of one family who are placed together may take a school past its class "
                "standard, within the class limit.",
            ],
        ),
        (
            ZONE + 'seats = "limit"\norder = ["points", "since", "lottery"]\nlast_seat = "skip"\n',
            [
                "Each child asks the schools of its own zone, the school of an older sibling "
                "first, then the nearest.",
                "Classes may be filled to the class limit of 55 children.",
                "A school that more children ask than it has seats ranks them by: more points, "
                "the earlier day of registration (since), the better lottery number. Nobody it "
                "refuses ranks above anybody it admits.",
                "Where the last seats are fewer than the children of a family who are placed "
                "together, the family is passed over and the seats go to the next in line.",
            ],
        ),
        (
            REDIRECT + 'max_m = 5000\ngoal = "farthest"\n',
            [
                "Whoever has no place yet is redirected to a school within 5,000 m that still has "
                "seats.",
                "Classes are filled to the class standard of 45 children.",
                "Public day schools are used.",
                "As many children as possible get a place, those of the better groups first; then "
                "the longest way is as short as possible, group by group.",
            ],
        ),
        (
            REDIRECT + 'seats = "limit"\ngoal = "fewest_far"\nsectors = ["public", "private"]\n'
            'kinds = ["full", "boarding"]\n',
            [
                "Whoever has no place yet is redirected to a school that still has seats, at any "
                "distance.",
                "Classes may be filled to the class limit of 55 children.",
                "Schools of these kinds are used: public and private; full primary or junior "
                "school and boarding school.",
                "As many children as possible get a place, those of the better groups first; then "
                "as few children as possible go farther than 3,000 m, group by group.",
            ],
        ),
    ],
)
def test_a_round_in_words(tmp_path: Path, text: str, sentences: list[str]) -> None:
    settings = settings_of(tmp_path, text)
    fixed, told = round_words(settings, make_schools(2))
    assert fixed.step.id == "fixed"
    assert [said(one) for one in told.sentences] == sentences


def test_only_a_later_redirect_opens_places_again(tmp_path: Path) -> None:
    again = '[[round]]\nid = "l"\nrule = "redirect"\nseats = "limit"\n'
    settings = settings_of(tmp_path, again + REDIRECT + again.replace('"l"', '"m"'))
    told = [
        any(one.text.startswith("Places that earlier redirects") for one in words.sentences)
        for words in round_words(settings, make_schools(1))
    ]
    assert told == [False, False, False, True]


def test_class_sizes_are_those_of_the_schools_that_a_round_uses(tmp_path: Path) -> None:
    """Neither a school without classes counts, nor in redirects one that they do not use."""
    schools = make_schools(
        4,
        classes=[1, 1, 0, 2],
        class_standard=[45, 30, 20, 10],
        sector=["public", "public", "public", "private"],
    )
    settings = settings_of(tmp_path, ZONE + REDIRECT)
    _, zone, redirect = round_words(settings, schools)
    assert said(zone.sentences[1]) == (
        "Classes are filled to each school's class standard, 10 to 45 children."
    )
    assert said(redirect.sentences[1]) == (
        "Classes are filled to each school's class standard, 30 to 45 children."
    )
    nowhere = round_words(settings, make_schools(1, classes=[0]))[1]
    assert not any("filled" in said(one) for one in nowhere.sentences)


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_default_rounds_are_all_told(tmp_path: Path, language: Language) -> None:
    told = round_words(settings_of(tmp_path, ""), make_schools(1))
    assert [words.step.rule for words in told] == ["fixed", "zone", *["redirect"] * 3]
    for words in told:
        for phrase in (words.name, *words.sentences):
            assert "{" not in said(phrase, language)


def test_what_holds_in_every_round(tmp_path: Path) -> None:
    plain = [one.text for one in other_words(settings_of(tmp_path, ""), make_schools(1))]
    schools = make_schools(1, reserved=[3], kind=["nine-year"])
    more = [one.text for one in other_words(settings_of(tmp_path, ZONE), schools)]
    assert any("accepts no redirect" in text for text in plain)
    assert not any("accepts no redirect" in text for text in more)
    assert [text[:15] for text in more if text not in plain] == [
        "Reserved seats ",
        "A nine-year sch",
    ]


def test_every_month_is_said_in_both_languages() -> None:
    from datetime import date

    from enroll.notices.formats import spoken_day

    assert [said(spoken_day(date(2026, month, 5)), "zh") for month in (1, 12)] == [
        "2026年1月5日",
        "2026年12月5日",
    ]
    assert [said(spoken_day(date(2026, month, 5))) for month in (3, 9)] == [
        "5 March 2026",
        "5 September 2026",
    ]

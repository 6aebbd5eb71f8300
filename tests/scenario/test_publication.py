"""What a scenario tells families before registration: what it takes, and what it refuses."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest

import enroll
from enroll.scenario import load
from tests.cli.screens import starter, starter_text
from tests.scenario.texts import LEAST, refused, written

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = """
[publication]
where = "Town hall"
website = "https://example.org:8080/a/b?c=d&e=%20#f"
notes = ["Bring the deed."]
[[publication.timetable]]
what = "Registration"
from = 2026-06-08
until = 2026-06-19
[[publication.timetable]]
what = "Draw"
from = 2026-07-12
[[publication.telephones]]
name = "Office"
number = "+86 (0737) 555-0100"
hours = "mornings"
[[publication.sources]]
name = "Shuangseqiu"
where = "on television"
when = 2026-07-12
"""


def test_everything_is_kept_in_its_order(tmp_path: Path) -> None:
    told = load(written(tmp_path, LEAST + WHOLE)).settings.publication
    assert told is not None
    assert [(event.what, event.start, event.until) for event in told.timetable] == [
        ("Registration", date(2026, 6, 8), date(2026, 6, 19)),
        ("Draw", date(2026, 7, 12), None),
    ]
    assert (told.where, told.website) == (
        "Town hall",
        "https://example.org:8080/a/b?c=d&e=%20#f",
    )
    assert told.telephones[0].number == "+86 (0737) 555-0100"
    assert told.sources[0].when == date(2026, 7, 12)
    assert load(written(tmp_path, LEAST)).settings.publication is None


@pytest.mark.parametrize(
    ("text", "code", "key"),
    [
        ("[publication]\nxyz = 'x'\n", "SETTING_UNKNOWN", "[publication] xyz"),
        ("[publication]\nwebsit = 'x'\n", "SETTING_UNKNOWN_NEAR", "[publication] websit"),
        ("timetable = []\n", "SETTING_MISPLACED", "timetable"),
        ("[publication]\ntimetable = 'x'\n", "SETTING_NEEDS_LIST", "[publication] timetable"),
        (
            "[[publication.timetable]]\nwhat = 'a'\n",
            "SETTING_MISSING",
            "[[publication.timetable]] 1 from",
        ),
        (
            "[[publication.timetable]]\nwhat = 'a'\nstart = 2026-06-01\nfrom = 2026-06-01\n",
            "SETTING_UNKNOWN",
            "[[publication.timetable]] 1 start",
        ),
        (
            "[[publication.timetable]]\nwhat = 'a'\nfrom = '2026-06-01'\n",
            "SETTING_NEEDS_DATE",
            "[[publication.timetable]] 1 from",
        ),
        (
            "[[publication.timetable]]\nwhat = 'a'\nfrom = 2026-06-02\nuntil = 2026-06-01\n",
            "EVENT_ENDS_EARLY",
            "[[publication.timetable]] 1",
        ),
        (
            "[[publication.timetable]]\nwhat = 'a\u2028b'\nfrom = 2026-06-02\n",
            "SETTING_CONTROL_CHARACTER",
            "[[publication.timetable]] 1 what",
        ),
    ],
)
def test_what_is_refused(tmp_path: Path, text: str, code: str, key: str) -> None:
    assert refused(tmp_path, text) == [(code, key)]


@pytest.mark.parametrize(
    "number",
    ["12", "call 12345", "０７３７５５５", "1" * 31, "123\t456", "javascript:1234", "+--(1)2"],
)
def test_what_is_no_telephone_number(tmp_path: Path, number: str) -> None:
    text = f'[[publication.telephones]]\nname = "a"\nnumber = {json.dumps(number)}\n'
    assert refused(tmp_path, text) == [
        ("SETTING_NOT_A_TELEPHONE", "[[publication.telephones]] 1 number")
    ]


@pytest.mark.parametrize("number", ["110", "0737-5550100", "(0737) 555 0100", "+86 737 5550100"])
def test_what_is_a_telephone_number(tmp_path: Path, number: str) -> None:
    text = f'[[publication.telephones]]\nname = "a"\nnumber = "{number}"\n'
    told = load(written(tmp_path, LEAST + text)).settings.publication
    assert told is not None
    assert told.telephones[0].number == number


@pytest.mark.parametrize(
    "website",
    [
        "javascript:alert(1)",
        "example.org",
        "file:///etc/passwd",
        "https://exa mple.org",
        'https://example.org/"onclick="',
        "https://example.org/" + "a" * 200,
        "https://пример.рф",
        "https://user:word@example.org/",
    ],
)
def test_what_is_no_website(tmp_path: Path, website: str) -> None:
    text = f"[publication]\nwebsite = {json.dumps(website)}\n"
    assert refused(tmp_path, text) == [("SETTING_NOT_A_WEBSITE", "[publication] website")]


def test_it_changes_no_placement_and_stands_in_the_run(tmp_path: Path) -> None:
    plain = enroll.allocate(enroll.load(starter(tmp_path / "plain"))).files
    told = starter_text("scenario.toml") + WHOLE
    files = enroll.allocate(enroll.load(starter(tmp_path / "told", scenario=told))).files
    differ = {name for name in files if files[name] != plain.get(name)}
    assert differ == {"manifest.json", "SHA256SUMS"}
    settings = json.loads(files["manifest.json"])["scenario"]["settings"]
    assert settings["publication"]["timetable"][0] == {
        "what": "Registration",
        "from": "2026-06-08",
        "until": "2026-06-19",
    }
    assert "publication" not in json.loads(plain["manifest.json"])["scenario"]["settings"]


def test_a_scenario_that_extends_another_says_what_it_changes(tmp_path: Path) -> None:
    written(tmp_path, LEAST + WHOLE, "base.toml")
    text = 'extends = "base.toml"\n[[publication.timetable]]\nwhat = "Later"\nfrom = 2026-06-10\n'
    loaded = load(written(tmp_path, text))
    told = loaded.settings.publication
    assert told is not None
    assert [event.what for event in told.timetable] == ["Later"]
    assert told.where == "Town hall"
    (change,) = loaded.changes
    assert change.key == "publication.timetable"
    assert change.old[1] == {"what": "Draw", "from": "2026-07-12"}
    assert change.new == [{"what": "Later", "from": "2026-06-10"}]

"""What a clerk sees: whole screens, compared as they are printed into a file."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO
from textwrap import dedent

import pytest

from enroll import report
from enroll.notices import KINDS, Kind, Notice, Problem
from enroll.report.screen import open_console
from enroll.report.summary import summarise
from enroll.report.terminal import notices_view, summary_view
from enroll.report.terminal_problems import MOST_OF_A_KIND, problems_view

from .makers import make_results, texts


@pytest.fixture(autouse=True)
def kinds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Messages of this test alone, so that no wording elsewhere can change the screens."""
    monkeypatch.setitem(KINDS, "ALARM", Kind("red", "{what} is too small.", "Enlarge {what}."))
    monkeypatch.setitem(KINDS, "HINT", Kind("yellow", "Something to look at.", ""))
    monkeypatch.setitem(KINDS, "ASIDE", Kind("info", "Good to know.", ""))
    monkeypatch.setitem(KINDS, "BAD", Kind("blocking", "This is no number.", "Write one."))


def alarm(subject: str) -> Notice:
    return Notice("ALARM", subject, params={"what": subject})


def test_a_run_is_summed_up_on_one_screen() -> None:
    results = make_results(notices=[Notice("HINT"), alarm("S1"), Notice("ASIDE")])
    assert report.as_text(summary_view(summarise(results), results, "en")) == dedent("""\
        Tiny County
        Rehearsal: this lottery decides nothing, whoever made it could choose its result.

        red 1   yellow 1   info 1

        red     S1 is too small. [ALARM]
                → Enlarge S1.
        yellow  Something to look at. [HINT]
                and 1 more in warnings.csv

        Applicants                      4
        Placed                          2  50.0 %
          at a school of their zone     1  25.0 %
          redirected to another school  1  25.0 %
        Unplaced                        1  25.0 %
          no seat left                  1  25.0 %
        Not eligible                    1  25.0 %
        Classes                         3
          above the class standard      1  33.3 %
          oversized: 56 or more         0   0.0 %
        Farther than 3,000 m            1  50.0 %

        Way to school: half of the children within 2,150 m, 95 in 100 within 4,000 m, the farthest 4,000 m.
        """)  # noqa: E501 - the line as it is shown


def test_children_placed_elsewhere_by_decision_have_a_line() -> None:
    results = make_results()
    results.placement.reason[:] = texts("FIXED", "FIXED", "NO_SEAT", "TOO_YOUNG")
    shown = report.as_text(summary_view(summarise(results), results, "en"))
    assert "  elsewhere by decision or choice  1  25.0 %" in shown


def test_without_notices_and_ways_only_the_figures_stand() -> None:
    results = make_results()
    results.placement.metres[:] = -1
    shown = report.as_text(summary_view(summarise(results), results, "en"))
    assert shown.splitlines()[2:4] == ["", "Applicants                      4"]
    assert "Way to school" not in shown


def test_only_a_rehearsal_is_called_one() -> None:
    results = make_results()
    drawn = replace(results.ranking.draw, draw_id="2026-primary")
    results = replace(results, ranking=replace(results.ranking, draw=drawn))
    shown = report.as_text(summary_view(summarise(results), results, "en"))
    assert "Rehearsal" not in shown


def test_no_kind_of_notice_hides_the_others() -> None:
    notices = [alarm(f"S{number}") for number in range(9)] + [Notice("HINT")]
    shown = report.as_text(notices_view(notices, "en"))
    assert shown.count("[ALARM]") == 3
    assert shown.count("[HINT]") == 1
    assert "and 6 more in warnings.csv" in shown


def test_problems_stand_under_their_level_with_their_cell() -> None:
    problems = [
        Problem("HINT", "schools.csv"),
        Problem("BAD", "pupils.csv", 12, "lon", "12°"),
        Problem("BAD", "pupils.csv", 3, "lon", "east"),
        Problem("BAD", "pupils.csv", 3, "lat", "north"),
    ]
    assert report.as_text(problems_view(problems, "en")) == dedent("""\
        blocking: 3
        file        row  column  value  what is wrong, and what to do
        pupils.csv    3  lat     north  This is no number. [BAD]
                                        → Write one.
        pupils.csv    3  lon     east   This is no number. [BAD]
                                        → Write one.
        pupils.csv   12  lon     12°    This is no number. [BAD]

        yellow: 1
        file         row  column  value  what is wrong, and what to do
        schools.csv                      Something to look at. [HINT]
        """)


def test_many_problems_of_a_kind_are_cut_and_counted() -> None:
    problems = [Problem("BAD", "pupils.csv", row, "lon") for row in range(1000)]
    shown = report.as_text(problems_view(problems, "en"))
    assert shown.count("[BAD]") == MOST_OF_A_KIND
    assert f"and {1000 - MOST_OF_A_KIND} more of this kind" in shown
    assert "blocking: 1,000" in shown


def test_no_problem_is_a_sentence() -> None:
    assert report.as_text(problems_view([], "en")) == "No problem found.\n"
    assert report.as_text(problems_view([], "zh")) == "未发现问题。\n"


def test_nothing_from_a_file_can_steer_the_terminal() -> None:
    """Neither control characters nor the markup of the library."""
    evil = "\x1b[31m[red]\u202e\r"
    shown = report.as_text(notices_view([alarm(evil)], "en"))
    shown += report.as_text(problems_view([Problem("BAD", evil, 1, evil, evil)], "en"))
    assert not {"\x1b", "\r", "\u202e"} & set(shown)
    assert "[red]" in shown


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_colours_are_for_terminals_only(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    screen, file = Terminal(), StringIO()
    for stream in (screen, file):
        open_console(stream).print(notices_view([alarm("S1")], "en"))
    assert "\x1b[" in screen.getvalue()
    assert "\x1b[" not in file.getvalue()


def test_the_room_names_what_it_offers() -> None:
    assert all(hasattr(report, name) for name in report.__all__)
    with pytest.raises(AttributeError, match="no_such"):
        _ = report.no_such


def test_no_module_hides_a_name_of_the_room() -> None:
    """A module that bears the name of a function would take its place once imported."""
    homes = set(report._HOMES.values())
    assert not homes & set(report.__all__)

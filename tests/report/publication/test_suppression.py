"""Which cells are hidden, and that nothing hidden can be worked out: held against all tables."""

from __future__ import annotations

from random import Random

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from enroll.report.publication.solving import breaches, pinned, solved
from enroll.report.publication.suppression import SMALL, Tables, hide
from tests.report.publication.oracle import TooMany, agreeing, linked, tables


def line(*counts: int) -> Tables:
    """Return one line of a table with a public total."""
    cells = {("a", str(at)): count for at, count in enumerate(counts)}
    total = {("a", "all"): sum(counts)}
    return Tables(cells | total, [dict.fromkeys(cells, 1) | {("a", "all"): -1}], frozenset(total))


def shown(made: Tables) -> str:
    """Return a line as it is published."""
    hidden = hide(made)
    cells = [cell for cell in sorted(made.counts) if cell[1] != "all"]
    return " ".join("." if cell in hidden else str(made.counts[cell]) for cell in cells)


def test_nothing_small_hides_nothing() -> None:
    assert shown(line(0, 5, 17)) == "0 5 17"


def test_a_small_cell_takes_the_smallest_that_is_large_enough_with_it() -> None:
    assert shown(line(2, 30, 9, 0)) == ". 30 . 0"


def test_small_cells_alone_are_too_few() -> None:
    assert shown(line(1, 2, 30, 9)) == ". . 30 ."
    assert shown(line(3, 4, 30, 9)) == ". . 30 9"


def test_a_line_of_few_children_is_hidden_whole() -> None:
    """Also where only one kind occurs: that there is no other is not told."""
    assert shown(line(3, 0)) == ". ."


def test_what_nothing_can_hide_is_no_secret() -> None:
    assert shown(line(3)) == "3"
    made = line(3)
    assert breaches(made, hide(made)) == []


def test_what_follows_from_a_total_is_noticed() -> None:
    made = line(2, 30, 9, 0)
    assert breaches(made, {("a", "0"), ("a", "2")}) == []
    assert breaches(made, {("a", "0")}) == ["a / 0 is hidden and follows from sums",
                                            "a / 0 is hidden and has one count left"]  # fmt: skip


def test_what_follows_because_none_is_below_zero_is_noticed() -> None:
    """Two hidden cells of a line in which nobody is left: no sum says it of either alone."""
    made = line(0, 0, 7)
    assert solved(made, {("a", "0"), ("a", "1")}) == set()
    assert pinned(made, {("a", "0"), ("a", "1")}) == {("a", "0"), ("a", "1")}


def test_what_is_public_in_any_case_cannot_be_hidden() -> None:
    made = line(2, 30)
    everything = frozenset(made.counts)
    assert "a / all cannot be hidden" in breaches(made, everything)


def test_columns_are_protected_as_lines_are() -> None:
    """A hidden pair in one line alone would follow from the columns."""
    made = linked([[2, 30], [8, 40], [7, 50]], [[9, 60]])
    hidden = hide(made)
    columns = {kind: {c for c in hidden if c[0] == "school" and c[2] == kind} for kind in "01"}
    assert all(len(cells) >= 2 for cells in columns.values())
    assert breaches(made, hidden) == []


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(tables())
def test_every_hidden_cell_could_be_another_in_some_table(made: Tables) -> None:
    """Held against every table that agrees with what is published."""
    hidden = hide(made)
    seen: dict[object, set[int]] = {cell: set() for cell in hidden}
    try:
        for counts in agreeing(made, hidden, 400):
            for cell, count in counts.items():
                seen[cell].add(count)
            if all(len(values) > 1 for values in seen.values()):
                break
    except TooMany:
        assume(False)
    assert [cell for cell, values in seen.items() if len(values) < 2] == []


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(tables())
def test_the_check_finds_nothing(made: Tables) -> None:
    assert breaches(made, hide(made)) == []


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(tables(), st.integers(0, 2**20))
def test_the_check_finds_what_all_tables_show(made: Tables, number: int) -> None:
    """Of cells hidden at random: what it calls solved or pinned has one count in every table."""
    dice = Random(number)  # noqa: S311 - a test case
    hidden = {
        cell for cell in sorted(made.counts) if cell not in made.given and dice.random() < 0.4
    }
    seen: dict[object, set[int]] = {cell: set() for cell in hidden}
    try:
        for counts in agreeing(made, hidden, 400):
            for cell, count in counts.items():
                seen[cell].add(count)
    except TooMany:
        assume(False)
    one = {cell for cell, values in seen.items() if len(values) == 1}
    assert solved(made, hidden) | pinned(made, hidden) <= one


def test_opening_any_one_cell_is_noticed() -> None:
    """Of two hidden ones in a line; the check needs no luck."""
    made = linked([[2, 30, 11], [8, 40, 3]], [[9, 60, 12]])
    hidden = hide(made)
    small = {cell for cell in hidden if 0 < made.counts[cell] < SMALL}
    assert small
    for cell in small:
        assert breaches(made, hidden - {cell})


def test_a_large_city_is_hidden_and_checked() -> None:
    """Of a large city: 6,000 cells in two tables with common columns."""
    dice = Random(5)  # noqa: S311 - a test case
    school = [[dice.choice([0, 1, 2, 7, 30]) for _ in range(4)] for _ in range(800)]
    made = linked(school, [[dice.choice([0, 3, 20]) for _ in range(4)] for _ in range(700)])
    hidden = hide(made)
    assert hidden
    assert breaches(made, hidden) == []

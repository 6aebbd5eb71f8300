"""The first group whose conditions all hold takes the child."""

from enroll.priority import rank, sort_into_groups
from tests.small import make_applicants, make_ground, make_inputs, make_schools, make_settings

POLICY = [
    {"id": "A", "name": "household and home", "when": {"household": "zone", "home": "own"}},
    {"id": "B", "when": {"insurance_months": {"min": 12}}},
    {"id": "A", "when": {"household": "army"}},
]


def sort(policy, facts=None, /, **columns):
    count = len(next(iter({**(facts or {}), **columns}.values())))
    inputs = make_inputs(make_applicants(count, facts, **columns), make_schools(1))
    return sort_into_groups(inputs, make_ground(inputs), make_settings(group=policy))


def test_all_conditions_of_an_entry_have_to_hold():
    facts = {
        "household": ["zone", "zone", "county"],
        "home": ["own", "rent", "own"],
        "insurance_months": ["20", "12", "11"],
    }
    groups = sort(POLICY, facts)
    assert groups.ids == ("A", "B", "other")
    assert groups.names == ("household and home", "B", "other")
    assert list(groups.of) == [0, 1, 2]
    assert list(groups.condition) == [0, 1, -1]


def test_entries_with_one_id_mean_or_and_the_better_group_wins():
    facts = {"household": ["army"], "home": [""], "insurance_months": ["20"]}
    groups = sort(POLICY, facts)
    assert list(groups.of) == [0]
    assert list(groups.condition) == [2]


def test_other_appears_only_where_somebody_fell_into_it():
    assert sort([{"id": "A", "when": {}}], {"home": ["own", ""]}).ids == ("A",)


def test_other_gets_an_id_of_its_own():
    groups = sort([{"id": "other", "when": {"points": {"min": 1}}}], {"points": ["0", "2"]})
    assert groups.ids == ("other", "other-2")
    assert list(groups.of) == [1, 0]


def test_without_when_the_group_column_decides():
    groups = sort([{"id": "A"}, {"id": "B", "name": "second"}], group=["B", "A", ""])
    assert groups.ids == ("A", "B", "other")
    assert list(groups.of) == [1, 0, 2]


def test_without_a_policy_everybody_is_one_group():
    groups = sort([], {"home": ["own", ""]})
    assert (groups.ids, groups.names) == (("all",), ("everybody",))
    assert list(groups.of) == [0, 0]


def test_unreadable_fact_does_not_hold():
    facts = {"household": [""], "home": [""], "insurance_months": ["a year"]}
    assert sort(POLICY, facts).ids[-1] == "other"


def test_rank_puts_everything_together():
    applicants = make_applicants(
        4, family=[1, 1, 1, -1], birth_date=["2020-01-01", "2021-01-01", "", "2020-01-01"]
    )
    inputs = make_inputs(applicants, make_schools(1))
    ranking = rank(inputs, make_ground(inputs), make_settings())
    assert list(ranking.ineligible) == ["", "TOO_YOUNG", "", ""]
    assert list(ranking.bundle) == [0, -1, 0, -1]
    assert list(ranking.draw.ticket) == ["A0001", "A0002", "A0001", "A0004"]
    assert ranking.groups.ids == ("all",)

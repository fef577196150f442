"""Decisions (decision 200) are not drawn, and may still be varied by hand along their range."""

from __future__ import annotations

import pytest

from casebuilder.analysis.uncertainty.chance.drawn import drawing
from casebuilder.analysis.uncertainty.ends import inputs_in_use, varied
from casebuilder.analysis.uncertainty.why.paths import paths
from casebuilder.inputs.values import CHOSEN, UNVERIFIED, InputValues
from tests.shipped import ShippedCases
from tests.starter import starter_case

# Of the reference set; a case that says nothing of its own has them all.
REFERENCE = (
    "capacity.extended_hours_uplift",
    "cost_lines.efficiency",
    "demand.requests_avoided",
    "plans.replacements_planned",
    "workforce.agency_cap",
    "workforce.international_hires",
)
# What nobody proposes in a new bid: at nought, without a range (decision 220).
IDLE = ("capacity.resources_moved", "workforce.posts_moved_out", "workforce.staff_lent")
# Of the shipped cases: the option, or None for the base case, and the input.
CASES = {
    "cmast": [
        ("buy_tests", "capacity.bought_tests"),
        ("mobile", "estate.hired_rooms"),
        ("mobile", "estate.hired_days_per_week"),
        ("mobile", "estate.hired_from_month"),
        ("more_ambitious", "estate.rooms"),
        (None, "workforce.agency_cap"),
        (None, "workforce.international_hires"),
    ],
    "cmast_2025": [
        ("buy_tests", "capacity.bought_tests"),
        (None, "capacity.preparation_bays"),
        (None, "estate.rooms"),
        (None, "funding.award"),
        (None, "programme.relief_start_month"),
    ],
    "lancashire_south_cumbria": [
        (None, "estate.rooms"),
        (None, "funding.award"),
        (None, "programme.relief_start_month"),
    ],
    "norfolk_waveney": [
        ("buy_tests", "capacity.bought_tests"),
        ("mobile", "estate.hired_rooms"),
        ("mobile", "estate.hired_days_per_week"),
        ("mobile", "estate.hired_from_month"),
        *((option, "lists.pooling") for option in ("buy_tests", "do_minimum", "mobile", "preferred")),
        (None, "workforce.agency_cap"),
        ("separate", "workforce.agency_cap"),
    ],
}


def states(given: InputValues, option: str | None) -> set[str]:
    own = given.base if option is None else given.options[option]
    return {given.origin(option, members).state for members in own}


def test_a_decision_of_the_reference_set_is_not_drawn() -> None:
    """Longer hours alone are drawn, in the option that has them: how much they bring is not decided."""
    case = starter_case()
    used = inputs_in_use(case.problem)
    assert [key for key in REFERENCE if states(used[key], None) != {CHOSEN}] == []
    drawn = {each.item.key for each in drawing(case.problem, 1).inputs}
    assert drawn.intersection(REFERENCE) == {"capacity.extended_hours_uplift"}
    assert states(used["capacity.extended_hours_uplift"], "do_minimum") == {UNVERIFIED}


def test_a_decision_is_still_varied_by_hand() -> None:
    """Each has two ends for the tornado, a path for switching values, and what `--set` gives."""
    case = starter_case()
    ends = {each.item.key: each for each in varied(case.problem)[0]}
    assert set(REFERENCE) <= set(ends) and set(REFERENCE) <= {each.item.key for each in paths(case.problem)}
    assert ends["cost_lines.efficiency"].state == CHOSEN
    assert not set(IDLE) & set(ends)
    other = starter_case("workforce.agency_cap=0.3")
    caps = inputs_in_use(other.problem)["workforce.agency_cap"].base.values()
    assert {value.amount for value in caps} == {0.3}


@pytest.mark.parametrize("name", CASES)
def test_the_decisions_of_a_shipped_case(shipped_cases: ShippedCases, name: str) -> None:
    """What the decision lists is chosen in the case, and has the range along which it may be varied."""
    used = inputs_in_use(shipped_cases.case(name).problem)
    undecided = [each for each in CASES[name] if states(used[each[1]], each[0]) != {CHOSEN}]
    assert undecided == []


def test_what_a_block_holds_of_both_parts_by_member(shipped_cases: ShippedCases) -> None:
    """Rooms of sites that CMAST put up are decided, and staff lent but for reporters; the rest is not."""
    rooms = inputs_in_use(shipped_cases.case("cmast").problem)["estate.rooms"]
    put_up = {"placeholder_east_cheshire", "placeholder_south_sefton"}
    assert {m[0] for m in rooms.base if rooms.origin(None, m).state == CHOSEN} == put_up
    lent = inputs_in_use(shipped_cases.case("norfolk_waveney").problem)["workforce.staff_lent"]
    assert {m[0] for m in lent.base if lent.origin(None, m).state == UNVERIFIED} == {"reporter"}

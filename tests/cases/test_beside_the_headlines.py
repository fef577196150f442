"""What stands beside the headlines, reckoned again from the lines behind them."""

from __future__ import annotations

import numpy as np
import pytest

from casebuilder.case import Case
from casebuilder.evaluate.axes import Array
from tests.shipped import ShippedCases

CASES = ("cmast", "cmast_2025", "norfolk_waveney")


def values(case: Case, key: str, option: str) -> Array:
    """A line of an option, without the axis of draws."""
    place = case.problem.frame.option_ids.index(option)
    found: Array = case.results.array(case.problem.by_key[key])[0]
    return np.asarray(found[place if len(found) > 1 else 0])


@pytest.mark.parametrize("name", CASES)
def test_the_figures_of_the_surplus_add_up(name: str, shipped_cases: ShippedCases) -> None:
    """Income less revenue cost and capital charges, rent back, is the surplus; with relief bought, less."""
    case = shipped_cases.case(name)
    for option in case.problem.frame.option_ids:
        found = case.headlines[option]
        told = found.headlines
        steady = values(case, "programme.steady_state", option).ravel()
        relief = float((values(case, "cost_by_line.hospital_relief", option).ravel() * steady).sum())
        parts = (
            told["income_steady_state"],
            -(told["revenue_cost_steady_state"] or 0),
            -(told["capital_charges_steady_state"] or 0),
            found.further["rent_steady_state"],
            told["cash_releasing_benefits_steady_state"],
        )
        total = sum(part or 0 for part in parts)
        assert total == pytest.approx(told["surplus_steady_state"], abs=1)
        without = found.further["surplus_without_relief"]
        assert without == pytest.approx((told["surplus_steady_state"] or 0) + relief, abs=1)
    assert case.headlines[case.problem.frame.option_ids[-1]].further["surplus_without_relief"] < total


@pytest.mark.parametrize("name", CASES)
def test_lists_end_where_the_appraisal_ends(name: str, shipped_cases: ShippedCases) -> None:
    case = shipped_cases.case(name)
    for option in case.problem.frame.option_ids:
        by_year = values(case, "activity.list_all_year_end", option).ravel()
        assert case.headlines[option].further["list_last_year"] == pytest.approx(by_year[-1], rel=1e-12)


def test_longer_hours_that_nobody_can_be_had_for_are_staff_not_found(shipped_cases: ShippedCases) -> None:
    """As shipped all can be had; where members allow a hundredth of their staff, most of 45 WTE cannot."""
    shipped = shipped_cases.case("cmast")
    assert shipped.headlines["do_minimum"].further["staff_not_found"] == pytest.approx(0, abs=1e-9)
    assert shipped.headlines["preferred"].further["staff_not_found"] == pytest.approx(
        shipped.headlines["preferred"].headlines["wte_unfilled_at_opening"]
    )
    case = shipped_cases.case("cmast", "capacity.longer_hours_staff=0.01")
    needed = float(values(case, "capacity.longer_hours_wte", "do_minimum").sum())
    found = case.headlines["do_minimum"].further["staff_not_found"]
    assert found is not None and 0.5 * needed < found < needed


def test_requests_that_come_are_those_of_the_waterfall(shipped_cases: ShippedCases) -> None:
    """With none they are nought, and additional tests fall by no more than there were."""
    shipped = shipped_cases.case("cmast")
    none = shipped_cases.case("cmast", "demand.induced_demand=0")
    drawn = shipped.headlines["preferred"].further["tests_induced"]
    assert drawn is not None and drawn > 20_000
    assert none.headlines["preferred"].further["tests_induced"] == 0
    fewer = (shipped.headlines["preferred"].headlines["tests_additional"] or 0) - (
        none.headlines["preferred"].headlines["tests_additional"] or 0
    )
    assert 0 < fewer < 1.1 * drawn


@pytest.mark.parametrize(("name", "own"), [("cmast", "halton"), ("norfolk_waveney", "norfolk")])
def test_a_bid_is_no_member_of_the_class_that_it_is_set_beside(
    name: str, own: str, shipped_cases: ShippedCases
) -> None:
    case = shipped_cases.case(name)
    centres = case.problem.frame.ids("built_centre")
    costs = values(case, "reference_class.unit_cost", case.problem.frame.option_ids[-1])
    assert not costs[..., centres.index(own)].any()
    by_rooms = case.problem.frame.ids("class_basis").index("rooms")
    assert (costs[by_rooms] > 0).sum() == len(centres) - 1

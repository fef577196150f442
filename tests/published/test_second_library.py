"""The same answers from a library that is not ours: numpy-financial on the CMAST cash flows."""

from __future__ import annotations

import numpy_financial as npf
import pytest

from casebuilder.case import Case
from tests.shipped import ShippedCases

STANDARD_RATE = 0.035  # Green Book 2026, years 0 to 30


@pytest.fixture(scope="module")
def case(shipped_cases: ShippedCases) -> Case:
    return shipped_cases.case("cmast")


def test_net_present_cost_is_npv_of_the_yearly_cost(case: Case) -> None:
    """Within the first band of rates, net present cost is NPV at 3.5 % with year 0 undiscounted."""
    costs = case.results.array(case.problem.by_key["economics.cost"])[0]
    assert costs.shape[1] <= 31
    for place, (option, found) in enumerate(case.headlines.items()):
        answer = npf.npv(STANDARD_RATE, costs[place])
        assert found.headlines["net_present_cost"] == pytest.approx(answer, rel=1e-12), option


def test_equivalent_annual_cost_is_a_level_payment(case: Case) -> None:
    """The equivalent annual cost, paid each year after year 0, is worth the net present cost."""
    years = len(case.inputs.frame.ids("year")) - 1
    for option, found in case.headlines.items():
        cost = found.headlines["net_present_cost"]
        assert cost is not None
        payment = -npf.pmt(STANDARD_RATE, years, cost, when="end")
        assert found.headlines["equivalent_annual_cost"] == pytest.approx(payment, rel=1e-9), option

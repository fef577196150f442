"""The sheet for DHSC's appraisal model: what a reviewer pastes and discounts comes to our own results."""

from __future__ import annotations

import pytest

from casebuilder.case import Case
from casebuilder.workbook.layout.laid_out import ENGINE
from tests.shipped import ShippedCases
from tests.workbook.reading import Sheet

COSTS = "costs"
CRB = "cash-releasing benefits (CRB)"
NCRB = "non-cash-releasing benefits (NCRB), with staff time in the sum"
SB = "societal benefits (SB), with journeys in the sum"
HEALTH = "health, at the health rate"
RISKS = "risks, against the baseline"
ROWS_OF_COST = [
    "Initial capital, before optimism bias",
    "Optimism bias on capital, in pounds",
    "Lifecycle",
    "Transitional",
    "Clinical",
    "Non-clinical",
    "Building running cost",
    "Opportunity cost of owned space",
    "Optimism bias on running cost, in pounds",
    "Treatment and follow-up downstream",
    "Exit cost less residual value",
]


@pytest.fixture(scope="module")
def case(shipped_cases: ShippedCases) -> Case:
    return shipped_cases.case("digital_diagnostics")


@pytest.fixture(scope="module")
def sheet(shipped_cases: ShippedCases) -> Sheet:
    return shipped_cases.sheets("digital_diagnostics")["CIA export"]


def row(sheet: Sheet, option: str, block: str, label: str, years: int) -> list[float]:
    """The years of a row under the heading of an option's block."""
    heading = f"{option}: {block}"
    told = (heading, f"{option} ({ENGINE}): {block}")
    start = next(number for number in sorted(sheet.rows) if sheet.value(number, 1) in told)
    found = next(n for n in sorted(sheet.rows) if n > start and sheet.value(n, 1) == label)
    values = [sheet.value(found, column) for column in range(2, 2 + years)]
    return [value if isinstance(value, float) else 0.0 for value in values]


def discounted(amounts: list[float], factors: list[float]) -> float:
    """The present value, as the other model would reckon it."""
    return sum(amount * factor for amount, factor in zip(amounts, factors, strict=True))


def test_pasted_and_discounted_it_is_our_net_present_social_value(case: Case, sheet: Sheet) -> None:
    """Rows of the sheet × the factors on it: cost, benefits of each class, health at its own rate, risks."""
    frame, value = case.inputs.frame, case.results.value
    years = len(frame.ids("year"))
    worth = {}
    for option in frame.options:

        def of(block: str, label: str, name: str = option.label) -> list[float]:
            return row(sheet, name, block, label, years)

        standard, health = of(COSTS, "Discount factor"), of(COSTS, "Discount factor of health")
        assert standard[1] == pytest.approx(1 / 1.035, rel=1e-9)
        assert health[1] == pytest.approx(1 / 1.015, rel=1e-9)
        cost = discounted(of(COSTS, "Cost before risks"), standard)
        risk = discounted(of(RISKS, "All"), standard)
        gain = sum(discounted(of(block, "All"), standard) for block in (CRB, NCRB, SB))
        gain += discounted(of(HEALTH, "Health (SB at the health rate)"), health)
        assert gain == pytest.approx(value("economics.present_value_benefits", option.id), rel=1e-9, abs=1e-3)
        worth[option.id] = gain - cost - risk
    for option in frame.options:
        ours = value("economics.npsv", option.id)
        assert worth[option.id] - worth[frame.baseline] == pytest.approx(ours, rel=1e-9, abs=1e-3)
    assert any(abs(value("economics.npsv", option.id)) > 1e6 for option in frame.options)


def test_each_row_of_cost_is_part_of_the_sum(case: Case, sheet: Sheet) -> None:
    """The eleven rows add up to the total, year by year, and the largest are not nothing."""
    years, option = len(case.inputs.frame.ids("year")), case.inputs.frame.options[-1].label
    rows = [row(sheet, option, COSTS, label, years) for label in ROWS_OF_COST]
    total = row(sheet, option, COSTS, "Cost before risks", years)
    assert [sum(column) for column in zip(*rows, strict=True)] == pytest.approx(total, rel=1e-9, abs=1e-6)
    assert sum(rows[0]) > 1e6 and sum(rows[4]) != 0

"""A building under private finance, payment by payment apart from our code, to the pound.

Charges fall due at the start of a year. What is owed is the plain sum of those left, each discounted: the
part fixed in cash at the partner's cost of capital, the part that rises with prices at the rate above the
inflation that the partner expects, at the prices of the day (measured as under IFRS 16).
"""

from __future__ import annotations

from typing import Any

import numpy_financial as npf
import pytest

from tests.published.support import Answer, work_out

POUND = 1.0
YEARS, OPENS, TERM, LIFE = 12, 2, 8, 40
VALUE, ROLLED_UP = 10_000_000.0, 0.1
RATE, EXPECTED = 0.08, 0.02
# Prices of each year, the base year 1: the partner expected two per cent.
GROWTH = [0.0, 0.03, 0.05, 0.01, 0.02, 0.08, 0.0, 0.02, 0.02, 0.03, 0.02, 0.02]
PRICES = [1.0]
for _growth in GROWTH[1:]:
    PRICES.append(PRICES[-1] * (1 + _growth))
KEYS = (
    "fair_value",
    "shadow_tariff",
    "implicit_rate",
    "payment",
    "services",
    "unitary_charge",
    "liability",
    "addition",
    "remeasured",
    "interest",
    "depreciation",
    "expensed",
    "vat",
    "in_limit",
    "more_in_revenue",
)


def contract(indexed: float, **changes: Any) -> Answer:
    """One site of a thousand square metres whose building costs ten million pounds, at no rise of prices."""
    values: dict[str, Any] = {
        "private_contracts.builds": 1,
        "private_contracts.term": float(TERM),
        "private_contracts.quoted_charge": 0.0,
        "private_contracts.service_rate": 50.0,
        "private_contracts.indexed_share": indexed,
        "private_contracts.partner_rate": RATE,
        "private_contracts.expected_inflation": EXPECTED,
        "private_contracts.rolled_up": ROLLED_UP,
        "private_contracts.asset_life": float(LIFE),
        "private_contracts.on_balance_sheet": 1,
        "private_contracts.in_national_accounts": 1,
        "private_contracts.vat_recovered": 1.0,
        "estate.included": 1,
        "estate.gross_internal_area": 1_000.0,
        "equipment.is_open": [float(year >= OPENS) for year in range(YEARS)],
        "capital.sub_total": VALUE,
        "capital.fees": 0.0,
        "capital.non_works": 0.0,
        "capital.contingency": 0.0,
        "capital.optimism_bias": 0.0,
        "capital.works_price_ratio": 1.0,
        "capital.vat_rate": 0.2,
        "timeline.gdp_growth": GROWTH,
    }
    values |= {f"private_contracts.{key}": value for key, value in changes.items()}
    return work_out(
        [f"private_finance.{key}" for key in KEYS],
        values,
        members={"private_contract": ("partner",)},
        years=YEARS,
    )


def first_charge(indexed: float) -> float:
    """What repays the fair value, as the partner expects prices: by the sum of its payments' worth."""
    a_pound = sum(
        ((1 - indexed) + indexed * (1 + EXPECTED) ** year) / (1 + RATE) ** year for year in range(TERM)
    )
    return VALUE * (1 + ROLLED_UP) / a_pound


def owed(indexed: float, year: int) -> float:
    """At the end of a year: what is left to pay, the next charge tomorrow."""
    left = TERM - (year - OPENS + 1)
    if year < OPENS or left <= 0:
        return 0.0
    real = (1 + RATE) / (1 + EXPECTED) - 1
    fixed = sum((1 - indexed) / (1 + RATE) ** later for later in range(left))
    rising = sum(indexed * PRICES[year] / PRICES[OPENS] / (1 + real) ** later for later in range(left))
    return first_charge(indexed) * (fixed + rising)


@pytest.mark.parametrize("indexed", [0.0, 0.5, 1.0])
def test_a_contract_is_booked_to_the_pound(indexed: float) -> None:
    """Charge, what is owed, finance cost, building and CDEL of every year."""
    found = contract(indexed)
    value = VALUE * (1 + ROLLED_UP)
    assert found("private_finance.fair_value") == pytest.approx(value, abs=POUND)
    assert found("private_finance.shadow_tariff") == pytest.approx(first_charge(indexed), abs=POUND)
    paid = [
        first_charge(indexed) * ((1 - indexed) + indexed * PRICES[year] / PRICES[OPENS])
        if OPENS <= year < OPENS + TERM
        else 0.0
        for year in range(YEARS)
    ]
    balance = [owed(indexed, year) for year in range(YEARS)]
    begun = [value if year == OPENS else 0.0 for year in range(YEARS)]
    cost = [
        balance[year] - (balance[year - 1] if year else 0.0) - begun[year] + paid[year]
        for year in range(YEARS)
    ]
    assert found("private_finance.payment") == pytest.approx(paid, abs=POUND)
    assert found("private_finance.liability") == pytest.approx(balance, abs=POUND)
    assert found("private_finance.addition") == pytest.approx(begun, abs=POUND)
    assert found("private_finance.in_limit") == pytest.approx(begun, abs=POUND)
    assert found("private_finance.interest") == pytest.approx(cost, abs=POUND)
    assert sum(found("private_finance.interest")) == pytest.approx(sum(paid) - value, abs=POUND)
    wear = [value / LIFE if year >= OPENS else 0.0 for year in range(YEARS)]
    assert found("private_finance.depreciation") == pytest.approx(wear, abs=POUND)


def test_a_charge_fixed_in_cash_is_an_annuity_in_advance() -> None:
    """numpy-financial: the payment that repays £11m over eight years at 8 %, at the start of each."""
    found = contract(0.0)
    expected = -npf.pmt(RATE, TERM, VALUE * (1 + ROLLED_UP), when="begin")
    assert found("private_finance.shadow_tariff") == pytest.approx(expected, abs=POUND)
    assert found("private_finance.implicit_rate") == pytest.approx(RATE, abs=1e-6)
    assert found("private_finance.remeasured") == [0.0] * YEARS
    interest = [
        -npf.ipmt(RATE, year + 2, TERM, VALUE * (1 + ROLLED_UP), when="begin") for year in range(TERM - 1)
    ]
    assert found("private_finance.interest")[OPENS : OPENS + TERM - 1] == pytest.approx(interest, abs=POUND)


def test_prices_that_rise_as_expected_cost_no_more_than_the_charge() -> None:
    """Charged by prices in full, the rate is that above inflation; a rise adds it to all that is left."""
    found = contract(1.0)
    real = (1 + RATE) / (1 + EXPECTED) - 1
    assert found("private_finance.implicit_rate") == pytest.approx(real, abs=1e-6)
    liability, more = found("private_finance.liability"), found("private_finance.remeasured")
    for year in range(OPENS + 1, OPENS + TERM - 1):
        assert more[year] == pytest.approx(liability[year - 1] * GROWTH[year], abs=POUND)


def test_what_is_quoted_beyond_the_building_is_services() -> None:
    """£2.5m a year at base-year prices: the shadow tariff repays the building, the rest is services."""
    found = contract(0.5, quoted_charge=2_500_000.0)
    services = 2_500_000 - first_charge(0.5) / PRICES[OPENS]
    paid = [services * PRICES[year] if OPENS <= year < OPENS + TERM else 0.0 for year in range(YEARS)]
    assert found("private_finance.services") == pytest.approx(paid, abs=POUND)
    assert found("private_finance.expensed") == pytest.approx(paid, abs=POUND)
    assert found("private_finance.unitary_charge")[OPENS] == pytest.approx(2.5e6 * PRICES[OPENS], abs=POUND)


def test_off_the_balance_sheet_the_whole_charge_is_expensed_with_its_vat() -> None:
    """Nothing is owed and nothing is held; a half of the VAT stays."""
    found = contract(0.5, on_balance_sheet=0, vat_recovered=0.5)
    charge = found("private_finance.unitary_charge")
    assert found("private_finance.expensed") == pytest.approx([1.1 * paid for paid in charge], abs=POUND)
    for key in ("liability", "addition", "interest", "depreciation", "more_in_revenue"):
        assert found(f"private_finance.{key}") == [0.0] * YEARS


def test_off_the_national_accounts_the_charge_is_revenue_and_nothing_is_capital() -> None:
    """As HM Treasury's budgeting rules have it (S385), whatever stands on the trust's balance sheet."""
    found = contract(0.5, in_national_accounts=0)
    assert found("private_finance.in_limit") == [0.0] * YEARS
    beyond = [
        a - b
        for a, b in zip(found("private_finance.payment"), found("private_finance.interest"), strict=True)
    ]
    assert found("private_finance.more_in_revenue") == pytest.approx(beyond, abs=POUND)

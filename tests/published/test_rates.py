"""Rates of return and of leases, worked out by the model's own lines from published figures backwards."""

from __future__ import annotations

import math

import numpy as np
import numpy_financial as npf
import pytest

from casebuilder.case import load_case
from tests.published.support import published, work_out

BOOK = published("capital_charges")
SIX_DECIMALS = 1e-6


def implicit(
    payment: float, years: int, value: float, *, residual: float = 0.0, advance: int = 0, rent: int = 1
) -> float:
    """The rate implicit in a lease of one site of one square metre."""
    answer = work_out(
        ["leases.implicit_rate"],
        {
            "estate.gross_internal_area": 1.0,
            "leases.rent_rate": payment * rent,
            "leases.term": years,
            "leases.fair_value": value,
            "leases.peppercorn_value": 0.0,
            "leases.residual_share": residual,
            "leases.in_advance": advance,
            "estate.included": 1,
        },
    )
    return float(answer("leases.implicit_rate"))


@pytest.mark.parametrize("rate", BOOK["leases"]["arrears"])
def test_a_liability_in_arrears_gives_its_rate_back(rate: float) -> None:
    """economics.md 4.3: £100,000 a year for ten years, £779,348.18 at 4.81 %."""
    book = BOOK["leases"]
    found = implicit(book["payment"], book["years"], book["arrears"][rate])
    assert found == pytest.approx(rate, abs=SIX_DECIMALS)


def test_a_liability_in_advance_gives_its_rate_back() -> None:
    """£816,834.83 in advance is the same 4.81 %."""
    book = BOOK["leases"]
    for rate, liability in book["advance"].items():
        found = implicit(book["payment"], book["years"], liability, advance=1)
        assert found == pytest.approx(rate, abs=SIX_DECIMALS)


@pytest.mark.parametrize("rate", BOOK["equipment_lease"]["liability"])
def test_a_lease_of_seven_years_gives_its_rate_back(rate: float) -> None:
    """costs.md 3.5: £873,964.22 at 4.81 %, £857,979.49 at 5.32 %."""
    book = BOOK["equipment_lease"]
    found = implicit(book["payment"], book["years"], book["liability"][rate])
    assert found == pytest.approx(rate, abs=SIX_DECIMALS)


def test_a_lease_that_gives_all_back_earns_its_rent() -> None:
    """£75 a year on £1,000 that is worth £1,000 at the end: 7.5 % by hand."""
    assert implicit(75, 10, 1000, residual=1.0) == pytest.approx(0.075, abs=SIX_DECIMALS)


def test_space_that_is_not_leased_or_not_valued_has_no_rate() -> None:
    """HM Treasury's rate stands then."""
    assert math.isnan(implicit(100e3, 10, 0.0))
    assert math.isnan(implicit(100e3, 10, 779_348.18, rent=0))


def returns(flow: list[float]) -> dict[str, float]:
    """The rates of return of a yearly flow against a baseline of nothing."""
    answer = work_out(
        ["value.internal_rate_of_return", "finance.financial_rate_of_return"],
        {"economics.net_benefit": flow, "finance.system_cash_change": flow},
        years=len(flow),
    )
    return {
        key: float(answer(key))
        for key in ("value.internal_rate_of_return", "finance.financial_rate_of_return")
    }


def test_an_internal_rate_of_return_by_hand() -> None:
    """£1.0m, then £150,000 a year for ten years: 8.1442 %, where the annuity is 6.6667."""
    for rate in returns([-1e6, *[150e3] * 10]).values():
        assert rate == pytest.approx(0.081442, abs=SIX_DECIMALS)
        assert (1 - (1 + rate) ** -10) / rate == pytest.approx(1e6 / 150e3, abs=1e-4)


def test_a_scheme_that_never_pays_back_has_no_rate_of_return() -> None:
    """£1.0m, then £95,000 a year for ten years."""
    assert all(math.isnan(rate) for rate in returns([-1e6, *[95e3] * 10]).values())


def test_the_cases_rates_of_return_are_those_of_numpy_financial() -> None:
    """Each option's net benefits by year; where the case gives none, none is above nothing or right alone.

    A series that begins with a gain and then loses every year has a rate that is no return: none is given.
    """
    found = 0
    for name in ("digital_diagnostics", "lancashire_south_cumbria"):
        case = load_case(name)
        flows = case.results.array(case.problem.by_key["economics.net_benefit"])[0]
        for flow, option in zip(flows, case.problem.frame.option_ids, strict=True):
            rate = case.results.value("value.internal_rate_of_return", option)
            if rate is None:
                gains_first = flow[np.flatnonzero(flow)[0]] > 0 if flow.any() else False
                assert gains_first or not 0 < npf.irr(flow) < 1, (name, option)
                continue
            assert rate == pytest.approx(npf.irr(flow), abs=SIX_DECIMALS), (name, option)
            found += 1
    assert found

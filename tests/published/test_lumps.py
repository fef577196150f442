"""Benefits that are sums or quantities of a year, over horizons to 125 years, against published answers.

Nothing here follows a test: the whole benefit is stated by year, as for a grant, a disposal or a building
that closes. Rates are those that ship.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.published.support import Answer, published, work_out
from tests.published.test_green_book import bands

BOOK = published("green_book")
FACTORS = BOOK["discount_factors"]
SCHEME = "preferred"


def lumps(wanted: list[str], years: int, health: bool = False, **scheme: Any) -> Answer:
    """A benefit with nothing taken off it, that no test brings; the scheme states its years."""
    values, members = bands("discount_rate_standard", "discount_rate_health")
    values |= {
        "benefits.per_option_test": 0.0,
        "benefits.per_additional_test": 0.0,
        "benefits.per_displaced_test": 0.0,
        "benefits.delivered_counted": 0.0,
        "benefits.additional_counted": 0.0,
        "benefits.displaced_counted": 0.0,
        "benefits.ramp": 1.0,
        "benefits.attribution": 1.0,
        "benefits.optimism": 0.0,
        "benefits.unit_value": 0.0,
        "benefits.value_of_a_qaly": float(BOOK["health"]["value"]),
        "benefits.is_health": float(health),
        "benefits.is_societal": 0.0,
        "benefits.is_cash_releasing": 0.0,
        "benefits.release_year": 0.0,
        "benefits.withdrawn_pay": 0.0,
        "benefits.freed_time": 0.0,
        "benefits.staff_time": 0.0,
        "benefits.journeys": 0.0,
        "health.qalys": 0.0,
        "lump.pounds": 0.0,
        "disposals.by_benefit": 0.0,
        "lump.quantity": 0.0,
        "economics.cost": 0.0,
    }
    return work_out(
        wanted,
        values,
        members={**members, "benefit": ["lump"]},
        years=years,
        by_option={SCHEME: scheme},
        unused_allowed=True,
    )


def only(year: int, amount: float, years: int) -> list[float]:
    """An amount in one year alone."""
    return [amount if y == year else 0.0 for y in range(years)]


@pytest.mark.parametrize("saving", BOOK["net_present_values"]["savings"])
def test_a_saving_stated_by_year_is_worth_what_the_green_book_says(saving: float) -> None:
    """W1 and W2: £1m now for a saving of ten years that no test brings."""
    book = BOOK["net_present_values"]
    years = book["years"] + 1
    of = {
        "economics.cost": [book["cost"], *[0.0] * (years - 1)],
        "lump.pounds": [0.0, *[float(saving)] * (years - 1)],
    }
    found = lumps(["economics.npsv"], years, **of)
    assert found("economics.npsv", SCHEME) == pytest.approx(book["savings"][saving], abs=book["tolerance"])
    assert found("economics.npsv") == 0


def test_a_quantity_stated_by_year_is_worth_its_unit_value_at_its_own_rate() -> None:
    """W15: 20 QALYs a year for sixty years at the rate of health."""
    book = BOOK["health"]
    years = book["years"] + 1
    of = {"lump.quantity": [0.0, *[float(book["qalys_a_year"])] * book["years"]]}
    found = lumps(["economics.present_value_benefits"], years, health=True, **of)
    worth = found("economics.present_value_benefits", SCHEME)
    assert worth == pytest.approx(book["present_value"], abs=book["tolerance"])


@pytest.mark.parametrize("year", FACTORS["years"])
def test_a_million_in_one_year_is_worth_its_published_factor(year: int) -> None:
    """From the first to the 125th year, at the declining long-term rates.

    £1m of health at the rate of health.
    """
    years, factors = 126, FACTORS["years"][year]
    pounds = {"lump.pounds": only(year, 1_000_000.0, years)}
    worth = lumps(["economics.npsv"], years, **pounds)("economics.npsv", SCHEME)
    assert worth == pytest.approx(1_000_000 * factors[0], abs=1_000_000 * FACTORS["tolerance"])
    worth = lumps(["economics.npsv"], years, health=True, **pounds)("economics.npsv", SCHEME)
    assert worth == pytest.approx(1_000_000 * factors[1], abs=1_000_000 * FACTORS["tolerance"])


def test_a_million_a_year_for_125_years_by_hand() -> None:
    """3.5 % for thirty years, 3 % for the next 45 and 2.5 % for fifty.

    Three annuities, each from where it begins.
    """
    first = (1 - 1.035**-30) / 0.035
    second = 1.035**-30 * (1 - 1.03**-45) / 0.03
    third = 1.035**-30 * 1.03**-45 * (1 - 1.025**-50) / 0.025
    found = lumps(["economics.npsv"], 126, **{"lump.pounds": [0.0, *[1_000_000.0] * 125]})
    assert found("economics.npsv", SCHEME) == pytest.approx(1_000_000 * (first + second + third), rel=1e-12)
    assert pytest.approx(FACTORS["years"][125][0], abs=1e-6) == 1.035**-30 * 1.03**-45 * 1.025**-50


def test_what_is_taken_off_a_benefit_is_taken_off_its_sums_and_quantities() -> None:
    """£100 and two units at £50, a half realised, 0.8 attributed, a quarter of optimism.

    200 × 0.5 × 0.8 × 0.75.
    """
    found = lumps(
        ["benefits.value"],
        1,
        **{
            "lump.pounds": 100.0,
            "lump.quantity": 2.0,
            "benefits.unit_value": 50.0,
            "benefits.ramp": 0.5,
            "benefits.attribution": 0.8,
            "benefits.optimism": 0.25,
        },
    )
    assert found("benefits.value", SCHEME) == pytest.approx(60)
    assert found("benefits.value") == 0

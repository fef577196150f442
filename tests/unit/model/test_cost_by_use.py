"""Cost a test by use: fixed cost shared by the tests that come, and where it breaks even. By hand."""

from __future__ import annotations

from typing import Any

import pytest

from tests.published.support import Answer, published, work_out

BOOK = published("green_book")["equivalent_annual_cost"]


def by_use(wanted: list[str], **more: Any) -> Answer:
    """10,000 of 20,000 tests done; £600,000 fixed, £200,000 with tests; the tests cost £700,000 elsewhere."""
    values = {
        "cost_by_use.fixed": 600_000.0,
        "cost_by_use.variable": 200_000.0,
        "activity.centre_tests_year": 10_000.0,
        "activity.cdc_tests_year": 10_000.0,
        "capacity.cdc_capacity_year": 20_000.0,
        "revenue.bought_test_price": 100.0,
        "cost_by_use.elsewhere_to_national": 0.7,
        "programme.steady_state": 1.0,
        **more,
    }
    members = {"load": ("l50", "l60", "l100")}
    return work_out([f"cost_by_use.{key}" for key in wanted], values, members=members, unused_allowed=True)


def test_cost_a_test_at_the_use_of_the_year() -> None:
    """£800,000 over 10,000 tests, a quarter of it variable; £70 elsewhere; half of the capacity used."""
    found = by_use(["use", "cost_a_test", "variable_a_test", "cost_elsewhere"])
    assert found("cost_by_use.use") == pytest.approx(0.5)
    assert found("cost_by_use.cost_a_test") == pytest.approx(80)
    assert found("cost_by_use.variable_a_test") == pytest.approx(20)
    assert found("cost_by_use.cost_elsewhere") == pytest.approx(70)


def test_where_it_breaks_even() -> None:
    """A test earns £50 towards £600,000: 12,000 tests of 20,000."""
    found = by_use(["break_even", "break_even_of_site"])
    assert found("cost_by_use.break_even") == pytest.approx(0.6)
    assert found("cost_by_use.break_even_of_site") == pytest.approx(0.6)


def test_cost_at_other_use() -> None:
    """£600,000 over 10,000, 12,000 and 20,000 tests, and £20.

    At the use that breaks even £70, as elsewhere.
    """
    found = by_use(["cost_at_load"], **{"cost_by_use.load_use": [0.5, 0.6, 1.0]})
    assert found("cost_by_use.cost_at_load") == pytest.approx([80, 70, 50])


def test_a_site_is_as_all_centres_where_there_is_one() -> None:
    """The site's own use, cost and comparator."""
    found = by_use(["use_of_site", "cost_at_site", "cost_elsewhere_of_site"])
    assert found("cost_by_use.use_of_site") == pytest.approx(0.5)
    assert found("cost_by_use.cost_at_site") == pytest.approx(80)
    assert found("cost_by_use.cost_elsewhere_of_site") == pytest.approx(70)


def test_no_use_breaks_even_where_a_test_elsewhere_costs_less_than_one_more_here() -> None:
    """£15 elsewhere and £20 of variable cost: no use is worked out.

    At £45 it would take more than is there.
    """
    keys = ["break_even", "break_even_of_site"]
    found = by_use(keys, **{"cost_by_use.elsewhere_to_national": 0.15})
    assert found("cost_by_use.break_even") != found("cost_by_use.break_even")  # empty
    assert found("cost_by_use.break_even_of_site") != found("cost_by_use.break_even_of_site")
    found = by_use(keys, **{"cost_by_use.elsewhere_to_national": 0.45})
    assert found("cost_by_use.break_even") == pytest.approx(1.2)


def test_nothing_is_worked_out_where_no_test_is_done() -> None:
    """A baseline without centres has no cost a test."""
    none = {
        "cost_by_use.fixed": 0.0,
        "cost_by_use.variable": 0.0,
        "activity.centre_tests_year": 0.0,
        "activity.cdc_tests_year": 0.0,
        "capacity.cdc_capacity_year": 0.0,
        "cost_by_use.load_use": 1.0,
    }
    keys = ["use", "cost_a_test", "break_even", "use_of_site", "cost_at_site", "break_even_of_site"]
    found = by_use(keys, **none)
    for key in keys:
        value = found(f"cost_by_use.{key}")
        assert value != value, key


@pytest.mark.parametrize("years", [7, 10])
def test_kit_as_a_level_sum_is_the_published_equivalent_annual_cost(years: int) -> None:
    """Two units of £1m over their life at 3.5 %: twice the published factor."""
    found = work_out(
        ["cost_by_use.kit_sum"],
        {
            "cost_by_use.rate": 0.035,
            "equipment.units_needed": 2.0,
            "financed.price_bought": 1_000_000.0,
            "financed.charge": 0.0,
            "equipment.life_in_periods": float(years),
        },
    )
    expected = 2_000_000 * BOOK["factors"][years]
    assert found("cost_by_use.kit_sum") == pytest.approx(expected, abs=2_000_000 * BOOK["factor_tolerance"])


def test_a_building_as_a_level_sum_is_the_published_equivalent_annual_cost() -> None:
    """£11m of works and land, of which £1m is land, over 30 years: £10m times the published factor."""
    found = work_out(
        ["cost_by_use.building_sum"],
        {
            "cost_by_use.rate": 0.035,
            "capital.total_real": 11_000_000.0,
            "financed.site_purchase": 1_000_000.0,
            "economics.building_life": 30.0,
        },
    )
    expected = 10_000_000 * BOOK["factors"][30]
    assert found("cost_by_use.building_sum") == pytest.approx(
        expected, abs=10_000_000 * BOOK["factor_tolerance"]
    )


def test_what_goes_with_tests_and_what_stands() -> None:
    """£30 of £100 direct goes with tests, each with its tenth of overheads.

    Kit and building £20 for half a year.
    """
    found = work_out(
        ["cost_by_use.variable", "cost_by_use.fixed"],
        {
            "revenue.consumables": 15.0,
            "revenue.outside_reporting": 10.0,
            "revenue.transport": 5.0,
            "revenue.overheads_share": 0.1,
            "cost_lines.factor": 1.0,
            "revenue.direct_cost": 100.0,
            "revenue.overheads": 10.0,
            "cost_by_use.kit_sum": 12.0,
            "cost_by_use.building_sum": 8.0,
            "programme.open_year": 0.5,
        },
        members={"cost_line": ("overheads",)},
    )
    assert found("cost_by_use.variable") == pytest.approx(33)
    assert found("cost_by_use.fixed") == pytest.approx(110 - 33 + 10)

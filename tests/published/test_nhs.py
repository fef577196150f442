"""Published NHS pay, roster and price figures, worked out by the model's own lines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from casebuilder.algebra.operators import quantity, total
from casebuilder.model.setting import timeline
from tests.published.support import example_line, published, reference, work_out

NHS = published("nhs")
VECTORS = json.loads(Path(__file__).with_name("costs.json").read_text(encoding="utf-8"))["pay_2025_26"]


def test_the_gdp_deflator_is_shipped_as_published() -> None:
    """The table that rebases prices, and the growth that inflates, by financial year."""
    book, shipped = NHS["gdp_deflator"], reference("timeline")
    for year, index in book["index_2024_25"].items():
        assert shipped["gdp_deflator"]["values"][year] == pytest.approx(index, abs=book["tolerance"]), year
    for year, growth in book["growth"].items():
        assert shipped["gdp_growth"]["values"][year] == pytest.approx(
            growth / 100, abs=book["growth_tolerance"]
        ), year


def test_the_index_of_the_model_follows_the_published_table() -> None:
    """Growth by year and the table of indices are one series: inflating and rebasing agree."""
    shipped = reference("timeline")
    years = list(NHS["gdp_deflator"]["index_2024_25"])[3:]  # the frame starts in 2021/22
    growth = {f"{year}": shipped["gdp_growth"]["values"][year] for year in years}
    key = "timeline.gdp_index"
    found = work_out([key], {"timeline.gdp_growth": growth}, years=len(years))(key)
    table = shipped["gdp_deflator"]["values"]
    assert found == pytest.approx([table[year] / table[years[0]] for year in years], rel=1e-4)


def post(year: str) -> dict[str, Any]:
    """The cost of a band 6 post at the top of its band, by the model."""
    book = NHS["employer_cost"]
    scale = book[year]
    answer = work_out(
        [
            "pay.national_insurance",
            "pay.apprenticeship_levy",
            "pay.employer_cost_economic",
            "pay.employer_cost_financial",
        ],
        {
            "pay.basic_pay": scale["basic"],
            "pay.unsocial_hours": 0.0,
            "pay.national_insurance_rate": scale["rate"],
            "pay.national_insurance_threshold": scale["threshold"],
            "pay.pension_financial": book["pension"]["paid_by_the_trust"],
            "pay.pension_economic": book["pension"]["full"],
            "pay.levy_rate": book["levy"],
        },
    )
    return {
        "insurance": answer("pay.national_insurance"),
        "levy": answer("pay.apprenticeship_levy"),
        "full": answer("pay.employer_cost_economic"),
        "paid_by_the_trust": answer("pay.employer_cost_financial"),
    }


@pytest.mark.parametrize("year", ["2025/26", "2024/25"])
def test_employer_cost_of_a_band_6_post(year: str) -> None:
    """Insurance, pension and levy on top of pay, as the trust and as the public purse pay it."""
    scale, found = NHS["employer_cost"][year], post(year)
    for name in set(found) & set(scale):
        assert found[name] == pytest.approx(scale[name], abs=scale["tolerance"]), name


def test_employer_cost_in_the_shared_vectors() -> None:
    """The machine-readable vectors give the same post."""
    found = post("2025/26")
    assert found["full"] == pytest.approx(VECTORS["band6_top"]["total_23.78"], abs=0.005)
    assert found["paid_by_the_trust"] == pytest.approx(VECTORS["band6_top"]["total_14.38"], abs=0.005)


def test_rates_on_pay_are_shipped_as_published() -> None:
    """The shared assumptions hold the published rates."""
    book, shipped = NHS["employer_cost"], reference("pay")
    assert shipped["national_insurance_rate"]["value"] == book["2025/26"]["rate"]
    assert shipped["national_insurance_threshold"]["value"] == book["2025/26"]["threshold"]
    assert shipped["pension_economic"]["value"] == book["pension"]["full"]
    assert shipped["pension_financial"]["value"] == book["pension"]["paid_by_the_trust"]
    assert shipped["levy_rate"]["value"] == book["levy"]


def test_pay_scales_are_shipped_as_published() -> None:
    """The lowest and highest point of every band; consultants by last year's scale and the award."""
    book, shipped = NHS["pay_scales"], reference("pay")
    for end in ("lowest", "highest"):
        values = shipped[f"scale_{end}"]["values"]
        assert {band: values[band] for band in book[end]} == book[end]
        consultant = book["consultant"]
        expected = consultant[end] * (1 + consultant["award"])
        assert values["consultant"] == pytest.approx(expected, abs=consultant["tolerance"])


@pytest.mark.parametrize("band", list(NHS["pay_scales"]["employer_cost_of_middle"]))
def test_employer_cost_in_the_middle_of_a_band(band: str) -> None:
    """The published table of bands, from the shipped scales and rates."""
    shipped = reference("pay")
    wanted = ["pay.employer_cost_financial", "pay.employer_cost_economic"]
    ends = {
        f"pay.scale_{end}": float(shipped[f"scale_{end}"]["values"][band]) for end in ("lowest", "highest")
    }
    rates = {
        f"pay.{name}": shipped[name]["value"]
        for name in (
            "national_insurance_rate",
            "national_insurance_threshold",
            "pension_financial",
            "pension_economic",
            "levy_rate",
        )
    }
    values = {**ends, **rates, "pay.band_mix": 1.0, "pay.place_on_scale": 0.5, "pay.unsocial_hours": 0.0}
    found = work_out(wanted, values, members={"pay_band": (band,)})
    expected = NHS["pay_scales"]["employer_cost_of_middle"][band]
    assert [found(key) for key in wanted] == pytest.approx(expected, abs=1)


def test_the_national_cost_collection_is_shipped_as_published() -> None:
    """Unit costs and activity by currency, and means near those over all currencies."""
    book, mix = NHS["national_cost"], reference("income")["currency_tests"]["values"]
    costs = reference("benchmark")["national_cost"]["values"]
    assert {code: costs[code] for code in book["unit_cost"]} == book["unit_cost"]
    activity = {code: tests for of in mix.values() if of for code, tests in of.items()}
    assert {code: activity[code] for code in book["activity"]} == book["activity"]
    for test, mean in book["mean"].items():
        of = {code: tests for code, tests in mix[test].items() if code != "others"}
        found = sum(tests * costs[code] for code, tests in of.items()) / sum(of.values())
        assert found == pytest.approx(mean, rel=book["mean_tolerance"]), test


def test_unsocial_hours_of_a_seven_day_roster() -> None:
    """The average enhancement of 08:00 to 20:00 on seven days is 12.86 %, and it is what is paid on."""
    book = NHS["roster"]["enhancement"]
    average = (5 * book["weekday"] + book["saturday"] + book["sunday"]) / 7
    assert average == pytest.approx(book["average"], abs=book["tolerance"])
    assert average == pytest.approx(VECTORS["unsocial_avg_12x7_band6"], abs=1e-6)
    shipped = reference("pay")["unsocial_hours"]["values"]["radiographer"]
    assert shipped == pytest.approx(average, abs=book["tolerance"])
    values = {"pay.basic_pay": 46_580, "pay.unsocial_hours": average}
    key = "pay.gross_pay"
    assert work_out([key], values)(key) == pytest.approx(46_580 * (1 + 0.9 / 7), rel=1e-12)


def test_hours_of_a_contract_in_a_year() -> None:
    """37.5 hours a week are 1,955 a year, by the weeks that the calendar holds; £46,580 is £23.82 an hour."""
    week = quantity(NHS["roster"]["contract_hours"], "hours / week / wte")
    hours = example_line("hours", "hours / wte", (), total(timeline.weeks_in_month * week, over="month"))
    days = [30, 31, 30, 31, 31, 30, 31, 30, 31, 31, 28, 31]  # April to March
    found = work_out([hours], {"timeline.days_in_month": days})("example.hours")
    # The vector takes 52.143 weeks, which 365 ÷ 7 is rounded to.
    assert found == pytest.approx(VECTORS["hours_per_year"], rel=1e-5)
    pay = NHS["employer_cost"]["2025/26"]
    assert pay["basic"] / found == pytest.approx(pay["hourly"], abs=pay["tolerance"])


def test_wte_of_a_twelve_hour_seven_day_post() -> None:
    """A post on duty for 84 hours a week takes 2.87 whole-time equivalents."""
    book = NHS["roster"]
    key = "workforce.wte_per_post"
    values = {
        "estate.opening_hours_per_day": book["hours_a_day"],
        "estate.opening_days_per_week": book["days_a_week"],
        "workforce.contract_hours": book["contract_hours"],
        "workforce.headroom": book["headroom"],
    }
    found = work_out([key], values)(key)
    assert found == pytest.approx(book["wte"], abs=book["wte_tolerance"])
    assert found == pytest.approx(VECTORS["wte_12x7_post_headroom22"], abs=5e-5)

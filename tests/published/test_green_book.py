"""Published answers of HM Treasury's Green Book, worked out by the model's own lines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from casebuilder.algebra.operators import deflate, quantity
from tests.published.support import example_line, line, published, reference, work_out

SCHEDULES = {
    "discount_factor": "discount_rate_standard",
    "discount_factor_low": "discount_rate_standard_low",
    "discount_factor_health": "discount_rate_health",
    "discount_factor_health_low": "discount_rate_health_low",
}
BOOK = published("green_book")


def bands(*schedules: str) -> tuple[dict[str, Any], dict[str, list[str]]]:
    """The bands and rates of some schedules as shipped, and the members they have."""
    shipped = reference("timeline")
    names = ["band_start", "band_end", *schedules]
    values = {f"timeline.{name}": shipped[name]["values"] for name in names}
    return values, {"band": list(shipped["band_start"]["values"])}


@pytest.mark.parametrize("schedule", SCHEDULES)
def test_discount_factors_and_annuities(schedule: str) -> None:
    """Factors of a schedule to year 125, and annuities, are those of the published bands."""
    book = BOOK["discount_factors"]
    place = book["schedules"].index(schedule)
    values, members = bands(SCHEDULES[schedule])
    key = f"timeline.{schedule}"
    factors = work_out([key], values, members=members, years=126)(key)
    assert factors[0] == 1
    for year, row in book["years"].items():
        assert factors[year] == pytest.approx(row[place], abs=book["tolerance"]), year
    for years, row in book["annuities"].items():
        assert sum(factors[1 : years + 1]) == pytest.approx(row[place], abs=book["annuity_tolerance"]), years


@pytest.mark.parametrize("years", [10, 30, 60])
def test_the_annuity_factor_of_an_appraisal(years: int) -> None:
    """The economic case's own annuity factor is the published one."""
    book = BOOK["discount_factors"]
    values, members = bands("discount_rate_standard")
    answer = work_out(["economics.annuity_factor"], values, members=members, years=years + 1)
    assert answer("economics.annuity_factor") == pytest.approx(
        book["annuities"][years][0], abs=book["annuity_tolerance"]
    )


def annual_cost(net_present_cost: float, years: int) -> float:
    """The equivalent annual cost of a present cost over some years, by the model."""
    values, members = bands("discount_rate_standard")
    values["economics.net_present_cost"] = net_present_cost
    key = "economics.equivalent_annual_cost"
    return float(work_out([key], values, members=members, years=years + 1)(key))


def test_equivalent_annual_cost() -> None:
    """W3 and W5: £100 over ten years, and the published factors and annuities of three lives."""
    book = BOOK["equivalent_annual_cost"]
    assert annual_cost(100, 10) == pytest.approx(book["hundred_over_ten_years"], abs=book["tolerance"])
    for years, factor in book["factors"].items():
        assert annual_cost(1, years) == pytest.approx(factor, abs=book["factor_tolerance"])
        assert 1 / annual_cost(1, years) == pytest.approx(
            book["annuities"][years], rel=book["annuity_tolerance"]
        )


def test_equivalent_annual_cost_of_a_scanner() -> None:
    """£1m, with 8 % maintenance from year 2 to 10, as the shared cost vectors give it."""
    vectors = json.loads(Path(__file__).with_name("costs.json").read_text(encoding="utf-8"))["finance"]
    assert annual_cost(1_000_000, 10) == pytest.approx(vectors["EAC_1m"], rel=1e-12)
    values, members = bands("discount_rate_standard")
    values["economics.cost"] = [1_000_000, 0, *[80_000] * 9]
    keys = ["economics.net_present_cost", "economics.equivalent_annual_cost"]
    answer = work_out(keys, values, members=members, years=11)
    assert answer(keys[0]) == pytest.approx(1_000_000 + vectors["PV_maint_8pct_y2_10"], rel=1e-12)
    assert answer(keys[1]) == pytest.approx(vectors["EAC_total"], rel=1e-12)


@pytest.mark.parametrize("saving", BOOK["net_present_values"]["savings"])
def test_net_present_social_value(saving: float) -> None:
    """W1 and W2: £1m now for a saving of ten years, against doing nothing."""
    book = BOOK["net_present_values"]
    values, members = bands("discount_rate_standard", "discount_rate_health")
    years = book["years"] + 1
    values |= {"economics.cost": 0, "economics.other_benefits": 0, "benefits.health": 0}
    preferred = {
        "economics.cost": [book["cost"], *[0] * (years - 1)],
        "economics.other_benefits": [0, *[saving] * (years - 1)],
    }
    keys = ["economics.npsv", "economics.bcr"]
    answer = work_out(keys, values, members=members, years=years, by_option={"preferred": preferred})
    found = answer("economics.npsv", "preferred")
    assert found == pytest.approx(book["savings"][saving], abs=book["tolerance"])
    assert answer("economics.npsv") == 0
    assert answer("economics.bcr", "preferred") == pytest.approx(found / book["cost"] + 1, rel=1e-12)


def test_deflated_to_base_year_prices() -> None:
    """W6: £1,000 of cash a year at 2 % inflation, at the prices of the first year."""
    book = BOOK["deflated"]
    index = line("timeline.gdp_index")
    cash = quantity(book["nominal"], "GBP_nominal / year")
    real = example_line("real", "GBP_real / year", ("year",), deflate(cash, index))
    answer = work_out([real], {"timeline.gdp_growth": book["growth"]}, years=6)
    assert answer("example.real") == pytest.approx(book["real"], abs=book["tolerance"])


def test_optimism_bias_of_a_mixed_scheme() -> None:
    """W10: 30 % non-standard and 70 % standard building, with the bounds that are shipped."""
    book, shipped = BOOK["optimism_bias"], reference("capital")
    assert (shipped["bias_standard"]["value"], shipped["bias_non_standard"]["value"]) == (
        book["standard"], book["non_standard"],
    )  # fmt: skip
    key = "capital.bias_upper_bound"
    values = {
        "capital.standard_share": 1 - book["non_standard_share"],
        "capital.bias_standard": book["standard"],
        "capital.bias_non_standard": book["non_standard"],
    }
    assert work_out([key], values)(key) == pytest.approx(book["mixed"], rel=1e-12)


def test_optimism_bias_on_the_duration_of_a_mixed_scheme() -> None:
    """W10: the upper bound that a case gives for a mix is what the programme lengthens it by."""
    duration = BOOK["optimism_bias"]["duration"]
    share = BOOK["optimism_bias"]["non_standard_share"]
    mixed = share * duration["non_standard"] + (1 - share) * duration["standard"]
    assert mixed == pytest.approx(duration["mixed"], rel=1e-12)
    key = "programme.duration_bias"
    values = {"programme.duration_bias_upper": mixed, "programme.duration_bias_mitigated": 0.0}
    found = work_out([key], values, members={"milestone": ["build"]})(key)
    assert found == pytest.approx(duration["mixed"], rel=1e-12)


def test_optimism_bias_that_is_managed() -> None:
    """W11: £100m of non-standard building, 92 % of its bias managed, and the cost of managing it."""
    book = BOOK["optimism_bias"]
    answer = work_out(
        ["capital.optimism_bias"],
        {"capital.sub_total": book["capital"], "capital.non_works": 0, "capital.standard_share": 0,
         "capital.bias_standard": book["standard"], "capital.bias_non_standard": book["non_standard"],
         "capital.bias_mitigated": book["managed"]},
    )  # fmt: skip
    with_bias = book["capital"] + answer("capital.optimism_bias")
    assert with_bias == pytest.approx(book["with_bias"], abs=book["tolerance"])
    assert with_bias + book["risk_management"] == pytest.approx(book["in_all"], abs=book["tolerance"])


def test_health_has_its_own_rate() -> None:
    """W15: sixty years of QALYs at the health rate, and what the standard rate would wrongly give."""
    book = BOOK["health"]
    values, members = bands("discount_rate_standard", "discount_rate_health")
    yearly = [0, *[book["qalys_a_year"] * book["value"]] * book["years"]]
    values |= {"benefits.health": yearly, "economics.other_benefits": yearly}
    keys = ["economics.present_health", "economics.present_other_benefits"]
    answer = work_out(keys, values, members=members, years=book["years"] + 1)
    assert sum(answer(keys[0])) == pytest.approx(book["present_value"], abs=book["tolerance"])
    assert sum(answer(keys[1])) == pytest.approx(book["at_the_standard_rate"], abs=book["tolerance"])

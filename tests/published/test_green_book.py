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


EDITIONS = ("gb2018", "gb2022", "gb2026")


def bands(*schedules: str, edition: str = "gb2026") -> tuple[dict[str, Any], dict[str, list[str]]]:
    """The bands and rates of some schedules as shipped for an edition, and the members they have."""
    shipped = reference("timeline")
    values = {f"timeline.{name}": shipped[name]["values"] for name in ("band_start", "band_end")}
    for name in schedules:
        by_edition = shipped[name]["values"]
        values[f"timeline.{name}"] = {(e, b): rate for e, of in by_edition.items() for b, rate in of.items()}
    values["timeline.edition"] = edition
    return values, {"band": list(shipped["band_start"]["values"]), "edition": list(by_edition)}


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("schedule", SCHEDULES)
def test_discount_factors_and_annuities(schedule: str, edition: str) -> None:
    """Factors of a schedule to year 125, and annuities, are those of the bands of every edition."""
    book = BOOK["discount_factors"]
    place = book["schedules"].index(schedule)
    values, members = bands(SCHEDULES[schedule], edition=edition)
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
    values["economics.option_life"] = years
    answer = work_out(["economics.annuity_factor"], values, members=members, years=years + 1)
    assert answer("economics.annuity_factor") == pytest.approx(
        book["annuities"][years][0], abs=book["annuity_tolerance"]
    )


def test_the_annuity_factor_in_the_shared_vectors() -> None:
    """Ten years at 3.5 %, to the last digit that the vectors give."""
    values, members = bands("discount_rate_standard")
    values["economics.option_life"] = 10
    found = work_out(["economics.annuity_factor"], values, members=members, years=11)
    expected = shared_vectors()["annuity_3.5pct_10y"]
    assert found("economics.annuity_factor") == pytest.approx(expected, rel=1e-12)


def shared_vectors() -> dict[str, float]:
    """The shared vectors of finance."""
    text = Path(__file__).with_name("costs.json").read_text(encoding="utf-8")
    return dict(json.loads(text)["finance"])


def annual_cost(net_present_cost: float, years: int) -> float:
    """The equivalent annual cost of a present cost over some years, by the model."""
    values, members = bands("discount_rate_standard")
    values |= {"economics.present_cost": [net_present_cost, *[0] * years], "economics.option_life": years}
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
    vectors = shared_vectors()
    assert annual_cost(1_000_000, 10) == pytest.approx(vectors["EAC_1m"], rel=1e-12)
    values, members = bands("discount_rate_standard")
    values |= {"economics.cost": [1_000_000, 0, *[80_000] * 9], "economics.option_life": 10}
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
        book["standard"],
        book["non_standard"],
    )
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


@pytest.mark.parametrize("factor", BOOK["contributory_factors"]["factors"])
def test_a_contributory_factor_at_outline_stage(factor: str) -> None:
    """A trust's calculation of 2016: what each factor contributes, and what is left of it at outline."""
    contributes, left = BOOK["contributory_factors"]["factors"][factor]
    shipped = reference("bias")
    names = list(shipped["weight"]["values"])
    stages = ("soc", "obc", "fbc")
    values = {
        "bias.stage": "soc",
        "bias.weight": shipped["weight"]["values"],
        "bias.mitigated": {(n, s): shipped["mitigated"]["values"][n][s] for n in names for s in stages},
    }
    members = {"bias_factor": names, "stage": stages}
    found = work_out(["bias.factor_left"], values, members=members)("bias.factor_left")
    assert shipped["weight"]["values"][factor] == pytest.approx(contributes)
    assert found[names.index(factor)] == pytest.approx(left, abs=BOOK["contributory_factors"]["tolerance"])


@pytest.mark.parametrize(
    ("method", "rate"), [("project_mix", 0.1), ("contributory_factors", 0.2), ("own_record", 0.3)]
)
def test_one_method_of_optimism_bias_at_a_time(method: str, rate: float) -> None:
    """The three methods give a rate each; the one chosen is taken, never two for one risk."""
    given = {
        "bias.method": method,
        "capital.bias_upper_bound": 0.4,
        "capital.bias_mitigated": 0.75,
        "bias.left_site": 0.5,
        "bias.own_record": 0.3,
    }
    assert work_out(["capital.bias_rate"], given)("capital.bias_rate") == pytest.approx(rate)


def test_optimism_bias_that_is_managed() -> None:
    """W11: £100m of non-standard building, 92 % of its bias managed, and the cost of managing it."""
    book = BOOK["optimism_bias"]
    answer = work_out(
        ["capital.optimism_bias"],
        {
            "capital.bias_base": book["capital"],
            "capital.total_for_approval": book["capital"],
            "bias.basis": "optimism_bias",
            "bias.class_uplift_p50": 0.0,
            "bias.class_uplift_p80": 0.0,
            "capital.standard_share": 0,
            "capital.bias_standard": book["standard"],
            "capital.bias_non_standard": book["non_standard"],
            "capital.bias_mitigated": book["managed"],
            "bias.method": "project_mix",
            "bias.left_site": 1.0,
            "bias.own_record": 0.0,
        },
    )
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


@pytest.mark.parametrize(("edition", "value"), BOOK["qaly"]["by_edition"].items())
def test_the_value_of_a_qaly_by_edition(edition: str, value: float) -> None:
    """The edition chosen sets the value; each is shipped as published."""
    shipped = reference("benefits")["qaly_value"]["values"]
    assert shipped[edition] == value
    values = {"timeline.edition": edition, "benefits.qaly_value": shipped}
    key = "benefits.value_of_a_qaly"
    assert work_out([key], values, members={"edition": list(shipped)})(key) == value


def test_expected_value_of_outcomes() -> None:
    """W8: £50m of building that may cost £5m less, as planned, or £5m more."""
    book = BOOK["expected_cost"]
    values = {
        "risks.probability": book["probability"],
        "risks.impact": book["impact"],
    }
    members = {"risk": ["construction"], "outcome": ["good", "likely", "bad"]}
    assert work_out(["risks.expected"], values, members=members)("risks.expected") == pytest.approx(
        book["expected"], rel=1e-12
    )


def test_expected_net_present_value() -> None:
    """W9: four outcomes and their probabilities, less the cost."""
    book = BOOK["expected_value"]
    values = {"risks.probability": book["probability"], "risks.impact": book["net_present_value"]}
    members = {"risk": ["scheme"], "outcome": ["a", "b", "c", "d"]}
    found = work_out(["risks.expected"], values, members=members)("risks.expected")
    assert found == pytest.approx(book["expected"], rel=1e-12)
    assert found - book["cost"] == pytest.approx(book["net"], rel=1e-12)


@pytest.mark.parametrize(("ratio", "weight"), BOOK["weights"]["by_ratio"].items())
def test_a_distributional_weight(ratio: float, weight: float) -> None:
    """W12: the lowest fifth, whose income is about half the median."""
    book = BOOK["weights"]
    values = {
        "value.median_income": ratio * 10_000,
        "value.household_income": 10_000,
        "value.income_elasticity": book["elasticity"],
    }
    found = work_out(["value.weight"], values, members={"quintile": ["q1"]})("value.weight")
    assert found == pytest.approx(weight, abs=book["tolerance"])


def test_the_weight_that_is_shipped() -> None:
    """W12: with the incomes shipped the lowest fifth weighs 2.4 and the middle one about 1."""
    shipped = reference("value")
    incomes = shipped["household_income"]["values"]
    values = {
        "value.median_income": shipped["median_income"]["value"],
        "value.household_income": incomes,
        "value.income_elasticity": shipped["income_elasticity"]["value"],
    }
    found = work_out(["value.weight"], values, members={"quintile": list(incomes)})("value.weight")
    assert found[0] == pytest.approx(2.4, abs=0.05)
    assert found[2] == pytest.approx(1.0, abs=0.05)

"""A published cost form, reproduced line by line to its net outturn by the capital chapter."""

from __future__ import annotations

from typing import Any

import pytest

from tests.published.support import Answer, published, work_out

FORM = published("cost_form")
CAPITAL_LINES = ("works", "fees", "non_works", "enabling", "equipment", "contingency", "bias")
ITEMS = {
    "department": ("all",),
    "fee": ("all",),
    "non_work": ("all",),
    "building_kind": ("any",),
    "capital_line": CAPITAL_LINES,
}
LINES = (
    "departmental_cost",
    "on_costs",
    "works_cost",
    "location_adjustment",
    "sub_total",
    "fees",
    "non_works",
    "contingency",
    "total_for_approval",
    "optimism_bias",
    "total_real",
    "outturn_before_vat",
)


def share_of_works(name: str) -> float:
    """A line of the form as a share of the works sub-total."""
    return float(FORM[name] / FORM["sub_total"])


def inputs() -> dict[str, Any]:
    """The form's amounts and rates as the chapter's inputs.

    One square metre carries the departmental cost; the equipment is given as an amount. The form's bias is
    given over the base that the chapter has it on, and its works alone follow construction prices.
    Inflation runs in two legs, to tender by the PUBSEC index and from tender to completion by what the form
    adds, which the construction index holds as two years' growth; the spend is in the third.
    """
    to_tender = FORM["pubsec"]["tender"] / FORM["pubsec"]["base"]
    at_tender = FORM["sub_total"] + FORM["inflation_to_tender"]
    biased = FORM["sub_total"] + FORM["fees"] + FORM["non_works"] + FORM["contingency"]
    return {
        "estate.department_area": 1.0,
        "works.rate": 0.0,
        "works.on_costs": 0.0,
        "works.kind_level": 100.0,
        "bias.basis": "optimism_bias",
        "bias.class_uplift_p50": 0.0,
        "bias.class_uplift_p80": 0.0,
        "capital.equipment_enabling": 0.0,
        "capital.equipment_ancillary": 0.0,
        "financed.site_purchase": FORM["equipment_cost"],
        "capital.follows_construction": {line: float(line == "works") for line in CAPITAL_LINES},
        "capital.department_factor": 1.0,
        "capital.reporting_level": FORM["pubsec"]["base"],
        "capital.base_level": FORM["pubsec"]["base"],
        "capital.works_rate": FORM["departmental_cost"],
        "capital.on_costs_share": FORM["on_costs"] / FORM["departmental_cost"],
        "capital.location_adjustment_share": FORM["location_adjustment"] / FORM["works_cost"],
        "capital.fees_share": share_of_works("fees"),
        "capital.non_works_share": share_of_works("non_works"),
        "capital.contingency_share": share_of_works("contingency"),
        "capital.bias_rate": FORM["optimism_bias"] / biased,
        "timeline.gdp_growth": 0.0,
        "timeline.construction_growth": [0.0, to_tender - 1, FORM["inflation_from_tender"] / at_tender],
        "capital.phasing": [0.0, 0.0, 1.0],
        "capital.vat_rate": FORM["vat_rate"],
        "capital.recovery_works": 0.0,
        "capital.recovery_fees": 1.0,
        "capital.recovery_non_works": 0.0,
        "capital.recovery_equipment": 0.0,
    }


def form(keys: list[str], **changes: Any) -> Answer:
    """Lines of the capital chapter for the form's inputs, some of them changed."""
    values = inputs() | {key.replace("__", "."): value for key, value in changes.items()}
    return work_out(keys, values, members=ITEMS, years=3, unused_allowed=True)


@pytest.mark.parametrize("name", LINES)
def test_a_line_of_the_form(name: str) -> None:
    """Each line of the form is the published one to the pound."""
    answer = form([f"capital.{name}"])
    assert answer(f"capital.{name}") == pytest.approx(FORM[name], abs=FORM["tolerance"])


def test_location_adjustment_is_sixteen_per_cent() -> None:
    """Line 4: the percentage printed on the form gives its amount."""
    share = FORM["location_adjustment_share"]
    answer = form(["capital.location_adjustment"], capital__location_adjustment_share=share)
    assert answer("capital.location_adjustment") == pytest.approx(
        FORM["location_adjustment"], abs=FORM["tolerance"]
    )


def test_works_rates_are_taken_from_the_reporting_level() -> None:
    """Quoted at PUBSEC 173 in a base year at 202, the works sub-total holds the form's line 13a already."""
    answer = form(["capital.sub_total"], capital__base_level=float(FORM["pubsec"]["tender"]))
    expected = FORM["sub_total"] + FORM["inflation_to_tender"]
    assert answer("capital.sub_total") == pytest.approx(expected, abs=FORM["tolerance"])


def test_inflation_splits_at_tender() -> None:
    """Lines 13a and 13b: building starts in the second year, at PUBSEC 202, and is spent in the third."""
    keys = ["cost_form.inflation_to_tender", "cost_form.inflation_from_tender"]
    calendar = {
        "timeline.days_in_year": [365.0, 365.0, 366.0],
        "programme.build_start": 18.0,
        "timeline.days_in_all": 1096.0,
    }
    answer = work_out(keys, inputs() | calendar, members=ITEMS, years=3, unused_allowed=True)
    for key, name in zip(keys, ("inflation_to_tender", "inflation_from_tender"), strict=True):
        assert answer(key) == pytest.approx(FORM[name], abs=FORM["tolerance"])


def test_equipment_is_units_at_the_price_paid() -> None:
    """Line 8: one unit at the form's amount, nothing enabling or ancillary to it."""
    given = {
        "equipment.units_needed": 1.0,
        "financed.price_bought": FORM["equipment_cost"],
        "equipment.enabling_works": 0.0,
        "equipment.ancillary_kit": 0.0,
    }
    answer = work_out(["capital.equipment_cost"], given)
    assert answer("capital.equipment_cost") == FORM["equipment_cost"]


def test_inflation_to_tender_is_the_ratio_of_the_indices() -> None:
    """Line 13: the works sub-total by PUBSEC 173 to 202, and with the leg to completion."""
    to_tender = FORM["pubsec"]["tender"] / FORM["pubsec"]["base"] - 1
    first = form(["capital.inflation"], timeline__construction_growth=[0.0, to_tender, 0.0])
    assert first("capital.inflation") == pytest.approx(FORM["inflation_to_tender"], abs=FORM["tolerance"])
    both = form(["capital.inflation"])("capital.inflation")
    expected = FORM["inflation_to_tender"] + FORM["inflation_from_tender"]
    assert both == pytest.approx(expected, abs=FORM["tolerance"])


@pytest.mark.parametrize("name", FORM["vat_by_line"])
def test_vat_of_a_line(name: str) -> None:
    """VAT by line at 20 %, none on fees, is what the form shows beside each line."""
    recovery = 1.0 if name == "fees" else 0.0
    key = f"capital.{name}"
    amount = FORM[name] if key in inputs() else form([key])(key)
    assert amount * FORM["vat_rate"] * (1 - recovery) == pytest.approx(
        FORM["vat_by_line"][name], abs=FORM["tolerance"]
    )


def test_outturn_with_vat() -> None:
    """Line 14: VAT on everything but fees."""
    keys = ["capital.vat_charged", "capital.vat_recovered", "capital.outturn_site"]
    answer = form(keys)
    charged = answer(keys[0]) - answer(keys[1])
    assert charged == pytest.approx(FORM["vat_before_recovery"], abs=FORM["tolerance"])
    assert answer(keys[2]) == pytest.approx(FORM["outturn_with_vat"], abs=FORM["tolerance"])


def test_net_outturn() -> None:
    """Lines 15 and 16: the form's recoveries, as a share of the VAT on works, give £485,577,263."""
    keys = ["capital.vat_recovered", "capital.outturn_site"]
    works = FORM["sub_total"] + FORM["inflation_to_tender"] + FORM["inflation_from_tender"]
    on_works = FORM["vat_rate"] * (works + FORM["contingency"] + FORM["optimism_bias"])
    share = sum(FORM["vat_recoveries"]) / on_works
    answer = form(keys, capital__recovery_works=share)
    on_fees = FORM["vat_rate"] * FORM["fees"]
    assert answer(keys[0]) - on_fees == pytest.approx(sum(FORM["vat_recoveries"]), abs=FORM["tolerance"])
    assert answer(keys[1]) == pytest.approx(FORM["net_outturn"], abs=FORM["tolerance"])


def test_spend_by_year_adds_up_to_the_form() -> None:
    """The yearly outturn, VAT and all, is the form's net outturn."""
    keys = ["capital.outturn", "capital.outturn_site"]
    answer = form(keys)
    assert sum(answer(keys[0])) == pytest.approx(answer(keys[1]), rel=1e-12)


def test_a_primary_care_centre() -> None:
    """A second form: departmental cost, on-costs of 164.05 %, works, VAT at 17.5 % and the total."""
    book = FORM["primary_care_centre"]
    keys = ["capital.on_costs", "capital.works_cost", "capital.vat_charged", "capital.outturn_site"]
    nothing = (
        "location_adjustment_share",
        "fees_share",
        "non_works_share",
        "contingency_share",
        "bias_rate",
        "recovery_fees",
    )
    changes: dict[str, Any] = {f"capital__{name}": 0.0 for name in nothing} | {
        "financed__site_purchase": 0.0,
        "capital__works_rate": book["departmental_cost"],
        "capital__vat_rate": book["vat_rate"],
        "capital__on_costs_share": book["on_costs"] / book["departmental_cost"],
        "timeline__construction_growth": [0.0, 0.0, 0.0],
    }
    answer = form(keys, **changes)
    # The form's works are a pound more than its two parts, so that two roundings meet.
    for key, name in zip(keys, ("on_costs", "works_cost", "vat", "total"), strict=True):
        assert answer(key) == pytest.approx(book[name], abs=FORM["tolerance"] + 0.5), key
    printed = form(keys[:1], **(changes | {"capital__on_costs_share": book["on_costs_share"]}))
    assert printed(keys[0]) == pytest.approx(book["on_costs"], abs=book["departmental_cost"] * 0.00005)

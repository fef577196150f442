"""Capital row by row, by hand: area, rates, bias, prices and VAT of each line, one basis of contingency.

One site of 100 m² at £1,000, on-costs of 20 %, a tenth less for its region: works of £108,000. Fees are 10 %
of it (10,800), non-works 5 % (5,400), contingency 10 % (10,800). Two units of £150,000, each with £20,000 of
enabling works and £5,000 of ancillary kit. Bias of 20 % stands on 108,000 + 10,800 + 5,400 + 40,000 +
10,800 = £175,000.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.published.support import Answer, work_out

LINES = ("works", "fees", "non_works", "enabling", "equipment", "contingency", "bias")
AMOUNTS = {
    "works": 108_000.0,
    "fees": 10_800.0,
    "non_works": 5_400.0,
    "enabling": 40_000.0,
    "equipment": 310_000.0,
    "contingency": 10_800.0,
    "bias": 35_000.0,
}
MEMBERS = {
    "department": ("all",),
    "fee": ("all",),
    "non_work": ("all",),
    "building_kind": ("new", "old"),
    "capital_line": LINES,
    "vat_line": ("works", "fees", "non_works", "equipment"),
}
SITE: dict[str, Any] = {
    "estate.department_area": 100.0,
    "capital.department_factor": 1.0,
    "capital.works_rate": 1_000.0,
    "capital.on_costs_share": 0.2,
    "capital.reporting_level": 100.0,
    "capital.base_level": 100.0,
    "works.kind_of_site": {("site", "new"): 0.25, ("site", "old"): 0.75},
    "works.kind_rate": {"new": 4_000.0, "old": 2_000.0},
    "works.kind_on_costs": {"new": 0.3, "old": 0.1},
    "works.kind_level": 125.0,
    "capital.location_adjustment_share": -0.1,
    "capital.fees_share": 0.1,
    "capital.non_works_share": 0.05,
    "capital.contingency_share": 0.1,
    "equipment.units_needed": 2.0,
    "equipment.enabling_works": 20_000.0,
    "equipment.ancillary_kit": 5_000.0,
    "financed.site_purchase": 300_000.0,
    "capital.bias_rate": 0.2,
    "bias.basis": "optimism_bias",
    "bias.class_uplift_p50": 0.15,
    "bias.class_uplift_p80": 0.5,
    "capital.follows_construction": {line: float(line != "equipment") for line in LINES},
    # All is spent in the second year, when building costs 10 % more and other things 3 %.
    "capital.phasing": [0.0, 1.0],
    "timeline.construction_growth": [0.0, 0.1],
    "timeline.gdp_growth": [0.0, 0.03],
    "capital.vat_rate": 0.2,
    "capital.recovery": {"works": 0.1, "fees": 1.0, "non_works": 0.5, "equipment": 0.0},
}


def rows(*keys: str, **changes: Any) -> Answer:
    """Lines of the site, with some values changed; `__` for the dot of a key."""
    values = SITE | {key.replace("__", "."): value for key, value in changes.items()}
    return work_out(keys, values, members=MEMBERS, years=2, unused_allowed=True)


def cell(key: str, **changes: Any) -> Any:
    """One line of the site."""
    return rows(key, **changes)(key)


def of_lines(key: str, **changes: Any) -> dict[str, float]:
    """A line by line of capital."""
    return dict(zip(LINES, cell(key, **changes), strict=True))


# Area, and rates by kind of building


def area(**changes: Any) -> Answer:
    """Two rooms of 50 m² with 30 m² each that comes with them, and a core of 200 m² half of which is lent."""
    given = {
        "estate.rooms": 2.0,
        "estate.part_rooms": 0.0,
        "estate.included": 1.0,
        "estate.room_area": 50.0,
        "estate.suite_area": 30.0,
        "estate.core_area": 200.0,
        "estate.host_provides": 0.5,
        "estate.measured_area": 0.0,
        "estate.planning_share": 0.05,
        "estate.engineering_share": 0.05,
        "estate.circulation_share": 0.3,
        "estate.plant_share": 0.15,
        "estate.communication_share": 0.1,
    }
    keys = ("estate.rooms_net_area", "estate.net_area", "estate.gross_internal_area")
    return work_out(keys, given | {key.replace("__", "."): value for key, value in changes.items()})


def test_gross_area_follows_from_rooms() -> None:
    """160 m² of rooms and 100 of core; 1.4 times that is departments, and 1.25 times those the building."""
    found = area()
    assert found("estate.rooms_net_area") == 160
    assert found("estate.net_area") == 260
    assert found("estate.gross_internal_area") == pytest.approx(260 * 1.4 * 1.25)


def test_an_area_that_was_measured_wins() -> None:
    """700 m² from drawings; a site left out has none."""
    assert area(estate__measured_area=700.0)("estate.gross_internal_area") == 700
    out = area(estate__measured_area=700.0, estate__included=0.0)
    assert out("estate.gross_internal_area") == 0


def test_a_quoted_rate_wins_over_that_of_the_kind() -> None:
    """Quoted £1,000 and 20 %; else a quarter new, the rest old: £2,500 and 15 %, at an index of 125."""
    quoted = rows("capital.works_rate_base", "capital.on_costs_taken")
    assert quoted("capital.works_rate_base") == 1_000
    assert quoted("capital.on_costs_taken") == 0.2
    by_kind = rows("capital.works_rate_base", "capital.on_costs_taken", capital__works_rate=0.0)
    assert by_kind("capital.works_rate_base") == pytest.approx(2_500 / 1.25)
    assert by_kind("capital.on_costs_taken") == pytest.approx(0.15)


# Each line, and the bias on it


def test_each_line_of_capital() -> None:
    """As reckoned in the heading of this file."""
    assert of_lines("capital.line_cost") == pytest.approx(AMOUNTS)


@pytest.mark.parametrize(
    ("more", "of_the_line"),
    [
        ({"capital__fees_share": 0.2}, 10_800),
        ({"capital__non_works_share": 0.10}, 5_400),
        ({"capital__contingency_share": 0.2}, 10_800),
        ({"equipment__enabling_works": 30_000.0}, 20_000),
        ({"capital__on_costs_share": 0.3}, 9_000 * 1.25),  # 100,000 × 0.1 × 0.9, and the shares of works
        ({"procurement__site_purchase": 400_000.0}, 0),
        ({"equipment__ancillary_kit": 9_000.0}, 0),
    ],
)
def test_bias_stands_on_each_line_but_kit(more: dict[str, float], of_the_line: float) -> None:
    """A fifth of what a line rises by; units and ancillary kit are priced by catalogue."""
    rise = cell("capital.optimism_bias", **more) - 35_000
    assert rise == pytest.approx(0.2 * of_the_line, abs=1e-6)


@pytest.mark.parametrize(("known", "left"), [(1.0, 0.5), (0.5, 0.65), (0.0, 0.8)])
def test_what_rests_on_rooms_is_not_mitigated_before_they_are_known(known: float, left: float) -> None:
    """Two factors of a half, 60 and 40 % mitigated: half is left; with rooms unknown 0.5 × 60 % more."""
    given = {
        "bias.method": "contributory_factors",
        "bias.stage": "obc",
        "bias.weight": 0.5,
        "bias.mitigated": {
            (factor, stage): share if stage == "obc" else 0.9
            for factor, share in (("rooms", 0.6), ("market", 0.4))
            for stage in ("soc", "obc", "fbc")
        },
        "bias.rests_on_rooms": {"rooms": 1.0, "market": 0.0},
        "bias.rooms_known": known,
        "capital.bias_upper_bound": 0.24,
        "capital.bias_mitigated": 0.9,
        "bias.own_record": 0.3,
    }
    members = {"bias_factor": ("rooms", "market"), "stage": ("soc", "obc", "fbc")}
    found = work_out(["bias.left_site", "capital.bias_rate"], given, members=members)
    assert found("bias.left_site") == pytest.approx(left)
    assert found("capital.bias_rate") == pytest.approx(0.24 * left)


# One basis of contingency, never one on another


@pytest.mark.parametrize(
    ("basis", "amount"),
    [("optimism_bias", 35_000), ("class_p50", 0.15 * 485_000), ("class_p80", 0.5 * 485_000)],
)
def test_line_11_is_of_one_basis(basis: str, amount: float) -> None:
    """Bias on its base, or the uplift on the whole of line 10 (£485,000), whatever the rate of bias."""
    for rate in (0.2, 0.0) if basis != "optimism_bias" else (0.2,):
        found = cell("capital.optimism_bias", bias__basis=basis, capital__bias_rate=rate)
        assert found == pytest.approx(amount)


@pytest.mark.parametrize(
    ("basis", "contingency", "counted", "breached"),
    [
        ("optimism_bias", 0.1, 2.0, 0),
        ("class_p50", 0.1, 0.0, 1),
        ("class_p80", 0.0, 1.0, 1),
        ("class_p50", 0.0, 0.0, 0),
    ],
)
def test_an_uplift_to_the_class_stands_alone(
    basis: str, contingency: float, counted: float, breached: int
) -> None:
    """With it neither planning contingency nor a construction risk that is counted."""
    changes = {
        "bias__basis": basis,
        "capital__contingency_share": contingency,
        "risks__for_contingency": counted,
    }
    assert cell("cost_form.one_basis", **changes) == breached


def test_a_contingency_that_leaves_the_economic_case_takes_its_bias_with_it() -> None:
    """(10,800 + 20 %) in the second year, at 1.10 ÷ 1.03 of building prices."""
    first, second = cell("capital.contingency_spend")
    assert first == 0
    assert second == pytest.approx(10_800 * 1.2 * 1.10 / 1.03)


# Prices and VAT by line


def test_each_line_rises_by_its_own_index() -> None:
    """All by construction prices (10 %), equipment by general ones (3 %)."""
    found = of_lines("capital.line_outturn")
    by_hand = {line: amount * (1.03 if line == "equipment" else 1.10) for line, amount in AMOUNTS.items()}
    assert found == pytest.approx(by_hand)
    assert cell("capital.inflation") == pytest.approx(0.10 * 210_000 + 0.03 * 310_000)


def test_a_line_declares_which_index_it_follows() -> None:
    """Fees by general prices, half of enabling works by each."""
    follows = SITE["capital.follows_construction"] | {"fees": 0.0, "enabling": 0.5}
    found = of_lines("capital.line_outturn", capital__follows_construction=follows)
    assert found["fees"] == pytest.approx(10_800 * 1.03)
    assert found["enabling"] == pytest.approx(40_000 * 1.065)
    assert found["works"] == pytest.approx(108_000 * 1.10)


# Of VAT: a tenth back on works, contingency and bias, all on fees, half on non-works, none on kit.
BACK = {
    "works": 0.1,
    "fees": 1.0,
    "non_works": 0.5,
    "enabling": 0.0,
    "equipment": 0.0,
    "contingency": 0.1,
    "bias": 0.1,
}


def test_vat_is_recovered_line_by_line() -> None:
    """20 % on all in cash, less what each line gives back; by the form and by year alike."""
    cash = {line: amount * (1.03 if line == "equipment" else 1.10) for line, amount in AMOUNTS.items()}
    charged = 0.2 * sum(cash.values())
    back = 0.2 * sum(cash[line] * BACK[line] for line in LINES)
    found = rows(
        "capital.vat_charged", "capital.vat_recovered", "capital.outturn_site", "capital.vat_outturn"
    )
    assert found("capital.vat_charged") == pytest.approx(charged)
    assert found("capital.vat_recovered") == pytest.approx(back)
    assert found("capital.outturn_site") == pytest.approx(sum(cash.values()) + charged - back)
    assert found("capital.vat_outturn") == pytest.approx([0, charged - back])


# Running cost: VAT by line, and what goes with rates


def test_vat_of_running_cost_is_by_line() -> None:
    """£100 of each line, at shares that tell them apart: none on rates, reports and hired units."""
    shares = {
        "consumables": 0.16,
        "transport": 0.08,
        "premises": 0.04,
        "energy": 0.02,
        "overheads": 0.01,
        "transition": 0.005,
    }
    of_lines = (*shares, "reporting", "maintenance", "rates", "hired_units")
    given = {
        "revenue.consumables": 100.0,
        "revenue.outside_reporting": 100.0,
        "revenue.transport": 100.0,
        "revenue.maintenance": 100.0,
        "revenue.estate_running": 100.0,
        "revenue.premises": 200.0,  # estate running and energy
        "revenue.rates": 100.0,
        "revenue.hired_units": 100.0,
        "revenue.overheads": 100.0,
        "revenue.opening": 100.0,
        "revenue.vat_on_non_pay": {line: shares.get(line, 0.0) for line in of_lines},
    }
    found = work_out(["revenue.non_pay_vat"], given, members={"cost_line": of_lines})
    assert found("revenue.non_pay_vat") == pytest.approx(16 + 8 + 4 + 2 + 1 + 0.5)


def test_overheads_on_rates_leave_the_economic_case_with_them() -> None:
    """12 % of £50,000 of rates; non-pay of £300,000 keeps 300,000 − 50,000 − 6,000."""
    given = {
        "revenue.rates": 50_000.0,
        "revenue.overheads_share": 0.12,
        "cost_lines.factor": 1.0,
        "revenue.non_pay_real": 300_000.0,
        "revenue.network_real": 0.0,
        "revenue.relief_change_real": 0.0,
        "timeline.real_non_pay_index": 1.0,
    }
    found = work_out(
        ["revenue.overheads_on_rates", "economics.non_pay"], given, members={"cost_line": ("overheads",)}
    )
    assert found("revenue.overheads_on_rates") == pytest.approx(6_000)
    assert found("economics.non_pay") == pytest.approx(244_000)


# Staff in post before their site opens


def test_whoever_is_in_post_and_fills_no_post_is_paid() -> None:
    """Six in post of whom four fill posts: two wait in each month, £50,000 each a year."""
    given = {
        "workforce.in_post": 6.0,
        "workforce.lent_wte": 0.0,
        "workforce.filled_wte": 4.0,
        "pay.employer_cost_financial": 50_000.0,
        "timeline.month_in_year": 1 / 12,
    }
    keys = ["workforce.waiting_wte", "transition.waiting_pay"]
    found = work_out(keys, given, unused_allowed=True)
    assert found("workforce.waiting_wte") == pytest.approx([2.0] * 12)
    assert found("transition.waiting_pay") == pytest.approx(100_000)


# The class


def of_class(cost: float, rooms: float) -> Answer:
    """Five centres of 100 m² of rooms at £1.0m to £1.8m, one of unknown rooms, and an option."""
    centres = ("a", "b", "c", "d", "e", "unknown")
    given = {
        "reference_class.cost": dict(zip(centres, (1.0e6, 1.2e6, 1.4e6, 1.6e6, 1.8e6, 9e6), strict=True)),
        "reference_class.own": 0.0,
        "reference_class.level": {
            "a": 80.0,
            "b": 100.0,
            "c": 100.0,
            "d": 100.0,
            "e": 100.0,
            "unknown": 100.0,
        },
        "reference_class.gross_area": 0.0,
        "reference_class.room_area": {each: 0.0 if each == "unknown" else 100.0 for each in centres},
        "reference_class.imaging_tests": 0.0,
        "reference_class.step_number": {f"s{n}": float(n) for n in range(1, 41)},
        "reference_class.step_size": 500.0,
        "capital.base_level": 100.0,
        "works.kind_level": 100.0,
        "reference_class.option_cost": cost,
        "estate.gross_internal_area": 0.0,
        "estate.rooms_net_area": rooms,
        "reference_class.imaging_a_year": 0.0,
    }
    members = {
        "built_centre": centres,
        "class_step": tuple(f"s{n}" for n in range(1, 41)),
        "class_basis": ("area", "rooms", "imaging"),
    }
    keys = [
        f"reference_class.{key}" for key in ("counted", "lowest", "p50", "p80", "highest", "outside_class")
    ]
    return work_out(keys, given, members=members)


def test_where_the_class_lies() -> None:
    """A square metre of rooms: 12,500 (10,000 at 80 of its index), 12,000, 14,000, 16,000 and 18,000.

    Three of five are within 14,000 and four within 16,000, to the step; nothing else is public.
    """
    found = of_class(3e6, 200.0)
    assert found("reference_class.counted") == [0, 5, 0]
    for key, value in {"lowest": 12_000, "p50": 14_000, "p80": 16_000, "highest": 18_000}.items():
        assert found(f"reference_class.{key}")[1] == pytest.approx(value), key


@pytest.mark.parametrize(("a_metre", "outside"), [(11_900, 1), (12_100, 0), (17_900, 0), (18_100, 1)])
def test_an_option_outside_the_class_warns(a_metre: float, outside: int) -> None:
    """Below the cheapest or above the dearest, on a basis that is public; the two others say nothing."""
    found = of_class(a_metre * 200.0, 200.0)
    assert found("reference_class.outside_class") == [0, outside, 0]

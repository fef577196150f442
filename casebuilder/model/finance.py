"""Financial case: income and expenditure in cash terms, with capital charges.

Reads equipment, procurement, capital, revenue, income and benefits. Read by headlines and checks.
"""

from __future__ import annotations

from casebuilder.algebra.dimensions import BASELINE
from casebuilder.algebra.operators import (
    above,
    at,
    cumulative,
    difference,
    inflate,
    lagged,
    previous,
    quantity,
    round_up,
    smallest,
    step,
    total,
    where,
    window_total,
)
from casebuilder.algebra.terms import Input, Line
from casebuilder.model import benefits, capital, equipment, income, procurement, revenue, timeline

statement_years = Input(
    "Years of the financial statements", "number", (),
    "Hosts plan over these; later years show where prices and costs drift apart, not a plan.",
    low=1, high=60,
)  # fmt: skip
building_life = Input(
    "Life of buildings for depreciation", "years", (),
    "Average over refurbishment, modular and new building.",
    low=5, high=100,
)  # fmt: skip
hospital_asset_life = Input(
    "Life of hospital capital for depreciation", "years", (),
    "Kit and enabling works at hospitals.",
    low=3, high=60,
)  # fmt: skip
dividend_rate = Input(
    "PDC dividend rate", "share / year", (),
    "On average relevant net assets.",
    high=0.1,
)  # fmt: skip
opening_weight = Input(
    "Weight of the opening balance in the dividend's mean", "share", (),
    "A half: the dividend takes the simple mean of opening and closing relevant net assets.",
)  # fmt: skip

phased_so_far = Line(
    "Share of the site's capital spent so far", "share", ("site", "year"),
    cumulative(capital.phasing),
    "Adds up the phasing.",
)  # fmt: skip
into_use = Line(
    "Share of the site's capital brought into use", "share / year", ("site", "year"),
    capital.phasing * equipment.is_open + lagged(phased_so_far, 1) * equipment.opened,
    "What was spent before the opening comes into use with it, later spend as it is made.",
)  # fmt: skip
equipment_in_use = Line(
    "Equipment brought into use", "GBP_nominal / year", ("site", "equipment", "year"),
    (into_use * equipment.units_needed * inflate(procurement.price_paid, capital.other_price_ratio)
     + equipment.replaced * inflate(procurement.price_paid, timeline.gdp_index))
    * (1 + capital.vat_rate * (1 - capital.recovery_equipment)),
    "First units with their site, replacements in their year; in cash, with VAT.",
)  # fmt: skip
equipment_depreciation = Line(
    "Depreciation of equipment", "GBP_nominal / year", ("site", "equipment", "year"),
    (window_total(equipment_in_use, equipment.life_in_periods + 1) - step(equipment_in_use))
    / (equipment.life_in_periods * quantity(1, "year")),
    "Straight line over the life of the class, from the year after it comes into use.",
)  # fmt: skip
buildings_in_use = Line(
    "Buildings brought into use", "GBP_nominal / year", ("site", "year"),
    into_use * capital.buildings_cash,
    "With their site; until then they are assets under construction.",
)  # fmt: skip
building_periods = Line(
    "Years of building depreciation", "number", (),
    round_up(building_life / quantity(1, "year") - 0.5),
    "The life to the nearest whole year.",
)  # fmt: skip
buildings_depreciation = Line(
    "Depreciation of buildings", "GBP_nominal / year", ("site", "year"),
    (window_total(buildings_in_use, building_periods + 1) - step(buildings_in_use))
    / (building_periods * quantity(1, "year")),
    "Straight line, from the year after they come into use.",
)  # fmt: skip
site_depreciation = Line(
    "Depreciation of the site", "GBP_nominal / year", ("site", "year"),
    total(equipment_depreciation, over="equipment") + buildings_depreciation,
    "Its buildings and its equipment.",
)  # fmt: skip
hospital_in_use = Line(
    "Hospital capital brought into use", "GBP_nominal / year", ("year",),
    lagged(capital.hospital_outturn, 1),
    "Depreciation starts in the year after the spend.",
)  # fmt: skip
hospital_periods = Line(
    "Years of hospital depreciation", "number", (),
    round_up(hospital_asset_life / quantity(1, "year") - 0.5),
    "The life to the nearest whole year.",
)  # fmt: skip
hospital_depreciation = Line(
    "Depreciation of hospital capital", "GBP_nominal / year", ("year",),
    window_total(hospital_in_use, hospital_periods) / (hospital_periods * quantity(1, "year")),
    "Straight line.",
)  # fmt: skip
depreciation = Line(
    "Depreciation", "GBP_nominal / year", ("year",),
    total(site_depreciation, over="site") + hospital_depreciation,
    "All components; impairments are left out, as adjusted financial performance does.",
)  # fmt: skip
additions = Line(
    "Additions", "GBP_nominal / year", ("year",),
    capital.outturn_year + capital.replacement_outturn,
    "Scheme and replacement.",
)  # fmt: skip
cost_so_far = Line("Cost of assets", "GBP_nominal", ("year",), cumulative(additions), "Additions so far.")
depreciation_so_far = Line(
    "Accumulated depreciation", "GBP_nominal", ("year",),
    cumulative(depreciation),
    "Depreciation so far.",
)  # fmt: skip
net_book_value = Line(
    "Net book value", "GBP_nominal", ("year",),
    difference(cost_so_far, depreciation_so_far),
    "At the end of the year, assets under construction included.",
)  # fmt: skip
dividend = Line(
    "PDC dividend", "GBP_nominal / year", ("year",),
    (net_book_value * (1 - opening_weight) + lagged(net_book_value, 1) * opening_weight)
    * dividend_rate,
    "On the mean of opening and closing net book value, from the first drawdown. Own cash spent "
    "on assets raises relevant net assets as public dividend capital does.",
)  # fmt: skip
capital_charges = Line(
    "Capital charges", "GBP_nominal / year", ("year",),
    depreciation + dividend,
    "Depreciation and dividend.",
)  # fmt: skip
surplus = Line(
    "Adjusted financial performance of the scheme", "GBP_nominal / year", ("year",),
    income.income + benefits.cash_releasing - revenue.revenue_cost_total - capital_charges,
    "Income and cash released, less revenue cost and capital charges; without impairments.",
)  # fmt: skip
surplus_against_baseline = Line(
    "Change in adjusted financial performance", "GBP_nominal / year", ("year",),
    surplus - at(surplus, option=BASELINE),
    "Against the baseline.",
)  # fmt: skip
surplus_of_statements = Line(
    "Change in adjusted financial performance, years of the statements", "GBP_nominal / year", ("year",),
    basis="The last of them is held after them, so that the worst year is one of them.",
    opening=0,
)  # fmt: skip
surplus_of_statements.define(
    where(
        above(statement_years, timeline.years_from_base),
        surplus_against_baseline,
        previous(surplus_of_statements),
    )
)
surplus_worst = Line(
    "Worst year", "GBP_nominal / year", (),
    smallest(surplus_of_statements, over="year"),
    "The lowest change in adjusted financial performance of any year of the statements.",
)  # fmt: skip
system_revenue_ask = Line(
    "System revenue ask", "GBP_nominal / year", ("year",),
    revenue.revenue_cost_total + capital_charges - income.national_income,
    "Trusts and commissioners together: income between them cancels, so what remains is cost "
    "that national revenue does not pay.",
)  # fmt: skip
ask_without_national = Line(
    "System revenue ask without national revenue", "GBP_nominal / year", ("year",),
    system_revenue_ask + income.national_income,
    "What the system must find if national revenue ends or never comes.",
)  # fmt: skip
revenue_gap = Line(
    "Revenue gap after cash released", "GBP_nominal / year", ("year",),
    system_revenue_ask - benefits.cash_releasing,
    "What is left to find from the system's own allocation once cash is released.",
)  # fmt: skip

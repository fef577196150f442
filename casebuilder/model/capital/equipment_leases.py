"""Equipment leases: the charges of financed equipment by site and year, and what IFRS 16 makes of them.

A contract begins with each unit and again for the rest of the unit's life when it ends. Its charge rises with
general prices, which measures the liability anew each year at the rate of the year it began.
"""

from __future__ import annotations

from casebuilder.algebra.operators import (
    above,
    difference,
    inflate,
    lagged,
    maximum,
    minimum,
    power,
    previous,
    quantity,
    step,
    total,
    where,
)
from casebuilder.algebra.terms import Line
from casebuilder.model.capital import capital, equipment, financed, leases
from casebuilder.model.setting import timeline

renewed_after = Line(
    "Year of a unit's life after which its contract is renewed", "number", ("site", "equipment"),
    financed.contract_years,
    "By class, beside the units of each site: the years of the contract that begins with the unit.",
)
lease_charge_full = Line(
    "Yearly charge of the units, right of use", "GBP_real / year", ("site", "equipment"),
    equipment.units_needed * financed.lease_charge,
    "At base-year prices, until the contract is renewed.",
)
# Where a unit stands in its contract; read within the lines below
in_service = above(equipment.age, 0)
is_renewed = above(equipment.age, renewed_after)
years_left = where(is_renewed, equipment.life_in_periods, renewed_after) - equipment.age
charge_factor = 1 + is_renewed * financed.rise

year_growth = Line(
    "What £1 grows to in a year of the contract", "factor", ("site", "equipment", "year"),
    basis="At the rate of the year in which the contract began, for as long as years of it are left at year "
    "end; 0 in its last year.",
    opening=0,
)
year_growth.define(
    equipment.is_open
    * where(
        above(years_left, 0),
        where(above(previous(year_growth), 0), previous(year_growth), 1 + leases.discount_rate),
        0,
    )
)
# 1 in every year of a contract but its first: years of it were left at the year end before.
goes_on = minimum(previous(year_growth), 1)
annuity_left = Line(
    "Annuity of the contract's years left", "factor", ("site", "equipment", "year"),
    where(
        above(year_growth, 0),
        (year_growth - power(year_growth, 1 - years_left)) / (year_growth - 1),
        0,
    ),
    "At year end, of £1 a year at the start of each year left of the contract, at the rate of the year "
    "in which it began.",
)
depreciation_rate = Line(
    "Depreciation of a charge of £1 a year", "index", ("site", "equipment", "year"),
    basis="Straight line over the contract, of its present value when it began and of what each rise of "
    "prices has added since, over the years then left.",
    opening=0,
)
depreciation_rate.define(
    equipment.is_open
    * (goes_on * previous(depreciation_rate)
       + (timeline.gdp_index - goes_on * previous(timeline.gdp_index))
       * (1 + annuity_left / maximum(year_growth, 1))
       / (years_left + 1))
)

rental = Line(
    "Charges of equipment held under leases", "GBP_nominal / year", ("site", "year"),
    inflate(
        equipment.is_open * total(lease_charge_full * charge_factor, over="equipment"),
        timeline.gdp_index,
    ),
    "In advance, for the whole of the year of opening; by general prices, before VAT.",
)
expensed_unit = financed.expensed_charge + financed.charge_with_vat * capital.vat_rate
expensed_full = Line(
    "Yearly charge of the units that is expensed", "GBP_real / year", ("site",),
    total(equipment.units_needed * expensed_unit, over="equipment"),
    "At base-year prices, until contracts are renewed, with the VAT that is not recovered.",
)
expensed_rise = Line(
    "Rise at renewal of the charge that is expensed, a unit", "GBP_real / item / year", ("equipment",),
    expensed_unit * financed.rise,
    "At base-year prices, with the VAT that is not recovered.",
)
expensed = Line(
    "Charges of equipment that are expensed", "GBP_nominal / year", ("site", "year"),
    inflate(
        equipment.is_open * expensed_full
        + total(equipment.units_needed * expensed_rise * is_renewed, over="equipment"),
        timeline.gdp_index,
    ),
    "Of services without an asset of their own, and the VAT on all charges that is not recovered.",
)
charges_real = Line(
    "Charges of financed equipment", "GBP_real / year", ("year",),
    total(
        equipment.units_needed * financed.charge * in_service * charge_factor, over=("site", "equipment")
    ),
    "At base-year prices and before VAT: what the economic case counts in place of the price.",
)
liability = Line(
    "Lease liability of equipment", "GBP_nominal", ("site", "year"),
    inflate(
        step(total(lease_charge_full * charge_factor * annuity_left, over="equipment")),
        timeline.gdp_index,
    ),
    "Present value of the charges still to pay, at the prices of the year (IFRS 16).",
)
addition = Line(
    "Right of use of equipment, recognised and measured anew", "GBP_nominal / year", ("site", "year"),
    inflate(
        equipment.is_open
        * total(
            lease_charge_full * charge_factor
            * (1 - above(previous(year_growth), 0))
            * (1 + annuity_left / (1 + leases.discount_rate)),
            over="equipment",
        ),
        timeline.gdp_index,
    )
    + lagged(liability, 1) * timeline.gdp_growth * quantity(1, "1 / year"),
    "Present value of all charges in the year a contract begins, and what each rise of prices adds; "
    "both score to CDEL.",
)
interest = Line(
    "Interest on leases of equipment", "GBP_nominal / year", ("site", "year"),
    difference(
        liability * quantity(1, "1 / year") + rental,
        lagged(liability, 1) * quantity(1, "1 / year") + addition,
    ),
    "What the liability rises by beside contracts begun, rises of prices and charges paid.",
)
depreciation = Line(
    "Depreciation of the right of use of equipment", "GBP_nominal / year", ("site", "year"),
    total(inflate(lease_charge_full * charge_factor, depreciation_rate), over="equipment"),
    "Straight line over each contract, a full year from the year it begins.",
)
remeasured = Line(
    "Right of use of equipment, measured anew", "GBP_nominal / year", ("year",),
    total(lagged(liability, 1), over="site") * timeline.gdp_growth * quantity(1, "1 / year"),
    "What rises of prices add to liabilities; part of what is recognised.",
)
vat = Line(
    "VAT on charges of financed equipment", "GBP_nominal / year", ("year",),
    inflate(
        total(
            equipment.units_needed * financed.charge_with_vat * in_service * charge_factor,
            over=("site", "equipment"),
        ),
        timeline.gdp_index,
    )
    * capital.vat_rate,
    "What is not recovered; part of what is expensed.",
)

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

# Where a unit stands in its contract; read within the lines below
in_service = above(equipment.age, 0)
is_renewed = above(equipment.age, financed.contract_years)
contract_year = equipment.age - is_renewed * financed.contract_years
contract_length = (
    financed.contract_years + is_renewed * (equipment.life_in_periods - 2 * financed.contract_years)
)
begins = above(contract_year, 0) * above(2, contract_year)
charge_factor = in_service * (1 + is_renewed * financed.rise)

annuity_left = Line(
    "Annuity of the contract's years left", "factor", ("site", "equipment", "year"),
    basis="At year end, of £1 a year at the start of each year left of the contract, at the rate of the year "
    "in which it began.",
    opening=0,
)
annuity_left.define(
    where(
        above(contract_year, 1),
        above(contract_length, contract_year)
        * (previous(annuity_left) - 1)
        * (1 + lagged(leases.discount_rate, contract_year - 1)),
        in_service
        * (1 - power(1 + leases.discount_rate, 1 - contract_length))
        / leases.discount_rate
        * (1 + leases.discount_rate),
    )
)
depreciation_rate = Line(
    "Depreciation of a charge of £1 a year", "index", ("site", "equipment", "year"),
    basis="Straight line over the contract, of its present value when it began and of what each rise of "
    "prices has added since, over the years then left.",
    opening=0,
)
depreciation_rate.define(
    where(
        above(contract_year, 1),
        previous(depreciation_rate)
        + (timeline.gdp_index - lagged(timeline.gdp_index, 1))
        * lagged(annuity_left, 1)
        / (contract_length - contract_year + 1),
        in_service
        * timeline.gdp_index
        * (1 + annuity_left / (1 + leases.discount_rate))
        / contract_length,
    )
)

rental = Line(
    "Charges of equipment held under leases", "GBP_nominal / year", ("site", "year"),
    inflate(
        total(equipment.units_needed * financed.lease_charge * charge_factor, over="equipment"),
        timeline.gdp_index,
    ),
    "In advance, for the whole of the year of opening; by general prices, before VAT.",
)
expensed = Line(
    "Charges of equipment that are expensed", "GBP_nominal / year", ("site", "year"),
    inflate(
        total(
            equipment.units_needed
            * (financed.expensed_charge + financed.charge_with_vat * capital.vat_rate)
            * charge_factor,
            over="equipment",
        ),
        timeline.gdp_index,
    ),
    "Of services without an asset of their own, and the VAT on all charges that is not recovered.",
)
charges_real = Line(
    "Charges of financed equipment", "GBP_real / year", ("year",),
    total(equipment.units_needed * financed.charge * charge_factor, over=("site", "equipment")),
    "At base-year prices and before VAT: what the economic case counts in place of the price.",
)
liability = Line(
    "Lease liability of equipment", "GBP_nominal", ("site", "year"),
    inflate(
        step(
            total(
                equipment.units_needed * financed.lease_charge * charge_factor * annuity_left,
                over="equipment",
            )
        ),
        timeline.gdp_index,
    ),
    "Present value of the charges still to pay, at the prices of the year (IFRS 16).",
)
addition = Line(
    "Right of use of equipment, recognised and measured anew", "GBP_nominal / year", ("site", "year"),
    inflate(
        total(
            equipment.units_needed * financed.lease_charge * charge_factor * begins
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
    total(
        inflate(
            equipment.units_needed * financed.lease_charge * (1 + is_renewed * financed.rise),
            depreciation_rate,
        ),
        over="equipment",
    ),
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
        total(equipment.units_needed * financed.charge_with_vat * charge_factor, over=("site", "equipment")),
        timeline.gdp_index,
    )
    * capital.vat_rate,
    "What is not recovered; part of what is expensed.",
)

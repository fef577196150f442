"""Routes: what tells one way of getting the equipment from another, and which are to be had.

A yearly charge (a rental, a managed service's, maintenance) falls in each year of service; the
first is the year of delivery, which is under warranty.
"""

from __future__ import annotations

from casebuilder.algebra.operators import (
    YEAR_NUMBER,
    above,
    at,
    largest,
    minimum,
    power,
    quantity,
    round_up,
    smallest,
    total,
    where,
)
from casebuilder.algebra.terms import Input, Line
from casebuilder.model.capital import commitments, equipment, procurement, regimes
from casebuilder.model.setting import timeline

# What tells one route from another, beside its price
serves = Input(
    "Route serves the class", "flag", ("route", "equipment"),
    "1 where the route is to be had for the class.",
    high=1, whole=True, holds_some="equipment",
)
delivery_year = Input(
    "Year of delivery", "number", ("tranche",),
    "Years of the case, the base year being 1.",
    low=1, high=60, whole=True,
)
lead_months = Input(
    "Months from order to delivery", "months", ("equipment",), "The maker's lead time.", high=36
)
months_allowed = Input(
    "Months allowed from decision to delivery", "months", ("equipment",),
    "A route that takes longer is not admissible.",
    high=120,
)
months_of_float = Input(
    "Months that equipment may be late", "months", (),
    "Before a centre opens later for it: the building takes longer.",
    high=36,
)
waits_for_kit = Input(
    "Tests that wait for a late unit", "share", ("equipment",),
    "Of the tests that use the class: 1 for a scanner, 0 where something else stands in.",
)
contract_length = Input(
    "Years of the contract", "years", ("route",),
    "Maintenance, rental or managed service; then it is renewed to the end of the equipment's life.",
    low=1, high=30,
)
lock_in_premium = Input(
    "Rise of the yearly charge at renewal", "share", ("route",),
    "What a supplier without a rival for kit in place asks for the rest of its life; below 0 where less.",
    low=-0.9, high=2,
)
is_financed = Input(
    "Route is paid for by the year", "flag", ("route",),
    "1 for a lease or a managed service, 0 where the price is paid on delivery.",
    high=1, whole=True,
)
supplier_rate = Input(
    "Supplier's cost of capital, real", "share", ("route",),
    "At which the yearly charge repays the price, above general inflation.",
    low=0.001, high=0.3,
)
supplier_margin = Input(
    "Supplier's margin for risk and service", "share", ("route",),
    "On the yearly charge and maintenance, for uptime and renewal that the supplier bears.",
    high=1,
)
residual_share = Input(
    "Value left to the supplier at the end of the contract", "share", ("route",),
    "Of the price; lowers the yearly charge.",
    high=0.9,
)
standard_saving = Input(
    "Training and spares saved by standard kit", "share", ("route",),
    "Of the price alone, once: training, protocols and spares for one platform in place of several.",
    high=0.2,
)
vat_recovered_price = Input(
    "VAT recovered on the price", "share", ("route",),
    "Bought equipment recovers none.",
)
vat_recovered_charge = Input(
    "VAT recovered on yearly charges", "share", ("route",),
    "Under the contracted-out services rules: 1 where the service falls under a heading.",
)
is_lease = Input(
    "Right of use under IFRS 16", "flag", ("route",),
    "1 where the trust controls an identified asset: the present value of the charges scores to CDEL.",
    high=1, whole=True,
)

supplier_share = Input(
    "Largest share that one supplier gets", "share", ("route",),
    "Of the units of a class: 1 where one contract covers all of them.",
)
supplier_limit = Input(
    "Most that one supplier may get", "share", ("equipment",),
    "Of the units of a class, so that a recall or a renewal does not reach all; 1 where any share will do.",
)
capital_limit = Input(
    "Capital limit in the tranche's year", "GBP_nominal", ("tranche",),
    "The most that may score to CDEL for this equipment; 0 where no limit is stated.",
    low=0, optional=0,
)

# When
route_months = Line(
    "Months from decision to order", "months", ("route",),
    total(regimes.step_months, over="procurement_step"),
    "Its steps, one after the other, under the law in force.",
)
delivered = Line(
    "Tranche is delivered in the year", "flag / year", ("tranche", "year"),
    above(delivery_year + 1, YEAR_NUMBER) * above(YEAR_NUMBER + 1, delivery_year) * quantity(1, "1 / year"),
    "1 in the year of delivery.",
)
delivery_discount = Line(
    "Discount factor at delivery", "factor", ("tranche",),
    total(delivered * timeline.discount_factor, over="year"),
    "Of the year of delivery.",
)


last_discount = Line(
    "Discount factor of the last tranche", "factor", (),
    smallest(delivery_discount, over="tranche"),
    "When a rebate is paid.",
)
discount_year = Line(
    "Discount factor of one year", "factor", (),
    1 / (1 + at(timeline.rate_standard, band="b0_30")),
    "Of the first thirty years, within which the first units live.",
)
whole_contract = round_up(contract_length / quantity(1, "year") - 0.5)
contract_years = Line(
    "Years of the contract within the life", "number", ("route", "equipment"),
    minimum(whole_contract, equipment.life_in_periods),
    "The contract to the nearest whole year.",
)
contract_annuity = Line(
    "Present value of £1 a year of the contract", "factor", ("route", "equipment"),
    where(
        above(1, discount_year),
        (1 - power(discount_year, contract_years)) / (1 - discount_year),
        contract_years,
    ),
    "At delivery, the first year undiscounted.",
)
life_annuity = Line(
    "Present value of £1 a year of the life", "factor", ("equipment",),
    where(
        above(1, discount_year),
        (1 - power(discount_year, equipment.life_in_periods)) / (1 - discount_year),
        equipment.life_in_periods,
    ),
    "At delivery, the first year undiscounted.",
)
charge_years = Line(
    "Present value of a charge of £1 a year", "factor", ("route", "equipment"),
    contract_annuity + (1 + lock_in_premium) * (life_annuity - contract_annuity),
    "Over the life, at the renewed charge after the contract.",
)
supplier_year = Line(
    "Supplier's discount factor of one year", "factor", ("route",), 1 / (1 + supplier_rate), "Real."
)
charge_rate = Line(
    "Yearly charge for the price, share of it", "share / year", ("route", "equipment"),
    is_financed
    * (1 + supplier_margin)
    * (1 - residual_share * power(supplier_year, contract_years))
    * (1 - supplier_year)
    / (1 - power(supplier_year, contract_years))
    * quantity(1, "1 / year"),
    "Payments at the start of each year of the contract that repay the price, less what it is then worth.",
)
maintenance_rate = Line(
    "Yearly maintenance, share of the price", "share / year", ("route", "equipment"),
    equipment.maintenance_rate * (1 - procurement.maintenance_saving) * (1 + supplier_margin),
    "After the warranty year; in a managed service within its charge.",
)

own_make_maintenance = Line(
    "Yearly maintenance of a make of its own, share of the price", "share / year", ("route", "equipment"),
    equipment.maintenance_rate * (1 + supplier_margin),
    "Nothing is saved by standard kit.",
)

# What is taken, and what is to be had
supplier_taken = Line(
    "Largest share of one supplier, route taken", "share", ("equipment",),
    total(procurement.route_taken * supplier_share, over="route"),
    "Of the units of the class.",
)

# Commitment by date
this_year = quantity(12, "months") * (delivery_year - 1)
last_commitment = Line(
    "Last date to commit for delivery by the end of the tranche's year", "months", ("equipment", "tranche"),
    largest(
        where(
            above(
                commitments.commitment_month + commitments.order_months + lead_months, quantity(12, "months")
            ),
            this_year + commitments.commitment_month - quantity(12, "months"),
            this_year + commitments.commitment_month,
        ),
        over="commitment",
    ),
    "Months from the start of the base year; where a date is too late, that of the year before.",
)
commits_in_time = Line(
    "Trusts can commit in time", "flag", ("equipment",),
    1
    - largest(
        above(total(procurement.units, over="provider"), 0)
        * above(regimes.funded_month, last_commitment),
        over="tranche",
    ),
    "In every tranche that has units of the class, whoever joins, funding is approved by that date.",
)
on_offer = Line(
    "Route is on offer", "flag", ("route", "equipment"),
    serves
    * (1 - commitments.commits_by_date * (1 - commits_in_time))
    * above(
        timeline.base_year_number + smallest(delivery_year, over="tranche"), commitments.first_offered
    ),
    "It serves the class, is offered in the year of the first delivery, and trusts can commit in time.",
)
admissible = Line(
    "Route is admissible", "flag", ("route", "equipment"),
    on_offer * (1 - above(route_months + lead_months, months_allowed)),
    "It is on offer for the class and delivers in time.",
)

"""Years of the routes: what each costs by year, in cash with VAT, and what of it scores to capital limits.

First units alone, of the trusts that join.
"""

from __future__ import annotations

from casebuilder.algebra.operators import (
    YEAR_NUMBER,
    above,
    difference,
    inflate,
    largest,
    maximum,
    power,
    quantity,
    total,
    where,
)
from casebuilder.algebra.terms import Line
from casebuilder.model.capital import capital, equipment, leases, procurement, routes
from casebuilder.model.pooling import whole_life
from casebuilder.model.setting import timeline

in_service = Line(
    "Class is in service", "flag", ("equipment", "tranche", "year"),
    above(YEAR_NUMBER + 1, routes.delivery_year)
    * above(routes.delivery_year + equipment.life_in_periods, YEAR_NUMBER),
    "From the year of delivery to the end of its life.",
)
last_delivery = Line(
    "Last tranche is delivered in the year", "flag / year", ("year",),
    above(largest(routes.delivery_year, over="tranche") + 1, YEAR_NUMBER)
    * above(YEAR_NUMBER + 1, largest(routes.delivery_year, over="tranche"))
    * quantity(1, "1 / year"),
    "A rebate is paid then.",
)
one_off = Line(
    "Paid on delivery", "GBP_real", ("route", "tranche"),
    total(
        whole_life.order_price * (1 - routes.is_financed)
        - routes.standard_saving
        * equipment.unit_price
        * where(above(procurement.pools, 0), procurement.standard_units, procurement.joined_units),
        over="equipment",
    ),
    "Price, less training and spares saved.",
)
one_off_year = Line(
    "Paid on delivery, by year", "GBP_real / year", ("route", "year"),
    total(one_off * routes.delivered, over="tranche")
    - total(whole_life.rebate, over="equipment") * last_delivery,
    "With the rebate in the year of the last tranche.",
)
renewed = Line(
    "Charge in the year, share of the first contract's", "factor", ("route", "tranche", "year"),
    1 + routes.lock_in_premium * above(YEAR_NUMBER + 1, routes.delivery_year + routes.whole_contract),
    "With the rise at renewal, after the first contract.",
)
charges_year = Line(
    "Charges and maintenance, by year", "GBP_real / year", ("route", "year"),
    total(
        (
            whole_life.order_price * routes.charge_rate * in_service
            + whole_life.maintenance_year * (in_service - routes.delivered * quantity(1, "year"))
        )
        * renewed,
        over=("equipment", "tranche"),
    ),
    "With the rise at renewal in years after the first contract; the year of delivery is under warranty.",
)
process_year = Line(
    "Competing and coordinating, by year", "GBP_real / year", ("route", "year"),
    total(procurement.members_process_cost, over="equipment")
    * above(2, YEAR_NUMBER)
    * quantity(1, "1 / year"),
    "In the base year.",
)
cost_year = Line(
    "Cost of the route by year", "GBP_real / year", ("route", "year"),
    one_off_year + charges_year + process_year,
    "Base-year prices, without VAT and without the value of tests not done.",
)
cash_year = Line(
    "Cash of the route by year", "GBP_nominal / year", ("route", "year"),
    inflate(
        one_off_year * (1 + capital.vat_rate * (1 - routes.vat_recovered_price))
        + charges_year * (1 + capital.vat_rate * (1 - routes.vat_recovered_charge))
        + process_year,
        timeline.gdp_index,
    ),
    "With the VAT that is not recovered.",
)
cash_total = Line(
    "Cash of the route", "GBP_nominal", ("route",),
    total(cash_year, over="year"),
    "Over the life of the first units, with VAT.",
)
lease_rate_at = Line(
    "Rate for leases in the year of delivery", "share", ("tranche",),
    total(routes.delivered * leases.discount_rate, over="year"),
    "HM Treasury's.",
)
delivery_index = Line(
    "Price index in the year of delivery", "index", ("tranche",),
    total(routes.delivered * timeline.gdp_index, over="year"),
    "General inflation.",
)
price_with_vat = Line(
    "Paid on delivery with VAT, share of the price", "factor", ("route",),
    (1 - routes.is_financed) * (1 + capital.vat_rate * (1 - routes.vat_recovered_price)),
    "With the VAT that is not recovered; nothing of a lease.",
)
capital_of_price = Line(
    "Capital of a unit at the price alone", "GBP_nominal / item", ("route", "equipment", "tranche"),
    inflate(
        equipment.unit_price
        * (1 + procurement.framework_fee)
        * (
            price_with_vat
            + where(
                above(routes.is_lease * lease_rate_at, 0),
                routes.charge_rate * quantity(1, "year")
                * (1 - power(1 + lease_rate_at, -routes.contract_years)) / lease_rate_at
                * (1 + lease_rate_at),
                0,
            )
        ),
        delivery_index,
    ),
    "What scores to CDEL: price with VAT or, under IFRS 16, the present value of the contract's charges.",
)
capital_tranche = Line(
    "Capital of the tranche", "GBP_nominal", ("route", "tranche"),
    total(procurement.price_units * capital_of_price, over="equipment"),
    "In the year of delivery; a rebate comes back as cash.",
)
over_limit = Line(
    "Capital above the limit", "GBP_nominal", ("route",),
    total(
        where(
            above(routes.capital_limit, 0), maximum(capital_tranche - routes.capital_limit, 0),
            quantity(0, "GBP_nominal"),
        ),
        over="tranche",
    ),
    "0 where no limit is stated; as if the route served every class.",
)
capital_year = Line(
    "Capital of the route by year", "GBP_nominal / year", ("route", "year"),
    total(capital_tranche * routes.delivered, over="tranche"),
    "What scores to CDEL, in cash.",
)
beyond_horizon = Line(
    "Tranches whose kit lives beyond the appraisal", "number", (),
    total(
        above(
            largest(equipment.life_in_periods, over="equipment") + routes.delivery_year - 1,
            largest(YEAR_NUMBER, over="year"),
        ),
        over="tranche",
    ),
    "Their last years are in the whole-life cost and not among the years.",
)
gap_by_trust = Line(
    "Gap between trusts and the whole", "GBP_real", ("route", "equipment"),
    difference(
        total(procurement.joins * whole_life.trust_whole_life, over="provider"), whole_life.whole_life
    ),
    "0: what the members pay adds up to what the route costs.",
)
gap_by_year = Line(
    "Gap between years and the whole", "GBP_real", ("route",),
    difference(
        total(cost_year * timeline.discount_factor, over="year")
        + total(whole_life.delay_part, over="equipment"),
        whole_life.whole_life_route,
    ),
    "0: the years, discounted, add up to the whole-life cost, where the life ends before the appraisal.",
)

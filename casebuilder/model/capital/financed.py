"""Financed equipment: of each class, what is bought outright and what a lease or a managed service charges.

A class on several routes is taken apart by their shares; those that are paid for by the year have one
contract, of their mean length and their mean rise at renewal.
"""

from __future__ import annotations

from casebuilder.algebra.operators import above, round_up, total, where
from casebuilder.algebra.terms import Line
from casebuilder.model.capital import equipment, procurement, routes

# What is bought outright, and is capital
price_bought = Line(
    "Price paid outright", "GBP_real / item", ("equipment",),
    total(procurement.route_taken * procurement.price_on_route * (1 - routes.is_financed), over="route"),
    "Of the routes taken, the part that is paid for on delivery.",
)
site_purchase = Line(
    "Equipment bought outright", "GBP_real", ("site",),
    total(equipment.units_needed * price_bought, over="equipment"),
    "First units; what is leased or a managed service brings is no capital.",
)

maintenance_margin = Line(
    "Maintenance with the supplier's margin", "factor", ("equipment",),
    1 + total(procurement.route_taken * routes.supplier_margin, over="route"),
    "Of a route that is paid for by the year; 1 where a trust has its own contract of maintenance.",
)

# What is paid by the year
charge_of_route = (
    procurement.route_taken * routes.is_financed * procurement.price_on_route * routes.charge_rate
)
charge = Line(
    "Yearly charge of a unit", "GBP_real / item / year", ("equipment",),
    total(charge_of_route, over="route"),
    "Of the routes taken that are paid for by the year; maintenance is apart.",
)
lease_charge = Line(
    "Yearly charge of a unit, right of use", "GBP_real / item / year", ("equipment",),
    total(charge_of_route * routes.is_lease, over="route"),
    "Where the trust controls an identified asset (IFRS 16); the rest is expensed.",
)
expensed_charge = Line(
    "Yearly charge of a unit that is expensed, before VAT", "GBP_real / item / year", ("equipment",),
    total(charge_of_route * (1 - routes.is_lease), over="route"),
    "A service without an asset of its own.",
)
charge_with_vat = Line(
    "Yearly charge of a unit on which VAT stays", "GBP_real / item / year", ("equipment",),
    total(charge_of_route * (1 - routes.vat_recovered_charge), over="route"),
    "VAT on it is not recovered, and is expensed as it is paid, never part of the liability.",
)
contract_years = Line(
    "Years of the contract of what is financed", "number", ("equipment",),
    where(
        above(total(procurement.route_taken * routes.is_financed, over="route"), 0),
        round_up(
            total(procurement.route_taken * routes.is_financed * routes.contract_years, over="route")
            / total(procurement.route_taken * routes.is_financed, over="route")
            - 0.5
        ),
        equipment.life_in_periods,
    ),
    "The mean of the routes taken, to the nearest whole year and no longer than the life.",
)
rise = Line(
    "Rise of the charge at renewal", "share", ("equipment",),
    where(
        above(charge, 0),
        total(charge_of_route * routes.lock_in_premium, over="route") / charge,
        0,
    ),
    "From the end of the contract to the end of the unit's life; the unit that replaces it begins anew.",
)
